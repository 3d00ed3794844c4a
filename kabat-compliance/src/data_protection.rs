//! The general data protection regulation and its counterpart for police.

use crate::codes::{Controller, Risk};
use crate::conditions::condition;
use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::{Facts, Stated};
use crate::period::{hours_after, months_after, working_day_from};
use crate::rule::RuleId;

/// The member states of the European Union with the other states of the European Economic Area.
const EUROPEAN_ECONOMIC_AREA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

impl Compliance {
    /// Returns the authority that supervises the data of a controller.
    pub fn supervisor(controller: &Controller) -> &'static str {
        if controller.is_police() {
            "police_information_supervisory_body"
        } else {
            "data_protection_authority"
        }
    }

    /// Which authority supervises: `authority`.
    pub(crate) fn answer_supervisor(&self, facts: &Facts) -> Answer {
        let Some(controller) = &facts.controller else {
            return Answer::lacking(self.book(), RuleId::SupCoc, &["controller"]);
        };
        let rule = if controller.is_police() {
            RuleId::SupCoc
        } else {
            RuleId::RegCam
        };
        Answer::on(self.book(), rule, facts.now.map(|now| now.day(self.brussels())), "police data is supervised by the body for police information, other data by the data protection authority")
            .with("authority", Self::supervisor(controller))
    }

    /// Whether a breach must be notified: `notify`, `authority`, `deadline`, `must_document`.
    pub(crate) fn answer_breach(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let day = facts
            .aware_at
            .as_ref()
            .and_then(|at| self.brussels().local(at))
            .map(|local| local.date());
        let on = |rule, finding: &'static str| {
            Answer::on(book, rule, day, finding).with("must_document", true)
        };
        match &facts.risk_to_persons {
            None => Answer::lacking(book, RuleId::Gdpr72h, &["risk_to_persons"])
                .with("must_document", true),
            Some(Risk::Other(_)) => on(
                RuleId::Gdpr72h,
                "how likely a risk to persons is, is not known",
            )
            .undecided()
            .lacks("risk_to_persons"),
            Some(Risk::Unlikely) => on(
                RuleId::Gdpr33Exempt,
                "no risk to persons is likely: no notification, but the breach is documented",
            )
            .with("notify", false),
            Some(Risk::Likely) => {
                let (Some(controller), Some(aware_at)) = (&facts.controller, &facts.aware_at)
                else {
                    let mut answer = on(RuleId::Gdpr72h, "facts are missing").with("notify", true);
                    if facts.controller.is_none() {
                        answer = answer.lacks("controller");
                    }
                    if facts.aware_at.is_none() {
                        answer = answer.lacks("aware_at");
                    }
                    return answer.undecided();
                };
                let mut answer = on(RuleId::Gdpr72h, "within 72 elapsed hours of becoming aware")
                    .with("notify", true)
                    .with("authority", Self::supervisor(controller));
                if controller.is_police() {
                    answer = answer.relying_on(book.latest(RuleId::SupCoc)).because(
                        "police controllers notify the supervisory body for police information",
                        Some(RuleId::SupCoc),
                    );
                }
                let hours = day
                    .and_then(|day| book.version(RuleId::Gdpr72h, day))
                    .and_then(|rule| rule.count("hours"));
                if let Some(deadline) =
                    hours.and_then(|hours| hours_after(self.brussels(), aware_at, hours).ok())
                {
                    answer.with("deadline", deadline)
                } else {
                    answer.values.remove("notify");
                    answer.undecided()
                }
            }
        }
    }

    /// Whether an impact assessment is needed for article 35(3)(c): `dpia_required`.
    pub(crate) fn answer_dpia(&self, facts: &Facts) -> Answer {
        let day = facts.now.map(|now| now.day(self.brussels()));
        let judged = self.judge(
            RuleId::Gdpr353c,
            day,
            &[
                condition(
                    "systematic_monitoring_public_area",
                    facts.systematic_monitoring_public_area,
                    "no systematic monitoring of a publicly accessible area",
                ),
                condition("large_scale", facts.large_scale, "not on a large scale"),
            ],
        );
        let mut answer = judged;
        match answer.word("decision") {
            Some("allow") => {
                answer.values.remove("decision");
                answer.with("dpia_required", true)
            }
            Some("deny") => {
                answer.values.remove("decision");
                answer
                    .with("dpia_required", false)
                    .because("other grounds of article 35 may still require one", None)
            }
            _ => answer,
        }
    }

    /// The last day to answer a request: `respond_by`.
    pub(crate) fn answer_access_request(&self, facts: &Facts, rule: RuleId) -> Answer {
        let book = self.book();
        let Some(received) = facts.received_on.map(|moment| moment.day(self.brussels())) else {
            return Answer::lacking(book, rule, &["received_on"]);
        };
        let Some(version) = book.version(RuleId::Gdpr123, received) else {
            return Answer::on(book, rule, Some(received), "the rule was not in force");
        };
        let months = version.count("months").unwrap_or(1)
            + if facts.extended == Some(true) {
                version.count("extension_months").unwrap_or(2)
            } else {
                0
            };
        let Ok(end) = months_after(received, months) else {
            return Answer::unknown("the time to answer ends outside the calendar");
        };
        let working = working_day_from(end);
        let answer = Answer::on(book, rule, Some(received), "one month from receipt, two more when extended; the last day of the month where there is no such day")
            .relying_on(Some(version))
            .with("respond_by", working);
        if working == end {
            answer
        } else {
            answer.because(
                "the last day is a weekend or holiday: the next working day",
                Some(RuleId::Gdpr123),
            )
        }
    }

    /// Whether faces or other biometric features may be processed: `decision`; denied without a given legal basis.
    pub(crate) fn answer_biometric(&self, facts: &Facts) -> Answer {
        let day = facts.now.map(|now| now.day(self.brussels()));
        if facts.biometric == Some(false) {
            return Answer::on(
                self.book(),
                RuleId::Gdpr9,
                day,
                "nothing biometric is processed",
            )
            .with("decision", "allow");
        }
        let basis = match &facts.legal_basis_given {
            Stated::Is(text) => !text.trim().is_empty(),
            Stated::Unsaid | Stated::Nothing => false,
        };
        self.judge(
            RuleId::Gdpr9,
            day,
            &[condition(
                "legal_basis_given",
                Some(basis),
                "biometric events are denied unless a legal basis is given",
            )],
        )
        .because(
            "whether the given basis holds is for a human to judge",
            None,
        )
    }

    /// Whether data may leave: `decision`; outside the European Economic Area denied without a given legal basis.
    pub(crate) fn answer_export(&self, facts: &Facts) -> Answer {
        let day = facts.now.map(|now| now.day(self.brussels()));
        let Some(country) = &facts.destination_country else {
            return Answer::lacking(self.book(), RuleId::GdprExport, &["destination_country"]);
        };
        if EUROPEAN_ECONOMIC_AREA.contains(&country.to_ascii_uppercase().as_str()) {
            return Answer::on(
                self.book(),
                RuleId::GdprExport,
                day,
                "the destination lies in the European Economic Area",
            )
            .with("decision", "allow");
        }
        let basis = matches!(&facts.legal_basis_given, Stated::Is(text) if !text.trim().is_empty());
        self.judge(
            RuleId::GdprExport,
            day,
            &[condition(
                "legal_basis_given",
                Some(basis),
                "export outside the European Economic Area is denied unless a legal basis is given",
            )],
        )
        .because(
            "whether the given basis holds is for a human to judge",
            None,
        )
    }

    /// Whether stored data may be searched: `decision`; denied without a purpose and a case.
    pub(crate) fn answer_search(&self, facts: &Facts) -> Answer {
        let day = facts.now.map(|now| now.day(self.brussels()));
        let case = matches!(&facts.case_reference, Stated::Is(text) if !text.trim().is_empty());
        let purpose = facts
            .purpose
            .as_ref()
            .is_some_and(|purpose| !matches!(purpose, crate::PoliceMission::Other(_)));
        self.judge(
            RuleId::PolAccJustify,
            day,
            &[
                condition(
                    "case_reference",
                    Some(case),
                    "a search names the case it belongs to",
                ),
                condition("purpose", Some(purpose), "a search names its purpose"),
                condition(
                    "access_justified",
                    Some(facts.access_justified == Some(true)),
                    "a search is justified",
                ),
            ],
        )
        .because("every search is logged", Some(RuleId::PolAccJustify))
    }

    /// Whether records of processing are kept: `required`.
    pub(crate) fn answer_records(&self, facts: &Facts) -> Answer {
        Answer::on(
            self.book(),
            RuleId::Gdpr30,
            facts.now.map(|now| now.day(self.brussels())),
            "the controller keeps records of its processing",
        )
        .with("required", true)
    }
}
