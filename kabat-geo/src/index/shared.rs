//! One writer and many readers.

use std::sync::{Arc, PoisonError, RwLock};

use kabat_core::{Position, ResourceStatus};

use super::{IndexError, IndexHealth, Unit, UnitChange, UnitHandle, UnitIndex};

/// The side of the writer: it changes a copy of its own, and readers see nothing until it publishes.
///
/// There are two copies. [`publish`](Self::publish) swaps them, and what the other one has missed is repeated on it
/// at the next change, so every change is made twice; at 18,000 moves a second that is some 3 ms of a core. When a
/// reader still holds the old copy at that time, it keeps it, and the writer makes a new one. Nobody waits for anybody,
/// not even for a rebuild. Publish every 10 to 100 ms: that is how old an answer may be.
///
/// ```
/// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
/// use kabat_geo::{Request, Unit, UnitChange, UnitIndex, UnitWriter};
///
/// let mut writer = UnitWriter::new(UnitIndex::new());
/// let reader = writer.reader(); // clone it for every thread
/// let at = Position::from_degrees(50.85, 4.35)?;
/// writer.apply(UnitChange::Upsert(Unit {
///     id: ResourceId::v7(1, [0; 10]),
///     position: at,
///     capabilities: CapabilitySet::EMPTY,
///     status: ResourceStatus::Available,
/// }))?;
/// assert!(reader.snapshot().is_empty());
/// writer.publish();
/// let request = Request::new(at, CapabilitySet::EMPTY);
/// assert_eq!(reader.snapshot().nearest(&request, 3).len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct UnitWriter {
    published: Arc<RwLock<Arc<UnitIndex>>>,
    own: Arc<UnitIndex>,
    /// What the published copy has and the own one has not.
    missed: Vec<Step>,
    /// What the own copy has and the published one has not.
    news: Vec<Step>,
}

/// A change that went well once, and goes well again on the other copy: both have the same units and numbers.
#[derive(Debug, Clone, Copy)]
enum Step {
    Change(UnitChange),
    Move(UnitHandle, Position),
    SetStatus(UnitHandle, ResourceStatus),
    Rebuild,
}

impl Step {
    fn repeat(self, index: &mut UnitIndex) -> Result<(), IndexError> {
        match self {
            Self::Change(change) => index.apply(change),
            Self::Move(handle, position) => index.move_handle(handle, position),
            Self::SetStatus(handle, status) => index.set_handle_status(handle, status),
            Self::Rebuild => {
                index.rebuild();
                Ok(())
            }
        }
    }
}

impl UnitWriter {
    /// Shares an index.
    pub fn new(index: UnitIndex) -> Self {
        let own = Arc::new(index);
        Self {
            published: Arc::new(RwLock::new(Arc::clone(&own))),
            own,
            missed: Vec::new(),
            news: Vec::new(),
        }
    }

    /// Returns the side of a reader.
    pub fn reader(&self) -> UnitReader {
        UnitReader {
            published: Arc::clone(&self.published),
        }
    }

    fn step(&mut self, step: Step) -> Result<(), IndexError> {
        let own = Arc::make_mut(&mut self.own);
        for missed in self.missed.drain(..) {
            // INVARIANT: it went well on the other copy, which was the same.
            let _ = missed.repeat(own);
        }
        step.repeat(own)?;
        self.news.push(step);
        Ok(())
    }

    /// Takes in one change.
    ///
    /// # Errors
    /// Those of [`UnitIndex::apply`]; nothing is changed then.
    pub fn apply(&mut self, change: UnitChange) -> Result<(), IndexError> {
        self.step(Step::Change(change))
    }

    /// Logs a unit on and returns its short name, which is good for every copy.
    ///
    /// # Errors
    /// Those of [`UnitIndex::upsert`].
    pub fn upsert(&mut self, unit: Unit) -> Result<UnitHandle, IndexError> {
        self.apply(UnitChange::Upsert(unit))?;
        self.own
            .handle(unit.id)
            .ok_or(IndexError::UnknownUnit { id: unit.id })
    }

    /// Moves a unit by its short name.
    ///
    /// # Errors
    /// [`IndexError::StaleHandle`].
    pub fn move_handle(
        &mut self,
        handle: UnitHandle,
        position: Position,
    ) -> Result<(), IndexError> {
        self.step(Step::Move(handle, position))
    }

    /// Sets what a unit is doing, by its short name.
    ///
    /// # Errors
    /// [`IndexError::StaleHandle`].
    pub fn set_handle_status(
        &mut self,
        handle: UnitHandle,
        status: ResourceStatus,
    ) -> Result<(), IndexError> {
        self.step(Step::SetStatus(handle, status))
    }

    /// Builds the tree of the own copy anew, and that of the other one after the next [`publish`](Self::publish).
    pub fn rebuild(&mut self) {
        // INVARIANT: a rebuild does not fail.
        let _ = self.step(Step::Rebuild);
    }

    /// Lets the readers see all changes so far.
    pub fn publish(&mut self) {
        if self.news.is_empty() {
            return;
        }
        {
            let mut published = self
                .published
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            std::mem::swap(&mut *published, &mut self.own);
        }
        // The lists change places too, so that neither is ever allocated anew.
        std::mem::swap(&mut self.missed, &mut self.news);
    }

    /// Returns how well the tree that readers use fits the units.
    pub fn health(&self) -> IndexHealth {
        self.reader().snapshot().health()
    }
}

/// The side of a reader; clone it for every thread.
#[derive(Debug, Clone)]
pub struct UnitReader {
    published: Arc<RwLock<Arc<UnitIndex>>>,
}

impl UnitReader {
    /// Returns the index as it was published last. It does not change while it is held; hold it for one decision.
    pub fn snapshot(&self) -> Arc<UnitIndex> {
        // The lock is held by the writer for a swap of two pointers only.
        let published = self
            .published
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&published)
    }
}
