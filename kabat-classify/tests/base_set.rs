//! The embedded rule set.

use kabat_classify::{Classifier, Note, RuleSet};

#[test]
fn compiles_and_covers_every_type() {
    let set = RuleSet::base();
    println!("{} rules, {} terms", set.rule_count(), set.term_count());
    assert!(set.term_count() >= 2_000);
    let reached = &set.document().rules;
    for code in set.type_codes() {
        assert!(
            reached
                .iter()
                .any(|r| r.then.type_code.as_deref() == Some(code)),
            "no rule chooses `{code}`"
        );
    }
}

#[test]
fn nothing_is_made_of_nothing() {
    let classifier = Classifier::new(RuleSet::base());
    for text in [
        "",
        "   ",
        "🚒🔥",
        "\u{0}\u{7}\u{1b}[0m",
        "שלום عليكم",
        "xkcd qwrt zzzz",
    ] {
        let verdict = classifier.classify(&Note::new(text));
        assert!(
            verdict.is_unknown(),
            "{text:?} gave {:?}",
            verdict.type_code
        );
        assert_eq!(verdict.priority, None);
    }
}
