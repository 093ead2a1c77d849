//! `workbench score muc4`: answers to raw texts against the keys of MUC-4.
//!
//! Two tables: type and five roles as Du, Rush and Cardie (2021) count them, strictly and by head word ([`six`]); and, where the
//! keys are the official ones, the slots that they leave out ([`slots`]).

mod assign;
mod six;
mod slots;

pub(crate) use six::head;

use crate::muc4::gtt::{self, ROLES};
use crate::muc4::{files, key, load, read};
use anyhow::{Context, Result, bail};
use serde_json::json;
use six::{Counts, Rule, Six};
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  workbench score muc4 DATA/muc4/texts/tst1-muc3 DATA/muc4/keys/key-tst1.v7
  workbench score muc4 DATA/muc4/texts DATA/muc4/gtt/dev.json
  workbench score muc4 predictions.json DATA/muc4/gtt/dev.json --json

What each file is, its text tells: raw messages, or a file of answers; official keys, or JSON lines of templates of six slots.")]
pub(crate) struct Arguments {
    /// Files, and folders of them: what is to be scored, and the keys
    #[arg(required = true, num_args = 2.., value_names = ["TEXTS", "KEYS"])]
    paths: Vec<PathBuf>,
    /// Print counts and scores as JSON
    #[arg(long)]
    json: bool,
    /// Print what was missed or wrong in this slot
    #[arg(long, value_name = "SLOT")]
    misses: Option<String>,
}

/// Reads, scores and prints.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let given = Given::load(&a.paths)?;
    let keys = given.keys;
    let (six, full) = match given.answers {
        Some(six) => (six, None),
        None => {
            let full = read(&given.texts)?;
            let six = full.iter().map(|(id, all)| (id.clone(), all.iter().map(|a| a.six.clone()).collect()));
            (six.collect(), Some(full))
        }
    };
    let found = keys.six.keys().filter(|id| six.contains_key(*id)).count();
    if found == 0 {
        bail!("no message that is to be scored stands in the keys");
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

/// Micro F1 over type and roles, strictly. *Range*: 0 to 1.
pub(crate) fn micro(
    given: &BTreeMap<String, Vec<gtt::Template>>,
    wanted: &BTreeMap<String, Vec<gtt::Template>>,
) -> f64 {
    six::score(given, wanted, Rule::Strict).micro().scores()[2] / 100.0
}

/// What the keys say.
#[derive(Default)]
struct Keys {
    six: Templates,
    /// Empty where the keys have six slots only.
    full: BTreeMap<String, Vec<key::Template>>,
}

/// Templates of six slots by message.
type Templates = BTreeMap<String, Vec<gtt::Template>>;

/// The files named, sorted by what they are.
#[derive(Default)]
struct Given {
    texts: Vec<PathBuf>,
    answers: Option<Templates>,
    keys: Keys,
}

impl Given {
    fn load(paths: &[PathBuf]) -> Result<Given> {
        let mut given = Given::default();
        for file in files(paths)? {
            given.add(file)?;
        }
        if given.keys.six.is_empty() {
            bail!("no key: name official key files, or JSON lines with `docid` and `templates`");
        }
        if given.texts.is_empty() && given.answers.is_none() {
            bail!("nothing to score: name files of raw messages, or a file of answers");
        }
        Ok(given)
    }

    fn add(&mut self, file: PathBuf) -> Result<()> {
        let text = load(&file)?;
        let bad = || format!("{}: cannot be read", file.display());
        let official = key::keys(&text);
        if !official.is_empty() {
            for (id, templates) in official {
                self.keys.six.insert(id.clone(), templates.iter().map(gtt::Template::of_key).collect());
                self.keys.full.insert(id, templates);
            }
        } else if let Ok(all) = serde_json::from_str::<BTreeMap<String, gtt::Answer>>(&text) {
            let all = all.into_iter().map(|(id, t)| (id, t.pred_templates));
            self.answers.get_or_insert_default().extend(all);
        } else if text.trim_start().starts_with('{') {
            self.keys.six.extend(gtt::read(&text).with_context(bad)?);
        } else {
            self.texts.push(file);
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
