//! Checks of a boundary set before it is trusted.

use kabat_core::chrono::NaiveDate;

use super::binary::{Contents, Layout, write};
use super::partition::{Partition, UNITS, metres_per_degree, signed_area};
use super::raster::{area_of, code};
use super::raster_build::build;
use super::{BORDER_METRES, BoundarySet, CELL, MUNICIPALITIES, refuse_wide};
use crate::{NisCode, Registry};

/// About 50 m.
const STEP_DEGREES: f64 = 0.0005;

/// What was found wrong, or put right, in a boundary set.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct BoundaryReport {
    /// Municipalities in force on the day that the set lacks.
    pub missing: Vec<NisCode>,
    /// Keys that are no municipality in force on the day.
    pub unknown: Vec<String>,
    /// Rings whose last point is not their first (closed on loading).
    pub open_rings: Vec<RingPlace>,
    /// Rings without an area (left out of account).
    pub degenerate_rings: Vec<RingPlace>,
    /// Rings whose orientation was turned: outer rings run counterclockwise, holes clockwise.
    pub turned_rings: Vec<RingPlace>,
    /// Whether the boundaries reach farther than an atlas holds; overlaps and gaps are then not looked for.
    pub too_wide: bool,
    /// Pairs of areas that claim the same ground, with a point of it as longitude and latitude.
    pub overlaps: Vec<Overlap>,
    /// Ground of nobody that is enclosed by areas; a foreign enclave, such as those of Baarle-Nassau, shows here too.
    pub gaps: Vec<Gap>,
}

/// Which ring of which area.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RingPlace {
    /// Key of the area.
    pub area: String,
    /// Number of the polygon of that area, from 0.
    pub polygon: usize,
    /// Number of the ring, 0 for the outer one.
    pub ring: usize,
}

/// Two areas that claim the same ground.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Overlap {
    /// Keys of the two areas.
    pub areas: [String; 2],
    /// A point of it, longitude and latitude.
    pub at: [f64; 2],
}

/// Enclosed ground of nobody.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Gap {
    /// A corner of it, longitude and latitude.
    pub at: [f64; 2],
    /// Its size in square metres.
    pub square_metres: f64,
}

impl BoundaryReport {
    /// Returns whether every municipality is present once and no two overlap; gaps may be foreign enclaves.
    pub fn is_sound(&self) -> bool {
        !self.too_wide
            && self.missing.is_empty()
            && self.unknown.is_empty()
            && self.overlaps.is_empty()
    }
}

impl BoundarySet {
    /// Checks the set against the municipalities in force on a day.
    pub fn check(&self, registry: &Registry, date: NaiveDate) -> BoundaryReport {
        let mut report = BoundaryReport::default();
        for row in registry.municipalities_on(date) {
            if !self.keys().any(|key| key.parse() == Ok(row.nis)) {
                report.missing.push(row.nis);
            }
        }
        for key in self.keys() {
            let known = key
                .parse()
                .is_ok_and(|nis| registry.municipality(nis, date).is_some());
            if !known {
                report.unknown.push(key.to_owned());
            }
        }
        for (area, polygons) in &self.areas {
            for (polygon, rings) in polygons.iter().enumerate() {
                for (number, ring) in rings.iter().enumerate() {
                    let place = || RingPlace {
                        area: area.clone(),
                        polygon,
                        ring: number,
                    };
                    if ring.first() != ring.last() {
                        report.open_rings.push(place());
                    }
                    let size = signed_area(ring);
                    if size == 0 {
                        report.degenerate_rings.push(place());
                    } else if (size < 0) == (number == 0) {
                        report.turned_rings.push(place());
                    }
                }
            }
        }
        let sorted = self.clone().into_sorted();
        let (keys, rings): (Vec<_>, Vec<_>) = sorted.into_iter().unzip();
        report.too_wide = refuse_wide(&rings).is_err();
        if report.too_wide {
            return report;
        }
        let (partition, contested) = Partition::from_areas(&rings);
        let key = |id: u16| {
            usize::from(id)
                .checked_sub(1)
                .and_then(|index| keys.get(index))
                .cloned()
                .unwrap_or_default()
        };
        for pair in contested {
            report.add_overlap([key(pair.first), key(pair.second)], degrees(pair.at));
        }
        report.find_overlaps(&partition, key);
        report.gaps = partition
            .rings(0)
            .into_iter()
            .filter_map(|ring| {
                let square_metres = square_metres(&ring);
                let at = *ring.first()?;
                // The outside runs counterclockwise only around ground that lies within.
                (square_metres > 0.0).then_some(Gap { at, square_metres })
            })
            .collect();
        report
    }
}

impl BoundaryReport {
    fn add_overlap(&mut self, areas: [String; 2], at: [f64; 2]) {
        if !self.overlaps.iter().any(|known| known.areas == areas) {
            self.overlaps.push(Overlap { areas, at });
        }
    }

    /// Looks beside every stretch of border, each 50 m, whether the areas lie there that claim to.
    fn find_overlaps(&mut self, partition: &Partition, key: impl Fn(u16) -> String) {
        let contents = Contents {
            kind: MUNICIPALITIES,
            keys: &[],
            rounding: 1,
            places: &[],
        };
        let bytes = write(&contents, partition, &build(partition, CELL, BORDER_METRES));
        let Ok(layout) = Layout::read(&bytes, BORDER_METRES) else {
            return;
        };
        let raster = layout.raster(&bytes);
        for arc in &partition.arcs {
            for (from, to) in arc.points.iter().zip(arc.points.iter().skip(1)) {
                let ([ax, ay], [bx, by]) = (degrees(*from), degrees(*to));
                let (dx, dy) = (bx - ax, by - ay);
                let length = dx.hypot(dy);
                if length <= 0.0 {
                    continue;
                }
                // A millionth of a degree, about ten centimetres, to the left and to the right.
                let (nx, ny) = (-dy / length * 1e-6, dx / length * 1e-6);
                let steps = (length / STEP_DEGREES).ceil().min(10_000.0);
                let mut along = 0.5;
                while along < steps {
                    let (mx, my) = (ax + dx * along / steps, ay + dy * along / steps);
                    along += 1.0;
                    for (side, claimed) in [(1.0, arc.left), (-1.0, arc.right)] {
                        let at = [mx + side * nx, my + side * ny];
                        let found = raster.find(at);
                        let other = found
                            .contested
                            .and_then(|codes| area_of(codes ^ code(claimed)));
                        if let Some(other) = other.filter(|&other| other != 0 && claimed != 0) {
                            let pair = [key(claimed.min(other)), key(claimed.max(other))];
                            self.add_overlap(pair, at);
                        }
                    }
                }
            }
        }
    }
}

fn degrees(point: [i32; 2]) -> [f64; 2] {
    point.map(|value| f64::from(value) / UNITS)
}

fn square_metres(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else {
        return 0.0;
    };
    let (lat, lon) = metres_per_degree(y0);
    let twice: f64 = ring
        .iter()
        .zip(ring.iter().skip(1))
        .map(|([ax, ay], [bx, by])| (ax - x0) * (by - y0) - (bx - x0) * (ay - y0))
        .sum();
    twice / 2.0 * lat * lon
}
