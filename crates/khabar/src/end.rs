//! How a command ends, and what the shell and the person are told.

use std::process::ExitCode;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Done: exit code 0.
    Done,
    /// Problems were found, or nothing was found: exit code 1.
    Problems,
}

/// The command was not used as it should be: exit code 2.
#[derive(Debug)]
pub(crate) struct Misuse(pub(crate) String);

impl std::fmt::Display for Misuse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

/// Prints the error, if there is one, and gives the exit code.
pub(crate) fn exit(outcome: anyhow::Result<End>) -> ExitCode {
    match outcome {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Problems) => ExitCode::from(1),
        // Whoever read our output has seen enough.
        Err(e) if is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            anstream::eprintln!("khabar: {}", crate::screen::plain(&format!("{e:#}")));
            let misused = e.is::<Misuse>()
                || e.downcast_ref::<archive::Error>().is_some_and(|e| e.is_missing() || e.is_refused());
            ExitCode::from(if misused { 2 } else { 1 })
        }
    }
}

fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain().filter_map(|c| c.downcast_ref::<std::io::Error>()).any(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}
