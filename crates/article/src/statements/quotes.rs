//! Quotations: what stands between marks of quotation, over sentences and paragraphs.
//!
//! Typographic marks say whether they open or close; plain ones are told by the spaces around them. A quotation that a
//! paragraph leaves open goes on in the next when that begins with an opening mark again, and ends with the paragraph
//! otherwise, so that one mark too many spoils one paragraph at most.

use crate::{Article, BlockKind, Span};

/// One quotation inside one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// With its marks.
    pub(super) span: Span,
    /// Goes on the quotation of the paragraph before.
    pub(super) follows: bool,
}

/// The quotations of an article in text order. *Cost*: linear in the text.
pub(super) fn quotes(article: &Article) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open_before = false;
    for block in article.blocks.iter().filter(|b| b.kind != BlockKind::Furniture) {
        let (s, base) = (block.span.of(&article.text), block.span.start as usize);
        let mut open: Option<usize> = None;
        let mut first = out.len();
        let mut at = 0;
        while let Some(c) = s[at..].chars().next() {
            let length = mark(&s[at..]).unwrap_or(0);
            if length == 0 {
                at += c.len_utf8();
                continue;
            }
            let before = s[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !",.!?;…%)]’'".contains(c));
            let after = s[at + length..].chars().next().is_some_and(|c| !c.is_whitespace() && !",.;:!?".contains(c));
            let opens = match c {
                '“' | '„' | '«' => true,
                '”' | '»' => false,
                _ => before && after,
            };
            match (open, opens) {
                (None, true) => open = Some(at),
                (Some(from), false) => {
                    out.push(Quote { span: Span::new(base + from, base + at + length), follows: false });
                    open = None;
                }
                _ => {}
            }
            at += length;
        }
        let left_open = open.is_some();
        if let Some(from) = open {
            out.push(Quote { span: Span::new(base + from, base + s.len()), follows: false });
        }
        if open_before && let Some(q) = out.get_mut(first).filter(|q| q.span.start == block.span.start) {
            q.follows = true;
        }
        first = out.len();
        open_before = left_open && first > 0;
    }
    out
}

/// The length of the mark of quotation that begins `s`.
fn mark(s: &str) -> Option<usize> {
    let c = s.chars().next()?;
    match c {
        '“' | '”' | '„' | '«' | '»' | '"' => Some(c.len_utf8()),
        '\'' | '‘' | '’' if s[c.len_utf8()..].starts_with(c) => Some(2 * c.len_utf8()),
        '`' if s.starts_with("``") => Some(2),
        _ => None,
    }
}
