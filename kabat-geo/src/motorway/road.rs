//! Road codes: class letter, number and suffix.

use core::fmt;

/// The class of a numbered Belgian road, by the letter on its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum RoadClass {
    /// E: a European route (AGR agreement, Geneva 1975), such as E40.
    European,
    /// A: a national motorway number, such as A10.
    Motorway,
    /// R: a ring road, such as R0.
    Ring,
    /// N: a national (now regional) road, such as N16.
    National,
    /// B: a connecting road between motorways, such as B401.
    Connector,
}

impl RoadClass {
    /// Returns the letter on the sign.
    pub const fn letter(self) -> char {
        match self {
            Self::European => 'E',
            Self::Motorway => 'A',
            Self::Ring => 'R',
            Self::National => 'N',
            Self::Connector => 'B',
        }
    }

    pub(super) fn from_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'e' => Self::European,
            'a' => Self::Motorway,
            'r' => Self::Ring,
            'n' => Self::National,
            'b' => Self::Connector,
            _ => return None,
        })
    }
}

/// A road code as it stands in the text: `E40`, `A12`, `R0`, `N80a`.
///
/// The code says nothing about the existence of such a road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RoadCode {
    /// The class.
    pub class: RoadClass,
    /// The number, 0 to 999.
    pub number: u16,
    /// The lower-case letter after the number of some national roads.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub suffix: Option<char>,
}

impl RoadCode {
    pub(super) const fn new(class: RoadClass, number: u16, suffix: Option<char>) -> Self {
        Self {
            class,
            number,
            suffix,
        }
    }

    /// Whether the code alone, with nothing around it, can only be meant as a road in a Belgian note.
    ///
    /// The European routes through Belgium, less E420, E421 and E429, which are also food additives, and the Brussels
    /// ring. Every other code needs a word or a position beside it.
    pub(super) const fn stands_alone(self) -> bool {
        match self.class {
            RoadClass::European => matches!(
                self.number,
                17 | 19 | 25 | 34 | 40 | 42 | 44 | 46 | 313 | 314 | 403 | 411
            ),
            RoadClass::Ring => self.number == 0,
            _ => false,
        }
    }
}

impl fmt::Display for RoadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.class.letter(), self.number)?;
        match self.suffix {
            Some(letter) => write!(f, "{letter}"),
            None => Ok(()),
        }
    }
}
