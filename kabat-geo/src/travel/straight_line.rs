//! Time from the straight-line distance.

use kabat_core::Position;

use crate::{CostModel, Unit};

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
        // With a stretch driven backwards in time, nearer is not sooner: then nothing is ruled out.
        if self.near_s_per_m >= 0.0 && self.far_s_per_m >= 0.0 {
            self.seconds(ground_m).max(0.0)
        } else {
            0.0
        }
    }
}
