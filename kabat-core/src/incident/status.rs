//! How far an incident has come.

use core::fmt;

/// How far an incident has come: the furthest point reached, derived from its time line and never set by hand.
///
/// The first six follow each other and may be skipped, never taken back: an incident classified anew after units
/// are on scene stays [`OnScene`](Self::OnScene). The last four end it.
///
/// ```
/// use kabat_core::IncidentStatus;
/// assert!(IncidentStatus::Received < IncidentStatus::OnScene);
/// assert!(IncidentStatus::Merged.is_ended() && !IncidentStatus::UnderControl.is_ended());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum IncidentStatus {
    /// Known, not judged yet.
    Received,
    /// Type and priority are known, from rules or from a person.
    Classified,
    /// At least one resource was alerted.
    Dispatched,
    /// At least one resource is or was under way.
    UnderWay,
    /// At least one resource is or was at the place.
    OnScene,
    /// Those at the place said that it gets no worse.
    UnderControl,
    /// Ended with a reason.
    Closed,
    /// Called off before it was handled.
    Cancelled,
    /// Found to be another report of an incident that is handled elsewhere.
    Merged,
    /// Given to another centre.
    HandedOver,
}

impl IncidentStatus {
    /// All statuses in order.
    pub const ALL: [Self; 10] = [
        Self::Received,
        Self::Classified,
        Self::Dispatched,
        Self::UnderWay,
        Self::OnScene,
        Self::UnderControl,
        Self::Closed,
        Self::Cancelled,
        Self::Merged,
        Self::HandedOver,
    ];

    /// Returns whether the incident is over for this centre.
    pub const fn is_ended(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Cancelled | Self::Merged | Self::HandedOver
        )
    }

    /// Returns the code used in the JSON form.
    ///
    /// ```
    /// use kabat_core::IncidentStatus;
    /// assert_eq!(IncidentStatus::OnScene.code(), "on_scene");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Classified => "classified",
            Self::Dispatched => "dispatched",
            Self::UnderWay => "under_way",
            Self::OnScene => "on_scene",
            Self::UnderControl => "under_control",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
            Self::HandedOver => "handed_over",
        }
    }
}

impl fmt::Display for IncidentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
