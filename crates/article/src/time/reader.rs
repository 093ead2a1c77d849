//! Reads the times of an article, one after another, each against what was told before it.

use super::parse::Scan;
use super::parts::{Parts, Year};
use super::piece::{Digits, Piece, pieces};
use super::resolve::Context;
use super::tense::Tense;
use super::words::{Phrase, Small, Words};
use super::{Modifier, Time, TimeBasis, TimeKind, TimeRole, TimeUnit};
use crate::{Article, Edtf, Partial, Span, TokenKind, Tokens};
use jiff::ToSpan;

/// So many years of the past make a text a history, if they are more than its years of the present and twice its days.
const YEARS_OF_HISTORY: usize = 4;

/// A time and where it stands.
struct Told {
    time: Time,
    parts: Parts,
    begin: usize,
    end: usize,
}

/// All times of `article` in text order.
pub(super) fn read(article: &Article, tokens: &Tokens) -> Vec<Time> {
    let words = Words::get();
    let p = pieces(&article.text, &tokens.tokens, words);
    let mut context = context(article, &p);
    let mut out: Vec<Time> = Vec::new();
    let (mut from, mut bc) = (0, false);
    for s in &tokens.sentences {
        let to = from + p[from..].partition_point(|p| p.token < s.tokens.1);
        let scan = Scan { p: &p, from, to, bc, nothing: words.nothing() };
        let mut i = from;
        let mut before: Option<Told> = None;
        while i < to {
            if let Some((_, end)) = scan.phrase(i, |p| *p == Phrase::Not) {
                i = end;
                continue;
            }
            let Some((parts, end)) = scan.time(i) else {
                i += 1;
                continue;
            };
            let mut told = tell(&scan, &context, parts, i, end);
            if let Some(joined) = before.take_if(|b| joins(&scan, b, &told))
                && let Some(time) = join(&scan, &context, joined, &told)
            {
                out.pop();
                told.time = time;
            }
            if let Some((time, end)) = short_range(&scan, &told) {
                (told.time, told.end) = (time, end);
            }
            if told.time.kind == TimeKind::At
                && let Some(value) = &told.time.value
                && (context.history || told.time.role == TimeRole::At)
            {
                // A story goes on from the end of days that it tells, and through the years that it names.
                let last = value.end.filter(|_| told.time.ends.is_some() && told.time.grain <= TimeUnit::Month);
                context.tell(&last.map_or_else(|| value.clone(), Edtf::from), told.time.grain);
                bc |= value.start.year.is_some_and(|y| y <= 0);
            }
            i = told.end;
            out.push(told.time.clone());
            before = Some(told);
        }
        from = to;
    }
    out
}

/// What is known before the first sentence.
fn context(article: &Article, p: &[Piece<'_>]) -> Context {
    let reference = article.published_on().cloned();
    let published = reference.as_ref().and_then(|r| r.start.year);
    let (mut old, mut present, mut first) = (0, 0, None);
    for (i, piece) in p.iter().enumerate() {
        let led = i > 0 && p[i - 1].word.is(Small::LEAD);
        let dated = i > 0 && p[i.saturating_sub(3)..i].iter().any(|b| b.word.month > 0);
        match piece.digits {
            Digits::Plain(n, 4, false) if (1000..2100).contains(&n) && (led || dated || alone(p, i)) => {
                let year = n as i16;
                match published {
                    Some(now) if year + 1 < now => old += 1,
                    Some(_) => present += 1,
                    None => {}
                }
                if first.is_none() && (dated || published.is_some()) {
                    first = Some(year);
                }
            }
            _ if piece.word.era < 0 && piece.capital => old += 1,
            _ => {
                let today = piece.word.phrases.iter().any(|(rest, p)| rest.is_empty() && matches!(p, Phrase::Day(..)));
                present += 2 * usize::from(today || piece.word.weekday > 0 && piece.capital);
            }
        }
    }
    let history = reference.is_none() || old >= YEARS_OF_HISTORY && old > present;
    Context { reference, history, year: first.filter(|_| history), ..Context::default() }
}

/// Whether a number stands between marks, as the year in a heading or in brackets does.
fn alone(p: &[Piece<'_>], i: usize) -> bool {
    let mark = |k: Option<&Piece<'_>>| k.is_none_or(|k| k.kind == TokenKind::Mark || k.capital);
    mark(i.checked_sub(1).and_then(|k| p.get(k))) && mark(p.get(i + 1))
}

/// The time of `parts` at the pieces from `begin` up to `end`.
fn tell(scan: &Scan<'_>, context: &Context, parts: Parts, begin: usize, end: usize) -> Told {
    let open = parts.year.is_none() && parts.shift.is_none_or(|(_, _, unit)| unit == TimeUnit::Weekend);
    let tense = if open && parts.kind.is_none() && parts.vague.is_none() {
        if ahead(scan, begin) { Tense::Future } else { scan.tense(begin, end) }
    } else {
        Tense::Unknown
    };
    let mut time = build(scan, context, &parts, tense, begin, end);
    if let Some(last) = parts.last
        && let Some(value) = &time.value
    {
        let year = last.year.or(value.start.year);
        let end_of = Partial { year, month: last.month, day: last.day };
        if last.begin > last.first_end || last.first_end > begin {
            let first = Parts { last: None, year: value.start.year.map(Year::Named), ..parts };
            let second = Parts { month: last.month, day: last.day, year: year.map(Year::Named), ..Parts::default() };
            let first = build(scan, context, &first, tense, begin, last.first_end);
            let second = build(scan, context, &second, tense, last.begin, end);
            // "28 December to 3 January" ends in the next year, and "2-30 February" never.
            let days = first.value.as_ref().zip(second.value.as_ref());
            if days.is_some_and(|(a, b)| a.start <= b.start) {
                time.value = Some(Edtf { end: Some(end_of), ..value.clone() });
                time.ends = Some(Box::new([first, second]));
            }
        } else {
            time.value = Some(either(context, value, end_of));
        }
        time.role = TimeRole::At;
    }
    Told { time, parts, begin, end }
}

/// A day that may be read two ways ("04/11/2021"): the one shortly before publication, or the time from one to the other.
fn either(context: &Context, day_first: &Edtf, month_first: Partial) -> Edtf {
    let month_first = Edtf::from(month_first);
    let today = context.reference.as_ref().and_then(Edtf::days).map(|d| d.1);
    let near = |e: &Edtf| {
        let days = e.single_day().zip(today).and_then(|(d, t)| t.since(d).ok()).map(|s| s.get_days());
        days.is_some_and(|n| (-1..60).contains(&n))
    };
    match (near(day_first), near(&month_first)) {
        (true, false) => day_first.clone(),
        (false, true) => month_first,
        _ => {
            let (a, b) = (day_first.start.min(month_first.start), day_first.start.max(month_first.start));
            Edtf { start: a, end: Some(b), approximate: false }
        }
    }
}

fn build(scan: &Scan<'_>, context: &Context, parts: &Parts, tense: Tense, begin: usize, end: usize) -> Time {
    let mut found = context.value(parts, tense);
    if let (Some(value), Some(Modifier::About)) = (&mut found.value, parts.modifier) {
        value.approximate = true;
    }
    let (first, last) = (&scan.p[begin], &scan.p[end - 1]);
    Time {
        span: Span { start: first.start, end: last.end },
        tokens: (first.token, last.token + 1),
        value: found.value,
        basis: found.basis,
        weekday: found.weekday,
        role: role(scan, begin, end),
        kind: parts.kind.unwrap_or(TimeKind::At),
        grain: found.grain,
        modifier: parts.modifier,
        clock: parts.clock,
        part: parts.part,
        length: parts.length,
        vague: found.vague,
        ends: None,
    }
}

/// Whether a word before piece `i` says that the time is yet to come.
fn ahead(scan: &Scan<'_>, i: usize) -> bool {
    (1..=2).any(|n| i >= scan.from + n && scan.phrase(i - n, |p| *p == Phrase::Ahead).is_some_and(|(_, end)| end == i))
}

fn role(scan: &Scan<'_>, begin: usize, end: usize) -> TimeRole {
    let before = (begin > scan.from).then(|| scan.word(begin - 1));
    // "the toll from Wednesday's blast" is Wednesday's.
    let genitive = scan.norm(end) == "'s";
    let near = match before {
        Some(b) if b.is(Small::SINCE) && !genitive => TimeRole::Since,
        Some(b) if b.is(Small::UNTIL) => TimeRole::Until,
        _ => TimeRole::At,
    };
    // "since the army took the town in August 2021": the time of another thing, which only bounds the one told.
    let clause = (scan.from..begin)
        .rev()
        .take(12)
        .take_while(|k| !matches!(scan.norm(*k), "," | ";" | ":" | "." | "\""))
        .find(|k| scan.word(*k).is(Small::SINCE_CLAUSE) || scan.word(*k).is(Small::UNTIL_CLAUSE));
    match clause {
        Some(k) if scan.word(k).is(Small::SINCE_CLAUSE) => TimeRole::Since,
        Some(_) => TimeRole::Until,
        None => near,
    }
}

/// Whether `a` and `b` are the ends of one time: "from Monday to Wednesday", "between 1939 and 1945", "1939-1945".
fn joins(scan: &Scan<'_>, a: &Told, b: &Told) -> bool {
    if a.end + 1 != b.begin || a.time.ends.is_some() || b.time.ends.is_some() || a.time.grain != b.time.grain {
        return false;
    }
    let joint = scan.word(a.end);
    let glued = scan.norm(a.end) == "-" && a.time.grain >= TimeUnit::Month;
    let led = a.begin > scan.from && scan.word(a.begin - 1).is(Small::BETWEEN);
    let word = joint.is(Small::TO) || joint.is(Small::AND) || joint.is(Small::UNTIL);
    let at = |t: &Told| t.time.kind == TimeKind::At && t.time.vague.is_none() && t.time.length.is_none();
    at(a) && at(b) && (glued || led && word)
}

/// One time from `a` to `b`, if `a` is not after `b`.
fn join(scan: &Scan<'_>, context: &Context, a: Told, b: &Told) -> Option<Time> {
    let mut first = a.time;
    // "between March and May 1990": the year is that of both.
    if let (None, Some(year @ Year::Named(_))) = (a.parts.year, b.parts.year)
        && a.parts.month.is_some()
    {
        let parts = Parts { year: Some(year), ..a.parts };
        first = build(scan, context, &parts, Tense::Unknown, a.begin, a.end);
    }
    let (from, to) = (first.value.clone()?, b.time.value.clone()?);
    // "between Monday and Wednesday": the Monday before that Wednesday.
    let days = first.basis == TimeBasis::Weekday && b.time.basis == TimeBasis::Weekday;
    let from = match (from.single_day(), to.single_day()) {
        (Some(a), Some(b)) if days && a > b => Edtf::day(a.checked_sub(7.days()).ok()?),
        _ => from,
    };
    first.value = Some(from.clone());
    let (from_day, to_day) = (from.days_in(Some(2001))?.0, to.days_in(Some(2001))?.1);
    if from_day > to_day {
        return None;
    }
    let value = Edtf { end: Some(to.end.unwrap_or(to.start)), approximate: from.approximate || to.approximate, ..from };
    let span = first.span.join(b.time.span);
    let tokens = (first.tokens.0, b.time.tokens.1);
    let ends = Some(Box::new([first.clone(), b.time.clone()]));
    Some(Time { span, tokens, value: Some(value), role: TimeRole::At, ends, ..first })
}

/// "1939-45": the years, and where they end.
fn short_range(scan: &Scan<'_>, told: &Told) -> Option<(Time, usize)> {
    let t = &told.time;
    let Some(Year::Named(year)) = told.parts.year.filter(|_| t.grain == TimeUnit::Year && t.ends.is_none()) else {
        return None;
    };
    let at = told.end + 1;
    let glued = at < scan.to && scan.p[at].start == scan.p[told.end].end && scan.p[told.end].start == t.span.end;
    let Digits::Plain(n, len @ 1..=2, false) = scan.digits(at) else { return None };
    if !glued || !matches!(scan.norm(told.end), "-" | "/") || year < 1 {
        return None;
    }
    let by = if len == 2 { 100 } else { 10 };
    let last = year / by * by + n as i16;
    if last <= year {
        return None;
    }
    let value = Partial { year: Some(last), month: None, day: None };
    let piece = &scan.p[at];
    let span = Span { start: piece.start, end: piece.end };
    let tokens = (piece.token, piece.token + 1);
    let end = Time { span, tokens, value: Some(value.into()), basis: TimeBasis::Explicit, ..t.clone() };
    let whole = Edtf { end: Some(value), ..t.value.clone()? };
    let joined = Time {
        span: t.span.join(span),
        tokens: (t.tokens.0, tokens.1),
        value: Some(whole),
        role: TimeRole::At,
        ends: Some(Box::new([t.clone(), end])),
        ..t.clone()
    };
    Some((joined, at + 1))
}
