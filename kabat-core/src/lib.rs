//! Incidents, resources, agencies, ids, positions and units for Belgian public-safety software.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod agency;
mod capability;
mod code;
mod discipline;
mod id;
mod lang;
mod position;
mod priority;
mod resource;
mod response;
mod units;

pub use agency::{Agency, AgencyCode, AgencyKind};
pub use capability::{Capability, CapabilityError, CapabilitySet, CapabilityVocabulary};
pub use code::CodeError;
pub use discipline::{Discipline, DisciplineError, DisciplineSet};
pub use id::{
    CallId, CallKind, CameraId, CameraKind, EventId, EventKind, Id, IdError, IdKind, IncidentId,
    IncidentKind, OperationId, OperationKind, ResourceId, ResourceIdKind,
};
pub use lang::{Language, LanguageError, LocalizedText};
pub use position::{Latitude, Longitude, Position, PositionError};
pub use priority::{Priority, PriorityError};
pub use resource::{Resource, ResourceKind, ResourceStatus};
pub use response::{Need, Requirement, ResponsePlan};
pub use units::{Meters, MetersPerSecond, Seconds, UnitError};

pub use chrono;
pub use uuid;
