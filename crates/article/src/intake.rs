//! Bytes of a file or page to articles: unpacking, decoding, extraction, facts about the article, furniture.
//!
//! The way of the data: [`bytes`] unpacks and decodes; [`plain`], [`html`] and [`records`] turn one format each into a
//! draft (parts of text in order, and facts about the article with where they were found); [`assemble`] finds the
//! furniture, reads the head of the text and puts the article together. What a reader sees is kept, furniture included;
//! only what a reader never sees (markup, scripts) is left behind.
//!
//! Everything is bounded by [`Limits`], so that the time for one input is too: no input, however hostile, costs more
//! than a page of the largest admitted size.

mod address;
mod assemble;
mod bytes;
mod dateline;
mod days;
mod facts;
mod furniture;
mod html;
mod plain;
mod records;

use crate::{Article, Problem};

/// One input as it came: the bytes of a file or of an answer to a request.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a> {
    /// The file's name or the address, for messages and for the choice of format.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// How much one input may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest text, page, record or JSON array, in bytes after unpacking.
    pub max_bytes: usize,
    /// Largest file of one record a line, in bytes after unpacking.
    pub max_collection: usize,
    /// Most unpacked bytes for one packed byte; beyond the first mebibyte, more than this is a bomb.
    pub max_ratio: usize,
    /// Largest page without its scripts, styles and comments, in bytes; the rest is cut off.
    pub max_markup: usize,
    /// Most elements of a page; the rest is cut off.
    pub max_elements: usize,
    /// Deepest nesting of a page; what lies deeper is read as if it were flat.
    pub max_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 32 << 20,
            max_collection: 256 << 20,
            max_ratio: 200,
            max_markup: 4 << 20,
            max_elements: 30_000,
            max_depth: 256,
        }
    }
}

/// What came out of one input: the articles, each of which passes [`Article::check`], and what was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intake {
    /// The articles, in the order of the input.
    pub articles: Vec<Article>,
    /// What was wrong, in the order of the input. Codes and remedies are listed in the manual.
    pub problems: Vec<Problem>,
}

/// Reads one input. A file of records gives many articles; bad input gives problems and the articles that could be read.
///
/// *Cost*: linear in the bytes; a page of 100 kB takes some milliseconds, a text of 300 words some tens of microseconds.
pub fn intake(raw: Raw, limits: &Limits) -> Intake {
    let mut out = Intake::default();
    let unpacked = match bytes::unpack(raw, limits) {
        Ok(b) => b,
        Err(p) => {
            out.problems.push(p);
            return out;
        }
    };
    let text = match bytes::decode(&unpacked, &mut out.problems) {
        Some(t) => t,
        None => return out,
    };
    let source = Source { name: raw.name, address: address::of_input(raw.name) };
    let format = Format::of(raw.name, &text);
    if text.len() > limits.max_bytes && format != Format::Lines {
        out.problems.push(bytes::too_large(limits.max_bytes));
        return out;
    }
    match format {
        Format::Text => push(plain::read(&text), &source, &mut out),
        Format::Html => push(html::read(&text, limits), &source, &mut out),
        Format::Json | Format::Lines => {
            records::read(&text, format, limits, &mut |draft| push(draft, &source, &mut out))
        }
    }
    if out.articles.is_empty() && out.problems.is_empty() {
        out.problems.push(bytes::empty());
    }
    out
}

/// What is known about an input before it is read.
struct Source<'a> {
    name: &'a str,
    address: Option<String>,
}

/// A text on the way to an article: its parts in order, facts by where they were found, problems met.
#[derive(Debug, Default)]
struct Draft {
    parts: Vec<Part>,
    facts: facts::Facts,
    problems: Vec<Problem>,
}

/// A line or paragraph of a draft.
#[derive(Debug, Clone, Default, PartialEq)]
struct Part {
    /// Its words; no line breaks, single spaces.
    text: String,
    /// Marked up as a heading.
    heading: bool,
    /// Marked up as standing beside the text: a caption, a box.
    aside: bool,
    /// Share of the letters that lie in links, 0 to 1.
    linked: f32,
}

impl Part {
    fn plain(text: &str) -> Part {
        Part { text: squeeze(text), ..Part::default() }
    }
}

/// The words with single spaces between them.
fn squeeze(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in s.split(|c: char| c.is_whitespace() || c == '\0').filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn push(mut draft: Draft, source: &Source, out: &mut Intake) {
    out.problems.append(&mut draft.problems);
    if draft.parts.iter().all(|p| p.text.is_empty()) {
        return;
    }
    if let Some(a) = &source.address {
        draft.facts.address(a);
    }
    let article = assemble::article(draft);
    match article.check() {
        Ok(()) => out.articles.push(article),
        Err(p) => out.problems.push(Problem { detail: format!("{}: {}", source.name, p.detail), ..p }),
    }
}

/// How an input is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Html,
    Json,
    Lines,
}

impl Format {
    /// By the name's ending; a page that was saved as text, and names that say nothing, are judged by their first bytes.
    fn of(name: &str, text: &str) -> Format {
        let name = name.to_ascii_lowercase();
        let path = name.split(['?', '#']).next().unwrap_or("");
        let path = path.strip_suffix(".gz").unwrap_or(path);
        let head = text.trim_start();
        let is_page = ["<!doctype html", "<html", "<?xml"].iter().any(|m| starts_with_folded(head, m));
        match path.rsplit('.').next().unwrap_or("") {
            "html" | "htm" | "xhtml" => Format::Html,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::Lines,
            _ if is_page => Format::Html,
            "txt" | "text" | "md" => Format::Text,
            _ if head.starts_with(['{', '[']) => Format::Json,
            _ if head.starts_with('<') => Format::Html,
            _ => Format::Text,
        }
    }
}

fn starts_with_folded(s: &str, lower: &str) -> bool {
    s.get(..lower.len()).is_some_and(|h| h.eq_ignore_ascii_case(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_chooses_the_format_and_the_content_where_the_name_says_nothing() {
        assert_eq!(Format::of("a.html.gz", "x"), Format::Html);
        assert_eq!(Format::of("https://e.example/a/b.html?x=1.txt", "x"), Format::Html);
        assert_eq!(Format::of("a.ndjson", ""), Format::Lines);
        assert_eq!(Format::of("page.txt", "\n<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(Format::of("https://e.example/story", "{\"text\":1}"), Format::Json);
        assert_eq!(Format::of("-", "Words."), Format::Text);
    }
}
