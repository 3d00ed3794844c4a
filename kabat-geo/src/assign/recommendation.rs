//! Who should go, and why.

use kabat_core::{Capability, Meters, Need, ResourceId, ResourceStatus};

/// Whom to send to one incident, with reasons.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Recommendation {
    /// The units to send, in the order of the plan.
    pub chosen: Vec<Choice>,
    /// Nearer units that were not chosen, nearest first, at most 16 for each requirement and capability.
    pub passed_over: Vec<PassedOver>,
    /// Requirements that cannot be met now.
    pub shortfalls: Vec<Shortfall>,
}

/// A unit to send.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Choice {
    /// The unit.
    pub unit: ResourceId,
    /// The requirement of the plan, counted from 0.
    pub requirement: usize,
    /// The alternative of the requirement, counted from 0: above 0 a fallback is used.
    pub alternative: usize,
    /// What the unit is sent for.
    pub capability: Capability,
    /// The length of the geodesic on WGS84.
    #[cfg_attr(feature = "serde", serde(rename = "distance_m"))]
    pub distance: Meters,
    /// What it costs to send it: metres, or seconds, as the model has it.
    pub cost: f64,
}

/// A unit that is nearer than the farthest one chosen for a capability, and is not chosen for it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PassedOver {
    /// The unit.
    pub unit: ResourceId,
    /// The requirement of the plan, counted from 0.
    pub requirement: usize,
    /// What was asked for.
    pub capability: Capability,
    /// The length of the geodesic on WGS84.
    #[cfg_attr(feature = "serde", serde(rename = "distance_m"))]
    pub distance: Meters,
    /// Why it was passed over.
    pub reason: Reason,
}

/// Why a unit was passed over: the first of these that is true.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Reason {
    /// The caller left it out.
    Excluded,
    /// It cannot do what is needed.
    LacksCapability,
    /// It can, but is not free.
    NotAssignable {
        /// What it is doing.
        status: ResourceStatus,
    },
    /// It is sent for something else that the plan asks for.
    ChosenFor {
        /// That requirement, counted from 0.
        requirement: usize,
        /// That capability.
        capability: Capability,
    },
    /// The model knows no way for it.
    NoWay,
    /// It is nearer, but costs as much as the units chosen or more.
    CostsMore {
        /// What it would cost: metres, or seconds, as the model has it.
        cost: f64,
    },
}

/// A requirement that cannot be met: the alternative with the fewest missing units is filled as far as it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Shortfall {
    /// The requirement of the plan, counted from 0.
    pub requirement: usize,
    /// Every alternative and what it lacks.
    pub alternatives: Vec<AlternativeShortfall>,
}

/// What one alternative lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct AlternativeShortfall {
    /// The alternative, counted from 0.
    pub alternative: usize,
    /// How many units are missing, by capability.
    pub missing: Vec<Need>,
}

/// Why no recommendation can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssignError {
    /// The plan names a capability that the vocabulary does not know.
    #[error("requirement {requirement} asks for an unknown capability")]
    UnknownCapability {
        /// The requirement of the plan, counted from 0.
        requirement: usize,
        /// Which one.
        source: kabat_core::CapabilityError,
    },
    /// A requirement lists no alternative.
    #[error("requirement {requirement} has no alternative")]
    NoAlternative {
        /// The requirement of the plan, counted from 0.
        requirement: usize,
    },
}
