//! A sentence as the network is shown it: in a case that chance chooses, with other names in the place of its own.

use super::super::chain::Chain;
use super::super::grammar::Case;
use super::super::matrix::Dice;
use super::super::network::{Pick, Sample};
use super::corpora::{Item, Marks};
use super::lists::Compiled;
use anyhow::{Context, Result};
use article::grammar::features as letters;
use article::names::lists::{Lists, Match};
use article::names::{Scheme, features};
use std::collections::BTreeMap;
use std::ops::Range;

/// Tags that come before the marks of the schemes.
const TAGS: usize = 17;
/// The tag of proper nouns.
const PROPER: usize = 11;

/// The features that have rows, how often each form was seen, and the names that may replace others.
pub(super) struct Shower {
    rows: BTreeMap<u32, u32>,
    forms: BTreeMap<u32, u32>,
    lists: Lists,
    /// Names of the plain scheme by kind.
    others: [Vec<Vec<String>>; 3],
}

impl Shower {
    pub(super) fn new(items: &[Item], compiled: &Compiled) -> Result<Shower> {
        let hashes: Vec<u32> = compiled.masks.keys().copied().collect();
        let lists = Lists::new(&hashes, compiled.masks.values().copied().collect()).context("lists that do not fit")?;
        let mut others = [Vec::new(), Vec::new(), Vec::new()];
        let listed = |name: &str| compiled.entries.get(name).cloned().unwrap_or_default();
        others[0].extend(listed("known person"));
        others[1].extend(listed("known organisation"));
        others[2].extend(listed("known place"));
        for item in items {
            for (range, kind) in item.plain.iter().flat_map(|m| &m.spans) {
                others[*kind].push(item.words[range.clone()].to_vec());
            }
        }
        let mut all = Shower { rows: BTreeMap::new(), forms: BTreeMap::new(), lists, others };
        let mut count: BTreeMap<u32, u32> = BTreeMap::new();
        for item in items {
            for case in [Case::Kept, Case::Upper, Case::Lower, Case::Title] {
                let words: Vec<String> = item.words.iter().map(|w| case.of(w)).collect();
                let keys = all.seen(&words, &item.glued, None);
                for word in keys {
                    if matches!(case, Case::Kept) {
                        *all.forms.entry(word[0]).or_default() += 1;
                    }
                    // Every case gives most features again; each sentence counts once for those.
                    let weight = if matches!(case, Case::Kept) { 4 } else { 1 };
                    word.iter().for_each(|k| *count.entry(*k).or_default() += weight);
                }
            }
        }
        let least = |k: &u32| if all.forms.contains_key(k) { 2 * 7 } else { 3 * 7 };
        all.rows = count.iter().filter(|(k, n)| **n >= least(k)).map(|(k, _)| (*k, 0)).collect();
        all.rows.insert(letters::UNKNOWN, 0);
        all.rows.values_mut().enumerate().for_each(|(i, r)| *r = i as u32);
        Ok(all)
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn keys(&self) -> Vec<u32> {
        self.rows.keys().copied().collect()
    }

    /// The keys of each word, the form's first; some matches of lists are left out where chance is given.
    fn seen(&self, words: &[String], glued: &[bool], dice: Option<&mut Dice>) -> Vec<Vec<u32>> {
        let forms: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut out = Vec::new();
        for (w, g) in forms.iter().zip(glued) {
            let mut keys = Vec::new();
            letters::keys(w, *g, &mut keys);
            out.push(keys);
        }
        let mut matches: Vec<Match> = Vec::new();
        self.lists.find(&forms, &mut matches);
        if let Some(dice) = dice {
            matches.retain(|_| dice.part() > 0.12);
        }
        let mut listed = Vec::new();
        features::keys(&forms, &matches, &mut listed);
        for (word, key) in listed {
            out[word as usize].push(key);
        }
        out
    }

    /// One sentence as it is shown this time.
    pub(super) fn sample(&self, item: &Item, dice: &mut Dice) -> Sample {
        let replaced = if dice.part() < 0.35 { self.replaced(item, dice) } else { None };
        let item = replaced.as_ref().unwrap_or(item);
        let case = match dice.below(16) {
            0 => Case::Upper,
            1 | 2 => Case::Lower,
            3 => Case::Title,
            _ => Case::Kept,
        };
        let words: Vec<String> = item.words.iter().map(|w| case.of(w)).collect();
        let mut out = Sample::default();
        for mut keys in self.seen(&words, &item.glued, Some(dice)) {
            let seen = self.forms.get(&keys[0]).copied().unwrap_or(0) as f32;
            if dice.part() < 0.5 / (0.5 + seen) || !self.rows.contains_key(&keys[0]) {
                keys[0] = letters::UNKNOWN;
            }
            let mut rows: Vec<u32> = keys.iter().filter_map(|k| self.rows.get(k)).copied().collect();
            if item.foreign {
                rows.push(self.rows.len() as u32);
            }
            out.rows.push(rows);
        }
        for (word, tag) in item.tags.iter().enumerate() {
            out.picks.extend(tag.map(|right| Pick { word, from: 0, to: TAGS, right }));
        }
        let schemes = [(Scheme::Plain, &item.plain), (Scheme::Field, &item.field), (Scheme::Phrase, &item.phrase)];
        for (scheme, marks) in schemes {
            let Some(marks) = marks else { continue };
            let outputs = scheme.outputs();
            let right = scheme.marks(words.len(), &marks.spans).into_iter().enumerate();
            let right = right.map(|(word, m)| (!marks.unknown.contains(&word)).then_some(m)).collect();
            out.chains.push(Chain { from: outputs.start, to: outputs.end, right });
        }
        out
    }

    /// The sentence with some of its names of the plain scheme exchanged for others of their kinds; none without names.
    fn replaced(&self, item: &Item, dice: &mut Dice) -> Option<Item> {
        let marks = item.plain.as_ref().filter(|m| !m.spans.is_empty())?;
        let mut out = Item { foreign: item.foreign, ..Item::default() };
        let mut new = Marks::default();
        let mut at = 0;
        let copy = |out: &mut Item, new: &mut Marks, range: Range<usize>| {
            for i in range {
                if marks.unknown.contains(&i) {
                    new.unknown.insert(out.words.len());
                }
                out.words.push(item.words[i].clone());
                out.glued.push(item.glued[i]);
                out.tags.push(item.tags[i]);
            }
        };
        for (range, kind) in &marks.spans {
            copy(&mut out, &mut new, at..range.start);
            let begin = out.words.len();
            let others = &self.others[*kind];
            if dice.part() < 0.6 && !others.is_empty() {
                let known = item.tags[range.start].is_some();
                for (i, w) in others[dice.below(others.len())].iter().enumerate() {
                    out.words.push(w.clone());
                    out.glued.push(i == 0 && item.glued[range.start]);
                    out.tags.push(known.then_some(PROPER));
                }
            } else {
                copy(&mut out, &mut new, range.clone());
            }
            new.spans.push((begin..out.words.len(), *kind));
            at = range.end;
        }
        copy(&mut out, &mut new, at..item.words.len());
        out.plain = Some(new);
        Some(out)
    }
}
