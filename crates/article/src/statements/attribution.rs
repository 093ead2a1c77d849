//! From the statements of single sentences to those of the article: quotations that run on, what is said inside what is
//! said, and the chain of sources that follows.

use super::clause::{Draft, drafts};
use super::cues::{LISTS, could_be};
use super::quotes::{Quote, quotes};
use super::view::View;
use super::{Source, SourceKind, Stance, Statement};
use crate::grammar::{Syntax, Upos};
use crate::{Article, BlockKind, Span, Tokens};

/// No sentence of prose is longer; what is, is read for no statements, which bounds the time for a word.
const LONGEST: usize = 600;

/// A quotation is followed over no more paragraphs.
const MOST_PARAGRAPHS: usize = 32;

pub(super) fn read(
    article: &Article,
    tokens: &Tokens,
    syntax: &Syntax<'_>,
    wanted: &impl Fn(usize) -> bool,
) -> Vec<Statement> {
    let text = article.text.as_str();
    let quotes = quotes(article);
    let mut out: Vec<Statement> = Vec::new();
    for (n, s) in tokens.sentences.iter().enumerate() {
        if !wanted(n) || s.tokens.1 - s.tokens.0 > LONGEST {
            continue;
        }
        if let Some(label) = labelled(article, tokens, syntax, n) {
            out.push(label);
            continue;
        }
        if !tokens.sentence(s).iter().any(|t| could_be(&t.norm)) {
            continue;
        }
        let tree = syntax.tree(n);
        if tree.nodes.len() > 2 * LONGEST {
            continue;
        }
        let view = View::new(text, tree, &quotes);
        for draft in drafts(&view) {
            let statement = finished(text, tokens, n, &quotes, draft);
            out.extend(statement.map(|s| without_dateline(article, s)));
        }
    }
    out.sort_by_key(|s| (s.cue, s.content.first().copied()));
    out.dedup_by_key(|s| s.cue);
    floating(article, &quotes, &mut out);
    nest(&mut out);
    out
}

/// A paragraph that begins with who speaks: "Police: two killed".
fn labelled(article: &Article, tokens: &Tokens, syntax: &Syntax<'_>, n: usize) -> Option<Statement> {
    let s = &tokens.sentences[n];
    let block = &article.blocks[s.block];
    if block.span.start != s.span.start {
        return None;
    }
    let t = &tokens.tokens;
    let colon = (s.tokens.0..s.tokens.1.min(s.tokens.0 + 5)).find(|i| t[*i].norm == ":")?;
    let source = s.tokens.0..colon;
    if source.is_empty()
        || colon + 1 >= s.tokens.1
        || !source.clone().all(|i| t[i].capital || LISTS.has("group", &t[i].norm))
    {
        return None;
    }
    let span = t[s.tokens.0].span.join(t[colon - 1].span);
    let tree = syntax.tree(n);
    let name = |i: usize| tree.at(t[i].span.start).is_some_and(|k| tree.nodes[k].tag == Upos::Propn);
    let last = &t[colon - 1].norm;
    let listed = ["institution", "group", "anonymous", "document"].iter().any(|l| LISTS.has(l, last));
    if !listed && !source.clone().all(name) {
        return None;
    }
    let content = Span { start: t[colon + 1].span.start, end: block.span.end };
    let kind = if LISTS.has("institution", last) {
        SourceKind::Institution
    } else if LISTS.has("document", last) {
        SourceKind::Document
    } else if LISTS.has("group", last) {
        SourceKind::Group
    } else {
        SourceKind::Named
    };
    Some(Statement {
        sources: vec![Source { span, of: None, kind }],
        speaker: Some(0),
        cue: t[colon].span,
        content: vec![trimmed(&article.text, content)],
        stance: Stance::Said,
        within: None,
        by: "statements/label",
    })
}

/// A statement whose content does not begin with the article's dateline.
fn without_dateline(article: &Article, mut s: Statement) -> Statement {
    if let (Some(line), Some(first)) = (article.dateline, s.content.first_mut())
        && first.contains(line)
        && first.end > line.end
    {
        let rest = Span { start: line.end, end: first.end }.of(&article.text);
        let words = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '(' | '['));
        if !words.is_empty() {
            first.start = first.end - words.len() as u32;
        }
    }
    s
}

/// A content without white space and a last full stop.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let end = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';'));
    Span { start: span.start, end: span.start + end.len() as u32 }
}

/// A draft with its quotations; none where no content is left.
fn finished(text: &str, tokens: &Tokens, n: usize, quotes: &[Quote], draft: Draft) -> Option<Statement> {
    let sentence = &tokens.sentences[n];
    let mut content = draft.content;
    let speaker = draft.speaker.and_then(|n| draft.sources.get(n)).map(|s| s.span);
    let group = speaker.map_or(draft.cue, |s| s.join(draft.cue));
    let near = quotes.partition_point(|q| q.span.end < sentence.span.start)..;
    let near = quotes.get(near).unwrap_or_default();
    let here = || near.iter().take_while(|q| q.span.start < sentence.span.end);
    if draft.speaks {
        let gap = |a: u32, b: u32| {
            let between = Span { start: a, end: b.max(a) }.of(text);
            b >= a && between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '—' | '–'))
        };
        // A quotation that ends where the source or the cue begins, or begins where they end, is what was said.
        let before = here().find(|q| q.span.end <= group.start && gap(q.span.end, group.start));
        let behind = here().find(|q| q.span.start >= group.end && gap(group.end, q.span.start));
        if content.is_empty() {
            content.extend(before.or(behind).map(|q| q.span));
        } else if before.is_some() {
            // Beside a quotation nothing is content that has no part in one: it tells of the source.
            content.retain(|p| here().any(|q| q.span.overlaps(*p)));
            content.extend(before.map(|q| q.span));
        }
    }
    if content.is_empty() {
        return None;
    }
    for piece in &mut content {
        for q in here() {
            widen(text, piece, q.span, group);
        }
    }
    let quoted = content.iter().any(|p| here().any(|q| q.span.overlaps(*p)));
    if draft.speaks && quoted {
        content.extend(goes_on(text, quotes, sentence.span, &content));
    }
    let taken = speaker.into_iter().chain([draft.cue]);
    let mut content = apart(content, &taken.collect::<Vec<Span>>());
    content.retain(|p| p.of(text).chars().any(char::is_alphanumeric));
    (!content.is_empty()).then_some(Statement {
        sources: draft.sources,
        speaker: draft.speaker,
        cue: draft.cue,
        content,
        stance: draft.stance,
        within: None,
        by: draft.by,
    })
}

/// A piece takes the whole of a quotation that it shares words with, unless the cue or its source stands inside; then it
/// does not reach out of it.
fn widen(text: &str, piece: &mut Span, quote: Span, group: Span) {
    let marks = |a: u32, b: u32| {
        let between = Span { start: a, end: b.max(a) }.of(text);
        between.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation() || "“”‘’…".contains(c))
    };
    if quote.contains(group) {
        let inner = quote.of(text);
        let open = inner.len() - inner.trim_start_matches(|c: char| "\"'“‘«".contains(c)).len();
        let close = inner.len() - inner.trim_end_matches(|c: char| "\"'”’»".contains(c)).len();
        piece.start = piece.start.max(quote.start + open as u32);
        piece.end = piece.end.min(quote.end - close as u32).max(piece.start);
    } else if piece.overlaps(quote) && !quote.overlaps(group) {
        *piece = piece.join(quote);
    } else if piece.end <= quote.end && piece.overlaps(quote) && marks(piece.end, quote.end) {
        piece.end = quote.end;
    }
}

/// Quotations that go on behind the sentence: those that begin where it ends and end with a full stop, and those of the
/// next paragraphs where this one was left open.
fn goes_on(text: &str, quotes: &[Quote], sentence: Span, content: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    let end = content.iter().map(|p| p.end).max().unwrap_or(sentence.end).max(sentence.end);
    let next = quotes.partition_point(|q| q.span.start < end);
    let mut at = next;
    if let Some(q) = quotes.get(next) {
        let between = Span { start: end, end: q.span.start }.of(text);
        if between.chars().all(|c| c.is_whitespace()) && !between.contains('\n') && full_stop(q.span.of(text)) {
            out.push(q.span);
            at = next + 1;
        }
    }
    // A speech of more paragraphs than that is not one saying; the bound keeps the time linear.
    out.extend(quotes.iter().skip(at).take_while(|q| q.follows).take(MOST_PARAGRAPHS).map(|q| q.span));
    out
}

/// Paragraphs that are nothing but quotation, and in which nobody is named, go on the quotation of the paragraph before.
fn floating(article: &Article, quotes: &[Quote], all: &mut [Statement]) {
    let text = article.text.as_str();
    let mut last: Option<usize> = None;
    let mut at = 0;
    for block in article.blocks.iter().filter(|b| b.kind != BlockKind::Furniture) {
        let here = at + all[at..].iter().take_while(|s| s.cue.end <= block.span.end).count();
        let inside = quotes.partition_point(|q| q.span.start < block.span.start);
        let whole = quotes.get(inside).filter(|q| {
            let rest = Span { start: q.span.end, end: block.span.end.max(q.span.end) }.of(text);
            q.span.start == block.span.start && !rest.chars().any(char::is_alphanumeric)
        });
        let outside = |s: &Statement| whole.is_none_or(|q| !q.span.contains(s.cue));
        let spoken = all[at..here].iter().rposition(|s| {
            let quoted = || s.content.iter().any(|p| p.of(text).ends_with(['"', '”', '\'', '’', '»']));
            s.stance.is_saying() && outside(s) && quoted()
        });
        match (whole, spoken) {
            (Some(q), None) => {
                if let Some(s) = last
                    .and_then(|l| all.get_mut(l))
                    .filter(|s| s.content.last().is_some_and(|p| p.end <= q.span.start))
                    .filter(|s| s.speaker().is_none_or(|p| !p.span.overlaps(q.span)))
                {
                    s.content.push(q.span);
                }
            }
            (_, spoken) => last = spoken.map(|n| at + n),
        }
        at = here;
    }
}

/// Whether a quotation ends as a sentence does.
fn full_stop(quote: &str) -> bool {
    let inner = quote.trim_end_matches(|c: char| "\"”'’»".contains(c));
    inner.ends_with(['.', '?', '!', '…', '—', '-']) || inner.len() == quote.len()
}

/// Pieces in order, joined where they overlap, without what is taken.
fn apart(mut pieces: Vec<Span>, taken: &[Span]) -> Vec<Span> {
    pieces.sort();
    let mut joined: Vec<Span> = Vec::new();
    for p in pieces {
        match joined.last_mut() {
            Some(last) if p.start <= last.end => *last = last.join(p),
            _ => joined.push(p),
        }
    }
    for t in taken {
        joined = joined
            .into_iter()
            .flat_map(|p| {
                if !p.overlaps(*t) {
                    return vec![p];
                }
                let before = Span { start: p.start, end: t.start.max(p.start) };
                let behind = Span { start: t.end.min(p.end), end: p.end };
                vec![before, behind]
            })
            .filter(|p| !p.is_empty())
            .collect();
    }
    joined
}

/// Finds for each statement the smallest one whose content holds its cue, and takes over the sources that its words come
/// through.
fn nest(all: &mut [Statement]) {
    let size = |s: &Statement| s.content.iter().map(|p| p.len()).sum::<usize>();
    let holds = |s: &Statement, cue: Span| s.content.iter().filter(|p| p.contains(cue)).map(|p| p.len()).min();
    for i in 0..all.len() {
        // Statements stand in the order of their cues: what holds one is near.
        let around = i.saturating_sub(64)..all.len().min(i + 64);
        let cue = all[i].cue;
        // The larger holds the smaller, never the other way round.
        let larger = |j: &usize| (size(&all[*j]), *j) > (size(&all[i]), i);
        let best = around.filter(larger).filter_map(|j| Some((holds(&all[j], cue)?, j))).min();
        all[i].within = best.map(|(_, j)| j);
    }
    let direct: Vec<Vec<Source>> = all.iter().map(|s| s.sources.clone()).collect();
    for i in 0..all.len() {
        let mut at = all[i].within;
        for _ in 0..8 {
            let Some(j) = at.filter(|j| *j != i) else { break };
            if all[j].stance.is_saying() {
                let new: Vec<Source> = direct[j].iter().filter(|s| !all[i].sources.contains(s)).copied().collect();
                all[i].sources.extend(new);
            }
            at = all[j].within;
        }
    }
}
