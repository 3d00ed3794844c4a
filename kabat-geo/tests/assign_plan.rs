//! Plans for one incident: fallback chains, counts, reasons and shortfalls.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kabat_core::{
    Capability, CapabilityVocabulary, Need, Position, Requirement, ResourceId, ResourceStatus,
    ResponsePlan,
};
use kabat_geo::{Reason, Request, Unit, UnitIndex, assign, geodesic};

fn id(n: u64) -> ResourceId {
    ResourceId::v7(n, [0; 10])
}

fn index(units: &[(u64, f64, &[Capability], ResourceStatus)]) -> UnitIndex {
    let vocabulary = CapabilityVocabulary::standard();
    UnitIndex::from_units(units.iter().map(|(n, km, capabilities, status)| Unit {
        id: id(*n),
        position: Position::from_degrees(50.0 + km / 111.0, 4.0).unwrap(),
        capabilities: vocabulary.set_of(*capabilities).unwrap(),
        status: *status,
    }))
    .unwrap()
}

fn here() -> Request {
    Request::new(
        Position::from_degrees(50.0, 4.0).unwrap(),
        kabat_core::CapabilitySet::EMPTY,
    )
}

const FREE: ResourceStatus = ResourceStatus::Available;

fn level_3() -> ResponsePlan {
    let fallback = vec![
        Need::new(Capability::AMBULANCE, 1),
        Need::new(Capability::MUG, 1),
    ];
    ResponsePlan {
        requires: vec![Requirement {
            first_of: vec![vec![Need::new(Capability::PIT, 1)], fallback],
        }],
    }
}

#[test]
fn a_fallback_is_used_only_when_the_first_alternative_cannot_be_met() {
    let units = [
        (1, 1.0, &[Capability::AMBULANCE][..], FREE),
        (2, 2.0, &[Capability::MUG][..], FREE),
        (3, 9.0, &[Capability::PIT][..], FREE),
    ];
    let mut index = index(&units);
    let vocabulary = CapabilityVocabulary::standard();
    let sent = assign(&index, &vocabulary, &here(), &level_3()).unwrap();
    assert_eq!(
        (
            sent.chosen.len(),
            sent.chosen[0].unit,
            sent.chosen[0].alternative
        ),
        (1, id(3), 0)
    );
    assert!(
        sent.passed_over
            .iter()
            .all(|passed| passed.reason == Reason::LacksCapability)
    );
    assert_eq!(sent.passed_over.len(), 2);

    index.set_status(id(3), ResourceStatus::OnScene).unwrap();
    let sent = assign(&index, &vocabulary, &here(), &level_3()).unwrap();
    let units: Vec<ResourceId> = sent.chosen.iter().map(|choice| choice.unit).collect();
    assert_eq!(units, [id(1), id(2)]);
    assert!(sent.chosen.iter().all(|choice| choice.alternative == 1));
    assert!(sent.shortfalls.is_empty());
}

#[test]
fn reasons_name_what_each_nearer_unit_lacks() {
    let index = index(&[
        (1, 1.0, &[Capability::PUMPER][..], ResourceStatus::UnderWay),
        (2, 2.0, &[Capability::PUMPER][..], FREE),
        (3, 3.0, &[Capability::LADDER][..], FREE),
        (4, 4.0, &[Capability::PUMPER, Capability::LADDER][..], FREE),
        (5, 5.0, &[Capability::PUMPER][..], FREE),
    ]);
    let plan = ResponsePlan {
        requires: vec![
            Requirement::one(Capability::LADDER, 2),
            Requirement::one(Capability::PUMPER, 1),
        ],
    };
    let request = here().excluding([id(2)]);
    let sent = assign(&index, &CapabilityVocabulary::standard(), &request, &plan).unwrap();
    let units: Vec<ResourceId> = sent.chosen.iter().map(|choice| choice.unit).collect();
    assert_eq!(units, [id(3), id(4), id(5)]);
    for choice in &sent.chosen {
        assert_eq!(
            choice.distance,
            geodesic(request.at, index.get(choice.unit).unwrap().position)
        );
    }
    let for_pumper: Vec<(ResourceId, Reason)> = sent
        .passed_over
        .iter()
        .filter(|passed| passed.capability == Capability::PUMPER)
        .map(|passed| (passed.unit, passed.reason.clone()))
        .collect();
    let bound = Reason::NotAssignable {
        status: ResourceStatus::UnderWay,
    };
    let elsewhere = Reason::ChosenFor {
        requirement: 0,
        capability: Capability::LADDER,
    };
    assert_eq!(
        for_pumper,
        [
            (id(1), bound),
            (id(2), Reason::Excluded),
            (id(3), Reason::LacksCapability),
            (id(4), elsewhere),
        ]
    );
}

#[test]
fn a_unit_that_can_do_both_is_left_for_what_only_it_can_do() {
    let index = index(&[
        (1, 1.0, &[Capability::AMBULANCE, Capability::PIT][..], FREE),
        (2, 5.0, &[Capability::AMBULANCE][..], FREE),
    ]);
    let plan = ResponsePlan {
        requires: vec![
            Requirement::one(Capability::AMBULANCE, 1),
            Requirement::one(Capability::PIT, 1),
        ],
    };
    let sent = assign(&index, &CapabilityVocabulary::standard(), &here(), &plan).unwrap();
    let units: Vec<ResourceId> = sent.chosen.iter().map(|choice| choice.unit).collect();
    assert_eq!(units, [id(2), id(1)]);
    assert!(sent.shortfalls.is_empty());
}

#[test]
fn a_shortfall_says_what_is_missing_and_sends_what_there_is() {
    let index = index(&[(1, 1.0, &[Capability::PUMPER][..], FREE)]);
    let plan = ResponsePlan {
        requires: vec![Requirement::one(Capability::PUMPER, 3)],
    };
    let sent = assign(&index, &CapabilityVocabulary::standard(), &here(), &plan).unwrap();
    assert_eq!(sent.chosen.len(), 1);
    assert_eq!(
        sent.shortfalls[0].alternatives[0].missing,
        [Need::new(Capability::PUMPER, 2)]
    );
}
