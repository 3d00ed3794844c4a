//! `kabat zones`: the tables of Belgium as they were on a date.

use clap::{Args, ValueEnum};
use kabat::core::chrono::NaiveDate;
use kabat::geo::{NisCode, Registry};
use serde_json::{Value, json};

use crate::output::Outputs;
use crate::today::today;
use crate::{Failure, Outcome};

/// List zones, centres or municipalities as they were on a date
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  kabat zones --on 2017-02-01 --format csv | wc -l
  kabat zones --on 2026-06-01 --kind municipalities --format table
  kabat zones --kind rescue --columns key,names.fr,members")]
pub(crate) struct Zones {
    /// The date; today if not given
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<NaiveDate>,
    /// What to list
    #[arg(long, value_enum, default_value_t = Kind::Police, value_name = "KIND")]
    kind: Kind,
    #[command(flatten)]
    outputs: Outputs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Local police zones
    Police,
    /// Rescue zones
    Rescue,
    /// 112 centres and CIC/SICAD of the police
    Centres,
    /// Municipalities
    Municipalities,
}

impl Zones {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let on = self.on.unwrap_or_else(today);
        if Some(on) < NaiveDate::from_ymd_opt(2001, 1, 1) {
            return Err(Failure::Asked(format!(
                "the tables begin with the police zones of 2001; of {on} nothing is known"
            )));
        }
        let registry = Registry::belgium();
        let codes = |members: &mut dyn Iterator<Item = NisCode>| -> Vec<String> {
            members.map(|nis| nis.to_string()).collect()
        };
        let with_members = |object: Result<Value, serde_json::Error>, members: Vec<String>| {
            object.map(|mut object| {
                if let Value::Object(fields) = &mut object {
                    fields.insert("members".to_owned(), json!(members));
                }
                object
            })
        };
        let (columns, objects): (&[&str], Vec<Result<Value, serde_json::Error>>) = match self.kind {
            Kind::Police => (
                &["key", "name", "members"],
                registry
                    .police_zones_on(on)
                    .map(|zone| {
                        let members = codes(&mut registry.police_zone_members(&zone.key, on));
                        with_members(serde_json::to_value(zone), members)
                    })
                    .collect(),
            ),
            Kind::Rescue => (
                &["key", "names.nl", "names.fr", "members"],
                registry
                    .rescue_zones()
                    .iter()
                    .map(|zone| {
                        let members = codes(&mut registry.rescue_zone_members(&zone.key, on));
                        with_members(serde_json::to_value(zone), members)
                    })
                    .collect(),
            ),
            Kind::Centres => (
                &["key", "kind", "names.nl", "names.fr"],
                registry
                    .centres()
                    .iter()
                    .map(serde_json::to_value)
                    .collect(),
            ),
            Kind::Municipalities => (
                &[
                    "nis",
                    "names.nl",
                    "names.fr",
                    "names.de",
                    "arrondissement",
                    "language_area",
                ],
                registry
                    .municipalities_on(on)
                    .map(serde_json::to_value)
                    .collect(),
            ),
        };
        if objects.is_empty() {
            return Err(Failure::Asked(format!("nothing is known on {on}")));
        }
        let mut printer = self.outputs.printer(columns);
        for object in objects {
            printer.write(&object.map_err(Failure::asked)?)?;
        }
        printer.finish()?;
        Ok(Outcome::Clean)
    }
}
