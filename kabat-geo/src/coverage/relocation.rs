//! Which move of an idle unit restores most coverage.

use std::collections::BTreeSet;

use kabat_core::{Position, ResourceId};

use super::DemandPoint;
use super::reached::{DemandTree, Places};
use crate::{CostModel, Unit};

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

/// What a unit reaches from every site, told apart by unit only where the model does.
struct Options {
    from_sites: Vec<Vec<Places>>,
    shared: bool,
}

impl Options {
    fn of(&self, unit: usize) -> &[Places] {
        let place = if self.shared { 0 } else { unit };
        self.from_sites.get(place).map_or(&[], Vec::as_slice)
    }
}

/// Returns up to `moves` moves of the `idle` units to `sites` that restore most coverage: maximal covering, greedy.
///
/// Each step tries every idle unit at every site, counts what is lost where the unit stood, and takes the best;
/// equal gains go to the lower unit id, then to the earlier site. A plan of one move is optimal. Moves that gain
/// nothing are not made.
///
/// ```
/// use std::collections::BTreeSet;
/// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
/// use kabat_geo::{DemandPoint, GeodesicDistance, Unit, relocate};
/// let unit = |n, lat| Ok::<_, kabat_core::PositionError>(Unit {
///     id: ResourceId::v7(n, [0; 10]),
///     position: Position::from_degrees(lat, 4.35)?,
///     capabilities: CapabilitySet::EMPTY,
///     status: ResourceStatus::Available,
/// });
/// let place = |lat| Position::from_degrees(lat, 4.35);
/// let demand = [50.80, 50.90, 50.91].map(|lat| place(lat).map(|at| DemandPoint { at, weight: 1.0 }));
/// let demand = demand.into_iter().collect::<Result<Vec<_>, _>>()?;
/// // Two stand where one would do; the second one moves up.
/// let units = [unit(1, 50.80)?, unit(2, 50.80)?];
/// let idle = BTreeSet::from([units[1].id]);
/// let plan = relocate(&units, &idle, &[place(50.70)?, place(50.90)?], &demand, &GeodesicDistance, 3_000.0, 1);
/// assert_eq!((plan.moves[0].site, plan.moves[0].gain, plan.at_most), (1, 2.0, 2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn relocate<M: CostModel + ?Sized>(
    units: &[Unit],
    idle: &BTreeSet<ResourceId>,
    sites: &[Position],
    demand: &[DemandPoint],
    model: &M,
    limit: f64,
    moves: usize,
) -> RelocationPlan {
    let tree = DemandTree::new(demand, model, limit);
    let mut counts: Vec<u32> = vec![0; demand.len()];
    let mut movable: Vec<(&Unit, Places)> = Vec::new();
    for unit in units {
        let home = tree.reached(unit, unit.position);
        change(&mut counts, &home, |count| count + 1);
        if idle.contains(&unit.id) {
            movable.push((unit, home));
        }
    }
    movable.sort_by_key(|(unit, _)| unit.id);
    let shared = !model.depends_on_unit();
    let tried = movable.iter().take(if shared { 1 } else { usize::MAX });
    let reached = |unit: &Unit| sites.iter().map(|&site| tree.reached(unit, site)).collect();
    let options = Options {
        from_sites: tried.map(|&(unit, _)| reached(unit)).collect(),
        shared,
    };
    let mut plan = RelocationPlan {
        at_most: at_most(&movable, &options, &counts, demand, moves),
        moves: Vec::new(),
    };
    let mut used = BTreeSet::new();
    for _ in 0..moves {
        let Some((gain, place, site)) = best_move(&movable, &used, &options, &counts, demand)
        else {
            break;
        };
        used.insert(place);
        if let (Some((unit, home)), Some(there)) = (movable.get(place), options.of(place).get(site))
        {
            change(&mut counts, home, |count| count.saturating_sub(1));
            change(&mut counts, there, |count| count + 1);
            plan.moves.push(Relocation {
                unit: unit.id,
                site,
                gain,
            });
        }
    }
    plan
}

/// Sums the best moves without the losses at home: what a move uncovers there can be covered again by another one, but
/// that only restores what was counted.
fn at_most(
    movable: &[(&Unit, Places)],
    options: &Options,
    counts: &[u32],
    demand: &[DemandPoint],
    moves: usize,
) -> f64 {
    let open = covered_by(counts, demand.len(), 0);
    let mut best: Vec<f64> = (0..movable.len())
        .map(|unit| {
            let news = options.of(unit).iter();
            news.map(|site| site.shared_value(&open, demand))
                .fold(0.0, f64::max)
        })
        .collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let all = open.shared_value(&open, demand);
    best.iter().take(moves).sum::<f64>().min(all)
}

/// Returns gain, unit and site of the move that gains most, if any does.
fn best_move(
    movable: &[(&Unit, Places)],
    used: &BTreeSet<usize>,
    options: &Options,
    counts: &[u32],
    demand: &[DemandPoint],
) -> Option<(f64, usize, usize)> {
    let open = covered_by(counts, demand.len(), 0);
    let once = covered_by(counts, demand.len(), 1);
    let news_of = |unit: usize| -> Vec<f64> {
        let sites = options.of(unit).iter();
        sites.map(|site| site.shared_value(&open, demand)).collect()
    };
    let mut news = Vec::new();
    let mut best: Option<(f64, usize, usize)> = None;
    for (unit, (_, home)) in movable.iter().enumerate() {
        if news.is_empty() || !options.shared {
            news = news_of(unit);
        }
        if used.contains(&unit) {
            continue;
        }
        let lost_value = home.shared_value(&once, demand);
        let mut alone: Option<Places> = None;
        for (site, (there, &news)) in options.of(unit).iter().zip(&news).enumerate() {
            let least = best.map_or(0.0, |(gain, ..)| gain);
            // No site brings more than what is new there.
            if news <= least {
                continue;
            }
            // What only this unit covers: home and covered once, as the complement of what is not.
            let alone = alone.get_or_insert_with(|| home.without(&home.without(&once)));
            let gain = news + there.shared_value(alone, demand) - lost_value;
            if gain > least {
                best = Some((gain, unit, site));
            }
        }
    }
    best
}

fn covered_by(counts: &[u32], places: usize, times: u32) -> Places {
    let mut found = Places::none(places);
    for (place, _) in counts
        .iter()
        .enumerate()
        .filter(|&(_, &count)| count == times)
    {
        found.insert(place);
    }
    found
}

fn change(counts: &mut [u32], places: &Places, to: impl Fn(u32) -> u32) {
    for place in places.iter() {
        if let Some(count) = counts.get_mut(place) {
            *count = to(*count);
        }
    }
}
