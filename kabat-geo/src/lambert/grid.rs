//! The two Belgian grids as coordinates.

use std::sync::LazyLock;

use kabat_core::Position;

use super::conic::{Conic, ConicParameters, Ellipsoid, Geographic};
use super::datum::BD72_TO_WGS84;

/// Why numbers are not a place on a Belgian grid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LambertError {
    /// A coordinate is NaN or infinite.
    #[error("{coordinate} `{metres}` is not a finite number of metres")]
    NotFinite {
        /// `easting` or `northing`.
        coordinate: &'static str,
        /// The number as given.
        metres: String,
    },
    /// The place lies outside the area in which the grid is used.
    ///
    /// A Lambert 2008 pair read as Lambert 72 ends here, as does a pair in the wrong order in most cases.
    #[error("`{place}` is outside the area of {grid}, {area}")]
    OutsideArea {
        /// The grid, as EPSG names it.
        grid: &'static str,
        /// The place as given.
        place: String,
        /// The area that is accepted, in words.
        area: &'static str,
    },
}

/// What is accepted: the box of use in EPSG (49.5 to 51.51 north, 2.5 to 6.4 east) widened to take in the Belgian part
/// of the North Sea and the places just across the border where assistance goes. The projection is exact there; the
/// 7 parameters were fitted inside the country only. The origin of Lambert 72 lies at 49.3 north, so degrees that were
/// taken for metres end outside.
const AREA_TEXT: &str = "latitude 49.4 to 51.9 and longitude 2.2 to 6.5 degrees";

/// A centimetre, so that a position on the edge of the area comes back from the grid.
const EDGE_DEGREES: f64 = 1e-7;

fn in_area(lat: f64, lon: f64, edge: f64) -> bool {
    (49.4 - edge..=51.9 + edge).contains(&lat) && (2.2 - edge..=6.5 + edge).contains(&lon)
}

/// EPSG 31370.
pub(super) fn lambert_72() -> &'static Conic {
    static CONIC: LazyLock<Conic> = LazyLock::new(|| {
        Conic::new(&ConicParameters {
            ellipsoid: Ellipsoid::INTERNATIONAL_1924,
            lat_false_origin: 90.0,
            lon_false_origin: 4.367_486_666_666_67,
            parallel_1: 51.166_667_233_333_3,
            parallel_2: 49.833_333_9,
            easting_false_origin: 150_000.013,
            northing_false_origin: 5_400_088.438,
        })
    });
    &CONIC
}

/// EPSG 3812.
fn lambert_2008() -> &'static Conic {
    static CONIC: LazyLock<Conic> = LazyLock::new(|| {
        Conic::new(&ConicParameters {
            ellipsoid: Ellipsoid::GRS_1980,
            lat_false_origin: 50.797_815,
            lon_false_origin: 4.359_215_833_333_33,
            parallel_1: 49.833_333_333_333_3,
            parallel_2: 51.166_666_666_666_7,
            easting_false_origin: 649_328.0,
            northing_false_origin: 665_262.0,
        })
    });
    &CONIC
}

fn forward_72(position: Position) -> (f64, f64) {
    let conic = lambert_72();
    conic.project(BD72_TO_WGS84.inverse(conic.ellipsoid(), Ellipsoid::WGS_84, radians(position)))
}

fn reverse_72(easting: f64, northing: f64) -> Geographic {
    let conic = lambert_72();
    BD72_TO_WGS84.forward(
        conic.ellipsoid(),
        Ellipsoid::WGS_84,
        conic.unproject(easting, northing),
    )
}

fn forward_2008(position: Position) -> (f64, f64) {
    lambert_2008().project(radians(position))
}

fn reverse_2008(easting: f64, northing: f64) -> Geographic {
    lambert_2008().unproject(easting, northing)
}

fn radians(position: Position) -> Geographic {
    Geographic::from_degrees(
        position.latitude().degrees(),
        position.longitude().degrees(),
    )
}

macro_rules! grid {
    (
        $(#[$meta:meta])*
        $name:ident, $grid:literal, $forward:ident, $reverse:ident
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(try_from = "Metres"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        pub struct $name {
            easting_m: f64,
            northing_m: f64,
        }

        impl $name {
            #[doc = concat!("Reads a place on ", $grid, ", easting (x) first, in metres.")]
            ///
            /// # Errors
            /// [`LambertError`] when a number is not finite or the place is outside latitude 49.4 to 51.9,
            /// longitude 2.2 to 6.5 degrees.
            pub fn new(easting_m: f64, northing_m: f64) -> Result<Self, LambertError> {
                for (coordinate, metres) in [("easting", easting_m), ("northing", northing_m)] {
                    if !metres.is_finite() {
                        return Err(LambertError::NotFinite {
                            coordinate,
                            metres: metres.to_string(),
                        });
                    }
                }
                // Adding zero turns -0.0 into 0.0.
                let place = Self { easting_m: easting_m + 0.0, northing_m: northing_m + 0.0 };
                place.to_position()?;
                Ok(place)
            }

            #[doc = concat!("Returns the place on ", $grid, " of a WGS84 position.")]
            ///
            /// # Errors
            /// [`LambertError::OutsideArea`] when the position is outside latitude 49.4 to 51.9, longitude 2.2 to
            /// 6.5 degrees.
            pub fn from_position(position: Position) -> Result<Self, LambertError> {
                let (lat, lon) = (position.latitude().degrees(), position.longitude().degrees());
                if !in_area(lat, lon, EDGE_DEGREES) {
                    return Err(outside($grid, format!("{lat}, {lon}")));
                }
                let (easting_m, northing_m) = $forward(position);
                Ok(Self { easting_m, northing_m })
            }

            /// Returns the WGS84 position.
            ///
            /// # Errors
            /// None for a value made by [`new`](Self::new) or [`from_position`](Self::from_position), which check the area;
            /// the type is a `Result` so that no caller has to trust that.
            pub fn to_position(self) -> Result<Position, LambertError> {
                let place = $reverse(self.easting_m, self.northing_m);
                let (lat, lon) = (place.lat.to_degrees(), place.lon.to_degrees());
                if in_area(lat, lon, EDGE_DEGREES)
                    && let Ok(position) = Position::from_degrees(lat, lon)
                {
                    return Ok(position);
                }
                Err(outside($grid, format!("{}, {}", self.easting_m, self.northing_m)))
            }

            /// Returns the easting (x) in metres.
            pub const fn easting_m(self) -> f64 {
                self.easting_m
            }

            /// Returns the northing (y) in metres.
            pub const fn northing_m(self) -> f64 {
                self.northing_m
            }
        }

        #[cfg(feature = "serde")]
        impl TryFrom<Metres> for $name {
            type Error = LambertError;
            fn try_from(metres: Metres) -> Result<Self, Self::Error> {
                Self::new(metres.easting_m, metres.northing_m)
            }
        }

        impl TryFrom<Position> for $name {
            type Error = LambertError;
            fn try_from(position: Position) -> Result<Self, Self::Error> {
                Self::from_position(position)
            }
        }

        impl TryFrom<$name> for Position {
            type Error = LambertError;
            fn try_from(place: $name) -> Result<Self, Self::Error> {
                place.to_position()
            }
        }
    };
}

grid! {
    /// A place on the Belgian Lambert 72 grid (EPSG 31370), in metres.
    ///
    /// To WGS84 by the 7 parameters of EPSG 15929, whose stated accuracy is 1 m; see the table on the crate page.
    ///
    /// ```
    /// use kabat_geo::{Lambert72, LambertError};
    /// let place = Lambert72::new(148_950.0, 170_850.0)?;
    /// let position = place.to_position()?;
    /// assert!((position.latitude().degrees() - 50.848).abs() < 0.001);
    /// assert!((position.longitude().degrees() - 4.353).abs() < 0.002);
    /// // Lambert 2008 numbers are not taken for Lambert 72.
    /// assert!(Lambert72::new(648_950.0, 670_850.0).is_err());
    /// # Ok::<(), LambertError>(())
    /// ```
    Lambert72, "Lambert 72", forward_72, reverse_72
}

grid! {
    /// A place on the Belgian Lambert 2008 grid (EPSG 3812), in metres.
    ///
    /// Its base is ETRS89, taken equal to WGS84 (EPSG 1149, stated accuracy 1 m); see the table on the crate page.
    ///
    /// ```
    /// use kabat_geo::{Lambert2008, LambertError};
    /// // The false origin of the definition: 50°47'52.134" N, 4°21'33.177" E.
    /// let position = Lambert2008::new(649_328.0, 665_262.0)?.to_position()?;
    /// assert!((position.latitude().degrees() - 50.797_815).abs() < 1e-9);
    /// assert!((position.longitude().degrees() - 4.359_215_833).abs() < 1e-9);
    /// # Ok::<(), LambertError>(())
    /// ```
    Lambert2008, "Lambert 2008", forward_2008, reverse_2008
}

/// The wire form of both grids before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Metres {
    easting_m: f64,
    northing_m: f64,
}

fn outside(grid: &'static str, place: String) -> LambertError {
    LambertError::OutsideArea {
        grid,
        place,
        area: AREA_TEXT,
    }
}
