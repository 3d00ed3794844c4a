//! `kabat replay`: a month of dispatch records through the live code.

use clap::Args;

use crate::{Failure, Outcome, replay};

/// Replay a month of dispatch records and write a report: first choices, response times, unmet demand
///
/// The file is CSV with one vehicle sent a row: `mission, lon, lat, city, event, unit, base_lon, base_lat, vector, T0 … T7`. Rows
/// that cannot be used are counted by kind.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kabat replay examples/data/cli/month.csv --out report.html")]
pub(crate) struct Replay {
    /// The records
    file: String,
    /// The report, one self-contained page
    #[arg(long, value_name = "FILE", default_value = "report.html")]
    out: String,
}

impl Replay {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        replay::report(&self.file, &self.out, &mut std::io::stdout()).map_err(Failure::asked)?;
        Ok(Outcome::Clean)
    }
}
