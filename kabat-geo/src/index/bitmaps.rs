//! Which lanes of a node have which capability.

use kabat_core::CapabilitySet;

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

    /// Sets or clears a lane and returns whether the row has become empty or ceased to be.
    pub(super) fn mark(&mut self, bit: u8, lane: u16, on: bool) -> bool {
        self.0
            .get_mut(usize::from(bit & 127))
            .is_some_and(|row| mark(row, lane, on))
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
    let mut left = set.bits();
    std::iter::from_fn(move || {
        // INVARIANT: a u128 that is not 0 has fewer than 128 trailing zeros.
        let bit = u8::try_from(left.trailing_zeros()).ok()?;
        left &= left.checked_sub(1)?;
        Some(bit)
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
