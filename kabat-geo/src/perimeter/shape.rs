//! Areas with a border.

use kabat_core::{Meters, Position};

use crate::geodesic;

/// An area around something that is guarded.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// All points within a distance on the ground.
    Circle {
        /// The middle.
        centre: Position,
        /// The distance.
        radius: Meters,
    },
    /// A ring of corners, closed by itself; even-odd where it crosses itself.
    Polygon(Vec<Position>),
    /// All points within a distance of a route.
    Corridor {
        /// The route.
        line: Vec<Position>,
        /// The distance to either side.
        half_width: Meters,
    },
}

impl Shape {
    /// Returns the distance to the border in metres, below 0 inside; `None` for a polygon of fewer than three
    /// corners or a route without a point.
    ///
    /// Polygons and routes are measured in the plane that touches the ellipsoid at `at`: right to 0.1 % for borders
    /// within 50 km, which is what decides; those farther off stay far.
    ///
    /// ```
    /// use kabat_core::{Meters, Position};
    /// use kabat_geo::Shape;
    /// let centre = Position::from_degrees(50.84, 4.38)?;
    /// let ring = Shape::Circle { centre, radius: Meters::new(500.0)? };
    /// assert_eq!(ring.signed_distance_m(centre), Some(-500.0));
    /// assert_eq!(Shape::Polygon(vec![centre]).signed_distance_m(centre), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn signed_distance_m(&self, at: Position) -> Option<f64> {
        match self {
            Self::Circle { centre, radius } => Some(geodesic(at, *centre).get() - radius.get()),
            Self::Polygon(corners) => {
                if corners.len() < 3 {
                    return None;
                }
                let points: Vec<[f64; 2]> =
                    corners.iter().map(|&corner| plane(at, corner)).collect();
                let closed = points.iter().zip(points.iter().cycle().skip(1));
                let (mut inside, mut nearest) = (false, f64::INFINITY);
                for (&from, &to) in closed {
                    nearest = nearest.min(to_segment(from, to));
                    let ([x, y], [to_x, to_y]) = (from, to);
                    if (y > 0.0) != (to_y > 0.0) && x + (0.0 - y) / (to_y - y) * (to_x - x) > 0.0 {
                        inside = !inside;
                    }
                }
                Some(if inside { -nearest } else { nearest })
            }
            Self::Corridor { line, half_width } => {
                let points: Vec<[f64; 2]> = line.iter().map(|&point| plane(at, point)).collect();
                let first = *points.first()?;
                let pairs = points.iter().zip(points.iter().skip(1));
                let nearest = pairs
                    .map(|(&from, &to)| to_segment(from, to))
                    .fold(to_segment(first, first), f64::min);
                Some(nearest - half_width.get())
            }
        }
    }

    /// Returns west, south, east and north in degrees.
    pub(super) fn bounds(&self) -> Option<[f64; 4]> {
        let (points, margin) = match self {
            Self::Circle { centre, radius } => (std::slice::from_ref(centre), radius.get()),
            Self::Polygon(corners) => (corners.as_slice(), 0.0),
            Self::Corridor { line, half_width } => (line.as_slice(), half_width.get()),
        };
        let mut bounds = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        for point in points {
            let (lat, lon) = (point.latitude().degrees(), point.longitude().degrees());
            let (pad_lon, pad_lat) = padding(lat, margin);
            let [west, south, east, north] = bounds;
            bounds = [
                west.min(lon - pad_lon),
                south.min(lat - pad_lat),
                east.max(lon + pad_lon),
                north.max(lat + pad_lat),
            ];
        }
        bounds
            .first()
            .is_some_and(|west| west.is_finite())
            .then_some(bounds)
    }
}

/// Returns degrees of longitude and latitude that are at least so many metres at a latitude.
pub(super) fn padding(lat: f64, metres: f64) -> (f64, f64) {
    let lat_degrees = metres / 110_000.0;
    let narrowest = (lat.abs() + lat_degrees).min(89.9).to_radians().cos();
    ((lat_degrees / narrowest).min(360.0), lat_degrees)
}

/// Metres east and north of `origin`, with the radii of curvature of WGS84 there.
fn plane(origin: Position, to: Position) -> [f64; 2] {
    let lat = origin.latitude().degrees().to_radians();
    let w = 1.0 - 6.694_379_990_141_316_5e-3 * lat.sin() * lat.sin();
    let normal = 6_378_137.0 / w.sqrt();
    let meridian = normal * (1.0 - 6.694_379_990_141_316_5e-3) / w;
    let east = (to.longitude().degrees() - origin.longitude().degrees()).to_radians();
    let north = to.latitude().degrees().to_radians() - lat;
    [east * normal * lat.cos(), north * meridian]
}

/// Distance from the origin to a segment.
fn to_segment([x, y]: [f64; 2], [to_x, to_y]: [f64; 2]) -> f64 {
    let (dx, dy) = (to_x - x, to_y - y);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (-(x * dx + y * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (x + along * dx).hypot(y + along * dy)
}
