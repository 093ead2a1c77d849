//! Fields in which words of violence do not tell of violence: sport, business and politics speak in figures, accidents
//! and storms hurt people too, exercises play it, and films invent it.

use crate::language::Lists;
use article::{Article, ListId, Marks, Token, Tokens};

/// How much of an article speaks of something else.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Field {
    /// Figures of speech abound.
    pub(crate) figurative: bool,
    /// People were hurt by an accident, a storm, a disease.
    pub(crate) accident: bool,
    /// An exercise, a film or a game is told: violence that is played or invented.
    pub(crate) played: bool,
}

/// The headline, and the paragraphs that say what an article is about.
const HEAD: usize = 3;

/// Looks at the whole article, headline included.
pub(crate) fn field(article: &Article, tokens: &Tokens, marks: &Marks, l: &Lists) -> Field {
    let all = &tokens.tokens;
    // Occurrences, and how many different words.
    let count = |list: ListId| {
        let mut words: Vec<&str> = Vec::new();
        let mut n = 0;
        for (i, token) in all.iter().enumerate() {
            if marks.end(i, list).is_some() {
                n += 1;
                if !words.contains(&token.norm.as_str()) {
                    words.push(&token.norm);
                }
            }
        }
        (n as f32, words.len())
    };
    let hundreds = (all.len().max(1) as f32) / 100.0;
    let (harmless, kinds) = count(l.harmless);
    let (accident, accidents) = count(l.accident);
    let (exercise, _) = count(l.exercise);
    // An exercise that an article is about stands in its head; others are announced at its end.
    let head = |t: &Token| article.blocks.iter().take(HEAD).any(|b| b.span.contains(t.span));
    let headed = all.iter().take_while(|t| head(t)).enumerate().any(|(i, _)| marks.end(i, l.exercise).is_some());
    let (fiction, works) = count(l.fiction);
    Field {
        figurative: harmless / hundreds >= 0.8 && kinds >= 2,
        accident: accident / hundreds >= 0.5 && accidents >= 2,
        played: headed && exercise / hundreds >= 0.6 && exercise >= 2.0 || fiction / hundreds >= 1.0 && works >= 2,
    }
}
