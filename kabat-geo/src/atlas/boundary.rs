//! Boundaries of areas as read from a data set.

use super::partition::{Rings, UNITS};

/// Polygons with a key each: NIS codes of municipalities, or keys of judicial cantons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoundarySet {
    pub(super) areas: Vec<(String, Vec<Rings>)>,
}

impl BoundarySet {
    /// Makes an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a polygon to the area with a key; rings are longitude and latitude in degrees, the first is the outer one.
    ///
    /// Points are kept to 1e-7 degree, about a centimetre.
    pub fn add_polygon(&mut self, key: &str, rings: &[Vec<[f64; 2]>]) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast saturates, and degrees are small"
        )]
        let units = |degrees: f64| (degrees * UNITS).round() as i32;
        let polygon: Rings = rings
            .iter()
            .map(|ring| ring.iter().map(|point| point.map(units)).collect())
            .collect();
        match self.areas.iter_mut().find(|(known, _)| known == key) {
            Some((_, polygons)) => polygons.push(polygon),
            None => self.areas.push((key.to_owned(), vec![polygon])),
        }
    }

    /// Returns the keys, in the order in which they were added.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.areas.iter().map(|(key, _)| key.as_str())
    }

    /// Returns how many areas there are.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Returns whether there is no area.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    pub(super) fn into_sorted(mut self) -> Vec<(String, Vec<Rings>)> {
        self.areas.sort_by(|a, b| a.0.cmp(&b.0));
        self.areas
    }
}
