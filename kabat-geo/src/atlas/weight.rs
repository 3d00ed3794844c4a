//! How strongly a named place speaks for its municipality.

use std::collections::BTreeMap;

use super::place::Place;
use super::raster::scale;
use crate::NisCode;

/// Inhabitants added to each place, so that one of unknown size speaks as well.
const FLOOR_POPULATION: f64 = 640.0;
const POPULATION_POWER: f64 = 0.58;
/// A court sits in a town of unknown size.
const COURT_SEAT: f64 = 3.5;
/// A place in a dense neighbourhood of other municipalities has less ground around it than its size lets expect, and so
/// has each of many places of one municipality.
const SPACING_FLOOR_METRES: f64 = 300.0;
const SPACING_POWER: f64 = -0.35;
const SIBLING_POWER: f64 = -0.225;

/// Returns the weight of each place in thousandths.
pub(super) fn weights(places: &[Place]) -> Vec<u32> {
    let mut siblings: BTreeMap<NisCode, u32> = BTreeMap::new();
    for place in places {
        *siblings.entry(place.nis).or_default() += 1;
    }
    places
        .iter()
        .map(|place| {
            let size = (f64::from(place.population) + FLOOR_POPULATION).powf(POPULATION_POWER);
            let spacing = (spacing(place, places) + SPACING_FLOOR_METRES).powf(SPACING_POWER);
            let siblings = siblings.get(&place.nis).copied().unwrap_or(1);
            let seat = if place.court_seat { COURT_SEAT } else { 1.0 };
            let weight = size * spacing * f64::from(siblings).powf(SIBLING_POWER) * seat;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a cast saturates, and weights are small and positive"
            )]
            let thousandths = (weight * 1000.0).round() as u32;
            thousandths
        })
        .collect()
}

/// Returns the metres to the nearest place of another municipality.
fn spacing(place: &Place, places: &[Place]) -> f64 {
    let [x, y] = place.degrees();
    let (lat, lon) = scale(y);
    places
        .iter()
        .filter(|other| other.nis != place.nis)
        .map(|other| {
            let [ox, oy] = other.degrees();
            ((ox - x) * lon).hypot((oy - y) * lat)
        })
        .fold(50_000.0, f64::min)
}
