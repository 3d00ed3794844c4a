//! What storage bounds add up to: keep at least, erase by, and holds.

use chrono::{DateTime, NaiveDate, Utc};

/// Why a recording may not be erased yet, whatever its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Hold {
    /// An order not to erase; it has no end of its own.
    Legal,
    /// Evidence of a case, to be looked at again on a day. The hold stays until someone lifts it.
    Evidence {
        /// When the need is reviewed.
        review_on: NaiveDate,
    },
}

impl Hold {
    /// Returns whether the review of the need is due on a day.
    pub fn is_review_due(&self, day: NaiveDate) -> bool {
        matches!(self, Self::Evidence { review_on } if *review_on <= day)
    }
}

/// The bounds on the storage of one recording; bounds from several rules are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct StorageWindow {
    /// Not to be erased before.
    pub keep_until: Option<DateTime<Utc>>,
    /// To be erased by.
    pub erase_by: Option<DateTime<Utc>>,
    /// Held: nothing is erased.
    pub hold: Option<Hold>,
}

impl StorageWindow {
    /// Combines the bounds of two rules: the later minimum, the earlier maximum, and any hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let earlier = match (self.erase_by, other.erase_by) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        // A legal hold is the stronger; of two reviews the later.
        let hold = match (self.hold, other.hold) {
            (Some(Hold::Legal), _) | (_, Some(Hold::Legal)) => Some(Hold::Legal),
            (one, two) => one.max(two),
        };
        Self {
            keep_until: self.keep_until.max(other.keep_until),
            erase_by: earlier,
            hold,
        }
    }

    /// Returns the instant from which erasing is due; `None` while held or without a maximum.
    /// A minimum that runs longer than the maximum wins, and [`is_in_conflict`](Self::is_in_conflict) tells.
    pub fn erase_from(&self) -> Option<DateTime<Utc>> {
        if self.hold.is_some() {
            return None;
        }
        self.erase_by
            .map(|erase_by| self.keep_until.map_or(erase_by, |keep| keep.max(erase_by)))
    }

    /// Returns whether the recording is to be erased at an instant.
    pub fn is_due(&self, at: DateTime<Utc>) -> bool {
        self.erase_from().is_some_and(|from| from <= at)
    }

    /// Returns whether one rule demands keeping longer than another allows: for a human.
    pub fn is_in_conflict(&self) -> bool {
        matches!((self.keep_until, self.erase_by), (Some(keep), Some(erase)) if keep > erase)
    }
}
