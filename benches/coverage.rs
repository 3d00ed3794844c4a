//! Coverage, relocation, perimeters, cameras and driving times beside what one would write first.
//!
//! `cargo bench -p kabat-benches --bench coverage` prints one table of ratios, and then criterion's own times.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a bench stops by panicking and prints what it measures"
)]

#[path = "assignment/fleet.rs"]
#[expect(dead_code, reason = "shared with the assignment bench")]
mod fleet;
#[path = "assignment/table.rs"]
#[expect(dead_code, reason = "shared with the assignment bench")]
mod table;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group};
use geo::{Distance, Haversine, Point};
use kabat_core::chrono::{DateTime, Duration, Utc};
use kabat_core::{
    CameraId, CapabilitySet, Meters, MetersPerSecond, Position, ResourceId, ResourceStatus, Seconds,
};
use kabat_geo::{
    CameraIndex, CameraPlace, CostModel, DemandPoint, Fix, Perimeter, PerimeterWatch, Request,
    RoadEdge, RoadNetwork, Shape, Snapping, StraightLineTime, Unit, UnitIndex, ViewCone, coverage,
    geodesic, place_units, relocate,
};
use pathfinding::prelude::{dijkstra, dijkstra_all};

use fleet::{Random, place};
use table::Table;

/// Eight minutes of driving with the model below is 5.4 km.
const LIMIT_S: f64 = 480.0;

const MODEL: StraightLineTime = StraightLineTime {
    start_s: 90.0,
    near_s_per_m: 0.08,
    far_s_per_m: 0.05,
    knee_m: 3_000.0,
};

fn units(count: u64, random: &mut Random) -> Vec<Unit> {
    (0..count)
        .map(|n| Unit {
            id: ResourceId::v7(n, [0; 10]),
            position: place(random),
            capabilities: CapabilitySet::EMPTY,
            status: ResourceStatus::Available,
        })
        .collect()
}

fn demand(count: usize, random: &mut Random) -> Vec<DemandPoint> {
    (0..count)
        .map(|_| DemandPoint {
            at: place(random),
            weight: (random.part() * 100.0).round(),
        })
        .collect()
}

fn seconds(from: Position, to: Position) -> f64 {
    let point = |at: Position| Point::new(at.longitude().degrees(), at.latitude().degrees());
    MODEL.seconds(Haversine.distance(point(from), point(to)))
}

/// What one would write first: every demand point looks for a unit.
fn naive_coverage(places: &[Position], demand: &[DemandPoint]) -> f64 {
    demand
        .iter()
        .filter(|point| {
            places
                .iter()
                .any(|&from| seconds(from, point.at) <= LIMIT_S)
        })
        .map(|point| point.weight)
        .sum()
}

/// The rivals measure on a sphere, so a place at the very limit may be in for one and out for the other.
fn alike(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() < 0.01 * ours
}

/// One run of something slow, in nanoseconds.
fn once<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed().as_nanos() as f64, result)
}

fn planning(table: &mut Table) {
    let mut random = Random(2);
    let fleet = units(300, &mut random);
    let points = demand(20_000, &mut random);
    let places: Vec<Position> = fleet.iter().map(|unit| unit.position).collect();
    let [ours, naive] = table.race([
        &mut |_| {
            black_box(coverage(&fleet, &points, &MODEL, LIMIT_S));
        },
        &mut |_| {
            black_box(naive_coverage(&places, &points));
        },
    ]);
    table.ratio(
        "uncovered demand, 300 units, 20,000 points",
        ours,
        "scan of all pairs",
        naive,
        None,
    );

    let fleet = units(100, &mut random);
    let points = demand(5_000, &mut random);
    let sites: Vec<Position> = (0..40).map(|_| place(&mut random)).collect();
    let idle: BTreeSet<ResourceId> = fleet.iter().take(25).map(|unit| unit.id).collect();
    let [ours] = table.race([&mut |_| {
        black_box(relocate(&fleet, &idle, &sites, &points, &MODEL, LIMIT_S, 1));
    }]);
    let places: Vec<Position> = fleet.iter().map(|unit| unit.position).collect();
    let tried = if table.quick { 1 } else { 25 };
    let (naive, best) = once(|| {
        let now = naive_coverage(&places, &points);
        let mut best = (0.0, 0, 0);
        for unit in 0..tried {
            for (site, &at) in sites.iter().enumerate() {
                let mut places = places.clone();
                places[unit] = at;
                let gain = naive_coverage(&places, &points) - now;
                if gain > best.0 {
                    best = (gain, unit, site);
                }
            }
        }
        best
    });
    let found = relocate(&fleet, &idle, &sites, &points, &MODEL, LIMIT_S, 1);
    if !table.quick {
        assert!(alike(found.moves[0].gain, best.0), "the same best move");
    }
    table.ratio(
        "best relocation, 25 idle of 100 units, 40 sites, 5,000 points",
        ours,
        "coverage anew for each",
        naive,
        None,
    );

    let sites: Vec<Position> = (0..300).map(|_| place(&mut random)).collect();
    let [ours] = table.race([&mut |_| {
        black_box(place_units(
            &fleet, &fleet[0], &sites, &points, &MODEL, LIMIT_S, 20,
        ));
    }]);
    let count = if table.quick { 1 } else { 20 };
    let (naive, sum) = once(|| {
        let mut open: Vec<&DemandPoint> = points
            .iter()
            .filter(|point| places.iter().all(|&from| seconds(from, point.at) > LIMIT_S))
            .collect();
        let mut sum = 0.0;
        for _ in 0..count {
            let gain = |&site: &Position| -> f64 {
                let reached = open
                    .iter()
                    .filter(|point| seconds(site, point.at) <= LIMIT_S);
                reached.map(|point| point.weight).sum()
            };
            let best = sites
                .iter()
                .max_by(|a, b| gain(a).total_cmp(&gain(b)))
                .unwrap();
            sum += gain(best);
            let best = *best;
            open.retain(|point| seconds(best, point.at) > LIMIT_S);
        }
        sum
    });
    let plan = place_units(&fleet, &fleet[0], &sites, &points, &MODEL, LIMIT_S, count);
    let gain: f64 = plan.placements.iter().map(|placed| placed.gain).sum();
    assert!(alike(gain, sum), "the same gain, {gain} and {sum}");
    println!(
        "placement gains {gain}, no choice more than {}",
        plan.at_most
    );
    table.ratio(
        "20 of 300 sites beside 100 units, 5,000 points",
        ours,
        "greedy with distances anew",
        naive,
        None,
    );
}

fn metres(value: f64) -> Meters {
    Meters::new(value).unwrap()
}

fn zones(count: usize, random: &mut Random) -> Vec<Perimeter> {
    let from = DateTime::<Utc>::UNIX_EPOCH;
    (0..count)
        .map(|n| {
            let centre = place(random);
            let corner = |lat: f64, lon: f64| {
                let (north, east) = (centre.latitude().degrees(), centre.longitude().degrees());
                Position::from_degrees(north + lat * 0.01, east + lon * 0.015).unwrap()
            };
            let shape = match n % 3 {
                0 => Shape::Circle {
                    centre,
                    radius: metres(200.0 + random.part() * 2_000.0),
                },
                1 => Shape::Polygon(
                    (0..12)
                        .map(|n| f64::from(n) * 0.52)
                        .map(|turn| corner(turn.sin(), turn.cos()))
                        .collect(),
                ),
                _ => Shape::Corridor {
                    line: vec![corner(-1.0, -1.0), centre, corner(1.0, 0.5)],
                    half_width: metres(150.0),
                },
            };
            Perimeter {
                code: format!("zone {n}"),
                shape,
                from,
                until: None,
                approach: None,
                dwell: None,
            }
        })
        .collect()
}

fn borders(table: &mut Table) {
    let mut random = Random(3);
    let zones = zones(5_000, &mut random);
    let mut watch = PerimeterWatch::new(zones.clone()).unwrap();
    let places: Vec<Position> = (0..4_096).map(|_| place(&mut random)).collect();
    let mut fixes = 0_i64;
    let mut units: Vec<(ResourceId, Position)> = (0..1_000)
        .map(|n| (ResourceId::v7(n, [0; 10]), place(&mut random)))
        .collect();
    let [ours, naive] = table.race([
        &mut |n| {
            fixes += 1;
            // A thousand units that drive 60 m between two fixes.
            let (id, at) = &mut units[n % 1_000];
            *at = Position::from_degrees(
                (at.latitude().degrees() + (random.part() - 0.5) * 0.001).clamp(49.5, 51.5),
                (at.longitude().degrees() + (random.part() - 0.5) * 0.0015).clamp(2.5, 6.4),
            )
            .unwrap();
            let fix = Fix {
                at: DateTime::UNIX_EPOCH + Duration::seconds(fixes),
                position: *at,
                uncertainty: metres(10.0),
            };
            black_box(watch.observe(*id, fix).unwrap());
        },
        &mut |n| {
            let at = places[n % 4_096];
            let inside = zones.iter().filter(|zone| {
                let distance = zone.shape.signed_distance_m(at);
                distance.is_some_and(|distance| distance < -10.0)
            });
            black_box(inside.count());
        },
    ]);
    table.ratio(
        "a fix among 5,000 zones, 1,000 units",
        ours,
        "every zone asked",
        naive,
        None,
    );

    let cameras: Vec<CameraPlace> = (0..20_000)
        .map(|n| CameraPlace {
            id: CameraId::v7(n, [0; 10]),
            position: place(&mut random),
            view: Some(ViewCone {
                bearing_deg: random.part() * 360.0,
                width_deg: 70.0,
                range: metres(300.0),
            }),
        })
        .collect();
    let index = CameraIndex::new(cameras.iter().copied());
    let [ours, naive] = table.race([
        &mut |n| {
            black_box(index.seeing(places[n % 4_096], metres(300.0)));
        },
        &mut |n| {
            let at = places[n % 4_096];
            let near = cameras
                .iter()
                .filter(|camera| geodesic(camera.position, at) <= metres(300.0));
            black_box(near.count());
        },
    ]);
    table.ratio(
        "cameras that see a place, 20,000",
        ours,
        "every camera measured",
        naive,
        None,
    );
}

/// A city of crossings about 100 m apart, with avenues and one-way streets.
fn city(side: usize, random: &mut Random) -> (Vec<Position>, Vec<RoadEdge>) {
    let mut nodes = Vec::new();
    let mut edges = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let mut off = |place: usize, step: f64| (place as f64 + random.part() * 0.5) * step;
            let (lat, lon) = (50.7 + off(row, 0.0009), 4.2 + off(column, 0.0014));
            nodes.push(Position::from_degrees(lat, lon).unwrap());
        }
    }
    for row in 0..side {
        for column in 0..side {
            let here = row * side + column;
            let right = (column + 1 < side).then_some(here + 1);
            let down = (row + 1 < side).then_some(here + side);
            for there in [right, down].into_iter().flatten() {
                let avenue = row % 10 == 3 || column % 10 == 7;
                let speed = if avenue { 20.0 } else { 8.0 } + random.part() * 2.0;
                let time = Seconds::new(geodesic(nodes[here], nodes[there]).get() / speed).unwrap();
                let edge = |from, to| RoadEdge {
                    from,
                    to,
                    seconds: time,
                };
                edges.push(edge(here, there));
                if avenue || random.below(5) > 0 {
                    edges.push(edge(there, here));
                }
            }
        }
    }
    (nodes, edges)
}

fn roads(table: &mut Table) {
    let mut random = Random(4);
    let (nodes, edges) = city(if table.quick { 20 } else { 150 }, &mut random);
    let snapping = Snapping {
        at_most: metres(500.0),
        speed: MetersPerSecond::new(5.0).unwrap(),
    };
    let (built, network) = once(|| RoadNetwork::new(&nodes, &edges, snapping).unwrap());
    let times: Vec<Option<Seconds>> = edges.iter().map(|edge| Some(edge.seconds)).collect();
    let (retimed, _) = once(|| network.retimed(&times).unwrap());
    let mut out = vec![Vec::new(); nodes.len()];
    let mut back = out.clone();
    for edge in &edges {
        let time = (edge.seconds.get() * 1000.0).round() as u64;
        out[edge.from].push((edge.to, time));
        back[edge.to].push((edge.from, time));
    }
    println!(
        "{} crossings, {} edges: built in {}, other times in {}",
        nodes.len(),
        edges.len(),
        table::duration(built),
        table::duration(retimed)
    );
    let pairs: Vec<(usize, usize)> = (0..4_096)
        .map(|_| {
            let mut draw = || (random.next() % nodes.len() as u64) as usize;
            (draw(), draw())
        })
        .filter(|&(from, to)| network.seconds(nodes[from], nodes[to]).is_ok())
        .collect();
    let [ours, naive] = table.race([
        &mut |n| {
            let (from, to) = pairs[n % pairs.len()];
            black_box(network.seconds(nodes[from], nodes[to]).unwrap());
        },
        &mut |n| {
            let (from, to) = pairs[n % pairs.len()];
            black_box(dijkstra(
                &from,
                |&node| out[node].iter().copied(),
                |&node| node == to,
            ));
        },
    ]);
    table.ratio(
        "driving time of a pair, 22,500 crossings",
        ours,
        "pathfinding, dijkstra",
        naive,
        None,
    );

    let starts: Vec<Position> = pairs
        .iter()
        .take(100)
        .map(|&(from, _)| nodes[from])
        .collect();
    let [ours, naive] = table.race([
        &mut |n| {
            let target = network.towards(nodes[pairs[n % pairs.len()].1]).unwrap();
            for &start in &starts {
                black_box(target.seconds_from(start).unwrap());
            }
        },
        &mut |n| {
            let to = pairs[n % pairs.len()].1;
            black_box(dijkstra_all(&to, |&node: &usize| {
                back[node].iter().copied()
            }));
        },
    ]);
    table.ratio(
        "driving times of 100 units to one place",
        ours,
        "pathfinding, dijkstra_all backwards",
        naive,
        None,
    );

    let fleet: Vec<Unit> = (0..2_000)
        .map(|n| Unit {
            id: ResourceId::v7(n, [0; 10]),
            position: nodes[(random.next() % nodes.len() as u64) as usize],
            capabilities: CapabilitySet::EMPTY,
            status: ResourceStatus::Available,
        })
        .collect();
    let index = UnitIndex::from_units(fleet.iter().copied()).unwrap();
    let [ours, naive] = table.race([
        &mut |n| {
            let to = nodes[pairs[n % pairs.len()].1];
            let target = network.towards(to).unwrap();
            let request = Request::new(to, CapabilitySet::EMPTY);
            black_box(index.nearest_by(&request, 5, &target));
        },
        &mut |n| {
            let to = nodes[pairs[n % pairs.len()].1];
            let target = network.towards(to).unwrap();
            let mut costs: Vec<(f64, ResourceId)> = fleet
                .iter()
                .filter_map(|unit| Some((target.cost(unit, to, 0.0)?, unit.id)))
                .collect();
            costs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            black_box(&costs[..5]);
        },
    ]);
    table.ratio(
        "the 5 soonest of 2,000 units by road",
        ours,
        "every unit asked",
        naive,
        None,
    );
}

fn criterion(c: &mut Criterion) {
    let mut random = Random(5);
    let fleet = units(300, &mut random);
    let points = demand(20_000, &mut random);
    let mut group = c.benchmark_group("coverage");
    group
        .measurement_time(std::time::Duration::from_secs(1))
        .warm_up_time(std::time::Duration::from_millis(300))
        .sample_size(10);
    group.bench_function("uncovered", |b| {
        b.iter(|| coverage(black_box(&fleet), &points, &MODEL, LIMIT_S));
    });
    let sites: Vec<Position> = (0..100).map(|_| place(&mut random)).collect();
    let idle: BTreeSet<ResourceId> = fleet.iter().take(50).map(|unit| unit.id).collect();
    group.bench_function("relocate", |b| {
        b.iter(|| {
            relocate(
                black_box(&fleet),
                &idle,
                &sites,
                &points,
                &MODEL,
                LIMIT_S,
                3,
            )
        });
    });
    group.finish();
}

criterion_group!(benches, criterion);

fn main() {
    let mut table = Table::new(std::env::args().any(|argument| argument == "--test"));
    benches();
    Criterion::default().configure_from_args().final_summary();
    planning(&mut table);
    borders(&mut table);
    roads(&mut table);
    table.print();
}
