//! Building the tree anew, here or on another thread.

use super::ecef::Ecef;
use super::tree::{Passenger, Seat, Tree};
use super::{IndexError, UnitIndex};

impl UnitIndex {
    /// Builds the tree anew, here and now.
    pub fn rebuild(&mut self) {
        let built = self.begin_rebuild().build();
        // INVARIANT: it is the one begun just now, so it is never foreign.
        let _ = self.finish_rebuild(built);
    }

    /// Copies what a new tree needs, so that another thread can build it while this index is read and written.
    pub fn begin_rebuild(&mut self) -> RebuildJob {
        self.rebuilds += 1;
        self.journal = Some(Journal::default());
        let live = (0..).zip(&self.slots).filter(|(_, slot)| slot.live);
        let passengers = live.map(|(number, slot)| Passenger {
            at: slot
                .seat
                .and_then(|seat| self.tree.at.get(seat.place()).copied())
                .or_else(|| self.positions.get(number as usize).copied().map(Ecef::of))
                .unwrap_or(Ecef([0.0; 3])),
            capabilities: self
                .capabilities
                .get(number as usize)
                .copied()
                .unwrap_or_default(),
            free: slot.status.is_assignable(),
            unit: number,
        });
        RebuildJob {
            number: self.rebuilds,
            passengers: passengers.collect(),
            slots: self.slots.len(),
        }
    }

    /// Swaps a new tree in and repeats what happened since it was begun.
    ///
    /// # Errors
    /// [`IndexError::ForeignRebuild`] when another rebuild was begun or finished since; the tree in use stays.
    pub fn finish_rebuild(&mut self, built: BuiltTree) -> Result<(), IndexError> {
        if built.number != self.rebuilds || self.journal.is_none() {
            return Err(IndexError::ForeignRebuild {
                given: built.number,
            });
        }
        let journal = self.journal.take().unwrap_or_default();
        let BuiltTree { seats, tree, .. } = built;
        self.tree = tree;
        for (place, slot) in self.slots.iter_mut().enumerate() {
            slot.seat = seats.get(place).copied().flatten();
        }
        for number in journal.touched() {
            if let Some(slot) = self.slots.get_mut(number as usize) {
                if let Some(seat) = slot.seat.take() {
                    self.tree.remove(seat);
                }
                if slot.live {
                    self.seat(number);
                }
            }
        }
        Ok(())
    }
}

/// Units touched since a rebuild was begun: one bit each.
#[derive(Debug, Clone, Default)]
pub(super) struct Journal(Vec<u64>);

impl Journal {
    pub(super) fn note(&mut self, number: u32) {
        let word = number as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (number % 64);
        }
    }

    fn touched(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.0).flat_map(|(word, &bits)| {
            (0..64)
                .filter(move |bit| bits >> bit & 1 == 1)
                .map(move |bit| word * 64 + bit)
        })
    }
}

/// The input of a new tree, independent of the index.
#[derive(Debug)]
pub struct RebuildJob {
    number: u64,
    passengers: Vec<Passenger>,
    slots: usize,
}

impl RebuildJob {
    /// Builds the tree: the long part, about a tenth of a microsecond a unit.
    pub fn build(self) -> BuiltTree {
        let mut seats = vec![None; self.slots];
        let tree = Tree::build(&self.passengers, |unit, seat| {
            if let Some(place) = seats.get_mut(unit as usize) {
                *place = Some(seat);
            }
        });
        BuiltTree {
            number: self.number,
            tree,
            seats,
        }
    }
}

/// A new tree, ready to be swapped in.
#[derive(Debug)]
pub struct BuiltTree {
    number: u64,
    tree: Tree,
    seats: Vec<Option<Seat>>,
}
