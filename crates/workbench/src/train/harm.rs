//! `workbench train harm`: learns whom and what an act hit, and what became of them, from messages of MUC-4 and their keys.
//!
//! The models are `account::harm`'s. A noun by all its mentions is one sample: whether a template has it, what the template says
//! became of it, and of which act the template is. The messages are dealt into folds, each of which is scored by weights of the
//! others; the bounds are those that are best on these scores. Nothing is left to chance.

use crate::muc4::key::{self, Fill, Template, slot};
use crate::muc4::{files, load, message};
use crate::score::muc4::head;
use crate::train::logistic::{Rows, Weights, fit};
use account::fill::{Act, Table, key};
use account::harm::{EFFECTS, Kind, Model, Noun, groups, keys};
use account::{Actors, Effect, Reader};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = "Example:
  workbench train harm --texts DATA/muc4/texts/dev-muc3-* --keys DATA/muc4/keys/key-dev-* --out models/en/harm.txt")]
pub(crate) struct Arguments {
    /// Files of raw messages, or folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    texts: Vec<PathBuf>,
    /// Official keys, or folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    keys: Vec<PathBuf>,
    /// Where to write the weights
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// How many parts the messages are dealt into.
const FOLDS: usize = 5;
/// Weight of the samples against small weights, as in LIBLINEAR.
const COST: f64 = 0.5;
/// Features seen less often are left out.
const RARE: usize = 2;

/// A noun of a message by all its mentions.
struct Sample {
    fold: usize,
    keys: Vec<u64>,
    kind: Kind,
    name: bool,
    /// Whether a template has it.
    meant: bool,
    /// What templates say became of it, in the order of the effects.
    effects: Vec<bool>,
    /// The acts of the templates that have it.
    acts: Vec<bool>,
}

/// Reads, learns, writes, and prints how good the weights are on folds that they have not seen.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let mut names = BTreeMap::new();
    let (samples, missed) = samples(a, &mut names)?;
    println!("{} nouns with {} features", samples.len(), names.len());
    let mut model = Model::empty();
    let people: Vec<usize> = among(&samples, |s| s.kind == Kind::People && !s.name);
    let things: Vec<usize> = among(&samples, |s| s.kind == Kind::Thing);
    let hit: Vec<usize> = among(&samples, |s| s.meant);
    let mut bounds: Vec<(&str, f32)> = Vec::new();
    for (list, table, kind) in [(&people, &mut model.people, Kind::People), (&things, &mut model.things, Kind::Thing)] {
        let scores = learn(&samples, list, &|s| vec![s.meant], table);
        let answers = list.iter().zip(&scores).map(|(n, s)| (s[0], samples[*n].meant)).collect();
        bounds.push((kind.name(), best(kind.name(), answers, missed[kind as usize])));
    }
    let scores = learn(&samples, &hit, &|s| s.effects.clone(), &mut model.effect);
    for (name, kind, range) in
        [("effect on people", Kind::People, 0..4), ("effect on things", Kind::Thing, 4..EFFECTS.len())]
    {
        let mut answers = Vec::new();
        let mut unanswerable = 0;
        for (n, s) in hit.iter().zip(&scores).filter(|(n, _)| samples[**n].kind == kind) {
            let top = range.clone().max_by(|a, b| s[*a].total_cmp(&s[*b])).unwrap_or(0);
            let told = &samples[*n].effects;
            answers.push((s[top], told[top]));
            unanswerable += usize::from(!told[top] && told.iter().any(|t| *t));
        }
        bounds.push((name, best(name, answers, unanswerable)));
    }
    learn(&samples, &hit, &|s| s.acts.clone(), &mut model.share);
    bounds.iter().for_each(|(name, from)| model.bounds.set(key(&[name]), &[*from]));
    bounds.iter().for_each(|(name, _)| {
        names.insert(key(&[name]), (*name).to_owned());
    });
    let text = text(&mut model, &names);
    Model::parse(&text).map_err(|p| anyhow::anyhow!("what was written cannot be read: {}", p.detail))?;
    std::fs::write(&a.out, &text).with_context(|| format!("cannot write {}", a.out.display()))?;
    println!("{}: {} bytes, blake3 {}", a.out.display(), text.len(), blake3::hash(text.as_bytes()));
    Ok(())
}

/// The samples of messages that tell of an incident, and how many people and things of the keys no noun has.
fn samples(a: &Arguments, names: &mut BTreeMap<u64, String>) -> Result<(Vec<Sample>, [usize; 2])> {
    let mut wanted: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    for file in files(&a.keys)? {
        wanted.extend(key::keys(&load(&file)?));
    }
    let reader = Reader::new(Actors::builtin());
    let (mut out, mut missed, mut fold) = (Vec::new(), [0, 0], 0);
    for file in files(&a.texts)? {
        for m in message::messages(&load(&file)?) {
            let Some(templates) = wanted.get(&m.id).filter(|t| !t.is_empty()) else { continue };
            let nouns = reader.nouns(&m.article, names);
            fold += 1;
            let mut open: [BTreeSet<String>; 2] = [BTreeSet::new(), BTreeSet::new()];
            for t in templates {
                open[0].extend(described(t).flat_map(|f| f.options.first().map(|o| head(o))));
                open[1].extend(t.of(slot::TARGET).iter().flat_map(|f| f.options.first().map(|o| head(o))));
            }
            for group in groups(&nouns) {
                let s = sample(&nouns, &group, templates, fold % FOLDS);
                if s.meant && !s.name {
                    open[s.kind as usize].remove(&nouns[group[0]].head);
                }
                out.push(s);
            }
            missed[0] += open[0].len();
            missed[1] += open[1].len();
        }
    }
    if out.is_empty() {
        bail!("no message of these texts stands in the keys");
    }
    Ok((out, missed))
}

/// The fills that describe people without a name.
fn described(t: &Template) -> impl Iterator<Item = &Fill> {
    t.of(slot::DESCRIPTION).iter().filter(|f| f.of.is_empty())
}

fn sample(nouns: &[Noun], group: &[usize], templates: &[Template], fold: usize) -> Sample {
    let first = &nouns[group[0]];
    let is = |words: &String| head(words) == first.head;
    let mut s = Sample {
        fold,
        keys: keys(nouns, group),
        kind: first.kind,
        name: first.name,
        meant: false,
        effects: vec![false; EFFECTS.len()],
        acts: vec![false; Act::ALL.len()],
    };
    for t in templates {
        let (ids, effects) = match s.kind {
            Kind::People => (slot::VICTIM, slot::HUMAN_EFFECT),
            Kind::Thing => (slot::TARGET, slot::TARGET_EFFECT),
        };
        let named = t.of(ids).iter().any(|f| f.options.iter().any(is));
        let meant = match s.kind {
            Kind::People if !s.name => described(t).any(|f| f.options.iter().any(is)),
            _ => named,
        };
        if !meant {
            continue;
        }
        s.meant = true;
        for f in t.of(effects).iter().filter(|f| f.of.iter().any(is)) {
            f.options.iter().filter_map(|o| effect(o)).for_each(|e| s.effects[e] = true);
        }
        let kinds: Vec<String> = t.of(slot::TYPE).iter().flat_map(|f| &f.options).map(|o| o.to_lowercase()).collect();
        for act in Act::ALL {
            s.acts[act as usize] |= kinds.iter().any(|k| k == act.name());
        }
    }
    s
}

/// Which effect a value of the keys is.
fn effect(value: &str) -> Option<usize> {
    let effect = match value {
        "DEATH" => Effect::Killed,
        "INJURY" => Effect::Injured,
        "NO INJURY" | "NO INJURY OR DEATH" | "NO DEATH" => Effect::Unharmed,
        "REGAINED FREEDOM" => Effect::Freed,
        "DESTROYED" => Effect::Destroyed,
        "SOME DAMAGE" => Effect::Damaged,
        "NO DAMAGE" => Effect::Intact,
        _ => return None,
    };
    EFFECTS.iter().position(|e| *e == effect)
}

fn among(samples: &[Sample], of: impl Fn(&Sample) -> bool) -> Vec<usize> {
    (0..samples.len()).filter(|n| of(&samples[*n])).collect()
}

/// Learns a table from the samples in `list`, and gives the scores of each by weights of the other folds.
fn learn(
    samples: &[Sample],
    list: &[usize],
    labels: &dyn Fn(&Sample) -> Vec<bool>,
    table: &mut Table,
) -> Vec<Vec<f32>> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    list.iter().flat_map(|n| &samples[*n].keys).for_each(|k| *counts.entry(*k).or_default() += 1);
    counts.retain(|_, n| *n >= RARE);
    let columns: BTreeMap<u64, u32> = counts.keys().enumerate().map(|(c, k)| (*k, c as u32)).collect();
    let rarity: Vec<f32> = counts.values().map(|n| (list.len() as f32 / (1 + n) as f32).ln()).collect();
    let mut rows = Rows::new(columns.len());
    for s in list.iter().map(|n| &samples[*n]) {
        let length = (s.keys.len().max(1) as f32).sqrt();
        rows.push(s.keys.iter().filter_map(|k| columns.get(k)).map(|c| (*c, rarity[*c as usize] / length)));
    }
    let told: Vec<Vec<bool>> = list.iter().map(|n| labels(&samples[*n])).collect();
    let outcomes = table.outcomes.len();
    let mut scores = vec![vec![0.0; outcomes]; list.len()];
    for outcome in 0..outcomes {
        let labels: Vec<bool> = told.iter().map(|l| l[outcome]).collect();
        for fold in 0..FOLDS {
            let others: Vec<usize> = (0..list.len()).filter(|n| samples[list[*n]].fold != fold).collect();
            let w = fit(&rows, &others, &labels, COST);
            for n in (0..list.len()).filter(|n| samples[list[*n]].fold == fold) {
                scores[n][outcome] = rows.score(n, &w) as f32;
            }
        }
        let all: Vec<usize> = (0..list.len()).collect();
        set(table, outcome, &columns, &rarity, &fit(&rows, &all, &labels, COST));
    }
    scores
}

/// Writes one outcome's weights into a table.
fn set(table: &mut Table, outcome: usize, columns: &BTreeMap<u64, u32>, rarity: &[f32], w: &Weights) {
    for (k, c) in columns {
        let mut row = table.row(*k).map_or_else(|| vec![0.0; table.outcomes.len()], <[f32]>::to_vec);
        row[outcome] = w.features[*c as usize] as f32 * rarity[*c as usize];
        table.set(*k, &row);
    }
    let mut bias = table.score(&[]);
    bias[outcome] = w.bias as f32;
    table.set_bias(&bias);
}

/// The chance from which on answers are best, by F1; prints what it comes to. Each answer has a score and whether it is right.
fn best(name: &str, mut answers: Vec<(f32, bool)>, missed: usize) -> f32 {
    answers.sort_by(|a, b| b.0.total_cmp(&a.0));
    let wanted = answers.iter().filter(|a| a.1).count() + missed;
    let (mut right, mut top) = (0, (0.0, 0.5, 0.0, 0.0));
    for (n, (score, is)) in answers.iter().enumerate() {
        right += usize::from(*is);
        let f1 = 2.0 * right as f32 / (n + 1 + wanted) as f32;
        if f1 > top.0 {
            top = (f1, 1.0 / (1.0 + (-score).exp()), right as f32 / (n + 1) as f32, right as f32 / wanted as f32);
        }
    }
    println!("{name}: precision {:.3}, recall {:.3}, F1 {:.3} from {:.3} on", top.2, top.3, top.0, top.1);
    top.1
}

/// The file.
fn text(model: &mut Model, names: &BTreeMap<u64, String>) -> String {
    let mut out = String::from(
        "# The weights that choose whom and what an act hit, in thousandths; made by `workbench train harm`.\n",
    );
    for (section, table) in model.sections() {
        out.push_str(&format!("\n[{section}]\n# {}\n", table.outcomes.join(", ")));
        out.push_str(&Table::bias_line(&table.score(&[])));
        out.push('\n');
        let row = |(k, name): (&u64, &String)| {
            // A feature that moves nothing by a tenth is left out.
            let row = table.row(*k).filter(|r| r.iter().any(|w| w.abs() >= 0.1))?;
            Some(Table::line(name, row))
        };
        let mut lines: Vec<String> = names.iter().filter_map(row).collect();
        lines.sort_unstable();
        lines.iter().for_each(|l| {
            out.push_str(l);
            out.push('\n');
        });
    }
    out
}
