//! Named places, from which the likely municipality is told.

use crate::NisCode;

/// A named place of a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The municipality, by its code of 2025.
    pub nis: NisCode,
    /// Longitude and latitude in 1e-5 degree.
    pub position: [i32; 2],
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// Whether it is the seat of a court, not a village.
    pub court_seat: bool,
}

impl Place {
    /// Makes a village or town from degrees, latitude first; out of range degrees are clamped.
    pub fn new(lat: f64, lon: f64, nis: NisCode, population: u32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast saturates, and degrees are small"
        )]
        let units = |degrees: f64| (degrees * 1e5).round() as i32;
        Self {
            nis,
            position: [units(lon), units(lat)],
            population,
            court_seat: false,
        }
    }

    /// Makes the seat of a court from degrees, latitude first.
    pub fn court_seat(lat: f64, lon: f64, nis: NisCode) -> Self {
        Self {
            court_seat: true,
            ..Self::new(lat, lon, nis, 0)
        }
    }

    /// Returns longitude and latitude in degrees.
    pub fn degrees(&self) -> [f64; 2] {
        self.position.map(|value| f64::from(value) / 1e5)
    }
}
