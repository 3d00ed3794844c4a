//! `kabat completions` and `kabat man`: what a shell and `man` want to know.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{Cli, Failure, Outcome};

/// Write a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kabat completions bash > ~/.local/share/bash-completion/completions/kabat")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        // Into memory first: the generator panics when its output is closed.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "kabat", &mut script);
        write(&script)
    }
}

/// Write the manual page, or that of one command
#[derive(Debug, Args)]
#[command(after_help = "Example:
  kabat man locate | man -l -")]
pub(crate) struct Man {
    /// A command
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut root = Cli::command();
        root.build();
        let command = match &self.command {
            None => &root,
            Some(name) => root
                .find_subcommand(name)
                .ok_or_else(|| Failure::Asked(format!("there is no command `{name}`")))?,
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        write(&page)
    }
}

fn write(bytes: &[u8]) -> Result<Outcome, Failure> {
    std::io::Write::write_all(&mut std::io::stdout(), bytes)?;
    Ok(Outcome::Clean)
}
