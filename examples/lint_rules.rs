//! Checks rule files (TOML or JSON) on top of the base set and shows what is wrong with them, and where.
//!
//! ```sh
//! cargo run --release --example lint_rules -- my-rules.toml
//! ```
//!
//! Without a file it checks the base set. The exit code is 0 without findings, 1 with findings, 2 when a file cannot be read.
//! `NO_COLOR` turns the colours off, and so does output that is not a terminal.
#![expect(clippy::print_stderr, reason = "a program for a terminal")]

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use ariadne::{Color, Config, IndexType, Label, Report, ReportKind, sources};
use kabat::classify::{Finding, FindingKind, RuleFile, lint};

fn main() -> ExitCode {
    match check(std::env::args().skip(1)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn check(paths: impl Iterator<Item = String>) -> Result<usize, Box<dyn std::error::Error>> {
    let mut files = RuleFile::base()?;
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let file = if path.to_ascii_lowercase().ends_with("json") {
            RuleFile::from_json(&path, &text)
        } else {
            RuleFile::from_toml(&path, &text)
        };
        files.push(file.map_err(|error| format!("{path}: {error}"))?);
    }
    let findings = lint(&files);
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mut out = std::io::stdout().lock();
    let color = !no_color && out.is_terminal();
    for finding in &findings {
        show(finding, &files, color, &mut out)?;
    }
    writeln!(out, "{} files, {} findings", files.len(), findings.len())?;
    Ok(findings.len())
}

fn show(
    finding: &Finding,
    files: &[RuleFile],
    color: bool,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let place = |place: &kabat::classify::Place| (place.file.to_string(), place.start..place.end);
    // A rule that contradicts another may be meant so; one that cannot hold or names nothing never is.
    let (kind, tone) = match finding.kind {
        FindingKind::UnknownName | FindingKind::Unreachable | FindingKind::InvalidTerm => {
            (ReportKind::Error, Color::Red)
        }
        _ => (ReportKind::Warning, Color::Yellow),
    };
    let mut report = Report::build(kind, place(&finding.place))
        .with_config(
            Config::default()
                .with_color(color)
                .with_index_type(IndexType::Byte),
        )
        .with_code(finding.kind.code())
        .with_message(format!("`{}` {}", finding.subject, finding.message))
        .with_label(
            Label::new(place(&finding.place))
                .with_message("here")
                .with_color(tone),
        )
        .with_help(&finding.help);
    for related in &finding.related {
        report = report.with_label(
            Label::new(place(&related.place))
                .with_message(&related.note)
                .with_color(Color::Cyan),
        );
    }
    let texts = files
        .iter()
        .map(|file| (file.name().to_owned(), file.text().to_owned()));
    report.finish().write(sources(texts), &mut *out)
}
