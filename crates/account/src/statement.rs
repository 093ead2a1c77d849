//! Statements: who says what, taken over from the language layer.
//!
//! Only sayings, and only near words of violence: what people want or feel, and what is said of other things, tells of no
//! incident.

use crate::account::{Source, Statement};
use crate::language::Language;
use crate::scene::Scene;
use article::Span;

/// The sayings of an article in text order.
pub(crate) fn statements(scene: &Scene<'_>, language: &Language) -> Vec<Statement> {
    let text = &scene.article.text;
    let found = article::statements::statements(scene.article, &scene.tokens, &scene.syntax, |n| {
        scene.near[n] && !scene.in_headline(&scene.tokens.sentences[n])
    });
    // "No group said" is nobody's word.
    let nobody = |s: &article::statements::Source| scene.marks.has(scene.token_at(s.span.start), language.lists.not);
    let says = |s: &article::statements::Statement| {
        s.stance.is_saying() && !s.sources.is_empty() && !s.sources.iter().any(nobody)
    };
    let sayings = found.into_iter().filter(says);
    let source = |s: article::statements::Source| {
        let span = s.of.unwrap_or(s.span);
        Source { words: span.of(text).to_owned(), span, kind: s.kind }
    };
    sayings
        .map(|s| Statement {
            cue: s.cue,
            content: s.content.iter().copied().reduce(Span::join).unwrap_or_default(),
            pieces: s.content,
            stance: s.stance,
            sources: s.sources.into_iter().map(source).collect(),
            by: s.by.to_owned(),
        })
        .collect()
}

/// Who says what stands at `span`; empty where the outlet speaks itself. Of statements inside each other the innermost
/// counts: its sources name those around it too.
pub(crate) fn speakers(statements: &[Statement], span: Span) -> Vec<Source> {
    innermost(statements, span).map(|s| s.sources.clone()).unwrap_or_default()
}

/// The statement that says most narrowly what stands at `span`.
pub(crate) fn innermost(statements: &[Statement], span: Span) -> Option<&Statement> {
    let found =
        near(statements, span).iter().filter_map(|s| Some((holds(s, span)?, s))).min_by_key(|(length, _)| *length);
    found.map(|(_, s)| s)
}

/// Whether what stands at `span` is what somebody says.
pub(crate) fn is_said(statements: &[Statement], span: Span) -> bool {
    near(statements, span).iter().any(|s| holds(s, span).is_some())
}

/// No saying runs on behind so many others, nor stands so far before its cue.
const FAR: usize = 64;

/// The statements around `span`; they stand in the order of their cues.
fn near(statements: &[Statement], span: Span) -> &[Statement] {
    let at = statements.partition_point(|s| s.cue.start < span.start);
    &statements[at.saturating_sub(FAR)..statements.len().min(at + FAR)]
}

/// The length of the piece of content that holds `span`.
fn holds(statement: &Statement, span: Span) -> Option<usize> {
    let whole = std::slice::from_ref(&statement.content);
    let pieces = if statement.pieces.is_empty() { whole } else { &statement.pieces };
    pieces.iter().filter(|p| p.contains(span)).map(|p| p.len()).min()
}
