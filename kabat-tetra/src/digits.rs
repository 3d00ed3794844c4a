use core::fmt;

use crate::bits::{BitWriter, Bits, Cursor, small};
use crate::error::{EncodeError, EncodeErrorKind};

/// A number in four-bit digits, as external subscriber numbers and terminal numbers are sent.
///
/// `0`-`9`, `*` (10), `#` (11) and `+` (12); 13-15 are reserved, kept, and shown as `?`.
///
/// ```
/// use kabat_tetra::Digits;
///
/// let mut room = [0; 8];
/// let digits = Digits::pack("+32*9", &mut room)?;
/// assert_eq!(digits.to_string(), "+32*9");
/// # Ok::<(), kabat_tetra::EncodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digits<'a> {
    // INVARIANT: bits.len() >= 4 * count
    bits: Bits<'a>,
    count: usize,
}

impl<'a> Digits<'a> {
    /// Packs written digits into `room`.
    ///
    /// # Errors
    /// When a character is no digit, or `room` is too short.
    pub fn pack(text: &str, room: &'a mut [u8]) -> Result<Self, EncodeError> {
        let mut writer = BitWriter::new(room, "digits");
        let mut count = 0_usize;
        for character in text.chars() {
            let Some(nibble) = nibble_of(character) else {
                return Err(writer.fail(EncodeErrorKind::NoSuchCharacter { character }, "digit"));
            };
            writer.put(nibble, 4, "digit")?;
            count = count.saturating_add(1);
        }
        Ok(Self {
            bits: writer.into_bits(),
            count,
        })
    }

    /// Takes as many whole digits as `bits` holds.
    pub(crate) const fn from_bits(bits: Bits<'a>) -> Self {
        Self {
            bits,
            count: bits.len() / 4,
        }
    }

    /// Returns the number of digits.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Returns whether there are no digits.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Iterates over the raw four-bit values.
    pub fn nibbles(&self) -> impl Iterator<Item = u8> + use<'a> {
        let bits = self.bits;
        (0..self.count).filter_map(move |index| {
            let [low, ..] = bits.number(index.saturating_mul(4), 4)?.to_le_bytes();
            Some(low)
        })
    }

    /// Iterates over the digits as characters, `?` for a reserved value.
    pub fn chars(&self) -> impl Iterator<Item = char> + use<'a> {
        self.nibbles().map(|nibble| match nibble {
            0..=9 => char::from(b'0'.wrapping_add(nibble)),
            10 => '*',
            11 => '#',
            12 => '+',
            _ => '?',
        })
    }

    /// Returns the digits and the odd dummy digit, if any, as they stand on the wire.
    pub const fn bits(&self) -> Bits<'a> {
        self.bits
    }

    /// Reads count 8, digits, and a dummy digit when the count is odd.
    #[inline]
    pub(crate) fn read_counted(reader: &mut Cursor<'a, '_>, field: &'static str) -> Self {
        let count = usize::from(reader.u8(8, "number of digits"));
        let padded = count.saturating_add(count & 1);
        let bits = reader.bits(padded.saturating_mul(4), field);
        Self { bits, count }
    }

    /// Writes count 8, digits, and a dummy digit when the count is odd.
    pub(crate) fn write_counted(
        &self,
        writer: &mut BitWriter<'_>,
        field: &'static str,
    ) -> Result<(), EncodeError> {
        if self.count > 255 {
            return Err(writer.fail(
                EncodeErrorKind::TooLong {
                    length: self.count,
                    most: 255,
                },
                field,
            ));
        }
        writer.put(self.count as u64, 8, "number of digits")?;
        writer.bits(self.bits, field)?;
        let padded = self.count.saturating_add(self.count & 1).saturating_mul(4);
        let missing = padded.saturating_sub(self.bits.len());
        writer.put(0, small(missing & 7), "dummy digit")
    }
}

impl fmt::Display for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl fmt::Debug for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digits({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Digits<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Digits<'_> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Digits".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9*#+?]*$" })
    }
}

const fn nibble_of(character: char) -> Option<u64> {
    match character {
        '0'..='9' => Some((character as u64).wrapping_sub('0' as u64)),
        '*' => Some(10),
        '#' => Some(11),
        '+' => Some(12),
        _ => None,
    }
}
