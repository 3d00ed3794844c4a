//! Reads places as CSV on stdin and prints who is competent there, one JSON object a line.
//!
//! ```text
//! cargo run --release --example locate -- [--atlas FILE] [--layer NAME] [--property NAME] [--on DATE]
//!     [--out MAP.html] [--draw zones|certainty]
//! ```
//!
//! The header names the columns `lat` and `lon`; other columns come back under `input`. FILE is a compiled atlas, GeoJSON
//! or TopoJSON (layer `m2025` and property `nis` unless said otherwise). Without it the embedded atlas answers. The map shows the
//! police zones (judicial cantons for the embedded atlas), or how sure answers are, and the places of the input.

mod map;

use std::error::Error;
use std::io::{BufRead as _, Write as _};

use kabat_core::Position;
use kabat_geo::{Atlas, BoundarySet, JurisdictionRecord, NaiveDate};

use serde_json::{Map, Value};

use self::map::{Drawing, Shown};

struct Options {
    atlas: Option<String>,
    layer: String,
    property: String,
    on: NaiveDate,
    out: Option<String>,
    draw: Shown,
}

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
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
    if header.is_empty() {
        return Err("no header on standard input: `lat` and `lon` are needed".into());
    }
    if let Some(file) = &options.out {
        let drawing = Drawing {
            atlas,
            on: options.on,
            shown: options.draw,
            dots: &dots,
        };
        std::fs::write(file, drawing.page()?).map_err(|error| format!("{file}: {error}"))?;
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
        draw: Shown::Zones,
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
            "--on" => {
                options.on = value
                    .parse()
                    .map_err(|_| format!("`{value}` is not a day such as 2026-06-01"))?;
            }
            "--out" => options.out = Some(value),
            "--draw" => options.draw = Shown::named(&value)?,
            _ => return Err(format!("unknown option `{name}`").into()),
        }
    }
    Ok(options)
}

fn load(file: &str, options: &Options) -> Result<Atlas, Box<dyn Error>> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
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

/// Returns the cells of one line; a line that CSV cannot be has none.
fn cells(line: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .buffer_capacity(line.len().max(1))
        .from_reader(line.as_bytes());
    let record = reader.records().next();
    let cells = record.and_then(Result::ok).unwrap_or_default();
    cells.iter().map(ToOwned::to_owned).collect()
}
