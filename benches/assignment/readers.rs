//! How long a reader waits while a writer works.

use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kabat_core::Position;
use kabat_geo::{Request, Scratch, UnitHandle, UnitIndex, UnitWriter};

/// Nanoseconds of a query: median, 99th and 99.9th percentile, and the longest.
pub(crate) struct Waits {
    pub(crate) median: f64,
    pub(crate) p99: f64,
    pub(crate) p999: f64,
    pub(crate) longest: f64,
}

fn read(
    requests: &[Request],
    done: &AtomicBool,
    mut query: impl FnMut(&Request, &mut Scratch),
) -> Waits {
    let mut scratch = Scratch::with_capacity(8);
    let mut waits: Vec<f64> = Vec::with_capacity(4_000_000);
    for request in requests.iter().cycle() {
        if done.load(Ordering::Relaxed) {
            break;
        }
        let start = Instant::now();
        query(request, &mut scratch);
        waits.push(start.elapsed().as_nanos() as f64);
    }
    waits.sort_by(f64::total_cmp);
    let at = |per_mille: usize| waits[(waits.len() - 1) * per_mille / 1000];
    Waits {
        median: at(500),
        p99: at(990),
        p999: at(999),
        longest: at(1000),
    }
}

/// 180 moves every 10 ms, and a rebuild every 100 ms, which is much more often than is ever needed.
fn write(
    length: Duration,
    moves: &[(UnitHandle, Position)],
    mut tick: impl FnMut(&[(UnitHandle, Position)], bool),
) {
    let start = Instant::now();
    for (round, moves) in (1..).zip(moves.chunks(180).cycle()) {
        if start.elapsed() > length {
            return;
        }
        tick(moves, round % 10 == 0);
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub(crate) fn beside_writer(
    index: UnitIndex,
    moves: &[(UnitHandle, Position)],
    requests: &[Request],
    length: Duration,
) -> Waits {
    let mut writer = UnitWriter::new(index);
    let (reader, done) = (writer.reader(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| {
            read(requests, &done, |request, scratch| {
                reader.snapshot().nearest_into(request, 5, scratch);
            })
        });
        write(length, moves, |moves, rebuild| {
            for &(unit, to) in moves {
                writer.move_handle(unit, to).unwrap();
            }
            if rebuild {
                writer.rebuild();
            }
            writer.publish();
        });
        done.store(true, Ordering::Relaxed);
        waits.join().unwrap()
    })
}

pub(crate) fn behind_lock(
    index: UnitIndex,
    moves: &[(UnitHandle, Position)],
    requests: &[Request],
    length: Duration,
) -> Waits {
    let (shared, done) = (RwLock::new(index), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| {
            read(requests, &done, |request, scratch| {
                shared.read().unwrap().nearest_into(request, 5, scratch);
            })
        });
        write(length, moves, |moves, rebuild| {
            let mut index = shared.write().unwrap();
            for &(unit, to) in moves {
                index.move_handle(unit, to).unwrap();
            }
            if rebuild {
                index.rebuild();
            }
        });
        done.store(true, Ordering::Relaxed);
        waits.join().unwrap()
    })
}
