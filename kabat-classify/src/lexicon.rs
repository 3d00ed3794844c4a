//! Terms compiled to one automaton, and what a text says of each concept.

use std::borrow::Cow;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::RuleSetError;
use crate::text::{Speller, Tokens, WordMap, fold_into};

/// Bits of the four languages, in the order of `Language::ALL`.
pub(crate) type Languages = u8;
/// All four.
pub(crate) const ALL_LANGUAGES: Languages = 0b1111;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Slot {
    atoms: Vec<u32>,
    /// Most words between this slot and the one before.
    gap: u8,
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

#[derive(Debug, Clone, Copy)]
struct FlatSlot {
    first_atom: u32,
    atoms: u16,
    gap: u8,
}

/// A term, found where the atom is one of this slot's.
#[derive(Debug, Clone, Copy)]
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

/// Collects terms.
#[derive(Debug, Default)]
pub(crate) struct LexiconBuilder {
    atoms: WordMap<Box<str>, u32>,
    patterns: Vec<Box<str>>,
    seen: WordMap<(u32, Vec<Slot>), usize>,
    terms: Vec<(u32, Languages)>,
    ordinary: WordMap<Box<str>, Languages>,
    denials: WordMap<u32, Reach>,
    count: usize,
}

/// The compiled terms.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    /// Per atom: whether the pattern ends with a space.
    tail: Vec<bool>,
    /// Per atom: where its anchors begin; they end where the next ones begin.
    anchor_starts: Vec<u32>,
    anchors: Vec<Anchor>,
    terms: Vec<Term>,
    slots: Vec<FlatSlot>,
    slot_atoms: Vec<u32>,
    /// Words that a slip may be corrected to; most notes have none, so the table is made when the first one turns up.
    speller: OnceLock<Speller>,
    patterns: Vec<Box<str>>,
    exact: WordMap<Box<str>, u32>,
    ordinary: WordMap<Box<str>, Languages>,
    denials: WordMap<u32, Reach>,
    atom_languages: Vec<Languages>,
}

fn fold(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len() + 2);
    if !text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        text.chars().for_each(|c| fold_into(c, &mut plain));
        return vec![plain];
    }
    // German umlauts are also typed as two letters, and both are understood.
    let mut forms = vec![plain];
    for c in text.chars() {
        let digraph = match c {
            'ä' | 'Ä' => Some("ae"),
            'ö' | 'Ö' => Some("oe"),
            'ü' | 'Ü' => Some("ue"),
            _ => None,
        };
        let doubled = digraph.filter(|_| forms.len() == 1).map(|pair| {
            let mut other: Vec<String> = forms.clone();
            for form in &mut other {
                form.push_str(pair);
            }
            other
        });
        for form in &mut forms {
            fold_into(c, form);
        }
        forms.extend(doubled.into_iter().flatten());
    }
    forms.dedup();
    forms
}

/// Returns where the entries of each key begin in a list sorted by key, with the end of the last.
fn starts(keys: impl Iterator<Item = u32>, count: usize) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    for key in keys {
        if let Some(next) = starts.get_mut(key as usize + 1) {
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

impl LexiconBuilder {
    fn atom(&mut self, pattern: &str) -> u32 {
        if let Some(&id) = self.atoms.get(pattern) {
            return id;
        }
        let next = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        self.patterns.push(pattern.into());
        self.atoms.insert(pattern.into(), next);
        next
    }

    /// Adds an ordinary word of a language.
    pub(crate) fn ordinary(&mut self, word: &str, languages: Languages) {
        for form in fold(word) {
            *self.ordinary.entry(form.into()).or_default() |= languages;
        }
    }

    /// Says that the terms of an owner deny, and how far.
    pub(crate) fn denial(&mut self, owner: u32, before: u32, after: u32) {
        self.denials.insert(owner, Reach { before, after });
    }

    /// Adds one term of an owner. See `RuleSetDocument` for the notation.
    pub(crate) fn term(
        &mut self,
        owner: u32,
        name: &str,
        text: &str,
        languages: Languages,
    ) -> Result<(), RuleSetError> {
        let fault = || RuleSetError::Term {
            owner: name.to_owned(),
            term: text.to_owned(),
        };
        let mut variants: Vec<Vec<Slot>> = vec![Vec::new()];
        let mut gap = 0;
        // Contractions are one word here as in a text; other apostrophes and hyphens separate.
        let mut pattern = String::new();
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
            let mut atoms = Vec::new();
            for word in part.split('|') {
                let body = word.trim_matches('*');
                let (head, tail) = (word.starts_with('*'), word.ends_with('*'));
                if body.is_empty() || body.contains('*') || (head || tail) && body.len() < 3 {
                    return Err(fault());
                }
                for form in fold(body) {
                    if form.is_empty() {
                        return Err(fault());
                    }
                    let left = if head { "" } else { " " };
                    let right = if tail { "" } else { " " };
                    pattern.clear();
                    pattern.extend([left, &form, right]);
                    atoms.push(self.atom(&pattern));
                }
            }
            let without = if optional {
                variants.clone()
            } else {
                Vec::new()
            };
            for variant in &mut variants {
                let gap = if variant.is_empty() { 0 } else { gap };
                let atoms = atoms.clone();
                variant.push(Slot { atoms, gap });
            }
            variants.extend(without);
            gap = 0;
        }
        variants.retain(|variant| !variant.is_empty());
        if variants.is_empty() || variants.len() > 8 || variants.iter().any(|v| v.len() > 8) {
            return Err(fault());
        }
        for slots in variants {
            let at = *self.seen.entry((owner, slots)).or_insert_with(|| {
                self.terms.push((owner, 0));
                self.terms.len() - 1
            });
            if let Some((_, known)) = self.terms.get_mut(at) {
                *known |= languages;
            }
        }
        self.count += 1;
        Ok(())
    }

    /// Returns how many terms were added.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Compiles.
    pub(crate) fn build(self) -> Result<Lexicon, RuleSetError> {
        let too_large = |count| RuleSetError::TooLarge {
            what: "terms",
            count,
        };
        let count = self.patterns.len();
        if count > 60_000 || self.terms.len() > 60_000 {
            return Err(too_large(count.max(self.terms.len())));
        }
        let patterns = self.patterns;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(patterns.iter().map(|p| p.as_bytes()))
            .map_err(|_| too_large(count))?;
        let ordinary = self.ordinary;
        let mut anchored: Vec<(u32, Anchor)> = Vec::with_capacity(self.seen.len());
        let mut atom_languages = vec![0; count];
        let mut collected: Vec<(usize, u32, Vec<Slot>)> = self
            .seen
            .into_iter()
            .map(|((owner, slots), at)| (at, owner, slots))
            .collect();
        collected.sort_unstable_by_key(|(at, ..)| *at);
        let mut terms = Vec::with_capacity(collected.len());
        let (mut slots, mut slot_atoms) = (Vec::new(), Vec::new());
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        for (at, owner, parts) in collected {
            let languages = self.terms.get(at).map_or(0, |(_, languages)| *languages);
            let length = |slot: &Slot| {
                let lengths = slot
                    .atoms
                    .iter()
                    .filter_map(|&atom| patterns.get(atom as usize));
                lengths.map(|p| p.trim().len()).min().unwrap_or(0)
            };
            let (anchor, longest) = parts
                .iter()
                .map(length)
                .enumerate()
                .max_by_key(|(_, length)| *length)
                .unwrap_or((0, 0));
            let anchor = Anchor {
                term: number(terms.len()),
                slot: u8::try_from(anchor).unwrap_or(0),
            };
            terms.push(Term {
                owner,
                languages,
                distinct: longest >= 6,
                slots: u8::try_from(parts.len()).unwrap_or(u8::MAX),
                first_slot: number(slots.len()),
            });
            for (at, slot) in (0u8..).zip(&parts) {
                slots.push(FlatSlot {
                    first_atom: number(slot_atoms.len()),
                    atoms: u16::try_from(slot.atoms.len()).unwrap_or(u16::MAX),
                    gap: slot.gap,
                });
                slot_atoms.extend_from_slice(&slot.atoms);
                for &atom in &slot.atoms {
                    if let Some(entry) = atom_languages.get_mut(atom as usize) {
                        *entry |= languages;
                    }
                    if at == anchor.slot {
                        anchored.push((atom, anchor));
                    }
                }
            }
        }
        anchored.sort_by_key(|(atom, _)| *atom);
        let anchor_starts = starts(anchored.iter().map(|(atom, _)| *atom), count);
        let mut exact = WordMap::default();
        for (id, pattern) in patterns.iter().enumerate() {
            let id = u32::try_from(id).unwrap_or(u32::MAX);
            if pattern.starts_with(' ') && pattern.ends_with(' ') {
                exact.insert(pattern.trim().into(), id);
            }
        }
        Ok(Lexicon {
            automaton,
            tail: patterns.iter().map(|p| p.ends_with(' ')).collect(),
            anchor_starts,
            anchors: anchored.into_iter().map(|(_, anchor)| anchor).collect(),
            terms,
            slots,
            slot_atoms,
            speller: OnceLock::new(),
            patterns,
            exact,
            ordinary,
            denials: self.denials,
            atom_languages,
        })
    }
}

/// What the automaton saw: atoms per token, votes per language.
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
        let mut at = 0;
        for hit in self
            .automaton
            .find_overlapping_iter(tokens.buffer.as_bytes())
        {
            let atom = hit.pattern().as_u32();
            let tail = self.tail.get(atom as usize).copied().unwrap_or(false);
            let end = hit.end() - usize::from(tail);
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
            found.push((u32::try_from(index).unwrap_or(0), atom));
        }
        self.guess(tokens, &mut found);
        found.sort_unstable();
        found.dedup();
        let starts = starts(found.iter().map(|(token, _)| *token), tokens.list.len());
        let mut seen = Seen::default();
        self.vote(tokens, &found, &mut seen);
        for &(token, atom) in &found {
            for anchor in self.anchors_of(atom) {
                if let Some(hit) = self.fit(*anchor, token, &found, &starts) {
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

    fn vote(&self, tokens: &Tokens, found: &[(u32, u32)], seen: &mut Seen) {
        let add = |languages: Languages, weight: u32, votes: &mut [u32; 4]| {
            for (bit, vote) in votes.iter_mut().enumerate() {
                if languages & (1 << bit) != 0 {
                    *vote += weight;
                }
            }
        };
        for token in &tokens.list {
            if let Some(&languages) = self.ordinary.get(tokens.word(token)) {
                add(
                    languages,
                    12 / languages.count_ones().max(1),
                    &mut seen.votes,
                );
            }
        }
        for &(_, atom) in found {
            let languages = self.atom_languages.get(atom as usize).copied().unwrap_or(0);
            if languages != 0 && languages != ALL_LANGUAGES {
                add(languages, 6 / languages.count_ones(), &mut seen.votes);
            }
        }
    }

    fn speller(&self) -> &Speller {
        self.speller.get_or_init(|| {
            let mut speller = Speller::default();
            for (id, pattern) in (0u32..).zip(&self.patterns) {
                if pattern.starts_with(' ') {
                    speller.add(pattern.trim(), !pattern.ends_with(' '), id);
                }
            }
            speller
        })
    }

    /// Corrects or splits the words that nothing knows.
    fn guess(&self, tokens: &Tokens, found: &mut Vec<(u32, u32)>) {
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
            if known || self.ordinary.contains_key(word) {
                continue;
            }
            let index = u32::try_from(index).unwrap_or(0);
            let before = found.len();
            if word.len() >= 9 && word.is_ascii() {
                for cut in 4..=word.len() - 4 {
                    let (Some(head), Some(tail)) = (word.get(..cut), word.get(cut..)) else {
                        continue;
                    };
                    let Some(&tail) = self.exact.get(tail) else {
                        continue;
                    };
                    let head = [
                        head,
                        head.trim_end_matches('s'),
                        head.trim_end_matches("en"),
                    ]
                    .into_iter()
                    .find_map(|head| self.exact.get(head));
                    if let Some(&head) = head {
                        found.push((index, head));
                        found.push((index, tail));
                    }
                }
            }
            if found.len() == before {
                self.speller()
                    .nearest(word, |atom| found.push((index, atom)));
            }
        }
    }

    fn anchors_of(&self, atom: u32) -> &[Anchor] {
        let bound = |at: usize| self.anchor_starts.get(at).copied().unwrap_or(0) as usize;
        let (from, to) = (bound(atom as usize), bound(atom as usize + 1));
        self.anchors.get(from..to).unwrap_or(&[])
    }

    /// Whether one of the atoms of a slot was found in a token.
    fn has(&self, token: u32, slot: FlatSlot, found: &[(u32, u32)], starts: &[u32]) -> bool {
        let bound = |at: usize| starts.get(at).copied().unwrap_or(0) as usize;
        let seen = found.get(bound(token as usize)..bound(token as usize + 1));
        let first = slot.first_atom as usize;
        let wanted = self.slot_atoms.get(first..first + usize::from(slot.atoms));
        let (Some(seen), Some(wanted)) = (seen, wanted) else {
            return false;
        };
        seen.iter().any(|(_, atom)| wanted.contains(atom))
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
        let from = term.first_slot as usize;
        let slots = self.slots.get(from..from + usize::from(term.slots))?;
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
        self.ordinary.get(word).copied().unwrap_or(0)
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
