//! Numbers that look random and are the same on every run (splitmix64).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kabat_core::ResourceId;

pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// From 0 to 1.
    pub(crate) fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / f64::from(u32::MAX)
    }

    pub(crate) fn id(n: u64) -> ResourceId {
        let mut random = [0; 10];
        for (byte, drawn) in random.iter_mut().zip(Random(n).next().to_le_bytes()) {
            *byte = drawn;
        }
        ResourceId::v7(n, random)
    }
}
