//! What is learnt from: sentences with the marks of either scheme, as far as they are known.

use super::chunks::{never, runs};
use crate::conllu::{self, Word};
use crate::named;
use crate::named::gum::{Mention, head, mentions};
use anyhow::{Context, Result};
use article::grammar::Upos;
use article::names::Scheme;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

/// One sentence.
#[derive(Clone, Default)]
pub(super) struct Item {
    pub(super) words: Vec<String>,
    pub(super) glued: Vec<bool>,
    /// Tags, where a treebank gives them.
    pub(super) tags: Vec<Option<usize>>,
    /// Names of the plain scheme, words that may or may not be part of one, and whether any of it is known.
    pub(super) plain: Option<Marks>,
    pub(super) field: Option<Marks>,
    pub(super) phrase: Option<Marks>,
    /// Of another kind of text than articles and web pages.
    pub(super) foreign: bool,
}

/// Spans as (words, kind), and words of which nothing is known.
#[derive(Clone, Default)]
pub(super) struct Marks {
    pub(super) spans: Vec<(Range<usize>, usize)>,
    pub(super) unknown: BTreeSet<usize>,
}

fn item(words: &[Word]) -> Item {
    let tag = |w: &Word| Upos::ALL.iter().position(|t| t.name() == w.upos);
    Item {
        words: words.iter().map(|w| w.form.clone()).collect(),
        glued: words.iter().map(|w| w.glued).collect(),
        tags: words.iter().map(tag).collect(),
        ..Item::default()
    }
}

/// A corpus that marks names itself, in the scheme of its format.
pub(super) fn marked(path: &Path, held_out: bool) -> Result<Vec<Item>> {
    let mut out = Vec::new();
    for (format, documents) in named::read(path)? {
        let scheme = if format == named::Format::Iob { Scheme::Plain } else { Scheme::Field };
        for s in documents.into_iter().filter(|d| d.held_out == held_out).flat_map(|d| d.sentences) {
            let kind = |k: &String| scheme.kinds().iter().position(|n| n == k);
            let spans = s.spans.iter().filter_map(|(r, k)| Some((r.clone(), kind(k)?))).collect();
            let marks = Some(Marks { spans, unknown: BTreeSet::new() });
            let tags = vec![None; s.words.len()];
            let (plain, field) = if scheme == Scheme::Plain { (marks, None) } else { (None, marks) };
            out.push(Item { words: s.words, glued: s.glued, tags, plain, field, ..Item::default() });
        }
    }
    Ok(out)
}

/// EWT: the longest names of the list that hold a proper noun. A proper noun that no listed name covers is unknown.
pub(super) fn ewt(treebank: &Path, list: &Path, titles: &BTreeSet<String>) -> Result<Vec<Item>> {
    let text = std::fs::read_to_string(list).with_context(|| format!("{}: cannot be read", list.display()))?;
    let mut known: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut kind = None;
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")) {
        match line {
            "[person]" => kind = Some(0),
            "[organisation]" => kind = Some(1),
            "[place]" => kind = Some(2),
            "[none]" => kind = None,
            name => drop(known.insert(name, kind)),
        }
    }
    let mut out = Vec::new();
    for s in conllu::read(treebank)? {
        let words = &s.words;
        let mut marks = Marks::default();
        let mut at = 0;
        while at < words.len() {
            let forms: Vec<&str> = words[at..].iter().take(12).map(|w| w.form.as_str()).collect();
            let proper = |n: usize| words[at..at + n].iter().any(|w| w.upos == "PROPN");
            let found = (1..=forms.len())
                .rev()
                .find_map(|n| known.get(forms[..n].join(" ").as_str()).filter(|_| proper(n)).map(|kind| (n, *kind)));
            match found {
                Some((n, kind)) => {
                    marks.spans.extend(kind.map(|k| (at..at + n, k)));
                    at += n;
                }
                None => {
                    let w = &words[at];
                    let plain = never(&w.form) || titles.contains(&w.form.to_lowercase());
                    if w.upos == "PROPN" && !plain {
                        marks.unknown.insert(at);
                    }
                    at += 1;
                }
            }
        }
        out.push(Item { plain: Some(marks), ..item(words) });
    }
    Ok(out)
}

/// GUM: runs of proper nouns with the kind of the smallest entity whose head they hold.
pub(super) fn gum(folder: &Path, titles: &BTreeSet<String>) -> Result<Vec<Item>> {
    let mut out = Vec::new();
    for file in conllu::files(folder)? {
        for s in conllu::read(&file)? {
            let entities = mentions(&s.words);
            let mut marks = Marks::default();
            for run in runs(&s.words, titles) {
                let inside = |m: &&Mention| {
                    let r = &m.words;
                    r.start <= run.start && run.end <= r.end && run.contains(&head(&s.words, r))
                };
                let entity = entities.iter().filter(inside).min_by_key(|m| m.words.len());
                match entity.map(|m| m.kind.as_str()) {
                    Some("person") => marks.spans.push((run, 0)),
                    Some("organization") => marks.spans.push((run, 1)),
                    Some("place") => marks.spans.push((run, 2)),
                    Some(_) => {}
                    None => marks.unknown.extend(run),
                }
            }
            let phrase = Some(phrases(&entities));
            out.push(Item { plain: Some(marks), phrase, foreign: true, ..item(&s.words) });
        }
    }
    Ok(out)
}

/// The longest phrases of the third scheme's kinds.
fn phrases(entities: &[Mention]) -> Marks {
    let mut all: Vec<(Range<usize>, usize)> = Vec::new();
    let mut longest: Vec<&Mention> = entities.iter().collect();
    longest.sort_by_key(|m| (std::cmp::Reverse(m.words.len()), m.words.start));
    for Mention { words: range, kind, .. } in longest {
        let kind = Scheme::Phrase.kinds().iter().position(|k| k == kind);
        let free = !all.iter().any(|(r, _)| r.start < range.end && range.start < r.end);
        // A clause within a phrase would be marked with it; what is as long as this has one.
        if let Some(kind) = kind.filter(|_| free && range.len() <= 10) {
            all.push((range.clone(), kind));
        }
    }
    all.sort_by_key(|(r, _)| r.start);
    Marks { spans: all, unknown: BTreeSet::new() }
}
