//! The committed JSON Schemas are those of the public models. `KABAT_BLESS=1` writes them.
#![cfg(feature = "schemars")]

use kabat_classify::{CallInput, Note, RuleSetDocument, Verdict};
use kabat_core::schema_of;

#[test]
fn schemas_are_current() {
    let schemas = [
        ("note", schema_of::<Note>()),
        ("call_input", schema_of::<CallInput>()),
        ("verdict", schema_of::<Verdict>()),
        ("rule_set_document", schema_of::<RuleSetDocument>()),
    ];
    for (name, schema) in schemas {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");
        let path = format!("{folder}/{name}.json");
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("KABAT_BLESS").is_some() {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, text, "{name} is stale");
    }
}
