//! Short names for incidents and their parts, as tables and headings print them.

use crate::screen::plain;
use account::{Binding, Figure, Source, Standing};
use archive::{Kept, Whole};
use article::Article;
use std::collections::BTreeMap;

/// Where it happened: "Kabul, AFG".
pub(crate) fn place(whole: &Whole) -> String {
    let (place, country) = (plain(whole.chosen("place")), plain(whole.chosen("country")));
    match (place.is_empty(), country.is_empty()) {
        (true, _) => country,
        (_, true) => place,
        _ => format!("{place}, {country}"),
    }
}

/// A place and what lies around it, without repeats: "Kabul, Kabul, AFG" says no more than "Kabul, AFG".
pub(crate) fn apart<'a>(name: &'a str, around: impl IntoIterator<Item = &'a str>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for more in std::iter::once(name).chain(around).map(plain) {
        if !more.is_empty() && !parts.iter().any(|p| p.contains(&more)) {
            parts.push(more);
        }
    }
    parts.join(", ")
}

/// What it was: "suicide bombing, armed attack".
pub(crate) fn kinds(whole: &Whole) -> String {
    whole.kinds().iter().map(|k| k.name().replace('_', " ")).collect::<Vec<_>>().join(", ")
}

/// The dead: "13–200 disputed".
pub(crate) fn toll(whole: &Whole) -> String {
    archive::toll(&whole.incident).map(|t| t.to_string()).unwrap_or_default()
}

/// Who published it: the outlet, else the host of the address, else the file.
pub(crate) fn outlet(kept: &Kept) -> String {
    named(&kept.article).or_else(|| kept.origins.first().map(|o| plain(o))).unwrap_or_else(|| kept.id.clone())
}

/// The outlet, else the host of the address.
pub(crate) fn named(article: &Article) -> Option<String> {
    let host = || article.url.as_ref()?.value.split("://").nth(1)?.split('/').next().map(str::to_owned);
    article.outlet_name().map(str::to_owned).or_else(host).map(|o| plain(&o)).filter(|o| !o.is_empty())
}

/// Who says it: "a hospital official, via Sahel Wire".
pub(crate) fn said_by(sources: &[Source]) -> String {
    sources.iter().map(|s| plain(&s.words)).collect::<Vec<_>>().join(", via ")
}

/// A number of people: `13`, `30+`, `≤40`, `190–199`.
pub(crate) fn people(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("{a}+"),
        (None, Some(b)) => format!("≤{b}"),
        (None, None) => plain(&figure.words),
    }
}

/// How many accounts bind each actor how: "Red Valley Front (claimed, accused 2×)".
pub(crate) fn actors(whole: &Whole) -> String {
    let mut by_actor: BTreeMap<&str, (&str, BTreeMap<Standing, usize>)> = BTreeMap::new();
    for b in bindings(whole) {
        let name = b.name.strip_prefix("The ").or(b.name.strip_prefix("the ")).unwrap_or(&b.name);
        let entry = by_actor.entry(&b.actor).or_insert((name, BTreeMap::new()));
        // Of several names the longest says most; of equally long ones the first by letters.
        if (name.len(), std::cmp::Reverse(name)) > (entry.0.len(), std::cmp::Reverse(entry.0)) {
            entry.0 = name;
        }
        *entry.1.entry(b.status).or_default() += 1;
    }
    let times = |(s, n): (&Standing, &usize)| if *n > 1 { format!("{s} {n}×") } else { s.to_string() };
    by_actor
        .values()
        .map(|(name, standings)| {
            format!("{} ({})", plain(name), standings.iter().map(times).collect::<Vec<_>>().join(", "))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

fn bindings(whole: &Whole) -> impl Iterator<Item = &Binding> {
    whole.accounts.iter().flat_map(|a| &a.perpetrators)
}

/// "1 article", "2 articles".
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The shortest prefixes, of at least eight characters, by which all `ids` can be told apart.
pub(crate) fn short<'a>(ids: impl Iterator<Item = &'a str>) -> usize {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    let common = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    ids.windows(2).map(|w| common(w[0], w[1]) + 1).chain([8]).max().unwrap_or(8)
}

/// What chose the value of a field: the name of the rule, or `decision` where a person did.
pub(crate) fn chosen_by(field: &incident::Field) -> &'static str {
    if field.choice().is_some_and(|r| r.by.is_some()) { "decision" } else { field.rule.name() }
}
