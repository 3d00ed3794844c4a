//! The committed JSON Schemas are those of the code; `KABAT_BLESS=1` writes them anew.
#![cfg(feature = "schemars")]
#![expect(
    clippy::expect_used,
    reason = "a test stops when its files cannot be used"
)]

use std::path::PathBuf;

fn check<T: schemars::JsonSchema>(name: &str, stale: &mut Vec<String>) {
    let schema = kabat_core::schema_of::<T>();
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
            assert!(stale.is_empty(), "stale schemas (KABAT_BLESS=1 writes them): {stale:?}");
        }
    };
}

schemas! {
    "access_decision": kabat_compliance::AccessDecision,
    "access_request": kabat_compliance::AccessRequest,
    "answer": kabat_compliance::Answer,
    "audit_entry": kabat_compliance::AuditEntry,
    "audit_report": kabat_compliance::AuditReport,
    "camera_facts": kabat_compliance::CameraFacts,
    "case": kabat_compliance::Case,
    "clearance": kabat_compliance::Clearance,
    "deadline_shift": kabat_compliance::DeadlineShift,
    "document": kabat_compliance::Document,
    "law": kabat_compliance::Law,
    "plan_progress": kabat_compliance::PlanProgress,
    "planned_erasure": kabat_compliance::PlannedErasure,
    "recording": kabat_compliance::Recording,
    "retention_decision": kabat_compliance::RetentionDecision,
    "signed_tally": kabat_compliance::SignedTally,
    "storage_window": kabat_compliance::StorageWindow,
}
