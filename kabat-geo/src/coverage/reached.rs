//! Which demand points can be reached from a place.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use kabat_core::Position;

use super::DemandPoint;
use crate::index::{Ecef, ground};
use crate::{CostModel, Unit, geodesic};

/// Half of the way around the earth, and a little: nothing is farther.
const FARTHEST_M: f64 = 20_100_000.0;

/// Demand points found by place, for one model and limit.
pub(super) struct DemandTree<'a, M: ?Sized> {
    demand: &'a [DemandPoint],
    tree: RTree<GeomWithData<[f64; 3], usize>>,
    model: &'a M,
    limit: f64,
    /// Nothing beyond can be reached; `None` when nothing can be reached at all.
    farthest_m: Option<f64>,
}

impl<'a, M: CostModel + ?Sized> DemandTree<'a, M> {
    pub(super) fn new(demand: &'a [DemandPoint], model: &'a M, limit: f64) -> Self {
        let points = demand
            .iter()
            .enumerate()
            .map(|(place, point)| GeomWithData::new(Ecef::of(point.at).0, place));
        Self {
            demand,
            tree: RTree::bulk_load(points.collect()),
            model,
            limit,
            farthest_m: farthest(model, limit),
        }
    }

    /// Reports each demand point that a unit reaches in time when it stands at `from`, in no particular order.
    pub(super) fn each_reached(&self, unit: &Unit, from: Position, mut reach: impl FnMut(usize)) {
        let Some(farthest_m) = self.farthest_m else {
            return;
        };
        let placed = Unit {
            position: from,
            ..*unit
        };
        let origin = Ecef::of(from);
        // A chord is at most as long as its arc.
        let around = farthest_m * farthest_m;
        for point in self.tree.locate_within_distance(origin.0, around) {
            let ground_m = ground(Ecef(*point.geom()).chord_squared(origin).sqrt());
            let at = self.demand.get(point.data).map_or(from, |point| point.at);
            let Some(mut cost) = self.model.cost(&placed, at, ground_m) else {
                continue;
            };
            // Within the error of the chord the exact distance decides.
            if (cost - self.limit).abs() <= self.limit * 1e-6 {
                let exact = self.model.cost(&placed, at, geodesic(from, at).get());
                cost = exact.unwrap_or(f64::INFINITY);
            }
            if cost >= 0.0 && cost <= self.limit {
                reach(point.data);
            }
        }
    }

    pub(super) fn reached(&self, unit: &Unit, from: Position) -> Places {
        let mut places = Places::none(self.demand.len());
        self.each_reached(unit, from, |place| places.insert(place));
        places
    }
}

/// Returns a distance from which on no unit is in time, by bisection of the model's bound.
fn farthest<M: CostModel + ?Sized>(model: &M, limit: f64) -> Option<f64> {
    let late = |ground_m: f64| model.lower_bound(ground_m) > limit;
    if limit.is_nan() || limit < 0.0 || late(0.0) {
        return None;
    }
    let (mut in_time, mut too_far) = (0.0, 1_000.0);
    while !late(too_far) {
        if too_far >= FARTHEST_M {
            return Some(FARTHEST_M);
        }
        (in_time, too_far) = (too_far, too_far * 2.0);
    }
    for _ in 0..24 {
        let middle = f64::midpoint(in_time, too_far);
        if late(middle) {
            too_far = middle;
        } else {
            in_time = middle;
        }
    }
    // One more part in a million for what the chord is off.
    Some(too_far * 1.000_001 + 1.0)
}

pub(super) fn value(point: &DemandPoint) -> f64 {
    if point.weight.is_finite() {
        point.weight.max(0.0)
    } else {
        0.0
    }
}

/// A set of demand points, one bit for each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Places {
    words: Vec<u64>,
}

impl Places {
    pub(super) fn none(count: usize) -> Self {
        Self {
            words: vec![0; count.div_ceil(64)],
        }
    }

    pub(super) fn all(count: usize) -> Self {
        let mut places = Self::none(count);
        (0..count).for_each(|place| places.insert(place));
        places
    }

    pub(super) fn insert(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    pub(super) fn remove(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    pub(super) fn contains(&self, place: usize) -> bool {
        let word = self.words.get(place / 64);
        word.is_some_and(|word| word & 1 << (place % 64) != 0)
    }

    pub(super) fn without(&self, others: &Self) -> Self {
        let words = self.words.iter().zip(&others.words);
        Self {
            words: words.map(|(word, other)| word & !other).collect(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words
            .iter()
            .enumerate()
            .flat_map(|(place, &word)| bits(word).map(move |bit| place * 64 + bit))
    }

    /// Returns the weight of what is in both sets.
    pub(super) fn shared_value(&self, others: &Self, demand: &[DemandPoint]) -> f64 {
        let mut sum = 0.0;
        for ((word, other), points) in self.words.iter().zip(&others.words).zip(demand.chunks(64)) {
            for bit in bits(word & other) {
                sum += points.get(bit).map_or(0.0, value);
            }
        }
        sum
    }
}

/// Returns the places of the bits that are set, lowest first.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        (bit < 64).then_some(bit as usize)
    })
}
