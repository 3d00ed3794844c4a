//! Checks answers against scenarios: `cargo run --release --example compliance_scenarios -- FILE...`
//!
//! Prints one line a scenario and a last line with the tally; the exit code is 1 when one fails.
#![expect(clippy::print_stdout, reason = "the report is what the example is for")]

use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use kabat::compliance::chrono::DateTime;
use kabat::compliance::{Case, Compliance};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
struct Scenario {
    id: String,
    #[serde(flatten)]
    case: Case,
    expected: Map<String, Value>,
}

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: compliance_scenarios FILE...");
        return ExitCode::from(2);
    }
    let law = Compliance::belgium();
    let (mut passed, mut failed) = (0_u32, 0_u32);
    for path in &files {
        let file = match std::fs::File::open(path) {
            Ok(file) => BufReader::new(file),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::from(2);
            }
        };
        for (index, line) in file.lines().enumerate() {
            let line = match line {
                Ok(line) if line.trim().is_empty() => continue,
                Ok(line) => line,
                Err(error) => {
                    println!("{path}:{} FAIL line - {error}", index + 1);
                    failed += 1;
                    break;
                }
            };
            match check(&law, &line) {
                Ok(id) => {
                    println!("{id} pass");
                    passed += 1;
                }
                Err((id, differences)) => {
                    let id = id.unwrap_or_else(|| format!("{path}:{}", index + 1));
                    for difference in differences {
                        println!("{id} FAIL {difference}");
                    }
                    failed += 1;
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if passed + failed == 0 {
        eprintln!("no scenario in what was given");
        return ExitCode::from(2);
    }
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn check(law: &Compliance, line: &str) -> Result<String, (Option<String>, Vec<String>)> {
    let scenario: Scenario =
        serde_json::from_str(line).map_err(|error| (None, vec![format!("line - {error}")]))?;
    let answer = law.answer(&scenario.case);
    let id = scenario.id;
    let got = match serde_json::to_value(&answer) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let mut differences = Vec::new();
    if answer.citations.iter().len() == 0 && !answer.undetermined {
        differences.push("citations some none".to_owned());
    }
    for (field, expected) in &scenario.expected {
        let value = got.get(field).unwrap_or(&Value::Null);
        if !same(expected, value) {
            differences.push(format!("{field} {expected} {value}"));
        }
    }
    if differences.is_empty() {
        Ok(id)
    } else {
        Err((Some(id), differences))
    }
}

/// Instants are compared as instants, numbers as numbers, lists without regard to order.
fn same(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::String(expected), Value::String(got)) => {
            expected == got
                || matches!((DateTime::parse_from_rfc3339(expected), DateTime::parse_from_rfc3339(got)), (Ok(expected), Ok(got)) if expected == got)
        }
        (Value::Number(expected), Value::Number(got)) => expected.as_f64() == got.as_f64(),
        (Value::Array(expected), Value::Array(got)) => {
            expected.len() == got.len()
                && expected
                    .iter()
                    .all(|one| got.iter().any(|other| same(one, other)))
        }
        _ => expected == got,
    }
}
