//! The part of a network in which every node can be reached from every other.

/// Marks the nodes of the greatest strongly connected part (Kosaraju, without recursion); of equal parts the one
/// with the lowest node.
pub(super) fn greatest(nodes: usize, arcs: &[(u32, u32)]) -> Vec<bool> {
    let forward = Adjacency::new(nodes, arcs.iter().copied());
    let backward = Adjacency::new(nodes, arcs.iter().map(|&(from, to)| (to, from)));
    let mut seen = vec![false; nodes];
    let mut finished = Vec::with_capacity(nodes);
    for start in 0..nodes {
        forward.visit(start, &mut seen, |node| finished.push(node));
    }
    let mut seen = vec![false; nodes];
    let mut best: Vec<usize> = Vec::new();
    for &start in finished.iter().rev() {
        let mut part = Vec::new();
        backward.visit(start, &mut seen, |node| part.push(node));
        let rank = |part: &[usize]| {
            (
                part.len(),
                std::cmp::Reverse(part.iter().min().copied().unwrap_or(usize::MAX)),
            )
        };
        if rank(&part) > rank(&best) {
            best = part;
        }
    }
    let mut inside = vec![false; nodes];
    for node in best {
        if let Some(mark) = inside.get_mut(node) {
            *mark = true;
        }
    }
    inside
}

struct Adjacency {
    first: Vec<usize>,
    heads: Vec<u32>,
}

impl Adjacency {
    fn new(nodes: usize, arcs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut sorted: Vec<(u32, u32)> = arcs.collect();
        sorted.sort_unstable();
        let first = (0..=nodes)
            .map(|node| sorted.partition_point(|&(tail, _)| (tail as usize) < node))
            .collect();
        Self {
            first,
            heads: sorted.into_iter().map(|(_, head)| head).collect(),
        }
    }

    fn of(&self, node: usize) -> &[u32] {
        let from = self.first.get(node).copied().unwrap_or(0);
        let to = self.first.get(node + 1).copied().unwrap_or(0);
        self.heads.get(from..to).unwrap_or(&[])
    }

    /// Visits what can be reached and was not seen, and reports every node after those found from it.
    fn visit(&self, start: usize, seen: &mut [bool], mut leave: impl FnMut(usize)) {
        let mut enter = |node: usize| {
            seen.get_mut(node)
                .is_some_and(|seen| !std::mem::replace(seen, true))
        };
        if !enter(start) {
            return;
        }
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.last_mut() {
            if let Some(&head) = self.of(*node).get(*next) {
                *next += 1;
                let head = head as usize;
                if enter(head) {
                    stack.push((head, 0));
                }
            } else {
                leave(*node);
                stack.pop();
            }
        }
    }
}
