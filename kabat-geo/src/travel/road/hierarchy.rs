//! Ways through a contraction hierarchy.

use cch::bundle::INVALID_ID;
use cch::graph::Graph;
use cch::{Cch, INF_WEIGHT, Metric};

/// A hierarchy without times; the times of a day are a [`Metric`] of it.
///
/// Every way goes up from its start and down to its end, and in a customizable hierarchy all nodes above a node
/// are its ancestors in one tree. So a start, or an end, is fully described by one number for each of its ancestors,
/// and the way between two is read off the ancestors they share.
#[derive(Debug)]
pub(super) struct Hierarchy {
    cch: Cch,
    /// Ancestors above each node, by its number in the hierarchy.
    depth: Vec<u32>,
}

/// Milliseconds from a node to its ancestors, or from them to it; the root comes first.
#[derive(Debug, Clone)]
pub(super) struct Label {
    ancestors: Vec<u32>,
    cost: Vec<u32>,
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

    /// Describes a start.
    pub(super) fn from(&self, metric: &Metric, node: u32) -> Label {
        self.label(&metric.forward, node)
    }

    /// Describes an end.
    pub(super) fn to(&self, metric: &Metric, node: u32) -> Label {
        self.label(&metric.backward, node)
    }

    fn label(&self, weights: &[u32], node: u32) -> Label {
        let depth = |node: u32| self.depth.get(node as usize).map_or(0, |&d| d as usize);
        let mut at = self
            .cch
            .rank
            .get(node as usize)
            .copied()
            .unwrap_or(INVALID_ID);
        let mut label = Label {
            ancestors: vec![INVALID_ID; depth(at) + 1],
            cost: vec![INF_WEIGHT; depth(at) + 1],
        };
        if let Some(start) = label.cost.last_mut() {
            *start = 0;
        }
        while at != INVALID_ID {
            let place = depth(at);
            if let Some(ancestor) = label.ancestors.get_mut(place) {
                *ancestor = at;
            }
            let so_far = label.cost.get(place).copied().unwrap_or(INF_WEIGHT);
            if so_far < INF_WEIGHT {
                let end = |node: u32| {
                    let place = self.cch.up_first_out.get(node as usize);
                    place.map_or(0, |&place| place as usize)
                };
                let (from, to) = (end(at), end(at + 1));
                let heads = self.cch.up_head.get(from..to).unwrap_or(&[]);
                let costs = weights.get(from..to).unwrap_or(&[]);
                for (&head, &cost) in heads.iter().zip(costs) {
                    if let Some(least) = label.cost.get_mut(depth(head)) {
                        *least = (*least).min(so_far.saturating_add(cost));
                    }
                }
            }
            let parents = &self.cch.elimination_tree_parent;
            at = parents.get(at as usize).copied().unwrap_or(INVALID_ID);
        }
        label
    }
}

impl Label {
    /// Returns the milliseconds of the fastest way from a start to this end.
    pub(super) fn from(&self, start: &Self) -> Option<u32> {
        let up = start.ancestors.iter().zip(&start.cost);
        let down = self.ancestors.iter().zip(&self.cost);
        up.zip(down)
            .take_while(|((up, _), (down, _))| up == down)
            .map(|((_, up), (_, down))| up.saturating_add(*down))
            .min()
            .filter(|&least| least < INF_WEIGHT)
    }
}

/// The time of an arc that cannot be driven.
pub(super) const fn closed() -> u32 {
    INF_WEIGHT
}
