//! The places that a plan asks to fill.

use std::collections::BTreeMap;

use kabat_core::{Capability, CapabilitySet, CapabilityVocabulary, Need, ResourceId};

use super::AssignError;
use super::matching::least_cost_matching;
use crate::{Costed, Request};

/// One unit to be found.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) requirement: usize,
    pub(super) alternative: usize,
    pub(super) capability: Capability,
    pub(super) needs: CapabilitySet,
}

pub(super) fn slots_of(
    vocabulary: &CapabilityVocabulary,
    requirement: usize,
    alternative: usize,
    needs: &[Need],
) -> Result<Vec<Slot>, AssignError> {
    let mut slots = Vec::new();
    for need in needs {
        let set = vocabulary.set_of([&need.capability]).map_err(|source| {
            AssignError::UnknownCapability {
                requirement,
                source,
            }
        })?;
        let slot = Slot {
            requirement,
            alternative,
            capability: need.capability.clone(),
            needs: set,
        };
        slots.extend(std::iter::repeat_n(slot, usize::from(need.count)));
    }
    Ok(slots)
}

/// Fills `held` and as many of `more` as can be filled beside them; slots that stay empty are dropped.
pub(super) fn fill(
    find: &dyn Fn(&Request, usize) -> Vec<Costed>,
    free: &Request,
    held: &[Slot],
    more: Vec<Slot>,
) -> (Vec<Slot>, Vec<Costed>) {
    let total = held.len() + more.len();
    let mut candidates: BTreeMap<u128, Vec<Costed>> = BTreeMap::new();
    let mut kept = held.to_vec();
    let mut units = Vec::new();
    // Every slot can do with one of the `total` units that cost least: the other slots take at most `total - 1` of them.
    for slot in held.iter().chain(&more) {
        candidates.entry(slot.needs.bits()).or_insert_with(|| {
            let mut request = free.clone();
            request.needs = request.needs.union(slot.needs);
            find(&request, total)
        });
    }
    if let Some(found) = solve(&candidates, &kept) {
        units = found;
    }
    // All at once is the common case; one by one finds out which of them are missing.
    let all: Vec<Slot> = kept.iter().cloned().chain(more.iter().cloned()).collect();
    if let Some(found) = solve(&candidates, &all) {
        return (all, found);
    }
    for slot in more {
        kept.push(slot);
        if let Some(found) = solve(&candidates, &kept) {
            units = found;
        } else {
            kept.pop();
        }
    }
    (kept, units)
}

fn solve(candidates: &BTreeMap<u128, Vec<Costed>>, slots: &[Slot]) -> Option<Vec<Costed>> {
    let mut columns: BTreeMap<ResourceId, Costed> = BTreeMap::new();
    for near in slots
        .iter()
        .filter_map(|slot| candidates.get(&slot.needs.bits()))
        .flatten()
    {
        columns.insert(near.unit.id, *near);
    }
    let columns: Vec<Costed> = columns.into_values().collect();
    let matched = least_cost_matching(slots.len(), columns.len(), |row, column| {
        let (slot, near) = (slots.get(row)?, columns.get(column)?);
        near.unit
            .capabilities
            .contains_all(slot.needs)
            .then_some(near.cost)
    })?;
    matched
        .into_iter()
        .map(|column| columns.get(column).copied())
        .collect()
}

pub(super) fn missing(needs: &[Need], kept: &[Slot], held: usize) -> Vec<Need> {
    let mut got: BTreeMap<&Capability, usize> = BTreeMap::new();
    for slot in kept.iter().skip(held) {
        *got.entry(&slot.capability).or_default() += 1;
    }
    let lacking = needs.iter().map(|need| {
        let have = got.entry(&need.capability).or_default();
        let used = usize::from(need.count).min(*have);
        *have -= used;
        // INVARIANT: `used` is at most the count, which is a u8.
        Need::new(
            need.capability.clone(),
            need.count - u8::try_from(used).unwrap_or(need.count),
        )
    });
    lacking.filter(|need| need.count > 0).collect()
}
