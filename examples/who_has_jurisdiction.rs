//! Who is competent at a place, on a day: `cargo run --example who_has_jurisdiction -- [LAT LON [DATE]]`.
#![expect(clippy::print_stdout, reason = "an example prints its answer")]

use std::error::Error;

use kabat_core::Position;
use kabat_geo::{Atlas, LanguageArea, NaiveDate};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = |index: usize, default: &str| {
        arguments
            .get(index)
            .cloned()
            .unwrap_or_else(|| default.to_owned())
    };
    // NATO headquarters: in Haren, City of Brussels, though many look for it in Evere.
    let place = Position::from_degrees(text(0, "50.8796").parse()?, text(1, "4.4213").parse()?)?;
    let day: NaiveDate = text(2, "2026-06-01").parse()?;
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
    Ok(())
}
