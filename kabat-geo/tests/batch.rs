//! Batches, several cores and bytes used where they lie give the answers of single questions.
#![expect(clippy::unwrap_used, reason = "a test may stop with a panic")]

use kabat_core::Position;
use kabat_geo::{Atlas, Jurisdiction, NaiveDate};

fn day() -> NaiveDate {
    "2026-06-01".parse().unwrap()
}

/// Places spread evenly in and around Belgium (the R2 sequence: powers of the plastic number).
fn places(count: u32) -> Vec<Position> {
    (0..count)
        .map(|number| {
            let part = |step: f64| (f64::from(number) * step).fract();
            let lat = 49.3 + 2.4 * part(0.754_877_666_246_692_7);
            let lon = 2.3 + 4.3 * part(0.569_840_290_998_053_3);
            Position::from_degrees(lat, lon).unwrap()
        })
        .collect()
}

#[test]
fn a_batch_is_its_single_answers() {
    let places = places(20_000);
    let atlas = Atlas::belgium();
    let dated = atlas.on(day());
    let batch = dated.locate_many(&places);
    assert_eq!(batch.len(), places.len());
    for (&place, answer) in places.iter().zip(&batch) {
        assert_eq!(dated.locate(place), *answer);
    }
    // Without prepared answers, on fewer of them: it resolves each one anew.
    for (&place, answer) in places.iter().zip(&batch).take(2_000) {
        assert_eq!(atlas.locate(place, day()), *answer);
    }
}

#[cfg(feature = "rayon")]
#[test]
fn several_cores_change_nothing() {
    let places = places(50_000);
    let dated = Atlas::belgium().on(day());
    assert_eq!(
        dated.locate_many_parallel(&places),
        dated.locate_many(&places)
    );
}

#[test]
fn bytes_at_any_address_serve() {
    let places = places(5_000);
    let expected = Atlas::belgium().on(day()).locate_many(&places);
    let bytes = Atlas::belgium().to_bytes();
    for offset in 1..4 {
        let mut moved = vec![0_u8; offset];
        moved.extend_from_slice(&bytes);
        let atlas = Atlas::from_storage(moved.get(offset..).unwrap()).unwrap();
        let answers: Vec<Jurisdiction<'_>> = atlas.on(day()).locate_many(&places);
        assert_eq!(answers, expected);
    }
}
