//! Terms compiled to one lexicon, and what a text says of each concept.

mod builder;

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::grouped::{Grouped, starts};
use crate::text::{Speller, Target, Tokens, WordMap, Words};

pub(crate) use builder::LexiconBuilder;

/// Bits of the four languages, in the order of `Language::ALL`.
pub(crate) type Languages = u8;
/// All four.
pub(crate) const ALL_LANGUAGES: Languages = 0b1111;

/// No atom.
const NONE: u32 = u32::MAX;

/// A word of a term as it is looked for: as it stands, or with more letters allowed before or after it.
#[derive(Debug, Clone, Copy)]
struct Atom {
    word: u32,
    open_before: bool,
    open_after: bool,
}

/// A term; its slots and their atoms lie one after another in the lists of the lexicon, so that reading stays in cache.
#[derive(Debug, Clone, Copy)]
struct Term {
    owner: u32,
    languages: Languages,
    /// Long enough to be trusted in a note of another language.
    distinct: bool,
    slots: u8,
    first_slot: u32,
}

#[derive(Debug, Default, Clone, Copy)]
struct FlatSlot {
    first_atom: u32,
    atoms: u16,
    /// Most words between this slot and the one before.
    gap: u8,
}

impl Term {
    fn slots<'a>(&self, slots: &'a [FlatSlot]) -> &'a [FlatSlot] {
        let first = self.first_slot as usize;
        slots
            .get(first..first + usize::from(self.slots))
            .unwrap_or(&[])
    }
}

impl FlatSlot {
    /// Returns the atoms of which one is enough.
    fn atoms(self, slot_atoms: &[u32]) -> &[u32] {
        let first = self.first_atom as usize;
        slot_atoms
            .get(first..first + usize::from(self.atoms))
            .unwrap_or(&[])
    }
}

/// A term, found where the atom is one of this slot's.
#[derive(Debug, Default, Clone, Copy)]
struct Anchor {
    term: u32,
    slot: u8,
}

/// A term found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Who owns the term: a concept or a trigger.
    pub(crate) owner: u32,
    /// First and last token.
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// The tokens of the term, as bits from `first`.
    pub(crate) used: u32,
    pub(crate) languages: Languages,
    pub(crate) distinct: bool,
}

/// How many words before and after it a trigger reaches.
#[derive(Debug, Clone, Copy)]
struct Reach {
    before: u32,
    after: u32,
}

/// The compiled terms.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    /// Finds the atoms with an open side; words as they stand are looked up.
    automaton: AhoCorasick,
    /// Per pattern of the automaton: the atom.
    automaton_atoms: Vec<u32>,
    words: Words,
    /// Per word: the atom that is the word as it stands, or `NONE`.
    exact: Vec<u32>,
    /// Per word: the languages in which it is ordinary.
    ordinary: Vec<Languages>,
    atoms: Vec<Atom>,
    /// Per atom: the languages of its terms.
    atom_languages: Vec<Languages>,
    /// Per atom: the terms that it may begin to find.
    anchors: Grouped<Anchor>,
    terms: Vec<Term>,
    slots: Vec<FlatSlot>,
    slot_atoms: Vec<u32>,
    /// Words that a slip may be corrected to; most notes have none, so the table is made when the first one turns up.
    speller: OnceLock<Speller>,
    denials: WordMap<u32, Reach>,
}

fn add_votes(languages: Languages, weight: u32, votes: &mut [u32; 4]) {
    for (bit, vote) in votes.iter_mut().enumerate() {
        if languages & (1 << bit) != 0 {
            *vote += weight;
        }
    }
}

/// What a text has: terms, and votes per language.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) hits: Vec<Hit>,
    /// Votes per language.
    pub(crate) votes: [u32; 4],
}

impl Lexicon {
    /// Finds every term in a text.
    pub(crate) fn read(&self, tokens: &Tokens) -> Seen {
        let mut found: Vec<(u32, u32)> = Vec::with_capacity(tokens.list.len() * 2);
        let mut seen = Seen::default();
        self.whole_words(tokens, &mut found, &mut seen.votes);
        self.parts_of_words(tokens, &mut found);
        let corrected = self.guess(tokens, &mut found);
        found.sort_unstable();
        found.dedup();
        let starts = starts(found.iter().map(|(token, _)| *token), tokens.list.len());
        self.vote(&found, &mut seen.votes);
        for &(token, atom) in &found {
            for anchor in self.anchors.of(atom) {
                if let Some(mut hit) = self.fit(*anchor, token, &found, &starts) {
                    // A corrected word tells nothing about the language: "trappe" in a French note is no slip of "trapped".
                    hit.distinct &= !corrected.iter().any(|&at| hit.uses(at));
                    seen.hits.push(hit);
                }
            }
        }
        seen.hits
            .sort_unstable_by_key(|h| (h.first, h.last, h.owner, h.used, h.languages));
        // Two terms of one concept on the same words are one hit, in the languages of both.
        seen.hits.dedup_by(|next, kept| {
            let same = (next.first, next.last, next.owner, next.used)
                == (kept.first, kept.last, kept.owner, kept.used);
            if same {
                kept.languages |= next.languages;
                kept.distinct |= next.distinct;
            }
            same
        });
        self.narrow(tokens, &mut seen.hits);
        seen
    }

    /// Looks every word up as it stands; the ordinary ones vote for their languages.
    fn whole_words(&self, tokens: &Tokens, found: &mut Vec<(u32, u32)>, votes: &mut [u32; 4]) {
        for (index, token) in (0u32..).zip(&tokens.list) {
            let Some(word) = self.words.find(tokens.word(token)) else {
                continue;
            };
            if let Some(atom) = self.exact_atom(word) {
                found.push((index, atom));
            }
            let languages = self.ordinary_in(word);
            add_votes(languages, 12 / languages.count_ones().max(1), votes);
        }
    }

    /// Finds beginnings, endings and inner parts of words.
    fn parts_of_words(&self, tokens: &Tokens, found: &mut Vec<(u32, u32)>) {
        let mut at = 0;
        for hit in self
            .automaton
            .find_overlapping_iter(tokens.buffer.as_bytes())
        {
            let Some(&id) = self.automaton_atoms.get(hit.pattern().as_usize()) else {
                continue;
            };
            let atom = self.atoms.get(id as usize);
            let end = hit.end() - usize::from(atom.is_some_and(|atom| !atom.open_after));
            while tokens.list.get(at).is_some_and(|t| (t.end as usize) < end) {
                at += 1;
            }
            // An ending reported with its space may come after a beginning of the next word.
            let mut index = at;
            while index > 0
                && tokens
                    .list
                    .get(index)
                    .is_none_or(|t| t.start as usize >= end)
            {
                index -= 1;
            }
            // A pattern that spans two words can only be an infix beside a space; none exists.
            found.push((u32::try_from(index).unwrap_or(0), id));
        }
    }

    /// What a word of some language denies is said in that language ("no weapon" in a Dutch note): the hit does not count in
    /// others, so that it goes where its denial goes.
    fn narrow(&self, tokens: &Tokens, hits: &mut Vec<Hit>) {
        let clause = |token: u32| tokens.list.get(token as usize).map(|t| t.clause);
        let triggers: Vec<(Hit, Reach)> = hits
            .iter()
            .filter_map(|hit| Some((*hit, *self.denials.get(&hit.owner)?)))
            .collect();
        // A clause that begins with a denial is one by itself: "il répond. pas de feu" does not say "répond pas".
        let opens: Vec<u32> = triggers
            .iter()
            .map(|(trigger, _)| trigger.first)
            .filter(|&at| at > 0 && clause(at - 1) != clause(at))
            .collect();
        hits.retain(|hit| !opens.iter().any(|&at| hit.first < at && at <= hit.last));
        for (trigger, reach) in triggers {
            for hit in hits.iter_mut() {
                let after = hit.first > trigger.last && hit.first - trigger.last <= reach.after;
                let before = trigger.first > hit.last && trigger.first - hit.last <= reach.before;
                let shared = hit.languages & trigger.languages;
                if (after || before) && shared != 0 && clause(hit.first) == clause(trigger.first) {
                    hit.languages = shared;
                    hit.distinct = false;
                }
            }
        }
    }

    fn vote(&self, found: &[(u32, u32)], votes: &mut [u32; 4]) {
        for &(_, atom) in found {
            let languages = self.atom_languages.get(atom as usize).copied().unwrap_or(0);
            if languages != 0 && languages != ALL_LANGUAGES {
                add_votes(languages, 6 / languages.count_ones(), votes);
            }
        }
    }

    fn speller(&self) -> &Speller {
        self.speller.get_or_init(|| {
            let atoms = (0..).zip(&self.atoms);
            let targets = atoms.filter(|(_, atom)| !atom.open_before);
            let targets = targets.map(|(value, atom)| Target {
                word: atom.word,
                stem: atom.open_after,
                value,
            });
            Speller::new(&self.words, targets)
        })
    }

    /// Corrects or splits the words that nothing knows, and returns the corrected ones.
    fn guess(&self, tokens: &Tokens, found: &mut Vec<(u32, u32)>) -> Vec<u32> {
        let mut corrected = Vec::new();
        let mut known = vec![false; tokens.list.len()];
        for &(token, _) in found.iter() {
            if let Some(flag) = known.get_mut(token as usize) {
                *flag = true;
            }
        }
        for (index, (token, known)) in tokens.list.iter().zip(known).enumerate() {
            if token.number || token.end - token.start < 5 {
                continue;
            }
            let word = tokens.word(token);
            if known || self.ordinary(word) != 0 {
                continue;
            }
            let index = u32::try_from(index).unwrap_or(0);
            let before = found.len();
            if word.len() >= 9 && word.is_ascii() {
                for cut in 4..=word.len() - 4 {
                    let (Some(head), Some(tail)) = (word.get(..cut), word.get(cut..)) else {
                        continue;
                    };
                    let Some(tail) = self.exact(tail) else {
                        continue;
                    };
                    let head = [
                        head,
                        head.trim_end_matches('s'),
                        head.trim_end_matches("en"),
                    ]
                    .into_iter()
                    .find_map(|head| self.exact(head));
                    if let Some(head) = head {
                        found.push((index, head));
                        found.push((index, tail));
                    }
                }
            }
            if found.len() == before {
                self.speller()
                    .nearest(&self.words, word, |atom| found.push((index, atom)));
                if found.len() > before {
                    corrected.push(index);
                }
            }
        }
        corrected
    }

    /// Whether one of the atoms of a slot was found in a token.
    fn has(&self, token: u32, slot: FlatSlot, found: &[(u32, u32)], starts: &[u32]) -> bool {
        let bound = |at: usize| starts.get(at).copied().unwrap_or(0) as usize;
        let seen = found.get(bound(token as usize)..bound(token as usize + 1));
        let wanted = slot.atoms(&self.slot_atoms);
        let mut seen = seen.into_iter().flatten();
        seen.any(|(_, atom)| wanted.contains(atom))
    }

    /// Returns the hit of a term around its anchor, if its other words are there too.
    fn fit(&self, anchor: Anchor, token: u32, found: &[(u32, u32)], starts: &[u32]) -> Option<Hit> {
        let term = self.terms.get(anchor.term as usize)?;
        let mut hit = Hit {
            owner: term.owner,
            first: token,
            last: token,
            used: 1,
            languages: term.languages,
            distinct: term.distinct,
        };
        if term.slots == 1 {
            return Some(hit);
        }
        let slots = term.slots(&self.slots);
        let (before, rest) = slots.split_at_checked(usize::from(anchor.slot))?;
        let (middle, after) = rest.split_first()?;
        let mut used: u64 = 1 << 31;
        let mut gap = middle.gap;
        for slot in before.iter().rev() {
            let at = (1..=1 + u32::from(gap))
                .filter_map(|back| hit.first.checked_sub(back))
                .find(|&at| self.has(at, *slot, found, starts))?;
            hit.first = at;
            used |= 1u64.checked_shl(31u32.checked_sub(token - at)?)?;
            gap = slot.gap;
        }
        for slot in after {
            let at = (1..=1 + u32::from(slot.gap))
                .map(|ahead| hit.last + ahead)
                .find(|&at| self.has(at, *slot, found, starts))?;
            hit.last = at;
            used |= 1u64.checked_shl(31 + (at - token))?;
        }
        hit.used =
            u32::try_from((used >> (31 - (token - hit.first))) & u64::from(u32::MAX)).ok()?;
        Some(hit)
    }

    /// Returns the languages of an ordinary word.
    pub(crate) fn ordinary(&self, word: &str) -> Languages {
        let word = self.words.find(word);
        word.map_or(0, |word| self.ordinary_in(word))
    }

    fn ordinary_in(&self, word: u32) -> Languages {
        self.ordinary.get(word as usize).copied().unwrap_or(0)
    }

    /// Returns the atom that is a word as it stands.
    fn exact(&self, word: &str) -> Option<u32> {
        self.exact_atom(self.words.find(word)?)
    }

    fn exact_atom(&self, word: u32) -> Option<u32> {
        let atom = self.exact.get(word as usize).copied();
        atom.filter(|&atom| atom != NONE)
    }
}

impl Hit {
    /// Returns whether the term uses a token.
    pub(crate) const fn uses(&self, token: u32) -> bool {
        token >= self.first
            && token <= self.last
            && token - self.first < 32
            && self.used & (1 << (token - self.first)) != 0
    }

    /// Returns whether every token of this hit is one of the other's, which has more.
    pub(crate) const fn inside(&self, other: &Self) -> bool {
        if self.first < other.first || self.last > other.last || self.first - other.first > 31 {
            return false;
        }
        let shifted = (self.used as u64) << (self.first - other.first);
        shifted & !(other.used as u64) == 0 && shifted != other.used as u64
    }
}
