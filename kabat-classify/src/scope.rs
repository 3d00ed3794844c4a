//! Which concepts a text asserts, denies, or places elsewhere.

use crate::document::ScopeKind;
use crate::lexicon::{Hit, Seen};
use crate::ruleset::RuleSet;
use crate::text::Tokens;

/// A concept found in the text, and how it is meant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    pub(crate) hit: Hit,
    pub(crate) denied: bool,
    pub(crate) past: bool,
    pub(crate) aside: bool,
    /// First token of the trigger that did it.
    pub(crate) by: Option<u32>,
}

/// Everything read from a text.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) counted: Vec<Hit>,
    pub(crate) language: Option<usize>,
}

/// Reads a text.
#[expect(
    clippy::too_many_lines,
    reason = "one pass over hits and triggers that share their bounds"
)]
pub(crate) fn read(set: &RuleSet, tokens: &Tokens, caller: Option<usize>) -> Reading {
    let mut found: Seen = set.lexicon.read(tokens);
    if let Some(vote) = caller.and_then(|bit| found.votes.get_mut(bit)) {
        *vote += 12;
    }
    let top = found.votes.iter().copied().max().unwrap_or(0);
    let language = (top > 0)
        .then(|| found.votes.iter().position(|&vote| vote == top))
        .flatten();
    let active = found
        .votes
        .iter()
        .enumerate()
        .filter(|&(_, &vote)| vote * 5 >= top * 2)
        .fold(0u8, |bits, (bit, _)| bits | 1 << bit);
    let concepts = u32::try_from(set.concepts.len()).unwrap_or(0);
    let triggers = concepts + u32::try_from(set.triggers.len()).unwrap_or(0);
    // Where the note's own language has a meaning for every word of a term, the term of another language is none.
    let mut own = vec![false; tokens.list.len()];
    for hit in found
        .hits
        .iter()
        .filter(|h| h.languages & active != 0 && h.owner < concepts)
    {
        for token in (hit.first..=hit.last).filter(|&token| hit.uses(token)) {
            if let Some(flag) = own.get_mut(token as usize) {
                *flag = true;
            }
        }
    }
    let stays = |hit: &Hit| {
        hit.languages & active != 0
            || hit.owner < concepts
                && hit.distinct
                && set.lexicon.ordinary(tokens.word_at(hit.first as usize)) & active == 0
                && !(hit.first..=hit.last)
                    .filter(|&token| hit.uses(token))
                    .all(|token| own.get(token as usize).copied().unwrap_or(false))
    };
    found.hits.retain(stays);
    // Words with a gap between them belong together only inside a clause.
    let clause = |token: u32| tokens.list.get(token as usize).map_or(0, |t| t.clause);
    found
        .hits
        .retain(|hit| clause(hit.first) == clause(hit.last));
    let hits = &found.hits;
    let mut reading = Reading {
        language,
        ..Reading::default()
    };
    let mut scopes = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        let concept = hit.owner < concepts;
        let near = |other: &&Hit| !concept || other.owner < concepts;
        let after = hits.iter().skip(at + 1);
        let after = after.take_while(|o| o.first <= hit.last).filter(near);
        let before = hits.iter().take(at).rev();
        let before = before
            .take_while(|o| o.first + 24 >= hit.first)
            .filter(near);
        // Words of several tokens keep their meaning inside longer ones ("keine luft" in "bekommt keine luft").
        // A thing spoken of ("house" in "out of the house") is there in whatever else is said with it.
        let thing = set
            .concepts
            .get(hit.owner as usize)
            .is_some_and(|c| c.unnegatable && c.timeless);
        let single = !concept || hit.first == hit.last && !thing;
        let trigger = (concepts..triggers).contains(&hit.owner);
        let takes_along = |other: &Hit| {
            hit.inside(other)
                && !(trigger && other.owner < concepts)
                && set
                    .concepts
                    .get(other.owner as usize)
                    .is_none_or(|c| !c.beside)
        };
        if single && after.chain(before).any(takes_along) {
            continue;
        }
        if concept {
            reading.mentions.push(Mention {
                hit: *hit,
                denied: false,
                past: false,
                aside: false,
                by: None,
            });
        } else if hit.owner < triggers {
            scopes.push(*hit);
        } else {
            reading.counted.push(*hit);
        }
    }
    // A trigger that is a part of a concept ("ademt niet") is used up: it reaches only what follows inside that
    // concept ("nothing on the stove" does not say that something is on the stove).
    let user = |trigger: &Hit| {
        let mentions = reading.mentions.iter();
        let mut users = mentions.filter(|m| {
            m.hit.first != m.hit.last
                && (trigger.first..=trigger.last).all(|token| m.hit.uses(token))
        });
        users.next().map(|m| m.hit)
    };
    let scopes: Vec<(Hit, Option<Hit>)> = scopes.iter().map(|t| (*t, user(t))).collect();
    let kind = |hit: &Hit| set.triggers.get((hit.owner - concepts) as usize);
    for mention in &mut reading.mentions {
        let hit = mention.hit;
        let Some(concept) = set.concepts.get(hit.owner as usize) else {
            continue;
        };
        for (trigger, user) in &scopes {
            let Some(rule) = kind(trigger) else { continue };
            if rule.kind == ScopeKind::Stop || clause(trigger.last) != clause(hit.first) {
                continue;
            }
            let within = |user: &Hit| hit.inside(user) && trigger.last < hit.first;
            if user.as_ref().is_some_and(|user| !within(user)) {
                continue;
            }
            let (from, to, reach) = if trigger.last < hit.first {
                (
                    trigger.last,
                    hit.first,
                    hit.first - trigger.last <= rule.after,
                )
            } else if trigger.first > hit.last {
                (
                    hit.last,
                    trigger.first,
                    trigger.first - hit.last <= rule.before,
                )
            } else {
                (
                    hit.first,
                    hit.first,
                    rule.after > 0 && trigger.first == hit.first,
                )
            };
            let stopped = scopes.iter().any(|(stop, user)| {
                user.is_none()
                    && kind(stop).is_some_and(|k| k.kind == ScopeKind::Stop)
                    && stop.first > from
                    && stop.last < to
            });
            if !reach || stopped {
                continue;
            }
            match rule.kind {
                ScopeKind::Denied if !concept.unnegatable => mention.denied = true,
                ScopeKind::Past if !concept.timeless => mention.past = true,
                ScopeKind::Hypothetical | ScopeKind::Other => mention.aside = true,
                _ => continue,
            }
            mention.by = Some(trigger.first);
        }
    }
    reading
}
