//! Which places can be reached in time, and what would restore most.

mod placement;
mod reached;
mod relocation;

use kabat_core::Position;

use crate::{CostModel, Unit};
use reached::{DemandTree, Places, value};

pub use placement::{Placement, PlacementPlan, place_units};
pub use relocation::{Relocation, RelocationPlan, relocate};

/// A place where calls come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemandPoint {
    /// Where.
    pub at: Position,
    /// How much it counts: inhabitants, or calls a year; taken as 0 when negative or not finite.
    pub weight: f64,
}

/// What a set of units covers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// Weight that some unit reaches within the limit.
    pub covered: f64,
    /// All weight.
    pub total: f64,
    /// The demand points that no unit reaches, by their place in the list.
    pub uncovered: Vec<usize>,
}

/// Returns what units cover within a cost limit (seconds, or metres, as the model has it).
///
/// A place at exactly the limit is covered; with a limit that is no number nothing is. What the units are doing is
/// not looked at: give the free ones.
///
/// ```
/// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
/// use kabat_geo::{DemandPoint, GeodesicDistance, Unit, coverage};
/// let unit = |n, lat| Ok::<_, kabat_core::PositionError>(Unit {
///     id: ResourceId::v7(n, [0; 10]),
///     position: Position::from_degrees(lat, 4.35)?,
///     capabilities: CapabilitySet::EMPTY,
///     status: ResourceStatus::Available,
/// });
/// let point = |lat| Ok::<_, kabat_core::PositionError>(DemandPoint { at: Position::from_degrees(lat, 4.35)?, weight: 10.0 });
/// let demand = [point(50.80)?, point(50.90)?];
/// let found = coverage(&[unit(1, 50.81)?], &demand, &GeodesicDistance, 5_000.0);
/// assert_eq!((found.covered, found.total, found.uncovered), (10.0, 20.0, vec![1]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn coverage<M: CostModel + ?Sized>(
    units: &[Unit],
    demand: &[DemandPoint],
    model: &M,
    limit: f64,
) -> Coverage {
    let tree = DemandTree::new(demand, model, limit);
    let mut open = Places::all(demand.len());
    for unit in units {
        tree.each_reached(unit, unit.position, |place| open.remove(place));
    }
    let mut result = Coverage {
        uncovered: open.iter().collect(),
        ..Coverage::default()
    };
    for (place, point) in demand.iter().enumerate() {
        result.total += value(point);
        if !open.contains(place) {
            result.covered += value(point);
        }
    }
    result
}
