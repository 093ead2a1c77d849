//! `workbench score corpus`: what was read from each article against what the article says, and incidents against truth.
//!
//! Every figure is a count or a ratio of counts, so the scores of two folders add up. What counts as the same date, place,
//! figure or actor stands in [`compare`]; which account of the truth meets which that was read, in [`assign`].

mod assign;
mod compare;
mod ratio;
mod shape;
mod tally;

use anyhow::{Context, Result, bail};
pub(crate) use compare::same_actor;
use shape::Prediction;
pub(crate) use shape::{Account, Figure, Perpetrator, Place, Truth};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tally::Tally;

/// Score a folder with `reports/` and `truth/` in it.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench score corpus testdata/examples
  workbench score corpus CORPUS --development --misses
  workbench score corpus testdata/examples predictions.jsonl --json")]
pub(crate) struct Arguments {
    /// Folder with `truth/*.json`, and `reports/` when it is read here.
    folder: PathBuf,
    /// One JSON object a line, as `khabar accounts --json --link` prints; without it, `FOLDER/reports` is read here.
    predictions: Option<PathBuf>,
    /// Print counts and scores as JSON.
    #[arg(long)]
    json: bool,
    /// Print what was missed, by class; what was missed in held-out articles is only counted.
    #[arg(long)]
    misses: bool,
    /// Score only the articles that nobody reads while developing.
    #[arg(long, conflicts_with = "development")]
    held_out: bool,
    /// Score only the articles that may be read while developing.
    #[arg(long)]
    development: bool,
}

/// Reads, scores and prints.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    let truths = truths(&args.folder)?;
    let predictions = match &args.predictions {
        Some(file) => predictions(file)?,
        None => by_report(crate::reading::folder(&args.folder.join("reports"))?, "what was read here")?,
    };
    let mut tally = Tally::default();
    for truth in &truths {
        let held_out = is_held_out(&truth.report);
        if (args.held_out && !held_out) || (args.development && held_out) {
            continue;
        }
        tally.add(truth, predictions.get(&truth.report), held_out);
    }
    let result = tally.finish();
    if args.misses {
        print!("{}", result.misses);
    }
    if args.json {
        println!("{}", result.json());
    } else {
        print!("{}", result.table());
    }
    Ok(())
}

/// Whether an article is kept apart: in the clusters `dN-NNN` whose number is divisible by three, and, in the mixed
/// clusters `dN-900`, every second letter. All other articles are for development.
pub(crate) fn is_held_out(report: &str) -> bool {
    let mut parts = report.split('-');
    let (Some(set), Some(number), Some(letter), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let (Some(number), [letter @ b'a'..=b'z']) = (number.parse::<u32>().ok(), letter.as_bytes()) else {
        return false;
    };
    if !set.starts_with('d') {
        return false;
    }
    match number {
        900 => (letter - b'a') % 2 == 1,
        n => n % 3 == 0,
    }
}

/// Every truth of a folder, by name.
pub(crate) fn truths(folder: &Path) -> Result<Vec<Truth>> {
    let dir = folder.join("truth");
    let mut files = Vec::new();
    for entry in
        fs::read_dir(&dir).with_context(|| format!("{}: no folder of truth to score against", dir.display()))?
    {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "json") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{}: no truth/*.json to score against", folder.display());
    }
    files.iter().map(|f| parse(&fs::read_to_string(f)?, f)).collect()
}

/// Which account of the truth, by its place, meets which that was read.
pub(crate) fn pairs(truth: &[Account], read: &[Account]) -> Vec<(usize, usize)> {
    let row = |g: &Account| read.iter().map(|p| compare::likeness(g, p)).collect();
    assign::assign(&truth.iter().map(row).collect::<Vec<Vec<f64>>>())
}

fn predictions(file: &Path) -> Result<BTreeMap<String, Prediction>> {
    let text = fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    by_report(lines.map(|l| parse(l, file)).collect::<Result<Vec<serde_json::Value>>>()?, &file.display().to_string())
}

/// The last prediction of a report stands.
fn by_report(values: Vec<serde_json::Value>, origin: &str) -> Result<BTreeMap<String, Prediction>> {
    let mut out = BTreeMap::new();
    for value in values {
        let p: Prediction = serde_json::from_value(value).with_context(|| format!("{origin}: not a prediction"))?;
        out.insert(p.report.clone(), p);
    }
    Ok(out)
}

fn parse<T: serde::de::DeserializeOwned>(text: &str, file: &Path) -> Result<T> {
    serde_json::from_str(text).with_context(|| format!("{}: not in the shape that is scored", file.display()))
}

#[cfg(test)]
mod tests {
    use super::is_held_out;

    #[test]
    fn every_third_cluster_is_held_out() {
        for held in ["d1-003-a", "d2-012-c", "d1-900-b", "d2-900-h"] {
            assert!(is_held_out(held), "{held}");
        }
        for open in ["d1-001-a", "d2-011-b", "d1-900-a", "d2-900-g", "s0", "baidoa-wire", "jos-6", "d1-900"] {
            assert!(!is_held_out(open), "{open}");
        }
    }
}
