//! The unit index against a scan with Karney's geodesic over every unit.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use geographiclib_rs::{Geodesic, InverseGeodesic};
use kabat_core::{CapabilitySet, Meters, Position, ResourceId, ResourceStatus};
use kabat_geo::{IndexError, Reach, Request, Scratch, Unit, UnitIndex};

mod random;
use random::Random;

fn position(random: &mut Random, world: bool) -> Position {
    let (lat, lon) = if world {
        (random.part() * 180.0 - 90.0, random.part() * 360.0 - 180.0)
    } else {
        match random.below(4) {
            // A quarter in one town, a quarter on a grid so that ties happen.
            0 => (50.80 + random.part() * 0.1, 4.3 + random.part() * 0.1),
            1 => (
                50.0 + (random.part() * 20.0).floor() * 0.05,
                4.0 + (random.part() * 20.0).floor() * 0.05,
            ),
            _ => (49.5 + random.part() * 2.0, 2.5 + random.part() * 3.9),
        }
    };
    Position::from_degrees(lat, lon).unwrap()
}

fn status(random: &mut Random) -> ResourceStatus {
    if random.below(10) < 6 {
        ResourceStatus::Available
    } else {
        ResourceStatus::UnderWay
    }
}

fn unit(random: &mut Random, id: ResourceId, world: bool) -> Unit {
    let mut capabilities = CapabilitySet::EMPTY;
    for (bit, percent) in [(0, 80), (1, 30), (2, 5), (61, 20), (62, 50), (127, 1)] {
        if random.below(100) < percent {
            capabilities.insert(bit);
        }
    }
    Unit {
        id,
        position: position(random, world),
        capabilities,
        status: status(random),
    }
}

fn oracle(
    units: &BTreeMap<ResourceId, Unit>,
    request: &Request,
    k: usize,
) -> Vec<(f64, ResourceId)> {
    let earth = Geodesic::wgs84();
    let mut all: Vec<(f64, ResourceId)> = units
        .values()
        .filter(|unit| unit.capabilities.contains_all(request.needs))
        .filter(|unit| request.reach == Reach::All || unit.status == ResourceStatus::Available)
        .filter(|unit| !request.excluded.contains(&unit.id))
        .map(|unit| {
            let (a, b) = (request.at, unit.position);
            let metres: f64 = earth.inverse(
                a.latitude().degrees(),
                a.longitude().degrees(),
                b.latitude().degrees(),
                b.longitude().degrees(),
            );
            (metres, unit.id)
        })
        .filter(|(metres, _)| request.within.is_none_or(|limit| *metres <= limit.get()))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all.truncate(k);
    all
}

/// Changes the index and a plain map alike; a request is drawn afterwards.
fn change(
    random: &mut Random,
    index: &mut UnitIndex,
    units: &mut BTreeMap<ResourceId, Unit>,
    start: u64,
    world: bool,
) {
    let id = Random::id(random.below(start + 20));
    match random.below(8) {
        0..=2 => {
            let far = position(random, world);
            let to = match units.get(&id) {
                Some(unit) if random.below(4) > 0 => {
                    let (lat, lon) = (
                        unit.position.latitude().degrees(),
                        unit.position.longitude().degrees(),
                    );
                    Position::from_degrees(
                        (lat + (random.part() - 0.5) * 0.01).clamp(-90.0, 90.0),
                        (lon + (random.part() - 0.5) * 0.01).clamp(-180.0, 180.0),
                    )
                    .unwrap()
                }
                _ => far,
            };
            let moved = match index.handle(id) {
                Some(handle) if random.below(2) == 0 => index.move_handle(handle, to),
                _ => index.move_to(id, to),
            };
            match units.get_mut(&id) {
                Some(unit) => {
                    moved.unwrap();
                    unit.position = to;
                }
                None => assert_eq!(moved, Err(IndexError::UnknownUnit { id })),
            }
        }
        3 | 4 => {
            let status = status(random);
            if let Some(unit) = units.get_mut(&id) {
                match index.handle(id) {
                    Some(handle) if random.below(2) == 0 => {
                        index.set_handle_status(handle, status).unwrap();
                    }
                    _ => index.set_status(id, status).unwrap(),
                }
                unit.status = status;
            }
        }
        5 => assert_eq!(index.remove(id).ok(), units.remove(&id)),
        _ => {
            let unit = unit(random, id, world);
            index.upsert(unit).unwrap();
            units.insert(id, unit);
        }
    }
}

fn life(seed: u64, start: u64, rounds: usize, world: bool) -> usize {
    let mut random = Random(seed);
    let mut units = BTreeMap::new();
    for id in (0..start).map(Random::id) {
        units.insert(id, unit(&mut random, id, world));
    }
    let mut index = UnitIndex::from_units(units.values().copied()).unwrap();
    let mut pending = None;
    let mut scratch = Scratch::with_capacity(16);
    for round in 0..rounds {
        change(&mut random, &mut index, &mut units, start, world);
        match random.below(60) {
            0 => index.rebuild(),
            1 | 2 => pending = Some(index.begin_rebuild().build()),
            3..=6 => {
                // A rebuild begun or finished meanwhile makes the pending tree a foreign one, which is refused.
                if let Some(built) = pending.take() {
                    let _ = index.finish_rebuild(built);
                }
            }
            _ => {}
        }
        let mut needs = CapabilitySet::EMPTY;
        for bit in [0, 1, 2, 61, 62, 127] {
            if random.below(4) == 0 {
                needs.insert(bit);
            }
        }
        let mut request = Request::new(position(&mut random, world), needs);
        if random.below(3) == 0 {
            request = request.within(Meters::new(random.part() * 50_000.0).unwrap());
        }
        if random.below(3) == 0 {
            request = request.excluding((0..start / 10).map(Random::id));
        }
        if random.below(4) == 0 {
            request = request.reaching(Reach::All);
        }
        let most = if random.below(8) == 0 { 120 } else { 12 };
        let k = usize::try_from(random.below(most)).unwrap();
        let expected = oracle(&units, &request, k);
        let near = index.nearest(&request, k);
        let got: Vec<_> = near
            .iter()
            .map(|near| (near.distance.get(), near.unit.id))
            .collect();
        assert_eq!(got, expected, "seed {seed}, round {round}");
        let fast = index.nearest_into(&request, k, &mut scratch);
        assert_eq!(fast.len(), expected.len());
        for (hit, (metres, unit)) in fast.iter().zip(&expected) {
            // Only units at an equal distance may change places between chord and geodesic.
            assert!(
                world || hit.id == *unit || (hit.chord_m - metres).abs() <= 1e-4 * metres + 1e-6
            );
        }
    }
    assert_eq!(index.len(), units.len());
    rounds
}

#[test]
fn every_answer_is_that_of_a_scan_with_karney_distances() {
    let half = |half: u64| {
        let sizes = [0, 1, 17, 60, 150, 400];
        (0..26).map(move |n| {
            life(
                half * 1000 + n,
                sizes[usize::try_from(n % 6).unwrap()],
                2000,
                false,
            )
        })
    };
    let other = std::thread::spawn(move || half(1).sum::<usize>());
    let cases = half(0).sum::<usize>() + other.join().unwrap();
    assert!(cases >= 100_000);
}

#[test]
fn pruning_holds_all_over_the_earth() {
    for seed in 0..4 {
        life(90 + seed, 300, 500, true);
    }
}

#[test]
fn an_hour_of_motion_without_a_rebuild_leaves_answers_exact_and_health_says_so() {
    let mut random = Random(60);
    let mut units: BTreeMap<ResourceId, Unit> = (0..1500)
        .map(Random::id)
        .map(|id| (id, unit(&mut random, id, false)))
        .collect();
    let mut index = UnitIndex::from_units(units.values().copied()).unwrap();
    let mut scratch = Scratch::with_capacity(16);
    assert!(!index.health().wants_rebuild());
    // 720 times 5 seconds at up to 70 km/h, straight on for ten minutes, with units that log off and on, and some that turn up elsewhere.
    for step in 0..720_u64 {
        for unit in units.values_mut() {
            let (lat, lon) = (
                unit.position.latitude().degrees(),
                unit.position.longitude().degrees(),
            );
            let mut course = Random(unit.id.as_uuid().as_u64_pair().1 + step / 120);
            let (north, east) = (course.part() - 0.5, course.part() - 0.5);
            unit.position = if random.below(20_000) == 0 {
                position(&mut random, false)
            } else {
                Position::from_degrees(lat + north * 0.0018, lon + east * 0.0028).unwrap()
            };
            index.move_to(unit.id, unit.position).unwrap();
        }
        let id = Random::id(random.below(1500));
        if let Some(known) = units.remove(&id) {
            assert_eq!(index.remove(id), Ok(known));
        } else {
            let unit = unit(&mut random, id, false);
            index.upsert(unit).unwrap();
            units.insert(id, unit);
        }
        if step % 24 == 0 {
            for _ in 0..20 {
                let mut needs = CapabilitySet::EMPTY;
                for bit in [0, 1, 2, 127] {
                    if random.below(3) == 0 {
                        needs.insert(bit);
                    }
                }
                let request = Request::new(position(&mut random, false), needs);
                let expected = oracle(&units, &request, 5);
                let got: Vec<_> = index
                    .nearest(&request, 5)
                    .iter()
                    .map(|near| (near.distance.get(), near.unit.id))
                    .collect();
                assert_eq!(got, expected, "step {step}");
                assert_eq!(
                    index.nearest_into(&request, 5, &mut scratch).len(),
                    expected.len()
                );
            }
        }
    }
    let tired = index.health();
    assert!(tired.wants_rebuild(), "{tired:?}");
    index.rebuild();
    let fresh = index.health();
    assert!(!fresh.wants_rebuild() && fresh.units == units.len());
    assert!((fresh.growth - 1.0).abs() < 1e-9 && fresh.overflow_blocks == 0);
}

#[test]
fn a_stale_fix_is_refused_and_changes_nothing() {
    let (here, there) = (
        Position::from_degrees(50.0, 4.0).unwrap(),
        Position::from_degrees(51.0, 4.0).unwrap(),
    );
    let id = Random::id(1);
    let unit = Unit {
        id,
        position: here,
        capabilities: CapabilitySet::EMPTY,
        status: ResourceStatus::Available,
    };
    let mut index = UnitIndex::from_units([unit]).unwrap();
    index.move_in_order(id, there, 7).unwrap();
    let stale = IndexError::StaleFix {
        id,
        given: 7,
        last: 7,
    };
    assert_eq!(index.move_in_order(id, here, 7), Err(stale));
    assert_eq!(index.get(id).unwrap().position, there);
    let twice = UnitIndex::from_units([unit, unit]).unwrap_err();
    assert_eq!(twice, IndexError::DuplicateUnit { id });
}
