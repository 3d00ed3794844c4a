//! How urgent an incident is.

use core::fmt;

/// Urgency of an incident; `P1` is the most urgent and sorts first.
///
/// ```
/// use kabat_core::Priority;
/// assert!(Priority::P1 < Priority::P2);
/// assert_eq!(Priority::most_urgent(Priority::P3, Priority::P2), Priority::P2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "u8", try_from = "u8"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(extend("minimum" = 1, "maximum" = 4)))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a scale with a middle added would change what the others mean"
)]
pub enum Priority {
    /// Life in danger now: everything needed, at once.
    P1,
    /// Urgent: danger likely or harm done; with lights and sirens.
    P2,
    /// Not urgent, but somebody must come.
    P3,
    /// Can wait, or be handled without sending anybody.
    P4,
}

impl Priority {
    /// All four, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// Returns the rank, 1 (most urgent) to 4.
    ///
    /// ```
    /// use kabat_core::Priority;
    /// assert_eq!(Priority::P1.rank(), 1);
    /// assert_eq!(Priority::try_from(4).map(Priority::rank), Ok(4));
    /// ```
    pub const fn rank(self) -> u8 {
        match self {
            Self::P1 => 1,
            Self::P2 => 2,
            Self::P3 => 3,
            Self::P4 => 4,
        }
    }

    /// Returns the more urgent of two.
    #[must_use]
    pub fn most_urgent(a: Self, b: Self) -> Self {
        a.min(b)
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{}", self.rank())
    }
}

impl TryFrom<u8> for Priority {
    type Error = PriorityError;

    fn try_from(rank: u8) -> Result<Self, Self::Error> {
        match rank {
            1 => Ok(Self::P1),
            2 => Ok(Self::P2),
            3 => Ok(Self::P3),
            4 => Ok(Self::P4),
            rank => Err(PriorityError { rank }),
        }
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        priority.rank()
    }
}

/// A number that is not a priority.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("priority `{rank}` is not 1 to 4")]
pub struct PriorityError {
    rank: u8,
}
