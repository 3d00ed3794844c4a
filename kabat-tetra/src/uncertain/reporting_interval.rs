use crate::lip::ReportingInterval;

/// Returns the seconds of a reporting interval, for all codes; [`ReportingInterval::seconds`] gives the certain ones.
///
/// | code | seconds | rests on |
/// |---|---|---|
/// | 0 to 5 | 10 to 60, steps of 10 | two sources |
/// | 6 to 28 | 70 to 290, steps of 10 | inferred: see below |
/// | 29 to 59 | 300 to 1200, steps of 30 | one source |
/// | 60 to 127 | 1260 to 5280, steps of 60 | one source |
///
/// The one source of the whole table has larger times at codes 10 to 28 than at code 29, so those entries are wrong.
/// Steps of ten seconds are the only even ones that lead from 60 seconds at code 5 to 300 at code 29.
///
/// ```
/// use kabat_tetra::{ReportingInterval, uncertain::reporting_interval_s};
///
/// assert_eq!(reporting_interval_s(ReportingInterval::from_raw(29)?), 300);
/// assert_eq!(ReportingInterval::from_raw(29)?.seconds(), None);
/// # Ok::<(), kabat_tetra::ValueError>(())
/// ```
pub fn reporting_interval_s(interval: ReportingInterval) -> u32 {
    let code = u32::from(interval.raw());
    let (base, step, from) = match code {
        0..=28 => (10, 10, 0),
        29..=59 => (300, 30, 29),
        _ => (1_260, 60, 60),
    };
    code.saturating_sub(from)
        .saturating_mul(step)
        .saturating_add(base)
}
