//! Draws what a camera park may keep, why and until when, and what is overdue:
//! `cargo run --release --example retention_audit -- --as-of 2026-11-20 [--out FILE]`
//!
//! The park is made up. Its recordings are placed at given ages before the day asked for, so every day shows
//! every kind of answer. The page is one file without scripts; hovering over a bar shows the sources.
#![expect(clippy::print_stdout, reason = "the report is what the example is for")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use kabat::compliance::chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta,
};
use kabat::compliance::{
    Answer, Camera, Case, Compliance, Controller, Facts, Moment, RuleId, SpecialRiskPlace, Stated,
    Value,
};

/// A camera of the made-up park and the ages in days of its recordings; `true` marks evidence.
struct Sample {
    name: &'static str,
    domain: &'static str,
    controller: Controller,
    camera: Camera,
    special_risk_place: Stated<SpecialRiskPlace>,
    ages: &'static [(u64, bool)],
}

fn park() -> Vec<Sample> {
    let sample = |name, domain, controller, camera, special_risk_place, ages| Sample {
        name,
        domain,
        controller,
        camera,
        special_risk_place,
        ages,
    };
    let act = "camera_act";
    vec![
        sample(
            "Market square (municipality)",
            act,
            Controller::Municipality,
            Camera::Fixed,
            Stated::Nothing,
            &[(3, false), (29, false), (40, false), (150, true)],
        ),
        sample(
            "Shop entrance",
            act,
            Controller::PrivateCompany,
            Camera::Fixed,
            Stated::Nothing,
            &[(1, false), (30, false), (33, false)],
        ),
        sample(
            "Station hall",
            act,
            Controller::PrivateCompany,
            Camera::Fixed,
            Stated::Is(SpecialRiskPlace::RailwayStation),
            &[(10, false), (75, false), (95, false)],
        ),
        sample(
            "Car park, place not stated",
            act,
            Controller::PrivateCompany,
            Camera::Fixed,
            Stated::Unsaid,
            &[(12, false)],
        ),
        sample(
            "Fire station yard (rescue zone)",
            act,
            Controller::RescueZone,
            Camera::Fixed,
            Stated::Nothing,
            &[(12, false)],
        ),
        sample(
            "Ring road (local police)",
            "police_camera",
            Controller::PoliceLocal,
            Camera::Fixed,
            Stated::Unsaid,
            &[(25, false), (200, false), (370, false)],
        ),
        sample(
            "Patrol, body-worn (local police)",
            "police_camera",
            Controller::PoliceLocal,
            Camera::BodyWorn,
            Stated::Unsaid,
            &[(8, false), (60, false)],
        ),
        sample(
            "Number plates, motorway (federal police)",
            "anpr_db",
            Controller::PoliceFederal,
            Camera::Fixed,
            Stated::Unsaid,
            &[(15, false), (340, false), (380, false)],
        ),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Overdue,
    PastCeiling,
    Allowed,
    MustKeep,
    Evidence,
    Undetermined,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Overdue,
        Self::PastCeiling,
        Self::Allowed,
        Self::MustKeep,
        Self::Evidence,
        Self::Undetermined,
    ];

    const fn class(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::PastCeiling => "ceiling",
            Self::Allowed => "allowed",
            Self::MustKeep => "mustkeep",
            Self::Evidence => "evidence",
            Self::Undetermined => "undetermined",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Overdue => "overdue: to be erased",
            Self::PastCeiling => "past the 30-day ceiling, the law still allows",
            Self::Allowed => "may be kept",
            Self::MustKeep => "must be kept for now",
            Self::Evidence => "kept as evidence",
            Self::Undetermined => "undetermined: a person decides",
        }
    }
}

struct Row {
    camera: Option<&'static str>,
    recorded: DateTime<FixedOffset>,
    until: Option<DateTime<FixedOffset>>,
    state: State,
    note: String,
    hover: String,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut as_of, mut out) = (None, String::from("retention_audit.html"));
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--as-of", Some(day)) => match day.parse::<NaiveDate>() {
                // Two years of drawing must fit the calendar.
                Ok(day) if (2000..2090).contains(&day.year()) => as_of = Some(day),
                _ => return usage(&format!("`{day}` is not a day between 2000 and 2089")),
            },
            ("--out", Some(path)) => out = path,
            _ => {
                return usage(&format!(
                    "`{argument}` is not understood, or lacks its value"
                ));
            }
        }
    }
    let Some(as_of) = as_of else {
        return usage("`--as-of` is missing");
    };
    let law = Compliance::belgium();
    let rows = rows(&law, as_of);
    let mut tally: BTreeMap<State, usize> = BTreeMap::new();
    for row in &rows {
        *tally.entry(row.state).or_default() += 1;
    }
    if let Err(error) = std::fs::write(&out, page(&law, as_of, &rows, &tally)) {
        eprintln!("{out}: {error}");
        return ExitCode::from(2);
    }
    for (state, count) in &tally {
        println!("{count:>3}  {}", state.label());
    }
    println!(
        "{} recordings as of {as_of}, law release {}: {out}",
        rows.len(),
        law.book().release()
    );
    ExitCode::SUCCESS
}

fn usage(problem: &str) -> ExitCode {
    eprintln!("{problem}\nusage: retention_audit --as-of YYYY-MM-DD [--out FILE]");
    ExitCode::from(2)
}

fn rows(law: &Compliance, as_of: NaiveDate) -> Vec<Row> {
    let mut rows = Vec::new();
    for sample in park() {
        let mut name = Some(sample.name);
        for &(age, evidence) in sample.ages {
            let wall = (as_of - Days::new(age)).and_time(NaiveTime::MIN)
                + TimeDelta::hours(9)
                + TimeDelta::minutes(30);
            let noon = as_of.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
            let (Some(recorded), Some(now)) =
                (law.brussels().earliest(wall), law.brussels().earliest(noon))
            else {
                continue;
            };
            let facts = Facts {
                controller: Some(sample.controller.clone()),
                camera: Some(sample.camera.clone()),
                special_risk_place: sample.special_risk_place.clone(),
                recorded_at: Some(recorded),
                now: Some(Moment::Instant(now)),
                evidence: Some(evidence),
                stored_in_other_police_database: Some(false),
                ..Facts::default()
            };
            let answer = law.answer(&Case {
                domain: sample.domain.into(),
                question: "retention".into(),
                facts,
            });
            rows.push(row(name.take(), recorded, &answer, now));
        }
    }
    rows
}

fn row(
    camera: Option<&'static str>,
    recorded: DateTime<FixedOffset>,
    answer: &Answer,
    now: DateTime<FixedOffset>,
) -> Row {
    let instant = |name| match answer.value(name) {
        Some(Value::Instant(at)) => Some(*at),
        _ => None,
    };
    let erase_by = instant("erase_by");
    let state = match answer.word("status") {
        Some("erase_due") => State::Overdue,
        Some("must_keep") => State::MustKeep,
        Some("keep_as_evidence") => State::Evidence,
        Some("keep_allowed") if erase_by.is_some_and(|at| at < now) => State::PastCeiling,
        Some("keep_allowed") => State::Allowed,
        _ => State::Undetermined,
    };
    let rule = answer.rule.map_or("no rule", RuleId::code);
    let kept_until = match answer.value("keep_at_least_until_day") {
        Some(Value::Day(day)) => day
            .and_hms_opt(12, 0, 0)
            .map(|noon| noon.and_utc().fixed_offset()),
        _ => None,
    };
    let note = match (state, erase_by, kept_until) {
        (State::Evidence, ..) => format!("{rule}: while the need lasts"),
        (State::Undetermined, ..) if answer.missing.is_empty() => format!("{rule}: not verified"),
        (State::Undetermined, ..) => format!("missing: {}", answer.missing.join(", ")),
        (State::Overdue, Some(at), _) => format!("{rule}: since {}", at.format("%d.%m.%Y %H:%M")),
        (_, Some(at), _) => format!("{rule}: by {}", at.format("%d.%m.%Y %H:%M")),
        (_, _, Some(at)) => format!("{rule}: until {}", at.format("%d.%m.%Y")),
        _ => rule.to_owned(),
    };
    let mut hover = format!(
        "recorded {}\n{}",
        recorded.format("%d.%m.%Y %H:%M"),
        state.label()
    );
    for reason in &answer.reasons {
        let _ = write!(hover, "\n{}", reason.finding);
        for because in &reason.because {
            let _ = write!(hover, "\n  because {}", because.finding);
        }
    }
    for citation in &answer.citations {
        let _ = write!(hover, "\n{citation}");
    }
    if let Some(certainty) = answer.certainty {
        let _ = write!(hover, "\ncertainty of the rule: {certainty}");
    }
    if !answer.missing.is_empty() {
        let _ = write!(hover, "\nmissing: {}", answer.missing.join(", "));
    }
    Row {
        camera,
        recorded,
        until: erase_by.or(kept_until),
        state,
        note,
        hover,
    }
}

const STYLE: &str = "
:root{--bg:#fbfaf7;--fg:#1f2430;--dim:#5d6472;--grid:#dcd7cb;--now:#1f2430;--overdue:#c8372d;--ceiling:#d98b1a;--allowed:#2f7fc4;--mustkeep:#12806f;--evidence:#7d4fa8;--undetermined:#8b8f98}
@media (prefers-color-scheme:dark){:root{--bg:#14171d;--fg:#e8e6e0;--dim:#a4abb8;--grid:#333945;--now:#f4f2ec;--overdue:#ff6f61;--ceiling:#f2b04a;--allowed:#6fb2f2;--mustkeep:#3fc7b0;--evidence:#c29bea;--undetermined:#8d95a3}}
body{background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif;margin:24px auto;max-width:1320px;padding:0 16px}
h1{font-size:22px;margin:0 0 4px}p{margin:4px 0 14px;color:var(--dim)}
ul{list-style:none;display:flex;flex-wrap:wrap;gap:6px 22px;padding:0;margin:0 0 10px}
li i{display:inline-block;width:22px;height:11px;border-radius:3px;margin-right:7px}
.scroll{overflow-x:auto}svg{width:100%;min-width:1040px;height:auto;display:block}
table{border-collapse:collapse;font-size:13px}td{vertical-align:top;padding:5px 8px 5px 0;border-bottom:1px solid var(--grid);white-space:pre-line;overflow-wrap:anywhere}summary{cursor:pointer;margin:16px 0 6px}
text{fill:var(--fg);font-size:12px}.dim{fill:var(--dim)}
.grid{stroke:var(--grid);stroke-width:1}.now{stroke:var(--now);stroke-width:1.6;stroke-dasharray:5 3}.name{font-weight:600}
.overdue{fill:var(--overdue);background:var(--overdue)}.ceiling{fill:var(--ceiling);background:var(--ceiling)}.allowed{fill:var(--allowed);background:var(--allowed)}
.mustkeep{fill:var(--mustkeep);background:var(--mustkeep)}.evidence{fill:var(--evidence);background:var(--evidence)}.undetermined{fill:var(--undetermined);background:var(--undetermined)}
.over{fill:none;stroke:var(--overdue);stroke-width:2;stroke-dasharray:3 3}g.row:hover .bar{opacity:.7}
";

/// Days drawn to the left and to the right of the day asked for.
const BEFORE: i64 = 400;
const AFTER: i64 = 400;
const LEFT: f64 = 300.0;
const WIDTH: f64 = 800.0;
const RIGHT: f64 = 290.0;
const LINE: f64 = 24.0;

fn x(as_of: NaiveDate, day: NaiveDate) -> f64 {
    let days = day
        .signed_duration_since(as_of)
        .num_days()
        .clamp(-BEFORE, AFTER)
        + BEFORE;
    #[expect(clippy::cast_precision_loss, reason = "a few hundred days")]
    let share = days as f64 / (BEFORE + AFTER) as f64;
    LEFT + share * WIDTH
}

fn page(
    law: &Compliance,
    as_of: NaiveDate,
    rows: &[Row],
    tally: &BTreeMap<State, usize>,
) -> String {
    let mut html = String::new();
    let overdue = tally.get(&State::Overdue).copied().unwrap_or_default();
    let _ = write!(
        html,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Retention audit as of {as_of}</title><style>{STYLE}</style></head><body><h1>Retention audit as of {}</h1><p>Made-up camera park, {} recordings, {overdue} overdue. Law release {}. Each bar runs from the recording to the end of its lawful storage; reasons and sources show when a bar is pointed at, and below.</p><ul>",
        as_of.format("%d.%m.%Y"),
        rows.len(),
        escape(law.book().release()),
    );
    for state in State::ALL {
        let count = tally.get(&state).copied().unwrap_or_default();
        let _ = write!(
            html,
            "<li><i class=\"{}\"></i>{} ({count})</li>",
            state.class(),
            state.label()
        );
    }
    let mut y = 34.0;
    let mut body = String::new();
    for row in rows {
        if let Some(name) = row.camera {
            let _ = write!(
                body,
                "<line class=\"grid\" x1=\"0\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"name\" x=\"0\" y=\"{}\">{}</text>",
                LEFT + WIDTH + RIGHT,
                y + 16.0,
                escape(name)
            );
        }
        let start = x(as_of, row.recorded.date_naive());
        let now = x(as_of, as_of);
        // Without an end of its own a bar reaches the day asked for.
        let end = row
            .until
            .map_or(now, |until| x(as_of, until.date_naive()))
            .max(start + 3.0);
        let _ = write!(
            body,
            "<g class=\"row\"><title>{}</title><rect x=\"0\" y=\"{y}\" width=\"{}\" height=\"{LINE}\" fill=\"transparent\"/><rect class=\"bar {}\" x=\"{start:.1}\" y=\"{}\" width=\"{:.1}\" height=\"12\" rx=\"3\"/>",
            escape(&row.hover),
            LEFT + WIDTH + RIGHT,
            row.state.class(),
            y + 6.0,
            end - start
        );
        if row.state == State::Overdue && now > end {
            let _ = write!(
                body,
                "<rect class=\"over\" x=\"{end:.1}\" y=\"{}\" width=\"{:.1}\" height=\"10\"/>",
                y + 7.0,
                now - end
            );
        }
        let _ = write!(
            body,
            "<text x=\"{}\" y=\"{}\">{}</text></g>",
            LEFT + WIDTH + 12.0,
            y + 16.0,
            escape(&row.note)
        );
        y += LINE;
    }
    let height = y + 8.0;
    let _ = write!(
        html,
        "</ul><div class=\"scroll\"><svg viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"Timeline of recordings\">",
        LEFT + WIDTH + RIGHT
    );
    let mut month = NaiveDate::from_ymd_opt(as_of.year() - 2, 1, 1).unwrap_or(as_of);
    while (month - as_of).num_days() < AFTER {
        let days = (month - as_of).num_days();
        if days > -BEFORE && month.month() % 2 == 1 {
            let at = x(as_of, month);
            let format = if month.month() == 1 { "%b %Y" } else { "%b" };
            let _ = write!(
                html,
                "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"24\" y2=\"{height}\"/>"
            );
            // The label of the day itself goes first where the two would meet.
            if days.abs() > 58 {
                let _ = write!(
                    html,
                    "<text class=\"dim\" x=\"{at:.1}\" y=\"16\" text-anchor=\"middle\">{}</text>",
                    month.format(format)
                );
            }
        }
        month = month + kabat::compliance::chrono::Months::new(1);
    }
    let now = x(as_of, as_of);
    let _ = writeln!(
        html,
        "{body}<line class=\"now\" x1=\"{now:.1}\" x2=\"{now:.1}\" y1=\"22\" y2=\"{height}\"/><text x=\"{now:.1}\" y=\"16\" text-anchor=\"middle\" class=\"name\">{}</text></svg></div>",
        as_of.format("%d.%m.%Y")
    );
    write_reasons(&mut html, rows);
    html.push_str("</body></html>");
    html
}

/// Writes what pointing at a bar shows, for those who cannot point: on a telephone, on paper, by screen reader.
fn write_reasons(html: &mut String, rows: &[Row]) {
    html.push_str("<details><summary>Reasons and sources of each</summary><table>");
    let mut camera = "";
    for row in rows {
        camera = row.camera.unwrap_or(camera);
        let (camera, hover) = (escape(camera), escape(&row.hover));
        let _ = write!(html, "<tr><td>{camera}</td><td>{hover}</td></tr>");
    }
    html.push_str("</table></details>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
