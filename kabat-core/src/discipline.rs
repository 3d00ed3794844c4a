//! The five disciplines of Belgian emergency planning.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::LocalizedText;

/// A discipline of the local emergency planning: a set of tasks, not an organisation.
///
/// Source: Royal Decree of 22 May 2019 on local emergency planning.
///
/// ```
/// use kabat_core::{Discipline, Language};
/// assert_eq!(Discipline::D3.name().get(Language::Nl), "politie");
/// assert_eq!(Discipline::D1.director().get(Language::Fr), "Dir-Si");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(
    clippy::exhaustive_enums,
    reason = "the Royal Decree of 22 May 2019 fixes the five"
)]
pub enum Discipline {
    /// Rescue operations.
    D1,
    /// Medical, sanitary and psychosocial help.
    D2,
    /// Police.
    D3,
    /// Logistic support.
    D4,
    /// Information to the population.
    D5,
}

impl Discipline {
    /// The five, in order.
    pub const ALL: [Self; 5] = [Self::D1, Self::D2, Self::D3, Self::D4, Self::D5];

    /// Returns the number, 1 to 5.
    ///
    /// ```
    /// use kabat_core::Discipline;
    /// assert_eq!((Discipline::D4.number(), Discipline::D4.code()), (4, "D4"));
    /// ```
    pub const fn number(self) -> u8 {
        match self {
            Self::D1 => 1,
            Self::D2 => 2,
            Self::D3 => 3,
            Self::D4 => 4,
            Self::D5 => 5,
        }
    }

    /// Returns the code, `D1` to `D5`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::D1 => "D1",
            Self::D2 => "D2",
            Self::D3 => "D3",
            Self::D4 => "D4",
            Self::D5 => "D5",
        }
    }

    /// Returns the name of the discipline; the German and English names are this project's own wording.
    pub const fn name(self) -> LocalizedText {
        match self {
            Self::D1 => LocalizedText::from_static(
                "hulpverleningsoperaties",
                "opérations de secours",
                "Hilfeleistungseinsätze",
                "rescue operations",
            ),
            Self::D2 => LocalizedText::from_static(
                "medische, sanitaire en psychosociale hulpverlening",
                "secours médicaux, sanitaires et psychosociaux",
                "medizinische, sanitäre und psychosoziale Hilfe",
                "medical, sanitary and psychosocial help",
            ),
            Self::D3 => LocalizedText::from_static("politie", "police", "Polizei", "police"),
            Self::D4 => LocalizedText::from_static(
                "logistieke steun",
                "appui logistique",
                "logistische Unterstützung",
                "logistic support",
            ),
            Self::D5 => LocalizedText::from_static(
                "informatie aan de bevolking",
                "information à la population",
                "Information der Bevölkerung",
                "information to the population",
            ),
        }
    }

    /// Returns the short title of who directs the discipline on the ground.
    ///
    /// German and English use the French title: no official one in those languages was found.
    pub const fn director(self) -> LocalizedText {
        match self {
            Self::D1 => LocalizedText::from_static("Dir-Bw", "Dir-Si", "Dir-Si", "Dir-Si"),
            Self::D2 => LocalizedText::from_static("Dir-Med", "Dir-Med", "Dir-Med", "Dir-Med"),
            Self::D3 => LocalizedText::from_static("Dir-Pol", "Dir-Pol", "Dir-Pol", "Dir-Pol"),
            Self::D4 => LocalizedText::from_static("Dir-Log", "Dir-Log", "Dir-Log", "Dir-Log"),
            Self::D5 => LocalizedText::from_static("Dir-Info", "Dir-Info", "Dir-Info", "Dir-Info"),
        }
    }
}

impl fmt::Display for Discipline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Discipline {
    type Err = DisciplineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|discipline| text.eq_ignore_ascii_case(discipline.code()))
            .ok_or_else(|| DisciplineError {
                text: text.chars().take(32).collect(),
            })
    }
}

/// A text that is not a discipline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("discipline `{text}` is not one of D1 to D5")]
pub struct DisciplineError {
    text: String,
}

/// Some of the five disciplines.
///
/// ```
/// use kabat_core::{Discipline, DisciplineSet};
/// let set = DisciplineSet::from_iter([Discipline::D3, Discipline::D1]);
/// assert_eq!(set.iter().collect::<Vec<_>>(), [Discipline::D1, Discipline::D3]);
/// assert!(!set.contains(Discipline::D2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(into = "Vec<Discipline>", from = "Vec<Discipline>")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DisciplineSet(u8);

impl DisciplineSet {
    /// None of them.
    pub const EMPTY: Self = Self(0);

    const fn bit(discipline: Discipline) -> u8 {
        1 << (discipline.number() - 1)
    }

    /// Returns the set with one more discipline.
    ///
    /// ```
    /// use kabat_core::{Discipline, DisciplineSet};
    /// let mut road_accident = DisciplineSet::default().with(Discipline::D2).with(Discipline::D3);
    /// road_accident.insert(Discipline::D1); // somebody is trapped
    /// assert_eq!(road_accident.len(), 3);
    /// assert_eq!(road_accident.union(DisciplineSet::default()), road_accident);
    /// assert!(DisciplineSet::default().is_empty());
    /// ```
    #[must_use]
    pub const fn with(self, discipline: Discipline) -> Self {
        Self(self.0 | Self::bit(discipline))
    }

    /// Adds a discipline.
    pub const fn insert(&mut self, discipline: Discipline) {
        self.0 |= Self::bit(discipline);
    }

    /// Returns whether the discipline is in the set.
    pub const fn contains(self, discipline: Discipline) -> bool {
        self.0 & Self::bit(discipline) != 0
    }

    /// Returns all disciplines that are in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether no discipline is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns how many disciplines are in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns the disciplines in order.
    pub fn iter(self) -> impl Iterator<Item = Discipline> {
        Discipline::ALL
            .into_iter()
            .filter(move |&discipline| self.contains(discipline))
    }
}

impl fmt::Debug for DisciplineSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl FromIterator<Discipline> for DisciplineSet {
    fn from_iter<I: IntoIterator<Item = Discipline>>(disciplines: I) -> Self {
        disciplines.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl Extend<Discipline> for DisciplineSet {
    fn extend<I: IntoIterator<Item = Discipline>>(&mut self, disciplines: I) {
        for discipline in disciplines {
            self.insert(discipline);
        }
    }
}

impl From<Vec<Discipline>> for DisciplineSet {
    fn from(disciplines: Vec<Discipline>) -> Self {
        disciplines.into_iter().collect()
    }
}

impl From<DisciplineSet> for Vec<Discipline> {
    fn from(set: DisciplineSet) -> Self {
        set.iter().collect()
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for DisciplineSet {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.int_in_range(0..=0b1_1111).map(Self)
    }
}
