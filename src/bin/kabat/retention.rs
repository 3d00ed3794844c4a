//! `kabat retention`: until when recordings may be kept, and any other question to the law.

use clap::Args;
use kabat::compliance::{Case, Compliance, Facts, Law, QUESTIONS};
use kabat::core::chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Map, Value};

use crate::batch::each_row;
use crate::input::{Inputs, Problem};
use crate::locate::object_of;
use crate::output::Outputs;
use crate::today::now;
use crate::{Failure, Outcome};

/// Answer questions to the camera, police-data and notification rules, with sources
///
/// Rows hold facts by name, such as `controller,camera,special_risk_place,recorded_at`, and may name their own `domain` and
/// `question`. In CSV, `none` states that there is none and an empty cell that nothing is known.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kabat retention examples/data/cli/recordings.csv --now 2026-02-20T12:00:00+01:00 --format table
  kabat retention examples/data/cli/breaches.jsonl --domain gdpr --question breach_notification
  kabat retention --questions")]
pub(crate) struct Retention {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    /// Domain of rows that name none
    #[arg(long, default_value = "camera_act", value_name = "NAME")]
    domain: String,
    /// Question of rows that name none
    #[arg(long, default_value = "retention", value_name = "NAME")]
    question: String,
    /// Answer by the law as it was known on a day
    #[arg(long, value_name = "YYYY-MM-DD")]
    known_on: Option<NaiveDate>,
    /// Moment of rows without a column `now`; the present if not given
    #[arg(long, value_name = "INSTANT")]
    now: Option<DateTime<FixedOffset>>,
    /// List the domains and questions
    #[arg(long)]
    questions: bool,
}

impl Retention {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        if self.questions {
            let mut printer = self.outputs.printer(&["domain", "question"]);
            for (domain, question) in QUESTIONS {
                printer.write(&serde_json::json!({"domain": domain, "question": question}))?;
            }
            printer.finish()?;
            return Ok(Outcome::Clean);
        }
        let now = self
            .now
            .unwrap_or_else(|| now().fixed_offset())
            .to_rfc3339();
        let law = Compliance::new(&Law::belgium(), self.known_on);
        let columns = [
            "status",
            "decision",
            "erase_by",
            "deadline",
            "rule",
            "certainty",
            "missing",
        ];
        each_row(&self.inputs, None, &self.outputs, &columns, |row| {
            let mut facts = row.clone();
            let mut named = |name: &str, usual: &str| match facts.remove(name) {
                Some(Value::String(given)) if !given.trim().is_empty() => given,
                _ => usual.to_owned(),
            };
            let (domain, question) = (
                named("domain", &self.domain),
                named("question", &self.question),
            );
            if !QUESTIONS.contains(&(&domain, &question)) {
                return Err(Problem::in_column(
                    "question",
                    format_args!(
                        "`{domain}` has no question `{question}`; `--questions` lists them"
                    ),
                ));
            }
            facts.entry("now").or_insert_with(|| now.clone().into());
            let facts = facts_of(facts)?;
            Ok(Value::Object(object_of(&law.answer(&Case {
                domain,
                question,
                facts,
            }))?))
        })
    }
}

/// Reads facts; cells of CSV are texts, which may stand for numbers, yes and no.
fn facts_of(fields: Map<String, Value>) -> Result<Facts, Problem> {
    let mut typed = Map::new();
    for (name, value) in fields {
        let value = match value {
            Value::String(text) => match text.trim() {
                "" => continue,
                "none" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => text
                    .parse::<i64>()
                    .map_or_else(|_| text.into(), Value::from),
            },
            other => other,
        };
        typed.insert(name, value);
    }
    // One field after the other, so that the problem names its column.
    let mut sound = Map::new();
    for (name, value) in &typed {
        let one = Map::from_iter([(name.clone(), value.clone())]);
        if let Err(error) = serde_json::from_value::<Facts>(Value::Object(one)) {
            return Err(Problem::in_column(name, error));
        }
        sound.insert(name.clone(), value.clone());
    }
    serde_json::from_value(Value::Object(sound)).map_err(Problem::of_row)
}
