//! The articles of a folder, read as the program reads them.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What `khabar accounts --json --link` says of every article in `dir`, one object an article.
///
/// The program itself is asked, so that what is scored is what people get; cargo builds it first if it is not fresh.
pub(crate) fn folder(dir: &Path) -> Result<Vec<Value>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let out = Command::new(cargo)
        .args(["run", "--quiet", "--profile", profile, "--package", "khabar", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .args(["--", "accounts", "--json", "--link"])
        .arg(dir)
        .output()
        .context("cargo does not run, which builds and runs the program")?;
    // Exit code 1 means that some input had problems; what could be read is scored all the same.
    if !matches!(out.status.code(), Some(0 | 1)) || out.stdout.is_empty() {
        bail!("nothing was read from {}: {}", dir.display(), String::from_utf8_lossy(&out.stderr).trim());
    }
    let text = String::from_utf8(out.stdout).context("the program printed something that is not UTF-8")?;
    text.lines().map(|line| serde_json::from_str(line).context("the program printed a line that is not JSON")).collect()
}
