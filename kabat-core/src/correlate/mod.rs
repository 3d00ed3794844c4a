//! Which reports belong together: calls about one event, and radio emergencies in one incident.

mod cluster;
mod grid;
mod index;

pub use cluster::{CallClusters, ClusterChoice};
pub use index::{Correlation, CorrelationIndex, OpenIncident};

use alloc::vec::Vec;
use core::fmt;

use chrono::{DateTime, Utc};

use crate::{IncidentType, Meters, Position, ResourceId, Seconds};

/// What is known of a report that may belong to something known.
///
/// ```
/// use kabat_core::{IncidentType, Meters, Position, Report, ResourceId};
/// let emergency = Report::new("2026-03-01T10:00:00Z".parse()?, Position::from_degrees(50.8467, 4.3525)?)
///     .of_type(IncidentType::new("police.assault")?)
///     .with_radius(Meters::new(25.0)?)
///     .from_resource(ResourceId::nil());
/// assert_eq!(emergency.resource, Some(ResourceId::nil()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Report {
    /// When it came in.
    pub at: DateTime<Utc>,
    /// Where.
    pub position: Position,
    /// How exact the place is, if known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub radius_m: Option<Meters>,
    /// What it is about, if known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub incident_type: Option<IncidentType>,
    /// The resource whose radio sent it, for a radio emergency.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub resource: Option<ResourceId>,
}

impl Report {
    /// Makes a report with a time and a place only.
    pub const fn new(at: DateTime<Utc>, position: Position) -> Self {
        Self {
            at,
            position,
            radius_m: None,
            incident_type: None,
            resource: None,
        }
    }

    /// Returns the report with a type.
    #[must_use]
    pub fn of_type(mut self, incident_type: IncidentType) -> Self {
        self.incident_type = Some(incident_type);
        self
    }

    /// Returns the report with a radius.
    #[must_use]
    pub const fn with_radius(mut self, radius: Meters) -> Self {
        self.radius_m = Some(radius);
        self
    }

    /// Returns the report as sent by a resource's radio.
    #[must_use]
    pub const fn from_resource(mut self, resource: ResourceId) -> Self {
        self.resource = Some(resource);
        self
    }
}

/// The limits and the weights; beyond a limit nothing ever belongs together, however much else agrees.
///
/// The default values are assumptions of this project: set them to the experience of the centre.
///
/// ```
/// use kabat_core::{CorrelationPolicy, Meters};
/// let stricter = CorrelationPolicy { max_distance_m: Meters::new(200.0)?, ..CorrelationPolicy::calls() };
/// assert!(stricter.max_distance_m < CorrelationPolicy::radio_emergencies().max_distance_m);
/// # Ok::<(), kabat_core::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CorrelationPolicy {
    /// Farthest apart, in a straight line between the two places as given.
    pub max_distance_m: Meters,
    /// Longest between the two.
    pub max_gap_s: Seconds,
    /// Fewest points for a likely match, of 100.
    pub likely_points: u8,
}

impl CorrelationPolicy {
    /// For calls about the same event: 500 m, 30 minutes, 40 points.
    pub fn calls() -> Self {
        Self::of(500.0, 1800.0)
    }

    /// For a radio emergency in an incident: 2 km, 4 hours, 40 points.
    pub fn radio_emergencies() -> Self {
        Self::of(2000.0, 14_400.0)
    }

    fn of(max_distance_m: f64, max_gap_s: f64) -> Self {
        Self {
            max_distance_m: Meters::new(max_distance_m).unwrap_or_default(),
            max_gap_s: Seconds::new(max_gap_s).unwrap_or_default(),
            likely_points: 40,
        }
    }
}

/// How two types compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum TypeRelation {
    /// The same code.
    Same,
    /// The same first level, such as `fire`.
    SameCategory,
    /// One is not known.
    Unknown,
    /// Different first levels.
    Different,
}

impl TypeRelation {
    fn between(a: Option<&IncidentType>, b: Option<&IncidentType>) -> Self {
        let (Some(a), Some(b)) = (a, b) else {
            return Self::Unknown;
        };
        let category = |code: &IncidentType| {
            let text = code.as_str();
            text.find('.').unwrap_or(text.len())
        };
        if a == b {
            Self::Same
        } else if a
            .as_str()
            .bytes()
            .take(category(a))
            .eq(b.as_str().bytes().take(category(b)))
        {
            Self::SameCategory
        } else {
            Self::Different
        }
    }

    const fn points(self) -> u8 {
        match self {
            Self::Same => 25,
            Self::SameCategory => 15,
            Self::Unknown => 12,
            Self::Different => 0,
        }
    }
}

/// A reason with the points that it gave.
///
/// ```
/// use kabat_core::{CorrelationReason, ResourceId};
/// assert_eq!(CorrelationReason::Assigned { resource: ResourceId::nil() }.points(), 100);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "reason", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum CorrelationReason {
    /// So far apart: up to 50 points.
    Distance {
        /// Straight line between the two places.
        distance_m: Meters,
        /// The limit.
        limit_m: Meters,
        /// Points given.
        points: u8,
    },
    /// So long between them: up to 25 points.
    Time {
        /// The gap.
        gap_s: Seconds,
        /// The limit.
        limit_s: Seconds,
        /// Points given.
        points: u8,
    },
    /// How the types compare: up to 25 points.
    Type {
        /// How.
        relation: TypeRelation,
        /// Points given.
        points: u8,
    },
    /// The resource that sends works for this incident: all 100 points.
    Assigned {
        /// The resource.
        resource: ResourceId,
    },
}

impl CorrelationReason {
    /// Returns the points given.
    pub const fn points(self) -> u8 {
        match self {
            Self::Distance { points, .. }
            | Self::Time { points, .. }
            | Self::Type { points, .. } => points,
            Self::Assigned { .. } => 100,
        }
    }
}

impl fmt::Display for CorrelationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Distance {
                distance_m,
                limit_m,
                points,
            } => write!(f, "{distance_m} apart of {limit_m}: {points} points"),
            Self::Time {
                gap_s,
                limit_s,
                points,
            } => write!(
                f,
                "{:.0} s between of {:.0} s: {points} points",
                gap_s.get(),
                limit_s.get()
            ),
            Self::Type { relation, points } => {
                let relation = match relation {
                    TypeRelation::Same => "same type",
                    TypeRelation::SameCategory => "same category",
                    TypeRelation::Unknown => "type not known",
                    TypeRelation::Different => "different category",
                };
                write!(f, "{relation}: {points} points")
            }
            Self::Assigned { resource } => {
                write!(f, "resource {resource} works for it: 100 points")
            }
        }
    }
}

/// The points of two reports and their reasons; `None` beyond a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) points: u8,
    pub(crate) reasons: Vec<CorrelationReason>,
}

/// What is compared: a place already worked out, a time and a type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compared<'a> {
    pub(crate) ecef_m: [f64; 3],
    pub(crate) radius_m: Option<Meters>,
    pub(crate) at: DateTime<Utc>,
    pub(crate) incident_type: Option<&'a IncidentType>,
}

impl Report {
    pub(crate) fn compared(&self, ecef_m: [f64; 3]) -> Compared<'_> {
        Compared {
            ecef_m,
            radius_m: self.radius_m,
            at: self.at,
            incident_type: self.incident_type.as_ref(),
        }
    }
}

impl CorrelationPolicy {
    /// Returns distance and gap if both are within the limits.
    pub(crate) fn within(&self, a: Compared<'_>, b: Compared<'_>) -> Option<(Meters, Seconds)> {
        let gap_ms = a.at.signed_duration_since(b.at).num_milliseconds();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a gap of 2^53 ms would be 285 millennia"
        )]
        let gap = Seconds::new(gap_ms.unsigned_abs() as f64 / 1000.0).ok()?;
        if gap > self.max_gap_s {
            return None;
        }
        let ([ax, ay, az], [bx, by, bz]) = (a.ecef_m, b.ecef_m);
        let (dx, dy, dz) = (ax - bx, ay - by, az - bz);
        let distance = Meters::new(libm::sqrt(dx * dx + dy * dy + dz * dz)).ok()?;
        (distance <= self.max_distance_m).then_some((distance, gap))
    }

    pub(crate) fn score(&self, a: Compared<'_>, b: Compared<'_>) -> Option<Score> {
        let (distance_m, gap_s) = self.within(a, b)?;
        // What the radii explain is no distance: two people may well look at the same thing.
        let slack = a.radius_m.unwrap_or_default().get() + b.radius_m.unwrap_or_default().get();
        let unexplained = (distance_m.get() - slack).max(0.0);
        let relation = TypeRelation::between(a.incident_type, b.incident_type);
        let reasons = alloc::vec![
            CorrelationReason::Distance {
                distance_m,
                limit_m: self.max_distance_m,
                points: share(50.0, unexplained, self.max_distance_m.get()),
            },
            CorrelationReason::Time {
                gap_s,
                limit_s: self.max_gap_s,
                points: share(25.0, gap_s.get(), self.max_gap_s.get()),
            },
            CorrelationReason::Type {
                relation,
                points: relation.points(),
            },
        ];
        let points = reasons.iter().map(|reason| reason.points()).sum();
        Some(Score { points, reasons })
    }
}

/// Returns the share of the points that is left: all at 0, none at the limit.
fn share(points: f64, value: f64, limit: f64) -> u8 {
    let left = if limit > 0.0 {
        points * (1.0 - value / limit)
    } else {
        points
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 50, and a cast saturates"
    )]
    let left = libm::round(left.clamp(0.0, points)) as u8;
    left
}
