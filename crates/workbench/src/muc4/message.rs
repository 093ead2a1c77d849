//! Messages of a raw MUC text file, each as an article.
//!
//! A file holds many messages; each begins with a line such as `DEV-MUC3-0001 (NOSC)` or `TST2-MUC4-0001`. Then come the
//! dateline (`SAN SALVADOR, 3 JAN 90 (AFP) --`), bracketed words on what kind of text it is (`[REPORT] [TEXT]`), and the
//! text, wrapped at a margin. `text-headers-info` among the papers of MUC-4 has the grammar of all that.
//!
//! Of the brackets of the agency that took the text down, some name the speaker or tell of the recording; these are left
//! out. Others gloss a name (`FMLN [FARABUNDO ...]`); these stay, as round brackets, so that they read like any other news.

use article::{Article, Basis, Block, BlockKind, Edtf, Found, Published, Span};
use jiff::civil::Date;

static APPARATUS: &str = include_str!("apparatus.txt");

/// One message of a file.
pub(crate) struct Message {
    /// Its name: `DEV-MUC3-0001`.
    pub(crate) id: String,
    /// The place of the dateline as printed, without its country in brackets; empty if there is none.
    pub(crate) place: String,
    /// Its text, dateline first, with the day of publication if the dateline has one.
    pub(crate) article: Article,
}

/// The messages of a file in their order; what stands before the first is passed over.
pub(crate) fn messages(text: &str) -> Vec<Message> {
    let mut out: Vec<(String, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match (id(line), out.last_mut()) {
            (Some(id), _) => out.push((id, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    out.into_iter().map(|(id, lines)| message(id, &lines)).collect()
}

/// The name of the message that begins with this line: set, corpus and number, and nothing behind it but brackets.
fn id(line: &str) -> Option<String> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let mut parts = word.split('-');
    let (set, corpus, number) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric());
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let corpus = corpus.to_ascii_uppercase();
    let fits = plain(set) && corpus.strip_prefix("MUC").is_some_and(digits) && digits(number) && parts.next().is_none();
    let rest = rest.trim();
    (fits && (rest.is_empty() || rest.starts_with('('))).then(|| word.to_ascii_uppercase())
}

fn message(id: String, lines: &[&str]) -> Message {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut head = None;
    for (n, printed) in paragraphs(lines).iter().enumerate() {
        let own = if n == 0 { dateline(printed) } else { None };
        let paragraph = match own {
            Some(d) => {
                let (line, body) = printed.split_at(d.end);
                head = Some(d);
                format!("{line} {}", unbracketed(body)).trim_end().to_owned()
            }
            None => unbracketed(printed),
        };
        if paragraph.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        blocks.push(Block { span: Span::new(text.len(), text.len() + paragraph.len()), kind: BlockKind::Paragraph });
        text.push_str(&paragraph);
    }
    let mut article = Article { text, blocks, ..Article::default() };
    let mut place = String::new();
    if let Some(d) = head {
        let found = |value| Found { value, basis: Basis::Dateline };
        article.dateline = Some(Span::new(0, d.end));
        article.agency = d.source.map(found);
        article.published =
            d.day.map(|day| Found { value: Published { date: Edtf::day(day), time: None }, basis: Basis::Dateline });
        place = d.place;
    }
    Message { id, place, article }
}

/// Paragraphs with their lines joined: an empty line parts them, and so does an indented line after one at the margin.
fn paragraphs(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    let mut margin = false;
    for line in lines {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            open = false;
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        match out.last_mut().filter(|_| open && !(indented && margin)) {
            Some(last) => {
                // A word is not broken at the margin, but a compound may be: "LEFT-" and "WING".
                let compound = last.ends_with('-') && last[..last.len() - 1].ends_with(char::is_alphanumeric);
                if !compound {
                    last.push(' ');
                }
                last.push_str(&words);
            }
            None => out.push(words),
        }
        open = true;
        margin = !indented;
    }
    out
}

/// What a dateline says.
struct Dateline {
    /// Where it ends in the paragraph: behind its dashes.
    end: usize,
    place: String,
    day: Option<Date>,
    source: Option<String>,
}

/// The dateline at the head of a paragraph: place, a comma, the day or `NO DATE`, perhaps a source in brackets, dashes.
fn dateline(paragraph: &str) -> Option<Dateline> {
    let dashes = paragraph.find("--")?;
    if dashes > 200 {
        return None;
    }
    let end = dashes + 2;
    let mut head = paragraph[..dashes].trim();
    let mut source = None;
    if let Some(rest) = head.strip_suffix([')', ']']) {
        let open = rest.rfind(['(', '['])?;
        source = Some(rest[open + 1..].trim().to_owned()).filter(|s| !s.is_empty());
        head = rest[..open].trim();
    }
    let (place, day) = head.rsplit_once(',')?;
    let undated = day.trim().eq_ignore_ascii_case("NO DATE");
    let day = crate::muc4::date::day(day);
    if day.is_none() && !undated {
        return None;
    }
    let place = place.split('(').next().unwrap_or("").trim();
    Some(Dateline { end, place: place.to_owned(), day, source })
}

/// A paragraph without the brackets that label or describe, and with all others round.
fn unbracketed(paragraph: &str) -> String {
    let mut out = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        let Some(close) = closing(&rest[open..]) else {
            rest = &rest[open..];
            break;
        };
        let words = &rest[open + 1..open + close];
        let before = out.trim_end();
        // Behind a whole sentence, or before any, brackets label; behind a word they gloss it.
        let label = before.is_empty() || before.trim_end_matches('"').ends_with(['.', '!', '?']);
        if label || describes(words) {
            out.truncate(before.len());
            rest = &rest[open + close + 1..];
            let glued = rest.is_empty() || rest.starts_with([' ', '.', ',', ';', ':', '"', '\'', ')', '!', '?']);
            if out.is_empty() {
                rest = rest.trim_start();
            } else if !glued {
                out.push(' ');
            }
        } else {
            out.push('(');
            out.push_str(&unbracketed_inside(words));
            out.push(')');
            rest = &rest[open + close + 1..];
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Brackets inside brackets become round as well.
fn unbracketed_inside(words: &str) -> String {
    words.replace('[', "(").replace(']', ")")
}

/// The byte of the bracket that closes the one at the start of `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether bracketed words tell of the text or its recording, and not of what it is about.
fn describes(words: &str) -> bool {
    let lower = words.to_lowercase();
    let lower: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    APPARATUS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).any(|entry| {
        let entry: Vec<&str> = entry.split(' ').collect();
        lower.windows(entry.len()).any(|w| w == entry)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "A line of the archive.

DEV-MUC3-0001 (NOSC)

   PUERTO ALTO, 3 JAN 90 (RADIO MAR) -- [REPORT] [HARBOUR PRESS OFFICE,
HPO] [TEXT] TWO MEN WERE SHOT YESTERDAY NEAR THE LEFT-
WING PARTY'S OFFICE.  THE RED VALLEY FRONT [RVF] DENIED IT [AS HEARD].
   [GOMEZ] \"WE SAW THEM [WORDS INDISTINCT] RUN.\"

   [END RECORDING] THE ARMY [WHICH HAS A POST THERE] CAME LATE.

tst3-muc4-0002

   NO CITY (SPAIN), NO DATE -- [TEXT] NOTHING HAPPENED.
TST3-MUC4-0003
ONE LINE WITHOUT A DATELINE [UNCLOSED.
";

    #[test]
    fn messages_begin_with_their_names() {
        let all = messages(FILE);
        let ids: Vec<&str> = all.iter().map(|m| m.id.as_str()).collect();
        assert_eq!(ids, ["DEV-MUC3-0001", "TST3-MUC4-0002", "TST3-MUC4-0003"]);
        for m in &all {
            m.article.check().expect("blocks are in order");
        }
        assert!(messages("").is_empty() && messages("DEV-MUC3-1 is told below").is_empty());
    }

    #[test]
    fn the_dateline_gives_place_day_and_source() {
        let all = messages(FILE);
        let day = |m: &Message| m.article.published_on().map(ToString::to_string);
        assert_eq!((all[0].place.as_str(), day(&all[0]).as_deref()), ("PUERTO ALTO", Some("1990-01-03")));
        assert_eq!(all[0].article.agency.as_ref().map(|a| a.value.as_str()), Some("RADIO MAR"));
        assert_eq!((all[1].place.as_str(), day(&all[1])), ("NO CITY", None));
        assert_eq!((all[2].place.as_str(), day(&all[2])), ("", None));
        let span = all[0].article.dateline.expect("has a dateline");
        assert_eq!(span.of(&all[0].article.text), "PUERTO ALTO, 3 JAN 90 (RADIO MAR) --");
    }

    #[test]
    fn brackets_that_describe_go_and_glosses_stay() {
        let all = messages(FILE);
        assert_eq!(
            all[0].article.text,
            "PUERTO ALTO, 3 JAN 90 (RADIO MAR) -- TWO MEN WERE SHOT YESTERDAY NEAR THE LEFT-WING PARTY'S OFFICE. THE RED VALLEY FRONT (RVF) DENIED IT.\n\n\"WE SAW THEM RUN.\"\n\nTHE ARMY (WHICH HAS A POST THERE) CAME LATE."
        );
        assert_eq!(all[1].article.text, "NO CITY (SPAIN), NO DATE -- NOTHING HAPPENED.");
        assert_eq!(all[2].article.text, "ONE LINE WITHOUT A DATELINE [UNCLOSED.");
    }
}
