//! The law at another state of knowledge, and what a change moves.
#![expect(
    clippy::expect_used,
    reason = "a test stops where its own numbers are wrong"
)]

use chrono::NaiveDate;
use kabat_compliance::{
    Camera, CameraFacts, Compliance, Controller, Law, LawError, NoTerm, ParkCamera, RuleChange,
    RuleId, Stated, deadline_shifts,
};
use kabat_core::CameraId;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn police() -> CameraFacts {
    CameraFacts {
        controller: Controller::PoliceLocal,
        camera: Camera::Fixed,
        special_risk_place: Stated::Nothing,
        anpr_database: false,
    }
}

#[test]
fn footage_of_2017_and_2018_as_known_then() {
    let law = Law::belgium();
    let as_known = |known: &str, recorded: &str| {
        Compliance::new(&law, Some(day(known)))
            .retention_term(&police(), day(recorded))
            .map(|term| term.rule)
    };
    // Footage of 2017 was under the Camera Act, as known in 2018 and since.
    assert_eq!(as_known("2018-12-31", "2017-06-01"), Ok(RuleId::CamRet1m));
    assert_eq!(as_known("2026-11-01", "2017-06-01"), Ok(RuleId::CamRet1m));
    // In January 2018 nobody knew that footage of June would be under the Police Function Act.
    assert_eq!(as_known("2018-01-15", "2018-06-01"), Ok(RuleId::CamRet1m));
    assert_eq!(as_known("2018-05-01", "2018-06-01"), Ok(RuleId::PolRet12m));
    // Before the act there is no rule.
    assert_eq!(
        as_known("2026-11-01", "2007-06-09"),
        Err(NoTerm::NotInForce)
    );
}

#[test]
fn an_amendment_is_data_and_shows_whose_deadlines_move() {
    let law = Law::belgium();
    // A made-up amendment: from 2027 police images are kept six months.
    let mut rules = law.rules().to_vec();
    let old = rules
        .iter()
        .position(|rule| rule.id == RuleId::PolRet12m)
        .expect("a rule");
    let mut new = rules[old].clone();
    rules[old].to = Some(day("2027-01-01"));
    new.from = Some(day("2027-01-01"));
    new.quantities.insert("months".into(), 6);
    rules.push(new);
    let amended = Law::new("made-up".into(), rules).expect("no contradiction");
    assert_ne!(amended.hash(), law.hash());
    let changes = law.changes_to(&amended);
    assert_eq!(
        changes.keys().copied().collect::<Vec<_>>(),
        [RuleId::PolRet12m]
    );
    let list = &changes[&RuleId::PolRet12m];
    assert_eq!(
        list.iter()
            .filter(|change| matches!(change, RuleChange::Added(_)))
            .count(),
        2
    );

    let private = CameraFacts {
        controller: Controller::PrivateCompany,
        ..police()
    };
    let park = [police(), private].map(|facts| ParkCamera {
        id: CameraId::nil(),
        facts,
    });
    let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("an instant");
    let recorded = [
        at("2026-12-31T23:59:00+01:00"),
        at("2027-01-01T00:00:00+01:00"),
    ];
    let shifts = deadline_shifts(
        &Compliance::new(&law, None),
        &Compliance::new(&amended, None),
        &park,
        &recorded,
    );
    assert_eq!(
        shifts.len(),
        1,
        "only the police camera, only from the day of the change"
    );
    assert_eq!(shifts[0].recorded_on, day("2027-01-01"));
    let end = |side: &Result<_, NoTerm>| {
        side.as_ref()
            .map(|(_, at): &(_, chrono::DateTime<_>)| at.to_rfc3339())
            .expect("a term")
    };
    assert_eq!(end(&shifts[0].before), "2028-01-01T00:00:00+01:00");
    assert_eq!(end(&shifts[0].after), "2027-07-01T00:00:00+02:00");
}

#[test]
fn a_release_that_contradicts_itself_is_refused() {
    let law = Law::belgium();
    let mut rules = law.rules().to_vec();
    rules.push(rules[0].clone());
    assert!(matches!(
        Law::new("twice".into(), rules),
        Err(LawError::Overlap { first: 0, .. })
    ));
    let mut rules = law.rules().to_vec();
    rules[3].citations.clear();
    assert!(matches!(
        Law::new("bare".into(), rules),
        Err(LawError::Uncited { index: 3, .. })
    ));
    let mut rules = law.rules().to_vec();
    rules[0].to = rules[0].from;
    assert!(matches!(
        Law::new("backwards".into(), rules),
        Err(LawError::Backwards { index: 0, .. })
    ));
}
