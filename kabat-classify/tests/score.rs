//! Scores the classifier on labelled notes and prints the table.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the table is the purpose; a broken note must stop the test"
)]

use std::path::Path;

use kabat_classify::{CallInput, Classifier, Note, RuleSet};
use serde_json::Value;

fn strings(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Scores one file; returns the share of right categories, or none when the file is absent.
fn score(path: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(path).ok()?;
    let classifier = Classifier::new(RuleSet::base());
    let verbose = std::env::var("KABAT_VERBOSE").is_ok();
    let (mut n, mut category, mut kind, mut disciplines, mut missing) = (0., 0., 0., 0., 0.);
    let (mut exact, mut under, mut p1, mut p1_found, mut p4_as_p1) = (0., 0., 0., 0., 0);
    let (mut facts, mut facts_right, mut labelled) = (0., 0., 0.);
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let given: Value = serde_json::from_str(line).unwrap();
        let mut note = Note::new(given["text"].as_str().unwrap());
        if let Some(input) = given.get("input") {
            note.input = serde_json::from_value::<CallInput>(input.clone()).unwrap();
        }
        let verdict = classifier.classify(&note);
        let expect = &given["expect"];
        let got = verdict.type_code.as_deref().unwrap_or("unknown");
        let mut right = vec![expect["type"].as_str().unwrap()];
        right.extend(strings(&expect["type_alt"]));
        n += 1.;
        let category_of = |t: &str| t.split('.').next().unwrap_or("").to_owned();
        let category_right = right.iter().any(|t| category_of(t) == category_of(got));
        category += f64::from(u8::from(category_right));
        kind += f64::from(u8::from(right.contains(&got)));
        let want = expect["priority"].as_u64().unwrap_or(4);
        let priority = verdict.priority.map_or(5, |p| u64::from(p.rank()));
        exact += f64::from(u8::from(priority == want));
        under += f64::from(u8::from(priority > want));
        p1 += f64::from(u8::from(want == 1));
        p1_found += f64::from(u8::from(want == 1 && priority == 1));
        p4_as_p1 += i32::from(want == 4 && priority == 1);
        let mut disciplines_right = true;
        if expect.get("disciplines").is_some() {
            labelled += 1.;
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
            disciplines_right = !lacks && sent.iter().all(|d| must.contains(d) || may.contains(d));
            missing += f64::from(u8::from(lacks));
            disciplines += f64::from(u8::from(disciplines_right));
        }
        let mut wrong = Vec::new();
        for (name, value) in expect["facts"].as_object().into_iter().flatten() {
            facts += 1.;
            let known = verdict.fact(name).map(|f| f.value.to_json());
            if known.as_ref() == Some(value) {
                facts_right += 1.;
            } else {
                wrong.push(format!("{name}={value}"));
            }
        }
        if verbose
            && !(category_right
                && right.contains(&got)
                && priority == want
                && disciplines_right
                && wrong.is_empty())
        {
            println!(
                "{} | want {} P{want} {:?} | got {got} P{priority} {:?} | facts {wrong:?}\n    {}",
                given["id"],
                right[0],
                strings(&expect["disciplines"]),
                verdict.disciplines,
                note.text
            );
        }
    }
    let share = |part: f64, whole: f64| 100. * part / f64::max(whole, 1.);
    println!(
        "{:<22} n {n:>4} category {:5.1} type {:5.1} disciplines {:5.1} missing {:4.1} priority {:5.1} under {:4.1} p1 recall {:5.1} p4 as p1 {p4_as_p1} facts {:5.1}",
        path.file_name().map_or("", |f| f.to_str().unwrap_or("")),
        share(category, n),
        share(kind, n),
        share(disciplines, labelled),
        share(missing, labelled),
        share(exact, n),
        share(under, n),
        share(p1_found, p1),
        share(facts_right, facts)
    );
    Some(share(category, n))
}

#[test]
fn own_notes_and_the_shared_ones() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notes");
    for file in ["tuned.jsonl", "held_out.jsonl", "second_author.jsonl"] {
        if let Some(category) = score(&own.join(file)) {
            assert!(category > 70., "{file}: {category}");
        }
    }
    let shared =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/classify/dev-notes.jsonl");
    match score(&shared) {
        Some(category) => assert!(category > 70., "shared: {category}"),
        None => println!("shared notes are absent; skipped"),
    }
}
