//! Reads hex lines `[kind:]HEX[/BITS]` on standard input and prints one JSON object a line, errors included.
//!
//! Kinds: `sds4` (default), `lip`, `status`, `u-status`, `d-status`, `u-sds`, `d-sds`, `tsi`, `gsm7`, `text/N`, `pei`.
#![expect(clippy::print_stdout, reason = "a command-line program")]
#![expect(dead_code, reason = "the runner also compares with expectations")]

#[path = "../kabat-tetra/tests/vector_runner/mod.rs"]
mod vector_runner;

use serde_json::json;
use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        // What is no text is no hex either: it is answered like any other bad line.
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (kind, input) = match line.split_once(':') {
            Some((kind, input)) if !kind.starts_with(['+', 'A']) => (kind, input),
            _ => ("sds4", line),
        };
        let object = match vector_runner::decode(kind, input) {
            Ok((fields, _)) => json!({"input": line, "kind": kind, "fields": fields}),
            Err(error) => json!({"input": line, "kind": kind, "error": error}),
        };
        println!("{object}");
    }
    Ok(())
}
