//! Evidence quoted with the words around it.

use crate::screen;
use article::Span;
use owo_colors::OwoColorize;

/// Words of an article and what stands before and after them.
pub(crate) struct Quote {
    before: String,
    words: String,
    after: String,
}

/// `span` with up to `room` bytes of `text` on each side, and whether more stands before and after; nothing for the empty
/// span or one that does not fit. It stays in its paragraph and begins and ends between words.
pub(crate) fn around(text: &str, span: Span, room: usize) -> Option<(Span, bool, bool)> {
    if span.of(text).is_empty() {
        return None;
    }
    let (start, end) = (span.start as usize, span.end as usize);
    let para = text[..start].rfind("\n\n").map_or(0, |i| i + 2);
    let mut from = text.floor_char_boundary(start.saturating_sub(room)).max(para);
    let cut_before = from > para;
    if cut_before {
        from += text[from..start].find(char::is_whitespace).unwrap_or(start - from);
    }
    let rest = text[end..].find("\n\n").map_or(text.len(), |i| end + i);
    let mut until = text.ceil_char_boundary((end + room).min(text.len())).min(rest);
    let cut_after = until < rest;
    if cut_after {
        until = end + text[end..until].rfind(char::is_whitespace).unwrap_or(0);
    }
    Some((Span::new(from, until), cut_before, cut_after))
}

/// Quotes `span` of `text` with up to `room` bytes on each side; nothing for the empty span or one that does not fit.
pub(crate) fn quote(text: &str, span: Span, room: usize) -> Option<Quote> {
    let (inside, cut_before, cut_after) = around(text, span, room)?;
    let before = side(&text[inside.start as usize..span.start as usize]);
    let before = if cut_before { format!("…{}", before.trim_start()) } else { before.trim_start().to_owned() };
    let after = side(&text[span.end as usize..inside.end as usize]);
    let after = if cut_after { format!("{} …", after.trim_end()) } else { after.trim_end().to_owned() };
    Some(Quote { before, words: screen::plain(span.of(text)), after })
}

/// The text on one line as [`screen::plain`] makes it, but with a space where it began or ended with one.
fn side(part: &str) -> String {
    let (lead, tail) = (part.starts_with(char::is_whitespace), part.ends_with(char::is_whitespace));
    match screen::plain(part) {
        p if p.is_empty() => {
            if lead {
                " ".to_owned()
            } else {
                p
            }
        }
        p => format!("{}{p}{}", if lead { " " } else { "" }, if tail { " " } else { "" }),
    }
}

/// The words of `inside` on one line, with each of `spans` in brackets and bold; spans that overlap are marked as one.
pub(crate) fn marked(text: &str, inside: Span, spans: &[Span]) -> String {
    let mut spans: Vec<Span> =
        spans.iter().copied().filter(|s| inside.contains(*s) && !s.of(text).is_empty()).collect();
    spans.sort();
    let mut joined: Vec<Span> = Vec::new();
    for s in spans {
        match joined.last_mut().filter(|l| l.overlaps(s)) {
            Some(last) => *last = last.join(s),
            None => joined.push(s),
        }
    }
    let mut out = String::new();
    let mut at = inside.start;
    for s in joined {
        out += &side(Span { start: at, end: s.start }.of(text));
        out += &format!("[{}]", screen::plain(s.of(text))).bold().to_string();
        at = s.end;
    }
    out += &side(Span { start: at, end: inside.end }.of(text));
    out.trim().to_owned()
}

impl Quote {
    /// On one line, the words themselves in brackets and bold.
    pub(crate) fn line(&self) -> String {
        format!("{}{}{}", self.before.dimmed(), format!("[{}]", self.words).bold(), self.after.dimmed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &str, expected: &str) {
        let start = text.find(words).unwrap();
        let q = quote(text, Span::new(start, start + words.len()), 48).unwrap();
        assert_eq!(anstream::adapter::strip_str(&q.line()).to_string(), expected);
    }

    #[test]
    fn quotes_stay_in_their_paragraph_and_between_words() {
        check("Headline\n\nA bomb killed 13 people.\n\nMore.", "13", "A bomb killed [13] people.");
        check("13 dead", "13", "[13] dead");
        check("dead: 13", "13", "dead: [13]");
        let long = format!("{}was hit by 13 shells {}", "word ".repeat(20), "again ".repeat(20));
        check(
            &long,
            "13",
            "…word word word word word word word was hit by [13] shells again again again again again again …",
        );
        assert!(quote("short", Span::new(3, 99), 48).is_none());
    }

    #[test]
    fn all_words_of_a_sentence_are_marked_at_once() {
        let text = "Before. A bomb killed\n13 people. After.";
        let inside = Span::new(8, 33);
        let plain = |spans: &[Span]| anstream::adapter::strip_str(&marked(text, inside, spans)).to_string();
        assert_eq!(plain(&[Span::new(22, 24), Span::new(10, 14)]), "A [bomb] killed [13] people.");
        assert_eq!(plain(&[Span::new(8, 14), Span::new(10, 21)]), "[A bomb killed] 13 people.");
        assert_eq!(plain(&[Span::new(0, 6)]), "A bomb killed 13 people.");
    }
}
