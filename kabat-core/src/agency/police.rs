//! The two levels of the integrated police.

use alloc::string::String;
use core::fmt;

use crate::{Agency, AgencyCode, AgencyKind, Discipline, LocalizedText};

/// A level of the integrated police: federal, or a local zone by its code.
///
/// Zone codes are the four-digit numbers of the zones. Zones merge, so a code says nothing about today: ask
/// `kabat-geo` with a date.
///
/// ```
/// use kabat_core::PoliceLevel;
/// let gent = PoliceLevel::local("5415")?;
/// assert_eq!(gent.agency_code().as_str(), "pz-5415");
/// assert!(PoliceLevel::local("54").is_err());
/// # Ok::<(), kabat_core::PoliceZoneError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(into = "StoredLevel", try_from = "StoredLevel")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_enums,
    reason = "the law of 7 December 1998 knows two levels"
)]
pub enum PoliceLevel {
    /// The federal police.
    Federal,
    /// A local police zone.
    Local(PoliceZoneCode),
}

/// The four digits of a local police zone.
///
/// ```
/// use kabat_core::PoliceLevel;
/// let PoliceLevel::Local(zone) = PoliceLevel::local("5339")? else { unreachable!() };
/// assert_eq!(zone.as_str(), "5339");
/// # Ok::<(), kabat_core::PoliceZoneError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PoliceZoneCode(String);

impl PoliceZoneCode {
    /// Returns the four digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PoliceLevel {
    /// Reads the code of a local zone: four digits.
    ///
    /// # Errors
    /// [`PoliceZoneError`] when it is anything else.
    pub fn local(zone: &str) -> Result<Self, PoliceZoneError> {
        if zone.len() == 4 && zone.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self::Local(PoliceZoneCode(zone.into())))
        } else {
            Err(PoliceZoneError {
                zone: zone.chars().take(32).collect(),
            })
        }
    }

    /// Returns the code of the agency: `federal_police`, or `pz-` and the zone's digits.
    pub fn agency_code(&self) -> AgencyCode {
        match self {
            Self::Federal => AgencyCode::FEDERAL_POLICE,
            Self::Local(zone) => AgencyCode::new(alloc::format!("pz-{}", zone.0))
                // INVARIANT: `pz-` and four digits are always spelt as a code.
                .unwrap_or(AgencyCode::FEDERAL_POLICE),
        }
    }

    /// Makes the agency of this level under the given names.
    ///
    /// ```
    /// use kabat_core::{AgencyKind, LocalizedText, PoliceLevel};
    /// let names = LocalizedText::from_static("PZ Gent", "ZP Gand", "PZ Gent", "Ghent police zone");
    /// let zone = PoliceLevel::local("5415")?;
    /// assert_eq!(zone.agency(names).kind, AgencyKind::LocalPolice);
    /// # Ok::<(), kabat_core::PoliceZoneError>(())
    /// ```
    pub fn agency(&self, names: LocalizedText) -> Agency {
        Agency {
            code: self.agency_code(),
            kind: match self {
                Self::Federal => AgencyKind::FederalPolice,
                Self::Local(_) => AgencyKind::LocalPolice,
            },
            names,
            discipline: Discipline::D3,
        }
    }
}

impl fmt::Display for PoliceLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Federal => f.write_str("federal"),
            Self::Local(zone) => write!(f, "local {}", zone.0),
        }
    }
}

/// A text that is not the code of a local police zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("police zone `{zone}` is not four digits")]
pub struct PoliceZoneError {
    zone: String,
}

/// The JSON form: `{"level": "federal"}` or `{"level": "local", "zone": "5415"}`.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(tag = "level", rename_all = "snake_case")]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(rename = "PoliceLevel"))]
enum StoredLevel {
    Federal,
    Local {
        #[cfg_attr(feature = "schemars", schemars(regex(pattern = "^[0-9]{4}$")))]
        zone: String,
    },
}

#[cfg(feature = "serde")]
impl From<PoliceLevel> for StoredLevel {
    fn from(level: PoliceLevel) -> Self {
        match level {
            PoliceLevel::Federal => Self::Federal,
            PoliceLevel::Local(zone) => Self::Local { zone: zone.0 },
        }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<StoredLevel> for PoliceLevel {
    type Error = PoliceZoneError;

    fn try_from(stored: StoredLevel) -> Result<Self, Self::Error> {
        match stored {
            StoredLevel::Federal => Ok(Self::Federal),
            StoredLevel::Local { zone } => Self::local(&zone),
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for PoliceLevel {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        if u.arbitrary()? {
            return Ok(Self::Federal);
        }
        let zone = u.int_in_range(0..=9999u16)?;
        Self::local(&alloc::format!("{zone:04}")).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}
