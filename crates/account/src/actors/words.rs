//! The word lists by which unknown actors are found, and the case of a sentence.

use article::{Article, Block, BlockKind, Sentence, Span, Token, TokenKind, Tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../../../language/en/actor-words.txt");

/// The sections of the word file.
#[derive(Debug, Default)]
pub(super) struct Words {
    sections: HashMap<String, Phrases>,
}

impl Words {
    /// The lists that ship with the program.
    pub(super) fn builtin() -> &'static Words {
        static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(TEXT));
        &WORDS
    }

    fn of(text: &str) -> Words {
        let mut words = Words::default();
        let mut section = String::new();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') || line.starts_with("match:") || line.starts_with("no match:") {
                continue;
            }
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) => section = name.to_owned(),
                None => words.sections.entry(section.clone()).or_default().add(line),
            }
        }
        words
    }

    /// A section; an unknown one is empty.
    pub(super) fn section(&self, name: &str) -> &Phrases {
        static NONE: LazyLock<Phrases> = LazyLock::new(Phrases::default);
        self.sections.get(name).unwrap_or(&NONE)
    }
}

/// Phrases of one or more words, found by their first or last word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
    by_last: HashMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    fn add(&mut self, phrase: &str) {
        let whole = Block { span: Span::new(0, phrase.len()), kind: BlockKind::Paragraph };
        let article = Article { text: phrase.to_owned(), blocks: vec![whole], ..Article::default() };
        let norms: Vec<String> = Tokens::of(&article).tokens.into_iter().map(|t| t.norm).collect();
        if let (Some(first), Some(last)) = (norms.first(), norms.last()) {
            for (map, key) in [(&mut self.by_first, first), (&mut self.by_last, last)] {
                let list = map.entry(key.clone()).or_default();
                list.push(norms.clone());
                list.sort_by_key(|p| std::cmp::Reverse(p.len()));
            }
        }
    }

    /// Whether this one word is a phrase.
    pub(super) fn has(&self, norm: &str) -> bool {
        self.by_first.get(norm).is_some_and(|l| l.iter().any(|p| p.len() == 1))
    }

    /// One past the longest phrase that begins at token `i`.
    pub(super) fn at(&self, tokens: &[Token], i: usize) -> Option<usize> {
        let list = self.by_first.get(&tokens.get(i)?.norm)?;
        list.iter().find(|p| same(tokens.get(i..i + p.len()), p)).map(|p| i + p.len())
    }

    /// The start of the longest phrase that ends before token `end`.
    pub(super) fn ending(&self, tokens: &[Token], end: usize) -> Option<usize> {
        let list = self.by_last.get(&tokens.get(end.checked_sub(1)?)?.norm)?;
        list.iter().filter(|p| p.len() <= end).find(|p| same(tokens.get(end - p.len()..end), p)).map(|p| end - p.len())
    }

    /// Whether any phrase stands among the tokens from `start` up to `end`.
    pub(super) fn within(&self, tokens: &[Token], start: usize, end: usize) -> bool {
        (start..end).any(|i| self.at(tokens, i).is_some_and(|e| e <= end))
    }
}

fn same(tokens: Option<&[Token]>, phrase: &[String]) -> bool {
    tokens.is_some_and(|t| t.iter().zip(phrase).all(|(t, p)| t.norm == *p))
}

/// How the words of a sentence are capitalised: what a capital can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Names have capitals.
    Mixed,
    /// Headline style: nearly every word has one.
    Title,
    /// Every letter is one.
    Caps,
}

impl Case {
    /// The case of one sentence.
    pub(super) fn of(text: &str, tokens: &[Token], s: &Sentence) -> Case {
        let words: Vec<&Token> =
            tokens[s.tokens.0..s.tokens.1].iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 1).collect();
        if !words.is_empty() && words.iter().all(|t| !t.span.of(text).chars().any(char::is_lowercase)) {
            return Case::Caps;
        }
        // A full stop ends a sentence, never a headline.
        if s.tokens.1 > s.tokens.0 && tokens[s.tokens.1 - 1].norm == "." {
            return Case::Mixed;
        }
        let long: Vec<_> = words.iter().filter(|t| t.span.len() > 3).collect();
        let capital = long.iter().filter(|t| t.capital).count();
        if long.len() >= 4 && capital * 10 >= long.len() * 8 { Case::Title } else { Case::Mixed }
    }
}

/// Whether a word is written as part of a name: a capital first, or after an article ("al-Ghurub").
pub(super) fn is_capital(text: &str, t: &Token) -> bool {
    t.capital
        || (t.kind == TokenKind::Word
            && t.span.of(text).split(['-', '\'', '’', '‑']).skip(1).any(|p| p.starts_with(char::is_uppercase)))
}
