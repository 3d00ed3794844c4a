//! Queries do not allocate, and readers go on while a tree is built.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use kabat_core::{CapabilitySet, Position, ResourceStatus};
use kabat_geo::{Request, Scratch, Unit, UnitChange, UnitIndex, UnitWriter};

mod random;
use random::Random;

fn place(random: &mut Random) -> Position {
    Position::from_degrees(49.6 + random.part() * 1.8, 2.6 + random.part() * 3.6).unwrap()
}

fn index(count: u64) -> UnitIndex {
    let mut random = Random(1);
    UnitIndex::from_units((0..count).map(|n| Unit {
        id: Random::id(n),
        position: place(&mut random),
        capabilities: CapabilitySet::from_bits(u128::from(random.below(256))),
        status: ResourceStatus::Available,
    }))
    .unwrap()
}

#[test]
fn ten_thousand_queries_and_moves_allocate_nothing() {
    let mut index = index(20_000);
    let mut random = Random(2);
    let requests: Vec<Request> = (0..1000)
        .map(|n| Request::new(place(&mut random), CapabilitySet::from_bits(n % 256)))
        .collect();
    let mut scratch = Scratch::with_capacity(10);
    let mut found = 0;
    let allocations = allocation_counter::measure(|| {
        for round in 0..10 {
            for request in &requests {
                found += index.nearest_into(request, round, &mut scratch).len();
            }
            let status = if round % 2 == 0 {
                ResourceStatus::OnScene
            } else {
                ResourceStatus::Available
            };
            for id in (0..1000).map(Random::id) {
                let at = index.get(id).unwrap().position;
                let to = Position::from_degrees(
                    at.latitude().degrees() + 0.0005,
                    at.longitude().degrees(),
                );
                index.move_to(id, to.unwrap()).unwrap();
                index.set_status(id, status).unwrap();
            }
        }
    });
    assert_eq!(allocations.count_total, 0);
    assert!(found > 10_000);
}

#[test]
fn readers_go_on_while_another_thread_builds() {
    let shared = RwLock::new(index(20_000));
    let (done, read) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut random = Random(5);
            let mut scratch = Scratch::with_capacity(5);
            while !done.load(Ordering::Relaxed) {
                let request = Request::new(place(&mut random), CapabilitySet::from_bits(1));
                let index = shared.read().unwrap();
                assert_eq!(index.nearest_into(&request, 5, &mut scratch).len(), 5);
                drop(index);
                read.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut random = Random(6);
        for _ in 0..20 {
            let job = shared.write().unwrap().begin_rebuild();
            let before = read.load(Ordering::Relaxed);
            let built = job.build();
            // Nobody holds the lock here, so readers got through while the tree was built.
            while read.load(Ordering::Relaxed) == before {
                std::thread::yield_now();
            }
            for _ in 0..100 {
                let id = Random::id(random.below(20_000));
                shared
                    .write()
                    .unwrap()
                    .move_to(id, place(&mut random))
                    .unwrap();
            }
            shared.write().unwrap().finish_rebuild(built).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(shared.read().unwrap().len(), 20_000);
}

#[test]
fn both_copies_of_a_writer_hold_what_was_published_and_no_more() {
    let mut random = Random(9);
    let mut plain = index(500);
    let mut writer = UnitWriter::new(plain.clone());
    let reader = writer.reader();
    let mut held = Vec::new();
    for round in 0..200 {
        let id = Random::id(random.below(550));
        let change = match random.below(8) {
            0 => UnitChange::Remove { id },
            1 => UnitChange::Upsert(Unit {
                id,
                position: place(&mut random),
                capabilities: CapabilitySet::from_bits(u128::from(random.below(256))),
                status: ResourceStatus::Available,
            }),
            2..=4 => UnitChange::SetStatus {
                id,
                status: ResourceStatus::OnScene,
            },
            _ => UnitChange::Move {
                id,
                position: place(&mut random),
                sequence: (random.below(2) == 0).then_some(round),
            },
        };
        assert_eq!(writer.apply(change), plain.apply(change));
        if let Some(handle) = plain.handle(Random::id(3)) {
            let to = place(&mut random);
            writer.move_handle(handle, to).unwrap();
            plain.move_handle(handle, to).unwrap();
        }
        if random.below(20) == 0 {
            writer.rebuild();
        }
        if random.below(3) == 0 {
            let unseen = reader.snapshot();
            let before = format!("{unseen:?}");
            writer.publish();
            assert_eq!(format!("{unseen:?}"), before);
            // Some readers hold on to what they have for long.
            if random.below(2) == 0 {
                held.push((unseen, before));
            }
            let seen = reader.snapshot();
            assert_eq!(seen.len(), plain.len());
            for id in (0..550).map(Random::id) {
                assert_eq!(seen.get(id), plain.get(id));
            }
            for _ in 0..5 {
                let needs = CapabilitySet::from_bits(u128::from(random.below(16)));
                let request = Request::new(place(&mut random), needs);
                assert_eq!(seen.nearest(&request, 7), plain.nearest(&request, 7));
            }
        }
    }
    assert!(held.len() > 5);
    for (snapshot, before) in held {
        assert_eq!(format!("{snapshot:?}"), before);
    }
}

#[test]
fn readers_of_a_writer_never_see_half_of_what_was_published() {
    let mut writer = UnitWriter::new(index(5000));
    let there = Position::from_degrees(45.0, 10.0).unwrap();
    for id in [0, 1].map(Random::id) {
        let position = there;
        let sequence = None;
        let change = UnitChange::Move {
            id,
            position,
            sequence,
        };
        writer.apply(change).unwrap();
    }
    writer.publish();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let reader = writer.reader();
            let done = &done;
            scope.spawn(move || {
                let mut scratch = Scratch::with_capacity(4);
                let request = Request::new(
                    Position::from_degrees(45.0, 10.0).unwrap(),
                    CapabilitySet::EMPTY,
                );
                while !done.load(Ordering::Relaxed) {
                    let seen = reader.snapshot();
                    // Two units stand there at all times; which ones changes with every publication.
                    let hits = seen.nearest_into(&request, 3, &mut scratch);
                    let near = hits.iter().filter(|hit| hit.chord_m < 1000.0).count();
                    assert_eq!(near, 2);
                }
            });
        }
        let mut random = Random(11);
        for round in 0..300_u64 {
            // The pair of the last round goes, the next one comes; what lies between is not published.
            for (n, position) in [
                (2 * round, place(&mut random)),
                (2 * round + 1, place(&mut random)),
                (2 * round + 2, there),
                (2 * round + 3, there),
            ] {
                let id = Random::id(n);
                let change = UnitChange::Move {
                    id,
                    position,
                    sequence: None,
                };
                writer.apply(change).unwrap();
            }
            if round % 40 == 0 {
                writer.rebuild();
            }
            writer.publish();
        }
        done.store(true, Ordering::Relaxed);
    });
}
