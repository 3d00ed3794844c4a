//! The committed JSON Schemas are those of the code; `KABAT_BLESS=1` writes them anew.
#![cfg(feature = "schemars")]
#![expect(
    clippy::expect_used,
    reason = "a test stops when its files cannot be used"
)]

use std::path::PathBuf;

use kabat_core::{SchemaWithoutExamples, schema_of};
use schemars::generate::SchemaSettings;

/// Models that are read and written.
fn check<T: schemars::JsonSchema>(name: &str, stale: &mut Vec<String>) {
    compare(name, schema_of::<T>(), stale);
}

/// Models that are only written.
fn check_output<T: schemars::JsonSchema>(name: &str, stale: &mut Vec<String>) {
    let settings = SchemaSettings::draft2020_12()
        .with_transform(SchemaWithoutExamples)
        .for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<T>();
    compare(name, schema, stale);
}

fn compare(name: &str, mut schema: schemars::Schema, stale: &mut Vec<String>) {
    schema.insert(
        "$id".to_owned(),
        format!("urn:kabat:core:0.1:{name}").into(),
    );
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema has a JSON form");
    text.push('\n');
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("schemas")
        .join(format!("{name}.json"));
    if std::env::var_os("KABAT_BLESS").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder can be made");
        std::fs::write(&path, text).expect("schema can be written");
    } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&*text) {
        stale.push(name.to_owned());
    }
}

macro_rules! schemas {
    ($($name:literal: $type:ty,)*) => {
        #[test]
        fn committed_schemas_are_those_of_the_code() {
            let mut stale = Vec::new();
            $(check::<$type>($name, &mut stale);)*
            check_output::<kabat_core::IncidentState>("incident_state", &mut stale);
            assert!(stale.is_empty(), "stale schemas (KABAT_BLESS=1 writes them): {stale:?}");
        }
    };
}

schemas! {
    "agency": kabat_core::Agency,
    "correlation": kabat_core::Correlation,
    "delta": kabat_core::Delta,
    "fact": kabat_core::Fact,
    "incident": kabat_core::Incident,
    "location_choice": kabat_core::LocationChoice,
    "location_fix": kabat_core::LocationFix,
    "marking": kabat_core::Marking,
    "open_incident": kabat_core::OpenIncident,
    "operations": kabat_core::Operations,
    "hit_entry": kabat_core::HitEntry,
    "plate_read": kabat_core::PlateRead,
    "police_level": kabat_core::PoliceLevel,
    "position": kabat_core::Position,
    "resource": kabat_core::Resource,
    "response_plan": kabat_core::ResponsePlan,
    "report": kabat_core::Report,
    "snapshot": kabat_core::Snapshot,
    "threat_assessment": kabat_core::ThreatAssessment,
    "timeline_event": kabat_core::TimelineEvent,
    "video_analytics_event": kabat_core::VideoAnalyticsEvent,
}
