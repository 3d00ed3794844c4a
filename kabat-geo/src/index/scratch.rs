//! Room for a search, kept between searches so that none allocates.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Room for a search; make one per thread and give it to every query.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    /// Squared lower bound (bits of a non-negative f32, so they order as the number does), then the node.
    pub(super) open: BinaryHeap<Reverse<u64>>,
    /// Squared chord, id, number; ascending.
    pub(super) best: Vec<(f64, u128, u32)>,
    pub(super) hits: Vec<super::Hit>,
}

impl Scratch {
    /// Makes room for searches of up to `k` units.
    pub fn with_capacity(k: usize) -> Self {
        Self {
            open: BinaryHeap::with_capacity(4096),
            best: Vec::with_capacity(k.saturating_add(1)),
            hits: Vec::with_capacity(k),
        }
    }
}

pub(super) fn key(bound: f32, node: u32) -> Reverse<u64> {
    Reverse(u64::from(bound.to_bits()) << 32 | u64::from(node))
}
