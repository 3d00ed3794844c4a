//! `kabat plate`: to which Belgian series plates may belong.

use clap::Args;
use kabat::core::{Plate, PseudonymKey};
use serde_json::{Value, json};

use crate::batch::each_row;
use crate::input::{Fields, Inputs, Problem};
use crate::output::Outputs;
use crate::{Failure, Outcome};

/// Say to which Belgian series plates may belong, pseudonymised unless asked otherwise
///
/// Rows are plain plates, or have a column `plate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo '1-ABC-234' | kabat plate
  kabat plate examples/data/cli/reads.csv --key 000102030405060708090a0b0c0d0e0f --format table
  echo '1-A8C-Z34' | kabat plate --confusions 2 --reveal")]
pub(crate) struct Plates {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    /// Write plates in clear
    #[arg(long)]
    reveal: bool,
    /// Secret of 16 bytes in hexadecimal; adds a pseudonym that is equal for equal plates
    #[arg(long, value_name = "HEX", env = "KABAT_PLATE_KEY", hide_env_values = true, value_parser = key)]
    key: Option<[u8; 16]>,
    /// Also list plates that a reader may have mistaken for the text, up to so many characters away
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    confusions: u8,
}

fn key(text: &str) -> Result<[u8; 16], String> {
    let expected = || "expected 32 hexadecimal digits".to_owned();
    if text.len() != 32 || !text.is_ascii() {
        return Err(expected());
    }
    u128::from_str_radix(text, 16)
        .map(u128::to_be_bytes)
        .map_err(|_| expected())
}

impl Plates {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let key = self.key.map(PseudonymKey::new);
        let columns = [
            "plate",
            "belgian_shaped",
            "personalised_possible",
            "series",
            "pseudonym",
        ];
        let shown = |plate: Plate| {
            if self.reveal {
                plate.reveal()
            } else {
                plate.to_string()
            }
        };
        each_row(
            &self.inputs,
            Some("plate"),
            &self.outputs,
            &columns,
            |row| {
                let text = row.required("plate")?;
                let plate =
                    Plate::new(&text).map_err(|error| Problem::in_column("plate", error))?;
                let series: Vec<Value> = plate
                    .series()
                    .iter()
                    .map(|candidate| Value::from(candidate.series.code()))
                    .collect();
                let mut object = json!({
                    "plate": shown(plate),
                    "belgian_shaped": plate.is_belgian_shaped(),
                    "personalised_possible": plate.may_be_personalised(),
                    "series": series,
                });
                if let Some(key) = &key {
                    insert(
                        &mut object,
                        "pseudonym",
                        plate.pseudonym(key).to_string().into(),
                    );
                }
                if self.confusions > 0 {
                    let alternatives: Vec<Value> = plate
                        .alternatives(self.confusions)
                        .iter()
                        .map(|other| json!({"plate": shown(other.plate), "cost": other.cost()}))
                        .collect();
                    insert(&mut object, "alternatives", alternatives.into());
                }
                Ok(object)
            },
        )
    }
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = object {
        fields.insert(name.to_owned(), value);
    }
}
