//! Coverage and relocation against every possible plan.
#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test fails by panicking, and whole numbers are compared"
)]

use std::collections::BTreeSet;

use kabat_core::{CapabilitySet, Position, ResourceStatus};
use kabat_geo::{
    CostModel, DemandPoint, GeodesicDistance, OwnUnitsFirst, PlacementPlan, StraightLineTime, Unit,
    coverage, geodesic, place_units, relocate,
};
use proptest::prelude::*;

#[expect(dead_code, reason = "this test draws no whole numbers")]
mod random;
use random::Random;

fn place(random: &mut Random) -> Position {
    Position::from_degrees(50.5 + random.part() * 0.4, 4.0 + random.part() * 0.6).unwrap()
}

#[test]
fn a_single_move_is_the_best_and_the_bound_holds_for_two() {
    let model = StraightLineTime::constant_speed(14.0).unwrap();
    let mut random = Random(3);
    for case in 0..60 {
        let units: Vec<Unit> = (0..5)
            .map(|n| Unit {
                id: Random::id(n),
                position: place(&mut random),
                capabilities: CapabilitySet::EMPTY,
                status: ResourceStatus::Available,
            })
            .collect();
        let sites: Vec<Position> = (0..5).map(|_| place(&mut random)).collect();
        let demand: Vec<DemandPoint> = (0..60)
            .map(|_| DemandPoint {
                at: place(&mut random),
                weight: (random.part() * 9.0).ceil(),
            })
            .collect();
        let idle: BTreeSet<_> = units.iter().skip(1).map(|unit| unit.id).collect();
        let before = coverage(&units, &demand, &model, 480.0).covered;
        let moved = |changes: &[(usize, usize)]| {
            let mut units = units.clone();
            for &(unit, site) in changes {
                units[unit].position = sites[site];
            }
            coverage(&units, &demand, &model, 480.0).covered - before
        };
        let pairs = || (1..5).flat_map(|unit| (0..5).map(move |site| (unit, site)));
        let one = pairs().map(|change| moved(&[change])).fold(0.0, f64::max);
        let two = pairs()
            .flat_map(|a| pairs().map(move |b| (a, b)))
            .filter(|(a, b)| a.0 < b.0)
            .map(|(a, b)| moved(&[a, b]))
            .fold(one, f64::max);
        let plan = relocate(&units, &idle, &sites, &demand, &model, 480.0, 1);
        let gain: f64 = plan.moves.iter().map(|step| step.gain).sum();
        assert!((gain - one).abs() < 1e-9, "case {case}: {gain} of {one}");
        let plan = relocate(&units, &idle, &sites, &demand, &model, 480.0, 2);
        let gain: f64 = plan.moves.iter().map(|step| step.gain).sum();
        assert!(
            plan.at_most >= two - 1e-9 && gain <= two + 1e-9 && gain >= one - 1e-9,
            "case {case}"
        );
        let changes: Vec<(usize, usize)> = plan
            .moves
            .iter()
            .map(|step| {
                (
                    units.iter().position(|unit| unit.id == step.unit).unwrap(),
                    step.site,
                )
            })
            .collect();
        assert!((moved(&changes) - gain).abs() < 1e-9);
    }
}

/// A case of units, sites and demand on a coarse lattice, so that equal gains and places at one spot are common.
#[derive(Debug, Clone)]
struct Case {
    units: Vec<Unit>,
    sites: Vec<Position>,
    demand: Vec<DemandPoint>,
    limit_m: f64,
}

fn case() -> impl Strategy<Value = Case> {
    let spot = || {
        (0..12_u8, 0..12_u8).prop_map(|(north, east)| {
            let (lat, lon) = (f64::from(north) * 0.02, f64::from(east) * 0.03);
            Position::from_degrees(50.7 + lat, 4.2 + lon).unwrap()
        })
    };
    let weight = prop_oneof![
        8 => (0..10_u8).prop_map(f64::from),
        1 => Just(-3.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
    ];
    let demand = (spot(), weight).prop_map(|(at, weight)| DemandPoint { at, weight });
    (
        prop::collection::vec(spot(), 0..5),
        prop::collection::vec(spot(), 0..8),
        prop::collection::vec(demand, 0..150),
        prop_oneof![6 => 1_000.0..9_000.0_f64, 1 => Just(0.0), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(-1.0)],
    )
        .prop_map(|(places, sites, demand, limit_m)| {
            let unit = |(n, position)| Unit {
                id: Random::id(n),
                position,
                capabilities: CapabilitySet::EMPTY,
                status: ResourceStatus::Available,
            };
            let units = (0..).zip(places).map(unit).collect();
            Case { units, sites, demand, limit_m }
        })
}

fn weight(point: &DemandPoint) -> f64 {
    if point.weight.is_finite() && point.weight > 0.0 {
        point.weight
    } else {
        0.0
    }
}

/// The plain second implementation: every distance by Karney.
fn reached(places: &[Position], point: &DemandPoint, limit_m: f64) -> bool {
    places
        .iter()
        .any(|&place| geodesic(place, point.at).get() <= limit_m)
}

fn covered(places: &[Position], case: &Case) -> f64 {
    case.demand
        .iter()
        .filter(|point| reached(places, point, case.limit_m))
        .map(weight)
        .sum()
}

fn subsets(count: usize, of: usize) -> Vec<Vec<usize>> {
    (0..1_u32 << of)
        .filter(|set| set.count_ones() as usize <= count)
        .map(|set| (0..of).filter(|n| set & 1 << n != 0).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_covered_is_what_a_scan_finds(case in case()) {
        let places: Vec<Position> = case.units.iter().map(|unit| unit.position).collect();
        let found = coverage(&case.units, &case.demand, &GeodesicDistance, case.limit_m);
        let open: Vec<usize> = (0..case.demand.len())
            .filter(|&n| !reached(&places, &case.demand[n], case.limit_m))
            .collect();
        prop_assert_eq!(&found.uncovered, &open);
        prop_assert_eq!(found.covered, covered(&places, &case));
        prop_assert_eq!(found.total, case.demand.iter().map(weight).sum::<f64>());
    }

    /// Greedy is never below 1 - 1/e of the best choice, its own bound never below the best, and its first site is the best.
    #[test]
    fn placements_are_within_their_bound_of_the_best_choice(case in case(), count in 0..5_usize) {
        let places: Vec<Position> = case.units.iter().map(|unit| unit.position).collect();
        let new = Unit {
            id: Random::id(99),
            position: Position::from_degrees(0.0, 0.0).unwrap(),
            capabilities: CapabilitySet::EMPTY,
            status: ResourceStatus::Available,
        };
        let plan = place_units(&case.units, &new, &case.sites, &case.demand, &GeodesicDistance, case.limit_m, count);
        let before = covered(&places, &case);
        let with = |chosen: &[usize]| {
            let more = chosen.iter().map(|&site| case.sites[site]);
            covered(&places.iter().copied().chain(more).collect::<Vec<_>>(), &case) - before
        };
        let best = subsets(count, case.sites.len())
            .iter()
            .map(|chosen| with(chosen))
            .fold(0.0, f64::max);
        let sum: f64 = plan.placements.iter().map(|placed| placed.gain).sum();
        prop_assert!(sum >= (1.0 - (-1.0_f64).exp()) * best - 1e-9, "{sum} of {best}");
        prop_assert!(sum <= best + 1e-9 && best <= plan.at_most + 1e-9, "{best} above {}", plan.at_most);
        prop_assert!(plan.placements.len() <= count);
        // Step by step: the best gain there is, at the earliest site that has it.
        let mut chosen = Vec::new();
        for placed in &plan.placements {
            let so_far = with(&chosen);
            let gains: Vec<f64> = (0..case.sites.len())
                .map(|site| with(&[chosen.as_slice(), &[site]].concat()) - so_far)
                .collect();
            let most = gains.iter().copied().fold(0.0, f64::max);
            let earliest = gains.iter().position(|&gain| gain >= most).unwrap();
            prop_assert_eq!((placed.gain, placed.site), (most, earliest));
            chosen.push(placed.site);
        }
    }

    /// Relocation, step by step, against trying everything anew.
    #[test]
    fn relocations_are_the_best_at_every_step(case in case(), moves in 0..3_usize, differ in any::<bool>()) {
        let idle: BTreeSet<_> = case.units.iter().skip(1).map(|unit| unit.id).collect();
        // A policy without a handicap changes nothing, but asks for every unit apart.
        let policy = OwnUnitsFirst { model: GeodesicDistance, own: BTreeSet::new(), handicap: 0.0 };
        let model: &dyn CostModel = if differ { &policy } else { &GeodesicDistance };
        let plan = relocate(&case.units, &idle, &case.sites, &case.demand, model, case.limit_m, moves);
        let mut units = case.units.clone();
        units.sort_by_key(|unit| unit.id);
        let places = |units: &[Unit]| units.iter().map(|unit| unit.position).collect::<Vec<_>>();
        let mut moved = BTreeSet::new();
        for step in 0..moves {
            let now = covered(&places(&units), &case);
            let mut best: Option<(f64, usize, usize)> = None;
            for n in 0..units.len() {
                if !idle.contains(&units[n].id) || moved.contains(&units[n].id) {
                    continue;
                }
                for site in 0..case.sites.len() {
                    let mut tried = units.clone();
                    tried[n].position = case.sites[site];
                    let gain = covered(&places(&tried), &case) - now;
                    if gain > best.map_or(0.0, |(gain, ..)| gain) {
                        best = Some((gain, n, site));
                    }
                }
            }
            let Some((gain, n, site)) = best else {
                prop_assert_eq!(plan.moves.len(), step);
                break;
            };
            let done = &plan.moves[step];
            prop_assert_eq!((done.gain, done.unit, done.site), (gain, units[n].id, site));
            units[n].position = case.sites[site];
            moved.insert(units[n].id);
        }
        let sum: f64 = plan.moves.iter().map(|step| step.gain).sum();
        prop_assert!(sum <= plan.at_most);
    }
}

#[test]
fn nothing_gives_nothing() {
    let unit = Unit {
        id: Random::id(1),
        position: place(&mut Random(1)),
        capabilities: CapabilitySet::EMPTY,
        status: ResourceStatus::Available,
    };
    let plan = place_units(&[], &unit, &[], &[], &GeodesicDistance, 1_000.0, 3);
    assert_eq!(plan, PlacementPlan::default());
    let idle = BTreeSet::from([unit.id]);
    let plan = relocate(&[unit], &idle, &[], &[], &GeodesicDistance, 1_000.0, 3);
    assert_eq!((plan.moves.len(), plan.at_most), (0, 0.0));
    assert_eq!(
        coverage(&[], &[], &GeodesicDistance, 1_000.0),
        kabat_geo::Coverage::default()
    );
}
