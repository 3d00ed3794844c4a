//! The public surface: what may cross threads, and errors that others can box.

use kabat_core::*;

fn shared<T: Send + Sync + 'static>() {}
fn error<T: std::error::Error + Clone + PartialEq + Send + Sync + 'static>() {}

#[test]
fn everything_crosses_threads() {
    shared::<Incident>();
    shared::<IncidentState>();
    shared::<TimelineEvent>();
    shared::<Snapshot>();
    shared::<Delta>();
    shared::<CorrelationIndex>();
    shared::<CallClusters>();
    shared::<HitList>();
    shared::<PassageMerger<PlateRead>>();
    shared::<Plate>();
    shared::<PseudonymKey>();
    shared::<CapabilityVocabulary>();
    shared::<Operations>();
    shared::<Facts>();
    shared::<LocationChoice>();
    shared::<Resource>();
    shared::<ResponsePlan>();
    shared::<Agency>();
    shared::<Id<IncidentTag>>();
}

#[test]
fn errors_are_errors() {
    error::<CapabilityError>();
    error::<CodeError>();
    error::<DisciplineError>();
    error::<HitListError>();
    error::<IdError>();
    error::<LanguageError>();
    error::<OperationError>();
    error::<PlateError>();
    error::<PoliceZoneError>();
    error::<PositionError>();
    error::<PriorityError>();
    error::<ReplayError>();
    error::<ThreatLevelError>();
    error::<TransitionError>();
    error::<UnitError>();
}

/// Messages begin in lower case, end without a stop and hold no line break.
#[test]
fn messages_read_alike() {
    let messages = [
        "x".parse::<IncidentId>()
            .map(drop)
            .map_err(|e| e.to_string()),
        "x".parse::<Language>().map(drop).map_err(|e| e.to_string()),
        "x".parse::<Discipline>()
            .map(drop)
            .map_err(|e| e.to_string()),
        "".parse::<Plate>().map(drop).map_err(|e| e.to_string()),
        "A b"
            .parse::<Capability>()
            .map(drop)
            .map_err(|e| e.to_string()),
        Position::from_degrees(91.2, 0.0)
            .map(drop)
            .map_err(|e| e.to_string()),
        Meters::new(f64::NAN).map(drop).map_err(|e| e.to_string()),
        Priority::try_from(0).map(drop).map_err(|e| e.to_string()),
        PoliceLevel::local("").map(drop).map_err(|e| e.to_string()),
    ];
    for message in messages {
        let message = message.unwrap_err();
        assert!(message.starts_with(|c: char| c.is_lowercase()), "{message}");
        assert!(
            !message.ends_with('.') && !message.contains('\n'),
            "{message}"
        );
    }
}

#[cfg(feature = "serde")]
#[test]
fn open_codes_survive_and_unknown_fields_are_read_over() {
    let json = r#"{"id":"00000000-0000-0000-0000-000000000000","call_sign":"X","agency":"acme:rz-99","kind":"acme:quad",
        "capabilities":["acme:laser"],"status":"available","colour":"red"}"#;
    let resource: Resource = serde_json::from_str(json).expect("reads");
    let back: serde_json::Value = serde_json::to_value(&resource).expect("writes");
    assert_eq!(
        back.get("kind").and_then(|kind| kind.as_str()),
        Some("acme:quad")
    );
    for bad in [
        json.replace("available", "asleep"),
        json.replace("acme:laser", "Laser!"),
        json.replace("\"call_sign\":\"X\",", ""),
    ] {
        assert!(serde_json::from_str::<Resource>(&bad).is_err(), "{bad}");
    }
    for bad in [
        r#"{"lat":91,"lon":0}"#,
        r#"{"lat":null,"lon":0}"#,
        r#"{"lat":1e999,"lon":0}"#,
    ] {
        assert!(serde_json::from_str::<Position>(bad).is_err(), "{bad}");
    }
}
