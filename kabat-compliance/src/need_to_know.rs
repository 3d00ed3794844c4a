//! Who may see data of a criminal investigation.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use chrono::{DateTime, Utc};

use crate::audit::AuditEntry;
use crate::decision::Reason;
use crate::rule::RuleId;

/// How well data is protected, and how far a person is cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new level would change what every policy means"
)]
pub enum Classification {
    /// For everyone in the service.
    Internal,
    /// For those with the function.
    Restricted,
    /// For those who work on the case.
    Confidential,
    /// For those named.
    Secret,
}

impl Classification {
    /// Every level, from the least to the most protected.
    pub const ALL: [Self; 4] = [
        Self::Internal,
        Self::Restricted,
        Self::Confidential,
        Self::Secret,
    ];
}

/// What a person does in the investigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum InvestigationRole {
    /// Leads the case.
    Lead,
    /// Works on the case.
    Investigator,
    /// Analyses images.
    Analyst,
    /// Takes emergency calls.
    Operator,
    /// Watches over data protection: sees that, not what.
    Auditor,
    /// Keeps the systems running.
    Administrator,
}

impl InvestigationRole {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Lead,
        Self::Investigator,
        Self::Analyst,
        Self::Operator,
        Self::Auditor,
        Self::Administrator,
    ];
}

/// For what data is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum InvestigationPurpose {
    /// To investigate.
    Investigate,
    /// To help in an emergency that is going on.
    Emergency,
    /// To check that the rules are kept.
    Oversight,
    /// To keep the systems running.
    Maintenance,
}

impl InvestigationPurpose {
    /// Every purpose.
    pub const ALL: [Self; 4] = [
        Self::Investigate,
        Self::Emergency,
        Self::Oversight,
        Self::Maintenance,
    ];
}

/// A person as the policy sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Clearance {
    /// Who, as a service number.
    pub person: String,
    /// Their roles.
    pub roles: BTreeSet<InvestigationRole>,
    /// How far they are cleared.
    pub level: Classification,
    /// The cases they work on.
    pub cases: BTreeSet<String>,
}

/// A request to see data.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct AccessRequest {
    /// What is asked for.
    pub subject: String,
    /// How it is classified.
    pub classification: Classification,
    /// The case it belongs to.
    pub case: String,
    /// For what.
    pub purpose: InvestigationPurpose,
    /// Why; an empty justification is none.
    pub justification: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision on a request, with the entry to log whether granted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct AccessDecision {
    /// Whether it is granted.
    pub granted: bool,
    /// Why, or every reason why not.
    pub reasons: Vec<Reason>,
    /// What goes into the log.
    pub entry: AuditEntry,
}

/// The highest classification a role may see for a purpose, with need to know; nothing where not listed.
///
/// This is a choice of the product, made strict; the law behind it is the duty to justify, protect and log
/// every access (Police Function Act, article 25/7, likely).
pub const fn ceiling(
    role: InvestigationRole,
    purpose: InvestigationPurpose,
) -> Option<Classification> {
    use InvestigationPurpose as Purpose;
    use InvestigationRole as Role;
    match (role, purpose) {
        (Role::Lead, Purpose::Investigate) => Some(Classification::Secret),
        (Role::Investigator, Purpose::Investigate) | (Role::Lead, Purpose::Emergency) => {
            Some(Classification::Confidential)
        }
        (Role::Analyst, Purpose::Investigate)
        | (Role::Investigator | Role::Operator, Purpose::Emergency) => {
            Some(Classification::Restricted)
        }
        (Role::Auditor, Purpose::Oversight) => Some(Classification::Internal),
        _ => None,
    }
}

impl Clearance {
    /// Decides a request: role and purpose, clearance, need to know, justification. What is not granted is denied.
    pub fn decide(&self, request: &AccessRequest) -> AccessDecision {
        let mut refused: Vec<Cow<'static, str>> = Vec::new();
        let allowed = self
            .roles
            .iter()
            .filter_map(|role| ceiling(*role, request.purpose))
            .max();
        match allowed {
            None => refused.push("no role of the person serves that purpose".into()),
            Some(highest) if highest < request.classification => refused.push(
                "the roles of the person do not reach that classification for that purpose".into(),
            ),
            Some(_) => {}
        }
        if self.level < request.classification {
            refused.push("the clearance of the person is below the classification".into());
        }
        if request.case.trim().is_empty() {
            refused.push("the request names no case".into());
        } else if request.purpose == InvestigationPurpose::Investigate
            && !self.cases.contains(&request.case)
        {
            refused.push("the person does not work on that case".into());
        }
        if request.justification.trim().is_empty() {
            refused.push("the request is not justified".into());
        }
        let granted = refused.is_empty();
        if granted {
            refused.push("role, purpose, clearance, case and justification fit".into());
        }
        AccessDecision {
            granted,
            reasons: refused
                .into_iter()
                .map(|finding| Reason {
                    finding,
                    rule: Some(RuleId::PolAccJustify),
                    because: Vec::new(),
                })
                .collect(),
            entry: AuditEntry {
                at: request.at,
                actor: self.person.clone(),
                action: "access".into(),
                subject: alloc::format!("{} ({})", request.subject, request.case),
                justification: request.justification.clone(),
                granted,
            },
        }
    }
}
