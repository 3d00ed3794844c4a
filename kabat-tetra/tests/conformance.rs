//! The conformance table is made from the naive decoder's field tables and the vectors, and is up to date.
#![cfg(feature = "std")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

/// PDU, field, clause, certainty: S two independent sources or more, M one good source, L disputed.
const FIELDS: &[(&str, &str, &str, &str)] = &[
    ("tsi", "mcc", "EN 300 392-1, 7", "S"),
    ("tsi", "mnc", "EN 300 392-1, 7", "S"),
    ("tsi", "ssi", "EN 300 392-1, 7", "S"),
    ("status", "value", "EN 300 392-2, 14.8.34", "S"),
    ("status", "short_report_type", "EN 300 392-2, 29.4", "S"),
    ("status", "message_reference", "EN 300 392-2, 29.4", "S"),
    ("u-status", "area_selection", "EN 300 392-2, 14.7", "S"),
    ("u-status", "party_type", "EN 300 392-2, 14.7", "S"),
    ("u-status", "status", "EN 300 392-2, 14.7", "S"),
    ("d-status", "party_type", "EN 300 392-2, 14.7", "S"),
    ("d-status", "mcc", "EN 300 392-2, 14.7", "S"),
    ("d-status", "status", "EN 300 392-2, 14.7", "S"),
    ("d-sds", "short_data_type", "EN 300 392-2, 14.7", "S"),
    ("d-sds", "data", "EN 300 392-2, 14.7", "S"),
    ("u-sds", "data", "EN 300 392-2, 14.7", "S"),
    ("cmce", "type 3 elements", "EN 300 392-2, 14.7", "M"),
    ("sds4", "pid", "EN 300 392-2, 29.4.3.9", "S"),
    ("sds4", "message", "EN 300 392-2, 29.4.2", "S"),
    ("sds4", "message_reference", "EN 300 392-2, 29.4.3", "S"),
    (
        "sds4",
        "delivery_report_request",
        "EN 300 392-2, 29.4.3",
        "S",
    ),
    (
        "sds4",
        "service_selection",
        "EN 300 392-2, 29.4.3",
        "S; uplink M",
    ),
    ("sds4", "store_forward", "EN 300 392-2, 29.4.3", "S"),
    ("sds4", "validity_period", "EN 300 392-2, 29.4.3", "M"),
    ("sds4", "forward_ssi", "EN 300 392-2, 29.4.3", "S"),
    ("sds4", "delivery_status", "EN 300 392-2, 29.4.3", "M"),
    ("sds4", "text", "EN 300 392-2, 29.5.3", "S"),
    ("sds4", "timestamp", "EN 300 392-2, 29.5.4", "S"),
    ("sds4", "udh", "EN 300 392-2, 29.5", "M"),
    (
        "sds4",
        "location_system",
        "EN 300 392-2, 29.5",
        "S; codings from 0x80 raw",
    ),
    ("sds4", "callout", "TTR 001-21", "L"),
    (
        "text/N",
        "text",
        "EN 300 392-2, 29.5.4",
        "0-13, 26 S; 14-25, 27 M",
    ),
    (
        "gsm7",
        "septets",
        "3GPP TS 23.038, 6",
        "L: packing disputed",
    ),
    ("lip", "time_elapsed", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "longitude", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "latitude", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "position_error", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "velocity", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "direction", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "additional", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "time_of_position", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "shape", "TS 100 392-18-1, 6.3", "S; type 8 M"),
    ("lip", "uncertainty", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "altitude", "TS 100 392-18-1, 6.3", "S"),
    (
        "lip",
        "velocity_type",
        "TS 100 392-18-1, 6.3",
        "0, 1, 5 S; order of 2-4, 6, 7 M",
    ),
    ("lip", "confidence", "TS 100 392-18-1, 6.3", "L: codes only"),
    ("lip", "ack_request", "TS 100 392-18-1, 6.2", "S"),
    ("lip", "report_type", "TS 100 392-18-1, 6.3", "S"),
    ("lip", "result_code", "TS 100 392-18-1, 6.3", "M"),
    ("lip", "enable_flags", "TS 100 392-18-1, 6.3", "S"),
    (
        "lip",
        "min_interval",
        "TS 100 392-18-1, 6.3",
        "M above code 5",
    ),
    ("lip", "validity", "TS 100 392-18-1, 6.3", "M"),
    ("lip", "elements", "TS 100 392-18-1, 6.1", "S"),
    ("pei", "named", "EN 300 392-5", "S; +CTSDSR short forms M"),
    ("pei", "params", "EN 300 392-5", "S"),
];

#[test]
fn conformance_table_is_current() {
    let root = env!("CARGO_MANIFEST_DIR");
    let file: Value = serde_json::from_str(
        &fs::read_to_string(format!("{root}/tests/vectors/tetra.json")).unwrap(),
    )
    .unwrap();
    let mut covered: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for vector in file["vectors"].as_array().unwrap() {
        let id = vector["id"].as_str().unwrap();
        let kind = vector["kind"].as_str().unwrap();
        let kind = if kind.starts_with("text/") {
            "text/N"
        } else {
            kind
        };
        keys(&vector["expect"], &mut |name| {
            covered
                .entry((kind.to_owned(), name.to_owned()))
                .or_default()
                .insert(id.to_owned());
        });
    }
    let mut table = String::from(
        "# Conformance\n\nMade by a test from the field list and the crate's own vectors. Certainty: S two independent sources or\n\
         more, M one good source, L disputed. A field without vectors is covered by the naive decoder and round trips only.\n\n\
         | pdu | field | clause | certainty | vectors |\n|---|---|---|---|---|\n",
    );
    for (pdu, field, clause, certainty) in FIELDS {
        let ids = covered.get(&((*pdu).to_owned(), (*field).to_owned()));
        let ids = ids.map_or(String::from("-"), |ids| {
            ids.iter()
                .map(|id| format!("`{id}`"))
                .collect::<Vec<_>>()
                .join(" ")
        });
        writeln!(
            table,
            "| {pdu} | {} | {clause} | {certainty} | {ids} |",
            field.replace('_', " ")
        )
        .unwrap();
    }
    let path = format!("{root}/docs/conformance.md");
    if std::env::var_os("KABAT_BLESS").is_some() {
        fs::write(&path, &table).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        table,
        "stale: run with KABAT_BLESS=1"
    );
}

fn keys(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                found(name);
                keys(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}
