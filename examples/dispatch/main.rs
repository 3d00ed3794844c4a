//! The whole job: from hurried call notes to units on their way, radio messages, time lines and erase-by dates.
//!
//! Reads call notes (one JSON object a line), a fleet and a camera park. For each call it classifies the note, looks
//! up who is competent there on that day, reserves the nearest able units, writes the TETRA alert to each and reads
//! the answers that come back, advances the incident's time line, and works out when the footage of the nearest
//! cameras must be erased. A second call about an open incident is merged into it, and a number plate that a caller reads
//! out is looked for among the reads of plate readers, one mistaken character allowed. Prints a table and the time each
//! stage took, and writes a page that opens offline: a map, a table, and for each call a file with every decision,
//! its reasons, and the radio messages as octets.
//!
//! ```sh
//! cargo run --release --example dispatch
//! cargo run --release --example dispatch -- --explain 054
//! ```
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for a terminal"
)]

mod desk;
mod footage;
mod input;
mod map;
mod plates;
mod radio;
mod report;
mod story;
mod twins;

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use kabat::core::PlateRead;

use desk::{Call, Desk, Refused, Unit};
use footage::Camera;
use input::BadLine;

/// Takes call notes through the whole job and draws a map.
#[derive(Parser)]
#[command(after_help = "\
Exit code: 0 when every line was used, 1 when a line was refused (each is named on standard error), 2 when a file \
could not be read or written.

Example: cargo run --release --example dispatch -- --input calls.jsonl --out map.html")]
struct Args {
    /// Call notes, one JSON object a line: number, time, position and text.
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/dispatch/calls.jsonl"))]
    input: PathBuf,
    /// Units, one JSON object a line: a resource of kabat-core and its `issi`.
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/dispatch/fleet.jsonl"))]
    fleet: PathBuf,
    /// Cameras, one JSON object a line.
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/dispatch/cameras.jsonl"))]
    cameras: PathBuf,
    /// What plate readers saw, one JSON object a line.
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/dispatch/reads.jsonl"))]
    reads: PathBuf,
    /// Prints everything that was decided about one call, and why, instead of the table: its number, or the end of it.
    #[arg(long, value_name = "CALL")]
    explain: Option<String>,
    /// Where to write the map: a page, or the drawing alone when the name ends in .svg.
    #[arg(long, value_name = "FILE", default_value = "out/dispatch.html")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(bad) if bad.is_empty() => ExitCode::SUCCESS,
        Ok(bad) => {
            for line in &bad {
                eprintln!("{line}");
            }
            eprintln!("{} line(s) could not be used; the rest ran", bad.len());
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<Vec<BadLine>, String> {
    let mut bad = Vec::new();
    let units: Vec<(usize, Unit)> = lines(&args.fleet, &mut bad)?;
    let cameras: Vec<(usize, Camera)> = lines(&args.cameras, &mut bad)?;
    let calls: Vec<(usize, Call)> = lines(&args.input, &mut bad)?;
    let reads: Vec<(usize, PlateRead)> = lines(&args.reads, &mut bad)?;
    let (mut desk, refused) = Desk::open(units, cameras).map_err(|error| error.to_string())?;
    bad.extend(in_file(&args.fleet, refused));

    let progress = if io::stderr().is_terminal() {
        ProgressBar::new(calls.len() as u64).with_style(
            ProgressStyle::with_template("{bar:30} {pos}/{len} calls {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        )
    } else {
        ProgressBar::hidden()
    };
    for (line, call) in calls {
        match desk.handle(&call) {
            Ok(()) => {}
            Err(problem) => bad.extend(in_file(&args.input, vec![(line, problem)])),
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    let refused = desk
        .look_for_plates(&reads)
        .map_err(|error| error.to_string())?;
    bad.extend(in_file(&args.reads, refused));

    match &args.explain {
        Some(number) => story::print(&desk, number)?,
        None => report::print(&desk),
    }
    let page = report::page(&desk);
    let drawing = if args
        .out
        .extension()
        .is_some_and(|extension| extension == "svg")
    {
        page.to_svg()
    } else {
        page.to_html()
    };
    write(&args.out, &drawing)?;
    println!("map written to {}", args.out.display());
    Ok(bad)
}

/// Names the file of lines that were refused.
fn in_file(path: &Path, refused: Vec<Refused>) -> impl Iterator<Item = BadLine> {
    refused.into_iter().map(|(line, problem)| BadLine {
        file: path.display().to_string(),
        line,
        column: None,
        problem,
    })
}

fn lines<T: serde::de::DeserializeOwned>(
    path: &Path,
    bad: &mut Vec<BadLine>,
) -> Result<Vec<(usize, T)>, String> {
    let read = input::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if read.values.is_empty() && read.bad.is_empty() {
        return Err(format!("{}: the file holds no line", path.display()));
    }
    bad.extend(read.bad);
    Ok(read.values)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
