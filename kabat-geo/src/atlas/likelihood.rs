//! The likely municipality within a judicial canton.
//!
//! Every named place `i` of a candidate pulls with `sqrt(population + 500) / (d² + 200²)²` at distance `d` in metres; the
//! likelihood of a candidate is its share of the pull of all. Measured against polygons (`tests/accuracy.rs`) these shares
//! are probabilities: answers stated at 75 % are right three times in four. The square root of the population and the
//! fourth power were chosen there among a few round numbers; nothing else was fitted.

use super::place::Place;
use super::raster::scale;
use crate::{Certainty, Jurisdiction, NisCode, Registry};

/// Inhabitants added to each place, so that one of unknown size pulls as well.
const FLOOR_POPULATION: f64 = 500.0;
/// Square of the distance, in metres, within which being nearer hardly counts.
const CORE_SQUARE_METRES: f64 = 200.0 * 200.0;
/// Boundary sets differ by a mean of 8.7 m: how fast the doubt at a canton border fades.
const DOUBT_METRES: f32 = 8.0;
/// More candidates than any canton has (11 in 2026); further ones would not be considered.
const CANDIDATES: usize = 24;

/// The candidates of one canton and their named places.
#[derive(Debug, Clone)]
pub(super) struct CantonModel {
    /// Row of the canton in the registry.
    pub(super) index: usize,
    pub(super) candidates: Vec<NisCode>,
    /// Longitude, latitude in degrees, pull, candidate.
    places: Vec<([f64; 3], usize)>,
}

impl CantonModel {
    pub(super) fn new(key: &str, places: &[Place], registry: &Registry) -> Self {
        let cantons = registry.judicial_cantons();
        let index = cantons
            .iter()
            .position(|canton| canton.key == key)
            .unwrap_or(usize::MAX);
        let candidates: Vec<NisCode> = cantons
            .get(index)
            .map(|canton| canton.municipalities.as_slice())
            .unwrap_or_default()
            .iter()
            .copied()
            .take(CANDIDATES)
            .collect();
        let places = places
            .iter()
            .filter_map(|place| {
                let candidate = candidates.iter().position(|&nis| nis == place.nis)?;
                let [x, y] = place.position.map(|value| f64::from(value) / 1e5);
                let pull = (f64::from(place.population) + FLOOR_POPULATION).sqrt();
                Some(([x, y, pull], candidate))
            })
            .collect();
        Self {
            index,
            candidates,
            places,
        }
    }

    /// Chooses among the answers of the candidates, given in their order.
    pub(super) fn choose<'a>(
        &self,
        [x, y]: [f64; 2],
        border: Option<f32>,
        answers: &[Jurisdiction<'a>],
    ) -> Jurisdiction<'a> {
        if let [only] = answers {
            let certainty = border.map_or(Certainty::Exact, |metres| Certainty::NearBorder {
                neighbour: None,
                metres,
            });
            return Jurisdiction { certainty, ..*only };
        }
        let (lat, lon) = scale(y);
        let mut pulls = [0.0_f64; CANDIDATES];
        for ([px, py, pull], candidate) in &self.places {
            let (dx, dy) = ((px - x) * lon, (py - y) * lat);
            let square = dx * dx + dy * dy + CORE_SQUARE_METRES;
            if let Some(sum) = pulls.get_mut(*candidate) {
                *sum += pull / (square * square);
            }
        }
        let (mut best, mut second) = ((0.0, usize::MAX), (0.0, usize::MAX));
        let mut total = 0.0;
        for (index, &pull) in pulls.iter().enumerate().take(self.candidates.len()) {
            total += pull;
            if pull > best.0 {
                second = best;
                best = (pull, index);
            } else if pull > second.0 {
                second = (pull, index);
            }
        }
        let Some(answer) = answers.get(best.1) else {
            return Jurisdiction::UNKNOWN;
        };
        let (mut police, mut rescue) = (0.0, 0.0);
        for (other, &pull) in answers.iter().zip(&pulls) {
            if same(other.police_zone, answer.police_zone) {
                police += pull;
            }
            if same(other.rescue_zone, answer.rescue_zone) {
                rescue += pull;
            }
        }
        let side = border.map_or(1.0, |metres| 1.0 - 0.5 * (-metres / DOUBT_METRES).exp());
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a probability needs no double precision"
        )]
        let share = |pull: f64| (pull / total) as f32 * side;
        Jurisdiction {
            certainty: Certainty::Likely {
                municipality: share(best.0),
                police_zone: share(police),
                rescue_zone: share(rescue),
                runner_up: self.candidates.get(second.1).copied(),
                margin: share(best.0 - second.0),
            },
            ..*answer
        }
    }
}

/// Rows of the registry are compared by place, not by content.
fn same<T>(one: Option<&T>, other: Option<&T>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => core::ptr::eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
