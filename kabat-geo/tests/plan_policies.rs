//! Plans filled by every policy, against a second implementation that tries everything.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{
    Capability, CapabilitySet, CapabilityVocabulary, Meters, Need, Position, Requirement,
    ResourceId, ResourceStatus, ResponsePlan, Seconds,
};
use kabat_geo::{
    AssignError, CostModel, OwnUnitsFirst, PassedOver, Reason, Recommendation, Request, TimeMatrix,
    Unit, UnitIndex, assign, assign_by, geodesic,
};
use proptest::prelude::*;

#[expect(dead_code, reason = "this test draws with proptest")]
mod random;
use random::Random;

const ALL: [Capability; 5] = [
    Capability::PUMPER,
    Capability::LADDER,
    Capability::MUG,
    Capability::PIT,
    Capability::AMBULANCE,
];

fn here() -> Position {
    Position::from_degrees(50.85, 4.35).unwrap()
}

fn bits(capability: &Capability) -> CapabilitySet {
    CapabilityVocabulary::standard()
        .set_of([capability])
        .unwrap()
}

fn units() -> impl Strategy<Value = Vec<Unit>> {
    let status = prop_oneof![
        4 => Just(ResourceStatus::Available),
        1 => Just(ResourceStatus::OnScene),
        1 => Just(ResourceStatus::UnderWay),
        1 => Just(ResourceStatus::OutOfService),
    ];
    let unit = (0..9_i8, -2..=2_i8, 0..32_u8, status);
    prop::collection::vec(unit, 0..10).prop_map(|drawn| {
        let unit = |(n, (north, east, able, status)): (u64, (i8, i8, u8, ResourceStatus))| Unit {
            id: Random::id(n),
            position: Position::from_degrees(
                50.85 + f64::from(north) * 0.01,
                4.35 + f64::from(east) * 0.02,
            )
            .unwrap(),
            capabilities: (0_u8..)
                .zip(&ALL)
                .filter(|(bit, _)| able & 1 << bit != 0)
                .fold(CapabilitySet::EMPTY, |set, (_, capability)| {
                    set.union(bits(capability))
                }),
            status,
        };
        (0..).zip(drawn).map(unit).collect()
    })
}

fn plan() -> impl Strategy<Value = ResponsePlan> {
    let need = (0..5_usize, 1..=2_u8).prop_map(|(kind, count)| Need::new(ALL[kind].clone(), count));
    let alternative = prop::collection::vec(need, 1..=2);
    let chain = prop::collection::vec(alternative, 1..=3);
    prop::collection::vec(chain, 0..=3).prop_map(|chains| ResponsePlan {
        requires: chains
            .into_iter()
            .map(|first_of| Requirement { first_of })
            .collect(),
    })
}

prop_compose! {
    /// Which units are left out, what every unit must be able to do, and how far at most.
    fn request()(
        excluded in prop::collection::btree_set(0..10_u64, 0..3),
        also in prop::option::weighted(0.15, 0..5_usize),
        radius in prop_oneof![3 => Just(None), 2 => (0..10_000_u32).prop_map(|m| Some(f64::from(m))), 1 => Just(Some(-1.0))],
    ) -> (Request, bool) {
        let needs = also.map_or(CapabilitySet::EMPTY, |kind| bits(&ALL[kind]));
        let request = Request::new(here(), needs).excluding(excluded.into_iter().map(Random::id));
        match radius {
            // Exactly at a unit, to be set once the units are known.
            Some(radius) if radius < 0.0 => (request, true),
            Some(radius) => (request.within(Meters::new(radius).unwrap()), false),
            None => (request, false),
        }
    }
}

/// One place of the plan: requirement, alternative, capability.
type Place = (usize, usize, Capability);
/// A requirement not met, and what each of its alternatives lacks.
type Short = (usize, Vec<Vec<Need>>);
/// Who was sent for one capability of a requirement: unit, distance, cost.
type Group = Vec<(ResourceId, Meters, f64)>;

/// The plain second implementation: feasibility and cost by dynamic programming over all sets of units.
struct Plain<'a> {
    units: &'a [Unit],
    request: &'a Request,
    cost: &'a dyn Fn(&Unit) -> Option<f64>,
}

impl Plain<'_> {
    fn may_go(&self, unit: &Unit) -> bool {
        let distance = geodesic(self.request.at, unit.position);
        unit.status == ResourceStatus::Available
            && !self.request.excluded.contains(&unit.id)
            && self.request.within.is_none_or(|limit| distance <= limit)
            && unit.capabilities.contains_all(self.request.needs)
    }

    /// Returns the least total cost of filling all places.
    fn least(&self, places: &[Place]) -> Option<f64> {
        let mut by_set: BTreeMap<u32, f64> = BTreeMap::from([(0, 0.0)]);
        for (_, _, capability) in places {
            let mut next: BTreeMap<u32, f64> = BTreeMap::new();
            for (&set, &total) in &by_set {
                for (n, unit) in self.units.iter().enumerate() {
                    let able = unit.capabilities.contains_all(bits(capability));
                    if set & 1 << n != 0 || !able || !self.may_go(unit) {
                        continue;
                    }
                    if let Some(cost) = (self.cost)(unit) {
                        let least = next.entry(set | 1 << n).or_insert(f64::INFINITY);
                        *least = least.min(total + cost);
                    }
                }
            }
            by_set = next;
        }
        by_set.into_values().min_by(f64::total_cmp)
    }

    /// Returns the places to fill, the requirements not met, and what each of their alternatives lacks.
    fn places(&self, plan: &ResponsePlan) -> (Vec<Place>, Vec<Short>) {
        let mut places: Vec<Place> = Vec::new();
        let mut short = Vec::new();
        for (requirement, chain) in plan.requires.iter().enumerate() {
            let mut tried: Vec<(usize, Vec<Place>, Vec<Need>)> = Vec::new();
            for (alternative, needs) in chain.first_of.iter().enumerate() {
                let (mut kept, mut missing, mut lacking) = (places.clone(), Vec::new(), 0);
                let mut lost: BTreeMap<Capability, u8> = BTreeMap::new();
                for need in needs {
                    for _ in 0..need.count {
                        kept.push((requirement, alternative, need.capability.clone()));
                        if self.least(&kept).is_none() {
                            kept.pop();
                            *lost.entry(need.capability.clone()).or_default() += 1;
                            lacking += 1;
                        }
                    }
                }
                // What is lost of a capability is told at the last of its needs first.
                for need in needs.iter().rev() {
                    let left = lost.entry(need.capability.clone()).or_default();
                    let here = need.count.min(*left);
                    *left -= here;
                    if here > 0 {
                        missing.insert(0, Need::new(need.capability.clone(), here));
                    }
                }
                tried.push((lacking, kept, missing));
                if lacking == 0 {
                    break;
                }
            }
            let fewest = tried.iter().map(|(lacking, ..)| *lacking).min().unwrap();
            let best = tried
                .iter()
                .find(|(lacking, ..)| *lacking == fewest)
                .unwrap();
            places.clone_from(&best.1);
            if fewest > 0 {
                let missing = tried.iter().map(|(.., missing)| missing.clone()).collect();
                short.push((requirement, missing));
            }
        }
        (places, short)
    }

    /// Returns the one reason why a unit was not sent for a capability.
    fn reason(&self, sent: &Recommendation, unit: &Unit, capability: &Capability) -> Reason {
        if self.request.excluded.contains(&unit.id) {
            return Reason::Excluded;
        }
        if !unit
            .capabilities
            .contains_all(bits(capability).union(self.request.needs))
        {
            return Reason::LacksCapability;
        }
        if unit.status != ResourceStatus::Available {
            let status = unit.status;
            return Reason::NotAssignable { status };
        }
        if let Some(other) = sent.chosen.iter().find(|choice| choice.unit == unit.id) {
            return Reason::ChosenFor {
                requirement: other.requirement,
                capability: other.capability.clone(),
            };
        }
        (self.cost)(unit).map_or(Reason::NoWay, |cost| Reason::CostsMore { cost })
    }

    fn check(&self, plan: &ResponsePlan, sent: &Recommendation) -> Result<(), TestCaseError> {
        let (places, short) = self.places(plan);
        let filled: Vec<Place> = sent
            .chosen
            .iter()
            .map(|choice| {
                (
                    choice.requirement,
                    choice.alternative,
                    choice.capability.clone(),
                )
            })
            .collect();
        prop_assert_eq!(&filled, &places);
        let told: Vec<Short> = sent
            .shortfalls
            .iter()
            .map(|short| {
                let lacks = short.alternatives.iter().map(|lack| lack.missing.clone());
                (short.requirement, lacks.collect())
            })
            .collect();
        prop_assert_eq!(told, short);
        let mut seen = BTreeSet::new();
        let mut total = 0.0;
        for choice in &sent.chosen {
            let unit = self
                .units
                .iter()
                .find(|unit| unit.id == choice.unit)
                .unwrap();
            prop_assert!(seen.insert(unit.id), "no unit fills two places");
            prop_assert!(
                self.may_go(unit) && unit.capabilities.contains_all(bits(&choice.capability))
            );
            prop_assert_eq!(choice.distance, geodesic(self.request.at, unit.position));
            let cost = (self.cost)(unit).unwrap();
            prop_assert!((choice.cost - cost).abs() < 1e-3);
            total += cost;
        }
        let least = self.least(&places).unwrap();
        prop_assert!(
            (total - least).abs() < 1e-3,
            "{total} is not the least, {least}"
        );
        self.check_reasons(sent)
    }

    fn check_reasons(&self, sent: &Recommendation) -> Result<(), TestCaseError> {
        let mut groups: BTreeMap<(usize, Capability), Group> = BTreeMap::new();
        for choice in &sent.chosen {
            groups
                .entry((choice.requirement, choice.capability.clone()))
                .or_default()
                .push((choice.unit, choice.distance, choice.cost));
        }
        let mut left: Vec<&PassedOver> = sent.passed_over.iter().collect();
        for ((requirement, capability), chosen) in groups {
            let farthest = chosen
                .iter()
                .map(|(_, distance, _)| *distance)
                .max()
                .unwrap();
            let dearest = chosen.iter().map(|(.., cost)| *cost).fold(0.0, f64::max);
            let mut nearer: Vec<(Meters, &Unit)> = self
                .units
                .iter()
                .filter(|unit| chosen.iter().all(|(id, ..)| *id != unit.id))
                .map(|unit| (geodesic(self.request.at, unit.position), unit))
                .filter(|(distance, _)| *distance < farthest)
                .collect();
            nearer.sort_by_key(|(distance, unit)| (*distance, unit.id));
            for (distance, unit) in nearer {
                let place = left.iter().position(|passed| {
                    passed.unit == unit.id
                        && passed.requirement == requirement
                        && passed.capability == capability
                });
                prop_assert!(place.is_some(), "every nearer unit has a reason");
                let passed = left.remove(place.unwrap());
                prop_assert_eq!(passed.distance, distance);
                match (&passed.reason, self.reason(sent, unit, &capability)) {
                    (Reason::CostsMore { cost }, Reason::CostsMore { cost: expected }) => {
                        prop_assert!((cost - expected).abs() < 1e-3 && *cost >= dearest - 1e-3);
                    }
                    (got, expected) => prop_assert_eq!(got, &expected),
                }
            }
        }
        prop_assert!(left.is_empty(), "no unit has a second reason: {left:?}");
        Ok(())
    }
}

fn set_radius(request: Request, at_a_unit: bool, units: &[Unit]) -> Request {
    match units.get(units.len() / 2).filter(|_| at_a_unit) {
        Some(unit) => {
            let limit = geodesic(request.at, unit.position);
            request.within(limit)
        }
        None => request,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Quantities, fallback chains, radius, units left out: by distance.
    #[test]
    fn plans_are_filled_as_brute_force_fills_them(units in units(), plan in plan(), (request, at_a_unit) in request()) {
        let request = set_radius(request, at_a_unit, &units);
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let sent = assign(&index, &CapabilityVocabulary::standard(), &request, &plan).unwrap();
        let cost = |unit: &Unit| Some(geodesic(request.at, unit.position).get());
        Plain { units: &units, request: &request, cost: &cost }.check(&plan, &sent)?;
        let by_cost = |passed: &PassedOver| matches!(passed.reason, Reason::CostsMore { .. } | Reason::NoWay);
        prop_assert!(!sent.passed_over.iter().any(by_cost), "by distance, no nearer unit costs more");
        let again = assign(&index, &CapabilityVocabulary::standard(), &request, &plan).unwrap();
        prop_assert_eq!(sent, again);
    }

    /// Own zone first, by a handicap, and fastest adequate help, without one; on times from a matrix with holes.
    #[test]
    fn plans_by_time_and_zone_are_filled_as_brute_force_fills_them(
        units in units(),
        plan in plan(),
        (request, at_a_unit) in request(),
        times in prop::collection::vec(prop::option::weighted(0.85, 0..40_u16), 10),
        own in prop::collection::btree_set(0..10_u64, 0..10),
        handicap in prop_oneof![2 => Just(0.0), 3 => 0.0..1_500.0, 1 => Just(1e6)],
    ) {
        let request = set_radius(request, at_a_unit, &units);
        let seconds: BTreeMap<ResourceId, Seconds> = (0..)
            .zip(times)
            .filter_map(|(n, time)| Some((Random::id(n), Seconds::new(f64::from(time?) * 30.0).unwrap())))
            .collect();
        let own: BTreeSet<ResourceId> = own.into_iter().map(Random::id).collect();
        let cost = |unit: &Unit| {
            let table = seconds.get(&unit.id)?.get();
            let straight = geodesic(request.at, unit.position).get() / 40.0;
            let foreign = if own.contains(&unit.id) { 0.0 } else { handicap };
            Some(table.max(straight) + foreign)
        };
        let matrix = TimeMatrix { seconds: seconds.clone(), fastest_m_per_s: 40.0 };
        let model = OwnUnitsFirst { model: matrix, own: own.clone(), handicap };
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let sent = assign_by(&index, &CapabilityVocabulary::standard(), &request, &plan, &model).unwrap();
        Plain { units: &units, request: &request, cost: &cost }.check(&plan, &sent)?;
    }
}

/// 2 pumps, 1 ladder, and 1 MUG or else a PIT with an ambulance.
fn building_fire() -> ResponsePlan {
    let fallback = vec![
        Need::new(Capability::PIT, 1),
        Need::new(Capability::AMBULANCE, 1),
    ];
    ResponsePlan {
        requires: vec![
            Requirement::one(Capability::PUMPER, 2),
            Requirement::one(Capability::LADDER, 1),
            Requirement {
                first_of: vec![vec![Need::new(Capability::MUG, 1)], fallback],
            },
        ],
    }
}

#[test]
fn two_pumps_a_ladder_and_a_mug_or_a_pit_with_an_ambulance() {
    let unit = |n: u64, km: f64, capability: &Capability| Unit {
        id: Random::id(n),
        position: Position::from_degrees(50.85 + km / 111.2, 4.35).unwrap(),
        capabilities: bits(capability),
        status: ResourceStatus::Available,
    };
    let mut index = UnitIndex::from_units([
        unit(1, 1.0, &Capability::PUMPER),
        unit(2, 6.0, &Capability::PUMPER),
        unit(3, 3.0, &Capability::PUMPER),
        unit(4, 2.0, &Capability::LADDER),
        unit(5, 9.0, &Capability::MUG),
        unit(6, 1.0, &Capability::PIT),
        unit(7, 1.5, &Capability::AMBULANCE),
    ])
    .unwrap();
    let vocabulary = CapabilityVocabulary::standard();
    let request = Request::new(here(), CapabilitySet::EMPTY);
    let sent = |index: &UnitIndex| {
        let sent = assign(index, &vocabulary, &request, &building_fire()).unwrap();
        let ids = sent.chosen.iter().map(|choice| choice.unit);
        (ids.collect::<BTreeSet<_>>(), sent.shortfalls.len())
    };
    let ids = |numbers: &[u64]| {
        numbers
            .iter()
            .map(|&n| Random::id(n))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(sent(&index), (ids(&[1, 3, 4, 5]), 0));
    index
        .set_status(Random::id(5), ResourceStatus::OnScene)
        .unwrap();
    assert_eq!(sent(&index), (ids(&[1, 3, 4, 6, 7]), 0));
    index.remove(Random::id(7)).unwrap();
    let (chosen, short) = sent(&index);
    assert_eq!(short, 1);
    assert!(chosen.is_superset(&ids(&[1, 3, 4])));
}

#[test]
fn plans_that_cannot_be_read_are_refused() {
    let index = UnitIndex::new();
    let vocabulary = CapabilityVocabulary::standard();
    let request = Request::new(here(), CapabilitySet::EMPTY);
    let empty = ResponsePlan {
        requires: vec![
            Requirement::one(Capability::MUG, 1),
            Requirement { first_of: vec![] },
        ],
    };
    let refused = assign(&index, &vocabulary, &request, &empty);
    assert_eq!(refused, Err(AssignError::NoAlternative { requirement: 1 }));
    let unknown: Capability = "acme:zeppelin".parse().unwrap();
    let plan = ResponsePlan {
        requires: vec![Requirement::one(unknown, 1)],
    };
    let model = TimeMatrix {
        seconds: BTreeMap::new(),
        fastest_m_per_s: 0.0,
    };
    let refused = assign_by(
        &index,
        &vocabulary,
        &request,
        &plan,
        &model as &dyn CostModel,
    );
    assert!(matches!(
        refused,
        Err(AssignError::UnknownCapability { requirement: 0, .. })
    ));
    let nothing = assign(&index, &vocabulary, &request, &ResponsePlan::default());
    assert_eq!(nothing, Ok(Recommendation::default()));
}
