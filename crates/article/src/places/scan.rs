//! Finds the words that name places, and how the names are bound to each other.

use super::PlaceVia;
use super::bind::{bind, datelines, drop_marked};
use super::cues::Cue;
use super::judge;
use crate::gazetteer::{Candidate, EntryKind, Gazetteer};
use crate::{Article, Sentence, Span, Token, TokenKind, Tokens, fold};

/// No name has more words than this.
const LONGEST: usize = 8;

/// A name found in the text, before it is known what it means.
#[derive(Debug)]
pub(super) struct Found {
    /// Name and kind word.
    pub(super) span: Span,
    /// The name alone.
    pub(super) name: Span,
    /// Its folded words: equal for mentions of one name.
    pub(super) key: String,
    /// What it may mean; never empty.
    pub(super) senses: Vec<Candidate>,
    /// The kind of place that a word beside it tells.
    pub(super) hint: Option<EntryKind>,
    /// By what kind of word.
    pub(super) via: PlaceVia,
    /// The mention after it that it lies in: of "Herat" in "Herat, Afghanistan", the second.
    pub(super) inside: Option<usize>,
    /// To be kept only if the rest of the article is about the same part of the world.
    pub(super) tentative: bool,
    /// It stands where the article says from where it was sent.
    pub(super) dateline: bool,
}

/// How capital letters are used in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Names and beginnings of sentences have them.
    Mixed,
    /// All words have them: a headline.
    Title,
    /// There is nothing else, or nothing at all.
    Flat,
}

/// The names in `article`, in text order.
pub(super) fn find(article: &Article, tokens: &Tokens, gaz: &Gazetteer) -> Vec<Found> {
    let cues: Vec<Cue> = tokens
        .tokens
        .iter()
        .map(|t| if t.kind == TokenKind::Word { Cue::of(&t.norm) } else { Cue::default() })
        .collect();
    let mut scan =
        Scan { text: &article.text, tokens: &tokens.tokens, cues: &cues, gaz, persons: Vec::new(), found: Vec::new() };
    let cases = cases(article, tokens);
    for s in &tokens.sentences {
        if cases[s.block] == Case::Mixed {
            scan.persons(s);
        }
    }
    for s in &tokens.sentences {
        scan.sentence(s, cases[s.block]);
    }
    datelines(article, tokens, &mut scan.found);
    let mut found = scan.found;
    bind(article, tokens, &mut found);
    // Names that count only when bound have now had their chance.
    let unbound: Vec<bool> = (0..found.len())
        .map(|i| found[i].senses[0].doubt.bound && !found.iter().any(|f| f.inside == Some(i)))
        .collect();
    drop_marked(&mut found, &unbound);
    found
}

/// The name at a span that was found by other means.
pub(super) fn at(article: &Article, tokens: &Tokens, gaz: &Gazetteer, span: Span) -> Option<Found> {
    let folded = fold(span.of(&article.text));
    let mut hint = None;
    let mut senses: Vec<Candidate> = gaz.lookup(&folded).collect();
    if senses.is_empty() {
        let stripped = without(&folded, Cue::ARTICLE);
        senses = gaz.lookup(stripped).collect();
        let (first, last) = (stripped.split_once(' '), stripped.rsplit_once(' '));
        for (word, rest) in
            [last.map(|(r, w)| (w, r)), first.map(|(w, r)| (w, without(r, Cue::JOINING)))].into_iter().flatten()
        {
            if senses.is_empty() && (Cue::of(word).kind().is_some() || Cue::of(word).is(Cue::PLACE)) {
                hint = Cue::of(word).kind();
                senses = gaz.lookup(rest).collect();
            }
        }
    }
    if senses.is_empty() {
        return None;
    }
    let via = if senses[0].demonym { PlaceVia::Demonym } else { PlaceVia::Name };
    let mut one =
        [Found { span, name: span, key: folded, senses, hint, via, inside: None, tentative: false, dateline: false }];
    datelines(article, tokens, &mut one);
    let [one] = one;
    Some(one)
}

/// The words behind a first one that is such a cue; all of them when it is none.
fn without(words: &str, cue: Cue) -> &str {
    words.split_once(' ').filter(|(first, _)| Cue::of(first).is(cue)).map_or(words, |(_, rest)| rest)
}

/// How each block uses capital letters.
fn cases(article: &Article, tokens: &Tokens) -> Vec<Case> {
    let mut counts = vec![(0u32, 0u32, 0u32); article.blocks.len()];
    for s in &tokens.sentences {
        for t in tokens.sentence(s).iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 3) {
            let c = &mut counts[s.block];
            c.0 += 1;
            c.1 += u32::from(t.capital);
            c.2 += u32::from(t.capital && is_capitals(t.span.of(&article.text)));
        }
    }
    counts
        .into_iter()
        .map(|(words, capital, capitals)| match () {
            () if capitals * 10 > words * 7 || capital == 0 && words > 3 => Case::Flat,
            () if capital * 10 > words * 7 && words > 3 => Case::Title,
            () => Case::Mixed,
        })
        .collect()
}

pub(super) fn is_capitals(s: &str) -> bool {
    !s.chars().any(char::is_lowercase)
}

pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) cues: &'a [Cue],
    pub(super) gaz: &'a Gazetteer,
    /// Folded words that are parts of persons' names somewhere in the article.
    pub(super) persons: Vec<&'a str>,
    pub(super) found: Vec<Found>,
}

impl<'a> Scan<'a> {
    /// Collects the words after titles and given names.
    fn persons(&mut self, s: &Sentence) {
        let (first, end) = s.tokens;
        for i in first..end {
            let t = &self.tokens[i];
            let leads = t.capital
                && (self.cues[i].is(Cue::TITLE) || self.cues[i].is(Cue::GIVEN) && !self.cues[i].is(Cue::VERB));
            let title = self.cues[i].is(Cue::TITLE);
            if !leads && !title {
                continue;
            }
            let mut j = i + 1;
            // "Mr." and middle initials
            while j < end && self.tokens[j].norm == "." && self.tokens[j].span.start == self.tokens[j - 1].span.end {
                j += 1;
            }
            for t in self.tokens[j..end].iter().take(3).take_while(|t| t.capital && t.kind == TokenKind::Word) {
                if !self.persons.contains(&t.norm.as_str()) {
                    self.persons.push(&t.norm);
                }
            }
        }
    }

    fn sentence(&mut self, s: &Sentence, case: Case) {
        let (first, end) = s.tokens;
        let mut i = first;
        while i < end {
            let t = &self.tokens[i];
            let may = t.kind == TokenKind::Word && (case == Case::Flat || has_capital(t, self.text));
            let next = if may { self.name(first, i, end, case) } else { None };
            if next.is_none() && may && t.norm.contains('-') {
                self.parts(i);
            }
            i = next.unwrap_or(i + 1);
        }
    }

    /// The longest acceptable name at token `i`; the token after it.
    fn name(&mut self, first: usize, i: usize, end: usize, case: Case) -> Option<usize> {
        let mut walk = self.gaz.walk();
        let mut ends: Vec<(usize, Vec<Candidate>)> = Vec::new();
        let mut j = i;
        while j < end && j < i + LONGEST {
            let t = &self.tokens[j];
            let joint = t.kind == TokenKind::Mark
                && j > i
                && matches!(t.norm.as_str(), "." | "-" | "'")
                && t.span.start == self.tokens[j - 1].span.end;
            if joint {
                // "St. Louis": a stop after a short word may be inside a name.
                if t.norm == "." && self.tokens[j - 1].span.len() > 3 {
                    break;
                }
            } else if t.kind == TokenKind::Mark || !walk.step(&t.norm) {
                break;
            } else if walk.is_name() && (case != Case::Mixed || has_capital(t, self.text)) {
                ends.push((j + 1, walk.candidates().collect()));
            }
            j += 1;
        }
        while let Some((j, senses)) = ends.pop() {
            if senses.is_empty() {
                continue;
            }
            if let Some((found, next)) = judge::judge(self, judge::At { first, i, j, end, case }, senses) {
                self.found.push(found);
                return Some(next);
            }
        }
        None
    }

    /// Names inside a hyphenated word: "Kabul-based", "Pakistan-Afghanistan".
    fn parts(&mut self, i: usize) {
        let t = &self.tokens[i];
        let word = t.span.of(self.text);
        let mut at = t.span.start as usize;
        for part in word.split('-') {
            let name = Span::new(at, at + part.len());
            at += part.len() + 1;
            if part.len() < 4 || !part.starts_with(char::is_uppercase) {
                continue;
            }
            let key = fold(part);
            let senses: Vec<Candidate> = self.gaz.lookup(&key).collect();
            if senses.first().is_some_and(|s| s.doubt.none()) {
                let via = if senses[0].demonym { PlaceVia::Demonym } else { PlaceVia::Name };
                self.found.push(Found {
                    span: name,
                    name,
                    key,
                    senses,
                    hint: None,
                    via,
                    inside: None,
                    tentative: false,
                    dateline: false,
                });
            }
        }
    }
}

/// Begins with a capital, or with an article before one: "al-Raqqa".
pub(super) fn has_capital(t: &Token, text: &str) -> bool {
    t.capital || t.norm.contains('-') && t.span.of(text).chars().any(char::is_uppercase)
}
