//! Licence plates: reading them, the series that they may belong to, lists of wanted ones.

mod confusion;
mod hit_list;
mod key;
mod pseudonym;
mod read;
mod series;

pub use confusion::{Confusion, PlateAlternative};
pub use hit_list::{Hit, HitEntry, HitList, HitListError, HitReason};
pub use key::PlateError;
pub use pseudonym::{PlatePseudonym, PseudonymKey};
pub use read::{PlateGuess, PlateRead};
pub use series::{PlateSeries, SeriesCandidate, SeriesCertainty};

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use key::PlateKey;

/// The inscription of a licence plate: one to ten letters and digits, whatever the country.
///
/// Spaces, dots, hyphens and letter case do not count, and letters lose their accents. What series a plate *may* belong
/// to is a separate question with several answers: see [`series`](Self::series). A Belgian plate belongs to a person
/// and moves from car to car, so nothing here guesses a vehicle.
///
/// Printing one (`{}`, `{:?}`) shows only its shape. [`reveal`](Self::reveal) gives it in clear, and
/// [`pseudonym`](Self::pseudonym) a keyed hash that can be compared. The JSON form is in clear, because it is data and
/// not a message: keep it out of logs.
///
/// ```
/// use kabat_core::{Plate, PlateSeries};
/// let plate: Plate = "1 abc.234".parse()?;
/// assert_eq!(plate, "1-ABC-234".parse()?);
/// assert_eq!(plate.to_string(), "*-***-***");
/// assert_eq!(plate.reveal(), "1-ABC-234");
/// // A car, but for ten years motorcycles and trade plates looked the same.
/// let series: Vec<_> = plate.series().into_iter().map(|candidate| candidate.series).collect();
/// assert!(series.contains(&PlateSeries::Ordinary2010) && series.contains(&PlateSeries::Motorcycle2010));
/// // Not Belgian-shaped, and no error.
/// assert!(!"AB-123-CD".parse::<Plate>()?.is_belgian_shaped());
/// # Ok::<(), kabat_core::PlateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(extend("pattern" = "[A-Za-z0-9]")))]
pub struct Plate {
    key: PlateKey,
}

impl Plate {
    /// Most letters and digits on a plate.
    pub const MAX_CHARACTERS: usize = key::LANES;

    /// Reads a plate.
    ///
    /// ```
    /// use kabat_core::{Plate, PlateError};
    /// assert_eq!(Plate::new("1-ABC-234")?.reveal_compact(), "1ABC234");
    /// assert_eq!(Plate::new(" - "), Err(PlateError::Empty));
    /// # Ok::<(), PlateError>(())
    /// ```
    ///
    /// # Errors
    /// [`PlateError`] when nothing is left without separators, when more than ten characters are, or when one is
    /// neither a Latin letter nor a digit.
    pub fn new(text: &str) -> Result<Self, PlateError> {
        PlateKey::read(text).map(|key| Self { key })
    }

    pub(crate) const fn from_key(key: PlateKey) -> Self {
        Self { key }
    }

    pub(crate) const fn key(self) -> PlateKey {
        self.key
    }

    /// Returns the letters and digits in clear, without separators.
    pub fn reveal_compact(self) -> String {
        self.key.characters().map(char::from).collect()
    }

    /// Returns the plate in clear, spelt as its most likely series spells it, else without separators.
    pub fn reveal(self) -> String {
        self.spelt(char::from)
    }

    fn spelt(self, show: impl Fn(u8) -> char) -> String {
        let best = self.series().into_iter().next();
        let mut text = String::new();
        for (place, character) in self.key.characters().enumerate() {
            if best.is_some_and(|candidate| candidate.hyphen_before(place)) {
                text.push('-');
            }
            text.push(show(character));
        }
        text
    }

    /// Returns the Belgian series to which the plate may belong, the likeliest first; empty for a foreign shape.
    ///
    /// Only official shapes are listed. Nearly every short text could be a personalised plate, which says nothing:
    /// see [`may_be_personalised`](Self::may_be_personalised).
    pub fn series(self) -> Vec<SeriesCandidate> {
        series::candidates(self.key)
    }

    /// Returns whether any official Belgian series has this shape.
    pub fn is_belgian_shaped(self) -> bool {
        series::any(self.key)
    }

    /// Returns whether the rules for personalised plates (since 31 March 2014) allow this text.
    ///
    /// At most 8 characters with the hyphens between letters and digits, not only digits, and none of the shapes
    /// reserved for official series. This is for recall only: many foreign plates pass too.
    ///
    /// ```
    /// use kabat_core::Plate;
    /// assert!(Plate::new("HELLO")?.may_be_personalised());
    /// assert!(!Plate::new("1-ABC-234")?.may_be_personalised());
    /// # Ok::<(), kabat_core::PlateError>(())
    /// ```
    ///
    /// Source: Ministerial Decree of 23 July 2001, article 4; the list of reserved shapes of the registration office.
    pub fn may_be_personalised(self) -> bool {
        series::may_be_personalised(self.key)
    }

    /// Returns the plates with a Belgian shape that a reader may have mistaken for this text, the likeliest first.
    ///
    /// Up to `most` characters (at most 2) are swapped for look-alikes (O and 0, I and 1, B and 8, S and 5 …). A text
    /// that has a Belgian shape itself comes first, without any swap.
    ///
    /// ```
    /// use kabat_core::Plate;
    /// let read: Plate = "1-A8C-Z34".parse()?;
    /// let best = &read.alternatives(2)[0];
    /// assert_eq!(best.plate.reveal(), "1-ABC-234");
    /// # Ok::<(), kabat_core::PlateError>(())
    /// ```
    pub fn alternatives(self, most: u8) -> Vec<PlateAlternative> {
        confusion::alternatives(self, most)
    }

    /// Returns the character in which two plates of equal length differ, if it is just one and a look-alike.
    ///
    /// ```
    /// use kabat_core::Plate;
    /// let (read, meant) = (Plate::new("1-A8C-234")?, Plate::new("1-ABC-234")?);
    /// assert_eq!(read.one_confusion_from(meant).map(|confusion| confusion.at), Some(2));
    /// assert_eq!(read.one_confusion_from(Plate::new("1-AXC-234")?), None); // X looks like no 8
    /// # Ok::<(), kabat_core::PlateError>(())
    /// ```
    pub fn one_confusion_from(self, other: Self) -> Option<Confusion> {
        confusion::single(self.key, other.key)
    }

    /// Returns a keyed hash: equal plates give equal pseudonyms under one key and nothing can be told without it.
    ///
    /// ```
    /// use kabat_core::{Plate, PseudonymKey};
    /// let pseudonym = Plate::new("1-ABC-234")?.pseudonym(&PseudonymKey::new([7; 16]));
    /// assert_eq!(pseudonym.to_string(), format!("{:032x}", pseudonym.as_u128()));
    /// # Ok::<(), kabat_core::PlateError>(())
    /// ```
    pub fn pseudonym(self, key: &PseudonymKey) -> PlatePseudonym {
        key.pseudonym(self)
    }
}

impl PartialOrd for Plate {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Plate {
    /// Orders by the letters and digits, digits first.
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.key.characters().cmp(other.key.characters())
    }
}

impl fmt::Display for Plate {
    /// Writes the shape only: `*-***-***`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.spelt(|_| '*'))
    }
}

impl fmt::Debug for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plate({self})")
    }
}

impl FromStr for Plate {
    type Err = PlateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl TryFrom<String> for Plate {
    type Error = PlateError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Plate> for String {
    fn from(plate: Plate) -> Self {
        plate.reveal()
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Plate {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let length = u.int_in_range(1..=Self::MAX_CHARACTERS)?;
        let mut text = String::new();
        for _ in 0..length {
            text.push(char::from(
                *u.choose(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")?,
            ));
        }
        Self::new(&text).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}
