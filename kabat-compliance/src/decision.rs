//! An answer with its rule, its sources, its reasons, and what it lacked.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::citation::{Certainty, Citation};
use crate::law::{RuleVersion, Rulebook};
use crate::rule::RuleId;

/// A value of an answer.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// An instant in Brussels time.
    Instant(DateTime<FixedOffset>),
    /// A civil day in Belgium.
    Day(NaiveDate),
    /// A word.
    Word(Cow<'static, str>),
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}

impl From<&'static str> for Value {
    fn from(value: &'static str) -> Self {
        Self::Word(Cow::Borrowed(value))
    }
}

impl From<NaiveDate> for Value {
    fn from(value: NaiveDate) -> Self {
        Self::Day(value)
    }
}

impl From<DateTime<FixedOffset>> for Value {
    fn from(value: DateTime<FixedOffset>) -> Self {
        Self::Instant(value)
    }
}

/// One step of the way to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Reason {
    /// What was found, in English.
    pub finding: Cow<'static, str>,
    /// The rule it rests on.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub rule: Option<RuleId>,
    /// What that finding rests on in turn.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub because: Vec<Reason>,
}

/// An answer: values by name, or undetermined with what is missing.
///
/// The JSON form is flat: the values stand beside `rule`, `citations` and the rest.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Answer {
    /// Whether nothing could be decided. Then nothing is allowed either.
    pub undetermined: bool,
    /// The rule that decided.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub rule: Option<RuleId>,
    /// The least sure of the rules relied on.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub certainty: Option<Certainty>,
    /// Where the rules relied on are written.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub citations: Vec<Citation>,
    /// The way to the answer.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub reasons: Vec<Reason>,
    /// Facts that were needed and not given, by field name.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub missing: Vec<Cow<'static, str>>,
    /// The values, such as `decision`, `status` or `deadline`.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub values: BTreeMap<Cow<'static, str>, Value>,
}

impl Answer {
    /// Returns a value by name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// Returns a word by name, such as the `decision`.
    pub fn word(&self, name: &str) -> Option<&str> {
        match self.value(name) {
            Some(Value::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Returns a yes or no by name.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// Returns whether the answer allows what was asked. Undetermined is not allowed.
    pub fn is_allowed(&self) -> bool {
        !self.undetermined && self.word("decision") == Some("allow")
    }

    /// An answer resting on a version of a rule; undetermined when that version is unverified.
    pub(crate) fn by(rule: &RuleVersion, finding: impl Into<Cow<'static, str>>) -> Self {
        let mut answer = Self {
            undetermined: false,
            rule: Some(rule.id),
            certainty: Some(rule.certainty),
            citations: rule.citations.clone(),
            reasons: Vec::new(),
            missing: Vec::new(),
            values: BTreeMap::new(),
        };
        let because = rule.note.clone().map(|note| Reason {
            finding: note,
            rule: Some(rule.id),
            because: Vec::new(),
        });
        answer.reasons.push(Reason {
            finding: finding.into(),
            rule: Some(rule.id),
            because: because.into_iter().collect(),
        });
        if rule.certainty == Certainty::Unverified {
            answer.make_undetermined();
        }
        answer
    }

    /// An answer resting on the version that governs a day, or on the latest.
    pub(crate) fn on(
        book: &Rulebook,
        id: RuleId,
        day: Option<NaiveDate>,
        finding: impl Into<Cow<'static, str>>,
    ) -> Self {
        let version = day.map_or_else(|| book.latest(id), |day| book.version(id, day));
        version.map_or_else(
            || {
                let mut answer =
                    Self::unknown("the rule was not in force, or not known, for that date");
                answer.rule = Some(id);
                if let Some(latest) = book.latest(id) {
                    answer.citations.clone_from(&latest.citations);
                    answer.certainty = Some(latest.certainty);
                }
                answer
            },
            |version| Self::by(version, finding),
        )
    }

    /// An answer that nothing can be said, with the reason.
    pub(crate) fn unknown(finding: impl Into<Cow<'static, str>>) -> Self {
        let mut answer = Self {
            undetermined: true,
            rule: None,
            certainty: None,
            citations: Vec::new(),
            reasons: alloc::vec![Reason {
                finding: finding.into(),
                rule: None,
                because: Vec::new()
            }],
            missing: Vec::new(),
            values: BTreeMap::new(),
        };
        answer.make_undetermined();
        answer
    }

    /// An answer that facts are missing for a rule.
    pub(crate) fn lacking(book: &Rulebook, id: RuleId, missing: &[&'static str]) -> Self {
        let mut answer = Self::on(book, id, None, "facts are missing");
        answer
            .missing
            .extend(missing.iter().map(|name| Cow::Borrowed(*name)));
        answer.make_undetermined();
        answer
    }

    pub(crate) fn make_undetermined(&mut self) {
        self.undetermined = true;
        self.values.retain(|name, _| {
            !matches!(&**name, "decision" | "status" | "compliant" | "obligation")
        });
        self.values
            .insert(Cow::Borrowed("decision"), "undetermined".into());
        self.values
            .insert(Cow::Borrowed("status"), "undetermined".into());
    }

    /// Adds a value; an undetermined answer keeps its `undetermined`.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        if !(self.undetermined
            && matches!(name, "decision" | "status" | "compliant" | "obligation"))
        {
            self.values.insert(Cow::Borrowed(name), value.into());
        }
        self
    }

    /// Adds a finding under the first reason.
    pub(crate) fn because(
        mut self,
        finding: impl Into<Cow<'static, str>>,
        rule: Option<RuleId>,
    ) -> Self {
        let reason = Reason {
            finding: finding.into(),
            rule,
            because: Vec::new(),
        };
        match self.reasons.first_mut() {
            Some(first) => first.because.push(reason),
            None => self.reasons.push(reason),
        }
        self
    }

    /// Adds a rule relied on: its sources, and its certainty if lower.
    pub(crate) fn relying_on(mut self, rule: Option<&RuleVersion>) -> Self {
        if let Some(rule) = rule {
            for citation in &rule.citations {
                if !self.citations.contains(citation) {
                    self.citations.push(citation.clone());
                }
            }
            self.certainty = Some(
                self.certainty
                    .map_or(rule.certainty, |certainty| certainty.min(rule.certainty)),
            );
        }
        self
    }

    /// Names a fact that was not given.
    pub(crate) fn lacks(mut self, name: &'static str) -> Self {
        self.missing.push(Cow::Borrowed(name));
        self
    }

    pub(crate) fn undecided(mut self) -> Self {
        self.make_undetermined();
        self
    }
}
