//! How sure an answer is.

use crate::NisCode;

/// How sure the municipality, and what follows from it, is.
///
/// Province, region, centres and judicial arrondissement follow from the judicial canton and are as exact as its border,
/// also where the municipality is only likely.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "level", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Certainty {
    /// The boundary data decide, and no border is nearer than the stated distance.
    Exact,
    /// The boundary data decide, but a border is nearer than the stated distance; boundary sets differ by some metres.
    NearBorder {
        /// The municipality across the border; none abroad, at sea or where only a canton border is known.
        neighbour: Option<NisCode>,
        /// Metres to the border.
        metres: f32,
    },
    /// The judicial canton is known, the municipality is the likeliest of its members.
    Likely {
        /// Probability that the municipality is right.
        municipality: f32,
        /// Probability that the police zone is right.
        police_zone: f32,
        /// Probability that the rescue zone is right.
        rescue_zone: f32,
        /// The next likeliest municipality.
        runner_up: Option<NisCode>,
        /// How much more probable the answer is than the runner-up.
        margin: f32,
    },
    /// Outside of every area; the answer is the nearest one, as on a beach or a border river.
    Nearest {
        /// Metres to the area.
        metres: f32,
    },
    /// No area within a kilometre: abroad or at sea.
    Unknown,
}

impl Certainty {
    /// Returns the stated probability that the municipality is right; `None` where nothing was found.
    ///
    /// [`Certainty::NearBorder`] and [`Certainty::Nearest`] state no number and give `None` as well.
    pub fn municipality_probability(self) -> Option<f32> {
        match self {
            Self::Exact => Some(1.0),
            Self::Likely { municipality, .. } => Some(municipality),
            _ => None,
        }
    }
}
