//! Belgian camera law, police-data access and GDPR/NIS2 clocks as cited, dated rules.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]

extern crate alloc;

mod audit;
mod brussels;
mod camera_act;
mod citation;
mod codes;
mod conditions;
mod cyber;
mod data_protection;
mod decision;
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
