//! Words of an article marked by what was read from them.
//!
//! Evidence overlaps: a place inside the words of a target, one word that tells two kinds. The text is cut into pieces at
//! every beginning and end, and each piece bears all values that it is part of, so that no mark ever has to cross another.

use article::Span;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// What a value tells, which gives its words their ground and their line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tells {
    Kind,
    Figure,
    Date,
    Place,
    Actor,
    Thing,
    /// Who says so.
    Voice,
    /// What somebody says: it shows when one points at it.
    Said,
}

impl Tells {
    /// Everything that has a ground of its own, with its name in the legend.
    pub(crate) const LEGEND: [(Tells, &'static str); 7] = [
        (Tells::Kind, "what happened"),
        (Tells::Figure, "numbers"),
        (Tells::Date, "when"),
        (Tells::Place, "where"),
        (Tells::Actor, "who did it"),
        (Tells::Thing, "whom and what it hit"),
        (Tells::Voice, "who says so"),
    ];

    /// What a value or a field of that name tells.
    pub(crate) fn of(name: &str) -> Tells {
        match name {
            "kind" | "stage" => Tells::Kind,
            "date" => Tells::Date,
            "place" | "country" => Tells::Place,
            "actor" | "doers" | "perpetrator" => Tells::Actor,
            "target" | "victim" | "weapon" | "people" | "property" | "hostages" | "motive" => Tells::Thing,
            _ => Tells::Figure,
        }
    }

    /// The class of its marks.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tells::Kind => "m-kind",
            Tells::Figure => "m-figure",
            Tells::Date => "m-date",
            Tells::Place => "m-place",
            Tells::Actor => "m-actor",
            Tells::Thing => "m-thing",
            Tells::Voice => "m-voice",
            Tells::Said => "m-said",
        }
    }

    /// The class for a second value of the same words.
    fn also(self) -> &'static str {
        match self {
            Tells::Kind => "also-kind",
            Tells::Figure => "also-figure",
            Tells::Date => "also-date",
            Tells::Place => "also-place",
            Tells::Actor => "also-actor",
            Tells::Thing => "also-thing",
            Tells::Voice => "also-voice",
            Tells::Said => "",
        }
    }
}

/// Words to mark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// Where they stand.
    pub(crate) span: Span,
    /// What they tell.
    pub(crate) tells: Tells,
    /// The value that was read from them: a word without white space.
    pub(crate) value: String,
    /// Whether a link to the value's words leads here.
    pub(crate) first: bool,
}

/// The words of `inside` with those of `marks` marked, each piece with the values that it is part of in `data-v`.
///
/// Marks that do not fit the text are left out; what turns the direction of text, and control characters, too.
/// *Cost*: the length of the text and, for each mark, the number of those that overlap it.
pub(crate) fn marked(text: &str, inside: Span, marks: &[Mark]) -> Markup {
    let within = |m: &Mark| {
        let start = m.span.start.max(inside.start);
        Span { start, end: m.span.end.min(inside.end).max(start) }
    };
    let fits = |m: &&Mark| !m.span.of(text).is_empty() && !within(m).of(text).is_empty();
    let marks: Vec<&Mark> = marks.iter().filter(fits).collect();
    let spans: Vec<Span> = marks.iter().map(|m| within(m)).collect();
    html! {
        @for p in pieces(inside, &spans) {
            @let words = shown(p.span.of(text));
            @if let Some((first, more)) = p.over.split_first() {
                @for m in p.born.iter().map(|i| marks[*i]).filter(|m| m.first) { span id={ "w-" (m.value) } {} }
                (mark(&words, marks[*first], &more.iter().map(|i| marks[*i]).collect::<Vec<_>>()))
            } @else {
                (words)
            }
        }
    }
}

fn mark(words: &str, first: &Mark, more: &[&Mark]) -> Markup {
    let mut class = first.tells.class().to_owned();
    if let Some(second) = more.iter().find(|m| m.tells != first.tells) {
        class = format!("{class} {}", second.tells.also());
    }
    let mut values = vec![first.value.as_str()];
    for m in more {
        if !values.contains(&m.value.as_str()) {
            values.push(&m.value);
        }
    }
    html! { mark class=(class) data-v=(values.join(" ")) { (words) } }
}

/// A piece of text that begins and ends with some mark, or lies between marks.
struct Piece {
    span: Span,
    /// The marks that it is part of, the shortest first, which says most about it.
    over: Vec<usize>,
    /// Those that begin with it.
    born: Vec<usize>,
}

/// Cuts `inside` wherever one of `spans`, which lie within it, begins or ends.
fn pieces(inside: Span, spans: &[Span]) -> Vec<Piece> {
    let mut edges: Vec<(u32, bool, usize)> =
        spans.iter().enumerate().flat_map(|(i, s)| [(s.start, true, i), (s.end, false, i)]).collect();
    edges.sort_unstable();
    let mut out = Vec::new();
    let (mut open, mut born): (BTreeSet<(usize, usize)>, Vec<usize>) = Default::default();
    let mut at = inside.start;
    for (place, opens, i) in edges.into_iter().chain([(inside.end, false, usize::MAX)]) {
        if place > at {
            let over = open.iter().map(|(_, i)| *i).collect();
            out.push(Piece { span: Span { start: at, end: place }, over, born: std::mem::take(&mut born) });
            at = place;
        }
        let Some(span) = spans.get(i) else { continue };
        if opens {
            open.insert((span.len(), i));
            born.push(i);
        } else {
            open.remove(&(span.len(), i));
        }
    }
    out
}

/// The text without what steers a reader's eye past it: control characters, and marks that turn the direction of text.
/// Joiners stay, which scripts need.
pub(crate) fn shown(text: &str) -> String {
    text.chars().filter(|c| !steers(*c)).collect()
}

fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(start: u32, end: u32, tells: Tells, value: &str) -> Mark {
        Mark { span: Span { start, end }, tells, value: value.to_owned(), first: true }
    }

    /// The page's text again: tags out, entities back.
    fn read(page: &str) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in page.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn what_overlaps_is_cut_into_pieces() {
        let text = "guards at the gate of Ilmara";
        let marks =
            [mark(0, 28, Tells::Thing, "v0-1"), mark(22, 28, Tells::Place, "v0-2"), mark(14, 25, Tells::Kind, "v0-3")];
        let page = marked(text, Span::new(0, 28), &marks).into_string();
        assert_eq!(
            page,
            "<span id=\"w-v0-1\"></span><mark class=\"m-thing\" data-v=\"v0-1\">guards at the </mark>\
             <span id=\"w-v0-3\"></span><mark class=\"m-kind also-thing\" data-v=\"v0-3 v0-1\">gate of </mark>\
             <span id=\"w-v0-2\"></span><mark class=\"m-place also-kind\" data-v=\"v0-2 v0-3 v0-1\">Ilm</mark>\
             <mark class=\"m-place also-thing\" data-v=\"v0-2 v0-1\">ara</mark>"
        );
    }

    #[test]
    fn nothing_of_a_text_becomes_a_tag_or_turns_the_line() {
        let text = "a<script>alert(1)</script>\u{202e}\u{7}b";
        let page = marked(text, Span::new(0, text.len()), &[mark(1, 9, Tells::Kind, "v")]).into_string();
        assert!(!page.contains("<script"), "{page}");
        assert_eq!(read(&page), "a<script>alert(1)</script>b");
    }

    #[test]
    fn joiners_of_persian_words_stay() {
        assert_eq!(shown("می\u{200c}رود\u{202b}"), "می\u{200c}رود");
    }

    proptest! {
        #[test]
        fn the_text_stays_and_each_mark_holds_its_words(
            text in "[a-zé喀ب😀<&>\" \u{202e}]{0,40}",
            spans in prop::collection::vec((0u32..60, 0u32..60), 0..12),
            inside in (0u32..60, 0u32..60),
        ) {
            let tells = [Tells::Kind, Tells::Figure, Tells::Place, Tells::Voice];
            let marks: Vec<Mark> = spans.iter().enumerate()
                .map(|(i, (a, b))| mark(*a, *b, tells[i % 4], &format!("v{i}-")))
                .collect();
            // Any bounds at all, also some that do not fit.
            marked(&text, Span { start: inside.0, end: inside.1 }, &marks);
            let page = marked(&text, Span::new(0, text.len()), &marks).into_string();
            prop_assert_eq!(read(&page), shown(&text));
            for m in marks.iter().filter(|m| !m.span.of(&text).is_empty()) {
                let words: String = page.split("<mark ").skip(1)
                    .filter(|p| p.split('>').next().unwrap_or("").contains(&m.value))
                    .map(|p| read(&p[p.find('>').unwrap() + 1..p.find("</mark>").unwrap()]))
                    .collect();
                prop_assert_eq!(words, shown(m.span.of(&text)));
            }
        }
    }
}
