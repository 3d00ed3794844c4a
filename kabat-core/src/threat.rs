//! Threat levels of the coordination unit for threat analysis.

use alloc::string::String;

use chrono::{DateTime, Utc};

use crate::LocalizedText;

/// A threat level, 1 (low) to 4 (very serious), as set by the coordination unit for threat analysis (OCAM/OCAD).
///
/// Source: Royal Decree of 28 November 2006, article 11.
///
/// ```
/// use kabat_core::{Language, ThreatLevel};
/// assert!(ThreatLevel::Serious > ThreatLevel::Medium);
/// assert_eq!(ThreatLevel::VerySerious.name().get(Language::Fr), "très grave");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "u8", try_from = "u8"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(extend("minimum" = 1, "maximum" = 4)))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "the decree knows these four")]
pub enum ThreatLevel {
    /// 1: the person, group or event analysed is not threatened.
    Low,
    /// 2: the threat is not very likely.
    Medium,
    /// 3: the threat is possible and likely.
    Serious,
    /// 4: the threat is serious and very near.
    VerySerious,
}

impl ThreatLevel {
    /// All four, the lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::Serious, Self::VerySerious];

    /// Returns the number, 1 to 4.
    ///
    /// ```
    /// use kabat_core::ThreatLevel;
    /// assert_eq!(ThreatLevel::VerySerious.number(), 4);
    /// ```
    pub const fn number(self) -> u8 {
        match self {
            Self::Low => 1,
            Self::Medium => 2,
            Self::Serious => 3,
            Self::VerySerious => 4,
        }
    }

    /// Returns the name; German and English are this project's own wording.
    pub const fn name(self) -> LocalizedText {
        match self {
            Self::Low => LocalizedText::from_static("laag", "faible", "niedrig", "low"),
            Self::Medium => LocalizedText::from_static("gemiddeld", "moyen", "mittel", "medium"),
            Self::Serious => LocalizedText::from_static("ernstig", "grave", "ernst", "serious"),
            Self::VerySerious => LocalizedText::from_static(
                "zeer ernstig",
                "très grave",
                "sehr ernst",
                "very serious",
            ),
        }
    }
}

impl TryFrom<u8> for ThreatLevel {
    type Error = ThreatLevelError;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|level| level.number() == number)
            .ok_or(ThreatLevelError { number })
    }
}

impl From<ThreatLevel> for u8 {
    fn from(level: ThreatLevel) -> Self {
        level.number()
    }
}

/// A number that is not a threat level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("threat level `{number}` is not 1 to 4")]
pub struct ThreatLevelError {
    number: u8,
}

/// What a threat level is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum ThreatScope {
    /// The whole country.
    Country,
    /// A place.
    Place {
        /// Its name.
        name: String,
    },
    /// A person, by a pseudonym that the installation can resolve.
    Person {
        /// The pseudonym.
        pseudonym: String,
    },
    /// A group or an interest.
    Group {
        /// Its name.
        name: String,
    },
    /// An event.
    Event {
        /// Its name.
        name: String,
    },
}

/// A threat level with its scope and dates.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct ThreatAssessment {
    /// The level.
    pub level: ThreatLevel,
    /// What it is about.
    pub scope: ThreatScope,
    /// From when it holds.
    pub valid_from: DateTime<Utc>,
    /// Until when it holds, this moment excluded; `None` until further notice.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub valid_to: Option<DateTime<Utc>>,
}

impl ThreatAssessment {
    /// Returns whether it holds at a moment.
    ///
    /// ```
    /// use kabat_core::{ThreatAssessment, ThreatLevel, ThreatScope};
    /// let summit = ThreatAssessment {
    ///     level: ThreatLevel::Serious,
    ///     scope: ThreatScope::Event { name: "summit".into() },
    ///     valid_from: "2026-03-01T00:00:00Z".parse()?,
    ///     valid_to: Some("2026-03-03T00:00:00Z".parse()?),
    /// };
    /// assert!(summit.holds_at("2026-03-02T12:00:00Z".parse()?));
    /// assert!(!summit.holds_at("2026-03-03T00:00:00Z".parse()?));
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    pub fn holds_at(&self, at: DateTime<Utc>) -> bool {
        self.valid_from <= at && self.valid_to.is_none_or(|end| at < end)
    }

    /// Returns the assessment of a scope that holds at a moment; of several, the one that began last.
    ///
    /// ```
    /// use kabat_core::{ThreatAssessment, ThreatLevel, ThreatScope};
    /// let set = ThreatAssessment {
    ///     level: ThreatLevel::Serious,
    ///     scope: ThreatScope::Country,
    ///     valid_from: "2026-01-01T00:00:00Z".parse()?,
    ///     valid_to: None,
    /// };
    /// let now = "2026-03-01T10:00:00Z".parse()?;
    /// assert_eq!(ThreatAssessment::current([&set], &ThreatScope::Country, now), Some(&set));
    /// # Ok::<(), kabat_core::chrono::ParseError>(())
    /// ```
    ///
    /// A newer assessment replaces an older one of the same scope, up or down. `None` when there is none: the level
    /// is then not known, which is not the same as low.
    pub fn current<'a>(
        assessments: impl IntoIterator<Item = &'a Self>,
        scope: &ThreatScope,
        at: DateTime<Utc>,
    ) -> Option<&'a Self> {
        assessments
            .into_iter()
            .filter(|assessment| assessment.scope == *scope && assessment.holds_at(at))
            .max_by_key(|assessment| (assessment.valid_from, assessment.level))
    }
}
