//! Under which act a recording falls.

use chrono::NaiveDate;

use crate::citation::Certainty;
use crate::codes::Controller;
use crate::engine::Compliance;
use crate::rule::RuleId;

/// The regime of a recording; it follows controller, place, camera, purpose and date, not the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Regime {
    /// The Camera Act, with the general data protection regulation.
    CameraAct,
    /// The Police Function Act.
    PoliceFunctionAct,
    /// The rules of rescue zones, which are not verified.
    RescueZone,
}

impl Regime {
    /// Returns the rule that names the regime.
    pub const fn rule(self) -> RuleId {
        match self {
            Self::CameraAct => RuleId::RegCam,
            Self::PoliceFunctionAct => RuleId::RegPolice,
            Self::RescueZone => RuleId::RegRescue,
        }
    }

    /// Returns the finding in a sentence.
    pub const fn finding(self) -> &'static str {
        match self {
            Self::CameraAct => "the controller falls under the Camera Act on that date",
            Self::PoliceFunctionAct => {
                "the controller is a police service: the Police Function Act applies on that date"
            }
            Self::RescueZone => {
                "rescue zones have rules of their own since the law of 21 February 2024"
            }
        }
    }
}

impl Compliance {
    /// Returns the regime of cameras of a controller on a civil day in Belgium.
    pub fn regime_on(&self, controller: &Controller, day: NaiveDate) -> Regime {
        match controller {
            Controller::PoliceLocal | Controller::PoliceFederal
                if self.in_force(RuleId::RegPolice, day) =>
            {
                Regime::PoliceFunctionAct
            }
            Controller::RescueZone if self.in_force(RuleId::RegRescue, day) => Regime::RescueZone,
            _ => Regime::CameraAct,
        }
    }

    /// Returns whether recordings of a workplace fall under collective agreement no. 68 as well:
    /// a private employer with one of its four purposes. On conflict the Camera Act prevails.
    pub const fn is_workplace_regime(
        controller: &Controller,
        purpose: &crate::WorkPurpose,
    ) -> bool {
        matches!(
            controller,
            Controller::EmployerPrivate | Controller::PrivateCompany
        ) && !matches!(purpose, crate::WorkPurpose::Other(_))
    }

    /// Returns whether any version of a rule, verified or not, governs a day.
    pub fn in_force(&self, rule: RuleId, day: NaiveDate) -> bool {
        self.book().version(rule, day).is_some()
    }

    /// Returns how sure a rule is for facts of a day.
    pub fn certainty(&self, rule: RuleId, day: NaiveDate) -> Option<Certainty> {
        self.book()
            .version(rule, day)
            .map(|version| version.certainty)
    }
}
