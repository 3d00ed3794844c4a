//! Why an event cannot follow what happened before it.

use crate::{EventId, IncidentEventKind, IncidentId, IncidentStatus, ResourceId, ResourceStep};

/// Why an event cannot follow what happened before it; the incident is left as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransitionError {
    /// The first event must open the incident.
    #[error("incident is not open yet: `{event}` cannot come before `opened`")]
    NotOpened {
        /// The event.
        event: IncidentEventKind,
    },
    /// An incident is opened once.
    #[error("incident is `{status}` already: `opened` can only come first")]
    AlreadyOpened {
        /// How far the incident has come.
        status: IncidentStatus,
    },
    /// The incident is over, and this event would go on with it.
    #[error(
        "incident is `{status}`: `{event}` cannot follow, allowed are {}",
        list(allowed)
    )]
    Ended {
        /// How it ended.
        status: IncidentStatus,
        /// The event.
        event: IncidentEventKind,
        /// What may still be recorded.
        allowed: &'static [IncidentEventKind],
    },
    /// The resource cannot take this step now.
    #[error(
        "resource `{resource}` is {} for the incident: `{step}` cannot follow, allowed are {}",
        from.map_or("not at work", ResourceStep::code), list(allowed)
    )]
    Step {
        /// The resource.
        resource: ResourceId,
        /// Its last step; `None` when it is not at work for the incident.
        from: Option<ResourceStep>,
        /// The step.
        step: ResourceStep,
        /// The steps it can take.
        allowed: &'static [ResourceStep],
    },
    /// The incident cannot be closed while a resource works on it.
    #[error("incident is `{status}` and cannot be closed: resource `{resource}` is `{step}`")]
    ResourceBusy {
        /// How far the incident has come.
        status: IncidentStatus,
        /// The first such resource.
        resource: ResourceId,
        /// Its last step.
        step: ResourceStep,
    },
    /// Only those at the place can say that an incident is under control.
    #[error("incident is `{status}`: `under_control` needs a resource that is or was on scene")]
    NobodyOnScene {
        /// How far the incident has come.
        status: IncidentStatus,
    },
    /// There is no phase of emergency planning to lift.
    #[error("incident is `{status}`: `phase_lifted` cannot follow, no phase was declared")]
    NoPhase {
        /// How far the incident has come.
        status: IncidentStatus,
    },
    /// An incident cannot be its own duplicate, parent or relation.
    #[error("incident `{incident}` cannot refer to itself in `{event}`")]
    RefersToItself {
        /// The incident.
        incident: IncidentId,
        /// The event.
        event: IncidentEventKind,
    },
    /// The time line holds an event with this id.
    #[error("event `{id}` is on the time line already")]
    SameEventId {
        /// The id.
        id: EventId,
    },
}

/// Writes codes for a message: `a`, `b`.
fn list<T: core::fmt::Display>(items: &[T]) -> alloc::string::String {
    use core::fmt::Write as _;
    let mut text = alloc::string::String::new();
    for (place, item) in items.iter().enumerate() {
        let separator = if place == 0 { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(text, "{separator}`{item}`");
    }
    text
}
