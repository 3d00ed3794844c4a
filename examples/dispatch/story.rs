//! The file of one call: every decision with its reasons, for the terminal and for the page.

use kabat::classify::Note;
use kabat::core::IncidentEvent;
use kabat::geo::{Certainty, PassedOver, Reason};
use kabat::{Language, ResourceId};

use crate::desk::{Desk, Handled};

/// A part of the file: its heading and its lines.
pub(crate) type Section = (&'static str, Vec<String>);

/// How many of the nearer units that were passed over are listed.
const PASSED_OVER: usize = 6;

/// Prints the file of the call with this number.
pub(crate) fn print(desk: &Desk, number: &str) -> Result<(), String> {
    let mut calls = desk.handled.iter();
    let handled = calls
        .find(|handled| handled.call == number || handled.call.ends_with(&format!("/{number}")))
        .ok_or_else(|| format!("no call `{number}` went through"))?;
    println!("{} \"{}\"", handled.call, handled.text);
    for (heading, lines) in sections(desk, handled) {
        println!("\n{heading}");
        for line in lines {
            println!("  {line}");
        }
    }
    Ok(())
}

/// Tells all that was decided about a call; parts that have nothing to say are left out.
pub(crate) fn sections(desk: &Desk, handled: &Handled) -> Vec<Section> {
    let mut sections = vec![
        (
            "Why this type (kabat-classify)",
            classification(desk, handled),
        ),
        ("Whose it is (kabat-geo)", jurisdiction(handled)),
        (
            "The same as an open incident? (kabat-core)",
            same_as(desk, handled),
        ),
        ("Units sent (kabat-geo)", chosen(desk, handled)),
        ("Nearer, but passed over", passed_over(desk, handled)),
        ("On the air (kabat-tetra)", radio(desk, handled)),
        ("Time line (kabat-core)", time_line(desk, handled)),
        ("Footage (kabat-compliance)", footage(handled)),
        ("The plate that was read out (kabat-core)", plate(handled)),
    ];
    sections.retain(|(_, lines)| !lines.is_empty());
    sections
}

fn classification(desk: &Desk, handled: &Handled) -> Vec<String> {
    let explained = desk.classifier.explain(&Note::new(handled.text.as_str()));
    let mut lines = vec![explained.sentence(Language::En)];
    for fact in &handled.verdict.facts {
        let words = fact.spans.iter().filter_map(|span| {
            let (start, end) = (usize::try_from(span.start), usize::try_from(span.end));
            handled.text.get(start.ok()?..end.ok()?)
        });
        let words: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
        lines.push(format!(
            "fact {} = {}, by rule {}{}{}",
            fact.name,
            fact.value.to_json(),
            fact.rule,
            if words.is_empty() { "" } else { ", from " },
            words.join(", ")
        ));
    }
    let rules = &handled.verdict.matched;
    if !rules.is_empty() {
        lines.push(format!("rules that held: {}", rules.join(", ")));
    }
    lines
}

fn jurisdiction(handled: &Handled) -> Vec<String> {
    let place = &handled.place;
    let mut lines = Vec::new();
    if let Some(row) = place.municipality {
        let name = row.names.get(Language::En);
        lines.push(format!("municipality {name} (NIS {})", row.nis));
    }
    if let Some(zone) = place.police_zone {
        lines.push(format!("police zone {} {}", zone.key, zone.name));
    }
    if let Some(zone) = place.rescue_zone {
        lines.push(format!("rescue zone {}", zone.key));
    }
    if let Some(area) = place.language_area {
        lines.push(format!("language area {}", area.code()));
    }
    lines.push(certainty(place.certainty));
    lines
}

fn certainty(certainty: Certainty) -> String {
    match certainty {
        Certainty::Exact => "certain: the border data decide".to_owned(),
        Certainty::NearBorder { neighbour, metres } => format!(
            "a border is {metres:.0} m away, beyond it {}",
            neighbour.map_or("no known municipality".to_owned(), |nis| format!(
                "NIS {nis}"
            ))
        ),
        Certainty::Likely {
            municipality,
            police_zone,
            runner_up,
            ..
        } => format!(
            "likely: municipality {:.0} %, police zone {:.0} %{}",
            municipality * 100.0,
            police_zone * 100.0,
            runner_up.map_or(String::new(), |nis| format!("; next likeliest NIS {nis}"))
        ),
        Certainty::Nearest { metres } => {
            format!("outside every area; the nearest, {metres:.0} m away")
        }
        _ => "not known".to_owned(),
    }
}

fn same_as(desk: &Desk, handled: &Handled) -> Vec<String> {
    let Some(same) = &handled.same_as else {
        return Vec::new();
    };
    let mut known = desk.handled.iter();
    let call = known
        .find(|known| known.incident.id() == same.incident)
        .map_or("?", |known| known.call.as_str());
    let mut lines = vec![format!(
        "merged into the incident of call {call}: {} of 100 points; no unit sent again",
        same.points
    )];
    lines.extend(same.reasons.iter().map(ToString::to_string));
    lines
}

fn chosen(desk: &Desk, handled: &Handled) -> Vec<String> {
    let line = |choice: &kabat::geo::Choice| {
        format!(
            "{} for {}, {:.1} km",
            call_sign(desk, choice.unit),
            choice.capability,
            choice.distance.as_km()
        )
    };
    handled.sent.chosen.iter().map(line).collect()
}

fn passed_over(desk: &Desk, handled: &Handled) -> Vec<String> {
    let all = &handled.sent.passed_over;
    let line = |passed: &PassedOver| {
        format!(
            "{} for {}, {:.1} km: {}",
            call_sign(desk, passed.unit),
            passed.capability,
            passed.distance.as_km(),
            reason(&passed.reason)
        )
    };
    // Being of another trade is the commonest reason and tells the least, so it comes last.
    let (other, telling): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|passed| matches!(passed.reason, Reason::LacksCapability));
    let listed = telling.into_iter().chain(other).take(PASSED_OVER);
    let mut lines: Vec<String> = listed.map(line).collect();
    if all.len() > PASSED_OVER {
        lines.push(format!("and {} more", all.len() - PASSED_OVER));
    }
    lines
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Excluded => "left out by the operator".to_owned(),
        Reason::LacksCapability => "cannot do this".to_owned(),
        Reason::NotAssignable { status } => format!("not free, {status}"),
        Reason::ChosenFor { capability, .. } => format!("already sent for {capability}"),
        Reason::NoWay => "no way known".to_owned(),
        Reason::CostsMore { .. } => "takes longer".to_owned(),
        _ => "for another reason".to_owned(),
    }
}

/// The first unit's messages; those to the others differ in the radio number alone.
fn radio(desk: &Desk, handled: &Handled) -> Vec<String> {
    let Some(((unit, messages), others)) = handled.radio.split_first() else {
        return Vec::new();
    };
    let name = call_sign(desk, *unit);
    let mut lines: Vec<String> = messages
        .iter()
        .map(|message| format!("{name} {message}"))
        .collect();
    if !others.is_empty() {
        lines.push(format!("and the like for {} more", others.len()));
    }
    lines
}

fn time_line(desk: &Desk, handled: &Handled) -> Vec<String> {
    let zone = handled.received_at.timezone();
    let line = |entry: &kabat::core::TimelineEvent| {
        let at = entry.at.with_timezone(&zone).format("%H:%M:%S");
        let detail = match &entry.event {
            IncidentEvent::ResourceStepped { resource, step } => {
                format!("{} {step:?}", call_sign(desk, *resource))
            }
            other => other.kind().code().replace('_', " "),
        };
        format!("{at} {detail}")
    };
    // Events are kept in the order in which they were written down; people read them in the order of the clock.
    let mut entries: Vec<_> = handled.incident.timeline().iter().collect();
    entries.sort_by_key(|entry| entry.at);
    entries.into_iter().map(line).collect()
}

fn footage(handled: &Handled) -> Vec<String> {
    let line = |footage: &crate::footage::Footage| {
        format!("erase by {}: {}", footage.summary, footage.source)
    };
    handled.footage.iter().map(line).collect()
}

fn plate(handled: &Handled) -> Vec<String> {
    let Some(plate) = handled.plate else {
        return Vec::new();
    };
    let series: Vec<&str> = plate
        .series()
        .iter()
        .map(|found| found.series.code())
        .collect();
    let may_be = match series.as_slice() {
        [] => "of no Belgian series".to_owned(),
        series => format!("perhaps of the series {}", series.join(", ")),
    };
    let mut lines = vec![format!("{plate}, hidden as in every log; {may_be}")];
    let zone = handled.received_at.timezone();
    lines.extend(handled.sightings.iter().map(|seen| {
        let how = seen
            .confusion
            .map_or("read as given".to_owned(), |confusion| {
                format!(
                    "with {} read for {}: to be looked at",
                    confusion.read, confusion.meant
                )
            });
        format!(
            "{} {}, {:.1} km away, {how}",
            seen.at.with_timezone(&zone).format("%H:%M:%S"),
            seen.camera,
            seen.distance.as_km()
        )
    }));
    lines
}

fn call_sign(desk: &Desk, unit: ResourceId) -> &str {
    desk.fleet
        .get(&unit)
        .map_or("?", |unit| unit.resource.call_sign.as_str())
}
