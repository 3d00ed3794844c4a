//! Retention decisions, the erasure planner and the audit log, beside chrono-tz called for every recording.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark stops where its own numbers are wrong"
)]

use std::hint::black_box;
use std::time::Duration;

use chrono::{DateTime, Months, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kabat_compliance::{
    AuditEntry, AuditLog, Camera, CameraFacts, Case, Compliance, Controller, ErasurePlanner, Facts,
    Hold, Moment, ParkCamera, Recording, Stated, verify_audit_log,
};
use kabat_core::CameraId;

fn facts(controller: Controller) -> CameraFacts {
    CameraFacts {
        controller,
        camera: Camera::Fixed,
        special_risk_place: Stated::Nothing,
        anpr_database: false,
    }
}

/// Instants over three years, in an order a processor cannot foresee.
fn instants() -> Vec<DateTime<Utc>> {
    let start: DateTime<Utc> = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut state = 7_u64;
    (0..4096)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            start + TimeDelta::seconds(i64::try_from((state >> 33) % 94_608_000).unwrap())
        })
        .collect()
}

/// What a product writes that calls the time-zone library for each recording.
fn naive(at: &DateTime<Utc>) -> DateTime<chrono_tz::Tz> {
    let local = at.with_timezone(&Europe::Brussels).naive_local();
    let month = Europe::Brussels
        .from_local_datetime(&(local + Months::new(1)))
        .earliest();
    let thirty = Europe::Brussels
        .from_local_datetime(&(local + TimeDelta::days(30)))
        .earliest();
    month
        .into_iter()
        .chain(thirty)
        .min()
        .unwrap_or_else(|| at.with_timezone(&Europe::Brussels))
}

fn retention(c: &mut Criterion) {
    let law = Compliance::belgium();
    let camera = facts(Controller::PrivateCompany);
    let instants = instants();
    let mut group = c.benchmark_group("retention");
    group.throughput(Throughput::Elements(instants.len() as u64));
    group.bench_function("deadline", |b| {
        b.iter(|| {
            instants
                .iter()
                .filter_map(|at| law.retention_deadline(black_box(&camera), at).ok())
                .map(|(_, end)| end.erase_by.timestamp())
                .sum::<i64>()
        })
    });
    group.bench_function("deadline_chrono_tz_naive", |b| {
        b.iter(|| {
            instants
                .iter()
                .map(|at| naive(black_box(at)).timestamp())
                .sum::<i64>()
        })
    });
    group.bench_function("decision_with_reasons", |b| {
        b.iter(|| {
            instants
                .iter()
                .filter_map(|at| law.retention(black_box(&camera), at).erase_by())
                .map(|at| at.timestamp())
                .sum::<i64>()
        })
    });
    let cases: Vec<Case> = instants
        .iter()
        .map(|at| Case {
            domain: "camera_act".into(),
            question: "retention".into(),
            facts: Facts {
                controller: Some(Controller::PrivateCompany),
                recorded_at: Some(at.fixed_offset()),
                now: Some(Moment::Instant(at.fixed_offset())),
                special_risk_place: Stated::Nothing,
                evidence: Some(false),
                ..Facts::default()
            },
        })
        .collect();
    group.bench_function("answer_with_reason_tree", |b| {
        b.iter(|| {
            cases
                .iter()
                .filter(|case| law.answer(black_box(case)).undetermined)
                .count()
        })
    });
    group.finish();
}

fn planner(c: &mut Criterion) {
    let law = Compliance::belgium();
    let park: Vec<ParkCamera> = [
        Controller::PrivateCompany,
        Controller::PoliceLocal,
        Controller::Municipality,
    ]
    .into_iter()
    .cycle()
    .take(900)
    .map(|controller| ParkCamera {
        id: CameraId::nil(),
        facts: facts(controller),
    })
    .collect();
    let start: DateTime<Utc> = "2025-01-01T00:00:00Z".parse().unwrap();
    // As an archive is laid out: clips of all cameras in the order they were made, one in fifty held.
    let recordings: Vec<Recording> = (0..10_000_000_u32)
        .map(|id| Recording {
            id: id.into(),
            camera: id % 900,
            recorded_at: start + TimeDelta::seconds(i64::from(id) * 5),
            hold: id.is_multiple_of(50).then_some(Hold::Legal),
        })
        .collect();
    let mut group = c.benchmark_group("planner");
    group
        .sample_size(10)
        .throughput(Throughput::Elements(recordings.len() as u64));
    group.bench_function("ten_million", |b| {
        let mut due = Vec::with_capacity(recordings.len());
        b.iter(|| {
            due.clear();
            let mut planner =
                ErasurePlanner::new(&law, &park, "2026-03-05T00:00:00Z".parse().unwrap());
            for batch in recordings.chunks(4096) {
                planner.advance(batch, &mut due).unwrap();
            }
            due.len()
        });
    });
    group.bench_function("ten_million_chrono_tz_naive", |b| {
        let now: DateTime<Utc> = "2026-03-05T00:00:00Z".parse().unwrap();
        let mut due = Vec::with_capacity(recordings.len());
        b.iter(|| {
            due.clear();
            due.extend(
                recordings
                    .iter()
                    .filter(|recording| {
                        recording.hold.is_none() && naive(&recording.recorded_at) <= now
                    })
                    .map(|recording| recording.id),
            );
            due.len()
        });
    });
    group.finish();
}

fn audit(c: &mut Criterion) {
    let entry = AuditEntry {
        at: "2026-11-20T16:31:33Z".parse().unwrap(),
        actor: "inspector-1204".into(),
        action: "view".into(),
        subject: "camera 17, recording 2026-11-20 16:00".into(),
        justification: "case 2026/114: witness".into(),
        granted: true,
    };
    let mut file = Vec::new();
    let mut group = c.benchmark_group("audit");
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("append", |b| {
        b.iter(|| {
            file.clear();
            let mut log = AuditLog::new(1000);
            for _ in 0..10_000 {
                log.append(black_box(&entry), &mut file);
            }
            file.len()
        });
    });
    group.bench_function("verify", |b| {
        b.iter(|| verify_audit_log(black_box(&file), &[]).lines)
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_millis(1500)).warm_up_time(Duration::from_millis(500));
    targets = retention, planner, audit
}
criterion_main!(benches);
