//! Whether a known name, where it stands, names a place.
//!
//! The rules ask, in this order: is it an abbreviation that counts only in a pattern; does it belong to a person; is it
//! part of the name of a body or a structure; and, for names that cannot be trusted alone, does anything speak for a
//! place. A name that is bound, by a word for its kind or by the place it lies in, needs nothing else.

use super::PlaceVia;
use super::cues::Cue;
use super::scan::{Case, Found, Scan, has_capital, is_capitals};
use crate::gazetteer::{Candidate, Doubt, EntryKind};
use crate::{Span, TokenKind, fold};

/// Where a name stands: tokens `i..j` of the sentence `first..end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub(super) first: usize,
    pub(super) i: usize,
    pub(super) j: usize,
    pub(super) end: usize,
    pub(super) case: Case,
}

/// What surrounds the name.
struct Around {
    /// The word before, articles and the stop of a title left out.
    before: Cue,
    /// The word right before begins with a capital.
    capital_before: bool,
    /// The word right after.
    after: Cue,
    capital_after: bool,
    /// A kind word or a container says that it is a place.
    bound: bool,
    /// It may mean a country or region, whose name is seldom a person's or a small place's.
    country: bool,
    /// It may mean a capital, which may say something as a country does.
    seat: bool,
    doubt: Doubt,
}

/// The mention at `at`, and the token after it; `None` when the name does not name a place here.
pub(super) fn judge(scan: &Scan, at: At, senses: Vec<Candidate>) -> Option<(Found, usize)> {
    let doubt = senses.first()?.doubt;
    let name = Span::join(scan.tokens[at.i].span, scan.tokens[at.j - 1].span);
    let words = name.of(scan.text);
    if doubt.capitals && (!is_capitals(words) || at.case == Case::Flat && words.len() < 3) {
        return None;
    }
    if at.case == Case::Mixed && is_acronym(scan, words, &senses) {
        return None;
    }
    let after_comma = after_comma(scan, at);
    if doubt.bound && !after_comma {
        return None;
    }
    let (hint, mut from, to) = kind_beside(scan, at, &senses);
    let around = around(scan, at, &senses, hint.is_some() || after_comma || before_container(scan, at));
    let mut via = if senses[0].demonym { PlaceVia::Demonym } else { PlaceVia::Name };
    let mut tentative = false;
    if via == PlaceVia::Name {
        if is_person(scan, at, &around) {
            return None;
        }
        if to == at.j {
            via = body(scan, at, &around)?;
        }
        if !around.bound {
            tentative = doubted(scan, at, &around)?;
        }
    }
    if scan.found.last().is_some_and(|f| f.span.end > scan.tokens[from].span.start) {
        from = at.i;
    }
    let span = Span::join(scan.tokens[from].span, scan.tokens[to - 1].span);
    let key = fold(words);
    Some((Found { span, name, key, senses, hint, via, inside: None, tentative, dateline: false }, to))
}

/// "MEI", "EU": few capitals among other letters are initials, unless a great place has that name, as in datelines.
fn is_acronym(scan: &Scan, words: &str, senses: &[Candidate]) -> bool {
    const GREAT: u32 = 200_000;
    let great = |s: &Candidate| s.main && scan.gaz.record(s.entry).is_some_and(|r| r.population >= GREAT);
    let doubt = senses[0].doubt;
    words.len() <= 4
        && is_capitals(words)
        && !words.contains('.')
        && !doubt.capitals
        && !doubt.bound
        && !senses.iter().any(great)
}

/// "Herat province", "city of Herat": the kind, and the tokens that the mention then covers.
fn kind_beside(scan: &Scan, at: At, senses: &[Candidate]) -> (Option<EntryKind>, usize, usize) {
    let province = may_be(scan, senses, EntryKind::Province);
    if at.j < at.end {
        let word = &scan.tokens[at.j];
        // "Kabul capital" is no capital called Kabul, and "Boston State" is a college.
        let cue = scan.cues[at.j];
        let other = cue.is(Cue::SEAT) || cue.is(Cue::SHARED) && word.capital && !province;
        if let Some(kind) = cue.kind().filter(|_| !other) {
            return (Some(kind), at.i, at.j + 1);
        }
    }
    if at.i >= at.first + 2
        && scan.cues[at.i - 1].is(Cue::JOINING)
        && let Some(kind) = scan.cues[at.i - 2].kind()
    {
        return (Some(kind), at.i - 2, at.j);
    }
    (None, at.i, at.j)
}

fn may_be(scan: &Scan, senses: &[Candidate], kind: EntryKind) -> bool {
    senses.iter().any(|s| scan.gaz.record(s.entry).is_some_and(|r| r.kind == kind))
}

fn around(scan: &Scan, at: At, senses: &[Candidate], bound: bool) -> Around {
    let At { first, i, j, end, .. } = at;
    let word = |k: usize| (first..end).contains(&k) && scan.tokens[k].kind == TokenKind::Word;
    // "in the Netherlands", "Gen. Houston"
    let skip = i > first + 1 && (scan.cues[i - 1].is(Cue::ARTICLE) || scan.tokens[i - 1].norm == ".");
    let before = if skip { i.checked_sub(2) } else { i.checked_sub(1) };
    let before = before.filter(|b| word(*b)).map_or(Cue::default(), |b| scan.cues[b]);
    Around {
        before,
        capital_before: i > first && word(i - 1) && scan.tokens[i - 1].capital,
        after: if word(j) { scan.cues[j] } else { Cue::default() },
        capital_after: word(j) && scan.tokens[j].capital,
        bound,
        country: may_be(scan, senses, EntryKind::Country) || may_be(scan, senses, EntryKind::Region),
        seat: senses.iter().any(|s| scan.gaz.record(s.entry).is_some_and(|r| r.capital)),
        doubt: senses[0].doubt,
    }
}

/// "Mr Jackson", "Michael Jackson", "Austin Clark", and "Jackson" after any of them; "Jackson said".
fn is_person(scan: &Scan, at: At, a: &Around) -> bool {
    if a.bound {
        return false;
    }
    let initial = at.i >= at.first + 2
        && scan.tokens[at.i - 1].norm == "."
        && scan.tokens[at.i - 2].norm.chars().count() == 1
        && at.case != Case::Flat;
    let given = a.capital_before && a.before.is(Cue::GIVEN) && !a.before.is(Cue::PLACE) && !a.before.is(Cue::VERB);
    if initial || given && (at.case != Case::Flat || !a.country) {
        return true;
    }
    let one = at.j == at.i + 1;
    let word = &scan.tokens[at.i].norm;
    let known_after = a.after.kind().is_some() || a.after.is(Cue::SITE) || a.after.is(Cue::BODY);
    if one && Cue::of(word).is(Cue::GIVEN) && a.capital_after && at.case == Case::Mixed && !known_after {
        return true;
    }
    if a.country {
        return false;
    }
    let cued = a.before.is(Cue::PLACE) && !a.doubt.person;
    let met = one && !cued && scan.persons.contains(&word.as_str());
    let speaks = one && !cued && !a.seat && a.after.is(Cue::VERB);
    a.before.is(Cue::TITLE) || met || speaks
}

/// By what kind of word: the name itself, or a structure named after it; `None` inside the name of a body.
fn body(scan: &Scan, at: At, a: &Around) -> Option<PlaceVia> {
    let site = |yes: bool| Some(if yes { PlaceVia::Site } else { PlaceVia::Name });
    if at.case == Case::Flat {
        return site(a.after.is(Cue::SITE) && !a.country);
    }
    let run =
        (at.j..at.end.min(at.j + 4)).take_while(|k| scan.tokens[*k].capital && scan.tokens[*k].kind == TokenKind::Word);
    let (mut any, mut in_body, mut in_site) = (false, false, false);
    for k in run {
        any = true;
        in_body |= scan.cues[k].is(Cue::BODY);
        in_site |= scan.cues[k].is(Cue::SITE);
    }
    if in_body && !a.country && !in_site {
        return None;
    }
    let longer = any && !in_site && at.case == Case::Mixed && !a.bound && !a.country;
    if longer && !a.doubt.none() {
        return None;
    }
    site(in_site || in_body)
}

/// For a name that cannot be trusted alone: `None` where nothing speaks for a place, else whether it stays tentative.
fn doubted(scan: &Scan, at: At, a: &Around) -> Option<bool> {
    let (one, starts) = (at.j == at.i + 1, at.i == at.first);
    let cued = a.before.is(Cue::PLACE);
    let d = a.doubt;
    if d.none() {
        return Some(false);
    }
    // "Camp Jackson", "New Hampton": a longer name that the gazetteer does not know.
    if a.capital_before
        && at.case == Case::Mixed
        && (a.before.none() || a.before == Cue::ARTICLE)
        && !follows_place(scan, at)
    {
        return None;
    }
    let word = d.word && (at.case != Case::Mixed || one && (!cued || starts));
    let person = d.person && !a.country && (!cued || a.after.is(Cue::VERB) || at.case == Case::Flat);
    let speaks = a.after.is(Cue::VERB) || a.before.is(Cue::VERB);
    let minor = d.minor && (speaks || one && (starts || at.case == Case::Flat && !cued));
    if word || person || minor {
        return None;
    }
    Some(d.word || d.person && !a.country || d.minor)
}

/// Whether the name stands right behind another place and a comma.
fn after_comma(scan: &Scan, at: At) -> bool {
    if at.i < at.first + 2 || scan.tokens[at.i - 1].norm != "," {
        return false;
    }
    let ends = |k: usize| scan.found.last().is_some_and(|f| f.span.end == scan.tokens[k].span.end);
    ends(at.i - 2) || at.i >= at.first + 3 && scan.tokens[at.i - 2].norm == "." && ends(at.i - 3)
}

/// Whether a place of which cities are said to be inside follows after a comma: "X, Afghanistan".
fn before_container(scan: &Scan, at: At) -> bool {
    let At { j, end, .. } = at;
    let mut k = j;
    if k < end && scan.tokens[k].norm == "." {
        k += 1;
    }
    if k + 1 >= end || scan.tokens[k].norm != "," {
        return false;
    }
    let mut walk = scan.gaz.walk();
    let mut container = false;
    for t in scan.tokens[k + 1..end].iter().take(4) {
        if t.kind != TokenKind::Word || !walk.step(&t.norm) {
            break;
        }
        container |= has_capital(t, scan.text)
            && walk.candidates().any(|c| {
                !c.demonym
                    && scan
                        .gaz
                        .record(c.entry)
                        .is_some_and(|r| matches!(r.kind, EntryKind::Country | EntryKind::Province))
            });
    }
    container
}

fn follows_place(scan: &Scan, at: At) -> bool {
    scan.found.last().is_some_and(|f| f.span.end == scan.tokens[at.i - 1].span.end)
}
