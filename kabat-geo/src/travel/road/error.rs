//! What a road network refuses.

use kabat_core::{Meters, Seconds};

/// A network that cannot be built, or a question that it cannot answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoadError {
    /// An edge begins or ends at a node that is not listed.
    #[error("edge {edge} names node {node}, of {nodes} nodes")]
    UnknownNode {
        /// The edge, counted from 0.
        edge: usize,
        /// The node it names.
        node: usize,
        /// How many there are.
        nodes: usize,
    },
    /// An edge takes no time at all, or more than a day.
    #[error("edge {edge} takes `{}` seconds, not between 0 and 86400", seconds.get())]
    Time {
        /// The edge, counted from 0.
        edge: usize,
        /// Its time.
        seconds: Seconds,
    },
    /// The times are not as many as the edges.
    #[error("{given} times for {edges} edges")]
    Count {
        /// How many times were given.
        given: usize,
        /// How many edges there are.
        edges: usize,
    },
    /// No two nodes can be reached from each other.
    #[error("no two nodes of the network can be reached from each other")]
    NoWayBack,
    /// The speed off the road is 0.
    #[error("the speed off the road is 0")]
    NoSpeed,
    /// More nodes or edges than fit in 31 bits.
    #[error("the network has {given} nodes or edges, more than 2147483647")]
    TooLarge {
        /// How many.
        given: usize,
    },
    /// A position is too far from every node.
    #[error("the nearest node is `{}` m away, beyond the limit of `{}` m", distance.get(), limit.get())]
    OffRoad {
        /// The distance to the nearest node.
        distance: Meters,
        /// The limit of [`Snapping`](super::Snapping).
        limit: Meters,
    },
    /// The way takes longer than 24 days.
    #[error("there is no way of less than 24 days")]
    NoWay,
}
