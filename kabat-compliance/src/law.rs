//! The law as data: versions of rules with the time they govern and the time they were known.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::citation::{Certainty, Citation};
use crate::generated::belgium;
use crate::rule::RuleId;

/// One version of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RuleVersion {
    /// Which rule.
    pub id: RuleId,
    /// How sure the rule is. An unverified version is never decided on.
    pub certainty: Certainty,
    /// First day of the facts it governs; absent when the start is not known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub from: Option<NaiveDate>,
    /// First day of the facts it no longer governs.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub to: Option<NaiveDate>,
    /// First day on which the law was known to be so.
    pub known_from: NaiveDate,
    /// First day on which it was known to be otherwise.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub known_to: Option<NaiveDate>,
    /// What a reader should know beside the rule.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub note: Option<Cow<'static, str>>,
    /// Where it is written.
    pub citations: Vec<Citation>,
    /// Its numbers; each name carries the unit.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeMap::is_empty")
    )]
    pub quantities: BTreeMap<Cow<'static, str>, i64>,
}

impl RuleVersion {
    /// Returns a number of the rule by its name, such as `months`.
    pub fn quantity(&self, name: &str) -> Option<i64> {
        self.quantities.get(name).copied()
    }

    /// Returns a number of the rule as a length of time, when there is one and it is sensible.
    pub fn count(&self, name: &str) -> Option<u32> {
        self.quantity(name)
            .and_then(|value| u32::try_from(value).ok())
    }

    /// Returns a day written as the number year, month, day.
    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        let value = self.count(name)?;
        NaiveDate::from_ymd_opt(
            i32::try_from(value / 10_000).ok()?,
            value / 100 % 100,
            value % 100,
        )
    }

    /// Returns whether this version governs facts of a day.
    pub fn governs(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    /// Returns whether this version was the known law on a day.
    pub fn known_on(&self, day: NaiveDate) -> bool {
        self.known_from <= day && self.known_to.is_none_or(|to| day < to)
    }
}

/// A release of the law: every version of every rule.
///
/// With the feature `serde` it can be read from TOML or JSON; the crate's own release is
/// `law/belgium.toml`.
///
/// ```
/// use kabat_compliance::{Law, RuleId};
/// let law = Law::belgium();
/// let book = law.as_known_on(None);
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 31).ok_or("no such day")?;
/// let rule = book.version(RuleId::CamRet1m, day).ok_or("not in force")?;
/// assert_eq!(rule.quantity("months"), Some(1));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "LawForm"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Law {
    release: Cow<'static, str>,
    #[cfg_attr(feature = "serde", serde(rename = "rule"))]
    rules: Vec<RuleVersion>,
}

/// A release of the law contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LawError {
    /// A version ends before it starts.
    #[error("version {index} of the rule `{id}` ends before it starts")]
    Backwards {
        /// The rule.
        id: RuleId,
        /// Place in the list of rules, from zero.
        index: usize,
    },
    /// Two versions govern the same facts at the same state of knowledge.
    #[error("versions {first} and {second} of the rule `{id}` govern the same days")]
    Overlap {
        /// The rule.
        id: RuleId,
        /// Place of the one, from zero.
        first: usize,
        /// Place of the other, from zero.
        second: usize,
    },
    /// A version names no source.
    #[error("version {index} of the rule `{id}` cites nothing")]
    Uncited {
        /// The rule.
        id: RuleId,
        /// Place in the list of rules, from zero.
        index: usize,
    },
}

#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct LawForm {
    release: String,
    rule: Vec<RuleVersion>,
}

#[cfg(feature = "serde")]
impl TryFrom<LawForm> for Law {
    type Error = LawError;

    fn try_from(form: LawForm) -> Result<Self, LawError> {
        Self::new(form.release.into(), form.rule)
    }
}

impl Law {
    /// Checks a release and takes it.
    ///
    /// # Errors
    /// When a version ends before it starts, cites nothing, or two versions overlap in both times.
    pub fn new(release: Cow<'static, str>, rules: Vec<RuleVersion>) -> Result<Self, LawError> {
        for (index, rule) in rules.iter().enumerate() {
            let backwards = matches!((rule.from, rule.to), (Some(from), Some(to)) if to <= from)
                || rule.known_to.is_some_and(|to| to <= rule.known_from);
            if backwards {
                return Err(LawError::Backwards { id: rule.id, index });
            }
            if rule.citations.is_empty() {
                return Err(LawError::Uncited { id: rule.id, index });
            }
            for (second, other) in rules.iter().enumerate().skip(index + 1) {
                let facts = rule
                    .to
                    .is_none_or(|to| other.from.is_none_or(|from| from < to))
                    && other
                        .to
                        .is_none_or(|to| rule.from.is_none_or(|from| from < to));
                let knowledge = rule.known_to.is_none_or(|to| other.known_from < to)
                    && other.known_to.is_none_or(|to| rule.known_from < to);
                if rule.id == other.id && facts && knowledge {
                    return Err(LawError::Overlap {
                        id: rule.id,
                        first: index,
                        second,
                    });
                }
            }
        }
        Ok(Self { release, rules })
    }

    /// Returns the release of Belgian law that comes with the crate.
    pub fn belgium() -> Self {
        Self {
            release: Cow::Borrowed(belgium::RELEASE),
            rules: belgium::rules(),
        }
    }

    /// Returns the name of the release.
    pub fn release(&self) -> &str {
        &self.release
    }

    /// Returns every version of every rule, in the order of the release.
    pub fn rules(&self) -> &[RuleVersion] {
        &self.rules
    }

    /// Returns the law as it was known on a day, or as it is known by the release.
    pub fn as_known_on(&self, day: Option<NaiveDate>) -> Rulebook {
        let mut versions: Vec<Vec<RuleVersion>> = RuleId::ALL.iter().map(|_| Vec::new()).collect();
        for rule in &self.rules {
            if day.map_or(rule.known_to.is_none(), |day| rule.known_on(day))
                && let Some(list) = versions.get_mut(rule.id as usize)
            {
                list.push(rule.clone());
            }
        }
        for list in &mut versions {
            list.sort_by_key(|rule| core::cmp::Reverse(rule.from));
        }
        Rulebook {
            release: self.release.clone(),
            versions,
        }
    }

    /// Returns the SHA-256 of the release over a fixed byte form: the same law gives the same hash,
    /// whatever file format it came in.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        let mut text = |text: &str| {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        };
        let day =
            |day: Option<NaiveDate>| day.map_or_else(String::new, |day| alloc::format!("{day}"));
        text("kabat law 1");
        text(&self.release);
        for rule in &self.rules {
            text(rule.id.code());
            text(rule.certainty.code());
            text(&day(rule.from));
            text(&day(rule.to));
            text(&day(Some(rule.known_from)));
            text(&day(rule.known_to));
            text(rule.note.as_deref().unwrap_or_default());
            text(&alloc::format!("{}", rule.citations.len()));
            for citation in &rule.citations {
                text(&citation.act);
                text(&citation.article);
                text(citation.article_certainty.code());
            }
            text(&alloc::format!("{}", rule.quantities.len()));
            for (name, value) in &rule.quantities {
                text(name);
                text(&alloc::format!("{value}"));
            }
        }
        hasher.finalize().into()
    }
}

/// The law at one state of knowledge, indexed for lookups.
#[derive(Debug, Clone)]
pub struct Rulebook {
    release: Cow<'static, str>,
    versions: Vec<Vec<RuleVersion>>,
}

impl Rulebook {
    /// Returns the name of the release it was made from.
    pub fn release(&self) -> &str {
        &self.release
    }

    /// Returns the version of a rule that governs facts of a day.
    pub fn version(&self, id: RuleId, day: NaiveDate) -> Option<&RuleVersion> {
        self.versions
            .get(id as usize)?
            .iter()
            .find(|rule| rule.governs(day))
    }

    /// Returns the latest version of a rule, for questions in which no date plays a part.
    pub fn latest(&self, id: RuleId) -> Option<&RuleVersion> {
        self.versions.get(id as usize)?.first()
    }
}
