//! `workbench train linking`: what each level of each comparison is worth, learnt from pairs of accounts whose incidents are
//! known.
//!
//! Logistic regression over the levels, so that the sum of the weights is the logarithm of the odds that two accounts tell
//! one incident. Levels that fewer than a handful of pairs have keep a weight near zero; "unknown" weighs nothing. The pairs
//! are those that share a block and do not exclude each other, of development articles alone: accounts of the truth, and
//! accounts that were read here with all that reading gets wrong. How far the shown odds can be believed is measured on
//! clusters that were left out in turn.

mod moved;

use super::logistic::{Rows, fit_toward};
use crate::linking::b3::B3;
use crate::linking::corpus::{Accounts, is_open, load};
use crate::linking::incidents;
use anyhow::{Context, Result, ensure};
use incident::{Comparison, Decided, Filed, Level, Linker, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Learn the weights of linking from a corpus folder.
#[derive(clap::Args)]
#[command(after_help = "Example:
  workbench train linking CORPUS")]
pub(crate) struct Arguments {
    /// Folder with `truth` and `reports`
    folder: PathBuf,
    /// Where to write the table
    #[arg(long, default_value = "crates/incident/linking/weights.txt")]
    out: PathBuf,
    /// How much the pairs count against small weights
    #[arg(long, default_value_t = 0.3)]
    cost: f64,
    /// Print how believable the odds are, and write nothing
    #[arg(long)]
    check: bool,
}

/// One pair that shares a block.
pub(crate) struct Pair {
    /// What is left out together: the cluster of the corpus.
    pub(crate) fold: String,
    /// The levels, `FIELD LEVEL` each.
    pub(crate) levels: Vec<(String, Level)>,
    pub(crate) same: bool,
}

/// Learns and writes.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    let corpus = load(&args.folder)?;
    let mut pairs = Vec::new();
    for accounts in [&corpus.stated, &corpus.read] {
        pairs.extend(self::pairs(accounts, is_open, cluster));
        pairs.extend(moved::pairs(accounts, is_open, cluster));
    }
    ensure!(pairs.iter().any(|p| p.same), "no two accounts there tell one incident");
    println!("{} pairs, {} of one incident", pairs.len(), pairs.iter().filter(|p| p.same).count());
    reliability(&crossed(&pairs, args.cost));
    for (whose, accounts) in [("true accounts", &corpus.stated), ("accounts read here", &corpus.read)] {
        let (p, r, f) = clustered(&pairs, accounts, args.cost)?.ratios();
        println!("{whose}: B3 F1 {f:.3} (precision {p:.3}, recall {r:.3}) on clusters left out in turn");
    }
    if args.check {
        return Ok(());
    }
    let text = std::fs::read_to_string(&args.out).with_context(|| format!("cannot read {}", args.out.display()))?;
    let learnt = table(&learn(&pairs, args.cost));
    std::fs::write(&args.out, replaced(&text, &learnt)).with_context(|| format!("cannot write {}", args.out.display()))
}

/// `d1-003-b` is of cluster `d1-003`.
fn cluster(article: &str) -> String {
    article.rsplit_once('-').map_or(article, |(c, _)| c).to_owned()
}

/// The pairs of accounts that share a block, may be one incident, and whose incidents are known.
pub(crate) fn pairs(accounts: &Accounts, open: impl Fn(&Filed) -> bool, fold: impl Fn(&str) -> String) -> Vec<Pair> {
    let mut linker = Linker::default();
    let mut known: Vec<(&str, &str)> = Vec::new();
    for (f, t) in accounts.filed.iter().zip(&accounts.incident) {
        if let Some(t) = t.as_deref().filter(|_| open(f)) {
            linker.add(f);
            known.push((t, f.article.as_str()));
        }
    }
    let mut out = Vec::new();
    linker.round(&Decided::default(), &[]).meet(|a, b| {
        let (levels, _, forbidden) = linker.compare(a, b);
        let ((s, of_a), (t, of_b)) = (known[a as usize], known[b as usize]);
        if !forbidden || (of_a != of_b && apart(&levels)) {
            let levels = levels.into_iter().map(|c| (c.field, c.level)).collect();
            out.push(Pair { fold: fold(of_a.min(of_b)), levels, same: s == t });
        }
    });
    out
}

/// Whether two accounts exclude each other by their places alone: what places are worth is learnt of them too.
fn apart(levels: &[Comparison]) -> bool {
    let at = |field: &str| levels.iter().find(|c| c.field == field).map(|c| c.level);
    at("place") == Some(Level::Far) && at("date") < Some(Level::Different) && at("stage") < Some(Level::Different)
}

/// Weights by field and level, and the prior.
pub(crate) type Learnt = (BTreeMap<(String, Level), f64>, f64);

/// What a level stands for as features: steps up and down from "unknown", which weighs nothing.
///
/// A better level never weighs less than a worse one, and what is not the same never speaks for it, whatever few pairs say:
/// a step that would is left out. Only "compatible" may speak either way.
fn steps(field: &str, level: Level) -> Vec<(String, Step)> {
    let all: &[Step] = match level {
        // Nearly all pairs are alike in these: that goes without saying.
        Level::Same if matches!(field, "stage" | "telling") => &[],
        Level::Unknown => &[],
        Level::Compatible => &[Step::Compatible],
        Level::Near => &[Step::Compatible, Step::Near],
        Level::Same => &[Step::Compatible, Step::Near, Step::Same],
        Level::Different => &[Step::Different],
        Level::Far => &[Step::Different, Step::Far],
    };
    all.iter().map(|s| (field.to_owned(), *s)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Compatible,
    Near,
    Same,
    Different,
    Far,
}

impl Step {
    fn right(self, field: &str, weight: f64) -> bool {
        match self {
            // To take a story from another never speaks against telling the same.
            Step::Compatible => field != "source" || weight >= 0.0,
            Step::Near | Step::Same => weight >= 0.0,
            Step::Different | Step::Far => weight <= 0.0,
        }
    }
}

/// What each step is expected to be worth where pairs do not tell: compatible, near, same; different, far. The fewer pairs
/// show a step, the nearer its weight stays to this. A corpus of hundreds of accounts has few copies, and hardly a month
/// that is not the month of the only incident in it.
const EXPECTED: &[(&str, [f64; 5])] = &[
    ("date", [0.0, 1.8, 0.6, -3.5, -2.0]),
    ("place", [0.3, 1.0, 0.8, -2.0, -1.5]),
    ("site", [0.0, 0.0, 1.0, -0.9, 0.0]),
    ("kind", [-0.3, 0.7, 0.4, -3.0, 0.0]),
    ("stage", [-0.3, 0.0, 0.0, -1.5, 0.0]),
    ("actor", [0.0, 0.6, 0.4, -0.5, 0.0]),
    ("words", [0.0, 1.2, 1.0, -0.6, 0.0]),
    ("names", [0.5, 0.8, 0.8, -0.7, 0.0]),
    ("killed", [0.2, 0.6, 1.0, -1.2, 0.0]),
    ("injured", [0.1, 0.4, 1.0, -0.7, 0.0]),
    ("others", [0.1, 0.4, 0.8, -0.5, 0.0]),
    ("numbers", [0.3, 0.6, 0.6, -0.3, 0.0]),
    ("source", [0.0, 0.5, 1.5, 0.0, 0.0]),
    ("told", [0.0, 0.1, 0.2, -0.3, 0.0]),
];

fn expected(field: &str, step: Step) -> f64 {
    EXPECTED.iter().find(|(f, _)| *f == field).map_or(0.0, |(_, steps)| steps[step as usize])
}

/// The weights that make the pairs likeliest.
pub(crate) fn learn(pairs: &[Pair], cost: f64) -> Learnt {
    let mut steps_of = BTreeSet::new();
    let mut levels = BTreeSet::new();
    for (field, level) in pairs.iter().flat_map(|p| &p.levels).filter(|l| l.0 != "prior" && l.1 != Level::Unknown) {
        steps_of.extend(steps(field, *level));
        levels.insert((field.clone(), *level));
    }
    let labels: Vec<bool> = pairs.iter().map(|p| p.same).collect();
    let among: Vec<usize> = (0..pairs.len()).collect();
    loop {
        let column: BTreeMap<&(String, Step), u32> = steps_of.iter().enumerate().map(|(n, s)| (s, n as u32)).collect();
        let mut rows = Rows::new(steps_of.len());
        for p in pairs {
            let known = p.levels.iter().filter(|l| l.0 != "prior").flat_map(|(f, l)| steps(f, *l));
            rows.push(known.filter_map(|s| Some((*column.get(&s)?, 1.0))).collect::<Vec<_>>().into_iter());
        }
        let expected: Vec<f64> = steps_of.iter().map(|(f, s)| expected(f, *s)).collect();
        let w = fit_toward(&rows, &among, &labels, cost, &expected);
        let wrong: Vec<(String, Step)> = column
            .iter()
            .filter(|(s, n)| !s.1.right(&s.0, w.features[**n as usize]))
            .map(|(s, _)| (*s).clone())
            .collect();
        if wrong.is_empty() {
            let of = |s: (String, Step)| column.get(&s).map_or(0.0, |n| w.features[*n as usize]);
            let sum = |(f, l): &(String, Level)| steps(f, *l).into_iter().map(of).sum::<f64>();
            return (levels.iter().map(|l| (l.clone(), sum(l))).collect(), w.bias);
        }
        wrong.iter().for_each(|s| _ = steps_of.remove(s));
    }
}

/// The table's lines.
pub(crate) fn table((weights, prior): &Learnt) -> String {
    let mut out = format!("prior       -          {prior:+.2}\n");
    let mut last = "";
    let mut lines: Vec<(&(String, Level), &f64)> = weights.iter().collect();
    let order = |f: &str| Weights::fields().iter().position(|x| *x == f);
    lines.sort_by_key(|((f, l), _)| (order(f), *l));
    for ((field, level), w) in lines {
        if field != last {
            out.push('\n');
            last = field;
        }
        if *w == 0.0 {
            continue;
        }
        let _ = writeln!(out, "{field:<11} {:<10} {w:+.2}", level.name());
    }
    out
}

/// The text with the lines between its two marks replaced.
fn replaced(text: &str, learnt: &str) -> String {
    let (begin, end) = ("# learnt: begin\n", "# learnt: end\n");
    match (text.split_once(begin), text.split_once(end)) {
        (Some((before, _)), Some((_, behind))) => format!("{before}{begin}{learnt}{end}{behind}"),
        _ => format!("{begin}{learnt}{end}{text}"),
    }
}

/// In how many parts the clusters are left out in turn.
const PARTS: usize = 8;

/// The part of each cluster.
fn parts(pairs: &[Pair]) -> BTreeMap<&str, usize> {
    let folds: BTreeSet<&str> = pairs.iter().map(|p| p.fold.as_str()).collect();
    folds.into_iter().enumerate().map(|(n, f)| (f, n % PARTS)).collect()
}

/// What is learnt without one part.
fn without(pairs: &[Pair], part: &BTreeMap<&str, usize>, n: usize, cost: f64) -> Learnt {
    let train = pairs.iter().filter(|p| part[p.fold.as_str()] != n);
    let copy = |p: &Pair| Pair { fold: String::new(), levels: p.levels.clone(), same: p.same };
    learn(&train.map(copy).collect::<Vec<_>>(), cost)
}

/// The table that ships, with other weights in it.
pub(crate) fn with_learnt(learnt: &Learnt) -> Result<Weights> {
    let shipped = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../incident/linking/weights.txt"))?;
    Ok(Weights::parse(&replaced(&shipped, &table(learnt))).0)
}

/// B³ of the accounts of each cluster, linked with weights that were learnt without it.
fn clustered(pairs: &[Pair], accounts: &Accounts, cost: f64) -> Result<B3> {
    let part = parts(pairs);
    let known: Vec<_> =
        accounts.filed.iter().zip(&accounts.incident).filter_map(|(f, t)| Some((f, t.as_ref()?))).collect();
    let known: Vec<_> = known.into_iter().filter(|(f, _)| is_open(f)).collect();
    let filed: Vec<Filed> = known.iter().map(|(f, _)| (*f).clone()).collect();
    let mut out = B3::default();
    for n in 0..PARTS {
        let weights = with_learnt(&without(pairs, &part, n, cost))?;
        let mut of = BTreeMap::new();
        for i in incidents(&filed, &weights) {
            of.extend(i.accounts.iter().map(|a| ((a.article.clone(), a.ordinal), i.id.clone())));
        }
        let told: Vec<_> = known.iter().map(|(f, t)| (*t, of.get(&(f.article.clone(), f.ordinal)))).collect();
        let left_out = |at: usize| part.get(cluster(&known[at].0.article).as_str()).copied().unwrap_or(0) == n;
        out.add(&B3::of_some(&told, left_out));
    }
    Ok(out)
}

/// The probability of each pair by weights that were learnt without its part, and whether it is one incident.
fn crossed(pairs: &[Pair], cost: f64) -> Vec<(f64, bool)> {
    let part = parts(pairs);
    let mut out = Vec::new();
    for n in 0..PARTS {
        let (weights, prior) = without(pairs, &part, n, cost);
        for p in pairs.iter().filter(|p| part[p.fold.as_str()] == n) {
            let score = prior + p.levels.iter().filter_map(|l| weights.get(l)).sum::<f64>();
            out.push((1.0 / (1.0 + (-score).exp()), p.same));
        }
    }
    out
}

/// Prints what share of the pairs with a probability are one incident, and how well pairs are told apart.
pub(crate) fn reliability(scored: &[(f64, bool)]) {
    println!("shown probability   pairs   mean   one incident");
    for tenth in [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98].windows(2).map(|w| (w[0], w[1])).chain([(0.98, 1.01)]) {
        let bin: Vec<&(f64, bool)> = scored.iter().filter(|(p, _)| *p >= tenth.0 && *p < tenth.1).collect();
        let n = bin.len().max(1) as f64;
        let mean = bin.iter().map(|(p, _)| p).sum::<f64>() / n;
        let share = bin.iter().filter(|(_, same)| *same).count() as f64 / n;
        println!("  {:.2} to {:.2}      {:>6}   {mean:.3}  {share:.3}", tenth.0, tenth.1.min(1.0), bin.len());
    }
    let brier = scored.iter().map(|(p, same)| (p - f64::from(u8::from(*same))).powi(2)).sum::<f64>();
    let (mut right, mut said, mut gold) = (0, 0, 0);
    for (p, same) in scored {
        right += usize::from(*p > 0.5 && *same);
        said += usize::from(*p > 0.5);
        gold += usize::from(*same);
    }
    println!(
        "Brier score {:.4}; pairs at one half: precision {:.3}, recall {:.3}",
        brier / scored.len().max(1) as f64,
        right as f64 / said.max(1) as f64,
        right as f64 / gold.max(1) as f64
    );
}
