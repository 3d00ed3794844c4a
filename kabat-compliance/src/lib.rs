//! Belgian camera law, police-data access and GDPR/NIS2 clocks as cited, dated rules.
//!
//! ```
//! use kabat_compliance::{Camera, CameraFacts, Compliance, Controller, RuleId, Stated};
//!
//! let law = Compliance::belgium();
//! let camera = CameraFacts {
//!     controller: Controller::PrivateCompany,
//!     camera: Camera::Fixed,
//!     special_risk_place: Stated::Nothing,
//!     anpr_database: false,
//! };
//! // One month is not thirty days: what is recorded on 31 January ends on 28 February.
//! let recorded = chrono::DateTime::parse_from_rfc3339("2026-01-31T10:00:00+01:00")?;
//! let decision = law.retention(&camera, &recorded);
//! assert_eq!(decision.rule(), Some(RuleId::CamRet1m));
//! assert_eq!(decision.erase_by().map(|at| at.to_rfc3339()).as_deref(), Some("2026-02-28T10:00:00+01:00"));
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
//! # What it covers
//!
//! - [`Compliance::answer`]: the questions of [`QUESTIONS`], from [`Facts`] to an [`Answer`] with the rule, its sources and
//!   their certainty, the reasons, and the facts that were missing. What is not allowed is denied; what is not
//!   known is undetermined, and undetermined is not allowed.
//! - [`Compliance::retention`] and the faster [`Compliance::retention_deadline`]: until when a recording may be kept.
//! - [`Law`]: the rules as data, with the days they govern and the days they were known; [`deadline_shifts`] shows
//!   whose deadlines a change moves.
//! - [`ErasurePlanner`]: what of an archive is to be erased now and in the coming hours, resumable, with a tally.
//! - [`Clearance`]: who may see data of an investigation. [`AuditLog`]: a log in which every change shows.
//! - [`processing_register`], [`dpia_skeleton`], [`declaration_sheet`], [`astrid_checklist`]: drafts with their gaps.
//!
//! | in the acts | here |
//! |---|---|
//! | *niet-besloten plaats*, *lieu ouvert* | [`Place::Open`] |
//! | *voor het publiek toegankelijke besloten plaats*, *lieu fermé accessible au public* | [`Place::ClosedPublic`] |
//! | *niet voor het publiek toegankelijke besloten plaats*, *lieu fermé non accessible au public* | [`Place::ClosedPrivate`] |
//! | *verwerkingsverantwoordelijke*, *responsable du traitement*, *Verantwortlicher* | [`Controller`] |
//! | *bewaartermijn*, *délai de conservation*, *Speicherfrist* | [`RetentionTerm`], [`Deadline`] |
//!
//! # Periods
//!
//! A period of months keeps the wall clock of Brussels; a day that does not exist becomes the last of the month; of
//! a skipped or repeated hour the earlier instant counts. The one-month rule also has the product's ceiling of
//! thirty civil days, and [`Deadline::erase_by`] is the earlier of the two. It is not monotone: a recording of
//! 31 January 10:00 ends before one of 30 January 23:00, so an archive is not erased first in, first out. Hours of the
//! notification clocks are elapsed hours and never rolled over a weekend.
//!
//! # What it does not do
//!
//! It gives no legal advice and no verdict on an organisation. It does not know rules whose content was not
//! verified: those of rescue zones since 2024, the fines after the new Penal Code, the full list of places of
//! special risk. The dates on which an act was known are those of the act where its publication was not read.
//! Whether a legal basis that is given holds is for a person. It reads no clock and no file.
//!
//! # Features
//!
//! `std` (default), `serde`, `schemars` (implies `serde`), `arbitrary`; the last two need `std`. Without `std` the crate needs `alloc`.
//!
//! # Minimum Rust version
//!
//! 1.89; raising it is a minor release.
//!
//! # Sources
//!
//! Law of 21 March 2007 (Camera Act), law of 5 August
//! 1992 (Police Function Act), royal decrees of 10 February 2008, 8 May 2018, 6 December 2018 and 22 May 2019, Regulation
//! (EU) 2016/679, Directive (EU) 2016/680, law of 26 April 2024 (NIS2), collective agreement no. 68, Regulation 1182/71,
//! royal decree of 28 November 2006. Each rule cites its own in `law/belgium.toml`, state of knowledge November 2026.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]

extern crate alloc;
#[cfg(any(feature = "std", feature = "arbitrary"))]
extern crate std;

mod audit;
mod brussels;
mod camera_act;
mod citation;
mod codes;
mod conditions;
mod cyber;
mod data_protection;
mod decision;
mod documents;
mod engine;
mod facts;
mod generated;
mod law;
mod law_diff;
mod need_to_know;
mod period;
mod planner;
mod police_access;
mod procurement;
mod question;
mod regime;
mod retention;
mod rule;
mod threat;
mod window;
mod workplace;

pub use audit::{
    AuditEntry, AuditError, AuditFault, AuditLog, AuditReport, Checkpoint, verify_audit_log,
};
pub use brussels::Brussels;
pub use chrono;
pub use citation::{Certainty, Citation};
pub use codes::{
    Buyer, Camera, CameraFeature, Contract, Controller, CyberLevel, DeclaredTo, Entity,
    LivePurpose, MobilePurpose, Place, PoliceMission, RequestedAction, Requester, Risk, Sign,
    SpecialRiskPlace, WorkPurpose,
};
pub use decision::{Answer, Reason, Value};
pub use documents::{
    Document, Section, astrid_checklist, declaration_sheet, dpia_skeleton, processing_register,
};
pub use engine::Compliance;
pub use facts::{Facts, Moment, Stated};
pub use law::{Law, LawError, RuleVersion, Rulebook};
pub use law_diff::{DeadlineShift, RuleChange, deadline_shifts};
pub use need_to_know::{
    AccessDecision, AccessRequest, Classification, Clearance, InvestigationPurpose,
    InvestigationRole, ceiling,
};
pub use period::{
    Deadline, PeriodError, hours_after, is_public_holiday, months_after, working_day_from,
};
pub use planner::{
    ErasurePlanner, ParkCamera, PlanError, PlanProgress, PlannedErasure, Recording, SignedTally,
    Tally,
};
pub use question::{Case, QUESTIONS};
pub use regime::Regime;
pub use retention::{CameraFacts, NoTerm, RetentionDecision, RetentionTerm};
pub use rule::{RuleId, RuleIdError};
pub use window::{Hold, StorageWindow};
