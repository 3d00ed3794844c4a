//! What an incident was judged to be, by rules and by people.

use alloc::string::String;
use alloc::vec::Vec;

use crate::code::open_code;
use crate::{DisciplineSet, Priority};

open_code! {
    /// The type of an incident: an open code of up to three levels, such as `fire.building.chimney`.
    IncidentType, "incident type"
}

/// Which rules gave a result: enough to find them again and replay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct RuleSetRef {
    /// Identifier of the rule set, such as `be.kabat.base`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Hash of its content, as its engine prints it.
    pub hash: String,
}

/// What a machine made of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Classification {
    /// Type of incident.
    pub incident_type: IncidentType,
    /// How urgent.
    pub priority: Priority,
    /// Who is needed.
    pub disciplines: DisciplineSet,
    /// Severity level of the Belgian medical regulation manual, where one was found.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub severity: Option<u8>,
    /// Whether the medical intervention plan (MIP/PIM) thresholds were met.
    #[cfg_attr(feature = "serde", serde(default))]
    pub mip: bool,
    /// How sure the machine is, 0 to 100; `None` when it does not say.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    #[cfg_attr(feature = "schemars", schemars(range(max = 100)))]
    pub confidence_percent: Option<u8>,
    /// Which rules said so.
    pub rule_set: RuleSetRef,
    /// Reasons in words, the deciding one first.
    #[cfg_attr(feature = "serde", serde(default))]
    pub because: Vec<String>,
}

/// What a person decided instead; `None` leaves the machine's value.
///
/// ```
/// use kabat_core::{HumanOverride, IncidentType, Priority};
/// let first = HumanOverride { priority: Some(Priority::P1), reason: "child inside".into(), ..HumanOverride::default() };
/// let next = HumanOverride {
///     incident_type: Some(IncidentType::new("fire.building")?),
///     reason: "seen on camera".into(),
///     ..HumanOverride::default()
/// };
/// // The second says nothing about priority, so the first still counts there.
/// assert_eq!(first.then(next).priority, Some(Priority::P1));
/// # Ok::<(), kabat_core::CodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct HumanOverride {
    /// Type of incident.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub incident_type: Option<IncidentType>,
    /// How urgent.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub priority: Option<Priority>,
    /// Who is needed.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub disciplines: Option<DisciplineSet>,
    /// Why.
    pub reason: String,
}

impl HumanOverride {
    /// Returns this decision with a newer one laid over it: what the newer one leaves open stays.
    #[must_use]
    pub fn then(self, newer: Self) -> Self {
        Self {
            incident_type: newer.incident_type.or(self.incident_type),
            priority: newer.priority.or(self.priority),
            disciplines: newer.disciplines.or(self.disciplines),
            reason: newer.reason,
        }
    }
}
