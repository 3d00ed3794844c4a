//! Named places, from which the likely municipality is told.

use crate::NisCode;

/// A named place of a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// Longitude and latitude in 1e-5 degree.
    pub position: [i32; 2],
    /// The municipality, by its code of 2025.
    pub nis: NisCode,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
}

impl Place {
    /// Makes a place from degrees, latitude first; out of range degrees are clamped.
    pub fn new(lat: f64, lon: f64, nis: NisCode, population: u32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast saturates, and degrees are small"
        )]
        let units = |degrees: f64| (degrees * 1e5).round() as i32;
        Self {
            position: [units(lon), units(lat)],
            nis,
            population,
        }
    }
}
