//! A fictional summit in Brussels: two rings and a motorcade corridor watched for an afternoon.
//!
//! ```text
//! cargo run --release --example summit_perimeter -- [--out summit.html]
//! ```
//!
//! Nine invented cars drive through or past the guarded areas, with fixes that are off by up to 25 m, so that a car beside a
//! border seems to cross it many times. The example shows that each crossing is told once, who stays too long, who comes
//! near, and to which open incident each radio emergency belongs, with the points and their reasons. It prints the events
//! and draws them as one page. Time, noise and tracks come from fixed numbers: every run is the same.
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

mod page;
mod scene;

use std::error::Error;

use kabat::core::{Correlation, CorrelationIndex, CorrelationPolicy};
use kabat::geo::{PerimeterEvent, PerimeterWatch};

use scene::{Alert, Scene};

/// A radio emergency with the incidents to which it may belong.
struct Judged<'a> {
    alert: &'a Alert,
    candidates: Vec<Correlation>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut out = "out/summit.html".to_owned();
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--out", Some(path)) => out = path,
            _ => return Err(format!("`{argument}` is not understood, or lacks its value").into()),
        }
    }
    let scene = Scene::new()?;
    let events = watched(&scene)?;
    let judged = judged(&scene);

    println!(
        "{} fixes of {} cars",
        scene.fixes().count(),
        scene.cars.len()
    );
    for event in &events {
        println!(
            "{}  {:<8} {:<12} {}",
            event.at.format("%H:%M:%S"),
            scene.name(event.unit),
            page::crossing_word(event.crossing),
            event.perimeter
        );
    }
    for Judged { alert, candidates } in &judged {
        let best = candidates.iter().find(|candidate| candidate.likely);
        let belongs = best.map_or_else(
            || "to no open incident: a new one".to_owned(),
            |best| {
                format!(
                    "to {} with {} points",
                    scene.incident_name(best.incident),
                    best.points
                )
            },
        );
        println!(
            "{}  radio emergency of {}: {belongs}",
            alert.at.format("%H:%M:%S"),
            alert.from
        );
    }
    if let Some(folder) = std::path::Path::new(&out).parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&out, page::page(&scene, &events, &judged)?)?;
    println!(
        "{} events, {} radio emergencies: {out}",
        events.len(),
        judged.len()
    );
    Ok(())
}

/// Brings all fixes past the watch in the order of time.
fn watched(scene: &Scene) -> Result<Vec<PerimeterEvent>, Box<dyn Error>> {
    let mut watch = PerimeterWatch::new(scene.perimeters.iter().cloned())?;
    let mut fixes: Vec<_> = scene.fixes().collect();
    fixes.sort_by_key(|(unit, fix)| (fix.at, *unit));
    let mut events = Vec::new();
    for (unit, fix) in fixes {
        events.extend(watch.observe(unit, fix)?);
    }
    Ok(events)
}

/// Asks for each radio emergency to which open incident it belongs.
fn judged(scene: &Scene) -> Vec<Judged<'_>> {
    let mut index = CorrelationIndex::new(CorrelationPolicy::radio_emergencies());
    for (incident, _) in &scene.incidents {
        index.insert(incident.clone());
    }
    scene
        .alerts
        .iter()
        .map(|alert| Judged {
            alert,
            candidates: index.candidates(&alert.report),
        })
        .collect()
}
