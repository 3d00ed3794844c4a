//! A short form of a capability set for the nodes of the tree.

use kabat_core::CapabilitySet;

/// 62 folded capability bits, "is in the index" and "can be sent", in two words that vector code can compare.
///
/// Capability bits 62 and up share a bit with a lower one. That can only cost time: the full set is compared
/// on every unit before it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) low: u32,
    pub(super) high: u32,
}

impl Signature {
    pub(super) const NONE: Self = Self { low: 0, high: 0 };
    const FOLD: u128 = (1 << 62) - 1;
    const PRESENT: u32 = 1 << 30;
    const ASSIGNABLE: u32 = 1 << 31;

    pub(super) fn new(capabilities: CapabilitySet, assignable: bool) -> Self {
        let bits = capabilities.bits();
        let folded = (bits | bits >> 62 | bits >> 124) & Self::FOLD;
        // INVARIANT: `folded` has 62 bits, so both halves fit.
        let low = u32::try_from(folded & 0xffff_ffff).unwrap_or(u32::MAX);
        let high = u32::try_from(folded >> 32).unwrap_or(u32::MAX);
        let state = if assignable {
            Self::PRESENT | Self::ASSIGNABLE
        } else {
            Self::PRESENT
        };
        Self {
            low,
            high: high | state,
        }
    }

    /// Returns the upper word of a unit that can be sent, or not, and is otherwise the same.
    pub(super) const fn flipped(high: u32, assignable: bool) -> u32 {
        if assignable {
            high | Self::ASSIGNABLE
        } else {
            high & !Self::ASSIGNABLE
        }
    }
}
