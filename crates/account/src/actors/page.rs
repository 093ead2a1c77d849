//! One article as the search for actors sees it: what is asked of each token often is found out once.

use super::form::REACH;
use super::index::{Index, Reach, squeezed};
use super::words::{Case, Roles, Section, Words, is_capital};
use article::{Article, Sentence, Token, TokenKind, Tokens};
use std::cell::OnceCell;

/// An article and its tokens.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) words: &'a Words,
    roles: Vec<Roles>,
    /// Names of the list that begin with the token.
    reach: Vec<Reach>,
    /// Letters and digits of all tokens, and where those of each end.
    letters: String,
    ends: Vec<u32>,
    capital: Vec<bool>,
    cases: Vec<Case>,
    /// All tokens by folded form, then in order; made when it is asked for.
    sorted: OnceCell<Vec<usize>>,
}

impl<'a> Page<'a> {
    /// The page of `article`. *Cost*: linear in the tokens, times the logarithm of the list.
    pub(super) fn new(article: &'a Article, tokens: &'a Tokens, words: &'a Words, index: &Index) -> Page<'a> {
        let (text, all) = (article.text.as_str(), &tokens.tokens);
        let mut page = Page {
            text,
            tokens,
            words,
            roles: all.iter().map(|t| words.roles(&t.norm)).collect(),
            reach: Vec::with_capacity(all.len()),
            letters: String::with_capacity(text.len()),
            ends: Vec::with_capacity(all.len()),
            capital: all.iter().map(|t| is_capital(text, t)).collect(),
            cases: tokens.sentences.iter().map(|s| Case::of(text, all, s)).collect(),
            sorted: OnceCell::new(),
        };
        for t in all {
            let from = page.letters.len();
            page.letters.extend(squeezed(&t.norm));
            page.ends.push(page.letters.len() as u32);
            page.reach.push(index.begin(&page.letters[from..]));
        }
        page
    }

    pub(super) fn all(&self) -> &'a [Token] {
        &self.tokens.tokens
    }

    /// The sentences with their cases.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (&'a Sentence, Case)> + '_ {
        self.tokens.sentences.iter().zip(self.cases.iter().copied())
    }

    /// The folded form of token `i`.
    pub(super) fn norm(&self, i: usize) -> &'a str {
        &self.all()[i].norm
    }

    /// Letters and digits of token `i`, folded.
    pub(super) fn letters(&self, i: usize) -> &str {
        let from = i.checked_sub(1).map_or(0, |b| self.ends[b] as usize);
        &self.letters[from..self.ends[i] as usize]
    }

    /// The names of the list that begin with token `i`.
    pub(super) fn reach(&self, i: usize) -> Reach {
        self.reach[i]
    }

    /// Whether token `i` is written as part of a name.
    pub(super) fn capital(&self, i: usize) -> bool {
        self.capital[i]
    }

    /// Whether token `i` by itself is a phrase of the section.
    pub(super) fn is(&self, section: Section, i: usize) -> bool {
        self.roles.get(i).is_some_and(|r| r.is(section))
    }

    /// One past the longest phrase of the section that begins at token `i`.
    pub(super) fn at(&self, section: Section, i: usize) -> Option<usize> {
        self.roles.get(i).filter(|r| r.begins(section))?;
        self.words.section(section).at(self.all(), i)
    }

    /// The start of the longest phrase of the section that ends before token `end`.
    pub(super) fn ending(&self, section: Section, end: usize) -> Option<usize> {
        self.roles.get(end.checked_sub(1)?).filter(|r| r.ends(section))?;
        self.words.section(section).ending(self.all(), end)
    }

    /// Whether any phrase of the section stands among the tokens from `start` up to `end`.
    pub(super) fn within(&self, section: Section, start: usize, end: usize) -> bool {
        (start..end).any(|i| self.at(section, i).is_some_and(|e| e <= end))
    }

    /// Every token with the folded form of token `i`, in order.
    pub(super) fn same(&self, i: usize) -> &[usize] {
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.all().len()).collect();
            sorted.sort_by_key(|j| self.norm(*j));
            sorted
        });
        let from = sorted.partition_point(|j| self.norm(*j) < self.norm(i));
        let many = sorted[from..].partition_point(|j| self.norm(*j) == self.norm(i));
        &sorted[from..from + many]
    }

    /// The capitalised words from token `i` on, joiners between them included; `None` if there are none.
    pub(super) fn run(&self, i: usize, end: usize, case: Case) -> Option<usize> {
        if i >= end || !self.name(i, case) {
            return None;
        }
        let mut last = i;
        let mut j = i + 1;
        while j < end && j <= i + REACH {
            if self.name(j, case) || (self.all()[j].kind == TokenKind::Number && j == last + 1) {
                last = j;
            } else if !self.is(Section::Joiners, j) || j > last + 2 {
                break;
            }
            j += 1;
        }
        Some(last + 1)
    }

    /// Whether token `i` is a word that may be part of a name in a sentence of that case.
    pub(super) fn name(&self, i: usize, case: Case) -> bool {
        self.all()[i].kind == TokenKind::Word
            && self.capital(i)
            && !(case == Case::Caps && self.is(Section::SmallWords, i))
    }

    /// Skips what may stand between a cue and a name: quotes, a comma, "the".
    pub(super) fn skip(&self, mut i: usize, end: usize) -> usize {
        let mark = |i: usize| matches!(self.norm(i), "\"" | "'" | "," | ":" | "(" | "-" | "--");
        while i < end && (mark(i) || self.is(Section::Definite, i)) {
            i += 1;
        }
        i
    }
}
