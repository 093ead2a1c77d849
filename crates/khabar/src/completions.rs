//! `khabar completions`: a script that lets the shell complete commands and flags.

use crate::end::End;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;

/// Print a script by which a shell completes commands and flags
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar completions bash > ~/.local/share/bash-completion/completions/khabar
  khabar completions fish > ~/.config/fish/completions/khabar.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        // Into memory first: the generator panics when its writer fails.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::cli::Cli::command(), "khabar", &mut script);
        std::io::stdout().write_all(&script)?;
        Ok(End::Done)
    }
}
