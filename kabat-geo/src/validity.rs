//! From which day to which day something holds.

use kabat_core::chrono::NaiveDate;

/// An inclusive span of days; an open end is `None`.
///
/// ```
/// use kabat_geo::{NaiveDate, Validity};
/// let day = |text: &str| text.parse::<NaiveDate>();
/// let since_merger = Validity { from: Some(day("2025-01-01")?), to: None };
/// assert!(since_merger.holds_on(day("2026-06-30")?));
/// assert!(!since_merger.holds_on(day("2024-12-31")?));
/// # Ok::<(), kabat_core::chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Validity {
    /// First day; `None` means from the start of the series.
    pub from: Option<NaiveDate>,
    /// Last day; `None` means still in force.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// Returns whether the day lies in the span.
    pub fn holds_on(self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// How well the day of a beginning or an end is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "precision", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum DatePrecision {
    /// From the start of the series, or still open.
    Open,
    /// A source gives the day.
    Day,
    /// No source gives the day; it lies within these bounds.
    Bound {
        /// Not before this day.
        not_before: NaiveDate,
        /// Not after this day.
        not_after: NaiveDate,
    },
    /// Nothing is known.
    Unknown,
}
