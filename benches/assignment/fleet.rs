//! A made-up fleet in a made-up country of the size of Belgium.

use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
use kabat_geo::Unit;

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
    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Four units in five around one of 30 centres, the others anywhere.
pub(crate) fn place(random: &mut Random) -> Position {
    let centre = random.below(30);
    let mut town = Random(centre + 1);
    let (lat, lon) = (49.8 + town.part() * 1.5, 2.8 + town.part() * 3.2);
    let spread = if random.below(5) == 0 { 1.5 } else { 0.08 };
    let mut off = || (random.part() + random.part() + random.part() - 1.5) * spread;
    let (lat, lon) = (lat + off(), lon + off() * 1.5);
    Position::from_degrees(lat.clamp(49.5, 51.5), lon.clamp(2.5, 6.4)).unwrap()
}

/// Agencies are bits 0-3 (50, 20, 25 and 5 %), with 80, 30 and 5 % capabilities each; bit 16 is 1 in 1,000.
pub(crate) fn fleet(count: u64) -> Vec<Unit> {
    let mut random = Random(1);
    (0..count)
        .map(|n| {
            let agency = match random.below(100) {
                0..50 => 0,
                50..70 => 1,
                70..95 => 2,
                _ => 3,
            };
            let mut capabilities = CapabilitySet::EMPTY;
            capabilities.insert(agency);
            for (kind, percent) in [(0, 80), (1, 30), (2, 5)] {
                if random.below(100) < percent {
                    capabilities.insert(4 + agency * 3 + kind);
                }
            }
            if random.below(1000) == 0 {
                capabilities.insert(16);
            }
            let free = random.below(10) < 6;
            Unit {
                id: ResourceId::v7(
                    n,
                    Random(n).next().to_le_bytes().repeat(2)[..10]
                        .try_into()
                        .unwrap(),
                ),
                position: place(&mut random),
                capabilities,
                status: if free {
                    ResourceStatus::Available
                } else {
                    ResourceStatus::OnScene
                },
            }
        })
        .collect()
}

pub(crate) fn set(bits: &[u8]) -> CapabilitySet {
    let mut set = CapabilitySet::EMPTY;
    for &bit in bits {
        set.insert(bit);
    }
    set
}

pub(crate) fn classes() -> [(&'static str, CapabilitySet); 3] {
    [
        ("common", set(&[0, 4])),
        ("mid", set(&[3, 14])),
        ("rare", set(&[16])),
    ]
}

pub(crate) fn plane(at: Position) -> [f64; 2] {
    [at.longitude().degrees() * 0.634_4, at.latitude().degrees()]
}

pub(crate) fn fits(unit: &Unit, needs: CapabilitySet) -> bool {
    unit.status.is_assignable() && unit.capabilities.contains_all(needs)
}

pub(crate) fn nudge(random: &mut Random, at: Position) -> Position {
    let mut off = || (random.part() - 0.5) * 0.0025;
    let (lat, lon) = (
        at.latitude().degrees() + off(),
        at.longitude().degrees() + off(),
    );
    Position::from_degrees(lat, lon).unwrap()
}
