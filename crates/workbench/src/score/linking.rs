//! How well does linking do, on accounts that are known to be right and on those that are read here?
//!
//! `truth/*.json` of a corpus folder gives the accounts and their incidents, `reports/*.txt` the texts, and
//! `incidents-*.json` what reports contradict each other in and which tolls rose. Linking sees the whole folder; what is
//! counted is all of it, or the articles that may be looked at, or those that are held out. Of the latter nothing but counts
//! is ever printed.

mod dispute;

use crate::linking::b3::B3;
use crate::linking::corpus::{Accounts, Corpus, is_open, load};
use crate::linking::{incidents, weights};
use dispute::Disputes;
use incident::{Filed, Incident, copies};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench score linking testdata/examples
  workbench score linking CORPUS --development --misses
  workbench score linking CORPUS --held-out --json")]
pub(crate) struct Arguments {
    /// Folder with `truth`, `reports` and `incidents-*.json`
    folder: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// A table of weights other than the one that ships
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Print every incident that was split or mixed and every outlet and dispute that was missed, held-out articles left out
    #[arg(long)]
    misses: bool,
    /// Count only the articles that nobody reads while developing
    #[arg(long, conflicts_with = "development")]
    held_out: bool,
    /// Count only the others
    #[arg(long)]
    development: bool,
}

/// Counts of one part of a folder; they add up over folders.
#[derive(Debug, Default, Serialize)]
struct Counts {
    /// The accounts of the truth.
    stated: B3,
    /// Those that were read here and met one of the truth.
    read: B3,
    /// Outlets named as source: in the truth, read, both.
    chain: [usize; 3],
    /// Near copies: in the truth, found, right, right down to what they copy.
    copies: [usize; 4],
    /// With the accounts of the truth.
    stated_disputes: Disputes,
    /// With those that were read here.
    read_disputes: Disputes,
}

/// Scores one folder and prints counts, and what was missed.
pub(crate) fn run(args: &Arguments) -> anyhow::Result<()> {
    let corpus = load(&args.folder)?;
    let facts = dispute::facts(&args.folder)?;
    let weights = weights(args.weights.as_deref())?;
    let stated = incidents(&corpus.stated.filed, &weights);
    let read = incidents(&corpus.read.filed, &weights);
    let copied: BTreeMap<String, String> = copies(&corpus.read.filed).into_iter().collect();
    let (name, open) = match (args.development, args.held_out) {
        (true, _) => ("development", Some(true)),
        (_, true) => ("held out", Some(false)),
        _ => ("all", None),
    };
    let c = Counts {
        stated: b3(&corpus.stated, &stated, open),
        read: b3(&corpus.read, &read, open),
        chain: chain(&corpus, open),
        copies: copied_right(&corpus, &copied, open),
        stated_disputes: dispute::count(&facts, &corpus.stated, &stated, open),
        read_disputes: dispute::count(&facts, &corpus.read, &read, open),
    };
    if args.json {
        println!("{}", serde_json::to_string(&BTreeMap::from([(name, &c)]))?);
        return Ok(());
    }
    if args.misses {
        for (name, accounts, incidents) in [("true", &corpus.stated, &stated), ("read", &corpus.read, &read)] {
            misses(accounts, incidents).into_iter().for_each(|m| println!("{name} {m}"));
            dispute::misses(&facts, accounts, incidents).into_iter().for_each(|m| println!("{name} {m}"));
        }
        chain_misses(&corpus).into_iter().for_each(|m| println!("{m}"));
    }
    println!("{name}");
    for (whose, b) in [("true accounts", &c.stated), ("accounts read here", &c.read)] {
        let (p, r, f) = b.ratios();
        println!(
            "  {whose:<20} B3 F1 {f:.3} (precision {p:.3}, recall {r:.3}): {} accounts of {} incidents, {} found",
            b.accounts, b.incidents, b.clusters
        );
    }
    let [gold, found, both] = c.chain;
    println!("  source chains        F1 {:.3}: {gold} outlets, {found} read, {both} right", f1(both, found, gold));
    let [gold, found, right, exact] = c.copies;
    println!("  copies               {right} of {gold} found, {exact} with what they copy; {found} in all");
    for (whose, d) in [("true accounts", &c.stated_disputes), ("accounts read here", &c.read_disputes)] {
        println!("  {whose:<20} {d}");
    }
    Ok(())
}

fn f1(both: usize, found: usize, gold: usize) -> f64 {
    if found + gold == 0 { 1.0 } else { 2.0 * both as f64 / (found + gold) as f64 }
}

/// The incident of each account.
fn assigned<'a>(incidents: &'a [Incident]) -> BTreeMap<(&'a str, u32), &'a str> {
    let of = |i: &'a Incident| i.accounts.iter().map(move |a| ((a.article.as_str(), a.ordinal), i.id.as_str()));
    incidents.iter().flat_map(of).collect()
}

/// Whether an account belongs to the part that is counted.
fn among(f: &Filed, open: Option<bool>) -> bool {
    open.is_none_or(|o| o == is_open(f))
}

fn b3(accounts: &Accounts, incidents: &[Incident], open: Option<bool>) -> B3 {
    let of = assigned(incidents);
    let known = accounts.filed.iter().zip(&accounts.incident).filter(|(f, _)| among(f, open));
    let pairs: Vec<(&str, &str)> =
        known.filter_map(|(f, t)| Some((t.as_deref()?, *of.get(&(f.article.as_str(), f.ordinal))?))).collect();
    B3::of(&pairs)
}

/// Names of outlets as they are compared.
fn plain(names: &[String]) -> BTreeSet<String> {
    names.iter().map(|n| article::fold(n).trim_start_matches("the ").to_owned()).collect()
}

/// Articles that may be looked at whose outlets were read otherwise than the truth has them.
fn chain_misses(corpus: &Corpus) -> Vec<String> {
    let open = corpus.stories.iter().filter(|(report, _)| !super::corpus::is_held_out(report));
    let other = open.filter(|(_, s)| plain(&s.chain) != plain(&s.read_chain));
    other.map(|(report, s)| format!("chain {report}: {:?}, read {:?}", s.chain, s.read_chain)).collect()
}

fn chain(corpus: &Corpus, open: Option<bool>) -> [usize; 3] {
    let mut out = [0; 3];
    for (report, s) in &corpus.stories {
        if open.is_some_and(|o| o == super::corpus::is_held_out(report)) {
            continue;
        }
        let (gold, found) = (plain(&s.chain), plain(&s.read_chain));
        out[0] += gold.len();
        out[1] += found.len();
        out[2] += gold.intersection(&found).count();
    }
    out
}

fn copied_right(corpus: &Corpus, copied: &BTreeMap<String, String>, open: Option<bool>) -> [usize; 4] {
    let mut out = [0; 4];
    for (report, s) in &corpus.stories {
        if open.is_some_and(|o| o == super::corpus::is_held_out(report)) {
            continue;
        }
        let (gold, found) = (s.copy_of.as_ref(), copied.get(report));
        out[0] += usize::from(gold.is_some());
        out[1] += usize::from(found.is_some());
        out[2] += usize::from(gold.is_some() && found.is_some());
        out[3] += usize::from(gold.is_some() && gold == found);
    }
    out
}

/// Incidents of the truth in several clusters, and clusters of several incidents, of articles that may be looked at.
fn misses(accounts: &Accounts, incidents: &[Incident]) -> Vec<String> {
    let of = assigned(incidents);
    let mut truth: BTreeMap<&str, Vec<(String, &str)>> = BTreeMap::new();
    let mut found: BTreeMap<&str, Vec<(String, &str)>> = BTreeMap::new();
    for (f, t) in accounts.filed.iter().zip(&accounts.incident).filter(|(f, _)| is_open(f)) {
        let (Some(t), Some(p)) = (t.as_deref(), of.get(&(f.article.as_str(), f.ordinal))) else { continue };
        let name = format!("{}/{}", f.article, f.ordinal);
        truth.entry(t).or_default().push((name.clone(), p));
        found.entry(p).or_default().push((name, t));
    }
    let list = |word: &str, all: &BTreeMap<&str, Vec<(String, &str)>>| -> Vec<String> {
        let several = |v: &Vec<(String, &str)>| v.iter().any(|(_, x)| *x != v[0].1);
        let show = |v: &Vec<(String, &str)>| v.iter().map(|(n, x)| format!(" {n}={x}")).collect::<String>();
        all.iter().filter(|(_, v)| several(v)).map(|(k, v)| format!("{word} {k}:{}", show(v))).collect()
    };
    [list("split", &truth), list("mixed", &found)].concat()
}
