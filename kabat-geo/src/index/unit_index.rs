//! The units, and what changes them.

use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};

use super::ecef::Ecef;
use super::id_table::IdTable;
use super::rebuild::Journal;
use super::tree::{Passenger, Seat, Tree};
use super::{Hit, IndexError, IndexHealth, Unit, UnitHandle};

/// Seats are numbered with 32 bits, and a leaf with one unit takes sixteen of them.
const MOST_UNITS: usize = 1 << 27;

/// What a move or a status change reads of a unit: as little as possible, for it is seldom in the cache.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) seat: Option<Seat>,
    generation: u32,
    pub(super) status: ResourceStatus,
    pub(super) live: bool,
}

/// The units that can be sent, found by distance and capability while they move.
///
/// A packed tree whose nodes carry the capabilities of the units below: a search opens only nodes where a unit
/// with the needed capabilities may be, so a rare capability is as cheap as a common one. A move widens boxes, a
/// status change marks the path to the root as far as it matters there; [`health`](Self::health) says when a rebuild
/// pays. Answers are exact at all times. Units are ranked by the chord between WGS84 vectors, ties by id.
///
/// ```
/// use kabat_core::{Capability, CapabilityVocabulary, Position, ResourceId, ResourceStatus};
/// use kabat_geo::{Request, Unit, UnitIndex};
///
/// let vocabulary = CapabilityVocabulary::standard();
/// let ambulance = vocabulary.set_of([&Capability::AMBULANCE])?;
/// let mut index = UnitIndex::new();
/// for (n, lat) in [(1, 50.90), (2, 50.86)] {
///     index.upsert(Unit {
///         id: ResourceId::v7(n, [0; 10]),
///         position: Position::from_degrees(lat, 4.35)?,
///         capabilities: ambulance,
///         status: ResourceStatus::Available,
///     })?;
/// }
/// let request = Request::new(Position::from_degrees(50.85, 4.35)?, ambulance);
/// let nearest = index.nearest(&request, 1);
/// assert_eq!(nearest[0].unit.id, ResourceId::v7(2, [0; 10]));
/// assert!((nearest[0].distance.get() - 1_112.5).abs() < 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct UnitIndex {
    pub(super) tree: Tree,
    numbers: IdTable,
    pub(super) slots: Vec<Slot>,
    pub(super) ids: Vec<u128>,
    pub(super) capabilities: Vec<CapabilitySet>,
    pub(super) positions: Vec<Position>,
    sequences: Vec<Option<u64>>,
    vacant: Vec<u32>,
    pub(super) rebuilds: u64,
    pub(super) journal: Option<Journal>,
}

impl Default for UnitIndex {
    fn default() -> Self {
        Self::new()
    }
}

impl UnitIndex {
    /// Makes an index without units.
    pub fn new() -> Self {
        Self {
            tree: Tree::build(&[], |_, _| ()),
            numbers: IdTable::default(),
            slots: Vec::new(),
            ids: Vec::new(),
            capabilities: Vec::new(),
            positions: Vec::new(),
            sequences: Vec::new(),
            vacant: Vec::new(),
            rebuilds: 0,
            journal: None,
        }
    }

    /// Loads many units at once, which is much faster than one by one.
    ///
    /// # Errors
    /// [`IndexError::DuplicateUnit`] when an id comes twice, [`IndexError::Full`] at 134,217,728 units.
    pub fn from_units(units: impl IntoIterator<Item = Unit>) -> Result<Self, IndexError> {
        let mut index = Self::new();
        for unit in units {
            if index.number(unit.id).is_ok() {
                return Err(IndexError::DuplicateUnit { id: unit.id });
            }
            index.add(unit)?;
        }
        index.rebuild();
        Ok(index)
    }

    fn add(&mut self, unit: Unit) -> Result<u32, IndexError> {
        let id = bits(unit.id);
        let mut slot = Slot {
            seat: None,
            generation: 0,
            status: unit.status,
            live: true,
        };
        if let Some(number) = self.vacant.pop() {
            let place = number as usize;
            if let (Some(old), Some(old_id), Some(known), Some(position), Some(sequence)) = (
                self.slots.get_mut(place),
                self.ids.get_mut(place),
                self.capabilities.get_mut(place),
                self.positions.get_mut(place),
                self.sequences.get_mut(place),
            ) {
                slot.generation = old.generation;
                (*old, *old_id, *known) = (slot, id, unit.capabilities);
                (*position, *sequence) = (unit.position, None);
                self.numbers.insert(id, number, &self.ids);
                return Ok(number);
            }
        }
        let number = u32::try_from(self.slots.len())
            .ok()
            .filter(|&number| (number as usize) < MOST_UNITS)
            .ok_or(IndexError::Full { id: unit.id })?;
        self.slots.push(slot);
        self.ids.push(id);
        self.capabilities.push(unit.capabilities);
        self.positions.push(unit.position);
        self.sequences.push(None);
        self.numbers.insert(id, number, &self.ids);
        Ok(number)
    }

    /// Logs a unit on, or replaces all that is known of it; its sequence of fixes begins anew.
    ///
    /// # Errors
    /// [`IndexError::Full`] at 134,217,728 units.
    pub fn upsert(&mut self, unit: Unit) -> Result<UnitHandle, IndexError> {
        let number = match self.number(unit.id) {
            Ok(number) => {
                self.unseat(number);
                let place = number as usize;
                if let (Some(slot), Some(known), Some(position), Some(sequence)) = (
                    self.slots.get_mut(place),
                    self.capabilities.get_mut(place),
                    self.positions.get_mut(place),
                    self.sequences.get_mut(place),
                ) {
                    (*known, slot.status) = (unit.capabilities, unit.status);
                    (*position, *sequence) = (unit.position, None);
                }
                number
            }
            Err(_) => self.add(unit)?,
        };
        self.seat(number);
        if self.tree.overflow_leaves() > 8 + self.slots.len() / 512 {
            self.rebuild();
        }
        Ok(self.handle_of(number))
    }

    fn handle_of(&self, number: u32) -> UnitHandle {
        let slot = self.slots.get(number as usize);
        UnitHandle {
            number,
            generation: slot.map_or(0, |slot| slot.generation),
        }
    }

    /// Returns the short name of a unit.
    pub fn handle(&self, id: ResourceId) -> Option<UnitHandle> {
        let number = self.number(id).ok()?;
        Some(self.handle_of(number))
    }

    pub(super) fn seat(&mut self, number: u32) {
        let place = number as usize;
        if let (Some(slot), Some(&position), Some(&capabilities)) = (
            self.slots.get_mut(place),
            self.positions.get(place),
            self.capabilities.get(place),
        ) {
            slot.seat = Some(self.tree.insert(&Passenger {
                at: Ecef::of(position),
                capabilities,
                free: slot.status.is_assignable(),
                unit: number,
            }));
        }
        self.note(number);
    }

    fn unseat(&mut self, number: u32) {
        if let Some(slot) = self.slots.get_mut(number as usize)
            && let Some(seat) = slot.seat.take()
        {
            self.tree.remove(seat);
        }
        self.note(number);
    }

    fn note(&mut self, number: u32) {
        if let Some(journal) = &mut self.journal {
            journal.note(number);
        }
    }

    fn number(&self, id: ResourceId) -> Result<u32, IndexError> {
        self.numbers
            .get(bits(id), &self.ids)
            .ok_or(IndexError::UnknownUnit { id })
    }

    fn slot(&mut self, handle: UnitHandle) -> Result<&mut Slot, IndexError> {
        self.slots
            .get_mut(handle.number as usize)
            .filter(|slot| slot.live && slot.generation == handle.generation)
            .ok_or(IndexError::StaleHandle)
    }

    /// Moves a unit.
    ///
    /// # Errors
    /// [`IndexError::UnknownUnit`].
    pub fn move_to(&mut self, id: ResourceId, position: Position) -> Result<(), IndexError> {
        let number = self.number(id)?;
        self.shift(number, position);
        Ok(())
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
        self.slot(handle)?;
        self.shift(handle.number, position);
        Ok(())
    }

    /// Moves a unit when the fix is newer than the last one given here; radio may deliver fixes out of order.
    ///
    /// # Errors
    /// [`IndexError::UnknownUnit`], [`IndexError::StaleFix`].
    pub fn move_in_order(
        &mut self,
        id: ResourceId,
        position: Position,
        sequence: u64,
    ) -> Result<(), IndexError> {
        let number = self.number(id)?;
        if let Some(known) = self.sequences.get_mut(number as usize) {
            if let Some(last) = known.filter(|&last| sequence <= last) {
                return Err(IndexError::StaleFix {
                    id,
                    given: sequence,
                    last,
                });
            }
            *known = Some(sequence);
        }
        self.shift(number, position);
        Ok(())
    }

    fn shift(&mut self, number: u32, position: Position) {
        let place = number as usize;
        if let (Some(slot), Some(known)) = (self.slots.get(place), self.positions.get_mut(place)) {
            *known = position;
            if slot
                .seat
                .is_some_and(|seat| self.tree.shift(seat, Ecef::of(position)))
            {
                return self.note(number);
            }
        }
        self.unseat(number);
        self.seat(number);
    }

    /// Sets what a unit is doing.
    ///
    /// # Errors
    /// [`IndexError::UnknownUnit`].
    pub fn set_status(&mut self, id: ResourceId, status: ResourceStatus) -> Result<(), IndexError> {
        let number = self.number(id)?;
        self.flip(number, status);
        Ok(())
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
        self.slot(handle)?;
        self.flip(handle.number, status);
        Ok(())
    }

    fn flip(&mut self, number: u32, status: ResourceStatus) {
        let Some(slot) = self.slots.get_mut(number as usize) else {
            return;
        };
        slot.status = status;
        let changed = slot
            .seat
            .is_some_and(|seat| self.tree.flip(seat, status.is_assignable()));
        if changed {
            self.note(number);
        }
    }

    /// Logs a unit off and returns what was known of it.
    ///
    /// # Errors
    /// [`IndexError::UnknownUnit`].
    pub fn remove(&mut self, id: ResourceId) -> Result<Unit, IndexError> {
        let number = self.number(id)?;
        let unit = self.unit(number).ok_or(IndexError::UnknownUnit { id })?;
        self.numbers.remove(bits(id), &self.ids);
        self.unseat(number);
        if let Some(slot) = self.slots.get_mut(number as usize) {
            slot.live = false;
            slot.generation = slot.generation.wrapping_add(1);
        }
        self.vacant.push(number);
        Ok(unit)
    }

    /// Returns what is known of a unit.
    pub fn get(&self, id: ResourceId) -> Option<Unit> {
        self.number(id).ok().and_then(|number| self.unit(number))
    }

    /// Returns what is known of a unit just found, without looking its id up.
    pub(crate) fn found(&self, hit: &Hit) -> Option<Unit> {
        self.unit(hit.number).filter(|unit| unit.id == hit.id)
    }

    pub(super) fn unit(&self, number: u32) -> Option<Unit> {
        let place = number as usize;
        let slot = self.slots.get(place).filter(|slot| slot.live)?;
        Some(Unit {
            id: resource(*self.ids.get(place)?),
            position: *self.positions.get(place)?,
            capabilities: *self.capabilities.get(place)?,
            status: slot.status,
        })
    }

    /// Returns the number of units.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Returns whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how well the tree still fits the units; reads every branch, so ask now and then.
    pub fn health(&self) -> IndexHealth {
        IndexHealth {
            units: self.len(),
            overflow_blocks: self.tree.overflow_leaves(),
            growth: self.tree.growth(),
        }
    }
}

pub(super) fn bits(id: ResourceId) -> u128 {
    id.as_uuid().as_u128()
}

pub(super) fn resource(bits: u128) -> ResourceId {
    ResourceId::from_uuid(kabat_core::uuid::Uuid::from_u128(bits))
}
