//! Where a caller is: several answers of differing worth, and the choice between them.

use alloc::vec::Vec;
use core::fmt;

use chrono::{DateTime, Utc};

use crate::{Meters, MetersPerSecond, Position};

/// How a location was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum LocationMethod {
    /// A click on the map by the operator.
    MapClick,
    /// An address or place typed by the operator and looked up.
    Typed,
    /// Advanced Mobile Location (ETSI TS 103 625): the handset's own fix.
    Aml,
    /// A vehicle's minimum set of data (EN 15722).
    ECall,
    /// The app 112 BE or another app.
    App,
    /// The position of a radio terminal or vehicle.
    Radio,
    /// The address of a fixed line or alarm system.
    FixedAddress,
    /// The mobile network's cell.
    Cell,
}

impl LocationMethod {
    /// Returns whether the thing located may have moved since: not so for addresses and places on a map.
    ///
    /// ```
    /// use kabat_core::LocationMethod;
    /// assert!(LocationMethod::Aml.may_move() && !LocationMethod::FixedAddress.may_move());
    /// ```
    pub const fn may_move(self) -> bool {
        matches!(
            self,
            Self::Aml | Self::ECall | Self::App | Self::Radio | Self::Cell
        )
    }
}

/// One answer to "where is the caller?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct LocationFix {
    /// The place.
    pub position: Position,
    /// How it was found.
    pub method: LocationMethod,
    /// Radius in which the caller is with the given confidence; `None` when not known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub radius_m: Option<Meters>,
    /// Chance in percent that the caller is within the radius; `None` when not known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    #[cfg_attr(feature = "schemars", schemars(range(max = 100)))]
    pub confidence_percent: Option<u8>,
    /// When it was measured or said.
    pub measured_at: DateTime<Utc>,
    /// Whether a person checked that this is the place.
    #[cfg_attr(feature = "serde", serde(default))]
    pub confirmed: bool,
}

impl LocationFix {
    /// Makes an unconfirmed fix without radius or confidence.
    pub const fn new(
        position: Position,
        method: LocationMethod,
        measured_at: DateTime<Utc>,
    ) -> Self {
        Self {
            position,
            method,
            radius_m: None,
            confidence_percent: None,
            measured_at,
            confirmed: false,
        }
    }

    /// Returns the fix with a radius.
    #[must_use]
    pub const fn with_radius(mut self, radius: Meters) -> Self {
        self.radius_m = Some(radius);
        self
    }

    /// Returns the fix with a confidence in percent; above 100 counts as 100.
    #[must_use]
    pub const fn with_confidence(mut self, percent: u8) -> Self {
        self.confidence_percent = Some(if percent > 100 { 100 } else { percent });
        self
    }

    /// Returns the fix as checked by a person.
    #[must_use]
    pub const fn confirmed(mut self) -> Self {
        self.confirmed = true;
        self
    }

    /// Returns the radius in metres in which the caller is, with 95 % chance, at a given moment.
    ///
    /// The radius is brought to 95 % as for a round normal distribution (the radius for chance *p* goes with
    /// √(-ln(1-p)), in five steps, rounded to the careful side), then grows with age at the policy's drift if the
    /// caller may have moved. `None` when the radius is not known. A confidence that is not given counts as 68 %, and
    /// so does one below that.
    ///
    /// ```
    /// use kabat_core::chrono::{DateTime, TimeDelta, Utc};
    /// use kabat_core::{LocationFix, LocationMethod, LocationPolicy, Meters, Position};
    /// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
    /// let fix = LocationFix::new(Position::from_degrees(51.0543, 3.7174)?, LocationMethod::Aml, at)
    ///     .with_radius(Meters::new(20.0)?)
    ///     .with_confidence(95)
    ///     .confirmed();
    /// let policy = LocationPolicy::default();
    /// assert_eq!(fix.radius_95_at(at, policy), Some(Meters::new(20.0)?));
    /// // A minute later a caller on foot may be 90 m farther.
    /// assert_eq!(fix.radius_95_at(at + TimeDelta::minutes(1), policy), Some(Meters::new(110.0)?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn radius_95_at(&self, at: DateTime<Utc>, policy: LocationPolicy) -> Option<Meters> {
        let radius = self.radius_m?.get();
        let factor = match self.confidence_percent.unwrap_or(68) {
            99.. => 0.807,
            95.. => 1.0,
            90.. => 1.141,
            80.. => 1.365,
            _ => 1.622,
        };
        let age_s = at
            .signed_duration_since(self.measured_at)
            .num_milliseconds()
            .max(0);
        #[expect(
            clippy::cast_precision_loss,
            reason = "an age of 2^53 ms would be 285 millennia"
        )]
        let drift = if self.method.may_move() {
            policy.drift_mps.get() * (age_s as f64 / 1000.0)
        } else {
            0.0
        };
        Meters::new(radius * factor + drift).ok()
    }
}

/// How to weigh fixes against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LocationPolicy {
    /// How fast an unseen caller is taken to move.
    pub drift_mps: MetersPerSecond,
}

impl Default for LocationPolicy {
    /// A caller on foot: 1.5 m/s. An assumption of this project, to be set to local experience.
    fn default() -> Self {
        Self {
            drift_mps: MetersPerSecond::new(1.5).unwrap_or_default(),
        }
    }
}

/// Why one fix was preferred to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "reason", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum LocationReason {
    /// A person confirmed the chosen one, and not the other.
    Confirmed,
    /// Both were confirmed; the chosen one later.
    ConfirmedLater,
    /// The chosen one says how exact it is, the other does not.
    RadiusKnown,
    /// The chosen one is more exact now, age and confidence counted.
    Smaller {
        /// 95 % radius of the chosen one.
        chosen_m: Meters,
        /// 95 % radius of the other.
        other_m: Meters,
    },
    /// Equally exact; the chosen one is newer.
    Newer,
    /// Equal in every respect that counts; the chosen one came first.
    First,
}

impl fmt::Display for LocationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Confirmed => f.write_str("confirmed by a person"),
            Self::ConfirmedLater => f.write_str("confirmed later"),
            Self::RadiusKnown => f.write_str("its radius is known"),
            Self::Smaller { chosen_m, other_m } => {
                write!(f, "95 % radius {chosen_m} against {other_m}")
            }
            Self::Newer => f.write_str("as exact and newer"),
            Self::First => f.write_str("no better and came first"),
        }
    }
}

/// A fix that was not chosen, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PassedOver {
    /// Its place in the list that was given.
    pub index: usize,
    /// Why the chosen one was preferred.
    pub because: LocationReason,
    /// Straight-line distance to the chosen one.
    pub distance_m: Meters,
    /// Whether the two circles do not touch: both cannot be right, so a person should ask again.
    pub contradicts: bool,
}

/// Which fix to use, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LocationChoice {
    /// Place of the chosen fix in the list that was given.
    pub index: usize,
    /// The chosen fix.
    pub fix: LocationFix,
    /// Every other fix, in the order given.
    pub passed_over: Vec<PassedOver>,
}

impl LocationChoice {
    /// Chooses among fixes as things stand at `at`; `None` when there are none.
    ///
    /// What a person confirmed comes first, then the smaller 95 % radius, then the newer; an unknown radius is
    /// never taken for a good one. The order of the list only decides between equals.
    ///
    /// ```
    /// use kabat_core::{LocationChoice, LocationFix, LocationMethod, LocationPolicy, Meters, Position};
    /// use kabat_core::chrono::{DateTime, Utc};
    /// let at: DateTime<Utc> = "2026-03-01T10:00:00Z".parse()?;
    /// let aml = LocationFix::new(Position::from_degrees(51.0543, 3.7174)?, LocationMethod::Aml, at)
    ///     .with_radius(Meters::new(12.0)?)
    ///     .with_confidence(95);
    /// let cell = LocationFix::new(Position::from_degrees(51.06, 3.73)?, LocationMethod::Cell, at)
    ///     .with_radius(Meters::new(1500.0)?);
    /// // The cell came in later, and is worse: it does not replace the handset's own fix.
    /// let choice = LocationChoice::among(&[aml, cell], at, LocationPolicy::default()).ok_or("no fix")?;
    /// assert_eq!(choice.fix, aml);
    /// assert_eq!(choice.passed_over[0].because.to_string(), "95 % radius 12 m against 2.4 km");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn among(fixes: &[LocationFix], at: DateTime<Utc>, policy: LocationPolicy) -> Option<Self> {
        let mut candidates = fixes.iter().enumerate();
        let (mut index, mut chosen) = candidates.next()?;
        for (other_index, other) in candidates {
            if preference(chosen, other, at, policy).is_none() {
                (index, chosen) = (other_index, other);
            }
        }
        let passed_over = fixes
            .iter()
            .enumerate()
            .filter(|&(other, _)| other != index)
            .map(|(other_index, other)| {
                let distance_m = chosen.position.chord_to(other.position);
                let contradicts = match (
                    chosen.radius_95_at(at, policy),
                    other.radius_95_at(at, policy),
                ) {
                    (Some(a), Some(b)) => distance_m.get() > a.get() + b.get(),
                    _ => false,
                };
                PassedOver {
                    index: other_index,
                    because: preference(chosen, other, at, policy).unwrap_or(LocationReason::First),
                    distance_m,
                    contradicts,
                }
            })
            .collect();
        Some(Self {
            index,
            fix: *chosen,
            passed_over,
        })
    }
}

/// Returns why `a`, listed first, is at least as good as `b`; `None` when `b` is better.
fn preference(
    a: &LocationFix,
    b: &LocationFix,
    at: DateTime<Utc>,
    policy: LocationPolicy,
) -> Option<LocationReason> {
    match (a.confirmed, b.confirmed) {
        (true, false) => return Some(LocationReason::Confirmed),
        (false, true) => return None,
        (true, true) if a.measured_at > b.measured_at => {
            return Some(LocationReason::ConfirmedLater);
        }
        (true, true) if a.measured_at < b.measured_at => return None,
        _ => {}
    }
    match (a.radius_95_at(at, policy), b.radius_95_at(at, policy)) {
        (Some(_), None) => return Some(LocationReason::RadiusKnown),
        (None, Some(_)) => return None,
        (Some(chosen_m), Some(other_m)) if chosen_m < other_m => {
            return Some(LocationReason::Smaller { chosen_m, other_m });
        }
        (Some(a_m), Some(b_m)) if a_m > b_m => return None,
        _ => {}
    }
    match a.measured_at.cmp(&b.measured_at) {
        core::cmp::Ordering::Greater => Some(LocationReason::Newer),
        core::cmp::Ordering::Equal => Some(LocationReason::First),
        core::cmp::Ordering::Less => None,
    }
}
