//! Lemma edits learnt from a treebank: for each tag the commonest edit of each ending, kept where it says more than a
//! shorter ending, then whole forms that their ending gets wrong.

use crate::conllu::Sentence;
use anyhow::{Context, Result};
use article::grammar::Upos;
use article::grammar::lemma::{LONGEST, ending_key, form_key, plain};
use std::collections::BTreeMap;

/// Edits, and the edit of each key.
pub(super) struct Lemmas {
    /// How many characters are taken from the end, and what is put there.
    pub(super) edits: Vec<(u8, String)>,
    pub(super) keys: BTreeMap<u32, u16>,
}

/// Fewest forms that an ending must be seen in, so that names of one text make no rules.
const FEWEST: usize = 2;

type Counts = BTreeMap<(Upos, String), BTreeMap<(u8, String), usize>>;

/// Learns from all words whose lemma can be reached by an edit of the end.
pub(super) fn learn(all: &[Sentence]) -> Result<Lemmas> {
    let mut forms = Counts::new();
    for w in all.iter().flat_map(|s| &s.words) {
        let tag = Upos::ALL.into_iter().find(|t| t.name() == w.upos).context("an unknown tag")?;
        if w.lemma == "_" {
            continue;
        }
        let form = plain(&w.form, tag);
        let lemma = plain(&w.lemma, tag);
        let common = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        let Ok(cut) = u8::try_from(form.chars().count() - common) else { continue };
        let edit = (cut, lemma.chars().skip(common).collect());
        *forms.entry((tag, form)).or_default().entry(edit).or_default() += 1;
    }
    // Endings are learnt from forms, not from occurrences: a rule must fit words that were never seen.
    let mut endings: Vec<Counts> = vec![Counts::new(); LONGEST + 1];
    for ((tag, form), edits) in &forms {
        let length = form.chars().count();
        for (n, counts) in endings.iter_mut().enumerate().take(length.min(LONGEST) + 1) {
            let ending = form.chars().skip(length - n).collect();
            *counts.entry((*tag, ending)).or_default().entry(best(edits)).or_default() += 1;
        }
    }
    let mut out = Lemmas { edits: Vec::new(), keys: BTreeMap::new() };
    let mut index = BTreeMap::new();
    let mut rules: BTreeMap<(Upos, String), (u8, String)> = BTreeMap::new();
    for counts in &endings {
        for ((tag, ending), edits) in counts {
            let best = best(edits);
            let seen: usize = edits.values().sum();
            if (seen >= FEWEST || ending.is_empty()) && by_ending(&rules, *tag, ending) != Some(&best) {
                out.keys.insert(ending_key(ending, *tag), number(&mut index, &mut out.edits, &best)?);
                rules.insert((*tag, ending.clone()), best);
            }
        }
    }
    for ((tag, form), edits) in &forms {
        let best = best(edits);
        if by_ending(&rules, *tag, form) != Some(&best) {
            out.keys.insert(form_key(form, *tag), number(&mut index, &mut out.edits, &best)?);
        }
    }
    Ok(out)
}

fn best(edits: &BTreeMap<(u8, String), usize>) -> (u8, String) {
    let mut best: Option<(&(u8, String), usize)> = None;
    for (edit, n) in edits {
        if best.is_none_or(|b| *n > b.1) {
            best = Some((edit, *n));
        }
    }
    best.map(|b| b.0.clone()).unwrap_or_default()
}

fn by_ending<'a>(rules: &'a BTreeMap<(Upos, String), (u8, String)>, tag: Upos, form: &str) -> Option<&'a (u8, String)> {
    let length = form.chars().count();
    (0..=length.min(LONGEST)).rev().find_map(|n| rules.get(&(tag, form.chars().skip(length - n).collect())))
}

fn number(index: &mut BTreeMap<(u8, String), u16>, edits: &mut Vec<(u8, String)>, edit: &(u8, String)) -> Result<u16> {
    if let Some(n) = index.get(edit) {
        return Ok(*n);
    }
    let n = u16::try_from(edits.len()).context("too many edits")?;
    edits.push(edit.clone());
    index.insert(edit.clone(), n);
    Ok(n)
}
