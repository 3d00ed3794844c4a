//! The incident log, plates against hit lists, the shared picture and correlation, beside plain ways to do the same.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "benchmarks stop at the first wrong constant and count in small numbers"
)]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use kabat_core::chrono::{DateTime, TimeDelta, Utc};
use kabat_core::{
    Author, Change, CorrelationIndex, CorrelationPolicy, Delta, EventId, HitEntry, HitList,
    HitReason, Incident, IncidentEvent, IncidentId, OpenIncident, Plate, Position, Report,
    ReportSource, ResourceId, ResourceStatus, ResourceStep, ResourceWork, Snapshot, Stamp,
    TimelineEvent,
};

fn start() -> DateTime<Utc> {
    "2026-03-01T10:00:00Z".parse().unwrap()
}

/// Small generator with a fixed seed (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 32
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn unit(&mut self) -> f64 {
        f64::from(self.next() as u32) / f64::from(u32::MAX)
    }

    fn belgian_plate(&mut self) -> String {
        let mut text = format!("{}-", 1 + self.below(2));
        for _ in 0..3 {
            text.push(char::from(b'A' + self.below(26) as u8));
        }
        text + &format!("-{:03}", self.below(1000))
    }

    fn in_belgium(&mut self) -> Position {
        Position::from_degrees(49.6 + 1.8 * self.unit(), 2.6 + 3.7 * self.unit()).unwrap()
    }
}

/// Full lives of incidents, 20 events each: opened, two resources from reserved to free, noted.
fn lives(events: usize) -> Vec<(IncidentId, Vec<TimelineEvent>)> {
    let mut dice = Dice(1);
    let mut number = 0u64;
    let mut made = 0;
    let mut lives = vec![];
    while made < events {
        number += 1;
        let id = IncidentId::v7(number, [1; 10]);
        let crews = [
            ResourceId::v7(dice.below(300), [2; 10]),
            ResourceId::v7(300 + dice.below(300), [2; 10]),
        ];
        let mut life = vec![IncidentEvent::Opened {
            source: ReportSource::Call112,
            reference: None,
        }];
        for step in ResourceStep::ALL.into_iter().skip(1) {
            life.extend(crews.map(|resource| IncidentEvent::ResourceStepped { resource, step }));
        }
        while life.len() < 20 {
            life.push(IncidentEvent::Noted {
                text: String::new(),
            });
        }
        let life: Vec<_> = life
            .into_iter()
            .map(|event| {
                made += 1;
                let mut random = [0; 10];
                random[2..].copy_from_slice(&(made as u64).to_be_bytes());
                let at = start() + TimeDelta::seconds(made as i64);
                TimelineEvent::new(
                    EventId::v7(made as u64, random),
                    at,
                    Author::system("bench"),
                    event,
                )
            })
            .collect();
        lives.push((id, life));
    }
    lives
}

fn incident(c: &mut Criterion) {
    let mut group = c.benchmark_group("incident");
    let lives = lives(1_000_000);
    group.throughput(Throughput::Elements(1_000_000));
    group.bench_function("fold/1000000_events", |b| {
        b.iter_batched(
            || lives.clone(),
            |lives| {
                lives
                    .into_iter()
                    .map(|(id, life)| Incident::replay(id, life).unwrap())
                    .filter(|incident| incident.state().busy().count() == 0)
                    .count()
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn plates(c: &mut Criterion) {
    let mut dice = Dice(2);
    let count = 1_000_000;
    let texts: Vec<String> = (0..count).map(|_| dice.belgian_plate()).collect();
    let reason = HitReason::new("bench").unwrap();
    let entries: Vec<HitEntry> = texts
        .iter()
        .map(|text| HitEntry {
            plate: text.parse().unwrap(),
            reason: reason.clone(),
            valid_from: start(),
            expires_at: start() + TimeDelta::days(30),
            reference: None,
        })
        .collect();
    let list = HitList::new(entries).unwrap();
    // One read in a hundred is of a listed plate, one in a hundred of one with a mistaken character.
    let reads: Vec<Plate> = (0..count)
        .map(|n| match n % 100 {
            0 => texts[n].parse().unwrap(),
            1 => texts[n].replacen('B', "8", 1).parse().unwrap(),
            _ => dice.belgian_plate().parse().unwrap(),
        })
        .collect();
    let now = start() + TimeDelta::days(1);

    let mut group = c.benchmark_group("plates");
    group.throughput(Throughput::Elements(count as u64));
    group.bench_function("hit_list/exact", |b| {
        b.iter(|| {
            let hits = |read: &Plate| list.exact(*read, now).count();
            black_box(&reads).iter().map(hits).sum::<usize>()
        });
    });
    group.bench_function("hit_list/one_confusion", |b| {
        b.iter(|| {
            let hits = |read: &Plate| list.near(*read, now).count();
            black_box(&reads).iter().map(hits).sum::<usize>()
        });
    });
    let map: HashMap<Plate, usize> = list
        .entries()
        .iter()
        .enumerate()
        .map(|(n, entry)| (entry.plate, n))
        .collect();
    let counts = |read: &Plate| {
        map.get(read)
            .is_some_and(|&n| list.entries()[n].counts_at(now))
    };
    group.bench_function("hash_map/exact", |b| {
        b.iter(|| black_box(&reads).iter().filter(|read| counts(read)).count());
    });
    // The usual way: look up the read, then every text with one look-alike swapped.
    let alike = ["0OQD", "1IL", "2Z", "5S", "6G", "8B"];
    let compact: Vec<String> = reads
        .iter()
        .map(|read| read.reveal_compact())
        .take(100_000)
        .collect();
    let by_text: HashMap<String, usize> = map
        .iter()
        .map(|(plate, &n)| (plate.reveal_compact(), n))
        .collect();
    group.throughput(Throughput::Elements(compact.len() as u64));
    group.bench_function("hash_map/one_confusion_of_100000", |b| {
        b.iter(|| {
            let mut hits = 0;
            let mut text = String::new();
            for read in black_box(&compact) {
                hits += usize::from(by_text.contains_key(read));
                for (at, old) in read.char_indices() {
                    for class in alike.iter().filter(|class| class.contains(old)) {
                        for new in class.chars().filter(|&new| new != old) {
                            text.clear();
                            text.push_str(&read[..at]);
                            text.push(new);
                            text.push_str(&read[at + 1..]);
                            hits += usize::from(by_text.contains_key(&text));
                        }
                    }
                }
            }
            hits
        });
    });
    group.throughput(Throughput::Elements(compact.len() as u64));
    group.bench_function("parse_100000", |b| {
        b.iter(|| {
            let texts = black_box(&compact).iter();
            texts.filter(|text| text.parse::<Plate>().is_ok()).count()
        });
    });
    group.finish();
}

fn picture(c: &mut Criterion) {
    let mut dice = Dice(3);
    let resources = 100_000u64;
    let deltas = |dice: &mut Dice, origin: u32| -> Vec<Delta> {
        (0..resources)
            .flat_map(|n| {
                let resource = ResourceId::v7(n, [9; 10]);
                let at = start() + TimeDelta::milliseconds(dice.below(1000) as i64);
                let stamp = Stamp::new(at, origin, n);
                let work = ResourceWork {
                    status: ResourceStatus::Available,
                    incident: None,
                };
                let position = Some(dice.in_belgium());
                [
                    Delta {
                        stamp,
                        change: Change::ResourceMoved { resource, position },
                    },
                    Delta {
                        stamp,
                        change: Change::ResourceStatusSet { resource, work },
                    },
                ]
            })
            .collect()
    };
    let (ours, theirs) = (deltas(&mut dice, 1), deltas(&mut dice, 2));
    let picture = |deltas: &[Delta]| {
        let mut snapshot = Snapshot::new();
        for delta in deltas {
            snapshot.apply(delta);
        }
        snapshot
    };
    let (here, there) = (picture(&ours), picture(&theirs));
    let mut group = c.benchmark_group("picture");
    group.throughput(Throughput::Elements(resources));
    group.bench_function("merge/100000_resources", |b| {
        b.iter_batched(
            || here.clone(),
            |mut here| {
                here.merge(&there);
                here
            },
            BatchSize::PerIteration,
        );
    });
    group.throughput(Throughput::Elements(theirs.len() as u64));
    group.bench_function("apply/200000_deltas", |b| {
        b.iter_batched(
            || here.clone(),
            |mut here| {
                for delta in &theirs {
                    here.apply(delta);
                }
                here
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn correlation(c: &mut Criterion) {
    let mut dice = Dice(4);
    let mut index = CorrelationIndex::new(CorrelationPolicy::radio_emergencies());
    let mut all = vec![];
    for n in 0..10_000 {
        let incident = OpenIncident {
            id: IncidentId::v7(n, [4; 10]),
            last_at: start() + TimeDelta::seconds(dice.below(3600) as i64),
            position: dice.in_belgium(),
            radius_m: None,
            incident_type: None,
            resources: vec![ResourceId::v7(n, [5; 10])],
        };
        index.insert(incident.clone());
        all.push(incident);
    }
    let alerts: Vec<Report> = (0..1000)
        .map(|_| Report::new(start() + TimeDelta::minutes(30), dice.in_belgium()))
        .collect();
    let mut group = c.benchmark_group("correlation");
    group.throughput(Throughput::Elements(alerts.len() as u64));
    group.bench_function("grid/1000_alerts_10000_open", |b| {
        b.iter(|| {
            let found = |alert: &Report| index.candidates(alert).len();
            black_box(&alerts).iter().map(found).sum::<usize>()
        });
    });
    let limit = CorrelationPolicy::radio_emergencies().max_distance_m;
    let places: Vec<[f64; 3]> = all
        .iter()
        .map(|incident| incident.position.ecef_m())
        .collect();
    group.throughput(Throughput::Elements(100));
    group.bench_function("linear/100_alerts_10000_open", |b| {
        b.iter(|| {
            let near = |alert: &Report| {
                let [x, y, z] = alert.position.ecef_m();
                let squared = limit.get() * limit.get();
                places
                    .iter()
                    .filter(|[a, b, c]| {
                        let (dx, dy, dz) = (a - x, b - y, c - z);
                        dx * dx + dy * dy + dz * dz <= squared
                    })
                    .count()
            };
            black_box(&alerts).iter().take(100).map(near).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500));
    targets = incident, plates, picture, correlation
}
criterion_main!(benches);
