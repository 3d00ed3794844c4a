//! Whether a call tells of an incident that is already open.

use kabat::core::{
    Correlation, CorrelationIndex, CorrelationPolicy, CorrelationReason, OpenIncident, Report,
    TypeRelation,
};
use kabat::{IncidentId, ResourceId};

/// The incidents that a new call is compared with.
pub(crate) struct OpenIncidents(CorrelationIndex);

impl OpenIncidents {
    pub(crate) fn new() -> Self {
        Self(CorrelationIndex::new(CorrelationPolicy::calls()))
    }

    /// Finds the incident that `report` tells of again: near, recent and of the same type.
    ///
    /// Points alone would do for a suggestion to the operator; the demonstration has no operator and asks for more.
    pub(crate) fn same_as(&self, report: &Report) -> Option<Correlation> {
        let mut candidates = self.0.candidates(report).into_iter();
        candidates.find(|candidate| candidate.likely && of_same_type(candidate))
    }

    /// Adds an incident with the units that were sent to it.
    pub(crate) fn add(&mut self, id: IncidentId, report: &Report, resources: Vec<ResourceId>) {
        self.0.insert(OpenIncident {
            id,
            last_at: report.at,
            position: report.position,
            radius_m: report.radius_m,
            incident_type: report.incident_type.clone(),
            resources,
        });
    }
}

fn of_same_type(candidate: &Correlation) -> bool {
    let same = |reason: &CorrelationReason| {
        matches!(
            reason,
            CorrelationReason::Type {
                relation: TypeRelation::Same,
                ..
            }
        )
    };
    candidate.reasons.iter().any(same)
}
