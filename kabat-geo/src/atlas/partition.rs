//! A division of the plane into areas, as shared border lines.

use std::collections::HashMap;

/// Longitude and latitude in units of 1e-7 degree (about a centimetre).
pub(crate) type GridPoint = [i32; 2];

/// Units of [`GridPoint`] in one degree.
pub(crate) const UNITS: f64 = 1e7;

/// An area number; 0 is outside of everything, areas count from 1.
pub(crate) type AreaId = u16;

/// A polygon as its outer ring and its holes, closed or not, in any orientation.
pub(crate) type Rings = Vec<Vec<GridPoint>>;

/// A border line with what lies on each side of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arc {
    pub(crate) left: AreaId,
    pub(crate) right: AreaId,
    pub(crate) points: Vec<GridPoint>,
}

/// Border lines that divide the plane into areas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Partition {
    pub(crate) areas: usize,
    pub(crate) arcs: Vec<Arc>,
}

/// The same stretch of border claimed twice for the same side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contested {
    pub(crate) first: AreaId,
    pub(crate) second: AreaId,
    pub(crate) at: GridPoint,
}

impl Partition {
    /// Joins the rings of the areas (in the order of their numbers, from 1) into shared lines.
    pub(crate) fn from_areas(areas: &[Vec<Rings>]) -> (Self, Vec<Contested>) {
        let mut sides: HashMap<(GridPoint, GridPoint), (AreaId, AreaId)> = HashMap::new();
        let mut order = Vec::new();
        let mut contested = Vec::new();
        for (index, polygons) in areas.iter().enumerate() {
            let Ok(id) = AreaId::try_from(index + 1) else {
                break;
            };
            for polygon in polygons {
                for (ring_number, ring) in polygon.iter().enumerate() {
                    let reverse = (signed_area(ring) < 0) == (ring_number == 0);
                    for pair in pairs(ring) {
                        let (from, to) = if reverse { (pair.1, pair.0) } else { pair };
                        let key = (from.min(to), from.max(to));
                        let entry = sides.entry(key).or_insert_with(|| {
                            order.push(key);
                            (0, 0)
                        });
                        let side = if from < to {
                            &mut entry.0
                        } else {
                            &mut entry.1
                        };
                        if *side == 0 {
                            *side = id;
                        } else {
                            contested.push(Contested {
                                first: *side,
                                second: id,
                                at: from,
                            });
                        }
                    }
                }
            }
        }
        // A line that an area runs along on both sides is no border.
        order.retain(|key| sides.get(key).is_some_and(|(left, right)| left != right));
        let arcs = chain(&order, &sides);
        (
            Self {
                areas: areas.len(),
                arcs,
            },
            contested,
        )
    }

    /// Thins the lines: no dropped point lay farther than `metres` from what is left.
    pub(crate) fn simplified(&self, metres: f64, grid: i32) -> Self {
        let snap = |value: i32| {
            let half = grid / 2;
            (value + half).div_euclid(grid) * grid
        };
        let arcs = self
            .arcs
            .iter()
            .map(|arc| {
                let mut points: Vec<GridPoint> = thin(&arc.points, metres)
                    .into_iter()
                    .map(|[x, y]| [snap(x), snap(y)])
                    .collect();
                points.dedup();
                Arc {
                    points,
                    ..arc.clone()
                }
            })
            .filter(|arc| arc.points.len() > 1)
            .collect();
        Self {
            areas: self.areas,
            arcs,
        }
    }

    /// Returns the closed rings of one area as longitude and latitude.
    pub(crate) fn rings(&self, area: AreaId) -> Vec<Vec<[f64; 2]>> {
        let mut starts: HashMap<GridPoint, Vec<Vec<GridPoint>>> = HashMap::new();
        let mut open = 0_usize;
        let mut first_points = Vec::new();
        for arc in &self.arcs {
            let points = if arc.left == area {
                arc.points.clone()
            } else if arc.right == area {
                arc.points.iter().rev().copied().collect()
            } else {
                continue;
            };
            let Some(&start) = points.first() else {
                continue;
            };
            first_points.push(start);
            starts.entry(start).or_default().push(points);
            open += 1;
        }
        let mut rings = Vec::new();
        let mut take = |point: &GridPoint| starts.get_mut(point).and_then(Vec::pop);
        for start in first_points {
            let Some(mut ring) = take(&start) else {
                continue;
            };
            // Each step takes one arc out, so this ends.
            for _ in 0..open {
                match ring.last().copied() {
                    Some(end) if ring.first() != Some(&end) => match take(&end) {
                        Some(next) => ring.extend(next.into_iter().skip(1)),
                        None => break,
                    },
                    _ => break,
                }
            }
            rings.push(
                ring.into_iter()
                    .map(|[x, y]| [f64::from(x) / UNITS, f64::from(y) / UNITS])
                    .collect(),
            );
        }
        rings
    }
}

/// Iterates over the edges of a ring, closing it where it is open and leaving out edges without length.
pub(crate) fn pairs(ring: &[GridPoint]) -> impl Iterator<Item = (GridPoint, GridPoint)> + '_ {
    ring.iter()
        .copied()
        .zip(ring.iter().copied().cycle().skip(1))
        .take(ring.len())
        .filter(|(from, to)| from != to)
}

/// Twice the signed area; positive when the ring runs counterclockwise.
pub(crate) fn signed_area(ring: &[GridPoint]) -> i128 {
    pairs(ring)
        .map(|([ax, ay], [bx, by])| {
            i128::from(ax) * i128::from(by) - i128::from(bx) * i128::from(ay)
        })
        .sum()
}

fn chain(
    order: &[(GridPoint, GridPoint)],
    sides: &HashMap<(GridPoint, GridPoint), (AreaId, AreaId)>,
) -> Vec<Arc> {
    let mut around: HashMap<GridPoint, Vec<usize>> = HashMap::new();
    for (index, (from, to)) in order.iter().enumerate() {
        around.entry(*from).or_default().push(index);
        around.entry(*to).or_default().push(index);
    }
    let side_of = |index: usize, from: GridPoint| {
        order.get(index).and_then(|key| {
            let &(left, right) = sides.get(key)?;
            Some(if key.0 == from {
                (left, right, key.1)
            } else {
                (right, left, key.0)
            })
        })
    };
    let is_node = |point: &GridPoint| match around.get(point).map(Vec::as_slice) {
        Some([one, two]) => {
            let a = side_of(*one, *point).map(|(l, r, _)| (l, r));
            let b = side_of(*two, *point).map(|(l, r, _)| (r, l));
            a != b
        }
        _ => true,
    };
    let mut used = vec![false; order.len()];
    let mut arcs = Vec::new();
    let mut walk = |start: usize, from: GridPoint| {
        let mut index = start;
        let mut at = from;
        let mut arc: Option<Arc> = None;
        loop {
            match used.get_mut(index) {
                Some(flag) if !*flag => *flag = true,
                _ => break,
            }
            let Some((left, right, next)) = side_of(index, at) else {
                break;
            };
            arc.get_or_insert_with(|| Arc {
                left,
                right,
                points: vec![at],
            })
            .points
            .push(next);
            at = next;
            if is_node(&at) {
                break;
            }
            match around.get(&at).map(Vec::as_slice) {
                Some(&[one, two]) => index = if one == index { two } else { one },
                _ => break,
            }
        }
        arcs.extend(arc);
    };
    for (index, (from, to)) in order.iter().enumerate() {
        if is_node(from) {
            walk(index, *from);
        } else if is_node(to) {
            walk(index, *to);
        }
    }
    // What is left are closed lines without a node.
    for (index, (from, _)) in order.iter().enumerate() {
        walk(index, *from);
    }
    arcs
}

/// Douglas-Peucker in metres, keeping both ends; a closed line keeps its farthest point as well.
fn thin(points: &[GridPoint], metres: f64) -> Vec<GridPoint> {
    if points.len() < 3 || metres <= 0.0 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    let last = points.len() - 1;
    for end in [0, last] {
        if let Some(flag) = keep.get_mut(end) {
            *flag = true;
        }
    }
    let mut stack = vec![(0, last)];
    while let Some((from, to)) = stack.pop() {
        let (Some(&a), Some(&b)) = (points.get(from), points.get(to)) else {
            continue;
        };
        let mut farthest = (metres, None);
        // A closed line of few points must not collapse: it keeps the farthest point in any case.
        if a == b && to - from > 2 {
            farthest.0 = 0.0;
        }
        for (index, &point) in points.iter().enumerate().take(to).skip(from + 1) {
            let distance = distance_to_segment(point, a, b);
            if distance > farthest.0 {
                farthest = (distance, Some(index));
            }
        }
        if let Some(index) = farthest.1 {
            if let Some(flag) = keep.get_mut(index) {
                *flag = true;
            }
            stack.push((from, index));
            stack.push((index, to));
        }
    }
    points
        .iter()
        .zip(keep)
        .filter_map(|(&point, kept)| kept.then_some(point))
        .collect()
}

/// Metres in a degree of latitude and of longitude at a latitude (WGS84, series of the ellipsoid).
pub(crate) fn metres_per_degree(latitude: f64) -> (f64, f64) {
    let phi = latitude.to_radians();
    let lat = 111_132.954 - 559.822 * (2.0 * phi).cos() + 1.175 * (4.0 * phi).cos();
    let lon = 111_412.84 * phi.cos() - 93.5 * (3.0 * phi).cos() + 0.118 * (5.0 * phi).cos();
    (lat, lon)
}

fn distance_to_segment(point: GridPoint, a: GridPoint, b: GridPoint) -> f64 {
    let (lat, lon) = metres_per_degree(f64::from(point[1]) / UNITS);
    let plane = |[x, y]: GridPoint| {
        (
            f64::from(x.saturating_sub(point[0])) / UNITS * lon,
            f64::from(y.saturating_sub(point[1])) / UNITS * lat,
        )
    };
    let ((ax, ay), (bx, by)) = (plane(a), plane(b));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 {
        (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (ax + t * dx).hypot(ay + t * dy)
}
