//! Classifies notes given as JSON lines on standard input; one JSON line a note on standard output.
//!
//! A line that is no JSON object with a `text` gives an object with `line` and `error`, and the rest goes on.
//!
//! ```sh
//! echo '{"id":"1","text":"schouwbrand, iedereen buiten"}' | cargo run --release --example classify_notes
//! ```

use std::io::{self, BufRead, Write};

use kabat::classify::{CallInput, Classifier, Note, RuleSet};
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let classifier = Classifier::new(RuleSet::base());
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (number, line) in (1_u64..).zip(io::stdin().lock().split(b'\n')) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let given: Value = match serde_json::from_slice(&line) {
            Ok(given) => given,
            Err(error) => {
                writeln!(
                    out,
                    "{}",
                    json!({ "line": number, "error": error.to_string() })
                )?;
                continue;
            }
        };
        if !given.get("text").is_some_and(Value::is_string) {
            writeln!(
                out,
                "{}",
                json!({ "line": number, "error": "`text` is missing or is no text" })
            )?;
            continue;
        }
        let mut note = Note::new(
            given
                .get("text")
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default(),
        );
        note.language = given
            .get("lang")
            .and_then(serde_json::Value::as_str)
            .and_then(|code| code.parse().ok());
        if let Some(input) = given.get("input").filter(|input| input.is_object()) {
            note.input = serde_json::from_value::<CallInput>(input.clone())?;
        }
        let explanation = classifier.explain(&note);
        let verdict = &explanation.verdict;
        let language = verdict.language.or(note.language);
        let mut facts = Map::new();
        for fact in &verdict.facts {
            facts.insert(fact.name.to_string(), fact.value.to_json());
        }
        let means: Vec<Value> = verdict
            .plan
            .requires
            .iter()
            .map(|requirement| {
                let alternatives: Vec<Vec<Value>> = requirement
                    .first_of
                    .iter()
                    .map(|needs| {
                        let need = |n: &kabat::core::Need| json!({"capability": n.capability.as_str(), "count": n.count});
                        needs.iter().map(need).collect()
                    })
                    .collect();
                json!({ "first_of": alternatives })
            })
            .collect();
        let answer = json!({
            "id": given.get("id"),
            "lang": language.map(kabat::Language::code),
            "category": verdict.category.as_deref().unwrap_or("unknown"),
            "type": verdict.type_code.as_deref().unwrap_or("unknown"),
            "disciplines": verdict.disciplines.iter().map(kabat::Discipline::code).collect::<Vec<_>>(),
            "priority": verdict.priority.map(kabat::Priority::rank),
            "facts": facts,
            "means": means,
            "trace": explanation.trace_json(),
        });
        writeln!(out, "{answer}")?;
    }
    out.flush()?;
    Ok(())
}
