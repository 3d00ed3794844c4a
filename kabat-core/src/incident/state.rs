//! What an incident is now: the fold of its time line.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, Utc};

use crate::{
    AgencyCode, Assignment, Call, CameraId, Classification, ClosingReason, DisciplineSet,
    EmergencyPhase, ExternalRef, Facts, HumanOverride, IncidentEvent, IncidentEventKind,
    IncidentId, IncidentJurisdiction, IncidentStatus, IncidentType, LocationChoice, LocationFix,
    LocationPolicy, Marking, OperationId, Priority, ReportSource, ResourceId, ResourceStep,
    TransitionError,
};

/// What may still be recorded of an incident that is over: what its resources do until they are free, and remarks.
const AFTER_THE_END: &[IncidentEventKind] = &[
    IncidentEventKind::ResourceStepped,
    IncidentEventKind::Noted,
    IncidentEventKind::CameraLinked,
    IncidentEventKind::ReferenceAdded,
    IncidentEventKind::Related,
    IncidentEventKind::Marked,
    IncidentEventKind::Vendor,
];

/// What an incident is now, worked out from its time line.
///
/// There is no way to set any of this but [`Incident::append`](crate::Incident::append).
///
/// ```
/// use kabat_core::chrono::{DateTime, Utc};
/// use kabat_core::{
///     AgencyCode, Author, CameraId, ClosingReason, EmergencyPhase, ExternalRef, Fact, FactCode, HumanOverride, Incident,
///     IncidentEvent, IncidentId, IncidentStatus, IncidentType, LocationFix, LocationMethod, LocationPolicy, Meters,
///     OperationId, Position, Priority, Provenance, ReportSource, ResourceId, ResourceStep, Truth,
/// };
/// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
/// let (desk, pumper, other) = (Author::operator("op-17"), ResourceId::nil(), IncidentId::v7(1, [1; 10]));
/// let mut incident = Incident::open(IncidentId::nil(), at, desk.clone(), ReportSource::Call112);
/// let place = LocationFix::new(Position::from_degrees(50.8467, 4.3525)?, LocationMethod::Aml, at)
///     .with_radius(Meters::new(12.0)?);
/// let smoke = FactCode::new("smoke_visible")?;
/// for event in [
///     IncidentEvent::Located { fix: place },
///     IncidentEvent::Overridden { decision: HumanOverride {
///         incident_type: Some(IncidentType::new("fire.building")?), priority: Some(Priority::P1),
///         reason: "seen on camera".into(), ..HumanOverride::default()
///     } },
///     IncidentEvent::FactRecorded { fact: Fact::new(smoke.clone(), Truth::Yes, Provenance::Stated) },
///     IncidentEvent::AgencyJoined { agency: AgencyCode::CIVIL_PROTECTION },
///     IncidentEvent::ResourceStepped { resource: pumper, step: ResourceStep::Alerted },
///     IncidentEvent::PhaseDeclared { phase: EmergencyPhase::Municipal },
///     IncidentEvent::CameraLinked { camera: CameraId::nil() },
///     IncidentEvent::ReferenceAdded { reference: ExternalRef { system: "cad".into(), id: "7".into() } },
///     IncidentEvent::DuplicateAbsorbed { incident: other },
///     IncidentEvent::Related { incident: other },
///     IncidentEvent::LinkedToParent { parent: other },
///     IncidentEvent::OperationJoined { operation: OperationId::nil() },
/// ] {
///     incident.record(at, desk.clone(), event)?;
/// }
/// let state = incident.state();
/// assert_eq!((state.status(), state.reached_at(IncidentStatus::Dispatched)), (IncidentStatus::Dispatched, Some(at)));
/// assert_eq!((state.source(), state.calls().len(), state.last_at()), (ReportSource::Call112, 0, at));
/// assert_eq!(state.location().map(|choice| choice.fix), Some(state.fixes()[0]));
/// assert_eq!(state.location_at(at, LocationPolicy::default()), state.location());
/// // A person judged and no rule did: type and priority are the person's, and nobody said which disciplines.
/// assert!(state.machine_classification().is_none() && state.human_override().is_some());
/// assert_eq!(state.incident_type().map(IncidentType::as_str), Some("fire.building"));
/// assert_eq!(state.priority(), Some(Priority::P1));
/// assert!(state.disciplines().is_empty());
/// assert_eq!(state.facts().value(&smoke), Truth::Yes);
/// assert_eq!(state.busy().count(), 1);
/// assert_eq!(state.current(pumper).map(|work| work.step()), Some(ResourceStep::Alerted));
/// assert_eq!((state.phase(), state.parent()), (Some(EmergencyPhase::Municipal), Some(other)));
/// assert!(state.agencies().contains(&AgencyCode::CIVIL_PROTECTION) && state.duplicates().contains(&other));
/// assert_eq!((state.related().len(), state.cameras().len(), state.references().len(), state.operations().len()), (1, 1, 1, 1));
/// assert!(state.jurisdiction().is_none() && state.marking().only_for.is_none() && state.reference().is_none());
/// // Another centre takes over: that ends it here, without a closing reason, and not as a duplicate.
/// incident.record(at, desk, IncidentEvent::HandedOver { to: AgencyCode::new("nc112-gent")? })?;
/// let state = incident.state();
/// assert_eq!(state.handed_over_to().map(AgencyCode::as_str), Some("nc112-gent"));
/// assert_eq!((state.reason(), state.merged_into(), state.assignments().len()), (None::<&ClosingReason>, None, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its JSON form is output only, for those who want to show an incident without folding its time line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct IncidentState {
    /// How far the incident has come.
    status: IncidentStatus,
    /// How the first report came in.
    source: ReportSource,
    /// Number by which people speak of it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    reference: Option<String>,
    /// When each status was first reached.
    reached: BTreeMap<IncidentStatus, DateTime<Utc>>,
    /// The reports.
    calls: Vec<Call>,
    /// All answers to "where?".
    fixes: Vec<LocationFix>,
    /// Latest result of rules.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    machine: Option<Classification>,
    /// What people decided over the rules.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    human: Option<HumanOverride>,
    /// What is known of the situation.
    facts: Facts,
    /// Who is competent for the place.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    jurisdiction: Option<IncidentJurisdiction>,
    /// The agencies that joined.
    agencies: BTreeSet<AgencyCode>,
    /// Work of resources, the earliest started first.
    assignments: Vec<Assignment>,
    /// Place of each resource's latest assignment.
    #[cfg_attr(feature = "serde", serde(skip))]
    latest: BTreeMap<ResourceId, usize>,
    /// Phase of emergency planning.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    phase: Option<EmergencyPhase>,
    /// Who may be given what is known.
    marking: Marking,
    /// The larger incident.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    parent: Option<IncidentId>,
    /// The incident into which it was merged.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    merged_into: Option<IncidentId>,
    /// The incidents merged into it.
    duplicates: BTreeSet<IncidentId>,
    /// The incidents that have to do with it.
    related: BTreeSet<IncidentId>,
    /// The operations that it joined.
    operations: BTreeSet<OperationId>,
    /// The cameras whose images belong to it.
    cameras: BTreeSet<CameraId>,
    /// The records of other systems.
    references: BTreeSet<ExternalRef>,
    /// The centre that took it over.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    handed_over_to: Option<AgencyCode>,
    /// Why it was closed or cancelled.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    reason: Option<ClosingReason>,
    /// Latest time on the time line.
    last_at: DateTime<Utc>,
}

impl IncidentState {
    pub(crate) fn opened(
        at: DateTime<Utc>,
        source: ReportSource,
        reference: Option<String>,
    ) -> Self {
        Self {
            status: IncidentStatus::Received,
            source,
            reference,
            reached: BTreeMap::from([(IncidentStatus::Received, at)]),
            calls: Vec::new(),
            fixes: Vec::new(),
            machine: None,
            human: None,
            facts: Facts::new(),
            jurisdiction: None,
            agencies: BTreeSet::new(),
            assignments: Vec::new(),
            latest: BTreeMap::new(),
            phase: None,
            marking: Marking::default(),
            parent: None,
            merged_into: None,
            duplicates: BTreeSet::new(),
            related: BTreeSet::new(),
            operations: BTreeSet::new(),
            cameras: BTreeSet::new(),
            references: BTreeSet::new(),
            handed_over_to: None,
            reason: None,
            last_at: at,
        }
    }

    /// Checks whether an event may come now.
    pub(crate) fn check(
        &self,
        incident: IncidentId,
        event: &IncidentEvent,
    ) -> Result<(), TransitionError> {
        let status = self.status;
        let kind = event.kind();
        if let IncidentEvent::Opened { .. } = event {
            return Err(TransitionError::AlreadyOpened { status });
        }
        if status.is_ended() && !AFTER_THE_END.contains(&kind) {
            return Err(TransitionError::Ended {
                status,
                event: kind,
                allowed: AFTER_THE_END,
            });
        }
        match event {
            IncidentEvent::ResourceStepped { resource, step } => self.check_step(*resource, *step),
            IncidentEvent::DuplicateAbsorbed { incident: other }
            | IncidentEvent::MergedInto { incident: other }
            | IncidentEvent::LinkedToParent { parent: other }
            | IncidentEvent::Related { incident: other }
                if *other == incident =>
            {
                Err(TransitionError::RefersToItself {
                    incident,
                    event: kind,
                })
            }
            IncidentEvent::UnderControl {} if status < IncidentStatus::OnScene => {
                Err(TransitionError::NobodyOnScene { status })
            }
            IncidentEvent::PhaseLifted {} if self.phase.is_none() => {
                Err(TransitionError::NoPhase { status })
            }
            IncidentEvent::Closed { .. } => match self.busy().next() {
                Some(assignment) => Err(TransitionError::ResourceBusy {
                    status,
                    resource: assignment.resource(),
                    step: assignment.step(),
                }),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn check_step(&self, resource: ResourceId, step: ResourceStep) -> Result<(), TransitionError> {
        let from = self.current(resource).map(Assignment::step);
        let refused = |allowed| TransitionError::Step {
            resource,
            from,
            step,
            allowed,
        };
        let allowed = ResourceStep::allowed_after(from);
        // Nobody new is sent to an incident that is over, nor is a mere proposal taken further.
        let over = self.status.is_ended();
        let allowed: &'static [ResourceStep] = match from {
            None | Some(ResourceStep::Available) if over => &[],
            Some(ResourceStep::Proposed | ResourceStep::Reserved) if over => {
                &[ResourceStep::Available]
            }
            _ => allowed,
        };
        if allowed.contains(&step) {
            Ok(())
        } else {
            Err(refused(allowed))
        }
    }

    /// Takes an event in that [`check`](Self::check) let pass.
    pub(crate) fn absorb(&mut self, at: DateTime<Utc>, event: &IncidentEvent) {
        self.last_at = self.last_at.max(at);
        match event {
            IncidentEvent::CallAttached { call } => self.calls.push(call.clone()),
            IncidentEvent::Located { fix } => self.fixes.push(*fix),
            IncidentEvent::Classified { classification } => {
                self.machine = Some(classification.clone());
                self.reach(IncidentStatus::Classified, at);
            }
            IncidentEvent::Overridden { decision } => {
                let decision = decision.clone();
                self.human = Some(match self.human.take() {
                    Some(earlier) => earlier.then(decision),
                    None => decision,
                });
                self.reach(IncidentStatus::Classified, at);
            }
            IncidentEvent::FactRecorded { fact } => self.facts.record(fact.clone()),
            IncidentEvent::JurisdictionFound { jurisdiction } => {
                self.jurisdiction = Some(jurisdiction.clone());
            }
            IncidentEvent::AgencyJoined { agency } => {
                self.agencies.insert(agency.clone());
            }
            IncidentEvent::ResourceStepped { resource, step } => self.step(*resource, *step, at),
            IncidentEvent::UnderControl {} => self.reach(IncidentStatus::UnderControl, at),
            IncidentEvent::CameraLinked { camera } => {
                self.cameras.insert(*camera);
            }
            IncidentEvent::ReferenceAdded { reference } => {
                self.references.insert(reference.clone());
            }
            IncidentEvent::DuplicateAbsorbed { incident } => {
                self.duplicates.insert(*incident);
            }
            IncidentEvent::MergedInto { incident } => {
                self.merged_into = Some(*incident);
                self.reach(IncidentStatus::Merged, at);
            }
            IncidentEvent::LinkedToParent { parent } => self.parent = Some(*parent),
            IncidentEvent::Related { incident } => {
                self.related.insert(*incident);
            }
            IncidentEvent::OperationJoined { operation } => {
                self.operations.insert(*operation);
            }
            IncidentEvent::PhaseDeclared { phase } => self.phase = Some(*phase),
            IncidentEvent::PhaseLifted {} => self.phase = None,
            IncidentEvent::Marked { marking } => self.marking = marking.clone(),
            IncidentEvent::HandedOver { to } => {
                self.handed_over_to = Some(to.clone());
                self.reach(IncidentStatus::HandedOver, at);
            }
            IncidentEvent::Cancelled { reason } => {
                self.reason = Some(reason.clone());
                self.reach(IncidentStatus::Cancelled, at);
            }
            IncidentEvent::Closed { reason } => {
                self.reason = Some(reason.clone());
                self.reach(IncidentStatus::Closed, at);
            }
            IncidentEvent::Opened { .. }
            | IncidentEvent::Noted { .. }
            | IncidentEvent::Vendor { .. } => {}
        }
    }

    fn step(&mut self, resource: ResourceId, step: ResourceStep, at: DateTime<Utc>) {
        let going_on = self
            .latest
            .get(&resource)
            .and_then(|&place| self.assignments.get_mut(place))
            .filter(|assignment| !assignment.is_finished());
        if let Some(assignment) = going_on {
            assignment.advance(step, at);
        } else {
            self.latest.insert(resource, self.assignments.len());
            self.assignments.push(Assignment::start(resource, step, at));
        }
        match step {
            ResourceStep::Alerted => self.reach(IncidentStatus::Dispatched, at),
            ResourceStep::UnderWay => self.reach(IncidentStatus::UnderWay, at),
            ResourceStep::OnScene => self.reach(IncidentStatus::OnScene, at),
            // A patient on board proves that the crew was there, even if it forgot to say so.
            ResourceStep::Transporting | ResourceStep::AtHospital => {
                self.reach(IncidentStatus::OnScene, at);
            }
            ResourceStep::Proposed
            | ResourceStep::Reserved
            | ResourceStep::Leaving
            | ResourceStep::Available => {}
        }
    }

    /// Goes on to a status, never back, and never on from an end.
    fn reach(&mut self, status: IncidentStatus, at: DateTime<Utc>) {
        if status > self.status && !self.status.is_ended() {
            self.status = status;
            self.reached.insert(status, at);
        }
    }

    /// Returns how far the incident has come.
    pub const fn status(&self) -> IncidentStatus {
        self.status
    }

    /// Returns when a status was first reached; one that was skipped has no time.
    pub fn reached_at(&self, status: IncidentStatus) -> Option<DateTime<Utc>> {
        self.reached.get(&status).copied()
    }

    /// Returns how the first report came in.
    pub const fn source(&self) -> ReportSource {
        self.source
    }

    /// Returns the number by which people speak of the incident.
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// Returns the reports in the order in which they were attached.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// Returns all answers to "where?" in the order in which they came in.
    pub fn fixes(&self) -> &[LocationFix] {
        &self.fixes
    }

    /// Returns which answer to "where?" to use at a moment, and why.
    pub fn location_at(&self, at: DateTime<Utc>, policy: LocationPolicy) -> Option<LocationChoice> {
        LocationChoice::among(&self.fixes, at, policy)
    }

    /// Returns the answer to "where?" to use as of the newest entry, under the usual policy.
    pub fn location(&self) -> Option<LocationChoice> {
        self.location_at(self.last_at, LocationPolicy::default())
    }

    /// Returns the latest result of rules, whatever people decided.
    pub const fn machine_classification(&self) -> Option<&Classification> {
        self.machine.as_ref()
    }

    /// Returns what people decided over the rules.
    pub const fn human_override(&self) -> Option<&HumanOverride> {
        self.human.as_ref()
    }

    /// Returns the type of incident: a person's, else the rules'.
    pub fn incident_type(&self) -> Option<&IncidentType> {
        self.human
            .as_ref()
            .and_then(|human| human.incident_type.as_ref())
            .or(self.machine.as_ref().map(|machine| &machine.incident_type))
    }

    /// Returns the priority: a person's, else the rules'.
    pub fn priority(&self) -> Option<Priority> {
        self.human
            .as_ref()
            .and_then(|human| human.priority)
            .or(self.machine.as_ref().map(|machine| machine.priority))
    }

    /// Returns the disciplines needed: a person's, else the rules'.
    pub fn disciplines(&self) -> DisciplineSet {
        self.human
            .as_ref()
            .and_then(|human| human.disciplines)
            .or(self.machine.as_ref().map(|machine| machine.disciplines))
            .unwrap_or_default()
    }

    /// Returns what is known of the situation.
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Returns who is competent for the place.
    pub const fn jurisdiction(&self) -> Option<&IncidentJurisdiction> {
        self.jurisdiction.as_ref()
    }

    /// Returns the agencies that joined.
    pub const fn agencies(&self) -> &BTreeSet<AgencyCode> {
        &self.agencies
    }

    /// Returns all assignments, the earliest started first; a resource sent twice has two.
    pub fn assignments(&self) -> &[Assignment] {
        &self.assignments
    }

    /// Returns the latest assignment of a resource, finished or not.
    pub fn current(&self, resource: ResourceId) -> Option<&Assignment> {
        self.latest
            .get(&resource)
            .and_then(|&place| self.assignments.get(place))
    }

    /// Returns the assignments of resources that were told to go and have not left yet.
    pub fn busy(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments
            .iter()
            .filter(|assignment| assignment.step().is_busy())
    }

    /// Returns the phase of emergency planning, if one is declared.
    pub const fn phase(&self) -> Option<EmergencyPhase> {
        self.phase
    }

    /// Returns who may be given what is known of the incident.
    pub const fn marking(&self) -> &Marking {
        &self.marking
    }

    /// Returns the larger incident of which this one is a part.
    pub const fn parent(&self) -> Option<IncidentId> {
        self.parent
    }

    /// Returns the incident into which this one was merged.
    pub const fn merged_into(&self) -> Option<IncidentId> {
        self.merged_into
    }

    /// Returns the incidents merged into this one.
    pub const fn duplicates(&self) -> &BTreeSet<IncidentId> {
        &self.duplicates
    }

    /// Returns the incidents that have to do with this one.
    pub const fn related(&self) -> &BTreeSet<IncidentId> {
        &self.related
    }

    /// Returns the operations that the incident joined.
    pub const fn operations(&self) -> &BTreeSet<OperationId> {
        &self.operations
    }

    /// Returns the cameras whose images belong to the incident.
    pub const fn cameras(&self) -> &BTreeSet<CameraId> {
        &self.cameras
    }

    /// Returns the records of other systems that belong to the incident.
    pub const fn references(&self) -> &BTreeSet<ExternalRef> {
        &self.references
    }

    /// Returns the centre that took the incident over.
    pub const fn handed_over_to(&self) -> Option<&AgencyCode> {
        self.handed_over_to.as_ref()
    }

    /// Returns why the incident was closed or cancelled.
    pub const fn reason(&self) -> Option<&ClosingReason> {
        self.reason.as_ref()
    }

    /// Returns the latest time on the time line.
    pub const fn last_at(&self) -> DateTime<Utc> {
        self.last_at
    }
}
