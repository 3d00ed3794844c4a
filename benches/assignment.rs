//! The unit index and the joint assignment beside their rivals.
//!
//! `cargo bench -p kabat-benches --bench assignment` prints one table: what was measured beside what was asked.
//! Before it come criterion's own times. `KABAT_BENCH=queries` picks one part: criterion, queries, updates, traffic,
//! readers, decay or joint.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench stops by panicking and prints what it measures"
)]

#[path = "assignment/fleet.rs"]
mod fleet;
#[path = "assignment/readers.rs"]
mod readers;
#[path = "assignment/rivals.rs"]
mod rivals;
#[path = "assignment/table.rs"]
mod table;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group};
use kabat_core::{CapabilitySet, IncidentId, Position, Priority, ResourceId, ResourceStatus};
use kabat_geo::{
    Demand, GeodesicDistance, Request, Scratch, Unit, UnitHandle, UnitIndex, assign_greedily,
    assign_jointly, geodesic,
};
use kiddo::ImmutableKdTree;
use pathfinding::prelude::{Matrix, kuhn_munkres_min};
use rstar::primitives::GeomWithData;

use fleet::{Random, classes, fits, fleet, nudge, place, plane};
use rivals::{haversine, kiddo_nearest, rstar_nearest, rstar_tree, scan_nearest};
use table::{Goal, Table};

const MANY: u64 = 90_000;

/// Every class and `k` at three sizes, beside the rivals at the largest.
fn queries(table: &mut Table) {
    let mut times = Vec::new();
    for count in [1_000, 10_000, MANY] {
        let units = fleet(count);
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let tree = rstar_tree(&units);
        let points: Vec<[f64; 2]> = units.iter().map(|unit| plane(unit.position)).collect();
        let kiddo: ImmutableKdTree<f64, 2> = ImmutableKdTree::new_from_slice(&points);
        let mut random = Random(99);
        let places: Vec<Position> = (0..4096).map(|_| place(&mut random)).collect();
        let mut scratch = Scratch::with_capacity(8);
        for (class, needs) in classes() {
            let eligible = units.iter().filter(|unit| fits(unit, needs)).count();
            for k in [1, 5] {
                let requests: Vec<Request> =
                    places.iter().map(|&at| Request::new(at, needs)).collect();
                let mut own = |n: usize| {
                    black_box(index.nearest_into(&requests[n % 4096], k, &mut scratch));
                };
                if count < MANY {
                    let [ours] = table.race([&mut own]);
                    times.push((count, class, k, ours, eligible));
                    continue;
                }
                let [ours, rstar, kiddo, scan] = table.race([
                    &mut own,
                    &mut |n| {
                        let at = places[n % 4096];
                        drop(black_box(rstar_nearest(&tree, &units, at, needs, k)));
                    },
                    &mut |n| {
                        let at = places[n % 4096];
                        drop(black_box(kiddo_nearest(&kiddo, &units, at, needs, k)));
                    },
                    &mut |n| {
                        let at = places[n % 4096];
                        drop(black_box(scan_nearest(&units, at, needs, k)));
                    },
                ]);
                times.push((count, class, k, ours, eligible));
                let goals = match (class, k) {
                    ("common", 5) => [Some(4.0), Some(4.0), Some(500.0)],
                    ("mid", 5) => [Some(50.0), None, None],
                    ("rare", 1) => [Some(400.0), None, None],
                    ("rare", 5) => [Some(900.0), None, None],
                    _ => [None; 3],
                };
                let what = format!("{class}, k={k}, {count} units");
                table.ratio(&what, ours, "rstar iterate and filter", rstar, goals[0]);
                table.ratio(&what, ours, "kiddo and filter", kiddo, goals[1]);
                table.ratio(&what, ours, "haversine scan", scan, goals[2]);
            }
        }
    }
    growth(table, &times);
}

fn growth(table: &mut Table, times: &[(u64, &str, usize, f64, usize)]) {
    for k in [1, 5] {
        let of = || times.iter().filter(|t| t.0 == MANY && t.2 == k);
        let slow = of().max_by(|a, b| a.3.total_cmp(&b.3)).unwrap();
        let fast = of().min_by(|a, b| a.3.total_cmp(&b.3)).unwrap();
        let what = format!("slowest class ({}), k={k}", slow.1);
        let against = format!("fastest class ({}), {:.0} ns", fast.1, fast.3);
        let goal = Some(Goal::AtMost(2.0));
        table.row(&what, slow.3, &against, slow.3 / fast.3, goal);
        for (class, _) in classes() {
            let at = |count| {
                times
                    .iter()
                    .find(|t| (t.0, t.1, t.2) == (count, class, k))
                    .unwrap()
            };
            let (few, some, many) = (at(1_000), at(10_000), at(MANY));
            let what = format!("{class}, k={k}: growth from 1,000 to {MANY} units");
            let mut against = format!("{:.0} ns at 1,000, {:.0} at 10,000", few.3, some.3);
            // With fewer than k units that fit there is nothing to search for, and nothing to compare.
            let goal = if few.4 >= k {
                Some(Goal::AtMost(3.0))
            } else {
                against += &format!(", where {} fit", few.4);
                None
            };
            table.row(&what, many.3, &against, many.3 / few.3, goal);
        }
    }
}

/// What comes in over the air: (unit, where it is now) and (unit, what it does now), in no order.
struct Traffic {
    units: Vec<Unit>,
    index: UnitIndex,
    tree: rivals::Tree,
    moves: Vec<(usize, Position)>,
    turns: Vec<(usize, ResourceStatus)>,
}

impl Traffic {
    fn new() -> Self {
        let units = fleet(MANY);
        let mut random = Random(3);
        let mut at: Vec<Position> = units.iter().map(|unit| unit.position).collect();
        // Each unit moves four times, and then jumps back to where it was after the first time.
        let moves = (0..MANY as usize * 4).map(|n| {
            let unit = (n * 7919) % at.len();
            at[unit] = nudge(&mut random, at[unit]);
            (unit, at[unit])
        });
        let moves = moves.collect();
        // Each unit turns to what it is not, and later back, so that as many are free as before.
        let turns = (0..MANY as usize * 2).map(|n| {
            let unit = (n * 7919) % units.len();
            let away = units[unit].status.is_assignable() == (n < units.len());
            let status = if away {
                ResourceStatus::OnScene
            } else {
                ResourceStatus::Available
            };
            (unit, status)
        });
        Self {
            turns: turns.collect(),
            index: UnitIndex::from_units(units.iter().copied()).unwrap(),
            tree: rstar_tree(&units),
            moves,
            units,
        }
    }

    fn by_handle<T: Copy>(&self, events: &[(usize, T)]) -> Vec<(UnitHandle, T)> {
        let handle = |unit: usize| self.index.handle(self.units[unit].id).unwrap();
        let named = events.iter().map(|&(unit, event)| (handle(unit), event));
        named.collect()
    }

    fn by_id<T: Copy>(&self, events: &[(usize, T)]) -> Vec<(ResourceId, T)> {
        let named = events
            .iter()
            .map(|&(unit, event)| (self.units[unit].id, event));
        named.collect()
    }

    fn rstar_move(&mut self, unit: usize, to: Position) {
        let name = u32::try_from(unit).unwrap();
        let unit = &mut self.units[unit];
        self.tree
            .remove(&GeomWithData::new(plane(unit.position), name));
        self.tree.insert(GeomWithData::new(plane(to), name));
        unit.position = to;
    }
}

fn updates(table: &mut Table) {
    let mut traffic = Traffic::new();
    let (moves, turns) = (traffic.moves.clone(), traffic.turns.clone());
    let (mut index, mut other) = (traffic.index.clone(), traffic.index.clone());
    let (by_handle, by_id) = (traffic.by_handle(&moves), traffic.by_id(&moves));
    let mut handles = by_handle.iter().cycle();
    let mut ids = by_id.iter().cycle();
    let mut numbers = moves.iter().cycle();
    let [by_handle, by_id, rstar] = table.race([
        &mut |_| {
            let &(unit, to) = handles.next().unwrap();
            index.move_handle(unit, to).unwrap();
        },
        &mut |_| {
            let &(unit, to) = ids.next().unwrap();
            other.move_to(unit, to).unwrap();
        },
        &mut |_| {
            let &(unit, to) = numbers.next().unwrap();
            traffic.rstar_move(unit, to);
        },
    ]);
    let rival = "rstar remove and insert";
    table.ratio("move 100 m by handle", by_handle, rival, rstar, Some(15.0));
    table.ratio("move 100 m by id", by_id, rival, rstar, Some(15.0));

    let (by_handle, by_id) = (traffic.by_handle(&turns), traffic.by_id(&turns));
    let mut handles = by_handle.iter().cycle();
    let mut ids = by_id.iter().cycle();
    let [by_handle, by_id] = table.race([
        &mut |_| {
            let &(unit, status) = handles.next().unwrap();
            index.set_handle_status(unit, status).unwrap();
        },
        &mut |_| {
            let &(unit, status) = ids.next().unwrap();
            other.set_status(unit, status).unwrap();
        },
    ]);
    for (what, ns) in [
        ("status change by handle", by_handle),
        ("status change by id", by_id),
    ] {
        table.row(what, ns, "nanoseconds", ns, Some(Goal::AtMost(25.0)));
    }
}

/// One second of a country: 18,000 moves, 2,000 status changes and 1,000 questions.
fn traffic(table: &mut Table) {
    let mut traffic = Traffic::new();
    let mut index = traffic.index.clone();
    let (moves, turns) = (traffic.moves.clone(), traffic.turns.clone());
    let mut random = Random(4);
    let places: Vec<Position> = (0..1000).map(|_| place(&mut random)).collect();
    let mut scratch = Scratch::with_capacity(8);
    let (by_handle, turns_by_handle) = (traffic.by_handle(&moves), traffic.by_handle(&turns));
    let mut fixes = by_handle.iter().cycle();
    let mut states = turns_by_handle.iter().cycle();
    let mut rival_fixes = moves.iter().cycle();
    let mut rival_states = turns.iter().cycle();
    let [ours, rstar] = table.race([
        &mut |_| {
            for &(unit, to) in fixes.by_ref().take(18_000) {
                index.move_handle(unit, to).unwrap();
            }
            for &(unit, status) in states.by_ref().take(2000) {
                index.set_handle_status(unit, status).unwrap();
            }
            for (n, &at) in places.iter().enumerate() {
                let request = Request::new(at, classes()[n % 3].1);
                black_box(index.nearest_into(&request, 5, &mut scratch));
            }
        },
        &mut |_| {
            for &(unit, to) in rival_fixes.by_ref().take(18_000) {
                traffic.rstar_move(unit, to);
            }
            for &(unit, status) in rival_states.by_ref().take(2000) {
                traffic.units[unit].status = status;
            }
            for (n, &at) in places.iter().enumerate() {
                let needs = classes()[n % 3].1;
                black_box(rstar_nearest(&traffic.tree, &traffic.units, at, needs, 5));
            }
        },
    ]);
    table.ratio("one second of traffic", ours, "rstar", rstar, Some(80.0));
    let [build] = table.race([&mut |_| index.rebuild()]);
    table.row(
        "rebuild of 90,000 units",
        build,
        "milliseconds",
        build / 1e6,
        None,
    );
}

/// A reader beside a writer that rebuilds ten times a second.
fn waits(table: &mut Table) {
    let traffic = Traffic::new();
    let moves = traffic.by_handle(&traffic.moves);
    let mut random = Random(6);
    let requests: Vec<Request> = (0..4096)
        .map(|n| Request::new(place(&mut random), classes()[n % 3].1))
        .collect();
    let length = Duration::from_millis(if table.quick { 50 } else { 3000 });
    let ours = readers::beside_writer(traffic.index.clone(), &moves, &requests, length);
    let locked = readers::behind_lock(traffic.index, &moves, &requests, length);
    for (what, ours, theirs) in [
        ("median", ours.median, locked.median),
        ("99 %", ours.p99, locked.p99),
        ("99.9 %", ours.p999, locked.p999),
        ("longest", ours.longest, locked.longest),
    ] {
        let what = format!("reader of a UnitWriter, 10 rebuilds a second: {what}");
        table.ratio(&what, ours, "rebuild under a RwLock", theirs, None);
    }
}

/// An hour in which every unit drives 50 m every 5 seconds on average, and nobody rebuilds.
fn decay(table: &mut Table) {
    let mut units = fleet(MANY);
    let mut index = UnitIndex::from_units(units.iter().copied()).unwrap();
    let mut random = Random(5);
    let requests: Vec<Request> = (0..4096)
        .map(|n| Request::new(place(&mut random), classes()[n % 3].1))
        .collect();
    let mut scratch = Scratch::with_capacity(8);
    let mut fresh = 0.0;
    let stops: &[u32] = if table.quick {
        &[0, 1]
    } else {
        &[0, 12, 120, 720]
    };
    let mut step = 0;
    for &stop in stops {
        while step < stop {
            for unit in &mut units {
                unit.position = nudge(&mut random, unit.position);
                index.move_to(unit.id, unit.position).unwrap();
            }
            step += 1;
        }
        let [ours] = table.race([&mut |n| {
            black_box(index.nearest_into(&requests[n % 4096], 5, &mut scratch));
        }]);
        if stop == 0 {
            fresh = ours;
        }
        let health = index.health();
        let against = format!(
            "fresh; growth {:.1}, overflow {}, rebuild {}",
            health.growth,
            health.overflow_blocks,
            if health.wants_rebuild() {
                "wanted"
            } else {
                "not wanted"
            }
        );
        let what = format!("three classes, k=5, after {} s of motion", stop * 5);
        table.row(&what, ours, &against, ours / fresh, None);
    }
}

fn joint(table: &mut Table) {
    for (rows, columns, crowded, goal) in [
        (50, 500, 0, 15.0),
        (200, 2000, 0, 60.0),
        (50, 500, 70, 4.0),
        (200, 2000, 70, 4.0),
    ] {
        let mut random = Random(rows);
        let units: Vec<Unit> = fleet(columns)
            .into_iter()
            .map(|unit| Unit {
                status: ResourceStatus::Available,
                ..unit
            })
            .collect();
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let demands: Vec<Demand> = (0..rows)
            .map(|_| {
                let at = if random.below(100) < crowded {
                    Position::from_degrees(
                        50.83 + random.part() * 0.03,
                        4.33 + random.part() * 0.04,
                    )
                    .unwrap()
                } else {
                    place(&mut random)
                };
                Demand {
                    incident: IncidentId::nil(),
                    request: Request::new(at, CapabilitySet::EMPTY),
                    priority: Priority::P2,
                    weight: 1.0,
                }
            })
            .collect();
        let dense = || {
            let cost = demands.iter().flat_map(|demand| {
                units
                    .iter()
                    .map(|unit| (haversine(demand.request.at, unit.position) * 1000.0) as i64)
            });
            kuhn_munkres_min(&Matrix::from_vec(demands.len(), units.len(), cost.collect()).unwrap())
        };
        let [ours, theirs] = table.race([
            &mut |_| {
                let model = &GeodesicDistance;
                drop(black_box(assign_jointly(&index, &demands, model, None)));
            },
            &mut |_| drop(black_box(dense())),
        ]);
        let optimum = assign_jointly(&index, &demands, &GeodesicDistance, None);
        let greedy = assign_greedily(&index, &demands, &GeodesicDistance, None);
        // The rival works on a sphere: compare its choice by its length on the ellipsoid.
        let (_, choice) = dense();
        let metres: f64 = demands
            .iter()
            .zip(&choice)
            .map(|(demand, &unit)| geodesic(demand.request.at, units[unit].position).get())
            .sum();
        assert!(optimum.total <= metres + 0.01 && metres < optimum.total * 1.001);
        let what = format!(
            "joint {rows} x {columns}, {crowded} % in one centre (greedy +{:.1} %)",
            (greedy.total / optimum.total - 1.0) * 100.0
        );
        table.ratio(&what, ours, "kuhn_munkres_min", theirs, Some(goal));
    }
}

fn criterion(c: &mut Criterion) {
    let units = fleet(90_000);
    let index = UnitIndex::from_units(units.iter().copied()).unwrap();
    let mut scratch = Scratch::with_capacity(8);
    let mut random = Random(7);
    let mut group = c.benchmark_group("assign/k_nearest");
    group
        .measurement_time(Duration::from_secs(1))
        .warm_up_time(Duration::from_millis(300));
    for (class, needs) in classes() {
        let requests: Vec<Request> = (0..4096)
            .map(|_| Request::new(place(&mut random), needs))
            .collect();
        let mut n = 0;
        group.bench_function(BenchmarkId::new(class, 5), |b| {
            b.iter(|| {
                n = (n + 1) % 4096;
                index.nearest_into(&requests[n], 5, &mut scratch).len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, criterion);

type Part = fn(&mut Table);

fn main() {
    let mut table = Table::new(std::env::args().any(|argument| argument == "--test"));
    let parts: [(&str, Part); 7] = [
        ("criterion", |_| {
            benches();
            Criterion::default().configure_from_args().final_summary();
        }),
        ("queries", queries),
        ("updates", updates),
        ("traffic", traffic),
        ("readers", waits),
        ("decay", decay),
        ("joint", joint),
    ];
    let named = std::env::var("KABAT_BENCH").ok();
    for (name, measure) in parts {
        if named.as_ref().is_none_or(|named| named == name) {
            measure(&mut table);
        }
    }
    table.print();
}
