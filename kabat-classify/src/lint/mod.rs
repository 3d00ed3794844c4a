//! Faults that do not stop a rule set but make it worse, and those that do, each with its place.

mod conditions;
mod context;
mod references;
mod solver;
mod structure;
mod vocabulary;

use crate::source::{Place, RuleFile};

/// Something that the linter found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The rule, concept, type, fact or trigger, or the part of it that is at fault.
    pub place: Place,
    /// Kind of fault.
    pub kind: FindingKind,
    /// Name of the rule, concept, type, fact or trigger.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Other places that it is about.
    pub related: Vec<Related>,
}

/// Another place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What it has to do with it.
    pub note: String,
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum FindingKind {
    /// A rule asks and does the same as another, or its id is taken.
    Duplicate,
    /// Two rules hold in the same cases and do the same, written differently.
    Equivalent,
    /// A rule adds nothing to another that holds wherever it does.
    Subsumed,
    /// A rule can never hold, or never decide.
    Unreachable,
    /// Two rules say opposite things about the same case and nothing but their order decides.
    Contradictory,
    /// A type lacks priority, means or a rule that chooses it.
    Incomplete,
    /// A thing follows from itself.
    Cyclic,
    /// A text or a vocabulary is there in some of the four languages only.
    MissingTranslation,
    /// A name is used that nothing defines.
    UnknownName,
    /// A word means one thing in one language and another in the next.
    LexiconCollision,
    /// A trigger reaches no word, or a language has no word for "no".
    TriggerWithoutScope,
    /// A rule of urgency that a denied concept can fire.
    UrgentOnDenied,
    /// Something is written that has no effect.
    NoEffect,
    /// A term cannot be read.
    InvalidTerm,
    /// An accepted finding that is not there, or that has no reason.
    StaleAcceptance,
    /// A question that bounded search gave up on.
    NotDecided,
}

impl FindingKind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Duplicate,
        Self::Equivalent,
        Self::Subsumed,
        Self::Unreachable,
        Self::Contradictory,
        Self::Incomplete,
        Self::Cyclic,
        Self::MissingTranslation,
        Self::UnknownName,
        Self::LexiconCollision,
        Self::TriggerWithoutScope,
        Self::UrgentOnDenied,
        Self::NoEffect,
        Self::InvalidTerm,
        Self::StaleAcceptance,
        Self::NotDecided,
    ];

    /// Returns the fixed code, as used in `accepts`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Equivalent => "equivalent",
            Self::Subsumed => "subsumed",
            Self::Unreachable => "unreachable",
            Self::Contradictory => "contradictory",
            Self::Incomplete => "incomplete",
            Self::Cyclic => "cyclic",
            Self::MissingTranslation => "missing_translation",
            Self::UnknownName => "unknown_name",
            Self::LexiconCollision => "lexicon_collision",
            Self::TriggerWithoutScope => "trigger_without_scope",
            Self::UrgentOnDenied => "urgent_on_denied",
            Self::NoEffect => "no_effect",
            Self::InvalidTerm => "invalid_term",
            Self::StaleAcceptance => "stale_acceptance",
            Self::NotDecided => "not_decided",
        }
    }
}

/// Checks rule files, merged in the order given; the later may extend or override the earlier.
///
/// Whether a rule can hold, follows from another or overlaps it is decided exactly over the finite domain of concepts, facts,
/// numbers between the thresholds in use, structured input, and results of earlier stages, each pair of rules by itself. Facts
/// count as independent, but for those that a concept brings with it. Where the search gives up, the finding says
/// [`FindingKind::NotDecided`]. Points are weighed after the rules and are no part of this; their names are checked.
///
/// ```
/// use kabat_classify::{RuleFile, lint};
/// assert!(lint(&RuleFile::base()?).is_empty());
/// # Ok::<(), kabat_classify::RuleSetError>(())
/// ```
pub fn lint(files: &[RuleFile]) -> Vec<Finding> {
    let mut context = context::Context::new(files);
    references::check(&mut context);
    structure::check(&mut context);
    vocabulary::check(&mut context);
    conditions::check(&mut context);
    context.finish()
}
