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
