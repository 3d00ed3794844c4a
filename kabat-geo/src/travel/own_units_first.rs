//! Own units before those of others.

use std::collections::BTreeSet;

use kabat_core::{Position, ResourceId};

use crate::{CostModel, Unit};

/// Own units first: everybody else is sent only when that gains more than the handicap.
///
/// With a handicap of 0 this is fastest adequate help, which ignores borders; with one above all times, foreign units go only
/// when no own one is left.
///
/// ```
/// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
/// use kabat_geo::{CostModel, OwnUnitsFirst, StraightLineTime, Unit};
/// let place = Position::from_degrees(50.85, 4.35)?;
/// let unit = Unit {
///     id: ResourceId::v7(1, [0; 10]),
///     position: place,
///     capabilities: CapabilitySet::EMPTY,
///     status: ResourceStatus::Available,
/// };
/// let model = StraightLineTime::BRUSSELS_AMBULANCE;
/// let policy = OwnUnitsFirst { model, own: Default::default(), handicap: 120.0 };
/// assert_eq!(policy.cost(&unit, place, 0.0), model.cost(&unit, place, 0.0).map(|seconds| seconds + 120.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct OwnUnitsFirst<M> {
    /// The cost without the policy.
    pub model: M,
    /// The units of the own zone.
    pub own: BTreeSet<ResourceId>,
    /// Added to the cost of all others, in the unit of the model; at least 0.
    pub handicap: f64,
}

impl<M: CostModel> CostModel for OwnUnitsFirst<M> {
    fn cost(&self, unit: &Unit, to: Position, ground_m: f64) -> Option<f64> {
        let cost = self.model.cost(unit, to, ground_m)?;
        Some(if self.own.contains(&unit.id) {
            cost
        } else {
            cost + self.handicap.max(0.0)
        })
    }

    fn lower_bound(&self, ground_m: f64) -> f64 {
        self.model.lower_bound(ground_m)
    }
}
