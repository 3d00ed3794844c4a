//! Phases of emergency planning and who leads in each.

use core::fmt;

use crate::LocalizedText;

/// The level at which an emergency is coordinated.
///
/// Source: Royal Decree of 22 May 2019 on local emergency planning (municipal and provincial phase); national
/// emergency plan, Royal Decree of 26 April 2024 (federal phase).
///
/// ```
/// use kabat_core::{EmergencyPhase, Language};
/// assert!(EmergencyPhase::Municipal < EmergencyPhase::Federal);
/// assert_eq!(EmergencyPhase::Municipal.led_by().get(Language::Fr), "bourgmestre");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "the decrees know these three")]
pub enum EmergencyPhase {
    /// Harm limited to a municipality that can handle it with its usual means.
    Municipal,
    /// More than one municipality, or more than a municipality can handle.
    Provincial,
    /// More than one province, or more than a province can handle.
    Federal,
}

impl EmergencyPhase {
    /// All three, the smallest first.
    pub const ALL: [Self; 3] = [Self::Municipal, Self::Provincial, Self::Federal];

    /// Returns who declares the phase and leads; in Brussels the provincial role is the senior official's.
    ///
    /// German and English names are this project's own wording.
    pub const fn led_by(self) -> LocalizedText {
        match self {
            Self::Municipal => {
                LocalizedText::from_static("burgemeester", "bourgmestre", "Bürgermeister", "mayor")
            }
            Self::Provincial => {
                LocalizedText::from_static("gouverneur", "gouverneur", "Gouverneur", "governor")
            }
            Self::Federal => LocalizedText::from_static(
                "minister van Binnenlandse Zaken",
                "ministre de l'Intérieur",
                "Minister des Innern",
                "Minister of the Interior",
            ),
        }
    }

    /// Returns the name of the phase.
    ///
    /// ```
    /// use kabat_core::{EmergencyPhase, Language};
    /// assert_eq!(EmergencyPhase::Federal.name().get(Language::Nl), "federale fase");
    /// ```
    pub const fn name(self) -> LocalizedText {
        match self {
            Self::Municipal => LocalizedText::from_static(
                "gemeentelijke fase",
                "phase communale",
                "kommunale Phase",
                "municipal phase",
            ),
            Self::Provincial => LocalizedText::from_static(
                "provinciale fase",
                "phase provinciale",
                "provinziale Phase",
                "provincial phase",
            ),
            Self::Federal => LocalizedText::from_static(
                "federale fase",
                "phase fédérale",
                "föderale Phase",
                "federal phase",
            ),
        }
    }
}

impl fmt::Display for EmergencyPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Municipal => "municipal",
            Self::Provincial => "provincial",
            Self::Federal => "federal",
        })
    }
}
