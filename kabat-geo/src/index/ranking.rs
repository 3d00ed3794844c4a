//! The nearest units so far.

use super::ecef::near_tie;

/// Up to this many are kept in order; a longer list is cut to length whenever it has doubled.
const SORTED: usize = 32;

/// The `k` nearest units so far by squared chord and id. With `TIES`, also those whose chord is too close to tell.
pub(super) struct Ranking<'a, const TIES: bool> {
    best: &'a mut Vec<(f64, u32)>,
    ids: &'a [u128],
    k: usize,
    full: usize,
    /// The squared chord beyond which nothing is wanted.
    pub(super) farthest: f64,
}

impl<'a, const TIES: bool> Ranking<'a, TIES> {
    pub(super) fn new(
        best: &'a mut Vec<(f64, u32)>,
        ids: &'a [u128],
        k: usize,
        farthest: f64,
    ) -> Self {
        best.clear();
        Self {
            best,
            ids,
            k,
            full: k.saturating_mul(2),
            farthest,
        }
    }

    /// Takes a unit in that is at most `farthest` away.
    pub(super) fn offer(&mut self, chord: f64, unit: u32) {
        if self.k > SORTED {
            self.best.push((chord, unit));
            if self.best.len() >= self.full {
                self.cut();
                // Units that tie are all kept, however many they are.
                self.full = self.k.max(self.best.len()).saturating_mul(2);
            }
            return;
        }
        let ids = self.ids;
        let slot = self
            .best
            .partition_point(|&other| precedes(ids, other, (chord, unit)));
        if TIES || slot < self.k {
            self.best.insert(slot, (chord, unit));
        }
        if let Some(&(last, _)) = self.best.get(self.k - 1) {
            let edge = Self::edge(last);
            self.farthest = self.farthest.min(edge);
            let keep = if TIES {
                self.best.partition_point(|&(chord, _)| chord <= edge)
            } else {
                self.k
            };
            self.best.truncate(keep);
        }
    }

    /// Brings the list into its final order.
    pub(super) fn finish(mut self) {
        if self.k > SORTED {
            self.cut();
            let ids = self.ids;
            self.best.sort_unstable_by(|&a, &b| order(ids, a, b));
        }
    }

    fn cut(&mut self) {
        if self.best.len() < self.k {
            return;
        }
        let ids = self.ids;
        let (_, &mut (last, _), _) = self
            .best
            .select_nth_unstable_by(self.k - 1, |&a, &b| order(ids, a, b));
        let edge = Self::edge(last);
        self.farthest = self.farthest.min(edge);
        if TIES {
            self.best.retain(|&(chord, _)| chord <= edge);
        } else {
            self.best.truncate(self.k);
        }
    }

    fn edge(last: f64) -> f64 {
        if TIES { last * near_tie(last) } else { last }
    }
}

fn id(ids: &[u128], unit: u32) -> Option<&u128> {
    ids.get(unit as usize)
}

fn precedes(ids: &[u128], a: (f64, u32), b: (f64, u32)) -> bool {
    a.0 < b.0 || a.0 <= b.0 && id(ids, a.1) < id(ids, b.1)
}

fn order(ids: &[u128], a: (f64, u32), b: (f64, u32)) -> std::cmp::Ordering {
    a.0.total_cmp(&b.0)
        .then_with(|| id(ids, a.1).cmp(&id(ids, b.1)))
}
