//! `kabat audit`: checks of an access log.

use std::fmt::Write as _;
use std::io::{Read, Write};

use clap::{Args, Subcommand};
use kabat::compliance::{Checkpoint, verify_audit_log};
use serde_json::json;

use crate::{Failure, Outcome};

/// Check an access log
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say whether every line of a log fits the one before it, and checkpoints kept elsewhere
    #[command(after_help = "Examples:
  kabat audit verify examples/data/cli/access.log
  kabat audit verify examples/data/cli/access.log --kept examples/data/cli/checkpoints.jsonl")]
    Verify {
        /// The log; `-` for standard input
        file: String,
        /// Checkpoints kept elsewhere, one JSON object a line
        #[arg(long, value_name = "FILE")]
        kept: Option<String>,
    },
}

impl Audit {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let What::Verify { file, kept } = self.what;
        let bytes = if file == "-" {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(Failure::file("standard input"))?;
            bytes
        } else {
            std::fs::read(&file).map_err(Failure::file(&file))?
        };
        let kept = match kept {
            Some(file) => checkpoints(&file)?,
            None => Vec::new(),
        };
        let report = verify_audit_log(&bytes, &kept);
        let faults: Vec<_> = report
            .faults
            .iter()
            .map(|(line, fault)| json!({"line": line, "fault": fault}))
            .collect();
        let head = report.head.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let object = json!({
            "sound": report.is_sound(),
            "lines": report.lines,
            "head": head,
            "torn_bytes": report.torn_bytes,
            "faults": faults,
        });
        writeln!(std::io::stdout(), "{object}")?;
        Ok(if report.is_sound() {
            Outcome::Clean
        } else {
            Outcome::Findings
        })
    }
}

fn checkpoints(file: &str) -> Result<Vec<Checkpoint>, Failure> {
    let text = std::fs::read_to_string(file).map_err(Failure::file(file))?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| {
                Failure::Asked(format!("{file}:{number}: expected a checkpoint: {error}"))
            })
        })
        .collect()
}
