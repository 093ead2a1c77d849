//! What counts as the same date, place, figure and actor, and how alike two accounts are.
//!
//! The levels and their weights are part of the score: changing one makes older scores incomparable.

use super::ratio::ratio;
use super::shape::{Account, Figure, Place};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// How two dates relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    /// The same days.
    Same,
    /// Overlapping, or at most a day apart.
    Near,
    /// Further apart.
    Far,
    /// One side says nothing.
    Unknown,
}

/// How two places relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    /// The same city, or the same name or province where the truth has no city.
    Same,
    /// The same country.
    Country,
    /// Not even that.
    Wrong,
    /// The prediction says nothing.
    Unknown,
}

/// The days that a date covers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Days {
    /// Nothing known.
    None,
    /// First and last day.
    Of(Date, Date),
    /// First and last day of some year; a leap year stands in, so that 29 February is a day.
    Yearless(Date, Date),
}

/// Compares the EDTF dates of truth and prediction.
pub(crate) fn dates(gold: &str, pred: &str) -> Dates {
    let (g, p) = (days(gold), days(pred));
    match (g, p) {
        (Days::None, _) | (_, Days::None) => Dates::Unknown,
        (Days::Of(a, b), Days::Of(c, d)) => {
            let day_after = |x: Date| x.checked_add(1.day()).unwrap_or(x);
            match () {
                () if (a, b) == (c, d) => Dates::Same,
                () if a <= day_after(d) && c <= day_after(b) => Dates::Near,
                () => Dates::Far,
            }
        }
        (Days::Of(a, b) | Days::Yearless(a, b), Days::Of(c, d) | Days::Yearless(c, d)) => {
            let of_year = |x: Date| (x.month(), x.day());
            let same = (of_year(a), of_year(b)) == (of_year(c), of_year(d));
            if same { Dates::Same } else { Dates::Far }
        }
    }
}

fn days(edtf: &str) -> Days {
    let plain: String = edtf.trim().chars().filter(|c| !matches!(c, '~' | '?' | '%')).collect();
    let open = plain.starts_with("../") || plain.ends_with("/..");
    let plain = if open { plain.replace("../", "").replace("/..", "") } else { plain };
    match plain.split_once('/') {
        None => one(&plain).unwrap_or(Days::None),
        Some((a, b)) => match (days(a), days(b)) {
            (Days::Of(a, _), Days::Of(_, b)) => Days::Of(a, b),
            (Days::None, x) | (x, Days::None) => x,
            (Days::Yearless(..), x @ Days::Yearless(..)) => x,
            _ => Days::None,
        },
    }
}

fn one(text: &str) -> Option<Days> {
    let mut parts = text.split('-');
    let year = parts.next()?;
    let known = match year {
        "XXXX" => None,
        y if y.len() == 4 && y.bytes().all(|c| c.is_ascii_digit()) => Some(y.parse::<i16>().ok()?),
        _ => return None,
    };
    let mut two = || match parts.next() {
        None | Some("XX") => Some(None),
        Some(n) if n.len() == 2 && n.bytes().all(|c| c.is_ascii_digit()) => Some(Some(n.parse::<i8>().ok()?)),
        Some(_) => None,
    };
    let (month, day) = (two()?, two()?);
    if parts.next().is_some() || known == Some(0) {
        return None;
    }
    let y = known.unwrap_or(2000);
    let (first, last) = match (month, day) {
        (None, _) => (Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?),
        (Some(m), None) => (Date::new(y, m, 1).ok()?, Date::new(y, m, 1).ok()?.last_of_month()),
        (Some(m), Some(d)) => (Date::new(y, m, d).ok()?, Date::new(y, m, d).ok()?),
    };
    Some(if known.is_some() { Days::Of(first, last) } else { Days::Yearless(first, last) })
}

/// Compares places: by city where both have one, else by the words of the name, the province, the country.
pub(crate) fn places(gold: &Place, pred: &Place) -> Places {
    if pred.name.is_empty() && pred.city.is_empty() && pred.country.is_empty() {
        return Places::Unknown;
    }
    let (g, p) = (key(&gold.city), key(&pred.city));
    let same_country = gold.country == pred.country;
    if !g.is_empty() && !p.is_empty() {
        let same = g.contains(&p) || p.contains(&g) || ratio(&g, &p) >= 0.8;
        return match (same, same_country) {
            (true, _) => Places::Same,
            (false, true) => Places::Country,
            (false, false) => Places::Wrong,
        };
    }
    let mut told = words(&pred.name);
    told.extend(words(&pred.city));
    told.extend(words(&pred.admin1));
    let (name, province) = (words(&gold.name), key(&gold.admin1));
    if !name.is_disjoint(&told) {
        return Places::Same;
    }
    if name.is_empty() && g.is_empty() && province.is_empty() {
        return if same_country { Places::Same } else { Places::Wrong };
    }
    if g.is_empty() && !province.is_empty() && province == key(&pred.admin1) {
        return Places::Same;
    }
    if same_country && !gold.country.is_empty() { Places::Country } else { Places::Wrong }
}

/// Whether two figures agree: exact counts must be equal; vague ones agree when both bounds are open alike and within
/// 15 percent, or 1.
pub(crate) fn same_figure(g: &Figure, p: &Figure) -> bool {
    if g.measure != p.measure {
        return false;
    }
    if g.low == g.high || p.low == p.high {
        return (g.low, g.high) == (p.low, p.high);
    }
    let near = |x: Option<f64>, y: Option<f64>| match (x, y) {
        (None, None) => true,
        (Some(x), Some(y)) => (x - y).abs() <= f64::max(1.0, 0.15 * x.max(y)),
        _ => false,
    };
    near(g.low, p.low) && near(g.high, p.high)
}

/// Whether two names are one actor's: equal, one inside the other at word borders, or one the initials of the other.
pub(crate) fn same_actor(a: &str, b: &str) -> bool {
    let (ka, kb) = (key(a), key(b));
    if ka.is_empty() || kb.is_empty() {
        return false;
    }
    let inside = |x: &str, y: &str| format!(" {y} ").contains(&format!(" {x} "));
    let initials_of = |k: &str, name: &str| k.len() > 1 && k.replace(' ', "") == initials(name);
    ka == kb || inside(&ka, &kb) || inside(&kb, &ka) || initials_of(&ka, b) || initials_of(&kb, a)
}

/// How alike two accounts are; below 3 they are not the same account.
pub(crate) fn likeness(g: &Account, p: &Account) -> f64 {
    let (gk, pk): (BTreeSet<&str>, BTreeSet<&str>) =
        (g.kind.iter().map(String::as_str).collect(), p.kind.iter().map(String::as_str).collect());
    let family = |kinds: &BTreeSet<&str>| kinds.iter().map(|k| family_of(k).to_owned()).collect::<BTreeSet<String>>();
    let mut sum = match () {
        () if !gk.is_disjoint(&pk) => 2.0,
        () if !family(&gk).is_disjoint(&family(&pk)) => 1.0,
        () => -1.0,
    };
    sum += match dates(&g.date, &p.date) {
        Dates::Same => 2.0,
        Dates::Near => 1.0,
        Dates::Unknown => 0.0,
        Dates::Far => -2.0,
    };
    sum += match places(&g.place, &p.place) {
        Places::Same => 2.0,
        Places::Country | Places::Unknown => 0.0,
        Places::Wrong => -2.0,
    };
    let figures = g.figures.iter().filter(|f| p.figures.iter().any(|q| same_figure(f, q))).count();
    sum += f64::min(4.0, 2.0 * figures as f64);
    let actor = g.perpetrators.iter().any(|a| p.perpetrators.iter().any(|b| same_actor(&a.name, &b.name)));
    sum += f64::from(u8::from(actor));
    let hurt = |a: &Account| a.targets.iter().chain(&a.victims).flat_map(|x| words(x)).collect::<BTreeSet<String>>();
    sum + f64::from(u8::from(!hurt(g).is_disjoint(&hurt(p))))
}

/// Kinds that reporters use for each other; a kind in no family is its own.
fn family_of(kind: &str) -> &str {
    match kind {
        "bombing" | "suicide_bombing" | "armed_attack" | "assassination" | "execution" | "shelling" | "airstrike"
        | "clash" | "raid" => "v",
        "abduction" | "hostage_taking" | "hijacking" => "t",
        "arson" | "sabotage" => "d",
        other => other,
    }
}

/// The form in which names are compared: folded, without a leading article, letters and digits only.
pub(crate) fn key(s: &str) -> String {
    let folded = fold(s);
    let bare = ["the", "a", "an"]
        .iter()
        .find_map(|article| folded.strip_prefix(article).filter(|rest| rest.starts_with(char::is_whitespace)))
        .unwrap_or(&folded);
    runs(bare).collect::<Vec<_>>().join(" ")
}

fn words(s: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 6] = ["the", "and", "for", "area", "province", "city"];
    runs(&fold(s)).filter(|w| w.len() >= 3 && !EMPTY.contains(w) && *w != "district").map(str::to_owned).collect()
}

fn runs(s: &str) -> impl Iterator<Item = &str> {
    s.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit()).filter(|w| !w.is_empty())
}

fn fold(s: &str) -> String {
    s.nfkd().filter(|c| canonical_combining_class(*c) == 0).collect::<String>().to_lowercase()
}

fn initials(s: &str) -> String {
    s.split(|c: char| !c.is_ascii_alphabetic())
        .filter_map(|w| w.chars().next().filter(char::is_ascii_uppercase))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_meet_by_the_days_they_cover() {
        for (g, p, want) in [
            ("2024-03-04", "2024-03-04", Dates::Same),
            ("2024-03-04~", "2024-03-04", Dates::Same),
            ("2024-03-04", "2024-03-05", Dates::Near),
            ("2024-03", "2024-03-31", Dates::Near),
            ("2024-03-04/2024-03-06", "2024-03-08", Dates::Far),
            ("XXXX-11-02", "2021-11-02", Dates::Same),
            ("XXXX-11-02", "2021-11-03", Dates::Far),
            ("2024-02-29/..", "2024-02-29", Dates::Same),
            ("2024-13-01", "2024-03-01", Dates::Unknown),
            ("", "2024", Dates::Unknown),
        ] {
            assert_eq!(dates(g, p), want, "{g} {p}");
        }
    }

    #[test]
    fn vague_figures_agree_within_bounds() {
        let f = |low, high| Figure { measure: "killed".into(), low, high, words: String::new() };
        assert!(same_figure(&f(Some(30.0), None), &f(Some(33.0), None)));
        assert!(!same_figure(&f(Some(30.0), None), &f(Some(30.0), Some(30.0))));
        assert!(!same_figure(&f(Some(30.0), Some(30.0)), &f(Some(31.0), Some(31.0))));
        assert!(same_figure(&f(Some(24.0), Some(99.0)), &f(Some(21.0), Some(90.0))));
    }

    #[test]
    fn actors_meet_by_name_part_or_initials() {
        assert!(same_actor("the Red Valley Front", "Red Valley Front (RVF)"));
        assert!(same_actor("RVF", "Red Valley Front"));
        assert!(!same_actor("Red Valley", "Reds"));
        assert!(!same_actor("", "Reds"));
    }
}
