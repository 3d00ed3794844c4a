//! The committed JSON Schemas are those of the public models. `KABAT_BLESS=1` writes them.
#![cfg(feature = "schemars")]

/// The way to a schema is that of kabat-core, which leaves the Rust examples out.
#[cfg(feature = "core")]
#[test]
fn schemas_are_current() {
    use kabat_core::schema_of;
    use kabat_tetra::{
        LocationSystem, PreCodedStatus, Sds, ShortLocationReport, StatusEntry, Tsi, USdsData,
        UStatus,
    };
    let schemas = [
        ("tsi", schema_of::<Tsi>()),
        ("pre_coded_status", schema_of::<PreCodedStatus>()),
        ("sds", schema_of::<Sds<'static>>()),
        ("u_sds_data", schema_of::<USdsData<'static>>()),
        ("u_status", schema_of::<UStatus<'static>>()),
        ("short_location_report", schema_of::<ShortLocationReport>()),
        ("location_system", schema_of::<LocationSystem<'static>>()),
        ("status_entry", schema_of::<StatusEntry<String>>()),
    ];
    for (name, schema) in schemas {
        let path = format!("{}/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        if std::env::var_os("KABAT_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            text,
            "{name} is stale"
        );
    }
}

#[test]
fn status_table_reads_the_users_json_and_refuses_contradictions() {
    type Table = kabat_tetra::StatusTable<String>;
    let rows = |codes: [u16; 2]| {
        serde_json::json!({
            "network": "exercise network",
            "statuses": codes.map(|code| serde_json::json!({"code": code, "label": "x", "meaning": null})),
        })
    };
    let table: Table = serde_json::from_value(rows([32770, 32771])).unwrap();
    assert_eq!(table.iter().count(), 2);
    assert_eq!(serde_json::to_value(&table).unwrap(), rows([32770, 32771]));
    let twice = serde_json::from_value::<Table>(rows([32770, 32770])).unwrap_err();
    assert_eq!(twice.to_string(), "status `32770` stands in two rows");
    assert!(serde_json::from_value::<Table>(rows([0, 32770])).is_err());
}
