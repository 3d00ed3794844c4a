//! Cameras at work: collective agreement no. 68.

use crate::codes::{Controller, WorkPurpose};
use crate::conditions::condition;
use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::Facts;
use crate::rule::RuleId;

impl Compliance {
    /// Whether watching at work is allowed: `decision`.
    pub(crate) fn answer_workplace(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let day = facts.now.map(|now| now.day(self.brussels()));
        if !matches!(
            facts.controller,
            None | Some(
                Controller::EmployerPrivate
                    | Controller::PrivateCompany
                    | Controller::NaturalPerson
                    | Controller::Other(_)
            )
        ) {
            return Answer::on(book, RuleId::WorkPurposes, day, "the collective agreement binds private employers; the rules for others are not in the fact base").undecided();
        }
        let on = |rule, finding: &'static str| Answer::on(book, rule, day, finding);
        match (&facts.cba68_purpose, facts.continuous) {
            (None, _) => Answer::lacking(book, RuleId::WorkPurposes, &["cba68_purpose"]),
            (Some(WorkPurpose::Other(_)), _) => {
                on(RuleId::WorkPurposes, "not one of the four purposes").with("decision", "deny")
            }
            (Some(WorkPurpose::ControlOfEmployeeWork), continuous) => self.judge(
                RuleId::WorkTemp,
                day,
                &[condition(
                    "continuous",
                    continuous.map(|continuous| !continuous),
                    "control of the work of employees can only be temporary",
                )],
            ),
            (Some(WorkPurpose::ControlOfProductionProcess), Some(true)) => on(
                RuleId::WorkCont,
                "continuous watching of machines is allowed; of employees it is not",
            )
            .with("decision", "allow"),
            (Some(_), Some(true)) => on(
                RuleId::WorkCont,
                "continuous watching is allowed for safety and for goods",
            )
            .with("decision", "allow"),
            (Some(_), _) => {
                on(RuleId::WorkPurposes, "one of the four purposes").with("decision", "allow")
            }
        }
    }
}
