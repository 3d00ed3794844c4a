//! Reads places as CSV on stdin and prints who is competent there, one JSON object a line.
//!
//! ```text
//! cargo run --release --example locate -- [--atlas FILE] [--layer NAME] [--property NAME] [--on DATE] [--out MAP.html]
//! ```
//!
//! The header names the columns `lat` and `lon`; other columns come back under `input`. FILE is a compiled atlas, GeoJSON
//! or TopoJSON (layer `m2025` and property `nis` unless said otherwise). Without it the embedded atlas answers.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead as _, Write as _};

use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, Certainty, JurisdictionRecord, NaiveDate};
use serde_json::{Map, Value};

struct Options {
    atlas: Option<String>,
    layer: String,
    property: String,
    on: NaiveDate,
    out: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let loaded = match &options.atlas {
        Some(file) => Some(load(file, &options)?),
        None => None,
    };
    let atlas = loaded.as_ref().unwrap_or_else(|| Atlas::belgium());
    let dated = atlas.on(options.on);
    let mut dots = Vec::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut header: Vec<String> = Vec::new();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        if header.is_empty() {
            header = cells(line);
            continue;
        }
        let input: Map<String, Value> = header
            .iter()
            .cloned()
            .zip(cells(line).into_iter().map(Value::String))
            .collect();
        let mut object = match place(&input) {
            Ok(position) => {
                let record = JurisdictionRecord::new(&dated.locate(position), atlas.registry());
                let object = serde_json::to_value(&record)?;
                if options.out.is_some() {
                    dots.push((position, record));
                }
                match object {
                    Value::Object(object) => object,
                    _ => Map::new(),
                }
            }
            Err(error) => Map::from_iter([("error".to_owned(), Value::String(error))]),
        };
        object.insert("input".to_owned(), Value::Object(input));
        writeln!(out, "{}", Value::Object(object))?;
    }
    out.flush()?;
    if let Some(file) = &options.out {
        std::fs::write(file, map(atlas, &options, &dots)?)?;
    }
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        atlas: None,
        layer: "m2025".into(),
        property: "nis".into(),
        on: "2026-06-01".parse()?,
        out: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("`{name}` needs a value"))?;
        match name.as_str() {
            "--atlas" => options.atlas = Some(value),
            "--layer" => options.layer = value,
            "--property" => options.property = value,
            "--on" => options.on = value.parse()?,
            "--out" => options.out = Some(value),
            _ => return Err(format!("unknown option `{name}`").into()),
        }
    }
    Ok(options)
}

fn load(file: &str, options: &Options) -> Result<Atlas, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    if bytes.starts_with(b"KABATGEO") {
        return Ok(Atlas::from_bytes(&bytes)?);
    }
    let text = String::from_utf8(bytes)?;
    let set = if text.contains("\"Topology\"") {
        BoundarySet::from_topojson(&text, &options.layer, &options.property)?
    } else {
        BoundarySet::from_geojson(&text, &options.property)?
    };
    let atlas = Atlas::from_municipalities(set.clone())?;
    let report = set.check(atlas.registry(), options.on);
    if !report.is_sound() {
        eprintln!(
            "`{file}`: {} municipalities missing, {} keys unknown, {} overlaps",
            report.missing.len(),
            report.unknown.len(),
            report.overlaps.len()
        );
    }
    Ok(atlas)
}

fn place(input: &Map<String, Value>) -> Result<Position, String> {
    let number = |column: &str| {
        let text = input
            .get(column)
            .and_then(Value::as_str)
            .ok_or_else(|| format!("column `{column}` is missing"))?
            .trim();
        text.parse::<f64>()
            .map_err(|_| format!("column `{column}`: `{text}` is not a number"))
    };
    Position::from_degrees(number("lat")?, number("lon")?).map_err(|error| error.to_string())
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    cells
}

/// Draws the areas, coloured by police zone, and the places, coloured by certainty; hovering shows the names.
fn map(
    atlas: &Atlas,
    options: &Options,
    dots: &[(Position, JurisdictionRecord)],
) -> Result<String, Box<dyn Error>> {
    let across = |lon: f64| (lon - 2.5) * 250.0;
    let down = |lat: f64| (51.55 - lat) * 393.0;
    let mut svg = String::new();
    for ring in atlas.canton_rings() {
        let mut path = String::new();
        let mut last = (f64::MIN, f64::MIN);
        for [lon, lat] in &ring.points {
            let (x, y) = (across(*lon), down(*lat));
            if (x - last.0).hypot(y - last.1) > 0.4 || path.is_empty() {
                let step = if path.is_empty() { 'M' } else { 'L' };
                write!(path, "{step}{x:.1} {y:.1}")?;
                last = (x, y);
            }
        }
        let zone = ring
            .key
            .parse()
            .ok()
            .and_then(|nis| atlas.registry().police_zone_of(nis, options.on));
        let (seed, title) = zone.map_or_else(
            || (ring.key.to_owned(), format!("judicial canton {}", ring.key)),
            |zone| {
                let names = ring
                    .key
                    .parse()
                    .ok()
                    .and_then(|nis| atlas.registry().municipality(nis, options.on))
                    .map_or("", |row| row.names.nl.as_str());
                (
                    zone.key.clone(),
                    format!(
                        "{names} ({}): police zone {} {}",
                        ring.key, zone.key, zone.name
                    ),
                )
            },
        );
        let hue = seed
            .bytes()
            .fold(7_u32, |hue, byte| (hue * 31 + u32::from(byte)) % 360);
        write!(
            svg,
            r#"<path d="{path}Z" fill="hsl({hue},45%,80%)" stroke="white" stroke-width="0.6"><title>{}</title></path>"#,
            escape(&title)
        )?;
    }
    for (position, record) in dots {
        let colour = match record.certainty {
            Certainty::Exact => "green",
            Certainty::NearBorder { .. } => "orange",
            Certainty::Likely { municipality, .. } if municipality >= 0.9 => "olive",
            Certainty::Likely { .. } => "red",
            _ => "grey",
        };
        let name = record
            .names
            .as_ref()
            .map_or("nothing known", |names| names.nl.as_str());
        write!(
            svg,
            r#"<circle cx="{:.1}" cy="{:.1}" r="2.5" fill="{colour}"><title>{}</title></circle>"#,
            across(position.longitude().degrees()),
            down(position.latitude().degrees()),
            escape(&format!(
                "{name}, police zone {}, {:?}",
                record.police_zone.as_deref().unwrap_or("?"),
                record.certainty
            ))
        )?;
    }
    Ok(format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Jurisdictions on {}</title><h1>Jurisdictions on {}</h1>\
         <p>Dots: green exact, orange near a border, olive likely (90 % or more), red less likely, grey nearest or unknown.</p>\
         <svg viewBox=\"0 0 990 830\" style=\"width:100%\">{svg}</svg>",
        options.on, options.on
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
