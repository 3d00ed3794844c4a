//! A packed 16-ary tree of boxes and capability bitmaps that is refitted in place.

use std::num::NonZeroU32;

use kabat_core::CapabilitySet;

use super::bitmaps::{Bitmaps, Needs, each, mark};
use super::ecef::Ecef;
use super::frame::Frame;

pub(super) const WIDTH: usize = 16;
/// Lanes filled by a build; the rest is room for units that log on or come from afar.
const FILL: usize = 14;
pub(super) const NONE: u32 = u32::MAX;

/// A place for one unit: sixteen times the leaf, and the lane, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat(NonZeroU32);

impl Seat {
    fn new(leaf: usize, lane: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index(leaf * WIDTH + lane)))
    }

    pub(super) const fn place(self) -> usize {
        self.0.get() as usize - 1
    }

    const fn leaf(self) -> usize {
        self.place() / WIDTH
    }

    const fn lane(self) -> u16 {
        1 << (self.place() % WIDTH)
    }
}

/// Up to sixteen units. Their places are in [`Tree::at`], sixteen a leaf.
#[derive(Debug, Clone)]
struct Leaf {
    having: Bitmaps,
}

/// Sixteen boxes and what the units in them can do, in lanes that the compiler turns into vector code.
///
/// The children of branch `n` of a level are `16 n ..` of the level below: none of them is written down.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Branch {
    low_x: [f32; WIDTH],
    low_y: [f32; WIDTH],
    high_x: [f32; WIDTH],
    high_y: [f32; WIDTH],
    /// Over the units that can be sent.
    free: Bitmaps,
    /// Over all units.
    all: Bitmaps,
    any_free: u16,
    any: u16,
}

type Box = [f32; 4];
const NOWHERE: Box = [
    f32::INFINITY,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::NEG_INFINITY,
];

impl Branch {
    const EMPTY: Self = Self {
        low_x: [f32::INFINITY; WIDTH],
        low_y: [f32::INFINITY; WIDTH],
        high_x: [f32::NEG_INFINITY; WIDTH],
        high_y: [f32::NEG_INFINITY; WIDTH],
        free: Bitmaps::EMPTY,
        all: Bitmaps::EMPTY,
        any_free: 0,
        any: 0,
    };

    fn bounds(&self, lane: usize) -> Box {
        match (
            self.low_x.get(lane),
            self.low_y.get(lane),
            self.high_x.get(lane),
            self.high_y.get(lane),
        ) {
            (Some(&a), Some(&b), Some(&c), Some(&d)) => [a, b, c, d],
            _ => NOWHERE,
        }
    }

    fn set_bounds(&mut self, lane: usize, [a, b, c, d]: Box) {
        if let (Some(lx), Some(ly), Some(hx), Some(hy)) = (
            self.low_x.get_mut(lane),
            self.low_y.get_mut(lane),
            self.high_x.get_mut(lane),
            self.high_y.get_mut(lane),
        ) {
            (*lx, *ly, *hx, *hy) = (a, b, c, d);
        }
    }

    fn all_bounds(&self) -> Box {
        (0..WIDTH)
            .map(|lane| self.bounds(lane))
            .fold(NOWHERE, union)
    }

    fn lanes(&self, needs: &Needs) -> u16 {
        if needs.free {
            self.free.having(needs) & self.any_free
        } else {
            self.all.having(needs) & self.any
        }
    }
}

fn union(one: Box, other: Box) -> Box {
    let [low_x, low_y, high_x, high_y] = one;
    let [to_x, to_y, far_x, far_y] = other;
    [
        low_x.min(to_x),
        low_y.min(to_y),
        high_x.max(far_x),
        high_y.max(far_y),
    ]
}

fn holds([low_x, low_y, high_x, high_y]: Box, (x, y): (f32, f32)) -> bool {
    low_x <= x && x <= high_x && low_y <= y && y <= high_y
}

/// A branch in a search: the lower bound of each child that may match, and the lane in the lowest four bits.
///
/// The bits of a non-negative f32 order as the number does, and a cleared bit only lowers the bound.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opened {
    keys: [i32; WIDTH],
    level: u32,
    number: u32,
}

/// The key after all others: no child has it.
const NO_KEY: i32 = i32::MAX;

impl Opened {
    fn new(branch: &Branch, level: u32, number: u32, (x, y): (f32, f32), needs: &Needs) -> Self {
        const LANES: [i32; WIDTH] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        // A plain comparison is one vector instruction; `f32::max` is several, for the sake of NaN.
        let more = |a: f32, b: f32| if a > b { a } else { b };
        let lanes = i32::from(branch.lanes(needs));
        let mut keys = [NO_KEY; WIDTH];
        for i in 0..WIDTH {
            #[expect(
                clippy::indexing_slicing,
                reason = "i < WIDTH, the length of every lane array"
            )]
            {
                let dx = more(more(branch.low_x[i] - x, x - branch.high_x[i]), 0.0);
                let dy = more(more(branch.low_y[i] - y, y - branch.high_y[i]), 0.0);
                let key = ((dx * dx + dy * dy).to_bits() & 0x7fff_fff0).cast_signed() | LANES[i];
                keys[i] = if lanes & (1 << LANES[i]) == 0 {
                    NO_KEY
                } else {
                    key
                };
            }
        }
        Self {
            keys,
            level,
            number,
        }
    }

    fn least(&self) -> i32 {
        self.keys
            .iter()
            .fold(NO_KEY, |a, &b| if b < a { b } else { a })
    }
}

/// One unit as a build sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passenger {
    pub(super) at: Ecef,
    pub(super) capabilities: CapabilitySet,
    pub(super) free: bool,
    pub(super) unit: u32,
}

/// A unit's number and its place in the plane.
#[derive(Debug, Clone, Copy)]
struct Spot {
    x: f32,
    y: f32,
    passenger: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) frame: Frame,
    /// The greatest coordinate in the plane so far: the rounding of f32 is a part of it.
    pub(super) reach_m: f64,
    leaves: Vec<Leaf>,
    /// Lanes that hold a unit, and those whose unit can be sent, by leaf.
    present: Vec<u16>,
    free: Vec<u16>,
    /// By seat.
    pub(super) at: Vec<Ecef>,
    pub(super) unit: Vec<u32>,
    /// Leaves in the tree; those after them hold what fits nowhere else and are read on every query.
    rooted: usize,
    /// All levels, the one above the leaves first.
    branches: Vec<Branch>,
    /// Where each level begins; the last one has one branch.
    levels: Vec<usize>,
    built_extent: f64,
    /// Capabilities from this one on have no unit.
    rows: usize,
}

impl Tree {
    /// Packs units; `seat` is told where each of them sits.
    pub(super) fn build(passengers: &[Passenger], mut seat: impl FnMut(u32, Seat)) -> Self {
        let frame = Frame::around(passengers.iter().map(|passenger| passenger.at));
        let mut tree = Self {
            frame,
            reach_m: 0.0,
            leaves: Vec::new(),
            present: Vec::new(),
            free: Vec::new(),
            at: Vec::new(),
            unit: Vec::new(),
            rooted: 0,
            branches: Vec::new(),
            levels: Vec::new(),
            built_extent: 0.0,
            rows: 0,
        };
        let mut spots: Vec<Spot> = Vec::with_capacity(passengers.len());
        for (number, passenger) in (0..).zip(passengers) {
            let (x, y) = tree.spot(passenger.at);
            spots.push(Spot {
                x,
                y,
                passenger: number,
            });
        }
        let count = passengers.len().div_ceil(FILL);
        tree.leaves.reserve(count);
        tree.at.reserve(count * WIDTH);
        tree.unit.reserve(count * WIDTH);
        let mut boxes = Vec::with_capacity(count);
        split(&mut spots, &mut |spots| {
            let leaf = tree.new_leaf();
            let mut bounds = NOWHERE;
            for (lane, spot) in spots.iter().enumerate() {
                if let Some(passenger) = passengers.get(spot.passenger as usize) {
                    bounds = union(bounds, [spot.x, spot.y, spot.x, spot.y]);
                    let taken = Seat::new(leaf, lane);
                    tree.fill(taken, passenger);
                    seat(passenger.unit, taken);
                }
            }
            boxes.push(bounds);
        });
        tree.rooted = tree.leaves.len();
        tree.grow(boxes);
        tree.built_extent = tree.extent();
        tree
    }

    /// Builds the branches over the leaves.
    fn grow(&mut self, mut boxes: Vec<Box>) {
        while self.levels.is_empty() && !boxes.is_empty() || boxes.len() > 1 {
            let start = self.branches.len();
            self.levels.push(start);
            for children in boxes.chunks(WIDTH) {
                let mut branch = Branch::EMPTY;
                for (lane, &bounds) in children.iter().enumerate() {
                    branch.set_bounds(lane, bounds);
                }
                self.branches.push(branch);
            }
            let level = self.levels.len() - 1;
            for child in 0..boxes.len() {
                self.refresh_one::<true>(level, child);
            }
            boxes = self
                .branches
                .iter()
                .skip(start)
                .map(Branch::all_bounds)
                .collect();
        }
    }

    /// Tells the branches above a leaf what it holds, as far up as that is news; without `ALL` only which units can
    /// be sent.
    fn refresh<const ALL: bool>(&mut self, leaf: usize) {
        if leaf >= self.rooted {
            return;
        }
        let mut child = leaf;
        for level in 0..self.levels.len() {
            if !self.refresh_one::<ALL>(level, child) {
                return;
            }
            child /= WIDTH;
        }
    }

    /// Tells the branch above a child what that holds; returns whether the branch has become another for those above.
    #[inline]
    fn refresh_one<const ALL: bool>(&mut self, level: usize, child: usize) -> bool {
        let Some(&start) = self.levels.get(level) else {
            return false;
        };
        let lane = 1 << (child % WIDTH);
        let above = start + child / WIDTH;
        let rows = self.rows;
        // INVARIANT: a level lies behind the one below it.
        let (below, rest) = self.branches.split_at_mut(start);
        let Some(branch) = rest.get_mut(above - start) else {
            return false;
        };
        let (all, free, any, any_free) = match level.checked_sub(1) {
            None => match (
                self.leaves.get(child),
                self.present.get(child),
                self.free.get(child),
            ) {
                (Some(leaf), Some(&any), Some(&free)) => (&leaf.having, &leaf.having, any, free),
                _ => return false,
            },
            Some(under) => {
                let under = self.levels.get(under).copied().unwrap_or(0);
                match below.get(under + child) {
                    Some(node) => (&node.all, &node.free, node.any, node.any_free),
                    None => return false,
                }
            }
        };
        // A branch's bitmaps hold what is below at all; a leaf's hold every lane, free or not.
        let (among, among_free) = if level == 0 {
            (any, any_free)
        } else {
            (u16::MAX, u16::MAX)
        };
        let mut news = branch.free.take(lane, free, among_free, rows);
        news |= mark(&mut branch.any_free, lane, any_free != 0);
        if ALL {
            news |= branch.all.take(lane, all, among, rows);
            news |= mark(&mut branch.any, lane, any != 0);
        }
        news
    }

    /// The place of a point in the plane, as the boxes have it.
    pub(super) fn spot(&mut self, at: Ecef) -> (f32, f32) {
        let (x, y) = self.frame.place(at);
        self.reach_m = self.reach_m.max(x.abs()).max(y.abs());
        (single(x), single(y))
    }

    fn new_leaf(&mut self) -> usize {
        let leaf = self.leaves.len();
        self.leaves.push(Leaf {
            having: Bitmaps::EMPTY,
        });
        self.present.push(0);
        self.free.push(0);
        self.at.resize(self.leaves.len() * WIDTH, Ecef([0.0; 3]));
        self.unit.resize(self.leaves.len() * WIDTH, NONE);
        leaf
    }

    /// Writes a unit into an empty lane of a leaf, and nothing above.
    fn fill(&mut self, seat: Seat, passenger: &Passenger) {
        let lane = seat.lane();
        self.rows = self
            .rows
            .max(128 - passenger.capabilities.bits().leading_zeros() as usize);
        if let (Some(leaf), Some(present), Some(free), Some(at), Some(unit)) = (
            self.leaves.get_mut(seat.leaf()),
            self.present.get_mut(seat.leaf()),
            self.free.get_mut(seat.leaf()),
            self.at.get_mut(seat.place()),
            self.unit.get_mut(seat.place()),
        ) {
            (*at, *unit) = (passenger.at, passenger.unit);
            mark(present, lane, true);
            mark(free, lane, passenger.free);
            for bit in each(passenger.capabilities) {
                leaf.having.add(bit, lane);
            }
        }
    }

    /// Seats a unit near its place, in the overflow when no leaf nearby has room.
    pub(super) fn insert(&mut self, passenger: &Passenger) -> Seat {
        let spot = self.spot(passenger.at);
        let leaf = self.roomy_leaf(spot).unwrap_or_else(|| {
            let last = self.leaves.len().checked_sub(1);
            last.filter(|&last| last >= self.rooted && self.room(last))
                .unwrap_or_else(|| self.new_leaf())
        });
        let taken = self.present.get(leaf).copied().unwrap_or(0);
        let seat = Seat::new(leaf, taken.trailing_ones() as usize);
        self.fill(seat, passenger);
        if leaf < self.rooted {
            self.widen(leaf, spot);
            self.refresh::<true>(leaf);
        }
        seat
    }

    fn room(&self, leaf: usize) -> bool {
        self.present
            .get(leaf)
            .is_some_and(|&present| present != u16::MAX)
    }

    /// Finds a leaf with room near a place, after looking into a few branches only.
    fn roomy_leaf(&self, spot: (f32, f32)) -> Option<usize> {
        let mut patience = 40;
        self.roomy_below(self.levels.len().checked_sub(1)?, 0, spot, &mut patience)
    }

    fn roomy_below(
        &self,
        level: usize,
        number: usize,
        spot: (f32, f32),
        patience: &mut u32,
    ) -> Option<usize> {
        *patience = patience.checked_sub(1)?;
        let branch = self.branches.get(self.levels.get(level)? + number)?;
        nearest_lanes(branch, spot).find_map(|(lane, _)| {
            let child = number * WIDTH + lane;
            match level.checked_sub(1) {
                Some(below) => self.roomy_below(below, child, spot, patience),
                None => (child < self.rooted && self.room(child)).then_some(child),
            }
        })
    }

    /// Empties a seat; boxes stay as they are until the next build.
    pub(super) fn remove(&mut self, seat: Seat) {
        let (leaf, lane) = (seat.leaf(), seat.lane());
        if let (Some(node), Some(present), Some(free), Some(unit)) = (
            self.leaves.get_mut(leaf),
            self.present.get_mut(leaf),
            self.free.get_mut(leaf),
            self.unit.get_mut(seat.place()),
        ) {
            *unit = NONE;
            mark(present, lane, false);
            mark(free, lane, false);
            node.having.clear(lane, self.rows);
        }
        self.refresh::<true>(leaf);
    }

    /// Moves a unit within its leaf and widens the boxes above; `false` when the place is so far off that the
    /// unit belongs in another leaf, and nothing has been changed.
    pub(super) fn shift(&mut self, seat: Seat, at: Ecef) -> bool {
        let spot = self.spot(at);
        let leaf = seat.leaf();
        if leaf < self.rooted {
            let bounds = |level: usize, child: usize| {
                let start = self.levels.get(level)?;
                let branch = self.branches.get(start + child / WIDTH)?;
                Some(branch.bounds(child % WIDTH))
            };
            let inside = bounds(0, leaf).is_some_and(|bounds| holds(bounds, spot));
            if !inside {
                // A place outside the box of the branch above would blow up boxes that thousands of units share.
                if bounds(1, leaf / WIDTH).is_some_and(|bounds| !holds(bounds, spot)) {
                    return false;
                }
                self.widen(leaf, spot);
            }
        }
        if let Some(place) = self.at.get_mut(seat.place()) {
            *place = at;
        }
        true
    }

    /// Sets whether a unit can be sent, and returns whether that is news.
    pub(super) fn flip(&mut self, seat: Seat, on: bool) -> bool {
        let leaf = seat.leaf();
        let Some(free) = self.free.get_mut(leaf) else {
            return false;
        };
        let before = *free;
        mark(free, seat.lane(), on);
        if before == *free {
            return false;
        }
        self.refresh::<false>(leaf);
        true
    }

    fn widen(&mut self, leaf: usize, spot: (f32, f32)) {
        let mut child = leaf;
        for &start in &self.levels {
            let lane = child % WIDTH;
            child /= WIDTH;
            let Some(branch) = self.branches.get_mut(start + child) else {
                return;
            };
            let bounds = branch.bounds(lane);
            if holds(bounds, spot) {
                return;
            }
            branch.set_bounds(lane, union(bounds, [spot.0, spot.1, spot.0, spot.1]));
        }
    }

    /// Visits the leaves where a unit may match, roughly from near to far; `visit` gets a leaf's first seat and the
    /// lanes that match, and returns the squared distance beyond which nothing is wanted any more.
    pub(super) fn search(
        &self,
        spot: (f32, f32),
        needs: &Needs,
        mut limit: f32,
        stack: &mut Vec<Opened>,
        mut visit: impl FnMut(usize, u16) -> f32,
    ) {
        stack.clear();
        for leaf in self.rooted..self.leaves.len() {
            limit = self.visit(leaf, needs, limit, &mut visit);
        }
        let (Some(root), Some(top)) = (self.branches.last(), self.levels.len().checked_sub(1))
        else {
            return;
        };
        stack.push(Opened::new(root, index(top), 0, spot, needs));
        while let Some(opened) = stack.last_mut() {
            let key = opened.least();
            let bound = f32::from_bits((key & !15).cast_unsigned());
            if key == NO_KEY || bound > limit {
                stack.pop();
                continue;
            }
            let lane = (key & 15).cast_unsigned();
            if let Some(key) = opened.keys.get_mut(lane as usize) {
                *key = NO_KEY;
            }
            let child = opened.number * 16 + lane;
            let Some(level) = opened.level.checked_sub(1) else {
                limit = self.visit(child as usize, needs, limit, &mut visit);
                continue;
            };
            let start = self.levels.get(level as usize).copied().unwrap_or(0);
            if let Some(branch) = self.branches.get(start + child as usize) {
                stack.push(Opened::new(branch, level, child, spot, needs));
            }
        }
    }

    fn visit(
        &self,
        number: usize,
        needs: &Needs,
        limit: f32,
        visit: &mut impl FnMut(usize, u16) -> f32,
    ) -> f32 {
        let Some(leaf) = self.leaves.get(number) else {
            return limit;
        };
        let among = if needs.free {
            &self.free
        } else {
            &self.present
        };
        let lanes = leaf.having.having(needs) & among.get(number).copied().unwrap_or(0);
        if lanes == 0 {
            limit
        } else {
            visit(number * WIDTH, lanes)
        }
    }

    pub(super) fn overflow_leaves(&self) -> usize {
        self.leaves.len() - self.rooted
    }

    /// Sum of the half perimeters of the leaf boxes over that at the build.
    pub(super) fn growth(&self) -> f64 {
        if self.built_extent > 0.0 {
            self.extent() / self.built_extent
        } else {
            1.0
        }
    }

    fn extent(&self) -> f64 {
        let parents = self.levels.get(1).copied().unwrap_or(self.branches.len());
        self.branches
            .iter()
            .take(parents)
            .flat_map(|branch| (0..WIDTH).map(|lane| branch.bounds(lane)))
            .map(|[low_x, low_y, high_x, high_y]| {
                f64::from((high_x - low_x).max(0.0) + (high_y - low_y).max(0.0))
            })
            .sum()
    }
}

/// Halves along the longer side until a leaf is full; neighbours in the order become neighbours in the tree.
fn split(spots: &mut [Spot], leaf: &mut impl FnMut(&[Spot])) {
    if spots.len() <= FILL {
        if !spots.is_empty() {
            leaf(spots);
        }
        return;
    }
    let [low_x, low_y, high_x, high_y] = spots.iter().fold(NOWHERE, |bounds, spot| {
        union(bounds, [spot.x, spot.y, spot.x, spot.y])
    });
    // The left part takes a power of two of full leaves, so that sixteen siblings share one parent.
    let left = (spots.len().div_ceil(FILL).next_power_of_two() / 2).max(1) * FILL;
    let middle = if left < spots.len() {
        left
    } else {
        spots.len() / 2
    };
    if high_x - low_x >= high_y - low_y {
        spots.select_nth_unstable_by(middle, |a, b| {
            a.x.total_cmp(&b.x).then(a.passenger.cmp(&b.passenger))
        });
    } else {
        spots.select_nth_unstable_by(middle, |a, b| {
            a.y.total_cmp(&b.y).then(a.passenger.cmp(&b.passenger))
        });
    }
    let (left, right) = spots.split_at_mut(middle);
    split(left, leaf);
    split(right, leaf);
}

/// The lanes of a branch that have a box, nearest first.
fn nearest_lanes(branch: &Branch, (x, y): (f32, f32)) -> impl Iterator<Item = (usize, f32)> {
    let mut far = [(usize::MAX, f32::INFINITY); WIDTH];
    for (lane, far) in far.iter_mut().enumerate() {
        let [low_x, low_y, high_x, high_y] = branch.bounds(lane);
        let (dx, dy) = (
            (low_x - x).max(x - high_x).max(0.0),
            (low_y - y).max(y - high_y).max(0.0),
        );
        *far = (lane, dx * dx + dy * dy);
    }
    far.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    far.into_iter().filter(|(_, far)| far.is_finite())
}

/// INVARIANT: there are fewer nodes than units, and `UnitIndex` holds fewer than 2^27 units.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding is meant; the slack of a search covers it"
)]
pub(super) fn single(value: f64) -> f32 {
    value as f32
}
