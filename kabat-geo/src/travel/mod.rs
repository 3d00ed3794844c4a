//! What it costs to send a unit.

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{Meters, Position, ResourceId, Seconds};

use crate::index::ground;
use crate::{Request, Scratch, Unit, UnitIndex, geodesic};

/// What it costs to send a unit somewhere, with a bound that lets a search stop early and stay exact.
///
/// `ground_m` is the geodesic's length, computed from the chord: within 1 cm at 100 km, and below a
/// micrometre in a town.
pub trait CostModel {
    /// Returns the cost, at least 0 and finite; `None` when the unit cannot get there.
    fn cost(&self, unit: &Unit, to: Position, ground_m: f64) -> Option<f64>;

    /// Returns a cost that no unit at least `ground_m` away can undercut; must not fall as `ground_m` grows.
    fn lower_bound(&self, ground_m: f64) -> f64;
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
}

/// Seconds from the straight-line distance: set-off plus a slow first stretch and a faster rest.
///
/// `seconds = start + ground_m / near` up to `knee`, and `far` is the speed of every metre beyond it. Fit it to the
/// trips of a service with [`StraightLineTime::fit`]; `examples/replay.rs` does so on the first part of a month
/// and reports the error on the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StraightLineTime {
    /// Seconds that every trip takes.
    pub start_s: f64,
    /// Seconds a metre, up to the knee.
    pub near_s_per_m: f64,
    /// Seconds a metre, beyond the knee.
    pub far_s_per_m: f64,
    /// Where the road gets faster, metres.
    pub knee_m: f64,
}

impl StraightLineTime {
    /// Returns the plain model: distance over one speed, without set-off.
    pub fn constant_speed(metres_per_second: f64) -> Option<Self> {
        (metres_per_second.is_finite() && metres_per_second > 0.0).then(|| Self {
            start_s: 0.0,
            near_s_per_m: 1.0 / metres_per_second,
            far_s_per_m: 1.0 / metres_per_second,
            knee_m: 0.0,
        })
    }

    /// Returns the seconds for a distance.
    pub fn seconds(&self, ground_m: f64) -> f64 {
        let near = ground_m.min(self.knee_m);
        self.start_s + near * self.near_s_per_m + (ground_m - near) * self.far_s_per_m
    }

    /// Fits the model to trips of (metres in a straight line, seconds) with the least sum of absolute errors, by
    /// coordinate descent over a narrowing grid: no randomness, and a few long trips do not bend it.
    ///
    /// Returns `None` for fewer than 10 trips, or numbers that are not finite and not negative.
    pub fn fit(trips: &[(f64, f64)]) -> Option<Self> {
        let sound = |value: f64| value.is_finite() && value >= 0.0;
        if trips.len() < 10
            || trips
                .iter()
                .any(|&(metres, seconds)| !sound(metres) || !sound(seconds))
        {
            return None;
        }
        let error = |at: [f64; 4]| -> f64 {
            let model = Self::from_array(at);
            trips
                .iter()
                .map(|&(metres, seconds)| (model.seconds(metres) - seconds).abs())
                .sum()
        };
        let mut at = [120.0, 0.1, 0.05, 4000.0];
        let mut step = [60.0, 0.05, 0.03, 2000.0];
        let mut least = error(at);
        for _ in 0..60 {
            let mut better = false;
            for axis in 0..4 {
                for sign in [-1.0, 1.0] {
                    let mut next = at;
                    if let (Some(value), Some(step)) = (next.get_mut(axis), step.get(axis)) {
                        *value = (*value + sign * step).max(least_of(axis));
                    }
                    let sum = error(next);
                    if sum < least {
                        (least, at, better) = (sum, next, true);
                    }
                }
            }
            if !better {
                step = step.map(|step| step * 0.6);
            }
        }
        Some(Self::from_array(at))
    }

    const fn from_array([start_s, near_s_per_m, far_s_per_m, knee_m]: [f64; 4]) -> Self {
        Self {
            start_s,
            near_s_per_m,
            far_s_per_m,
            knee_m,
        }
    }
}

/// No stretch is driven faster than 130 km/h along the straight line, however the trips are spread.
fn least_of(axis: usize) -> f64 {
    if axis == 1 || axis == 2 {
        3.6 / 130.0
    } else {
        0.0
    }
}

impl CostModel for StraightLineTime {
    fn cost(&self, _: &Unit, _: Position, ground_m: f64) -> Option<f64> {
        Some(self.seconds(ground_m)).filter(|cost| cost.is_finite() && *cost >= 0.0)
    }

    fn lower_bound(&self, ground_m: f64) -> f64 {
        self.seconds(ground_m).max(0.0)
    }
}

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

/// Own units first: everybody else is sent only when that gains more than the handicap.
///
/// With a handicap of 0 this is fastest adequate help, which ignores borders.
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
    pub fn nearest_by<M: CostModel + ?Sized>(
        &self,
        request: &Request,
        k: usize,
        model: &M,
    ) -> Vec<Costed> {
        let mut scratch = Scratch::default();
        let mut look = k.saturating_mul(2).max(8);
        if k == 0 {
            return Vec::new();
        }
        loop {
            let hits = self.nearest_into(request, look, &mut scratch);
            let mut costed: Vec<(f64, Unit)> = hits
                .iter()
                .filter_map(|hit| {
                    let unit = self.found(hit)?;
                    let cost = model.cost(&unit, request.at, ground(hit.chord_m))?;
                    (cost.is_finite() && cost >= 0.0).then_some((cost, unit))
                })
                .collect();
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
