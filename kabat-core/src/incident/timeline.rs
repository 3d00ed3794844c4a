//! Entries of an incident's time line.

use alloc::string::String;

use chrono::{DateTime, Utc};

use crate::{AgencyCode, EventId, IncidentEvent, ResourceId};

/// Who put an entry on the time line.
///
/// ```
/// use kabat_core::{Author, ResourceId};
/// assert_eq!(Author::system("cad 4.2"), Author::System { name: "cad 4.2".into() });
/// assert_eq!(Author::resource(ResourceId::nil()), Author::Resource { id: ResourceId::nil() });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Author {
    /// A person at a desk, by a pseudonym that the installation can resolve.
    Operator {
        /// The pseudonym.
        id: String,
    },
    /// A program.
    System {
        /// Its name and version.
        name: String,
    },
    /// A resource, by radio or data terminal.
    Resource {
        /// Which one.
        id: ResourceId,
    },
    /// Another agency.
    Agency {
        /// Which one.
        code: AgencyCode,
    },
}

impl Author {
    /// A person, by pseudonym.
    pub fn operator(id: impl Into<String>) -> Self {
        Self::Operator { id: id.into() }
    }

    /// A program, by name.
    pub fn system(name: impl Into<String>) -> Self {
        Self::System { name: name.into() }
    }

    /// A resource.
    pub const fn resource(id: ResourceId) -> Self {
        Self::Resource { id }
    }
}

/// One entry of a time line: what happened, when, and who says so.
///
/// The order of entries is the order of appending; `at` may lie before the entry above it, because people report
/// late and clocks differ.
///
/// ```
/// use kabat_core::{Author, EventId, IncidentEvent, TimelineEvent};
/// let note = IncidentEvent::Noted { text: "second caller sees no flames".into() };
/// let entry = TimelineEvent::new(EventId::nil(), "2026-03-01T10:02:00Z".parse()?, Author::operator("op-17"), note);
/// assert_eq!(entry.event.kind().code(), "noted");
/// # Ok::<(), kabat_core::chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct TimelineEvent {
    /// Its id; one time line never holds the same id twice.
    pub id: EventId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Who says so.
    pub by: Author,
    /// What happened.
    pub event: IncidentEvent,
}

impl TimelineEvent {
    /// Makes an entry.
    pub const fn new(id: EventId, at: DateTime<Utc>, by: Author, event: IncidentEvent) -> Self {
        Self { id, at, by, event }
    }
}
