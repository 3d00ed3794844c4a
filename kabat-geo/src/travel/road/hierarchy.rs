//! Ways through a contraction hierarchy.

use cch::bundle::INVALID_ID;
use cch::graph::Graph;
use cch::{Cch, INF_WEIGHT, Metric};

/// A hierarchy without times; the times of a day are a [`Metric`] of it.
///
/// Every way goes up from its start and down to its end, and in a customizable hierarchy all nodes above a node
/// are its ancestors in one tree. So an end is fully described by one number for each of its ancestors, and the time from
/// a start follows from the times of the nodes above it.
#[derive(Debug)]
pub(super) struct Hierarchy {
    cch: Cch,
    /// Ancestors above each node, by its number in the hierarchy.
    depth: Vec<u32>,
}

/// Milliseconds to one node, worked out as they are asked for.
#[derive(Debug)]
pub(super) struct Arrivals {
    /// The ancestors of the end, the root first, and the time from each when the way only goes down.
    down: Vec<(u32, u32)>,
    /// By node of the hierarchy: the time and 1; 0 is not worked out yet. With a node, all its ancestors are known.
    known: Vec<u32>,
}

impl Hierarchy {
    /// Builds the hierarchy of arcs that are sorted by their tail.
    pub(super) fn new(latitude: &[f32], longitude: &[f32], arcs: &[(u32, u32)]) -> Self {
        let (tail, head): (Vec<u32>, Vec<u32>) = arcs.iter().copied().unzip();
        let nodes = u32::try_from(latitude.len()).unwrap_or(u32::MAX);
        let order = cch::inertial_order(nodes, &tail, &head, latitude, longitude);
        let first_out = (0..=nodes)
            .map(|node| tail.partition_point(|&tail| tail < node))
            // INVARIANT: the network has fewer than 2^31 edges.
            .map(|place| u32::try_from(place).unwrap_or(u32::MAX))
            .collect();
        let graph = Graph {
            first_out,
            weight: vec![1; head.len()],
            head,
        };
        let cch = Cch::build(&graph, &order);
        let mut depth = vec![0; order.len()];
        // A parent has a higher number than its children, so it has its depth when they ask.
        for node in (0..depth.len()).rev() {
            let parent = cch.elimination_tree_parent.get(node).copied();
            let above = parent
                .filter(|&parent| parent != INVALID_ID)
                .and_then(|parent| depth.get(parent as usize).copied())
                .map_or(0, |above: u32| above + 1);
            if let Some(depth) = depth.get_mut(node) {
                *depth = above;
            }
        }
        Self { cch, depth }
    }

    /// Takes in the milliseconds of the arcs; [`closed`] for those that cannot be driven.
    pub(super) fn customize(&self, weights: &[u32]) -> Metric {
        self.cch.customize(weights)
    }

    /// Describes an end.
    pub(super) fn towards(&self, metric: &Metric, node: u32) -> Arrivals {
        let end = self.number(node);
        let mut down = vec![(INVALID_ID, INF_WEIGHT); self.depth(end) + 1];
        if let Some(last) = down.last_mut() {
            *last = (end, 0);
        }
        for at in self.chain(end) {
            let Some(here) = down.get_mut(self.depth(at)) else {
                continue;
            };
            here.0 = at;
            let so_far = here.1;
            for (head, cost) in self.arcs(&metric.backward, at) {
                if let Some((_, least)) = down.get_mut(self.depth(head)) {
                    *least = (*least).min(so_far.saturating_add(cost));
                }
            }
        }
        Arrivals {
            down,
            known: vec![0; self.depth.len()],
        }
    }

    /// Returns the milliseconds of the fastest way from a node to the end; `None` when there is none below 24 days.
    pub(super) fn time(&self, metric: &Metric, arrivals: &mut Arrivals, node: u32) -> Option<u32> {
        let Arrivals { down, known } = arrivals;
        let start = self.number(node);
        let is_new = |at: &u32| known.get(*at as usize) == Some(&0);
        let chain: Vec<u32> = self.chain(start).take_while(is_new).collect();
        for &at in chain.iter().rev() {
            let straight_down = down.get(self.depth(at)).filter(|(node, _)| *node == at);
            let mut least = straight_down.map_or(INF_WEIGHT, |&(_, cost)| cost);
            for (head, cost) in self.arcs(&metric.forward, at) {
                let rest = known
                    .get(head as usize)
                    .and_then(|time| time.checked_sub(1));
                let rest = rest.unwrap_or(INF_WEIGHT);
                least = least.min(cost.saturating_add(rest));
            }
            if let Some(time) = known.get_mut(at as usize) {
                *time = least.min(INF_WEIGHT) + 1;
            }
        }
        let time = known.get(start as usize)?.checked_sub(1)?;
        (time < INF_WEIGHT).then_some(time)
    }

    /// Returns the number of a node in the hierarchy.
    fn number(&self, node: u32) -> u32 {
        let number = self.cch.rank.get(node as usize);
        number.copied().unwrap_or(INVALID_ID)
    }

    fn depth(&self, number: u32) -> usize {
        self.depth.get(number as usize).map_or(0, |&d| d as usize)
    }

    /// Returns a node and its ancestors, the root last.
    fn chain(&self, number: u32) -> impl Iterator<Item = u32> + '_ {
        let parent = |number: &u32| {
            let parents = &self.cch.elimination_tree_parent;
            parents.get(*number as usize).copied()
        };
        std::iter::successors(Some(number), parent).take_while(|&number| number != INVALID_ID)
    }

    /// Returns the arcs up from a node, with their weights.
    fn arcs<'a>(
        &'a self,
        weights: &'a [u32],
        number: u32,
    ) -> impl Iterator<Item = (u32, u32)> + 'a {
        let end = |number: usize| self.cch.up_first_out.get(number).map_or(0, |&n| n as usize);
        let range = end(number as usize)..end(number as usize + 1);
        let heads = self.cch.up_head.get(range.clone()).unwrap_or(&[]);
        let weights = weights.get(range).unwrap_or(&[]);
        heads.iter().copied().zip(weights.iter().copied())
    }
}

/// The time of an arc that cannot be driven.
pub(super) const fn closed() -> u32 {
    INF_WEIGHT
}
