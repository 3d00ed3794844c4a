//! Point in area, by a raster whose border cells hold the few edges that touch them.
//!
//! The area of a point is the exclusive or, over every border edge that a ray to the west crosses, of the codes of the two
//! areas beside that edge. In a cell the same value comes from the code at its south-west corner and the edges that touch
//! the cell: an edge that does not touch the path from the point over the west side to the corner contributes nothing.
//! Every comparison is exact (orientation near zero is decided by the adaptive predicate of `geo`), so the answer equals
//! the even-odd rule on the whole polygons for each point that is not on a border.
//!
//! Corners of polygons are whole numbers of 1e-7 degree and cells are powers of two of them, so whether a corner lies north
//! of a point is decided between whole numbers; only the one or two edges that do cross its parallel are computed with.

use geo::Coord;
use geo::algorithm::kernels::{Kernel, Orientation, RobustKernel};

use super::binary::{code_of, point_of, sides_of, word_of};
use super::partition::{AreaId, GridPoint, UNITS, metres_per_degree};

/// Marks a cell that holds an offset into the stream instead of an area.
pub(super) const LIST: u32 = 0x8000_0000;
/// The lower bits of the second word of a run are the arc, the upper ones the number of edges.
pub(super) const ARC_BITS: u32 = 24;
const ID_MASK: u32 = 0xffff;

/// Where the cells of a raster are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    corner: GridPoint,
    shifts: [u32; 2],
    columns: u32,
    rows: u32,
    near: f64,
    /// The distance `near` in 1e-7 degree, rather more than less.
    reach: GridPoint,
}

impl Grid {
    /// Places a raster; `None` for numbers that no atlas has. Borders nearer than `near` metres are reported.
    pub(super) fn new(
        corner: GridPoint,
        shifts: [u32; 2],
        [columns, rows]: [u32; 2],
        near: f64,
    ) -> Option<Self> {
        if shifts.iter().any(|&shift| shift > 30) {
            return None;
        }
        let north = i64::from(corner[1]) + (i64::from(rows) << shifts[1]);
        let north = i32::try_from(north).ok()?;
        Some(Self {
            corner,
            shifts,
            columns,
            rows,
            near,
            reach: reach(near, north),
        })
    }

    /// Returns column and row of a point.
    #[inline]
    fn place(&self, [x, y]: GridPoint) -> Option<(u32, u32)> {
        let [across, up] = self.shifts;
        let column = x.wrapping_sub(self.corner[0]).cast_unsigned() >> across;
        let row = y.wrapping_sub(self.corner[1]).cast_unsigned() >> up;
        (column < self.columns && row < self.rows).then_some((column, row))
    }

    /// Returns the south-west corner of a cell.
    #[inline]
    fn corner_of(&self, column: u32, row: u32) -> GridPoint {
        let [across, up] = self.shifts;
        [
            self.corner[0].wrapping_add((column << across).cast_signed()),
            self.corner[1].wrapping_add((row << up).cast_signed()),
        ]
    }
}

/// Returns a distance in 1e-7 degree of longitude and latitude, on the safe side up to a northern latitude.
pub(super) fn reach(metres: f64, north: i32) -> GridPoint {
    // At a pole a metre is any number of degrees; nobody's municipality lies there.
    let latitude = (f64::from(north) / UNITS).clamp(-85.0, 85.0);
    let (lat, lon) = metres_per_degree(latitude);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast saturates, and the distance is small"
    )]
    let units = |scale: f64| ((metres * 1.01 / scale * UNITS) as i32).saturating_add(1);
    [units(lon), units(lat)]
}

/// What lies at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The area, 0 for none.
    pub(super) area: AreaId,
    /// What is across the nearest border and how far it is, when within the stated distance.
    pub(super) near: Option<(AreaId, f32)>,
    /// Exclusive or of the codes of the areas that claim the point, when they are several.
    pub(super) contested: Option<u32>,
}

impl Found {
    const NOTHING: Self = Self {
        area: 0,
        near: None,
        contested: None,
    };
}

/// The raster of a partition, read where it lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raster<'a> {
    pub(super) grid: &'a Grid,
    pub(super) cells: &'a [[u8; 4]],
    pub(super) stream: &'a [[u8; 4]],
    pub(super) arcs: &'a [[u8; 12]],
    pub(super) points: &'a [[u8; 8]],
}

/// Some consecutive edges of an arc.
struct Run<'a> {
    points: &'a [[u8; 8]],
    arc: &'a [u8; 12],
}

impl<'a> Raster<'a> {
    /// Returns the area of a point given as longitude and latitude in degrees.
    #[inline]
    pub(super) fn find(&self, point: [f64; 2]) -> Found {
        let at = point.map(|degrees| floor(degrees * UNITS));
        match self.cell(at) {
            None => Found::NOTHING,
            Some(cell) if cell & LIST == 0 => Self::all(cell),
            Some(_) => self.find_beside_border(point, at),
        }
    }

    #[inline]
    fn cell(&self, at: GridPoint) -> Option<u32> {
        let (column, row) = self.grid.place(at)?;
        let index = u64::from(row) * u64::from(self.grid.columns) + u64::from(column);
        let cell = self.cells.get(usize::try_from(index).ok()?)?;
        Some(word_of(*cell))
    }

    #[inline]
    fn all(cell: u32) -> Found {
        Found {
            area: (cell & ID_MASK) as AreaId,
            ..Found::NOTHING
        }
    }

    /// Returns the code at the corner of a border cell, and its edges.
    #[inline]
    fn list(&self, cell: u32) -> (u32, impl Iterator<Item = Run<'a>> + use<'a>) {
        let Self {
            stream,
            arcs,
            points,
            ..
        } = *self;
        let list = stream
            .get((cell & !LIST) as usize..)
            .and_then(|list| list.split_first_chunk::<2>());
        let (base, count, runs) = list.map_or((0, 0, [].as_slice()), |(head, runs)| {
            (word_of(head[0]), word_of(head[1]) as usize, runs)
        });
        let runs = runs.as_chunks::<2>().0.iter().take(count);
        let runs = runs.filter_map(move |&[first, rest]| {
            let (first, rest) = (word_of(first) as usize, word_of(rest));
            let edges = (rest >> ARC_BITS) as usize;
            Some(Run {
                points: points.get(first..=first.checked_add(edges)?)?,
                arc: arcs.get((rest & !(u32::MAX << ARC_BITS)) as usize)?,
            })
        });
        (base, runs)
    }

    fn find_beside_border(&self, point: [f64; 2], [x, y]: GridPoint) -> Found {
        // The product by which `y` was found is rounded; in degrees the last corner south of the point is exact.
        let y = if degrees(y.saturating_add(1)) <= point[1] {
            y.saturating_add(1)
        } else if degrees(y) > point[1] {
            y.saturating_sub(1)
        } else {
            y
        };
        let Some((column, row)) = self.grid.place([x, y]) else {
            return Found::NOTHING;
        };
        let cell = match self.cell([x, y]) {
            Some(cell) if cell & LIST != 0 => cell,
            other => return Self::all(other.unwrap_or(0)),
        };
        let [west, south] = self.grid.corner_of(column, row);
        let from_west = |[px, py]: GridPoint| px < west && py > south && py <= y;
        let [rx, ry] = self.grid.reach;
        let (low, high) = (
            [x.saturating_sub(rx), y.saturating_sub(ry)],
            [x.saturating_add(rx), y.saturating_add(ry)],
        );
        let scale = Scale::at(point);
        let (mut code, runs) = self.list(cell);
        let mut nearest: (f64, Option<&[u8; 12]>) = (self.grid.near * self.grid.near, None);
        for run in runs {
            let mut points = run.points.iter().copied().map(point_of);
            let Some(mut a) = points.next() else { continue };
            // The path over the west side meets an inner corner of the run twice, its ends once.
            let mut crossed = from_west(a);
            for b in points {
                if (a[1] <= y) != (b[1] <= y) {
                    crossed ^= is_west_of(a, b, point);
                }
                let beside = (a[0].max(b[0]) >= low[0])
                    & (a[0].min(b[0]) <= high[0])
                    & (a[1].max(b[1]) >= low[1])
                    & (a[1].min(b[1]) <= high[1]);
                if beside {
                    let distance = scale.square_metres(a, b);
                    if distance < nearest.0 {
                        nearest = (distance, Some(run.arc));
                    }
                }
                a = b;
            }
            if crossed != from_west(a) {
                code ^= code_of(run.arc);
            }
        }
        let area = area_of(code);
        let id = area.unwrap_or_else(|| {
            nearest.1.map_or(0, |arc| match sides_of(arc) {
                (0, right) => right,
                (left, _) => left,
            })
        });
        #[expect(
            clippy::cast_possible_truncation,
            reason = "metres to a border need no double precision"
        )]
        let near = nearest
            .1
            .map(|arc| (across(arc, id), nearest.0.sqrt() as f32));
        Found {
            area: id,
            near,
            contested: area.is_none().then_some(code),
        }
    }

    /// Returns the nearest area within some metres of a point, and the distance.
    pub(super) fn nearest(&self, point: [f64; 2], within: f64) -> Option<(AreaId, f64)> {
        let [x, y] = point.map(|degrees| floor(degrees * UNITS));
        let [rx, ry] = reach(within, y.saturating_add(1_000_000));
        let grid = self.grid;
        let corner = grid.corner_of(grid.columns.checked_sub(1)?, grid.rows.checked_sub(1)?);
        let clamp = |[x, y]: GridPoint| {
            [
                x.clamp(grid.corner[0], corner[0]),
                y.clamp(grid.corner[1], corner[1]),
            ]
        };
        let (west, south) = grid.place(clamp([x.saturating_sub(rx), y.saturating_sub(ry)]))?;
        let (east, north) = grid.place(clamp([x.saturating_add(rx), y.saturating_add(ry)]))?;
        let scale = Scale::at(point);
        let mut best: Option<(f64, AreaId)> = None;
        for row in south..=north {
            for column in west..=east {
                let cell = self.cell(grid.corner_of(column, row)).unwrap_or(0);
                if cell & LIST == 0 {
                    continue;
                }
                for run in self.list(cell).1 {
                    let (left, right) = sides_of(run.arc);
                    let area = left.max(right);
                    let corners = run.points.iter().copied().map(point_of);
                    for (a, b) in corners.clone().zip(corners.skip(1)) {
                        let square = scale.square_metres(a, b);
                        if square <= within * within
                            && best.is_none_or(|best| (square, area) < best)
                        {
                            best = Some((square, area));
                        }
                    }
                }
            }
        }
        best.map(|(square, area)| (area, square.sqrt()))
    }
}

/// Returns whether a ray from a point to the west crosses an edge whose one end only lies north of it.
#[inline]
fn is_west_of(a: GridPoint, b: GridPoint, [x, y]: [f64; 2]) -> bool {
    let (a, b) = if a[1] <= b[1] { (a, b) } else { (b, a) };
    let ([ax, ay], [bx, by]) = (a.map(degrees), b.map(degrees));
    let left = (bx - ax) * (y - ay);
    let right = (by - ay) * (x - ax);
    let turn = left - right;
    // Shewchuk's bound for the plain evaluation of the orientation.
    if turn.abs() > 3.330_669_073_875_472e-16 * (left.abs() + right.abs()) {
        return turn < 0.0;
    }
    let coord = |x, y| Coord { x, y };
    RobustKernel::orient2d(coord(ax, ay), coord(bx, by), coord(x, y)) == Orientation::Clockwise
}

/// Distances around a point.
struct Scale {
    point: [f64; 2],
    lat: f64,
    lon: f64,
}

impl Scale {
    #[inline]
    fn at([x, y]: [f64; 2]) -> Self {
        let (lat, lon) = scale(y);
        Self {
            point: [x * UNITS, y * UNITS],
            lat: lat / UNITS,
            lon: lon / UNITS,
        }
    }

    /// Returns the square of the distance to an edge, in square metres.
    #[inline]
    fn square_metres(&self, a: GridPoint, b: GridPoint) -> f64 {
        let metres = |[x, y]: GridPoint| {
            (
                (f64::from(x) - self.point[0]) * self.lon,
                (f64::from(y) - self.point[1]) * self.lat,
            )
        };
        let ((ax, ay), (bx, by)) = (metres(a), metres(b));
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
}

/// Returns what lies across an arc, seen from an area.
fn across(arc: &[u8; 12], area: AreaId) -> AreaId {
    let (left, right) = sides_of(arc);
    if left == area {
        right
    } else if right == area {
        left
    } else {
        left.max(right)
    }
}

/// Metres per degree near Belgium, by a straight line: within 0.1 % from 49.4 to 51.6 degrees.
pub(super) fn scale(latitude: f64) -> (f64, f64) {
    (111_238.0, 70_970.0 + (50.5 - latitude) * 1_499.0)
}

fn degrees(units: i32) -> f64 {
    f64::from(units) / UNITS
}

/// Rounds down; the library function would be a call on the baseline processor.
#[inline]
fn floor(value: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast saturates, and degrees are small"
    )]
    let whole = value as i32;
    whole.saturating_sub(i32::from(f64::from(whole) > value))
}

/// Returns the area with a code; `None` for ground that two areas claim.
pub(super) fn area_of(code: u32) -> Option<AreaId> {
    let id = (code & ID_MASK) as AreaId;
    (self::code(id) == code).then_some(id)
}

/// Returns the code of an area, such that no two or three codes together look like another one: the number in the low
/// half, a hash in the high half.
pub(super) fn code(area: AreaId) -> u32 {
    if area == 0 {
        return 0;
    }
    let id = u32::from(area);
    let mut hash = u64::from(id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let high = (hash >> 48) as u32;
    (high << 16) | id
}
