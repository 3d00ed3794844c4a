use super::{Bits, small};
use crate::error::{EncodeError, EncodeErrorKind};

/// The one checked writer: appends fields to a caller's buffer, most significant bit first.
///
/// Octets are set whole as bits reach them, so the buffer need not be zeroed; octets after the last one that holds a
/// bit are not touched.
///
/// ```
/// use kabat_tetra::BitWriter;
///
/// let mut buffer = [0xFF; 2];
/// let mut writer = BitWriter::new(&mut buffer, "demo");
/// writer.put(0b101, 3, "first")?;
/// assert_eq!(writer.bit_len(), 3);
/// assert_eq!(buffer, [0b1010_0000, 0xFF]);
/// # Ok::<(), kabat_tetra::EncodeError>(())
/// ```
#[derive(Debug)]
pub struct BitWriter<'b> {
    buffer: &'b mut [u8],
    position: usize,
    pdu: &'static str,
}

impl<'b> BitWriter<'b> {
    /// Starts at the first bit of `buffer`; `pdu` is the name errors will give until a PDU sets its own.
    pub const fn new(buffer: &'b mut [u8], pdu: &'static str) -> Self {
        Self {
            buffer,
            position: 0,
            pdu,
        }
    }

    /// Returns the bits written so far.
    pub const fn bit_len(&self) -> usize {
        self.position
    }

    /// Returns the octets written so far, the last one filled with zero bits.
    pub fn octets(&self) -> &[u8] {
        self.buffer
            .get(..self.position.div_ceil(8))
            .unwrap_or_default()
    }

    /// Returns the bits written so far.
    pub fn written(&self) -> Bits<'_> {
        Bits::new(self.buffer, self.position).unwrap_or(Bits::EMPTY)
    }

    /// Gives the buffer back, as the bits written.
    pub fn into_bits(self) -> Bits<'b> {
        Bits::new(self.buffer, self.position).unwrap_or(Bits::EMPTY)
    }

    /// Sets the PDU name that errors give from here on.
    pub(crate) const fn enter(&mut self, pdu: &'static str) {
        self.pdu = pdu;
    }

    /// Appends the low `width` bits of `value`, at most 64.
    ///
    /// # Errors
    /// [`EncodeErrorKind::TooWide`] when `value` needs more bits, [`EncodeErrorKind::BufferFull`] when the buffer ends.
    #[inline]
    pub fn put(&mut self, value: u64, width: u32, field: &'static str) -> Result<(), EncodeError> {
        if width > 57 {
            let high = width.saturating_sub(32);
            self.put(value >> 32, high, field)?;
            return self.put(value & 0xFFFF_FFFF, 32, field);
        }
        if width == 0 {
            return if value == 0 {
                Ok(())
            } else {
                Err(self.fail(EncodeErrorKind::TooWide { value, width }, field))
            };
        }
        if value.wrapping_shr(width) != 0 {
            return Err(self.fail(EncodeErrorKind::TooWide { value, width }, field));
        }
        let first = self.position >> 3;
        let offset = self.position & 7;
        let used = offset.wrapping_add(width as usize);
        let octets = used.wrapping_add(7) >> 3;
        let Some(room) = self.buffer.get_mut(first..first.wrapping_add(octets)) else {
            return Err(self.full(width as usize, field));
        };
        let Some(head) = room.first_mut() else {
            return Err(self.full(width as usize, field));
        };
        let kept = *head & !(0xFF_u8.wrapping_shr(small(self.position & 7)));
        let word = value.wrapping_shl(64_u32.wrapping_sub(small(used))) | (u64::from(kept) << 56);
        if let Some(whole) = room.first_chunk_mut::<8>() {
            *whole = word.to_be_bytes();
        } else {
            for (to, from) in room.iter_mut().zip(word.to_be_bytes()) {
                *to = from;
            }
        }
        self.position = self.position.wrapping_add(width as usize);
        Ok(())
    }

    /// Appends one bit.
    ///
    /// # Errors
    /// [`EncodeErrorKind::BufferFull`] when the buffer ends.
    #[inline]
    pub fn flag(&mut self, value: bool, field: &'static str) -> Result<(), EncodeError> {
        self.put(u64::from(value), 1, field)
    }

    /// Appends a run of bits.
    ///
    /// # Errors
    /// [`EncodeErrorKind::BufferFull`] when the buffer ends.
    pub fn bits(&mut self, bits: Bits<'_>, field: &'static str) -> Result<(), EncodeError> {
        let mut at = 0_usize;
        while let Some(chunk) = bits.number(at, 32) {
            self.put(chunk, 32, field)?;
            at = at.saturating_add(32);
        }
        let last = bits.len().saturating_sub(at);
        let width = small(last & 31);
        let value = bits.number(at, width).unwrap_or(0);
        self.put(value, width, field)
    }

    /// Appends octets.
    ///
    /// # Errors
    /// [`EncodeErrorKind::BufferFull`] when the buffer ends.
    pub fn octets_of(&mut self, octets: &[u8], field: &'static str) -> Result<(), EncodeError> {
        self.bits(Bits::from_octets(octets), field)
    }

    /// Builds an error at the current place.
    #[cold]
    pub(crate) fn fail(&self, kind: EncodeErrorKind, field: &'static str) -> EncodeError {
        EncodeError::new(kind, self.pdu, field, self.position)
    }

    #[cold]
    fn full(&self, needed: usize, field: &'static str) -> EncodeError {
        let left = self
            .buffer
            .len()
            .saturating_mul(8)
            .saturating_sub(self.position);
        self.fail(EncodeErrorKind::BufferFull { needed, left }, field)
    }
}
