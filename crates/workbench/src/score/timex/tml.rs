//! TimeML files: their text without tags, their TIMEX3 annotations, and the same text with other ones.

use article::{Edtf, Span, Timex};
use std::fmt::Write;

/// One file.
pub(super) struct Document {
    /// What stands before the text, without tags of annotation but those of the creation time.
    head: String,
    /// The text, without tags and with its characters for entities.
    pub(super) text: String,
    /// The annotated times, in text order.
    pub(super) times: Vec<Timex>,
    /// The day of the document's creation.
    pub(super) created: Option<Edtf>,
}

impl Document {
    /// Reads a file; `None` without a `TEXT` element.
    pub(super) fn parse(raw: &str) -> Option<Document> {
        let (head, rest) = raw.split_once("<TEXT>")?;
        let body = rest.rsplit_once("</TEXT>").map_or(rest, |(body, _)| body);
        let created = element(head, "DCT")
            .or_else(|| element(head, "DATE_TIME"))
            .and_then(|dct| attribute(dct, "value").as_deref().and_then(day).or_else(|| day(strip(dct).trim())));
        let (mut text, mut times) = (String::with_capacity(body.len()), Vec::new());
        let mut open: Vec<(usize, &str)> = Vec::new();
        for part in parts(body) {
            match part {
                Part::Text(t) => text.push_str(&unescape(t)),
                Part::Tag(tag) if tag.starts_with("/TIMEX3") => {
                    if let Some((start, tag)) = open.pop() {
                        times.extend(timex(&text, start, tag));
                    }
                }
                Part::Tag(tag) if tag.starts_with("TIMEX3") && !tag.ends_with('/') => open.push((text.len(), tag)),
                Part::Tag(_) => {}
            }
        }
        times.sort_by_key(|t| t.span.start);
        Some(Document { head: header(head), text, times, created })
    }

    /// The file with `times` for its annotations.
    pub(super) fn with(&self, times: &[Timex]) -> String {
        let mut out = format!("{}<TEXT>", self.head);
        let mut at = 0;
        for (n, t) in times.iter().enumerate() {
            let (from, to) = (t.span.start as usize, t.span.end as usize);
            let modifier = t.modifier.map_or(String::new(), |m| format!(" mod=\"{m}\""));
            out.push_str(&escape(&self.text[at..from]));
            let _ = write!(out, "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"{modifier}>", n + 1, t.kind, t.value);
            out.push_str(&escape(&self.text[from..to]));
            out.push_str("</TIMEX3>");
            at = to;
        }
        out.push_str(&escape(&self.text[at..]));
        out.push_str("</TEXT>\n\n</TimeML>\n");
        out
    }
}

enum Part<'a> {
    Text(&'a str),
    /// Without its angles.
    Tag(&'a str),
}

/// Texts and tags in turn; comments count as tags.
fn parts(xml: &str) -> Vec<Part<'_>> {
    let (mut out, mut rest) = (Vec::new(), xml);
    while let Some(open) = rest.find('<') {
        out.push(Part::Text(&rest[..open]));
        let behind = &rest[open + 1..];
        let end = if behind.starts_with("!--") { behind.find("-->").map(|e| e + 2) } else { behind.find('>') };
        let Some(close) = end else { return out };
        out.push(Part::Tag(&behind[..close]));
        rest = &behind[close + 1..];
    }
    out.push(Part::Text(rest));
    out
}

/// A TIMEX3 from its opening tag, without white space at its ends.
fn timex(text: &str, start: usize, tag: &str) -> Option<Timex> {
    let words = &text[start..];
    let from = start + (words.len() - words.trim_start().len());
    let to = start + words.trim_end().len();
    let kind = match attribute(tag, "type")?.as_str() {
        "DATE" => "DATE",
        "TIME" => "TIME",
        "DURATION" => "DURATION",
        _ => "SET",
    };
    let value = attribute(tag, "value").or_else(|| attribute(tag, "VAL")).unwrap_or_default();
    (from < to).then(|| Timex { span: Span::new(from, to), kind, value, modifier: None })
}

fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(inner, _)| inner)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescape(value))
}

/// The day of "1998-11-20T19:30", "1998-11-20 19:30", "19981120" or "11/20/1998".
fn day(value: &str) -> Option<Edtf> {
    let iso = value.get(..10).and_then(|d| d.parse().ok());
    let digits = || {
        let d = value.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        format!("{}-{}-{}", &d[..4], &d[4..6], &d[6..]).parse().ok()
    };
    let american = || {
        let mut it = value.split([' ', 'T']).next()?.split('/');
        let (m, d, y) = (it.next()?, it.next()?, it.next()?);
        format!("{y:0>4}-{m:0>2}-{d:0>2}").parse().ok()
    };
    iso.or_else(digits).or_else(american)
}

/// The head without tags of annotation outside of the creation time, so that ours are the only ones.
fn header(head: &str) -> String {
    let (mut out, mut dct) = (String::new(), false);
    for part in parts(head) {
        match part {
            Part::Text(t) => out.push_str(t),
            Part::Tag(tag) => {
                dct = dct && tag != "/DCT" || tag == "DCT";
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
                if dct || !matches!(name, "TIMEX3" | "EVENT" | "SIGNAL") {
                    let _ = write!(out, "<{tag}>");
                }
            }
        }
    }
    out
}

fn strip(xml: &str) -> String {
    parts(xml).into_iter().map(|p| if let Part::Text(t) = p { unescape(t) } else { String::new() }).collect()
}

const ENTITIES: [(&str, &str); 5] = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];

fn unescape(xml: &str) -> String {
    if !xml.contains('&') {
        return xml.to_owned();
    }
    ENTITIES.iter().fold(xml.to_owned(), |s, (from, to)| s.replace(from, to))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
