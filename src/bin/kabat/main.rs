//! The `kabat` command: the library's main answers for people at a terminal and for shell scripts.

mod audit;
mod batch;
mod classify;
mod input;
mod law;
mod lint;
mod locate;
mod nearest;
mod output;
mod plate;
mod replay;
mod replay_month;
mod retention;
mod schema;
mod shell;
mod tetra;
mod today;
mod zones;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Belgian public-safety answers: who is competent, what is meant, who is nearest, what may be kept.
///
/// Reads CSV, JSON lines or plain lines from files or standard input; writes JSON lines, CSV or a table. A line that cannot
/// be used is named with its file, line and column, and the rest goes on.
///
/// Exit codes: 0 all done; 1 done, but some lines could not be used or something was found wrong; 2 nothing done.
#[derive(Debug, Parser)]
#[command(
    name = "kabat",
    version,
    propagate_version = true,
    max_term_width = 110
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Locate(locate::Locate),
    Zones(zones::Zones),
    Classify(classify::Classify),
    Explain(classify::Explain),
    Lint(lint::Lint),
    Nearest(nearest::Nearest),
    Replay(replay_month::Replay),
    Tetra(tetra::Tetra),
    Plate(plate::Plates),
    Retention(retention::Retention),
    Law(law::LawOn),
    Audit(audit::Audit),
    Schema(schema::SchemaOf),
    Completions(shell::Completions),
    Man(shell::Man),
}

/// How a command ended, when it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was used, nothing was found wrong.
    Clean,
    /// Done, but some input could not be used, or a check found something.
    Findings,
}

/// Why a command could not do its work at all.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// A file cannot be read or written.
    #[error("{file}: {source}")]
    File {
        /// Its name.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Output cannot be written.
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Asked(String),
}

impl Failure {
    fn asked(error: impl std::fmt::Display) -> Self {
        Self::Asked(error.to_string())
    }

    fn file(file: &str) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File {
            file: file.to_owned(),
            source,
        }
    }
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Locate(command) => command.run(),
        Command::Zones(command) => command.run(),
        Command::Classify(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Lint(command) => command.run(),
        Command::Nearest(command) => command.run(),
        Command::Replay(command) => command.run(),
        Command::Tetra(command) => command.run(),
        Command::Plate(command) => command.run(),
        Command::Retention(command) => command.run(),
        Command::Law(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    };
    match done {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // Whoever read the output has seen enough, as `head` does.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("kabat: {failure}");
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;

    #[test]
    fn the_command_line_is_well_formed() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
