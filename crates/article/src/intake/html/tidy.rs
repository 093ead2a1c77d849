//! Makes a page harmless before it is parsed: linear in its bytes, whatever they are.
//!
//! Parsing HTML by the standard is quadratic in the nesting depth, in the attributes of one tag and in open formatting
//! elements, and extraction is quadratic in the depth too. One scan therefore writes the page anew:
//!
//! - what no reader sees is dropped with its content (scripts, styles, comments, drawings, forms' lists); JSON-LD is set aside;
//! - what changes only the look (`b`, `font`, ...) is dropped without its content;
//! - end tags close what lies inside them and are dropped where nothing is open, so that the depth counted here is the
//!   depth the parser sees; tags below the limit are dropped, and their text stays;
//! - a tag with very long attributes loses them;
//! - the page is cut when it is larger than the limits allow.

use super::super::Limits;

/// A page that parses in linear time.
#[derive(Debug, Default)]
pub(super) struct Tidy {
    /// The page.
    pub(super) markup: String,
    /// Contents of its JSON-LD scripts.
    pub(super) json_ld: Vec<String>,
    /// Tags below the depth limit were dropped.
    pub(super) flattened: bool,
    /// The page was cut at a limit.
    pub(super) cut: bool,
    /// The page ends inside a tag, comment or script, whose rest is lost.
    pub(super) torn: bool,
}

/// Elements that are dropped with what they hold.
const UNSEEN: [&str; 12] = [
    "script", "style", "svg", "math", "select", "textarea", "iframe", "template", "noembed", "noframes", "audio",
    "video",
];
/// Elements that are dropped while what they hold stays: looks, and what parsers treat in odd ways.
const DROPPED: [&str; 24] = [
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "tt",
    "u",
    "object",
    "applet",
    "marquee",
    "xmp",
    "plaintext",
    "listing",
    "frameset",
    "frame",
    "embed",
    "param",
    "noscript",
];
/// Elements without content.
const VOID: [&str; 11] = ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements that end by themselves, so that they do not nest without another element between them.
const SELF_ENDING: [&str; 17] = [
    "a", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup",
    "caption", "head", "title",
];
/// Elements that may stand once.
const ONCE: [&str; 2] = ["html", "body"];
/// Longest tag that keeps its attributes.
const LONGEST_TAG: usize = 4096;
/// The same for `meta`, whose content may be an abstract.
const LONGEST_META: usize = 16 << 10;

/// Rewrites `page` within `limits`. *Cost*: linear.
pub(super) fn tidy(page: &str, limits: &Limits) -> Tidy {
    let mut t = Writer {
        out: Tidy::default(),
        open: Vec::new(),
        seen: [false; ONCE.len()],
        elements: 0,
        paragraph: false,
        page,
        never: Vec::new(),
    };
    t.out.markup.reserve(page.len().min(limits.max_markup));
    let mut at = 0;
    while at < page.len() {
        let next = memchr::memchr(b'<', &page.as_bytes()[at..]).map_or(page.len(), |i| at + i);
        t.out.markup.push_str(&page[at..next]);
        at = if next < page.len() { t.tag(next, limits) } else { next };
        if t.out.markup.len() > limits.max_markup || t.elements > limits.max_elements {
            t.out.cut = at < page.len();
            break;
        }
    }
    let mut most = t.out.markup.len().min(limits.max_markup);
    while !t.out.markup.is_char_boundary(most) {
        most -= 1;
    }
    t.out.markup.truncate(most);
    t.out
}

struct Writer<'a> {
    out: Tidy,
    /// Open elements that may nest.
    open: Vec<&'a str>,
    /// Which of [`ONCE`] stand already.
    seen: [bool; ONCE.len()],
    elements: usize,
    /// Whether a paragraph was begun since one was ended.
    paragraph: bool,
    page: &'a str,
    /// Elements whose end tag occurs no more in the rest of the page.
    never: Vec<&'static str>,
}

impl<'a> Writer<'a> {
    /// Handles what begins with `<` at `at` and says where to go on.
    fn tag(&mut self, at: usize, limits: &Limits) -> usize {
        let page = self.page;
        let rest = &page.as_bytes()[at..];
        if rest.starts_with(b"<!--") {
            // `<!-->` is a whole comment.
            return memchr::memmem::find(&rest[2..], b"-->").map_or_else(|| self.tear(), |i| at + 2 + i + 3);
        }
        let ends = rest.get(1) == Some(&b'/');
        let name_at = at + 1 + usize::from(ends);
        let name_len = page.as_bytes()[name_at..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
            .count();
        if rest.get(1).is_some_and(|b| *b == b'!' || *b == b'?') {
            let end = memchr::memchr(b'>', rest).map_or_else(|| self.tear(), |i| at + i + 1);
            if page.get(at + 2..at + 9).is_some_and(|d| d.eq_ignore_ascii_case("doctype"))
                && end - at < 256
                && self.elements == 0
            {
                self.out.markup.push_str(&page[at..end]);
            }
            return end;
        }
        if name_len == 0 || !page.as_bytes()[name_at].is_ascii_alphabetic() {
            self.out.markup.push_str("&lt;");
            return at + 1;
        }
        let name = &page[name_at..name_at + name_len];
        let Some((end, quoted)) = end_of_tag(page, name_at + name_len) else { return self.tear() };
        if ends {
            self.close(name)
        } else {
            // The parser would take all that follows an open quote for a value: such a tag loses its attributes.
            let tag = if quoted { &page[at..end] } else { &page[at..name_at + name_len] };
            return self.start(name, tag, end, limits);
        }
        end
    }

    /// Where to go on when the page was cut inside something: nowhere, and that is said.
    fn tear(&mut self) -> usize {
        self.out.torn = true;
        self.page.len()
    }

    /// Writes the start tag `tag`, which has no `>` if its attributes are to go.
    fn start(&mut self, name: &'a str, tag: &str, end: usize, limits: &Limits) -> usize {
        if let Some(i) = place(&UNSEEN, name) {
            if tag.ends_with("/>") && !matches!(UNSEEN[i], "script" | "style" | "textarea" | "iframe") {
                return end;
            }
            return self.skip(UNSEEN[i], tag, end);
        }
        if is(&DROPPED, name) || name.len() > 40 {
            return end;
        }
        if let Some(i) = place(&ONCE, name) {
            if std::mem::replace(&mut self.seen[i], true) {
                return end;
            }
        } else if is(&["td", "th", "tr", "tbody", "thead", "tfoot"], name) {
            // A new cell or row ends whatever is open in the one before.
            if let Some(table) = self.open.iter().rposition(|o| o.eq_ignore_ascii_case("table")) {
                self.open.truncate(table + 1);
            }
        }
        let nests = !is(&VOID, name) && !is(&SELF_ENDING, name) && !is(&ONCE, name);
        let kept_in_depth = is(&["p", "a", "br", "meta"], name) || is(&ONCE, name);
        if self.open.len() >= limits.max_depth && !kept_in_depth {
            self.out.flattened |= nests;
            return end;
        }
        if nests {
            self.open.push(name);
        }
        self.elements += 1;
        self.paragraph |= name.eq_ignore_ascii_case("p");
        let most = if name.eq_ignore_ascii_case("meta") { LONGEST_META } else { LONGEST_TAG };
        if tag.len() > most || !tag.ends_with('>') {
            self.out.markup.push('<');
            self.out.markup.push_str(name);
            self.out.markup.push('>');
        } else {
            self.out.markup.push_str(tag);
        }
        end
    }

    /// Writes an end tag, after those of all that is open inside; nothing if nothing of that name is open.
    fn close(&mut self, name: &str) {
        let heading =
            |n: &str| n.len() == 2 && n.as_bytes()[0].eq_ignore_ascii_case(&b'h') && n.as_bytes()[1].is_ascii_digit();
        if is(&SELF_ENDING, name) {
            // An end without a beginning would make an empty paragraph.
            if !name.eq_ignore_ascii_case("p") || std::mem::take(&mut self.paragraph) {
                self.write_end(name);
            }
            return;
        }
        let same = |o: &&str| o.eq_ignore_ascii_case(name) || (heading(o) && heading(name));
        // A cell is a wall: what is open around its table is not closed from inside.
        let Some(i) = self.open.iter().rposition(same) else { return };
        if !name.eq_ignore_ascii_case("table") && self.open[i..].iter().any(|o| o.eq_ignore_ascii_case("table")) {
            return;
        }
        for open in self.open.split_off(i).iter().rev() {
            self.write_end(open);
        }
    }

    fn write_end(&mut self, name: &str) {
        self.out.markup.push_str("</");
        self.out.markup.push_str(name);
        self.out.markup.push('>');
    }

    /// Skips the content of an unseen element; only the tag itself if the element is never closed.
    fn skip(&mut self, name: &'static str, tag: &str, from: usize) -> usize {
        let raw_text = matches!(name, "script" | "style" | "textarea" | "iframe" | "noembed" | "noframes");
        let close = if self.never.contains(&name) { None } else { find_end(self.page, name, from) };
        let Some((inside, after)) = close else {
            self.never.push(name);
            // The parser would take all that follows for raw text; so did the page's author, or the page was cut.
            return if raw_text { self.tear() } else { from };
        };
        let content = &self.page[from..inside];
        if name == "script" && content.len() < (1 << 20) && contains_folded(tag, "application/ld+json") {
            self.out.json_ld.push(content.to_owned());
        }
        after
    }
}

/// One past the `>` that closes a tag whose name ends at `at`, and whether all its quotes are closed.
///
/// Quoted values may hold a `>`. A quote that nothing in the page closes is none: the next `>` ends the tag.
fn end_of_tag(page: &str, at: usize) -> Option<(usize, bool)> {
    let bytes = page.as_bytes();
    let mut i = at;
    loop {
        i += memchr::memchr2(b'>', b'=', &bytes[i..])?;
        if bytes[i] == b'>' {
            return Some((i + 1, true));
        }
        i += 1 + bytes[i + 1..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        if let Some(q @ (b'"' | b'\'')) = bytes.get(i).copied() {
            i += 1;
            match memchr::memchr(q, &bytes[i..]) {
                Some(n) => i += n + 1,
                // Searched to the end once for each kind of quote: no later tag can hold one.
                None => return Some((i + memchr::memchr(b'>', &bytes[i..])? + 1, false)),
            }
        }
    }
}

/// Where the next `</name` begins and where its tag ends.
fn find_end(page: &str, name: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = page.as_bytes();
    let mut i = from;
    loop {
        i += memchr::memmem::find(&bytes[i..], b"</")?;
        let named =
            page.as_bytes().get(i + 2..i + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if named {
            let end = memchr::memchr(b'>', &bytes[i..]).map_or(page.len(), |e| i + e + 1);
            return Some((i, end));
        }
        i += 2;
    }
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|n| n.eq_ignore_ascii_case(name))
}

fn is(names: &[&str], name: &str) -> bool {
    place(names, name).is_some()
}

fn contains_folded(s: &str, lower: &str) -> bool {
    s.to_ascii_lowercase().contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, tidied: &str) {
        assert_eq!(tidy(page, &Limits::default()).markup, tidied);
    }

    #[test]
    fn the_page_stays_and_the_unseen_goes() {
        check(
            "<!DOCTYPE html><p class=a>One <b>two</b> &amp; three</p>",
            "<!DOCTYPE html><p class=a>One two &amp; three</p>",
        );
        check("a<script>if (a<b) x('</p>')</script >b<!-- <p> -->c<style>p{}</STYLE>d", "abcd");
        check("<a title=\"x > y\" href='z'>l</a> 3 < 4", "<a title=\"x > y\" href='z'>l</a> 3 &lt; 4");
        check("<div><span>a</div>b</span>c", "<div><span>a</span></div>bc");
        check("<h2>a</h3>b", "<h2>a</h2>b");
        check("<p>a<!-->b<!-- -->c", "<p>abc");
        check("<table><tr><td><div>a<td>b</table>", "<table><tr><td><div>a<td>b</table>");
        check("<div><table><td></div>a</table></div>", "<div><table><td>a</table></div>");
    }

    #[test]
    fn a_page_cut_inside_something_is_torn() {
        for (page, tidied) in [
            ("cut <p>here <a href=\"http", "cut <p>here "),
            ("cut <p>here <a class", "cut <p>here "),
            ("cut <p>here </di", "cut <p>here "),
            ("x<script>var a = ", "x"),
            ("x<!-- y", "x"),
            ("x<!y", "x"),
        ] {
            let t = tidy(page, &Limits::default());
            assert_eq!((t.markup.as_str(), t.torn), (tidied, true), "{page}");
        }
        for page in ["x", "x <", "x </", "<p>x", "<svg>x", "a &am"] {
            assert!(!tidy(page, &Limits::default()).torn, "{page}");
        }
    }

    #[test]
    fn an_unclosed_quote_does_not_swallow_the_page() {
        check("<p class=\"a>One <i>two</i></p><p id='b'>Three</p>", "<p>One two</p><p id='b'>Three</p>");
        check("<p id='a\">One</p><div class=\"b>Two</div>", "<p>One</p><div>Two</div>");
        check("<p title=\"it's > that\">One</p>", "<p title=\"it's > that\">One</p>");
        assert!(!tidy("<a href=\"x>y</a>", &Limits::default()).torn);
    }

    #[test]
    fn json_ld_is_set_aside() {
        let t = tidy("<script type='application/ld+json'>{\"a\":\"<b>\"}</script>x", &Limits::default());
        assert_eq!((t.markup.as_str(), t.json_ld), ("x", vec!["{\"a\":\"<b>\"}".to_owned()]));
    }

    #[test]
    fn depth_size_and_attributes_are_bounded() {
        let deep = tidy(&format!("{}core{}", "<div>".repeat(100_000), "</div>".repeat(100_000)), &Limits::default());
        assert!(deep.flattened && deep.markup.contains("core") && deep.markup.matches("<div>").count() == 256);
        let sly = tidy(&"<div><i></x>".repeat(1000), &Limits::default());
        assert!(sly.flattened && sly.markup.matches("<div>").count() == 256);
        let wide = tidy(&format!("<p {}>x", "a='1' ".repeat(10_000)), &Limits::default());
        assert_eq!(wide.markup, "<p>x");
        let many = tidy(&"<p>é".repeat(100_000), &Limits::default());
        assert!(many.cut && many.markup.matches("<p>").count() <= 30_001);
        let long = tidy(&"é".repeat(3 << 20), &Limits::default());
        assert!(long.markup.len() <= 4 << 20);
    }
}
