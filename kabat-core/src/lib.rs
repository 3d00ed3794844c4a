//! Incidents, resources, agencies, ids, positions and units for Belgian public-safety software.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod agency;
mod capability;
mod code;
mod correlate;
mod discipline;
mod external;
mod fact;
mod id;
mod incident;
#[cfg(any(feature = "aml", feature = "cap", feature = "geojson"))]
mod interchange;
mod lang;
mod location;
mod marking;
mod number;
mod operation;
mod phase;
mod picture;
mod plate;
mod position;
mod priority;
mod resource;
mod response;
mod threat;
mod track;
mod units;
mod video;

pub use agency::{
    Agency, AgencyAlias, AgencyCode, AgencyKind, AgencyMatch, AliasStanding, PoliceLevel,
    PoliceZoneCode, PoliceZoneError,
};
pub use capability::{Capability, CapabilityError, CapabilitySet, CapabilityVocabulary};
pub use code::CodeError;
pub use correlate::{
    CallClusters, ClusterChoice, Correlation, CorrelationIndex, CorrelationPolicy,
    CorrelationReason, OpenIncident, Report, TypeRelation,
};
pub use discipline::{Discipline, DisciplineError, DisciplineSet};
pub use external::ExternalRef;
pub use fact::{Fact, FactCode, Facts, Provenance, Truth};
pub use id::{
    CallId, CallTag, CameraId, CameraTag, EventId, EventTag, Id, IdError, IdKind, IncidentId,
    IncidentTag, OperationId, OperationTag, ResourceId, ResourceTag,
};
pub use incident::{
    Assignment, Author, Call, Classification, ClosingReason, HumanOverride, Incident,
    IncidentEvent, IncidentEventKind, IncidentJurisdiction, IncidentState, IncidentStatus,
    IncidentType, ReplayError, ReportSource, ResourceStep, RuleSetRef, TimelineEvent,
    TransitionError, VendorEventCode,
};
#[cfg(any(feature = "aml", feature = "cap", feature = "geojson"))]
pub use interchange::*;
pub use lang::{Language, LanguageError, LocalizedText};
pub use location::{
    LocationChoice, LocationFix, LocationMethod, LocationPolicy, LocationReason, PassedOver,
};
pub use marking::{Marking, Sensitivity};
pub use number::EmergencyNumber;
pub use operation::{Operation, OperationError, Operations};
pub use phase::EmergencyPhase;
pub use picture::{
    Change, Delta, IncidentDescription, IncidentPicture, Register, ResourceDescription,
    ResourcePicture, ResourceWork, Snapshot, Stamp,
};
pub use plate::{
    Confusion, Hit, HitEntry, HitList, HitListError, HitReason, Plate, PlateAlternative,
    PlateError, PlateGuess, PlatePseudonym, PlateRead, PlateSeries, PseudonymKey, SeriesCandidate,
    SeriesCertainty,
};
pub use position::{Latitude, Longitude, Position, PositionError};
pub use priority::{Priority, PriorityError};
pub use resource::{Resource, ResourceKind, ResourceStatus};
pub use response::{Need, Requirement, ResponsePlan};
pub use threat::{ThreatAssessment, ThreatLevel, ThreatLevelError, ThreatScope};
pub use track::{Passage, PassageMerger, TrackId, TrackStage, Tracked};
pub use units::{Meters, MetersPerSecond, Seconds, UnitError};
pub use video::{VideoAnalyticsEvent, VideoEventKind};

pub use chrono;
#[cfg(feature = "geojson")]
pub use geojson;
pub use uuid;
