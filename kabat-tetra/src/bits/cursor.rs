use core::cell::Cell;

use super::Bits;
use super::window::{extract, load, low, top, window, window_before};
use crate::error::{DecodeError, DecodeErrorKind};

/// The one place where fields are taken from bits, each with a name and a place.
///
/// The first thing that goes wrong is kept and everything read from then on is zero and empty, so a layout is written
/// down as it stands in the standard, and [`done`](Self::done) says at its end whether all of it was there.
///
/// What went wrong lies outside, in a [`Failure`]: the cursor itself has to stay in registers. For the same reason only
/// parts of it, or a copy, go to functions that are not inlined; see [`aside`](Self::aside).
#[derive(Clone)]
pub(crate) struct Cursor<'a, 'f> {
    // INVARIANT: have <= 64, and 0 <= loaded - have <= loaded <= end <= bytes.len() * 8; so no difference below wraps
    bytes: &'a [u8],
    /// The next `have` bits, from the most significant one on.
    window: u64,
    have: u32,
    /// The place behind the bits of the window.
    loaded: usize,
    end: usize,
    pdu: &'static str,
    failure: &'f Failure,
}

/// Where a cursor keeps the first thing that went wrong.
pub(crate) struct Failure(Cell<Option<DecodeError>>);

impl Failure {
    /// Nothing has gone wrong.
    #[inline]
    pub(crate) const fn none() -> Self {
        Self(Cell::new(None))
    }

    #[cold]
    #[inline(never)]
    fn keep(&self, error: DecodeError) {
        let first = self.0.take().unwrap_or(error);
        self.0.set(Some(first));
    }
}

#[expect(
    clippy::inline_always,
    reason = "a call by reference would move the cursor from registers into memory"
)]
impl<'a, 'f> Cursor<'a, 'f> {
    /// Starts at the first bit; `pdu` is the name errors will give.
    #[inline(always)]
    pub(crate) const fn new(bits: Bits<'a>, pdu: &'static str, failure: &'f Failure) -> Self {
        Self {
            bytes: bits.bytes,
            window: 0,
            have: 0,
            loaded: bits.start as usize,
            end: bits.end as usize,
            pdu,
            failure,
        }
    }

    /// Reads `bits` with `read` and returns the outcome, if nothing went wrong.
    #[inline(always)]
    pub(crate) fn decode<T>(
        bits: Bits<'a>,
        pdu: &'static str,
        read: impl FnOnce(&mut Cursor<'a, '_>) -> T,
    ) -> Result<T, DecodeError> {
        let failure = Failure::none();
        let mut cursor = Cursor::new(bits, pdu, &failure);
        let value = read(&mut cursor);
        cursor.done(value)
    }

    /// Returns the bits not yet read.
    #[inline(always)]
    pub(crate) const fn left(&self) -> usize {
        self.end.wrapping_sub(self.position())
    }

    /// Returns the place of the next bit, from the first bit of the octets the input was made on.
    #[inline(always)]
    pub(crate) const fn position(&self) -> usize {
        self.loaded.wrapping_sub(self.have as usize)
    }

    /// Sets the PDU name that errors give from here on.
    #[inline(always)]
    pub(crate) const fn enter(&mut self, pdu: &'static str) {
        self.pdu = pdu;
    }

    /// Takes `width` bits, at most 57, as a number.
    #[inline(always)]
    pub(crate) fn number(&mut self, width: u32, field: &'static str) -> u64 {
        if width > self.have {
            if width as usize > self.left() || width > 57 {
                self.run_out(width as usize, field);
                return 0;
            }
            self.load();
        }
        let value = top(self.window, width);
        self.window = self.window.wrapping_shl(width);
        self.have = self.have.wrapping_sub(width);
        value
    }

    /// Takes `width` bits, at most 64, as a number.
    pub(crate) fn wide_number(&mut self, width: u32, field: &'static str) -> u64 {
        if width as usize > self.left() || width > 64 {
            self.run_out(width as usize, field);
            return 0;
        }
        let value = extract(self.bytes, self.position(), width);
        self.go_to(self.position().wrapping_add(width as usize));
        value
    }

    /// Takes one bit.
    #[inline(always)]
    pub(crate) fn flag(&mut self, field: &'static str) -> bool {
        self.number(1, field) == 1
    }

    /// Takes up to 8 bits.
    #[inline(always)]
    pub(crate) fn u8(&mut self, width: u32, field: &'static str) -> u8 {
        let [low, ..] = self.number(width.min(8), field).to_le_bytes();
        low
    }

    /// Takes up to 16 bits.
    #[inline(always)]
    pub(crate) fn u16(&mut self, width: u32, field: &'static str) -> u16 {
        let [a, b, ..] = self.number(width.min(16), field).to_le_bytes();
        u16::from_le_bytes([a, b])
    }

    /// Takes up to 32 bits.
    #[inline(always)]
    pub(crate) fn u32(&mut self, width: u32, field: &'static str) -> u32 {
        let [a, b, c, d, ..] = self.number(width.min(32), field).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    /// Takes fields that always follow each other, at most 57 bits together, with one look at what is left.
    #[inline(always)]
    pub(crate) fn numbers<const N: usize>(&mut self, fields: [(&'static str, u32); N]) -> [u64; N] {
        let bits = fields
            .iter()
            .fold(0_u32, |sum, (_, width)| sum.wrapping_add(*width));
        if bits > self.have {
            if bits as usize > self.left() {
                self.cut_off(&fields);
                return [0; N];
            }
            self.load();
        }
        let mut word = self.window;
        self.window = word.wrapping_shl(bits);
        self.have = self.have.wrapping_sub(bits);
        fields.map(|(_, width)| {
            let value = top(word, width);
            word = word.wrapping_shl(width);
            value
        })
    }

    /// As [`numbers`](Self::numbers), for fields of up to 8 bits.
    #[inline(always)]
    pub(crate) fn group<const N: usize>(&mut self, fields: [(&'static str, u32); N]) -> [u8; N] {
        self.numbers(fields).map(|value| {
            let [low, ..] = value.to_le_bytes();
            low
        })
    }

    /// Takes a fixed layout of 64 to 113 bits in one piece, as its first 56 bits and the rest.
    #[inline(always)]
    pub(crate) fn layout(&mut self, bits: u32, layout: &[(&'static str, u32)]) -> (u64, u64) {
        if bits as usize > self.left() {
            self.cut_off(layout);
            return (0, 0);
        }
        let start = self.position();
        let end = start.wrapping_add(bits as usize);
        self.go_to(end);
        let head = top(window(self.bytes, start), 56);
        let tail = low(window_before(self.bytes, end), bits.saturating_sub(56));
        (head, tail)
    }

    /// Takes a run of `bit_len` bits without reading it.
    #[inline(always)]
    pub(crate) fn bits(&mut self, bit_len: usize, field: &'static str) -> Bits<'a> {
        if bit_len > self.left() {
            self.run_out(bit_len, field);
            return Bits::EMPTY;
        }
        let start = self.position();
        let end = start.wrapping_add(bit_len);
        self.go_to(end);
        Bits::between(self.bytes, start, end)
    }

    /// Takes everything that is left.
    #[inline(always)]
    pub(crate) fn rest(&mut self) -> Bits<'a> {
        let rest = self.peek_rest();
        self.go_to(self.end);
        rest
    }

    /// Returns everything that is left without taking it.
    #[inline(always)]
    pub(crate) const fn peek_rest(&self) -> Bits<'a> {
        Bits::between(self.bytes, self.position(), self.end)
    }

    /// Returns the next `width` bits, at most 57, without taking them; `None` when fewer are left.
    #[inline(always)]
    pub(crate) fn peek(&mut self, width: u32) -> Option<u64> {
        if width > self.have {
            if width as usize > self.left() || width > 57 {
                return None;
            }
            self.load();
        }
        Some(top(self.window, width))
    }

    /// Reads with a copy and goes on where it ended: for what is rare or long, and is not inlined.
    #[inline(always)]
    pub(crate) fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let mut copy = self.clone();
        let value = read(&mut copy);
        *self = copy;
        value
    }

    /// Refuses a field just read, which began `back` bits before the current place.
    #[inline(always)]
    pub(crate) fn refuse(&mut self, kind: DecodeErrorKind, field: &'static str, back: usize) {
        let at = self.position().saturating_sub(back);
        self.failure
            .keep(DecodeError::new(kind, self.pdu, field, at));
        self.go_to(self.end);
    }

    /// Refuses what is left unless it is filling: fewer than eight zero bits.
    #[inline(always)]
    pub(crate) fn end(&mut self) {
        let bits = self.left();
        if bits != 0 && (bits >= 8 || !self.peek_rest().is_zero()) {
            self.refuse(DecodeErrorKind::Trailing { bits }, "end of the pdu", 0);
        }
    }

    /// Returns what was read, if nothing went wrong.
    #[inline(always)]
    pub(crate) fn done<T>(&self, value: T) -> Result<T, DecodeError> {
        match self.failure.0.take() {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }

    /// Reads items one after the other until `read` gives none or fails, or no bits are left.
    pub(crate) fn each<T>(
        bits: Bits<'a>,
        read: impl Fn(&mut Cursor<'a, '_>) -> Option<T>,
    ) -> impl Iterator<Item = T> {
        let mut rest = bits;
        core::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let step = Cursor::decode(rest, "items", |cursor| (read(cursor), cursor.peek_rest()));
            let (item, behind) = step.ok()?;
            rest = behind;
            item
        })
    }

    /// Starts over a part of the same octets; what goes wrong there goes wrong here.
    #[inline(always)]
    pub(crate) const fn inside(&self, part: Bits<'a>) -> Self {
        Self::new(part, self.pdu, self.failure)
    }

    #[inline(always)]
    fn load(&mut self) {
        let position = self.position();
        (self.window, self.have) = load(self.bytes, position, self.end);
        self.loaded = position.wrapping_add(self.have as usize);
    }

    /// Goes on at another place, with an empty window.
    #[inline(always)]
    const fn go_to(&mut self, position: usize) {
        self.window = 0;
        self.have = 0;
        self.loaded = position;
    }

    /// Fails at the field of a layout in which the bits end.
    #[inline(always)]
    fn cut_off(&mut self, layout: &[(&'static str, u32)]) {
        let (before, field, needed) = cut_off(layout, self.left());
        self.go_to(self.position().wrapping_add(before));
        self.run_out(needed, field);
    }

    #[inline(always)]
    fn run_out(&mut self, needed: usize, field: &'static str) {
        let left = self.left();
        self.refuse(DecodeErrorKind::Truncated { needed, left }, field, 0);
    }
}

/// Finds the field of a layout in which `left` bits end: what stands before it, its name, its width.
#[cold]
fn cut_off(layout: &[(&'static str, u32)], left: usize) -> (usize, &'static str, usize) {
    let mut before = 0_usize;
    for (field, width) in layout {
        let end = before.saturating_add(*width as usize);
        if end > left {
            return (before, field, *width as usize);
        }
        before = end;
    }
    (before, "end of the pdu", 0)
}
