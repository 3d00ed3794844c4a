//! Forms of other systems, checked by readers not written here: oasiscap, geojson, and published AML messages.
#![cfg(all(feature = "aml", feature = "cap", feature = "geojson"))]
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::chrono::{DateTime, Utc};
use kabat_core::{
    AmlError, AmlMessage, AmlMethod, Author, CapAlert, CapArea, CapCategory, CapCertainty,
    CapCircle, CapError, CapInfo, CapMessageType, CapScope, CapSeverity, CapStatus, CapUrgency,
    Change, Delta, Incident, IncidentEvent, IncidentId, IncidentJurisdiction, IncidentStatus,
    LocationFix, LocationMethod, Meters, Position, ReportSource, ResourceId, Snapshot, Stamp,
    feature_position, incident_feature, snapshot_features,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a constant")
}

fn place(lat: f64, lon: f64) -> Position {
    Position::from_degrees(lat, lon).expect("in range")
}

fn located() -> Incident {
    let now = at("2026-03-01T10:00:00Z");
    let by = Author::system("test");
    let id = IncidentId::v7(1, [1; 10]);
    let mut incident = Incident::open(id, now, by.clone(), ReportSource::Call112);
    let fix = LocationFix::new(place(50.8467, 4.3525), LocationMethod::MapClick, now)
        .with_radius(Meters::new(250.0).expect("positive"))
        .with_confidence(95);
    let jurisdiction = IncidentJurisdiction {
        municipality_nis: Some("21004".into()),
        ..IncidentJurisdiction::default()
    };
    for event in [
        IncidentEvent::Located { fix },
        IncidentEvent::JurisdictionFound { jurisdiction },
    ] {
        incident.record(now, by.clone(), event).expect("legal");
    }
    incident
}

#[test]
fn an_alert_of_an_incident_is_read_by_oasiscap() {
    let sent = at("2026-03-01T10:05:00Z");
    let alert = CapAlert::from_incident(&located(), "test@example.be", sent, "rook & stof <1 km");
    alert.check().expect("as the standard asks");
    let other: oasiscap::v1dot2::Alert = alert.to_string().parse().expect("oasiscap reads it");
    assert_eq!(other.identifier.as_str(), located().id().to_string());
    assert_eq!(other.sender.as_str(), "test@example.be");
    assert_eq!(other.status, oasiscap::v1dot2::Status::Draft);
    assert_eq!(other.message_type, oasiscap::v1dot2::MessageType::Alert);
    let info = &other.info[0];
    assert_eq!(info.event, "rook & stof <1 km");
    assert_eq!(info.severity, oasiscap::v1dot2::Severity::Unknown);
    let area = &info.areas[0];
    assert_eq!(area.circles.len(), 1);
    assert_eq!(area.geocode.iter().count(), 1);
    // And back: what oasiscap writes is read here.
    let back = CapAlert::parse(&oasiscap::Alert::from(other).to_string())
        .expect("reads what oasiscap writes");
    assert_eq!(back, alert);
}

#[test]
fn what_the_standard_does_not_allow_is_refused_by_name() {
    let sent = at("2026-03-01T10:05:00Z");
    let good = CapAlert::from_incident(&located(), "test@example.be", sent, "rook");
    let xml = good.to_string();
    for (from, to, element) in [
        ("<status>Draft</status>", "<status>draft</status>", "status"),
        ("<sender>test@example.be</sender>", "", "sender"),
        ("<sender>test@", "<sender>te st@", "sender"),
        ("2026-03-01T10:05:00-00:00", "yesterday", "sent"),
        ("50.8467,4.3525 0.25", "50.8467,4.3525", "circle"),
        ("50.8467,4.3525 0.25", "95,4.3525 0.25", "circle"),
        ("<category>Other</category>", "", "category"),
        (":cap:1.2", ":cap:1.1", "alert"),
    ] {
        assert!(xml.contains(from), "{from}");
        let error = CapAlert::parse(&xml.replacen(from, to, 1)).expect_err(to);
        assert!(
            error.to_string().contains(&format!("`{element}`")),
            "{error}"
        );
    }
    assert!(matches!(
        CapAlert::parse("<alert"),
        Err(CapError::Xml { .. })
    ));
}

fn words() -> impl Strategy<Value = String> {
    // What XML can hold, without spaces at the ends, which readers may strip.
    "[a-zA-Zéü<>&\"'][a-zA-Zéü<>&\"' \u{1F525}]{0,20}[a-z&<>]"
}

fn position() -> impl Strategy<Value = Position> {
    (-90.0f64..=90.0, -180.0f64..=180.0).prop_map(|(lat, lon)| place(lat, lon))
}

fn area() -> impl Strategy<Value = CapArea> {
    let ring = prop::collection::vec(position(), 3..8).prop_map(|mut ring| {
        ring.extend(ring.first().copied());
        ring
    });
    (
        words(),
        prop::collection::vec(ring, 0..3),
        prop::collection::vec((position(), 1u32..10_000), 0..3),
        prop::collection::vec((words(), words()), 0..3),
    )
        .prop_map(|(description, polygons, circles, geocodes)| CapArea {
            description,
            polygons,
            circles: circles
                .into_iter()
                .map(|(centre, km)| CapCircle {
                    centre,
                    radius_m: Meters::from_km(f64::from(km)).expect("positive"),
                })
                .collect(),
            geocodes,
        })
}

fn alert() -> impl Strategy<Value = CapAlert> {
    (
        words(),
        prop::option::of(words()),
        prop::collection::vec(area(), 0..3),
        any::<[prop::sample::Index; 7]>(),
        0i64..2_000_000_000,
    )
        .prop_map(|(event, description, areas, picks, seconds)| {
            let sent = DateTime::from_timestamp(seconds, 0).expect("in range");
            let [
                status,
                message_type,
                scope,
                category,
                urgency,
                severity,
                certainty,
            ] = picks;
            CapAlert {
                identifier: "id-1".into(),
                sender: "test@example.be".into(),
                sent,
                status: *status.get(CapStatus::ALL),
                message_type: *message_type.get(CapMessageType::ALL),
                scope: *scope.get(CapScope::ALL),
                incidents: vec!["one".into(), "two".into()],
                info: vec![CapInfo {
                    language: Some("nl-BE".into()),
                    categories: vec![*category.get(CapCategory::ALL)],
                    event,
                    urgency: *urgency.get(CapUrgency::ALL),
                    severity: *severity.get(CapSeverity::ALL),
                    certainty: *certainty.get(CapCertainty::ALL),
                    expires: Some(sent),
                    headline: None,
                    description,
                    instruction: None,
                    areas,
                }],
            }
        })
}

/// The schema that OASIS publishes with the standard is not part of this project. Where `KABAT_CAP_XSD` names a copy of it
/// and `xmllint` (libxml2) is installed, 500 alerts are checked against it.
#[test]
fn alerts_are_valid_by_the_schema_of_oasis() {
    let Some(schema) = std::env::var_os("KABAT_CAP_XSD") else {
        eprintln!("skipped: KABAT_CAP_XSD does not name the schema CAP-v1.2.xsd");
        return;
    };
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cap_schema");
    std::fs::create_dir_all(&folder).expect("a folder for the alerts");
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let files: Vec<_> = (0..500)
        .map(|number| {
            let alert = alert().new_tree(&mut runner).expect("an alert").current();
            let file = folder.join(format!("{number}.xml"));
            std::fs::write(&file, alert.to_string()).expect("written");
            file
        })
        .collect();
    let mut xmllint = std::process::Command::new("xmllint");
    xmllint.args(["--noout", "--nonet", "--schema"]).arg(schema);
    match xmllint.args(files).output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
                .lines()
                .filter(|line| !line.ends_with("validates"))
                .collect::<Vec<_>>()
                .join("\n")
        ),
        Err(error) => eprintln!("skipped: xmllint does not run: {error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn cap_round_trip_here_and_through_oasiscap(alert in alert()) {
        let xml = alert.to_string();
        prop_assert_eq!(CapAlert::parse(&xml), Ok(alert));
        let other: Result<oasiscap::v1dot2::Alert, _> = xml.parse();
        prop_assert!(other.is_ok(), "oasiscap refuses it: {:?}", other.err().map(|e| e.to_string()));
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC{0,60}", cut in 0usize..120) {
        let _ = AmlMessage::parse(&text);
        let _ = AmlMessage::parse(&format!("A\"ML=1;lt={text};lg={text};rd={text};top={text};lc={text};ml={text}"));
        let _ = CapAlert::parse(&text);
        let xml = CapAlert::from_incident(&located(), "a", at("2026-03-01T10:05:00Z"), "b").to_string();
        let _ = CapAlert::parse(&xml.chars().take(cut * 10).collect::<String>());
    }
}

#[test]
fn published_aml_messages() {
    // The example of ETSI TS 103 625, as quoted in public code; its numbers are made up. The published length is of the
    // form with seven-digit bits and is compared, never trusted.
    let text = "A\"ML=1;lt=+54.76397;lg=-0.18305;rd=50;top=20130717141935;lc=90;pm=W;si=123456789012345;\
                ei=1234567890123456;mcc=234;mnc=30;ml=128";
    let message = AmlMessage::parse(text).expect("reads");
    assert_eq!(message.position, Some(place(54.76397, -0.18305)));
    assert_eq!(message.radius_m.map(Meters::get), Some(50.0));
    assert_eq!(message.positioned_at, Some(at("2013-07-17T14:19:35Z")));
    assert_eq!(message.confidence_percent, Some(90));
    assert_eq!(message.method, AmlMethod::Wifi);
    assert_eq!(
        (message.mcc, message.mnc.as_deref()),
        (Some(234), Some("30"))
    );
    assert_eq!(message.length_agrees, Some(text.len() == 128));
    let fix = message.fix().expect("a position");
    assert_eq!(fix.method, LocationMethod::Aml);
    assert!(
        !format!("{message:?}").contains("123456789"),
        "device numbers are not kept"
    );

    let none = AmlMessage::parse("A\"ML=1;lt=+00.00000;lg=+00.00000;rd=N;top=20130717141935;lc=0;pm=N;si=;ei=;mcc=206;mnc=01;ml=1")
        .expect("reads");
    assert_eq!(none.fix(), None, "no position was found");
    assert_eq!(none.radius_m, None);
}

#[test]
fn wrong_aml_messages_are_refused_by_name() {
    assert_eq!(AmlMessage::parse("hello"), Err(AmlError::Header));
    assert_eq!(
        AmlMessage::parse("A\"ML=2;lt=1").map_err(|error| error.to_string()),
        Err("message is of version `2`, only 1 is read".into())
    );
    for bad in [
        "lt=north",
        "rd=-5",
        "lc=101",
        "top=20261301000000",
        "mcc=abc",
        "lt=91;lg=4",
    ] {
        assert!(
            AmlMessage::parse(&format!("A\"ML=1;{bad}")).is_err(),
            "{bad}"
        );
    }
}

#[test]
fn geojson_of_an_incident_and_a_picture() {
    let incident = located();
    let text = incident_feature(&incident).to_string();
    let read: kabat_core::geojson::Feature = text.parse().expect("geojson reads it");
    assert_eq!(feature_position(&read), Some(place(50.8467, 4.3525)));
    // RFC 7946 section 3.1.1: longitude first.
    assert!(text.contains("[4.3525,50.8467]"), "{text}");

    let mut snapshot = Snapshot::new();
    let stamp = Stamp::new(at("2026-03-01T10:00:00Z"), 1, 1);
    let (open, ended) = (IncidentId::v7(1, [1; 10]), IncidentId::v7(2, [2; 10]));
    for change in [
        Change::IncidentStatusSet {
            incident: open,
            status: IncidentStatus::OnScene,
        },
        Change::IncidentStatusSet {
            incident: ended,
            status: IncidentStatus::Closed,
        },
        Change::IncidentLocated {
            incident: open,
            position: Some(place(50.0, 4.0)),
        },
        Change::ResourceMoved {
            resource: ResourceId::nil(),
            position: Some(place(51.0, 5.0)),
        },
    ] {
        snapshot.apply(&Delta { stamp, change });
    }
    let text = snapshot_features(&snapshot).to_string();
    let read: kabat_core::geojson::FeatureCollection = text.parse().expect("geojson reads it");
    let places: Vec<_> = read.features.iter().map(feature_position).collect();
    assert_eq!(places, [Some(place(50.0, 4.0)), Some(place(51.0, 5.0))]);
}
