//! `kabat lint`: what is wrong with rule files.

use clap::Args;
use kabat::classify::{RuleFile, lint};
use serde_json::{Value, json};

use crate::output::Outputs;
use crate::{Failure, Outcome};

/// Check rule files (TOML or JSON) over the base set of call-note rules
///
/// Finds duplicate, subsumed, unreachable and contradictory rules, types without priority or means, missing translations,
/// words that mean different things in two languages, and more. The example `lint_rules` draws the same findings into the
/// text of the file.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kabat lint examples/data/cli/zone.toml
  kabat lint examples/data/cli/zone.toml --format jsonl | jq .kind")]
pub(crate) struct Lint {
    /// Rule files; none checks the base set alone
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    outputs: Outputs,
}

impl Lint {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut files = RuleFile::base().map_err(Failure::asked)?;
        for file in &self.files {
            files.push(rule_file(file)?);
        }
        let findings = lint(&files);
        let mut printer = self
            .outputs
            .printer(&["at", "kind", "subject", "message", "help"]);
        for finding in &findings {
            let place = &finding.place;
            let related: Vec<Value> = finding
                .related
                .iter()
                .map(|other| json!({"at": at(&other.place), "note": other.note}))
                .collect();
            printer.write(&json!({
                "at": at(place),
                "file": &*place.file,
                "line": place.line,
                "column": place.column,
                "kind": finding.kind.code(),
                "subject": finding.subject,
                "message": finding.message,
                "help": finding.help,
                "related": related,
            }))?;
        }
        printer.finish()?;
        eprintln!(
            "kabat: {} findings in {} files",
            findings.len(),
            files.len()
        );
        Ok(if findings.is_empty() {
            Outcome::Clean
        } else {
            Outcome::Findings
        })
    }
}

fn at(place: &kabat::classify::Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// Reads a rule file; JSON begins with a brace, TOML never does.
pub(crate) fn rule_file(name: &str) -> Result<RuleFile, Failure> {
    let text = std::fs::read_to_string(name).map_err(Failure::file(name))?;
    let file = if text.trim_start().starts_with('{') {
        RuleFile::from_json(name, &text)
    } else {
        RuleFile::from_toml(name, &text)
    };
    file.map_err(|error| Failure::Asked(format!("{name}: {error}")))
}
