//! Driving times on a road network.

mod component;
mod error;
mod hierarchy;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use kabat_core::{Meters, MetersPerSecond, Position, Seconds};
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::index::Ecef;
use crate::{CostModel, Unit, geodesic};
use hierarchy::{Arrivals, Hierarchy};

pub use error::RoadError;

/// A stretch of road in one direction; a two-way road is two of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoadEdge {
    /// Where it begins: the place of a node in the list.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How long it takes: above 0, a day at most. Kept in whole milliseconds, at least one.
    pub seconds: Seconds,
}

/// How a position is put on the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapping {
    /// A position farther than this from every node is off the road.
    pub at_most: Meters,
    /// How fast the stretch between the position and its node is driven, in a straight line.
    pub speed: MetersPerSecond,
}

/// The node of a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    /// The place of the node in the list.
    pub node: usize,
    /// How far it is from the position.
    pub distance: Meters,
}

/// Driving times from a plain list of roads, on a customizable contraction hierarchy.
///
/// Positions are put on the nearest node of the part of the network in which every node can be reached from every
/// other; a car park with only a way in is none of it. Nodes should therefore lie closer than
/// [`Snapping::at_most`]: split long edges. A time is that of the fastest way from node to node, plus the stretches
/// between the positions and their nodes. Other times on the same roads (rush hour, a closed bridge) are a
/// [`retimed`](Self::retimed) network, which is much faster to make than a new one.
///
/// ```
/// use kabat_core::{Meters, MetersPerSecond, Position, Seconds};
/// use kabat_geo::{RoadEdge, RoadNetwork, Snapping};
///
/// // Two banks of a river; the bridge is far to the east.
/// let nodes = [(50.80, 4.30), (50.80, 4.40), (50.81, 4.40), (50.81, 4.30)];
/// let nodes = nodes.map(|(lat, lon)| Position::from_degrees(lat, lon)).into_iter().collect::<Result<Vec<_>, _>>()?;
/// let road = |from, to, seconds| Ok::<_, kabat_core::UnitError>(RoadEdge { from, to, seconds: Seconds::new(seconds)? });
/// let mut edges = Vec::new();
/// for (a, b, seconds) in [(0, 1, 500.0), (1, 2, 60.0), (2, 3, 500.0)] {
///     edges.extend([road(a, b, seconds)?, road(b, a, seconds)?]);
/// }
/// let snapping = Snapping { at_most: Meters::new(300.0)?, speed: MetersPerSecond::new(5.0)? };
/// let network = RoadNetwork::new(&nodes, &edges, snapping)?;
/// assert_eq!(network.seconds(nodes[0], nodes[3])?.get(), 1_060.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RoadNetwork {
    roads: Arc<Roads>,
    metric: cch::Metric,
    nodes: RTree<GeomWithData<[f64; 3], u32>>,
    snapping: Snapping,
    /// No way is faster than this along the straight line.
    fastest_m_per_s: f64,
    cut_off: usize,
}

/// What does not depend on the times.
struct Roads {
    nodes: Vec<Position>,
    /// Sorted by their start.
    arcs: Vec<(u32, u32)>,
    /// For each arc, the edge it came from.
    edge_of: Vec<usize>,
    /// In a straight line, for each arc.
    metres: Vec<f64>,
    hierarchy: Hierarchy,
}

impl RoadNetwork {
    /// Builds the network; takes some seconds for the roads of a country.
    ///
    /// # Errors
    /// [`RoadError::UnknownNode`], [`RoadError::Time`], [`RoadError::NoWayBack`], [`RoadError::NoSpeed`],
    /// [`RoadError::TooLarge`].
    pub fn new(
        nodes: &[Position],
        edges: &[RoadEdge],
        snapping: Snapping,
    ) -> Result<Self, RoadError> {
        if snapping.speed <= MetersPerSecond::ZERO {
            return Err(RoadError::NoSpeed);
        }
        let given = nodes.len().max(edges.len());
        if i32::try_from(given).is_err() {
            return Err(RoadError::TooLarge { given });
        }
        let mut arcs: Vec<(u32, u32, usize)> = Vec::with_capacity(edges.len());
        for (number, edge) in edges.iter().enumerate() {
            let node = |node: usize| match u32::try_from(node) {
                Ok(short) if node < nodes.len() => Ok(short),
                _ => Err(RoadError::UnknownNode {
                    edge: number,
                    node,
                    nodes: nodes.len(),
                }),
            };
            arcs.push((node(edge.from)?, node(edge.to)?, number));
        }
        arcs.sort_unstable();
        let edge_of = arcs.iter().map(|&(.., edge)| edge).collect();
        let arcs: Vec<(u32, u32)> = arcs.into_iter().map(|(from, to, _)| (from, to)).collect();
        // The order of contraction wants at least one street.
        if component::greatest(nodes.len(), &arcs)
            .iter()
            .filter(|inside| **inside)
            .count()
            < 2
        {
            return Err(RoadError::NoWayBack);
        }
        let place = |node: u32| nodes.get(node as usize).copied();
        let metres = arcs
            .iter()
            .map(|&(from, to)| {
                place(from)
                    .zip(place(to))
                    .map_or(0.0, |(from, to)| geodesic(from, to).get())
            })
            .collect();
        let (latitude, longitude): (Vec<f32>, Vec<f32>) =
            nodes.iter().map(|&node| coordinates(node)).unzip();
        let roads = Roads {
            hierarchy: Hierarchy::new(&latitude, &longitude, &arcs),
            nodes: nodes.to_vec(),
            arcs,
            edge_of,
            metres,
        };
        let times: Vec<Option<Seconds>> = edges.iter().map(|edge| Some(edge.seconds)).collect();
        Self::timed(Arc::new(roads), &times, snapping)
    }

    /// Returns a network of the same roads with other times, in the order of the edges; `None` is closed.
    ///
    /// # Errors
    /// [`RoadError::Count`], [`RoadError::Time`], [`RoadError::NoWayBack`].
    pub fn retimed(&self, times: &[Option<Seconds>]) -> Result<Self, RoadError> {
        Self::timed(Arc::clone(&self.roads), times, self.snapping)
    }

    fn timed(
        roads: Arc<Roads>,
        times: &[Option<Seconds>],
        snapping: Snapping,
    ) -> Result<Self, RoadError> {
        if times.len() != roads.arcs.len() {
            return Err(RoadError::Count {
                given: times.len(),
                edges: roads.arcs.len(),
            });
        }
        let milliseconds: Vec<u32> = times
            .iter()
            .enumerate()
            .map(|(edge, &time)| time.map_or(Ok(hierarchy::closed()), |time| whole(edge, time)))
            .collect::<Result<_, _>>()?;
        let of_arc = |edge: &usize| {
            let time = milliseconds.get(*edge).copied();
            time.unwrap_or(hierarchy::closed())
        };
        let weights: Vec<u32> = roads.edge_of.iter().map(of_arc).collect();
        let mut fastest_m_per_s = snapping.speed.get();
        let mut open = Vec::with_capacity(weights.len());
        for ((&arc, &metres), &time) in roads.arcs.iter().zip(&roads.metres).zip(&weights) {
            if time != hierarchy::closed() {
                fastest_m_per_s = fastest_m_per_s.max(metres * 1000.0 / f64::from(time));
                open.push(arc);
            }
        }
        let inside = component::greatest(roads.nodes.len(), &open);
        let points: Vec<GeomWithData<[f64; 3], u32>> = (0..)
            .zip(roads.nodes.iter().zip(&inside))
            .filter(|(_, (_, inside))| **inside)
            .map(|(number, (&node, _))| GeomWithData::new(Ecef::of(node).0, number))
            .collect();
        if points.len() < 2 {
            return Err(RoadError::NoWayBack);
        }
        Ok(Self {
            metric: roads.hierarchy.customize(&weights),
            cut_off: roads.nodes.len() - points.len(),
            nodes: RTree::bulk_load(points),
            roads,
            snapping,
            fastest_m_per_s,
        })
    }

    /// Returns how many nodes no position is put on, because there is no way to them or none back.
    pub fn cut_off(&self) -> usize {
        self.cut_off
    }

    /// Returns the node of a position: the nearest, and the first in the list of equally near ones.
    ///
    /// # Errors
    /// [`RoadError::OffRoad`].
    pub fn snap(&self, position: Position) -> Result<Snap, RoadError> {
        let nearest = self.nodes.nearest_neighbors(&Ecef::of(position).0);
        let node = nearest
            .iter()
            .map(|found| found.data as usize)
            .min()
            // INVARIANT: there are at least two nodes in the tree.
            .ok_or(RoadError::NoWayBack)?;
        let place = self.roads.nodes.get(node).copied().unwrap_or(position);
        let distance = geodesic(position, place);
        if distance > self.snapping.at_most {
            return Err(RoadError::OffRoad {
                distance,
                limit: self.snapping.at_most,
            });
        }
        Ok(Snap { node, distance })
    }

    /// Returns the driving time between two positions.
    ///
    /// # Errors
    /// [`RoadError::OffRoad`] for either of them, [`RoadError::NoWay`].
    pub fn seconds(&self, from: Position, to: Position) -> Result<Seconds, RoadError> {
        self.towards(to)?.seconds_from(from)
    }

    /// Looks at the network from one end: for the times of many units to one incident.
    ///
    /// # Errors
    /// [`RoadError::OffRoad`].
    pub fn towards(&self, to: Position) -> Result<RoadTarget<'_>, RoadError> {
        let snap = self.snap(to)?;
        Ok(RoadTarget {
            network: self,
            to,
            snap,
            arrivals: Mutex::new(
                self.roads
                    .hierarchy
                    .towards(&self.metric, number(snap.node)),
            ),
        })
    }
}

impl CostModel for RoadNetwork {
    fn cost(&self, unit: &Unit, to: Position, _: f64) -> Option<f64> {
        self.seconds(unit.position, to).ok().map(Seconds::get)
    }

    fn lower_bound(&self, ground_m: f64) -> f64 {
        // The length from the chord is not below the geodesic by more than one part in 10,000, anywhere on earth.
        ground_m / self.fastest_m_per_s * 0.9999
    }

    fn depends_on_unit(&self) -> bool {
        false
    }
}

impl fmt::Debug for RoadNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoadNetwork")
            .field("nodes", &self.roads.nodes.len())
            .field("edges", &self.roads.arcs.len())
            .field("cut_off", &self.cut_off)
            .field("snapping", &self.snapping)
            .field("fastest_m_per_s", &self.fastest_m_per_s)
            .finish_non_exhaustive()
    }
}

/// The network as seen from one end: what the ways of many units have in common is worked out once.
///
/// As a [`CostModel`] it is right for any place, and fast for its own.
#[derive(Debug)]
pub struct RoadTarget<'a> {
    network: &'a RoadNetwork,
    to: Position,
    snap: Snap,
    arrivals: Mutex<Arrivals>,
}

impl RoadTarget<'_> {
    /// Returns the node that the ways lead to.
    pub fn snap(&self) -> Snap {
        self.snap
    }

    /// Returns the driving time from a position.
    ///
    /// # Errors
    /// [`RoadError::OffRoad`], [`RoadError::NoWay`].
    pub fn seconds_from(&self, from: Position) -> Result<Seconds, RoadError> {
        let start = self.network.snap(from)?;
        let milliseconds = {
            // What a panic elsewhere left is still right: times are written whole.
            let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
            let Roads { hierarchy, .. } = &*self.network.roads;
            hierarchy.time(&self.network.metric, &mut arrivals, number(start.node))
        };
        let milliseconds = milliseconds.ok_or(RoadError::NoWay)?;
        let off_road = start.distance.get() + self.snap.distance.get();
        let seconds =
            f64::from(milliseconds) / 1000.0 + off_road / self.network.snapping.speed.get();
        Seconds::new(seconds).map_err(|_| RoadError::NoWay)
    }
}

impl CostModel for RoadTarget<'_> {
    fn cost(&self, unit: &Unit, to: Position, ground_m: f64) -> Option<f64> {
        if to == self.to {
            self.seconds_from(unit.position).ok().map(Seconds::get)
        } else {
            self.network.cost(unit, to, ground_m)
        }
    }

    fn lower_bound(&self, ground_m: f64) -> f64 {
        self.network.lower_bound(ground_m)
    }

    fn depends_on_unit(&self) -> bool {
        false
    }
}

fn number(node: usize) -> u32 {
    // INVARIANT: the network has fewer than 2^31 nodes.
    u32::try_from(node).unwrap_or(u32::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 86,400,000"
)]
fn whole(edge: usize, seconds: Seconds) -> Result<u32, RoadError> {
    if seconds > Seconds::ZERO && seconds.get() <= 86_400.0 {
        Ok((seconds.get() * 1000.0).round().max(1.0) as u32)
    } else {
        Err(RoadError::Time { edge, seconds })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only the order of contraction depends on it"
)]
fn coordinates(node: Position) -> (f32, f32) {
    (
        node.latitude().degrees() as f32,
        node.longitude().degrees() as f32,
    )
}
