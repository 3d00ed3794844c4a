//! Checks rule files (TOML or JSON) on top of the base set and prints what is wrong with them.
//!
//! ```sh
//! cargo run --release --example lint_rules -- my-rules.toml
//! ```
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use kabat::classify::{RuleSet, RuleSetDocument, lint};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut documents = Vec::new();
    let mut texts = Vec::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let json = path.to_ascii_lowercase().ends_with("json");
        let document = if json {
            RuleSetDocument::from_json(&text)
        } else {
            RuleSetDocument::from_toml(&text)
        };
        documents.push(document.map_err(|error| format!("{path}: {error}"))?);
        texts.push((path, text));
    }
    let set = RuleSet::extend_base(documents)?;
    let findings = lint(set.document());
    for finding in &findings {
        let place = texts.iter().find_map(|(path, text)| {
            let at = text.find(&format!("\"{}\"", finding.subject))?;
            Some(format!("{path}:{}", text.get(..at)?.lines().count().max(1)))
        });
        println!(
            "{}[{}] {}: {}",
            place.map_or(String::new(), |p| p + ": "),
            finding.code,
            finding.subject,
            finding.message
        );
    }
    println!(
        "{} rules, {} terms, {} findings",
        set.rule_count(),
        set.term_count(),
        findings.len()
    );
    if findings.is_empty() {
        Ok(())
    } else {
        Err("findings".into())
    }
}
