//! Characters that readers take for one another.

use alloc::vec::Vec;

use super::Plate;
use super::key::{PlateKey, look_alikes, place_of};

/// One character taken for another.
///
/// The classes of look-alikes are `0 O Q D`, `1 I L`, `2 Z`, `5 S`, `6 G` and `8 B`: those that reports about readers
/// name most. They are this project's choice.
///
/// ```
/// use kabat_core::Confusion;
/// assert_eq!(Confusion { at: 0, read: '8', meant: 'B' }.cost(), 1);
/// assert_eq!(Confusion { at: 0, read: 'D', meant: 'O' }.cost(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Confusion {
    /// Place among the letters and digits, from 0.
    pub at: u8,
    /// What was read.
    pub read: char,
    /// What was meant.
    pub meant: char,
}

impl Confusion {
    /// Returns how unlikely it is: 1 for the pairs named most (O 0, I 1, B 8, S 5, Z 2), 2 for the others.
    pub const fn cost(self) -> u8 {
        match (self.read, self.meant) {
            ('O', '0')
            | ('0', 'O')
            | ('I', '1')
            | ('1', 'I')
            | ('B', '8')
            | ('8', 'B')
            | ('S', '5')
            | ('5', 'S')
            | ('Z', '2')
            | ('2', 'Z') => 1,
            _ => 2,
        }
    }
}

/// A plate that may have been meant by what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlateAlternative {
    /// The plate.
    pub plate: Plate,
    /// What would have been taken for what.
    pub confusions: Vec<Confusion>,
}

impl PlateAlternative {
    /// Returns how unlikely it is: the sum of the [costs](Confusion::cost); 0 for what was read.
    ///
    /// ```
    /// use kabat_core::Plate;
    /// let read: Plate = "1-ABC-Z34".parse()?;
    /// let costs: Vec<_> = read.alternatives(1).iter().map(|alternative| alternative.cost()).collect();
    /// assert!(costs.is_sorted());
    /// # Ok::<(), kabat_core::PlateError>(())
    /// ```
    pub fn cost(&self) -> u8 {
        self.confusions
            .iter()
            .map(|confusion| confusion.cost())
            .sum()
    }
}

/// See [`Plate::alternatives`].
pub(super) fn alternatives(read: Plate, most: u8) -> Vec<PlateAlternative> {
    let mut found = Vec::new();
    let mut level = alloc::vec![PlateAlternative {
        plate: read,
        confusions: Vec::new(),
    }];
    for round in 0..=most.min(2) {
        let mut next = Vec::new();
        for alternative in level {
            if round < most.min(2) {
                let first = alternative.confusions.last().map_or(0, |c| c.at + 1);
                next.extend(swaps(&alternative, first));
            }
            if alternative.plate.is_belgian_shaped() {
                found.push(alternative);
            }
        }
        level = next;
    }
    found.sort_by(|a, b| {
        (a.cost(), a.confusions.len(), a.plate).cmp(&(b.cost(), b.confusions.len(), b.plate))
    });
    found
}

/// All ways to swap one more character, at or after a place.
fn swaps(from: &PlateAlternative, first: u8) -> Vec<PlateAlternative> {
    let key = from.plate.key();
    let mut swapped = Vec::new();
    for (at, read) in (0u8..).zip(key.characters()).skip(usize::from(first)) {
        for meant in look_alikes(read) {
            let Some(key) = key.with(usize::from(at), meant) else {
                continue;
            };
            let mut confusions = from.confusions.clone();
            confusions.push(Confusion {
                at,
                read: char::from(read),
                meant: char::from(meant),
            });
            swapped.push(PlateAlternative {
                plate: Plate::from_key(key),
                confusions,
            });
        }
    }
    swapped
}

/// See [`Plate::one_confusion_from`].
pub(super) fn single(read: PlateKey, meant: PlateKey) -> Option<Confusion> {
    let differences = read.differences(meant);
    if differences.count_ones() != 1 || read.folded() != meant.folded() {
        return None;
    }
    let place = place_of(differences);
    let at = |key: PlateKey| key.characters().nth(place).map(char::from);
    Some(Confusion {
        at: u8::try_from(place).ok()?,
        read: at(read)?,
        meant: at(meant)?,
    })
}
