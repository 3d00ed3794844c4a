//! The rows of the registry.

use kabat_core::Language;

use crate::{DatePrecision, NisCode, Validity};

/// Official names in the three national languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Names {
    /// Dutch.
    pub nl: String,
    /// French.
    pub fr: String,
    /// German.
    pub de: String,
}

impl Names {
    /// Returns the name in a language; no English names are kept, so English gives the Dutch one.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::De => &self.de,
            Language::Nl | Language::En => &self.nl,
        }
    }
}

/// The four language areas of article 4 of the Constitution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(
    clippy::exhaustive_enums,
    reason = "article 4 of the Constitution fixes the four language areas"
)]
pub enum LanguageArea {
    /// The Dutch language area (*Nederlands taalgebied*).
    Dutch,
    /// The French language area (*région de langue française*).
    French,
    /// The German language area (*deutsches Sprachgebiet*).
    German,
    /// The bilingual area Brussels-Capital.
    BilingualBrussels,
}

impl LanguageArea {
    /// Returns the code of the tables: `nl`, `fr`, `de`, `nl-fr`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::French => "fr",
            Self::German => "de",
            Self::BilingualBrussels => "nl-fr",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [
            Self::Dutch,
            Self::French,
            Self::German,
            Self::BilingualBrussels,
        ]
        .into_iter()
        .find(|area| area.code() == code)
    }
}

/// A municipality (*gemeente*, *commune*, *Gemeinde*) during one span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Municipality {
    /// Its code.
    pub nis: NisCode,
    /// When this row holds; a municipality that grew by a merger has one row before and one after.
    pub validity: Validity,
    /// Official and customary names.
    pub names: Names,
    /// Administrative arrondissement.
    pub arrondissement: NisCode,
    /// Province; none in Brussels.
    pub province: Option<NisCode>,
    /// Region.
    pub region: NisCode,
    /// Language area.
    pub language_area: LanguageArea,
    /// Language for which residents have facilities, in 27 municipalities.
    pub facilities_for: Option<Language>,
}

/// Of which kind a division is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum DivisionLevel {
    /// *Gewest*, *région*.
    Region,
    /// *Provincie*, *province*.
    Province,
    /// *Bestuurlijk arrondissement*, *arrondissement administratif*.
    Arrondissement,
}

/// A region, province or administrative arrondissement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Division {
    /// Its code.
    pub nis: NisCode,
    /// Its kind.
    pub level: DivisionLevel,
    /// What it is part of.
    pub parent: Option<NisCode>,
    /// Names.
    pub names: Names,
    /// When it exists.
    pub validity: Validity,
}

/// How an old code became a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ChangeKind {
    /// Municipalities became one.
    Merger,
    /// The same municipality got another code.
    Recode,
}

/// A merger or a recoding of a municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MunicipalityChange {
    /// First day of the new situation.
    pub effective: kabat_core::chrono::NaiveDate,
    /// What happened.
    pub kind: ChangeKind,
    /// The code that ended.
    pub old: NisCode,
    /// The code that holds its territory since.
    pub new: NisCode,
}

/// A local police zone (*politiezone*, *zone de police*, *Polizeizone*).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PoliceZone {
    /// Key of the tables: the four-digit code, or an `UNKNOWN-` key while no source gives the code.
    pub key: String,
    /// Official four-digit code, where a source gives it.
    pub code: Option<u16>,
    /// Name as its sources write it.
    pub name: String,
    /// French name of a zone whose `name` is Dutch, where known.
    pub name_fr: Option<String>,
    /// When it exists; a bound is the latest possible day.
    pub validity: Validity,
    /// How well the first day is known.
    pub from_precision: DatePrecision,
    /// How well the last day is known.
    pub to_precision: DatePrecision,
    /// Key of the zone that took over.
    pub succeeded_by: Option<String>,
    /// Where the row comes from.
    pub source: String,
}

/// How sure a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum Confidence {
    /// Inferred from one weak source.
    Low,
    /// Inferred, for example as the remainder of a province.
    Medium,
    /// Sourced.
    High,
}

impl Confidence {
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        match text.split(' ').next()? {
            "low" => Some(Self::Low),
            "medium" => Some(Self::Medium),
            "high" => Some(Self::High),
            _ => None,
        }
    }
}

/// A rescue zone (*hulpverleningszone*, *zone de secours*, *Hilfeleistungszone*) or the Brussels fire service.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RescueZone {
    /// Key of the tables; no public number is in use.
    pub key: String,
    /// Names.
    pub names: Names,
    /// Where the row comes from.
    pub source: String,
    /// How sure the row is.
    pub confidence: Confidence,
}

/// Which calls a centre takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum CentreKind {
    /// 112: ambulance and fire (*noodcentrale 112*, *centre de secours 112*).
    Emergency112,
    /// 101: police (CIC, in the SICAD of the province).
    Police101,
}

/// A 112 centre or a CIC/SICAD of the police.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EmergencyCentre {
    /// Key of the tables, such as `VBR`.
    pub key: String,
    /// Its kind.
    pub kind: CentreKind,
    /// Seat or province, as written in the sources.
    pub name: String,
    /// Provinces it serves; for Brussels the region.
    pub serves: Vec<NisCode>,
    /// Where the row comes from.
    pub source: String,
}

/// A judicial canton (*gerechtelijk kanton*, *canton judiciaire*) with its justice of the peace.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct JudicialCanton {
    /// Key, such as `brussel-1`.
    pub key: String,
    /// Key of its judicial arrondissement.
    pub arrondissement: String,
    /// Municipalities in it, wholly or in part, as of 2026.
    pub municipalities: Vec<NisCode>,
}

/// A judicial arrondissement, with the public prosecutor's office (*parket*, *parquet*) of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct JudicialArrondissement {
    /// Key, such as `brussel`.
    pub key: String,
    /// Names.
    pub names: Names,
    /// Key of the judicial area (area of a court of appeal).
    pub judicial_area: String,
}
