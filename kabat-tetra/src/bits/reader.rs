use super::Bits;
use super::cursor::Cursor;
use crate::error::DecodeError;
#[expect(unused_imports, reason = "linked in the text")]
use crate::error::DecodeErrorKind;

/// The one checked reader: every field of every PDU is taken through it, and every shortage has a name and a place.
///
/// ```
/// use kabat_tetra::{BitReader, Bits};
///
/// let mut reader = BitReader::new(Bits::from_octets(&[0b1010_0000]), "demo");
/// assert_eq!(reader.take(3, "first")?, 0b101);
/// let error = reader.take(6, "second").unwrap_err();
/// assert_eq!((error.field(), error.bit_offset()), ("second", 3));
/// # Ok::<(), kabat_tetra::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct BitReader<'a> {
    rest: Bits<'a>,
    pdu: &'static str,
}

impl<'a> BitReader<'a> {
    /// Starts at the first bit; `pdu` is the name errors will give.
    pub const fn new(bits: Bits<'a>, pdu: &'static str) -> Self {
        Self { rest: bits, pdu }
    }

    /// Returns the bits not yet read.
    pub const fn left(&self) -> usize {
        self.rest.len()
    }

    /// Returns the place of the next bit, from the first bit of the octets the input was made on.
    pub const fn position(&self) -> usize {
        self.rest.start as usize
    }

    /// Takes `width` bits, at most 64, as a number.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left; the reader then stays where it is.
    #[inline]
    pub fn take(&mut self, width: u32, field: &'static str) -> Result<u64, DecodeError> {
        self.try_with(|cursor| cursor.wide_number(width, field))
    }

    /// Takes one bit.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when no bit is left.
    #[inline]
    pub fn flag(&mut self, field: &'static str) -> Result<bool, DecodeError> {
        self.try_with(|cursor| cursor.flag(field))
    }

    /// Takes up to 8 bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn u8(&mut self, width: u32, field: &'static str) -> Result<u8, DecodeError> {
        self.try_with(|cursor| cursor.u8(width, field))
    }

    /// Takes up to 16 bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn u16(&mut self, width: u32, field: &'static str) -> Result<u16, DecodeError> {
        self.try_with(|cursor| cursor.u16(width, field))
    }

    /// Takes up to 32 bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn u32(&mut self, width: u32, field: &'static str) -> Result<u32, DecodeError> {
        self.try_with(|cursor| cursor.u32(width, field))
    }

    /// Takes a run of `bit_len` bits without reading it.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn bits(&mut self, bit_len: usize, field: &'static str) -> Result<Bits<'a>, DecodeError> {
        self.try_with(|cursor| cursor.bits(bit_len, field))
    }

    /// Takes everything that is left.
    #[inline]
    pub const fn rest(&mut self) -> Bits<'a> {
        let rest = self.rest;
        self.rest.start = rest.end;
        rest
    }

    /// Returns everything that is left without taking it.
    pub const fn peek_rest(&self) -> Bits<'a> {
        self.rest
    }

    /// Ends the reading: what is left may only be filling, that is fewer than eight zero bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Trailing`] when there is more.
    pub fn finish(self) -> Result<(), DecodeError> {
        Cursor::decode(self.rest, self.pdu, |cursor| {
            cursor.end();
        })
    }

    /// Goes on behind the field when it was there.
    #[inline]
    fn try_with<T>(
        &mut self,
        take: impl FnOnce(&mut Cursor<'a, '_>) -> T,
    ) -> Result<T, DecodeError> {
        let (value, rest) = Cursor::decode(self.rest, self.pdu, |cursor| {
            (take(cursor), cursor.peek_rest())
        })?;
        self.rest = rest;
        Ok(value)
    }
}
