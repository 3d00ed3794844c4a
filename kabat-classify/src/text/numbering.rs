//! Numbers for things that lie elsewhere.

use super::WordMap;

/// Ends a chain of numbers.
const END: u32 = u32::MAX;

/// Gives equal things one number, counting from zero. The caller keeps the things, one after another in flat lists, and so
/// needs no key of its own in memory for each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbering {
    /// Per hash: the last number given.
    last: WordMap<u64, u32>,
    /// Per number: the one before it with the same hash.
    before: Vec<u32>,
}

impl Numbering {
    /// Returns the number of the thing with this hash for which `same` holds.
    pub(crate) fn find(&self, hash: u64, same: impl Fn(u32) -> bool) -> Option<u32> {
        let last = self.last.get(&hash)?;
        search(&self.before, *last, same)
    }

    /// Returns the number of a thing as [`Numbering::find`] does, or gives it the next one.
    pub(crate) fn find_or_add(&mut self, hash: u64, same: impl Fn(u32) -> bool) -> u32 {
        let next = u32::try_from(self.before.len()).unwrap_or(END);
        let last = self.last.entry(hash).or_insert(END);
        search(&self.before, *last, same).unwrap_or_else(|| {
            self.before.push(*last);
            *last = next;
            next
        })
    }
}

fn search(before: &[u32], last: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
    let mut at = last;
    while at != END && !same(at) {
        at = before.get(at as usize).copied().unwrap_or(END);
    }
    (at != END).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::Numbering;

    #[test]
    fn things_with_one_hash_stay_apart() {
        let things = ["a", "b", "c", "b", "a", "d"];
        let mut kept: Vec<&str> = Vec::new();
        let mut numbering = Numbering::default();
        for thing in things {
            let id = numbering.find_or_add(7, |id| kept[id as usize] == thing);
            if id as usize == kept.len() {
                kept.push(thing);
            }
        }
        assert_eq!(kept, ["a", "b", "c", "d"]);
        assert_eq!(numbering.find(7, |id| kept[id as usize] == "c"), Some(2));
        assert_eq!(numbering.find(7, |id| kept[id as usize] == "e"), None);
        assert_eq!(numbering.find(8, |_| true), None);
    }
}
