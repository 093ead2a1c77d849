//! `workbench score muc4`: answers to raw texts against the keys of MUC-4.
//!
//! Two tables: type and five roles as Du, Rush and Cardie (2021) count them, strictly and by head word ([`six`]); and, where the
//! keys are the official ones, the slots that they leave out ([`slots`]).

mod assign;
mod six;
mod slots;

use crate::muc4::gtt::{self, ROLES};
use crate::muc4::{files, key, load, read};
use anyhow::{Context, Result, bail};
use serde_json::json;
use six::{Counts, Rule, Six};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench score muc4 DATA/muc4/texts/tst1-muc3 DATA/muc4/keys/key-tst1.v7
  workbench score muc4 DATA/muc4/texts DATA/muc4/gtt/dev.json
  workbench score muc4 predictions.json DATA/muc4/gtt/dev.json --json")]
pub(crate) struct Arguments {
    /// A file of raw messages, a folder of them, or a file of answers that ends in `.json`
    texts: PathBuf,
    /// Key files, folders of them, or a file of templates of six slots that ends in `.json`
    #[arg(required = true)]
    keys: Vec<PathBuf>,
    /// Print counts and scores as JSON
    #[arg(long)]
    json: bool,
    /// Print what was missed or wrong in each slot
    #[arg(long, value_name = "SLOT")]
    misses: Option<String>,
}

/// Reads, scores and prints.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let keys = Keys::load(&a.keys)?;
    let (six, full) = if a.texts.extension().is_some_and(|e| e == "json") {
        let text = load(&a.texts)?;
        let all: BTreeMap<String, gtt::Answer> = serde_json::from_str(&text)
            .with_context(|| format!("{}: no answers, {{docid: {{\"pred_templates\": [...]}}}}", a.texts.display()))?;
        (all.into_iter().map(|(id, t)| (id, t.pred_templates)).collect(), None)
    } else {
        let full = read(std::slice::from_ref(&a.texts))?;
        let six = full.iter().map(|(id, all)| (id.clone(), all.iter().map(|a| a.six.clone()).collect())).collect();
        (six, Some(full))
    };
    let found = six_of(&keys.six, &six);
    if found == 0 {
        bail!("no message of {} stands in the keys", a.texts.display());
    }
    // Texts may hold fewer messages than the keys: only those in both are scored. A file of answers is answerable for all.
    let wanted: BTreeMap<_, _> =
        keys.six.into_iter().filter(|(id, _)| full.is_none() || six.contains_key(id)).collect();
    let strict = six::score(&six, &wanted, Rule::Strict);
    let head = six::score(&six, &wanted, Rule::Head);
    let slots = full.as_ref().filter(|_| !keys.full.is_empty()).map(|full| slots::score(full, &keys.full));
    if let (Some(slot), Some(slots)) = (&a.misses, &slots) {
        slots.misses.iter().filter(|m| m.slot == *slot).for_each(|m| println!("{m}"));
    }
    if a.json {
        let by_slot = slots.as_ref().map(|s| s.slots.iter().map(|(n, c)| (*n, counts(*c))).collect::<BTreeMap<_, _>>());
        let out = json!({ "messages": found, "strict": table(&strict), "head word": table(&head), "slots": by_slot });
        println!("{out}");
        return Ok(());
    }
    println!("messages {found}");
    for (name, six) in [("strict", &strict), ("head word", &head)] {
        println!("\n{:<34} {:>6} {:>6} {:>6} {:>6} {:>6}", name, "wanted", "given", "prec", "recall", "F1");
        lines(six).into_iter().for_each(|(name, c)| line(name, c));
    }
    if let Some(s) = slots {
        println!("\n{:<34} {:>6} {:>6} {:>6} {:>6} {:>6}", "slots", "wanted", "given", "prec", "recall", "F1");
        s.slots.iter().for_each(|(name, c)| line(name, *c));
    }
    Ok(())
}

fn six_of(keys: &BTreeMap<String, Vec<gtt::Template>>, answers: &BTreeMap<String, Vec<gtt::Template>>) -> usize {
    keys.keys().filter(|id| answers.contains_key(*id)).count()
}

/// What the keys say.
struct Keys {
    six: BTreeMap<String, Vec<gtt::Template>>,
    /// Empty where the keys have six slots only.
    full: BTreeMap<String, Vec<key::Template>>,
}

impl Keys {
    fn load(paths: &[PathBuf]) -> Result<Keys> {
        let mut keys = Keys { six: BTreeMap::new(), full: BTreeMap::new() };
        for file in files(paths)? {
            keys.add(&file)?;
        }
        if keys.six.is_empty() {
            bail!("no key: name official key files, or JSON lines with `docid` and `templates`");
        }
        Ok(keys)
    }

    fn add(&mut self, file: &Path) -> Result<()> {
        let text = load(file)?;
        if file.extension().is_some_and(|e| e == "json" || e == "jsonl") {
            self.six.extend(gtt::read(&text).with_context(|| format!("{}: cannot be read", file.display()))?);
            return Ok(());
        }
        for (id, templates) in key::keys(&text) {
            self.six.insert(id.clone(), templates.iter().map(gtt::Template::of_key).collect());
            self.full.insert(id, templates);
        }
        Ok(())
    }
}

fn lines(six: &Six) -> Vec<(&'static str, Counts)> {
    let mut out = vec![("type", six.slots[0])];
    out.extend(ROLES.iter().copied().zip(six.slots[1..].iter().copied()));
    out.push(("roles", six.roles()));
    out.push(("micro", six.micro()));
    out
}

fn line(name: &str, c: Counts) {
    let [p, r, f] = c.scores();
    println!("{name:<34} {:>6} {:>6} {p:>6.2} {r:>6.2} {f:>6.2}", c.wanted, c.answered);
}

fn table(six: &Six) -> BTreeMap<&'static str, serde_json::Value> {
    lines(six).into_iter().map(|(n, c)| (n, counts(c))).collect()
}

fn counts(c: Counts) -> serde_json::Value {
    let [precision, recall, f1] = c.scores();
    json!({ "right": c.right, "answered": c.answered, "found": c.found, "wanted": c.wanted,
            "precision": precision, "recall": recall, "f1": f1 })
}
