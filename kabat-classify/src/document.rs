//! The rule file: what TOML and JSON both deserialise to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::RuleSetError;

/// A rule file as written: data only, no scripts.
///
/// Terms are comma-separated. In a term, words follow each other; `*` at an end of a word stands for any letters,
/// `|` separates words of which one is enough, `?` after a word makes it optional, and `..` between words allows up to
/// three others. Case and accents do not matter.
///
/// ```
/// use kabat_classify::RuleSetDocument;
/// let document = RuleSetDocument::from_toml(r#"
/// [ruleset]
/// id = "acme.zone"
/// version = "1.0.0"
/// valid_from = "2026-12-01"
/// [concept.drone]
/// nl = "drone*"
/// "#)?;
/// assert_eq!(document.ruleset.id, "acme.zone");
/// # Ok::<(), kabat_classify::RuleSetError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSetDocument {
    /// Who and which version.
    pub ruleset: RuleSetHeader,
    /// How conflicts between rules of a family are settled.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub policy: BTreeMap<Family, Policy>,
    /// Facts with a closed list of values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fact: BTreeMap<String, FactDocument>,
    /// Concepts and the terms that express them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub concept: BTreeMap<String, ConceptDocument>,
    /// Incident types.
    #[serde(default, rename = "type", skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, TypeDocument>,
    /// Rules.
    #[serde(default, rename = "rule", skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleDocument>,
    /// How much each concept speaks for each type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<PointsDocument>,
    /// Words that deny, or move to the past, a condition or another person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<ScopeDocument>,
    /// Ordinary words per language: votes for the language, and never corrected to something else.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
    /// Number words per language, as `word=value`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, String>,
    /// What a number counts, per role (`age`, `victims`, `injured`, `severe`, `persons`, `months`, `other`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub counted: BTreeMap<String, String>,
}

/// Head of a rule file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSetHeader {
    /// Reverse-domain name; files with the same id belong together.
    pub id: String,
    /// Version of the file.
    pub version: String,
    /// First day of validity, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Ids of the sets that this one extends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<String>,
}

/// Stage of the decision; stages run in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Family {
    /// What is known: sets facts.
    Facts,
    /// What kind of incident it is.
    Type,
    /// Facts that a type plainly implies.
    Derived,
    /// Where the priority starts.
    Priority,
    /// What makes it more urgent; never less.
    Urgency,
    /// Floors that nothing may go under, and large-scale plans.
    Guards,
    /// Who must be alerted.
    Disciplines,
    /// Belgian severity level of medical help.
    Severity,
    /// What must be sent.
    Means,
}

impl Family {
    /// Every family, in the order in which they run.
    pub const ALL: [Self; 9] = [
        Self::Facts,
        Self::Type,
        Self::Derived,
        Self::Priority,
        Self::Urgency,
        Self::Guards,
        Self::Disciplines,
        Self::Severity,
        Self::Means,
    ];

    /// Returns the code used in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Type => "type",
            Self::Derived => "derived",
            Self::Priority => "priority",
            Self::Urgency => "urgency",
            Self::Disciplines => "disciplines",
            Self::Severity => "severity",
            Self::Means => "means",
            Self::Guards => "guards",
        }
    }

    /// Returns whether a policy can settle the conflicts of the family.
    pub const fn allows(self, policy: Policy) -> bool {
        match policy {
            Policy::HighestScore | Policy::FirstHit => true,
            Policy::MostUrgent => matches!(
                self,
                Self::Type | Self::Priority | Self::Urgency | Self::Guards | Self::Severity
            ),
            Policy::MostDangerous => matches!(self, Self::Facts | Self::Derived),
            Policy::Union => matches!(self, Self::Disciplines | Self::Means),
        }
    }

    /// Returns the policy that the family has when the file declares none.
    pub const fn default_policy(self) -> Policy {
        match self {
            Self::Facts | Self::Derived => Policy::MostDangerous,
            Self::Type | Self::Priority | Self::Severity => Policy::HighestScore,
            Self::Urgency | Self::Guards => Policy::MostUrgent,
            Self::Disciplines | Self::Means => Policy::Union,
        }
    }
}

/// How a conflict between rules that fired is settled. Ties go to the smaller rule id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Policy {
    /// The rule with the highest score decides; the others lose.
    HighestScore,
    /// The rule that stands first in the files decides; the others lose.
    FirstHit,
    /// The most urgent result stands.
    MostUrgent,
    /// The most dangerous value of a fact stands, in the order of its list.
    MostDangerous,
    /// All results are taken together.
    Union,
}

impl Policy {
    /// Returns the code used in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HighestScore => "highest_score",
            Self::FirstHit => "first_hit",
            Self::MostUrgent => "most_urgent",
            Self::MostDangerous => "most_dangerous",
            Self::Union => "union",
        }
    }
}

/// A fact with a closed list of values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FactDocument {
    /// Values, the least dangerous first.
    pub values: Vec<String>,
    /// The question that would settle it, in four languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<Texts>,
}

/// The same text in four languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Dutch.
    #[serde(default)]
    pub nl: String,
    /// French.
    #[serde(default)]
    pub fr: String,
    /// German.
    #[serde(default)]
    pub de: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

/// A concept and its terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ConceptDocument {
    /// Dutch terms, comma-separated.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nl: String,
    /// French terms.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fr: String,
    /// German terms.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub de: String,
    /// English terms.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// Terms that are the same in all languages.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub any: String,
    /// Facts that hold when the concept is asserted, as `fact=value`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<String>,
    /// Facts that hold when the concept is denied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<String>,
    /// Concepts that hold as well when this one is asserted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub implies: Vec<String>,
    /// A mark of the past does not take the concept away (a theft of yesterday is a theft).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub timeless: bool,
    /// A denial does not turn the concept around (it is spoken of).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unnegatable: bool,
    /// Its terms of several words tell a circumstance ("found broken open") and leave the single words in them to other concepts.
    /// Without it a longer term takes its words along: "fit over" is no fit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub beside: bool,
    /// Findings of the linter that are meant so, each with its reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<AcceptDocument>,
}

/// An incident type.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TypeDocument {
    /// Name in four languages.
    pub label: Texts,
    /// Disciplines alerted when no rule says otherwise.
    #[serde(default)]
    pub disciplines: Vec<String>,
    /// Priority when no rule says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Belgian medical protocol numbers that map to this type, the usual one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<String>,
    /// EMSI event category.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub emsi: String,
    /// French inter-service codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cisu: Vec<String>,
    /// Means for the type, beside those of the severity level: alternatives separated by `>`, needs by `+`.
    #[serde(default)]
    pub means: Vec<String>,
    /// The type sends nobody: it may stay without means.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_means: bool,
}

/// A rule: when all of `all`, one of each `any` list and none of `none` hold, do `then`.
///
/// A literal is a concept (`smoke`), `denied:smoke`, `past:smoke`, `said:smoke` (in whatever way), `fact=value`,
/// `victims>=5`, `input.source=anpr`, `type=fire.building`, `category=fire`, `priority<=2`, `severity=1`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleDocument {
    /// Unique name.
    pub id: String,
    /// Stage; `None` only in the default value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// All of these must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// One of these must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// One of these must hold too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any2: Vec<String>,
    /// None of these may hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
    /// Weight in families with policy `highest_score`.
    #[serde(default)]
    pub score: i32,
    /// What follows.
    pub then: ActionDocument,
    /// Reason in four languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Texts>,
    /// Where the rule comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The figures in the rule are not certain and may be overridden.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncertain: bool,
    /// Replaces the rule with the same id in a set named in `extends`.
    #[serde(
        default,
        rename = "override",
        skip_serializing_if = "std::ops::Not::not"
    )]
    pub overrides: bool,
    /// Switches the rule off (with `override`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// Findings of the linter that are meant so, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<AcceptDocument>,
}

/// A finding of the linter that is by design.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptDocument {
    /// Code of the finding, such as `contradictory`.
    pub finding: String,
    /// The other rule or concept that it is about; without it, every one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with: String,
    /// Why it is meant so.
    pub reason: String,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ActionDocument {
    /// Chooses the type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_code: Option<String>,
    /// Sets facts, as `fact=value`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// Sets or raises the priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Adds disciplines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disciplines: Vec<String>,
    /// Leaves disciplines of the type's default out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// Sets the Belgian severity level, 1 to 8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<u8>,
    /// Adds means: alternatives separated by `>`, needs by `+`, counts in front (`2 ambulance + mug > pit`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<String>,
    /// Says that the medical intervention plan applies.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mip: bool,
}

/// Points: how much each concept speaks for each type, in hundredths of the natural logarithm of odds.
///
/// They are added up over everything that a note asserts or denies. The type with the most stands in the place of the one that
/// the rules chose when it is more than `keep` ahead of it; a rule that asks for structured input stands, and so do rules of sets
/// that are loaded on top. They weigh only where the policy of the types is `highest_score`. Points of a
/// later file replace those of an earlier one whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PointsDocument {
    /// What the type that the rules chose has in advance.
    pub keep: i16,
    /// What the asserted concepts must add to a type when no rule spoke for any; with less the type stays unknown.
    pub alone: i16,
    /// What a type that sends nobody needs more, to take the place of one that sends somebody.
    pub call_off: i16,
    /// Who a type needs that is no more than so many points behind the first is alerted too, where the chosen type needs anybody
    /// and no rule leaves them out; 0: nobody.
    pub close: i16,
    /// What each type begins with; a type that is not here is never chosen by points, nor given up for one.
    pub start: BTreeMap<String, i16>,
    /// Per concept that the note asserts: points per type.
    pub asserted: BTreeMap<String, BTreeMap<String, i16>>,
    /// Per concept that the note denies, and nowhere asserts: points per type.
    pub denied: BTreeMap<String, BTreeMap<String, i16>>,
    /// What makes it more urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<UrgencyPointsDocument>,
}

/// Points of urgency: where a type begins, and what each concept that the note asserts adds. They only ever raise the priority, and
/// not one that a rule of a set on top chose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct UrgencyPointsDocument {
    /// Above how many points the priority is at least 1, 2 and 3.
    pub above: [i16; 3],
    /// How many points more it takes where a rule of family `priority` chose the priority.
    pub over_rule: i16,
    /// What each type begins with.
    pub start: BTreeMap<String, i16>,
    /// What each concept adds.
    pub asserted: BTreeMap<String, i16>,
}

/// Words that change how concepts near them are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScopeDocument {
    /// Language code.
    pub lang: String,
    /// What the words do.
    pub kind: ScopeKind,
    /// The words, as terms.
    pub terms: String,
    /// How many words before them are reached.
    #[serde(default)]
    pub before: u8,
    /// How many words after them are reached.
    #[serde(default)]
    pub after: u8,
}

/// What a scope trigger does to the concepts it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ScopeKind {
    /// Denies.
    Denied,
    /// Moves to the past.
    Past,
    /// Makes it a condition or a fear.
    Hypothetical,
    /// Moves to another person.
    Other,
    /// Ends the reach of a trigger before it ("but").
    Stop,
}

impl RuleSetDocument {
    /// Reads a rule file in TOML.
    ///
    /// # Errors
    /// [`RuleSetError::Syntax`] with the place in the file.
    pub fn from_toml(text: &str) -> Result<Self, RuleSetError> {
        toml::from_str(text).map_err(|error| RuleSetError::Syntax {
            at: error.span().map(|span| span.start),
            message: error.message().to_lowercase(),
        })
    }

    /// Reads a rule file in JSON; the same fields with the same meaning.
    ///
    /// # Errors
    /// [`RuleSetError::Syntax`] with the place in the file.
    pub fn from_json(text: &str) -> Result<Self, RuleSetError> {
        serde_json::from_str(text).map_err(|error| RuleSetError::Syntax {
            at: text
                .split_inclusive('\n')
                .take(error.line().saturating_sub(1))
                .map(str::len)
                .sum::<usize>()
                .checked_add(error.column().saturating_sub(1)),
            message: error.to_string().to_lowercase(),
        })
    }
}
