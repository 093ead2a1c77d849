//! `workbench score maverick`: event reports that people coded, linked by their fields alone.
//!
//! Four ways in one run: equal day, city and first actor; the weights that ship, which were learnt elsewhere; weights learnt
//! on one half of the events and tried on the other, both ways; and splink (Linacre et al. 2022), if it is there to run.

use crate::linking::b3::B3;
use crate::linking::corpus::Accounts;
use crate::linking::{incidents, maverick, weights};
use crate::train::linking::{learn, pairs, with_learnt};
use anyhow::{Context, Result, ensure};
use incident::{Filed, Weights};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench score maverick cote-divoire.csv
  workbench score maverick cote-divoire.csv --splink python3")]
pub(crate) struct Arguments {
    /// A table in the form of MAVERICK
    file: PathBuf,
    /// The Python that has splink
    #[arg(long, value_name = "PYTHON")]
    splink: Option<PathBuf>,
    /// A table of weights other than the one that ships
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// How much the pairs count against small weights
    #[arg(long, default_value_t = 0.3)]
    cost: f64,
}

/// Scores all ways and prints them.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    let (accounts, exact) = maverick::load(&args.file)?;
    let events: Vec<&str> = accounts.incident.iter().map(|i| i.as_deref().unwrap_or_default()).collect();
    let measure = |found: Vec<String>| B3::of(&events.iter().copied().zip(found).collect::<Vec<_>>());
    let mut rows: Vec<(String, B3)> = Vec::new();
    let plain = exact.iter().map(|(d, c, a)| format!("{d}|{c}|{a}")).collect();
    rows.push(("equal day, city and actor".to_owned(), measure(plain)));
    if let Some(python) = &args.splink {
        for least in ["0.5", "0.9", "0.99"] {
            rows.push((format!("splink, probability {least}"), measure(splink(python, &args.file, least)?)));
        }
    }
    let shipped = assigned(&accounts.filed, &weights(args.weights.as_deref())?);
    rows.push(("weights learnt elsewhere".to_owned(), measure(shipped)));
    let mut halves = B3::default();
    for half in 0..2 {
        let learnt = learn(&pairs(&accounts, |f| side(&accounts, f) != half, str::to_owned), args.cost);
        let found = assigned(&accounts.filed, &with_learnt(&learnt)?);
        let told: Vec<(&str, String)> = events.iter().copied().zip(found).collect();
        halves.add(&B3::of_some(&told, |n| of_event(events[n]) == half));
    }
    rows.push(("weights of the other half".to_owned(), halves));
    if args.json {
        let all: BTreeMap<&str, (&B3, f64)> = rows.iter().map(|(name, b)| (name.as_str(), (b, b.f1()))).collect();
        println!("{}", serde_json::to_string(&all)?);
        return Ok(());
    }
    println!("{} reports of {} events", rows[0].1.accounts, rows[0].1.incidents);
    for (name, b) in &rows {
        let (p, r, f) = b.ratios();
        println!("  {name:<28} B3 F1 {f:.3}  precision {p:.3}  recall {r:.3}");
    }
    Ok(())
}

/// Which half of the events an event belongs to: by the number in its name.
fn of_event(event: &str) -> usize {
    event.bytes().filter(u8::is_ascii_digit).map(usize::from).sum::<usize>() % 2
}

fn side(accounts: &Accounts, f: &Filed) -> usize {
    let at = accounts.filed.iter().position(|g| g.article == f.article && g.ordinal == f.ordinal);
    at.and_then(|n| accounts.incident[n].as_deref()).map_or(0, of_event)
}

fn assigned(filed: &[Filed], weights: &Weights) -> Vec<String> {
    let mut of = BTreeMap::new();
    for i in incidents(filed, weights) {
        of.extend(i.accounts.iter().map(|a| ((a.article.clone(), a.ordinal), i.id.clone())));
    }
    filed.iter().map(|f| of.get(&(f.article.clone(), f.ordinal)).cloned().unwrap_or_default()).collect()
}

fn splink(python: &Path, file: &Path, least: &str) -> Result<Vec<String>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/splink-maverick.py");
    let out = Command::new(python).arg(script).arg(file).arg(least).output().context("that Python does not run")?;
    ensure!(out.status.success(), "splink failed: {}", String::from_utf8_lossy(&out.stderr).trim());
    Ok(String::from_utf8_lossy(&out.stdout).lines().map(str::to_owned).collect())
}
