//! Protocols of the Belgian manual for medical regulation, and how the 112 centres write them.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use kabat_core::Language;

use crate::table::{key, rows};

/// A protocol of the manual, by number: its names, and the levels it was seen with.
///
/// The text of the manual is not here. Names come from open mission data of 2022 and from the protocol list of 2012; newer
/// editions were not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MedicalProtocol {
    /// Number, 0 to 999.
    pub number: u16,
    /// Dutch name as in the data; empty when not seen.
    pub name_nl: String,
    /// French name as in the list of 2012; empty when not seen.
    pub name_fr: String,
    /// English name, of this project.
    pub label_en: String,
    /// Level that is part of the name in the data, where one is.
    pub fixed_level: Option<u8>,
    /// Levels seen, with the number of missions.
    pub missions_by_level: Vec<(u8, u32)>,
    /// Missions seen, with and without a level.
    pub missions: u32,
    /// How certain the row is.
    pub certainty: Certainty,
    /// Where it comes from.
    pub source: String,
}

/// How certain a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Certainty {
    /// Read in an official source or counted from data.
    Primary,
    /// Read in a secondary source.
    Secondary,
}

static PROTOCOLS: LazyLock<Vec<MedicalProtocol>> = LazyLock::new(|| {
    rows(include_str!("../data/be_medical_protocols.csv"))
        .filter_map(|row| {
            let mut fields = row.into_iter();
            let mut next = || fields.next().unwrap_or_default();
            Some(MedicalProtocol {
                number: next().parse().ok()?,
                name_nl: next(),
                name_fr: next(),
                label_en: next(),
                fixed_level: next().parse().ok(),
                missions_by_level: next()
                    .split_whitespace()
                    .filter_map(|part| part.split_once(':'))
                    .filter_map(|(level, count)| Some((level.parse().ok()?, count.parse().ok()?)))
                    .collect(),
                missions: next().parse().unwrap_or(0),
                certainty: if next() == "A" {
                    Certainty::Primary
                } else {
                    Certainty::Secondary
                },
                source: next(),
            })
        })
        .collect()
});

impl MedicalProtocol {
    /// Returns every protocol known, by number.
    ///
    /// ```
    /// use kabat_classify::MedicalProtocol;
    /// assert!(MedicalProtocol::all().len() > 60);
    /// ```
    pub fn all() -> &'static [Self] {
        &PROTOCOLS
    }

    /// Returns the protocol of a number; none for a number that was not seen.
    ///
    /// ```
    /// use kabat_classify::MedicalProtocol;
    /// assert_eq!(MedicalProtocol::by_number(4).map(|p| p.label_en.as_str()), Some("Stroke/TIA"));
    /// assert_eq!(MedicalProtocol::by_number(28), None);
    /// ```
    pub fn by_number(number: u16) -> Option<&'static Self> {
        PROTOCOLS
            .binary_search_by_key(&number, |protocol| protocol.number)
            .ok()
            .and_then(|at| PROTOCOLS.get(at))
    }

    /// Returns the protocol with a Dutch or French name; case, accents and punctuation do not matter.
    ///
    /// ```
    /// use kabat_classify::MedicalProtocol;
    /// let number = |name| MedicalProtocol::by_name(name).map(|p| p.number);
    /// assert_eq!(number("brulures incendie"), Some(6));
    /// assert_eq!(number("Verkeersongeval"), Some(1));
    /// assert_eq!(number("ongeval"), None);
    /// ```
    pub fn by_name(name: &str) -> Option<&'static Self> {
        let wanted = key(name);
        if wanted.is_empty() {
            return None;
        }
        let named = |p: &&Self| key(&p.name_nl) == wanted || key(&p.name_fr) == wanted;
        PROTOCOLS.iter().find(named)
    }

    /// Returns the name in Dutch or French; none in another language or when the name was not seen.
    pub fn name(&self, language: Language) -> Option<&str> {
        let name = match language {
            Language::Nl => &self.name_nl,
            Language::Fr => &self.name_fr,
            _ => return None,
        };
        (!name.is_empty()).then_some(name.as_str())
    }
}

/// An event text of the 112 centres: `Pppp Nnn - NAME`.
///
/// The number is kept even when no protocol is known for it, and so is the name as it was written.
///
/// ```
/// use kabat_classify::ProtocolCode;
/// use kabat_core::Language;
/// let code: ProtocolCode = "P001 N05 - VERKEERSONGEVAL".parse()?;
/// assert_eq!((code.number(), code.level()), (1, Some(5)));
/// assert_eq!(code.to_string(), "P001 N05 - VERKEERSONGEVAL");
/// assert_eq!(code.in_language(Language::Fr).to_string(), "P001 N05 - Accident de circulation");
/// # Ok::<(), kabat_classify::ProtocolCodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(with = "String")
)]
pub struct ProtocolCode {
    number: u16,
    level: Option<u8>,
    name: String,
}

/// A text that is not an event text of the 112 centres.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProtocolCodeError {
    /// The text does not begin with `P` and three digits.
    #[error("protocol code `{0}` does not begin with `P` and three digits")]
    Number(String),
    /// The level is not `N01` to `N08`.
    #[error("level in protocol code `{0}` is not `N01` to `N08`")]
    Level(String),
    /// What follows is not a dash and a name.
    #[error("protocol code `{0}` goes on without ` - ` and a name")]
    Name(String),
}

impl ProtocolCode {
    /// Makes a code without a name.
    ///
    /// # Errors
    /// [`ProtocolCodeError`] when the number has more than three digits or the level is not 1 to 8.
    pub fn new(number: u16, level: Option<u8>) -> Result<Self, ProtocolCodeError> {
        if number > 999 {
            return Err(ProtocolCodeError::Number(number.to_string()));
        }
        if let Some(level) = level.filter(|level| !(1..=8).contains(level)) {
            return Err(ProtocolCodeError::Level(level.to_string()));
        }
        Ok(Self {
            number,
            level,
            name: String::new(),
        })
    }

    /// Returns the number of the protocol.
    pub const fn number(&self) -> u16 {
        self.number
    }

    /// Returns the severity level, 1 to 8, when the text has one.
    pub const fn level(&self) -> Option<u8> {
        self.level
    }

    /// Returns the name as written; none when the text has none.
    pub fn name(&self) -> Option<&str> {
        (!self.name.is_empty()).then_some(self.name.as_str())
    }

    /// Returns what is known of the protocol; none when the number was not seen.
    pub fn protocol(&self) -> Option<&'static MedicalProtocol> {
        MedicalProtocol::by_number(self.number)
    }

    /// Returns whether the name is a name of the protocol; none when there is nothing to compare.
    ///
    /// ```
    /// use kabat_classify::ProtocolCode;
    /// let named = |text: &str| text.parse::<ProtocolCode>().ok().and_then(|code| code.name_fits());
    /// assert_eq!(named("P006 N03 - BRULURES - INCENDIE"), Some(true));
    /// assert_eq!(named("P006 N03 - VERKEERSONGEVAL"), Some(false));
    /// assert_eq!(named("P006 N03"), None);
    /// ```
    pub fn name_fits(&self) -> Option<bool> {
        let (name, protocol) = (self.name()?, self.protocol()?);
        let wanted = key(name);
        Some(
            [&protocol.name_nl, &protocol.name_fr]
                .into_iter()
                .any(|n| key(n) == wanted),
        )
    }

    /// Returns the code with the name of the protocol in a language; without a name where none is known.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        let name = self.protocol().and_then(|p| p.name(language)).unwrap_or("");
        Self {
            name: name.to_owned(),
            ..self.clone()
        }
    }

    /// Writes the code in capitals without accents, as older systems show it.
    ///
    /// ```
    /// use kabat_classify::ProtocolCode;
    /// let code: ProtocolCode = "P006 N03 - Brûlures - Incendie".parse()?;
    /// assert_eq!(code.to_plain(), "P006 N03 - BRULURES - INCENDIE");
    /// # Ok::<(), kabat_classify::ProtocolCodeError>(())
    /// ```
    pub fn to_plain(&self) -> String {
        let mut plain = String::new();
        for c in self.to_string().chars() {
            if c.is_alphanumeric() {
                crate::text::fold_into(c, &mut plain);
            } else {
                plain.push(c);
            }
        }
        plain.to_uppercase()
    }
}

impl fmt::Display for ProtocolCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{:03}", self.number)?;
        if let Some(level) = self.level {
            write!(f, " N{level:02}")?;
        }
        if !self.name.is_empty() {
            write!(f, " - {}", self.name)?;
        }
        Ok(())
    }
}

impl FromStr for ProtocolCode {
    type Err = ProtocolCodeError;

    /// Reads the text; small letters and more than one space are allowed, the name is kept as written.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let given = || text.chars().take(80).collect::<String>();
        let rest = text.trim();
        let rest = rest.strip_prefix(['P', 'p']);
        let (digits, rest) = rest
            .and_then(|rest| rest.split_at_checked(3))
            .filter(|(digits, rest)| {
                digits.bytes().all(|b| b.is_ascii_digit())
                    && rest.chars().next().is_none_or(char::is_whitespace)
            })
            .ok_or_else(|| ProtocolCodeError::Number(given()))?;
        let number = digits
            .parse()
            .map_err(|_| ProtocolCodeError::Number(given()))?;
        let rest = rest.trim_start();
        let (level, rest) = match rest.strip_prefix(['N', 'n']) {
            Some(rest) => {
                let (digits, rest) = rest
                    .split_at_checked(2)
                    .filter(|(digits, rest)| {
                        digits.bytes().all(|b| b.is_ascii_digit())
                            && rest.chars().next().is_none_or(char::is_whitespace)
                    })
                    .ok_or_else(|| ProtocolCodeError::Level(given()))?;
                let level = digits.parse().ok().filter(|level| (1..=8).contains(level));
                let level = level.ok_or_else(|| ProtocolCodeError::Level(given()))?;
                (Some(level), rest.trim_start())
            }
            None => (None, rest),
        };
        let name = match rest.strip_prefix(['-', '–']) {
            Some(name) if name.starts_with(char::is_whitespace) && !name.trim().is_empty() => {
                name.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            None if rest.is_empty() => String::new(),
            _ => return Err(ProtocolCodeError::Name(given())),
        };
        Ok(Self {
            number,
            level,
            name,
        })
    }
}

impl TryFrom<String> for ProtocolCode {
    type Error = ProtocolCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ProtocolCode> for String {
    fn from(code: ProtocolCode) -> Self {
        code.to_string()
    }
}
