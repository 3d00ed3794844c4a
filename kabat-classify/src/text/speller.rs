//! Words that differ by one slip from a word of the lexicon.

use std::hash::Hasher;

use super::Words;
use super::hash::{WordHasher, packed};
use crate::grouped::Grouped;

/// Shortest word that may be corrected.
const MIN: usize = 6;
/// Only this many first letters are indexed, so that they fit one number; the rest is compared.
const PREFIX: usize = 7;
/// Beginnings are spread over two to this power buckets; the base set has about as many.
const BUCKET_BITS: u32 = 17;

/// A word that others may be corrected to, or with `stem` the beginning of such words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub(crate) word: u32,
    pub(crate) stem: bool,
    /// Comes back from [`Speller::nearest`].
    pub(crate) value: u32,
}

/// Finds words one slip away: a letter missing, too many, wrong, or two swapped.
///
/// Beginnings that are the same once a letter is gone from each are found in the same bucket.
#[derive(Debug, Clone)]
pub(crate) struct Speller {
    targets: Vec<Target>,
    /// Per bucket: the tag that tells most beginnings in it apart, and the place of the target.
    buckets: Grouped<(u32, u32)>,
}

impl Target {
    fn is_long_enough(self, words: &Words) -> bool {
        let word = words.word(self.word);
        word.is_ascii() && word.len() >= MIN + usize::from(self.stem)
    }
}

impl Speller {
    /// Makes the table of those targets that are long enough.
    pub(crate) fn new(words: &Words, targets: impl Iterator<Item = Target>) -> Self {
        let targets: Vec<Target> = targets.filter(|t| t.is_long_enough(words)).collect();
        let mut entries = Vec::with_capacity(targets.len() * (PREFIX + 1));
        for (id, target) in (0..).zip(&targets) {
            let bytes = words.word(target.word).as_bytes();
            let head = bytes.get(..PREFIX).unwrap_or(bytes);
            entries.extend(keys(head).map(|(bucket, tag)| (bucket, (tag, id))));
        }
        let buckets = Grouped::new(&entries, 1 << BUCKET_BITS);
        Self { targets, buckets }
    }

    /// Calls `found` with the values of the words that `word` may have been meant as.
    ///
    /// Only words with the same first letter, or with the first two swapped, are considered.
    pub(crate) fn nearest(&self, words: &Words, word: &str, mut found: impl FnMut(u32)) {
        if word.len() < MIN || word.len() > 32 || !word.is_ascii() {
            return;
        }
        let bytes = word.as_bytes();
        let mut seen: [u32; 8] = [u32::MAX; 8];
        let mut count = 0;
        let mut look = |(bucket, tag): (u32, u32)| {
            let entries = self.buckets.of(bucket).iter();
            for &(_, id) in entries.filter(|(of, _)| *of == tag) {
                let Some(target) = self.targets.get(id as usize) else {
                    continue;
                };
                let meant = words.word(target.word).as_bytes();
                if seen.contains(&id) || !one_slip(bytes, meant, target.stem) {
                    continue;
                }
                if let Some(slot) = seen.get_mut(count) {
                    *slot = id;
                    count += 1;
                    found(target.value);
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
            keys(head).for_each(&mut look);
        }
    }
}

/// Returns bucket and tag of a beginning as it is and with each of its letters gone.
fn keys(head: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    (0..=head.len()).rev().map(|gone| {
        let kept = head.iter().enumerate().filter(move |(at, _)| *at != gone);
        let mut hasher = WordHasher::default();
        hasher.write_u64(packed(kept.map(|(_, byte)| byte)));
        let hash = hasher.finish();
        let part = |bits: u64| u32::try_from(bits).unwrap_or(0);
        (
            part(hash >> (u64::BITS - BUCKET_BITS)),
            part(hash & u64::from(u32::MAX)),
        )
    })
}

/// Whether `word` is `target` with at most one slip; with `stem`, whether `word` begins with such a thing.
fn one_slip(word: &[u8], target: &[u8], stem: bool) -> bool {
    let swapped = word.first() == target.get(1) && word.get(1) == target.first();
    if word.first() != target.first() && !swapped {
        return false;
    }
    let same = word.iter().zip(target).take_while(|(a, b)| a == b).count();
    if stem && same == target.len() {
        return true;
    }
    let fits = |w: &[u8], t: &[u8]| if stem { w.starts_with(t) } else { w == t };
    // A stem may not lose its last letter: "brandw" is not a slip of "brandwe" but another word.
    fits(rest(word, same + 1), rest(target, same + 1))
        || fits(rest(word, same + 1), rest(target, same))
        || fits(rest(word, same), rest(target, same + 1)) && !(stem && same + 1 == target.len())
        || word.get(same) == target.get(same + 1)
            && word.get(same + 1) == target.get(same)
            && word.get(same).is_some()
            && fits(rest(word, same + 2), rest(target, same + 2))
}

fn rest(bytes: &[u8], from: usize) -> &[u8] {
    bytes.get(from..).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::{Speller, Target, one_slip};
    use crate::text::Words;

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
            let mut words = Words::default();
            let target = Target { word: words.add(&b), stem: false, value: 7 };
            let speller = Speller::new(&words, [target].into_iter());
            let mut found = false;
            speller.nearest(&words, &a, |_| found = true);
            proptest::prop_assert_eq!(found, one_slip(a.as_bytes(), b.as_bytes(), false));
        }
    }
}
