//! How well an index still fits its units.

/// How well the tree still fits the units.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct IndexHealth {
    /// Units in the index.
    pub units: usize,
    /// Blocks of up to 16 units that every query reads because they fit nowhere in the tree.
    pub overflow_blocks: usize,
    /// Size of the leaf boxes over their size when the tree was built.
    pub growth: f64,
}

impl IndexHealth {
    /// Returns whether a rebuild pays: the boxes have doubled, or the overflow is long.
    pub fn wants_rebuild(&self) -> bool {
        self.growth > 2.0 || self.overflow_blocks > 8
    }
}
