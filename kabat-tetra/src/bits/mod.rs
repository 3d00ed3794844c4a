//! Bit slices, the checked reader and the checked writer.

mod reader;
mod writer;

pub use reader::BitReader;
pub use writer::BitWriter;

use core::fmt;

/// A borrowed run of bits: octets, a first bit and a length in bits.
///
/// TETRA lengths are in bits and fields do not keep to octet borders, so every decoder takes one of these. Bits are
/// counted from the most significant bit of the first octet, as in EN 300 392-2, clause 14.7.
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
    start: usize,
    end: usize,
}

impl<'a> Bits<'a> {
    /// No bits at all.
    pub const EMPTY: Self = Self {
        bytes: &[],
        start: 0,
        end: 0,
    };

    /// Takes the first `bit_len` bits of `bytes`, or returns `None` when there are fewer.
    pub const fn new(bytes: &'a [u8], bit_len: usize) -> Option<Self> {
        if bit_len > bytes.len().saturating_mul(8) {
            return None;
        }
        Some(Self {
            bytes,
            start: 0,
            end: bit_len,
        })
    }

    /// Takes all bits of `bytes`.
    pub const fn from_octets(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            start: 0,
            end: bytes.len().saturating_mul(8),
        }
    }

    /// Returns the number of bits.
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Returns whether there are no bits.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns bit `index`, counted from the first.
    pub fn get(&self, index: usize) -> Option<bool> {
        if index >= self.len() {
            return None;
        }
        extract(self.bytes, self.start.saturating_add(index), 1).map(|bit| bit == 1)
    }

    /// Returns up to 64 bits from `index` on as a number, or `None` when the run ends before.
    pub fn number(&self, index: usize, bits: u32) -> Option<u64> {
        if bits > 64 {
            return None;
        }
        let end = index.checked_add(usize::try_from(bits).ok()?)?;
        if end > self.len() {
            return None;
        }
        extract(self.bytes, self.start.saturating_add(index), bits)
    }

    /// Returns the run from `from` on, `bit_len` bits long.
    pub fn slice(&self, from: usize, bit_len: usize) -> Option<Self> {
        let start = self.start.checked_add(from)?;
        let end = start.checked_add(bit_len)?;
        (end <= self.end).then_some(Self {
            bytes: self.bytes,
            start,
            end,
        })
    }

    /// Returns the octets when the run begins and ends on octet borders.
    pub fn as_octets(&self) -> Option<&'a [u8]> {
        if !self.start.is_multiple_of(8) || !self.end.is_multiple_of(8) {
            return None;
        }
        self.bytes.get(self.start / 8..self.end / 8)
    }

    /// Iterates over the run in octets; a last octet that is not whole is filled with zero bits.
    pub const fn octets(&self) -> Octets<'a> {
        Octets { rest: *self }
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

    /// Returns the run as octets at a bit offset, for the reader and the writer.
    const fn parts(&self) -> (&'a [u8], usize, usize) {
        (self.bytes, self.start, self.end)
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
        Ok(Self {
            bytes,
            start: 0,
            end: bytes.len().saturating_mul(8).saturating_sub(short),
        })
    }
}

/// The octets of a [`Bits`] run, from [`Bits::octets`].
#[derive(Clone, Debug)]
pub struct Octets<'a> {
    rest: Bits<'a>,
}

impl Iterator for Octets<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let left = u32::try_from(self.rest.len().min(8)).ok()?;
        if left == 0 {
            return None;
        }
        let value = extract(self.rest.bytes, self.rest.start, left)?;
        self.rest.start = self.rest.start.saturating_add(8).min(self.rest.end);
        let [.., low] = value.to_be_bytes();
        Some(low.wrapping_shl(8_u32.saturating_sub(left)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.rest.len().div_ceil(8);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Octets<'_> {}

/// Returns `bits` bits, at most 64, from bit `position` of `bytes` as a number, or `None` when the octets end before.
#[inline]
fn extract(bytes: &[u8], position: usize, bits: u32) -> Option<u64> {
    if bits > 57 {
        return extract_wide(bytes, position, bits);
    }
    extract_word(bytes, position, bits)
}

/// Takes a run that can lie over nine octets in two.
#[inline(never)]
fn extract_wide(bytes: &[u8], position: usize, bits: u32) -> Option<u64> {
    let high_bits = bits.saturating_sub(32);
    let high = extract_word(bytes, position, high_bits)?;
    let low = extract_word(bytes, position.checked_add(high_bits as usize)?, 32)?;
    Some(high.wrapping_shl(32) | low)
}

/// Takes at most 57 bits: they lie inside eight octets wherever they begin.
#[inline]
fn extract_word(bytes: &[u8], position: usize, bits: u32) -> Option<u64> {
    if bits == 0 {
        return Some(0);
    }
    let first = position >> 3;
    let tail = bytes.get(first..)?;
    let word = match tail.first_chunk::<8>() {
        Some(chunk) => u64::from_be_bytes(*chunk),
        None => last_word(bytes, tail)?,
    };
    let offset = position & 7;
    if offset.checked_add(bits as usize)? > tail.len().saturating_mul(8) {
        return None;
    }
    Some(word.wrapping_shl(small(position & 7)) >> 64_u32.wrapping_sub(bits))
}

/// Returns the last octets as the high end of a word, zero filled.
#[inline]
fn last_word(bytes: &[u8], tail: &[u8]) -> Option<u64> {
    let missing = 8_usize.checked_sub(tail.len())?;
    if let Some(chunk) = bytes.last_chunk::<8>() {
        return Some(
            u64::from_be_bytes(*chunk)
                .checked_shl(small(missing.wrapping_mul(8)))
                .unwrap_or(0),
        );
    }
    let mut word = 0_u64;
    for octet in tail {
        word = word.wrapping_shl(8) | u64::from(*octet);
    }
    Some(
        word.checked_shl(small(missing.wrapping_mul(8)))
            .unwrap_or(0),
    )
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
