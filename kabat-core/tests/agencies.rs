//! Levels, phases, threat and marking: what the decrees order, and what the JSON forms refuse.
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::chrono::{DateTime, Utc};
use kabat_core::{
    Discipline, EmergencyPhase, Language, ThreatAssessment, ThreatLevel, ThreatScope,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a constant")
}

#[test]
fn every_text_exists_in_four_languages() {
    let texts = (Discipline::ALL.map(Discipline::name).into_iter())
        .chain(Discipline::ALL.map(Discipline::director))
        .chain(EmergencyPhase::ALL.map(EmergencyPhase::name))
        .chain(EmergencyPhase::ALL.map(EmergencyPhase::led_by))
        .chain(ThreatLevel::ALL.map(ThreatLevel::name));
    for text in texts {
        for language in Language::ALL {
            assert!(!text.get(language).is_empty(), "{text:?} in {language}");
        }
    }
}

#[test]
fn a_threat_level_holds_in_its_dates_and_for_its_scope_only() {
    let assessment = |level, scope: &ThreatScope, from, to: Option<&str>| ThreatAssessment {
        level,
        scope: scope.clone(),
        valid_from: at(from),
        valid_to: to.map(at),
    };
    let country = ThreatScope::Country;
    let summit = ThreatScope::Event {
        name: "summit".into(),
    };
    let all = [
        assessment(ThreatLevel::Serious, &country, "2026-01-01T00:00:00Z", None),
        assessment(ThreatLevel::Medium, &country, "2026-06-01T00:00:00Z", None),
        assessment(
            ThreatLevel::VerySerious,
            &summit,
            "2026-03-01T00:00:00Z",
            Some("2026-03-03T00:00:00Z"),
        ),
    ];
    let level = |scope, when| {
        ThreatAssessment::current(&all, scope, at(when)).map(|found| found.level.number())
    };
    assert_eq!(level(&country, "2025-12-31T23:59:59Z"), None);
    assert_eq!(level(&country, "2026-01-01T00:00:00Z"), Some(3));
    assert_eq!(level(&country, "2026-07-01T00:00:00Z"), Some(2));
    assert_eq!(level(&summit, "2026-03-02T12:00:00Z"), Some(4));
    assert_eq!(level(&summit, "2026-03-03T00:00:00Z"), None);
}

#[cfg(feature = "serde")]
#[test]
fn a_local_police_level_without_zone_is_refused() {
    use kabat_core::PoliceLevel;
    let read = |json: &str| serde_json::from_str::<PoliceLevel>(json);
    assert_eq!(
        read(r#"{"level":"federal"}"#).expect("reads"),
        PoliceLevel::Federal
    );
    let local = read(r#"{"level":"local","zone":"5415"}"#).expect("reads");
    assert_eq!(
        serde_json::to_string(&local).expect("writes"),
        r#"{"level":"local","zone":"5415"}"#
    );
    for bad in [
        r#"{"level":"local"}"#,
        r#"{"level":"local","zone":"54 15"}"#,
        r#"{"level":"regional"}"#,
        "{}",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
}
