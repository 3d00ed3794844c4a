//! Everything that can happen to an incident.

use alloc::string::String;
use core::fmt;

use crate::code::open_code;
use crate::{
    AgencyCode, Call, CameraId, Classification, ClosingReason, EmergencyPhase, ExternalRef, Fact,
    HumanOverride, IncidentId, IncidentJurisdiction, LocationFix, Marking, OperationId,
    ReportSource, ResourceId, ResourceStep,
};

open_code! {
    /// What a vendor's own event is: an open code such as `acme:siren_test`.
    VendorEventCode, "event"
}

macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $name:ident = $code:literal { $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? }
    )*) => {
        /// Something that happened to an incident.
        ///
        /// In JSON, a `kind` that is not known is an error and not skipped: an event may change what the incident is, and a
        /// time line folded without it would show a state that never was. What other systems want to add goes into
        /// [`Vendor`](Self::Vendor), whose code and content are open and survive reading and writing unchanged.
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        #[non_exhaustive]
        pub enum IncidentEvent {
            $(
                $(#[$doc])*
                $name { $($(#[$field_doc])* $field: $type),* },
            )*
        }

        /// Which of the [`IncidentEvent`]s, without its content.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum IncidentEventKind {
            $($(#[$doc])* $name,)*
        }

        impl IncidentEvent {
            /// Returns which event it is.
            ///
            /// ```
            /// use kabat_core::{IncidentEvent, IncidentEventKind};
            /// let kind = IncidentEvent::UnderControl {}.kind();
            /// assert_eq!((kind, kind.code()), (IncidentEventKind::UnderControl, "under_control"));
            /// ```
            pub const fn kind(&self) -> IncidentEventKind {
                match self {
                    $(Self::$name { .. } => IncidentEventKind::$name,)*
                }
            }
        }

        impl IncidentEventKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns the code used in the JSON form.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

events! {
    /// The incident was opened; always the first event and never a later one.
    Opened = "opened" {
        /// How the first report came in.
        source: ReportSource,
        /// Number by which people speak of the incident.
        #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
        reference: Option<String>,
    }
    /// A call or other report was attached.
    CallAttached = "call_attached" {
        /// The report.
        call: Call,
    }
    /// An answer to "where?" came in; which one counts is [chosen](crate::LocationChoice), not overwritten.
    Located = "located" {
        /// The answer.
        fix: LocationFix,
    }
    /// Rules judged the incident.
    Classified = "classified" {
        /// Their result.
        classification: Classification,
    }
    /// A person judged otherwise; the rules' result is kept beside it.
    Overridden = "overridden" {
        /// What the person decided.
        decision: HumanOverride,
    }
    /// A fact became known, or changed.
    FactRecorded = "fact_recorded" {
        /// The fact.
        fact: Fact,
    }
    /// It was established who is competent for the place.
    JurisdictionFound = "jurisdiction_found" {
        /// Who is.
        jurisdiction: IncidentJurisdiction,
    }
    /// An agency joined the handling.
    AgencyJoined = "agency_joined" {
        /// The agency.
        agency: AgencyCode,
    }
    /// A resource took a step in its work for the incident.
    ResourceStepped = "resource_stepped" {
        /// The resource.
        resource: ResourceId,
        /// The step.
        step: ResourceStep,
    }
    /// Those at the place said that it gets no worse.
    UnderControl = "under_control" {}
    /// Something was written down.
    Noted = "noted" {
        /// What.
        text: String,
    }
    /// A camera's images belong to the incident.
    CameraLinked = "camera_linked" {
        /// The camera.
        camera: CameraId,
    }
    /// A record of another system belongs to the incident.
    ReferenceAdded = "reference_added" {
        /// The record.
        reference: ExternalRef,
    }
    /// Another incident turned out to be the same and was merged into this one.
    DuplicateAbsorbed = "duplicate_absorbed" {
        /// The other incident.
        incident: IncidentId,
    }
    /// This incident turned out to be the same as another, which goes on.
    MergedInto = "merged_into" {
        /// The incident that goes on.
        incident: IncidentId,
    }
    /// The incident is part of a larger one.
    LinkedToParent = "linked_to_parent" {
        /// The larger one.
        parent: IncidentId,
    }
    /// The incident has to do with another.
    Related = "related" {
        /// The other one.
        incident: IncidentId,
    }
    /// The incident joined an operation.
    OperationJoined = "operation_joined" {
        /// The operation.
        operation: OperationId,
    }
    /// A phase of emergency planning was declared, higher or lower than before.
    PhaseDeclared = "phase_declared" {
        /// The phase.
        phase: EmergencyPhase,
    }
    /// The phase of emergency planning was lifted.
    PhaseLifted = "phase_lifted" {}
    /// It was decided who may be given what is known of the incident; the newest marking counts.
    Marked = "marked" {
        /// The marking.
        marking: Marking,
    }
    /// Another centre took the incident over.
    HandedOver = "handed_over" {
        /// The centre.
        to: AgencyCode,
    }
    /// The incident was called off.
    Cancelled = "cancelled" {
        /// Why.
        reason: ClosingReason,
    }
    /// The incident ended.
    Closed = "closed" {
        /// Why.
        reason: ClosingReason,
    }
    /// An event of a vendor's own; it changes no state.
    Vendor = "vendor" {
        /// What it is.
        code: VendorEventCode,
        /// Its content in the vendor's form.
        #[cfg_attr(feature = "serde", serde(default))]
        content: String,
    }
}

impl fmt::Display for IncidentEventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}
