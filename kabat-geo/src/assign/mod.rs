//! Units for one incident.

mod joint;
mod matching;
mod recommendation;

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{
    Capability, CapabilitySet, CapabilityVocabulary, Meters, Need, ResourceId, ResponsePlan,
};

use crate::{Nearest, Reach, Request, UnitIndex};
use matching::least_cost_matching;

pub use joint::{Demand, JointAssignment, Matched, Preemption, assign_greedily, assign_jointly};
pub use recommendation::{
    AlternativeShortfall, AssignError, Choice, PassedOver, Reason, Recommendation, Shortfall,
};

/// Nearer units named for each capability, at most.
const EXPLAINED: usize = 16;

/// One unit to be found.
#[derive(Debug, Clone)]
struct Slot {
    requirement: usize,
    alternative: usize,
    capability: Capability,
    needs: CapabilitySet,
}

/// Fills a plan for one incident with free units so that all together have the least way to go.
///
/// `request` says where, how far at most and which units are left out; its `needs` are asked of every unit on
/// top of what the plan asks. Requirements are met in their order, each with the first alternative that the free
/// units can fill without taking one from an earlier requirement; a unit fills one place. Of all ways to
/// fill the alternatives chosen, the one with the least total geodesic distance is taken.
///
/// ```
/// use kabat_core::{Capability, CapabilityVocabulary, Position, Requirement, ResponsePlan};
/// use kabat_geo::{Request, UnitIndex, assign};
/// let plan = ResponsePlan { requires: vec![Requirement::one(Capability::PUMPER, 2)] };
/// let vocabulary = CapabilityVocabulary::standard();
/// let request = Request::new(Position::from_degrees(50.85, 4.35)?, Default::default());
/// let nobody = assign(&UnitIndex::new(), &vocabulary, &request, &plan)?;
/// assert_eq!(nobody.shortfalls[0].alternatives[0].missing[0].count, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`AssignError`] when the plan names a capability that `vocabulary` does not know, or a requirement is empty.
pub fn assign(
    index: &UnitIndex,
    vocabulary: &CapabilityVocabulary,
    request: &Request,
    plan: &ResponsePlan,
) -> Result<Recommendation, AssignError> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut filled: Vec<Nearest> = Vec::new();
    let mut shortfalls = Vec::new();
    let free = request.clone().reaching(Reach::Assignable);
    for (requirement, chain) in plan.requires.iter().enumerate() {
        if chain.first_of.is_empty() {
            return Err(AssignError::NoAlternative { requirement });
        }
        let mut tried = Vec::new();
        let mut best: Option<(usize, Vec<Slot>, Vec<Nearest>)> = None;
        let mut met = false;
        for (alternative, needs) in chain.first_of.iter().enumerate() {
            let attempt = slots_of(vocabulary, requirement, alternative, needs)?;
            let (kept, units) = fill(index, &free, &slots, attempt.clone());
            let missing = missing(needs, &kept, slots.len());
            let lacking = attempt.len() + slots.len() - kept.len();
            if best.as_ref().is_none_or(|&(fewest, ..)| lacking < fewest) {
                best = Some((lacking, kept, units));
            }
            if lacking == 0 {
                met = true;
                break;
            }
            tried.push(AlternativeShortfall {
                alternative,
                missing,
            });
        }
        if let Some((_, kept, units)) = best {
            (slots, filled) = (kept, units);
        }
        if !met {
            shortfalls.push(Shortfall {
                requirement,
                alternatives: tried,
            });
        }
    }
    let chosen: Vec<Choice> = slots
        .iter()
        .zip(&filled)
        .map(|(slot, near)| Choice {
            unit: near.unit.id,
            requirement: slot.requirement,
            alternative: slot.alternative,
            capability: slot.capability.clone(),
            distance: near.distance,
        })
        .collect();
    let passed_over = explain(index, request, &slots, &chosen);
    Ok(Recommendation {
        chosen,
        passed_over,
        shortfalls,
    })
}

fn slots_of(
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
fn fill(
    index: &UnitIndex,
    free: &Request,
    held: &[Slot],
    more: Vec<Slot>,
) -> (Vec<Slot>, Vec<Nearest>) {
    let total = held.len() + more.len();
    let mut candidates: BTreeMap<u128, Vec<Nearest>> = BTreeMap::new();
    let mut kept = held.to_vec();
    let mut units = Vec::new();
    // Every slot can do with one of its `total` nearest: the other slots take at most `total - 1` of them.
    for slot in held.iter().chain(&more) {
        candidates.entry(slot.needs.bits()).or_insert_with(|| {
            let mut request = free.clone();
            request.needs = request.needs.union(slot.needs);
            index.nearest(&request, total)
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

fn solve(candidates: &BTreeMap<u128, Vec<Nearest>>, slots: &[Slot]) -> Option<Vec<Nearest>> {
    let mut columns: BTreeMap<ResourceId, Nearest> = BTreeMap::new();
    for near in slots
        .iter()
        .filter_map(|slot| candidates.get(&slot.needs.bits()))
        .flatten()
    {
        columns.insert(near.unit.id, *near);
    }
    let columns: Vec<Nearest> = columns.into_values().collect();
    let matched = least_cost_matching(slots.len(), columns.len(), |row, column| {
        let (slot, near) = (slots.get(row)?, columns.get(column)?);
        near.unit
            .capabilities
            .contains_all(slot.needs)
            .then(|| near.distance.get())
    })?;
    matched
        .into_iter()
        .map(|column| columns.get(column).copied())
        .collect()
}

fn missing(needs: &[Need], kept: &[Slot], held: usize) -> Vec<Need> {
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

/// Names the units nearer than the farthest one chosen for each requirement and capability.
fn explain(
    index: &UnitIndex,
    request: &Request,
    slots: &[Slot],
    chosen: &[Choice],
) -> Vec<PassedOver> {
    let mut farthest: BTreeMap<(usize, &Capability), (Meters, CapabilitySet)> = BTreeMap::new();
    for (slot, choice) in slots.iter().zip(chosen) {
        let entry = farthest
            .entry((slot.requirement, &slot.capability))
            .or_insert((choice.distance, slot.needs));
        entry.0 = entry.0.max(choice.distance);
    }
    let mut passed_over = Vec::new();
    for ((requirement, capability), (limit, needs)) in farthest {
        let mine = |choice: &&Choice| {
            choice.requirement == requirement && choice.capability == *capability
        };
        let sent: BTreeSet<ResourceId> = chosen
            .iter()
            .filter(mine)
            .map(|choice| choice.unit)
            .collect();
        let everybody = Request::new(request.at, CapabilitySet::EMPTY)
            .within(limit)
            .excluding(sent)
            .reaching(Reach::All);
        let needs = needs.union(request.needs);
        for near in index.nearest(&everybody, EXPLAINED) {
            let unit = near.unit;
            let reason = if request.excluded.contains(&unit.id) {
                Reason::Excluded
            } else if !unit.capabilities.contains_all(needs) {
                Reason::LacksCapability
            } else if !unit.status.is_assignable() {
                Reason::NotAssignable {
                    status: unit.status,
                }
            } else if let Some(other) = chosen.iter().find(|choice| choice.unit == unit.id) {
                Reason::ChosenFor {
                    requirement: other.requirement,
                    capability: other.capability.clone(),
                }
            } else {
                // A free, able and nearer unit is left only on equal distance, where the id decided.
                continue;
            };
            passed_over.push(PassedOver {
                unit: unit.id,
                requirement,
                capability: capability.clone(),
                distance: near.distance,
                reason,
            });
        }
    }
    passed_over
}
