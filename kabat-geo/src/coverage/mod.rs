//! Which places can be reached in time, and which move of an idle unit restores most.

use std::collections::BTreeSet;

use kabat_core::{Position, ResourceId};

use crate::{CostModel, Unit, geodesic};

/// A place where calls come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemandPoint {
    /// Where.
    pub at: Position,
    /// How much it counts: inhabitants, or calls a year; taken as 0 when negative or not finite.
    pub weight: f64,
}

/// What a set of units covers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// Weight that some unit reaches within the limit.
    pub covered: f64,
    /// All weight.
    pub total: f64,
    /// The demand points that no unit reaches, by their place in the list.
    pub uncovered: Vec<usize>,
}

/// A unit to be moved up.
#[derive(Debug, Clone, PartialEq)]
pub struct Relocation {
    /// The unit.
    pub unit: ResourceId,
    /// The site, by its place in the list.
    pub site: usize,
    /// The weight that is covered more than before this move.
    pub gain: f64,
}

/// Moves, and what the best possible moves could bring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelocationPlan {
    /// The moves in order, each the best one after those before it; every unit is moved at most once.
    pub moves: Vec<Relocation>,
    /// No plan of as many moves covers more than this weight beyond what is covered now.
    pub at_most: f64,
}

/// Returns what units cover within a cost limit (seconds, or metres, as the model has it).
pub fn coverage<M: CostModel + ?Sized>(
    units: &[Unit],
    demand: &[DemandPoint],
    model: &M,
    limit: f64,
) -> Coverage {
    let mut result = Coverage::default();
    for (number, point) in demand.iter().enumerate() {
        result.total += weight(point);
        if units
            .iter()
            .any(|unit| reaches(unit, unit.position, point, model, limit))
        {
            result.covered += weight(point);
        } else {
            result.uncovered.push(number);
        }
    }
    result
}

/// Returns up to `moves` moves of the `idle` units to `sites` that restore most coverage: maximal covering, greedy.
///
/// Each step tries every idle unit at every site, counts what is lost where the unit stood, and takes the best;
/// equal gains go to the lower unit id, then to the earlier site. A plan of one move is optimal. Moves that gain
/// nothing are not made.
pub fn relocate<M: CostModel + ?Sized>(
    units: &[Unit],
    idle: &BTreeSet<ResourceId>,
    sites: &[Position],
    demand: &[DemandPoint],
    model: &M,
    limit: f64,
    moves: usize,
) -> RelocationPlan {
    let mut counts: Vec<u32> = vec![0; demand.len()];
    let covers = |unit: &Unit, from: Position| -> Vec<usize> {
        let reached = demand
            .iter()
            .enumerate()
            .filter(|(_, point)| reaches(unit, from, point, model, limit));
        reached.map(|(number, _)| number).collect()
    };
    for unit in units {
        change(&mut counts, &covers(unit, unit.position), |count| count + 1);
    }
    let mut movable: Vec<&Unit> = units
        .iter()
        .filter(|unit| idle.contains(&unit.id))
        .collect();
    movable.sort_by_key(|unit| unit.id);
    let options: Vec<(Vec<usize>, Vec<Vec<usize>>)> = movable
        .iter()
        .map(|unit| {
            (
                covers(unit, unit.position),
                sites.iter().map(|&site| covers(unit, site)).collect(),
            )
        })
        .collect();
    let value = |number: usize| demand.get(number).map_or(0.0, weight);
    let count_of = |counts: &[u32], number: usize| counts.get(number).copied().unwrap_or(0);
    // Moves without the losses at home: no order of moves can bring more than their best sum.
    let mut best_alone: Vec<f64> = options
        .iter()
        .map(|(_, at)| {
            let news = |site: &Vec<usize>| {
                site.iter()
                    .filter(|&&n| count_of(&counts, n) == 0)
                    .map(|&n| value(n))
                    .sum()
            };
            at.iter().map(news).fold(0.0, f64::max)
        })
        .collect();
    best_alone.sort_by(|a, b| b.total_cmp(a));
    let open: f64 = (0..demand.len())
        .filter(|&n| count_of(&counts, n) == 0)
        .map(value)
        .sum();
    // What a move uncovers at home can be covered again by another one, but that only restores what was counted.
    let mut plan = RelocationPlan {
        at_most: best_alone.iter().take(moves).sum::<f64>().min(open),
        moves: Vec::new(),
    };
    let mut used = BTreeSet::new();
    for _ in 0..moves {
        let mut best: Option<(f64, usize, usize)> = None;
        for (place, (home, at)) in options
            .iter()
            .enumerate()
            .filter(|(place, _)| !used.contains(place))
        {
            let home_set: BTreeSet<usize> = home.iter().copied().collect();
            for (site, there) in at.iter().enumerate() {
                let there_set: BTreeSet<usize> = there.iter().copied().collect();
                let news: f64 = there
                    .iter()
                    .filter(|&&n| count_of(&counts, n) == 0)
                    .map(|&n| value(n))
                    .sum();
                let lost: f64 = home_set
                    .difference(&there_set)
                    .filter(|&&n| count_of(&counts, n) == 1)
                    .map(|&n| value(n))
                    .sum();
                let gain = news - lost;
                if gain > best.map_or(0.0, |(gain, ..)| gain) {
                    best = Some((gain, place, site));
                }
            }
        }
        let Some((gain, place, site)) = best else {
            break;
        };
        used.insert(place);
        if let (Some((home, at)), Some(unit)) = (options.get(place), movable.get(place)) {
            change(&mut counts, home, |count| count.saturating_sub(1));
            change(
                &mut counts,
                at.get(site).map_or(&[], Vec::as_slice),
                |count| count + 1,
            );
            plan.moves.push(Relocation {
                unit: unit.id,
                site,
                gain,
            });
        }
    }
    plan
}

fn change(counts: &mut [u32], numbers: &[usize], to: impl Fn(u32) -> u32) {
    for &number in numbers {
        if let Some(count) = counts.get_mut(number) {
            *count = to(*count);
        }
    }
}

fn weight(point: &DemandPoint) -> f64 {
    if point.weight.is_finite() {
        point.weight.max(0.0)
    } else {
        0.0
    }
}

fn reaches<M: CostModel + ?Sized>(
    unit: &Unit,
    from: Position,
    point: &DemandPoint,
    model: &M,
    limit: f64,
) -> bool {
    let placed = Unit {
        position: from,
        ..*unit
    };
    model
        .cost(&placed, point.at, geodesic(from, point.at).get())
        .is_some_and(|cost| cost <= limit)
}
