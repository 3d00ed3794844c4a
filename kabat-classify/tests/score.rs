//! Scores the classifier on labelled notes and prints the table.
//!
//! Development notes were read while the rules were written; held-out notes were not, and stand beside the goals.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the table is the purpose; a broken note must stop the test"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kabat_classify::{CallInput, Classifier, Note, RuleSet, Verdict};
use serde_json::Value;

/// Files that were read while the rules were written.
const DEVELOPMENT: [&str; 6] = [
    "tuned.jsonl",
    "held_out.jsonl",
    "own_nl.jsonl",
    "own_fr.jsonl",
    "own_de.jsonl",
    "own_en.jsonl",
];
/// Indirectly worded notes by other authors, read late: rules were mended on them.
const INDIRECT: [&str; 4] = [
    "check_nl.jsonl",
    "check_fr.jsonl",
    "check_de.jsonl",
    "check_en.jsonl",
];
/// Notes by five further authors, many of them the way callers really say things: rules were mended on them.
const FIELD: [&str; 5] = [
    "field_all.jsonl",
    "field_nl.jsonl",
    "field_fr.jsonl",
    "field_de.jsonl",
    "field_en.jsonl",
];
/// Notes by twelve more authors in the terse form of a call taker: rules were mended on them.
const DESK: [&str; 4] = [
    "desk_nl.jsonl",
    "desk_fr.jsonl",
    "desk_de.jsonl",
    "desk_en.jsonl",
];
/// Phrases in four languages, `type|priority|text`, written to find wording that the rules did not know, and then mended.
const PHRASES: &str = include_str!("notes/phrases.txt");
/// Notes by another author that nobody read while the rules were written; their totals were looked at several times.
const HELD_OUT: &str = "second_author.jsonl";
/// Notes by a third author, one of nearly every type, never read: rare types weigh as much as frequent ones.
const HELD_OUT_BROAD: &str = "third_author.jsonl";
/// Set aside unread: Dutch and French notes, whose totals were looked at a few times, and German and English ones that came when all was done.
const UNREAD: &str = "unread.jsonl";
/// What is asked of notes that the rules were not tuned on: measure, goal, and whether more is better.
const GOALS: [(&str, f64, bool); 12] = [
    ("category nl", 92., true),
    ("category fr", 92., true),
    ("category de", 88., true),
    ("category en", 88., true),
    ("type", 80., true),
    ("disciplines", 85., true),
    ("missing", 5., false),
    ("priority", 75., true),
    ("under", 7., false),
    ("p1 recall", 92., true),
    ("p4 as p1", 0., false),
    ("facts", 80., true),
];

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Per measure: how many notes it was asked of, and in how many it held.
#[derive(Default, Clone)]
struct Tally(BTreeMap<String, (f64, f64)>);

impl Tally {
    fn add(&mut self, measure: &str, holds: bool) {
        let entry = self.0.entry(measure.to_owned()).or_default();
        entry.0 += 1.;
        entry.1 += f64::from(u8::from(holds));
    }

    fn merge(&mut self, other: &Self) {
        for (measure, (asked, held)) in &other.0 {
            let entry = self.0.entry(measure.clone()).or_default();
            entry.0 += asked;
            entry.1 += held;
        }
    }

    /// Share in per cent; of `p4 as p1` the count.
    fn share(&self, measure: &str) -> Option<f64> {
        let &(asked, held) = self.0.get(measure)?;
        Some(if measure == "p4 as p1" {
            held
        } else {
            100. * held / asked
        })
    }

    fn print(&self, name: &str) {
        let cell = |measure: &str| {
            self.share(measure)
                .map_or_else(|| "    -".to_owned(), |share| format!("{share:5.1}"))
        };
        let (notes, _) = self.0.get("category").copied().unwrap_or_default();
        println!(
            "{name:<22} n {notes:>4} category {} type {} disciplines {} missing {} priority {} under {} p1 recall {} p4 as p1 {} facts {}",
            cell("category"),
            cell("type"),
            cell("disciplines"),
            cell("missing"),
            cell("priority"),
            cell("under"),
            cell("p1 recall"),
            cell("p4 as p1"),
            cell("facts"),
        );
    }
}

/// Adds one note; returns what is wrong with the verdict.
fn judge(tally: &mut Tally, given: &Value, verdict: &Verdict) -> Vec<String> {
    let expect = &given["expect"];
    let got = verdict.type_code.as_deref().unwrap_or("unknown");
    let mut right = vec![expect["type"].as_str().unwrap()];
    right.extend(strings(&expect["type_alt"]));
    let category_of = |t: &str| t.split('.').next().unwrap_or("").to_owned();
    let category = right.iter().any(|t| category_of(t) == category_of(got));
    let mut wrong = Vec::new();
    tally.add("category", category);
    if let Some(language) = given["lang"].as_str() {
        tally.add(&format!("category {language}"), category);
    }
    tally.add("type", right.contains(&got));
    if !right.contains(&got) {
        wrong.push(format!("{got}, wanted {}", right[0]));
    }
    let want = expect["priority"].as_u64().unwrap_or(4);
    let priority = verdict.priority.map_or(5, |p| u64::from(p.rank()));
    tally.add("priority", priority == want);
    tally.add("under", priority > want);
    if priority != want {
        wrong.push(format!("priority {priority}, wanted {want}"));
    }
    if want == 1 {
        tally.add("p1 recall", priority == 1);
    }
    tally.add("p4 as p1", want == 4 && priority == 1);
    if expect.get("disciplines").is_some() {
        let (must, may) = (
            strings(&expect["disciplines"]),
            strings(&expect["disciplines_optional"]),
        );
        let sent: Vec<&str> = verdict
            .disciplines
            .iter()
            .map(kabat_core::Discipline::code)
            .collect();
        let lacks = must.iter().any(|d| !sent.contains(d));
        let fits = !lacks && sent.iter().all(|d| must.contains(d) || may.contains(d));
        tally.add("missing", lacks);
        tally.add("disciplines", fits);
        if !fits {
            wrong.push(format!("{sent:?}, wanted {must:?}"));
        }
    }
    for (name, value) in expect["facts"].as_object().into_iter().flatten() {
        let known = verdict.fact(name).map(|f| f.value.to_json());
        let holds = known.as_ref() == Some(value);
        tally.add("facts", holds);
        if !holds {
            wrong.push(format!("{name}, wanted {value}"));
        }
    }
    wrong
}

/// Scores one file and prints its line; none when the file is absent.
fn score(classifier: &Classifier, path: &Path, show: bool) -> Option<Tally> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut tally = Tally::default();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let given: Value = serde_json::from_str(line).unwrap();
        let mut note = Note::new(given["text"].as_str().unwrap());
        if let Some(input) = given.get("input") {
            note.input = serde_json::from_value::<CallInput>(input.clone()).unwrap();
        }
        let wrong = judge(&mut tally, &given, &classifier.classify(&note));
        if show && !wrong.is_empty() {
            println!("{} {}\n    {}", given["id"], note.text, wrong.join("; "));
        }
    }
    tally.print(path.file_name().and_then(|f| f.to_str()).unwrap_or(""));
    Some(tally)
}

fn own(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/notes")
        .join(file)
}

/// Scores files of this crate and prints what they come to together. Faults are shown where `KABAT_VERBOSE` is set.
fn score_all(name: &str, files: &[&str]) -> Tally {
    let classifier = Classifier::new(RuleSet::base());
    let mut all = Tally::default();
    for file in files {
        all.merge(&score(&classifier, &own(file), verbose()).unwrap());
    }
    all.print(name);
    all
}

/// Held-out notes are never shown: who reads their faults tunes on them.
fn score_held_out(files: &[&str]) -> Tally {
    let classifier = Classifier::new(RuleSet::base());
    let mut all = Tally::default();
    for file in files {
        all.merge(&score(&classifier, &own(file), false).unwrap());
    }
    all
}

fn verbose() -> bool {
    std::env::var_os("KABAT_VERBOSE").is_some()
}

/// Asserts minima: measure, bound.
fn hold(tally: &Tally, minima: &[(&str, f64)]) {
    for &(measure, bound) in minima {
        let reached = tally.share(measure).unwrap();
        let more = GOALS
            .iter()
            .find(|(name, ..)| *name == measure)
            .is_none_or(|&(_, _, more)| more);
        let good = if more {
            reached >= bound
        } else {
            reached <= bound
        };
        assert!(good, "{measure}: {reached:.1}, bound {bound:.1}");
    }
}

#[test]
fn development_notes() {
    let mut all = score_all("of this crate", &DEVELOPMENT);
    let classifier = Classifier::new(RuleSet::base());
    let shared =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/classify/dev-notes.jsonl");
    match score(&classifier, &shared, verbose()) {
        Some(tally) => all.merge(&tally),
        None => println!("shared notes are absent; skipped"),
    }
    all.print("development");
    hold(
        &all,
        &[
            ("category", 96.),
            ("type", 94.),
            ("disciplines", 95.),
            ("missing", 3.),
            ("priority", 91.),
            ("under", 4.),
            ("p1 recall", 96.),
            ("facts", 86.),
        ],
    );
}

#[test]
fn indirectly_worded_notes() {
    hold(
        &score_all("indirectly worded", &INDIRECT),
        &[
            ("category", 85.),
            ("type", 75.),
            ("disciplines", 84.),
            ("missing", 10.),
            ("priority", 73.),
            ("under", 11.),
            ("p1 recall", 90.),
            ("p4 as p1", 0.),
            ("facts", 72.),
        ],
    );
}

#[test]
fn notes_as_callers_speak() {
    hold(
        &score_all("as callers speak", &FIELD),
        &[
            ("category", 93.),
            ("type", 86.),
            ("disciplines", 91.),
            ("missing", 6.),
            ("priority", 83.),
            ("under", 8.5),
            ("p1 recall", 92.),
            // fld-fr-220: who laughs and says that somebody burns is believed.
            ("p4 as p1", 1.),
            ("facts", 80.),
        ],
    );
}

#[test]
fn notes_as_a_desk_writes() {
    hold(
        &score_all("as a desk writes", &DESK),
        &[
            ("category", 96.),
            ("type", 94.),
            ("disciplines", 95.),
            ("missing", 3.),
            ("priority", 89.),
            ("under", 5.),
            ("p1 recall", 94.),
            ("p4 as p1", 0.),
            ("facts", 80.),
        ],
    );
}

#[test]
fn phrases_in_many_wordings() {
    let classifier = Classifier::new(RuleSet::base());
    let mut all = Tally::default();
    for line in PHRASES.lines() {
        let mut parts = line.splitn(3, '|');
        let (kind, priority) = (parts.next().unwrap(), parts.next().unwrap());
        let text = parts.next().unwrap();
        let given = serde_json::json!({
            "expect": {"type": kind, "priority": priority.parse::<u64>().unwrap()}
        });
        let wrong = judge(&mut all, &given, &classifier.classify(&Note::new(text)));
        if verbose() && !wrong.is_empty() {
            println!("{text}\n    {}", wrong.join("; "));
        }
    }
    all.print("phrases");
    hold(
        &all,
        &[
            ("category", 96.),
            ("type", 93.),
            ("priority", 90.),
            ("under", 5.),
            ("p1 recall", 96.),
        ],
    );
}

#[test]
fn held_out_notes_beside_the_goals() {
    let broad = score_held_out(&[HELD_OUT_BROAD]);
    let unread = score_held_out(&[UNREAD]);
    let all = score_held_out(&[HELD_OUT]);
    let never_read = score_held_out(&[HELD_OUT_BROAD, UNREAD]);
    println!("\nmeasure       goal   second author    unread         third author and unread");
    for (measure, goal, more) in GOALS {
        let sign = if more { ">=" } else { "<=" };
        print!("{measure:<12} {sign} {goal:>4}");
        for tally in [&all, &unread, &never_read] {
            let Some(reached) = tally.share(measure) else {
                print!("       -       ");
                continue;
            };
            let met = if more {
                reached >= goal
            } else {
                reached <= goal
            };
            print!("   {reached:5.1} {:<6}", if met { "met" } else { "missed" });
        }
        println!();
    }
    // What is reached, less a margin; the goals stand in the table above.
    hold(
        &all,
        &[
            ("category", 95.),
            ("type", 86.),
            ("disciplines", 92.),
            ("missing", 5.),
            ("priority", 84.),
            ("under", 7.),
            ("p1 recall", 92.),
            ("p4 as p1", 0.),
            ("facts", 88.),
        ],
    );
    hold(
        &broad,
        &[
            ("category", 92.),
            ("type", 85.),
            ("disciplines", 88.),
            ("missing", 7.),
            ("priority", 83.),
            ("under", 6.),
            ("p1 recall", 94.),
            ("p4 as p1", 0.),
            ("facts", 80.),
        ],
    );
    hold(
        &unread,
        &[
            ("category", 93.),
            ("type", 89.),
            ("disciplines", 91.),
            ("missing", 5.),
            ("priority", 81.),
            ("under", 7.),
            ("p1 recall", 92.),
            // An English call-off of somebody who was trapped is not believed.
            ("p4 as p1", 1.),
            ("facts", 79.),
        ],
    );
}
