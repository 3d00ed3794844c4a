//! A packed 16-ary tree of boxes and capability masks that is refitted in place.

use super::signature::Signature;

pub(super) const WIDTH: usize = 16;
const NONE: u32 = u32::MAX;
/// Slots filled by a build; the rest is room for units that log on.
const FILL: usize = 14;

/// Sixteen boxes with what the units in them can do, in lanes that the compiler turns into vector code.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Node {
    low_x: [f32; WIDTH],
    low_y: [f32; WIDTH],
    high_x: [f32; WIDTH],
    high_y: [f32; WIDTH],
    low: [u32; WIDTH],
    high: [u32; WIDTH],
    /// A unit on the lowest level, a node above it.
    child: [u32; WIDTH],
    parent: u32,
    lane: u8,
    leaf: bool,
}

impl Node {
    const fn empty(leaf: bool) -> Self {
        Self {
            low_x: [f32::INFINITY; WIDTH],
            low_y: [f32::INFINITY; WIDTH],
            high_x: [f32::NEG_INFINITY; WIDTH],
            high_y: [f32::NEG_INFINITY; WIDTH],
            low: [0; WIDTH],
            high: [0; WIDTH],
            child: [NONE; WIDTH],
            parent: NONE,
            lane: 0,
            leaf,
        }
    }

    fn bounds(&self) -> [f32; 4] {
        [
            self.low_x.iter().copied().fold(f32::INFINITY, f32::min),
            self.low_y.iter().copied().fold(f32::INFINITY, f32::min),
            self.high_x
                .iter()
                .copied()
                .fold(f32::NEG_INFINITY, f32::max),
            self.high_y
                .iter()
                .copied()
                .fold(f32::NEG_INFINITY, f32::max),
        ]
    }

    fn signature(&self) -> Signature {
        Signature {
            low: self.low.iter().fold(0, |a, b| a | b),
            high: self.high.iter().fold(0, |a, b| a | b),
        }
    }

    fn set(&mut self, lane: usize, [a, b, c, d]: [f32; 4], signature: Signature, child: u32) {
        let fields = (
            self.low_x.get_mut(lane),
            self.low_y.get_mut(lane),
            self.high_x.get_mut(lane),
            self.high_y.get_mut(lane),
            self.low.get_mut(lane),
            self.high.get_mut(lane),
            self.child.get_mut(lane),
        );
        if let (Some(lx), Some(ly), Some(hx), Some(hy), Some(l), Some(h), Some(n)) = fields {
            (*lx, *ly, *hx, *hy) = (a, b, c, d);
            (*l, *h, *n) = (signature.low, signature.high, child);
        }
    }

    /// Squared distance to every box; infinite where the mask cannot match.
    fn distances(&self, x: f32, y: f32, need: Signature) -> [f32; WIDTH] {
        // A plain comparison is one vector instruction; `f32::max` is several, for the sake of NaN.
        let more = |a: f32, b: f32| if a > b { a } else { b };
        let mut out = [f32::INFINITY; WIDTH];
        for (i, out) in out.iter_mut().enumerate() {
            #[expect(
                clippy::indexing_slicing,
                reason = "i < WIDTH, the length of every lane array"
            )]
            let (dx, dy, lacking) = (
                more(more(self.low_x[i] - x, x - self.high_x[i]), 0.0),
                more(more(self.low_y[i] - y, y - self.high_y[i]), 0.0),
                (self.low[i] & need.low) ^ need.low | (self.high[i] & need.high) ^ need.high,
            );
            *out = if lacking == 0 {
                dx * dx + dy * dy
            } else {
                f32::INFINITY
            };
        }
        out
    }
}

/// One unit as the tree sees it: a place in the plane, what it can do, and its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) signature: Signature,
    pub(super) unit: u32,
}

/// Where a unit sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat {
    node: u32,
    lane: u8,
}

#[derive(Debug, Clone)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    root: u32,
    /// Nodes under no parent that hold what fits nowhere else; read on every query until the next build.
    overflow: Vec<u32>,
    built_extent: f64,
}

impl Tree {
    /// Packs units; `seat` is told where each of them sits.
    pub(super) fn build(mut leaves: Vec<Leaf>, mut seat: impl FnMut(u32, Seat)) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            root: NONE,
            overflow: Vec::new(),
            built_extent: 0.0,
        };
        if leaves.is_empty() {
            return tree;
        }
        let mut level: Vec<u32> = Vec::new();
        tree.split(&mut leaves, &mut level, &mut seat);
        while level.len() > 1 {
            level = level
                .chunks(WIDTH)
                .map(|children| {
                    let number = index(tree.nodes.len());
                    let mut node = Node::empty(false);
                    for (lane, &child) in children.iter().enumerate() {
                        if let Some(below) = tree.nodes.get_mut(child as usize) {
                            below.parent = number;
                            below.lane = narrow(lane);
                            node.set(lane, below.bounds(), below.signature(), child);
                        }
                    }
                    tree.nodes.push(node);
                    number
                })
                .collect();
        }
        tree.root = level.first().copied().unwrap_or(NONE);
        tree.built_extent = tree.extent();
        tree
    }

    /// Halves along the longer side until a leaf is full; neighbours in the order become neighbours in the tree.
    fn split(
        &mut self,
        leaves: &mut [Leaf],
        level: &mut Vec<u32>,
        seat: &mut impl FnMut(u32, Seat),
    ) {
        if leaves.len() <= FILL {
            let number = index(self.nodes.len());
            let mut node = Node::empty(true);
            for (lane, leaf) in leaves.iter().enumerate() {
                node.set(
                    lane,
                    [leaf.x, leaf.y, leaf.x, leaf.y],
                    leaf.signature,
                    leaf.unit,
                );
                seat(
                    leaf.unit,
                    Seat {
                        node: number,
                        lane: narrow(lane),
                    },
                );
            }
            self.nodes.push(node);
            level.push(number);
            return;
        }
        let spread = |of: fn(&Leaf) -> f32| {
            leaves.iter().map(of).fold(f32::NEG_INFINITY, f32::max)
                - leaves.iter().map(of).fold(f32::INFINITY, f32::min)
        };
        let wide = spread(|leaf| leaf.x) >= spread(|leaf| leaf.y);
        // The left part takes a power of two of full leaves, so that sixteen siblings share one parent.
        let full = leaves.len().div_ceil(FILL);
        let left = (full.next_power_of_two() / 2).max(1) * FILL;
        let middle = if left < leaves.len() {
            left
        } else {
            leaves.len() / 2
        };
        leaves.select_nth_unstable_by(middle, |a, b| {
            let order = if wide {
                a.x.total_cmp(&b.x)
            } else {
                a.y.total_cmp(&b.y)
            };
            order.then(a.unit.cmp(&b.unit))
        });
        let (left, right) = leaves.split_at_mut(middle);
        self.split(left, level, seat);
        self.split(right, level, seat);
    }

    /// Seats a unit near its place, in the overflow when the leaf is full.
    pub(super) fn insert(&mut self, leaf: Leaf) -> Seat {
        let mut here = self.root;
        while let Some(node) = self.nodes.get(here as usize).filter(|node| !node.leaf) {
            let (lane, _) = node
                .distances(leaf.x, leaf.y, Signature::NONE)
                .into_iter()
                .enumerate()
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap_or((0, 0.0));
            here = node.child.get(lane).copied().unwrap_or(NONE);
        }
        let seats = [Some(here), self.overflow.last().copied()];
        let free = seats.into_iter().flatten().find_map(|number| {
            let node = self.nodes.get(number as usize)?;
            Some((number, node.child.iter().position(|&child| child == NONE)?))
        });
        let (number, lane) = free.unwrap_or_else(|| {
            let number = index(self.nodes.len());
            self.nodes.push(Node::empty(true));
            self.overflow.push(number);
            (number, 0)
        });
        let seat = Seat {
            node: number,
            lane: narrow(lane),
        };
        if let Some(node) = self.nodes.get_mut(number as usize) {
            node.set(
                lane,
                [leaf.x, leaf.y, leaf.x, leaf.y],
                leaf.signature,
                leaf.unit,
            );
        }
        self.widen(number, leaf.x, leaf.y);
        self.remask(number);
        seat
    }

    /// Empties a seat; boxes stay as they are until the next build.
    pub(super) fn remove(&mut self, seat: Seat) {
        if let Some(node) = self.nodes.get_mut(seat.node as usize) {
            node.set(
                usize::from(seat.lane),
                [
                    f32::INFINITY,
                    f32::INFINITY,
                    f32::NEG_INFINITY,
                    f32::NEG_INFINITY,
                ],
                Signature::NONE,
                NONE,
            );
        }
        self.remask(seat.node);
    }

    /// Moves a unit within its leaf and widens the boxes above; `false` when the place is so far off that the
    /// unit belongs in another leaf, and nothing has been changed.
    pub(super) fn shift(&mut self, seat: Seat, x: f32, y: f32) -> bool {
        let lane = usize::from(seat.lane);
        let Some(node) = self.nodes.get(seat.node as usize) else {
            return false;
        };
        let mut inside = true;
        if let Some(parent) = self.nodes.get(node.parent as usize) {
            inside = holds(parent, usize::from(node.lane), x, y);
            // A place outside the box of the grandparent would blow up boxes that thousands of units share.
            let above = self.nodes.get(parent.parent as usize).filter(|_| !inside);
            if above.is_some_and(|above| !holds(above, usize::from(parent.lane), x, y)) {
                return false;
            }
        }
        if let Some(node) = self.nodes.get_mut(seat.node as usize) {
            for (array, value) in [
                (&mut node.low_x, x),
                (&mut node.high_x, x),
                (&mut node.low_y, y),
                (&mut node.high_y, y),
            ] {
                if let Some(place) = array.get_mut(lane) {
                    *place = value;
                }
            }
        }
        if !inside {
            self.widen(seat.node, x, y);
        }
        true
    }

    /// Sets whether a unit can be sent; only the upper words of the masks hold that.
    pub(super) fn flip(&mut self, seat: Seat, assignable: bool) {
        let (mut here, mut lane) = (seat.node, usize::from(seat.lane));
        let Some(word) = self
            .nodes
            .get_mut(here as usize)
            .and_then(|node| node.high.get_mut(lane))
        else {
            return;
        };
        *word = Signature::flipped(*word, assignable);
        while let Some(node) = self.nodes.get(here as usize) {
            let all = node.high.iter().fold(0, |a, b| a | b);
            (here, lane) = (node.parent, usize::from(node.lane));
            let above = self.nodes.get_mut(here as usize);
            match above.and_then(|above| above.high.get_mut(lane)) {
                Some(word) if *word != all => *word = all,
                _ => return,
            }
        }
    }

    fn widen(&mut self, from: u32, x: f32, y: f32) {
        let mut here = from;
        while let Some((parent, lane)) = self.nodes.get(here as usize).map(|n| (n.parent, n.lane)) {
            let lane = usize::from(lane);
            let Some(node) = self.nodes.get_mut(parent as usize) else {
                return;
            };
            if holds(node, lane, x, y) {
                return;
            }
            let sides = (
                node.low_x.get_mut(lane),
                node.low_y.get_mut(lane),
                node.high_x.get_mut(lane),
                node.high_y.get_mut(lane),
            );
            if let (Some(lx), Some(ly), Some(hx), Some(hy)) = sides {
                (*lx, *ly, *hx, *hy) = (lx.min(x), ly.min(y), hx.max(x), hy.max(y));
            }
            here = parent;
        }
    }

    fn remask(&mut self, from: u32) {
        let mut here = from;
        while let Some(node) = self.nodes.get(here as usize) {
            let (signature, parent, lane) = (node.signature(), node.parent, usize::from(node.lane));
            let Some(above) = self.nodes.get_mut(parent as usize) else {
                return;
            };
            let (Some(low), Some(high)) = (above.low.get_mut(lane), above.high.get_mut(lane))
            else {
                return;
            };
            if (*low, *high) == (signature.low, signature.high) {
                return;
            }
            (*low, *high) = (signature.low, signature.high);
            here = parent;
        }
    }

    /// Pushes where a search begins.
    pub(super) fn start(&self, mut push: impl FnMut(f32, u32)) {
        if !self.nodes.is_empty() {
            for &number in std::iter::once(&self.root).chain(&self.overflow) {
                push(0.0, number);
            }
        }
    }

    /// Opens a node: tells of every child whose mask may match and whose box is at most `limit` (squared) away.
    pub(super) fn open(
        &self,
        number: u32,
        at: (f32, f32),
        need: Signature,
        limit: f32,
        mut found: impl FnMut(f32, u32, bool) -> f32,
    ) {
        let Some(node) = self.nodes.get(number as usize) else {
            return;
        };
        let distances = node.distances(at.0, at.1, need);
        let mut near = 0_u32;
        for (lane, &distance) in distances.iter().enumerate() {
            near |= u32::from(distance <= limit) << lane;
        }
        let mut limit = limit;
        while near != 0 {
            let lane = near.trailing_zeros() as usize;
            near &= near - 1;
            if let (Some(&distance), Some(&child)) = (distances.get(lane), node.child.get(lane))
                && distance <= limit
                && child != NONE
            {
                limit = found(distance, child, node.leaf);
            }
        }
    }

    pub(super) fn overflow_leaves(&self) -> usize {
        self.overflow.len()
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
        let parents = self.nodes.iter().filter(|node| !node.leaf);
        parents
            .flat_map(|node| {
                let sides = node
                    .low_x
                    .iter()
                    .zip(&node.high_x)
                    .zip(node.low_y.iter().zip(&node.high_y));
                sides.zip(&node.child).filter(|&(_, &child)| {
                    self.nodes
                        .get(child as usize)
                        .is_some_and(|below| below.leaf)
                })
            })
            .map(|(((lx, hx), (ly, hy)), _)| f64::from((hx - lx).max(0.0) + (hy - ly).max(0.0)))
            .sum()
    }
}

fn holds(node: &Node, lane: usize, x: f32, y: f32) -> bool {
    let at = |array: &[f32; WIDTH]| array.get(lane).copied().unwrap_or(f32::NAN);
    at(&node.low_x) <= x && x <= at(&node.high_x) && at(&node.low_y) <= y && y <= at(&node.high_y)
}

/// INVARIANT: there are fewer nodes than units, and fewer than 2^32 - 1 units.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

/// INVARIANT: a lane is below `WIDTH`.
fn narrow(lane: usize) -> u8 {
    u8::try_from(lane).unwrap_or(0)
}
