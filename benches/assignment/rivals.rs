//! The same questions asked of rstar, kiddo and a plain scan.

use kabat_core::{CapabilitySet, Position, ResourceId};
use kabat_geo::Unit;
use kiddo::{ImmutableKdTree, SquaredEuclidean};
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::fleet::{fits, plane};

pub(crate) type Tree = RTree<GeomWithData<[f64; 2], u32>>;

pub(crate) fn rstar_tree(units: &[Unit]) -> Tree {
    let points = units
        .iter()
        .zip(0..)
        .map(|(unit, n)| GeomWithData::new(plane(unit.position), n));
    RTree::bulk_load(points.collect())
}

pub(crate) fn rstar_nearest(
    tree: &Tree,
    units: &[Unit],
    at: Position,
    needs: CapabilitySet,
    k: usize,
) -> Vec<u32> {
    let near = tree
        .nearest_neighbor_iter(&plane(at))
        .map(|point| point.data);
    near.filter(|&n| fits(&units[n as usize], needs))
        .take(k)
        .collect()
}

/// kiddo has no predicate: ask for 8, 32, 128… until enough of them fit.
pub(crate) fn kiddo_nearest(
    tree: &ImmutableKdTree<f64, 2>,
    units: &[Unit],
    at: Position,
    needs: CapabilitySet,
    k: usize,
) -> Vec<u64> {
    let mut look = 8;
    loop {
        let near = tree.nearest_n::<SquaredEuclidean>(&plane(at), look.try_into().unwrap());
        let found: Vec<u64> = near
            .iter()
            .map(|hit| hit.item)
            .filter(|&n| fits(&units[n as usize], needs))
            .take(k)
            .collect();
        if found.len() == k || look >= units.len() {
            return found;
        }
        look = (look * 4).min(units.len());
    }
}

pub(crate) fn haversine(a: Position, b: Position) -> f64 {
    let [(lat, lon), (to_lat, to_lon)] = [a, b].map(|p| {
        (
            p.latitude().degrees().to_radians(),
            p.longitude().degrees().to_radians(),
        )
    });
    let (s, t) = (((to_lat - lat) / 2.0).sin(), ((to_lon - lon) / 2.0).sin());
    2.0 * 6_371_008.8 * (s * s + lat.cos() * to_lat.cos() * t * t).sqrt().asin()
}

pub(crate) fn scan_nearest(
    units: &[Unit],
    at: Position,
    needs: CapabilitySet,
    k: usize,
) -> Vec<(f64, ResourceId)> {
    let mut best: Vec<(f64, ResourceId)> = Vec::with_capacity(k + 1);
    for unit in units.iter().filter(|unit| fits(unit, needs)) {
        let metres = haversine(at, unit.position);
        if best.len() < k || metres < best[k - 1].0 {
            let slot = best.partition_point(|&(other, _)| other <= metres);
            best.insert(slot, (metres, unit.id));
            best.truncate(k);
        }
    }
    best
}
