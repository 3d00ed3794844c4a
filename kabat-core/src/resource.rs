//! Vehicles, teams and persons that can be sent.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::fmt;

use crate::code::open_code;
use crate::{AgencyCode, Capability, Position, ResourceId};

open_code! {
    /// What a resource is, as its owner calls it: an open code such as `ambulance` or `acme:quad`.
    ///
    /// What it can *do* is in its [capabilities](Resource::capabilities); the kind is for lists and symbols.
    ResourceKind, "resource kind"
}

impl ResourceKind {
    /// An ambulance.
    pub const AMBULANCE: Self = Self::known("ambulance");
    /// A paramedic intervention team.
    pub const PIT: Self = Self::known("pit");
    /// A mobile urgency group (MUG, SMUR).
    pub const MUG: Self = Self::known("mug");
    /// A fire engine with pump.
    pub const PUMPER: Self = Self::known("pumper");
    /// A ladder or platform.
    pub const LADDER: Self = Self::known("ladder");
    /// A rescue vehicle with heavy tools.
    pub const RESCUE_VEHICLE: Self = Self::known("rescue_vehicle");
    /// A tanker.
    pub const TANKER: Self = Self::known("tanker");
    /// A command vehicle.
    pub const COMMAND_VEHICLE: Self = Self::known("command_vehicle");
    /// A police car with its team.
    pub const POLICE_CAR: Self = Self::known("police_car");
    /// A police motorcycle.
    pub const POLICE_MOTORCYCLE: Self = Self::known("police_motorcycle");
    /// A boat.
    pub const BOAT: Self = Self::known("boat");
    /// A vehicle of the civil protection.
    pub const CIVIL_PROTECTION_VEHICLE: Self = Self::known("civil_protection_vehicle");
}

/// Where a resource stands in its work.
///
/// ```
/// use kabat_core::ResourceStatus;
/// assert!(ResourceStatus::Available.is_assignable() && !ResourceStatus::Leaving.is_assignable());
/// assert_eq!(ResourceStatus::OutOfService.code(), "out_of_service");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum ResourceStatus {
    /// Free to be sent, at its base or on the road.
    Available,
    /// Chosen for an incident and held for it, but not told yet.
    Reserved,
    /// Told to go.
    Alerted,
    /// Under way to the place.
    UnderWay,
    /// At the place.
    OnScene,
    /// Carrying a patient.
    Transporting,
    /// At the hospital.
    AtHospital,
    /// Finished there, on its way back, not free yet.
    Leaving,
    /// On duty but broken, cleaning, refuelling or without crew.
    OutOfService,
    /// Not on duty.
    OffDuty,
}

impl ResourceStatus {
    /// Returns whether a resource with this status may be chosen for an incident: only [`Available`](Self::Available).
    pub const fn is_assignable(self) -> bool {
        matches!(self, Self::Available)
    }

    /// Returns the code used in the JSON form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Reserved => "reserved",
            Self::Alerted => "alerted",
            Self::UnderWay => "under_way",
            Self::OnScene => "on_scene",
            Self::Transporting => "transporting",
            Self::AtHospital => "at_hospital",
            Self::Leaving => "leaving",
            Self::OutOfService => "out_of_service",
            Self::OffDuty => "off_duty",
        }
    }
}

impl fmt::Display for ResourceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Something or somebody that can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// Its call sign, as spoken on the radio.
    pub call_sign: String,
    /// Who owns it.
    pub agency: AgencyCode,
    /// What it is.
    pub kind: ResourceKind,
    /// What it can do.
    pub capabilities: BTreeSet<Capability>,
    /// Where it is, if known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub position: Option<Position>,
    /// Where it stands in its work.
    pub status: ResourceStatus,
}
