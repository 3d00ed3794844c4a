use super::{Bits, small};

/// The octets of a [`Bits`] run, from [`Bits::octets`].
#[derive(Clone, Debug)]
pub struct Octets<'a> {
    rest: Bits<'a>,
}

impl<'a> Octets<'a> {
    pub(super) const fn of(rest: Bits<'a>) -> Self {
        Self { rest }
    }
}

impl Iterator for Octets<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let left = self.rest.len().min(8);
        if left == 0 {
            return None;
        }
        let [low, ..] = self.rest.number(0, small(left))?.to_le_bytes();
        self.rest = self
            .rest
            .slice(left, self.rest.len().saturating_sub(left))?;
        Some(low.wrapping_shl(8_u32.saturating_sub(small(left))))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.rest.len().div_ceil(8);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Octets<'_> {}
