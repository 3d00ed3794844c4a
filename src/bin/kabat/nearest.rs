//! `kabat nearest`: the nearest units that can do what is needed.

use clap::Args;
use kabat::core::{Meters, Resource};
use kabat::geo::{Request, Unit, UnitIndex};
use kabat::{Capability, CapabilitySet, CapabilityVocabulary, Position, ResourceId};
use serde_json::json;
use std::collections::BTreeMap;

use crate::batch::each_row;
use crate::input::{Fields, Inputs, Problem};
use crate::output::Outputs;
use crate::{Failure, Outcome};

/// Find the nearest free units with all the capabilities needed
///
/// Units are resources as JSON lines (`kabat schema resource`). Rows need `lat` and `lon` (or in JSON a `position`), and may
/// have `needs`: capability codes with spaces between them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  printf 'lat,lon,needs\\n50.8467,4.3525,ambulance\\n' |
    kabat nearest --units examples/data/dispatch/fleet.jsonl
  kabat nearest examples/data/cli/places.csv --units examples/data/dispatch/fleet.jsonl \\
    --needs pumper --count 3 --within-km 15")]
pub(crate) struct Nearest {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    /// The units, one JSON object a line
    #[arg(long, value_name = "FILE")]
    units: String,
    /// Needs of rows that name none
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    needs: Vec<String>,
    /// How many units
    #[arg(long, short = 'k', default_value_t = 5, value_name = "N")]
    count: usize,
    /// Farthest, as the crow flies
    #[arg(long, value_name = "KM")]
    within_km: Option<f64>,
}

struct Fleet {
    vocabulary: CapabilityVocabulary,
    index: UnitIndex,
    call_signs: BTreeMap<ResourceId, String>,
}

impl Nearest {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let (fleet, sound) = self.fleet()?;
        let within = self
            .within_km
            .map(Meters::from_km)
            .transpose()
            .map_err(|error| Failure::Asked(format!("--within-km: {error}")))?;
        let usual = needs(&fleet.vocabulary, self.needs.iter().map(String::as_str))
            .map_err(|problem| Failure::Asked(problem.message))?;
        let columns = ["lat", "lon", "found", "units"];
        let done = each_row(&self.inputs, None, &self.outputs, &columns, |row| {
            let at = row.position()?;
            let wanted = match row.text("needs")? {
                Some(codes) => needs(&fleet.vocabulary, codes.split_whitespace())?,
                None => usual,
            };
            let mut request = Request::new(at, wanted);
            request.within = within;
            let units: Vec<_> = fleet
                .index
                .nearest(&request, self.count)
                .into_iter()
                .map(|near| {
                    json!({
                        "id": near.unit.id.to_string(),
                        "call_sign": fleet.call_signs.get(&near.unit.id),
                        "distance_m": near.distance.get().round(),
                    })
                })
                .collect();
            Ok(json!({
                "lat": at.latitude().degrees(),
                "lon": at.longitude().degrees(),
                "found": units.len(),
                "units": units,
            }))
        })?;
        Ok(if sound { done } else { Outcome::Findings })
    }

    /// Reads the units; those that cannot be used are told, and the rest goes on.
    fn fleet(&self) -> Result<(Fleet, bool), Failure> {
        let file = &self.units;
        let text = std::fs::read_to_string(file).map_err(Failure::file(file))?;
        let mut vocabulary = CapabilityVocabulary::standard();
        let mut index = UnitIndex::new();
        let mut call_signs = BTreeMap::new();
        let mut sound = true;
        for (line, text) in (1..)
            .zip(text.lines())
            .filter(|(_, text)| !text.trim().is_empty())
        {
            let taken = serde_json::from_str::<Resource>(text)
                .map_err(|error| error.to_string())
                .and_then(|resource| take(resource, &mut vocabulary, &mut index, &mut call_signs));
            if let Err(error) = taken {
                eprintln!("{file}:{line}: {error}");
                sound = false;
            }
        }
        if index.is_empty() {
            return Err(Failure::Asked(format!("{file}: no unit with a position")));
        }
        index.rebuild();
        Ok((
            Fleet {
                vocabulary,
                index,
                call_signs,
            },
            sound,
        ))
    }
}

fn take(
    resource: Resource,
    vocabulary: &mut CapabilityVocabulary,
    index: &mut UnitIndex,
    call_signs: &mut BTreeMap<ResourceId, String>,
) -> Result<(), String> {
    let position: Position = resource.position.ok_or("the unit has no position")?;
    let mut capabilities = CapabilitySet::EMPTY;
    for code in resource.capabilities {
        capabilities.insert(vocabulary.add(code).map_err(|error| error.to_string())?);
    }
    if call_signs.contains_key(&resource.id) {
        return Err(format!("unit id {} is in the fleet already", resource.id));
    }
    let unit = Unit {
        id: resource.id,
        position,
        capabilities,
        status: resource.status,
    };
    index.upsert(unit).map_err(|error| error.to_string())?;
    call_signs.insert(resource.id, resource.call_sign);
    Ok(())
}

fn needs<'a>(
    vocabulary: &CapabilityVocabulary,
    codes: impl Iterator<Item = &'a str>,
) -> Result<CapabilitySet, Problem> {
    let codes: Vec<Capability> = codes
        .map(|code| {
            code.parse()
                .map_err(|error| Problem::in_column("needs", error))
        })
        .collect::<Result<_, _>>()?;
    vocabulary
        .set_of(&codes)
        .map_err(|error| Problem::in_column("needs", error))
}
