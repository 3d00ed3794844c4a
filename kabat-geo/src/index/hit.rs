//! A unit found.

use kabat_core::ResourceId;

use super::ecef::ground;

/// A unit found by [`UnitIndex::nearest_into`](crate::UnitIndex::nearest_into).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Hit {
    /// The unit.
    pub id: ResourceId,
    /// The straight line through the earth, metres: orders units as the geodesic does and is at most as long.
    pub chord_m: f64,
    /// The place of the unit in the index.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) number: u32,
}

impl Hit {
    /// Returns the length on the ground from the chord alone: within 1 cm of the geodesic at 100 km.
    pub fn ground_m(&self) -> f64 {
        ground(self.chord_m)
    }
}
