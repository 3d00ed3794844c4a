//! The unit index and the joint assignment beside their rivals.
//!
//! `cargo bench -p kabat-benches --bench assignment` prints one table of ratios, and then criterion's own times.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench stops by panicking and prints what it measures"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group};
use kabat_core::{CapabilitySet, IncidentId, Position, Priority, ResourceId, ResourceStatus};
use kabat_geo::{
    Demand, GeodesicDistance, Request, Scratch, Unit, UnitIndex, assign_greedily, assign_jointly,
    geodesic,
};
use kiddo::{ImmutableKdTree, SquaredEuclidean};
use pathfinding::prelude::{Matrix, kuhn_munkres_min};
use rstar::RTree;
use rstar::primitives::GeomWithData;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Four units in five around one of 30 centres, the others anywhere.
fn place(random: &mut Random) -> Position {
    let centre = random.below(30);
    let mut town = Random(centre + 1);
    let (lat, lon) = (49.8 + town.part() * 1.5, 2.8 + town.part() * 3.2);
    let spread = if random.below(5) == 0 { 1.5 } else { 0.08 };
    let mut off = || (random.part() + random.part() + random.part() - 1.5) * spread;
    let (lat, lon) = (lat + off(), lon + off() * 1.5);
    Position::from_degrees(lat.clamp(49.5, 51.5), lon.clamp(2.5, 6.4)).unwrap()
}

/// Agencies are bits 0-3 (50, 20, 25 and 5 %), with 80, 30 and 5 % capabilities each; bit 16 is 1 in 1,000.
fn fleet(count: u64) -> Vec<Unit> {
    let mut random = Random(1);
    (0..count)
        .map(|n| {
            let agency = match random.below(100) {
                0..50 => 0,
                50..70 => 1,
                70..95 => 2,
                _ => 3,
            };
            let mut capabilities = CapabilitySet::EMPTY;
            capabilities.insert(agency);
            for (kind, percent) in [(0, 80), (1, 30), (2, 5)] {
                if random.below(100) < percent {
                    capabilities.insert(4 + agency * 3 + kind);
                }
            }
            if random.below(1000) == 0 {
                capabilities.insert(16);
            }
            let free = random.below(10) < 6;
            Unit {
                id: ResourceId::v7(
                    n,
                    Random(n).next().to_le_bytes().repeat(2)[..10]
                        .try_into()
                        .unwrap(),
                ),
                position: place(&mut random),
                capabilities,
                status: if free {
                    ResourceStatus::Available
                } else {
                    ResourceStatus::OnScene
                },
            }
        })
        .collect()
}

fn set(bits: &[u8]) -> CapabilitySet {
    let mut set = CapabilitySet::EMPTY;
    for &bit in bits {
        set.insert(bit);
    }
    set
}

fn classes() -> [(&'static str, CapabilitySet); 3] {
    [
        ("common", set(&[0, 4])),
        ("mid", set(&[3, 14])),
        ("rare", set(&[16])),
    ]
}

fn plane(at: Position) -> [f64; 2] {
    [at.longitude().degrees() * 0.634_4, at.latitude().degrees()]
}

fn fits(unit: &Unit, needs: CapabilitySet) -> bool {
    unit.status.is_assignable() && unit.capabilities.contains_all(needs)
}

type Tree = RTree<GeomWithData<[f64; 2], u32>>;

fn rstar_tree(units: &[Unit]) -> Tree {
    let points = units
        .iter()
        .zip(0..)
        .map(|(unit, n)| GeomWithData::new(plane(unit.position), n));
    RTree::bulk_load(points.collect())
}

fn rstar_nearest(
    tree: &Tree,
    units: &[Unit],
    at: Position,
    needs: CapabilitySet,
    k: usize,
) -> Vec<u32> {
    let near = tree
        .nearest_neighbor_iter(&plane(at))
        .map(|point| point.data);
    near.filter(|&n| fits(&units[n as usize], needs))
        .take(k)
        .collect()
}

/// kiddo has no predicate: ask for 8, 32, 128… until enough of them fit.
fn kiddo_nearest(
    tree: &ImmutableKdTree<f64, 2>,
    units: &[Unit],
    at: Position,
    needs: CapabilitySet,
    k: usize,
) -> Vec<u64> {
    let mut look = 8;
    loop {
        let near = tree.nearest_n::<SquaredEuclidean>(&plane(at), look.try_into().unwrap());
        let found: Vec<u64> = near
            .iter()
            .map(|hit| hit.item)
            .filter(|&n| fits(&units[n as usize], needs))
            .take(k)
            .collect();
        if found.len() == k || look >= units.len() {
            return found;
        }
        look = (look * 4).min(units.len());
    }
}

fn haversine(a: Position, b: Position) -> f64 {
    let [(lat, lon), (to_lat, to_lon)] = [a, b].map(|p| {
        (
            p.latitude().degrees().to_radians(),
            p.longitude().degrees().to_radians(),
        )
    });
    let (s, t) = (((to_lat - lat) / 2.0).sin(), ((to_lon - lon) / 2.0).sin());
    2.0 * 6_371_008.8 * (s * s + lat.cos() * to_lat.cos() * t * t).sqrt().asin()
}

fn scan_nearest(
    units: &[Unit],
    at: Position,
    needs: CapabilitySet,
    k: usize,
) -> Vec<(f64, ResourceId)> {
    let mut best: Vec<(f64, ResourceId)> = Vec::with_capacity(k + 1);
    for unit in units.iter().filter(|unit| fits(unit, needs)) {
        let metres = haversine(at, unit.position);
        if best.len() < k || metres < best[k - 1].0 {
            let slot = best.partition_point(|&(other, _)| other <= metres);
            best.insert(slot, (metres, unit.id));
            best.truncate(k);
        }
    }
    best
}

/// Median nanoseconds a call over five rounds of the given length.
fn time(quick: bool, mut work: impl FnMut(usize)) -> f64 {
    let length = Duration::from_millis(if quick { 2 } else { 120 });
    let mut n = 0;
    let mut rounds: Vec<f64> = (0..6)
        .map(|_| {
            let (start, mut calls) = (Instant::now(), 0_u32);
            while start.elapsed() < length {
                for _ in 0..16 {
                    work(n);
                    n += 1;
                }
                calls += 16;
            }
            start.elapsed().as_nanos() as f64 / f64::from(calls)
        })
        .skip(1)
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[2]
}

fn row(what: &str, ours: f64, rivals: &[(&str, f64, f64)]) {
    let mut line = format!("| {what} | {ours:.0} |");
    for (name, theirs, goal) in rivals {
        let ratio = theirs / ours;
        let mark = if ratio >= *goal { "met" } else { "NOT met" };
        line += &format!(" {name} {ratio:.1}x (goal {goal}x, {mark}) |");
    }
    println!("{line}");
}

fn queries(quick: bool) {
    let mut times = Vec::new();
    for count in [1_000, 90_000] {
        let units = fleet(count);
        let index = UnitIndex::from_units(units.iter().copied()).unwrap();
        let tree = rstar_tree(&units);
        let points: Vec<[f64; 2]> = units.iter().map(|unit| plane(unit.position)).collect();
        let kiddo: ImmutableKdTree<f64, 2> = ImmutableKdTree::new_from_slice(&points);
        let mut random = Random(99);
        let places: Vec<Position> = (0..4096).map(|_| place(&mut random)).collect();
        let mut scratch = Scratch::with_capacity(8);
        for (class, needs) in classes() {
            for k in [1, 5] {
                let requests: Vec<Request> =
                    places.iter().map(|&at| Request::new(at, needs)).collect();
                let ours = time(quick, |n| {
                    black_box(index.nearest_into(&requests[n % 4096], k, &mut scratch));
                });
                times.push((count, class, k, ours));
                if count < 90_000 {
                    continue;
                }
                let rstar = time(quick, |n| {
                    drop(black_box(rstar_nearest(
                        &tree,
                        &units,
                        places[n % 4096],
                        needs,
                        k,
                    )))
                });
                let kiddo = time(quick, |n| {
                    drop(black_box(kiddo_nearest(
                        &kiddo,
                        &units,
                        places[n % 4096],
                        needs,
                        k,
                    )))
                });
                let scan = time(quick, |n| {
                    drop(black_box(scan_nearest(&units, places[n % 4096], needs, k)))
                });
                let goals = match (class, k) {
                    ("common", 5) => [4.0, 4.0, 500.0],
                    ("mid", 5) => [50.0, 0.0, 0.0],
                    ("rare", 1) => [400.0, 0.0, 0.0],
                    ("rare", 5) => [900.0, 0.0, 0.0],
                    _ => [0.0, 0.0, 0.0],
                };
                let rivals = [
                    ("rstar", rstar, goals[0]),
                    ("kiddo", kiddo, goals[1]),
                    ("scan", scan, goals[2]),
                ];
                row(&format!("{class}, k={k}, 90,000 units"), ours, &rivals);
            }
        }
    }
    for k in [1, 5] {
        let of = |count, k| {
            times
                .iter()
                .filter(move |t| t.0 == count && t.2 == k)
                .map(|t| t.3)
        };
        let (slow, fast) = (
            of(90_000, k).fold(0.0, f64::max),
            of(90_000, k).fold(f64::INFINITY, f64::min),
        );
        println!(
            "| slowest / fastest class, k={k} | {:.2} (goal at most 2) |",
            slow / fast
        );
        for (class, _) in classes() {
            let at = |count| {
                times
                    .iter()
                    .find(|t| (t.0, t.1, t.2) == (count, class, k))
                    .unwrap()
                    .3
            };
            println!(
                "| {class}, k={k}: 90,000 / 1,000 units | {:.2} (goal at most 3) |",
                at(90_000) / at(1_000)
            );
        }
    }
}

fn nudge(random: &mut Random, at: Position) -> Position {
    let mut off = || (random.part() - 0.5) * 0.0025;
    let (lat, lon) = (
        at.latitude().degrees() + off(),
        at.longitude().degrees() + off(),
    );
    Position::from_degrees(lat, lon).unwrap()
}

fn updates(quick: bool) {
    let mut units = fleet(90_000);
    let mut index = UnitIndex::from_units(units.iter().copied()).unwrap();
    let mut tree = rstar_tree(&units);
    let mut random = Random(3);
    let moves: Vec<(usize, Position)> = (0..18_000)
        .map(|_| {
            let n = random.below(90_000) as usize;
            (n, nudge(&mut random, units[n].position))
        })
        .collect();
    let ours = time(quick, |n| {
        let (unit, to) = moves[n % moves.len()];
        index.move_to(units[unit].id, to).unwrap();
    });
    let rstar = time(quick, |n| {
        let (unit, to) = moves[n % moves.len()];
        let name = u32::try_from(unit).unwrap();
        tree.remove(&GeomWithData::new(plane(units[unit].position), name));
        tree.insert(GeomWithData::new(plane(to), name));
        units[unit].position = to;
    });
    row("move 100 m", ours, &[("rstar remove+insert", rstar, 15.0)]);
    let flip = time(quick, |n| {
        let unit = &units[(n * 7919) % units.len()];
        let status = if n % 2 == 0 {
            ResourceStatus::OnScene
        } else {
            ResourceStatus::Available
        };
        index.set_status(unit.id, status).unwrap();
    });
    println!("| status change, ns | {flip:.0} (goal at most 25) |");

    let places: Vec<Position> = (0..1000).map(|_| place(&mut random)).collect();
    let mut scratch = Scratch::with_capacity(8);
    let mut best = (f64::INFINITY, f64::INFINITY);
    for _ in 0..if quick { 1 } else { 3 } {
        let start = Instant::now();
        for &(unit, to) in &moves {
            index.move_to(units[unit].id, to).unwrap();
        }
        for n in 0..2000 {
            index
                .set_status(units[n * 45].id, ResourceStatus::Available)
                .unwrap();
            index
                .set_status(units[n * 45].id, units[n * 45].status)
                .unwrap();
        }
        for (n, &at) in places.iter().enumerate() {
            black_box(index.nearest_into(&Request::new(at, classes()[n % 3].1), 5, &mut scratch));
        }
        best.0 = best.0.min(start.elapsed().as_nanos() as f64);
        let start = Instant::now();
        for &(unit, to) in &moves {
            let name = u32::try_from(unit).unwrap();
            tree.remove(&GeomWithData::new(plane(units[unit].position), name));
            tree.insert(GeomWithData::new(plane(to), name));
            units[unit].position = to;
        }
        for (n, &at) in places.iter().enumerate() {
            black_box(rstar_nearest(&tree, &units, at, classes()[n % 3].1, 5));
        }
        best.1 = best.1.min(start.elapsed().as_nanos() as f64);
    }
    row("one second of traffic", best.0, &[("rstar", best.1, 80.0)]);
    let rebuild = time(true, |_| index.rebuild());
    println!("| rebuild of 90,000, ms | {:.1} |", rebuild / 1e6);
}

fn joint(quick: bool) {
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
        let best = |work: &mut dyn FnMut()| {
            let rounds = if quick { 1 } else { 9 };
            let times = (0..rounds).map(|_| {
                let start = Instant::now();
                work();
                start.elapsed().as_nanos() as f64
            });
            let mut times: Vec<f64> = times.collect();
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        let ours = best(&mut || {
            drop(black_box(assign_jointly(
                &index,
                &demands,
                &GeodesicDistance,
                None,
            )))
        });
        let theirs = best(&mut || drop(black_box(dense())));
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
        row(&what, ours, &[("kuhn_munkres_min", theirs, goal)]);
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

fn main() {
    let quick = std::env::args().any(|argument| argument == "--test");
    println!("| what | ns | rivals |\n|---|--:|---|");
    queries(quick);
    updates(quick);
    joint(quick);
    benches();
    Criterion::default().configure_from_args().final_summary();
}
