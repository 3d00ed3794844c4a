//! An incident: an append-only time line, and the state that follows from it.

mod assignment;
mod call;
mod classification;
mod closing;
mod event;
mod jurisdiction;
mod state;
mod status;
mod timeline;
mod transition;

pub use assignment::{Assignment, ResourceStep};
pub use call::{Call, ReportSource};
pub use classification::{Classification, HumanOverride, IncidentType, RuleSetRef};
pub use closing::ClosingReason;
pub use event::{IncidentEvent, IncidentEventKind, VendorEventCode};
pub use jurisdiction::IncidentJurisdiction;
pub use state::IncidentState;
pub use status::IncidentStatus;
pub use timeline::{Author, TimelineEvent};
pub use transition::TransitionError;

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, Utc};

use crate::{EventId, IncidentId};

/// Something that happened and must be handled: an append-only time line of typed events.
///
/// What the incident *is* ([`state`](Self::state)) is worked out from the time line and cannot be set, so the same
/// events always give the same incident. An event that cannot follow what happened before is refused with a
/// [`TransitionError`] that says what can, and changes nothing.
///
/// In JSON it is its id and its time line; reading it back replays every event through the same checks.
///
/// ```
/// use kabat_core::chrono::{DateTime, Utc};
/// use kabat_core::{
///     Author, Call, CallId, ClosingReason, Incident, IncidentEvent, IncidentId, IncidentStatus, Language,
///     ReportSource, ResourceId, ResourceStep,
/// };
/// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
/// let operator = Author::operator("op-17");
/// let mut incident = Incident::open(IncidentId::v7(1_772_359_200_000, [1; 10]), at, operator.clone(), ReportSource::Call112);
/// incident.record(at, operator.clone(), IncidentEvent::CallAttached {
///     call: Call {
///         id: CallId::v7(1_772_359_200_000, [2; 10]),
///         received_at: at,
///         source: ReportSource::Call112,
///         language: Some(Language::Nl),
///         note: "rook uit het dak".into(),
///     },
/// })?;
/// let pumper = ResourceId::v7(0, [3; 10]);
/// for step in [ResourceStep::Reserved, ResourceStep::Alerted, ResourceStep::UnderWay, ResourceStep::OnScene] {
///     incident.record(at, Author::resource(pumper), IncidentEvent::ResourceStepped { resource: pumper, step })?;
/// }
/// assert_eq!(incident.state().status(), IncidentStatus::OnScene);
///
/// let too_early = incident.record(at, operator, IncidentEvent::Closed { reason: ClosingReason::COMPLETED });
/// assert!(too_early.is_err(), "a pumper is still there");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(into = "StoredIncident", try_from = "StoredIncident")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Incident {
    id: IncidentId,
    timeline: Vec<TimelineEvent>,
    seen: BTreeSet<EventId>,
    state: IncidentState,
}

impl Incident {
    /// Opens an incident.
    ///
    /// The first entry gets an id made as by [`record`](Self::record).
    pub fn open(id: IncidentId, at: DateTime<Utc>, by: Author, source: ReportSource) -> Self {
        Self::open_with_reference(id, at, by, source, None)
    }

    /// Opens an incident with the number by which people speak of it.
    ///
    /// ```
    /// use kabat_core::{Author, Incident, IncidentId, ReportSource};
    /// let at = "2026-03-01T10:00:00Z".parse()?;
    /// let incident = Incident::open_with_reference(
    ///     IncidentId::nil(), at, Author::operator("op-17"), ReportSource::Call112, Some("A-2026-000123".into()));
    /// assert_eq!(incident.state().reference(), Some("A-2026-000123"));
    /// assert_eq!(incident.opened_at(), Some(at));
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    pub fn open_with_reference(
        id: IncidentId,
        at: DateTime<Utc>,
        by: Author,
        source: ReportSource,
        reference: Option<String>,
    ) -> Self {
        let event_id = derived_event_id(id, 0, at);
        let state = IncidentState::opened(at, source, reference.clone());
        let opened = IncidentEvent::Opened { source, reference };
        Self {
            id,
            timeline: alloc::vec![TimelineEvent::new(event_id, at, by, opened)],
            seen: BTreeSet::from([event_id]),
            state,
        }
    }

    /// Rebuilds an incident from its time line.
    ///
    /// ```
    /// use kabat_core::{Author, Incident, IncidentId, ReportSource};
    /// let at = "2026-03-01T10:00:00Z".parse()?;
    /// let incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::App);
    /// let again = Incident::replay(incident.id(), incident.timeline().to_vec())?;
    /// assert_eq!(again, incident);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ReplayError`] with the place of the first event that cannot follow those before it.
    pub fn replay(
        id: IncidentId,
        events: impl IntoIterator<Item = TimelineEvent>,
    ) -> Result<Self, ReplayError> {
        let mut events = events.into_iter();
        let first = events.next().ok_or(ReplayError::Empty { incident: id })?;
        let IncidentEvent::Opened { source, reference } = &first.event else {
            return Err(ReplayError::Event {
                incident: id,
                index: 0,
                source: TransitionError::NotOpened {
                    event: first.event.kind(),
                },
            });
        };
        let state = IncidentState::opened(first.at, *source, reference.clone());
        let mut incident = Self {
            id,
            seen: BTreeSet::from([first.id]),
            timeline: alloc::vec![first],
            state,
        };
        for event in events {
            let index = incident.timeline.len();
            incident
                .append(event)
                .map_err(|source| ReplayError::Event {
                    incident: id,
                    index,
                    source,
                })?;
        }
        Ok(incident)
    }

    /// Appends an event.
    ///
    /// ```
    /// use kabat_core::{Author, EventId, Incident, IncidentEvent, IncidentId, ReportSource, TimelineEvent, TransitionError};
    /// let at = "2026-03-01T10:00:00Z".parse()?;
    /// let desk = Author::operator("op-17");
    /// let mut incident = Incident::open(IncidentId::nil(), at, desk.clone(), ReportSource::Call112);
    /// let id = EventId::v7(1, [1; 10]);
    /// let entry = TimelineEvent::new(id, at, desk, IncidentEvent::Noted { text: "rings back".into() });
    /// assert_eq!(incident.append(entry.clone()), Ok(()));
    /// assert_eq!(incident.append(entry), Err(TransitionError::SameEventId { id }));
    /// assert_eq!(incident.timeline().len(), 2);
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// [`TransitionError`] when the event cannot come now; the incident is left as it was.
    pub fn append(&mut self, event: TimelineEvent) -> Result<(), TransitionError> {
        self.state.check(self.id, &event.event)?;
        if !self.seen.insert(event.id) {
            return Err(TransitionError::SameEventId { id: event.id });
        }
        self.state.absorb(event.at, &event.event);
        self.timeline.push(event);
        Ok(())
    }

    /// Appends an event under an id derived from this incident's id, the length of its time line and the time.
    ///
    /// Good where one writer owns the incident. Where several write to copies of it, give each event its own id and
    /// use [`append`](Self::append).
    ///
    /// # Errors
    /// [`TransitionError`] when the event cannot come now; the incident is left as it was.
    pub fn record(
        &mut self,
        at: DateTime<Utc>,
        by: Author,
        event: IncidentEvent,
    ) -> Result<EventId, TransitionError> {
        let id = derived_event_id(self.id, self.timeline.len(), at);
        self.append(TimelineEvent::new(id, at, by, event))?;
        Ok(id)
    }

    /// Returns its id.
    pub const fn id(&self) -> IncidentId {
        self.id
    }

    /// Returns everything that happened, in the order of appending.
    pub fn timeline(&self) -> &[TimelineEvent] {
        &self.timeline
    }

    /// Returns what the incident is now.
    pub const fn state(&self) -> &IncidentState {
        &self.state
    }

    /// Returns how far the incident has come.
    pub const fn status(&self) -> IncidentStatus {
        self.state.status()
    }

    /// Returns when the incident was opened.
    pub fn opened_at(&self) -> Option<DateTime<Utc>> {
        self.state.reached_at(IncidentStatus::Received)
    }
}

/// Makes a version 7 UUID whose random part is the incident's id and the place on its time line, mixed.
fn derived_event_id(incident: IncidentId, place: usize, at: DateTime<Utc>) -> EventId {
    let unix_millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    // Multiplying by an odd number loses nothing, so equal incidents and times differ by place alone.
    let mixed = incident.as_uuid().as_u128()
        ^ (place as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    let folded = mixed ^ (mixed >> 71);
    let [_, _, _, _, _, _, random @ ..] = folded.to_be_bytes();
    EventId::v7(unix_millis, random)
}

/// Why a time line cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// There is no event at all.
    #[error("time line of incident `{incident}` is empty")]
    Empty {
        /// The incident.
        incident: IncidentId,
    },
    /// An event cannot follow those before it.
    #[error("time line of incident `{incident}` breaks at event {index}")]
    Event {
        /// The incident.
        incident: IncidentId,
        /// Place of the event, counted from 0.
        index: usize,
        /// What is wrong with it.
        source: TransitionError,
    },
}

/// The stored form of an incident: what cannot be worked out again.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(rename = "Incident"))]
struct StoredIncident {
    /// Its id.
    id: IncidentId,
    /// Everything that happened, in the order of appending.
    #[cfg_attr(feature = "schemars", schemars(length(min = 1)))]
    timeline: Vec<TimelineEvent>,
}

#[cfg(feature = "serde")]
impl From<Incident> for StoredIncident {
    fn from(incident: Incident) -> Self {
        Self {
            id: incident.id,
            timeline: incident.timeline,
        }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<StoredIncident> for Incident {
    type Error = ReplayError;

    fn try_from(stored: StoredIncident) -> Result<Self, Self::Error> {
        Self::replay(stored.id, stored.timeline)
    }
}

/// Opens an incident and appends random events; those that cannot follow are left out.
#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Incident {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let mut incident = Self::open(
            u.arbitrary()?,
            u.arbitrary()?,
            u.arbitrary()?,
            u.arbitrary()?,
        );
        for event in u.arbitrary_iter()? {
            let _ = incident.append(event?);
        }
        Ok(incident)
    }
}
