//! A hash for ids.

use std::hash::Hasher;

/// Ids are UUIDs, random or by time and random: one multiplication spreads them well enough.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Ok(id) = bytes.try_into() {
            return self.write_u128(u128::from_le_bytes(id));
        }
        for &byte in bytes {
            self.0 = (self.0.rotate_left(8) ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn write_u128(&mut self, id: u128) {
        self.0 = hash(id);
    }
}

pub(super) fn hash(id: u128) -> u64 {
    // INVARIANT: both halves fit in 64 bits.
    let high = u64::try_from(id >> 64).unwrap_or(0);
    let low = u64::try_from(id & u128::from(u64::MAX)).unwrap_or(0);
    let mixed = (high.rotate_left(29) ^ low).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}
