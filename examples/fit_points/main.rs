//! Fits points, how much each concept speaks for each type and for urgency, to labelled notes, and prints them as a rule file.
//!
//! Notes are JSON lines (`text`, optional `input`, `expect.type`, `expect.priority`) or lines `type|priority|text`. Types: a
//! multinomial logistic regression over the concepts that a note asserts or denies, with a quadratic penalty. Urgency: an ordinal
//! (proportional odds) regression over the type and the asserted concepts. No randomness: the same notes give the same file.
//!
//! ```sh
//! cargo run --release --example fit_points -- kabat-classify/tests/notes/{own,check,field,desk}_*.jsonl \
//!     kabat-classify/tests/notes/{tuned,held_out}.jsonl kabat-classify/tests/notes/phrases.txt > points.toml
//! ```
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program"
)]

mod regression;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use kabat::classify::{CallInput, Classifier, Note, RuleSet};
use regression::{Sample, TypeWeights, UrgencyWeights, ordinal, types};
use serde_json::Value;

/// A concept counts when so many notes have it.
const LEAST_NOTES: usize = 3;
/// Points nearer to zero than this are left out: they would be noise.
const LEAST_TYPE_POINTS: i16 = 15;
const LEAST_URGENCY_POINTS: i16 = 5;
/// What the type of the rules has in advance, and what concepts must add to a type that no rule speaks for.
const KEEP: i16 = 70;
const ALONE: i16 = 250;
/// What a type that sends nobody needs more.
const CALL_OFF: i16 = 120;
/// How close a type must be for those whom it needs to be alerted too.
const CLOSE: i16 = 50;
/// So many points more than even odds, before a priority is raised to 1, 2 and 3.
const RAISE: [i16; 3] = [30, 50, 50];
/// So many more where a rule chose the priority.
const OVER_RULE: i16 = 120;

/// A note with what it should give.
struct Labelled {
    note: Note,
    kind: String,
    priority: u8,
}

fn from_json(line: &str) -> Result<Labelled, Box<dyn Error>> {
    let value: Value = serde_json::from_str(line)?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("a text is missing");
    let at = |path: &str| value.pointer(path).unwrap_or(&Value::Null);
    let mut note = Note::new(text(at("/text"))?);
    if let Some(input) = value.get("input") {
        note.input = serde_json::from_value::<CallInput>(input.clone())?;
    }
    let priority = at("/expect/priority").as_u64().ok_or("no priority")?;
    Ok(Labelled {
        note,
        kind: text(at("/expect/type"))?,
        priority: u8::try_from(priority)?,
    })
}

fn from_phrase(line: &str) -> Result<Labelled, Box<dyn Error>> {
    let mut parts = line.splitn(3, '|');
    let mut part = || parts.next().ok_or("a line has three parts");
    let (kind, priority, text) = (part()?, part()?, part()?);
    Ok(Labelled {
        note: Note::new(text),
        kind: kind.to_owned(),
        priority: priority.parse()?,
    })
}

/// Returns the concepts that a note asserts, and those that it denies and nowhere asserts, marked with `!`.
fn features(classifier: &Classifier, note: &Note) -> BTreeSet<String> {
    let explanation = classifier.explain(note);
    let trace = explanation.trace_json();
    let mentions = trace.get("concepts").and_then(Value::as_array);
    let (mut asserted, mut denied) = (BTreeSet::new(), BTreeSet::new());
    for mention in mentions.into_iter().flatten() {
        let is = |key: &str| mention.get(key).and_then(Value::as_bool) == Some(true);
        let name = mention.get("concept").and_then(Value::as_str);
        let name = name.unwrap_or_default().to_owned();
        match (is("aside"), is("denied"), is("past")) {
            (false, true, _) => denied.insert(name),
            (false, false, false) => asserted.insert(name),
            _ => false,
        };
    }
    let only_denied: Vec<String> = denied
        .difference(&asserted)
        .map(|c| format!("!{c}"))
        .collect();
    asserted.extend(only_denied);
    asserted
}

/// Numbers names in their order.
fn number<'a>(names: impl IntoIterator<Item = &'a String>) -> BTreeMap<&'a str, usize> {
    let names: BTreeSet<&str> = names.into_iter().map(String::as_str).collect();
    (0..).zip(names).map(|(at, name)| (name, at)).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "held in the range first")]
fn points(nats: f64) -> i16 {
    (nats * 100.).round().clamp(-9999., 9999.) as i16
}

/// Reads all files; an error says where.
fn read(paths: impl Iterator<Item = String>) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let mut labelled = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        for (line, at) in text.lines().zip(1..) {
            if line.trim().is_empty() {
                continue;
            }
            let read = if line.starts_with('{') {
                from_json
            } else {
                from_phrase
            };
            let one = read(line).map_err(|error| format!("{path}:{at}: {error}"))?;
            if !(1..=4).contains(&one.priority) {
                return Err(format!("{path}:{at}: priority {} is not 1 to 4", one.priority).into());
            }
            labelled.push(one);
        }
    }
    Ok(labelled)
}

/// Returns the names that enough notes have.
fn frequent(said: &[BTreeSet<String>]) -> BTreeMap<&str, usize> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for name in said.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    counts.retain(|_, count| *count >= LEAST_NOTES);
    number(counts.into_keys())
}

fn print_types(concepts: &BTreeMap<&str, usize>, kinds: &BTreeMap<&str, usize>, fit: &TypeWeights) {
    println!(
        "\n[points]\nkeep = {KEEP}\nalone = {ALONE}\ncall_off = {CALL_OFF}\nclose = {CLOSE}\n\n[points.start]"
    );
    for (kind, start) in kinds.keys().zip(&fit.start) {
        println!("{kind:?} = {}", points(*start));
    }
    for (section, denied) in [("asserted", false), ("denied", true)] {
        println!("\n[points.{section}]");
        for (name, &at) in concepts {
            let worth = kinds.iter().filter_map(|(kind, &k)| {
                let worth = points(fit.weight(at, k));
                (worth.abs() >= LEAST_TYPE_POINTS).then(|| format!("{kind:?} = {worth}"))
            });
            let list: Vec<String> = worth.collect();
            if name.starts_with('!') == denied && !list.is_empty() {
                let name = name.trim_start_matches('!');
                println!("{name} = {{ {} }}", list.join(", "));
            }
        }
    }
}

fn print_urgency(
    concepts: &BTreeMap<&str, usize>,
    kinds: &BTreeMap<&str, usize>,
    fit: &UrgencyWeights,
) {
    let mut above = fit.above.map(points);
    for (above, raise) in above.iter_mut().zip(RAISE) {
        *above += raise;
    }
    println!("\n[points.urgency]\nabove = {above:?}\nover_rule = {OVER_RULE}");
    println!("\n[points.urgency.start]");
    for (kind, start) in kinds.keys().zip(&fit.start) {
        println!("{kind:?} = {}", points(*start));
    }
    println!("\n[points.urgency.asserted]");
    for (name, weight) in concepts.keys().zip(&fit.weights) {
        let worth = points(*weight);
        if worth.abs() >= LEAST_URGENCY_POINTS && !name.starts_with('!') {
            println!("{name} = {worth}");
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let classifier = Classifier::new(RuleSet::base());
    let labelled = read(std::env::args().skip(1))?;
    if labelled.is_empty() {
        return Err("give files with labelled notes".into());
    }
    let said = labelled.iter().map(|l| features(&classifier, &l.note));
    let said: Vec<BTreeSet<String>> = said.collect();
    let concepts = frequent(&said);
    let kinds = number(labelled.iter().map(|l| &l.kind));
    let counts = (labelled.len(), concepts.len(), kinds.len());
    eprintln!(
        "{} notes, {} concepts, {} types",
        counts.0, counts.1, counts.2
    );
    let samples: Vec<Sample> = labelled
        .iter()
        .zip(&said)
        .map(|(labelled, said)| Sample {
            features: said
                .iter()
                .filter_map(|c| concepts.get(c.as_str()).copied())
                .collect(),
            kind: kinds.get(labelled.kind.as_str()).copied().unwrap_or(0),
            priority: labelled.priority,
        })
        .collect();
    let by_type = types(&samples, concepts.len(), kinds.len());
    eprintln!("types are fitted");
    let asserted_only: Vec<bool> = concepts.keys().map(|name| !name.starts_with('!')).collect();
    let urgency = ordinal(&samples, &asserted_only, kinds.len());

    let head = &classifier.rule_set().document().ruleset;
    println!(
        "# Points: how much each concept speaks for each type, in hundredths of the natural logarithm of odds."
    );
    println!("# Made by the example `fit_points` from labelled notes; do not edit by hand.");
    println!(
        "[ruleset]\nid = {:?}\nversion = {:?}\nvalid_from = {:?}",
        head.id, head.version, head.valid_from
    );
    print_types(&concepts, &kinds, &by_type);
    print_urgency(&concepts, &kinds, &urgency);
    Ok(())
}
