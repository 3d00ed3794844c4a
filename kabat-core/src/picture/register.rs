//! A value of which the newest counts.

use chrono::{DateTime, Utc};

/// When a value was set, and by whom: orders all values of a field in the same way everywhere.
///
/// ```
/// use kabat_core::Stamp;
/// let at = "2026-03-01T10:00:00Z".parse()?;
/// // Of the same moment, the origin and then its count decide.
/// assert!(Stamp::new(at, 1, 9) < Stamp::new(at, 2, 0));
/// # Ok::<(), kabat_core::chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Stamp {
    /// When.
    pub at: DateTime<Utc>,
    /// Number of the centre or program that set it.
    pub origin: u32,
    /// Its count of values set, which tells values of the same moment apart.
    pub sequence: u64,
}

impl Stamp {
    /// Joins a time, an origin and its count.
    pub const fn new(at: DateTime<Utc>, origin: u32, sequence: u64) -> Self {
        Self {
            at,
            origin,
            sequence,
        }
    }
}

/// A value with its stamp; of two, the one with the later stamp wins, then the greater value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Register<T> {
    /// When it was set, and by whom.
    pub stamp: Stamp,
    /// The value.
    pub value: T,
}

impl<T: Ord + Clone> Register<T> {
    /// Takes a value in if it wins; returns whether it did.
    pub(super) fn take(ours: &mut Option<Self>, stamp: Stamp, value: &T) -> bool {
        let wins = ours
            .as_ref()
            .is_none_or(|ours| (stamp, value) > (ours.stamp, &ours.value));
        if wins {
            *ours = Some(Self {
                stamp,
                value: value.clone(),
            });
        }
        wins
    }

    /// Takes another register in if it wins.
    pub(super) fn merge(ours: &mut Option<Self>, theirs: Option<&Self>) {
        if let Some(theirs) = theirs {
            Self::take(ours, theirs.stamp, &theirs.value);
        }
    }
}
