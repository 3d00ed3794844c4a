//! Who is competent for the place of an incident.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{AgencyCode, Language};

/// Who is competent for a place; what is not known stays `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct IncidentJurisdiction {
    /// NIS (REFNIS) code of the municipality.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub municipality_nis: Option<String>,
    /// Local police zone.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub police_zone: Option<AgencyCode>,
    /// Rescue zone.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub rescue_zone: Option<AgencyCode>,
    /// 112 centre.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub centre_112: Option<AgencyCode>,
    /// Languages of the area, the first one first.
    #[cfg_attr(feature = "serde", serde(default))]
    pub languages: Vec<Language>,
    /// Whether the place lies on or near a border, so that a person should look.
    #[cfg_attr(feature = "serde", serde(default))]
    pub ambiguous: bool,
}
