//! Point to jurisdiction: both atlases beside rstar envelopes with `geo::Contains`, on points where people live and on points
//! within 100 m of a border, and the loading of a compiled atlas.
//!
//! Real municipalities need `../shared/data/geo`; without it only the embedded atlas is measured.
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a benchmark may stop with a panic"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use geo::{BoundingRect, Contains, LineString, MultiPolygon, Point, Polygon};
use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, NaiveDate};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde_json::Value;

const POINTS: usize = 20_000;

fn random(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

/// Points around the named places of the embedded atlas, as many as a place has inhabitants: the sum of three dice gives a
/// spread of about 1.2 km.
fn where_people_live() -> Vec<Position> {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut below = Vec::new();
    let mut total = 0_u64;
    for place in Atlas::belgium().places() {
        total += u64::from(place.population);
        below.push((total, place.degrees()));
    }
    (0..POINTS)
        .map(|_| {
            let drawn = (random(&mut state) * total as f64) as u64;
            let [lon, lat] = below[below.partition_point(|(sum, _)| *sum <= drawn)].1;
            let mut off = || (0..3).map(|_| random(&mut state) - 0.5).sum::<f64>() * 2.4;
            Position::from_degrees(lat + off() / 111.2, lon + off() / 71.0).unwrap()
        })
        .collect()
}

/// Points up to 100 m east or west and north or south of a point of a border.
fn at_borders(atlas: &Atlas) -> Vec<Position> {
    let mut state = 0x2545_f491_4f6c_dd1d;
    let corners: Vec<[f64; 2]> = atlas.canton_rings().flat_map(|ring| ring.points).collect();
    (0..POINTS)
        .map(|_| {
            let at = (random(&mut state) * (corners.len() - 1) as f64) as usize;
            let [lon, lat] = corners[at];
            let mut off = || (random(&mut state) - 0.5) * 0.14;
            Position::from_degrees(lat + off() / 111.2, lon + off() / 71.0).unwrap()
        })
        .collect()
}

type Area = GeomWithData<Rectangle<[f64; 2]>, (usize, MultiPolygon)>;

/// The rival: envelopes in an R-tree, then `geo::Contains` on the whole polygons, holes included.
fn tree(text: &str) -> RTree<Area> {
    let file: Value = serde_json::from_str(text).unwrap();
    let mut parts: BTreeMap<usize, Vec<Polygon>> = BTreeMap::new();
    for (area, feature) in file["features"].as_array().unwrap().iter().enumerate() {
        let coordinates = feature["geometry"]["coordinates"].clone();
        let polygons: Vec<Vec<Vec<(f64, f64)>>> =
            if feature["geometry"]["type"].as_str() == Some("Polygon") {
                vec![serde_json::from_value(coordinates).unwrap()]
            } else {
                serde_json::from_value(coordinates).unwrap()
            };
        for rings in polygons {
            let mut rings = rings.into_iter().map(LineString::from);
            let polygon = Polygon::new(rings.next().unwrap(), rings.collect());
            parts.entry(area).or_default().push(polygon);
        }
    }
    let areas = parts.into_iter().map(|(area, polygons)| {
        let shape = MultiPolygon::new(polygons);
        let bounds = shape.bounding_rect().unwrap();
        let bounds = AABB::from_corners(bounds.min().into(), bounds.max().into());
        GeomWithData::new(Rectangle::from(bounds), (area, shape))
    });
    RTree::bulk_load(areas.collect())
}

fn rival(tree: &RTree<Area>, point: Position) -> Option<usize> {
    let (x, y) = (point.longitude().degrees(), point.latitude().degrees());
    let here = Point::new(x, y);
    tree.locate_in_envelope_intersecting(&AABB::from_point([x, y]))
        .find(|area| area.data.1.contains(&here))
        .map(|area| area.data.0)
}

fn jurisdiction(c: &mut Criterion) {
    let day: NaiveDate = "2026-06-01".parse().unwrap();
    let mut group = c.benchmark_group("jurisdiction");
    group
        .throughput(Throughput::Elements(POINTS as u64))
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20);
    let people = where_people_live();
    let belgium = Atlas::belgium();
    println!("embedded atlas: {} bytes", belgium.memory_bytes());
    let embedded = belgium.on(day);
    group.bench_function("people/embedded", |b| {
        b.iter(|| {
            for &point in &people {
                black_box(embedded.locate(point));
            }
        });
    });
    let bytes = belgium.to_bytes();
    group.bench_function("load/embedded", |b| {
        b.iter(|| Atlas::from_storage(black_box(bytes.as_slice())).unwrap());
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
    println!("exact atlas: {} bytes", atlas.memory_bytes());
    let exact = atlas.on(day);
    let tree = tree(&text);
    let borders = at_borders(&atlas);
    for (name, points) in [("people", &people), ("border", &borders)] {
        group.bench_function(format!("{name}/exact"), |b| {
            b.iter(|| {
                for &point in points {
                    black_box(exact.locate(point));
                }
            });
        });
        group.bench_function(format!("{name}/rstar_and_geo_contains"), |b| {
            b.iter(|| {
                for &point in points {
                    black_box(rival(&tree, point));
                }
            });
        });
    }
    let bytes = atlas.to_bytes();
    group.bench_function("load/exact", |b| {
        b.iter(|| Atlas::from_storage(black_box(bytes.as_slice())).unwrap());
    });
    group.bench_function("compile/exact", |b| {
        b.iter(|| {
            let set = BoundarySet::from_geojson(&text, "nis").unwrap();
            Atlas::from_municipalities(set).unwrap()
        });
    });
    group.finish();
}

criterion_group!(benches, jurisdiction);
criterion_main!(benches);
