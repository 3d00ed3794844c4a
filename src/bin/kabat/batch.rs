//! Many rows through one piece of work: in batches, on all cores, in order, with bounded memory.

use std::time::Instant;

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::input::{Inputs, Problem, Row};
use crate::output::{Line, Outputs, Printer};
use crate::{Failure, Outcome};

/// Rows held at once.
const BATCH: usize = 16_384;
/// Problems told one by one; the others are counted.
const TOLD: u64 = 20;

/// Brings every row through `work` and writes what comes out, in order.
///
/// A row that cannot be used is told on standard error and gives an object with `error` in JSON lines, so that output and
/// input stay side by side; tables and CSV leave it out.
pub(crate) fn each_row(
    inputs: &Inputs,
    plain: Option<&'static str>,
    outputs: &Outputs,
    columns: &[&str],
    work: impl Fn(&Map<String, Value>) -> Result<Value, Problem> + Sync,
) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let mut rows = inputs.rows(plain)?;
    let mut printer = outputs.printer(columns);
    let (format, columns) = (printer.format(), printer.columns());
    let json = format == crate::output::Format::Jsonl;
    let progress = progress(rows.bytes_in_all());
    let (mut done, mut failed) = (0_u64, 0_u64);
    loop {
        let batch = rows.batch(BATCH)?;
        if batch.is_empty() {
            break;
        }
        let lines: Vec<Result<Line, Problem>> = batch
            .par_iter()
            .map(|row| {
                let object = work(row.fields.as_ref().map_err(Clone::clone)?)?;
                Ok(Printer::line_of(format, &columns, &object))
            })
            .collect();
        for (row, line) in batch.iter().zip(lines) {
            match line {
                Ok(line) => printer.write_line(line)?,
                Err(problem) => {
                    failed += 1;
                    if failed <= TOLD {
                        progress.suspend(|| eprintln!("{}", told(row, &problem)));
                    }
                    if json {
                        printer.write(&as_object(row, &problem))?;
                    }
                }
            }
        }
        done += batch.len() as u64;
        progress.set_position(rows.bytes_read());
        progress.set_message(format!("{} rows", HumanCount(done)));
    }
    progress.finish_and_clear();
    printer.finish()?;
    if failed > TOLD {
        eprintln!("kabat: {} more rows could not be used", failed - TOLD);
    }
    if done >= 100_000 {
        let seconds = started.elapsed().as_secs_f64();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate for people; a cast saturates"
        )]
        let rate = (done as f64 / seconds) as u64;
        eprintln!(
            "kabat: {} rows in {seconds:.1} s, {} rows/s{}",
            HumanCount(done),
            HumanCount(rate),
            peak_memory()
        );
    }
    if done == 0 {
        eprintln!("kabat: no rows");
        return Ok(Outcome::Findings);
    }
    Ok(if failed == 0 {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

/// A bar over the bytes of files, or a mere count for standard input; nothing where standard error is no terminal.
fn progress(bytes_in_all: Option<u64>) -> ProgressBar {
    let (bar, template) = match bytes_in_all {
        Some(bytes) => (
            ProgressBar::new(bytes),
            "{bar:30} {percent}% {msg}, {eta} to go",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {msg}, {elapsed}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn told(row: &Row, problem: &Problem) -> String {
    match &problem.column {
        Some(column) => format!(
            "{}:{}: column {column}: {}",
            row.file, row.line, problem.message
        ),
        None => format!("{}:{}: {}", row.file, row.line, problem.message),
    }
}

fn as_object(row: &Row, problem: &Problem) -> Value {
    json!({"error": {
        "file": &*row.file,
        "line": row.line,
        "column": problem.column,
        "message": problem.message,
    }})
}

/// Returns the most memory used so far in words, where the system tells (Linux).
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .map_or_else(String::new, |kilobytes| {
            format!(", at most {} MB of memory", kilobytes / 1024)
        })
}
