//! Numbers in the text and what they count.

use crate::names::NUMBERS;
use crate::ruleset::RuleSet;
use crate::scope::Reading;
use crate::text::Tokens;

/// Numbers by the names of `NUMBERS`, each with the token it was read from.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) value: [Option<(u32, u32)>; NUMBERS.len()],
    /// An age in months or of a few years was said.
    pub(crate) child: Option<u32>,
}

pub(crate) const VICTIMS: usize = 0;
pub(crate) const INJURED: usize = 1;
pub(crate) const SEVERE: usize = 2;
pub(crate) const PERSONS: usize = 3;
pub(crate) const AGE: usize = 4;
pub(crate) const OCCUPANTS: usize = 5;

impl Counts {
    pub(crate) fn get(&self, at: usize) -> Option<u32> {
        self.value
            .get(at)
            .copied()
            .flatten()
            .map(|(value, _)| value)
    }

    pub(crate) fn raise(&mut self, at: usize, value: u32, token: u32) {
        if let Some(slot) = self.value.get_mut(at) {
            *slot = Some(slot.map_or((value, token), |old| old.max((value, token))));
        }
    }
}

/// Reads the numbers of a text.
pub(crate) fn count(set: &RuleSet, tokens: &Tokens, reading: &Reading) -> Counts {
    let mut counts = Counts::default();
    for (index, token) in tokens.list.iter().enumerate() {
        let word = tokens.word(token);
        let value = if token.number {
            word.parse::<u32>().ok()
        } else {
            set.numbers.get(word).copied()
        };
        let Some(value) = value else { continue };
        let here = u32::try_from(index).unwrap_or(0);
        // "2.5", "39,8": parts of one number count nothing.
        let glued = |a: usize, b: usize| {
            token.number
                && tokens
                    .list
                    .get(a)
                    .zip(tokens.list.get(b))
                    .is_some_and(|(a, b)| {
                        a.number && b.number && a.to + 1 == b.from && a.clause == b.clause
                    })
        };
        if index > 0 && glued(index - 1, index) || glued(index, index + 1) {
            continue;
        }
        let role_hit = reading
            .counted
            .iter()
            .filter(|hit| hit.first > here && hit.first <= here + 3)
            .filter(|hit| {
                tokens
                    .list
                    .get(hit.first as usize)
                    .is_some_and(|t| t.clause == token.clause)
            })
            .min_by_key(|hit| (hit.first, u32::MAX - hit.last));
        let Some(hit) = role_hit else {
            continue;
        };
        let first_role = u32::try_from(set.concepts.len() + set.triggers.len()).unwrap_or(0);
        let role = set
            .roles
            .get((hit.owner - first_role) as usize)
            .map_or("", |role| &**role);
        match role {
            "age" if hit.first == here + 1 && value < 125 => {
                counts.raise(AGE, value, here);
                if value < 16 {
                    counts.child = Some(here);
                }
            }
            "months" if hit.first == here + 1 && value < 36 => counts.child = Some(here),
            "injured" => {
                counts.raise(INJURED, value, here);
                counts.raise(VICTIMS, value, here);
            }
            "severe" => {
                counts.raise(SEVERE, value, here);
                counts.raise(INJURED, value, here);
                counts.raise(VICTIMS, value, here);
            }
            "victims" => counts.raise(VICTIMS, value, here),
            "persons" => counts.raise(PERSONS, value, here),
            _ => {}
        }
    }
    counts
}
