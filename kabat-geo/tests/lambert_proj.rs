//! Lambert 72 and Lambert 2008 against PROJ, point by point, and back again.
#![expect(
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a malformed vector file must fail the test"
)]

use kabat_core::Position;
use kabat_geo::{Lambert72, Lambert2008, LambertError};
use proptest::prelude::*;

const VECTORS: &str = include_str!("vectors/lambert.csv");

struct Vector {
    epsg: u32,
    forward: bool,
    lat: f64,
    lon: f64,
    easting: f64,
    northing: f64,
}

fn vectors() -> Vec<Vector> {
    VECTORS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("epsg"))
        .map(|line| {
            let f: Vec<&str> = line.split(',').collect();
            let number = |i: usize| f[i].parse::<f64>().expect("a number in the vector file");
            Vector {
                epsg: f[0].parse().expect("a code in the vector file"),
                forward: f[1] == "forward",
                lat: number(2),
                lon: number(3),
                easting: number(4),
                northing: number(5),
            }
        })
        .collect()
}

/// Metres between two close places; the local degree is good to a fraction of a percent, which is enough for millimetres.
fn metres(a: Position, lat: f64, lon: f64) -> f64 {
    let north = (a.latitude().degrees() - lat) * 111_250.0;
    let east = (a.longitude().degrees() - lon) * 111_400.0 * lat.to_radians().cos();
    north.hypot(east)
}

#[test]
fn agrees_with_proj_in_both_directions() {
    let mut count = [[0_u32; 2]; 2];
    let mut worst = [[0.0_f64; 2]; 2];
    for v in vectors() {
        let position = Position::from_degrees(v.lat, v.lon).unwrap();
        let grid = usize::from(v.epsg == 3812);
        let difference = match (v.epsg, v.forward) {
            (31370, true) => {
                let p = Lambert72::from_position(position).unwrap();
                (p.easting_m() - v.easting).hypot(p.northing_m() - v.northing)
            }
            (3812, true) => {
                let p = Lambert2008::from_position(position).unwrap();
                (p.easting_m() - v.easting).hypot(p.northing_m() - v.northing)
            }
            (31370, false) => {
                let p = Lambert72::new(v.easting, v.northing).unwrap();
                metres(p.to_position().unwrap(), v.lat, v.lon)
            }
            (3812, false) => {
                let p = Lambert2008::new(v.easting, v.northing).unwrap();
                metres(p.to_position().unwrap(), v.lat, v.lon)
            }
            other => panic!("unknown vector {other:?}"),
        };
        let limit = if grid == 1 { 0.000_01 } else { 0.001 };
        assert!(
            difference < limit,
            "EPSG {} at {}, {}: {difference} m",
            v.epsg,
            v.lat,
            v.lon
        );
        count[grid][usize::from(v.forward)] += 1;
        worst[grid][usize::from(v.forward)] = worst[grid][usize::from(v.forward)].max(difference);
    }
    println!(
        "points [72: reverse, forward; 2008: reverse, forward] {count:?}, worst metres {worst:?}"
    );
    assert!(count.iter().flatten().all(|&n| n >= 200), "{count:?}");
}

#[test]
fn false_origin_of_lambert_2008_is_exact() {
    // EPSG 3812: latitude of false origin 50.797815, longitude 4°21'33.177", easting 649 328 m, northing 665 262 m.
    let origin = Position::from_degrees(50.797_815, 4.359_215_833_333_33).unwrap();
    let place = Lambert2008::from_position(origin).unwrap();
    assert!((place.easting_m() - 649_328.0).abs() < 1e-6);
    assert!((place.northing_m() - 665_262.0).abs() < 1e-6);
}

#[test]
fn wrong_numbers_are_typed_errors() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(matches!(
            Lambert72::new(bad, 170_000.0),
            Err(LambertError::NotFinite {
                coordinate: "easting",
                ..
            })
        ));
        assert!(matches!(
            Lambert2008::new(650_000.0, bad),
            Err(LambertError::NotFinite {
                coordinate: "northing",
                ..
            })
        ));
    }
    // The one grid read as the other, degrees read as metres, Paris, the antipodes of sense.
    assert!(matches!(
        Lambert72::new(649_328.0, 665_262.0),
        Err(LambertError::OutsideArea { .. })
    ));
    assert!(matches!(
        Lambert2008::new(150_000.0, 170_000.0),
        Err(LambertError::OutsideArea { .. })
    ));
    assert!(matches!(
        Lambert72::new(50.85, 4.35),
        Err(LambertError::OutsideArea { .. })
    ));
    assert!(matches!(
        Lambert72::new(f64::MAX, f64::MIN),
        Err(LambertError::OutsideArea { .. })
    ));
    for (lat, lon) in [
        (48.8566, 2.3522),
        (4.35, 50.85),
        (90.0, 0.0),
        (-90.0, 180.0),
    ] {
        let position = Position::from_degrees(lat, lon).unwrap();
        assert!(Lambert72::from_position(position).is_err(), "{lat}, {lon}");
        assert!(
            Lambert2008::from_position(position).is_err(),
            "{lat}, {lon}"
        );
    }
    let message = Lambert72::new(50.85, 4.35).unwrap_err().to_string();
    assert_eq!(
        message,
        "`50.85, 4.35` is outside the area of Lambert 72, latitude 49.4 to 51.9 and longitude 2.2 to 6.5 degrees"
    );
}

#[cfg(feature = "serde")]
#[test]
fn json_is_checked_on_the_way_in() {
    let place = Lambert72::new(150_000.5, 170_000.25).unwrap();
    let json = serde_json::json!({"easting_m": 150_000.5, "northing_m": 170_000.25});
    assert_eq!(serde_json::to_value(place).unwrap(), json);
    assert_eq!(
        serde_json::from_value::<Lambert72>(json.clone()).unwrap(),
        place
    );
    // The same numbers are no place on the other grid.
    assert!(serde_json::from_value::<Lambert2008>(json).is_err());
}

#[test]
fn corners_of_the_area_come_back() {
    for (lat, lon) in [(49.4, 2.2), (49.4, 6.5), (51.9, 2.2), (51.9, 6.5)] {
        let position = Position::from_degrees(lat, lon).unwrap();
        let a = Lambert72::from_position(position).unwrap();
        assert!(
            Lambert72::new(a.easting_m(), a.northing_m()).is_ok(),
            "{a:?}"
        );
        let b = Lambert2008::from_position(position).unwrap();
        assert!(
            Lambert2008::new(b.easting_m(), b.northing_m()).is_ok(),
            "{b:?}"
        );
    }
}

#[test]
fn the_two_grids_differ_by_what_their_origins_say() {
    // Lambert 2008 was laid out so that its numbers cannot be mistaken for Lambert 72: about 500 km more in each.
    for v in vectors().iter().filter(|v| v.forward) {
        let position = Position::from_degrees(v.lat, v.lon).unwrap();
        let old = Lambert72::from_position(position).unwrap();
        let new = Lambert2008::from_position(position).unwrap();
        assert!((new.easting_m() - old.easting_m() - 500_000.0).abs() < 100.0);
        assert!((new.northing_m() - old.northing_m() - 500_000.0).abs() < 100.0);
    }
}

/// Heights are dropped on both ellipsoids, whose normals differ by some seconds of arc: there and back over BD72 does
/// not close exactly, in PROJ as here.
const LAMBERT_72_CLOSURE: f64 = 0.002;

proptest! {
    #[test]
    fn position_to_grid_and_back(lat in 49.4..=51.9_f64, lon in 2.2..=6.5_f64) {
        let position = Position::from_degrees(lat, lon).unwrap();
        let a = Lambert72::from_position(position).unwrap().to_position().unwrap();
        prop_assert!(metres(a, lat, lon) < LAMBERT_72_CLOSURE, "{}", metres(a, lat, lon));
        let b = Lambert2008::from_position(position).unwrap().to_position().unwrap();
        prop_assert!(metres(b, lat, lon) < 1e-6);
    }

    #[test]
    fn grid_to_position_and_back(x in 25_000.0..290_000.0_f64, y in 25_000.0..250_000.0_f64) {
        let a = Lambert72::new(x, y).unwrap();
        let again = Lambert72::from_position(a.to_position().unwrap()).unwrap();
        prop_assert!((again.easting_m() - x).hypot(again.northing_m() - y) < LAMBERT_72_CLOSURE);
        let b = Lambert2008::new(x + 500_000.0, y + 500_000.0).unwrap();
        let again = Lambert2008::from_position(b.to_position().unwrap()).unwrap();
        prop_assert!((again.easting_m() - b.easting_m()).hypot(again.northing_m() - b.northing_m()) < 1e-6);
    }

    #[test]
    fn any_numbers_give_a_place_or_an_error(x in any::<f64>(), y in any::<f64>()) {
        if let Ok(place) = Lambert72::new(x, y) {
            prop_assert!(place.to_position().is_ok());
        }
        if let Ok(place) = Lambert2008::new(x, y) {
            prop_assert!(place.to_position().is_ok());
        }
    }
}
