//! All vectors of the shared file format pass.
#![cfg(feature = "std")]
#![expect(clippy::unwrap_used, reason = "test code")]

mod vector_runner;

use std::fs;
use std::path::Path;

#[test]
fn shared_vectors_pass() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/tetra/vectors.json"
    );
    if !Path::new(path).exists() {
        eprintln!("skipped: {path} is not there");
        return;
    }
    check(path, 72);
}

#[test]
fn own_vectors_pass() {
    check(
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/tetra.json"),
        40,
    );
}

fn check(path: &str, at_least: usize) {
    let file = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let results = vector_runner::run(&file);
    assert!(results.len() >= at_least, "only {} vectors", results.len());
    let failed: Vec<_> = results
        .iter()
        .filter(|(_, outcome)| outcome.is_err())
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}
