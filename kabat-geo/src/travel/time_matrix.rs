//! Times from any router.

use std::collections::BTreeMap;

use kabat_core::{Position, ResourceId, Seconds};

use crate::{CostModel, Unit};

/// Times to one place from a router of the caller's choice.
///
/// Units without a row in the matrix cannot get there. The bound is the straight line at `fastest_m_per_s`: a
/// time below it is raised to the bound, so that the search stays exact. A fastest speed that is not above 0 is
/// no bound: then every unit is looked at.
///
/// ```
/// use std::collections::BTreeMap;
/// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus, Seconds};
/// use kabat_geo::{CostModel, TimeMatrix, Unit};
/// let place = Position::from_degrees(50.85, 4.35)?;
/// let unit = |n| Unit {
///     id: ResourceId::v7(n, [0; 10]),
///     position: place,
///     capabilities: CapabilitySet::EMPTY,
///     status: ResourceStatus::Available,
/// };
/// let seconds = BTreeMap::from([(unit(1).id, Seconds::new(300.0)?)]);
/// let matrix = TimeMatrix { seconds, fastest_m_per_s: 40.0 };
/// assert_eq!(matrix.cost(&unit(1), place, 2_000.0), Some(300.0));
/// assert_eq!(matrix.cost(&unit(2), place, 2_000.0), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMatrix {
    /// Seconds by unit.
    pub seconds: BTreeMap<ResourceId, Seconds>,
    /// No unit is faster than this along the straight line, metres a second.
    pub fastest_m_per_s: f64,
}

impl CostModel for TimeMatrix {
    fn cost(&self, unit: &Unit, _: Position, ground_m: f64) -> Option<f64> {
        let seconds = self.seconds.get(&unit.id)?.get();
        Some(seconds.max(self.lower_bound(ground_m)))
    }

    fn lower_bound(&self, ground_m: f64) -> f64 {
        if self.fastest_m_per_s > 0.0 {
            ground_m / self.fastest_m_per_s
        } else {
            0.0
        }
    }
}
