//! Words kept once and numbered.

use std::hash::Hasher;

use super::hash::WordHasher;
use super::numbering::Numbering;

/// A list of words, in the order in which they were first added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    text: String,
    /// Per word: where it ends in the text, and the next one begins.
    ends: Vec<u32>,
    numbering: Numbering,
}

fn hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

fn word<'a>(text: &'a str, ends: &[u32], id: u32) -> &'a str {
    let id = id as usize;
    let start = id.checked_sub(1).and_then(|before| ends.get(before));
    let end = ends.get(id).copied().unwrap_or(0) as usize;
    text.get(start.copied().unwrap_or(0) as usize..end)
        .unwrap_or("")
}

impl Words {
    /// Returns the number of a word, which is added if it is new.
    pub(crate) fn add(&mut self, added: &str) -> u32 {
        let (text, ends) = (&self.text, &self.ends);
        let same = |id| word(text, ends, id) == added;
        let id = self.numbering.find_or_add(hash(added), same);
        if id as usize == self.ends.len() {
            self.text.push_str(added);
            let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.ends.push(end);
        }
        id
    }

    /// Returns the number of a word.
    pub(crate) fn find(&self, sought: &str) -> Option<u32> {
        self.numbering
            .find(hash(sought), |id| self.word(id) == sought)
    }

    /// Returns the word with a number.
    pub(crate) fn word(&self, id: u32) -> &str {
        word(&self.text, &self.ends, id)
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn every_word_once() {
        let mut words = Words::default();
        assert_eq!(
            ["brand", "", "feu", "brand", "", "brandweerwagen"].map(|word| words.add(word)),
            [0, 1, 2, 0, 1, 3]
        );
        assert_eq!(words.word(3), "brandweerwagen");
        assert_eq!(words.find("feu"), Some(2));
        assert_eq!(words.find("brandweer"), None);
        assert_eq!(words.word(4), "");
    }
}
