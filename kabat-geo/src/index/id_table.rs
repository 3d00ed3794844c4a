//! From the id of a unit to its number.

use hashbrown::HashTable;

use super::id_hasher::hash;

/// The numbers of the units, found by id.
///
/// Only the number is kept here, five bytes a place: at 90,000 units the table stays in the cache where one with
/// the ids in it would not. The ids lie in one list beside it, which every call is given.
#[derive(Debug, Clone, Default)]
pub(super) struct IdTable {
    numbers: HashTable<u32>,
}

impl IdTable {
    pub(super) fn get(&self, id: u128, ids: &[u128]) -> Option<u32> {
        self.numbers.find(hash(id), is(id, ids)).copied()
    }

    /// Takes up a number whose id stands in `ids` and is not in the table yet.
    pub(super) fn insert(&mut self, id: u128, number: u32, ids: &[u128]) {
        let again = |&number: &u32| ids.get(number as usize).copied().map_or(0, hash);
        self.numbers.insert_unique(hash(id), number, again);
    }

    pub(super) fn remove(&mut self, id: u128, ids: &[u128]) {
        if let Ok(entry) = self.numbers.find_entry(hash(id), is(id, ids)) {
            entry.remove();
        }
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }
}

fn is(id: u128, ids: &[u128]) -> impl Fn(&u32) -> bool {
    move |&number| ids.get(number as usize) == Some(&id)
}
