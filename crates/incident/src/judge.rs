//! Do the accounts of an incident contradict each other, or did what they report go on?
//!
//! A toll that rises is no contradiction, and two tolls of one time are. What tells them apart is when each number was first
//! published by its origin, not when it was last repeated: an old number in a late copy is still old. Those who know both
//! numbers and tell the one after the other (*from 13 to 15*) say themselves that it went on; those who name a number to deny it
//! (*13, not 11*) say that somebody contradicts them.

use crate::choose::number;
use crate::names::{same_place, telling};
use crate::reading::{Members, excludes, print, range};
use crate::{Field, Filed, Reading};
use account::{Actors, Kind, Measure, Standing, is_generic};
use std::collections::{BTreeMap, BTreeSet};

/// A toll is settled after this time, in seconds: who gives a higher one later contradicts it.
const SETTLED: i64 = 30 * 86_400;

/// (disputed, revised): whether independent sides exclude each other, and whether numbers went on to others.
///
/// *Cost*: sides that say the same stand for one another, and copies for their origin, so that a thousand reports cost
/// little more than one.
pub(crate) fn judge(members: &Members<'_>, field: &Field) -> (bool, bool) {
    let sides = sides(members, field);
    let measure = Measure::named(&field.name);
    let quoting = measure.is_some() || field.name == "perpetrator";
    // Nobody denies what nobody said: a denial answers somebody, though no account here may quote them.
    let denial = |r: &Reading| r.detail == Standing::Denied.name() && !is_generic(&r.value);
    let (mut disputed, mut revised) = (field.name == "perpetrator" && field.readings.iter().any(denial), false);
    for (x, a) in sides.iter().enumerate() {
        for b in sides[x..].iter().filter(|b| exclude(members, field, a, b)) {
            // Two people whom one account quotes.
            if quoting && a.members.iter().any(|i| b.members.contains(i)) {
                disputed = true;
            }
            let bridged = measure.is_some() && sides.iter().any(|c| c.tells_of(field, a, b));
            for (of_a, first) in &a.origins {
                for (_, second) in b.origins.iter().filter(|(of_b, _)| *of_b != of_a) {
                    match measure {
                        Some(m) if bridged || went_on(m, first, second) => revised = true,
                        _ => disputed = true,
                    }
                }
            }
            if disputed && (revised || measure.is_none()) {
                return (disputed, revised);
            }
        }
    }
    (disputed, revised)
}

/// Accounts, or people quoted in accounts, that say the same of a field.
struct Side {
    /// Their readings, as indices into the field's.
    said: BTreeSet<usize>,
    /// Indices of the accounts.
    members: BTreeSet<usize>,
    /// When each origin among them first said it.
    origins: BTreeMap<usize, First>,
}

/// The first account of one origin that says something.
#[derive(Clone, Copy)]
struct First {
    /// Whether its time is unknown, and its second.
    time: (bool, i64),
    /// The greatest total that it gives.
    top: Option<u64>,
    /// The greatest number of dead that it gives.
    killed: Option<u64>,
}

impl Side {
    /// Whether one voice gives the numbers of both sides, as one that goes on from the other.
    fn tells_of(&self, field: &Field, a: &Side, b: &Side) -> bool {
        let meets = |side: &Side| {
            let agree = |n: &&usize| side.said.iter().any(|m| !apart(field, **n, *m));
            self.said.iter().filter(agree).copied().collect::<BTreeSet<usize>>()
        };
        let (with_a, with_b) = (meets(a), meets(b));
        !with_a.is_empty() && !with_b.is_empty() && with_a.union(&with_b).count() > 1
    }
}

/// Whether the later of two numbers is the earlier one gone on.
fn went_on(measure: Measure, x: &First, y: &First) -> bool {
    let (before, after) = if x.time <= y.time { (x, y) } else { (y, x) };
    // How many took part does not grow with time, and what has no time is neither before nor after.
    if measure == Measure::Strength || after.time.0 || before.time.1 == after.time.1 {
        return false;
    }
    let (Some(from), Some(to)) = (before.top, after.top) else { return false };
    let soon = after.time.1 - before.time.1 <= SETTLED;
    // The wounded become fewer as some of them die.
    let died = || {
        let risen = after.killed.zip(before.killed).map_or(0, |(a, b)| a.saturating_sub(b));
        measure == Measure::Injured && from.saturating_sub(to) <= risen
    };
    // A number of another order of size counts something else, or somebody is wrong.
    soon && (to > from && to <= from.saturating_mul(10) || died())
}

/// Who says something of the whole, those together that say the same.
fn sides(members: &Members<'_>, field: &Field) -> Vec<Side> {
    let mut said: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (n, r) in field.readings.iter().enumerate().filter(|(_, r)| !r.part) {
        r.accounts.iter().for_each(|i| _ = said.entry(*i).or_default().insert(n));
    }
    let measure = Measure::named(&field.name);
    let mut sides: BTreeMap<(BTreeSet<usize>, &str), BTreeSet<usize>> = BTreeMap::new();
    for (i, said) in said {
        // One name may be that of places in several cities.
        let city = members.filed[i].account.place.as_ref().map_or("", |p| &p.city);
        let voices = measure.map(|m| voices(members.filed[i], m)).unwrap_or_default();
        for values in &voices {
            let of = said.iter().copied().filter(|n| values.contains(&field.readings[*n].value));
            sides.entry((of.collect(), city)).or_default().insert(i);
        }
        if voices.is_empty() {
            sides.entry((said, city)).or_default().insert(i);
        }
    }
    let side = |((said, _), accounts): ((BTreeSet<usize>, &str), BTreeSet<usize>)| {
        let top = said.iter().filter_map(|n| number(&field.readings[*n].value)).max();
        let mut origins: BTreeMap<usize, First> = BTreeMap::new();
        // Accounts are in order of publication: the first of an origin is its earliest.
        for i in &accounts {
            let first = || First { time: members.times[*i], top, killed: killed(members.filed[*i]) };
            origins.entry(members.origin[*i]).or_insert_with(first);
        }
        Side { said, members: accounts, origins }
    };
    sides.into_iter().map(side).collect()
}

fn killed(f: &Filed) -> Option<u64> {
    let totals = f.account.figures.iter().filter(|x| x.measure == Measure::Killed && x.total);
    totals.filter_map(|x| x.low.or(x.high)).max()
}

/// Whether two sides cannot both be right.
///
/// Whoever gives several numbers tells how they rose: one that agrees is enough. Else each word must stand.
fn exclude(members: &Members<'_>, field: &Field, a: &Side, b: &Side) -> bool {
    let mut pairs = a.said.iter().flat_map(|r| b.said.iter().map(move |s| (*r, *s)));
    match field.name.as_str() {
        "place" => {
            let city = |s: &Side| {
                let place = s.members.first().and_then(|i| members.filed[*i].account.place.as_ref());
                place.map_or(String::new(), |p| p.city.clone())
            };
            let (x, y) = (city(a), city(b));
            !x.is_empty() && !y.is_empty() && !same_place(&x, &y)
        }
        "perpetrator" => pairs.any(|(r, s)| apart(field, r, s)) || rivals(members, field, a, b),
        name if Measure::named(name).is_some() => pairs.all(|(r, s)| apart(field, r, s)),
        _ => pairs.any(|(r, s)| apart(field, r, s)),
    }
}

/// Whether two readings of the field exclude each other.
fn apart(field: &Field, r: usize, s: usize) -> bool {
    let (r, s) = (&field.readings[r], &field.readings[s]);
    let Some(measure) = Measure::named(&field.name) else { return excludes(&field.name, r, s) };
    let (a, b) = (loose(&r.value, measure), loose(&s.value, measure));
    a.0 > b.1 || b.0 > a.1
}

/// The people that a reading leaves room for. Vague words ("dozens") have no sharp ends; of those who took part, "more than
/// 60" does not leave room for twice as many.
fn loose(value: &str, measure: Measure) -> (u64, u64) {
    let (low, high) = range(value);
    match high {
        u64::MAX if measure == Measure::Strength => (low, low.saturating_add(low / 2)),
        u64::MAX => (low, high),
        _ if low > 0 && high >= low.saturating_mul(3) => (low - low / 4, high.saturating_add(high / 4)),
        _ => (low, high),
    }
}

/// Whether each side ascribes the incident to actors of its own, of whom none may be one of the other's.
fn rivals(members: &Members<'_>, field: &Field, a: &Side, b: &Side) -> bool {
    let named = |side: &Side| -> Vec<&Reading> {
        let readings = side.said.iter().map(|n| &field.readings[*n]);
        readings.filter(|r| !is_generic(&r.value) && r.detail != Standing::Denied.name()).collect()
    };
    let (xs, ys) = (named(a), named(b));
    // Both sides of a clash did it.
    let clash = |side: &Side| {
        side.members.iter().any(|i| members.filed[*i].account.kinds.iter().any(|k| k.value == Kind::Clash))
    };
    let stated = |rs: &[&Reading]| rs.iter().all(|r| r.detail == Standing::Stated.name());
    let both_fought = (clash(a) || clash(b)) && (stated(&xs) || stated(&ys));
    !xs.is_empty()
        && !ys.is_empty()
        && !both_fought
        && !xs.iter().any(|x| ys.iter().any(|y| may_be_one(&x.value, &y.value)))
}

/// Whether two keys may mean one actor: one name in the other, its initials, a word in common, a parent.
fn may_be_one(a: &str, b: &str) -> bool {
    let list = Actors::builtin();
    let parent = |k: &str| list.get(k).and_then(|x| x.parent.as_deref());
    let letters = |k: &str| k.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let initials =
        |k: &str| k.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next()).collect::<String>();
    let words = |k: &str| telling(std::iter::once(k));
    a == b
        || parent(a).is_some_and(|p| Some(p) == parent(b) || p == b)
        || parent(b) == Some(a)
        || letters(a) == initials(b)
        || letters(b) == initials(a)
        || !words(a).is_disjoint(&words(b))
}

/// The numbers without those that only say the same of another less sharply: "thousands" beside "more than 3,400".
fn sharpest(values: BTreeSet<String>) -> BTreeSet<String> {
    let vague = |v: &String| matches!(range(v), (l, h) if h != u64::MAX && h >= l.saturating_mul(3));
    let meets = |v: &String, w: &String| {
        let ((a, b), (c, d)) = (range(v), range(w));
        a <= d && c <= b
    };
    let blunt = |v: &String| vague(v) && values.iter().any(|w| !vague(w) && meets(v, w));
    values.iter().filter(|v| !blunt(v)).cloned().collect()
}

/// Words in the name of a source that call what it said overtaken.
static OVERTAKEN: &str = include_str!("../../../language/en/superseded-words.txt");

/// Whether the name of a source says that its number was overtaken: "the earlier count".
fn is_overtaken(source: &str) -> bool {
    let folded = article::fold(source);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.any(|w| OVERTAKEN.lines().any(|l| l == w))
}

/// The totals that an account gives of `measure`, by who states them.
///
/// People are told apart by the words for them: "Colonel Guled" is "Guled, a police colonel". The outlet's own voice, and
/// whom no word tells from others ("officials"), are one; but nobody goes on counting those who took part, so that there
/// all who are quoted in other words are others.
fn voices(f: &Filed, measure: Measure) -> Vec<BTreeSet<String>> {
    let totals = f.account.figures.iter().filter(|x| x.measure == measure && x.total);
    let source = |x: &account::Figure| {
        // "Six, not 14": whoever said 14 is no voice of the text's own.
        if x.by == account::DENIED {
            return BTreeSet::from([String::from("not")]);
        }
        let words = x.said_by.first().map(|s| s.words.as_str());
        let telling = telling(words.into_iter());
        if words.is_some_and(is_overtaken) {
            return BTreeSet::new();
        }
        match words {
            Some(w) if telling.is_empty() && measure == Measure::Strength => BTreeSet::from([article::fold(w)]),
            _ => telling,
        }
    };
    let spoken: Vec<(BTreeSet<String>, String)> = totals.map(|x| (source(x), print(x.low, x.high))).collect();
    let one =
        |a: &BTreeSet<String>, b: &BTreeSet<String>| a.is_empty() == b.is_empty() && (a.is_subset(b) || b.is_subset(a));
    let said = |by: &BTreeSet<String>| spoken.iter().filter(|(s, _)| one(s, by)).map(|(_, v)| v.clone()).collect();
    spoken.iter().map(|(by, _)| sharpest(said(by))).collect()
}

#[cfg(test)]
mod tests {
    use crate::Filed;
    use crate::tests::{With, field, link, told};
    use account::{Kind, Measure, Standing};

    fn at(article: &str, published: &str) -> Filed {
        told(article, published, Kind::Bombing, "2024-03-04", "Herat")
    }

    /// (disputed, revised) of a field in the one incident that the accounts make.
    #[track_caller]
    fn judged(filed: Vec<Filed>, name: &str) -> (bool, bool) {
        let all = link(filed);
        assert_eq!(all.len(), 1);
        let f = field(&all[0], name);
        (f.disputed, f.revised)
    }

    fn injured(mut f: Filed, n: u64) -> Filed {
        f = f.killed(n, n);
        f.account.figures.last_mut().unwrap().measure = Measure::Injured;
        f
    }

    #[test]
    fn an_old_number_in_a_late_copy_is_old() {
        let first = at("a", "2024-03-05T08:00:00Z").killed(11, 11).by_outlet("Hill Wire", &[]);
        let higher = at("b", "2024-03-05T12:00:00Z").killed(15, 15);
        let copy = at("c", "2024-03-05T20:00:00Z").killed(11, 11).by_outlet("Gulf Post", &["Hill Wire"]);
        assert_eq!(judged(vec![first, higher.clone(), copy], "killed"), (false, true));
        // Who says so of their own when more is known says something else.
        let own = at("c", "2024-03-05T20:00:00Z").killed(11, 11);
        assert_eq!(judged(vec![higher, own], "killed"), (true, false));
    }

    #[test]
    fn a_settled_toll_is_contradicted_and_not_revised() {
        let first = || at("a", "2024-03-05").killed(12, 12);
        assert_eq!(judged(vec![first(), at("b", "2024-03-12").killed(15, 15)], "killed"), (false, true));
        assert_eq!(judged(vec![first(), at("b", "2024-09-12").killed(15, 15)], "killed"), (true, false));
    }

    #[test]
    fn some_of_the_injured_die() {
        let first = || injured(at("a", "2024-03-05").killed(7, 7), 5);
        let after = |killed, hurt| injured(at("b", "2024-03-08").killed(killed, killed), hurt);
        assert_eq!(judged(vec![first(), after(8, 4)], "injured"), (false, true));
        assert_eq!(judged(vec![first(), after(7, 4)], "injured"), (true, false));
    }

    #[test]
    fn who_tells_both_numbers_tells_how_they_went_on() {
        let high = at("a", "2024-03-05").killed(21, 21);
        let low = at("b", "2024-03-06").killed(19, 19);
        assert_eq!(judged(vec![high.clone(), low.clone()], "killed"), (true, false));
        let both = at("c", "2024-03-06").killed(19, 19).killed(21, 21).said_by("An earlier media count");
        assert_eq!(judged(vec![high, low, both], "killed"), (false, true));
    }

    #[test]
    fn a_number_that_a_text_denies_is_disputed() {
        let mut f = at("a", "2024-03-05").killed(13, 13).killed(11, 11);
        assert_eq!(judged(vec![f.clone()], "killed"), (false, false), "one voice may tell how a toll rose");
        f.account.figures[1].by = account::DENIED.to_owned();
        assert_eq!(judged(vec![f], "killed"), (true, false));
    }

    #[test]
    fn actors_of_whom_none_may_be_the_other_are_rivals() {
        let by = |a: &str, actor: &str| at(a, "2024-03-05").actor(actor, Standing::Accused).target("cattle market");
        let disputed = |x: &str, y: &str| judged(vec![by("a", x), by("b", y)], "perpetrator").0;
        assert!(disputed("red hill front", "desert lions"));
        assert!(!disputed("red hill front", "rhf"), "its initials");
        assert!(!disputed("red hill front", "hill front"), "its short name");
        assert!(!disputed("red hill front", "generic/gunmen"));
        let own =
            at("a", "2024-03-05").actor("desert lions", Standing::Accused).actor("desert lions", Standing::Denied);
        assert!(judged(vec![own], "perpetrator").0, "accused and denied in one account");
    }
}
