//! Where more units would cover most.

use kabat_core::Position;

use super::DemandPoint;
use super::reached::{DemandTree, Places, value};
use crate::{CostModel, Unit};

/// A unit more, at a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// The site, by its place in the list.
    pub site: usize,
    /// The weight that is covered more than before.
    pub gain: f64,
}

/// Sites for more units, and what the best possible choice could bring.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlacementPlan {
    /// The sites in order, each the best one after those before it.
    pub placements: Vec<Placement>,
    /// No choice of as many sites covers more than this weight beyond what is covered now.
    pub at_most: f64,
}

/// Returns up to `count` sites where units like `new` would cover most beside `units`: maximal covering, greedy.
///
/// The sites cover at least 63 % (1 - 1/e) of what the best choice adds (Nemhauser, Wolsey and Fisher 1978), and mostly much
/// more: [`PlacementPlan::at_most`] tells for this case. A single site is the best one. Equal gains go to the earlier
/// site; sites that gain nothing are not named.
///
/// ```
/// use kabat_core::{CapabilitySet, Position, ResourceId, ResourceStatus};
/// use kabat_geo::{DemandPoint, GeodesicDistance, Unit, place_units};
/// let unit = |n, lat| Ok::<_, kabat_core::PositionError>(Unit {
///     id: ResourceId::v7(n, [0; 10]),
///     position: Position::from_degrees(lat, 4.35)?,
///     capabilities: CapabilitySet::EMPTY,
///     status: ResourceStatus::Available,
/// });
/// let place = |lat| Position::from_degrees(lat, 4.35);
/// let demand = [50.80, 50.90, 50.91].map(|lat| place(lat).map(|at| DemandPoint { at, weight: 1.0 }));
/// let demand = demand.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let sites = [place(50.80)?, place(50.90)?];
/// let plan = place_units(&[], &unit(1, 50.80)?, &sites, &demand, &GeodesicDistance, 3_000.0, 1);
/// assert_eq!((plan.placements[0].site, plan.placements[0].gain), (1, 2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn place_units<M: CostModel + ?Sized>(
    units: &[Unit],
    new: &Unit,
    sites: &[Position],
    demand: &[DemandPoint],
    model: &M,
    limit: f64,
    count: usize,
) -> PlacementPlan {
    let tree = DemandTree::new(demand, model, limit);
    let mut open = Places::all(demand.len());
    for unit in units {
        tree.each_reached(unit, unit.position, |place| open.remove(place));
    }
    let reached: Vec<Places> = sites.iter().map(|&site| tree.reached(new, site)).collect();
    // A gain only falls as others are placed, so an old one is a bound, and few must be counted anew.
    let mut bounds: Vec<f64> = reached
        .iter()
        .map(|site| site.shared_value(&open, demand))
        .collect();
    let all: f64 = open.iter().filter_map(|n| demand.get(n)).map(value).sum();
    let mut plan = PlacementPlan {
        placements: Vec::new(),
        at_most: greatest_sum(&bounds, count).min(all),
    };
    let mut so_far = 0.0;
    while plan.placements.len() < count {
        let Some((gain, site)) = best_site(&reached, &mut bounds, &open, demand) else {
            break;
        };
        if let Some(there) = reached.get(site) {
            open = open.without(there);
        }
        so_far += gain;
        plan.placements.push(Placement { site, gain });
        plan.at_most = plan.at_most.min(so_far + greatest_sum(&bounds, count));
    }
    let left = reached
        .iter()
        .map(|site| site.shared_value(&open, demand))
        .collect::<Vec<_>>();
    plan.at_most = plan.at_most.min(so_far + greatest_sum(&left, count));
    plan
}

/// Returns the best gain and its site, counting anew only those whose bound is not below the best so far.
fn best_site(
    reached: &[Places],
    bounds: &mut [f64],
    open: &Places,
    demand: &[DemandPoint],
) -> Option<(f64, usize)> {
    let mut order: Vec<usize> = (0..bounds.len()).collect();
    let bound = |site: usize| bounds.get(site).copied().unwrap_or(0.0);
    order.sort_by(|&a, &b| bound(b).total_cmp(&bound(a)).then(a.cmp(&b)));
    let mut best: Option<(f64, usize)> = None;
    for site in order {
        let (Some(bound), Some(there)) = (bounds.get_mut(site), reached.get(site)) else {
            continue;
        };
        if *bound <= 0.0 || best.is_some_and(|(gain, _)| *bound < gain) {
            break;
        }
        *bound = there.shared_value(open, demand);
        let better =
            |(gain, earlier): (f64, usize)| *bound > gain || (*bound >= gain && site < earlier);
        if *bound > 0.0 && best.is_none_or(better) {
            best = Some((*bound, site));
        }
    }
    best
}

fn greatest_sum(gains: &[f64], count: usize) -> f64 {
    let mut gains = gains.to_vec();
    gains.sort_by(|a, b| b.total_cmp(a));
    gains.iter().take(count).sum()
}
