//! What it costs to send a unit.

mod own_units_first;
#[cfg(feature = "road")]
mod road;
mod straight_line;
mod time_matrix;

use kabat_core::{Meters, Position};

use crate::index::ground;
use crate::{Request, Scratch, Unit, UnitIndex, geodesic};

pub use own_units_first::OwnUnitsFirst;
#[cfg(feature = "road")]
pub use road::{RoadEdge, RoadError, RoadNetwork, RoadTarget, Snap, Snapping};
pub use straight_line::StraightLineTime;
pub use time_matrix::TimeMatrix;

/// What it costs to send a unit somewhere, with a bound that lets a search stop early and stay exact.
///
/// `ground_m` is the geodesic's length, computed from the chord: within 1 cm at 100 km, and below a
/// micrometre in a town.
pub trait CostModel {
    /// Returns the cost, at least 0 and finite; `None` when the unit cannot get there.
    fn cost(&self, unit: &Unit, to: Position, ground_m: f64) -> Option<f64>;

    /// Returns a cost that no unit at least `ground_m` away can undercut; must not fall as `ground_m` grows.
    fn lower_bound(&self, ground_m: f64) -> f64;

    /// Returns whether units at one place can differ in cost; `false` saves work where many units are tried at
    /// many places.
    fn depends_on_unit(&self) -> bool {
        true
    }
}

/// Metres on the ground.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GeodesicDistance;

impl CostModel for GeodesicDistance {
    fn cost(&self, _: &Unit, _: Position, ground_m: f64) -> Option<f64> {
        Some(ground_m)
    }

    fn lower_bound(&self, ground_m: f64) -> f64 {
        ground_m
    }

    fn depends_on_unit(&self) -> bool {
        false
    }
}

/// A unit and what it costs to send it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Costed {
    /// The unit.
    pub unit: Unit,
    /// In the unit of the model: seconds or metres.
    pub cost: f64,
    /// The length of the geodesic on WGS84.
    pub distance: Meters,
}

impl UnitIndex {
    /// Returns the `k` units that cost least, ties by id.
    ///
    /// Units are asked for by rising distance, and the search stops when the bound of the next one exceeds the
    /// `k`-th cost: exact as long as the model's bound holds.
    ///
    /// ```
    /// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
    /// use kabat_geo::{Request, StraightLineTime, Unit, UnitIndex};
    /// let mut index = UnitIndex::new();
    /// for (n, lat) in [(1, 50.90), (2, 50.86)] {
    ///     index.upsert(Unit {
    ///         id: ResourceId::v7(n, [0; 10]),
    ///         position: Position::from_degrees(lat, 4.35)?,
    ///         capabilities: CapabilitySet::EMPTY,
    ///         status: ResourceStatus::Available,
    ///     })?;
    /// }
    /// let request = Request::new(Position::from_degrees(50.85, 4.35)?, CapabilitySet::EMPTY);
    /// let soonest = index.nearest_by(&request, 1, &StraightLineTime::BRUSSELS_AMBULANCE);
    /// assert_eq!(soonest[0].unit.id, ResourceId::v7(2, [0; 10]));
    /// assert!((soonest[0].cost / 60.0 - 4.5).abs() < 0.1, "four and a half minutes");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nearest_by<M: CostModel + ?Sized>(
        &self,
        request: &Request,
        k: usize,
        model: &M,
    ) -> Vec<Costed> {
        if k == 0 {
            return Vec::new();
        }
        let mut scratch = Scratch::default();
        let mut look = k.saturating_mul(2).max(8);
        let mut costed: Vec<(f64, Unit)> = Vec::new();
        let mut asked = 0;
        loop {
            let hits = self.nearest_into(request, look, &mut scratch);
            // A longer list begins with the shorter one, and a cost may be dear: none is asked for twice.
            costed.extend(hits.iter().skip(asked).filter_map(|hit| {
                let unit = self.found(hit)?;
                let cost = model.cost(&unit, request.at, ground(hit.chord_m))?;
                (cost.is_finite() && cost >= 0.0).then_some((cost, unit))
            }));
            asked = hits.len();
            costed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
            let next = hits
                .last()
                .map_or(0.0, |hit| model.lower_bound(ground(hit.chord_m)));
            let settled = costed.get(k - 1).is_some_and(|&(cost, _)| next > cost);
            if settled || hits.len() < look {
                let best = costed.into_iter().take(k).map(|(cost, unit)| Costed {
                    unit,
                    cost,
                    distance: geodesic(request.at, unit.position),
                });
                return best.collect();
            }
            look = look.saturating_mul(2);
        }
    }
}
