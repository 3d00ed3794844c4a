//! Borders under noise of every kind, and tracks over many perimeters against a plain loop over all of them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use kabat_core::chrono::{DateTime, Duration, TimeZone, Utc};
use kabat_core::{CameraId, Meters, Position, ResourceId};
use kabat_geo::{
    CameraIndex, CameraPlace, Crossing, Fix, Perimeter, PerimeterWatch, Shape, TrackError, ViewCone,
};
use proptest::prelude::*;

mod random;
use random::Random;

fn at(lat: f64, lon: f64) -> Position {
    Position::from_degrees(lat, lon).unwrap()
}

fn metres(value: f64) -> Meters {
    Meters::new(value).unwrap()
}

fn centre() -> Position {
    at(50.84, 4.38)
}

/// A place so many metres from another, by Karney's direct problem.
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

fn perimeter(code: String, shape: Shape) -> Perimeter {
    Perimeter {
        code,
        shape,
        from: noon() - Duration::days(1),
        until: None,
        approach: None,
        dwell: None,
    }
}

/// How a receiver is wrong; never by more than the uncertainty it tells.
#[derive(Debug, Clone, Copy)]
enum Noise {
    /// Anywhere in the circle.
    Uniform,
    /// A bell of which the circle is three standard deviations; what falls outside is drawn anew.
    Bell,
    /// Each error follows from the last one: the track wanders from side to side of the border.
    Wander,
    /// The same error all the time.
    Bias,
    /// To this side and that in turn, as far as may be: the worst for a border.
    Zigzag,
    /// Rounded to a coarse lattice.
    Lattice,
}

struct Receiver {
    noise: Noise,
    unsure_m: f64,
    random: Random,
    error: [f64; 2],
    turn: bool,
}

impl Receiver {
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.random.part()).sum::<f64>() - 6.0
    }

    fn read(&mut self, from: Position) -> Position {
        let limit = self.unsure_m * 0.999;
        self.turn = !self.turn;
        self.error = match self.noise {
            Noise::Uniform => {
                let (turn, far) = (
                    self.random.part() * std::f64::consts::TAU,
                    limit * self.random.part().sqrt(),
                );
                [far * turn.cos(), far * turn.sin()]
            }
            Noise::Bell => loop {
                let error = [self.bell() * limit / 3.0, self.bell() * limit / 3.0];
                if error[0].hypot(error[1]) <= limit {
                    break error;
                }
            },
            Noise::Wander => {
                let next = [
                    self.error[0] * 0.95 + self.bell() * limit * 0.2,
                    self.error[1] * 0.95 + self.bell() * limit * 0.2,
                ];
                let far = next[0].hypot(next[1]).max(limit) / limit;
                next.map(|part| part / far)
            }
            Noise::Bias => [limit * 0.7, -limit * 0.7],
            Noise::Zigzag if self.turn => [limit, 0.0],
            Noise::Zigzag => [-limit, 0.0],
            Noise::Lattice => {
                // A lattice of `limit` metres is off by at most 0.71 of it.
                let (lat, lon) = (from.latitude().degrees(), from.longitude().degrees());
                let (north, east) = (lat * 111_240.0, lon * 70_400.0);
                let snap = |value: f64| (value / limit).round() * limit - value;
                [snap(east), snap(north)]
            }
        };
        let [east, north] = self.error;
        off(from, east.atan2(north).to_degrees(), east.hypot(north))
    }
}

fn noise() -> impl Strategy<Value = Noise> {
    prop_oneof![
        Just(Noise::Uniform),
        Just(Noise::Bell),
        Just(Noise::Wander),
        Just(Noise::Bias),
        Just(Noise::Zigzag),
        Just(Noise::Lattice),
    ]
}

fn shape(kind: usize) -> Shape {
    match kind {
        0 => Shape::Circle {
            centre: centre(),
            radius: metres(600.0),
        },
        1 => {
            let corners = (0..7_u8).map(|n| off(centre(), f64::from(n) * 51.4, 700.0));
            Shape::Polygon(corners.collect())
        }
        _ => Shape::Corridor {
            line: vec![
                off(centre(), 20.0, 900.0),
                centre(),
                off(centre(), 200.0, 900.0),
            ],
            half_width: metres(400.0),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Through the middle once, at any speed, direction, uncertainty and kind of noise: one entry and one exit, the entry
    /// shown by a fix that is truly inside and the exit by one that is truly outside.
    #[test]
    fn one_crossing_is_one_entry_and_one_exit(
        kind in 0..3_usize,
        noise in noise(),
        unsure_m in 1.0..100.0_f64,
        step_m in 1.0..60.0_f64,
        bearing in 0.0..360.0_f64,
        aside_m in -50.0..50.0_f64,
        seed in any::<u64>(),
    ) {
        let shape = shape(kind);
        let mut watch = PerimeterWatch::new([perimeter("ring".to_owned(), shape.clone())]).unwrap();
        let mut receiver = Receiver { noise, unsure_m, random: Random(seed), error: [0.0; 2], turn: false };
        let start = off(off(centre(), bearing + 90.0, aside_m), bearing, -2_000.0);
        let mut events = Vec::new();
        let steps = 4_000.0 / step_m;
        for step in (0_i32..).take_while(|&step| f64::from(step) < steps) {
            let truth = off(start, bearing, f64::from(step) * step_m);
            let fix = Fix {
                at: noon() + Duration::seconds(i64::from(step)),
                position: receiver.read(truth),
                uncertainty: metres(unsure_m),
            };
            for event in watch.observe(Random::id(1), fix).unwrap() {
                events.push((event.crossing, shape.signed_distance_m(truth).unwrap()));
            }
        }
        let crossings: Vec<Crossing> = events.iter().map(|(crossing, _)| *crossing).collect();
        prop_assert_eq!(crossings, [Crossing::Entered, Crossing::Left]);
        prop_assert!(events[0].1 < 0.5 && events[1].1 > -0.5, "{events:?}");
    }

    /// Along the border and never across it by as much as the uncertainty: nothing happens, whatever the noise.
    #[test]
    fn a_walk_along_the_border_is_no_crossing(
        noise in noise(),
        unsure_m in 5.0..100.0_f64,
        seed in any::<u64>(),
    ) {
        let mut watch = PerimeterWatch::new([perimeter("ring".to_owned(), shape(0))]).unwrap();
        let mut receiver = Receiver { noise, unsure_m: unsure_m / 2.0, random: Random(seed), error: [0.0; 2], turn: false };
        let fix = |second: i64, position| Fix {
            at: noon() + Duration::seconds(second),
            position,
            uncertainty: metres(unsure_m),
        };
        let unit = Random::id(1);
        prop_assert!(watch.observe(unit, fix(0, off(centre(), 0.0, 2_000.0))).unwrap().is_empty());
        for step in 1..400_i32 {
            let wave = f64::from(step % 20 - 10) / 10.0 * unsure_m * 0.49;
            let truth = off(centre(), f64::from(step) * 0.9, 600.0 + wave);
            prop_assert_eq!(watch.observe(unit, fix(step.into(), receiver.read(truth))).unwrap(), []);
        }
    }
}

/// What is known of a unit and a perimeter, in the plain second implementation.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    inside: Option<bool>,
    since: Option<DateTime<Utc>>,
    dwelt: bool,
    /// Has been told to be near, and has not been far since.
    near: bool,
    over: bool,
}

/// One fix against one perimeter, as the documentation has it.
fn told(known: &mut Known, zone: &Perimeter, fix: Fix) -> Vec<Crossing> {
    let mut told = Vec::new();
    if fix.at < zone.from || known.over {
        return told;
    }
    if zone.until.is_some_and(|until| fix.at >= until) {
        known.over = true;
        if known.inside == Some(true) {
            told.push(Crossing::Ended);
        }
        return told;
    }
    let distance = zone.shape.signed_distance_m(fix.position).unwrap();
    let unsure = fix.uncertainty.get();
    let surely_inside = distance < -unsure || unsure == 0.0 && distance == 0.0;
    let surely_outside = distance > unsure;
    if surely_inside && known.inside != Some(true) {
        told.push(if known.inside.is_none() {
            Crossing::FoundInside
        } else {
            Crossing::Entered
        });
        *known = Known {
            inside: Some(true),
            since: Some(fix.at),
            ..Known::default()
        };
    } else if surely_outside && known.inside != Some(false) {
        let left = known.inside == Some(true);
        if left {
            told.push(Crossing::Left);
        }
        // Whoever leaves is near, and has not approached.
        *known = Known {
            inside: Some(false),
            near: left && zone.approach.is_some(),
            ..Known::default()
        };
    }
    let stay = known.since.filter(|_| known.inside == Some(true));
    let long = stay
        .zip(zone.dwell)
        .is_some_and(|(since, limit)| fix.at - since >= limit);
    if long && !known.dwelt {
        known.dwelt = true;
        told.push(Crossing::Dwelt);
    }
    if let (Some(false), Some(limit)) = (known.inside, zone.approach.map(Meters::get)) {
        if !known.near && surely_outside && distance + unsure <= limit {
            known.near = true;
            told.push(Crossing::Approached);
        } else if known.near && distance - unsure > limit {
            known.near = false;
        }
    }
    told
}

fn zones(random: &mut Random, count: u64) -> Vec<Perimeter> {
    (0..count)
        .map(|n| {
            let middle = at(50.8 + random.part() * 0.08, 4.3 + random.part() * 0.12);
            let size = 100.0 + random.part() * 1_200.0;
            let shape = match random.below(3) {
                0 => Shape::Circle {
                    centre: middle,
                    radius: metres(size),
                },
                1 => {
                    let corners = 3 + random.below(6);
                    let spoke = |n: u64| f64::from(u32::try_from(n * 360 / corners).unwrap());
                    let reach = |random: &mut Random| size * (0.3 + random.part());
                    Shape::Polygon(
                        (0..corners)
                            .map(|n| off(middle, spoke(n), reach(random)))
                            .collect(),
                    )
                }
                _ => {
                    let points = 1 + random.below(4);
                    let line = (0..points).map(|_| off(middle, random.part() * 360.0, size));
                    Shape::Corridor {
                        line: line.collect(),
                        half_width: metres(size / 4.0),
                    }
                }
            };
            let minutes =
                |random: &mut Random| Duration::minutes(i64::try_from(random.below(60)).unwrap());
            let mut zone = perimeter(format!("zone {n}"), shape);
            if random.below(3) == 0 {
                zone.from = noon() + minutes(random);
            }
            if random.below(3) == 0 {
                zone.until = Some(zone.from.max(noon()) + minutes(random));
            }
            zone.approach = (random.below(2) == 0).then(|| metres(random.part() * 800.0));
            zone.dwell = (random.below(2) == 0).then(|| minutes(random) / 4);
            zone
        })
        .collect()
}

#[test]
fn many_tracks_over_many_zones_are_those_of_a_loop_over_all() {
    let mut total: BTreeMap<Crossing, usize> = BTreeMap::new();
    for seed in 0..100 {
        let mut random = Random(seed);
        let zones = zones(&mut random, 120);
        let mut watch = PerimeterWatch::new(zones.clone()).unwrap();
        for car in 0..4 {
            let unit = Random::id(car);
            let mut known = vec![Known::default(); zones.len()];
            let (mut place, mut heading) = (at(50.84, 4.36), random.part() * 360.0);
            for minute in 0..90_i64 {
                heading += (random.part() - 0.5) * 120.0;
                // Now and then a unit jumps: it was out of reach of the network.
                let way = if random.below(25) == 0 {
                    4_000.0
                } else {
                    random.part() * 700.0
                };
                place = off(place, heading, way);
                let fix = Fix {
                    at: noon() + Duration::minutes(minute),
                    position: place,
                    uncertainty: metres(if random.below(4) == 0 {
                        0.0
                    } else {
                        random.part() * 150.0
                    }),
                };
                let got: Vec<(String, Crossing)> = watch
                    .observe(unit, fix)
                    .unwrap()
                    .into_iter()
                    .map(|event| (event.perimeter, event.crossing))
                    .collect();
                let mut expected = Vec::new();
                for (known, zone) in known.iter_mut().zip(&zones) {
                    let told = told(known, zone, fix);
                    expected.extend(
                        told.into_iter()
                            .map(|crossing| (zone.code.clone(), crossing)),
                    );
                }
                assert_eq!(got, expected, "seed {seed}, car {car}, minute {minute}");
                for (_, crossing) in got {
                    *total.entry(crossing).or_default() += 1;
                }
            }
        }
    }
    assert!(
        total.len() == 6 && total.values().all(|&count| count > 50),
        "{total:?}"
    );
}

#[test]
fn a_refused_fix_changes_nothing() {
    let mut random = Random(5);
    let zones = zones(&mut random, 40);
    let mut plain = PerimeterWatch::new(zones.clone()).unwrap();
    let mut disturbed = plain.clone();
    let unit = Random::id(1);
    for minute in 1..60_i64 {
        let draw =
            |random: &mut Random| at(50.8 + random.part() * 0.08, 4.3 + random.part() * 0.12);
        let (place, elsewhere) = (draw(&mut random), draw(&mut random));
        let fix = |at, position| Fix {
            at,
            position,
            uncertainty: metres(20.0),
        };
        let time = noon() + Duration::minutes(minute);
        let first = plain.observe(unit, fix(time, place));
        assert_eq!(disturbed.observe(unit, fix(time, place)), first);
        for stale in [time, time - Duration::seconds(1), DateTime::<Utc>::MIN_UTC] {
            assert_eq!(
                disturbed.observe(unit, fix(stale, elsewhere)),
                Err(TrackError::StaleFix {
                    unit,
                    given: stale,
                    last: time
                })
            );
        }
    }
    let nowhere = Shape::Corridor {
        line: vec![],
        half_width: metres(5.0),
    };
    let empty = PerimeterWatch::new([perimeter("way".to_owned(), nowhere)]).unwrap_err();
    assert_eq!(
        empty,
        TrackError::NoArea {
            code: "way".to_owned()
        }
    );
    // A unit that is not known is simply seen for the first time, and may be forgotten twice.
    disturbed.forget(ResourceId::nil());
    disturbed.forget(ResourceId::nil());
}

/// An angle or a range that somebody may have typed.
fn typed() -> impl Strategy<Value = f64> {
    prop_oneof![8 => -400.0..800.0_f64, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY), 1 => Just(0.0)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Cameras by radius and view cone against every camera measured, with the angle from unit vectors.
    #[test]
    fn cameras_are_those_that_measuring_every_one_finds(
        drawn in prop::collection::vec(
            ((0.0..360.0_f64, 0.0..900.0_f64), prop::option::weighted(0.9, (typed(), typed(), 0.0..800.0_f64))),
            0..60,
        ),
        radius in 0.0..900.0_f64,
    ) {
        let place = centre();
        let cameras: Vec<CameraPlace> = (0..)
            .zip(&drawn)
            .map(|(n, ((bearing, distance), view))| CameraPlace {
                id: CameraId::v7(n, [0; 10]),
                position: off(place, *bearing, *distance),
                view: view.map(|(bearing_deg, width_deg, range)| ViewCone { bearing_deg, width_deg, range: metres(range) }),
            })
            .collect();
        let index = CameraIndex::new(cameras.iter().copied());
        let found = index.within(place, metres(radius));
        let mut expected = 0;
        for camera in &cameras {
            let (lat, lon) = (camera.position.latitude().degrees(), camera.position.longitude().degrees());
            let (distance, azimuth, _, _): (f64, f64, f64, f64) =
                Geodesic::wgs84().inverse(lat, lon, place.latitude().degrees(), place.longitude().degrees());
            let got = found.iter().find(|view| view.id == camera.id);
            prop_assert_eq!(got.is_some(), distance <= radius);
            let Some(got) = got else { continue };
            expected += 1;
            prop_assert!((got.distance.get() - distance).abs() < 1e-9);
            let Some(view) = camera.view.filter(|view| view.bearing_deg.is_finite() && !view.width_deg.is_nan()) else {
                prop_assert_eq!(got.sees, None);
                continue;
            };
            let unit = |degrees: f64| degrees.to_radians().sin_cos();
            let ((ax, ay), (bx, by)) = (unit(azimuth), unit(view.bearing_deg));
            let apart = (ax * bx + ay * by).clamp(-1.0, 1.0).acos().to_degrees();
            let edge = (apart - view.width_deg / 2.0).abs() < 1e-4 || (distance - 1.0).abs() < 1e-6;
            if !edge {
                let toward = apart <= view.width_deg / 2.0 || distance < 1.0;
                prop_assert_eq!(got.sees, Some(toward && distance <= view.range.get()));
            }
        }
        prop_assert_eq!(found.len(), expected);
        prop_assert!(found.is_sorted_by_key(|view| (view.distance, view.id)));
        let seeing = index.seeing(place, metres(radius));
        prop_assert!(seeing.iter().all(|view| view.sees == Some(true)));
        prop_assert_eq!(seeing.len(), found.iter().filter(|view| view.sees == Some(true)).count());
    }
}

/// Crosses a ring on foot, a fix each second, with errors of a two-dimensional bell; returns how many of the crossings
/// were not exactly one entry and one exit.
fn not_one(told_m: f64, crossings: u64) -> usize {
    const DEVIATION_M: f64 = 10.0;
    let told = |seed| {
        let mut bell = Receiver {
            noise: Noise::Bell,
            unsure_m: 0.0,
            random: Random(seed),
            error: [0.0; 2],
            turn: false,
        };
        let mut watch = PerimeterWatch::new([perimeter("ring".to_owned(), shape(0))]).unwrap();
        let mut seen = Vec::new();
        for second in 0..1_200_i32 {
            let truth = off(centre(), 90.0, f64::from(second) * 1.4 - 840.0);
            let (east, north) = (bell.bell() * DEVIATION_M, bell.bell() * DEVIATION_M);
            let fix = Fix {
                at: noon() + Duration::seconds(second.into()),
                position: off(truth, east.atan2(north).to_degrees(), east.hypot(north)),
                uncertainty: metres(told_m),
            };
            let events = watch.observe(Random::id(1), fix).unwrap();
            seen.extend(events.into_iter().map(|event| event.crossing));
        }
        seen
    };
    (0..crossings)
        .filter(|&seed| told(seed) != [Crossing::Entered, Crossing::Left])
        .count()
}

#[test]
fn three_times_the_radius_of_68_percent_is_enough() {
    // Of a two-dimensional bell, 68 % lies within 1.51 standard deviations.
    let radius_m = 15.1;
    assert_eq!(not_one(3.0 * radius_m, 200), 0);
    assert!(not_one(radius_m, 40) > 0, "the radius alone is not");
}
