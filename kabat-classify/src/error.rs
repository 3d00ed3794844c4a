//! Why a rule set cannot be used.

/// A fault in a rule file that stops it from being used. Faults that only make it worse are for the linter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleSetError {
    /// The file is not TOML or JSON of the expected form.
    #[error("rule file is not well formed: {message}")]
    Syntax {
        /// Byte offset in the file, where known.
        at: Option<usize>,
        /// What the parser found.
        message: String,
    },
    /// A rule has an id that is taken.
    #[error("rule `{rule}` is defined twice, without `override`")]
    Duplicate {
        /// The id.
        rule: String,
    },
    /// A rule overrides one that does not exist.
    #[error("rule `{rule}` overrides nothing")]
    OverridesNothing {
        /// The id.
        rule: String,
    },
    /// A rule has no family.
    #[error("rule `{rule}` has no family")]
    NoFamily {
        /// The id.
        rule: String,
    },
    /// A name is used that nothing defines.
    #[error("`{owner}` names {what} `{name}`, which is not defined")]
    Unknown {
        /// Who uses it: a rule, concept or type.
        owner: String,
        /// Kind of thing: concept, fact, type, value, discipline, capability, language, priority.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A term cannot be read.
    #[error("term `{term}` of `{owner}` is empty, too short or too wide")]
    Term {
        /// The concept or trigger.
        owner: String,
        /// The term.
        term: String,
    },
    /// A family is given a policy that cannot settle its conflicts.
    #[error("policy `{policy}` cannot settle the conflicts of family `{family}`")]
    Policy {
        /// Code of the family.
        family: &'static str,
        /// Code of the policy.
        policy: &'static str,
    },
    /// A rule file extends a set that was not given before it.
    #[error("rule set `{id}` extends `{missing}`, which is not loaded")]
    Extends {
        /// The set.
        id: String,
        /// What is missing.
        missing: String,
    },
    /// The set is larger than the engine allows.
    #[error("rule set has too many {what}: {count}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How many.
        count: usize,
    },
}

impl RuleSetError {
    /// Returns a fixed code for the fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::Duplicate { .. } => "duplicate",
            Self::OverridesNothing { .. } => "overrides_nothing",
            Self::NoFamily { .. } => "no_family",
            Self::Unknown { .. } => "unknown_name",
            Self::Term { .. } => "term",
            Self::Policy { .. } => "policy",
            Self::Extends { .. } => "extends",
            Self::TooLarge { .. } => "too_large",
        }
    }
}
