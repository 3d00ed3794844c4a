//! Every family settles conflicts as its file declares; files extend and override; TOML and JSON are one.
#![expect(clippy::unwrap_used, reason = "a broken rule file must stop the test")]

use kabat_classify::{
    Classifier, Family, Note, Policy, RuleSet, RuleSetDocument, RuleSetError, Verdict,
};
use kabat_core::Priority;

/// Two concepts that a note can say, two types, and two rules of each family that disagree. The rule that stands first has the
/// lower score and the milder result.
const RULES: &str = r#"
[fact.level]
values = ["low", "high", "top"]
[concept.red]
any = "rood"
[concept.blue]
any = "blauw"
[type."x.mild"]
label = { nl = "a", fr = "a", de = "a", en = "a" }
priority = 3
disciplines = ["D1"]
[type."x.grave"]
label = { nl = "b", fr = "b", de = "b", en = "b" }
priority = 2
disciplines = ["D1"]
[[rule]]
id = "b-first"
family = "FAMILY"
score = 10
all = ["red"]
then = FIRST
[[rule]]
id = "a-second"
family = "FAMILY"
score = 20
all = ["blue"]
then = SECOND
"#;

fn document(family: Family, policy: Option<Policy>, first: &str, second: &str) -> RuleSetDocument {
    let policy = policy.map_or_else(String::new, |p| {
        format!("[policy]\n{} = \"{}\"\n", family.code(), p.code())
    });
    let choose =
        "[[rule]]\nid = \"t\"\nfamily = \"type\"\nall = [\"red\"]\nthen = { type = \"x.mild\" }\n";
    let text = format!(
        "[ruleset]\nid = \"t\"\nversion = \"1\"\nvalid_from = \"2026-12-01\"\n{policy}{RULES}{}",
        if family == Family::Type { "" } else { choose }
    );
    let text = text
        .replace("FAMILY", family.code())
        .replace("FIRST", first)
        .replace("SECOND", second);
    RuleSetDocument::from_toml(&text).unwrap()
}

fn decide(family: Family, policy: Option<Policy>, first: &str, second: &str) -> Verdict {
    let set = RuleSet::compile(&[document(family, policy, first, second)]).unwrap();
    Classifier::new(set).classify(&Note::new("rood en blauw"))
}

#[test]
fn each_family_follows_its_policy() {
    use Policy::{FirstHit, HighestScore, MostDangerous, MostUrgent, Union};
    let types = |policy| {
        let verdict = decide(
            Family::Type,
            policy,
            "{ type = \"x.mild\" }",
            "{ type = \"x.grave\" }",
        );
        verdict.type_code.unwrap().to_string()
    };
    assert_eq!(types(None), "x.grave");
    assert_eq!(types(Some(HighestScore)), "x.grave");
    assert_eq!(types(Some(FirstHit)), "x.mild");
    assert_eq!(types(Some(MostUrgent)), "x.grave");

    let level = |family, policy| {
        let first = "{ facts = [\"level=top\"] }";
        let verdict = decide(family, policy, first, "{ facts = [\"level=low\"] }");
        verdict
            .fact("level")
            .unwrap()
            .value
            .to_json()
            .as_str()
            .unwrap()
            .to_owned()
    };
    for family in [Family::Facts, Family::Derived] {
        assert_eq!(level(family, Some(HighestScore)), "low", "{family:?}");
        assert_eq!(level(family, Some(FirstHit)), "top", "{family:?}");
    }
    assert_eq!(level(Family::Facts, Some(MostDangerous)), "top");
    assert_eq!(level(Family::Facts, None), "top");

    let priority = |family, policy| {
        decide(family, policy, "{ priority = 2 }", "{ priority = 4 }")
            .priority
            .unwrap()
    };
    assert_eq!(priority(Family::Priority, None), Priority::P4);
    assert_eq!(priority(Family::Priority, Some(FirstHit)), Priority::P2);
    assert_eq!(priority(Family::Priority, Some(MostUrgent)), Priority::P2);
    for family in [Family::Urgency, Family::Guards] {
        assert_eq!(priority(family, None), Priority::P2);
        // Only the rule with the highest score counts, and it may not lower the 3 of the type.
        assert_eq!(priority(family, Some(HighestScore)), Priority::P3);
        assert_eq!(priority(family, Some(FirstHit)), Priority::P2);
    }

    let disciplines = |policy| {
        let verdict = decide(
            Family::Disciplines,
            policy,
            "{ disciplines = [\"D2\"] }",
            "{ disciplines = [\"D3\"] }",
        );
        verdict
            .disciplines
            .iter()
            .map(|d| d.code().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(disciplines(Some(Union)), "D1 D2 D3");
    assert_eq!(disciplines(Some(HighestScore)), "D1 D3");
    assert_eq!(disciplines(Some(FirstHit)), "D1 D2");

    let severity = |policy| {
        decide(
            Family::Severity,
            policy,
            "{ severity = 1 }",
            "{ severity = 5 }",
        )
        .severity_be
    };
    assert_eq!(severity(None), Some(5));
    assert_eq!(severity(Some(MostUrgent)), Some(1));
    assert_eq!(severity(Some(FirstHit)), Some(1));

    let means = |policy| {
        let verdict = decide(
            Family::Means,
            policy,
            "{ means = [\"ladder\"] }",
            "{ means = [\"tanker\"] }",
        );
        let needs = verdict
            .plan
            .requires
            .iter()
            .flat_map(|r| r.first_of.iter().flatten());
        needs
            .map(|n| n.capability.as_str().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(means(Some(Union)), "ladder tanker");
    assert_eq!(means(Some(HighestScore)), "tanker");
    assert_eq!(means(Some(FirstHit)), "ladder");
}

#[test]
fn a_policy_that_cannot_settle_a_family_is_refused() {
    for family in Family::ALL {
        for policy in [Policy::MostUrgent, Policy::MostDangerous, Policy::Union] {
            let document = document(family, Some(policy), "{}", "{}");
            let refused = matches!(
                RuleSet::compile(&[document]),
                Err(RuleSetError::Policy { .. })
            );
            assert_eq!(refused, !family.allows(policy), "{family:?} {policy:?}");
        }
    }
}

#[test]
fn toml_and_json_give_one_rule_set() {
    let toml = RuleSet::base_documents().unwrap();
    let json: Vec<RuleSetDocument> = toml
        .iter()
        .map(|document| {
            RuleSetDocument::from_json(&serde_json::to_string(document).unwrap()).unwrap()
        })
        .collect();
    assert_eq!(toml, json);
    let (a, b) = (
        RuleSet::compile(&toml).unwrap(),
        RuleSet::compile(&json).unwrap(),
    );
    assert_eq!(a.reference(), b.reference());
    let (a, b) = (Classifier::new(a), Classifier::new(b));
    let note = Note::new("feu de cheminée, pas de blessés");
    assert_eq!(a.explain(&note).trace(), b.explain(&note).trace());
}

#[test]
fn vendor_files_extend_and_override_by_id_and_the_trace_says_so() {
    let vendor = |rules: &str| {
        RuleSetDocument::from_toml(&format!(
            "[ruleset]\nid = \"acme.zone\"\nversion = \"2\"\nvalid_from = \"2026-12-01\"\nextends = [\"be.kabat.base\"]\n{rules}"
        ))
        .unwrap()
    };
    let note = Note::new("hartstilstand, reanimatie bezig");
    let means = |set: RuleSet| {
        let explanation = Classifier::new(set).explain(&note);
        (
            explanation.verdict.plan.clone(),
            explanation.trace_json().clone(),
        )
    };
    let (base, trace) = means(RuleSet::base());
    assert!(trace["overridden_rules"].as_array().unwrap().is_empty());
    let (more, trace) = means(
        RuleSet::extend_base([vendor("[[rule]]\nid = \"acme.1\"\nfamily = \"means\"\nall = [\"type=medical.cardiac_arrest\"]\nthen = { means = [\"gp\"] }")]).unwrap(),
    );
    assert_eq!(more.requires.len(), base.requires.len() + 1);
    let fired = trace["rules"].as_array().unwrap();
    assert!(
        fired
            .iter()
            .any(|r| r["rule"] == "acme.1" && r["set"] == "acme.zone" && r["result"] == "won")
    );
    assert_eq!(trace["rule_set"]["id"], "acme.zone");
    let (other, trace) = means(
        RuleSet::extend_base([vendor("[[rule]]\nid = \"means.01\"\noverride = true\nfamily = \"means\"\nall = [\"severity=1\"]\nthen = { means = [\"2 mug + ambulance\"] }")]).unwrap(),
    );
    assert_ne!(other, base);
    assert_eq!(trace["overridden_rules"][0], "means.01");
    let off = RuleSet::extend_base([vendor("[[rule]]\nid = \"means.01\"\noverride = true\ndisabled = true\nfamily = \"means\"\nthen = {}")]).unwrap();
    assert_eq!(means(off).0.requires.len(), base.requires.len() - 1);
}

#[test]
fn a_lost_rule_names_the_one_it_lost_to() {
    let set = RuleSet::compile(&[document(
        Family::Type,
        None,
        "{ type = \"x.mild\" }",
        "{ type = \"x.grave\" }",
    )])
    .unwrap();
    let explanation = Classifier::new(set).explain(&Note::new("rood en blauw"));
    let trace = explanation.trace_json();
    let rules = trace["rules"].as_array().unwrap();
    let lost = rules.iter().find(|r| r["result"] == "lost").unwrap();
    assert_eq!(
        (lost["rule"].as_str(), lost["to"].as_str()),
        (Some("b-first"), Some("a-second"))
    );
    assert_eq!(trace["alternatives"]["x.mild"], 10);
}

#[test]
fn why_not_names_what_is_missing_and_what_is_in_the_way() {
    let classifier = Classifier::new(RuleSet::base());
    let answer = classifier.why_not(&Note::new("schouwbrand"), "fire.building");
    let rules = answer.as_array().unwrap();
    assert!(!rules.is_empty());
    // Every rule for the type is there, and each says why it did not decide.
    for rule in rules.iter().filter(|rule| rule["rule"] != "points") {
        let said = |key: &str| !rule[key].as_array().unwrap().is_empty();
        let fired = rule["fired"].as_bool().unwrap();
        assert!(
            fired || said("missing") || said("missing_one_of") || said("blocked_by"),
            "{rule}"
        );
    }
    assert!(
        rules
            .iter()
            .any(|r| r["blocked_by"].to_string().contains("chimney"))
    );
    let points = rules.iter().find(|r| r["rule"] == "points").unwrap();
    assert!(
        points["score"].as_i64() < points["most"].as_i64(),
        "{points}"
    );
    assert_eq!(
        classifier
            .why_not(&Note::new("x"), "no.such")
            .as_array()
            .map(Vec::len),
        Some(0)
    );
}

#[cfg(feature = "serde")]
#[test]
fn verdicts_survive_json() {
    let classifier = Classifier::new(RuleSet::base());
    for text in [
        "",
        "hartstilstand, reanimatie bezig",
        "3 gewonden bij frontale botsing op E40",
        "man met mes, pas de blessés",
    ] {
        let verdict = classifier.classify(&Note::new(text));
        let json = serde_json::to_string(&verdict).unwrap();
        assert_eq!(
            serde_json::from_str::<Verdict>(&json).unwrap(),
            verdict,
            "{json}"
        );
    }
}

#[test]
fn many_notes_in_their_order() {
    let classifier = Classifier::new(RuleSet::base());
    let notes: Vec<Note> = (0..200)
        .map(|n| Note::new(format!("{n} gewonden, schouwbrand")))
        .collect();
    let one_by_one: Vec<Verdict> = notes.iter().map(|note| classifier.classify(note)).collect();
    assert_eq!(classifier.classify_many(&notes), one_by_one);
}
