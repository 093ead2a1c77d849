//! The dateline, and the day of publication that follows from it and from what the page says.
//!
//! A dateline stands at the head of the text: place, day, agency, and a dash or colon ("KABUL, March 4 (Halcyon Wire) --").
//! Pages and crawlers print days too, and theirs may be years later. The rule ([`settle`]), which never makes a year up:
//!
//! 1. The header of a text file is the word of the person who filed it, and stands.
//! 2. Without a day in the dateline, the first that a page gives is taken: record, JSON-LD, OpenGraph, other `meta`,
//!    a date line in the text, a `time` element, the address.
//! 3. With a whole day in the dateline, that day is taken.
//! 4. With a day and month in the dateline, it gets its year from the first of the days under 2 that lies at most a
//!    week after it (or one day before, for time zones). A day further off proves that the page was made at another
//!    time, so its year proves nothing either: the year stays open, `XXXX-08-30`.
//! 5. Where page and dateline name days at most one apart, the page's full time is kept beside the dateline's day.

use super::days::{self, MONTH, WEEKDAY};
use crate::{Basis, Edtf, Found, Published, fold};
use jiff::civil::Date;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static WORDS: &str = include_str!("../../../../language/en/dateline.txt");

/// The words under one heading of the dateline list.
pub(super) fn words(heading: &'static str) -> impl Iterator<Item = &'static str> {
    let mut inside = false;
    WORDS.lines().filter(|l| !l.starts_with('#')).flat_map(move |l| {
        match l.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(h) => inside = h == heading,
            None if inside => return l.split_whitespace(),
            None => {}
        }
        "".split_whitespace()
    })
}

fn listed(heading: &'static str, word: &str) -> bool {
    words(heading).any(|w| w == word)
}

/// What a dateline says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Its bytes in the line, up to and with the dash or colon.
    pub(super) range: Range<usize>,
    /// Its day, with the year if it was printed.
    pub(super) day: Option<Edtf>,
    /// The agency in its brackets.
    pub(super) agency: Option<String>,
}

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let place_words = words("place words").collect::<Vec<_>>().join("|");
    let word = format!(r"(?:\p{{Lu}}[\p{{L}}\p{{M}}'’.\-]*|{place_words})");
    let place = format!(r"\p{{Lu}}[\p{{L}}\p{{M}}'’.\-]*(?:(?:, ?| ?/ ?| ){word}){{0,7}}");
    let (month, weekday) = (&*MONTH, &*WEEKDAY);
    let day = format!(
        r"(?:(?i:{weekday})[.,]? )?(?:the )?(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[ \-](?P<m>(?i:{month}))(?-u:\b)\.?(?:[, \-]{{1,2}}(?P<y>[0-9]{{4}}|'?[0-9][0-9])(?-u:\b))?|(?P<m2>(?i:{month}))(?-u:\b)\.? (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?-u:\b)(?:,? (?P<y2>[0-9]{{4}})(?-u:\b))?|(?P<full>[0-9]{{4}}-[0-9][0-9]-[0-9][0-9]|[0-9][0-9]\.[0-9][0-9]\.[0-9]{{4}}))"
    );
    let region = r"(?: ?(?:\[[^\]\[]{1,30}\]|\(\p{Lu}{2,3}\)))?";
    let end = r"(?P<end>:(?: |$)| ?--? ?(?:\[|(?-u:\b)|$)| - | ?[–—―] ?|\.? ?$|\. )";
    Regex::new(&format!(
        r#"^(?P<place>{place}?)?{region}(?P<mid>[,.:]? ?[–—\-]? ?)(?:\(?{day}\)?)?(?: ?(?P<bracket>\([^()\n]{{2,40}}\)))?{end}"#
    ))
    .expect("is valid")
});

/// The dateline at the start of `line`, if there is one: it names at least a day or an agency.
pub(super) fn at_head_of(line: &str) -> Option<Dateline> {
    let mut most = line.len().min(160);
    while !line.is_char_boundary(most) {
        most -= 1;
    }
    let head = &line[..most];
    // Most lines have neither a day nor brackets, and groups are dear.
    if !head.contains(|c: char| c.is_ascii_digit() || c == '(') || !DATELINE.is_match(head) {
        return None;
    }
    let c = DATELINE.captures(head)?;
    let part = |name: &str| c.name(name).map(|m| m.as_str());
    let day = match (part("d"), part("d2"), part("full")) {
        (Some(d), _, _) => days::day_of(d, part("m")?, part("y")),
        (_, Some(d), _) => days::day_of(d, part("m2")?, part("y2")),
        (_, _, Some(full)) => days::printed(full).map(|(d, _)| d),
        _ => None,
    };
    let agency = part("bracket").and_then(|b| agency_in(b.trim_matches(['(', ')'])));
    let place = part("place").is_some_and(|p| !p.is_empty());
    if agency.is_none() && !(place && day.is_some()) {
        return None;
    }
    // The regex may end on the first letter after a dash; the range may not.
    let end = c.name("end")?;
    // A name and its abbreviation in brackets are a heading; an agency is followed by its text.
    if day.is_none() && !end.as_str().contains([':', '-', '–', '—', '―']) {
        return None;
    }
    let cut = end.as_str().trim_end_matches(|c: char| !"-–—―:. ".contains(c)).len();
    // A line that ends right after its day was cut at the search limit only if the line goes on.
    if most < line.len() && end.end() == most {
        return None;
    }
    Some(Dateline { range: 0..end.start() + cut, day, agency })
}

/// The agency that brackets name, if they name one and not a day or a province.
fn agency_in(words: &str) -> Option<String> {
    let words = words.trim();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let fits = words.starts_with(char::is_uppercase)
        && !words.chars().any(|c| c.is_ascii_digit())
        && words.split(' ').count() <= 5;
    if !fits
        || (letters <= 2 && !listed("short agencies", &fold(words)))
        || words.split(' ').all(|w| days::month(w).is_some())
    {
        return None;
    }
    Some(words.to_owned())
}

/// The agency that closes a text: "(ANI)" or "— Halcyon Wire" after the last sentence, or on a line of its own.
pub(super) fn agency_at_end(line: &str) -> Option<(String, Range<usize>)> {
    let trimmed = line.trim_end();
    if let Some(open) = trimmed.strip_suffix(')').and_then(|t| t.rfind('(')) {
        let inside = &trimmed[open + 1..trimmed.len() - 1];
        let before = trimmed[..open].trim_end();
        let closes = before.is_empty() || before.ends_with(['.', '!', '?', '"', '”', '’', '\'']);
        let acronym = !inside.contains(' ') && inside.chars().count() <= 6 && inside.chars().all(char::is_uppercase);
        if closes && (acronym || names_agency(inside)) {
            return Some((agency_in(inside)?, open..trimmed.len()));
        }
        return None;
    }
    let start = trimmed.rfind(['—', '–', '―']).or_else(|| trimmed.rfind("--"))?;
    let before = trimmed[..start].trim_end();
    let name = trimmed[start..].trim_start_matches(['—', '–', '―', '-', ' ']);
    let closes = before.is_empty() || before.ends_with(['.', '!', '?', '"', '”']);
    (closes && name.split(' ').count() <= 4 && !name.ends_with('.') && names_agency(name))
        .then(|| (name.to_owned(), start..trimmed.len()))
}

fn names_agency(name: &str) -> bool {
    name.split(' ').all(|w| w.starts_with(char::is_uppercase))
        && name.split(' ').any(|w| listed("agency words", &fold(w)))
}

/// A day on a line of its own: nothing beside it but weekday, time and words such as "Published".
pub(super) struct DayLine {
    /// The day.
    pub(super) day: Edtf,
    /// It is the day of a change.
    pub(super) update: bool,
    /// Nothing else is on the line: it tells a reader nothing about the incident.
    pub(super) alone: bool,
}

/// The day that a short line prints.
pub(super) fn day_line(line: &str) -> Option<DayLine> {
    if line.len() > 90 {
        return None;
    }
    let (day, range) = days::printed(line)?;
    let rest = fold(&format!("{} {}", &line[..range.start], &line[range.end..]));
    let mut update = false;
    let mut others = 0;
    for w in rest.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == ':')).map(|w| w.trim_matches(['.', ':'])) {
        let number = w.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
        update |= listed("update", w);
        let known = w.is_empty()
            || number
            || ["update", "beside a day", "weekdays"].iter().any(|h| listed(h, w))
            || w == "am"
            || w == "pm"
            || w == "last";
        others += usize::from(!known);
    }
    // "Bilaspur, 5 December 2024" names a place as well; a sentence names more.
    (others <= 6).then_some(DayLine { day, update, alone: others == 0 })
}

/// The day of publication, from what the page gives (most trusted first) and the dateline's day. See the module.
pub(super) fn settle(given: &[Found<Published>], dateline: Option<&Edtf>) -> Option<Found<Published>> {
    let first = given.first();
    let Some(day) = dateline else { return first.cloned() };
    if let Some(header) = first.filter(|f| f.basis == Basis::Header) {
        return Some(header.clone());
    }
    let near = given.iter().find_map(|f| {
        let page = f.value.date.single_day()?;
        let written = match day.has_year() {
            true => day.single_day()?,
            false => latest_before(day, page)?,
        };
        (-1..=7).contains(&days_between(written, page)).then_some((f, page, written))
    });
    let Some((found, page, written)) = near else {
        return Some(Found { value: Published { date: day.clone(), time: None }, basis: Basis::Dateline });
    };
    if page == written {
        return Some(found.clone());
    }
    let time = found.value.time.clone().filter(|_| days_between(written, page).abs() <= 1);
    Some(Found { value: Published { date: Edtf::day(written), time }, basis: Basis::Dateline })
}

/// The last day of that name that is not later than the day after `page`.
fn latest_before(day: &Edtf, page: Date) -> Option<Date> {
    [page.year() + 1, page.year(), page.year() - 1]
        .into_iter()
        .filter_map(|y| day.with_year(y).single_day())
        .find(|d| days_between(*d, page) >= -1)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |s| s.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, day: &str, agency: &str, rest: &str) {
        let d = at_head_of(line).unwrap_or_else(|| panic!("no dateline in {line}"));
        let got =
            (d.day.map(|d| d.to_string()).unwrap_or_default(), d.agency.unwrap_or_default(), &line[d.range.end..]);
        assert_eq!(got, (day.to_owned(), agency.to_owned(), rest));
    }

    #[test]
    fn datelines_are_read() {
        check("KABUL, March 4 (Halcyon Wire) -- Two men", "XXXX-03-04", "Halcyon Wire", "Two men");
        check("Kandahar City [AF], August 30 (XNI): In the", "XXXX-08-30", "XNI", "In the");
        check("SAN MIGUEL, 3 JAN 90 (RADIO NORTE) -- [REPORT] THE", "1990-01-03", "RADIO NORTE", "[REPORT] THE");
        check("QUETTA, Feb 16: Families", "XXXX-02-16", "", "Families");
        check("QUETTA (Corvane Press) — An explosion", "", "Corvane Press", "An explosion");
        check("Aug 22 (Halcyon Wire) - Here are", "XXXX-08-22", "Halcyon Wire", "Here are");
        check("LUMBA, Cotabato (November 9) — Two more", "XXXX-11-09", "", "Two more");
        check("GAO, Mali, Feb. 13, 2024 (AP) - A man", "2024-02-13", "AP", "A man");
        check("Baghdad, Thursday 23 May 2024", "2024-05-23", "", "");
        check("BA'QUBA, May 23 – A car", "XXXX-05-23", "", "A car");
        check("ADEN/SANAA, Oct 7 (Reuter-Sud) - Men", "XXXX-10-07", "Reuter-Sud", "Men");
        check("Port Sudan, 20 August — Some", "XXXX-08-20", "", "Some");
    }

    #[test]
    fn sentences_are_no_datelines() {
        for line in [
            "QUETTA: The toll rose.",
            "Three men were killed on March 4 (Monday) in Kabul.",
            "March 4: a bomb.",
            "SARAI (CG): With two more bodies",
            "On August 30 a man came.",
            "SINDH DESERT ACCESS FORUM (SDAF)",
            "The May 4 Movement (M4M) — a front",
            "",
        ] {
            assert_eq!(at_head_of(line), None, "{line}");
        }
    }

    #[test]
    fn a_text_may_end_in_its_agency() {
        let end = |s| agency_at_end(s).map(|(a, _)| a).unwrap_or_default();
        assert_eq!(end("The road was closed. (XNI)"), "XNI");
        assert_eq!(end("The road was closed. — Halcyon Wire"), "Halcyon Wire");
        assert_eq!(end("(Corvane Press)"), "Corvane Press");
        assert_eq!(end("He leads the front (ABC)"), "");
        assert_eq!(end("\"We know nothing.\" — Karim Daud"), "");
        assert_eq!(end("He was from the north (see map)."), "");
    }

    #[test]
    fn date_lines_are_told_from_sentences() {
        assert!(day_line("Published: Wed, 07 Dec 2022 10:30 AM").is_some_and(|d| d.alone && !d.update));
        assert!(day_line("Last updated: 24 May 2024, 21:10").is_some_and(|d| d.alone && d.update));
        assert!(day_line("For release. Sukkur, 5 December 2024").is_some_and(|d| !d.alone));
        assert!(day_line("On 5 December 2024 two men on a motorcycle shot a guard dead in Sukkur.").is_none());
    }

    #[test]
    fn the_dateline_outweighs_the_page_and_no_year_is_made_up() {
        let page = |d: &str, basis| Found {
            value: Published { date: d.parse().unwrap(), time: Some(format!("{d}T01:00:00Z")) },
            basis,
        };
        let say = |given: &[Found<Published>], day: &str| {
            let day = (!day.is_empty()).then(|| day.parse().unwrap());
            settle(given, day.as_ref())
                .map(|f| format!("{} {:?} {}", f.value.date, f.basis, f.value.time.is_some()))
                .unwrap_or_default()
        };
        assert_eq!(say(&[page("2022-12-07", Basis::Line)], "XXXX-08-30"), "XXXX-08-30 Dateline false");
        assert_eq!(say(&[page("2024-03-05", Basis::JsonLd)], "XXXX-03-04"), "2024-03-04 Dateline true");
        assert_eq!(say(&[page("2024-03-09", Basis::JsonLd)], "XXXX-03-04"), "2024-03-04 Dateline false");
        assert_eq!(say(&[page("2024-03-04", Basis::JsonLd)], "XXXX-03-04"), "2024-03-04 JsonLd true");
        assert_eq!(say(&[page("2025-01-02", Basis::JsonLd)], "XXXX-12-30"), "2024-12-30 Dateline false");
        assert_eq!(say(&[page("2024-12-31", Basis::JsonLd)], "XXXX-01-01"), "2025-01-01 Dateline true");
        assert_eq!(say(&[page("2024-03-25", Basis::JsonLd)], "XXXX-03-04"), "XXXX-03-04 Dateline false");
        assert_eq!(say(&[page("2026-01-01", Basis::Meta)], "1990-01-03"), "1990-01-03 Dateline false");
        assert_eq!(
            say(&[page("2026-01-01", Basis::Meta), page("2024-03-04", Basis::Address)], "XXXX-03-04"),
            "2024-03-04 Address true"
        );
        assert_eq!(say(&[page("2024-03-20", Basis::Header)], "XXXX-03-04"), "2024-03-20 Header true");
        assert_eq!(say(&[page("2024-03-20", Basis::Record)], ""), "2024-03-20 Record true");
        assert_eq!(say(&[], "XXXX-03-04"), "XXXX-03-04 Dateline false");
        assert_eq!(say(&[page("2024-03-01", Basis::Meta)], "XXXX-02-29"), "2024-02-29 Dateline true");
    }
}
