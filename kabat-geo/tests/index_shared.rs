//! Queries do not allocate, and readers go on while a tree is built.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use kabat_core::{CapabilitySet, Position, ResourceStatus};
use kabat_geo::{Request, Scratch, Unit, UnitIndex};

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
