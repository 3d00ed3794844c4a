//! Points: when they take the place of a rule, and when they do not.
#![expect(clippy::unwrap_used, reason = "a broken rule file must stop the test")]

use kabat_classify::{
    CallInput, Classifier, FindingKind, Note, RuleFile, RuleSet, RuleSetDocument, lint,
};
use kabat_core::Priority;

/// A small set with two types, a rule for one, and points.
fn with_points(points: &str) -> RuleSetDocument {
    let text = format!(
        r#"
[ruleset]
id = "seed"
version = "1"
valid_from = "2026-12-01"
[type."a.sends"]
label = {{ nl = "a", fr = "a", de = "a", en = "a" }}
disciplines = ["D1"]
priority = 3
means = ["ladder"]
[type."b.sends"]
label = {{ nl = "b", fr = "b", de = "b", en = "b" }}
disciplines = ["D2"]
priority = 3
means = ["ambulance"]
[type."c.nobody"]
label = {{ nl = "c", fr = "c", de = "c", en = "c" }}
priority = 4
no_means = true
[concept.apple]
any = "apple"
[concept.pear]
any = "pear"
[[rule]]
id = "a"
family = "type"
all = ["apple"]
score = 10
then = {{ type = "a.sends" }}
[[rule]]
id = "source"
family = "type"
all = ["input.source=probe"]
score = 5
then = {{ type = "a.sends" }}
[points]
keep = 50
alone = 100
call_off = 100
{points}
"#
    );
    RuleSetDocument::from_toml(&text).unwrap()
}

fn with(points: &str, more: &[RuleSetDocument]) -> Classifier {
    let mut documents = vec![with_points(points)];
    documents.extend_from_slice(more);
    Classifier::new(RuleSet::compile(&documents).unwrap())
}

/// A set on top of the small one.
fn on_top(rule: &str) -> RuleSetDocument {
    let head = "[ruleset]\nid = \"vendor\"\nversion = \"1\"\nvalid_from = \"2026-12-01\"\nextends = [\"seed\"]\n";
    RuleSetDocument::from_toml(&format!("{head}{rule}")).unwrap()
}

const EVEN: &str = r#"start = { "a.sends" = 0, "b.sends" = 0, "c.nobody" = 0 }"#;

#[test]
fn points_take_the_place_of_a_rule_only_when_they_are_ahead() {
    for (worth, kind) in [(50, "a.sends"), (51, "b.sends")] {
        let classifier = with(
            &format!("{EVEN}\nasserted = {{ pear = {{ \"b.sends\" = {worth} }} }}"),
            &[],
        );
        let explanation = classifier.explain(&Note::new("apple pear"));
        assert_eq!(explanation.verdict.type_code.as_deref(), Some(kind));
        let trace = explanation.trace_json();
        let chose = kind == "b.sends";
        assert_eq!(trace["points"]["chose"], chose, "{trace}");
        let lost = trace["rules"][0]["to"].as_str();
        assert_eq!(lost, chose.then_some("points"));
        let decided = explanation
            .verdict
            .matched
            .iter()
            .any(|id| &**id == "points");
        assert_eq!(decided, chose);
        if chose {
            assert_eq!(explanation.verdict.margin, 1);
            assert_eq!(trace["points"]["concepts"][0]["concept"], "pear");
            let sentence = explanation.sentence(kabat_core::Language::En);
            assert!(sentence.contains("“pear”"), "{sentence}");
        }
    }
}

#[test]
fn without_a_rule_a_type_needs_points_enough() {
    for (worth, kind) in [(99, None), (100, Some("b.sends"))] {
        let points = format!("{EVEN}\nasserted = {{ pear = {{ \"b.sends\" = {worth} }} }}");
        let verdict = with(&points, &[]).classify(&Note::new("pear"));
        assert_eq!(verdict.type_code.as_deref(), kind);
    }
}

#[test]
fn points_that_call_off_need_more() {
    for (worth, kind) in [(150, "a.sends"), (151, "c.nobody")] {
        let points = format!("{EVEN}\nasserted = {{ pear = {{ \"c.nobody\" = {worth} }} }}");
        let verdict = with(&points, &[]).classify(&Note::new("apple pear"));
        assert_eq!(verdict.type_code.as_deref(), Some(kind), "{worth}");
    }
}

#[test]
fn who_a_close_type_needs_is_alerted_too() {
    for (worth, also) in [(19, false), (20, true)] {
        let points = format!(
            "close = 30\n{EVEN}\nasserted = {{ apple = {{ \"a.sends\" = 50 }}, pear = {{ \"b.sends\" = {worth} }} }}"
        );
        let explanation = with(&points, &[]).explain(&Note::new("apple pear"));
        let verdict = &explanation.verdict;
        assert_eq!(verdict.type_code.as_deref(), Some("a.sends"));
        let codes: Vec<&str> = verdict
            .disciplines
            .iter()
            .map(kabat_core::Discipline::code)
            .collect();
        let wanted: &[&str] = if also { &["D1", "D2"] } else { &["D1"] };
        assert_eq!(codes, wanted);
        assert_eq!(verdict.matched.iter().any(|id| &**id == "points"), also);
        let close = explanation.trace_json()["points"]["also"]
            .as_array()
            .map(Vec::len);
        assert_eq!(close, Some(usize::from(also)));
    }
}

#[test]
fn whom_a_rule_leaves_out_a_close_type_does_not_bring_back() {
    let points = format!(
        "close = 30\n{EVEN}\nasserted = {{ apple = {{ \"a.sends\" = 50 }}, pear = {{ \"b.sends\" = 40 }} }}"
    );
    let out = on_top(
        r#"
[[rule]]
id = "vendor.out"
family = "disciplines"
all = ["pear"]
then = { without = ["D2"] }
"#,
    );
    let verdict = with(&points, &[out]).classify(&Note::new("apple pear"));
    let codes = verdict.disciplines.iter().map(kabat_core::Discipline::code);
    assert_eq!(codes.collect::<Vec<_>>(), ["D1"]);
}

#[test]
fn what_is_denied_has_points_of_its_own() {
    let scope = "[[scope]]\nlang = \"en\"\nkind = \"denied\"\nterms = \"no\"\nafter = 2\n";
    let points = format!(
        "{EVEN}\nasserted = {{ pear = {{ \"b.sends\" = 200 }} }}\ndenied = {{ pear = {{ \"a.sends\" = 1 }} }}\n{scope}"
    );
    let classifier = with(&points, &[]);
    let kind = |text: &str| classifier.classify(&Note::new(text)).type_code;
    assert_eq!(kind("apple pear").as_deref(), Some("b.sends"));
    assert_eq!(kind("apple, no pear").as_deref(), Some("a.sends"));
    assert_eq!(kind("no pear"), None);
}

#[test]
fn structured_input_and_sets_on_top_stand_against_points() {
    let points = format!("{EVEN}\nasserted = {{ pear = {{ \"b.sends\" = 900 }} }}");
    let input = CallInput {
        source: Some("probe".into()),
        ..CallInput::default()
    };
    let classifier = with(&points, &[]);
    let verdict = classifier.classify(&Note::new("pear").with_input(input));
    assert_eq!(verdict.type_code.as_deref(), Some("a.sends"));

    let vendor = on_top(
        r#"
[[rule]]
id = "vendor.apple"
family = "type"
all = ["apple"]
score = 20
then = { type = "a.sends" }
"#,
    );
    let note = Note::new("apple pear");
    assert_eq!(
        classifier.classify(&note).type_code.as_deref(),
        Some("b.sends")
    );
    let verdict = with(&points, &[vendor]).classify(&note);
    assert_eq!(verdict.type_code.as_deref(), Some("a.sends"));
}

#[test]
fn points_of_urgency_only_raise() {
    for (worth, rank) in [(-500, 3), (0, 3), (11, 2), (101, 1)] {
        let points = format!(
            "{EVEN}\n[points.urgency]\nabove = [100, 10, -100]\nstart = {{ \"a.sends\" = 0 }}\nasserted = {{ pear = {worth} }}"
        );
        let verdict = with(&points, &[]).classify(&Note::new("apple pear"));
        assert_eq!(verdict.priority.map(Priority::rank), Some(rank), "{worth}");
    }
}

#[test]
fn a_priority_that_a_set_on_top_gives_stands() {
    let points = format!(
        "{EVEN}\n[points.urgency]\nabove = [100, 10, -100]\nstart = {{ \"a.sends\" = 500 }}"
    );
    let vendor = on_top(
        r#"
[[rule]]
id = "vendor.calm"
family = "priority"
all = ["apple"]
then = { priority = 4 }
"#,
    );
    let rank = |classifier: Classifier| {
        let verdict = classifier.classify(&Note::new("apple"));
        verdict.priority.map(Priority::rank)
    };
    assert_eq!(rank(with(&points, &[])), Some(1));
    assert_eq!(rank(with(&points, &[vendor])), Some(4));
}

#[test]
fn points_of_a_later_file_replace_the_earlier_whole() {
    let points = format!("{EVEN}\nasserted = {{ pear = {{ \"b.sends\" = 900 }} }}");
    let later = RuleSetDocument::from_toml(
        r#"
[ruleset]
id = "seed"
version = "2"
valid_from = "2026-12-01"
[points.start]
"a.sends" = 0
"b.sends" = 0
"#,
    );
    let classifier = with(&points, &[later.unwrap()]);
    let verdict = classifier.classify(&Note::new("apple pear"));
    assert_eq!(verdict.type_code.as_deref(), Some("a.sends"));
}

#[test]
fn the_base_set_works_without_its_points() {
    let mut documents = RuleSet::base_documents().unwrap();
    documents.retain(|document| document.points.is_none());
    let classifier = Classifier::new(RuleSet::compile(&documents).unwrap());
    let explanation = classifier.explain(&Note::new("man ademt niet meer"));
    let kind = explanation.verdict.type_code.as_deref();
    assert_eq!(kind, Some("medical.cardiac_arrest"));
    assert!(explanation.trace_json()["points"].is_null());
}

#[test]
fn points_for_what_is_not_defined_are_a_fault_with_a_place() {
    for points in [
        "start = { \"no.such\" = 1 }",
        "asserted = { plum = { \"a.sends\" = 1 } }",
        "denied = { pear = { \"no.such\" = 1 } }",
        "urgency = { above = [3, 2, 1], asserted = { plum = 1 } }",
        "urgency = { above = [3, 2, 1], start = { \"no.such\" = 1 } }",
    ] {
        let document = with_points(points);
        let refused = RuleSet::compile(std::slice::from_ref(&document)).unwrap_err();
        assert_eq!(refused.code(), "unknown_name", "{points}");
        let json = serde_json::to_string(&document).unwrap();
        let file = RuleFile::from_json("seed.json", &json).unwrap();
        let found = lint(std::slice::from_ref(&file));
        let unknown = found.iter().find(|f| f.kind == FindingKind::UnknownName);
        let place = &unknown.unwrap().place;
        let at = file.text().get(place.start..place.end).unwrap();
        assert!(
            at == "1" || at.contains("plum") || at.contains("\"a.sends\":1"),
            "{points}: {at}"
        );
    }
}

#[test]
fn points_without_effect_are_found() {
    for (points, at) in [
        (
            "start = { \"a.sends\" = 1 }\nasserted = { pear = { \"b.sends\" = 22 } }",
            "22",
        ),
        (
            "start = { \"a.sends\" = 1 }\ndenied = { pear = { \"b.sends\" = 33 } }",
            "33",
        ),
        ("urgency = { above = [10, 20, 30] }", "[10,20,30]"),
    ] {
        let text = serde_json::to_string(&with_points(points)).unwrap();
        let file = RuleFile::from_json("seed.json", &text).unwrap();
        let found = lint(std::slice::from_ref(&file));
        let idle = found.iter().find(|f| f.kind == FindingKind::NoEffect);
        let place = &idle.unwrap().place;
        assert_eq!(
            file.text().get(place.start..place.end),
            Some(at),
            "{points}"
        );
    }
}
