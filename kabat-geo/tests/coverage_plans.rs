//! Coverage and relocation against every possible plan.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use kabat_core::{CapabilitySet, Position, ResourceStatus};
use kabat_geo::{DemandPoint, StraightLineTime, Unit, coverage, relocate};

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
