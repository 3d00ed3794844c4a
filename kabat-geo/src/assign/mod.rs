//! Units for one incident.

mod explain;
mod joint;
mod matching;
mod recommendation;
mod slot;

use kabat_core::{CapabilityVocabulary, ResponsePlan};

use crate::{CostModel, Costed, Nearest, Reach, Request, UnitIndex};
use explain::explain;
use slot::{Slot, fill, missing, slots_of};

pub use joint::{Demand, JointAssignment, Matched, Preemption, assign_greedily, assign_jointly};
pub use recommendation::{
    AlternativeShortfall, AssignError, Choice, PassedOver, Reason, Recommendation, Shortfall,
};

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
    let find = |request: &Request, k: usize| {
        let found = index.nearest(request, k).into_iter();
        let costed = found.map(|near| Costed {
            unit: near.unit,
            cost: near.distance.get(),
            distance: near.distance,
        });
        costed.collect()
    };
    recommend(index, vocabulary, request, plan, &find, &|near| {
        Some(near.distance.get())
    })
}

/// Fills a plan as [`assign`] does, by what a model says it costs to send a unit, instead of by distance.
///
/// With [`OwnUnitsFirst`](crate::OwnUnitsFirst) the units of the own zone go first, by as many seconds as its handicap; with
/// a handicap of 0, or with any other model, the fastest adequate help goes. A nearer unit that was passed over
/// for its cost is named with [`Reason::CostsMore`] or [`Reason::NoWay`].
///
/// ```
/// use std::collections::BTreeSet;
/// use kabat_core::{Capability, CapabilityVocabulary, Position, Requirement, ResourceId, ResourceStatus, ResponsePlan};
/// use kabat_geo::{OwnUnitsFirst, Reason, Request, StraightLineTime, Unit, UnitIndex, assign_by};
/// let vocabulary = CapabilityVocabulary::standard();
/// let mut index = UnitIndex::new();
/// for (n, lat) in [(1, 50.86), (2, 50.87)] {
///     index.upsert(Unit {
///         id: ResourceId::v7(n, [0; 10]),
///         position: Position::from_degrees(lat, 4.35)?,
///         capabilities: vocabulary.set_of([&Capability::AMBULANCE])?,
///         status: ResourceStatus::Available,
///     })?;
/// }
/// let plan = ResponsePlan { requires: vec![Requirement::one(Capability::AMBULANCE, 1)] };
/// let request = Request::new(Position::from_degrees(50.85, 4.35)?, Default::default());
/// // The second one is of the own zone, and two minutes are given for that.
/// let own = BTreeSet::from([ResourceId::v7(2, [0; 10])]);
/// let model = OwnUnitsFirst { model: StraightLineTime::BRUSSELS_AMBULANCE, own, handicap: 120.0 };
/// let sent = assign_by(&index, &vocabulary, &request, &plan, &model)?;
/// assert_eq!(sent.chosen[0].unit, ResourceId::v7(2, [0; 10]));
/// assert!(matches!(sent.passed_over[0].reason, Reason::CostsMore { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`assign`].
pub fn assign_by<M: CostModel + ?Sized>(
    index: &UnitIndex,
    vocabulary: &CapabilityVocabulary,
    request: &Request,
    plan: &ResponsePlan,
    model: &M,
) -> Result<Recommendation, AssignError> {
    let find = |request: &Request, k: usize| index.nearest_by(request, k, model);
    recommend(index, vocabulary, request, plan, &find, &|near| {
        let cost = model.cost(&near.unit, request.at, near.distance.get());
        cost.filter(|cost| cost.is_finite() && *cost >= 0.0)
    })
}

/// `find` gives the units that cost least, `cost` what one unit costs.
fn recommend(
    index: &UnitIndex,
    vocabulary: &CapabilityVocabulary,
    request: &Request,
    plan: &ResponsePlan,
    find: &dyn Fn(&Request, usize) -> Vec<Costed>,
    cost: &dyn Fn(&Nearest) -> Option<f64>,
) -> Result<Recommendation, AssignError> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut filled: Vec<Costed> = Vec::new();
    let mut shortfalls = Vec::new();
    let free = request.clone().reaching(Reach::Assignable);
    for (requirement, chain) in plan.requires.iter().enumerate() {
        if chain.first_of.is_empty() {
            return Err(AssignError::NoAlternative { requirement });
        }
        let mut tried = Vec::new();
        let mut best: Option<(usize, Vec<Slot>, Vec<Costed>)> = None;
        let mut met = false;
        for (alternative, needs) in chain.first_of.iter().enumerate() {
            let attempt = slots_of(vocabulary, requirement, alternative, needs)?;
            let (kept, units) = fill(find, &free, &slots, attempt.clone());
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
            cost: near.cost,
        })
        .collect();
    let passed_over = explain(index, request, &slots, &chosen, cost);
    Ok(Recommendation {
        chosen,
        passed_over,
        shortfalls,
    })
}
