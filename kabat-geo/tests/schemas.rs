//! The committed JSON Schemas are those of the public models. `KABAT_BLESS=1` writes them.
#![cfg(feature = "schemars")]

use kabat_core::schema_of;
use kabat_geo::{
    Certainty, EmergencyCentre, JurisdictionRecord, Lambert72, Lambert2008, Municipality,
    PoliceZone, Recommendation, RescueZone, RoadPosition,
};

#[test]
fn schemas_are_current() {
    let schemas = [
        ("certainty", schema_of::<Certainty>()),
        ("jurisdiction_record", schema_of::<JurisdictionRecord>()),
        ("recommendation", schema_of::<Recommendation>()),
        ("municipality", schema_of::<Municipality>()),
        ("police_zone", schema_of::<PoliceZone>()),
        ("rescue_zone", schema_of::<RescueZone>()),
        ("emergency_centre", schema_of::<EmergencyCentre>()),
        ("road_position", schema_of::<RoadPosition>()),
        ("lambert72", schema_of::<Lambert72>()),
        ("lambert2008", schema_of::<Lambert2008>()),
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
