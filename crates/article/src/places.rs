//! Places named in an article: which words name one, and which entry of the gazetteer they mean.
//!
//! Finding (`places/scan.rs`) takes the longest name at each capitalised word, and `places/judge.rs` drops what the words
//! around it show to be a person, an organisation or a common word. Choosing among namesakes (`places/choose.rs`) is joint over the
//! article: a name has one sense, and senses support each other through containment ("in X, Y"), kind ("X province"),
//! shared country and province, nearness, and demonyms; what is left decides the number of inhabitants.

mod bind;
mod choose;
mod cues;
mod judge;
mod scan;

use crate::gazetteer::{EntryKind, Gazetteer};
use crate::{Article, Span, Tokens};

/// Some words of an article that name a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// The name, with the word for its kind where one stands beside it: "Herat province".
    pub span: Span,
    /// The tokens that `span` covers, half-open; of a hyphenated word the whole token.
    pub tokens: (usize, usize),
    /// The name alone, as printed.
    pub name: String,
    /// The entry it means: see [`Gazetteer::entry`].
    pub entry: u32,
    /// What the entry is.
    pub kind: EntryKind,
    /// How many entries of that name were weighed.
    pub candidates: usize,
    /// The share of this entry in the weighing. *Range*: 0 to 1.
    pub score: f32,
    /// What decided: `only`, `containment`, `kind`, `context` or `population`.
    pub by: &'static str,
    /// By what kind of word.
    pub via: PlaceVia,
}

/// By what kind of word a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceVia {
    /// By its name.
    Name,
    /// By a word such as "Afghan": evidence for the country, not a place where something is.
    Demonym,
    /// By a structure or body named after it, such as "Kabul University".
    Site,
}

/// The places named in the headline and paragraphs, in text order. *Cost*: well under a millisecond for 300 words.
pub fn places(article: &Article, tokens: &Tokens, gaz: &Gazetteer) -> Vec<PlaceMention> {
    let found = scan::find(article, tokens, gaz);
    let chosen = choose::choose(gaz, &found);
    let mut out = Vec::with_capacity(found.len());
    for (f, c) in found.iter().zip(chosen) {
        if let Some(c) = c
            && (!f.tentative || c.supported)
        {
            out.push(mention(article, tokens, f, &c));
        }
    }
    out
}

/// What the names at the given spans mean, for names that something else has found; `None` where the gazetteer does not
/// know the name. *Shape*: one answer for each span, in their order.
pub fn places_at(article: &Article, tokens: &Tokens, gaz: &Gazetteer, spans: &[Span]) -> Vec<Option<PlaceMention>> {
    let mut found = scan::find(article, tokens, gaz);
    found.retain(|f| !spans.iter().any(|s| s.overlaps(f.span)));
    let mut at = Vec::with_capacity(spans.len());
    for s in spans {
        let f = scan::at(article, tokens, gaz, *s);
        at.push(f.is_some().then_some(found.len()));
        found.extend(f);
    }
    bind::bind(article, tokens, &mut found);
    let chosen = choose::choose(gaz, &found);
    at.iter().map(|i| i.and_then(|i| chosen[i].map(|c| mention(article, tokens, &found[i], &c)))).collect()
}

fn mention(article: &Article, tokens: &Tokens, f: &scan::Found, c: &choose::Chosen) -> PlaceMention {
    let first = tokens.tokens.partition_point(|t| t.span.end <= f.span.start);
    let last = tokens.tokens.partition_point(|t| t.span.start < f.span.end);
    PlaceMention {
        span: f.span,
        tokens: (first, last),
        name: f.name.of(&article.text).to_owned(),
        entry: c.entry,
        kind: c.kind,
        candidates: f.senses.len(),
        score: c.score,
        by: c.by,
        via: f.via,
    }
}

#[cfg(test)]
mod tests;
