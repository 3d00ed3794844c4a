//! Rule-based classification of emergency call notes in Dutch, French, German and English, with reasons.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod classifier;
mod count;
mod document;
mod error;
mod explain;
mod lexicon;
mod note;
mod ruleset;
mod scope;
mod text;
mod verdict;

pub use classifier::Classifier;
pub use document::{
    ActionDocument, ConceptDocument, FactDocument, Family, Policy, RuleDocument, RuleSetDocument,
    RuleSetHeader, ScopeDocument, ScopeKind, Texts, TypeDocument,
};
pub use error::RuleSetError;
pub use explain::Explanation;
pub use note::{CallInput, Note};
pub use ruleset::RuleSet;
pub use verdict::{Fact, FactValue, Provenance, RuleSetRef, Span, Verdict};
