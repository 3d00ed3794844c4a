//! Names that a rule file defines, and the literals that refer to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use kabat_core::{Capability, Discipline, DisciplineSet, Need, Priority, Requirement};

use crate::RuleSetError;
use crate::document::RuleSetDocument;
use crate::lexicon::{ALL_LANGUAGES, Languages};

/// Numbers that rules can compare.
pub(crate) const NUMBERS: [&str; 6] = [
    "victims",
    "injured_count",
    "severe",
    "persons",
    "age",
    "occupants",
];

/// Structured data that rules can ask for as `input.KEY=VALUE`.
pub(crate) const INPUTS: [&str; 4] = ["source", "voice_contact", "hit", "event"];

/// What a rule can ask.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Literal {
    Asserted(u32),
    Denied(u32),
    Past(u32),
    Said(u32),
    Fact(u32, u8),
    Number(u8, Compare, u32),
    /// Place of the key in `INPUTS`, and the value wanted.
    Input(u8, String),
    Type(u32),
    Category(String),
    Discipline(u8),
    Priority(Compare, u32),
    Severity(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Compare {
    AtLeast,
    AtMost,
    Equal,
}

impl Compare {
    pub(crate) const fn holds(self, left: u32, right: u32) -> bool {
        match self {
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
        }
    }

    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Equal => "=",
        }
    }
}

/// A fact and its values, the least dangerous first.
#[derive(Debug, Clone)]
pub(crate) struct FactKind {
    pub(crate) name: Arc<str>,
    pub(crate) values: Vec<Arc<str>>,
}

/// Concepts, facts and types by name, numbered in the order of their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) concepts: BTreeMap<String, u32>,
    pub(crate) fact_ids: BTreeMap<String, u32>,
    pub(crate) types: BTreeMap<String, u32>,
    pub(crate) facts: Vec<FactKind>,
}

pub(crate) fn unknown(owner: &str, what: &'static str, name: &str) -> RuleSetError {
    RuleSetError::Unknown {
        owner: owner.to_owned(),
        what,
        name: name.to_owned(),
    }
}

/// Returns the bit of a language code, or all four for `any`.
pub(crate) fn language_bit(code: &str) -> Option<Languages> {
    ["nl", "fr", "de", "en"]
        .iter()
        .position(|c| *c == code)
        .map(|bit| 1 << bit)
        .or((code == "any").then_some(ALL_LANGUAGES))
}

/// Splits a list of terms.
pub(crate) fn terms(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', '\n'])
        .map(str::trim)
        .filter(|t| !t.is_empty())
}

impl Names {
    pub(crate) fn of(document: &RuleSetDocument) -> Self {
        let number = |names: Vec<&String>| -> BTreeMap<String, u32> {
            names.into_iter().cloned().zip(0..).collect()
        };
        Self {
            concepts: number(document.concept.keys().collect()),
            fact_ids: number(document.fact.keys().collect()),
            types: number(document.types.keys().collect()),
            facts: document
                .fact
                .iter()
                .map(|(name, fact)| FactKind {
                    name: name.as_str().into(),
                    values: fact.values.iter().map(|v| v.as_str().into()).collect(),
                })
                .collect(),
        }
    }

    pub(crate) fn concept(&self, owner: &str, name: &str) -> Result<u32, RuleSetError> {
        let id = self.concepts.get(name).copied();
        id.ok_or_else(|| unknown(owner, "concept", name))
    }

    pub(crate) fn type_id(&self, owner: &str, code: &str) -> Result<u32, RuleSetError> {
        let id = self.types.get(code).copied();
        id.ok_or_else(|| unknown(owner, "type", code))
    }

    /// Reads one literal of a rule.
    pub(crate) fn literal(&self, owner: &str, text: &str) -> Result<Literal, RuleSetError> {
        if let Some((mode, name)) = text.split_once(':').filter(|(mode, _)| !mode.contains('=')) {
            let id = self.concept(owner, name)?;
            return match mode {
                "denied" => Ok(Literal::Denied(id)),
                "past" => Ok(Literal::Past(id)),
                "said" => Ok(Literal::Said(id)),
                _ => Err(unknown(owner, "literal", text)),
            };
        }
        let compared = [
            (">=", Compare::AtLeast),
            ("<=", Compare::AtMost),
            ("=", Compare::Equal),
        ]
        .into_iter()
        .find_map(|(sign, compare)| Some((text.split_once(sign)?, compare)));
        let Some(((name, value), compare)) = compared else {
            return Ok(Literal::Asserted(self.concept(owner, text)?));
        };
        let count = || {
            value
                .parse::<u32>()
                .map_err(|_| unknown(owner, "value", value))
        };
        if let Some(key) = name.strip_prefix("input.") {
            let at = INPUTS
                .iter()
                .position(|known| *known == key)
                .and_then(|at| u8::try_from(at).ok())
                .ok_or_else(|| unknown(owner, "input", key))?;
            if compare != Compare::Equal {
                return Err(unknown(owner, "comparison", text));
            }
            return Ok(Literal::Input(at, value.to_owned()));
        }
        if let Some(at) = NUMBERS.iter().position(|n| *n == name) {
            return Ok(Literal::Number(
                u8::try_from(at).unwrap_or(0),
                compare,
                count()?,
            ));
        }
        if name == "priority" {
            return Ok(Literal::Priority(compare, count()?));
        }
        if compare != Compare::Equal {
            return Err(unknown(owner, "number", name));
        }
        match name {
            "type" => self.type_id(owner, value).map(Literal::Type),
            "category" => {
                let of = |code: &String| code.split('.').next() == Some(value);
                if self.types.keys().any(of) {
                    Ok(Literal::Category(value.to_owned()))
                } else {
                    Err(unknown(owner, "category", value))
                }
            }
            "discipline" => value
                .parse::<Discipline>()
                .map(|d| Literal::Discipline(d.number()))
                .map_err(|_| unknown(owner, "discipline", value)),
            "severity" => Ok(Literal::Severity(count()?)),
            _ => self
                .fact(owner, text)
                .map(|(fact, value)| Literal::Fact(fact, value)),
        }
    }

    /// Reads `fact=value`.
    pub(crate) fn fact(&self, owner: &str, text: &str) -> Result<(u32, u8), RuleSetError> {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| unknown(owner, "fact", text))?;
        let id = *self
            .fact_ids
            .get(name)
            .ok_or_else(|| unknown(owner, "fact", name))?;
        self.facts
            .get(id as usize)
            .and_then(|fact| fact.values.iter().position(|v| &**v == value))
            .and_then(|at| Some((id, u8::try_from(at).ok()?)))
            .ok_or_else(|| unknown(owner, "value", value))
    }

    /// Writes literals as a rule file does.
    pub(crate) fn show_all(&self, literals: &[Literal]) -> Vec<Box<str>> {
        let concepts: Vec<&str> = self.concepts.keys().map(String::as_str).collect();
        let types: Vec<&str> = self.types.keys().map(String::as_str).collect();
        let shown = literals.iter().map(|l| self.show(l, &concepts, &types));
        shown.map(Into::into).collect()
    }

    fn show(&self, literal: &Literal, concepts: &[&str], types: &[&str]) -> String {
        let name =
            |names: &[&str], id: u32| names.get(id as usize).copied().unwrap_or("").to_owned();
        match literal {
            Literal::Asserted(c) => name(concepts, *c),
            Literal::Denied(c) => format!("denied:{}", name(concepts, *c)),
            Literal::Past(c) => format!("past:{}", name(concepts, *c)),
            Literal::Said(c) => format!("said:{}", name(concepts, *c)),
            Literal::Fact(fact, value) => {
                self.facts
                    .get(*fact as usize)
                    .map_or_else(String::new, |kind| {
                        let value = kind.values.get(*value as usize);
                        format!("{}={}", kind.name, value.map_or("", |v| &**v))
                    })
            }
            Literal::Number(at, compare, value) => format!(
                "{}{}{value}",
                NUMBERS.get(usize::from(*at)).unwrap_or(&""),
                compare.sign()
            ),
            Literal::Input(at, value) => {
                let key = INPUTS.get(usize::from(*at)).unwrap_or(&"");
                format!("input.{key}={value}")
            }
            Literal::Type(t) => format!("type={}", name(types, *t)),
            Literal::Category(category) => format!("category={category}"),
            Literal::Discipline(number) => format!("discipline=D{number}"),
            Literal::Priority(compare, value) => format!("priority{}{value}", compare.sign()),
            Literal::Severity(level) => format!("severity={level}"),
        }
    }
}

pub(crate) fn priority(owner: &str, rank: u8) -> Result<Priority, RuleSetError> {
    Priority::try_from(rank).map_err(|_| unknown(owner, "priority", &rank.to_string()))
}

pub(crate) fn severity(owner: &str, level: u8) -> Result<u8, RuleSetError> {
    if (1..=8).contains(&level) {
        Ok(level)
    } else {
        Err(unknown(owner, "severity", &level.to_string()))
    }
}

pub(crate) fn disciplines(owner: &str, codes: &[String]) -> Result<DisciplineSet, RuleSetError> {
    codes
        .iter()
        .map(|code| {
            code.parse::<Discipline>()
                .map_err(|_| unknown(owner, "discipline", code))
        })
        .collect()
}

/// Reads `pit > ambulance + mug`.
pub(crate) fn requirement(owner: &str, text: &str) -> Result<Requirement, RuleSetError> {
    let need = |text: &str| {
        let mut words = text.split_whitespace();
        let (count, code) = match (words.next(), words.next(), words.next()) {
            (Some(count), Some(code), None) => (
                count.parse().map_err(|_| unknown(owner, "count", count))?,
                code,
            ),
            (Some(code), None, None) => (1, code),
            _ => return Err(unknown(owner, "capability", text)),
        };
        let standard = Capability::standard().iter().find(|c| c.as_str() == code);
        let capability = match standard {
            Some(capability) => capability.clone(),
            None if code.contains(':') => {
                Capability::new(code.to_owned()).map_err(|_| unknown(owner, "capability", code))?
            }
            None => return Err(unknown(owner, "capability", code)),
        };
        Ok(Need::new(capability, count))
    };
    let first_of = text
        .split('>')
        .map(|needs| needs.split('+').map(need).collect::<Result<Vec<_>, _>>())
        .collect::<Result<_, _>>()?;
    Ok(Requirement { first_of })
}
