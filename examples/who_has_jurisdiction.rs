//! Who is competent at a place on a day, and how the municipality and its police zone changed through the years.
//!
//! A dash is what the embedded data do not know: rescue zones before 2019, and the municipality before a merger, whose
//! old borders they do not hold (try `51.22 4.3267`, in Zwijndrecht, merged in 2025).
//!
//! `cargo run --release --example who_has_jurisdiction -- [LAT LON [DATE]]`
#![expect(clippy::print_stdout, reason = "an example prints its answer")]

use std::error::Error;
use std::process::ExitCode;

use kabat_core::Position;
use kabat_geo::{Atlas, LanguageArea, NaiveDate};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\nusage: who_has_jurisdiction [LAT LON [YYYY-MM-DD]]");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = |index: usize, default: &str| {
        arguments
            .get(index)
            .cloned()
            .unwrap_or_else(|| default.to_owned())
    };
    let degrees = |index: usize, default: &str| {
        let text = text(index, default);
        let number = text.parse::<f64>();
        number.map_err(|_| format!("`{text}` is not a number of degrees"))
    };
    // NATO headquarters: in Haren, City of Brussels, though many look for it in Evere.
    let place = Position::from_degrees(degrees(0, "50.8796")?, degrees(1, "4.4213")?)?;
    let day = text(2, "2026-06-01");
    let day: NaiveDate = day
        .parse()
        .map_err(|_| format!("`{day}` is not a day such as 2026-06-01"))?;
    let found = Atlas::belgium().locate(place, day);
    let or_none = |name: Option<&str>| name.unwrap_or("-").to_owned();
    println!(
        "municipality   {}",
        or_none(found.municipality.map(|row| row.names.nl.as_str()))
    );
    println!(
        "police zone    {}",
        or_none(found.police_zone.map(|zone| zone.key.as_str()))
    );
    println!(
        "rescue zone    {}",
        or_none(found.rescue_zone.map(|zone| zone.key.as_str()))
    );
    println!(
        "112 centre     {}",
        or_none(found.emergency_centre.map(|row| row.key.as_str()))
    );
    println!(
        "CIC/SICAD      {}",
        or_none(found.police_centre.map(|row| row.key.as_str()))
    );
    println!(
        "public prosec. {}",
        or_none(
            found
                .judicial_arrondissement
                .map(|row| row.names.nl.as_str())
        )
    );
    println!(
        "language area  {}",
        or_none(found.language_area.map(LanguageArea::code))
    );
    println!("certainty      {:?}", found.certainty);
    through_the_years(place);
    Ok(())
}

/// Prints each 1 January since the police zones began on which something had changed.
fn through_the_years(place: Position) {
    println!("through the years:");
    let mut last = None;
    let days = (2002..=2026).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    for day in days {
        let found = Atlas::belgium().locate(place, day);
        let now = (
            found
                .municipality
                .map(|row| (row.nis, row.names.nl.as_str())),
            found.police_zone.map(|zone| zone.key.as_str()),
            found.rescue_zone.map(|zone| zone.key.as_str()),
        );
        if last.replace(now) != Some(now) {
            let (municipality, police, rescue) = now;
            let name = municipality.map_or("-".to_owned(), |(nis, name)| format!("{name} ({nis})"));
            println!(
                "  {day}  {name}, police zone {}, rescue zone {}",
                police.unwrap_or("-"),
                rescue.unwrap_or("-")
            );
        }
    }
}
