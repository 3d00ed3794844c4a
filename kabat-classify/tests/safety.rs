//! Properties that protect the caller.
#![expect(
    clippy::tests_outside_test_module,
    reason = "proptest writes the test functions"
)]

use std::sync::LazyLock;

use kabat_classify::{Classifier, Note, RuleSet};
use proptest::prelude::*;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(RuleSet::base()));

fn notes() -> Vec<String> {
    [
        include_str!("notes/tuned.jsonl"),
        include_str!("notes/held_out.jsonl"),
    ]
    .iter()
    .flat_map(|file| file.lines())
    .map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let text = value.get("text").and_then(|text| text.as_str());
        text.unwrap_or_default().to_owned()
    })
    .collect()
}

fn rank(text: &str) -> u8 {
    CLASSIFIER
        .classify(&Note::new(text))
        .priority
        .map_or(5, kabat_core::Priority::rank)
}

#[test]
fn not_breathing_never_lowers_urgency() {
    for note in notes() {
        for more in [
            "ademt niet",
            "ne respire plus",
            "atmet nicht",
            "not breathing",
        ] {
            assert!(
                rank(&format!("{note}. {more}")) <= rank(&note),
                "{note} + {more}"
            );
        }
    }
}

#[test]
fn same_note_same_bytes() {
    let again = Classifier::new(RuleSet::base());
    for note in notes() {
        let note = Note::new(note);
        let (a, b) = (CLASSIFIER.explain(&note), again.explain(&note));
        assert_eq!(a.trace(), b.trace());
    }
}

#[test]
fn noise_is_unknown() {
    let noise = "xq zv kw ".repeat(1200);
    assert!(CLASSIFIER.classify(&Note::new(noise)).is_unknown());
}

proptest! {
    #[test]
    fn any_text_gives_a_verdict(text in "\\PC{0,400}") {
        let explanation = CLASSIFIER.explain(&Note::new(text));
        prop_assert_eq!(explanation.verdict.is_unknown(), explanation.verdict.category.is_none());
    }

    #[test]
    fn capitals_change_nothing(pick in any::<prop::sample::Index>()) {
        let notes = notes();
        let note = pick.get(&notes);
        let (a, b) = (CLASSIFIER.classify(&Note::new(note.as_str())), CLASSIFIER.classify(&Note::new(note.to_uppercase())));
        prop_assert_eq!((a.type_code, a.priority), (b.type_code, b.priority));
    }
}
