//! One resource's work for one incident, step by step.

use core::fmt;

use chrono::{DateTime, Utc};

use crate::{ResourceId, ResourceStatus};

/// A step of a resource in its work for an incident.
///
/// Times of the ambulance records (T0 to T7, AMBUREG) map onto the steps:
///
/// | time | meaning | step |
/// |---|---|---|
/// | T0 | call | the [`CallAttached`](crate::IncidentEvent::CallAttached) event |
/// | T1 | alarm | [`Alerted`](Self::Alerted) |
/// | T2 | leaves base | [`UnderWay`](Self::UnderWay) |
/// | T3 | at the place | [`OnScene`](Self::OnScene) |
/// | T4 | leaves the place | [`Transporting`](Self::Transporting), or [`Leaving`](Self::Leaving) without a patient |
/// | T5 | at the hospital | [`AtHospital`](Self::AtHospital) |
/// | T6 | leaves the hospital | [`Leaving`](Self::Leaving) |
/// | T7 | available again | [`Available`](Self::Available) |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum ResourceStep {
    /// Suggested, not held.
    Proposed,
    /// Held for the incident.
    Reserved,
    /// Told to go.
    Alerted,
    /// On its way.
    UnderWay,
    /// At the place.
    OnScene,
    /// Left the place with a patient.
    Transporting,
    /// At the hospital.
    AtHospital,
    /// Finished, or recalled, and on its way back.
    Leaving,
    /// Free again: the end of this assignment.
    Available,
}

impl ResourceStep {
    /// All steps in order.
    pub const ALL: [Self; 9] = [
        Self::Proposed,
        Self::Reserved,
        Self::Alerted,
        Self::UnderWay,
        Self::OnScene,
        Self::Transporting,
        Self::AtHospital,
        Self::Leaving,
        Self::Available,
    ];

    /// Returns the steps that may follow `from`; `None` stands for a resource that is not at work for the incident.
    ///
    /// A patrol may come upon an incident, so work may begin under way or on scene. Once alerted, a crew that
    /// forgets a button skips a step without error; no step is ever taken back.
    ///
    /// ```
    /// use kabat_core::ResourceStep::{self, *};
    /// assert_eq!(ResourceStep::allowed_after(Some(Reserved)), [Alerted, Available]);
    /// assert!(!ResourceStep::allowed_after(Some(OnScene)).contains(&UnderWay));
    /// ```
    pub const fn allowed_after(from: Option<Self>) -> &'static [Self] {
        use ResourceStep::{
            Alerted, AtHospital, Available, Leaving, OnScene, Proposed, Reserved, Transporting,
            UnderWay,
        };
        match from {
            None | Some(Available) => &[Proposed, Reserved, Alerted, UnderWay, OnScene],
            Some(Proposed) => &[Reserved, Alerted, Available],
            Some(Reserved) => &[Alerted, Available],
            Some(Alerted) => &[
                UnderWay,
                OnScene,
                Transporting,
                AtHospital,
                Leaving,
                Available,
            ],
            Some(UnderWay) => &[OnScene, Transporting, AtHospital, Leaving, Available],
            Some(OnScene) => &[Transporting, AtHospital, Leaving, Available],
            Some(Transporting) => &[AtHospital, Leaving, Available],
            Some(AtHospital) => &[Leaving, Available],
            Some(Leaving) => &[Available],
        }
    }

    /// Returns the status that the resource has after this step; a proposed resource is still free.
    ///
    /// ```
    /// use kabat_core::{ResourceStatus, ResourceStep};
    /// assert_eq!(ResourceStep::Proposed.status(), ResourceStatus::Available);
    /// assert_eq!(ResourceStep::Alerted.status(), ResourceStatus::Alerted);
    /// assert!(ResourceStep::Alerted.is_busy() && !ResourceStep::Reserved.is_busy());
    /// assert_eq!(ResourceStep::UnderWay.code(), "under_way");
    /// ```
    pub const fn status(self) -> ResourceStatus {
        match self {
            Self::Proposed | Self::Available => ResourceStatus::Available,
            Self::Reserved => ResourceStatus::Reserved,
            Self::Alerted => ResourceStatus::Alerted,
            Self::UnderWay => ResourceStatus::UnderWay,
            Self::OnScene => ResourceStatus::OnScene,
            Self::Transporting => ResourceStatus::Transporting,
            Self::AtHospital => ResourceStatus::AtHospital,
            Self::Leaving => ResourceStatus::Leaving,
        }
    }

    /// Returns whether the resource is bound to the incident: from alerted until it leaves.
    pub const fn is_busy(self) -> bool {
        matches!(
            self,
            Self::Alerted | Self::UnderWay | Self::OnScene | Self::Transporting | Self::AtHospital
        )
    }

    /// Returns the code used in the JSON form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Reserved => "reserved",
            Self::Alerted => "alerted",
            Self::UnderWay => "under_way",
            Self::OnScene => "on_scene",
            Self::Transporting => "transporting",
            Self::AtHospital => "at_hospital",
            Self::Leaving => "leaving",
            Self::Available => "available",
        }
    }
}

impl fmt::Display for ResourceStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// One resource's work for one incident, from the first step to being free again.
///
/// A resource that is sent again to the same incident gets a second assignment, so the first times are kept.
///
/// Its JSON form is output only, because it follows from the time line: `resource`, `step` and `times` by step.
///
/// ```
/// # use kabat_core::chrono::{DateTime, Utc};
/// # use kabat_core::{Author, Incident, IncidentEvent, IncidentId, ReportSource, ResourceId, ResourceStep};
/// # let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
/// # let mut incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::Call112);
/// let crew = ResourceId::nil();
/// for step in [ResourceStep::Alerted, ResourceStep::OnScene] {
///     incident.record(at, Author::resource(crew), IncidentEvent::ResourceStepped { resource: crew, step })?;
/// }
/// let assignment = incident.state().current(crew).ok_or("at work")?;
/// assert_eq!(assignment.step(), ResourceStep::OnScene);
/// assert_eq!(assignment.time_of(ResourceStep::UnderWay), None); // the button was forgotten
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(into = "ShownAssignment"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Assignment {
    resource: ResourceId,
    step: ResourceStep,
    times: [Option<DateTime<Utc>>; 9],
}

impl Assignment {
    pub(crate) fn start(resource: ResourceId, step: ResourceStep, at: DateTime<Utc>) -> Self {
        let mut assignment = Self {
            resource,
            step,
            times: [None; 9],
        };
        assignment.advance(step, at);
        assignment
    }

    pub(crate) fn advance(&mut self, step: ResourceStep, at: DateTime<Utc>) {
        self.step = step;
        if let Some(time) = self.times.get_mut(step as usize) {
            *time = Some(at);
        }
    }

    /// Returns the resource.
    pub const fn resource(&self) -> ResourceId {
        self.resource
    }

    /// Returns the last step taken.
    pub const fn step(&self) -> ResourceStep {
        self.step
    }

    /// Returns when a step was taken; a step that was skipped has no time.
    pub fn time_of(&self, step: ResourceStep) -> Option<DateTime<Utc>> {
        self.times.get(step as usize).copied().flatten()
    }

    /// Returns when the resource left the place, with a patient or without (T4).
    ///
    /// ```
    /// # use kabat_core::chrono::{DateTime, TimeDelta, Utc};
    /// # use kabat_core::{Author, Incident, IncidentEvent, IncidentId, ReportSource, ResourceId};
    /// use kabat_core::ResourceStep::{Alerted, AtHospital, Available, Leaving, OnScene, Transporting};
    /// # let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
    /// # let mut incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::Call112);
    /// # let crew = ResourceId::nil();
    /// for (minute, step) in (0..).zip([Alerted, OnScene, Transporting, AtHospital, Leaving, Available]) {
    ///     let event = IncidentEvent::ResourceStepped { resource: crew, step };
    ///     incident.record(at + TimeDelta::minutes(minute), Author::resource(crew), event)?;
    /// }
    /// let trip = &incident.state().assignments()[0];
    /// assert_eq!(trip.left_scene_at(), Some(at + TimeDelta::minutes(2)));
    /// assert_eq!(trip.left_hospital_at(), Some(at + TimeDelta::minutes(4)));
    /// assert!(trip.is_finished());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn left_scene_at(&self) -> Option<DateTime<Utc>> {
        self.time_of(ResourceStep::Transporting).or_else(|| {
            // With a hospital time, the leaving recorded later is T6 and not T4.
            match self.time_of(ResourceStep::AtHospital) {
                None => self.time_of(ResourceStep::Leaving),
                Some(_) => None,
            }
        })
    }

    /// Returns when the resource left the hospital (T6).
    pub fn left_hospital_at(&self) -> Option<DateTime<Utc>> {
        let carried = self.time_of(ResourceStep::AtHospital).is_some()
            || self.time_of(ResourceStep::Transporting).is_some();
        self.time_of(ResourceStep::Leaving).filter(|_| carried)
    }

    /// Returns whether the resource is free again.
    pub const fn is_finished(&self) -> bool {
        matches!(self.step, ResourceStep::Available)
    }
}

/// The JSON form of an assignment.
#[cfg(feature = "serde")]
#[derive(serde::Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(rename = "Assignment"))]
struct ShownAssignment {
    /// The resource.
    resource: ResourceId,
    /// The last step taken.
    step: ResourceStep,
    /// When each step was taken; a step that was skipped is not there.
    times: alloc::collections::BTreeMap<ResourceStep, DateTime<Utc>>,
}

#[cfg(feature = "serde")]
impl From<Assignment> for ShownAssignment {
    fn from(assignment: Assignment) -> Self {
        Self {
            resource: assignment.resource,
            step: assignment.step,
            times: ResourceStep::ALL
                .into_iter()
                .filter_map(|step| Some((step, assignment.time_of(step)?)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ResourceStep;

    #[test]
    fn every_step_leads_on_to_available_and_never_back() {
        for from in ResourceStep::ALL {
            let next = ResourceStep::allowed_after(Some(from));
            if from == ResourceStep::Available {
                assert_eq!(next, ResourceStep::allowed_after(None));
            } else {
                assert!(next.contains(&ResourceStep::Available));
                assert!(next.iter().all(|&step| step > from));
            }
        }
    }

    #[test]
    fn declared_order_is_the_place_in_the_list() {
        for (place, step) in ResourceStep::ALL.into_iter().enumerate() {
            assert_eq!(step as usize, place);
        }
    }
}
