//! The text of an article with the words marked that values were read from.

use super::marks::{Mark, Tells, marked, shown};
use crate::screen::plain;
use crate::values::Value;
use archive::Kept;
use article::{Article, BlockKind, Span};
use maud::{Markup, html};

/// A run of paragraphs without evidence is folded where it is longer than this, in bytes.
const FOLDED: usize = 360;

/// A part of the text, and what it is.
struct Part {
    span: Span,
    kind: BlockKind,
}

/// The marks of an account's values. `name` gives each value its mark by its place.
pub(crate) fn marks(values: &[Value<'_>], name: impl Fn(usize) -> String) -> Vec<Mark> {
    let mut out = Vec::new();
    for (n, v) in values.iter().enumerate() {
        for (i, span) in v.evidence.iter().enumerate() {
            out.push(Mark { span: *span, tells: Tells::of(v.name), value: name(n), first: i == 0 });
        }
        let own = |s: &&Span| !v.evidence.contains(s);
        out.extend(v.voices.iter().filter(own).map(|s| Mark {
            span: *s,
            tells: Tells::Voice,
            value: name(n),
            first: false,
        }));
    }
    out
}

/// The headline of an article: with its marks where it is part of the text.
pub(crate) fn headline(a: &Article, marks: &[Mark]) -> Markup {
    html! {
        @if let Some(span) = head(a) { (marked(&a.text, span, marks)) }
        @else if let Some(title) = &a.title { (shown(&title.value)) }
        @else { "Without a title" }
    }
}

/// Where the headline stands in the text.
fn head(a: &Article) -> Option<Span> {
    a.blocks.first().filter(|b| b.kind == BlockKind::Headline).map(|b| b.span)
}

/// The text below the headline. With `fold`, what bears no mark is folded away where it is long.
pub(crate) fn body(a: &Article, marks: &[Mark], fold: bool) -> Markup {
    let has = |s: Span| marks.iter().any(|m| m.span.overlaps(s));
    let parts: Vec<Part> = parts(a).into_iter().filter(|p| Some(p.span) != head(a)).collect();
    let quiet = |p: &Part| p.kind == BlockKind::Furniture || (fold && !has(p.span));
    html! {
        @for run in parts.chunk_by(|a, b| quiet(a) == quiet(b) && (a.kind == BlockKind::Furniture) == (b.kind == BlockKind::Furniture)) {
            @let furniture = run.iter().any(|p| p.kind == BlockKind::Furniture);
            @let bytes: usize = run.iter().map(|p| p.span.len()).sum();
            @if furniture || (run.iter().any(quiet) && bytes > FOLDED) {
                details.folded {
                    summary { (folded(run.len(), furniture)) }
                    @for p in run { (paragraph(a, p, marks)) }
                }
            } @else {
                @for p in run { (paragraph(a, p, marks)) }
            }
        }
    }
}

fn folded(n: usize, furniture: bool) -> String {
    match (furniture, n) {
        (true, _) => "Not part of the report".to_owned(),
        (_, 1) => "1 paragraph more".to_owned(),
        (_, n) => format!("{n} paragraphs more"),
    }
}

fn paragraph(a: &Article, p: &Part, marks: &[Mark]) -> Markup {
    let here: Vec<Mark> = marks.iter().filter(|m| m.span.overlaps(p.span)).cloned().collect();
    let words = marked(&a.text, p.span, &here);
    match p.kind {
        BlockKind::Headline => html! { p.subhead dir="auto" { (words) } },
        BlockKind::Paragraph => html! { p dir="auto" { (words) } },
        BlockKind::Furniture => html! { p.furniture dir="auto" { (words) } },
    }
}

/// Blocks, and what lies between them should some lie outside, cut at empty lines.
fn parts(a: &Article) -> Vec<Part> {
    let mut out = Vec::new();
    let mut at = 0;
    for b in &a.blocks {
        between(a, at, b.span.start as usize, &mut out);
        out.push(Part { span: b.span, kind: b.kind });
        at = b.span.end as usize;
    }
    between(a, at, a.text.len(), &mut out);
    out
}

fn between(a: &Article, start: usize, end: usize, out: &mut Vec<Part>) {
    let mut at = start;
    for piece in a.text.get(start..end).unwrap_or("").split_inclusive("\n\n") {
        if !piece.trim().is_empty() {
            out.push(Part { span: Span::new(at, at + piece.len()), kind: BlockKind::Paragraph });
        }
        at += piece.len();
    }
}

/// Where an article was found: addresses as links, files by their names.
pub(crate) fn found(kept: &Kept) -> Markup {
    let url = kept.article.url.as_ref().map(|u| plain(&u.value));
    let rest = kept.origins.iter().map(|o| plain(o)).filter(|o| Some(o) != url.as_ref());
    html! {
        ul.found {
            @for at in url.iter().cloned().chain(rest) {
                li {
                    @if at.starts_with("https://") || at.starts_with("http://") {
                        a href=(at) rel="noreferrer noopener nofollow" target="_blank" { (at) }
                    } @else { (at) }
                }
            }
        }
    }
}
