//! Joint assignment against `pathfinding` and against every permutation.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{CapabilitySet, IncidentId, Position, Priority, ResourceId, ResourceStatus};
use kabat_geo::{
    CostModel, Costed, Demand, GeodesicDistance, OwnUnitsFirst, Preemption, Request,
    StraightLineTime, Unit, UnitIndex, assign_greedily, assign_jointly, geodesic,
};
use pathfinding::prelude::{Matrix, kuhn_munkres_min};

mod random;
use random::Random;

fn place(random: &mut Random, crowded: bool) -> Position {
    let (size, lat, lon) = if crowded {
        (0.02, 50.84, 4.34)
    } else {
        (1.0, 50.3, 4.0)
    };
    Position::from_degrees(lat + random.part() * size, lon + random.part() * size).unwrap()
}

fn demand(at: Position, needs: u128, priority: Priority) -> Demand {
    Demand {
        incident: IncidentId::nil(),
        request: Request::new(at, CapabilitySet::from_bits(needs)),
        priority,
        weight: 1.0,
    }
}

fn fleet(random: &mut Random, count: u64) -> Vec<Unit> {
    (0..count)
        .map(|n| Unit {
            id: Random::id(n),
            position: place(random, false),
            capabilities: CapabilitySet::from_bits(1 + u128::from(random.below(4))),
            status: ResourceStatus::Available,
        })
        .collect()
}

#[test]
fn optimum_equals_kuhn_munkres() {
    let mut random = Random(5);
    for (rows, columns, crowded) in [
        (1, 1, 0),
        (5, 5, 30),
        (12, 40, 0),
        (12, 40, 100),
        (50, 500, 0),
        (50, 500, 70),
        (60, 300, 100),
        (80, 80, 50),
    ] {
        for _ in 0..4 {
            let units = fleet(&mut random, columns);
            let demands: Vec<Demand> = (0..rows)
                .map(|_| {
                    let crowded = random.below(100) < crowded;
                    demand(place(&mut random, crowded), 0, Priority::P2)
                })
                .collect();
            let costs: Vec<i64> = demands
                .iter()
                .flat_map(|demand| {
                    units.iter().map(|unit| {
                        (geodesic(demand.request.at, unit.position).get() * 1000.0).round() as i64
                    })
                })
                .collect();
            let matrix = Matrix::from_vec(demands.len(), units.len(), costs).unwrap();
            let (expected, _) = kuhn_munkres_min(&matrix);
            let index = UnitIndex::from_units(units.iter().copied()).unwrap();
            let joint = assign_jointly(&index, &demands, &GeodesicDistance, None);
            assert_eq!(joint.matched.len(), demands.len());
            let distinct: BTreeSet<ResourceId> =
                joint.matched.iter().map(|matched| matched.unit).collect();
            assert_eq!(distinct.len(), demands.len());
            let metres: f64 = joint
                .matched
                .iter()
                .map(|matched| matched.distance.get())
                .sum();
            // The oracle rounds every cost to a millimetre.
            assert!(
                (metres * 1000.0 - expected as f64).abs() <= f64::from(rows) + 1.0,
                "{rows} x {columns}, {crowded} %"
            );
            let greedy = assign_greedily(&index, &demands, &GeodesicDistance, None);
            assert!(greedy.total >= joint.total - 1e-6);
        }
    }
}

/// The least cost and the most demands filled, over every way to fill them.
fn brute(costs: &[Vec<Option<f64>>], row: usize, taken: &mut Vec<bool>) -> (usize, f64) {
    let Some(line) = costs.get(row) else {
        return (0, 0.0);
    };
    let mut best = brute(costs, row + 1, taken);
    for (column, cost) in line.iter().enumerate() {
        if let Some(cost) = cost.filter(|_| !taken[column]) {
            taken[column] = true;
            let (filled, total) = brute(costs, row + 1, taken);
            taken[column] = false;
            if filled + 1 > best.0 || (filled + 1 == best.0 && total + cost < best.1) {
                best = (filled + 1, total + cost);
            }
        }
    }
    best
}

#[test]
fn optimum_equals_brute_force_with_needs_shortage_weights_models_and_preemption() {
    let mut random = Random(77);
    let time = StraightLineTime {
        start_s: 120.0,
        near_s_per_m: 0.1,
        far_s_per_m: 0.05,
        knee_m: 4000.0,
    };
    for case in 0..600 {
        let mut units = fleet(&mut random, case % 7);
        let mut rule = Preemption {
            bound: BTreeMap::new(),
            penalty: 50.0,
        };
        for unit in &mut units {
            if random.below(3) == 0 {
                unit.status = ResourceStatus::UnderWay;
                rule.bound.insert(
                    unit.id,
                    [Priority::P2, Priority::P3, Priority::P4][random.below(3) as usize],
                );
            }
        }
        let rule = (case % 2 == 0).then_some(rule);
        let own: BTreeSet<ResourceId> = units
            .iter()
            .map(|unit| unit.id)
            .filter(|_| random.below(2) == 0)
            .collect();
        let model = OwnUnitsFirst {
            model: time,
            own,
            handicap: if case % 3 == 0 { 0.0 } else { 600.0 },
        };
        let demands: Vec<Demand> = (0..=random.below(5))
            .map(|_| {
                let at = place(&mut random, false);
                let priority = [Priority::P1, Priority::P2, Priority::P3][random.below(3) as usize];
                Demand {
                    weight: 1.0,
                    ..demand(at, u128::from(random.below(4)), priority)
                }
            })
            .collect();
        let costs: Vec<Vec<Option<f64>>> = demands
            .iter()
            .map(|demand| {
                let cost = |unit: &Unit| {
                    let bound = rule.as_ref().and_then(|rule| rule.bound.get(&unit.id));
                    let away = !unit.status.is_assignable();
                    let allowed =
                        !away || bound.is_some_and(|bound| bound.rank() > demand.priority.rank());
                    let able = unit.capabilities.contains_all(demand.request.needs);
                    let metres = geodesic(demand.request.at, unit.position).get();
                    let cost = model.cost(unit, demand.request.at, metres)?
                        + if away { 50.0 } else { 0.0 };
                    (allowed && able).then_some(cost)
                };
                units.iter().map(cost).collect()
            })
            .collect();
        let (filled, total) = brute(&costs, 0, &mut vec![false; units.len()]);
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let joint = assign_jointly(&index, &demands, &model, rule.as_ref());
        assert_eq!(joint.matched.len(), filled, "case {case}");
        assert!(
            (joint.total - total).abs() < 1e-3,
            "case {case}: {} and {total}",
            joint.total
        );
        assert_eq!(joint.matched.len() + joint.unfilled.len(), demands.len());
        for matched in &joint.matched {
            // A unit that costs less serves another demand, and its price says that it is wanted there.
            for (unit, cost, other) in &matched.yielded {
                assert!(*cost <= matched.cost);
                assert!(
                    joint
                        .matched
                        .iter()
                        .any(|m| m.demand == *other && m.unit == *unit && m.price >= -1e-9)
                );
            }
        }
    }
}

#[test]
fn k_best_by_cost_equal_a_scan() {
    let mut random = Random(9);
    for case in 0..400 {
        let units = fleet(&mut random, case % 90);
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let own: BTreeSet<ResourceId> = units
            .iter()
            .map(|unit| unit.id)
            .filter(|_| random.below(3) == 0)
            .collect();
        let near_s_per_m = random.part() * 0.2;
        let model = OwnUnitsFirst {
            model: StraightLineTime {
                start_s: 60.0,
                near_s_per_m,
                far_s_per_m: near_s_per_m / 2.0,
                knee_m: 3000.0,
            },
            own,
            handicap: random.part() * 1000.0,
        };
        let request = Request::new(
            place(&mut random, false),
            CapabilitySet::from_bits(u128::from(random.below(4))),
        );
        let mut expected: Vec<(f64, ResourceId)> = units
            .iter()
            .filter(|unit| unit.capabilities.contains_all(request.needs))
            .map(|unit| {
                (
                    model
                        .cost(unit, request.at, geodesic(request.at, unit.position).get())
                        .unwrap(),
                    unit.id,
                )
            })
            .collect();
        expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let k = random.below(9) as usize;
        let got: Vec<Costed> = index.nearest_by(&request, k, &model);
        assert_eq!(got.len(), k.min(expected.len()));
        for (got, (cost, id)) in got.iter().zip(&expected) {
            assert_eq!(got.unit.id, *id, "case {case}");
            assert!((got.cost - cost).abs() < 1e-3);
        }
    }
}
