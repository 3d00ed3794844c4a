//! Time from the straight-line distance.

use kabat_core::Position;

use crate::{CostModel, Unit};

/// Seconds from the straight-line distance: set-off plus a slow first stretch and a faster rest.
///
/// `seconds = start + ground_m / near` up to `knee`, and `far` is the speed of every metre beyond it. Fit it to the
/// trips of a service with [`StraightLineTime::fit`]; the example `replay` does so on the first part of a month
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
    /// Ambulances with blue lights in Brussels, from leaving the base to arrival.
    ///
    /// Fitted to the trips of the first two thirds of July 2022 in the intervention data of the FPS Public Health (AMBUREG).
    /// On the 1,318 trips of the last third the median absolute error is 1.57 minutes and the bias +0.12, against 3.16 and
    /// -3.15 for the distance at 50 km/h, and 2.75 and +0.11 at the median speed of 15 km/h. The example `replay` prints the
    /// same numbers from the records, and the test `calibration` holds them to these. Of trips beyond 8 km there are few:
    /// fit the model anew for the country.
    pub const BRUSSELS_AMBULANCE: Self = Self {
        start_s: 145.0,
        near_s_per_m: 0.1143,
        far_s_per_m: 0.0912,
        knee_m: 1_011.0,
    };

    /// Returns the plain model: distance over one speed, without set-off; `None` when the speed is not above 0.
    ///
    /// ```
    /// use kabat_geo::StraightLineTime;
    /// let model = StraightLineTime::constant_speed(10.0);
    /// assert_eq!(model.map(|model| model.seconds(2_500.0)), Some(250.0));
    /// assert_eq!(StraightLineTime::constant_speed(f64::NAN), None);
    /// ```
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

    /// Fits the model to trips of (metres in a straight line, seconds) by the least sum of absolute errors: no
    /// randomness, and a few long trips do not bend it.
    ///
    /// For knees all over the distances the other three numbers are a linear fit; the best of them is then polished
    /// by coordinate descent. No stretch is driven faster than 130 km/h along the straight line.
    ///
    /// Returns `None` for fewer than 10 trips, or numbers that are not finite and not negative.
    ///
    /// ```
    /// use kabat_geo::StraightLineTime;
    /// // A minute to get going, and 10 m/s.
    /// let trips: Vec<(f64, f64)> = (1..50).map(|n| f64::from(n) * 200.0).map(|m| (m, 60.0 + m / 10.0)).collect();
    /// let model = StraightLineTime::fit(&trips).ok_or("too few trips")?;
    /// assert!((model.seconds(3_000.0) - 360.0).abs() < 1.0);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn fit(trips: &[(f64, f64)]) -> Option<Self> {
        let sound = |value: f64| value.is_finite() && value >= 0.0;
        if trips.len() < 10
            || trips
                .iter()
                .any(|&(metres, seconds)| !sound(metres) || !sound(seconds))
        {
            return None;
        }
        let error = |model: Self| -> f64 {
            let off = |&(metres, seconds): &(f64, f64)| (model.seconds(metres) - seconds).abs();
            trips.iter().map(off).sum()
        };
        let mut distances: Vec<f64> = trips.iter().map(|&(metres, _)| metres).collect();
        distances.sort_by(f64::total_cmp);
        let knees = (1..20).filter_map(|part| distances.get(distances.len() * part / 20));
        let linear = knees.filter_map(|&knee_m| Self::fit_with_knee(trips, knee_m));
        let usual = Self::from_array([120.0, 0.1, 0.05, 4000.0]);
        let mut best = (error(usual), usual);
        for model in linear {
            let sum = error(model);
            if sum < best.0 {
                best = (sum, model);
            }
        }
        let (mut least, model) = best;
        let mut at = [
            model.start_s,
            model.near_s_per_m,
            model.far_s_per_m,
            model.knee_m,
        ];
        let mut step = [30.0, 0.03, 0.02, 1000.0];
        for _ in 0..60 {
            let mut better = false;
            for axis in 0..4 {
                for sign in [-1.0, 1.0] {
                    let mut next = at;
                    if let (Some(value), Some(step)) = (next.get_mut(axis), step.get(axis)) {
                        *value = (*value + sign * step).max(least_of(axis));
                    }
                    let sum = error(Self::from_array(next));
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

    /// Fits start and speeds for a given knee: least absolute errors as least squares, weighted anew by what is left.
    fn fit_with_knee(trips: &[(f64, f64)], knee_m: f64) -> Option<Self> {
        let split = |metres: f64| {
            // Kilometres, so that the three columns are of a size.
            let near = metres.min(knee_m);
            [1.0, near / 1000.0, (metres - near) / 1000.0]
        };
        let mut found = [120.0, 100.0, 50.0];
        for _ in 0..25 {
            let mut sums = [[0.0; 4]; 3];
            for &(metres, seconds) in trips {
                let row = split(metres);
                let left: f64 = row.iter().zip(found).map(|(x, b)| x * b).sum::<f64>() - seconds;
                let weight = 1.0 / left.abs().max(0.5);
                for (sums, x) in sums.iter_mut().zip(row) {
                    for (sum, y) in sums.iter_mut().zip(row.into_iter().chain([seconds])) {
                        *sum += weight * x * y;
                    }
                }
            }
            found = solve(sums)?;
        }
        let [start_s, near, far] = found;
        Some(Self::from_array([
            start_s.max(least_of(0)),
            (near / 1000.0).max(least_of(1)),
            (far / 1000.0).max(least_of(2)),
            knee_m,
        ]))
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

/// Solves three linear equations by Cramer's rule; `None` when they do not decide.
fn solve(rows: [[f64; 4]; 3]) -> Option<[f64; 3]> {
    let column = |n: usize| rows.map(|row| row.get(n).copied().unwrap_or(0.0));
    let [first, second, third, right] = [0, 1, 2, 3].map(column);
    let whole = determinant(first, second, third);
    let solved = [
        determinant(right, second, third) / whole,
        determinant(first, right, third) / whole,
        determinant(first, second, right) / whole,
    ];
    solved
        .iter()
        .all(|value| value.is_finite())
        .then_some(solved)
}

fn determinant(first: [f64; 3], [x, y, z]: [f64; 3], [to_x, to_y, to_z]: [f64; 3]) -> f64 {
    let across = [
        y * to_z - z * to_y,
        z * to_x - x * to_z,
        x * to_y - y * to_x,
    ];
    first.iter().zip(across).map(|(a, b)| a * b).sum()
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

    fn depends_on_unit(&self) -> bool {
        false
    }
}
