//! Runs a file of TETRA vectors: `cargo run --release --example tetra_vectors -- FILE`.
#![expect(clippy::print_stdout, reason = "a command-line program")]

#[path = "../kabat-tetra/tests/vector_runner/mod.rs"]
mod vector_runner;

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: tetra_vectors FILE");
        return ExitCode::from(2);
    };
    let file = std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    let file = match file {
        Ok(file) => file,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let mut failed = 0_usize;
    let results = vector_runner::run(&file);
    for (id, outcome) in &results {
        match outcome {
            Ok(()) => println!("{id} pass"),
            Err(reason) => {
                failed += 1;
                println!("{id} FAIL {reason}");
            }
        }
    }
    println!("{} passed, {failed} failed", results.len() - failed);
    ExitCode::from(u8::from(failed > 0))
}
