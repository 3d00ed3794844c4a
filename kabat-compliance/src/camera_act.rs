//! Questions of the Camera Act beside storage.

use chrono::NaiveDate;

use crate::codes::{
    Camera, CameraFeature, Controller, DeclaredTo, LivePurpose, MobilePurpose, Place,
    PoliceMission, Requester, Sign,
};
use crate::conditions::condition;
use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::{Facts, Stated};
use crate::regime::Regime;
use crate::rule::RuleId;

impl Compliance {
    fn now_day(&self, facts: &Facts) -> Option<NaiveDate> {
        facts.now.map(|now| now.day(self.brussels()))
    }

    /// Returns an undetermined answer when the controller does not fall under the Camera Act.
    fn outside_camera_act(&self, facts: &Facts, day: Option<NaiveDate>) -> Option<Answer> {
        let controller = facts.controller.as_ref()?;
        // Without a date the question is about the law as it is.
        match self.regime_on(controller, day.unwrap_or(NaiveDate::MAX)) {
            Regime::CameraAct => None,
            Regime::PoliceFunctionAct => Some(
                Answer::on(self.book(), RuleId::RegPolice, day, "the controller is a police service: the Camera Act does not apply, and the fact base has no rule for this question").undecided(),
            ),
            Regime::RescueZone => Some(Answer::on(self.book(), RuleId::RegRescue, day, Regime::RescueZone.finding()).undecided()),
        }
    }

    /// Whether a camera is declared as it must be: `compliant`, `required`, `declare_by`, `redeclare_by`, `validate_by`.
    pub(crate) fn answer_declaration(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let now = self.now_day(facts);
        let brussels = self.brussels();
        let Some(commissioned) = facts.commissioned_on.map(|day| day.day(brussels)) else {
            if facts.inside_own_home == Some(true) && facts.personal_domestic_use == Some(true) {
                return self.home();
            }
            return Answer::lacking(book, RuleId::CamDeclEve, &["commissioned_on"]);
        };
        if let Some(answer) = self.outside_camera_act(facts, now.or(Some(commissioned))) {
            return answer;
        }
        if facts.inside_own_home == Some(true) && facts.personal_domestic_use == Some(true) {
            return self.home();
        }
        let mut answer = if book.version(RuleId::CamDeclEve, commissioned).is_none() {
            self.old_declaration(facts, now)
        } else {
            self.new_declaration(facts, commissioned, now)
        };
        let maybe_home = !matches!(
            facts.controller,
            Some(
                Controller::PrivateCompany
                    | Controller::Municipality
                    | Controller::PublicAuthority
                    | Controller::EmployerPrivate
            )
        ) && !matches!(facts.place, Some(Place::Open | Place::ClosedPublic));
        if answer.flag("compliant") == Some(false) && maybe_home {
            // The home exemption would change the answer, so it must be known.
            let unknown_home =
                facts.inside_own_home.is_none() && facts.personal_domestic_use != Some(false);
            let unknown_use =
                facts.inside_own_home == Some(true) && facts.personal_domestic_use.is_none();
            if unknown_home {
                answer = answer.lacks("inside_own_home").undecided();
            }
            if unknown_use {
                answer = answer.lacks("personal_domestic_use").undecided();
            }
        }
        answer
    }

    fn home(&self) -> Answer {
        Answer::on(
            self.book(),
            RuleId::CamDeclHome,
            None,
            "inside one's own home, for personal and domestic use: no declaration",
        )
        .with("compliant", true)
        .with("required", false)
    }

    fn new_declaration(
        &self,
        facts: &Facts,
        commissioned: NaiveDate,
        now: Option<NaiveDate>,
    ) -> Answer {
        let book = self.book();
        let on = |rule, finding: &'static str| {
            Answer::on(book, rule, Some(commissioned), finding).with("required", true)
        };
        let days = book
            .version(RuleId::CamDeclEve, commissioned)
            .and_then(|rule| rule.count("days_before"))
            .unwrap_or(1);
        let Some(declare_by) = commissioned.checked_sub_days(chrono::Days::new(u64::from(days)))
        else {
            return Answer::unknown("the day before commissioning lies outside the calendar");
        };
        let to = match &facts.declared_to {
            Stated::Unsaid if facts.declared_on == Stated::Nothing => None,
            Stated::Unsaid => {
                return on(RuleId::CamDeclEve, "facts are missing")
                    .with("declare_by", declare_by)
                    .lacks("declared_to")
                    .undecided();
            }
            Stated::Nothing => None,
            Stated::Is(to) => Some(to),
        };
        let Some(to) = to else {
            if now.is_some_and(|now| now <= declare_by) {
                return on(
                    RuleId::CamDeclEve,
                    "not declared, but the last day for it has not passed",
                )
                .with("declare_by", declare_by)
                .with("compliant", true);
            }
            return on(RuleId::CamDeclEve, "not declared")
                .with("declare_by", declare_by)
                .with("compliant", false);
        };
        if *to != DeclaredTo::PoliceEservice {
            return on(
                RuleId::CamDeclPolice,
                "declared, but not to the police services",
            )
            .with("declare_by", declare_by)
            .with("compliant", false);
        }
        let declared = match facts.declared_on.value() {
            Some(moment) => moment.day(self.brussels()),
            None => {
                return on(RuleId::CamDeclEve, "facts are missing")
                    .with("declare_by", declare_by)
                    .lacks("declared_on")
                    .undecided();
            }
        };
        if declared > declare_by {
            return on(
                RuleId::CamDeclEve,
                "declared later than the day before commissioning",
            )
            .with("declare_by", declare_by)
            .with("compliant", false);
        }
        self.yearly(
            facts,
            declared,
            now,
            on(
                RuleId::CamDeclEve,
                "declared in time, at the latest the day before commissioning",
            ),
        )
        .with("declare_by", declare_by)
    }

    /// The yearly validation on top of a declaration that was in order on a day.
    fn yearly(
        &self,
        facts: &Facts,
        declared: NaiveDate,
        now: Option<NaiveDate>,
        in_order: Answer,
    ) -> Answer {
        let validated = facts
            .last_validated_on
            .value()
            .map(|moment| moment.day(self.brussels()));
        let from = validated.unwrap_or(declared).max(declared);
        let Some(validate_by) = self.validate_by(from) else {
            return Answer::unknown("the day of the next validation lies outside the calendar");
        };
        let on = |finding: &'static str| {
            Answer::on(self.book(), RuleId::CamDeclYearly, Some(declared), finding)
                .with("required", true)
                .with("validate_by", validate_by)
        };
        match now {
            Some(now) if now > validate_by && facts.last_validated_on.is_unsaid() => {
                on("facts are missing")
                    .lacks("last_validated_on")
                    .undecided()
            }
            Some(now) if now > validate_by => {
                on("more than a year since the declaration or its last validation")
                    .with("compliant", false)
            }
            Some(_) if validated.is_some() => {
                on("declared, and validated within the year").with("compliant", true)
            }
            _ => in_order
                .with("validate_by", validate_by)
                .with("compliant", true),
        }
    }

    fn old_declaration(&self, facts: &Facts, now: Option<NaiveDate>) -> Answer {
        let book = self.book();
        let Some(redeclare_by) = book
            .latest(RuleId::CamDeclTrans)
            .and_then(|rule| rule.day("redeclare_by"))
        else {
            return Answer::unknown("the transition of 2018 was not known then");
        };
        let on = |finding: &'static str| {
            Answer::on(book, RuleId::CamDeclTrans, None, finding)
                .with("required", true)
                .with("redeclare_by", redeclare_by)
        };
        let again = match (&facts.redeclared_on, &facts.declared_to, &facts.declared_on) {
            (Stated::Is(day), _, _) => Some(day.day(self.brussels())),
            // A declaration to the police counter is one under the new system.
            (_, Stated::Is(DeclaredTo::PoliceEservice), Stated::Is(day)) => {
                Some(day.day(self.brussels()))
            }
            _ => None,
        };
        if let Some(again) = again {
            if again > redeclare_by {
                return on("declared again only after the transition had ended")
                    .with("compliant", false);
            }
            return self
                .yearly(
                    facts,
                    again,
                    now,
                    on("declared again within the transition"),
                )
                .with("redeclare_by", redeclare_by);
        }
        let old = match &facts.declared_to {
            Stated::Is(DeclaredTo::Other(_) | DeclaredTo::PoliceEservice) | Stated::Unsaid => None,
            Stated::Is(DeclaredTo::DataProtectionAuthority | DeclaredTo::PrivacyCommission) => {
                Some(true)
            }
            Stated::Nothing => Some(false),
        };
        match (old, now) {
            (None, _) => on("facts are missing")
                .lacks(if facts.declared_to.is_unsaid() {
                    "declared_to"
                } else {
                    "declared_on"
                })
                .undecided(),
            (Some(false), _) => {
                on("never declared, neither under the old system nor under the new")
                    .with("compliant", false)
            }
            (Some(true), Some(now)) if now <= redeclare_by => {
                on("the old declaration is enough until the transition ends")
                    .with("compliant", true)
            }
            (Some(true), None) => on("facts are missing").lacks("now").undecided(),
            (Some(true), Some(_)) if facts.redeclared_on.is_unsaid() => {
                on("facts are missing").lacks("redeclared_on").undecided()
            }
            (Some(true), Some(_)) => {
                on("the transition has ended and the camera was not declared again")
                    .with("compliant", false)
            }
        }
    }

    /// Whether the register must be shown: `must_disclose`.
    pub(crate) fn answer_register(&self, facts: &Facts) -> Answer {
        if let Some(answer) = self.outside_camera_act(facts, self.now_day(facts)) {
            return answer;
        }
        let on = |finding: &'static str| {
            Answer::on(self.book(), RuleId::CamReg, self.now_day(facts), finding)
        };
        match &facts.requested_by {
            None => Answer::lacking(self.book(), RuleId::CamReg, &["requested_by"]),
            Some(Requester::Police | Requester::DataProtectionAuthority) => on(
                "the register is shown on request to the data protection authority and the police",
            )
            .with("must_disclose", true),
            Some(_) => on("the register is not public").with("must_disclose", false),
        }
    }

    /// Whether the sign is in order: `compliant`.
    pub(crate) fn answer_signage(&self, facts: &Facts) -> Answer {
        let police = facts.controller.as_ref().is_some_and(Controller::is_police);
        let day = self.now_day(facts);
        let rule = if police {
            RuleId::PolPict
        } else {
            RuleId::CamPict
        };
        if police && matches!(facts.camera, Some(Camera::Mobile | Camera::BodyWorn)) {
            return Answer::on(
                self.book(),
                rule,
                day,
                "the police pictogram is for fixed and temporary fixed cameras",
            )
            .undecided();
        }
        if !police && let Some(answer) = self.outside_camera_act(facts, day) {
            return answer;
        }
        let on = |finding: &'static str| Answer::on(self.book(), rule, day, finding);
        let mut answer = match (&facts.sign, police) {
            (None, _) => return Answer::lacking(self.book(), rule, &["sign"]),
            (Some(Sign::StatutoryPictogram), _) | (Some(Sign::PolicePictogram), true) => {
                on("the statutory pictogram is in place").with("compliant", true)
            }
            (Some(Sign::None), _) => {
                on("no pictogram; that the camera can be seen does not replace it")
                    .with("compliant", false)
            }
            (Some(_), _) => {
                on("another sign or text does not replace the pictogram").with("compliant", false)
            }
        };
        if !police
            && facts.place == Some(Place::Open)
            && let Some(rule) = self.book().latest(rule)
        {
            for (name, value) in [
                ("width_mm", rule.quantity("open_width_mm")),
                ("height_mm", rule.quantity("open_height_mm")),
            ] {
                if let Some(value) = value {
                    answer = answer.with(name, value);
                }
            }
        }
        answer
    }

    /// Whether images may be watched as they come in: `decision`.
    pub(crate) fn answer_live_view(&self, facts: &Facts) -> Answer {
        let day = self.now_day(facts);
        if let Some(answer) = self.outside_camera_act(facts, day) {
            return answer;
        }
        let at_once = facts
            .live_purpose
            .as_ref()
            .map(|purpose| *purpose == LivePurpose::ImmediateIntervention);
        let purpose = condition(
            "live_purpose",
            at_once,
            "real-time viewing serves only to act at once",
        );
        match &facts.place {
            Some(Place::Open) => self.judge(
                RuleId::CamLiveOpen,
                day,
                &[
                    condition("supervised_by_police", facts.supervised_by_police, "an open place is watched in real time only under supervision of the police"),
                    purpose,
                ],
            ),
            Some(Place::ClosedPublic | Place::ClosedPrivate) => self.judge(RuleId::CamLiveClosed, day, &[purpose]),
            Some(Place::Other(_)) => Answer::unknown("the kind of place is not known"),
            None => Answer::lacking(self.book(), RuleId::CamLiveOpen, &["place"]),
        }
    }

    /// Whether a camera may be installed or used: `decision`.
    pub(crate) fn answer_install(&self, facts: &Facts) -> Answer {
        let day = self.now_day(facts);
        if let Some(answer) = self.outside_camera_act(facts, day) {
            return answer;
        }
        let has = |feature: CameraFeature| {
            facts
                .features
                .as_ref()
                .map(|features| features.contains(&feature))
        };
        if has(CameraFeature::FaceRecognition) == Some(true)
            || has(CameraFeature::PersonalDataFile) == Some(true)
        {
            return Answer::on(
                self.book(),
                RuleId::CamInt,
                day,
                "a camera may be linked to files of personal data only for number plates",
            )
            .with("decision", "deny");
        }
        let moves = match &facts.camera {
            Some(Camera::Mobile | Camera::BodyWorn) => Some(true),
            Some(Camera::Other(code)) => {
                matches!(code.as_str(), "drone" | "dashcam" | "mobile_anpr").then_some(true)
            }
            Some(Camera::Fixed | Camera::TemporaryFixed) => Some(false),
            None => None,
        };
        match (&facts.place, moves) {
            (Some(Place::Open), Some(false)) => self.judge(
                RuleId::CamOpenPublicAuth,
                day,
                &[
                    condition("controller", facts.controller.as_ref().and_then(Controller::is_public_authority), "fixed cameras in an open place need a public authority as controller"),
                    condition("council_positive_advice", facts.council_positive_advice, "the municipal council gave no positive advice"),
                ],
            ),
            (Some(Place::Open), Some(true)) => {
                let municipal = match (&facts.controller, facts.on_behalf_of_municipality) {
                    (Some(Controller::Municipality), _) => Some(true),
                    (_, on_behalf) => on_behalf,
                };
                let purpose = facts.mobile_purpose.as_ref().map(|purpose| !matches!(purpose, MobilePurpose::Other(_)));
                self.judge(
                    RuleId::CamMobOpen,
                    day,
                    &[
                        condition("features", has(CameraFeature::Anpr), "a mobile camera in an open place must be one that reads number plates"),
                        condition("on_behalf_of_municipality", municipal, "a mobile camera in an open place is used only by or on behalf of the municipality"),
                        condition("mobile_purpose", purpose, "mobile cameras in an open place serve only nuisance under article 135 or municipal paid parking"),
                        condition("council_positive_advice", facts.council_positive_advice, "the municipal council gave no positive advice"),
                    ],
                )
            }
            (Some(Place::Open), None) => Answer::lacking(self.book(), RuleId::CamOpenPublicAuth, &["camera"]),
            (Some(Place::ClosedPublic | Place::ClosedPrivate), _) => Answer::on(self.book(), RuleId::RegCam, day, "the fact base has no condition for installing in a closed place; declaration, register, pictogram and storage still bind").undecided(),
            (Some(Place::Other(_)), _) => Answer::unknown("the kind of place is not known"),
            (None, _) => Answer::lacking(self.book(), RuleId::CamOpenPublicAuth, &["place"]),
        }
    }

    /// Whether images must or may be handed over: `obligation`, `charge`.
    #[expect(
        clippy::too_many_lines,
        reason = "one question, its conditions in the order of the act"
    )]
    pub(crate) fn answer_transfer(&self, facts: &Facts) -> Answer {
        let day = self.now_day(facts);
        if let Some(answer) = self.outside_camera_act(facts, day) {
            return answer;
        }
        if facts.live_images == Some(true) {
            let listed = match &facts.special_risk_place {
                Stated::Unsaid => None,
                Stated::Nothing => Some(false),
                Stated::Is(place) => {
                    (!matches!(place, crate::SpecialRiskPlace::Other(_))).then_some(true)
                }
            };
            return self.judge(
                RuleId::CamXferLive,
                day,
                &[
                    condition(
                        "special_risk_place",
                        listed,
                        "live images are sent only from listed places of special risk",
                    ),
                    condition(
                        "written_agreement",
                        facts.written_agreement,
                        "live images need a written agreement with the police",
                    ),
                ],
            );
        }
        if facts.requested_by == Some(Requester::Police) {
            let mission = facts
                .police_mission
                .as_ref()
                .map(|mission| !matches!(mission, PoliceMission::Other(_)));
            let judged = self.judge(
                RuleId::CamXferPolice,
                day,
                &[
                    condition(
                        "police_mission",
                        mission,
                        "the police does not ask within its administrative or judicial missions",
                    ),
                    condition(
                        "images_concern_offence",
                        facts.images_concern_offence,
                        "the images do not concern the offence or incivility",
                    ),
                ],
            );
            return match judged.word("decision") {
                Some("allow") => {
                    let mut answer = Self::without_decision(judged)
                        .with("obligation", "must_transfer")
                        .with("charge", "free");
                    if facts.place == Some(Place::ClosedPrivate) {
                        answer = answer.with("may_ask_for_warrant", true).because("the controller of a closed private place may ask for a judicial warrant (likely)", Some(RuleId::CamXferPolice));
                    }
                    answer
                }
                Some("deny") => Self::without_decision(judged).with("obligation", "none"),
                _ => judged,
            };
        }
        if let Some(other) = facts
            .requested_by
            .as_ref()
            .filter(|other| !matches!(other, Requester::Justice))
        {
            return Answer::on(
                self.book(),
                RuleId::CamXferVoluntary,
                day,
                alloc::format!(
                    "images go only to police or justice, not to `{}`",
                    other.code()
                ),
            )
            .with("obligation", "must_not_transfer");
        }
        let recipient = facts
            .recipient
            .as_ref()
            .or(facts.requested_by.as_ref())
            .map(|recipient| matches!(recipient, Requester::Police | Requester::Justice));
        let judged = self.judge(
            RuleId::CamXferVoluntary,
            day,
            &[
                condition(
                    "recipient",
                    recipient,
                    "images may be given only to police or justice",
                ),
                condition(
                    "images_may_prove_offence",
                    facts.images_may_prove_offence,
                    "the images show nothing that may be an offence or incivility",
                ),
            ],
        );
        match judged.word("decision") {
            Some("allow") => Self::without_decision(judged).with("obligation", "may_transfer"),
            Some("deny") => Self::without_decision(judged).with("obligation", "must_not_transfer"),
            _ => judged,
        }
    }

    fn without_decision(mut answer: Answer) -> Answer {
        answer.values.remove("decision");
        answer
    }

    /// Whether cameras may be used unseen: `decision`.
    pub(crate) fn answer_hidden_use(&self, facts: &Facts) -> Answer {
        let day = self.now_day(facts);
        if facts.controller.as_ref().is_some_and(Controller::is_police) {
            let kind = facts
                .camera
                .as_ref()
                .map(|camera| matches!(camera, Camera::TemporaryFixed | Camera::Mobile));
            let case = match &facts.case_reference {
                Stated::Unsaid => None,
                Stated::Nothing => Some(false),
                Stated::Is(_) => Some(true),
            };
            return self
                .judge(
                    RuleId::PolInvisible,
                    day,
                    &[
                        condition(
                            "camera",
                            kind,
                            "only temporary fixed or mobile cameras may be used unseen",
                        ),
                        condition(
                            "case_reference",
                            case,
                            "not-visible use is decided case by case",
                        ),
                        condition(
                            "authorised_by_chief",
                            facts.authorised_by_chief,
                            "the commissioner-general or chief of police did not authorise it",
                        ),
                    ],
                )
                .with("supervisor", "police_information_supervisory_body");
        }
        if let Some(answer) = self.outside_camera_act(facts, day) {
            return answer;
        }
        self.judge(
            RuleId::CamHidden,
            day,
            &[condition(
                "hidden",
                facts.hidden.map(|hidden| !hidden),
                "hidden use is forbidden",
            )],
        )
    }

    /// The highest fine: `max_fine_eur`.
    pub(crate) fn answer_sanction(&self, facts: &Facts) -> Answer {
        let Some(day) = self.now_day(facts) else {
            return Answer::lacking(self.book(), RuleId::CamSanc, &["now"]);
        };
        let answer = Answer::on(
            self.book(),
            RuleId::CamSanc,
            Some(day),
            "the fine of the act times the surcharge",
        );
        let amount = self.book().version(RuleId::CamSanc, day).and_then(|rule| {
            rule.quantity("fine_eur")?
                .checked_mul(rule.quantity("surcharge_factor")?)
        });
        match amount {
            Some(amount) => answer.with("max_fine_eur", amount),
            None => answer.undecided(),
        }
    }
}
