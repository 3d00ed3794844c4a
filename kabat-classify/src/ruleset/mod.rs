//! Documents merged, checked and compiled.

mod compiler;
mod literals;
mod merge;

use std::collections::BTreeMap;
use std::sync::Arc;

use kabat_core::{DisciplineSet, Priority, Requirement};

use crate::document::{Family, Policy, RuleSetDocument, ScopeKind, Texts};
use crate::lexicon::Lexicon;
use crate::names::{Literal, Names};
use crate::points::Points;
use crate::text::WordMap;
use crate::{RuleSetError, RuleSetRef};

pub(crate) use literals::Asked;
pub(crate) use merge::absorb;

#[derive(Debug, Clone, Default)]
pub(crate) struct Action {
    pub(crate) type_id: Option<u32>,
    pub(crate) facts: Vec<(u32, u8)>,
    pub(crate) priority: Option<Priority>,
    pub(crate) disciplines: DisciplineSet,
    pub(crate) without: DisciplineSet,
    pub(crate) severity: Option<u8>,
    pub(crate) means: Vec<Requirement>,
    pub(crate) mip: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) all: Vec<u32>,
    pub(crate) any: Vec<Vec<u32>>,
    pub(crate) none: Vec<u32>,
    pub(crate) score: i32,
    pub(crate) uncertain: bool,
    pub(crate) then: Action,
    pub(crate) source: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct IncidentType {
    pub(crate) code: Arc<str>,
    pub(crate) category: Arc<str>,
    pub(crate) disciplines: DisciplineSet,
    pub(crate) priority: Option<Priority>,
    pub(crate) means: Vec<Requirement>,
    pub(crate) default_rule: Arc<str>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Concept {
    pub(crate) name: Arc<str>,
    pub(crate) timeless: bool,
    pub(crate) unnegatable: bool,
    pub(crate) beside: bool,
    pub(crate) implies: Vec<u32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) kind: ScopeKind,
    pub(crate) before: u32,
    pub(crate) after: u32,
}

/// Rules of a family, found by what they ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct FamilyIndex {
    pub(crate) by_literal: Vec<Vec<u32>>,
    pub(crate) always: Vec<u32>,
}

/// A question that the rule set can ask, and the rules that its most dangerous answer could make fire.
#[derive(Debug, Clone)]
pub(crate) struct OpenQuestion {
    pub(crate) fact: u32,
    pub(crate) name: Arc<str>,
    pub(crate) literal: u32,
    pub(crate) ask: Texts,
    pub(crate) rules: Vec<u32>,
}

/// A rule set, ready to be used by a [`Classifier`](crate::Classifier).
///
/// ```
/// use kabat_classify::{RuleSet, RuleSetDocument};
/// let base = RuleSet::base();
/// assert_eq!(base.reference().id, "be.kabat.base");
/// let vendor = RuleSetDocument::from_toml(r#"
/// [ruleset]
/// id = "acme.zone"
/// version = "1.0.0"
/// valid_from = "2026-12-01"
/// extends = ["be.kabat.base"]
/// [[rule]]
/// id = "acme.chimney"
/// family = "means"
/// all = ["type=fire.chimney"]
/// then = { means = ["ladder"] }
/// "#)?;
/// let set = RuleSet::extend_base([vendor])?;
/// assert_ne!(set.reference().hash, base.reference().hash);
/// # Ok::<(), kabat_classify::RuleSetError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub(crate) reference: Arc<RuleSetRef>,
    pub(crate) document: Arc<RuleSetDocument>,
    pub(crate) concepts: Vec<Concept>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) roles: Vec<Arc<str>>,
    pub(crate) names: Names,
    pub(crate) types: Vec<IncidentType>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) families: Vec<FamilyIndex>,
    pub(crate) policies: [Policy; 9],
    pub(crate) literals: Vec<Literal>,
    pub(crate) literal_names: Vec<Box<str>>,
    pub(crate) asked: Asked,
    pub(crate) questions: Vec<OpenQuestion>,
    /// Per concept: literal of asserted, denied, past, said.
    pub(crate) concept_literals: Vec<[u32; 4]>,
    /// Per fact and value.
    pub(crate) fact_literals: BTreeMap<(u32, u8), u32>,
    pub(crate) type_literals: Vec<u32>,
    pub(crate) lexicon: Lexicon,
    pub(crate) numbers: WordMap<Box<str>, u32>,
    pub(crate) points: Option<Points>,
    pub(crate) overridden: Vec<Arc<str>>,
    pub(crate) set_names: Vec<String>,
    pub(crate) answer_rule: Arc<str>,
    pub(crate) victims_name: Arc<str>,
    pub(crate) points_name: Arc<str>,
    terms: usize,
}

const NONE: u32 = u32::MAX;

const BASE: [(&str, &str); 10] = [
    ("core.toml", include_str!("../../rules/base/core.toml")),
    (
        "medical.toml",
        include_str!("../../rules/base/medical.toml"),
    ),
    ("fire.toml", include_str!("../../rules/base/fire.toml")),
    (
        "traffic.toml",
        include_str!("../../rules/base/traffic.toml"),
    ),
    ("police.toml", include_str!("../../rules/base/police.toml")),
    (
        "service.toml",
        include_str!("../../rules/base/service.toml"),
    ),
    ("decide.toml", include_str!("../../rules/base/decide.toml")),
    ("danger.toml", include_str!("../../rules/base/danger.toml")),
    ("types.toml", include_str!("../../rules/base/types.toml")),
    ("points.toml", include_str!("../../rules/base/points.toml")),
];

impl RuleSet {
    /// Returns the files of the embedded base set: name and TOML text.
    pub const fn base_files() -> &'static [(&'static str, &'static str)] {
        &BASE
    }

    /// Returns the documents of the embedded base set.
    ///
    /// # Errors
    /// None in a released version: the files are compiled in and every test reads them.
    pub fn base_documents() -> Result<Vec<RuleSetDocument>, RuleSetError> {
        BASE.iter()
            .map(|(_, text)| RuleSetDocument::from_toml(text))
            .collect()
    }

    /// Returns the embedded base set for Belgium.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the files are compiled in, and no test passes when they do not compile"
    )]
    pub fn base() -> Self {
        Self::extend_base([]).expect("the embedded rule set compiles")
    }

    /// Returns the base set with further documents on top.
    ///
    /// # Errors
    /// [`RuleSetError`] when a document does not fit.
    pub fn extend_base(
        documents: impl IntoIterator<Item = RuleSetDocument>,
    ) -> Result<Self, RuleSetError> {
        let mut all = Self::base_documents()?;
        all.extend(documents);
        Self::compile(&all)
    }

    /// Compiles documents; later ones may extend earlier ones or override their rules by id.
    ///
    /// # Errors
    /// [`RuleSetError`] when a name is not defined, a rule is there twice, or a term cannot be read.
    pub fn compile(documents: &[RuleSetDocument]) -> Result<Self, RuleSetError> {
        compiler::compile(merge::merge(documents)?)
    }

    /// Returns id, version and hash.
    pub fn reference(&self) -> &RuleSetRef {
        &self.reference
    }

    /// Returns the merged document that was compiled.
    pub fn document(&self) -> &RuleSetDocument {
        &self.document
    }

    /// Returns how many rules there are, with those that concepts and types stand for.
    pub fn rule_count(&self) -> usize {
        self.rules.len() + self.types.len()
    }

    /// Returns how many terms there are.
    pub fn term_count(&self) -> usize {
        self.terms
    }

    /// Returns the codes of all types.
    pub fn type_codes(&self) -> impl Iterator<Item = &str> {
        self.types.iter().map(|t| &*t.code)
    }

    pub(crate) fn policy(&self, family: Family) -> Policy {
        self.policies
            .get(family as usize)
            .copied()
            .unwrap_or(family.default_policy())
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
