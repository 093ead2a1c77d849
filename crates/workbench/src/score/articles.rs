//! Article extraction, scored as the article extraction benchmark of Scrapinghub scores it.
//!
//! Wanted and found text are taken as bags of runs of four words. For each page, true and false positives and false
//! negatives are scaled to sum to one; precision and recall are averaged over the pages that define them, and F1 is
//! taken of the averages. Only paragraphs and headlines inside the text count as found, for only they are read.

use anyhow::{Context, Result};
use article::{Article, BlockKind, Limits, Raw, intake};
use clap::Args as ClapArgs;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Words in a run.
const RUN: usize = 4;

#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Folder with `ground-truth.json` and `html/<id>.html.gz`.
    path: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Scores {
    pages: usize,
    f1: f64,
    precision: f64,
    recall: f64,
    pages_per_second: f64,
    /// F1 of the pages below .9, worst first.
    worst: Vec<(String, f64)>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let s = score(&args.path)?;
    if args.json {
        println!("{}", serde_json::to_string(&s)?);
        return Ok(());
    }
    println!(
        "pages {}  F1 {:.4}  precision {:.4}  recall {:.4}  {:.0} pages/s",
        s.pages, s.f1, s.precision, s.recall, s.pages_per_second
    );
    for (id, f1) in &s.worst {
        println!("{f1:.3}  {id}");
    }
    Ok(())
}

fn score(folder: &Path) -> Result<Scores> {
    let truth = folder.join("ground-truth.json");
    let truth = std::fs::read(&truth).with_context(|| format!("{} cannot be read", truth.display()))?;
    let truth: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&truth)?;
    let mut pages = Vec::new();
    for (id, wanted) in &truth {
        let path = folder.join("html").join(format!("{id}.html.gz"));
        let bytes = std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        pages.push((id, wanted["articleBody"].as_str().unwrap_or(""), bytes));
    }
    let start = Instant::now();
    let found: Vec<String> = pages.iter().map(|(id, _, bytes)| body(&format!("{id}.html.gz"), bytes)).collect();
    let seconds = start.elapsed().as_secs_f64();
    let counts: Vec<[f64; 3]> =
        pages.iter().zip(&found).map(|((_, wanted, _), found)| compare(wanted, found)).collect();
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let precision = mean(counts.iter().filter(|[tp, fp, _]| tp + fp > 0.0).map(|[tp, fp, _]| tp / (tp + fp)).collect());
    let recall = mean(
        counts.iter().filter(|[tp, _, missed]| tp + missed > 0.0).map(|[tp, _, missed]| tp / (tp + missed)).collect(),
    );
    let f1 = |[tp, fp, missed]: &[f64; 3]| 2.0 * tp / (2.0 * tp + fp + missed).max(f64::MIN_POSITIVE);
    let mut worst: Vec<(String, f64)> =
        pages.iter().zip(&counts).map(|((id, ..), c)| ((*id).clone(), f1(c))).filter(|(_, f)| *f < 0.9).collect();
    worst.sort_by(|a, b| a.1.total_cmp(&b.1));
    Ok(Scores {
        pages: pages.len(),
        f1: 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        precision,
        recall,
        pages_per_second: pages.len() as f64 / seconds,
        worst,
    })
}

/// What intake would have read: everything but furniture and a headline that was put before the text.
fn body(name: &str, bytes: &[u8]) -> String {
    let taken = intake(Raw { name, bytes }, &Limits::default());
    taken.articles.first().map(text).unwrap_or_default()
}

fn text(a: &Article) -> String {
    let title = a.title.as_ref().map(|t| t.value.as_str());
    let read = a.blocks.iter().filter(|b| b.kind != BlockKind::Furniture).map(|b| b.span.of(&a.text));
    read.enumerate()
        .filter(|(i, words)| !(*i == 0 && Some(*words) == title))
        .map(|(_, words)| words)
        .collect::<Vec<_>>()
        .join("\n")
}

/// True positives, false positives and false negatives, scaled to sum to one.
fn compare(wanted: &str, found: &str) -> [f64; 3] {
    let (a, b) = (runs(wanted), runs(found));
    let common: usize = a.iter().map(|(run, n)| (*n).min(b.get(run).copied().unwrap_or(0))).sum();
    let (wanted, found): (usize, usize) = (a.values().sum(), b.values().sum());
    let counts = [common, found - common, wanted - common].map(|n| n as f64);
    let sum: f64 = counts.iter().sum();
    counts.map(|n| if sum > 0.0 { n / sum } else { 0.0 })
}

fn runs(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let mut bag = BTreeMap::new();
    if !words.is_empty() {
        for run in words.windows(RUN.min(words.len())) {
            *bag.entry(run.to_vec()).or_default() += 1;
        }
    }
    bag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_compared_by_runs_of_words() {
        assert_eq!(compare("a b c d e", "a b c d e"), [1.0, 0.0, 0.0]);
        assert_eq!(compare("a b c d e", "a, b c d"), [0.5, 0.0, 0.5]);
        assert_eq!(compare("a b c d", ""), [0.0, 0.0, 1.0]);
    }
}
