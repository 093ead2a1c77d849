//! Whether what is told at a time lies behind the day of publication or ahead of it, by the verbs around.
//!
//! Lists of auxiliaries, of verbs of planning and of common pasts stand for a tagger here: a weekday or month is met in
//! every second sentence, and this costs a look at a few pieces. The nearest verb before the time counts, or else the first
//! behind it.

use super::parse::Scan;
use super::words::Small;
use crate::TokenKind;

/// How far to look for a verb, in pieces.
const FAR: usize = 14;

/// Which way the verbs point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

impl Scan<'_> {
    /// The tense around the pieces from `i` up to `end`.
    pub(super) fn tense(&self, i: usize, end: usize) -> Tense {
        for k in (self.from..i).rev().take(FAR).take_while(|k| !self.parts_clauses(*k)) {
            match self.verb(k) {
                // "will be held", "would have been"
                Tense::Past if (self.from..k).rev().take(3).any(|b| self.word(b).is(Small::WILL)) => {
                    return Tense::Future;
                }
                Tense::Unknown => {}
                found => return found,
            }
        }
        for k in (end..self.to).take(FAR).take_while(|k| !self.parts_clauses(*k)) {
            match self.verb(k) {
                Tense::Unknown => {}
                found => return found,
            }
        }
        Tense::Unknown
    }

    fn parts_clauses(&self, k: usize) -> bool {
        matches!(self.norm(k), ";" | ":" | "\"" | "." | "(" | ")")
    }

    fn verb(&self, k: usize) -> Tense {
        let p = &self.p[k];
        if p.word.is(Small::WILL) && p.word.month == 0 {
            Tense::Future
        } else if p.word.is(Small::DID)
            || p.kind == TokenKind::Word && !p.capital && p.norm.len() > 4 && p.norm.ends_with("ed")
        {
            Tense::Past
        } else {
            Tense::Unknown
        }
    }
}
