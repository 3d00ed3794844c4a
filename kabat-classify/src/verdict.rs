//! What comes out.

use std::sync::Arc;

use kabat_core::{
    DisciplineSet, FactCode, Facts, Language, Priority, Provenance, ResponsePlan, RuleSetRef, Truth,
};

/// A range of bytes in the note as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(clippy::exhaustive_structs, reason = "a range has two ends")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// Value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(untagged))]
#[non_exhaustive]
pub enum FactValue {
    /// Yes or no.
    Flag(bool),
    /// A count.
    Number(u32),
    /// One of the values of the fact's list.
    Code(Arc<str>),
}

/// Something that a note, its structured data or the kind of incident says. What is not in the list is unknown, which is not
/// "no".
///
/// It is wider than [`kabat_core::Fact`], whose value is yes, no or unknown: it also has counts (`victims`) and codes
/// (`breathing`, `weapon`), the words of the note that say so, and the rule that read them. [`NotedFact::to_core`] gives the
/// narrower form where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct NotedFact {
    /// Name: `conscious`, `breathing`, `victims`, …
    pub name: Arc<str>,
    /// Value.
    pub value: FactValue,
    /// How it is known.
    pub provenance: Provenance,
    /// The rule that set it.
    pub rule: Arc<str>,
    /// Where the note says so; empty for answers.
    pub spans: Vec<Span>,
}

/// The decision on a note.
///
/// ```
/// use kabat_classify::{Classifier, Note, RuleSet};
/// use kabat_core::Priority;
/// let classifier = Classifier::new(RuleSet::base());
/// let verdict = classifier.classify(&Note::new("man ademt niet meer"));
/// assert_eq!(verdict.type_code.as_deref(), Some("medical.cardiac_arrest"));
/// assert_eq!(verdict.priority, Some(Priority::P1));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Verdict {
    /// Type, `category.name`; none when neither rules nor points speak for one.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub type_code: Option<Arc<str>>,
    /// Category: the part of the type before the point.
    pub category: Option<Arc<str>>,
    /// Urgency; none when nothing is known.
    pub priority: Option<Priority>,
    /// Who must be alerted.
    pub disciplines: DisciplineSet,
    /// Belgian severity level of medical help, 1 to 8, where the rule set gives one.
    pub severity_be: Option<u8>,
    /// What must be sent, with fallbacks.
    pub plan: ResponsePlan,
    /// A threshold of the medical intervention plan is reached.
    pub mip: bool,
    /// What is known, by name.
    pub facts: Vec<NotedFact>,
    /// Language of the note; none when nothing speaks for one.
    pub language: Option<Language>,
    /// Score of the type minus score of the best other type; the score itself without another. Where points chose the type, how
    /// many points it is ahead of the next.
    pub margin: i32,
    /// Rules that decided, in order of their families, and `points` where points chose the type, raised the priority or
    /// alerted somebody.
    pub matched: Vec<Arc<str>>,
    /// The rule set that was used: id and version of the last set loaded, SHA-256 over the canonical JSON of all documents.
    pub rule_set: Arc<RuleSetRef>,
}

impl NotedFact {
    /// Returns whether it is so; unknown for counts and codes, which are neither.
    pub const fn truth(&self) -> Truth {
        match self.value {
            FactValue::Flag(true) => Truth::Yes,
            FactValue::Flag(false) => Truth::No,
            FactValue::Number(_) | FactValue::Code(_) => Truth::Unknown,
        }
    }

    /// Returns the fact as the incident model has it; none for counts and codes.
    ///
    /// ```
    /// use kabat_classify::{Classifier, Note, RuleSet};
    /// use kabat_core::Truth;
    /// let verdict = Classifier::new(RuleSet::base()).classify(&Note::new("schouwbrand, geen gewonden"));
    /// let injured = verdict.fact("injured").and_then(|fact| fact.to_core());
    /// assert_eq!(injured.map(|fact| fact.value), Some(Truth::No));
    /// ```
    pub fn to_core(&self) -> Option<kabat_core::Fact> {
        self.truth().known()?;
        let code = FactCode::new(self.name.to_string()).ok()?;
        Some(kabat_core::Fact::new(code, self.truth(), self.provenance))
    }
}

impl Verdict {
    /// Returns what is known as the incident model has it: the facts that are yes or no.
    pub fn to_core_facts(&self) -> Facts {
        let mut facts = Facts::new();
        for fact in self.facts.iter().filter_map(NotedFact::to_core) {
            facts.record(fact);
        }
        facts
    }

    /// Returns whether nothing could be said about the note.
    pub const fn is_unknown(&self) -> bool {
        self.type_code.is_none()
    }

    /// Returns a fact.
    pub fn fact(&self, name: &str) -> Option<&NotedFact> {
        self.facts.iter().find(|fact| &*fact.name == name)
    }
}
