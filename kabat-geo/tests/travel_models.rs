//! Travel models: bounds that hold, and the k best against a scan of all units.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus, Seconds};
use kabat_geo::{
    CostModel, GeodesicDistance, OwnUnitsFirst, Request, StraightLineTime, TimeMatrix, Unit,
    UnitIndex, geodesic,
};
use proptest::prelude::*;

#[expect(dead_code, reason = "this test draws no whole numbers")]
mod random;
use random::Random;

const HERE: (f64, f64) = (50.85, 4.35);

fn here() -> Position {
    Position::from_degrees(HERE.0, HERE.1).unwrap()
}

fn units() -> impl Strategy<Value = Vec<Unit>> {
    // A coarse lattice: many units stand at the same distance, some on one spot.
    let unit = (-20..=20_i8, -20..=20_i8, 0..4_u8, any::<bool>());
    prop::collection::vec(unit, 0..60).prop_map(|drawn| {
        let unit = |(n, (north, east, kind, free)): (u64, (i8, i8, u8, bool))| Unit {
            id: Random::id(n),
            position: Position::from_degrees(
                HERE.0 + f64::from(north) * 0.01,
                HERE.1 + f64::from(east) * 0.02,
            )
            .unwrap(),
            capabilities: CapabilitySet::from_bits(u128::from(kind)),
            status: if free {
                ResourceStatus::Available
            } else {
                ResourceStatus::OnScene
            },
        };
        (0..).zip(drawn).map(unit).collect()
    })
}

/// Any number that a field can hold, sensible ones more often.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => 0.0..500.0_f64,
        3 => 0.0..0.3_f64,
        1 => -100.0..0.0_f64,
        1 => Just(0.0),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY)],
    ]
}

prop_compose! {
    fn straight_line()(start_s in number(), near_s_per_m in number(), far_s_per_m in number(), knee_m in 0.0..20_000.0_f64, odd in number(), pick in 0..6_u8)
        -> StraightLineTime {
        StraightLineTime { start_s, near_s_per_m, far_s_per_m, knee_m: if pick == 0 { odd } else { knee_m } }
    }
}

prop_compose! {
    /// Times for three units in four, some of them impossibly short.
    fn matrix()(times in prop::collection::vec(prop::option::weighted(0.75, 0.0..4_000.0_f64), 60), fastest_m_per_s in number()) -> TimeMatrix {
        let rows = (0..).zip(times).filter_map(|(n, time)| Some((Random::id(n), Seconds::new(time?).unwrap())));
        TimeMatrix { seconds: rows.collect(), fastest_m_per_s }
    }
}

fn own() -> impl Strategy<Value = BTreeSet<ResourceId>> {
    prop::collection::btree_set(0..60_u64, 0..40)
        .prop_map(|own| own.into_iter().map(Random::id).collect())
}

/// Checks the promises of [`CostModel`] on these units.
fn holds(model: &dyn CostModel, units: &[Unit]) -> Result<(), TestCaseError> {
    let mut distances: Vec<f64> = (0..60).map(|n| f64::from(n * n) * 20.0).collect();
    for unit in units {
        let ground_m = geodesic(unit.position, here()).get();
        distances.push(ground_m);
        if let Some(cost) = model.cost(unit, here(), ground_m) {
            // What is no finite number of at least 0 is taken as no way.
            if cost.is_finite() && cost >= 0.0 {
                prop_assert!(model.lower_bound(ground_m) <= cost, "at {ground_m} m");
            }
        }
    }
    distances.sort_by(f64::total_cmp);
    for pair in distances.windows(2) {
        let (near, far) = (model.lower_bound(pair[0]), model.lower_bound(pair[1]));
        prop_assert!(
            near <= far,
            "{near} at {} m, {far} at {} m",
            pair[0],
            pair[1]
        );
    }
    Ok(())
}

/// Sorts all units by cost: the plain second implementation of `nearest_by`.
fn scan(
    model: &dyn CostModel,
    units: &[Unit],
    needs: CapabilitySet,
    k: usize,
) -> Vec<(f64, ResourceId)> {
    let mut all: Vec<(f64, ResourceId)> = units
        .iter()
        .filter(|unit| unit.status == ResourceStatus::Available)
        .filter(|unit| unit.capabilities.bits() & needs.bits() == needs.bits())
        .filter_map(|unit| {
            let ground_m = geodesic(unit.position, here()).get();
            Some((model.cost(unit, here(), ground_m)?, unit.id))
        })
        .filter(|(cost, _)| cost.is_finite() && *cost >= 0.0)
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all.truncate(k);
    all
}

/// `per_m` is what a metre can cost: the scan measures by Karney, the search by the chord, a centimetre at 100 km.
fn agrees(
    model: &dyn CostModel,
    per_m: f64,
    units: &[Unit],
    k: usize,
) -> Result<(), TestCaseError> {
    let index = UnitIndex::from_units(units.iter().copied()).unwrap();
    for needs in [CapabilitySet::EMPTY, CapabilitySet::from_bits(2)] {
        let request = Request::new(here(), needs);
        let found = index.nearest_by(&request, k, model);
        let all = scan(model, units, needs, usize::MAX);
        prop_assert_eq!(found.len(), all.len().min(k));
        for (found, (cost, _)) in found.iter().zip(&all) {
            let slack = 1e-6 * cost.max(1.0)
                + if per_m.is_finite() {
                    0.01 * per_m.abs()
                } else {
                    0.0
                };
            prop_assert!((found.cost - cost).abs() <= slack);
            let same = all.iter().find(|(_, id)| *id == found.unit.id).unwrap();
            prop_assert!((found.cost - same.0).abs() <= slack);
            prop_assert_eq!(found.distance, geodesic(here(), found.unit.position));
        }
        let order = |pair: &[kabat_geo::Costed]| {
            (pair[0].cost, pair[0].unit.id) < (pair[1].cost, pair[1].unit.id)
        };
        prop_assert!(
            found.windows(2).all(order),
            "ties go by id, and none comes twice"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn distance_is_bounded_and_exact(units in units(), k in 0..9_usize) {
        holds(&GeodesicDistance, &units)?;
        agrees(&GeodesicDistance, 1.0, &units, k)?;
    }

    #[test]
    fn any_straight_line_model_is_bounded_and_exact(model in straight_line(), units in units(), k in 0..9_usize) {
        holds(&model, &units)?;
        agrees(&model, model.near_s_per_m.abs().max(model.far_s_per_m.abs()), &units, k)?;
    }

    #[test]
    fn any_matrix_is_bounded_and_exact(model in matrix(), units in units(), k in 0..9_usize) {
        holds(&model, &units)?;
        agrees(&model, 0.0, &units, k)?;
        // Without a row a unit is not known to get there, however near it stands.
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let found = index.nearest_by(&Request::new(here(), CapabilitySet::EMPTY), 100, &model);
        prop_assert!(found.iter().all(|costed| model.seconds.contains_key(&costed.unit.id)));
    }

    #[test]
    fn any_policy_is_bounded_and_exact(model in straight_line(), matrix in matrix(), own in own(), handicap in number(), units in units(), k in 0..9_usize) {
        let by_line = OwnUnitsFirst { model, own: own.clone(), handicap };
        holds(&by_line, &units)?;
        agrees(&by_line, model.near_s_per_m.abs().max(model.far_s_per_m.abs()), &units, k)?;
        let by_matrix = OwnUnitsFirst { model: matrix, own, handicap };
        holds(&by_matrix, &units)?;
        agrees(&by_matrix, 0.0, &units, k)?;
    }

    /// No handicap is fastest adequate help; one above all times sends a foreign unit only when no own one is left.
    #[test]
    fn the_handicap_is_all_the_policy(matrix in matrix(), own in own(), units in units()) {
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let request = Request::new(here(), CapabilitySet::EMPTY);
        let with = |handicap| {
            let model = OwnUnitsFirst { model: matrix.clone(), own: own.clone(), handicap };
            index.nearest_by(&request, 100, &model)
        };
        prop_assert_eq!(with(0.0), index.nearest_by(&request, 100, &matrix));
        let strict: Vec<bool> = with(1e9).iter().map(|costed| own.contains(&costed.unit.id)).collect();
        prop_assert!(strict.is_sorted_by(|a, b| a >= b), "own ones come first: {strict:?}");
        let half: Vec<_> = with(300.0).iter().map(|costed| (costed.unit.id, costed.cost)).collect();
        for costed in index.nearest_by(&request, 100, &matrix) {
            let extra = if own.contains(&costed.unit.id) { 0.0 } else { 300.0 };
            prop_assert!(half.contains(&(costed.unit.id, costed.cost + extra)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Trips that follow a model are fitted to it within a few seconds, whatever it is.
    #[test]
    fn a_fit_finds_what_the_trips_were_made_with(
        start_s in 20.0..240.0_f64,
        near_kmh in 18.0..60.0_f64,
        gain in 1.0..2.0_f64,
        knee_m in 1_500.0..8_000.0_f64,
        seed in any::<u64>(),
    ) {
        let made = StraightLineTime {
            start_s,
            near_s_per_m: 3.6 / near_kmh,
            far_s_per_m: 3.6 / (near_kmh * gain).min(125.0),
            knee_m,
        };
        let mut random = Random(seed);
        let trips: Vec<(f64, f64)> = (0..400)
            .map(|_| random.part() * 15_000.0)
            .map(|metres| (metres, made.seconds(metres)))
            .collect();
        let fitted = StraightLineTime::fit(&trips).unwrap();
        prop_assert_eq!(StraightLineTime::fit(&trips), Some(fitted));
        let mut off: Vec<f64> = trips.iter().map(|&(m, s)| (fitted.seconds(m) - s).abs()).collect();
        off.sort_by(f64::total_cmp);
        prop_assert!(off[200] < 3.0, "{} s off at the median", off[200]);
    }
}

#[test]
fn a_matrix_time_below_the_bound_is_raised_to_it() {
    let unit = Unit {
        id: Random::id(1),
        position: Position::from_degrees(50.95, 4.35).unwrap(),
        capabilities: CapabilitySet::EMPTY,
        status: ResourceStatus::Available,
    };
    let model = TimeMatrix {
        seconds: BTreeMap::from([(unit.id, Seconds::new(1.0).unwrap())]),
        fastest_m_per_s: 50.0,
    };
    let ground_m = geodesic(unit.position, here()).get();
    assert_eq!(model.cost(&unit, here(), ground_m), Some(ground_m / 50.0));
    let other = Unit {
        id: Random::id(2),
        ..unit
    };
    assert_eq!(model.cost(&other, here(), ground_m), None);
}

#[test]
fn trips_that_are_no_trips_are_not_fitted() {
    let sound = vec![(1_000.0, 200.0); 10];
    assert!(StraightLineTime::fit(&sound).is_some());
    assert_eq!(StraightLineTime::fit(&sound[..9]), None);
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        for trip in [(bad, 200.0), (1_000.0, bad)] {
            let mut trips = sound.clone();
            trips.push(trip);
            assert_eq!(StraightLineTime::fit(&trips), None, "{trip:?}");
        }
    }
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(StraightLineTime::constant_speed(bad), None, "{bad}");
    }
}
