//! Bit slices, the checked reader and the checked writer.

mod cursor;
mod octets;
mod reader;
mod window;
mod writer;

pub(crate) use cursor::{Cursor, Failure};
pub use octets::Octets;
pub use reader::BitReader;
pub use writer::BitWriter;

use core::fmt;
use window::extract;

/// A borrowed run of bits: octets, a first bit and a length in bits.
///
/// TETRA lengths are in bits and fields do not keep to octet borders, so every decoder takes one of these. Bits are
/// counted from the most significant bit of the first octet, as in EN 300 392-2, clause 14.7. A run reaches at most
/// 2³² − 1 bits deep into its octets; the longest TETRA length field says 2047.
///
/// ```
/// use kabat_tetra::Bits;
///
/// let bits = Bits::new(&[0xA5, 0xF0], 12).ok_or("too few octets")?;
/// assert_eq!(bits.len(), 12);
/// assert_eq!(bits.get(0), Some(true));
/// assert_eq!(bits.get(12), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy)]
pub struct Bits<'a> {
    // INVARIANT: start <= end <= bytes.len() * 8
    bytes: &'a [u8],
    // Half the width of `usize`: messages hold several runs, and are moved.
    start: u32,
    end: u32,
}

impl<'a> Bits<'a> {
    /// No bits at all.
    pub const EMPTY: Self = Self {
        bytes: &[],
        start: 0,
        end: 0,
    };

    /// Takes the first `bit_len` bits of `bytes`, or returns `None` when there are fewer.
    #[inline]
    pub const fn new(bytes: &'a [u8], bit_len: usize) -> Option<Self> {
        if bit_len > bytes.len().saturating_mul(8) || bit_len > DEEPEST {
            return None;
        }
        Some(Self {
            bytes,
            start: 0,
            end: depth(bit_len),
        })
    }

    /// Takes all bits of `bytes`; octets behind the first 2²⁹ − 1 are left out.
    #[inline]
    pub const fn from_octets(bytes: &'a [u8]) -> Self {
        let bit_len = bytes.len().saturating_mul(8);
        Self {
            bytes,
            start: 0,
            end: depth(if bit_len > DEEPEST {
                DEEPEST & !7
            } else {
                bit_len
            }),
        }
    }

    /// Returns the number of bits.
    #[inline]
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Returns whether there are no bits.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns bit `index`, counted from the first.
    pub fn get(&self, index: usize) -> Option<bool> {
        self.number(index, 1).map(|bit| bit == 1)
    }

    /// Returns up to 64 bits from `index` on as a number, or `None` when the run ends before.
    #[inline]
    pub fn number(&self, index: usize, bits: u32) -> Option<u64> {
        let end = index.checked_add(bits as usize)?;
        if bits > 64 || end > self.len() {
            return None;
        }
        let position = (self.start as usize).saturating_add(index);
        Some(extract(self.bytes, position, bits))
    }

    /// Returns the run from `from` on, `bit_len` bits long.
    #[inline]
    pub fn slice(&self, from: usize, bit_len: usize) -> Option<Self> {
        if from.checked_add(bit_len)? > self.len() {
            return None;
        }
        let start = self.start.saturating_add(depth(from));
        Some(Self {
            bytes: self.bytes,
            start,
            end: start.saturating_add(depth(bit_len)),
        })
    }

    /// Returns the octets when the run begins and ends on octet borders.
    pub fn as_octets(&self) -> Option<&'a [u8]> {
        if !self.start.is_multiple_of(8) || !self.end.is_multiple_of(8) {
            return None;
        }
        self.bytes
            .get(self.start as usize / 8..self.end as usize / 8)
    }

    /// Iterates over the run in octets; a last octet that is not whole is filled with zero bits.
    pub const fn octets(&self) -> Octets<'a> {
        Octets::of(*self)
    }

    /// Copies the run to the start of `out`, a last partial octet filled with zero bits, and returns the octets used.
    pub fn copy_to<'o>(&self, out: &'o mut [u8]) -> Option<&'o [u8]> {
        let needed = self.len().div_ceil(8);
        let out = out.get_mut(..needed)?;
        for (to, from) in out.iter_mut().zip(self.octets()) {
            *to = from;
        }
        Some(out)
    }

    /// Returns whether every bit is zero.
    pub fn is_zero(&self) -> bool {
        self.octets().all(|octet| octet == 0)
    }

    /// Makes a run from its ends, for the reader.
    // INVARIANT: the reader keeps start <= end <= bytes.len() * 8 and end <= DEEPEST
    #[inline]
    const fn between(bytes: &'a [u8], start: usize, end: usize) -> Self {
        Self {
            bytes,
            start: depth(start),
            end: depth(end),
        }
    }
}

impl Default for Bits<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<'a> From<&'a [u8]> for Bits<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::from_octets(bytes)
    }
}

impl PartialEq for Bits<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.octets().eq(other.octets())
    }
}

impl Eq for Bits<'_> {}

impl fmt::Debug for Bits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bits({self})")
    }
}

/// Writes upper-case hex digits, the last one filled with zero bits, and `/` with the bit count.
impl fmt::Display for Bits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = self.len().div_ceil(4);
        for octet in self.octets() {
            if digits >= 2 {
                write!(f, "{octet:02X}")?;
                digits = digits.saturating_sub(2);
            } else {
                write!(f, "{:X}", octet >> 4)?;
            }
        }
        write!(f, "/{}", self.len())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Bits<'_> {
    /// Writes `HEX/BITS`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Bits<'_> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Bits".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9A-F]*/[0-9]+$",
            "description": "hex digits and the number of valid bits",
        })
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Bits<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let bytes = <&[u8]>::arbitrary(u)?;
        let short = u.int_in_range(0..=7_usize)?;
        let all = Self::from_octets(bytes);
        Ok(all
            .slice(0, all.len().saturating_sub(short))
            .unwrap_or(Self::EMPTY))
    }
}

/// The last bit a run can end behind.
const DEEPEST: usize = u32::MAX as usize;

/// Narrows a bit position that is at most [`DEEPEST`].
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the constructors refuse or cut what is longer"
)]
const fn depth(position: usize) -> u32 {
    position as u32
}

/// Narrows a bit count that is known to be small.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "masked to seven bits first"
)]
pub(crate) const fn small(count: usize) -> u32 {
    (count & 0x7F) as u32
}
