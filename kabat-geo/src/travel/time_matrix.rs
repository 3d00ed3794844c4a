//! Times from any router.

use std::collections::BTreeMap;

use kabat_core::{Position, ResourceId, Seconds};

use crate::{CostModel, Unit};

/// Times to one place from a router of the caller's choice.
///
/// Units without a row in the matrix cannot get there. The bound is the straight line at `fastest_m_per_s`: a
/// time below it is raised to the bound, so that the search stays exact.
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
