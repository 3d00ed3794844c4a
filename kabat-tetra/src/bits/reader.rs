use super::{Bits, extract};
use crate::error::{DecodeError, DecodeErrorKind};

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
    // INVARIANT: position <= end <= bytes.len() * 8
    bytes: &'a [u8],
    position: usize,
    end: usize,
    pdu: &'static str,
}

impl<'a> BitReader<'a> {
    /// Starts at the first bit; `pdu` is the name errors will give.
    pub const fn new(bits: Bits<'a>, pdu: &'static str) -> Self {
        let (bytes, position, end) = bits.parts();
        Self {
            bytes,
            position,
            end,
            pdu,
        }
    }

    /// Returns the bits not yet read.
    pub const fn left(&self) -> usize {
        self.end.saturating_sub(self.position)
    }

    /// Returns the place of the next bit, from the first bit of the octets the input was made on.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Sets the PDU name that errors give from here on.
    pub(crate) const fn enter(&mut self, pdu: &'static str) {
        self.pdu = pdu;
    }

    /// Takes `width` bits, at most 64, as a number.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn take(&mut self, width: u32, field: &'static str) -> Result<u64, DecodeError> {
        if width as usize > self.left() {
            return Err(self.truncated(width as usize, field));
        }
        match extract(self.bytes, self.position, width) {
            Some(value) if width <= 64 => {
                self.position = self.position.wrapping_add(width as usize);
                Ok(value)
            }
            _ => Err(self.truncated(width as usize, field)),
        }
    }

    /// Takes one bit.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when no bit is left.
    #[inline]
    pub fn flag(&mut self, field: &'static str) -> Result<bool, DecodeError> {
        self.take(1, field).map(|bit| bit == 1)
    }

    /// Takes up to 8 bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn u8(&mut self, width: u32, field: &'static str) -> Result<u8, DecodeError> {
        let [.., low] = self.take(width.min(8), field)?.to_be_bytes();
        Ok(low)
    }

    /// Takes up to 16 bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn u16(&mut self, width: u32, field: &'static str) -> Result<u16, DecodeError> {
        let [.., high, low] = self.take(width.min(16), field)?.to_be_bytes();
        Ok(u16::from_be_bytes([high, low]))
    }

    /// Takes up to 32 bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn u32(&mut self, width: u32, field: &'static str) -> Result<u32, DecodeError> {
        let [.., a, b, c, d] = self.take(width.min(32), field)?.to_be_bytes();
        Ok(u32::from_be_bytes([a, b, c, d]))
    }

    /// Takes a run of `bit_len` bits without reading it.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bits are left.
    #[inline]
    pub fn bits(&mut self, bit_len: usize, field: &'static str) -> Result<Bits<'a>, DecodeError> {
        if bit_len > self.left() {
            return Err(self.truncated(bit_len, field));
        }
        let start = self.position;
        self.position = start.wrapping_add(bit_len);
        Ok(Bits {
            bytes: self.bytes,
            start,
            end: self.position,
        })
    }

    /// Takes everything that is left.
    #[inline]
    pub const fn rest(&mut self) -> Bits<'a> {
        let start = self.position;
        self.position = self.end;
        Bits {
            bytes: self.bytes,
            start,
            end: self.end,
        }
    }

    /// Returns everything that is left without taking it.
    pub const fn peek_rest(&self) -> Bits<'a> {
        Bits {
            bytes: self.bytes,
            start: self.position,
            end: self.end,
        }
    }

    /// Ends the reading: what is left may only be filling, that is fewer than eight zero bits.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Trailing`] when there is more.
    pub fn finish(self) -> Result<(), DecodeError> {
        let rest = self.peek_rest();
        if rest.len() < 8 && rest.is_zero() {
            return Ok(());
        }
        Err(self.error(
            DecodeErrorKind::Trailing { bits: rest.len() },
            "end of the pdu",
            self.position,
        ))
    }

    /// Builds an error `back` bits before the current place: at the start of a field just read.
    #[cold]
    pub(crate) fn fail_back(
        &self,
        kind: DecodeErrorKind,
        field: &'static str,
        back: usize,
    ) -> DecodeError {
        self.error(kind, field, self.position.saturating_sub(back))
    }

    /// Finds which field of a fixed layout is cut off, for readers that take the layout in one piece.
    #[cold]
    pub(crate) fn truncated_in(&self, layout: &[(&'static str, u32)]) -> DecodeError {
        let mut at = self.position;
        for (field, width) in layout {
            let needed = *width as usize;
            let left = self.end.saturating_sub(at);
            if needed > left {
                return self.error(DecodeErrorKind::Truncated { needed, left }, field, at);
            }
            at = at.saturating_add(needed);
        }
        self.truncated(0, "end of the pdu")
    }

    #[cold]
    fn truncated(&self, needed: usize, field: &'static str) -> DecodeError {
        let left = self.left();
        self.error(
            DecodeErrorKind::Truncated { needed, left },
            field,
            self.position,
        )
    }

    #[cold]
    fn error(&self, kind: DecodeErrorKind, field: &'static str, at: usize) -> DecodeError {
        DecodeError::new(kind, self.pdu, field, at)
    }
}
