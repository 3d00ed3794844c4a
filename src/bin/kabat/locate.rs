//! `kabat locate`: who is competent at a place on a date.

use clap::Args;
use kabat::core::chrono::NaiveDate;
use kabat::geo::{Atlas, BoundarySet, JurisdictionRecord};
use serde_json::{Map, Value};

use crate::batch::each_row;
use crate::input::{Fields, Inputs, Problem};
use crate::output::Outputs;
use crate::today::today;
use crate::{Failure, Outcome};

/// Say who is competent at places: municipality, police and rescue zone, 112 and 101 centre, court, languages
///
/// Rows need the columns `lat` and `lon` in degrees, or in JSON a `position` with both; a column `on` gives a row its own
/// date. Other columns come back under `input`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  printf 'lat,lon\\n50.8467,4.3525\\n' | kabat locate --on 2026-06-01
  kabat locate examples/data/cli/places.csv --format table
  kabat locate examples/data/dispatch/calls.jsonl --format csv --columns nis,police_zone,certainty
  kabat locate places.csv --atlas municipalities.topojson --layer m2025 --property nis")]
pub(crate) struct Locate {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    /// Date for rows without a column `on`; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<NaiveDate>,
    #[command(flatten)]
    atlas: AtlasFile,
}

/// Which boundaries to use.
#[derive(Debug, Args)]
pub(crate) struct AtlasFile {
    /// Boundaries: a compiled atlas, GeoJSON or TopoJSON; the built-in atlas if not given
    #[arg(long, value_name = "FILE")]
    atlas: Option<String>,
    /// Layer of a TopoJSON file
    #[arg(long, default_value = "m2025", value_name = "NAME")]
    layer: String,
    /// Property that holds the NIS code
    #[arg(long, default_value = "nis", value_name = "NAME")]
    property: String,
}

/// An atlas that was loaded, or the built-in one.
pub(crate) enum Loaded {
    BuiltIn,
    File(Box<Atlas>),
}

impl Loaded {
    pub(crate) fn atlas(&self) -> &Atlas {
        match self {
            Self::BuiltIn => Atlas::belgium(),
            Self::File(atlas) => atlas,
        }
    }
}

impl AtlasFile {
    /// Loads it; what its boundaries lack is told on standard error.
    pub(crate) fn load(&self, on: NaiveDate) -> Result<Loaded, Failure> {
        let Some(file) = &self.atlas else {
            return Ok(Loaded::BuiltIn);
        };
        let in_file = |error: &dyn std::fmt::Display| Failure::Asked(format!("{file}: {error}"));
        let bytes = std::fs::read(file).map_err(Failure::file(file))?;
        if bytes.starts_with(b"KABATGEO") {
            let atlas = Atlas::from_bytes(&bytes).map_err(|error| in_file(&error))?;
            return Ok(Loaded::File(Box::new(atlas)));
        }
        let text = String::from_utf8(bytes).map_err(|error| in_file(&error))?;
        let boundaries = if text.contains("\"Topology\"") {
            BoundarySet::from_topojson(&text, &self.layer, &self.property)
        } else {
            BoundarySet::from_geojson(&text, &self.property)
        };
        let boundaries = boundaries.map_err(|error| in_file(&error))?;
        let atlas =
            Atlas::from_municipalities(boundaries.clone()).map_err(|error| in_file(&error))?;
        let report = boundaries.check(atlas.registry(), on);
        if !report.is_sound() {
            eprintln!(
                "kabat: {file}: {} municipalities missing, {} keys not known, {} overlaps",
                report.missing.len(),
                report.unknown.len(),
                report.overlaps.len()
            );
        }
        Ok(Loaded::File(Box::new(atlas)))
    }
}

impl Locate {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let usual = self.on.unwrap_or_else(today);
        let loaded = self.atlas.load(usual)?;
        let atlas = loaded.atlas();
        let columns = [
            "nis",
            "names.nl",
            "names.fr",
            "police_zone",
            "rescue_zone",
            "emergency_centre_112",
            "language_area",
            "certainty",
        ];
        let dated = atlas.on(usual);
        each_row(&self.inputs, None, &self.outputs, &columns, |row| {
            let position = row.position()?;
            let answer = match row.parsed::<NaiveDate>("on", "a date as 2026-06-01")? {
                Some(on) if on != usual => atlas.locate(position, on),
                _ => dated.locate(position),
            };
            let record = JurisdictionRecord::new(&answer, atlas.registry());
            let mut object = object_of(&record)?;
            object.insert("input".to_owned(), Value::Object(row.clone()));
            Ok(Value::Object(object))
        })
    }
}

/// Returns a model's JSON form as an object.
pub(crate) fn object_of(model: &impl serde::Serialize) -> Result<Map<String, Value>, Problem> {
    match serde_json::to_value(model) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Ok(Map::from_iter([("value".to_owned(), other)])),
        Err(error) => Err(Problem::of_row(error)),
    }
}
