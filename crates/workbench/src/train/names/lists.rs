//! Compiles word lists into hashes: those of `language/en`, and the instances that WordNet knows by name.

use anyhow::{Context, Result};
use article::Span;
use article::grammar::words;
use article::names::lists::{LISTS, LONGEST, MORE, next, start};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Hashes of beginnings of entries and what each is.
#[derive(Default)]
pub(super) struct Compiled {
    pub(super) masks: BTreeMap<u32, u32>,
    /// Entries by list, as words: what names may be put in the place of others.
    pub(super) entries: BTreeMap<&'static str, Vec<Vec<String>>>,
}

/// All lists, from the folder of a language and, where there is one, the folder of WordNet.
pub(super) fn compile(language: &Path, wordnet: &Path) -> Result<Compiled> {
    let mut out = Compiled::default();
    let text = |name: &str| {
        let path = language.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    let mut section = None;
    for line in text("names.txt")?.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = LISTS.iter().find(|l| **l == name).copied();
            section.with_context(|| format!("names.txt: `{name}` is no list"))?;
        } else {
            let list = section.context("names.txt: an entry before the first list")?;
            line.split(',').for_each(|entry| out.add(list, entry.trim()));
        }
    }
    for line in text("demonyms.txt")?.lines().filter(|l| !l.starts_with('#')) {
        let names = line.split_once(':').map_or("", |(_, names)| names);
        names.split(';').for_each(|entry| out.add("people", entry.trim()));
    }
    for line in text("actors.txt")?.lines() {
        let Some((field, value)) = line.split_once(": ") else { continue };
        if matches!(field, "name" | "aliases" | "acronyms") {
            // A name may have dates after a bar.
            value.split(';').for_each(|e| out.add("actor", e.split('|').next().unwrap_or_default().trim()));
        }
    }
    instances(wordnet, &mut out)?;
    dictionary(wordnet, &mut out)?;
    out.masks.insert(0, 0);
    Ok(out)
}

impl Compiled {
    fn add(&mut self, list: &'static str, entry: &str) {
        let Some(number) = LISTS.iter().position(|l| *l == list) else { return };
        let cut: Vec<String> =
            words(entry, Span::new(0, entry.len())).iter().map(|w| w.span.of(entry).to_owned()).collect();
        if cut.is_empty() || cut.len() > LONGEST {
            return;
        }
        let mut hash = start();
        for (i, w) in cut.iter().enumerate() {
            hash = next(hash, w);
            *self.masks.entry(hash).or_default() |= if i + 1 < cut.len() { MORE } else { 1 << number };
        }
        self.entries.entry(list).or_default().push(cut);
    }
}

/// Synsets of WordNet that are instances, by the class that they are instances of, however far up.
fn instances(wordnet: &Path, out: &mut Compiled) -> Result<()> {
    let path = wordnet.join("data.noun");
    let data = std::fs::read_to_string(&path)
        .with_context(|| format!("{}: cannot be read; Debian has it as wordnet-base", path.display()))?;
    let mut up: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut named: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in data.lines().filter(|l| !l.starts_with(' ')) {
        let columns: Vec<&str> = line.split(' ').collect();
        let count = columns.get(3).and_then(|n| usize::from_str_radix(n, 16).ok()).unwrap_or(0);
        let lemmas: Vec<&str> = (0..count).filter_map(|i| columns.get(4 + 2 * i).copied()).collect();
        let id = columns[0];
        let mut instance = false;
        for (i, c) in columns.iter().enumerate() {
            if matches!(*c, "@" | "@i") && i + 1 < columns.len() {
                up.entry(id).or_default().push(columns[i + 1]);
                instance |= *c == "@i";
            }
            if *c == "|" {
                break;
            }
        }
        if instance {
            named.push((id, lemmas));
        }
    }
    let classes = [("00007846", "known person"), ("08008335", "known organisation"), ("00027167", "known place")];
    for (id, lemmas) in named {
        let above = above(id, &up);
        for (_, list) in classes.iter().filter(|(c, _)| above.contains(c)) {
            for lemma in lemmas.iter().filter(|l| l.starts_with(char::is_uppercase)) {
                let entry = lemma.split('(').next().unwrap_or_default().replace('_', " ");
                out.add(list, &entry);
            }
        }
    }
    Ok(())
}

/// Common words: lemmas in small letters, and those among them that WordNet's texts use more than now and then.
fn dictionary(wordnet: &Path, out: &mut Compiled) -> Result<()> {
    let text = |name: &str| {
        let path = wordnet.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    for part in ["noun", "verb", "adj", "adv"] {
        for line in text(&format!("data.{part}"))?.lines().filter(|l| !l.starts_with(' ')) {
            let columns: Vec<&str> = line.split(' ').collect();
            let count = columns.get(3).and_then(|n| usize::from_str_radix(n, 16).ok()).unwrap_or(0);
            for lemma in (0..count).filter_map(|i| columns.get(4 + 2 * i)) {
                let lemma = lemma.split('(').next().unwrap_or_default();
                if lemma.len() > 2 && lemma.bytes().all(|b| b.is_ascii_lowercase()) {
                    out.add("word", lemma);
                }
            }
        }
    }
    for line in text("cntlist.rev")?.lines() {
        let mut columns = line.split(' ');
        let lemma = columns.next().and_then(|k| k.split('%').next()).unwrap_or_default();
        let count: u32 = columns.nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
        if count > 1 && lemma.len() > 2 && lemma.bytes().all(|b| b.is_ascii_lowercase()) {
            out.add("frequent word", lemma);
        }
    }
    Ok(())
}

fn above<'a>(id: &'a str, up: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let (mut out, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(id) = open.pop() {
        if out.insert(id) {
            open.extend(up.get(id).into_iter().flatten().copied());
        }
    }
    out
}
