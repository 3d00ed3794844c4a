//! What happens to units, as data.

use kabat_core::{Position, ResourceId, ResourceStatus};

use super::{IndexError, Unit, UnitIndex};

/// One thing that happens to a unit: what a radio gateway or a dispatch system reports.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "change", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum UnitChange {
    /// It logs on, or all that is known of it is replaced.
    Upsert(Unit),
    /// It is somewhere else; with a `sequence`, only when the fix is newer than the last numbered one.
    Move {
        /// The unit.
        id: ResourceId,
        /// Where it is now.
        position: Position,
        /// The number of the fix.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Option::is_none")
        )]
        sequence: Option<u64>,
    },
    /// It does something else.
    SetStatus {
        /// The unit.
        id: ResourceId,
        /// What it does now.
        status: ResourceStatus,
    },
    /// It logs off.
    Remove {
        /// The unit.
        id: ResourceId,
    },
}

impl UnitIndex {
    /// Takes in one change.
    ///
    /// # Errors
    /// Those of [`upsert`](Self::upsert), [`move_to`](Self::move_to), [`move_in_order`](Self::move_in_order),
    /// [`set_status`](Self::set_status) and [`remove`](Self::remove); the index is unchanged then.
    pub fn apply(&mut self, change: UnitChange) -> Result<(), IndexError> {
        match change {
            UnitChange::Upsert(unit) => self.upsert(unit).map(drop),
            UnitChange::Move {
                id,
                position,
                sequence: None,
            } => self.move_to(id, position),
            UnitChange::Move {
                id,
                position,
                sequence: Some(sequence),
            } => self.move_in_order(id, position, sequence),
            UnitChange::SetStatus { id, status } => self.set_status(id, status),
            UnitChange::Remove { id } => self.remove(id).map(drop),
        }
    }
}
