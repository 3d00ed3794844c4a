//! A plane through the middle of the units, for pruning.

use super::ecef::Ecef;

/// East and north of a point on the ellipsoid.
///
/// Dropping the third coordinate of a rotated vector can only shorten a chord, so a distance in the plane is a
/// lower bound of the chord wherever on earth the points are. Around the middle it is tight: 0.03 % at 150 km.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    origin: [f64; 3],
    east: [f64; 3],
    north: [f64; 3],
}

impl Frame {
    /// Brussels, for an index without units.
    const START: [f64; 3] = [4_023_000.0, 307_000.0, 4_922_000.0];

    pub(super) fn around(points: impl Iterator<Item = Ecef>) -> Self {
        let (mut sum, mut count) = ([0.0; 3], 0.0_f64);
        for point in points {
            for (total, part) in sum.iter_mut().zip(point.0) {
                *total += part;
            }
            count += 1.0;
        }
        let mean: [f64; 3] = sum.map(|total| total / count);
        let length = dot(mean, mean).sqrt();
        // Units all round the earth may cancel out; any plane will do then.
        let origin = if length > 1000.0 { mean } else { Self::START };
        let [x, y, z] = origin;
        let flat = x.hypot(y);
        let east = if flat > 1.0 {
            [-y / flat, x / flat, 0.0]
        } else {
            [0.0, 1.0, 0.0]
        };
        let length = dot(origin, origin).sqrt();
        let [east_x, east_y, east_z] = east;
        // Up times east.
        let north = [
            (y * east_z - z * east_y) / length,
            (z * east_x - x * east_z) / length,
            (x * east_y - y * east_x) / length,
        ];
        Self {
            origin,
            east,
            north,
        }
    }

    pub(super) fn place(&self, Ecef(mut from): Ecef) -> (f64, f64) {
        for (part, origin) in from.iter_mut().zip(self.origin) {
            *part -= origin;
        }
        (dot(from, self.east), dot(from, self.north))
    }
}

fn dot(one: [f64; 3], other: [f64; 3]) -> f64 {
    let [x, y, z] = one;
    let [to_x, to_y, to_z] = other;
    x * to_x + y * to_y + z * to_z
}
