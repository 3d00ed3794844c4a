//! The committed JSON Schemas are those of the public models. `KABAT_BLESS=1` writes them.
#![cfg(feature = "schemars")]

use kabat_geo::{
    Certainty, EmergencyCentre, JurisdictionRecord, Lambert72, Lambert2008, Municipality,
    PoliceZone, Recommendation, RescueZone, RoadPosition,
};

#[test]
fn schemas_are_current() {
    let schemas = [
        ("certainty", schemars::schema_for!(Certainty)),
        (
            "jurisdiction_record",
            schemars::schema_for!(JurisdictionRecord),
        ),
        ("recommendation", schemars::schema_for!(Recommendation)),
        ("municipality", schemars::schema_for!(Municipality)),
        ("police_zone", schemars::schema_for!(PoliceZone)),
        ("rescue_zone", schemars::schema_for!(RescueZone)),
        ("emergency_centre", schemars::schema_for!(EmergencyCentre)),
        ("road_position", schemars::schema_for!(RoadPosition)),
        ("lambert72", schemars::schema_for!(Lambert72)),
        ("lambert2008", schemars::schema_for!(Lambert2008)),
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
