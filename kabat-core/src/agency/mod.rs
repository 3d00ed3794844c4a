//! The organisations that own resources and carry tasks.

mod alias;
mod police;
mod registry;

pub use alias::{AgencyAlias, AliasStanding};
pub use police::{PoliceLevel, PoliceZoneCode, PoliceZoneError};
pub use registry::AgencyMatch;

use crate::code::open_code;
use crate::{Discipline, LocalizedText};

open_code! {
    /// The code of an agency: open, so that every zone, centre and vendor can have its own.
    AgencyCode, "agency"
}

/// What kind of organisation an agency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum AgencyKind {
    /// The federal police or one of its directorates.
    FederalPolice,
    /// A local police zone.
    LocalPolice,
    /// A rescue zone: fire and rescue, often ambulances too.
    RescueZone,
    /// A service of the urgent medical help: ambulance service, hospital with a MUG/SMUR.
    MedicalService,
    /// A 112 emergency centre (fire and medical calls).
    EmergencyCentre112,
    /// A police communication and information centre (CIC/SICAD, 101 calls).
    PoliceCentre101,
    /// The civil protection.
    CivilProtection,
    /// The National Crisis Centre.
    NationalCrisisCentre,
    /// The coordination unit for threat analysis.
    ThreatAnalysis,
    /// An intelligence service.
    Intelligence,
    /// The armed forces.
    Defence,
    /// A municipality, province or other authority that informs the population.
    Authority,
    /// Any other organisation.
    Other,
}

/// An organisation that takes part in handling incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Agency {
    /// Its code.
    pub code: AgencyCode,
    /// What kind of organisation it is.
    pub kind: AgencyKind,
    /// Its name in four languages.
    pub names: LocalizedText,
    /// The discipline it works in first.
    pub discipline: Discipline,
}
