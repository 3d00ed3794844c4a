//! Lists of wanted plates, and finding reads in them.

use alloc::vec::Vec;

use chrono::{DateTime, Utc};

use super::key::PlateKey;
use super::{Confusion, Plate};
use crate::ExternalRef;
use crate::code::open_code;

open_code! {
    /// Why a plate is on a list: an open code such as `stolen` or `acme:unpaid_toll`.
    HitReason, "hit reason"
}

/// A plate on a list: with a reason and an end, or it cannot be on it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct HitEntry {
    /// The plate.
    pub plate: Plate,
    /// Why it is on the list.
    pub reason: HitReason,
    /// From when it counts.
    pub valid_from: DateTime<Utc>,
    /// Until when it counts, this moment excluded.
    pub expires_at: DateTime<Utc>,
    /// The file to which it belongs.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub reference: Option<ExternalRef>,
}

impl HitEntry {
    /// Returns whether the entry counts at a moment.
    ///
    /// ```
    /// use kabat_core::{HitEntry, HitReason};
    /// let entry = HitEntry {
    ///     plate: "1-ABC-234".parse()?,
    ///     reason: HitReason::new("stolen")?,
    ///     valid_from: "2026-01-01T00:00:00Z".parse()?,
    ///     expires_at: "2026-07-01T00:00:00Z".parse()?,
    ///     reference: None,
    /// };
    /// assert!(entry.counts_at("2026-06-30T23:59:59Z".parse()?));
    /// assert!(!entry.counts_at(entry.expires_at));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn counts_at(&self, at: DateTime<Utc>) -> bool {
        self.valid_from <= at && at < self.expires_at
    }
}

/// An entry that a read matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The entry.
    pub entry: &'a HitEntry,
    /// The character that the reader must have mistaken; `None` for an exact match.
    pub confusion: Option<Confusion>,
}

/// A list of wanted plates, made for a million entries and millions of reads.
///
/// Entries stand in a table under the plate with all look-alikes made equal, so one look finds exact matches and those
/// one mistaken character away. An entry that is not yet or no more valid never matches.
///
/// ```
/// use kabat_core::chrono::{DateTime, Utc};
/// use kabat_core::{HitEntry, HitList, HitReason};
/// let day = |text: &str| text.parse::<DateTime<Utc>>();
/// let list = HitList::new([HitEntry {
///     plate: "1-ABC-234".parse()?,
///     reason: HitReason::new("stolen")?,
///     valid_from: day("2026-01-01T00:00:00Z")?,
///     expires_at: day("2026-07-01T00:00:00Z")?,
///     reference: None,
/// }])?;
/// let now = day("2026-03-01T00:00:00Z")?;
/// assert!(list.exact("1-ABC-234".parse()?, now).next().is_some());
/// assert!(list.exact("1-A8C-234".parse()?, now).next().is_none());
/// let near = list.near("1-A8C-234".parse()?, now).next().ok_or("no hit")?;
/// assert_eq!(near.confusion.map(|c| (c.read, c.meant)), Some(('8', 'B')));
/// assert!(list.exact("1-ABC-234".parse()?, day("2026-07-01T00:00:00Z")?).next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct HitList {
    entries: Vec<HitEntry>,
    /// Keys of entries in open addressing; 0 where there is none.
    slots: Vec<Slot>,
    shift: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u64,
    entry: u32,
}

impl HitList {
    /// Makes a list; the same plate may stand on it several times.
    ///
    /// A list of many thousand entries that all look alike is slow to make and to search: every look passes all of them.
    ///
    /// # Errors
    /// [`HitListError`] with the place of the first entry that ends before it begins, or when there are more than
    /// 2^30 entries.
    pub fn new(entries: impl IntoIterator<Item = HitEntry>) -> Result<Self, HitListError> {
        let entries: Vec<HitEntry> = entries.into_iter().collect();
        if let Some(index) = entries
            .iter()
            .position(|entry| entry.expires_at <= entry.valid_from)
        {
            return Err(HitListError::NeverValid { index });
        }
        let count = u32::try_from(entries.len())
            .ok()
            .filter(|&count| count <= 1 << 30)
            .ok_or(HitListError::TooMany {
                count: entries.len(),
            })?;
        // At most half full, so that runs of taken slots stay short.
        let capacity = u64::from(count.max(8) * 2).next_power_of_two();
        let mut list = Self {
            slots: alloc::vec![Slot::default(); usize::try_from(capacity).unwrap_or(usize::MAX)],
            shift: u64::BITS - capacity.trailing_zeros(),
            entries,
        };
        for (entry, index) in list.entries.iter().zip(0..count) {
            let key = entry.plate.key();
            let mut place = home(key, list.shift);
            // INVARIANT: half of the slots are free, so this ends.
            while list.slots.get(place).is_some_and(|slot| slot.key != 0) {
                place = (place + 1) & (list.slots.len() - 1);
            }
            if let Some(slot) = list.slots.get_mut(place) {
                *slot = Slot {
                    key: key.bits(),
                    entry: index,
                };
            }
        }
        Ok(list)
    }

    /// Returns how many entries there are, whether they count now or not.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the entries in the order given.
    pub fn entries(&self) -> &[HitEntry] {
        &self.entries
    }

    /// Returns the entries that count at a moment and have exactly this plate.
    pub fn exact(&self, read: Plate, at: DateTime<Utc>) -> impl Iterator<Item = Hit<'_>> {
        let wanted = read.key().bits();
        self.run(read.key())
            .filter(move |slot| slot.key == wanted)
            .filter_map(move |slot| self.hit(slot, at, None))
    }

    /// Returns the entries that count at a moment and have this plate, or one that differs in one look-alike.
    ///
    /// Entries come in the order of the table, which is the same for the same list. On a long list near hits by mere
    /// chance are common: put them to a person as a question.
    pub fn near(&self, read: Plate, at: DateTime<Utc>) -> impl Iterator<Item = Hit<'_>> {
        let key = read.key();
        let folded = key.folded();
        self.run(key).filter_map(move |slot| {
            if slot.key == key.bits() {
                return self.hit(slot, at, None);
            }
            let listed = PlateKey::from_bits(slot.key);
            if listed.folded() != folded {
                return None;
            }
            let confusion = super::confusion::single(key, listed)?;
            self.hit(slot, at, Some(confusion))
        })
    }

    /// Returns the taken slots from where a plate would stand to the next free one.
    #[inline]
    fn run(&self, key: PlateKey) -> impl Iterator<Item = Slot> {
        let mut place = home(key, self.shift);
        core::iter::from_fn(move || {
            let slot = self.slots.get(place).copied()?;
            place = (place + 1) & (self.slots.len() - 1);
            (slot.key != 0).then_some(slot)
        })
    }

    fn hit(&self, slot: Slot, at: DateTime<Utc>, confusion: Option<Confusion>) -> Option<Hit<'_>> {
        self.entries
            .get(usize::try_from(slot.entry).ok()?)
            .filter(|entry| entry.counts_at(at))
            .map(|entry| Hit { entry, confusion })
    }

    /// Returns the list without the entries that have ended.
    ///
    /// ```
    /// use kabat_core::{HitEntry, HitList, HitReason};
    /// let entry = HitEntry {
    ///     plate: "1-ABC-234".parse()?,
    ///     reason: HitReason::new("stolen")?,
    ///     valid_from: "2026-01-01T00:00:00Z".parse()?,
    ///     expires_at: "2026-07-01T00:00:00Z".parse()?,
    ///     reference: None,
    /// };
    /// let list = HitList::new([entry.clone()])?;
    /// assert_eq!((list.len(), list.entries()), (1, &[entry][..]));
    /// assert!(list.without_expired("2026-08-01T00:00:00Z".parse()?).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without_expired(self, at: DateTime<Utc>) -> Self {
        let kept = self
            .entries
            .into_iter()
            .filter(|entry| at < entry.expires_at);
        // INVARIANT: entries of a list pass the checks of `new`.
        Self::new(kept).unwrap_or(Self {
            entries: Vec::new(),
            slots: alloc::vec![Slot::default(); 16],
            shift: u64::BITS - 4,
        })
    }
}

/// Where a plate would stand: the high bits of a product with 2^64 divided by the golden ratio (Knuth, volume 3, 6.4).
#[inline]
fn home(key: PlateKey, shift: u32) -> usize {
    let mixed = key.folded().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    // Multiplying carries low bits up only; the upper half is taken down first so that the last characters count too.
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    usize::try_from(mixed >> shift).unwrap_or(0)
}

/// Why a list cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HitListError {
    /// An entry ends before it begins.
    #[error("entry {index} of the list ends before it begins")]
    NeverValid {
        /// Its place, from 0.
        index: usize,
    },
    /// There are too many entries.
    #[error("list of {count} entries is longer than 1073741824")]
    TooMany {
        /// How many.
        count: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::{HitEntry, HitList, HitListError, HitReason};

    #[test]
    fn an_entry_that_never_counts_is_refused_with_its_place() {
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let entry = HitEntry {
            plate: "1ABC234".parse().unwrap(),
            reason: HitReason::new("test").unwrap(),
            valid_from: at,
            expires_at: at,
            reference: None,
        };
        let error = HitList::new([entry]).unwrap_err();
        assert_eq!(error, HitListError::NeverValid { index: 0 });
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        let list = HitList::new([]).unwrap();
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(list.near("1ABC234".parse().unwrap(), at).count(), 0);
    }
}
