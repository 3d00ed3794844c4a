//! Examples of every model against the committed schemas, checked by the `jsonschema` crate.
#![cfg(feature = "schemars")]
#![expect(
    clippy::expect_used,
    reason = "a test stops when its files cannot be used"
)]

use kabat_core::{
    Author, Capability, Incident, IncidentEvent, IncidentId, Meters, Position, Report,
    ReportSource, Requirement, ResourceId, ResourceStep, ResponsePlan,
};
use serde_json::{Value, json};

fn schema(name: &str) -> jsonschema::Validator {
    let path = format!("{}/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    let schema: Value = serde_json::from_str(&text).expect(&path);
    assert_eq!(
        schema.get("$schema").and_then(Value::as_str),
        Some("https://json-schema.org/draft/2020-12/schema"),
        "{name}"
    );
    jsonschema::validator_for(&schema).expect(&path)
}

#[track_caller]
fn accepts(name: &str, example: &Value) {
    let problems: Vec<String> = schema(name)
        .iter_errors(example)
        .map(|problem| problem.to_string())
        .collect();
    assert!(problems.is_empty(), "{name}: {problems:?}\n{example}");
}

#[track_caller]
fn refuses(name: &str, example: &Value) {
    assert!(!schema(name).is_valid(example), "{name}: {example}");
}

#[test]
fn every_committed_schema_is_one() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("folder of schemas") {
        let name = file
            .expect("entry")
            .file_name()
            .into_string()
            .expect("utf-8");
        schema(name.trim_end_matches(".json"));
        count += 1;
    }
    assert!(count >= 20, "{count} schemas");
}

#[test]
fn what_the_code_writes_is_valid() {
    let at = "2026-03-01T10:00:00Z".parse().expect("a constant");
    let mut incident = Incident::open(
        IncidentId::nil(),
        at,
        Author::operator("op-1"),
        ReportSource::Call112,
    );
    let event = IncidentEvent::ResourceStepped {
        resource: ResourceId::nil(),
        step: ResourceStep::Alerted,
    };
    incident
        .record(at, Author::system("test"), event)
        .expect("legal");
    accepts("incident", &json!(incident));
    let state = json!(incident.state());
    accepts("incident_state", &state);
    let times = state.pointer("/assignments/0/times/alerted");
    assert_eq!(times.and_then(Value::as_str), Some("2026-03-01T10:00:00Z"));
    accepts("timeline_event", &json!(incident.timeline().first()));
    let place = Position::from_degrees(50.5, 4.5).expect("in range");
    accepts("position", &json!(place));
    let report = Report::new(at, place).with_radius(Meters::new(20.0).expect("positive"));
    accepts("report", &json!(report));
    let plan = ResponsePlan {
        requires: vec![Requirement::one(Capability::PIT, 1)],
    };
    accepts("response_plan", &json!(plan));
}

#[test]
fn hand_written_examples() {
    accepts("position", &json!({"lat": 50.8, "lon": 4.3}));
    accepts("police_level", &json!({"level": "local", "zone": "5415"}));
    accepts("police_level", &json!({"level": "federal"}));
    accepts(
        "fact",
        &json!({"code": "breathing", "value": "unknown", "provenance": "stated"}),
    );
    let resource = json!({
        "id": "00000000-0000-0000-0000-000000000000", "call_sign": "A-112", "agency": "rz-1", "kind": "ambulance",
        "capabilities": ["ambulance", "acme:bariatric"], "status": "available"
    });
    accepts("resource", &resource);
    accepts(
        "plate_read",
        &json!({
            "camera": "00000000-0000-0000-0000-000000000000", "at": "2026-03-01T10:00:00Z", "plate": "1-ABC-234",
            "confidence_percent": 91, "speed_mps": 13.9, "track": 7, "stage": "update"
        }),
    );
    accepts(
        "threat_assessment",
        &json!({
            "level": 3, "scope": {"kind": "country"}, "valid_from": "2026-01-01T00:00:00Z"
        }),
    );
}

#[test]
fn wrong_examples_are_refused() {
    refuses("position", &json!({"lat": 91, "lon": 4.3}));
    refuses("position", &json!({"lat": 50.8}));
    refuses("police_level", &json!({"level": "local"}));
    refuses("police_level", &json!({"level": "local", "zone": "12"}));
    refuses(
        "fact",
        &json!({"code": "Breathing!", "value": "yes", "provenance": "stated"}),
    );
    refuses(
        "fact",
        &json!({"code": "breathing", "value": true, "provenance": "stated"}),
    );
    refuses(
        "threat_assessment",
        &json!({
            "level": 5, "scope": {"kind": "country"}, "valid_from": "2026-01-01T00:00:00Z"
        }),
    );
    refuses(
        "incident",
        &json!({"id": "00000000-0000-0000-0000-000000000000", "timeline": []}),
    );
    refuses("incident", &json!({"timeline": [{}]}));
    refuses("resource", &json!({"call_sign": "A-112"}));
}
