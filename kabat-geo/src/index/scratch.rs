//! Room for a search, kept between searches so that none allocates.

use super::hit::Hit;
use super::tree::Opened;

/// Room for a search; make one per thread and give it to every query.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    /// One branch a level.
    pub(super) stack: Vec<Opened>,
    /// Squared chord and number.
    pub(super) best: Vec<(f64, u32)>,
    pub(super) hits: Vec<Hit>,
}

impl Scratch {
    /// Makes room for searches of up to `k` units.
    pub fn with_capacity(k: usize) -> Self {
        Self {
            stack: Vec::with_capacity(8),
            best: Vec::with_capacity(k.saturating_mul(2).saturating_add(1)),
            hits: Vec::with_capacity(k),
        }
    }
}
