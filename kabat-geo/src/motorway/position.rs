//! What a text says about a place on a road.

use core::ops::Range;

use kabat_core::Meters;

use super::RoadCode;

/// Which carriageway of a ring road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(clippy::exhaustive_enums, reason = "a ring road has two sides")]
pub enum RingSide {
    /// *Binnenring*, *ring intérieur*, *Innenring*.
    Inner,
    /// *Buitenring*, *ring extérieur*, *Außenring*.
    Outer,
}

/// A slip road that the text puts the place on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum SlipRoad {
    /// Onto the road: *oprit*, *bretelle d'accès*, *Auffahrt*.
    On,
    /// Off the road: *op de afrit*, *sur la sortie*, *auf der Ausfahrt*, *bretelle de sortie*.
    Off,
    /// A slip road of unsaid direction: *bretelle*, *verbindingsweg*.
    Unstated,
}

/// Exit or interchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ExitKind {
    /// *Afrit*, *oprit*, *sortie*, *Ausfahrt*.
    Exit,
    /// *Knooppunt*, *verkeerswisselaar*, *échangeur*, *Autobahnkreuz*.
    Interchange,
}

/// An exit or interchange that the text names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RoadExit {
    /// Exit or interchange.
    pub kind: ExitKind,
    /// The number as given, lower case, such as `24` or `7bis`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub number: Option<String>,
    /// The name as given.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub name: Option<String>,
}

/// A place on a road as a text states it, without coordinates.
///
/// What the text does not say is `None`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RoadPosition {
    /// The road as first written.
    pub road: RoadCode,
    /// Further codes written for the same road, as `A1` in "E19/A1".
    #[cfg_attr(feature = "serde", serde(default))]
    pub also: Vec<RoadCode>,
    /// The distance on the posts of the road, in metres; the start of a range.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub distance_m: Option<Meters>,
    /// The other end of a range, in metres.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub until_m: Option<Meters>,
    /// The direction of travel as given, such as `Brussel`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub direction: Option<String>,
    /// The side of a ring road.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub ring: Option<RingSide>,
    /// The exit or interchange.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub exit: Option<RoadExit>,
    /// The slip road, when the place is on one.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub slip: Option<SlipRoad>,
    /// The bytes of the text from the first to the last word that was used.
    pub span: Range<usize>,
}
