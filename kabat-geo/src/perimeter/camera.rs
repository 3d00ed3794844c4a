//! Cameras near a place, and those that look at it.

use geographiclib_rs::{Geodesic, InverseGeodesic};
use kabat_core::{CameraId, Meters, Position};
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::shape::padding;

/// What a camera sees: a sector of a circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ViewCone {
    /// Where its middle points, degrees clockwise from north.
    pub bearing_deg: f64,
    /// The whole angle, degrees; 360 or more is all around.
    pub width_deg: f64,
    /// How far it sees.
    pub range: Meters,
}

/// A camera with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CameraPlace {
    /// The camera.
    pub id: CameraId,
    /// Where it hangs.
    pub position: Position,
    /// What it sees; `None` is not known.
    pub view: Option<ViewCone>,
}

/// A camera found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CameraView {
    /// The camera.
    pub id: CameraId,
    /// The length of the geodesic on WGS84.
    pub distance: Meters,
    /// Whether the place is in its view; `None` when its view is not known, or is no number.
    pub sees: Option<bool>,
}

/// Cameras, found by place.
#[derive(Debug, Clone)]
pub struct CameraIndex {
    tree: RTree<GeomWithData<[f64; 2], CameraPlace>>,
    earth: Geodesic,
}

impl CameraIndex {
    /// Takes in cameras.
    pub fn new(cameras: impl IntoIterator<Item = CameraPlace>) -> Self {
        let points = cameras.into_iter().map(|camera| {
            let at = [
                camera.position.longitude().degrees(),
                camera.position.latitude().degrees(),
            ];
            GeomWithData::new(at, camera)
        });
        Self {
            tree: RTree::bulk_load(points.collect()),
            earth: Geodesic::wgs84(),
        }
    }

    /// Returns the cameras within a distance, nearest first, ties by id.
    ///
    /// A camera across the antimeridian is not found: Belgium is far from it.
    pub fn within(&self, place: Position, radius: Meters) -> Vec<CameraView> {
        let (lat, lon) = (place.latitude().degrees(), place.longitude().degrees());
        let (pad_lon, pad_lat) = padding(lat, radius.get() + 1.0);
        let around = AABB::from_corners(
            [lon - pad_lon, lat - pad_lat],
            [lon + pad_lon, lat + pad_lat],
        );
        let found = self
            .tree
            .locate_in_envelope(&around)
            .map(|point| &point.data);
        let mut cameras: Vec<CameraView> = found
            .filter_map(|camera| {
                let (at_lat, at_lon) = (
                    camera.position.latitude().degrees(),
                    camera.position.longitude().degrees(),
                );
                let (metres, azimuth, _, _): (f64, f64, f64, f64) =
                    self.earth.inverse(at_lat, at_lon, lat, lon);
                let distance = Meters::new(metres)
                    .ok()
                    .filter(|&distance| distance <= radius)?;
                let sees = camera.view.and_then(|view| view.holds(distance, azimuth));
                Some(CameraView {
                    id: camera.id,
                    distance,
                    sees,
                })
            })
            .collect();
        cameras.sort_by_key(|camera| (camera.distance, camera.id));
        cameras
    }

    /// Returns the cameras within a distance whose view is known to hold the place, nearest first.
    ///
    /// ```
    /// use kabat_core::{CameraId, Meters, Position};
    /// use kabat_geo::{CameraIndex, CameraPlace, ViewCone};
    /// let camera = |n, bearing_deg| Ok::<_, Box<dyn std::error::Error>>(CameraPlace {
    ///     id: CameraId::v7(n, [0; 10]),
    ///     position: Position::from_degrees(50.84, 4.38)?,
    ///     view: Some(ViewCone { bearing_deg, width_deg: 60.0, range: Meters::new(300.0)? }),
    /// });
    /// let index = CameraIndex::new([camera(1, 0.0)?, camera(2, 180.0)?]);
    /// let north = Position::from_degrees(50.842, 4.38)?;
    /// assert_eq!(index.within(north, Meters::new(500.0)?).len(), 2);
    /// assert_eq!(index.seeing(north, Meters::new(500.0)?)[0].id, CameraId::v7(1, [0; 10]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn seeing(&self, place: Position, radius: Meters) -> Vec<CameraView> {
        let mut cameras = self.within(place, radius);
        cameras.retain(|camera| camera.sees == Some(true));
        cameras
    }
}

impl ViewCone {
    fn holds(&self, distance: Meters, azimuth_deg: f64) -> Option<bool> {
        if !self.bearing_deg.is_finite() || self.width_deg.is_nan() {
            return None;
        }
        // A place under the camera has no bearing and is taken as seen.
        let off = (azimuth_deg - self.bearing_deg + 180.0).rem_euclid(360.0) - 180.0;
        let toward = off.abs() <= self.width_deg / 2.0 || distance.get() < 1.0;
        Some(distance <= self.range && toward)
    }
}
