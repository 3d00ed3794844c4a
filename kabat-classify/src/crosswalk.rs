//! Code lists of others, and which type of a rule set each code stands for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::table::rows;
use crate::{ProtocolCode, RuleSet};

/// A list of codes outside this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum CodeSystem {
    /// Protocol numbers of the Belgian manual for medical regulation, three digits.
    BeMedicalProtocol,
    /// Event categories of EMSI, the Tactical Situation Object (CWA 15931, ISO 22351), as published by ansforge.
    Emsi,
    /// Nature of the event of the French inter-service exchange: `C01.00.00`.
    CisuNature,
    /// Medical motive of the same: `M01.00`.
    CisuMotive,
    /// Risk of the same: `R01`.
    CisuRisk,
}

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedCode {
    /// The code.
    pub code: String,
    /// French labels, from the widest to the narrowest.
    pub labels_fr: Vec<String>,
}

type List = BTreeMap<String, ListedCode>;

fn read(text: &str) -> List {
    rows(text)
        .filter_map(|row| {
            let (code, labels) = row.split_first()?;
            let labels = labels.iter().filter(|label| !label.is_empty()).cloned();
            let listed = ListedCode {
                code: code.clone(),
                labels_fr: labels.collect(),
            };
            Some((code.clone(), listed))
        })
        .collect()
}

static EMSI: LazyLock<List> =
    LazyLock::new(|| read(include_str!("../data/fr_emsi_event_categories.csv")));
static NATURE: LazyLock<List> =
    LazyLock::new(|| read(include_str!("../data/fr_cisu_event_nature.csv")));
static MOTIVE: LazyLock<List> =
    LazyLock::new(|| read(include_str!("../data/fr_cisu_medical_motive.csv")));
static RISK: LazyLock<List> = LazyLock::new(|| read(include_str!("../data/fr_cisu_risks.csv")));

impl CodeSystem {
    /// Every list.
    pub const ALL: [Self; 5] = [
        Self::BeMedicalProtocol,
        Self::Emsi,
        Self::CisuNature,
        Self::CisuMotive,
        Self::CisuRisk,
    ];

    fn list(self) -> Option<&'static List> {
        match self {
            Self::BeMedicalProtocol => None,
            Self::Emsi => Some(&EMSI),
            Self::CisuNature => Some(&NATURE),
            Self::CisuMotive => Some(&MOTIVE),
            Self::CisuRisk => Some(&RISK),
        }
    }

    /// Returns a code of the French lists with its labels; none when the list does not have it. The Belgian protocols are in
    /// [`MedicalProtocol`](crate::MedicalProtocol).
    ///
    /// ```
    /// use kabat_classify::CodeSystem;
    /// let collision = CodeSystem::Emsi.code("TRP/COL").map(|c| c.labels_fr.join(" > "));
    /// assert_eq!(collision.as_deref(), Some("Transport > Collision"));
    /// assert_eq!(CodeSystem::Emsi.code("TRP/NONE"), None);
    /// ```
    pub fn code(self, code: &str) -> Option<&'static ListedCode> {
        self.list()?.get(code)
    }

    /// Returns every code of a French list, in order.
    pub fn codes(self) -> impl Iterator<Item = &'static ListedCode> {
        self.list().into_iter().flat_map(BTreeMap::values)
    }

    /// Returns the list that a French inter-service code belongs to, by its first letter.
    fn of_cisu(code: &str) -> Option<Self> {
        match code.chars().next() {
            Some('C') => Some(Self::CisuNature),
            Some('M') => Some(Self::CisuMotive),
            Some('R') => Some(Self::CisuRisk),
            _ => None,
        }
    }
}

impl RuleSet {
    /// Returns the codes of a list that a type stands for, the usual one first; nothing for a type without one.
    ///
    /// ```
    /// use kabat_classify::{CodeSystem, RuleSet};
    /// let set = RuleSet::base();
    /// assert_eq!(set.codes_of_type("fire.chimney", CodeSystem::Emsi), ["FIR"]);
    /// assert!(set.codes_of_type("other.info", CodeSystem::Emsi).is_empty());
    /// ```
    pub fn codes_of_type(&self, type_code: &str, system: CodeSystem) -> Vec<&str> {
        let Some(kind) = self.document().types.get(type_code) else {
            return Vec::new();
        };
        match system {
            CodeSystem::BeMedicalProtocol => kind.protocols.iter().map(String::as_str).collect(),
            CodeSystem::Emsi => kind.emsi.split_whitespace().collect(),
            _ => kind
                .cisu
                .iter()
                .map(String::as_str)
                .filter(|code| CodeSystem::of_cisu(code) == Some(system))
                .collect(),
        }
    }

    /// Returns the types that a code stands for: first those for which it is the usual code, then in order of their names.
    /// A code that no type names is not mapped, and neither to a wider one; a code may stand for several types.
    ///
    /// ```
    /// use kabat_classify::{CodeSystem, RuleSet};
    /// let set = RuleSet::base();
    /// assert_eq!(set.types_of_code(CodeSystem::BeMedicalProtocol, "004"), ["medical.stroke"]);
    /// assert!(set.types_of_code(CodeSystem::Emsi, "GND/GEY").is_empty());
    /// ```
    pub fn types_of_code(&self, system: CodeSystem, code: &str) -> Vec<&str> {
        let mut found: Vec<(usize, &str)> = self
            .document()
            .types
            .keys()
            .filter_map(|name| {
                let codes = self.codes_of_type(name, system);
                let at = codes.iter().position(|c| *c == code)?;
                Some((at, name.as_str()))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, name)| name).collect()
    }

    /// Returns the types that an event text of the 112 centres stands for, the likeliest first.
    ///
    /// ```
    /// use kabat_classify::{ProtocolCode, RuleSet};
    /// let code: ProtocolCode = "P032 N03 - ALLERGISCHE REACTIE".parse()?;
    /// assert_eq!(RuleSet::base().types_of_protocol(&code), ["medical.allergy"]);
    /// # Ok::<(), kabat_classify::ProtocolCodeError>(())
    /// ```
    pub fn types_of_protocol(&self, code: &ProtocolCode) -> Vec<&str> {
        self.types_of_code(
            CodeSystem::BeMedicalProtocol,
            &format!("{:03}", code.number()),
        )
    }

    /// Returns the event text for a type and a severity level, without a name; none for a type without a protocol.
    ///
    /// ```
    /// use kabat_classify::RuleSet;
    /// use kabat_core::Language;
    /// let code = RuleSet::base().protocol_of_type("medical.stroke", Some(1));
    /// let text = code.map(|code| code.in_language(Language::Fr).to_string());
    /// assert_eq!(text.as_deref(), Some("P004 N01 - AVC - AIT"));
    /// ```
    pub fn protocol_of_type(&self, type_code: &str, level: Option<u8>) -> Option<ProtocolCode> {
        let codes = self.codes_of_type(type_code, CodeSystem::BeMedicalProtocol);
        let number = codes.first()?.parse().ok()?;
        ProtocolCode::new(number, level).ok()
    }
}
