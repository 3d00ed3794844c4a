//! Rule-based classification of emergency call notes in Dutch, French, German and English, with reasons.
//!
//! ```
//! use kabat_classify::{Classifier, Note, RuleSet};
//! let classifier = Classifier::new(RuleSet::base());
//! let explanation = classifier.explain(&Note::new("feu de cheminée, pas de blessés"));
//! assert_eq!(explanation.verdict.type_code.as_deref(), Some("fire.chimney"));
//! assert_eq!(explanation.trace_json()["priority"], 2);
//! ```
//!
//! # What it covers
//!
//! | step | here |
//! |---|---|
//! | a note, and the structured data beside it | [`Note`], [`CallInput`] |
//! | rules and vocabulary as TOML or JSON, extended or overridden by id | [`RuleSetDocument`], [`RuleSet`] |
//! | how much each concept speaks for each type, weighed beside the rules | [`PointsDocument`], [`UrgencyPointsDocument`] |
//! | the decision: type, priority, disciplines, means with fallbacks, facts with spans | [`Classifier`], [`Verdict`], [`NotedFact`] |
//! | why, why not, and what to ask | [`Explanation`] |
//! | faults in rule files | [`lint`], [`RuleFile`], [`Finding`] |
//! | event texts of the 112 centres, and codes of others | [`ProtocolCode`], [`MedicalProtocol`], [`CodeSystem`] |
//!
//! | Dutch | French | German | here |
//! |---|---|---|---|
//! | *ernstgraad* | *niveau de gravité* | *Schweregrad* | [`Verdict::severity_be`] |
//! | *middelen* | *moyens* | *Mittel* | [`Verdict::plan`] |
//! | *medisch interventieplan (MIP)* | *plan d'intervention médicale (PIM)* | | [`Verdict::mip`] |
//!
//! # What it does not do
//!
//! It must not triage real calls: its rules follow one author's label scheme and were scored on written notes, and on notes by
//! another hand it misses too many urgent ones (the README has the table).
//! The protocols of the Belgian manual are not in it, only their numbers and names. Severity levels and their means
//! come from counts of 2022 missions; they are marked uncertain and can be overridden by a rule file.
//!
//! # Features
//!
//! `std` (default), `serde`, `schemars` (implies `serde`), `arbitrary`; the last two need `std`. `rayon`: [`Classifier::classify_many`] over threads. Rust 1.89 or newer.
//!
//! # Sources
//!
//! Types, labels and conventions: the project's own list, with crosswalks to EMSI and the French inter-service codes (ansforge,
//! Apache-2.0). Severity levels and protocol names: open intervention data of the Brussels 112 centre, 2022. Vocabulary: own work.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod classifier;
mod count;
mod crosswalk;
mod decision;
mod document;
mod error;
mod explain;
mod grouped;
mod lexicon;
mod lint;
mod names;
mod note;
mod points;
mod protocol;
mod ruleset;
mod scope;
mod source;
mod statement;
mod table;
mod text;
mod trace;
mod verdict;

pub use classifier::Classifier;
pub use crosswalk::{CodeSystem, ListedCode};
pub use document::{
    AcceptDocument, ActionDocument, ConceptDocument, FactDocument, Family, PointsDocument, Policy,
    RuleDocument, RuleSetDocument, RuleSetHeader, ScopeDocument, ScopeKind, Texts, TypeDocument,
    UrgencyPointsDocument,
};
pub use error::RuleSetError;
pub use explain::Explanation;
pub use kabat_core::{Provenance, RuleSetRef};
pub use lint::{Finding, FindingKind, Related, lint};
pub use note::{CallInput, Note};
pub use protocol::{Certainty, MedicalProtocol, ProtocolCode, ProtocolCodeError};
pub use ruleset::RuleSet;
pub use source::{Place, RuleFile};
pub use verdict::{FactValue, NotedFact, Span, Verdict};
