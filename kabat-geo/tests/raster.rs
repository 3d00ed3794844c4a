//! The raster against the even-odd rule of `geo` on whole polygons.
#![cfg(feature = "geojson")]
#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test may stop with a panic"
)]

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, Contains, MultiPolygon, Polygon};
use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, Certainty, NaiveDate};
use serde_json::Value;

fn day() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

fn ring(value: &Value) -> geo::LineString {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|point| (point[0].as_f64().unwrap(), point[1].as_f64().unwrap()))
        .collect()
}

fn polygon(value: &Value) -> Polygon {
    let mut rings = value.as_array().unwrap().iter().map(ring);
    Polygon::new(rings.next().unwrap(), rings.collect())
}

#[test]
fn a_million_points_agree_with_geo() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/geo/municipalities_2025_10m.geojson"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: `{path}` is not at hand");
        return;
    };
    let file: Value = serde_json::from_str(&text).unwrap();
    let areas: Vec<(u32, MultiPolygon, geo::Rect)> = file["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| {
            let coordinates = &feature["geometry"]["coordinates"];
            let shape = match feature["geometry"]["type"].as_str().unwrap() {
                "Polygon" => MultiPolygon::new(vec![polygon(coordinates)]),
                _ => coordinates
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(polygon)
                    .collect(),
            };
            let nis = feature["properties"]["nis"]
                .as_str()
                .unwrap()
                .parse()
                .unwrap();
            let bounds = shape.bounding_rect().unwrap();
            (nis, shape, bounds)
        })
        .collect();
    let set = BoundarySet::from_geojson(&text, "nis").unwrap();
    let atlas = Atlas::from_municipalities(set).unwrap();
    let dated = atlas.on(day());

    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let vertices: Vec<geo::Coord> = areas
        .iter()
        .flat_map(|(_, shape, _)| {
            shape
                .iter()
                .flat_map(|part| part.exterior().coords().copied())
        })
        .collect();
    let (mut inside, mut disagreements) = (0, 0);
    for number in 0..1_000_000_u32 {
        // Half anywhere, a quarter within 100 m of a vertex, a quarter on the height of a vertex.
        let place = vertices[(random() * vertices.len() as f64) as usize];
        let (lon, lat) = match number % 4 {
            0 => (
                place.x + (random() - 0.5) * 0.002,
                place.y + (random() - 0.5) * 0.001,
            ),
            1 => (place.x + (random() - 0.5) * 0.02, place.y),
            _ => (2.54 + 3.87 * random(), 49.49 + 2.02 * random()),
        };
        let point = geo::Point::new(lon, lat);
        let holding: Vec<u32> = areas
            .iter()
            .filter(|(_, shape, bounds)| bounds.contains(&point) && shape.contains(&point))
            .map(|&(nis, _, _)| nis)
            .collect();
        let found = dated.locate(Position::from_degrees(lat, lon).unwrap());
        let answer = match found.certainty {
            Certainty::Nearest { .. } | Certainty::Unknown => None,
            _ => found.municipality.map(|row| row.nis.get()),
        };
        inside += usize::from(answer.is_some());
        // Nobody's ground and ground of two only within the millimetres of rounded lines; there any of them will do.
        let agrees = match holding.as_slice() {
            // On a line exactly: `geo` counts it to no polygon, the raster to one of those beside it.
            [] => answer.is_none_or(|nis| {
                let area = areas.iter().find(|area| area.0 == nis).unwrap();
                area.1.coordinate_position(&point.0) == CoordPos::OnBoundary
            }),
            several => answer.is_some_and(|nis| several.contains(&nis)),
        };
        if !agrees {
            disagreements += 1;
            eprintln!("{lat} {lon}: {answer:?} but {holding:?}");
        }
    }
    assert!(inside > 500_000, "{inside}");
    assert_eq!(disagreements, 0);
}
