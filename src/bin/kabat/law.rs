//! `kabat law`: the rules, as of a day.

use clap::Args;
use kabat::compliance::Law;
use kabat::core::chrono::NaiveDate;
use serde_json::{Value, json};

use crate::locate::object_of;
use crate::output::Outputs;
use crate::today::today;
use crate::{Failure, Outcome};

/// List the rules that govern facts of a day, with their sources and certainty
#[derive(Debug, Args)]
#[command(
    name = "law",
    after_help = "Examples:
  kabat law --as-of 2026-11-20
  kabat law --as-of 2017-01-01 --known-on 2026-11-20 --columns id,certainty,citations
  kabat law --rule CAM-RET-1M --format jsonl"
)]
pub(crate) struct LawOn {
    /// Day of the facts; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<NaiveDate>,
    /// Day on which the law is known; the newest if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    known_on: Option<NaiveDate>,
    /// Only rules whose code begins so
    #[arg(long, value_name = "CODE")]
    rule: Option<String>,
    #[command(flatten)]
    outputs: Outputs,
}

impl LawOn {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let law = Law::belgium();
        let day = self.as_of.unwrap_or_else(today);
        let mut printer =
            self.outputs
                .printer(&["id", "certainty", "from", "to", "quantities", "sources"]);
        let mut shown = 0;
        let wanted = self.rule.unwrap_or_default().to_lowercase();
        for rule in law.rules() {
            let known = self
                .known_on
                .map_or(rule.known_to.is_none(), |on| rule.known_on(on));
            if !(rule.governs(day) && known && rule.id.code().to_lowercase().starts_with(&wanted)) {
                continue;
            }
            let mut object = object_of(rule).map_err(|problem| Failure::Asked(problem.message))?;
            let sources: Vec<String> = rule.citations.iter().map(ToString::to_string).collect();
            object.insert("sources".to_owned(), json!(sources.join("; ")));
            printer.write(&Value::Object(object))?;
            shown += 1;
        }
        printer.finish()?;
        eprintln!(
            "kabat: {shown} rules govern {day}, law release {}",
            law.release()
        );
        Ok(if shown == 0 {
            Outcome::Findings
        } else {
            Outcome::Clean
        })
    }
}
