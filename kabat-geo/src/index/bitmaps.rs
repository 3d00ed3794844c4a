//! Which lanes of a node have which capability.

use kabat_core::CapabilitySet;

/// Rows in a cache line.
const LINE: usize = 32;

/// For each of the 128 capabilities the lanes that have it.
///
/// A search reads the rows it needs and no other: one or two cache lines a node, and no bit is folded on another.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(super) struct Bitmaps([u16; 128]);

impl Bitmaps {
    pub(super) const EMPTY: Self = Self([0; 128]);

    pub(super) fn row(&self, bit: u8) -> u16 {
        self.0.get(usize::from(bit & 127)).copied().unwrap_or(0)
    }

    /// Adds a lane to a row.
    pub(super) fn add(&mut self, bit: u8, lane: u16) {
        if let Some(row) = self.0.get_mut(usize::from(bit & 127)) {
            *row |= lane;
        }
    }

    /// Takes a lane out of the first `rows` rows.
    pub(super) fn clear(&mut self, lane: u16, rows: usize) {
        for row in self.0.iter_mut().take(rows) {
            *row &= !lane;
        }
    }

    /// Sets a lane in the rows that a node below has in any of the lanes `among`, clears it in the others, and
    /// returns whether a row has become empty or ceased to be.
    ///
    /// All rows in use are written, eight at a time and without a branch: whether a row turns cannot be guessed.
    #[inline]
    pub(super) fn take(&mut self, lane: u16, below: &Self, among: u16, rows: usize) -> bool {
        let mut turned = false;
        let lines = self
            .0
            .chunks_exact_mut(LINE)
            .zip(below.0.chunks_exact(LINE));
        for (own, below) in lines.take(rows.div_ceil(LINE)) {
            let mut news = 0_u16;
            for (row, below) in own.iter_mut().zip(below) {
                let before = *row;
                *row = before & !lane | if below & among == 0 { 0 } else { lane };
                news |= u16::from((before == 0) != (*row == 0));
            }
            turned |= news != 0;
        }
        turned
    }

    /// Returns the lanes that have all of the bits.
    pub(super) fn having(&self, needs: &Needs) -> u16 {
        let rows = needs.bits().iter().map(|&bit| self.row(bit));
        rows.fold(u16::MAX, |lanes, row| lanes & row)
    }
}

/// Sets or clears a lane and returns whether the row has become empty or ceased to be.
pub(super) const fn mark(row: &mut u16, lane: u16, on: bool) -> bool {
    let before = *row;
    *row = if on { before | lane } else { before & !lane };
    (before == 0) != (*row == 0)
}

/// The capabilities in a set, lowest first.
pub(super) fn each(set: CapabilitySet) -> impl Iterator<Item = u8> {
    // INVARIANT: both halves fit in 64 bits, and a word that is not 0 has fewer than 64 trailing zeros.
    let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or(0);
    let (mut word, mut next, mut base) = (half(set.bits()), half(set.bits() >> 64), 0);
    std::iter::from_fn(move || {
        if word == 0 {
            (word, next, base) = (next, 0, 64);
        }
        let rest = word.checked_sub(1)?;
        let bit = u8::try_from(word.trailing_zeros()).unwrap_or(63);
        word &= rest;
        Some(base + bit)
    })
}

/// What is asked of a unit, as rows to read.
#[derive(Debug)]
pub(super) struct Needs {
    bits: [u8; 128],
    count: usize,
    /// Only units that can be sent.
    pub(super) free: bool,
}

impl Needs {
    pub(super) fn new(set: CapabilitySet, free: bool) -> Self {
        let mut needs = Self {
            bits: [0; 128],
            count: 0,
            free,
        };
        for (place, bit) in needs.bits.iter_mut().zip(each(set)) {
            *place = bit;
            needs.count += 1;
        }
        needs
    }

    fn bits(&self) -> &[u8] {
        self.bits.get(..self.count).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::{Bitmaps, Needs, each, mark};
    use kabat_core::CapabilitySet;

    fn set(bits: &[u8]) -> CapabilitySet {
        let mut set = CapabilitySet::EMPTY;
        for &bit in bits {
            set.insert(bit);
        }
        set
    }

    #[test]
    fn every_capability_is_listed_once_lowest_first() {
        for bits in [
            &[][..],
            &[0],
            &[63],
            &[64],
            &[127],
            &[0, 63, 64, 127],
            &[5, 6, 62, 65, 100],
        ] {
            assert!(each(set(bits)).eq(bits.iter().copied()));
        }
        assert!(each(CapabilitySet::from_bits(u128::MAX)).eq(0..128));
    }

    #[test]
    fn a_mark_says_when_a_row_becomes_empty_or_ceases_to_be() {
        let mut row = 0;
        for (lane, on, turned, after) in [
            (4, true, true, 4),
            (4, true, false, 4),
            (1, true, false, 5),
            (4, false, false, 1),
            (4, false, false, 1),
            (1, false, true, 0),
            (1, false, false, 0),
        ] {
            assert_eq!((mark(&mut row, lane, on), row), (turned, after));
        }
    }

    #[test]
    fn lanes_have_what_was_added_and_not_cleared() {
        let mut maps = Bitmaps::EMPTY;
        for (bit, lane) in [(0, 1), (0, 2), (40, 1), (127, 2)] {
            maps.add(bit, lane);
        }
        let having = |maps: &Bitmaps, bits: &[u8]| maps.having(&Needs::new(set(bits), false));
        assert_eq!(having(&maps, &[]), u16::MAX);
        assert_eq!(having(&maps, &[0]), 3);
        assert_eq!(having(&maps, &[0, 40]), 1);
        assert_eq!(having(&maps, &[0, 127]), 2);
        assert_eq!(having(&maps, &[40, 127]), 0);
        assert_eq!(having(&maps, &[1]), 0);
        // Rows from the given number on are not touched.
        maps.clear(1, 40);
        assert_eq!((maps.row(0), maps.row(40)), (2, 1));
        maps.clear(1, 41);
        assert_eq!(maps.row(40), 0);
    }

    #[test]
    fn a_lane_takes_what_is_below_and_says_whether_that_is_news() {
        let mut below = Bitmaps::EMPTY;
        below.add(3, 0b10);
        below.add(33, 0b01);
        let mut above = Bitmaps::EMPTY;
        assert!(above.take(8, &below, u16::MAX, 34));
        assert_eq!((above.row(3), above.row(33), above.row(4)), (8, 8, 0));
        assert!(!above.take(8, &below, u16::MAX, 34));
        // A second lane with the same is no news for those above.
        assert!(!above.take(1, &below, u16::MAX, 34));
        assert_eq!(above.row(3), 9);
        // Only lane 0b01 counts: row 3 loses both one after the other, row 33 keeps them.
        assert!(!above.take(8, &below, 0b01, 34));
        assert!(above.take(1, &below, 0b01, 34));
        assert_eq!((above.row(3), above.row(33)), (0, 9));
        // Rows beyond the last line in use are left out.
        let mut few = Bitmaps::EMPTY;
        assert!(few.take(8, &below, u16::MAX, 32));
        assert_eq!((few.row(3), few.row(33)), (8, 0));
    }
}
