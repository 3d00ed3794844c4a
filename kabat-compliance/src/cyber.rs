//! Clocks and levels of the cyber law.

use crate::codes::{CyberLevel, Entity};
use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::{Facts, Moment};
use crate::period::{Deadline, hours_after, months_after};
use crate::rule::RuleId;

impl Compliance {
    /// The clocks of an incident: `duty_applies`, `early_warning_by`, `notification_by`.
    pub(crate) fn answer_incident(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let day = facts
            .aware_at
            .as_ref()
            .and_then(|at| self.brussels().local(at))
            .map(|local| local.date());
        if let Some(day) = day
            && book.version(RuleId::Nis2InForce, day).is_none()
        {
            return Answer::on(
                book,
                RuleId::Nis2InForce,
                None,
                "the law was not yet in force",
            )
            .with("duty_applies", false);
        }
        let on = |finding: &'static str| Answer::on(book, RuleId::Nis2Notify, day, finding);
        match &facts.entity {
            Some(Entity::OutOfScope) => {
                return on("the organisation is neither essential nor important")
                    .with("duty_applies", false);
            }
            Some(Entity::Other(_)) => {
                return on("whether the organisation falls under the law must be asked")
                    .lacks("entity")
                    .undecided();
            }
            _ => {}
        }
        if facts.significant == Some(false) {
            return on("the incident is not significant").with("duty_applies", false);
        }
        let missing = [
            ("entity", facts.entity.is_none()),
            ("significant", facts.significant.is_none()),
            ("aware_at", facts.aware_at.is_none()),
        ];
        if missing.iter().any(|(_, missing)| *missing) {
            return missing
                .iter()
                .filter(|(_, missing)| *missing)
                .fold(on("facts are missing"), |answer, (name, _)| {
                    answer.lacks(name)
                })
                .undecided();
        }
        let (Some(aware_at), Some(rule)) = (&facts.aware_at, book.latest(RuleId::Nis2Notify))
        else {
            return on("facts are missing").undecided();
        };
        let hours = |name: &str| {
            rule.count(name)
                .and_then(|hours| hours_after(self.brussels(), aware_at, hours).ok())
        };
        let mut answer = on("a significant incident of an essential or important entity")
            .with("duty_applies", true);
        if let Some(at) = hours("early_warning_hours") {
            answer = answer.with("early_warning_by", at);
        }
        let name = match facts.trust_service_provider {
            Some(true) => "trust_notification_hours",
            Some(false) => "notification_hours",
            None => return answer.lacks("trust_service_provider").undecided(),
        };
        match hours(name) {
            Some(at) => answer.with("notification_by", at),
            None => answer.undecided(),
        }
    }

    /// The final report: `final_report_by`, or `progress_report_by` while the incident goes on.
    pub(crate) fn answer_final_report(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let Some(submitted) = facts.notification_submitted_on else {
            return Answer::lacking(book, RuleId::Nis2Final, &["notification_submitted_on"]);
        };
        let day = submitted.day(self.brussels());
        let Some(rule) = book.version(RuleId::Nis2Final, day) else {
            return Answer::on(
                book,
                RuleId::Nis2InForce,
                None,
                "the law was not yet in force",
            )
            .undecided();
        };
        let months = rule.count("months").unwrap_or(1);
        let value: Option<crate::Value> = match submitted {
            Moment::Day(day) => months_after(day, months).ok().map(Into::into),
            Moment::Instant(at) => Deadline::after(self.brussels(), &at, months, None)
                .ok()
                .map(|deadline| deadline.statutory_latest.into()),
        };
        let Some(value) = value else {
            return Answer::unknown("the month ends outside the calendar");
        };
        let answer = Answer::by(
            rule,
            "one month after the notification, not after the incident",
        );
        if facts.ongoing == Some(true) {
            return answer
                .with("progress_report_by", value)
                .because("while the incident goes on a progress report is due; the final report follows one month after it was handled (likely)", Some(RuleId::Nis2Final))
                .lacks("handled_on")
                .undecided();
        }
        answer.with("final_report_by", value)
    }

    /// The day before which an entity registers: `register_before`.
    pub(crate) fn answer_registration(&self, facts: &Facts) -> Answer {
        let name = match facts.digital_sector {
            Some(true) => "digital_before",
            Some(false) => "others_before",
            None => return Answer::lacking(self.book(), RuleId::Nis2Register, &["digital_sector"]),
        };
        let answer = Answer::on(
            self.book(),
            RuleId::Nis2Register,
            None,
            "entities existing at the entry into force register before that day",
        );
        match self
            .book()
            .latest(RuleId::Nis2Register)
            .and_then(|rule| rule.day(name))
        {
            Some(day) => answer.with("register_before", day),
            None => answer.undecided(),
        }
    }

    /// A self-check of `CyberFundamentals`: `level_matches`, `first_milestone`; never a verdict on the measures themselves.
    pub(crate) fn answer_cyberfundamentals(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let needed = match &facts.entity {
            Some(Entity::Essential) => CyberLevel::Essential,
            Some(Entity::Important) => CyberLevel::Important,
            Some(Entity::OutOfScope) => {
                return Answer::on(
                    book,
                    RuleId::Nis2Cyfun,
                    None,
                    "the organisation is neither essential nor important",
                )
                .with("required", false);
            }
            _ => return Answer::lacking(book, RuleId::Nis2Cyfun, &["entity"]),
        };
        let mut answer = Answer::on(book, RuleId::Nis2Cyfun, None, "essential entities show a CyberFundamentals or ISO 27001 certificate, or are inspected").with("required", true);
        if let Some(day) = book
            .latest(RuleId::Nis2Cyfun)
            .and_then(|rule| rule.day("first_milestone"))
        {
            answer = answer.with("first_milestone", day);
        }
        match &facts.cyberfundamentals_level {
            Some(CyberLevel::Other(_)) | None if facts.iso_27001_certificate == Some(true) => {
                answer.with("level_matches", true)
            }
            Some(CyberLevel::Other(_)) | None => {
                answer.lacks("cyberfundamentals_level").undecided()
            }
            Some(level) => {
                let matches = *level >= needed || facts.iso_27001_certificate == Some(true);
                answer.with("level_matches", matches)
            }
        }
    }
}
