//! The index of moving units.

mod ecef;
mod error;
mod frame;
mod request;
mod scratch;
mod signature;
mod tree;

use std::cmp::Reverse;
use std::collections::binary_heap::PeekMut;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use kabat_core::{CapabilitySet, Meters, Position, ResourceId, ResourceStatus};

use ecef::near_tie;
use frame::Frame;
use scratch::key;
use signature::Signature;
use tree::{Leaf, Seat, Tree};

pub use ecef::geodesic;
pub(crate) use ecef::{Ecef, ground, ground_between};
pub use error::IndexError;
pub use request::{Nearest, Reach, Request, Unit};
pub use scratch::Scratch;

/// A unit found by [`UnitIndex::nearest_into`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The unit.
    pub id: ResourceId,
    /// The straight line through the earth, metres: orders units as the geodesic does and is at most as long.
    pub chord_m: f64,
    /// The place of the unit in the index.
    number: u32,
}

impl Hit {
    /// Returns the length on the ground from the chord alone: within 1 cm of the geodesic at 100 km.
    pub fn ground_m(&self) -> f64 {
        ground(self.chord_m)
    }
}

/// How well the tree still fits the units.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// The key after all others: no node has it.
const NOTHING: u64 = u64::MAX;

/// What a query reads of a unit: 64 bytes, one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Entry {
    at: Ecef,
    id: u128,
    capabilities: u128,
}

#[derive(Debug, Clone, Copy)]
struct Record {
    seat: Option<Seat>,
    position: Position,
    status: ResourceStatus,
    sequence: Option<u64>,
}

/// The units that can be sent, found by distance and capability while they move.
///
/// A packed tree whose nodes carry the capabilities of the units below: a search opens only nodes where a unit
/// with the needed capabilities may be, so a rare capability is as cheap as a common one. A move widens boxes, a
/// status change re-masks the path to the root; [`health`](Self::health) says when a rebuild pays. Answers are
/// exact at all times. Units are ranked by the chord between WGS84 vectors, ties by id.
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
    frame: Frame,
    tree: Tree,
    numbers: HashMap<u128, u32, BuildHasherDefault<IdHasher>>,
    entries: Vec<Entry>,
    records: Vec<Record>,
    free: Vec<u32>,
    /// The greatest coordinate in the plane so far: the rounding of f32 is a part of it.
    reach_m: f64,
    rebuilds: u64,
    /// Units touched since a rebuild was begun.
    journal: Option<BTreeSet<u32>>,
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
            frame: Frame::around(std::iter::empty()),
            tree: Tree::build(Vec::new(), |_, _| ()),
            numbers: HashMap::default(),
            entries: Vec::new(),
            records: Vec::new(),
            free: Vec::new(),
            reach_m: 0.0,
            rebuilds: 0,
            journal: None,
        }
    }

    /// Loads many units at once, which is much faster than one by one.
    ///
    /// # Errors
    /// [`IndexError::DuplicateUnit`] when an id comes twice.
    pub fn from_units(units: impl IntoIterator<Item = Unit>) -> Result<Self, IndexError> {
        let mut index = Self::new();
        for unit in units {
            if index.numbers.contains_key(&bits(unit.id)) {
                return Err(IndexError::DuplicateUnit { id: unit.id });
            }
            index.add(unit)?;
        }
        index.rebuild();
        index.lay_out();
        Ok(index)
    }

    /// Numbers the units in the order of the leaves, so that units found together lie together in memory.
    fn lay_out(&mut self) {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|&place| self.records.get(place).and_then(|record| record.seat));
        let entries = order
            .iter()
            .filter_map(|&place| self.entries.get(place))
            .copied()
            .collect();
        let records = order
            .iter()
            .filter_map(|&place| self.records.get(place))
            .copied()
            .collect();
        (self.entries, self.records) = (entries, records);
        for (number, entry) in (0..).zip(&self.entries) {
            self.numbers.insert(entry.id, number);
        }
        self.rebuild();
    }

    fn add(&mut self, unit: Unit) -> Result<u32, IndexError> {
        let entry = Entry {
            at: Ecef::of(unit.position),
            id: bits(unit.id),
            capabilities: unit.capabilities.bits(),
        };
        let record = Record {
            seat: None,
            position: unit.position,
            status: unit.status,
            sequence: None,
        };
        let number = match self.free.pop() {
            Some(number) => number,
            None => u32::try_from(self.entries.len())
                .ok()
                .filter(|&number| number < u32::MAX)
                .ok_or(IndexError::Full { id: unit.id })?,
        };
        let place = number as usize;
        if let (Some(old), Some(cold)) = (self.entries.get_mut(place), self.records.get_mut(place))
        {
            (*old, *cold) = (entry, record);
        } else {
            self.entries.push(entry);
            self.records.push(record);
        }
        self.numbers.insert(entry.id, number);
        Ok(number)
    }

    /// Logs a unit on, or replaces all that is known of it; its sequence of fixes begins anew.
    ///
    /// # Errors
    /// [`IndexError::Full`] at 4,294,967,294 units.
    pub fn upsert(&mut self, unit: Unit) -> Result<(), IndexError> {
        if self.numbers.contains_key(&bits(unit.id)) {
            self.remove(unit.id)?;
        }
        let number = self.add(unit)?;
        self.seat(number);
        if self.tree.overflow_leaves() > 8 + self.entries.len() / 512 {
            self.rebuild();
        }
        Ok(())
    }

    fn seat(&mut self, number: u32) {
        if let (Some(entry), Some(record)) = (
            self.entries.get(number as usize),
            self.records.get_mut(number as usize),
        ) {
            let (x, y) = self.frame.place(entry.at);
            self.reach_m = self.reach_m.max(x.abs()).max(y.abs());
            record.seat = Some(self.tree.insert(Leaf {
                x: single(x),
                y: single(y),
                signature: Signature::new(
                    CapabilitySet::from_bits(entry.capabilities),
                    record.status.is_assignable(),
                ),
                unit: number,
            }));
        }
        self.note(number);
    }

    fn note(&mut self, number: u32) {
        if let Some(journal) = &mut self.journal {
            journal.insert(number);
        }
    }

    fn number(&self, id: ResourceId) -> Result<u32, IndexError> {
        self.numbers
            .get(&bits(id))
            .copied()
            .ok_or(IndexError::UnknownUnit { id })
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
        if let Some(record) = self.records.get_mut(number as usize) {
            if let Some(last) = record.sequence.filter(|&last| sequence <= last) {
                return Err(IndexError::StaleFix {
                    id,
                    given: sequence,
                    last,
                });
            }
            record.sequence = Some(sequence);
        }
        self.shift(number, position);
        Ok(())
    }

    fn shift(&mut self, number: u32, position: Position) {
        let place = number as usize;
        let (Some(entry), Some(record)) =
            (self.entries.get_mut(place), self.records.get_mut(place))
        else {
            return;
        };
        record.position = position;
        entry.at = Ecef::of(position);
        let (x, y) = self.frame.place(entry.at);
        self.reach_m = self.reach_m.max(x.abs()).max(y.abs());
        match record.seat {
            Some(seat) if self.tree.shift(seat, single(x), single(y)) => self.note(number),
            seat => {
                if let Some(seat) = seat {
                    self.tree.remove(seat);
                }
                self.seat(number);
            }
        }
    }

    /// Sets what a unit is doing.
    ///
    /// # Errors
    /// [`IndexError::UnknownUnit`].
    pub fn set_status(&mut self, id: ResourceId, status: ResourceStatus) -> Result<(), IndexError> {
        let number = self.number(id)?;
        if let Some(record) = self.records.get_mut(number as usize) {
            let changed = record.status.is_assignable() != status.is_assignable();
            record.status = status;
            if let Some(seat) = record.seat.filter(|_| changed) {
                self.tree.flip(seat, status.is_assignable());
                self.note(number);
            }
        }
        Ok(())
    }

    /// Logs a unit off and returns what was known of it.
    ///
    /// # Errors
    /// [`IndexError::UnknownUnit`].
    pub fn remove(&mut self, id: ResourceId) -> Result<Unit, IndexError> {
        let number = self.number(id)?;
        let unit = self.unit(number).ok_or(IndexError::UnknownUnit { id })?;
        self.numbers.remove(&bits(id));
        let record = self.records.get_mut(number as usize);
        if let Some(seat) = record.and_then(|record| record.seat.take()) {
            self.tree.remove(seat);
        }
        self.free.push(number);
        self.note(number);
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

    fn unit(&self, number: u32) -> Option<Unit> {
        let entry = self.entries.get(number as usize)?;
        let record = self.records.get(number as usize)?;
        Some(Unit {
            id: resource(entry.id),
            position: record.position,
            capabilities: CapabilitySet::from_bits(entry.capabilities),
            status: record.status,
        })
    }

    /// Returns the number of units.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Returns whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Returns how well the tree still fits the units; reads every node, so ask now and then.
    pub fn health(&self) -> IndexHealth {
        IndexHealth {
            units: self.len(),
            overflow_blocks: self.tree.overflow_leaves(),
            growth: self.tree.growth(),
        }
    }

    /// Builds the tree anew, here and now.
    pub fn rebuild(&mut self) {
        let built = self.begin_rebuild().build();
        // INVARIANT: it is the one begun just now, so it is never foreign.
        let _ = self.finish_rebuild(built);
    }

    /// Copies what a new tree needs, so that another thread can build it while this index is read and written.
    pub fn begin_rebuild(&mut self) -> RebuildJob {
        self.rebuilds += 1;
        self.journal = Some(BTreeSet::new());
        let live = |entry: &Entry| self.numbers.contains_key(&entry.id);
        let frame = Frame::around(self.entries.iter().filter(|e| live(e)).map(|e| e.at));
        let mut reach_m = 0.0_f64;
        let mut leaves = Vec::with_capacity(self.len());
        for &number in self.numbers.values() {
            let place = number as usize;
            if let (Some(entry), Some(record)) = (self.entries.get(place), self.records.get(place))
            {
                let (x, y) = frame.place(entry.at);
                reach_m = reach_m.max(x.abs()).max(y.abs());
                let capabilities = CapabilitySet::from_bits(entry.capabilities);
                leaves.push(Leaf {
                    x: single(x),
                    y: single(y),
                    signature: Signature::new(capabilities, record.status.is_assignable()),
                    unit: number,
                });
            }
        }
        RebuildJob {
            number: self.rebuilds,
            frame,
            reach_m,
            leaves,
            seats: self.entries.len(),
        }
    }

    /// Swaps a new tree in and repeats what happened since it was begun.
    ///
    /// # Errors
    /// [`IndexError::ForeignRebuild`] when another rebuild was begun or finished since; the tree in use stays.
    pub fn finish_rebuild(&mut self, built: BuiltTree) -> Result<(), IndexError> {
        let journal = match self.journal.take() {
            Some(journal) if built.number == self.rebuilds => journal,
            journal => {
                self.journal = journal;
                return Err(IndexError::ForeignRebuild {
                    given: built.number,
                });
            }
        };
        self.frame = built.frame;
        self.reach_m = built.reach_m;
        self.tree = built.tree;
        for (record, seat) in self.records.iter_mut().zip(&built.seats) {
            record.seat = *seat;
        }
        for number in journal {
            let place = number as usize;
            let (Some(entry), Some(record)) =
                (self.entries.get(place), self.records.get_mut(place))
            else {
                continue;
            };
            let id = entry.id;
            // A unit that came after the job was begun still holds its seat in the old tree: it has no seat here.
            if let Some(seat) = built.seats.get(number as usize).copied().flatten() {
                self.tree.remove(seat);
            }
            record.seat = None;
            if self.numbers.get(&id) == Some(&number) {
                self.seat(number);
            }
        }
        Ok(())
    }

    /// Returns the `k` nearest units, nearest first, with the geodesic's length, ties by id.
    ///
    /// Units whose chords are too close to tell are compared on the geodesic, so the order is Karney's.
    pub fn nearest(&self, request: &Request, k: usize) -> Vec<Nearest> {
        let mut scratch = Scratch::default();
        self.search(request, k, &mut scratch, near_tie);
        let mut found: Vec<Nearest> = scratch
            .best
            .iter()
            .filter_map(|&(_, _, number)| self.unit(number))
            .map(|unit| Nearest {
                unit,
                distance: geodesic(request.at, unit.position),
            })
            .collect();
        found.sort_by_key(|near| (near.distance, near.unit.id));
        found.truncate(k);
        found
    }

    /// Finds the `k` nearest units without allocating once `scratch` has room; nearest first, ties by id.
    pub fn nearest_into<'a>(
        &self,
        request: &Request,
        k: usize,
        scratch: &'a mut Scratch,
    ) -> &'a [Hit] {
        self.search(request, k, scratch, |_| 1.0);
        scratch.hits.clear();
        for &(chord_squared, id, number) in &scratch.best {
            scratch.hits.push(Hit {
                id: resource(id),
                chord_m: chord_squared.sqrt(),
                number,
            });
        }
        &scratch.hits
    }

    fn search(&self, request: &Request, k: usize, scratch: &mut Scratch, tie: fn(f64) -> f64) {
        let Scratch { open, best, .. } = scratch;
        open.clear();
        best.clear();
        if k == 0 {
            return;
        }
        let at = Ecef::of(request.at);
        let (x, y) = self.frame.place(at);
        // Two roundings to f32 and one of the difference, on two axes, cost less than 6 in 2^24; 16 are allowed.
        let slack = self.reach_m.max(x.abs()).max(y.abs()) * 16.0 / 16_777_216.0;
        let planar = |chord_squared: f64| {
            let reach = chord_squared.sqrt() + slack;
            // What cannot match is infinitely far in the tree, and no limit reaches it.
            single(reach * reach * 1.000_001).min(f32::MAX)
        };
        let place = (single(x), single(y));
        let need = Signature::new(request.needs, request.reach == Reach::Assignable);
        let mut farthest = request.within.map_or(f64::INFINITY, |limit| {
            limit.get() * limit.get() * (1.0 + 1e-9) + 1e-6
        });
        let mut limit = planar(farthest);
        self.tree.start(|bound, node| open.push(key(bound, node)));
        let mut nearest = NOTHING;
        loop {
            // The best child of the last node is mostly the next one: it need not pass through the heap.
            let next = match open.peek_mut() {
                Some(mut top) if top.0 < nearest => {
                    let next = top.0;
                    if nearest == NOTHING {
                        PeekMut::pop(top);
                    } else {
                        *top = Reverse(nearest);
                    }
                    next
                }
                _ if nearest == NOTHING => break,
                _ => nearest,
            };
            nearest = NOTHING;
            // INVARIANT: both halves of the key were u32.
            let bound = f32::from_bits(u32::try_from(next >> 32).unwrap_or(u32::MAX));
            let node = u32::try_from(next & 0xffff_ffff).unwrap_or(u32::MAX);
            if bound > limit {
                break;
            }
            self.tree
                .open(node, place, need, limit, |bound, child, leaf| {
                    if !leaf {
                        open.push(key(bound, child));
                        return limit;
                    }
                    let Some(entry) = self.entries.get(child as usize) else {
                        return limit;
                    };
                    let chord = at.chord_squared(entry.at);
                    if chord <= farthest
                        && entry.capabilities & request.needs.bits() == request.needs.bits()
                        && (request.excluded.is_empty()
                            || !request.excluded.contains(&resource(entry.id)))
                        && self.is_within(request, child, chord)
                    {
                        let rank = (chord, entry.id);
                        let slot = best.partition_point(|&(chord, id, _)| (chord, id) < rank);
                        if tie(1.0) > 1.0 || slot < k {
                            best.insert(slot, (chord, entry.id, child));
                        }
                        if let Some(&(last, ..)) = best.get(k - 1) {
                            let edge = last * tie(last);
                            farthest = farthest.min(edge);
                            limit = planar(farthest);
                            let keep = if tie(1.0) > 1.0 {
                                best.partition_point(|&(chord, ..)| chord <= edge)
                            } else {
                                k
                            };
                            best.truncate(keep);
                        }
                    }
                    limit
                });
        }
    }

    /// Compares the geodesic with the limit, which is only needed for a chord just below it.
    fn is_within(&self, request: &Request, number: u32, chord_squared: f64) -> bool {
        let Some(limit) = request.within.map(Meters::get) else {
            return true;
        };
        // An arc over a chord c is shorter than c + c^3 / (24 * 6335 km^2) * 1.01 up to 1,000 km.
        let arc = chord_squared.sqrt() * (1.0 + chord_squared * 1.06e-15);
        (chord_squared < 1e12 && arc < limit)
            || self
                .records
                .get(number as usize)
                .is_some_and(|record| geodesic(request.at, record.position).get() <= limit)
    }
}

/// The input of a new tree, independent of the index.
#[derive(Debug)]
pub struct RebuildJob {
    number: u64,
    frame: Frame,
    reach_m: f64,
    leaves: Vec<Leaf>,
    seats: usize,
}

impl RebuildJob {
    /// Builds the tree: the long part, about a tenth of a microsecond a unit.
    pub fn build(mut self) -> BuiltTree {
        // The map they come from has no order of its own.
        self.leaves.sort_unstable_by_key(|leaf| leaf.unit);
        let mut seats = vec![None; self.seats];
        let tree = Tree::build(self.leaves, |unit, seat| {
            if let Some(place) = seats.get_mut(unit as usize) {
                *place = Some(seat);
            }
        });
        BuiltTree {
            number: self.number,
            frame: self.frame,
            reach_m: self.reach_m,
            tree,
            seats,
        }
    }
}

/// A new tree, ready to be swapped in.
#[derive(Debug)]
pub struct BuiltTree {
    number: u64,
    frame: Frame,
    reach_m: f64,
    tree: Tree,
    seats: Vec<Option<Seat>>,
}

/// Ids are UUIDs, random or by time and random: one multiplication spreads them well enough.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Ok(id) = bytes.try_into() {
            return self.write_u128(u128::from_le_bytes(id));
        }
        for &byte in bytes {
            self.0 = (self.0.rotate_left(8) ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn write_u128(&mut self, id: u128) {
        // INVARIANT: both halves fit in 64 bits.
        let high = u64::try_from(id >> 64).unwrap_or(0);
        let low = u64::try_from(id & u128::from(u64::MAX)).unwrap_or(0);
        let mixed = (high.rotate_left(29) ^ low).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

fn bits(id: ResourceId) -> u128 {
    id.as_uuid().as_u128()
}

fn resource(bits: u128) -> ResourceId {
    ResourceId::from_uuid(kabat_core::uuid::Uuid::from_u128(bits))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding is meant; the slack of a search covers it"
)]
fn single(value: f64) -> f32 {
    value as f32
}
