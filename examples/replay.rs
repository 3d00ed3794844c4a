//! Replays a month of dispatch records with the code that runs live, and writes a report.
//!
//! `cargo run --release --example replay -- FILE.csv --out report.html`
//!
//! The same as `kabat replay`; what a row holds and how the travel-time model is fitted stands in the module below.

#[path = "../src/bin/kabat/replay/mod.rs"]
mod replay;

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut input, mut out) = (None, "report.html".to_owned());
    while let Some(argument) = arguments.next() {
        if argument == "--out" {
            out = arguments.next().ok_or("--out wants a file name")?;
        } else {
            input = Some(argument);
        }
    }
    let input = input.ok_or("usage: replay FILE.csv --out report.html")?;
    replay::report(&input, &out, &mut std::io::stdout())
}
