//! Why nearer units are not sent.

use std::collections::{BTreeMap, BTreeSet};

use kabat_core::{Capability, CapabilitySet, Meters, ResourceId};

use super::slot::Slot;
use super::{Choice, PassedOver, Reason};
use crate::{Nearest, Reach, Request, UnitIndex};

/// Nearer units named for each capability, at most.
const EXPLAINED: usize = 16;

/// Names the units nearer than the farthest one chosen for each requirement and capability.
pub(super) fn explain(
    index: &UnitIndex,
    request: &Request,
    slots: &[Slot],
    chosen: &[Choice],
    cost: &dyn Fn(&Nearest) -> Option<f64>,
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
            if near.distance >= limit {
                break;
            }
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
                cost(&near).map_or(Reason::NoWay, |cost| Reason::CostsMore { cost })
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
