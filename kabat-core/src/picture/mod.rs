//! The shared picture: who and what is where, put together from messages in any order.

mod register;

pub use register::{Register, Stamp};

use alloc::collections::btree_map::Entry;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    AgencyCode, Capability, Incident, IncidentId, IncidentStatus, IncidentType, Position, Priority,
    ResourceId, ResourceKind, ResourceStatus,
};

/// One change of the picture, small enough to send on its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Change {
    /// What a resource is.
    ResourceDescribed {
        /// The resource.
        resource: ResourceId,
        /// What it is.
        description: ResourceDescription,
    },
    /// Where a resource is; `None` when that is no longer known.
    ResourceMoved {
        /// The resource.
        resource: ResourceId,
        /// The place.
        position: Option<Position>,
    },
    /// Where a resource stands in its work.
    ResourceStatusSet {
        /// The resource.
        resource: ResourceId,
        /// Its status and incident.
        work: ResourceWork,
    },
    /// What an incident is.
    IncidentDescribed {
        /// The incident.
        incident: IncidentId,
        /// What it is.
        description: IncidentDescription,
    },
    /// Where an incident is; `None` when that is no longer known.
    IncidentLocated {
        /// The incident.
        incident: IncidentId,
        /// The place.
        position: Option<Position>,
    },
    /// How far an incident has come.
    IncidentStatusSet {
        /// The incident.
        incident: IncidentId,
        /// How far.
        status: IncidentStatus,
    },
}

/// A change with its time and origin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Delta {
    /// When and by whom.
    pub stamp: Stamp,
    /// What changed.
    pub change: Change,
}

impl Delta {
    /// Returns what an incident says of itself and of the resources that work for it.
    ///
    /// All are stamped with the latest time on the time line and its length, so a later call beats an earlier one.
    /// Resources that are only proposed, or free again, are left out: what they do is not this incident's to say.
    ///
    /// ```
    /// use kabat_core::{Author, Delta, Incident, IncidentId, ReportSource, Snapshot};
    /// let at = "2026-03-01T10:00:00Z".parse()?;
    /// let incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::Call112);
    /// let mut snapshot = Snapshot::new();
    /// for delta in Delta::of_incident(&incident, 1) {
    ///     snapshot.apply(&delta);
    /// }
    /// assert_eq!(snapshot.open_incidents().count(), 1);
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    pub fn of_incident(incident: &Incident, origin: u32) -> Vec<Self> {
        let state = incident.state();
        let sequence = u64::try_from(incident.timeline().len()).unwrap_or(u64::MAX);
        let stamp = Stamp::new(state.last_at(), origin, sequence);
        let id = incident.id();
        let own = [
            Change::IncidentStatusSet {
                incident: id,
                status: state.status(),
            },
            Change::IncidentDescribed {
                incident: id,
                description: IncidentDescription {
                    incident_type: state.incident_type().cloned(),
                    priority: state.priority(),
                },
            },
            Change::IncidentLocated {
                incident: id,
                position: state.location().map(|choice| choice.fix.position),
            },
        ];
        let work = state
            .assignments()
            .iter()
            .filter(|assignment| assignment.step().status() != ResourceStatus::Available)
            .map(|assignment| Change::ResourceStatusSet {
                resource: assignment.resource(),
                work: ResourceWork {
                    status: assignment.step().status(),
                    incident: Some(id),
                },
            });
        own.into_iter()
            .chain(work)
            .map(|change| Self { stamp, change })
            .collect()
    }
}

/// What a resource is, without where it is and what it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ResourceDescription {
    /// Its call sign.
    pub call_sign: String,
    /// Who owns it.
    pub agency: AgencyCode,
    /// What it is.
    pub kind: ResourceKind,
    /// What it can do.
    pub capabilities: BTreeSet<Capability>,
}

/// What a resource does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ResourceWork {
    /// Its status.
    pub status: ResourceStatus,
    /// The incident for which it works.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub incident: Option<IncidentId>,
}

/// What an incident is, as far as others need to know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct IncidentDescription {
    /// Its type.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub incident_type: Option<IncidentType>,
    /// Its priority.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub priority: Option<Priority>,
}

/// What is known of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ResourcePicture {
    /// What it is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub description: Option<Register<ResourceDescription>>,
    /// Where it is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub position: Option<Register<Option<Position>>>,
    /// What it does.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub work: Option<Register<ResourceWork>>,
}

/// What is known of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct IncidentPicture {
    /// What it is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub description: Option<Register<IncidentDescription>>,
    /// Where it is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub position: Option<Register<Option<Position>>>,
    /// How far it has come; an end is never taken back.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub status: Option<Register<IncidentStatus>>,
}

impl IncidentPicture {
    /// Returns whether the incident is known to go on; one whose status never arrived is not.
    ///
    /// ```
    /// use kabat_core::{IncidentPicture, IncidentStatus, Register, Stamp};
    /// let stamp = Stamp::new("2026-03-01T10:00:00Z".parse()?, 1, 0);
    /// let mut picture = IncidentPicture { description: None, position: None, status: None };
    /// assert!(!picture.is_open()); // nobody said so yet
    /// picture.status = Some(Register { stamp, value: IncidentStatus::OnScene });
    /// assert!(picture.is_open());
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    pub fn is_open(&self) -> bool {
        self.status
            .as_ref()
            .is_some_and(|status| !status.value.is_ended())
    }

    /// Returns when the incident ended.
    fn ended(&self) -> Option<Stamp> {
        self.status
            .as_ref()
            .filter(|status| status.value.is_ended())
            .map(|status| status.stamp)
    }
}

/// Who and what is where: the same for everybody who has the same deltas, in whatever order and however often.
///
/// Every field keeps the value with the newest [`Stamp`]; of two values with one stamp, the greater. An incident that
/// ended stays ended, whatever late deltas say. Snapshots of two centres [merge](Self::merge) the same way.
///
/// ```
/// use kabat_core::{Change, Delta, IncidentId, IncidentStatus, Snapshot, Stamp};
/// let incident = IncidentId::v7(1, [1; 10]);
/// let delta = |second: u32, status| Ok::<_, kabat_core::chrono::ParseError>(Delta {
///     stamp: Stamp::new(format!("2026-03-01T10:00:{second:02}Z").parse()?, 1, 0),
///     change: Change::IncidentStatusSet { incident, status },
/// });
/// let (closed, late) = (delta(10, IncidentStatus::Closed)?, delta(30, IncidentStatus::OnScene)?);
/// let mut here = Snapshot::new();
/// here.apply(&closed);
/// here.apply(&late);
/// let mut there = Snapshot::new();
/// there.apply(&late);
/// there.apply(&closed);
/// assert_eq!(here, there);
/// assert_eq!(here.open_incidents().count(), 0);
/// # Ok::<(), kabat_core::chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Snapshot {
    #[cfg_attr(feature = "serde", serde(default))]
    resources: BTreeMap<ResourceId, ResourcePicture>,
    #[cfg_attr(feature = "serde", serde(default))]
    incidents: BTreeMap<IncidentId, IncidentPicture>,
    /// Ended incidents from before this moment were dropped.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    horizon: Option<DateTime<Utc>>,
}

impl Snapshot {
    /// Nothing is known.
    pub const fn new() -> Self {
        Self {
            resources: BTreeMap::new(),
            incidents: BTreeMap::new(),
            horizon: None,
        }
    }

    /// Takes a delta in; returns whether it changed anything.
    pub fn apply(&mut self, delta: &Delta) -> bool {
        let stamp = delta.stamp;
        match &delta.change {
            Change::ResourceDescribed {
                resource,
                description,
            } => {
                let known = self.resources.entry(*resource).or_default();
                Register::take(&mut known.description, stamp, description)
            }
            Change::ResourceMoved { resource, position } => {
                let known = self.resources.entry(*resource).or_default();
                Register::take(&mut known.position, stamp, position)
            }
            Change::ResourceStatusSet { resource, work } => {
                let known = self.resources.entry(*resource).or_default();
                Register::take(&mut known.work, stamp, work)
            }
            Change::IncidentDescribed {
                incident,
                description,
            } => self
                .incident(*incident, stamp)
                .is_some_and(|known| Register::take(&mut known.description, stamp, description)),
            Change::IncidentLocated { incident, position } => self
                .incident(*incident, stamp)
                .is_some_and(|known| Register::take(&mut known.position, stamp, position)),
            Change::IncidentStatusSet { incident, status } => {
                self.incident(*incident, stamp).is_some_and(|known| {
                    let newer = Register {
                        stamp,
                        value: *status,
                    };
                    merge_status(&mut known.status, &newer)
                })
            }
        }
    }

    /// Returns the incident to change; `None` when it may be one that was dropped.
    fn incident(&mut self, id: IncidentId, stamp: Stamp) -> Option<&mut IncidentPicture> {
        let too_old = self.horizon.is_some_and(|horizon| stamp.at < horizon);
        match self.incidents.entry(id) {
            Entry::Occupied(known) => Some(known.into_mut()),
            Entry::Vacant(_) if too_old => None,
            Entry::Vacant(unknown) => Some(unknown.insert(IncidentPicture::default())),
        }
    }

    /// Takes in everything that another snapshot knows.
    ///
    /// ```
    /// use kabat_core::{Change, Delta, Position, ResourceId, Snapshot, Stamp};
    /// let heard = |second: u32, lat| Ok::<_, Box<dyn std::error::Error>>(Delta {
    ///     stamp: Stamp::new(format!("2026-03-01T10:00:{second:02}Z").parse()?, 1, 0),
    ///     change: Change::ResourceMoved { resource: ResourceId::nil(), position: Some(Position::from_degrees(lat, 4.35)?) },
    /// });
    /// let (mut gent, mut liege) = (Snapshot::new(), Snapshot::new());
    /// gent.apply(&heard(10, 50.8)?);
    /// liege.apply(&heard(20, 50.9)?);
    /// gent.merge(&liege);
    /// liege.merge(&gent);
    /// assert_eq!(gent, liege);
    /// let position = gent.resources()[&ResourceId::nil()].position.and_then(|register| register.value);
    /// assert_eq!(position.map(|place| place.latitude().degrees()), Some(50.9));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn merge(&mut self, other: &Self) {
        for (&id, theirs) in &other.resources {
            let ours = self.resources.entry(id).or_default();
            Register::merge(&mut ours.description, theirs.description.as_ref());
            Register::merge(&mut ours.position, theirs.position.as_ref());
            Register::merge(&mut ours.work, theirs.work.as_ref());
        }
        for (&id, theirs) in &other.incidents {
            let ours = self.incidents.entry(id).or_default();
            Register::merge(&mut ours.description, theirs.description.as_ref());
            Register::merge(&mut ours.position, theirs.position.as_ref());
            if let Some(status) = &theirs.status {
                merge_status(&mut ours.status, status);
            }
        }
        if let Some(horizon) = self.horizon.max(other.horizon) {
            self.forget_before(horizon);
        }
    }

    /// Drops incidents that ended before a moment, and from then on ignores older news of incidents not known.
    ///
    /// A dropped incident stays gone as long as nothing about it is stamped after the moment: its own centre sends no
    /// status after the end. News of an open incident that is both older than the moment and the first heard of it is
    /// lost, so choose a moment well before the slowest messages.
    ///
    /// ```
    /// use kabat_core::{Change, Delta, IncidentId, IncidentStatus, Snapshot, Stamp};
    /// let mut snapshot = Snapshot::new();
    /// let ended = Delta {
    ///     stamp: Stamp::new("2026-03-01T10:00:00Z".parse()?, 1, 0),
    ///     change: Change::IncidentStatusSet { incident: IncidentId::nil(), status: IncidentStatus::Closed },
    /// };
    /// snapshot.apply(&ended);
    /// let moment = "2026-03-02T00:00:00Z".parse()?;
    /// snapshot.forget_before(moment);
    /// assert!(snapshot.incidents().is_empty());
    /// assert_eq!(snapshot.horizon(), Some(moment));
    /// assert!(!snapshot.apply(&ended)); // it stays gone
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    pub fn forget_before(&mut self, moment: DateTime<Utc>) {
        self.horizon = self.horizon.max(Some(moment));
        self.incidents
            .retain(|_, known| known.ended().is_none_or(|stamp| stamp.at >= moment));
    }

    /// Drops the incidents that ended first until at most so many ended ones are left.
    ///
    /// ```
    /// use kabat_core::{Change, Delta, IncidentId, IncidentStatus, Snapshot, Stamp};
    /// let mut snapshot = Snapshot::new();
    /// for n in 0..10u8 {
    ///     snapshot.apply(&Delta {
    ///         stamp: Stamp::new(format!("2026-03-01T10:00:0{n}Z").parse()?, 1, 0),
    ///         change: Change::IncidentStatusSet { incident: IncidentId::v7(0, [n; 10]), status: IncidentStatus::Closed },
    ///     });
    /// }
    /// snapshot.keep_ended(3);
    /// assert_eq!(snapshot.incidents().len(), 3);
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    pub fn keep_ended(&mut self, most: usize) {
        let mut ends: Vec<DateTime<Utc>> = self
            .incidents
            .values()
            .filter_map(|known| known.ended().map(|stamp| stamp.at))
            .collect();
        ends.sort_unstable();
        let Some(last_dropped) = ends
            .len()
            .checked_sub(most)
            .and_then(|surplus| surplus.checked_sub(1))
            .and_then(|place| ends.get(place))
        else {
            return;
        };
        let after = last_dropped.checked_add_signed(TimeDelta::nanoseconds(1));
        self.forget_before(after.unwrap_or(*last_dropped));
    }

    /// Returns what is known of the resources, by id.
    pub const fn resources(&self) -> &BTreeMap<ResourceId, ResourcePicture> {
        &self.resources
    }

    /// Returns what is known of the incidents, by id, ended ones too until they are dropped.
    pub const fn incidents(&self) -> &BTreeMap<IncidentId, IncidentPicture> {
        &self.incidents
    }

    /// Returns the incidents known to go on, by id.
    pub fn open_incidents(&self) -> impl Iterator<Item = (IncidentId, &IncidentPicture)> {
        self.incidents
            .iter()
            .filter(|(_, known)| known.is_open())
            .map(|(&id, known)| (id, known))
    }

    /// Returns the moment before which ended incidents were dropped.
    pub const fn horizon(&self) -> Option<DateTime<Utc>> {
        self.horizon
    }
}

/// Like [`Register::merge`], but an end beats everything that is none.
fn merge_status(
    ours: &mut Option<Register<IncidentStatus>>,
    theirs: &Register<IncidentStatus>,
) -> bool {
    let rank = |register: &Register<IncidentStatus>| {
        (register.value.is_ended(), register.stamp, register.value)
    };
    let wins = ours.as_ref().is_none_or(|ours| rank(theirs) > rank(ours));
    if wins {
        *ours = Some(*theirs);
    }
    wins
}

/// Applies random deltas.
#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Snapshot {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let mut snapshot = Self::new();
        for delta in u.arbitrary_iter()? {
            snapshot.apply(&delta?);
        }
        Ok(snapshot)
    }
}
