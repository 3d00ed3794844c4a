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

#[cfg(test)]
mod tests {
    use super::{Frame, dot};
    use crate::index::ecef::{Ecef, geodesic};
    use kabat_core::Position;

    fn at(lat: f64, lon: f64) -> Position {
        Position::from_degrees(lat, lon).unwrap()
    }

    fn around(places: &[Position]) -> Frame {
        Frame::around(places.iter().map(|&place| Ecef::of(place)))
    }

    #[test]
    fn east_and_north_are_those_of_the_ground() {
        for (lat, lon) in [(50.8, 4.35), (0.0, 0.0), (-33.9, 151.2), (10.0, -170.0)] {
            let frame = around(&[at(lat, lon)]);
            let (east, north) = (at(lat, lon + 0.01), at(lat + 0.01, lon));
            for (place, want) in [
                (east, (geodesic(at(lat, lon), east).get(), 0.0)),
                (north, (0.0, geodesic(at(lat, lon), north).get())),
                (at(lat, lon), (0.0, 0.0)),
            ] {
                let (x, y) = frame.place(Ecef::of(place));
                // Up is the centre's, not the ellipsoid's normal: at most 0.2 degrees, so 6 in a million.
                assert!((x - want.0).abs() < 0.1, "{x} for {want:?}");
                assert!((y - want.1).abs() < 0.1, "{y} for {want:?}");
            }
        }
    }

    #[test]
    fn the_origin_is_the_middle_of_the_units() {
        let frame = around(&[at(50.0, 4.0), at(50.0, 5.0), at(51.0, 4.0), at(51.0, 5.0)]);
        let (x, y) = frame.place(Ecef::of(at(50.5, 4.5)));
        assert!(x.abs() < 1.0 && y.abs() < 200.0, "{x} {y}");
    }

    #[test]
    fn units_that_cancel_out_and_poles_have_a_plane_too() {
        // No middle, no units, and a middle on the axis.
        let nowhere = around(&[at(0.0, 0.0), at(0.0, 180.0)]);
        let empty = around(&[]);
        for frame in [nowhere, empty] {
            let (x, y) = frame.place(Ecef::of(at(50.85, 4.35)));
            assert!(x.hypot(y) < 10_000.0, "{x} {y} from Brussels");
        }
        let pole = around(&[at(90.0, 0.0)]);
        for frame in [nowhere, empty, pole, around(&[at(50.0, 4.0)])] {
            let Frame { east, north, .. } = frame;
            for (product, want) in [
                (dot(east, east), 1.0),
                (dot(north, north), 1.0),
                (dot(east, north), 0.0),
            ] {
                assert!((product - want).abs() < 1e-9, "{frame:?}");
            }
        }
    }
}
