//! `workbench train fill`: texts with templates to `fill.txt`, the weights that choose what fills the roles.
//!
//! Models that read other models' scores are trained on scores of texts that those had not seen: the articles are dealt into
//! folds, and each fold is scored by models of the others (Wolpert 1992).

mod bounds;
mod learn;
mod sample;

use crate::muc4::{files, gtt, key, load, message, template};
use account::fill::{
    ACT_MEASURES, Act, Fill, Gauge, MEASURES, Model, Role, SHARES, Scores, Table, Thing, WIDE, acts, key, measures,
    things,
};
use account::{Actors, Reader};
use anyhow::{Context, Result, bail};
use learn::{Item, Plan, learn};
use sample::Sample;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench train fill --texts DATA/muc4/texts --keys DATA/muc4/keys/key-dev-* --out models/en/fill.txt")]
pub(crate) struct Arguments {
    /// Files of raw messages, or folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    texts: Vec<PathBuf>,
    /// Official key files; only messages in them are trained on
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    keys: Vec<PathBuf>,
    /// Where to write the weights
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Also answer each message by models of the other folds, and write these answers there
    #[arg(long, value_name = "PRED.json")]
    crossed: Option<PathBuf>,
}

/// How many parts the articles are dealt into.
const FOLDS: usize = 5;

/// Trains, writes, and tells how long it took.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let begin = Instant::now();
    let told = |what: &str| println!("{what} after {:.0} s", begin.elapsed().as_secs_f64());
    let mut names = BTreeMap::new();
    let samples = samples(a, &mut names)?;
    told(&format!("{} messages with {} features read", samples.len(), names.len()));
    let mut t = Trainee { models: vec![Model::empty(); FOLDS + 1], samples, names, things: Vec::new() };
    t.words();
    told("words learnt");
    t.scores();
    told("scores learnt");
    bounds::search(&mut t);
    told("bounds found");
    let text = t.text();
    Model::parse(&text).map_err(|p| anyhow::anyhow!("what was written cannot be read: {}", p.detail))?;
    std::fs::write(&a.out, &text).with_context(|| format!("cannot write {}", a.out.display()))?;
    println!("{}: {} bytes, blake3 {}", a.out.display(), text.len(), blake3::hash(text.as_bytes()));
    if let Some(file) = &a.crossed {
        let answer = |n: usize| gtt::Answer { pred_templates: template::six(&t.samples[n].text, &t.crossed(n)) };
        let answers: BTreeMap<&str, gtt::Answer> =
            (0..t.samples.len()).map(|n| (t.samples[n].id.as_str(), answer(n))).collect();
        std::fs::write(file, serde_json::to_string(&answers)?)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

fn samples(a: &Arguments, names: &mut BTreeMap<u64, String>) -> Result<Vec<Sample>> {
    let mut keys = BTreeMap::new();
    for file in &a.keys {
        keys.append(&mut key::keys(&load(file)?));
    }
    let reader = Reader::new(Actors::builtin());
    let mut out = Vec::new();
    for file in files(&a.texts)? {
        for m in message::messages(&load(&file)?) {
            if let Some(templates) = keys.get(&m.id) {
                let sheet = reader.sheet(&m.article, names);
                out.push(Sample::new(m.id, m.article.text, sheet, templates));
            }
        }
    }
    if out.is_empty() {
        bail!("no message of these texts stands in the keys");
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(out)
}

/// Models in training: one for each fold, which never saw it, and last the one of all.
struct Trainee {
    samples: Vec<Sample>,
    names: BTreeMap<u64, String>,
    models: Vec<Model>,
    /// Of each sample, the scores of its acts and its things, by the model of its fold.
    things: Vec<(Vec<f32>, Vec<Thing>)>,
}

impl Trainee {
    /// What is learnt from words.
    fn words(&mut self) {
        let Trainee { samples, models, names, .. } = self;
        let all = |n: usize| (0..n).map(|o| (o, o)).collect::<Vec<_>>();
        let acts = samples.iter().enumerate();
        let items: Vec<Item<'_>> = acts.map(|(n, s)| item(n, &s.sheet.article, Vec::new(), s.acts())).collect();
        let plan = Plan { cost: 0.6, rare: 3, text: true, ..Plan::default() };
        learn(&items, &all(Act::ALL.len() + 1), &plan, &mut tables(models, |m| &mut m.article), names);
        let items: Vec<Item<'_>> =
            samples.iter().enumerate().map(|(n, s)| item(n, &s.sheet.page, Vec::new(), s.acts())).collect();
        let plan = Plan { cost: 0.6, rare: 4, text: true, ..Plan::default() };
        learn(&items, &all(2 * Act::ALL.len() + 1), &plan, &mut tables(models, |m| &mut m.page), names);
        let mut items = Vec::new();
        for (n, s) in samples.iter().enumerate() {
            let rows = s.sheet.sentences.iter().zip(s.sentences());
            items.extend(rows.map(|(keys, labels)| item(n, keys, Vec::new(), labels)));
        }
        let plan = Plan { cost: 0.6, rare: 3, text: true, ..Plan::default() };
        learn(&items, &all(Act::ALL.len() + 3), &plan, &mut tables(models, |m| &mut m.sentence), names);
        let mut items = Vec::new();
        for (n, s) in samples.iter().enumerate() {
            let labels = |noun| Role::ALL.iter().map(|r| s.fills(noun, *r)).collect();
            items.extend(s.sheet.mentions.iter().map(|m| item(n, &m.keys, Vec::new(), labels(m))));
        }
        let plan = Plan { cost: 0.2, rare: 3, ..Plan::default() };
        learn(&items, &all(Role::ALL.len()), &plan, &mut tables(models, |m| &mut m.mention), names);
    }

    /// What is learnt from the scores of words.
    fn scores(&mut self) {
        let Trainee { samples, models, names, things: found } = self;
        let scores: Vec<Scores> =
            samples.iter().enumerate().map(|(n, s)| Scores::of(&s.sheet, &models[n % FOLDS])).collect();
        let items: Vec<Item<'_>> = (samples.iter().zip(&scores).enumerate())
            .map(|(n, (s, scores))| item(n, &[], measures(scores).values, s.acts()))
            .collect();
        let outcomes: Vec<(usize, usize)> = (0..=2 * Act::ALL.len()).map(|o| (o, o)).collect();
        let plan = Plan { cost: 0.03, numbers: &ACT_MEASURES, ..Plan::default() };
        learn(&items, &outcomes, &plan, &mut tables(models, |m| &mut m.acts), names);
        *found = (samples.iter().zip(&scores).enumerate())
            .map(|(n, (s, scores))| {
                let acts = acts(scores, &models[n % FOLDS]);
                let things = things(&s.sheet, scores, &acts);
                (acts, things)
            })
            .collect();
        let mut wholes = Vec::new();
        for (n, (s, (_, things))) in samples.iter().zip(found.iter()).enumerate() {
            let labels = |t| Role::ALL.iter().map(|r| s.thing(t, *r)).collect::<Vec<bool>>();
            wholes.extend(things.iter().map(|t| (n, t.keys(&s.sheet), labels(t))));
        }
        let items: Vec<Item<'_>> =
            wholes.iter().map(|(n, keys, labels)| item(*n, keys, Vec::new(), labels.clone())).collect();
        let outcomes: Vec<(usize, usize)> = (0..Role::ALL.len()).map(|o| (o, o)).collect();
        let plan = Plan { cost: 0.6, rare: 3, text: true, ..Plan::default() };
        learn(&items, &outcomes, &plan, &mut tables(models, |m| &mut m.whole), names);
        scale(found, models);
        for role in Role::ALL {
            things_of(role, samples, found, models, names);
            variants_of(role, samples, found, models, names);
        }
        let mut items = Vec::new();
        for (n, (s, (acts, things))) in samples.iter().zip(found.iter()).enumerate() {
            for role in Role::ALL {
                for t in things.iter().filter(|t| s.thing(t, role)) {
                    let keys = &s.sheet.mentions[t.mentions[t.best[role as usize]]].keys;
                    items.push(item(n, keys, t.shares(role, acts).values, s.shares(t, role)));
                }
            }
        }
        let outcomes: Vec<(usize, usize)> = (0..Act::ALL.len()).map(|o| (o, o)).collect();
        let plan = Plan { cost: 0.05, rare: 3, numbers: &SHARES, ..Plan::default() };
        learn(&items, &outcomes, &plan, &mut tables(models, |m| &mut m.share), names);
    }

    /// The answer to a sample by the model of its fold.
    fn crossed(&self, n: usize) -> Fill {
        let (acts, things) = &self.things[n];
        Fill::from_scores(&self.samples[n].sheet, &self.models[n % FOLDS], acts, things)
    }

    /// The file of the model of all.
    fn text(&mut self) -> String {
        let mut out = String::from(
            "# The weights that choose what fills the roles, in thousandths; made by `workbench train fill`.\n",
        );
        let names = &self.names;
        let Some(model) = self.models.last_mut() else { return out };
        for (section, table) in model.sections() {
            out.push_str(&format!("\n[{section}]\n# {}\n", table.outcomes.join(", ")));
            out.push_str(&Table::bias_line(&table.score(&[])));
            out.push('\n');
            let mut lines: Vec<String> = Vec::new();
            for (k, name) in names {
                // A feature that moves a score by less than a fiftieth is left out; that of a text counts among hundreds.
                let least = match section {
                    "scale" | "thing" => 0.0,
                    "article" | "page" | "whole" => 0.2,
                    _ => 0.02,
                };
                if let Some(row) = table.row(*k).filter(|r| r.iter().any(|w| w.abs() >= least)) {
                    lines.push(Table::line(name, row));
                }
            }
            lines.sort_unstable();
            lines.iter().for_each(|l| {
                out.push_str(l);
                out.push('\n');
            });
        }
        out
    }
}

fn item(sample: usize, keys: &[u64], numbers: Vec<f32>, labels: Vec<bool>) -> Item<'_> {
    Item { fold: sample % FOLDS, keys, numbers, labels }
}

fn tables(models: &mut [Model], of: impl Fn(&mut Model) -> &mut Table) -> Vec<&mut Table> {
    models.iter_mut().map(of).collect()
}

type Found = [(Vec<f32>, Vec<Thing>)];

/// Mean and spread of what is measured of things, over all of them and all roles: no answers are looked at.
fn scale(found: &Found, models: &mut [Model]) {
    let all = || found.iter().flat_map(|(_, things)| things).flat_map(|t| &t.numbers).filter(|n| !n.is_empty());
    for (at, name) in MEASURES.iter().enumerate() {
        let values: Vec<f32> = all().map(|n| n[at]).collect();
        let (mean, spread) = learn::moments(&values);
        models.iter_mut().for_each(|m| m.scale.set(key(&[name]), &[mean, spread]));
    }
}

/// Which things fill a role.
fn things_of(role: Role, samples: &[Sample], found: &Found, models: &mut [Model], names: &mut BTreeMap<u64, String>) {
    let gauge = Gauge::of(&models[0]);
    let mut items = Vec::new();
    for (n, (s, (_, things))) in samples.iter().zip(found).enumerate() {
        for t in things.iter().filter(|t| !t.numbers[role as usize].is_empty()) {
            items.push(item(n, &[], gauge.wide(&t.numbers[role as usize]), vec![s.thing(t, role)]));
        }
    }
    let plan = Plan { cost: 0.005, numbers: &WIDE, faint: MEASURES.len(), ..Plan::default() };
    learn(&items, &[(role as usize, 0)], &plan, &mut tables(models, |m| &mut m.thing), names);
}

/// Which words name what fills a role.
fn variants_of(role: Role, samples: &[Sample], found: &Found, models: &mut [Model], names: &mut BTreeMap<u64, String>) {
    let mut choices = Vec::new();
    for (n, (s, (_, things))) in samples.iter().zip(found).enumerate() {
        for t in things.iter().filter(|t| s.thing(t, role)) {
            let words = t.choices(&s.sheet).into_iter();
            choices.extend(words.map(|(words, keys, _)| (n, keys, s.named(words, role))));
        }
    }
    let items: Vec<Item<'_>> = choices.iter().map(|(n, keys, y)| item(*n, keys, Vec::new(), vec![*y])).collect();
    let plan = Plan { cost: 0.3, rare: 2, ..Plan::default() };
    learn(&items, &[(role as usize, 0)], &plan, &mut tables(models, |m| &mut m.variant), names);
}
