//! Random input shared by the property tests.
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first wrong constant"
)]

use kabat_core::chrono::{DateTime, TimeDelta, Utc};
use kabat_core::{LocationFix, LocationMethod, Meters, Position};
use proptest::prelude::*;

pub(crate) fn start() -> DateTime<Utc> {
    "2026-03-28T22:00:00Z".parse().expect("a constant")
}

pub(crate) fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..100_000).prop_map(|s| start() + TimeDelta::seconds(s))
}

pub(crate) fn position() -> impl Strategy<Value = Position> {
    (49.5f64..51.6, 2.5f64..6.5)
        .prop_map(|(lat, lon)| Position::from_degrees(lat, lon).expect("in range"))
}

pub(crate) fn fix() -> impl Strategy<Value = LocationFix> {
    let method = prop_oneof![
        Just(LocationMethod::MapClick),
        Just(LocationMethod::Typed),
        Just(LocationMethod::Aml),
        Just(LocationMethod::ECall),
        Just(LocationMethod::App),
        Just(LocationMethod::Cell),
    ];
    (
        position(),
        method,
        prop::option::of(0.0f64..20_000.0),
        prop::option::of(0u8..=100),
        instant(),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(position, method, radius, confidence, at, confirmed)| {
            let mut fix = LocationFix::new(position, method, at);
            fix.radius_m = radius.map(|r| Meters::new(r).expect("in range"));
            fix.confidence_percent = confidence;
            fix.confirmed = confirmed;
            fix
        })
}
