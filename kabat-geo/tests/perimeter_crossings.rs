//! Tracks over borders, and cameras by radius and view cone.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use geographiclib_rs::{DirectGeodesic, Geodesic};
use kabat_core::chrono::{DateTime, Duration, TimeZone, Utc};
use kabat_core::{CameraId, Meters, Position, ResourceId};
use kabat_geo::{
    CameraIndex, CameraPlace, Crossing, Fix, Perimeter, PerimeterWatch, Shape, TrackError, ViewCone,
};

#[expect(dead_code, reason = "this test draws no whole numbers")]
mod random;
use random::Random;

fn at(lat: f64, lon: f64) -> Position {
    Position::from_degrees(lat, lon).unwrap()
}

fn metres(value: f64) -> Meters {
    Meters::new(value).unwrap()
}

/// A place so many metres from another, in a direction, by Karney's direct problem.
fn off(from: Position, bearing: f64, distance: f64) -> Position {
    let (lat, lon): (f64, f64) = Geodesic::wgs84().direct(
        from.latitude().degrees(),
        from.longitude().degrees(),
        bearing,
        distance,
    );
    at(lat, lon)
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap()
}

fn perimeter(code: &str, shape: Shape) -> Perimeter {
    Perimeter {
        code: code.to_owned(),
        shape,
        from: noon() - Duration::days(1),
        until: None,
        approach: None,
        dwell: None,
    }
}

fn walk(
    watch: &mut PerimeterWatch,
    unit: ResourceId,
    second: i64,
    position: Position,
    unsure: f64,
) -> Vec<Crossing> {
    let fix = Fix {
        at: noon() + Duration::seconds(second),
        position,
        uncertainty: metres(unsure),
    };
    watch
        .observe(unit, fix)
        .unwrap()
        .into_iter()
        .map(|event| event.crossing)
        .collect()
}

#[test]
fn one_crossing_is_one_entry_and_one_exit_however_noisy_the_border() {
    let summit = at(50.84, 4.38);
    let square: Vec<Position> = [45.0, 135.0, 225.0, 315.0]
        .map(|bearing| off(summit, bearing, 1000.0))
        .to_vec();
    let shapes = [
        Shape::Circle {
            centre: summit,
            radius: metres(800.0),
        },
        Shape::Polygon(square),
        Shape::Corridor {
            line: vec![off(summit, 0.0, 3000.0), off(summit, 180.0, 3000.0)],
            half_width: metres(500.0),
        },
    ];
    for (seed, shape) in (0..150).map(|n| (n, &shapes[usize::try_from(n % 3).unwrap()])) {
        let mut random = Random(seed);
        let mut watch = PerimeterWatch::new([perimeter("ring", shape.clone())]).unwrap();
        let unit = Random::id(1);
        let mut seen = Vec::new();
        // From 2 km west to 2 km east in steps of 5 m, every fix up to 30 m off in any direction.
        for step in 0..800_i32 {
            let true_place = off(summit, 90.0, f64::from(step) * 5.0 - 2000.0);
            let noisy = off(true_place, random.part() * 360.0, random.part() * 30.0);
            seen.extend(walk(&mut watch, unit, i64::from(step), noisy, 30.0));
        }
        assert_eq!(seen, [Crossing::Entered, Crossing::Left], "seed {seed}");
    }
}

#[test]
fn approach_dwell_end_and_the_first_fix_are_told_apart() {
    let summit = at(50.84, 4.38);
    let ring = Perimeter {
        approach: Some(metres(500.0)),
        dwell: Some(Duration::minutes(10)),
        until: Some(noon() + Duration::hours(2)),
        ..perimeter(
            "ring",
            Shape::Circle {
                centre: summit,
                radius: metres(1000.0),
            },
        )
    };
    let mut watch = PerimeterWatch::new([ring]).unwrap();
    let (car, other) = (Random::id(1), Random::id(2));
    let mut walk = |unit, minute: i64, distance: f64| {
        walk(
            &mut watch,
            unit,
            minute * 60,
            off(summit, 10.0, distance),
            10.0,
        )
    };
    assert_eq!(walk(car, 0, 5000.0), []);
    assert_eq!(walk(car, 1, 1400.0), [Crossing::Approached]);
    assert_eq!(walk(car, 2, 1300.0), []);
    assert_eq!(walk(car, 3, 900.0), [Crossing::Entered]);
    assert_eq!(walk(car, 12, 10.0), []);
    assert_eq!(walk(car, 13, 10.0), [Crossing::Dwelt]);
    assert_eq!(walk(car, 14, 10.0), []);
    assert_eq!(walk(car, 15, 1100.0), [Crossing::Left]);
    assert_eq!(walk(car, 16, 1005.0), []);
    assert_eq!(walk(car, 17, 3000.0), []);
    assert_eq!(walk(car, 18, 1300.0), [Crossing::Approached]);
    assert_eq!(walk(other, 20, 995.0), []);
    assert_eq!(walk(other, 21, 500.0), [Crossing::FoundInside]);
    assert_eq!(walk(other, 120, 500.0), [Crossing::Ended]);
    assert_eq!(walk(other, 121, 500.0), []);
}

#[test]
fn thousands_of_zones_give_what_a_loop_over_them_gives() {
    let mut random = Random(4);
    let zones: Vec<(Position, f64)> = (0..3000)
        .map(|_| {
            (
                at(50.5 + random.part(), 4.0 + random.part()),
                100.0 + random.part() * 2000.0,
            )
        })
        .collect();
    let perimeters = zones.iter().enumerate().map(|(n, &(centre, radius))| {
        perimeter(
            &format!("zone {n}"),
            Shape::Circle {
                centre,
                radius: metres(radius),
            },
        )
    });
    let mut watch = PerimeterWatch::new(perimeters).unwrap();
    let mut inside: Vec<bool> = vec![false; zones.len()];
    for step in 0..300_i32 {
        let place = at(50.5 + random.part(), 4.0 + random.part());
        let fix = Fix {
            at: noon() + Duration::seconds(i64::from(step)),
            position: place,
            uncertainty: Meters::ZERO,
        };
        let mut got: Vec<(String, Crossing)> = watch
            .observe(Random::id(1), fix)
            .unwrap()
            .into_iter()
            .map(|event| (event.perimeter, event.crossing))
            .collect();
        got.sort();
        let mut expected = Vec::new();
        for (n, &(centre, radius)) in zones.iter().enumerate() {
            let now = kabat_geo::geodesic(place, centre).get() <= radius;
            let crossing = match (inside[n], now) {
                (false, true) if step == 0 => Some(Crossing::FoundInside),
                (false, true) => Some(Crossing::Entered),
                (true, false) => Some(Crossing::Left),
                _ => None,
            };
            expected.extend(crossing.map(|crossing| (format!("zone {n}"), crossing)));
            inside[n] = now;
        }
        expected.sort();
        assert_eq!(got, expected, "step {step}");
    }
}

#[test]
fn bad_input_is_refused() {
    let flat = perimeter("flat", Shape::Polygon(vec![at(50.0, 4.0), at(51.0, 4.0)]));
    assert_eq!(
        PerimeterWatch::new([flat]).unwrap_err(),
        TrackError::NoArea {
            code: "flat".to_owned()
        }
    );
    let ring = perimeter(
        "ring",
        Shape::Circle {
            centre: at(50.0, 4.0),
            radius: metres(5.0),
        },
    );
    assert_eq!(
        PerimeterWatch::new([ring.clone(), ring.clone()]).unwrap_err(),
        TrackError::Duplicate {
            code: "ring".to_owned()
        }
    );
    let mut watch = PerimeterWatch::new([ring]).unwrap();
    let fix = Fix {
        at: noon(),
        position: at(50.0, 4.0),
        uncertainty: Meters::ZERO,
    };
    watch.observe(Random::id(1), fix).unwrap();
    assert_eq!(
        watch.observe(Random::id(1), fix),
        Err(TrackError::StaleFix {
            unit: Random::id(1),
            given: noon(),
            last: noon()
        })
    );
}

#[test]
fn cameras_by_radius_and_cone_equal_their_construction() {
    let place = at(50.85, 4.35);
    let mut random = Random(8);
    let mut expected = Vec::new();
    let cameras: Vec<CameraPlace> = (0..500)
        .map(|n| {
            let id = CameraId::v7(n, [0; 10]);
            let (bearing, distance) = (random.part() * 360.0, 10.0 + random.part() * 3000.0);
            // From the camera the place lies back where it came from, within a hundredth of a degree.
            let back = bearing + 180.0;
            let turn = (random.part() - 0.5) * 200.0;
            let view = ViewCone {
                bearing_deg: back + turn,
                width_deg: 60.0,
                range: metres(1500.0),
            };
            let sees = distance <= 1500.0 && turn.abs() <= 30.0;
            if distance <= 2000.0 && (turn.abs() - 30.0).abs() > 0.1 {
                expected.push((id, sees));
            }
            CameraPlace {
                id,
                position: off(place, bearing, distance),
                view: Some(view),
            }
        })
        .collect();
    let found = CameraIndex::new(cameras).within(place, metres(2000.0));
    assert!(found.is_sorted_by_key(|camera| camera.distance));
    for (id, sees) in expected {
        let camera = found.iter().find(|camera| camera.id == id).unwrap();
        assert_eq!(camera.sees, Some(sees));
    }
    assert!(found.iter().all(|camera| camera.distance <= metres(2000.0)));
}
