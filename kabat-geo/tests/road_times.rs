//! Driving times on a generated city against plain Dijkstra.
#![cfg(feature = "road")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{
    CapabilitySet, Meters, MetersPerSecond, Position, ResourceId, ResourceStatus, Seconds,
};
use kabat_geo::{
    CostModel, OwnUnitsFirst, Request, RoadEdge, RoadError, RoadNetwork, Snapping, Unit, UnitIndex,
    geodesic,
};
use pathfinding::prelude::{dijkstra_all, strongly_connected_components};
use proptest::prelude::*;

mod random;
use random::Random;

const SIDE: usize = 50;

/// A city of 50 x 50 crossings about 150 m apart, cut by a river with three bridges, with one-way streets, a few fast
/// avenues, dead ends that lead nowhere, and an island without a bridge.
struct City {
    nodes: Vec<Position>,
    edges: Vec<RoadEdge>,
    bridges: Vec<usize>,
}

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).unwrap()
}

fn metres(value: f64) -> Meters {
    Meters::new(value).unwrap()
}

fn snapping() -> Snapping {
    Snapping {
        at_most: metres(400.0),
        speed: MetersPerSecond::new(4.0).unwrap(),
    }
}

impl City {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut city = Self {
            nodes: Vec::new(),
            edges: Vec::new(),
            bridges: Vec::new(),
        };
        for row in 0..SIDE {
            for column in 0..SIDE {
                let mut off = |place: usize, step: f64| {
                    (f64::from(u32::try_from(place).unwrap()) + random.part() * 0.6) * step
                };
                let (lat, lon) = (50.80 + off(row, 0.00135), 4.30 + off(column, 0.0021));
                city.nodes.push(Position::from_degrees(lat, lon).unwrap());
            }
        }
        let river = SIDE / 2;
        for row in 0..SIDE {
            for column in 0..SIDE {
                let here = row * SIDE + column;
                let avenue = row % 10 == 3 || column % 10 == 7;
                if column + 1 < SIDE {
                    city.street(&mut random, here, here + 1, avenue);
                }
                if row + 1 < SIDE && row + 1 != river {
                    city.street(&mut random, here, here + SIDE, avenue);
                } else if row + 1 == river && [4, 27, 44].contains(&column) {
                    city.bridges
                        .extend([city.edges.len(), city.edges.len() + 1]);
                    city.street(&mut random, here, here + SIDE, true);
                }
            }
        }
        for _ in 0..30 {
            let from = usize::try_from(random.below(2500)).unwrap();
            let (lat, lon) = (
                city.nodes[from].latitude().degrees(),
                city.nodes[from].longitude().degrees(),
            );
            city.nodes
                .push(Position::from_degrees(lat + 0.0004, lon + 0.0003).unwrap());
            let to = city.nodes.len() - 1;
            city.edges.push(RoadEdge {
                from,
                to,
                seconds: seconds(11.5),
            });
        }
        let first = city.nodes.len();
        for n in 0..5_u8 {
            city.nodes
                .push(Position::from_degrees(50.83 + f64::from(n) * 0.001, 4.29).unwrap());
        }
        for n in first..first + 4 {
            city.street(&mut random, n, n + 1, true);
        }
        city
    }

    fn street(&mut self, random: &mut Random, a: usize, b: usize, avenue: bool) {
        let length = geodesic(self.nodes[a], self.nodes[b]).get() * (1.0 + random.part() * 0.3);
        let kmh = if avenue { 70.0 } else { 25.0 } + random.part() * 10.0;
        let time = length / kmh * 3.6;
        let edge = |from, to| RoadEdge {
            from,
            to,
            seconds: seconds(time),
        };
        let one_way = !avenue && random.below(4) == 0;
        if !one_way || random.below(2) == 0 {
            self.edges.push(edge(a, b));
        }
        if !one_way || random.below(2) == 0 {
            self.edges.push(edge(b, a));
        }
    }

    fn network(&self) -> RoadNetwork {
        RoadNetwork::new(&self.nodes, &self.edges, snapping()).unwrap()
    }

    fn times(&self) -> Vec<Option<Seconds>> {
        self.edges.iter().map(|edge| Some(edge.seconds)).collect()
    }
}

/// The plain second implementation.
struct Plain {
    nodes: Vec<Position>,
    out: Vec<Vec<(usize, u64)>>,
    back: Vec<Vec<(usize, u64)>>,
    /// The nodes that positions are put on.
    inside: BTreeSet<usize>,
}

impl Plain {
    fn new(city: &City, times: &[Option<Seconds>]) -> Self {
        let mut out = vec![Vec::new(); city.nodes.len()];
        let mut back = out.clone();
        for (edge, time) in city.edges.iter().zip(times) {
            let Some(time) = time else { continue };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a day at most"
            )]
            let milliseconds = ((time.get() * 1000.0).round() as u64).max(1);
            out[edge.from].push((edge.to, milliseconds));
            back[edge.to].push((edge.from, milliseconds));
        }
        let all: Vec<usize> = (0..city.nodes.len()).collect();
        let parts = strongly_connected_components(&all, |&node: &usize| {
            out[node].iter().map(|&(to, _)| to).collect::<Vec<_>>()
        });
        let greatest = parts.into_iter().max_by_key(Vec::len).unwrap_or_default();
        Self {
            nodes: city.nodes.clone(),
            out,
            back,
            inside: greatest.into_iter().collect(),
        }
    }

    fn all_from(arcs: &[Vec<(usize, u64)>], start: usize) -> BTreeMap<usize, u64> {
        let mut costs: BTreeMap<usize, u64> =
            dijkstra_all(&start, |&node: &usize| arcs[node].iter().copied())
                .into_iter()
                .map(|(node, (_, cost))| (node, cost))
                .collect();
        costs.insert(start, 0);
        costs
    }

    fn snap(&self, at: Position) -> (usize, f64) {
        let distance = |&node: &usize| geodesic(at, self.nodes[node]).get();
        let node = *self
            .inside
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .unwrap();
        (node, distance(&node))
    }
}

fn draw(random: &mut Random) -> Position {
    Position::from_degrees(50.80 + random.part() * 0.0675, 4.30 + random.part() * 0.105).unwrap()
}

#[test]
fn times_between_nodes_are_those_of_dijkstra() {
    let mut pairs = 0;
    for seed in 0..3 {
        let city = City::new(seed);
        let network = city.network();
        let plain = Plain::new(&city, &city.times());
        assert_eq!(network.cut_off(), city.nodes.len() - plain.inside.len());
        assert!(network.cut_off() >= 35);
        let mut random = Random(seed + 100);
        let inside: Vec<usize> = plain.inside.iter().copied().collect();
        for _ in 0..6 {
            let start = inside[usize::try_from(random.next() % inside.len() as u64).unwrap()];
            let there = Plain::all_from(&plain.out, start);
            let here = Plain::all_from(&plain.back, start);
            let target = network.towards(city.nodes[start]).unwrap();
            for &node in &inside {
                #[expect(clippy::cast_precision_loss, reason = "days in milliseconds")]
                let expected = |milliseconds: u64| milliseconds as f64 / 1000.0;
                let forth = network
                    .seconds(city.nodes[start], city.nodes[node])
                    .unwrap();
                assert!((forth.get() - expected(there[&node])).abs() < 1e-9);
                let back = target.seconds_from(city.nodes[node]).unwrap();
                assert!((back.get() - expected(here[&node])).abs() < 1e-9);
                pairs += 2;
            }
        }
    }
    assert!(pairs > 80_000, "{pairs}");
}

#[test]
fn a_position_is_put_on_the_nearest_node_with_a_way_back() {
    let city = City::new(7);
    let network = city.network();
    let plain = Plain::new(&city, &city.times());
    let mut random = Random(7);
    for _ in 0..200 {
        let at = draw(&mut random);
        let (node, distance) = plain.snap(at);
        match network.snap(at) {
            Ok(snap) => {
                assert_eq!(snap.node, node);
                assert!((snap.distance.get() - distance).abs() < 1e-6);
                assert!(distance <= 400.0);
            }
            Err(error) => {
                assert!(distance > 400.0);
                let limit = metres(400.0);
                assert_eq!(
                    error,
                    RoadError::OffRoad {
                        distance: metres(distance),
                        limit
                    }
                );
            }
        }
    }
    let far = Position::from_degrees(51.2, 3.2).unwrap();
    assert!(matches!(
        network.seconds(city.nodes[0], far),
        Err(RoadError::OffRoad { distance, .. }) if distance > metres(50_000.0)
    ));
}

#[test]
fn the_k_best_by_road_are_those_of_brute_force_while_units_move() {
    let city = City::new(11);
    let mut network = city.network();
    let mut times = city.times();
    let mut random = Random(12);
    let place = |random: &mut Random| match random.below(3) {
        0 => city.nodes[usize::try_from(random.below(2500)).unwrap()],
        // A few stand outside the city, off the road.
        _ if random.below(20) == 0 => Position::from_degrees(50.9, 4.5).unwrap(),
        _ => draw(random),
    };
    let mut units: Vec<Unit> = (0..400)
        .map(|n| Unit {
            id: Random::id(n),
            position: place(&mut random),
            capabilities: CapabilitySet::from_bits(u128::from(random.below(8))),
            status: if random.below(3) == 0 {
                ResourceStatus::OnScene
            } else {
                ResourceStatus::Available
            },
        })
        .collect();
    let mut index = UnitIndex::from_units(units.iter().copied()).unwrap();
    let mut plain = Plain::new(&city, &times);
    let mut snaps: Vec<(usize, f64)> = units.iter().map(|unit| plain.snap(unit.position)).collect();
    let mut checked = 0;
    for round in 0..60 {
        for _ in 0..40 {
            let n = usize::try_from(random.below(400)).unwrap();
            units[n].position = place(&mut random);
            snaps[n] = plain.snap(units[n].position);
            index.move_to(units[n].id, units[n].position).unwrap();
        }
        if round == 30 {
            // The middle bridge is closed, and one avenue is jammed.
            for &bridge in &city.bridges[2..4] {
                times[bridge] = None;
            }
            for time in times.iter_mut().step_by(17).flatten() {
                *time = seconds(time.get() * 4.0);
            }
            network = network.retimed(&times).unwrap();
            plain = Plain::new(&city, &times);
            for (snap, unit) in snaps.iter_mut().zip(&units) {
                *snap = plain.snap(unit.position);
            }
        }
        let at = draw(&mut random);
        let needs = CapabilitySet::from_bits(u128::from(random.below(8)));
        let request = Request::new(at, needs);
        let (end, end_distance) = plain.snap(at);
        let back = Plain::all_from(&plain.back, end);
        let own: BTreeSet<ResourceId> = units.iter().step_by(3).map(|unit| unit.id).collect();
        for (k, handicap) in [(1, 0.0), (5, 0.0), (5, 90.0), (500, 0.0)] {
            let mut expected: Vec<(f64, ResourceId)> = units
                .iter()
                .zip(&snaps)
                .filter(|(unit, _)| unit.status.is_assignable())
                .filter(|(unit, _)| unit.capabilities.contains_all(needs))
                .filter_map(|(unit, &(start, distance))| {
                    if distance > 400.0 || end_distance > 400.0 {
                        return None;
                    }
                    #[expect(clippy::cast_precision_loss, reason = "days in milliseconds")]
                    let driven = back[&start] as f64 / 1000.0;
                    let foreign = if own.contains(&unit.id) {
                        0.0
                    } else {
                        handicap
                    };
                    Some((driven + (distance + end_distance) / 4.0 + foreign, unit.id))
                })
                .collect();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            expected.truncate(k);
            let policy = OwnUnitsFirst {
                model: network.clone(),
                own: own.clone(),
                handicap,
            };
            let mut models: Vec<&dyn CostModel> = vec![&policy];
            let target = network.towards(at);
            if let (Ok(target), true) = (&target, handicap == 0.0) {
                models.extend([target as &dyn CostModel, &network]);
            }
            for model in models {
                let found = index.nearest_by(&request, k, model);
                assert_eq!(found.len(), expected.len());
                for (found, (cost, id)) in found.iter().zip(&expected) {
                    assert!((found.cost - cost).abs() < 1e-6, "round {round}");
                    assert_eq!(found.unit.id, *id, "round {round}");
                }
                checked += found.len();
            }
        }
    }
    assert!(checked > 5_000, "{checked}");
}

#[test]
fn threads_share_a_network_and_a_target() {
    let city = City::new(5);
    let network = city.network();
    let target = network.towards(city.nodes[0]).unwrap();
    let ask = || -> Vec<_> {
        let starts = city.nodes.iter().step_by(7);
        starts.map(|&start| target.seconds_from(start)).collect()
    };
    let alone = ask();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
    let again = city.network();
    for &start in city.nodes.iter().step_by(40) {
        assert_eq!(
            again.seconds(start, city.nodes[0]),
            network.seconds(start, city.nodes[0])
        );
    }
}

#[test]
fn a_closed_bridge_is_driven_around() {
    let city = City::new(3);
    let network = city.network();
    let mut times = city.times();
    for &bridge in &city.bridges[..2] {
        times[bridge] = None;
    }
    let closed = network.retimed(&times).unwrap();
    let plain = Plain::new(&city, &times);
    let (south, north) = (24 * SIDE + 4, 25 * SIDE + 4);
    let expected = Plain::all_from(&plain.out, south)[&north];
    let (from, to) = (city.nodes[south], city.nodes[north]);
    let time = closed.seconds(from, to).unwrap().get();
    #[expect(clippy::cast_precision_loss, reason = "days in milliseconds")]
    let off = time - expected as f64 / 1000.0;
    assert!(off.abs() < 1e-9);
    assert!(time > network.seconds(from, to).unwrap().get() * 5.0);
}

#[test]
fn bad_networks_are_refused() {
    let node = |lat| Position::from_degrees(lat, 4.0).unwrap();
    let nodes = [node(50.0), node(50.001)];
    let edge = |from, to, time| RoadEdge {
        from,
        to,
        seconds: seconds(time),
    };
    let both = [edge(0, 1, 5.0), edge(1, 0, 5.0)];
    let new = |edges: &[RoadEdge]| RoadNetwork::new(&nodes, edges, snapping()).map(|_| ());
    assert_eq!(new(&both), Ok(()));
    assert_eq!(new(&[]), Err(RoadError::NoWayBack));
    assert_eq!(new(&both[..1]), Err(RoadError::NoWayBack));
    let unknown = RoadError::UnknownNode {
        edge: 1,
        node: 2,
        nodes: 2,
    };
    assert_eq!(new(&[both[0], edge(1, 2, 5.0)]), Err(unknown));
    for bad in [0.0, 86_401.0] {
        let time = RoadError::Time {
            edge: 0,
            seconds: seconds(bad),
        };
        assert_eq!(new(&[edge(0, 1, bad), both[1]]), Err(time));
    }
    let still = Snapping {
        speed: MetersPerSecond::ZERO,
        ..snapping()
    };
    assert_eq!(
        RoadNetwork::new(&nodes, &both, still).map(|_| ()),
        Err(RoadError::NoSpeed)
    );
    assert_eq!(
        RoadNetwork::new(&[], &[], snapping()).map(|_| ()),
        Err(RoadError::NoWayBack)
    );
    let network = RoadNetwork::new(&nodes, &both, snapping()).unwrap();
    let wrong = network.retimed(&[None]).map(|_| ());
    assert_eq!(wrong, Err(RoadError::Count { given: 1, edges: 2 }));
    let shut = network.retimed(&[None, None]).map(|_| ());
    assert_eq!(shut, Err(RoadError::NoWayBack));
    assert_eq!(network.seconds(nodes[0], nodes[1]), Ok(seconds(5.0)));
    // Loops and parallel roads do no harm, and the fastest of these counts.
    let many = [both[0], both[1], edge(0, 0, 1.0), edge(0, 1, 3.0)];
    let network = RoadNetwork::new(&nodes, &many, snapping()).unwrap();
    assert_eq!(network.seconds(nodes[0], nodes[1]), Ok(seconds(3.0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Any small network at all: loops, parallel and one-way edges, nodes without a road, nodes on one spot.
    #[test]
    fn any_small_network_is_refused_or_right(
        spots in prop::collection::vec((0..6_u8, 0..6_u8), 0..14),
        edges in prop::collection::vec((0..14_usize, 0..14_usize, 1..90_u16), 0..40),
    ) {
        let nodes: Vec<Position> = spots
            .iter()
            .map(|&(row, column)| {
                Position::from_degrees(50.8 + f64::from(row) * 0.002, 4.3 + f64::from(column) * 0.003)
            })
            .collect::<Result<_, _>>()
            .unwrap();
        let edges: Vec<RoadEdge> = edges
            .into_iter()
            .map(|(from, to, time)| RoadEdge { from, to, seconds: seconds(f64::from(time)) })
            .collect();
        let city = City { nodes, edges, bridges: Vec::new() };
        let network = RoadNetwork::new(&city.nodes, &city.edges, snapping());
        let known = city.edges.iter().all(|edge| edge.from.max(edge.to) < city.nodes.len());
        if !known {
            let refused = matches!(network, Err(RoadError::UnknownNode { .. }));
            prop_assert!(refused);
            return Ok(());
        }
        let plain = Plain::new(&city, &city.times());
        let Ok(network) = network else {
            prop_assert!(plain.inside.len() < 2);
            return Ok(());
        };
        prop_assert_eq!(network.cut_off(), city.nodes.len() - plain.inside.len());
        let bound = |a: usize, b: usize| {
            network.lower_bound(geodesic(city.nodes[a], city.nodes[b]).get())
        };
        // With nodes on one spot, and parts of one size, which node stands for a place is a choice: it is asked.
        for node in 0..city.nodes.len() {
            let start = network.snap(city.nodes[node]);
            let Ok(start) = start else { continue };
            let costs = Plain::all_from(&plain.out, start.node);
            for other in 0..city.nodes.len() {
                let Ok(end) = network.snap(city.nodes[other]) else { continue };
                let got = network.seconds(city.nodes[node], city.nodes[other]).unwrap().get();
                #[expect(clippy::cast_precision_loss, reason = "days in milliseconds")]
                let driven = costs[&end.node] as f64 / 1000.0;
                let off_road = (start.distance.get() + end.distance.get()) / 4.0;
                prop_assert!((got - driven - off_road).abs() < 1e-9);
                prop_assert!(got >= bound(node, other));
            }
        }
    }
}
