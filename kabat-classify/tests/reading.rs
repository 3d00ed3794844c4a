//! From the words of a note to concepts: which terms hide which words, and what a slip may be corrected to.
#![expect(clippy::unwrap_used, reason = "a broken rule file must stop the test")]

use kabat_classify::{Classifier, Note, RuleSet, RuleSetDocument};

/// A rule set in which the concept `danger` chooses the only type, with more concepts and ordinary words.
fn classifier(danger: &str, more: &str) -> Classifier {
    let text = format!(
        r#"
[ruleset]
id = "t"
version = "1"
valid_from = "2026-12-01"
{more}
[concept.danger]
{danger}
[type."x.danger"]
label = {{ nl = "a", fr = "a", de = "a", en = "a" }}
priority = 1
disciplines = ["D1"]
[[rule]]
id = "t"
family = "type"
all = ["danger"]
then = {{ type = "x.danger" }}
"#
    );
    let document = RuleSetDocument::from_toml(&text).unwrap();
    Classifier::new(RuleSet::compile(&[document]).unwrap())
}

fn is_danger(classifier: &Classifier, note: &str) -> bool {
    !classifier.classify(&Note::new(note)).is_unknown()
}

#[test]
fn a_longer_term_takes_its_words_along_unless_it_tells_a_circumstance() {
    let later = "[concept.later]\nany = \"opengebroken gevonden\"\n";
    let note = "deur opengebroken gevonden";
    let danger = "any = \"opengebroken\"";
    assert!(!is_danger(&classifier(danger, later), note));
    let beside = format!("{later}beside = true\n");
    assert!(is_danger(&classifier(danger, &beside), note));
}

/// A denial that belongs to a longer term reaches what follows inside that term, and nothing else.
#[test]
fn a_denial_inside_a_longer_term_denies_what_that_term_spans() {
    let more = r#"
[[scope]]
lang = "fr"
kind = "denied"
terms = "pas de"
after = 4
before = 4
[concept.nothing_on]
fr = "pas de casserole sur le feu, va pas de mieux"
"#;
    let classifier = classifier("fr = \"casserole sur le feu, sol mouille\"", more);
    assert!(is_danger(&classifier, "casserole sur le feu"));
    assert!(!is_danger(&classifier, "pas de casserole sur le feu"));
    // What stands outside the longer term, or before the denial in it, is not denied.
    assert!(is_danger(&classifier, "va pas de mieux sol mouille"));
    assert!(is_danger(&classifier, "sol mouille va pas de mieux"));
}

#[test]
fn a_slip_keeps_the_first_letter_or_swaps_the_first_two() {
    let classifier = classifier("any = \"vuurtje\"", "");
    for slip in ["vuurtje", "vurtje", "vuuurtje", "vuurtke", "uvurtje"] {
        assert!(is_danger(&classifier, slip), "{slip}");
    }
    for other in ["uurtje", "duurtje", "avuurtje"] {
        assert!(!is_danger(&classifier, other), "{other}");
    }
}

/// A long word of one language counts in a note of another, but not when it had to be corrected first.
#[test]
fn a_corrected_word_counts_only_in_its_own_language() {
    let words = "[words]\nfr = \"il est dans une avec les sont\"\nen = \"he is in the with are\"\n";
    let classifier = classifier("en = \"trapped\"", words);
    assert!(is_danger(&classifier, "he is trapped in the"));
    assert!(is_danger(&classifier, "he is traped in the"));
    assert!(is_danger(&classifier, "il est trapped dans une"));
    assert!(!is_danger(&classifier, "il est traped dans une"));
}
