//! Point in area, by a raster whose border cells hold the few edges that touch them.
//!
//! The area of a point is the exclusive or, over every border edge that a ray to the west crosses, of the codes of the two
//! areas beside that edge. In a cell the same value comes from the code at its south-west corner and the edges that touch
//! the cell: an edge that does not touch the path from the point over the west side to the corner contributes nothing.
//! Every comparison is exact (orientation near zero is decided by the adaptive predicate of `geo`), so the answer equals
//! the even-odd rule on the whole polygons for each point that is not on a border.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use super::partition::{AreaId, Partition, UNITS, metres_per_degree};

const LIST: u32 = 0x8000_0000;
const ID_MASK: u32 = 0xffff;
const A_WEST: u16 = 1;
const B_WEST: u16 = 2;

/// A border edge as seen from one cell; `a` is not north of `b`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edge {
    a: [f64; 2],
    b: [f64; 2],
    code: u32,
    left: AreaId,
    right: AreaId,
    flags: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct List {
    start: u32,
    end: u32,
    base: u32,
}

/// What lies at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    /// The area, 0 for none.
    pub(crate) area: AreaId,
    /// What is across the nearest border and how far it is, when within the stated distance.
    pub(crate) near: Option<(AreaId, f32)>,
    /// Whether two areas claim the point.
    pub(crate) contested: bool,
}

/// The raster of a partition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Raster {
    west: f64,
    south: f64,
    dx: f64,
    dy: f64,
    columns: usize,
    rows: usize,
    near: f64,
    cells: Vec<u32>,
    lists: Vec<List>,
    edges: Vec<Edge>,
    codes: Vec<u32>,
}

/// Size of a cell in degrees of longitude and latitude: about 500 m.
const CELL: (f64, f64) = (0.0071, 0.0045);

impl Raster {
    /// Builds the raster; borders nearer than `near` metres are reported with each answer.
    pub(crate) fn new(partition: &Partition, near: f64) -> Self {
        let codes = codes(partition.areas);
        let code = |id: AreaId| codes.get(usize::from(id)).copied().unwrap_or(0);
        let mut all = Vec::new();
        let mut bounds = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for arc in &partition.arcs {
            let degrees = |point: &[i32; 2]| point.map(|value| f64::from(value) / UNITS);
            for (from, to) in arc.points.iter().zip(arc.points.iter().skip(1)) {
                let (from, to) = (degrees(from), degrees(to));
                bounds = [
                    bounds[0].min(from[0]).min(to[0]),
                    bounds[1].min(from[1]).min(to[1]),
                    bounds[2].max(from[0]).max(to[0]),
                    bounds[3].max(from[1]).max(to[1]),
                ];
                let upward = from[1] <= to[1];
                let (a, b) = if upward { (from, to) } else { (to, from) };
                let (left, right) = if upward {
                    (arc.left, arc.right)
                } else {
                    (arc.right, arc.left)
                };
                all.push(Edge {
                    a,
                    b,
                    code: code(arc.left) ^ code(arc.right),
                    left,
                    right,
                    flags: 0,
                });
            }
        }
        if all.is_empty() {
            bounds = [0.0; 4];
        }
        let (dx, dy) = CELL;
        let (west, south) = (bounds[0] - 2.0 * dx, bounds[1] - 2.0 * dy);
        let columns = count((bounds[2] - west) / dx) + 3;
        let rows = count((bounds[3] - south) / dy) + 3;
        let mut raster = Self {
            west,
            south,
            dx,
            dy,
            columns,
            rows,
            near,
            cells: vec![0; columns * rows],
            lists: Vec::new(),
            edges: Vec::new(),
            codes,
        };
        raster.fill(&all);
        raster
    }

    fn fill(&mut self, all: &[Edge]) {
        let mut counts = vec![0_u32; self.cells.len() + 1];
        for edge in all {
            self.touched(edge, |cell| {
                if let Some(count) = counts.get_mut(cell + 1) {
                    *count += 1;
                }
            });
        }
        let mut total = 0;
        for count in &mut counts {
            total += *count;
            *count = total;
        }
        let mut members = vec![0_u32; total as usize];
        let mut cursor = counts.clone();
        for (index, edge) in (0_u32..).zip(all) {
            self.touched(edge, |cell| {
                if let Some(at) = cursor.get_mut(cell) {
                    if let Some(slot) = members.get_mut(*at as usize) {
                        *slot = index;
                    }
                    *at += 1;
                }
            });
        }
        self.edges.reserve(members.len());
        for row in 0..self.rows {
            // The corner of the first cell lies west of everything.
            let mut corner = 0_u32;
            let south = self.row_south(row);
            for column in 0..self.columns {
                let cell = row * self.columns + column;
                let (from, to) = match (counts.get(cell), counts.get(cell + 1)) {
                    (Some(&from), Some(&to)) => (from as usize, to as usize),
                    _ => continue,
                };
                let west = self.column_west(column);
                let east = self.column_west(column + 1);
                let mut base = corner;
                let mut next = corner;
                let start = self.edges.len();
                for edge in members.get(from..to).unwrap_or_default() {
                    let Some(edge) = all.get(*edge as usize) else {
                        continue;
                    };
                    let mut flags = 0;
                    for (end, flag) in [(edge.a, A_WEST), (edge.b, B_WEST)] {
                        if end[0] < west && end[1] > south {
                            flags |= flag;
                        }
                    }
                    let here = edge.is_west_of([west, south]);
                    if here {
                        base ^= edge.code;
                    }
                    if here != edge.is_west_of([east, south]) {
                        next ^= edge.code;
                    }
                    self.edges.push(Edge { flags, ..*edge });
                }
                let value = if start == self.edges.len() {
                    self.area_of(corner).map_or(0, u32::from)
                } else {
                    let list = u32::try_from(self.lists.len()).unwrap_or(0) | LIST;
                    self.lists.push(List {
                        start: u32::try_from(start).unwrap_or(u32::MAX),
                        end: u32::try_from(self.edges.len()).unwrap_or(u32::MAX),
                        base,
                    });
                    list
                };
                if let Some(slot) = self.cells.get_mut(cell) {
                    *slot = value;
                }
                corner = next;
            }
        }
    }

    fn row_south(&self, row: usize) -> f64 {
        self.south + real(row) * self.dy
    }

    fn column_west(&self, column: usize) -> f64 {
        self.west + real(column) * self.dx
    }

    /// Calls back for every cell that an edge touches or comes near.
    fn touched(&self, edge: &Edge, mut cell: impl FnMut(usize)) {
        let (lat, lon) = metres_per_degree(edge.a[1]);
        // A little more than the stated distance: rounding must not lose a cell.
        let (pad_x, pad_y) = (self.near * 1.01 / lon + 1e-9, self.near * 1.01 / lat + 1e-9);
        let first = count((edge.a[1] - pad_y - self.south) / self.dy);
        let top = count((edge.b[1] + pad_y - self.south) / self.dy).min(self.rows - 1);
        let [ax, ay] = edge.a;
        let [bx, by] = edge.b;
        for row in first..=top {
            let (low, high) = (self.row_south(row) - pad_y, self.row_south(row + 1) + pad_y);
            let at = |y: f64| {
                if by > ay {
                    ax + (bx - ax) * ((y - ay) / (by - ay)).clamp(0.0, 1.0)
                } else {
                    ax
                }
            };
            let (one, two) = if by > ay {
                (at(low), at(high))
            } else {
                (ax, bx)
            };
            let from = count((one.min(two) - pad_x - self.west) / self.dx);
            let to = count((one.max(two) + pad_x - self.west) / self.dx).min(self.columns - 1);
            for column in from..=to {
                cell(row * self.columns + column);
            }
        }
    }

    fn area_of(&self, code: u32) -> Option<AreaId> {
        let id = (code & ID_MASK) as AreaId;
        (self.codes.get(usize::from(id)) == Some(&code)).then_some(id)
    }

    /// Returns the area of a point given as longitude and latitude.
    #[inline]
    pub(crate) fn find(&self, [x, y]: [f64; 2]) -> Found {
        let nothing = Found {
            area: 0,
            near: None,
            contested: false,
        };
        let Some(cell) = self.cell(x, y) else {
            return nothing;
        };
        if cell & LIST == 0 {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "cells without a list hold an area"
            )]
            return Found {
                area: cell as AreaId,
                ..nothing
            };
        }
        self.find_in_list(cell & !LIST, [x, y])
    }

    fn cell(&self, x: f64, y: f64) -> Option<u32> {
        let (column, row) = ((x - self.west) / self.dx, (y - self.south) / self.dy);
        if !(column >= 0.0 && row >= 0.0) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and a cast saturates"
        )]
        let (column, row) = (column as usize, row as usize);
        if column >= self.columns || row >= self.rows {
            return None;
        }
        self.cells.get(row * self.columns + column).copied()
    }

    fn find_in_list(&self, list: u32, point: [f64; 2]) -> Found {
        let Some(list) = self.lists.get(list as usize) else {
            return Found {
                area: 0,
                near: None,
                contested: false,
            };
        };
        let edges = self
            .edges
            .get(list.start as usize..list.end as usize)
            .unwrap_or_default();
        let (lat, lon) = scale(point[1]);
        let mut code = list.base;
        let mut nearest: (f64, Option<&Edge>) = (self.near * self.near, None);
        for edge in edges {
            let mut crossed = edge.is_west_of(point);
            crossed ^= edge.flags & A_WEST != 0 && edge.a[1] <= point[1];
            crossed ^= edge.flags & B_WEST != 0 && edge.b[1] <= point[1];
            if crossed {
                code ^= edge.code;
            }
            let distance = edge.square_metres(point, lat, lon);
            if distance < nearest.0 {
                nearest = (distance, Some(edge));
            }
        }
        let area = self.area_of(code);
        let id = area.unwrap_or_else(|| {
            nearest.1.map_or(0, |edge| {
                if edge.left == 0 {
                    edge.right
                } else {
                    edge.left
                }
            })
        });
        #[expect(
            clippy::cast_possible_truncation,
            reason = "metres to a border need no double precision"
        )]
        let near = nearest
            .1
            .map(|edge| (edge.across(id), nearest.0.sqrt() as f32));
        Found {
            area: id,
            near,
            contested: area.is_none(),
        }
    }

    /// Returns the nearest area within some metres of a point, and the distance.
    pub(crate) fn nearest(&self, [x, y]: [f64; 2], within: f64) -> Option<(AreaId, f64)> {
        let (lat, lon) = metres_per_degree(y);
        let reach = (within / lon / self.dx + 1.0, within / lat / self.dy + 1.0);
        let column = (x - self.west) / self.dx;
        let row = (y - self.south) / self.dy;
        let columns = count(column - reach.0)..=count(column + reach.0).min(self.columns);
        let mut best: Option<(AreaId, f64)> = None;
        for row in count(row - reach.1)..=count(row + reach.1).min(self.rows) {
            for column in columns.clone() {
                if column >= self.columns || row >= self.rows {
                    continue;
                }
                let list = match self.cells.get(row * self.columns + column) {
                    Some(cell) if cell & LIST != 0 => self.lists.get((cell & !LIST) as usize),
                    _ => None,
                };
                let Some(list) = list else { continue };
                let edges = self.edges.get(list.start as usize..list.end as usize);
                for edge in edges.unwrap_or_default() {
                    let square = edge.square_metres([x, y], lat, lon);
                    let area = edge.left.max(edge.right);
                    let better = best.is_none_or(|(id, distance)| (square, area) < (distance, id));
                    if square <= within * within && better {
                        best = Some((area, square));
                    }
                }
            }
        }
        best.map(|(area, square)| (area, square.sqrt()))
    }

    /// Returns the bytes that the raster keeps in memory.
    pub(crate) fn bytes(&self) -> usize {
        self.cells.len() * size_of::<u32>()
            + self.lists.len() * size_of::<List>()
            + self.edges.len() * size_of::<Edge>()
            + self.codes.len() * size_of::<u32>()
    }
}

impl Edge {
    /// Returns whether a ray from the point to the west crosses the edge.
    #[inline]
    fn is_west_of(&self, [x, y]: [f64; 2]) -> bool {
        let ([ax, ay], [bx, by]) = (self.a, self.b);
        if !(ay <= y && y < by) {
            return false;
        }
        let left = (bx - ax) * (y - ay);
        let right = (by - ay) * (x - ax);
        let turn = left - right;
        // Shewchuk's bound for the plain evaluation of the orientation.
        if turn.abs() > 3.330_669_073_875_472e-16 * (left.abs() + right.abs()) {
            return turn < 0.0;
        }
        let coord = |[x, y]: [f64; 2]| Coord { x, y };
        RobustKernel::orient2d(coord(self.a), coord(self.b), coord([x, y]))
            == Orientation::Clockwise
    }

    #[inline]
    fn square_metres(&self, [x, y]: [f64; 2], lat: f64, lon: f64) -> f64 {
        let (ax, ay) = ((self.a[0] - x) * lon, (self.a[1] - y) * lat);
        let (bx, by) = ((self.b[0] - x) * lon, (self.b[1] - y) * lat);
        let (dx, dy) = (bx - ax, by - ay);
        let along = -(ax * dx + ay * dy);
        let length = dx * dx + dy * dy;
        if along <= 0.0 || length <= 0.0 {
            ax * ax + ay * ay
        } else if along >= length {
            bx * bx + by * by
        } else {
            let t = along / length;
            let (px, py) = (ax + t * dx, ay + t * dy);
            px * px + py * py
        }
    }

    /// Returns what lies across the edge, seen from an area.
    fn across(&self, area: AreaId) -> AreaId {
        if self.left == area {
            self.right
        } else if self.right == area {
            self.left
        } else {
            self.left.max(self.right)
        }
    }
}

/// Metres per degree near Belgium, by a straight line: within 0.1 % from 49.4 to 51.6 degrees.
pub(crate) fn scale(latitude: f64) -> (f64, f64) {
    (111_238.0, 70_970.0 + (50.5 - latitude) * 1_499.0)
}

/// A code for each area such that no two or three codes together look like another one: the number in the low half, a
/// hash in the high half.
fn codes(areas: usize) -> Vec<u32> {
    (0..=areas)
        .map(|index| {
            let id = u32::try_from(index).unwrap_or(0) & ID_MASK;
            if id == 0 {
                return 0;
            }
            let mut hash = u64::from(id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
            hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let high = (hash >> 48) as u32;
            (high << 16) | id
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates at zero and NaN gives zero"
)]
fn count(value: f64) -> usize {
    value.floor() as usize
}

#[expect(clippy::cast_precision_loss, reason = "rows and columns are small")]
fn real(value: usize) -> f64 {
    value as f64
}
