//! The numbers that people call.

use core::fmt;

use crate::{Discipline, DisciplineSet};

/// A number that people call for help or information.
///
/// ```
/// use kabat_core::{Discipline, EmergencyNumber};
/// let number = EmergencyNumber::from_digits("112");
/// assert_eq!(number, EmergencyNumber::E112);
/// assert!(number.offers().contains(Discipline::D2));
/// assert_eq!(EmergencyNumber::from_digits("110"), EmergencyNumber::Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum EmergencyNumber {
    /// 112: ambulance and fire; calls for the police are passed on to 101.
    #[cfg_attr(feature = "serde", serde(rename = "112"))]
    E112,
    /// 101: urgent police help.
    #[cfg_attr(feature = "serde", serde(rename = "101"))]
    E101,
    /// 100: the former number for ambulance and fire, still named beside 112 in the law.
    #[cfg_attr(feature = "serde", serde(rename = "100"))]
    E100,
    /// 1722: fire brigade in storm and flood without danger to life, when activated.
    #[cfg_attr(feature = "serde", serde(rename = "1722"))]
    E1722,
    /// 1733: general practitioner on duty; not everywhere.
    #[cfg_attr(feature = "serde", serde(rename = "1733"))]
    E1733,
    /// 1771: information line in a crisis.
    #[cfg_attr(feature = "serde", serde(rename = "1771"))]
    E1771,
    /// 116 000: missing children (European number).
    #[cfg_attr(feature = "serde", serde(rename = "116000"))]
    E116000,
    /// Any other number.
    #[cfg_attr(feature = "serde", serde(rename = "unknown"))]
    Unknown,
}

impl EmergencyNumber {
    /// Reads a number as dialled; spaces and dots do not count, and any other number is `Unknown`.
    pub fn from_digits(dialled: &str) -> Self {
        let mut read = 0u32;
        for c in dialled.chars().filter(|c| !matches!(c, ' ' | '.')) {
            match c.to_digit(10) {
                // A leading zero makes it another number; more than six digits are none of these.
                Some(0) if read == 0 => return Self::Unknown,
                Some(digit) if read < 100_000 => read = read * 10 + digit,
                _ => return Self::Unknown,
            }
        }
        match read {
            112 => Self::E112,
            101 => Self::E101,
            100 => Self::E100,
            1722 => Self::E1722,
            1733 => Self::E1733,
            1771 => Self::E1771,
            116_000 => Self::E116000,
            _ => Self::Unknown,
        }
    }

    /// Returns the disciplines that a caller can reach; none for a number that is not known.
    pub const fn offers(self) -> DisciplineSet {
        let none = DisciplineSet::EMPTY;
        match self {
            Self::E112 | Self::E100 => none.with(Discipline::D1).with(Discipline::D2),
            Self::E101 | Self::E116000 => none.with(Discipline::D3),
            Self::E1722 => none.with(Discipline::D1),
            Self::E1733 => none.with(Discipline::D2),
            Self::E1771 => none.with(Discipline::D5),
            Self::Unknown => none,
        }
    }
}

impl fmt::Display for EmergencyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::E112 => "112",
            Self::E101 => "101",
            Self::E100 => "100",
            Self::E1722 => "1722",
            Self::E1733 => "1733",
            Self::E1771 => "1771",
            Self::E116000 => "116000",
            Self::Unknown => "unknown",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::EmergencyNumber::{self, E100, E101, E112, E1722, E1733, E1771, E116000, Unknown};

    #[test]
    fn numbers_as_dialled() {
        for (dialled, number) in [
            ("112", E112),
            ("101", E101),
            ("100", E100),
            ("1722", E1722),
            ("17 33", E1733),
            ("1771", E1771),
            ("116 000", E116000),
            ("110", Unknown),
            ("0112", Unknown),
            ("1120", Unknown),
            ("", Unknown),
            ("11a", Unknown),
            ("+32112", Unknown),
            ("00000000112", Unknown),
        ] {
            assert_eq!(EmergencyNumber::from_digits(dialled), number, "{dialled}");
        }
    }

    #[test]
    fn a_printed_number_reads_back() {
        for number in [E112, E101, E100, E1722, E1733, E1771, E116000] {
            assert_eq!(EmergencyNumber::from_digits(&number.to_string()), number);
            assert!(!number.offers().is_empty());
        }
    }
}
