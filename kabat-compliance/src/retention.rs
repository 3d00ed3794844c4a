//! How long a recording may be kept.

use alloc::vec::Vec;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};

use crate::citation::{Certainty, Citation};
use crate::codes::{Camera, Controller, SpecialRiskPlace};
use crate::decision::{Answer, Reason};
use crate::engine::Compliance;
use crate::facts::{Facts, Stated};
use crate::period::{Deadline, PeriodError, months_after};
use crate::regime::Regime;
use crate::rule::RuleId;

/// What must be known of a camera to say how long its recordings may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CameraFacts {
    /// Who decides on the camera.
    pub controller: Controller,
    /// Kind of camera.
    pub camera: Camera,
    /// The listed place of special risk it stands in, none, or not known.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Stated::is_unsaid")
    )]
    pub special_risk_place: Stated<SpecialRiskPlace>,
    /// Whether it feeds a technical database of number plates.
    #[cfg_attr(feature = "serde", serde(default))]
    pub anpr_database: bool,
}

/// Which rule bounds the storage of a recording, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RetentionTerm {
    /// The rule.
    pub rule: RuleId,
    /// Civil months.
    pub months: u32,
    /// Ceiling of the product in civil days, with the one-month rule only.
    pub ceiling_days: Option<u32>,
    /// How sure the rule is.
    pub certainty: Certainty,
}

impl RetentionTerm {
    /// Returns the end of the term for a recording.
    ///
    /// # Errors
    /// When it lies outside the calendar.
    pub fn deadline<Tz: TimeZone>(
        &self,
        brussels: &crate::Brussels,
        recorded_at: &DateTime<Tz>,
    ) -> Result<Deadline, PeriodError> {
        Deadline::after(brussels, recorded_at, self.months, self.ceiling_days)
    }
}

/// Why the storage term of a recording cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum NoTerm {
    /// The rules of rescue zones since the law of 21 February 2024 are not verified.
    #[error("the rules for this controller since the law of 21 February 2024 are not verified")]
    RescueZone,
    /// It is not known whether the place is a listed one.
    #[error("it is not known whether the place is on the list of special risk")]
    SpecialRiskUnknown,
    /// The place is not among the entries known to be meant.
    #[error("it is not verified that this place is on the list of special risk")]
    SpecialRiskUnverified,
    /// No rule governs that date.
    #[error("no verified rule governs a recording of that date")]
    NotInForce,
    /// The end lies outside the calendar.
    #[error("the end of the term lies outside the calendar")]
    OutsideCalendar,
}

/// How long a recording may be kept, why, and where that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RetentionDecision {
    /// The regime the recording falls under.
    pub regime: Regime,
    /// The term and its end, or why it cannot be told.
    pub outcome: Result<(RetentionTerm, Deadline), NoTerm>,
    /// The least sure of the rules relied on.
    pub certainty: Certainty,
    /// Where the rules are written.
    pub citations: Vec<Citation>,
    /// The way to the outcome.
    pub reasons: Vec<Reason>,
}

impl RetentionDecision {
    /// Returns when the recording must be erased: the earlier of the law's last instant and the ceiling.
    pub fn erase_by(&self) -> Option<DateTime<FixedOffset>> {
        self.outcome
            .as_ref()
            .ok()
            .map(|(_, deadline)| deadline.erase_by)
    }

    /// Returns the rule that bounds the storage.
    pub fn rule(&self) -> Option<RuleId> {
        self.outcome.as_ref().ok().map(|(term, _)| term.rule)
    }
}

impl Compliance {
    /// Returns which rule bounds the storage of a recording made on a civil day in Belgium.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub fn retention_term(
        &self,
        camera: &CameraFacts,
        day: NaiveDate,
    ) -> Result<RetentionTerm, NoTerm> {
        let rule = match self.regime_on(&camera.controller, day) {
            Regime::RescueZone => return Err(NoTerm::RescueZone),
            Regime::PoliceFunctionAct if camera.anpr_database => RuleId::AnprRet12m,
            Regime::PoliceFunctionAct => RuleId::PolRet12m,
            Regime::CameraAct if camera.anpr_database && camera.controller.is_police() => {
                RuleId::AnprRet12m
            }
            Regime::CameraAct => match &camera.special_risk_place {
                Stated::Nothing => RuleId::CamRet1m,
                Stated::Unsaid => return Err(NoTerm::SpecialRiskUnknown),
                Stated::Is(SpecialRiskPlace::Other(_)) => {
                    return Err(NoTerm::SpecialRiskUnverified);
                }
                Stated::Is(_) if self.book().version(RuleId::CamRet3m, day).is_none() => {
                    RuleId::CamRet1m
                }
                Stated::Is(_) => RuleId::CamRet3m,
            },
        };
        let version = self.book().version(rule, day).ok_or(NoTerm::NotInForce)?;
        let months = version
            .count("months")
            .filter(|_| version.certainty > Certainty::Unverified)
            .ok_or(NoTerm::NotInForce)?;
        Ok(RetentionTerm {
            rule,
            months,
            ceiling_days: version.count("ceiling_days"),
            certainty: version.certainty,
        })
    }

    /// Returns how long a recording may be kept, without the reasons: the fast way.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub fn retention_deadline<Tz: TimeZone>(
        &self,
        camera: &CameraFacts,
        recorded_at: &DateTime<Tz>,
    ) -> Result<(RetentionTerm, Deadline), NoTerm> {
        let day = self
            .brussels()
            .local(recorded_at)
            .ok_or(NoTerm::OutsideCalendar)?
            .date();
        let term = self.retention_term(camera, day)?;
        let deadline = term
            .deadline(self.brussels(), recorded_at)
            .map_err(|_| NoTerm::OutsideCalendar)?;
        Ok((term, deadline))
    }

    /// Returns how long a recording may be kept, with reasons and sources.
    pub fn retention<Tz: TimeZone>(
        &self,
        camera: &CameraFacts,
        recorded_at: &DateTime<Tz>,
    ) -> RetentionDecision {
        let outcome = self.retention_deadline(camera, recorded_at);
        let day = recorded_at.naive_utc().date();
        let day = self
            .brussels()
            .local(recorded_at)
            .map_or(day, |local| local.date());
        let regime = self.regime_on(&camera.controller, day);
        let mut citations = Vec::new();
        let mut certainty = Certainty::Unverified;
        let mut reasons = Vec::new();
        let regime_reason = Reason {
            finding: regime.finding().into(),
            rule: Some(regime.rule()),
            because: Vec::new(),
        };
        match &outcome {
            Ok((term, _)) => {
                certainty = term.certainty;
                if let Some(version) = self.book().version(term.rule, day) {
                    citations.clone_from(&version.citations);
                }
                reasons.push(Reason {
                    finding: finding(term.rule).into(),
                    rule: Some(term.rule),
                    because: alloc::vec![regime_reason],
                });
            }
            Err(why) => {
                if let Some(version) = self
                    .book()
                    .version(regime.rule(), day)
                    .or_else(|| self.book().latest(regime.rule()))
                {
                    citations.clone_from(&version.citations);
                }
                reasons.push(Reason {
                    finding: alloc::format!("{why}").into(),
                    rule: None,
                    because: alloc::vec![regime_reason],
                });
            }
        }
        RetentionDecision {
            regime,
            outcome,
            certainty,
            citations,
            reasons,
        }
    }

    /// Answers `retention` of the domains `camera_act`, `police_camera` and `anpr_db`.
    #[expect(
        clippy::too_many_lines,
        reason = "one question, its conditions in the order of the act"
    )]
    pub(crate) fn answer_retention(&self, facts: &Facts, anpr_database: bool) -> Answer {
        let book = self.book();
        let (Some(controller), Some(recorded_at)) = (&facts.controller, &facts.recorded_at) else {
            let mut missing = Vec::new();
            if facts.controller.is_none() {
                missing.push("controller");
            }
            if facts.recorded_at.is_none() {
                missing.push("recorded_at");
            }
            return Answer::lacking(book, RuleId::CamRet1m, &missing);
        };
        let now = facts.now.and_then(|now| now.instant(self.brussels()));
        let day = self
            .brussels()
            .local(recorded_at)
            .map_or_else(|| recorded_at.naive_utc().date(), |local| local.date());
        let regime = self.regime_on(controller, day);
        let police = regime == Regime::PoliceFunctionAct;
        let worn = facts.camera == Some(Camera::BodyWorn)
            || facts
                .features
                .iter()
                .flatten()
                .any(|feature| *feature == crate::CameraFeature::Bodycam);
        if regime == Regime::RescueZone {
            return Answer::on(
                book,
                RuleId::RegRescue,
                Some(day),
                "rescue zones have rules of their own, which are not verified",
            );
        }
        if police
            && worn
            && let Some(answer) = self.body_worn(facts, day, now)
        {
            return answer;
        }
        if police && !anpr_database && facts.stored_in_other_police_database == Some(true) {
            return Answer::on(
                book,
                RuleId::PolRet12m,
                Some(day),
                "the term of the other police database decides, and is not given",
            )
            .undecided()
            .lacks("term_of_other_police_database");
        }
        if facts.evidence == Some(true) {
            let answer = if police || anpr_database {
                let rule = if anpr_database {
                    RuleId::AnprRet12m
                } else {
                    RuleId::PolRet12m
                };
                Answer::on(
                    book,
                    rule,
                    Some(day),
                    "the images can serve as evidence: the term of the case file decides, not that of the camera",
                )
            } else {
                Answer::on(
                    book,
                    RuleId::CamRetEvid,
                    Some(day),
                    "the images can help to prove or to identify: the maximum does not apply, keep while the need lasts",
                )
            };
            return answer
                .with("status", "keep_as_evidence")
                .because(regime.finding(), Some(regime.rule()));
        }
        let camera = CameraFacts {
            controller: controller.clone(),
            camera: facts.camera.clone().unwrap_or(Camera::Fixed),
            special_risk_place: facts.special_risk_place.clone(),
            anpr_database,
        };
        let (term, deadline) = match self.retention_deadline(&camera, recorded_at) {
            Ok(found) => found,
            Err(NoTerm::SpecialRiskUnknown) => {
                return Answer::lacking(book, RuleId::CamRet1m, &["special_risk_place"]);
            }
            Err(why) => {
                return Answer::on(book, RuleId::CamRet3m, Some(day), alloc::format!("{why}"))
                    .undecided()
                    .because(regime.finding(), Some(regime.rule()));
            }
        };
        let mut answer = Answer::on(book, term.rule, Some(day), finding(term.rule))
            .because(regime.finding(), Some(regime.rule()))
            .with("last_day", deadline.last_day)
            .with("statutory_latest", deadline.statutory_latest)
            .with("erase_by", deadline.erase_by);
        if let Some(ceiling) = deadline.ceiling_30d {
            answer = answer.with("ceiling_30d", ceiling);
        }
        match now {
            Some(now) if now > deadline.statutory_latest => {
                if facts.evidence.is_none() && !police {
                    return answer.undecided().lacks("evidence");
                }
                answer.with("status", "erase_due")
            }
            Some(now)
                if now >= deadline.erase_by && deadline.erase_by < deadline.statutory_latest =>
            {
                answer.with("status", "keep_allowed").because(
                    "the law still allows storage; the product should already have erased",
                    None,
                )
            }
            Some(_) => answer.with("status", "keep_allowed"),
            None => answer.undecided().lacks("now"),
        }
    }

    /// The minimum for body-worn cameras, while it runs.
    fn body_worn(
        &self,
        facts: &Facts,
        day: NaiveDate,
        now: Option<DateTime<FixedOffset>>,
    ) -> Option<Answer> {
        let version = self.book().version(RuleId::PolBodyMin30, day)?;
        let until =
            day.checked_add_days(chrono::Days::new(u64::from(version.count("minimum_days")?)))?;
        let today = now
            .and_then(|now| self.brussels().local(&now))
            .map(|now| now.date());
        let asked_to_erase = facts.requested_action == Some(crate::RequestedAction::Erase);
        if today.is_some_and(|today| today > until) {
            // Without the question about erasing, the longest term is what is asked for.
            let may_erase = asked_to_erase && facts.evidence != Some(true);
            return may_erase.then(|| {
                Answer::by(
                    version,
                    "the minimum for images of a body-worn camera has run",
                )
                .with("must_keep", false)
                .with("keep_at_least_until_day", until)
                .with("decision", "allow")
            });
        }
        let mut answer = Answer::by(
            version,
            "images of a body-worn camera are kept at least 30 days",
        )
        .with("status", "must_keep")
        .with("must_keep", true)
        .with("keep_at_least_until_day", until);
        if asked_to_erase {
            answer = answer.with("decision", "deny").because(
                "erasing was asked before the minimum has run",
                Some(RuleId::PolBodyMin30),
            );
        }
        Some(answer)
    }

    /// Returns the last day on which a declaration made or validated on a day still counts.
    pub(crate) fn validate_by(&self, day: NaiveDate) -> Option<NaiveDate> {
        let months = self.book().latest(RuleId::CamDeclYearly)?.count("months")?;
        months_after(day, months).ok()
    }
}

fn finding(rule: RuleId) -> &'static str {
    match rule {
        RuleId::CamRet1m => "images without value as evidence: one month at most",
        RuleId::CamRet3m => "a listed place of special risk: three months at most",
        RuleId::PolRet12m => "images of police cameras: twelve months at most",
        RuleId::AnprRet12m => {
            "data of a technical database: at most the term of its rule, one year since the law of 2018"
        }
        _ => "the term of the rule",
    }
}
