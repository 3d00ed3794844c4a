//! Access of police to its own images and number-plate data.

use alloc::string::String;
use chrono::{DateTime, FixedOffset};

use crate::codes::PoliceMission;
use crate::conditions::condition;
use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::Facts;
use crate::period::Deadline;
use crate::rule::RuleId;

/// How old a recording is for the rules of access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Made after the moment asked for.
    NotYet,
    /// Before the earlier of one calendar month and thirty days.
    FirstMonth,
    /// Between the two readings of "month": for a human.
    Between,
    /// After the later of the two.
    Later,
    /// Past the storage term.
    Expired,
}

impl Compliance {
    /// Returns how old a recording is, given the months it may be stored.
    fn age(
        &self,
        recorded_at: &DateTime<FixedOffset>,
        now: &DateTime<FixedOffset>,
        months: u32,
        days: u32,
        stored_months: u32,
    ) -> Option<Age> {
        let first = Deadline::after(self.brussels(), recorded_at, months, Some(days)).ok()?;
        let stored = Deadline::after(self.brussels(), recorded_at, stored_months, None).ok()?;
        let thirty = first.ceiling_30d?;
        let (earlier, later) = (
            first.statutory_latest.min(thirty),
            first.statutory_latest.max(thirty),
        );
        Some(if now < recorded_at {
            Age::NotYet
        } else if *now > stored.statutory_latest {
            Age::Expired
        } else if *now < earlier {
            Age::FirstMonth
        } else if *now > later {
            Age::Later
        } else {
            Age::Between
        })
    }

    /// Answers `access` of the domains `police_camera` and `anpr_db`: `decision`.
    #[expect(
        clippy::too_many_lines,
        reason = "one question, its conditions in the order of the act"
    )]
    pub(crate) fn answer_police_access(&self, facts: &Facts, anpr: bool) -> Answer {
        let book = self.book();
        let day = facts
            .recorded_at
            .as_ref()
            .and_then(|at| self.brussels().local(at))
            .map(|local| local.date());
        let (admin_rule, judicial_rule, stored_rule) = if anpr {
            (RuleId::AnprAccAdmin, RuleId::AnprAccJud, RuleId::AnprRet12m)
        } else {
            (RuleId::PolAccAdmin, RuleId::PolAccJud, RuleId::PolRet12m)
        };
        if facts
            .controller
            .as_ref()
            .is_some_and(|controller| !controller.is_police())
        {
            return Answer::on(
                book,
                RuleId::RegCam,
                day,
                "the controller is not a police service: these rules give no access",
            )
            .undecided();
        }
        if facts.access_justified == Some(false) {
            return Answer::on(
                book,
                RuleId::PolAccJustify,
                day,
                "an access without justification is denied",
            )
            .with("decision", "deny");
        }
        if anpr
            && facts
                .anpr_purpose
                .as_deref()
                .is_some_and(|purpose| !is_anpr_purpose(purpose))
        {
            return Answer::on(
                book,
                RuleId::AnprPurpose,
                day,
                "the purposes are listed exhaustively, and this is none of them",
            )
            .with("decision", "deny");
        }
        let rule = match &facts.purpose {
            Some(PoliceMission::AdminPolice) => admin_rule,
            Some(PoliceMission::JudicialPolice) => judicial_rule,
            Some(PoliceMission::Other(_)) => {
                let rule = if anpr {
                    RuleId::AnprPurpose
                } else {
                    RuleId::PolAccJustify
                };
                return Answer::on(
                    book,
                    rule,
                    day,
                    "access is for administrative or judicial police only",
                )
                .with("decision", "deny");
            }
            None => {
                return Answer::lacking(
                    book,
                    if anpr {
                        RuleId::AnprPurpose
                    } else {
                        RuleId::PolAccJustify
                    },
                    &["purpose"],
                );
            }
        };
        let now = facts.now.and_then(|now| now.instant(self.brussels()));
        let (Some(recorded_at), Some(now), Some(day)) = (&facts.recorded_at, now, day) else {
            let mut answer = Answer::on(book, rule, None, "facts are missing");
            if facts.recorded_at.is_none() {
                answer = answer.lacks("recorded_at");
            }
            if now.is_none() {
                answer = answer.lacks("now");
            }
            return answer.undecided();
        };
        let stored = book.version(stored_rule, day);
        let age = book.version(rule, day).and_then(|version| {
            self.age(
                recorded_at,
                &now,
                version.count("months")?,
                version.count("days")?,
                stored?.count("months")?,
            )
        });
        let Some(age) = age else {
            return Answer::on(
                book,
                rule,
                Some(day),
                "the rule cannot be applied to that date",
            )
            .undecided();
        };
        let common = condition(
            "access_justified",
            facts.access_justified,
            "an access without justification is denied",
        );
        let purpose = condition(
            "anpr_purpose",
            if anpr {
                facts.anpr_purpose.as_ref().map(|_| true)
            } else {
                Some(true)
            },
            "no listed purpose",
        );
        let deny = |finding: &'static str| {
            Answer::on(book, rule, Some(day), finding).with("decision", "deny")
        };
        let judicial = facts.purpose == Some(PoliceMission::JudicialPolice);
        let answer = match age {
            Age::NotYet => return deny("the recording lies after the moment asked for"),
            Age::Expired => {
                return deny("the storage term has run: the recording should have been erased")
                    .relying_on(stored);
            }
            Age::FirstMonth => self.judge(rule, Some(day), &[common, purpose]),
            Age::Later | Age::Between if !judicial && age == Age::Later => {
                return deny("administrative police has access only in the first month");
            }
            Age::Later | Age::Between if judicial => {
                let minimum = book
                    .version(rule, day)
                    .and_then(|version| version.count("minimum_penalty_years"))
                    .map(f64::from);
                let grave = match minimum {
                    None => Some(true),
                    Some(minimum) => facts
                        .offence_max_penalty_years
                        .map(|years| years >= minimum),
                };
                let answer = self.judge(
                    rule,
                    Some(day),
                    &[
                        condition("prosecutor_decision_written_reasoned", facts.prosecutor_decision_written_reasoned, "after the first month a written, reasoned decision of the public prosecutor is needed"),
                        condition("offence_max_penalty_years", grave, "after the first month the offence must carry at least one year of prison (likely)"),
                        common,
                        purpose,
                    ],
                );
                // Between the two readings of "month" a refusal would rest on one of them only.
                if age == Age::Between && answer.word("decision") == Some("deny") {
                    Self::ask_a_human(answer)
                } else {
                    answer
                }
            }
            Age::Later | Age::Between => Self::ask_a_human(Answer::on(
                book,
                rule,
                Some(day),
                "between thirty days and one calendar month the readings of the first month differ",
            )),
        };
        let stricter = book.version(RuleId::PolAccJustify, day);
        answer
            .relying_on(stricter)
            .because("every access is logged", Some(RuleId::PolAccJustify))
    }

    fn ask_a_human(answer: Answer) -> Answer {
        answer.undecided().with("needs_human", true).because(
            "ask a human: the first month has ended under one reading only",
            None,
        )
    }
}

/// Returns whether a word names one of the listed purposes of technical databases: crimes and offences with
/// the enforcement of sentences, road-traffic offences, worrying disappearances, or administrative police for
/// the given categories of persons. Words are told by their parts; what has none of them is not listed.
pub(crate) fn is_anpr_purpose(purpose: &str) -> bool {
    let code: String = purpose.to_ascii_lowercase();
    let has = |wanted: &[&str]| {
        code.split(['_', '-', ' '])
            .any(|part| wanted.contains(&part))
    };
    has(&[
        "crime",
        "crimes",
        "offence",
        "offences",
        "offense",
        "offenses",
        "sentence",
        "sentences",
        "disappearance",
        "disappearances",
    ]) || (has(&["missing", "disappeared"]) && has(&["person", "persons"]))
        || (has(&["admin", "administrative"]) && has(&["police"]))
        || (has(&["person", "persons"]) && has(&["category", "categories"]))
}
