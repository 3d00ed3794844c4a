//! Lists by number, one after another in memory.

/// For each of some groups, numbered from zero, a list of things.
#[derive(Debug, Clone)]
pub(crate) struct Grouped<T> {
    /// Where each group begins; it ends where the next one begins.
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
    /// Puts things into their groups, where they keep their order.
    pub(crate) fn new(things: &[(u32, T)], groups: usize) -> Self {
        let starts = starts(things.iter().map(|(group, _)| *group), groups);
        let mut free = starts.clone();
        let mut placed = vec![T::default(); things.len()];
        for (group, thing) in things {
            let Some(at) = free.get_mut(*group as usize) else {
                continue;
            };
            if let Some(slot) = placed.get_mut(*at as usize) {
                *slot = *thing;
            }
            *at += 1;
        }
        Self {
            starts,
            things: placed,
        }
    }
}

impl<T> Grouped<T> {
    /// Returns the things of a group.
    pub(crate) fn of(&self, group: u32) -> &[T] {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or(0) as usize;
        let group = group as usize;
        let things = self.things.get(bound(group)..bound(group + 1));
        things.unwrap_or(&[])
    }
}

/// Returns where each group begins in a list sorted by group, with the end of the last.
pub(crate) fn starts(groups: impl Iterator<Item = u32>, count: usize) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    for group in groups {
        if let Some(next) = starts.get_mut(group as usize + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::Grouped;

    #[test]
    fn groups_keep_their_order() {
        let grouped = Grouped::new(&[(2, 'a'), (0, 'b'), (2, 'c'), (2, 'd')], 4);
        let all: Vec<&[char]> = (0..5).map(|group| grouped.of(group)).collect();
        assert_eq!(all, [&['b'][..], &[], &['a', 'c', 'd'], &[], &[]]);
    }
}
