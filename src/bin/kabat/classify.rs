//! `kabat classify` and `kabat explain`.

use std::io::Write;

use clap::Args;
use kabat::Language;
use kabat::classify::{CallInput, Classifier, Explanation, Note, RuleSet, RuleSetDocument};
use serde_json::{Map, Value, json};

use crate::batch::each_row;
use crate::input::{Fields, Inputs, Problem};
use crate::lint::rule_file;
use crate::output::Outputs;
use crate::{Failure, Outcome};

/// Which rules to use.
#[derive(Debug, Args)]
struct Rules {
    /// Rule files (TOML or JSON) over the base set; may be given several times
    #[arg(long, value_name = "FILE")]
    rules: Vec<String>,
}

impl Rules {
    fn classifier(&self) -> Result<Classifier, Failure> {
        if self.rules.is_empty() {
            return Ok(Classifier::new(RuleSet::base()));
        }
        let documents: Vec<RuleSetDocument> = self
            .rules
            .iter()
            .map(|file| Ok(rule_file(file)?.document().clone()))
            .collect::<Result<_, Failure>>()?;
        let rules = RuleSet::extend_base(documents).map_err(Failure::asked)?;
        Ok(Classifier::new(rules))
    }
}

/// Classify call notes into type, priority, disciplines and means
///
/// Rows are plain notes, or have `text`, and perhaps `id`, `lang` and `input`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo 'schouwbrand, iedereen buiten' | kabat classify
  kabat classify examples/data/dispatch/calls.jsonl --format table
  echo 'brand in tankpark noord' | kabat classify --rules examples/data/cli/zone.toml --trace
  kabat classify examples/data/dispatch/calls.jsonl --format csv --columns type,priority")]
pub(crate) struct Classify {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    rules: Rules,
    /// Add the trace: every fact, rule, alternative and open question
    #[arg(long)]
    trace: bool,
}

impl Classify {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let classifier = self.rules.classifier()?;
        let columns = ["id", "lang", "type", "priority", "disciplines", "send"];
        each_row(&self.inputs, Some("text"), &self.outputs, &columns, |row| {
            let note = note_of(row)?;
            let mut object = if self.trace {
                let explanation = classifier.explain(&note);
                let mut object = answer(&explanation.verdict, &note)?;
                object.insert("trace".to_owned(), explanation.trace_json().clone());
                object
            } else {
                answer(&classifier.classify(&note), &note)?
            };
            if let Some(id) = row.get("id") {
                object.insert("id".to_owned(), id.clone());
            }
            Ok(Value::Object(object))
        })
    }
}

fn note_of(row: &Map<String, Value>) -> Result<Note, Problem> {
    let text = row.text("text")?;
    if text.is_none() && row.get("input").is_none_or(Value::is_null) {
        let found: Vec<_> = row.keys().map(|column| format!("`{column}`")).collect();
        return Err(Problem::in_column(
            "text",
            format_args!("expected a note, found none in {}", found.join(", ")),
        ));
    }
    let mut note = Note::new(text.unwrap_or_default());
    note.language = row.parsed("lang", "nl, fr, de or en")?;
    match row.get("input") {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) if text.trim().is_empty() => {}
        Some(Value::String(text)) => {
            note.input = serde_json::from_str::<CallInput>(text)
                .map_err(|error| Problem::in_column("input", error))?;
        }
        Some(other) => {
            note.input = serde_json::from_value::<CallInput>(other.clone())
                .map_err(|error| Problem::in_column("input", error))?;
        }
    }
    Ok(note)
}

fn answer(verdict: &kabat::classify::Verdict, note: &Note) -> Result<Map<String, Value>, Problem> {
    let facts: Map<String, Value> = verdict
        .facts
        .iter()
        .map(|fact| (fact.name.to_string(), fact.value.to_json()))
        .collect();
    let object = json!({
        "lang": verdict.language.or(note.language).map(Language::code),
        "category": verdict.category.as_deref().unwrap_or("unknown"),
        "type": verdict.type_code.as_deref().unwrap_or("unknown"),
        "disciplines": verdict.disciplines.iter().map(kabat::Discipline::code).collect::<Vec<_>>(),
        "priority": verdict.priority.map(kabat::Priority::rank),
        "facts": facts,
        "means": serde_json::to_value(&verdict.plan.requires).map_err(Problem::of_row)?,
        "send": verdict.plan.to_string(),
    });
    match object {
        Value::Object(object) => Ok(object),
        _ => Ok(Map::new()),
    }
}

/// Say in a sentence why a note gets its type, or why it does not get another
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kabat explain 'schouwbrand, geen gewonden' --lang nl
  kabat explain 'geen brand, wel veel lawaai' --why-not fire.building
  kabat explain 'man ademt niet' --trace")]
pub(crate) struct Explain {
    /// The note
    note: String,
    /// Language of the sentence: nl, fr, de or en
    #[arg(long, default_value = "en", value_name = "LANG")]
    lang: Language,
    /// A type that the note did not get
    #[arg(long, value_name = "TYPE")]
    why_not: Option<String>,
    /// Write the whole trace as JSON
    #[arg(long)]
    trace: bool,
    #[command(flatten)]
    rules: Rules,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let classifier = self.rules.classifier()?;
        let note = Note::new(self.note);
        let mut out = std::io::stdout().lock();
        let explanation: Explanation = classifier.explain(&note);
        writeln!(out, "{}", explanation.sentence(self.lang))?;
        if let Some(wanted) = &self.why_not {
            if !classifier
                .rule_set()
                .type_codes()
                .any(|code| code == wanted)
            {
                return Err(Failure::Asked(format!("there is no type `{wanted}`")));
            }
            let why = serde_json::to_string_pretty(&classifier.why_not(&note, wanted))
                .map_err(Failure::asked)?;
            writeln!(out, "{why}")?;
        }
        if self.trace {
            let trace =
                serde_json::to_string_pretty(explanation.trace_json()).map_err(Failure::asked)?;
            writeln!(out, "{trace}")?;
        }
        Ok(Outcome::Clean)
    }
}
