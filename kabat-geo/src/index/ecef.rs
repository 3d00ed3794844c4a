//! Positions as vectors from the centre of the WGS84 ellipsoid.

use std::sync::LazyLock;

use geographiclib_rs::{Geodesic, InverseGeodesic};
use kabat_core::{Meters, Position};

/// Semi-major axis of WGS84, metres.
const SEMI_MAJOR: f64 = 6_378_137.0;
/// First eccentricity of WGS84, squared.
const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_141_316_5e-3;

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// A point on the WGS84 ellipsoid, metres, earth-centred and earth-fixed.
///
/// The squared chord between two of them costs about a nanosecond and puts units in the order of the geodesic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ecef(pub(crate) [f64; 3]);

impl Ecef {
    pub(crate) fn of(position: Position) -> Self {
        let (sin_lat, cos_lat) = position.latitude().degrees().to_radians().sin_cos();
        let (sin_lon, cos_lon) = position.longitude().degrees().to_radians().sin_cos();
        let normal = SEMI_MAJOR / (1.0 - ECCENTRICITY_SQUARED * sin_lat * sin_lat).sqrt();
        Self([
            normal * cos_lat * cos_lon,
            normal * cos_lat * sin_lon,
            normal * (1.0 - ECCENTRICITY_SQUARED) * sin_lat,
        ])
    }

    pub(crate) fn chord_squared(self, other: Self) -> f64 {
        let [x, y, z] = self.0;
        let [to_x, to_y, to_z] = other.0;
        let (dx, dy, dz) = (x - to_x, y - to_y, z - to_z);
        dx * dx + dy * dy + dz * dz
    }
}

/// Returns the length of the shortest line on the WGS84 ellipsoid (Karney).
///
/// This is a distance on the ground as the crow flies, not a road distance and not a time.
///
/// ```
/// use kabat_core::Position;
/// let brussels = Position::from_degrees(50.8467, 4.3525)?;
/// let antwerp = Position::from_degrees(51.2211, 4.3997)?;
/// let metres = kabat_geo::geodesic(brussels, antwerp).get();
/// assert!((41_700.0..41_900.0).contains(&metres));
/// # Ok::<(), kabat_core::PositionError>(())
/// ```
pub fn geodesic(from: Position, to: Position) -> Meters {
    let metres: f64 = WGS84.inverse(
        from.latitude().degrees(),
        from.longitude().degrees(),
        to.latitude().degrees(),
        to.longitude().degrees(),
    );
    // INVARIANT: the inverse of two finite positions is finite and not negative.
    Meters::new(metres.max(0.0)).unwrap_or_default()
}

/// Returns how much farther than `chord_squared` a unit may seem and still be as near on the ground, as a factor.
///
/// Chord and geodesic differ by `c^3 / 24 R^2`, and the radius of curvature R of WGS84 lies between 6,335 and
/// 6,400 km, so two pairs with the same chord c differ on the ground by less than `c^2 * 2.2e-17` of c. The double
/// is taken, squared, and beyond 1,000 km, where the series is no longer a bound, a flat 5 %.
pub(crate) fn near_tie(chord_squared: f64) -> f64 {
    if chord_squared > 1e12 {
        1.05
    } else {
        1.0 + 1e-12 + 1e-16 * chord_squared
    }
}

/// Returns the length on the ground of a chord, metres: the first two terms of the series for the arc.
pub(crate) fn ground(chord_m: f64) -> f64 {
    const MEAN_RADIUS: f64 = 6_371_008.8;
    let ratio = chord_m / MEAN_RADIUS;
    chord_m * (1.0 + ratio * ratio / 24.0)
}

/// Returns the length on the ground between two positions, from their chord.
pub(crate) fn ground_between(from: Position, to: Position) -> Meters {
    let chord = Ecef::of(from).chord_squared(Ecef::of(to)).sqrt();
    // INVARIANT: the chord of two finite positions is finite and not negative.
    Meters::new(ground(chord)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Ecef, geodesic, ground_between, near_tie};
    use kabat_core::Position;

    #[test]
    fn vectors_end_on_the_ellipsoid() {
        // WGS84: 6,378,137 m to the equator and 6,356,752.314245 m to the pole.
        for (lat, lon, want) in [
            (0.0, 0.0, [6_378_137.0, 0.0, 0.0]),
            (0.0, 90.0, [0.0, 6_378_137.0, 0.0]),
            (90.0, 0.0, [0.0, 0.0, 6_356_752.314_245]),
            (-90.0, 0.0, [0.0, 0.0, -6_356_752.314_245]),
        ] {
            let Ecef(got) = Ecef::of(Position::from_degrees(lat, lon).unwrap());
            for (got, want) in got.iter().zip(want) {
                assert!((got - want).abs() < 1e-5, "{got} for {want}");
            }
        }
        for lat in [10.0_f64, 45.0, 50.8] {
            let Ecef([x, y, z]) = Ecef::of(Position::from_degrees(lat, 4.35).unwrap());
            let (wide, high) = (6_378_137.0, 6_356_752.314_245);
            let on_it = (x * x + y * y) / (wide * wide) + z * z / (high * high);
            assert!((on_it - 1.0).abs() < 1e-12);
            // The normal of the ellipsoid there stands at the geodetic latitude.
            let normal = (z / (high * high)).atan2(x.hypot(y) / (wide * wide));
            assert!((normal.to_degrees() - lat).abs() < 1e-9);
        }
    }

    #[test]
    fn what_may_tie_is_a_hair_up_to_1000_km_and_a_twentieth_beyond() {
        // Twice 2.2e-17 of the squared chord, squared: 1e-16 of it covers that.
        assert!((near_tie(0.0) - 1.0 - 1e-12).abs() < 1e-15);
        assert!((near_tie(1e10) - 1.0 - 1.001e-6).abs() < 1e-9);
        assert!((near_tie(1e12) - 1.0001).abs() < 1e-9);
        assert!((near_tie(1.001e12) - 1.05).abs() < 1e-12);
    }

    #[test]
    fn ground_length_is_within_a_centimetre_of_karney_at_100_km() {
        for step in 0..500_u16 {
            let turn = f64::from(step) * 0.0126;
            let from = Position::from_degrees(49.5 + f64::from(step % 40) * 0.05, 4.0).unwrap();
            let (lat, lon) = (from.latitude().degrees(), from.longitude().degrees());
            let to =
                Position::from_degrees(lat + 0.89 * turn.sin(), lon + 1.39 * turn.cos()).unwrap();
            let off = geodesic(from, to).get() - ground_between(from, to).get();
            assert!(off.abs() < 0.01, "{off} m");
        }
    }
}
