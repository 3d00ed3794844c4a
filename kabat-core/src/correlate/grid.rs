//! A grid over the earth's surface that finds what is within one cell's width.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Numbers of things by cell; cells are cubes over earth-centred coordinates, so no place is special.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    cell_m: f64,
    cells: BTreeMap<[i32; 3], Vec<u32>>,
}

impl Grid {
    /// Makes a grid that finds within a width; narrower than a metre it is a metre.
    pub(super) fn new(width_m: f64) -> Self {
        Self {
            cell_m: width_m.max(1.0),
            cells: BTreeMap::new(),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the earth's radius in metres fits, and a cast saturates"
    )]
    fn cell(&self, ecef_m: [f64; 3]) -> [i32; 3] {
        ecef_m.map(|metres| libm::floor(metres / self.cell_m) as i32)
    }

    pub(super) fn insert(&mut self, ecef_m: [f64; 3], number: u32) {
        let cell = self.cell(ecef_m);
        self.cells.entry(cell).or_default().push(number);
    }

    pub(super) fn remove(&mut self, ecef_m: [f64; 3], number: u32) {
        let cell = self.cell(ecef_m);
        if let Some(numbers) = self.cells.get_mut(&cell) {
            numbers.retain(|&known| known != number);
            if numbers.is_empty() {
                self.cells.remove(&cell);
            }
        }
    }

    /// Returns at least everything within the width, in no particular order.
    pub(super) fn near(&self, ecef_m: [f64; 3]) -> impl Iterator<Item = u32> {
        let [x, y, z] = self.cell(ecef_m);
        let around = |c: i32| c.saturating_sub(1)..=c.saturating_add(1);
        around(x)
            .flat_map(move |x| around(y).map(move |y| (x, y)))
            .flat_map(move |(x, y)| {
                // The third coordinate is the last in the order, so its cells stand together.
                self.cells
                    .range([x, y, z.saturating_sub(1)]..=[x, y, z.saturating_add(1)])
            })
            .flat_map(|(_, numbers)| numbers.iter().copied())
    }
}
