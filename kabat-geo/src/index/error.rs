//! What an index refuses.

use kabat_core::ResourceId;

/// An operation that the unit index refused; the index is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// No unit has this id.
    #[error("unit `{id}` is not in the index")]
    UnknownUnit {
        /// The id given.
        id: ResourceId,
    },
    /// The same id came twice in one load.
    #[error("unit `{id}` is listed twice")]
    DuplicateUnit {
        /// The id given.
        id: ResourceId,
    },
    /// A fix arrived that is not newer than the last one.
    #[error("fix `{given}` of unit `{id}` is not newer than fix `{last}`")]
    StaleFix {
        /// The unit.
        id: ResourceId,
        /// The sequence number given.
        given: u64,
        /// The last sequence number taken in.
        last: u64,
    },
    /// The index holds as many units as it can address.
    #[error("unit `{id}` does not fit: the index holds 134217728 already")]
    Full {
        /// The id given.
        id: ResourceId,
    },
    /// A handle of a unit that has been removed, or of another index.
    #[error("handle names no unit of this index")]
    StaleHandle,
    /// A rebuilt tree was handed to an index that did not ask for it.
    #[error("rebuild `{given}` is not the one that was begun last")]
    ForeignRebuild {
        /// The number of the rebuild given.
        given: u64,
    },
}
