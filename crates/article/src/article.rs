//! The article: one published text and where each fact about it was found.

use crate::{Problem, Span};
use serde::{Deserialize, Serialize};

/// One published text. The stored text never changes after intake.
///
/// *Shape*: `text` begins with the headline (block [`BlockKind::Headline`]) when a title is known, then the paragraphs,
/// separated by empty lines. `blocks` are in order, do not overlap, and cover every byte of `text` but the white space
/// between them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Article {
    /// Who published it.
    pub outlet: Option<Found<String>>,
    /// Its address, normalised (no fragment, no tracking parameters).
    pub url: Option<Found<String>>,
    /// Its headline.
    pub title: Option<Found<String>>,
    /// Who wrote it, as printed.
    pub byline: Option<Found<String>>,
    /// When it was published.
    pub published: Option<Found<Published>>,
    /// The news agency that the text names as its own source: the brackets of the dateline or of the last line.
    pub agency: Option<Found<String>>,
    /// The dateline at the head of the text: its place and day are the desk's, not the incident's.
    pub dateline: Option<Span>,
    /// The text, headline first.
    pub text: String,
    /// What each part of the text is.
    pub blocks: Vec<Block>,
}

/// A value about the article and the place it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it was found.
    pub basis: Basis,
}

/// Where a fact about the article was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A `Key: value` header line of a text file.
    Header,
    /// A field of a JSON record.
    Record,
    /// The dateline at the head of the text.
    Dateline,
    /// A line of its own in the text: a full date, a headline, "By ...", the agency at the end.
    Line,
    /// JSON-LD.
    JsonLd,
    /// OpenGraph or `article:` properties.
    OpenGraph,
    /// Another `meta` element.
    Meta,
    /// A `time`, `title` or heading element.
    Element,
    /// The address.
    Address,
}

/// A time of publication as precise as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Published {
    /// The day, local to the outlet: `2024-03-04`. The year is never guessed: `XXXX-08-30` when none is printed.
    pub date: crate::Edtf,
    /// The full RFC 3339 time when one was printed.
    pub time: Option<String>,
}

/// A part of the text and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The part.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a part of the text is. Only headlines and paragraphs are read for incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline or a subheading inside the text.
    Headline,
    /// Running text.
    Paragraph,
    /// Share buttons, newsletter boxes, author boxes, references, related headlines: kept, never read.
    Furniture,
}

impl Article {
    /// The name under which reports are compared: outlet, or the host of the address, or nothing.
    pub fn outlet_name(&self) -> Option<&str> {
        self.outlet.as_ref().map(|o| o.value.as_str())
    }

    /// The day of publication.
    pub fn published_on(&self) -> Option<&crate::Edtf> {
        self.published.as_ref().map(|p| &p.value.date)
    }

    /// Whether `blocks` keeps its promise: in order, apart, inside the text, on character boundaries.
    pub fn check(&self) -> Result<(), Problem> {
        let mut at = 0;
        for b in &self.blocks {
            let (s, e) = (b.span.start as usize, b.span.end as usize);
            if s < at || self.text.get(s..e).is_none() {
                return Err(Problem::new(
                    "article/blocks",
                    format!("block {s}..{e} is out of order or outside the text"),
                ));
            }
            if !self.text[at..s].trim().is_empty() {
                return Err(Problem::new("article/blocks", format!("bytes {at}..{s} belong to no block")));
            }
            at = e;
        }
        if !self.text.get(at..).unwrap_or("").trim().is_empty() {
            return Err(Problem::new("article/blocks", format!("bytes from {at} belong to no block")));
        }
        Ok(())
    }
}

impl Article {
    /// An article of running text alone: paragraphs are separated by empty lines.
    pub fn plain(text: impl Into<String>) -> Article {
        let text = text.into();
        let mut blocks = Vec::new();
        let mut at = 0;
        for part in text.split("\n\n") {
            let body = part.trim();
            if !body.is_empty() {
                let start = at + (part.len() - part.trim_start().len());
                blocks.push(Block { span: Span::new(start, start + body.len()), kind: BlockKind::Paragraph });
            }
            at += part.len() + 2;
        }
        Article { text, blocks, ..Article::default() }
    }
}
