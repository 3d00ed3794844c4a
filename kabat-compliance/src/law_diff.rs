//! What two releases of the law, or two states of knowledge, mean for a camera park.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use chrono::{DateTime, FixedOffset, NaiveDate};
use kabat_core::CameraId;

use crate::engine::Compliance;
use crate::law::{Law, RuleVersion};
use crate::planner::ParkCamera;
use crate::retention::{NoTerm, RetentionTerm};
use crate::rule::RuleId;

/// A version that one release has and the other has not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a version is in the one or in the other"
)]
pub enum RuleChange {
    /// Only in the later release.
    Added(RuleVersion),
    /// Only in the earlier release.
    Removed(RuleVersion),
}

impl Law {
    /// Returns the versions of rules that differ between two releases, by rule.
    pub fn changes_to(&self, later: &Self) -> BTreeMap<RuleId, Vec<RuleChange>> {
        let mut changes: BTreeMap<RuleId, Vec<RuleChange>> = BTreeMap::new();
        for rule in self
            .rules()
            .iter()
            .filter(|rule| !later.rules().contains(rule))
        {
            changes
                .entry(rule.id)
                .or_default()
                .push(RuleChange::Removed(rule.clone()));
        }
        for rule in later
            .rules()
            .iter()
            .filter(|rule| !self.rules().contains(rule))
        {
            changes
                .entry(rule.id)
                .or_default()
                .push(RuleChange::Added(rule.clone()));
        }
        changes
    }
}

/// A camera whose deadline moves, for a recording of a given instant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DeadlineShift {
    /// The camera.
    pub camera: CameraId,
    /// The civil day in Belgium of the recording.
    pub recorded_on: NaiveDate,
    /// The term under the one law.
    pub before: Result<(RetentionTerm, DateTime<FixedOffset>), NoTerm>,
    /// The term under the other.
    pub after: Result<(RetentionTerm, DateTime<FixedOffset>), NoTerm>,
}

/// Returns the cameras of a park whose `erase_by` differs between two laws, for recordings of the given instants.
pub fn deadline_shifts(
    before: &Compliance,
    after: &Compliance,
    park: &[ParkCamera],
    recorded_at: &[DateTime<FixedOffset>],
) -> Vec<DeadlineShift> {
    let mut shifts = Vec::new();
    for camera in park {
        for at in recorded_at {
            let end = |law: &Compliance| {
                law.retention_deadline(&camera.facts, at)
                    .map(|(term, deadline)| (term, deadline.erase_by))
            };
            let (one, two) = (end(before), end(after));
            let moved = match (&one, &two) {
                (Ok(one), Ok(two)) => one.1 != two.1,
                (Err(one), Err(two)) => one != two,
                _ => true,
            };
            if moved {
                let recorded_on = after
                    .brussels()
                    .local(at)
                    .unwrap_or_else(|| at.naive_utc())
                    .date();
                shifts.push(DeadlineShift {
                    camera: camera.id,
                    recorded_on,
                    before: one,
                    after: two,
                });
            }
        }
    }
    shifts
}
