//! Properties that protect the caller, on every note at hand.
#![expect(
    clippy::tests_outside_test_module,
    clippy::indexing_slicing,
    reason = "proptest writes the test functions; JSON answers `null` for what it lacks"
)]

use std::sync::LazyLock;

use kabat_classify::{CallInput, Classifier, Note, RuleSet};
use proptest::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(RuleSet::base()));

struct Labelled {
    language: String,
    note: Note,
    categories: Vec<String>,
    priority: u64,
}

/// The notes of this crate, and the shared ones where they are at hand.
static NOTES: LazyLock<Vec<Labelled>> = LazyLock::new(|| {
    let shared = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/classify/dev-notes.jsonl"
    );
    let shared = std::fs::read_to_string(shared).unwrap_or_default();
    [
        include_str!("notes/tuned.jsonl"),
        include_str!("notes/held_out.jsonl"),
        include_str!("notes/own_nl.jsonl"),
        include_str!("notes/own_fr.jsonl"),
        include_str!("notes/own_de.jsonl"),
        include_str!("notes/own_en.jsonl"),
        &shared,
    ]
    .iter()
    .flat_map(|file| file.lines())
    .filter(|line| !line.trim().is_empty())
    .filter_map(|line| {
        let value: Value = serde_json::from_str(line).ok()?;
        let mut note = Note::new(value["text"].as_str()?);
        if let Some(input) = value.get("input") {
            note.input = serde_json::from_value::<CallInput>(input.clone()).ok()?;
        }
        let expect = &value["expect"];
        let others = expect["type_alt"].as_array().into_iter().flatten();
        let categories = std::iter::once(&expect["type"])
            .chain(others)
            .filter_map(|t| Some(t.as_str()?.split('.').next()?.to_owned()))
            .collect();
        Some(Labelled {
            language: value["lang"].as_str().unwrap_or_default().to_owned(),
            note,
            categories,
            priority: expect["priority"].as_u64().unwrap_or(4),
        })
    })
    .collect()
});

fn rank(note: &Note) -> u8 {
    CLASSIFIER
        .classify(note)
        .priority
        .map_or(5, kabat_core::Priority::rank)
}

fn with_text(note: &Note, text: String) -> Note {
    Note {
        text,
        ..note.clone()
    }
}

#[test]
fn not_breathing_never_lowers_urgency() {
    let mut wrong = Vec::new();
    for labelled in &*NOTES {
        let before = rank(&labelled.note);
        for more in [
            "ademt niet",
            "ne respire plus",
            "atmet nicht",
            "not breathing",
        ] {
            let text = format!("{}. {more}", labelled.note.text);
            if rank(&with_text(&labelled.note, text.clone())) > before {
                wrong.push(text);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_denied_fact_never_raises_urgency() {
    let mut wrong = Vec::new();
    let mut asked = 0;
    for labelled in &*NOTES {
        let before = rank(&labelled.note);
        for more in [
            "geen brand",
            "geen gewonden",
            "geen wapen",
            "niemand gekneld",
            "pas de feu",
            "pas de blessés",
            "pas d'arme",
            "personne coincé",
            "kein Feuer",
            "keine Verletzten",
            "keine Waffe",
            "niemand eingeklemmt",
            "no fire",
            "nobody injured",
            "no weapon",
            "nobody trapped",
        ] {
            let text = format!("{}. {more}", labelled.note.text);
            asked += 1;
            let after = rank(&with_text(&labelled.note, text.clone()));
            // From unknown to a calm verdict is not a raise: something is known now.
            if after < before && !(before == 5 && after >= 3) {
                wrong.push(format!("{before} -> {after}: {text}"));
            }
        }
    }
    println!("{} of {asked} raised", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Share of notes in their right category, in percent, after a change of the text.
fn accuracy(change: impl Fn(&str) -> String) -> f64 {
    let right = NOTES.iter().filter(|labelled| {
        let note = with_text(&labelled.note, change(&labelled.note.text));
        let verdict = CLASSIFIER.classify(&note);
        let category = verdict.category.as_deref().unwrap_or("unknown");
        labelled.categories.iter().any(|c| c == category)
    });
    let (right, all) = (right.count(), NOTES.len());
    f64::from(u32::try_from(right).unwrap_or(0)) * 100.0
        / f64::from(u32::try_from(all).unwrap_or(1))
}

/// One slip in every word of seven letters or more: a letter left out, doubled, swapped with the next, or wrong. Which one, and
/// where after the first letter, comes from a fixed sequence.
fn slips(text: &str, seed: u64) -> String {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let mut out = String::new();
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let mut letters: Vec<char> = word.chars().collect();
        let length = letters.iter().filter(|c| c.is_alphabetic()).count();
        if length >= 7 {
            let at = 1 + next(length - 2);
            match next(4) {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letters.get(at).copied().unwrap_or('e')),
                2 => letters.swap(at, at + 1),
                _ => letters.iter_mut().skip(at).take(1).for_each(|c| *c = 'q'),
            }
        }
        out.extend(letters);
    }
    out
}

#[test]
fn capitals_accents_and_slips_cost_at_most_five_points() {
    let plain = accuracy(str::to_owned);
    let capitals = accuracy(str::to_uppercase);
    let bare = accuracy(|text| {
        let marks = |c: &char| !('\u{300}'..='\u{36f}').contains(c);
        text.nfd().filter(marks).collect()
    });
    let slipped: Vec<f64> = [1, 2, 3]
        .map(|seed| accuracy(|text| slips(text, seed)))
        .to_vec();
    println!(
        "{} notes: category {plain:.1}, in capitals {capitals:.1}, without accents {bare:.1}, with slips {slipped:.1?}",
        NOTES.len()
    );
    for changed in [capitals, bare].into_iter().chain(slipped) {
        assert!(plain - changed <= 5.0, "{plain:.1} to {changed:.1}");
    }
}

#[test]
fn one_ambiguous_word_makes_no_calm_note_the_most_urgent() {
    // Each word, and the languages in which it is no plain word of danger: an ordinary word there, or an abbreviation.
    let words = [
        ("AC", "nl fr de en"),
        ("gift", "en"),
        ("mist", "nl de en"),
        ("brand", "en"),
        ("coup", "fr en"),
        ("slag", "nl en"),
        ("fall", "nl en"),
        ("pic", "fr en"),
        ("rot", "nl de en"),
        ("bad", "nl de en"),
        ("arm", "nl de en"),
        ("stil", "nl"),
        ("pin", "nl fr en"),
        ("rein", "nl fr de"),
        ("alarm", "nl de en"),
        ("chat", "fr en"),
        ("pain", "fr"),
        ("bras", "fr"),
        ("fast", "de en"),
        ("mes", "fr"),
        ("tot", "nl"),
        ("art", "de en fr"),
        ("kind", "nl de en"),
        ("note", "nl fr de en"),
    ];
    let calm = NOTES
        .iter()
        .filter(|l| l.priority == 4 && rank(&l.note) >= 3);
    let mut wrong = Vec::new();
    for labelled in calm {
        for (word, languages) in words {
            if !languages.contains(&labelled.language) {
                continue;
            }
            for text in [
                format!("{} {word}", labelled.note.text),
                format!("{word}, {}", labelled.note.text),
            ] {
                if rank(&with_text(&labelled.note, text.clone())) == 1 {
                    wrong.push(text);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn noise_is_unknown() {
    let mut texts: Vec<String> = [
        "",
        " \n\t ",
        "🚒🔥🚑",
        "👨‍👩‍👧‍👦🏳️‍🌈",
        "\u{0}\u{7}\u{1b}[0m\u{200b}\u{202e}",
        "שלום עליכם, مرحبا بكم",
        "привет καλημέρα 你好 안녕하세요",
        "xkcd qwrt zzzz",
        "\u{202e}\u{2066}\u{feff}",
        "-- ,,, ;;; ??? !!!",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("xq zv kw ".repeat(1200));
    texts.push("🔥".repeat(3000));
    texts.push("\u{301}".repeat(10_000));
    texts.push("a".repeat(10_000));
    texts.push("((((((((((".repeat(1000));
    for text in texts {
        let explanation = CLASSIFIER.explain(&Note::new(text.clone()));
        let verdict = &explanation.verdict;
        let start: String = text.chars().take(40).collect();
        assert!(verdict.is_unknown(), "{start:?}: {:?}", verdict.type_code);
        assert_eq!(
            (verdict.priority, verdict.facts.len()),
            (None, 0),
            "{start:?}"
        );
    }
}

#[test]
fn same_note_same_bytes() {
    let again = Classifier::new(RuleSet::base());
    for labelled in &*NOTES {
        let (a, b) = (
            CLASSIFIER.explain(&labelled.note),
            again.explain(&labelled.note),
        );
        assert_eq!(a.trace(), b.trace());
    }
}

proptest! {
    #[test]
    fn any_text_gives_a_verdict(text in "\\PC{0,400}") {
        let explanation = CLASSIFIER.explain(&Note::new(text.clone()));
        let verdict = &explanation.verdict;
        prop_assert_eq!(verdict.is_unknown(), verdict.category.is_none());
        prop_assert!(explanation.trace_json().is_object());
        for span in verdict.facts.iter().flat_map(|fact| &fact.spans) {
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
    }

    #[test]
    fn mixed_scripts_around_a_note_do_not_panic(
        pick in any::<prop::sample::Index>(),
        before in "[\\u{0}-\\u{2fff}]{0,40}",
        after in any::<String>(),
    ) {
        let labelled = pick.get(&NOTES);
        let text = format!("{before}{}{after}", labelled.note.text);
        let explanation = CLASSIFIER.explain(&with_text(&labelled.note, text));
        prop_assert!(explanation.trace_json().is_object());
    }

    #[test]
    fn capitals_change_nothing(pick in any::<prop::sample::Index>()) {
        let labelled = pick.get(&NOTES);
        let capitals = with_text(&labelled.note, labelled.note.text.to_uppercase());
        let (a, b) = (CLASSIFIER.classify(&labelled.note), CLASSIFIER.classify(&capitals));
        prop_assert_eq!((a.type_code, a.priority), (b.type_code, b.priority));
    }
}

/// "Personne" is somebody in a hurried note, and nobody only with "ne", "de" or a word that says so.
#[test]
fn a_person_in_french_is_somebody() {
    for (text, category) in [
        ("personne percutée par un train", "traffic"),
        ("personne coincée sous une voiture", "traffic"),
        ("personne dans le canal, on voit sa tête", "rescue"),
        ("personne de 80 ans tombée, ne respire plus", "medical"),
    ] {
        let verdict = CLASSIFIER.classify(&Note::new(text));
        assert_eq!(
            (verdict.category.as_deref(), verdict.priority),
            (Some(category), Some(kabat_core::Priority::P1)),
            "{text}"
        );
    }
    let nobody = CLASSIFIER.classify(&Note::new("feu de cuisine, personne dedans"));
    assert_eq!(nobody.priority, Some(kabat_core::Priority::P2));
}
