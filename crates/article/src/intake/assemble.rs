//! Puts an article together: finds furniture, reads the head and the end of the text, and lays out text and blocks.

use super::facts::Facts;
use super::{Draft, Part, dateline, furniture};
use crate::{Article, Basis, Block, BlockKind, Found, Published, Span, fold};

/// How many parts at the head of a text may hold its date line, byline and dateline.
const HEAD: usize = 8;
/// How many parts at the end of a text may hold its date line.
const TAIL: usize = 3;

/// The article that a draft makes.
pub(super) fn article(draft: Draft) -> Article {
    let Draft { parts, mut facts, .. } = draft;
    let mut kinds = furniture::kinds(&parts);
    let update = lines(&parts, &mut kinds, &mut facts);
    if facts.title.is_empty() {
        facts.title.extend(title_line(&parts, &kinds));
    }
    facts.settle();
    facts.published.extend(update);
    let head = (0..parts.len()).filter(|i| kinds[*i] != BlockKind::Furniture).take(HEAD / 2);
    let dateline = head.filter_map(|i| Some((i, dateline::at_head_of(&parts[i].text)?))).next();
    let closing = closing_agency(&parts, &kinds);
    let published = dateline::settle(&facts.published, dateline.as_ref().and_then(|(_, d)| d.day.as_ref()));
    let agency = match (dateline.as_ref().and_then(|(_, d)| d.agency.clone()), &closing) {
        (Some(value), _) => Some(Found { value, basis: Basis::Dateline }),
        (None, Some((_, value, _))) => Some(Found { value: value.clone(), basis: Basis::Line }),
        (None, None) => None,
    };
    let mut article = Article {
        outlet: facts.outlet.into_iter().next(),
        url: facts.url.into_iter().next(),
        title: facts.title.into_iter().next(),
        byline: facts.byline.into_iter().next(),
        published,
        agency,
        ..Article::default()
    };
    if let Some(t) = &article.title {
        match headline_among(&parts, &t.value) {
            Some(i) => kinds[i] = BlockKind::Headline,
            None => push(&t.value.clone(), BlockKind::Headline, &mut article),
        }
    }
    for (i, (part, kind)) in parts.iter().zip(kinds).enumerate() {
        let start = article.text.len() + if article.text.is_empty() { 0 } else { 2 };
        push(&part.text, kind, &mut article);
        if let Some((_, d)) = dateline.as_ref().filter(|(at, _)| *at == i) {
            article.dateline = Some(Span::new(start, start + part.text[..d.range.end].trim_end().len()));
        }
        if let Some((_, _, at)) =
            closing.as_ref().filter(|(at, _, from)| *at == i && *from > 0 && kind != BlockKind::Furniture)
        {
            split_last(&mut article, start + at);
        }
    }
    article
}

/// Reads date lines and bylines at the head and the end; both are furniture. Returns the day of a change, if one is
/// printed: the text stands as it was then, which is better than nothing.
fn lines(parts: &[Part], kinds: &mut [BlockKind], facts: &mut Facts) -> Option<Found<Published>> {
    let mut update = None;
    let near_end = parts.len().saturating_sub(TAIL);
    for (i, part) in parts.iter().enumerate().filter(|(i, _)| *i < HEAD || *i >= near_end) {
        if let Some(line) = dateline::day_line(&part.text) {
            let found = Found { value: Published { date: line.day, time: None }, basis: Basis::Line };
            match line.update {
                true => update = Some(found),
                false => facts.published.push(found),
            }
        } else if i < HEAD && facts.byline.is_empty() && byline(&part.text) {
            facts.note_byline(&part.text, Basis::Line);
            kinds[i] = BlockKind::Furniture;
        }
    }
    update
}

/// "By" and one to six capitalised words.
fn byline(line: &str) -> bool {
    let Some((first, rest)) = line.split_once(' ') else { return false };
    let names = rest.split([' ', ',']).filter(|w| !w.is_empty() && *w != "and");
    dateline::words("byline").any(|b| b == fold(first))
        && line.len() <= 80
        && !line.ends_with('.')
        && names.clone().count() <= 8
        && names.clone().count() > 1
        && names.clone().all(|w| w.starts_with(char::is_uppercase))
}

/// The first heading before the text that is long enough for a headline.
fn title_line(parts: &[Part], kinds: &[BlockKind]) -> Option<Found<String>> {
    let text = kinds.iter().position(|k| *k == BlockKind::Paragraph)?;
    let found = (0..text).find(|i| {
        kinds[*i] == BlockKind::Headline && parts[*i].text.split(' ').count() >= 4 && parts[*i].text.len() <= 250
    })?;
    Some(Found { value: parts[found].text.clone(), basis: Basis::Line })
}

/// The part near the head that is the headline already.
fn headline_among(parts: &[Part], title: &str) -> Option<usize> {
    let letters = |s: &str| fold(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let title = letters(title);
    parts.iter().take(HEAD / 2).position(|p| p.text.len() < 400 && letters(&p.text) == title)
}

/// The last part of the text that closes with an agency: its index, the agency, and where the agency begins.
fn closing_agency(parts: &[Part], kinds: &[BlockKind]) -> Option<(usize, String, usize)> {
    let last = kinds.iter().rposition(|k| *k == BlockKind::Paragraph)?;
    (last..parts.len().min(last + 3))
        .find_map(|i| dateline::agency_at_end(&parts[i].text).map(|(a, r)| (i, a, r.start)))
}

fn push(words: &str, kind: BlockKind, article: &mut Article) {
    if !article.text.is_empty() {
        article.text.push_str("\n\n");
    }
    let start = article.text.len();
    article.text.push_str(words);
    article.blocks.push(Block { span: Span::new(start, article.text.len()), kind });
}

/// Makes what follows `at` in the last block a block of furniture.
fn split_last(article: &mut Article, at: usize) {
    let Some(last) = article.blocks.last_mut() else { return };
    let end = last.span.end as usize;
    let before = article.text[..at].trim_end().len();
    if before <= last.span.start as usize || at >= end {
        return;
    }
    last.span = Span::new(last.span.start as usize, before);
    article.blocks.push(Block { span: Span::new(at, end), kind: BlockKind::Furniture });
}
