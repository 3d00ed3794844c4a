//! Finding the nearest units.

use kabat_core::Meters;

use super::bitmaps::Needs;
use super::ecef::{Ecef, geodesic};
use super::ranking::Ranking;
use super::tree::single;
use super::unit_index::resource;
use super::{Hit, Nearest, Reach, Request, Scratch, UnitIndex};

impl UnitIndex {
    /// Returns the `k` nearest units, nearest first, with the geodesic's length, ties by id.
    ///
    /// Units whose chords are too close to tell are compared on the geodesic, so the order is Karney's.
    pub fn nearest(&self, request: &Request, k: usize) -> Vec<Nearest> {
        let mut scratch = Scratch::default();
        self.search::<true>(request, k, &mut scratch);
        let mut found: Vec<Nearest> = scratch
            .best
            .iter()
            .filter_map(|&(_, number)| self.unit(number))
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
        self.search::<false>(request, k, scratch);
        let Scratch { best, hits, .. } = scratch;
        hits.clear();
        hits.extend(best.iter().filter_map(|&(chord_squared, number)| {
            Some(Hit {
                id: resource(*self.ids.get(number as usize)?),
                chord_m: chord_squared.sqrt(),
                number,
            })
        }));
        hits
    }

    fn search<const TIES: bool>(&self, request: &Request, k: usize, scratch: &mut Scratch) {
        let Scratch { stack, best, .. } = scratch;
        let farthest = request.within.map_or(f64::INFINITY, |limit| {
            limit.get() * limit.get() * (1.0 + 1e-9) + 1e-6
        });
        let mut ranking = Ranking::<TIES>::new(best, &self.ids, k, farthest);
        if k == 0 {
            return;
        }
        let at = Ecef::of(request.at);
        let tree = &self.tree;
        let (x, y) = tree.frame.place(at);
        // Two roundings to f32 and one of the difference, on two axes, cost less than 6 in 2^24; 16 are allowed.
        let slack = tree.reach_m.max(x.abs()).max(y.abs()) * 16.0 / 16_777_216.0;
        let planar = |chord_squared: f64| {
            let reach = chord_squared.sqrt() + slack;
            // What is not there is infinitely far in the tree, and no limit reaches it.
            single(reach * reach * 1.000_001).min(f32::MAX)
        };
        let needs = Needs::new(request.needs, request.reach == Reach::Assignable);
        let mut limit = planar(farthest);
        tree.search(
            (single(x), single(y)),
            &needs,
            limit,
            stack,
            |first, mut lanes| {
                let before = ranking.farthest;
                while lanes != 0 {
                    let seat = first + lanes.trailing_zeros() as usize;
                    lanes &= lanes - 1;
                    let (Some(&place), Some(&unit)) = (tree.at.get(seat), tree.unit.get(seat))
                    else {
                        continue;
                    };
                    let chord = at.chord_squared(place);
                    if chord <= ranking.farthest
                        && !self.is_excluded(request, unit)
                        && self.is_within(request, unit, chord)
                    {
                        ranking.offer(chord, unit);
                    }
                }
                if ranking.farthest < before {
                    limit = planar(ranking.farthest);
                }
                limit
            },
        );
        ranking.finish();
    }

    fn is_excluded(&self, request: &Request, unit: u32) -> bool {
        !request.excluded.is_empty()
            && self
                .ids
                .get(unit as usize)
                .is_some_and(|&id| request.excluded.contains(&resource(id)))
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
                .positions
                .get(number as usize)
                .is_some_and(|&position| geodesic(request.at, position).get() <= limit)
    }
}
