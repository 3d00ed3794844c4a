//! Calls about the same event, put together as they come in.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::grid::Grid;
use super::{CorrelationPolicy, CorrelationReason, Report};
use crate::CallId;

/// Where a call was put, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ClusterChoice {
    /// Number of the cluster, counted from 0 in the order of opening.
    pub cluster: usize,
    /// Whether the call opened it.
    pub opened: bool,
    /// Points against the cluster's first call; 100 for a call that opened one.
    pub points: u8,
    /// Where the points come from; empty for a call that opened one.
    pub reasons: Vec<CorrelationReason>,
}

/// Puts calls together that seem to be about the same event.
///
/// A call joins a cluster only when it is within the limits of **every** call in it, so no two calls of a cluster are
/// ever farther apart than the policy says, in place or in time. Among such clusters the one whose first call gives
/// the most points is taken, if the points reach the mark; of equals the older one.
///
/// ```
/// use kabat_core::chrono::{DateTime, Utc};
/// use kabat_core::{CallClusters, CallId, CorrelationPolicy, Position, Report};
/// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
/// let mut clusters = CallClusters::new(CorrelationPolicy::calls());
/// let mut call = |n: u8, lat, lon| Ok::<_, kabat_core::PositionError>(
///     clusters.add(CallId::v7(0, [n; 10]), Report::new(at, Position::from_degrees(lat, lon)?)).cluster
/// );
/// assert_eq!(call(1, 51.2194, 4.4025)?, 0);
/// assert_eq!(call(2, 51.2196, 4.4030)?, 0);
/// assert_eq!(call(3, 50.4669, 4.8675)?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CallClusters {
    policy: CorrelationPolicy,
    grid: Grid,
    clusters: Vec<Vec<Member>>,
}

#[derive(Debug, Clone)]
struct Member {
    call: CallId,
    report: Report,
    ecef_m: [f64; 3],
}

impl CallClusters {
    /// Starts without calls.
    pub fn new(policy: CorrelationPolicy) -> Self {
        Self {
            policy,
            grid: Grid::new(policy.max_distance_m.get()),
            clusters: Vec::new(),
        }
    }

    /// Puts a call where it belongs, or opens a cluster for it.
    pub fn add(&mut self, call: CallId, report: Report) -> ClusterChoice {
        let ecef_m = report.position.ecef_m();
        let best = {
            let compared = report.compared(ecef_m);
            self.grid
                .near(ecef_m)
                .filter_map(|number| {
                    let place = usize::try_from(number).ok()?;
                    let members = self.clusters.get(place)?;
                    let first = members.first()?;
                    let score = self
                        .policy
                        .score(compared, first.report.compared(first.ecef_m))
                        .filter(|score| score.points >= self.policy.likely_points)?;
                    members
                        .iter()
                        .all(|member| {
                            let member = member.report.compared(member.ecef_m);
                            self.policy.within(compared, member).is_some()
                        })
                        .then_some((place, score))
                })
                .min_by_key(|(place, score)| (Reverse(score.points), *place))
        };
        let member = Member {
            call,
            report,
            ecef_m,
        };
        if let Some((place, score)) = best {
            if let Some(members) = self.clusters.get_mut(place) {
                members.push(member);
            }
            return ClusterChoice {
                cluster: place,
                opened: false,
                points: score.points,
                reasons: score.reasons,
            };
        }
        let place = self.clusters.len();
        if let Ok(number) = u32::try_from(place) {
            self.grid.insert(ecef_m, number);
        }
        self.clusters.push(alloc::vec![member]);
        ClusterChoice {
            cluster: place,
            opened: true,
            points: 100,
            reasons: Vec::new(),
        }
    }

    /// Returns how many clusters there are.
    pub fn len(&self) -> usize {
        self.clusters.len()
    }

    /// Returns whether there was no call yet.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// Returns the calls of each cluster in the order in which they came in.
    ///
    /// ```
    /// use kabat_core::{CallClusters, CallId, CorrelationPolicy, Position, Report};
    /// let mut clusters = CallClusters::new(CorrelationPolicy::calls());
    /// assert!(clusters.is_empty());
    /// let report = Report::new("2026-03-01T10:00:00Z".parse()?, Position::from_degrees(51.2194, 4.4025)?);
    /// for n in 0..3 {
    ///     clusters.add(CallId::v7(n, [0; 10]), report.clone());
    /// }
    /// assert_eq!(clusters.len(), 1);
    /// assert_eq!(clusters.clusters().map(Iterator::count).collect::<Vec<_>>(), [3]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn clusters(&self) -> impl Iterator<Item = impl Iterator<Item = CallId>> {
        self.clusters
            .iter()
            .map(|members| members.iter().map(|member| member.call))
    }
}
