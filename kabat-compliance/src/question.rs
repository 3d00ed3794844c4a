//! The questions by the names used in data.

use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::Facts;
use crate::rule::RuleId;

/// A question to the law: a domain, a question in it, and the facts.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Case {
    /// Domain, such as `camera_act`.
    pub domain: alloc::string::String,
    /// Question, such as `retention`.
    pub question: alloc::string::String,
    /// The facts.
    pub facts: Facts,
}

/// Every domain and question that can be asked.
pub const QUESTIONS: &[(&str, &str)] = &[
    ("camera_act", "retention"),
    ("camera_act", "declaration"),
    ("camera_act", "register"),
    ("camera_act", "signage"),
    ("camera_act", "live_view"),
    ("camera_act", "install"),
    ("camera_act", "transfer"),
    ("camera_act", "hidden_use"),
    ("camera_act", "subject_access"),
    ("camera_act", "sanction"),
    ("police_camera", "retention"),
    ("police_camera", "access"),
    ("police_camera", "signage"),
    ("police_camera", "hidden_use"),
    ("anpr_db", "retention"),
    ("anpr_db", "access"),
    ("workplace", "workplace_monitoring"),
    ("gdpr", "breach_notification"),
    ("gdpr", "dpia"),
    ("gdpr", "access_request_deadline"),
    ("gdpr", "records"),
    ("gdpr", "supervisor"),
    ("gdpr", "biometric"),
    ("gdpr", "export"),
    ("gdpr", "search"),
    ("nis2", "incident_deadlines"),
    ("nis2", "final_report_deadline"),
    ("nis2", "registration"),
    ("nis2", "cyberfundamentals"),
    ("procurement", "eu_threshold"),
    ("threat_level", "describe"),
    ("astrid", "connection"),
];

impl Compliance {
    /// Answers a question by its names in data; a question that is not known is undetermined.
    ///
    /// ```
    /// use kabat_compliance::{Case, Compliance, Facts, Place};
    /// let law = Compliance::belgium();
    /// let facts = Facts { place: Some(Place::Open), supervised_by_police: Some(false), ..Facts::default() };
    /// let case = Case { domain: "camera_act".into(), question: "live_view".into(), facts };
    /// let answer = law.answer(&case);
    /// assert_eq!(answer.word("decision"), Some("deny"));
    /// ```
    pub fn answer(&self, case: &Case) -> Answer {
        let facts = &case.facts;
        match (case.domain.as_str(), case.question.as_str()) {
            ("camera_act" | "police_camera", "retention") => self.answer_retention(facts, false),
            ("anpr_db", "retention") => self.answer_retention(facts, true),
            ("camera_act", "declaration") => self.answer_declaration(facts),
            ("camera_act", "register") => self.answer_register(facts),
            ("camera_act" | "police_camera", "signage") => self.answer_signage(facts),
            ("camera_act", "live_view") => self.answer_live_view(facts),
            ("camera_act", "install") => self.answer_install(facts),
            ("camera_act", "transfer") => self.answer_transfer(facts),
            ("camera_act" | "police_camera", "hidden_use") => self.answer_hidden_use(facts),
            ("camera_act", "subject_access") => {
                self.answer_access_request(facts, RuleId::CamAccSubject)
            }
            ("camera_act", "sanction") => self.answer_sanction(facts),
            ("police_camera", "access") => self.answer_police_access(facts, false),
            ("anpr_db", "access") => self.answer_police_access(facts, true),
            ("workplace", "workplace_monitoring") => self.answer_workplace(facts),
            ("gdpr", "breach_notification") => self.answer_breach(facts),
            ("gdpr", "dpia") => self.answer_dpia(facts),
            ("gdpr", "access_request_deadline") => {
                self.answer_access_request(facts, RuleId::Gdpr123)
            }
            ("gdpr", "records") => self.answer_records(facts),
            ("gdpr", "supervisor") => self.answer_supervisor(facts),
            ("gdpr", "biometric") => self.answer_biometric(facts),
            ("gdpr", "export") => self.answer_export(facts),
            ("gdpr", "search") => self.answer_search(facts),
            ("nis2", "incident_deadlines") => self.answer_incident(facts),
            ("nis2", "final_report_deadline") => self.answer_final_report(facts),
            ("nis2", "registration") => self.answer_registration(facts),
            ("nis2", "cyberfundamentals") => self.answer_cyberfundamentals(facts),
            ("procurement", "eu_threshold") => self.answer_threshold(facts),
            ("threat_level", "describe") => self.answer_threat(facts),
            ("astrid", "connection") => Answer::on(
                self.book(),
                RuleId::AstridChecklist,
                None,
                "a checklist is offered, never a verdict",
            ),
            _ => Answer::unknown("the question is not known"),
        }
    }
}
