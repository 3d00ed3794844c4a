//! Belgian map coordinates: Lambert 72 and Lambert 2008, to and from WGS84.
//!
//! | grid | EPSG | base | projection | step to WGS84 | stated accuracy of that step |
//! |---|---|---|---|---|---|
//! | [`Lambert72`] | [31370] | BD72 (4313), International 1924 | conic conformal, 2 standard parallels (method 9802) | 7 parameters, coordinate frame: BD72 to WGS 84 (3), EPSG [15929] | 1 m |
//! | [`Lambert2008`] | [3812] | ETRS89 (4258), GRS 1980 | the same method | none: ETRS89 to WGS 84 (1), EPSG [1149] | 1 m |
//!
//! The projection itself is good to well under a millimetre; what limits the result is the datum step. BD72 is a
//! distorted network, so the 7 parameters fit it to some decimetres (EPSG gives 0.2 m for the same numbers to ETRS89,
//! operation 15928, and 1 m to WGS84). The national grid file (EPSG 8369, 1 cm) is not used. ETRS89 moves with the
//! European plate, WGS84 does not: they were equal in 1989 and part by about 2.5 cm a year, which is inside the metre
//! that EPSG 1149 states. Heights are taken as zero on either ellipsoid, as two-dimensional software does; for Lambert 72 the way
//! there and back therefore closes to 2 mm only, for Lambert 2008 to a micrometre.
//!
//! [31370]: https://epsg.org/crs_31370/BD72-Belgian-Lambert-72.html
//! [3812]: https://epsg.org/crs_3812/ETRS89-Belgian-Lambert-2008.html
//! [15929]: https://epsg.org/transformation_15929/BD72-to-WGS-84-3.html
//! [1149]: https://epsg.org/transformation_1149/ETRS89-to-WGS-84-1.html

mod conic;
mod datum;
mod grid;

pub use grid::{Lambert72, Lambert2008, LambertError};
