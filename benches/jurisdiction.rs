//! Point to jurisdiction: the raster beside rstar envelopes with `geo::Contains`, and the embedded atlas.
//!
//! Real municipalities need `../shared/data/geo`; without it only the embedded atlas is measured.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark may stop with a panic"
)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use geo::{Contains, LineString, Point, Polygon};
use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, NaiveDate};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

fn random(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

/// Points around the places of people: sums of three dice over Belgium cluster towards its middle, as its people do.
fn points(count: usize) -> Vec<Position> {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut dice = || (random(&mut state) + random(&mut state) + random(&mut state)) / 3.0;
    (0..count)
        .map(|_| Position::from_degrees(49.9 + 1.5 * dice(), 3.0 + 3.0 * dice()).unwrap())
        .collect()
}

fn jurisdiction(c: &mut Criterion) {
    let day: NaiveDate = "2026-06-01".parse().unwrap();
    let points = points(10_000);
    let mut group = c.benchmark_group("jurisdiction");
    group
        .throughput(Throughput::Elements(points.len() as u64))
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(10);
    let embedded = Atlas::belgium().on(day);
    group.bench_function("embedded", |b| {
        b.iter(|| {
            for &point in &points {
                black_box(embedded.locate(point));
            }
        });
    });
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/geo/municipalities_2025_10m.geojson"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    let set = BoundarySet::from_geojson(&text, "nis").unwrap();
    let atlas = Atlas::from_municipalities(set).unwrap();
    println!("raster of the exact atlas: {} bytes", atlas.memory_bytes());
    let exact = atlas.on(day);
    group.bench_function("exact", |b| {
        b.iter(|| {
            for &point in &points {
                black_box(exact.locate(point));
            }
        });
    });
    // Holes are left out: they only spare the rival work.
    let tree = RTree::bulk_load(
        atlas
            .canton_rings()
            .map(|ring| {
                let line: LineString = ring.points.iter().map(|&[x, y]| (x, y)).collect();
                let corners: Vec<[f64; 2]> = ring.points;
                let bounds = AABB::from_points(&corners);
                GeomWithData::new(Rectangle::from(bounds), Polygon::new(line, Vec::new()))
            })
            .collect(),
    );
    group.bench_function("rstar_and_geo_contains", |b| {
        b.iter(|| {
            for point in &points {
                let (x, y) = (point.longitude().degrees(), point.latitude().degrees());
                let here = Point::new(x, y);
                let found = tree
                    .locate_in_envelope_intersecting(&AABB::from_point([x, y]))
                    .find(|area| area.data.contains(&here));
                black_box(found.is_some());
            }
        });
    });
    let bytes = atlas.to_bytes();
    group.bench_function("load_compiled", |b| {
        b.iter(|| Atlas::from_bytes(black_box(&bytes)).unwrap());
    });
    group.finish();
}

criterion_group!(benches, jurisdiction);
criterion_main!(benches);
