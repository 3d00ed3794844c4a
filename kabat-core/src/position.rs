//! Places on the ground in WGS84.

use alloc::string::{String, ToString};

use crate::Meters;

/// Why two numbers are not a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PositionError {
    /// The latitude is not a number in -90..=90.
    #[error("latitude `{degrees}` is outside -90 to 90 degrees")]
    Latitude {
        /// The number as given.
        degrees: String,
    },
    /// The longitude is not a number in -180..=180.
    #[error("longitude `{degrees}` is outside -180 to 180 degrees")]
    Longitude {
        /// The number as given.
        degrees: String,
    },
}

macro_rules! angle {
    ($name:ident, $limit:literal, $what:literal, $limit_text:literal) => {
        #[doc = concat!("A WGS84 ", $what, " in degrees, -", $limit_text, " to ", $limit_text, ", never NaN.")]
        ///
        /// ```
        #[doc = concat!("use kabat_core::", stringify!($name), ";")]
        #[doc = concat!("assert_eq!(", stringify!($name), "::new(4.35)?.degrees(), 4.35);")]
        #[doc = concat!("assert!(", stringify!($name), "::new(f64::NAN).is_err());")]
        /// # Ok::<(), kabat_core::PositionError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(into = "f64", try_from = "f64"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schemars", schemars(extend("minimum" = -$limit, "maximum" = $limit)))]
        pub struct $name(f64);

        impl $name {
            #[doc = concat!("Reads a ", $what, " in degrees.")]
            ///
            /// # Errors
            #[doc = concat!("[`PositionError`] when the number is outside -", $limit_text, " to ", $limit_text, " or NaN.")]
            pub fn new(degrees: f64) -> Result<Self, PositionError> {
                if (-$limit..=$limit).contains(&degrees) {
                    // Adding zero turns -0.0 into 0.0, so that equal places compare and hash alike.
                    Ok(Self(degrees + 0.0))
                } else {
                    Err(PositionError::$name {
                        degrees: degrees.to_string(),
                    })
                }
            }

            #[doc = concat!("Returns the ", $what, " in degrees.")]
            pub const fn degrees(self) -> f64 {
                self.0
            }
        }

        // The value is never NaN, so equality is total and `total_cmp` agrees with it.
        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> core::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl core::hash::Hash for $name {
            fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
                self.0.to_bits().hash(state);
            }
        }

        impl TryFrom<f64> for $name {
            type Error = PositionError;
            fn try_from(degrees: f64) -> Result<Self, Self::Error> {
                Self::new(degrees)
            }
        }

        impl From<$name> for f64 {
            fn from(angle: $name) -> Self {
                angle.0
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let part = f64::from(u.arbitrary::<u32>()?) / f64::from(u32::MAX);
                Ok(Self((part * 2.0 - 1.0) * $limit + 0.0))
            }
        }
    };
}

angle!(Latitude, 90.0, "latitude", "90");
angle!(Longitude, 180.0, "longitude", "180");

/// A place in WGS84; latitude and longitude are separate types so that they cannot be swapped.
///
/// ```
/// use kabat_core::{Position, PositionError};
/// let grand_place = Position::from_degrees(50.8467, 4.3525)?;
/// assert_eq!(grand_place.latitude().degrees(), 50.8467);
/// assert!(Position::from_degrees(4.3525, 250.0).is_err());
/// # Ok::<(), PositionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Position {
    #[cfg_attr(feature = "serde", serde(rename = "lat"))]
    latitude: Latitude,
    #[cfg_attr(feature = "serde", serde(rename = "lon"))]
    longitude: Longitude,
}

impl Position {
    /// Joins a latitude and a longitude.
    ///
    /// ```
    /// use kabat_core::{Latitude, Longitude, Position};
    /// let atomium = Position::new(Latitude::new(50.8949)?, Longitude::new(4.3415)?);
    /// assert_eq!((atomium.latitude().degrees(), atomium.longitude().degrees()), (50.8949, 4.3415));
    /// # Ok::<(), kabat_core::PositionError>(())
    /// ```
    pub const fn new(latitude: Latitude, longitude: Longitude) -> Self {
        Self {
            latitude,
            longitude,
        }
    }

    /// Reads a place in degrees, latitude first.
    ///
    /// # Errors
    /// [`PositionError`] when a number is NaN or out of range.
    pub fn from_degrees(lat: f64, lon: f64) -> Result<Self, PositionError> {
        Ok(Self::new(Latitude::new(lat)?, Longitude::new(lon)?))
    }

    /// Returns the latitude.
    pub const fn latitude(self) -> Latitude {
        self.latitude
    }

    /// Returns the longitude.
    pub const fn longitude(self) -> Longitude {
        self.longitude
    }

    /// Returns the point on the WGS84 ellipsoid as earth-centred coordinates in metres.
    ///
    /// ```
    /// use kabat_core::Position;
    /// // The semi-major axis of WGS84 lies where equator and zero meridian meet.
    /// assert_eq!(Position::from_degrees(0.0, 0.0)?.ecef_m(), [6_378_137.0, 0.0, 0.0]);
    /// # Ok::<(), kabat_core::PositionError>(())
    /// ```
    pub fn ecef_m(self) -> [f64; 3] {
        // Semi-major axis and first eccentricity squared of WGS84 (NGA.STND.0036, table 3.1 and derived).
        const A_M: f64 = 6_378_137.0;
        const E2: f64 = 6.694_379_990_141_316e-3;
        let (sin_lat, cos_lat) = libm::sincos(self.latitude.0.to_radians());
        let (sin_lon, cos_lon) = libm::sincos(self.longitude.0.to_radians());
        let normal = A_M / libm::sqrt(1.0 - E2 * sin_lat * sin_lat);
        [
            normal * cos_lat * cos_lon,
            normal * cos_lat * sin_lon,
            normal * (1.0 - E2) * sin_lat,
        ]
    }

    /// Returns the length of the straight line to another place, through the ground.
    ///
    /// Shorter than the way over the ellipsoid by about 1 m at 100 km and 0.03 % at 500 km, and in the same order;
    /// `kabat-geo` gives geodesic lengths. Worked out with `libm`, so it is the same number on every machine.
    ///
    /// ```
    /// use kabat_core::Position;
    /// let gent = Position::from_degrees(51.0543, 3.7174)?;
    /// let luik = Position::from_degrees(50.6326, 5.5797)?;
    /// assert_eq!(gent.chord_to(luik).as_km().round(), 139.0);
    /// # Ok::<(), kabat_core::PositionError>(())
    /// ```
    pub fn chord_to(self, other: Self) -> Meters {
        let [ax, ay, az] = self.ecef_m();
        let [bx, by, bz] = other.ecef_m();
        let (dx, dy, dz) = (ax - bx, ay - by, az - bz);
        Meters::new(libm::sqrt(dx * dx + dy * dy + dz * dz)).unwrap_or_default()
    }
}

impl core::fmt::Display for Position {
    /// Writes latitude and longitude in degrees with five decimals, about one metre.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:.5}, {:.5}", self.latitude.0, self.longitude.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Latitude, Longitude, Position};

    #[test]
    fn limits_are_included_and_nothing_beyond_them() {
        for good in [-90.0, 90.0, 0.0, -0.0] {
            assert!(Latitude::new(good).is_ok());
        }
        for bad in [f64::NAN, f64::INFINITY, -90.000_001, 90.000_001] {
            assert!(Latitude::new(bad).is_err());
        }
        assert!(Longitude::new(180.0).is_ok());
        for bad in [f64::NAN, f64::NEG_INFINITY, 180.000_001, -181.0] {
            assert!(Longitude::new(bad).is_err());
        }
    }

    #[test]
    fn negative_zero_is_zero() {
        let a = Position::from_degrees(-0.0, 0.0).unwrap();
        let b = Position::from_degrees(0.0, -0.0).unwrap();
        assert_eq!(a, b);
        assert_eq!(a.cmp(&b), core::cmp::Ordering::Equal);
    }
}
