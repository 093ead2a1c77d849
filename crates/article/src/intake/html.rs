//! Pages: a harmless copy is parsed once, the facts are read from its head, and the article's text is extracted.
//!
//! Extraction is the work of the crate `dom_smoothie` (Mozilla's Readability); the manual gives the measurements that
//! chose it. Where it finds nothing, the page's paragraphs are taken as they stand.

mod tidy;

use super::{Draft, Limits, Part, facts, squeeze};
use crate::Problem;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// Elements that begin a new part of the text.
const BLOCKS: [&str; 32] = [
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "tbody",
    "thead",
    "figure",
    "figcaption",
    "pre",
    "header",
    "footer",
    "aside",
    "main",
    "nav",
    "address",
    "caption",
    "hr",
];

/// Elements that hold what stands beside the text.
const ASIDES: [&str; 4] = ["figcaption", "figure", "footer", "aside"];

/// Words of classes that say the same of other elements.
const ASIDE_CLASSES: [&str; 14] = [
    "caption",
    "captions",
    "credit",
    "credits",
    "gallery",
    "slideshow",
    "newsletter",
    "promo",
    "related",
    "share",
    "sharing",
    "social",
    "byline",
    "tags",
];

/// Reads a page.
pub(super) fn read(page: &str, limits: &Limits) -> Draft {
    let tidy = tidy::tidy(page, limits);
    let mut draft = Draft { problems: problems(&tidy, limits), ..Draft::default() };
    let document = Document::from(tidy.markup.as_str());
    for json in &tidy.json_ld {
        facts::json_ld(json, &mut draft.facts);
    }
    facts::page(&document, &mut draft.facts);
    draft.parts = extracted(document, &mut draft.facts);
    if draft.parts.is_empty() {
        draft.parts = parts_of(&Document::from(tidy.markup.as_str()).root());
    }
    if draft.parts.is_empty() {
        draft.problems.push(Problem::new(
            "intake/no-text",
            "The page holds no text that a reader would see. Save the page after it has loaded.",
        ));
    }
    draft
}

/// The parts of text that holds markup without being a page, such as a record's, and what was wrong with it.
pub(super) fn fragment(markup: &str, limits: &Limits) -> (Vec<Part>, Vec<Problem>) {
    let tidy = tidy::tidy(markup, limits);
    (parts_of(&Document::from(tidy.markup.as_str()).root()), problems(&tidy, limits))
}

fn problems(tidy: &tidy::Tidy, limits: &Limits) -> Vec<Problem> {
    let depth = || {
        let detail = format!(
            "Elements nest deeper than {}. The deeper ones were read as flat text; check the article.",
            limits.max_depth
        );
        Problem::new("intake/html-depth", detail)
    };
    let size = || {
        let detail = "The page is larger than is read. The end was cut off; save the article alone.";
        Problem::new("intake/html-size", detail)
    };
    let cut = || {
        let detail = "The page ends inside a tag, comment or script. Fetch or save the article again.";
        Problem::new("intake/html-cut", detail)
    };
    [tidy.flattened.then(depth), tidy.cut.then(size), tidy.torn.then(cut)].into_iter().flatten().collect()
}

fn extracted(document: Document, facts: &mut facts::Facts) -> Vec<Part> {
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(document, None, Some(config)) else { return Vec::new() };
    let Ok(article) = reader.parse() else { return Vec::new() };
    facts.element_byline(article.byline.as_deref());
    parts_of(&Document::fragment(article.content).root())
}

/// The text under `root`, one part for each run of text between block elements.
fn parts_of(root: &NodeRef) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut now = Run::default();
    let mut stack: Vec<(NodeRef, bool)> = vec![(*root, false)];
    while let Some((node, leaving)) = stack.pop() {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or("");
        let block = BLOCKS.contains(&name);
        if block {
            now.end(&mut parts);
        }
        let entering = usize::from(!leaving);
        if node.is_element() && is_aside(&node, name) {
            now.end(&mut parts);
            now.asides = if leaving { now.asides.saturating_sub(1) } else { now.asides + 1 };
        }
        match name {
            "a" if leaving => now.links -= 1,
            "a" => now.links += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => now.headings = entering,
            "br" if !leaving => now.br += 1,
            "td" | "th" => now.text.push(' '),
            "title" | "head" => continue,
            _ => {}
        }
        if leaving {
            continue;
        }
        if node.is_text() {
            now.text(&node.text(), &mut parts);
            continue;
        }
        stack.push((node, true));
        stack.extend(node.children_it(true).map(|c| (c, false)));
    }
    now.end(&mut parts);
    parts
}

fn is_aside(node: &NodeRef, name: &str) -> bool {
    let words = |c: &str| {
        c.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| ASIDE_CLASSES.iter().any(|a| a.eq_ignore_ascii_case(w)))
    };
    ASIDES.contains(&name) || node.class().is_some_and(|c| words(&c))
}

/// Text between two block elements.
#[derive(Default)]
struct Run {
    text: String,
    linked: usize,
    links: usize,
    headings: usize,
    asides: usize,
    /// Line breaks since the last word: two end a paragraph.
    br: usize,
}

impl Run {
    fn text(&mut self, s: &str, parts: &mut Vec<Part>) {
        if s.trim().is_empty() {
            self.text.push(' ');
            return;
        }
        if self.br >= 2 {
            self.end(parts);
        } else if self.br == 1 {
            self.text.push(' ');
        }
        self.br = 0;
        self.text.push_str(s);
        if self.links > 0 {
            self.linked += s.trim().len();
        }
    }

    fn end(&mut self, parts: &mut Vec<Part>) {
        let text = squeeze(&self.text);
        if !text.is_empty() {
            let linked = self.linked as f32 / text.len() as f32;
            parts.push(Part { heading: self.headings > 0, aside: self.asides > 0, linked: linked.min(1.0), text });
        }
        self.text.clear();
        (self.linked, self.br) = (0, 0);
    }
}
