//! The linter on the base set and on seeded faults.

use kabat_classify::{RuleSet, RuleSetDocument, lint};

#[test]
fn base_set_is_clean() {
    let findings = lint(RuleSet::base().document());
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn seeded_faults_are_found() {
    let document = RuleSetDocument::from_toml(
        r#"
[ruleset]
id = "t"
version = "1"
valid_from = "2026-12-01"
[[scope]]
lang = "nl"
kind = "denied"
terms = "geen"
[type."a.b"]
label = { nl = "x", fr = "", de = "x", en = "x" }
[[rule]]
id = "r1"
family = "urgency"
all = ["c"]
then = { priority = 1 }
[[rule]]
id = "r2"
family = "urgency"
all = ["c"]
then = { priority = 1 }
[[rule]]
id = "r3"
family = "urgency"
all = ["c", "d"]
then = { priority = 1 }
[[rule]]
id = "r4"
family = "urgency"
all = ["e"]
none = ["e"]
then = { priority = 2 }
[[rule]]
id = "r5"
family = "facts"
all = ["fire=yes"]
then = { facts = ["fire=yes"] }
"#,
    )
    .unwrap();
    let codes: Vec<&str> = lint(&document).iter().map(|f| f.code).collect();
    for code in [
        "duplicate",
        "subsumed",
        "unsatisfiable",
        "cyclic",
        "no_priority",
        "no_type_rule",
        "no_means",
        "missing_translation",
        "trigger_without_scope",
    ] {
        assert!(codes.contains(&code), "{code} not in {codes:?}");
    }
}
