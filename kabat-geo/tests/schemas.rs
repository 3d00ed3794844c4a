//! The committed JSON Schemas are those of the public models. `KABAT_BLESS=1` writes them.
#![cfg(feature = "schemars")]

use kabat_core::SchemaWithoutExamples;
use kabat_geo::{
    Certainty, EmergencyCentre, JurisdictionRecord, Lambert72, Lambert2008, Municipality,
    PoliceZone, Recommendation, RescueZone, RoadPosition,
};

/// The schemas are for readers in any language, so they are without Rust examples.
fn schema<T: schemars::JsonSchema>() -> schemars::Schema {
    let settings =
        schemars::generate::SchemaSettings::draft2020_12().with_transform(SchemaWithoutExamples);
    settings.into_generator().into_root_schema_for::<T>()
}

#[test]
fn schemas_are_current() {
    let schemas = [
        ("certainty", schema::<Certainty>()),
        ("jurisdiction_record", schema::<JurisdictionRecord>()),
        ("recommendation", schema::<Recommendation>()),
        ("municipality", schema::<Municipality>()),
        ("police_zone", schema::<PoliceZone>()),
        ("rescue_zone", schema::<RescueZone>()),
        ("emergency_centre", schema::<EmergencyCentre>()),
        ("road_position", schema::<RoadPosition>()),
        ("lambert72", schema::<Lambert72>()),
        ("lambert2008", schema::<Lambert2008>()),
    ];
    for (name, mut schema) in schemas {
        schema.insert("$id".to_owned(), format!("urn:kabat:geo:0.1:{name}").into());
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
