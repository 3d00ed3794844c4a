//! Lambert conic conformal with two standard parallels, EPSG method 9802.
//!
//! The formulas are those of IOGP Publication 373-7-2 (EPSG Guidance Note 7, part 2), "Lambert Conic Conformal (2SP)".

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// A reference ellipsoid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ellipsoid {
    /// Semi-major axis in metres.
    pub(super) semi_major: f64,
    /// First eccentricity squared.
    pub(super) e2: f64,
}

impl Ellipsoid {
    /// International 1924 (Hayford), EPSG 7022.
    pub(super) const INTERNATIONAL_1924: Self = Self::new(6_378_388.0, 297.0);
    /// GRS 1980, EPSG 7019.
    pub(super) const GRS_1980: Self = Self::new(6_378_137.0, 298.257_222_101);
    /// WGS 84, EPSG 7030.
    pub(super) const WGS_84: Self = Self::new(6_378_137.0, 298.257_223_563);

    pub(super) const fn new(semi_major: f64, inverse_flattening: f64) -> Self {
        let f = 1.0 / inverse_flattening;
        Self {
            semi_major,
            e2: f * (2.0 - f),
        }
    }
}

/// A geographic place on an unnamed datum, in radians.
#[derive(Debug, Clone, Copy)]
pub(super) struct Geographic {
    pub(super) lat: f64,
    pub(super) lon: f64,
}

impl Geographic {
    pub(super) fn from_degrees(lat: f64, lon: f64) -> Self {
        Self {
            lat: lat.to_radians(),
            lon: lon.to_radians(),
        }
    }
}

/// The parameters of one projection, angles in degrees and lengths in metres.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConicParameters {
    pub(super) ellipsoid: Ellipsoid,
    pub(super) lat_false_origin: f64,
    pub(super) lon_false_origin: f64,
    pub(super) parallel_1: f64,
    pub(super) parallel_2: f64,
    pub(super) easting_false_origin: f64,
    pub(super) northing_false_origin: f64,
}

/// One projection with its constants worked out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conic {
    ellipsoid: Ellipsoid,
    e: f64,
    n: f64,
    /// Semi-major axis times F.
    a_f: f64,
    lon_0: f64,
    r_0: f64,
    easting_0: f64,
    northing_0: f64,
}

impl Conic {
    pub(super) fn new(p: &ConicParameters) -> Self {
        let e = p.ellipsoid.e2.sqrt();
        let (lat_1, lat_2) = (p.parallel_1.to_radians(), p.parallel_2.to_radians());
        let (m_1, m_2) = (m(p.ellipsoid.e2, lat_1), m(p.ellipsoid.e2, lat_2));
        let (t_1, t_2) = (t(e, lat_1), t(e, lat_2));
        let n = (m_1.ln() - m_2.ln()) / (t_1.ln() - t_2.ln());
        let a_f = p.ellipsoid.semi_major * m_1 / (n * t_1.powf(n));
        // At the pole t is zero by definition; the tangent in `t` leaves 6e-17 there, which the power would turn
        // into a micrometre.
        let r_0 = if p.lat_false_origin >= 90.0 {
            0.0
        } else {
            a_f * t(e, p.lat_false_origin.to_radians()).powf(n)
        };
        Self {
            ellipsoid: p.ellipsoid,
            e,
            n,
            a_f,
            lon_0: p.lon_false_origin.to_radians(),
            r_0,
            easting_0: p.easting_false_origin,
            northing_0: p.northing_false_origin,
        }
    }

    pub(super) const fn ellipsoid(&self) -> Ellipsoid {
        self.ellipsoid
    }

    /// Easting and northing in metres.
    pub(super) fn project(&self, place: Geographic) -> (f64, f64) {
        let r = self.a_f * t(self.e, place.lat).powf(self.n);
        let theta = self.n * (place.lon - self.lon_0);
        (
            self.easting_0 + r * theta.sin(),
            self.northing_0 + self.r_0 - r * theta.cos(),
        )
    }

    /// The place of an easting and a northing in metres.
    pub(super) fn unproject(&self, easting: f64, northing: f64) -> Geographic {
        let x = easting - self.easting_0;
        let y = self.r_0 - (northing - self.northing_0);
        // n is positive for both grids and for the examples, so the signs of the note's formula fall away.
        let t = (x.hypot(y) / self.a_f).powf(self.n.recip());
        let lon = x.atan2(y) / self.n + self.lon_0;
        let mut lat = FRAC_PI_2 - 2.0 * t.atan();
        // The error shrinks by e² (0.0067) a step, so eight steps are past the last bit.
        for _ in 0..8 {
            let s = self.e * lat.sin();
            lat = FRAC_PI_2 - 2.0 * (t * ((1.0 - s) / (1.0 + s)).powf(self.e / 2.0)).atan();
        }
        Geographic { lat, lon }
    }
}

fn m(e2: f64, lat: f64) -> f64 {
    lat.cos() / (1.0 - e2 * lat.sin().powi(2)).sqrt()
}

fn t(e: f64, lat: f64) -> f64 {
    let s = e * lat.sin();
    (FRAC_PI_4 - lat / 2.0).tan() / ((1.0 - s) / (1.0 + s)).powf(e / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dms(d: f64, m: f64, s: f64) -> f64 {
        d + m / 60.0 + s / 3600.0
    }

    // IOGP 373-7-2, Lambert Conic Conformal (2SP), worked example: NAD27 / Texas South Central, Clarke 1866.
    #[test]
    fn guidance_note_example_texas_south_central() {
        const US_FOOT: f64 = 12.0 / 39.37;
        let conic = Conic::new(&ConicParameters {
            ellipsoid: Ellipsoid::new(6_378_206.4, 294.978_698_2),
            lat_false_origin: dms(27.0, 50.0, 0.0),
            lon_false_origin: -99.0,
            parallel_1: dms(28.0, 23.0, 0.0),
            parallel_2: dms(30.0, 17.0, 0.0),
            easting_false_origin: 2_000_000.0 * US_FOOT,
            northing_false_origin: 0.0,
        });
        let (x, y) = conic.project(Geographic::from_degrees(dms(28.0, 30.0, 0.0), -96.0));
        assert!(
            (x / US_FOOT - 2_963_503.91).abs() < 0.006,
            "{}",
            x / US_FOOT
        );
        assert!((y / US_FOOT - 254_759.80).abs() < 0.006, "{}", y / US_FOOT);
        let back = conic.unproject(2_963_503.91 * US_FOOT, 254_759.80 * US_FOOT);
        assert!((back.lat.to_degrees() - 28.5).abs() < 2e-8);
        assert!((back.lon.to_degrees() + 96.0).abs() < 2e-8);
    }

    // IOGP 373-7-2, Lambert Conic Conformal (2SP Belgium), method 9803: the older definition of the same grid, in
    // which 29.2985" is taken from theta. That is the same as moving the central meridian by 29.2985" / n.
    #[test]
    fn guidance_note_example_belgium() {
        let old = ConicParameters {
            ellipsoid: Ellipsoid::INTERNATIONAL_1924,
            lat_false_origin: 90.0,
            lon_false_origin: dms(4.0, 21.0, 24.983),
            parallel_1: dms(49.0, 50.0, 0.0),
            parallel_2: dms(51.0, 10.0, 0.0),
            easting_false_origin: 150_000.01,
            northing_false_origin: 5_400_088.44,
        };
        let n = Conic::new(&old).n;
        let conic = Conic::new(&ConicParameters {
            lon_false_origin: old.lon_false_origin + 29.2985 / 3600.0 / n,
            ..old
        });
        let place = Geographic::from_degrees(dms(50.0, 40.0, 46.461), dms(5.0, 48.0, 26.533));
        let (x, y) = conic.project(place);
        assert!((x - 251_763.20).abs() < 0.02, "{x}");
        assert!((y - 153_034.13).abs() < 0.02, "{y}");
        // The definition in force (EPSG 31370, method 9802) differs from the old one by 5 cm here; PROJ 9.5.1 gives
        // 251763.20505, 153034.17572 for it.
        let (x, y) = super::super::grid::lambert_72().project(place);
        assert!((x - 251_763.205_05).abs() < 1e-4, "{x}");
        assert!((y - 153_034.175_72).abs() < 1e-4, "{y}");
    }
}
