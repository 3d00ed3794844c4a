//! Building of the raster of a partition.

use super::partition::{Arc, GridPoint, Partition};
use super::raster::{ARC_BITS, LIST, area_of, code, reach};

/// Some 60 times those of Belgium.
const MOST_CELLS: usize = 1 << 24;

/// The cells and lists of a raster.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Built {
    pub(super) corner: GridPoint,
    pub(super) shifts: [u32; 2],
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) cells: Vec<u32>,
    pub(super) stream: Vec<u32>,
    /// Exclusive or of the codes beside each arc.
    pub(super) codes: Vec<u32>,
}

/// An edge from the point with its number to the next one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    a: GridPoint,
    b: GridPoint,
    first: u32,
    arc: u32,
}

/// Builds the raster with cells of two to the power of `shifts` (or more where the lines spread far), in 1e-7 degree;
/// each cell lists the edges within `near` metres.
pub(super) fn build(partition: &Partition, shifts: [u32; 2], near: f64) -> Built {
    let codes: Vec<u32> = partition
        .arcs
        .iter()
        .map(|arc| code(arc.left) ^ code(arc.right))
        .collect();
    let edges = edges(&partition.arcs);
    let corners = || partition.arcs.iter().flat_map(|arc| &arc.points);
    let bound = |axis: usize| {
        let values = || corners().filter_map(move |point| point.get(axis).copied());
        (values().min().unwrap_or(0), values().max().unwrap_or(0))
    };
    let ((west, east), (south, north)) = (bound(0), bound(1));
    let frame = |[across, up]: [u32; 2]| {
        // Two cells around everything, so that the first corner of each row lies outside.
        let corner = [
            west.saturating_sub(2 << across),
            south.saturating_sub(2 << up),
        ];
        let count = |from: i32, to: i32, shift: u32| {
            usize::try_from((i64::from(to) - i64::from(from)) >> shift).unwrap_or(0) + 3
        };
        (
            corner,
            count(corner[0], east, across),
            count(corner[1], north, up),
        )
    };
    let mut shifts = shifts;
    let (mut corner, mut columns, mut rows) = frame(shifts);
    // A stray point on another continent must not ask for all memory.
    while columns.saturating_mul(rows) > MOST_CELLS {
        shifts = shifts.map(|shift| shift + 1);
        (corner, columns, rows) = frame(shifts);
    }
    let mut built = Built {
        corner,
        shifts,
        columns,
        rows,
        cells: vec![0; columns * rows],
        stream: Vec::new(),
        codes,
    };
    built.fill(&edges, reach(near, north));
    built
}

fn edges(arcs: &[Arc]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut first = 0_u32;
    for (arc, number) in arcs.iter().zip(0_u32..) {
        for (&a, &b) in arc.points.iter().zip(arc.points.iter().skip(1)) {
            edges.push(Edge {
                a,
                b,
                first,
                arc: number,
            });
            first += 1;
        }
        // The last point of an arc begins no edge.
        first += u32::from(!arc.points.is_empty());
    }
    edges
}

impl Built {
    fn fill(&mut self, edges: &[Edge], reach: GridPoint) {
        let (starts, members) = self.members(edges, reach);
        for row in 0..self.rows {
            let mut corner_code = 0;
            for column in 0..self.columns {
                let cell = row * self.columns + column;
                let span = starts.get(cell).zip(starts.get(cell + 1));
                let list = span
                    .and_then(|(&from, &to)| members.get(from as usize..to as usize))
                    .unwrap_or_default();
                let here = self.corner_of(column, row);
                let east = self.corner_of(column + 1, row);
                let (mut base, mut next) = (corner_code, corner_code);
                let touching = || list.iter().filter_map(|&edge| edges.get(edge as usize));
                for edge in touching() {
                    let code = self.codes.get(edge.arc as usize).copied().unwrap_or(0);
                    let west_of_here = edge.is_west_of(here);
                    if west_of_here {
                        base ^= code;
                    }
                    if west_of_here != edge.is_west_of(east) {
                        next ^= code;
                    }
                }
                let value = if list.is_empty() {
                    area_of(corner_code).map_or(0, u32::from)
                } else {
                    self.list(base, touching())
                };
                if let Some(slot) = self.cells.get_mut(cell) {
                    *slot = value;
                }
                corner_code = next;
            }
        }
    }

    /// Appends the list of a cell to the stream and returns what its cell holds.
    fn list<'a>(&mut self, base: u32, edges: impl Iterator<Item = &'a Edge>) -> u32 {
        let at = u32::try_from(self.stream.len()).unwrap_or(0) | LIST;
        let mut runs: Vec<[u32; 3]> = Vec::new();
        for edge in edges {
            match runs.last_mut() {
                Some([first, count, arc])
                    if *arc == edge.arc && *first + *count == edge.first && *count < 255 =>
                {
                    *count += 1;
                }
                _ => runs.push([edge.first, 1, edge.arc]),
            }
        }
        let count = u32::try_from(runs.len()).unwrap_or(0);
        self.stream.extend([base, count]);
        for [first, count, arc] in runs {
            self.stream.extend([first, (count << ARC_BITS) | arc]);
        }
        at
    }

    /// Sorts the edges by the cells that they touch or come near: where each cell begins, and the edges of all.
    fn members(&self, edges: &[Edge], reach: GridPoint) -> (Vec<u32>, Vec<u32>) {
        let mut starts = vec![0_u32; self.cells.len() + 1];
        for edge in edges {
            self.touched(edge, reach, |cell| {
                if let Some(count) = starts.get_mut(cell + 1) {
                    *count += 1;
                }
            });
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut members = vec![0_u32; total as usize];
        let mut cursor = starts.clone();
        for (edge, number) in edges.iter().zip(0_u32..) {
            self.touched(edge, reach, |cell| {
                if let Some(at) = cursor.get_mut(cell) {
                    if let Some(slot) = members.get_mut(*at as usize) {
                        *slot = number;
                    }
                    *at += 1;
                }
            });
        }
        (starts, members)
    }

    fn corner_of(&self, column: usize, row: usize) -> [i64; 2] {
        let at = |corner: i32, number: usize, shift: u32| {
            i64::from(corner) + (i64::try_from(number).unwrap_or(0) << shift)
        };
        [
            at(self.corner[0], column, self.shifts[0]),
            at(self.corner[1], row, self.shifts[1]),
        ]
    }

    /// Calls back for every cell that an edge touches or comes near.
    fn touched(&self, edge: &Edge, [reach_x, reach_y]: GridPoint, mut cell: impl FnMut(usize)) {
        let (a, b) = if edge.a[1] <= edge.b[1] {
            (edge.a, edge.b)
        } else {
            (edge.b, edge.a)
        };
        let index = |value: i64, axis: usize, limit: usize| {
            let corner = self.corner.get(axis).copied().unwrap_or(0);
            let shift = self.shifts.get(axis).copied().unwrap_or(0);
            let number = (value - i64::from(corner)) >> shift;
            usize::try_from(number).unwrap_or(0).min(limit - 1)
        };
        let ([ax, ay], [bx, by]) = (a.map(i64::from), b.map(i64::from));
        // One unit more: rounding must not lose a cell.
        let (pad_x, pad_y) = (i64::from(reach_x) + 1, i64::from(reach_y) + 1);
        let rows = index(ay - pad_y, 1, self.rows)..=index(by + pad_y, 1, self.rows);
        for row in rows {
            let [_, low] = self.corner_of(0, row);
            let [_, high] = self.corner_of(0, row + 1);
            // Where the edge enters and leaves the padded row, rounded outwards by the pad's spare unit.
            let at = |y: i64| {
                if by > ay {
                    let y = y.clamp(ay, by);
                    let along = i128::from(bx - ax) * i128::from(y - ay) / i128::from(by - ay);
                    ax + i64::try_from(along).unwrap_or(0)
                } else {
                    ax
                }
            };
            let (one, two) = if by > ay {
                (at(low - pad_y), at(high + pad_y))
            } else {
                (ax, bx)
            };
            let from = index(one.min(two) - pad_x - 1, 0, self.columns);
            let to = index(one.max(two) + pad_x + 1, 0, self.columns);
            for column in from..=to {
                cell(row * self.columns + column);
            }
        }
    }
}

impl Edge {
    /// Returns whether a ray from a point to the west crosses the edge.
    fn is_west_of(&self, [x, y]: [i64; 2]) -> bool {
        let (a, b) = if self.a[1] <= self.b[1] {
            (self.a, self.b)
        } else {
            (self.b, self.a)
        };
        let ([ax, ay], [bx, by]) = (a.map(i64::from), b.map(i64::from));
        // Whole numbers below 2^33 each, so the products are exact in 128 bits.
        ay <= y
            && y < by
            && i128::from(bx - ax) * i128::from(y - ay) < i128::from(by - ay) * i128::from(x - ax)
    }
}
