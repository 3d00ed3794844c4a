//! The least total cost of giving every row its own column.

/// Returns the column of every row so that the total cost is least, or `None` when some row cannot get one.
///
/// `cost(row, column)` is `None` for a forbidden pair. Shortest augmenting paths over a dense table (Jonker and
/// Volgenant 1987 without the reductions): O(rows^2 * columns). Same input, same answer.
pub(crate) fn least_cost_matching(
    rows: usize,
    columns: usize,
    cost: impl Fn(usize, usize) -> Option<f64>,
) -> Option<Vec<usize>> {
    // Column 0 is the start of every path; row 0 means "free".
    let mut row_dual = vec![0.0_f64; rows + 1];
    let mut column_dual = vec![0.0_f64; columns + 1];
    let mut row_of = vec![0_usize; columns + 1];
    let mut previous = vec![0_usize; columns + 1];
    for row in 1..=rows {
        *row_of.first_mut()? = row;
        let mut here = 0_usize;
        let mut shortest = vec![f64::INFINITY; columns + 1];
        let mut done = vec![false; columns + 1];
        loop {
            *done.get_mut(here)? = true;
            let from = *row_of.get(here)?;
            let from_dual = *row_dual.get(from)?;
            let (mut next, mut step) = (0, f64::INFINITY);
            for column in 1..=columns {
                if *done.get(column)? {
                    continue;
                }
                if let Some(cost) = cost(from - 1, column - 1) {
                    let reduced = cost - from_dual - *column_dual.get(column)?;
                    if reduced < *shortest.get(column)? {
                        *shortest.get_mut(column)? = reduced;
                        *previous.get_mut(column)? = here;
                    }
                }
                if *shortest.get(column)? < step {
                    step = *shortest.get(column)?;
                    next = column;
                }
            }
            if !step.is_finite() {
                return None;
            }
            for column in 0..=columns {
                if *done.get(column)? {
                    *row_dual.get_mut(*row_of.get(column)?)? += step;
                    *column_dual.get_mut(column)? -= step;
                } else {
                    *shortest.get_mut(column)? -= step;
                }
            }
            here = next;
            if *row_of.get(here)? == 0 {
                break;
            }
        }
        while here != 0 {
            let before = *previous.get(here)?;
            *row_of.get_mut(here)? = *row_of.get(before)?;
            here = before;
        }
    }
    let mut column_of = vec![None; rows];
    for (column, &row) in row_of.iter().enumerate().skip(1) {
        if row > 0 {
            *column_of.get_mut(row - 1)? = Some(column - 1);
        }
    }
    column_of.into_iter().collect()
}
