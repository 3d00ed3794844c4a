//! The likely municipality within a judicial canton.
//!
//! Every named place of a candidate pulls with `weight / (d² + 1400²)²` at distance `d` in metres; the likelihood of a
//! candidate is its share of the sum over all of pull to the power of 1.5. Measured against polygons (`tests/accuracy.rs`)
//! these shares are probabilities: answers stated at 75 % are right three times in four.
//!
//! The seven numbers (1400, 1.5 and those of `weight.rs`) are the maximum of the likelihood over 71,000 random points in
//! Belgium whose municipality Statbel's polygons give; they were checked on other points. They are the same for all places,
//! so no boundary is in them. Weights fitted to each place on the exact canton borders were tried and are worse.

use std::collections::BTreeMap;

use super::place::Place;
use super::raster::scale;
use crate::{Certainty, Jurisdiction, NisCode, Registry};

/// Square of the distance, in kilometres, within which being nearer hardly counts.
const CORE_SQUARE_KM: f32 = 1.4 * 1.4;
/// Boundary sets differ by a mean of 8.7 m: how fast the doubt at a canton border fades.
const DOUBT_METRES: f32 = 8.0;
/// More candidates than any canton has (11 in 2026); further ones would not be considered.
const CANDIDATES: usize = 24;
/// Places of one candidate whose pulls are computed together.
const LANES: usize = 4;

/// Places of all municipalities with their weights, by code.
pub(super) type PlacesByCode = BTreeMap<NisCode, Vec<(Place, f32)>>;

/// The candidates of one canton and their named places.
#[derive(Debug, Clone)]
pub(super) struct CantonModel {
    /// Row of the canton in the registry.
    pub(super) index: usize,
    pub(super) candidates: Vec<NisCode>,
    /// Longitude and latitude in degrees from which places are told.
    origin: [f64; 2],
    groups: Vec<Group>,
}

/// Places of one candidate side by side, in kilometres from the origin; an unused one weighs nothing.
#[derive(Debug, Clone, Copy)]
struct Group {
    candidate: usize,
    east: [f32; LANES],
    north: [f32; LANES],
    weight: [f32; LANES],
}

impl CantonModel {
    /// Makes the model of an area: a canton, or as `canton/nis` the part of one that is wholly of one municipality.
    pub(super) fn new(area: &str, places: &PlacesByCode, registry: &Registry) -> Self {
        let (key, only) = area
            .split_once('/')
            .map_or((area, None), |(key, nis)| (key, nis.parse().ok()));
        let cantons = registry.judicial_cantons();
        let index = cantons
            .iter()
            .position(|canton| canton.key == key)
            .unwrap_or(usize::MAX);
        let members = cantons
            .get(index)
            .map(|canton| canton.municipalities.as_slice())
            .unwrap_or_default();
        let candidates: Vec<NisCode> = match only {
            Some(nis) => vec![nis],
            None => members.iter().copied().take(CANDIDATES).collect(),
        };
        let named = || {
            let places = candidates.iter().map(|nis| places.get(nis));
            let places = places.map(|places| places.map_or(&[] as &[_], Vec::as_slice));
            places.enumerate()
        };
        let origin = named()
            .find_map(|(_, places)| places.first())
            .map_or([0.0; 2], |(place, _)| place.degrees());
        let groups = if candidates.len() > 1 {
            named()
                .flat_map(|(candidate, places)| {
                    let parts = places.chunks(LANES);
                    parts.map(move |part| Group::new(candidate, part, origin))
                })
                .collect()
        } else {
            Vec::new()
        };
        Self {
            index,
            candidates,
            origin,
            groups,
        }
    }

    /// Chooses among the answers of the candidates, given in their order.
    pub(super) fn choose<'a>(
        &self,
        point: [f64; 2],
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
        let mut shares = self.pulls(point);
        let (mut best, mut second) = ((0.0, usize::MAX), (0.0, usize::MAX));
        let mut total = 0.0;
        for (index, share) in shares.iter_mut().enumerate().take(answers.len()) {
            *share *= share.sqrt();
            total += *share;
            if *share > best.0 {
                second = best;
                best = (*share, index);
            } else if *share > second.0 {
                second = (*share, index);
            }
        }
        let Some(answer) = answers.get(best.1) else {
            // No candidate has a named place: only the canton is known.
            return answers
                .first()
                .map_or(Jurisdiction::UNKNOWN, |any| Jurisdiction {
                    judicial_canton: any.judicial_canton,
                    judicial_arrondissement: any.judicial_arrondissement,
                    ..Jurisdiction::UNKNOWN
                });
        };
        let (mut police, mut rescue) = (0.0, 0.0);
        for (other, &share) in answers.iter().zip(&shares) {
            if same(other.police_zone, answer.police_zone) {
                police += share;
            }
            if same(other.rescue_zone, answer.rescue_zone) {
                rescue += share;
            }
        }
        let side = border.map_or(1.0, |metres| 1.0 - 0.5 * (-metres / DOUBT_METRES).exp());
        let part = |share: f32| share / total * side;
        Jurisdiction {
            certainty: Certainty::Likely {
                municipality: part(best.0),
                police_zone: part(police),
                rescue_zone: part(rescue),
                runner_up: self.candidates.get(second.1).copied(),
                margin: part(best.0 - second.0),
            },
            ..*answer
        }
    }

    /// Returns the pull of each candidate at a point.
    #[inline]
    fn pulls(&self, [x, y]: [f64; 2]) -> [f32; CANDIDATES] {
        let (lat, lon) = scale(y);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "kilometres from the origin need no double precision"
        )]
        let (east, north) = (
            ((x - self.origin[0]) * lon / 1e3) as f32,
            ((y - self.origin[1]) * lat / 1e3) as f32,
        );
        let mut sums = [0.0_f32; CANDIDATES];
        for group in &self.groups {
            let mut pulls = group.weight;
            let places = group.east.iter().zip(&group.north);
            for (pull, (px, py)) in pulls.iter_mut().zip(places) {
                let (dx, dy) = (px - east, py - north);
                let square = dx * dx + dy * dy + CORE_SQUARE_KM;
                *pull /= square * square;
            }
            if let Some(sum) = sums.get_mut(group.candidate) {
                *sum += pulls.iter().sum::<f32>();
            }
        }
        sums
    }
}

impl Group {
    fn new(candidate: usize, places: &[(Place, f32)], origin: [f64; 2]) -> Self {
        let mut group = Self {
            candidate,
            east: [0.0; LANES],
            north: [0.0; LANES],
            weight: [0.0; LANES],
        };
        let slots = group
            .east
            .iter_mut()
            .zip(&mut group.north)
            .zip(&mut group.weight);
        for (((east, north), weight), (place, heavy)) in slots.zip(places) {
            let [x, y] = place.degrees();
            let (lat, lon) = scale(y);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "kilometres from the origin need no double precision"
            )]
            let kilometres = |degrees: f64, metres: f64| (degrees * metres / 1e3) as f32;
            *east = kilometres(x - origin[0], lon);
            *north = kilometres(y - origin[1], lat);
            *weight = *heavy;
        }
        group
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
