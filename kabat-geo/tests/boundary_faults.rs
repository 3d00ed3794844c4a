//! Faulty boundaries, made by hand: each fault is reported where it is.
#![expect(clippy::unwrap_used, reason = "a test may stop with a panic")]

use kabat_core::Position;
use kabat_geo::{Atlas, AtlasError, BoundaryReport, BoundarySet, NaiveDate, Registry};

const BRUSSELS: &str = "21004";
const SCHAERBEEK: &str = "21015";

fn day() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

/// A closed rectangle, counterclockwise.
fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<[f64; 2]> {
    vec![
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ]
}

fn set(areas: &[(&str, Vec<Vec<[f64; 2]>>)]) -> BoundarySet {
    let mut set = BoundarySet::new();
    for (key, rings) in areas {
        set.add_polygon(key, rings);
    }
    set
}

fn check(areas: &[(&str, Vec<Vec<[f64; 2]>>)]) -> BoundaryReport {
    set(areas).check(Registry::belgium(), day())
}

fn west() -> Vec<[f64; 2]> {
    rectangle(4.3, 50.8, 4.4, 50.9)
}

fn east() -> Vec<[f64; 2]> {
    rectangle(4.4, 50.8, 4.5, 50.9)
}

#[test]
fn neighbours_without_fault() {
    let report = check(&[(BRUSSELS, vec![west()]), (SCHAERBEEK, vec![east()])]);
    assert_eq!(report.missing.len(), 565 - 2);
    assert!(report.unknown.is_empty() && report.overlaps.is_empty() && report.gaps.is_empty());
    assert!(report.open_rings.is_empty() && report.turned_rings.is_empty());
    assert!(report.degenerate_rings.is_empty());
    assert!(!report.is_sound(), "municipalities are missing");
}

#[test]
fn missing_and_unknown_municipalities() {
    let report = check(&[(BRUSSELS, vec![west()]), ("99999", vec![east()])]);
    assert!(!report.missing.contains(&BRUSSELS.parse().unwrap()));
    assert!(report.missing.contains(&SCHAERBEEK.parse().unwrap()));
    assert_eq!(report.unknown, ["99999"]);
    // A code that has gone: Borsbeek joined Antwerp in 2025.
    let report = check(&[("11007", vec![west()])]);
    assert_eq!(report.unknown, ["11007"]);
}

#[test]
fn overlap_across_and_within() {
    let shifted = rectangle(4.35, 50.85, 4.5, 50.95);
    let report = check(&[(BRUSSELS, vec![west()]), (SCHAERBEEK, vec![shifted])]);
    assert_eq!(report.overlaps.len(), 1);
    assert_eq!(report.overlaps[0].areas, [BRUSSELS, SCHAERBEEK]);
    let [lon, lat] = report.overlaps[0].at;
    assert!((4.349..=4.401).contains(&lon) && (50.849..=50.901).contains(&lat));
    let inner = rectangle(4.33, 50.83, 4.35, 50.85);
    let report = check(&[(BRUSSELS, vec![west()]), (SCHAERBEEK, vec![inner.clone()])]);
    assert_eq!(report.overlaps[0].areas, [BRUSSELS, SCHAERBEEK]);
    // The same ground, cut out of the outer area, is no overlap.
    let hole: Vec<[f64; 2]> = inner.iter().rev().copied().collect();
    let report = check(&[(BRUSSELS, vec![west(), hole]), (SCHAERBEEK, vec![inner])]);
    assert!(report.overlaps.is_empty() && report.gaps.is_empty());
}

#[test]
fn gap_between_neighbours() {
    let hole: Vec<[f64; 2]> = rectangle(4.33, 50.83, 4.34, 50.84)
        .into_iter()
        .rev()
        .collect();
    let report = check(&[(BRUSSELS, vec![west(), hole]), (SCHAERBEEK, vec![east()])]);
    assert_eq!(report.gaps.len(), 1);
    // A hundredth of a degree each way at 50.8 degrees: 705 by 1,113 m.
    let size = report.gaps[0].square_metres;
    assert!((size - 705.0 * 1_113.0).abs() < 5_000.0, "{size}");
}

#[test]
fn rings_open_turned_and_without_area_are_named_and_put_right() {
    let mut open = west();
    open.pop();
    let turned: Vec<[f64; 2]> = east().into_iter().rev().collect();
    let line = vec![[4.6, 50.8], [4.7, 50.8], [4.6, 50.8]];
    let areas = [
        (BRUSSELS, vec![open]),
        (SCHAERBEEK, vec![turned]),
        (SCHAERBEEK, vec![line]),
    ];
    let report = check(&areas);
    let place = |rings: &[kabat_geo::RingPlace]| -> Vec<(String, usize, usize)> {
        rings
            .iter()
            .map(|ring| (ring.area.clone(), ring.polygon, ring.ring))
            .collect()
    };
    assert_eq!(place(&report.open_rings), [(BRUSSELS.to_owned(), 0, 0)]);
    assert_eq!(place(&report.turned_rings), [(SCHAERBEEK.to_owned(), 0, 0)]);
    assert_eq!(
        place(&report.degenerate_rings),
        [(SCHAERBEEK.to_owned(), 1, 0)]
    );
    assert!(report.overlaps.is_empty() && report.gaps.is_empty());
    let atlas = Atlas::from_municipalities(set(&areas)).unwrap();
    for (lon, nis) in [(4.35, BRUSSELS), (4.45, SCHAERBEEK)] {
        let found = atlas.locate(Position::from_degrees(50.85, lon).unwrap(), day());
        assert_eq!(found.municipality.unwrap().nis.to_string(), nis);
    }
}

/// Degrees that were swapped, or metres instead of degrees, are checked without asking for all memory, and refused.
#[test]
fn stray_points_do_no_harm() {
    for ring in [
        rectangle(50.8, 4.3, 50.9, 4.4),
        rectangle(-180.0, -90.0, 180.0, 90.0),
        rectangle(149_000.0, 170_000.0, 150_000.0, 171_000.0),
    ] {
        let areas = [(BRUSSELS, vec![west()]), (SCHAERBEEK, vec![ring])];
        let _ = check(&areas);
        let refused = Atlas::from_municipalities(set(&areas));
        assert!(matches!(refused, Err(AtlasError::TooWide { .. })));
    }
}
