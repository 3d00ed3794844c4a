//! A short name for a unit in an index.

/// A short name for a unit in one index, for those who send many fixes: no id has to be looked up.
///
/// It holds from [`UnitIndex::upsert`](crate::UnitIndex::upsert) until the unit is removed, through every move,
/// status change, further upsert and rebuild, and in clones of the index. A handle of a removed unit is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitHandle {
    pub(super) number: u32,
    pub(super) generation: u32,
}
