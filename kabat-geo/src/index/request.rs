//! What is asked of the unit index, and what it answers.

use std::collections::BTreeSet;

use kabat_core::{CapabilitySet, Meters, Position, ResourceId, ResourceStatus};

/// A unit as the index knows it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Unit {
    /// The unit.
    pub id: ResourceId,
    /// Where it was last seen.
    pub position: Position,
    /// What it can do.
    ///
    /// In JSON the numbers of the bits, lowest first.
    #[cfg_attr(feature = "serde", serde(with = "super::capability_bits"))]
    #[cfg_attr(feature = "schemars", schemars(with = "Vec<u8>"))]
    pub capabilities: CapabilitySet,
    /// What it is doing; only an assignable unit is found by [`Reach::Assignable`].
    pub status: ResourceStatus,
}

/// Which units are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Reach {
    /// Units whose status lets them be sent now.
    #[default]
    Assignable,
    /// All units in the index, whatever they are doing: for pre-emption and for explaining.
    All,
}

/// A question for the nearest units.
///
/// ```
/// use kabat_core::{Capability, CapabilityVocabulary, Meters, Position};
/// use kabat_geo::Request;
/// let vocabulary = CapabilityVocabulary::standard();
/// let needs = vocabulary.set_of([&Capability::AMBULANCE])?;
/// let request = Request::new(Position::from_degrees(50.85, 4.35)?, needs).within(Meters::from_km(10.0)?);
/// assert_eq!(request.within, Some(Meters::new(10_000.0)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Request {
    /// Where the units are needed.
    pub at: Position,
    /// All the capabilities that one unit must have.
    ///
    /// In JSON the numbers of the bits, lowest first.
    #[cfg_attr(feature = "serde", serde(default, with = "super::capability_bits"))]
    #[cfg_attr(feature = "schemars", schemars(with = "Vec<u8>"))]
    pub needs: CapabilitySet,
    /// The greatest distance on the ground; `None` is no limit.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "within_m", default, skip_serializing_if = "Option::is_none")
    )]
    pub within: Option<Meters>,
    /// Units that are not wanted.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeSet::is_empty")
    )]
    pub excluded: BTreeSet<ResourceId>,
    /// Which units are looked at.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reach: Reach,
}

impl Request {
    /// Asks for assignable units with all of `needs`, at any distance.
    pub const fn new(at: Position, needs: CapabilitySet) -> Self {
        Self {
            at,
            needs,
            within: None,
            excluded: BTreeSet::new(),
            reach: Reach::Assignable,
        }
    }

    /// Limits the distance on the ground; a unit at exactly the limit is found.
    #[must_use]
    pub fn within(mut self, limit: Meters) -> Self {
        self.within = Some(limit);
        self
    }

    /// Leaves units out.
    #[must_use]
    pub fn excluding(mut self, units: impl IntoIterator<Item = ResourceId>) -> Self {
        self.excluded.extend(units);
        self
    }

    /// Looks at all units or only at those that can be sent.
    #[must_use]
    pub fn reaching(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }
}

/// A unit and how far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Nearest {
    /// The unit.
    pub unit: Unit,
    /// The length of the geodesic on WGS84: a distance as the crow flies, not a time.
    #[cfg_attr(feature = "serde", serde(rename = "distance_m"))]
    pub distance: Meters,
}
