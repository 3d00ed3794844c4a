//! What is known of a situation: yes, no or not known, and from whom.

use alloc::collections::BTreeMap;
use core::fmt;

use crate::code::open_code;

open_code! {
    /// What a fact is about: an open code such as `conscious` or `smoke_visible`.
    FactCode, "fact"
}

/// The three truth values of a fact; what was not asked is [`Unknown`](Self::Unknown), never [`No`](Self::No).
///
/// `and`, `or` and `not` are those of Kleene's strong logic of three values.
///
/// ```
/// use kabat_core::Truth;
/// assert_eq!(Truth::Unknown.and(Truth::No), Truth::No);
/// assert_eq!(!Truth::Unknown, Truth::Unknown);
/// assert_eq!(Truth::Unknown.known(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "a logic of three values")]
pub enum Truth {
    /// It is not so.
    No,
    /// Nobody knows yet.
    #[default]
    Unknown,
    /// It is so.
    Yes,
}

impl Truth {
    /// Returns whether both are so.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Returns whether either is so.
    ///
    /// ```
    /// use kabat_core::Truth;
    /// assert_eq!(Truth::Unknown.or(Truth::Yes), Truth::Yes);
    /// assert_eq!(Truth::Unknown.or(Truth::No), Truth::Unknown);
    /// ```
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Returns the value as a boolean, if it is known.
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

impl core::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

/// Where a fact comes from.
///
/// ```
/// use kabat_core::Provenance;
/// // What was answered weighs more than what was worked out; a person's decision most of all.
/// assert!(Provenance::Derived < Provenance::Answered && Provenance::Answered < Provenance::Override);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Provenance {
    /// Worked out from other facts.
    Derived,
    /// Measured by a device.
    Sensor,
    /// Said by the caller unasked.
    Stated,
    /// Said by the caller in answer to a question.
    Answered,
    /// Decided by a person of the centre, over whatever else there is.
    Override,
}

/// One thing said about a situation.
///
/// ```
/// use kabat_core::{Fact, FactCode, Provenance, Truth};
/// let fact = Fact::new(FactCode::new("smoke_visible")?, Truth::Yes, Provenance::Stated);
/// assert_eq!(fact.code.as_str(), "smoke_visible");
/// # Ok::<(), kabat_core::CodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Fact {
    /// What it is about.
    pub code: FactCode,
    /// Whether it is so.
    pub value: Truth,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Fact {
    /// Says something about a situation.
    pub const fn new(code: FactCode, value: Truth, provenance: Provenance) -> Self {
        Self {
            code,
            value,
            provenance,
        }
    }
}

/// Everything said about a situation, the newest of each provenance.
///
/// A person's override decides; without one the last word of the caller or of a device does, and what was only worked
/// out comes last. Nothing is thrown away by that: the machine's value stays beside the override.
///
/// ```
/// use kabat_core::{Fact, FactCode, Facts, Provenance, Truth};
/// let breathing = FactCode::new("breathing")?;
/// let mut facts = Facts::new();
/// assert_eq!(facts.value(&breathing), Truth::Unknown);
/// facts.record(Fact::new(breathing.clone(), Truth::Yes, Provenance::Stated));
/// facts.record(Fact::new(breathing.clone(), Truth::No, Provenance::Override));
/// facts.record(Fact::new(breathing.clone(), Truth::Yes, Provenance::Sensor));
/// assert_eq!(facts.value(&breathing), Truth::No);
/// assert_eq!(facts.value_without_override(&breathing), Truth::Yes);
/// # Ok::<(), kabat_core::CodeError>(())
/// ```
///
/// Its JSON form is output only: by code, the `value` that counts, its `provenance`, and under an override the value
/// `without_override`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(into = "BTreeMap<FactCode, ShownFact>"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Facts {
    known: BTreeMap<FactCode, Known>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Known {
    /// Newest of what was stated, answered or measured, with its provenance.
    reported: Option<(Truth, Provenance)>,
    derived: Option<Truth>,
    decided: Option<Truth>,
}

impl Known {
    fn without_override(self) -> Option<(Truth, Provenance)> {
        self.reported
            .filter(|(value, _)| *value != Truth::Unknown)
            .or(self.derived.map(|value| (value, Provenance::Derived)))
            .or(self.reported)
    }
}

impl Facts {
    /// Nothing is known.
    pub const fn new() -> Self {
        Self {
            known: BTreeMap::new(),
        }
    }

    /// Records a fact; the newest of its provenance counts.
    pub fn record(&mut self, fact: Fact) {
        let known = self.known.entry(fact.code).or_default();
        match fact.provenance {
            Provenance::Override => known.decided = Some(fact.value),
            Provenance::Derived => known.derived = Some(fact.value),
            reported => known.reported = Some((fact.value, reported)),
        }
    }

    /// Returns the value that counts.
    pub fn value(&self, code: &FactCode) -> Truth {
        self.deciding(code)
            .map_or(Truth::Unknown, |(value, _)| value)
    }

    /// Returns the value that counts and where it comes from; `None` when nothing was ever said.
    ///
    /// ```
    /// use kabat_core::{Fact, FactCode, Facts, Provenance, Truth};
    /// let conscious = FactCode::new("conscious")?;
    /// let mut facts = Facts::new();
    /// facts.record(Fact::new(conscious.clone(), Truth::No, Provenance::Answered));
    /// assert_eq!(facts.deciding(&conscious), Some((Truth::No, Provenance::Answered)));
    /// assert_eq!(facts.codes().collect::<Vec<_>>(), [&conscious]);
    /// # Ok::<(), kabat_core::CodeError>(())
    /// ```
    pub fn deciding(&self, code: &FactCode) -> Option<(Truth, Provenance)> {
        let known = self.known.get(code)?;
        known
            .decided
            .map(|value| (value, Provenance::Override))
            .or_else(|| known.without_override())
    }

    /// Returns the value that would count if nobody had overridden it.
    pub fn value_without_override(&self, code: &FactCode) -> Truth {
        self.known
            .get(code)
            .and_then(|known| known.without_override())
            .map_or(Truth::Unknown, |(value, _)| value)
    }

    /// Returns the codes about which something was said, in order.
    pub fn codes(&self) -> impl Iterator<Item = &FactCode> {
        self.known.keys()
    }
}

/// The JSON form of a fact as it counts.
#[cfg(feature = "serde")]
#[derive(serde::Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct ShownFact {
    /// The value that counts.
    value: Truth,
    /// Where it comes from.
    provenance: Provenance,
    /// What would count without the override.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_override: Option<Truth>,
}

#[cfg(feature = "serde")]
impl From<Facts> for BTreeMap<FactCode, ShownFact> {
    fn from(facts: Facts) -> Self {
        let shown = |code: &FactCode| {
            let (value, provenance) = facts.deciding(code)?;
            let overridden = provenance == Provenance::Override;
            Some(ShownFact {
                value,
                provenance,
                without_override: overridden.then(|| facts.value_without_override(code)),
            })
        };
        facts
            .codes()
            .filter_map(|code| Some((code.clone(), shown(code)?)))
            .collect()
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{No, Unknown, Yes};

    #[test]
    fn kleene_tables() {
        // Kleene, Introduction to Metamathematics (1952), section 64.
        for (a, b, and, or) in [
            (Yes, Yes, Yes, Yes),
            (Yes, Unknown, Unknown, Yes),
            (Yes, No, No, Yes),
            (Unknown, Unknown, Unknown, Unknown),
            (Unknown, No, No, Unknown),
            (No, No, No, No),
        ] {
            assert_eq!((a.and(b), b.and(a)), (and, and));
            assert_eq!((a.or(b), b.or(a)), (or, or));
            assert_eq!(!(a.and(b)), (!a).or(!b));
        }
    }
}
