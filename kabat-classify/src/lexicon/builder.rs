//! Terms read and put into flat lists.

use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{Anchor, Atom, FlatSlot, Languages, Lexicon, NONE, Reach, Term};
use crate::RuleSetError;
use crate::grouped::Grouped;
use crate::text::{Numbering, WordHasher, WordMap, Words, fold_digraphs, fold_into};

/// Most words of a term.
const MAX_SLOTS: usize = 8;
/// Most optional words: each doubles the ways of saying the term.
const MAX_OPTIONAL: usize = 3;
/// Most atoms, and most terms.
const MAX_ENTRIES: usize = 120_000;

/// Collects terms.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    words: Words,
    /// Per word: its atoms, by which sides are open.
    atoms_of: Vec<[u32; 4]>,
    ordinary: Vec<Languages>,
    atoms: Vec<Atom>,
    terms: Vec<Term>,
    slots: Vec<FlatSlot>,
    slot_atoms: Vec<u32>,
    known: Numbering,
    denials: WordMap<u32, Reach>,
    count: usize,
    folded: String,
}

/// The words of a term as written, of which some may be left out.
#[derive(Debug, Default)]
struct Written {
    slots: [FlatSlot; MAX_SLOTS],
    len: usize,
    /// Bits of the slots that may be left out.
    optional: u8,
}

impl Written {
    /// Adds a slot; returns `None` when there are too many.
    fn push(&mut self, slot: FlatSlot, optional: bool) -> Option<()> {
        *self.slots.get_mut(self.len)? = slot;
        self.optional |= u8::from(optional) << self.len;
        self.len += 1;
        Some(())
    }

    /// Returns the slots that are said when those with a bit in `left_out` are not.
    fn without(&self, left_out: u8) -> impl Iterator<Item = FlatSlot> {
        let said = (0..).zip(self.slots.iter().take(self.len));
        let said = said.filter(move |(at, _)| left_out & (1 << at) == 0);
        said.enumerate().map(|(place, (_, slot))| FlatSlot {
            gap: if place == 0 { 0 } else { slot.gap },
            ..*slot
        })
    }
}

impl LexiconBuilder {
    /// Adds an ordinary word of a language.
    pub(crate) fn ordinary(&mut self, word: &str, languages: Languages) {
        self.forms(word, |builder, form| {
            if let Some(known) = builder.ordinary.get_mut(form as usize) {
                *known |= languages;
            }
        });
    }

    /// Says that the terms of an owner deny, and how far.
    pub(crate) fn denial(&mut self, owner: u32, before: u32, after: u32) {
        self.denials.insert(owner, Reach { before, after });
    }

    /// Returns how many terms were added.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Adds one term of an owner. See `RuleSetDocument` for the notation.
    pub(crate) fn term(
        &mut self,
        owner: u32,
        name: &str,
        text: &str,
        languages: Languages,
    ) -> Result<(), RuleSetError> {
        let (slots, slot_atoms) = (self.slots.len(), self.slot_atoms.len());
        let written = self.read(text).ok_or_else(|| RuleSetError::Term {
            owner: name.to_owned(),
            term: text.to_owned(),
        })?;
        let mut left_out = 0;
        loop {
            self.say(owner, languages, written.without(left_out));
            // The next larger set of bits out of the optional ones.
            left_out = left_out.wrapping_sub(written.optional) & written.optional;
            if left_out == 0 {
                break;
            }
        }
        if self.slots.len() == slots {
            self.slot_atoms.truncate(slot_atoms);
        }
        self.count += 1;
        Ok(())
    }

    /// Reads the notation of a term.
    fn read(&mut self, text: &str) -> Option<Written> {
        let mut written = Written::default();
        let mut gap = 0;
        // Contractions are one word here as in a text; other apostrophes and hyphens separate.
        let spaced = if text.contains(['\'', '’', '-']) {
            Cow::Owned(text.replace("n't", "nt").replace(['\'', '’', '-'], " "))
        } else {
            Cow::Borrowed(text)
        };
        for part in spaced.split_whitespace() {
            if part == ".." {
                gap = 3;
                continue;
            }
            let (part, optional) = part.strip_suffix('?').map_or((part, false), |p| (p, true));
            let first_atom = self.slot_atoms.len();
            for word in part.split('|') {
                self.alternative(word)?;
            }
            let slot = FlatSlot {
                first_atom: number(first_atom),
                atoms: u16::try_from(self.slot_atoms.len() - first_atom).unwrap_or(u16::MAX),
                gap,
            };
            written.push(slot, optional)?;
            gap = 0;
        }
        let ways = written.optional.count_ones() as usize;
        (written.len > 0 && ways <= MAX_OPTIONAL).then_some(written)
    }

    /// Adds the atoms of a word in the notation of terms.
    fn alternative(&mut self, word: &str) -> Option<()> {
        let (open_before, open_after) = (word.starts_with('*'), word.ends_with('*'));
        let body = word.trim_matches('*');
        if body.contains('*') || (open_before || open_after) && body.len() < 3 {
            return None;
        }
        let first = self.slot_atoms.len();
        self.forms(body, |builder, word| {
            let atom = builder.atom(Atom {
                word,
                open_before,
                open_after,
            });
            builder.slot_atoms.push(atom);
        });
        (self.slot_atoms.len() > first).then_some(())
    }

    /// Calls `each` with the number of every form in which a word is typed; with none for a word without letters and digits.
    fn forms(&mut self, word: &str, mut each: impl FnMut(&mut Self, u32)) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        word.chars().for_each(|c| fold_into(c, &mut folded));
        let other = fold_digraphs(word);
        for form in [Some(&folded), other.as_ref()].into_iter().flatten() {
            if !form.is_empty() {
                let form = self.word(form);
                each(self, form);
            }
        }
        self.folded = folded;
    }

    fn word(&mut self, word: &str) -> u32 {
        let id = self.words.add(word);
        if id as usize == self.atoms_of.len() {
            self.atoms_of.push([NONE; 4]);
            self.ordinary.push(0);
        }
        id
    }

    fn atom(&mut self, atom: Atom) -> u32 {
        let next = number(self.atoms.len());
        let sides = usize::from(atom.open_before) + 2 * usize::from(atom.open_after);
        let known = self.atoms_of.get_mut(atom.word as usize);
        match known.and_then(|sides_of| sides_of.get_mut(sides)) {
            Some(id) if *id != NONE => return *id,
            Some(id) => *id = next,
            None => {}
        }
        self.atoms.push(atom);
        next
    }

    /// Adds one way of saying a term, unless the owner has it.
    fn say(&mut self, owner: u32, languages: Languages, said: impl Iterator<Item = FlatSlot>) {
        let first_slot = self.slots.len();
        self.slots.extend(said);
        let (terms, slots, slot_atoms) = (&self.terms, &self.slots, &self.slot_atoms);
        let said = slots.get(first_slot..).unwrap_or(&[]);
        if said.is_empty() {
            return;
        }
        let same = |id: u32| {
            terms.get(id as usize).is_some_and(|term| {
                let known = term.slots(slots);
                let pairs = || known.iter().zip(said);
                term.owner == owner
                    && known.len() == said.len()
                    && pairs().all(|(a, b)| a.gap == b.gap)
                    && pairs().all(|(a, b)| a.atoms(slot_atoms) == b.atoms(slot_atoms))
            })
        };
        let id = self.known.find_or_add(hash(owner, said, slot_atoms), same) as usize;
        if id == self.terms.len() {
            self.terms.push(Term {
                owner,
                languages,
                distinct: false,
                slots: u8::try_from(said.len()).unwrap_or(u8::MAX),
                first_slot: number(first_slot),
            });
            return;
        }
        self.slots.truncate(first_slot);
        if let Some(term) = self.terms.get_mut(id) {
            term.languages |= languages;
        }
    }

    /// Compiles.
    pub(crate) fn build(mut self) -> Result<Lexicon, RuleSetError> {
        let count = self.atoms.len().max(self.terms.len());
        let too_large = RuleSetError::TooLarge {
            what: "terms",
            count,
        };
        if count > MAX_ENTRIES {
            return Err(too_large);
        }
        let (automaton_atoms, patterns) = self.patterns();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(patterns)
            .map_err(|_| too_large)?;
        let anchors = self.anchors();
        let atom_languages = self.atom_languages();
        Ok(Lexicon {
            automaton,
            automaton_atoms,
            words: self.words,
            exact: self.atoms_of.iter().map(|[exact, ..]| *exact).collect(),
            ordinary: self.ordinary,
            atoms: self.atoms,
            atom_languages,
            anchors,
            terms: self.terms,
            slots: self.slots,
            slot_atoms: self.slot_atoms,
            speller: OnceLock::new(),
            denials: self.denials,
        })
    }

    /// Returns the atoms that have an open side, and what is looked for in a text with a space around each word.
    fn patterns(&self) -> (Vec<u32>, Vec<String>) {
        let atoms = (0..).zip(&self.atoms);
        let open = atoms.filter(|(_, atom)| atom.open_before || atom.open_after);
        let space = |open: bool| if open { "" } else { " " };
        open.map(|(id, atom)| {
            let (left, right) = (space(atom.open_before), space(atom.open_after));
            (id, [left, self.words.word(atom.word), right].concat())
        })
        .unzip()
    }

    /// Chooses the slot by which each term is found, the one with the longest words; returns them by atom.
    fn anchors(&mut self) -> Grouped<Anchor> {
        let length = |atom: &u32| {
            let atom = self.atoms.get(*atom as usize);
            atom.map_or(0, |atom| self.words.word(atom.word).len())
        };
        let mut anchored: Vec<(u32, Anchor)> = Vec::with_capacity(self.terms.len());
        for (id, term) in (0..).zip(&mut self.terms) {
            let slots = (0..).zip(term.slots(&self.slots));
            let shortest = slots.map(|(at, slot)| {
                let atoms = slot.atoms(&self.slot_atoms);
                (at, atoms, atoms.iter().map(length).min().unwrap_or(0))
            });
            let Some((slot, atoms, longest)) = shortest.max_by_key(|(.., length)| *length) else {
                continue;
            };
            anchored.extend(atoms.iter().map(|&atom| (atom, Anchor { term: id, slot })));
            term.distinct = longest >= 6;
        }
        Grouped::new(&anchored, self.atoms.len())
    }

    fn atom_languages(&self) -> Vec<Languages> {
        let mut languages = vec![0; self.atoms.len()];
        for term in &self.terms {
            let slots = term.slots(&self.slots).iter();
            for &atom in slots.flat_map(|slot| slot.atoms(&self.slot_atoms)) {
                if let Some(known) = languages.get_mut(atom as usize) {
                    *known |= term.languages;
                }
            }
        }
        languages
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn hash(owner: u32, slots: &[FlatSlot], slot_atoms: &[u32]) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write_u64(u64::from(owner));
    for slot in slots {
        hasher.write_u64(u64::from(slot.gap));
        let atoms = slot.atoms(slot_atoms).iter();
        atoms.for_each(|&atom| hasher.write_u64(u64::from(atom)));
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::LexiconBuilder;
    use crate::text::Tokens;

    fn word_is(written: &str, word: &str) -> bool {
        let body = written.trim_matches('*');
        match (written.starts_with('*'), written.ends_with('*')) {
            (false, false) => word == body,
            (false, true) => word.starts_with(body),
            (true, false) => word.ends_with(body),
            (true, true) => word.contains(body),
        }
    }

    /// Whether the words of a term, of which those with `?` may be left out, are exactly these.
    fn says(parts: &[&str], words: &[&str]) -> bool {
        let Some((part, rest)) = parts.split_first() else {
            return words.is_empty();
        };
        let (part, optional) = part.strip_suffix('?').map_or((*part, false), |p| (p, true));
        let taken = words.split_first().is_some_and(|(word, after)| {
            part.split('|')
                .any(|alternative| word_is(alternative, word))
                && says(rest, after)
        });
        taken || optional && says(rest, words)
    }

    proptest! {
        /// Words are shorter than those that may be corrected.
        #[test]
        fn every_term_is_found_where_it_stands(
            terms in prop::collection::vec(r"(\*?[ab]{3}\*?|[ab]{1,3})(\|[ab]{2})?\??( \*?[ab]{3}\??| [ab]{1,2}\|[ab]{3}\*){0,2}", 1..8),
            text in "[ab]{1,4}( [ab]{1,4}){0,6}",
        ) {
            let mut builder = LexiconBuilder::default();
            for (owner, term) in (0u32..).zip(&terms) {
                builder.term(owner, "x", term, 1).unwrap();
            }
            let tokens = Tokens::of(&text);
            let hits = builder.build().unwrap().read(&tokens).hits;
            let found: BTreeSet<_> = hits.iter().map(|h| (h.owner, h.first, h.last)).collect();
            let words: Vec<&str> = text.split(' ').collect();
            let places = || (0u32..).zip(0..words.len());
            let mut expected = BTreeSet::new();
            for (owner, term) in (0u32..).zip(&terms) {
                let parts: Vec<&str> = term.split(' ').collect();
                for (first, from) in places() {
                    for (last, to) in places().skip(from) {
                        if says(&parts, &words[from..=to]) {
                            expected.insert((owner, first, last));
                        }
                    }
                }
            }
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_term_said_twice_is_kept_once_in_both_languages() {
        let mut builder = LexiconBuilder::default();
        builder.term(0, "x", "gas lek?", 1).unwrap();
        builder.term(0, "x", "gas", 2).unwrap();
        let hits = builder.build().unwrap().read(&Tokens::of("gas")).hits;
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].languages, 0b11);
    }

    #[test]
    fn bounds_of_a_term() {
        let refused = |term: &str| LexiconBuilder::default().term(0, "x", term, 1).is_err();
        assert!(!refused("a b c d e f g h"));
        assert!(refused("a b c d e f g h i"));
        assert!(!refused("a? b? c?"));
        assert!(refused("a b? c? d? e?"));
        assert!(refused(&"a? ".repeat(64)));
        assert!(refused(".."));
        assert!(refused("ab*"));
        assert!(refused("a*bc"));
        assert!(refused("abc|"));
    }
}
