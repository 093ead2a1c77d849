//! Reads the recipe of the classes; its head tells what the lines mean.

use anyhow::{Context, bail, ensure};
use article::classes::{Class, ClassSet};
use std::collections::BTreeMap;

/// A sense of WordNet as the recipe names it: noun with `_` for blanks, and the number of the sense, from 1.
pub(super) type Key = (String, usize);

/// What the recipe says.
#[derive(Default)]
pub(super) struct Recipe {
    /// Endings of plurals with those of the singular, in order.
    pub(super) plurals: Vec<(String, String)>,
    pub(super) under: BTreeMap<Class, Vec<Key>>,
    pub(super) except: BTreeMap<Class, Vec<Key>>,
    /// Each class with all that it implies, itself included.
    pub(super) implied: BTreeMap<Class, ClassSet>,
    /// Nouns of our own, with their classes.
    pub(super) also: BTreeMap<String, ClassSet>,
    /// As `also`, and WordNet is not asked.
    pub(super) only: BTreeMap<String, ClassSet>,
    /// What a noun is never.
    pub(super) not: BTreeMap<String, ClassSet>,
    pub(super) endings: BTreeMap<String, ClassSet>,
}

impl Recipe {
    /// *Errors*: the line that is wrong, and what would be right.
    pub(super) fn parse(text: &str) -> anyhow::Result<Recipe> {
        let mut out = Recipe::default();
        let mut direct: BTreeMap<Class, ClassSet> = BTreeMap::new();
        let mut own: Vec<(Class, &str, &str)> = Vec::new();
        let mut section = None;
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let here = || format!("line {}: `{}`", n + 1, line.chars().take(60).collect::<String>());
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                let class = Class::named(name).with_context(|| format!("{}: the program has no such class", here()))?;
                ensure!(direct.insert(class, ClassSet::default()).is_none(), "{}: opened twice", here());
                section = Some(class);
                continue;
            }
            let (kind, rest) = line.split_once(':').with_context(|| format!("{}: no `kind:`", here()))?;
            let entries = || rest.split(" / ").map(str::trim).filter(|e| !e.is_empty());
            let Some(class) = section else {
                ensure!(kind == "plural", "{}: only `plural:` stands before the first [class]", here());
                out.plurals = entries()
                    .filter_map(|e| e.split_once('>'))
                    .map(|(a, b)| (a.trim().into(), b.trim().into()))
                    .collect();
                continue;
            };
            match kind {
                "under" | "except" => {
                    let keys = entries().map(key).collect::<Option<Vec<Key>>>();
                    let keys = keys.with_context(|| format!("{}: a sense is written noun#1", here()))?;
                    let map = if kind == "under" { &mut out.under } else { &mut out.except };
                    map.entry(class).or_default().extend(keys);
                }
                "is" => {
                    for name in entries() {
                        let broader = Class::named(name).with_context(|| format!("{}: no class {name}", here()))?;
                        let set = direct.entry(class).or_default();
                        *set = set.with(broader);
                    }
                }
                "also" | "only" | "not" | "ending" => own.extend(entries().map(|e| (class, kind, e))),
                _ => bail!("{}: under, except, is, also, only, not or ending", here()),
            }
        }
        for class in Class::ALL {
            ensure!(direct.contains_key(class), "the section [{}] is missing", class.name());
            out.implied.insert(*class, closure(*class, &direct));
        }
        for (class, kind, entry) in own {
            let (map, set) = match kind {
                "also" => (&mut out.also, out.implied[&class]),
                "only" => (&mut out.only, out.implied[&class]),
                "ending" => (&mut out.endings, out.implied[&class]),
                // What is no person is no soldier either.
                _ => (&mut out.not, implying(class, &out.implied)),
            };
            let slot = map.entry(article::fold(entry)).or_default();
            *slot = slot.union(set);
        }
        Ok(out)
    }
}

fn key(entry: &str) -> Option<Key> {
    let (noun, number) = entry.split_once('#')?;
    Some((noun.to_lowercase().replace(' ', "_"), number.parse().ok().filter(|n| *n > 0)?))
}

fn closure(class: Class, direct: &BTreeMap<Class, ClassSet>) -> ClassSet {
    let mut set = ClassSet::default().with(class);
    loop {
        let next = set.iter().filter_map(|c| direct.get(&c)).fold(set, |all, more| all.union(*more));
        if next == set {
            return set;
        }
        set = next;
    }
}

fn implying(class: Class, implied: &BTreeMap<Class, ClassSet>) -> ClassSet {
    let narrower = implied.iter().filter(|(_, set)| set.has(class)).map(|(c, _)| *c);
    narrower.fold(ClassSet::default(), ClassSet::with)
}
