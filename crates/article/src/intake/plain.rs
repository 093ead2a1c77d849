//! Plain text: an optional header of `Key: value` lines, then lines and paragraphs.

use super::{Draft, Part};
use crate::{Basis, fold};

/// Reads a text file.
pub(super) fn read(text: &str) -> Draft {
    let mut draft = Draft::default();
    let body = header(text, &mut draft);
    draft.parts = parts(body);
    draft
}

/// The parts of a text: paragraphs between empty lines; without empty lines, every line; wrapped lines are joined.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let lines: Vec<&str> =
        text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}', '\u{b}']).map(str::trim_end).collect();
    let mut parts = Vec::new();
    for chunk in lines.split(|l| l.trim().is_empty()).filter(|c| !c.is_empty()) {
        if is_wrapped(chunk) {
            push_wrapped(chunk, &mut parts);
        } else {
            parts.extend(chunk.iter().map(|l| Part::plain(l)));
        }
    }
    parts.retain(|p| !p.text.is_empty());
    parts
}

/// Lines broken at a margin: nearly all are about as long as the longest, few end a sentence, and many begin in the
/// middle of one. In capitals that last sign is missing, so that there must be more lines.
fn is_wrapped(lines: &[&str]) -> bool {
    let length = |l: &str| l.trim().chars().count();
    let longest = lines.iter().map(|l| length(l)).max().unwrap_or(0);
    if lines.len() < 2 || !(40..=130).contains(&longest) {
        return false;
    }
    let indented = |l: &str| l.starts_with([' ', '\t']);
    let ends = |i: usize| i + 1 == lines.len() || (indented(lines[i + 1]) && !indented(lines[i]));
    let inner: Vec<&str> = (0..lines.len()).filter(|i| !ends(*i)).map(|i| lines[i]).collect();
    let full = inner.iter().filter(|l| length(l) * 10 >= longest * 7).count();
    let stops = inner.iter().filter(|l| l.ends_with(['.', '!', '?', '"', '”'])).count();
    let lower = lines[1..].iter().filter(|l| l.trim().starts_with(char::is_lowercase)).count();
    let capitals = !lines.iter().any(|l| l.contains(char::is_lowercase));
    let goes_on = lower * 3 >= lines.len() - 1 || (capitals && inner.len() >= 2);
    !inner.is_empty() && goes_on && full * 10 >= inner.len() * 8 && stops * 2 <= inner.len()
}

/// Joins wrapped lines; an indented line begins a new paragraph.
fn push_wrapped(lines: &[&str], parts: &mut Vec<Part>) {
    let indented = |l: &str| l.starts_with([' ', '\t']);
    let all_indented = lines.iter().all(|l| indented(l));
    let mut start = 0;
    for i in 1..=lines.len() {
        if i == lines.len() || (indented(lines[i]) && !all_indented) {
            parts.push(Part::plain(&lines[start..i].join(" ")));
            start = i;
        }
    }
}

/// Reads the header if the text begins with one, and returns what follows it.
fn header<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let mut fields = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        let Some((key, value)) = line.split_once(':').filter(|(k, _)| is_key(k)) else { return text };
        fields.push((fold(key.trim()), value.trim()));
        at += line.len();
    }
    // A header names the title, the outlet, the address or the day; one line "Quetta: ..." is a paragraph.
    if !fields.iter().any(|(k, _)| matches!(k.as_str(), "title" | "outlet" | "url" | "published")) {
        return text;
    }
    let facts = &mut draft.facts;
    for (key, value) in fields {
        match key.as_str() {
            "outlet" => super::facts::Facts::note(&mut facts.outlet, value, Basis::Header),
            "title" => super::facts::Facts::note(&mut facts.title, value, Basis::Header),
            "url" => facts.note_url(value, Basis::Header),
            "byline" => facts.note_byline(value, Basis::Header),
            "published" => {
                let before = facts.published.len();
                facts.note_published(value, Basis::Header);
                if facts.published.len() == before && !value.is_empty() {
                    draft.problems.push(crate::Problem::new(
                        "intake/date",
                        format!(
                            "`Published: {value}` is no day or time. Write it like 2024-03-04 or 2024-03-04T10:00:00Z."
                        ),
                    ));
                }
            }
            _ => {}
        }
    }
    &text[at..]
}

fn is_key(s: &str) -> bool {
    !s.is_empty() && s.len() <= 20 && s.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(s: &str) -> Vec<String> {
        parts(s).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn paragraphs_are_found_in_every_habit() {
        assert_eq!(texts("One.\n\nTwo\u{a0}is  here.\r\n\r\nThree."), ["One.", "Two is here.", "Three."]);
        assert_eq!(texts("A short line\nAnother short line\n\nText."), ["A short line", "Another short line", "Text."]);
        let wrapped = "   THE BRIGADE SAID ON MONDAY THAT ABOUT FIFTY PEASANTS HAD BEEN\nTAKEN FROM THEIR HOUSES IN THE NORTH OF THE DEPARTMENT, AND THAT\nNONE HAD RETURNED.\n   MEANWHILE, THREE MEN WERE HURT IN A CLASH NEAR THE RIVER AND WERE\nTAKEN TO THE CAPITAL.";
        assert_eq!(texts(wrapped).len(), 2);
        assert!(texts(wrapped)[0].ends_with("THAT NONE HAD RETURNED."));
    }

    #[test]
    fn a_header_is_a_header_only_with_a_known_key() {
        let mut d = Draft::default();
        assert_eq!(header("Outlet: Halcyon Wire\nTitle: Blast\nX-Note: y\n\nText.", &mut d), "\nText.");
        assert_eq!(d.facts.title[0].value, "Blast");
        assert_eq!(
            header("Quetta: A bomb\nwent off.\n\nText.", &mut Draft::default()),
            "Quetta: A bomb\nwent off.\n\nText."
        );
        let mut bad = Draft::default();
        header("Title: Blast\nPublished: soon\n\nText.", &mut bad);
        assert_eq!(bad.problems[0].code, "intake/date");
    }
}
