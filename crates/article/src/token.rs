//! Sentences and tokens with byte offsets into the article's text.

use crate::{Article, BlockKind, Span};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word, number, punctuation mark or symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its folded form: lower case, no diacritics, straight quotes (see [`fold`]).
    pub norm: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// Begins with a capital in the text.
    pub capital: bool,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, dots or apostrophes.
    Word,
    /// Digits, with inner separators.
    Number,
    /// Anything else.
    Mark,
}

/// A sentence: a run of tokens inside one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its tokens, as indices into [`Tokens::tokens`], half-open.
    pub tokens: (usize, usize),
    /// The block it stands in, as an index into [`Article::blocks`].
    pub block: usize,
}

/// The sentences and tokens of an article's headline and paragraphs; furniture has none.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// All tokens in text order.
    pub tokens: Vec<Token>,
    /// All sentences in text order.
    pub sentences: Vec<Sentence>,
}

impl Tokens {
    /// Splits the headline and paragraphs of `article`. *Cost*: linear in the text.
    pub fn of(article: &Article) -> Tokens {
        let mut out = Tokens::default();
        for (i, block) in article.blocks.iter().enumerate() {
            if block.kind != BlockKind::Furniture {
                split::block(&article.text, i, block.span, &mut out);
            }
        }
        out
    }

    /// The tokens of one sentence.
    pub fn sentence(&self, s: &Sentence) -> &[Token] {
        &self.tokens[s.tokens.0..s.tokens.1]
    }
}

/// The form in which words are compared: lower case, diacritics and combining marks gone, typographic quotes and dashes
/// made plain.
pub fn fold(s: &str) -> String {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    s.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' | '´' => Some('\''),
            '“' | '”' | '„' | '«' | '»' => Some('"'),
            '‐' | '‑' | '‒' | '–' | '—' => Some('-'),
            'ı' => Some('i'),
            'ł' => Some('l'),
            'ø' => Some('o'),
            'đ' => Some('d'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => None,
            c => Some(c),
        })
        .collect()
}

mod split;
