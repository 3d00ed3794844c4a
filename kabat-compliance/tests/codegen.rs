//! The law in code is the law in `law/belgium.toml`; `KABAT_BLESS=1` writes it anew.
#![cfg(feature = "serde")]
#![expect(
    clippy::expect_used,
    reason = "a test stops when its files cannot be used"
)]

use std::fmt::Write as _;

use kabat_compliance::{Law, RuleId};

const TOML: &str = include_str!("../law/belgium.toml");

fn day(day: Option<chrono::NaiveDate>) -> String {
    day.map_or("None".into(), |day| format!("Some({:?})", day.to_string()))
}

fn generate(law: &Law) -> String {
    let mut out = String::from(
        "//! Written by `tests/codegen.rs` from `law/belgium.toml`; not by hand.\n\nuse super::Row;\n\n",
    );
    writeln!(
        out,
        "pub(super) const RELEASE: &str = {:?};\n",
        law.release()
    )
    .expect("a string grows");
    out.push_str("pub(super) const ROWS: &[Row] = &[\n");
    for rule in law.rules() {
        writeln!(out, "    Row {{").expect("a string grows");
        writeln!(out, "        id: {:?},", rule.id.code()).expect("a string grows");
        writeln!(out, "        certainty: {:?},", rule.certainty.code()).expect("a string grows");
        writeln!(out, "        from: {},", day(rule.from)).expect("a string grows");
        writeln!(out, "        to: {},", day(rule.to)).expect("a string grows");
        writeln!(
            out,
            "        known_from: {:?},",
            rule.known_from.to_string()
        )
        .expect("a string grows");
        writeln!(out, "        known_to: {},", day(rule.known_to)).expect("a string grows");
        writeln!(out, "        note: {:?},", rule.note).expect("a string grows");
        out.push_str("        citations: &[\n");
        for cite in &rule.citations {
            writeln!(
                out,
                "            ({:?}, {:?}, {:?}),",
                cite.act,
                cite.article,
                cite.article_certainty.code()
            )
            .expect("a string grows");
        }
        out.push_str("        ],\n        quantities: &[");
        let list: Vec<String> = rule
            .quantities
            .iter()
            .map(|(name, value)| format!("({name:?}, {value})"))
            .collect();
        writeln!(out, "{}],\n    }},", list.join(", ")).expect("a string grows");
    }
    out.push_str("];\n");
    out
}

#[test]
fn generated_law_is_the_data() {
    let law: Law = toml::from_str(TOML).expect("the law can be read");
    let text = generate(&law);
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated/belgium_rows.rs");
    if std::env::var_os("KABAT_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &text).expect("the file can be written");
        return;
    }
    // The formatter may break lines; compare what the code holds.
    assert_eq!(Law::belgium(), law, "stale: run with KABAT_BLESS=1");
    assert_eq!(Law::belgium().hash(), law.hash());
}

#[test]
fn every_rule_has_a_version_and_every_version_a_source() {
    let law = Law::belgium();
    Law::new("check".into(), law.rules().to_vec()).expect("the law does not contradict itself");
    for id in RuleId::ALL {
        assert!(
            law.rules().iter().any(|rule| rule.id == *id),
            "{id} has no version"
        );
    }
    let json = serde_json::to_string(&law).expect("a law has a JSON form");
    let back: Law = serde_json::from_str(&json).expect("and back");
    assert_eq!(back.hash(), law.hash());
}
