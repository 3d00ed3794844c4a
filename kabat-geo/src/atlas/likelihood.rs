//! The likely municipality within a judicial canton.

use super::partition::AreaId;
use super::place::Place;
use super::raster::scale;
use crate::{Certainty, NisCode, Registry};

/// The candidates of one canton and their named places.
#[derive(Debug, Clone)]
pub(super) struct CantonModel {
    index: usize,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Clone)]
struct Candidate {
    nis: NisCode,
    /// Longitude, latitude in degrees, and weight in metres.
    places: Vec<[f64; 3]>,
}

/// The likeliest municipality.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) nis: Option<NisCode>,
    pub(super) certainty: Certainty,
}

impl CantonModel {
    pub(super) fn new(key: &str, places: &[Place], registry: &Registry) -> Self {
        let cantons = registry.judicial_cantons();
        let index = cantons
            .iter()
            .position(|canton| canton.key == key)
            .unwrap_or(usize::MAX);
        let candidates = cantons
            .get(index)
            .map(|canton| canton.municipalities.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|&nis| Candidate {
                nis,
                places: places
                    .iter()
                    .filter(|place| place.nis == nis)
                    .map(|place| {
                        let [x, y] = place.position.map(|value| f64::from(value) / 1e5);
                        [x, y, weight(place.population)]
                    })
                    .collect(),
            })
            .collect();
        Self { index, candidates }
    }

    pub(super) fn canton_index(&self) -> usize {
        self.index
    }

    pub(super) fn candidates(&self) -> impl Iterator<Item = NisCode> + '_ {
        self.candidates.iter().map(|candidate| candidate.nis)
    }

    pub(super) fn guess(&self, [x, y]: [f64; 2], near: Option<(AreaId, f32)>) -> Guess {
        let (lat, lon) = scale(y);
        let mut best: (f64, Option<NisCode>) = (f64::INFINITY, None);
        let mut second = best;
        for candidate in &self.candidates {
            let mut distance = f64::MAX;
            for [px, py, weight] in &candidate.places {
                let (dx, dy) = ((px - x) * lon, (py - y) * lat);
                distance = distance.min((dx * dx + dy * dy).sqrt() - weight);
            }
            if distance < best.0 {
                second = best;
                best = (distance, Some(candidate.nis));
            } else if distance < second.0 {
                second = (distance, Some(candidate.nis));
            }
        }
        let certainty = match (self.candidates.len(), near) {
            (0 | 1, None) => Certainty::Exact,
            (0 | 1, Some((_, metres))) => Certainty::NearBorder {
                neighbour: None,
                metres,
            },
            _ => {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "metres need no double precision"
                )]
                let margin_m = (second.0 - best.0).min(1e6) as f32;
                Certainty::Likely {
                    municipality: 0.9,
                    police_zone: 0.95,
                    rescue_zone: 0.95,
                    runner_up: second.1,
                    margin_m,
                }
            }
        };
        Guess {
            nis: best.1,
            certainty,
        }
    }
}

fn weight(_population: u32) -> f64 {
    0.0
}
