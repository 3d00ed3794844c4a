//! The 7-parameter step from BD72 to WGS84.

use super::conic::{Ellipsoid, Geographic};

/// A 7-parameter transformation in the coordinate frame convention, EPSG method 9607.
#[derive(Debug, Clone, Copy)]
pub(super) struct Helmert {
    /// Translations in metres.
    translation: [f64; 3],
    /// Rotations in seconds of arc.
    rotation: [f64; 3],
    /// Scale difference in parts per million.
    scale_ppm: f64,
}

/// BD72 to WGS 84 (3), EPSG 15929, accuracy 1 m.
pub(super) const BD72_TO_WGS84: Helmert = Helmert {
    translation: [-106.8686, 52.2978, -103.7239],
    rotation: [-0.3366, 0.457, -1.8422],
    scale_ppm: -1.2747,
};

impl Helmert {
    /// From the source datum to the target datum, at height zero.
    pub(super) fn forward(&self, from: Ellipsoid, to: Ellipsoid, place: Geographic) -> Geographic {
        let [x, y, z] = geocentric(from, place);
        let [rx, ry, rz] = self.radians();
        let [dx, dy, dz] = self.translation;
        let k = self.scale();
        geodetic(
            to,
            [
                dx + k * (x + rz * y - ry * z),
                dy + k * (-rz * x + y + rx * z),
                dz + k * (ry * x - rx * y + z),
            ],
        )
    }

    /// From the target datum to the source datum, at height zero.
    ///
    /// The small-angle matrix I + K is inverted exactly, as (I - K + w wᵀ) / (1 + w²), where other
    /// software takes the transpose and is off by up to half a millimetre.
    pub(super) fn inverse(&self, from: Ellipsoid, to: Ellipsoid, place: Geographic) -> Geographic {
        let [x, y, z] = geocentric(to, place);
        let [rx, ry, rz] = self.radians();
        let [dx, dy, dz] = self.translation;
        let k = self.scale();
        let (x, y, z) = ((x - dx) / k, (y - dy) / k, (z - dz) / k);
        let along = rx * x + ry * y + rz * z;
        let norm = 1.0 + rx * rx + ry * ry + rz * rz;
        geodetic(
            from,
            [
                (x - rz * y + ry * z + rx * along) / norm,
                (rz * x + y - rx * z + ry * along) / norm,
                (-ry * x + rx * y + z + rz * along) / norm,
            ],
        )
    }

    fn radians(&self) -> [f64; 3] {
        self.rotation.map(|seconds| (seconds / 3600.0).to_radians())
    }

    fn scale(&self) -> f64 {
        1.0 + self.scale_ppm * 1e-6
    }
}

fn geocentric(ellipsoid: Ellipsoid, place: Geographic) -> [f64; 3] {
    let (sin_lat, cos_lat) = place.lat.sin_cos();
    let (sin_lon, cos_lon) = place.lon.sin_cos();
    let nu = ellipsoid.semi_major / (1.0 - ellipsoid.e2 * sin_lat * sin_lat).sqrt();
    [
        nu * cos_lat * cos_lon,
        nu * cos_lat * sin_lon,
        nu * (1.0 - ellipsoid.e2) * sin_lat,
    ]
}

/// Drops the height, which the datum step leaves at some tens of metres.
fn geodetic(ellipsoid: Ellipsoid, [x, y, z]: [f64; 3]) -> Geographic {
    let p = x.hypot(y);
    let mut lat = (z / (p * (1.0 - ellipsoid.e2))).atan();
    // Iteration of IOGP 373-7-2, clause on geographic/geocentric conversions; e² a step, as in the projection.
    for _ in 0..8 {
        let sin_lat = lat.sin();
        let nu = ellipsoid.semi_major / (1.0 - ellipsoid.e2 * sin_lat * sin_lat).sqrt();
        lat = ((z + ellipsoid.e2 * nu * sin_lat) / p).atan();
    }
    Geographic {
        lat,
        lon: y.atan2(x),
    }
}
