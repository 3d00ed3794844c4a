//! Open incidents, to be searched by place and time.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::grid::Grid;
use super::{Compared, CorrelationPolicy, CorrelationReason, Report};
use crate::{IncidentId, IncidentType, Meters, Position, ResourceId};

/// An incident to which reports may belong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct OpenIncident {
    /// Its id.
    pub id: IncidentId,
    /// When something last happened in it.
    pub last_at: DateTime<Utc>,
    /// Where it is.
    pub position: Position,
    /// How exact the place is, if known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub radius_m: Option<Meters>,
    /// What it is, if known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub incident_type: Option<IncidentType>,
    /// The resources that work for it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub resources: Vec<ResourceId>,
}

/// An incident to which a report may belong, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Correlation {
    /// The incident.
    pub incident: IncidentId,
    /// Points, 0 to 100.
    pub points: u8,
    /// Whether the points reach the policy's mark; merging stays a person's decision.
    pub likely: bool,
    /// Where the points come from.
    pub reasons: Vec<CorrelationReason>,
}

/// The open incidents of a centre, to be asked "to which of you does this belong?".
///
/// ```
/// use kabat_core::chrono::{DateTime, Utc};
/// use kabat_core::{CorrelationIndex, CorrelationPolicy, IncidentId, IncidentType, OpenIncident, Position, Report};
/// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
/// let fire = IncidentType::new("fire.building")?;
/// let mut index = CorrelationIndex::new(CorrelationPolicy::calls());
/// index.insert(OpenIncident {
///     id: IncidentId::nil(),
///     last_at: at,
///     position: Position::from_degrees(50.8467, 4.3525)?,
///     radius_m: None,
///     incident_type: Some(fire.clone()),
///     resources: vec![],
/// });
/// let near = index.candidates(&Report::new(at, Position::from_degrees(50.8471, 4.3530)?).of_type(fire));
/// assert!(near[0].likely);
/// assert_eq!(near[0].reasons[2].to_string(), "same type: 25 points");
/// assert!(index.candidates(&Report::new(at, Position::from_degrees(50.86, 4.3530)?)).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CorrelationIndex {
    policy: CorrelationPolicy,
    grid: Grid,
    known: Vec<Option<Known>>,
    free: Vec<u32>,
    by_id: BTreeMap<IncidentId, u32>,
    by_resource: BTreeMap<ResourceId, Vec<u32>>,
}

#[derive(Debug, Clone)]
struct Known {
    incident: OpenIncident,
    ecef_m: [f64; 3],
}

impl Known {
    fn compared(&self) -> Compared<'_> {
        Compared {
            ecef_m: self.ecef_m,
            radius_m: self.incident.radius_m,
            at: self.incident.last_at,
            incident_type: self.incident.incident_type.as_ref(),
        }
    }
}

impl CorrelationIndex {
    /// Makes an empty index with limits and weights.
    pub fn new(policy: CorrelationPolicy) -> Self {
        Self {
            policy,
            grid: Grid::new(policy.max_distance_m.get()),
            known: Vec::new(),
            free: Vec::new(),
            by_id: BTreeMap::new(),
            by_resource: BTreeMap::new(),
        }
    }

    /// Adds an incident, or replaces what was known of it.
    pub fn insert(&mut self, incident: OpenIncident) {
        self.remove(incident.id);
        let number = self
            .free
            .pop()
            .or_else(|| u32::try_from(self.known.len()).ok());
        // Four billion open incidents are not held; the index then stays as it is.
        let Some(number) = number else { return };
        let ecef_m = incident.position.ecef_m();
        self.grid.insert(ecef_m, number);
        self.by_id.insert(incident.id, number);
        for &resource in &incident.resources {
            self.by_resource.entry(resource).or_default().push(number);
        }
        let known = Some(Known { incident, ecef_m });
        match self.slot(number) {
            Some(slot) => *slot = known,
            None => self.known.push(known),
        }
    }

    /// Takes an incident out; returns what was known of it.
    ///
    /// ```
    /// use kabat_core::{CorrelationIndex, CorrelationPolicy, IncidentId, OpenIncident, Position};
    /// let mut index = CorrelationIndex::new(CorrelationPolicy::calls());
    /// index.insert(OpenIncident {
    ///     id: IncidentId::nil(),
    ///     last_at: "2026-03-01T10:00:00Z".parse()?,
    ///     position: Position::from_degrees(50.8467, 4.3525)?,
    ///     radius_m: None,
    ///     incident_type: None,
    ///     resources: vec![],
    /// });
    /// assert_eq!(index.len(), 1);
    /// assert!(index.remove(IncidentId::nil()).is_some());
    /// assert!(index.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, id: IncidentId) -> Option<OpenIncident> {
        let number = self.by_id.remove(&id)?;
        let Known { incident, ecef_m } = self.slot(number)?.take()?;
        self.grid.remove(ecef_m, number);
        self.free.push(number);
        for resource in &incident.resources {
            if let Some(numbers) = self.by_resource.get_mut(resource) {
                numbers.retain(|&other| other != number);
                if numbers.is_empty() {
                    self.by_resource.remove(resource);
                }
            }
        }
        Some(incident)
    }

    fn slot(&mut self, number: u32) -> Option<&mut Option<Known>> {
        self.known.get_mut(usize::try_from(number).ok()?)
    }

    fn at(&self, number: u32) -> Option<&Known> {
        self.known.get(usize::try_from(number).ok()?)?.as_ref()
    }

    /// Returns how many incidents there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Returns whether there is no incident.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Returns the incidents within the limits of a report, the best first and equals by id.
    ///
    /// An incident for which the reporting resource works is listed wherever it is.
    pub fn candidates(&self, report: &Report) -> Vec<Correlation> {
        let ecef_m = report.position.ecef_m();
        let compared = report.compared(ecef_m);
        let assigned: &[u32] = report
            .resource
            .and_then(|resource| self.by_resource.get(&resource))
            .map_or(&[], Vec::as_slice);
        let mut found: Vec<Correlation> = self
            .grid
            .near(ecef_m)
            .filter(|number| !assigned.contains(number))
            .filter_map(|number| {
                let known = self.at(number)?;
                let score = self.policy.score(compared, known.compared())?;
                Some(Correlation {
                    incident: known.incident.id,
                    points: score.points,
                    likely: score.points >= self.policy.likely_points,
                    reasons: score.reasons,
                })
            })
            .collect();
        found.extend(assigned.iter().filter_map(|&number| {
            let known = self.at(number)?;
            let mut reasons = alloc::vec![CorrelationReason::Assigned {
                resource: report.resource?
            }];
            if let Some(score) = self.policy.score(compared, known.compared()) {
                reasons.extend(score.reasons);
            }
            Some(Correlation {
                incident: known.incident.id,
                points: 100,
                likely: true,
                reasons,
            })
        }));
        found.sort_by_key(|correlation| (Reverse(correlation.points), correlation.incident));
        found
    }
}
