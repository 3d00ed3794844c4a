//! Distances against geographiclib, and the choice of a caller's location against a plain ranking.

mod strategies;

use geographiclib_rs::{Geodesic, InverseGeodesic};
use kabat_core::{LocationChoice, LocationFix, LocationMethod, LocationPolicy, Meters, Position};
use proptest::prelude::*;
use strategies::{fix, position, start};

fn geodesic_m(a: Position, b: Position) -> f64 {
    Geodesic::wgs84().inverse(
        a.latitude().degrees(),
        a.longitude().degrees(),
        b.latitude().degrees(),
        b.longitude().degrees(),
    )
}

proptest! {
    #[test]
    fn a_chord_is_shorter_than_the_geodesic_by_what_a_circle_says(a in position(), b in position()) {
        let (chord, geodesic) = (a.chord_to(b).get(), geodesic_m(a, b));
        // An arc exceeds its chord by d³/24R² in the first order; Belgium is 400 km across.
        let excess = geodesic.powi(3) / (24.0 * 6_371_000.0_f64.powi(2));
        prop_assert!((geodesic - chord - excess).abs() < 0.02 * excess + 1e-5, "{chord} {geodesic}");
    }

    #[test]
    fn chords_rank_as_geodesics_do(from in position(), a in position(), b in position()) {
        let (ca, cb) = (from.chord_to(a), from.chord_to(b));
        let (ga, gb) = (geodesic_m(from, a), geodesic_m(from, b));
        if (ga - gb).abs() > 1.0 {
            prop_assert_eq!(ca < cb, ga < gb);
        }
    }

    #[test]
    fn a_worse_location_never_replaces_a_better_one(fixes in prop::collection::vec(fix(), 1..8), later in fix()) {
        let policy = LocationPolicy::default();
        let now = start() + kabat_core::chrono::TimeDelta::seconds(100_000);
        let before = LocationChoice::among(&fixes, now, policy).expect("some");
        let mut more = fixes.clone();
        more.push(later);
        let after = LocationChoice::among(&more, now, policy).expect("some");
        prop_assert_eq!(after.passed_over.len(), more.len() - 1);
        if after.index == before.index {
            // The late one was passed over, and the choice says why.
            prop_assert!(after.passed_over.iter().any(|passed| passed.index == fixes.len()));
        } else {
            prop_assert_eq!(after.index, fixes.len());
            let radius = |fix: &LocationFix| fix.radius_95_at(now, policy);
            let better = match (later.confirmed, before.fix.confirmed) {
                (true, false) => true,
                (false, true) => false,
                (true, true) if later.measured_at != before.fix.measured_at => {
                    later.measured_at > before.fix.measured_at
                }
                _ => match (radius(&later), radius(&before.fix)) {
                    (Some(new), Some(old)) if new != old => new < old,
                    (Some(_), None) => true,
                    (None, Some(_)) => false,
                    _ => later.measured_at > before.fix.measured_at,
                },
            };
            prop_assert!(better);
        }
    }

    #[test]
    fn the_order_of_arrival_decides_only_between_equals(
        (fixes, shuffled) in prop::collection::vec(fix(), 1..8)
            .prop_flat_map(|fixes| (Just(fixes.clone()), Just(fixes).prop_shuffle())),
    ) {
        let now = start() + kabat_core::chrono::TimeDelta::seconds(100_000);
        let policy = LocationPolicy::default();
        let (a, b) = (
            LocationChoice::among(&fixes, now, policy).expect("some").fix,
            LocationChoice::among(&shuffled, now, policy).expect("some").fix,
        );
        prop_assert_eq!(a.confirmed, b.confirmed);
        prop_assert_eq!(a.measured_at, b.measured_at);
        if !a.confirmed {
            prop_assert_eq!(a.radius_95_at(now, policy), b.radius_95_at(now, policy));
        }
    }
}

#[test]
fn an_old_exact_fix_of_a_mobile_gives_way_and_an_address_does_not() {
    let at = |s| start() + kabat_core::chrono::TimeDelta::seconds(s);
    let place = Position::from_degrees(50.8, 4.4).expect("in range");
    let metres = |m| Meters::new(m).expect("positive");
    let policy = LocationPolicy::default();
    let choose = |method| {
        let old = LocationFix::new(place, method, at(0))
            .with_radius(metres(10.0))
            .with_confidence(95);
        let new = LocationFix::new(place, LocationMethod::Aml, at(600))
            .with_radius(metres(100.0))
            .with_confidence(95);
        LocationChoice::among(&[old, new], at(600), policy).map(|choice| choice.index)
    };
    // Ten minutes on foot are 900 m: the handset's old fix is worth less than its new one.
    assert_eq!(choose(LocationMethod::Aml), Some(1));
    // A house does not walk.
    assert_eq!(choose(LocationMethod::FixedAddress), Some(0));
}

#[test]
fn circles_that_do_not_touch_are_reported() {
    let fix = |lat, radius| {
        LocationFix::new(
            Position::from_degrees(lat, 4.4).expect("in range"),
            LocationMethod::Typed,
            start(),
        )
        .with_radius(Meters::new(radius).expect("positive"))
        .with_confidence(95)
    };
    // 0.01 degrees of latitude are 1.11 km.
    let choice = LocationChoice::among(
        &[fix(50.80, 100.0), fix(50.81, 900.0), fix(50.81, 1100.0)],
        start(),
        LocationPolicy::default(),
    )
    .expect("some");
    let contradicts: Vec<_> = choice.passed_over.iter().map(|p| p.contradicts).collect();
    assert_eq!(contradicts, [true, false]);
}
