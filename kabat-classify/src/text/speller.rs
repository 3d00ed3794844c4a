//! Words that differ by one slip from a word of the lexicon.

use super::hash::{WordMap, packed};

/// Shortest word that may be corrected.
const MIN: usize = 6;
/// Only this many first letters are indexed, so that they fit one number; the rest is compared.
const PREFIX: usize = 7;

/// Finds lexicon words one slip away: a letter missing, too many, wrong, or two swapped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speller {
    words: Vec<(Box<str>, bool, u32)>,
    deletes: WordMap<u64, Vec<u32>>,
}

impl Speller {
    /// Adds a word, or with `stem` the beginning of words; `value` comes back from [`Speller::nearest`].
    pub(crate) fn add(&mut self, word: &str, stem: bool, value: u32) {
        if word.len() < if stem { MIN + 1 } else { MIN } || !word.is_ascii() {
            return;
        }
        let Ok(id) = u32::try_from(self.words.len()) else {
            return;
        };
        self.words.push((word.into(), stem, value));
        let bytes = word.as_bytes();
        let head = bytes.get(..PREFIX.min(bytes.len())).unwrap_or(bytes);
        let mut keys: Vec<u64> = deletes_of(head).collect();
        keys.push(packed(head));
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            self.deletes.entry(key).or_default().push(id);
        }
    }

    /// Returns the values of the words that `word` may have been meant as.
    ///
    /// Only words with the same first letter, or with the first two swapped, are considered.
    pub(crate) fn nearest(&self, word: &str, mut found: impl FnMut(u32)) {
        if word.len() < MIN || word.len() > 32 || !word.is_ascii() {
            return;
        }
        let bytes = word.as_bytes();
        let mut seen: [u32; 8] = [u32::MAX; 8];
        let mut count = 0;
        let mut look = |key: u64| {
            for &id in self.deletes.get(&key).into_iter().flatten() {
                let Some((target, stem, value)) = self.words.get(id as usize) else {
                    continue;
                };
                if seen.contains(&id) || !one_slip(bytes, target.as_bytes(), *stem) {
                    continue;
                }
                if let Some(slot) = seen.get_mut(count) {
                    *slot = id;
                    count += 1;
                    found(*value);
                }
            }
        };
        // A stem shorter than PREFIX is indexed at its own length.
        let longest = PREFIX.min(bytes.len());
        let mut found_at_six = false;
        for length in [longest, 6] {
            if length > longest || length == 6 && found_at_six {
                continue;
            }
            found_at_six |= length == 6;
            let head = bytes.get(..length).unwrap_or(bytes);
            look(packed(head));
            for key in deletes_of(head) {
                look(key);
            }
        }
    }
}

fn deletes_of(head: &[u8]) -> impl Iterator<Item = u64> + '_ {
    (0..head.len()).map(move |skip| {
        let kept = head.iter().enumerate().filter(move |(at, _)| *at != skip);
        packed(kept.map(|(_, byte)| byte))
    })
}

/// Whether `word` is `target` with at most one slip; with `stem`, whether `word` begins with such a thing.
fn one_slip(word: &[u8], target: &[u8], stem: bool) -> bool {
    if word.first() != target.first() && word.first() != target.get(1) {
        return false;
    }
    let same = word.iter().zip(target).take_while(|(a, b)| a == b).count();
    let rest = |bytes: &[u8], from: usize| -> Vec<u8> { bytes.get(from..).unwrap_or(&[]).to_vec() };
    if stem && same == target.len() {
        return true;
    }
    let fits = |w: Vec<u8>, t: Vec<u8>| if stem { w.starts_with(&t) } else { w == t };
    // A stem may not lose its last letter: "brandw" is not a slip of "brandwe" but another word.
    fits(rest(word, same + 1), rest(target, same + 1))
        || fits(rest(word, same + 1), rest(target, same))
        || fits(rest(word, same), rest(target, same + 1)) && !(stem && same + 1 == target.len())
        || word.get(same) == target.get(same + 1)
            && word.get(same + 1) == target.get(same)
            && word.get(same).is_some()
            && fits(rest(word, same + 2), rest(target, same + 2))
}

#[cfg(test)]
mod tests {
    use super::{Speller, one_slip};

    /// Plain dynamic programming: edit distance with neighbouring swaps.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut d = vec![vec![0usize; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 {
                    j
                } else if j == 0 {
                    i
                } else {
                    let mut best = (d[i - 1][j] + 1)
                        .min(d[i][j - 1] + 1)
                        .min(d[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(d[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        d[a.len()][b.len()]
    }

    proptest::proptest! {
        #[test]
        fn one_slip_is_distance_one(a in "x[ab]{4,8}", b in "x[ab]{4,8}") {
            let expected = distance(a.as_bytes(), b.as_bytes()) <= 1;
            proptest::prop_assert_eq!(one_slip(a.as_bytes(), b.as_bytes(), false), expected);
        }

        #[test]
        fn every_word_one_slip_away_is_found(a in "[ab]{6,9}", b in "[ab]{6,9}") {
            let mut speller = Speller::default();
            speller.add(&b, false, 7);
            let mut found = false;
            speller.nearest(&a, |_| found = true);
            proptest::prop_assert_eq!(found, one_slip(a.as_bytes(), b.as_bytes(), false));
        }
    }
}
