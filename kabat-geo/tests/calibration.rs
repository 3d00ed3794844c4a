//! The constants of the blue-light model follow from the records they were fitted to, when these are at hand.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kabat_core::Position;
use kabat_core::chrono::NaiveDateTime;
use kabat_geo::{StraightLineTime, geodesic};

/// Time of the alarm, metres in a straight line, seconds from leaving to arrival; `None` in the last two when the row
/// can be used but is no trip of an ambulance.
type Trip = (NaiveDateTime, Option<(f64, f64)>);

/// Reads a row. The texts in its middle may hold commas, so columns are counted from both ends.
fn trip(row: &str) -> Option<Trip> {
    let mut ends: Vec<&str> = row.rsplitn(13, ',').collect();
    ends.reverse();
    let [
        front,
        unit,
        base_lon,
        base_lat,
        vector,
        _,
        t1,
        t2,
        t3,
        ..,
        t7,
    ] = ends.as_slice()
    else {
        return None;
    };
    let mut front = front.split(',').skip(1);
    let (lon, lat) = (front.next()?, front.next()?);
    let place = |lat: &str, lon: &str| {
        Position::from_degrees(lat.trim().parse().ok()?, lon.trim().parse().ok()?).ok()
    };
    let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
    let (at, base) = (place(lat, lon)?, place(base_lat, base_lon)?);
    let (alarm, left, arrived, free) = (time(t1)?, time(t2), time(t3), time(t7));
    let ambulance = *vector == "AMB" || unit.starts_with("A-");
    let disorder = free.is_some_and(|free| free < alarm)
        || left.is_some_and(|left| left < alarm)
        || left
            .zip(arrived)
            .is_some_and(|(left, arrived)| arrived < left);
    let known = ambulance || *vector == "SMUR" || unit.starts_with("M-") || unit.ends_with("PIT");
    if unit.trim().is_empty() || disorder || !known {
        return None;
    }
    let driven = left
        .zip(arrived)
        .map(|(left, arrived)| (arrived - left).num_seconds());
    let driven = driven.filter(|seconds| (20..3600).contains(seconds));
    let driven = driven.filter(|_| ambulance && !unit.ends_with("PIT") && *vector != "SMUR");
    let seconds = driven.map(|seconds| f64::from(i32::try_from(seconds).unwrap()));
    Some((
        alarm,
        seconds.map(|seconds| (geodesic(base, at).get(), seconds)),
    ))
}

/// Median absolute error and median error, in minutes.
fn errors(model: StraightLineTime, trips: &[(f64, f64)]) -> (f64, f64) {
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap()
    };
    let off = |&(metres, seconds): &(f64, f64)| (model.seconds(metres) - seconds) / 60.0;
    (
        middle(trips.iter().map(|trip| off(trip).abs()).collect()),
        middle(trips.iter().map(off).collect()),
    )
}

#[test]
fn the_constants_are_those_of_the_records() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/replay/brussels_2022-07.csv"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        eprintln!("skipped: the records are not at hand");
        return;
    };
    let mut trips: Vec<Trip> = text.lines().skip(1).filter_map(trip).collect();
    trips.sort_by_key(|(alarm, _)| *alarm);
    let (first, last) = (trips.first().unwrap().0, trips.last().unwrap().0);
    let split = first + (last - first) * 2 / 3;
    let part = |late: bool| -> Vec<(f64, f64)> {
        let of_part = trips.iter().filter(|(alarm, _)| (*alarm >= split) == late);
        of_part.filter_map(|(_, driven)| *driven).collect()
    };
    let (earlier, later) = (part(false), part(true));
    assert_eq!(later.len(), 1_318);
    let fitted = StraightLineTime::fit(&earlier).unwrap();
    let shipped = StraightLineTime::BRUSSELS_AMBULANCE;
    for (name, fitted, shipped) in [
        ("start", fitted.start_s, shipped.start_s),
        ("near", fitted.near_s_per_m, shipped.near_s_per_m),
        ("far", fitted.far_s_per_m, shipped.far_s_per_m),
        ("knee", fitted.knee_m, shipped.knee_m),
    ] {
        assert!((fitted / shipped - 1.0).abs() < 1e-3, "{name}: {fitted}");
    }
    let (error, bias) = errors(shipped, &later);
    assert!((error - 1.57).abs() < 0.01 && (bias - 0.12).abs() < 0.01);
    let plain = StraightLineTime::constant_speed(50.0 / 3.6).unwrap();
    let (error, bias) = errors(plain, &later);
    assert!((error - 3.16).abs() < 0.01 && (bias + 3.15).abs() < 0.01);
}
