//! Truth tables of access, and that more clearance never loses access.
#![expect(
    clippy::expect_used,
    clippy::match_same_arms,
    reason = "a test stops where its own numbers are wrong"
)]

use std::collections::BTreeSet;

use kabat_compliance::{
    AccessRequest, Case, Classification, Clearance, Compliance, Controller, Facts,
    InvestigationPurpose, InvestigationRole, Moment, PoliceMission, RuleId,
};

fn request(classification: Classification, purpose: InvestigationPurpose) -> AccessRequest {
    AccessRequest {
        subject: "image-1".into(),
        classification,
        case: "case-1".into(),
        purpose,
        justification: "to identify a witness".into(),
        at: "2026-11-20T16:31:33Z".parse().expect("an instant"),
    }
}

#[test]
fn more_roles_clearance_or_cases_never_lose_access() {
    let mut granted = 0;
    for set in 0_u32..64 {
        let roles: BTreeSet<_> = InvestigationRole::ALL
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| set & (1 << bit) != 0)
            .map(|(_, role)| role)
            .collect();
        for level in Classification::ALL {
            for cases in [BTreeSet::new(), BTreeSet::from(["case-1".to_owned()])] {
                let person = Clearance {
                    person: "p".into(),
                    roles: roles.clone(),
                    level,
                    cases,
                };
                for classification in Classification::ALL {
                    for purpose in InvestigationPurpose::ALL {
                        let asked = request(classification, purpose);
                        let decision = person.decide(&asked);
                        assert_eq!(
                            decision.entry.granted, decision.granted,
                            "every access is logged as decided"
                        );
                        assert!(
                            !person
                                .decide(&AccessRequest {
                                    justification: " ".into(),
                                    ..asked.clone()
                                })
                                .granted
                        );
                        assert!(
                            !person
                                .decide(&AccessRequest {
                                    case: String::new(),
                                    ..asked.clone()
                                })
                                .granted
                        );
                        if !decision.granted {
                            assert!(!decision.reasons.is_empty());
                            continue;
                        }
                        granted += 1;
                        assert!(level >= classification);
                        for role in InvestigationRole::ALL {
                            let mut more = person.clone();
                            more.roles.insert(role);
                            more.level = Classification::Secret;
                            more.cases
                                .extend(["case-1".to_owned(), "case-2".to_owned()]);
                            assert!(more.decide(&asked).granted);
                        }
                    }
                }
            }
        }
    }
    assert!(granted > 0);
}

#[test]
fn outsiders_of_a_case_and_purpose_are_refused() {
    let person = |role| Clearance {
        person: "p".into(),
        roles: [role].into(),
        level: Classification::Secret,
        cases: BTreeSet::new(),
    };
    for role in InvestigationRole::ALL {
        let decision = person(role).decide(&request(
            Classification::Internal,
            InvestigationPurpose::Investigate,
        ));
        assert!(!decision.granted, "{role:?} does not work on the case");
        assert!(
            !person(role)
                .decide(&request(
                    Classification::Secret,
                    InvestigationPurpose::Maintenance
                ))
                .granted
        );
    }
}

/// Police access to its cameras: purpose, age, decision of the prosecutor and justification, each with every value.
#[test]
fn truth_table_of_police_access() {
    let law = Compliance::belgium();
    // Recorded on 1 March 2026: thirty days end on 31 March, the month on 1 April, the storage on 1 March 2027.
    let ages = [
        ("2026-03-11", 'f'),
        ("2026-04-01", 'b'),
        ("2026-04-10", 'l'),
        ("2027-03-03", 'x'),
    ];
    let purposes = [
        Some("admin_police"),
        Some("judicial_police"),
        Some("other"),
        None,
    ];
    let truths = [Some(true), Some(false), None];
    for (day, age) in ages {
        for purpose in purposes {
            for prosecutor in truths {
                for justified in truths {
                    let facts = Facts {
                        controller: Some(Controller::PoliceLocal),
                        recorded_at: Some("2026-03-01T10:00:00+01:00".parse().expect("an instant")),
                        now: Some(Moment::Day(day.parse().expect("a day"))),
                        purpose: purpose.map(PoliceMission::from),
                        prosecutor_decision_written_reasoned: prosecutor,
                        access_justified: justified,
                        ..Facts::default()
                    };
                    let answer = law.answer(&Case {
                        domain: "police_camera".into(),
                        question: "access".into(),
                        facts,
                    });
                    let expected = match (justified, purpose, age, prosecutor) {
                        (Some(false), ..) | (_, Some("other"), ..) => "deny",
                        (_, None, ..) => "undetermined",
                        (_, _, 'x', _) => "deny",
                        (_, Some("admin_police"), 'l', _)
                        | (_, Some("judicial_police"), 'l', Some(false)) => "deny",
                        (_, Some("admin_police"), 'b', _)
                        | (_, Some("judicial_police"), 'b', Some(false)) => "undetermined",
                        (None, ..) => "undetermined",
                        (_, Some("judicial_police"), 'l' | 'b', None) => "undetermined",
                        _ => "allow",
                    };
                    assert_eq!(
                        answer.word("decision"),
                        Some(expected),
                        "{day} {purpose:?} {prosecutor:?} {justified:?}"
                    );
                    assert_eq!(answer.is_allowed(), expected == "allow");
                    assert!(!answer.citations.is_empty() && answer.certainty.is_some());
                }
            }
        }
    }
}

/// Mobile cameras in an open place: every condition met, not met, or not known.
#[test]
fn truth_table_of_mobile_cameras() {
    let law = Compliance::belgium();
    let truths = [Some(true), Some(false), None];
    for anpr in truths {
        for municipal in truths {
            for purpose in truths {
                for advice in truths {
                    let facts = Facts {
                        controller: Some(Controller::PrivateCompany),
                        place: Some("open".into()),
                        camera: Some("mobile".into()),
                        features: anpr.map(|anpr| {
                            if anpr {
                                vec!["anpr".into()]
                            } else {
                                Vec::new()
                            }
                        }),
                        on_behalf_of_municipality: municipal,
                        mobile_purpose: purpose
                            .map(|listed| if listed { "nuisance_art_135" } else { "other" }.into()),
                        council_positive_advice: advice,
                        ..Facts::default()
                    };
                    let answer = law.answer(&Case {
                        domain: "camera_act".into(),
                        question: "install".into(),
                        facts,
                    });
                    let all = [anpr, municipal, purpose, advice];
                    let expected = if all.contains(&Some(false)) {
                        "deny"
                    } else if all.contains(&None) {
                        "undetermined"
                    } else {
                        "allow"
                    };
                    assert_eq!(answer.word("decision"), Some(expected), "{all:?}");
                    assert_eq!(answer.rule, Some(RuleId::CamMobOpen));
                    assert_eq!(
                        answer.missing.len(),
                        if expected == "undetermined" {
                            all.iter().filter(|one| one.is_none()).count()
                        } else {
                            0
                        }
                    );
                }
            }
        }
    }
}
