//! What the accounts of an incident say, field by field, and whether they can all be right.

use crate::chain::origins;
use crate::choose::{number, people};
use crate::names::{same_place, skeleton};
use crate::origin::time;
use crate::speaker::{self, Given};
use crate::when::{When, between};
use crate::{Bounds, Field, Filed, Reading, Rules};
use account::{Measure, Place, Standing};
use article::Edtf;
use std::collections::{BTreeMap, BTreeSet};

/// The members of one incident in order of publication, and which of them share an origin.
pub(crate) struct Members<'a> {
    pub(crate) filed: &'a [&'a Filed],
    /// Groups of members that share an origin.
    pub(crate) origins: Vec<Vec<usize>>,
    /// The origin of each member.
    pub(crate) origin: Vec<usize>,
    whens: Vec<When>,
    /// When each was published: whether that is unknown, and the second.
    pub(crate) times: Vec<(bool, i64)>,
    /// Dates that hold a year.
    dated: BTreeSet<Edtf>,
}

/// What one account says of one field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    part: bool,
    value: String,
    detail: String,
    breadth: u64,
}

impl Said {
    fn plain(value: impl Into<String>) -> Said {
        Said { part: false, value: value.into(), detail: String::new(), breadth: 0 }
    }
}

impl<'a> Members<'a> {
    /// The members of one incident, in order of publication.
    pub(crate) fn of(filed: &'a [&'a Filed]) -> Members<'a> {
        let origins = origins(filed);
        let mut origin = vec![0; filed.len()];
        for (n, group) in origins.iter().enumerate() {
            group.iter().for_each(|i| origin[*i] = n);
        }
        let whens: Vec<When> = filed.iter().map(|f| When::of(f)).collect();
        let dated = whens.iter().filter_map(|w| w.date.clone()).filter(Edtf::has_year).collect();
        let times = filed.iter().map(|f| time(f)).map(|(unknown, second, _)| (unknown, second)).collect();
        Members { filed, origins, origin, whens, times, dated }
    }

    /// Every field that some account fills, under its default rule ([`Rules::of`]).
    pub(crate) fn fields(&self) -> Vec<Field> {
        let mut out = vec![
            self.field("date", |i, _| self.date(&self.whens[i])),
            self.field("place", |_, f| f.account.place.iter().map(place).collect()),
            self.field("country", |_, f| country(f).into_iter().map(Said::plain).collect()),
            self.field("kind", |_, f| f.account.kinds.iter().map(|k| Said::plain(k.value.name())).collect()),
            self.field("stage", |_, f| vec![Said::plain(f.account.stage.value.name())]),
            self.field("perpetrator", |_, f| bound(f)),
        ];
        for m in Measure::ALL {
            out.push(self.field(m.name(), |_, f| figures(f, *m)));
        }
        out.retain(|f| !f.readings.is_empty());
        for f in &mut out {
            (f.disputed, f.revised) = crate::judge::judge(self, f);
        }
        out
    }

    fn field(&self, name: &str, said: impl Fn(usize, &Filed) -> Vec<Said>) -> Field {
        let mut by: BTreeMap<Said, BTreeSet<usize>> = BTreeMap::new();
        for (i, f) in self.filed.iter().enumerate() {
            for s in said(i, f) {
                by.entry(s).or_default().insert(i);
            }
        }
        let mut readings: Vec<Reading> = by
            .into_iter()
            .map(|(s, accounts)| Reading {
                independent: self.independent(name, &s, &accounts),
                value: s.value,
                detail: s.detail,
                breadth: s.breadth,
                part: s.part,
                first: self.published(accounts.iter()),
                last: self.published(accounts.iter().rev()),
                accounts: accounts.into_iter().collect(),
                rating: None,
                by: None,
            })
            .collect();
        let last = |r: &Reading| r.accounts.last().copied().unwrap_or(0);
        readings.sort_by(|a, b| {
            (a.part, b.independent, last(b), a.breadth, &a.value, &a.detail).cmp(&(
                b.part,
                a.independent,
                last(a),
                b.breadth,
                &b.value,
                &b.detail,
            ))
        });
        let rule = Rules::default().of(name);
        let name = name.to_owned();
        let mut field =
            Field { name, readings, chosen: String::new(), rule, bounds: None, disputed: false, revised: false };
        field.rule(rule);
        field
    }

    /// When the first of `accounts` whose time is known was published.
    fn published<'b>(&self, accounts: impl Iterator<Item = &'b usize>) -> Option<String> {
        let of = |f: &Filed| f.published_time.clone().or_else(|| f.published.as_ref().map(ToString::to_string));
        accounts.map(|i| self.filed[*i]).find_map(of)
    }

    /// How many origins the accounts of a value come from, those counted once that have it from one speaker.
    fn independent(&self, field: &str, said: &Said, accounts: &BTreeSet<usize>) -> u32 {
        let origins: BTreeSet<usize> = accounts.iter().map(|i| self.origin[*i]).collect();
        if origins.len() < 2 {
            return origins.len() as u32;
        }
        let given = Given { field, value: &said.value, part: said.part };
        let accounts: Vec<usize> = accounts.iter().copied().collect();
        // Each origin by the least one that it shares a speaker with.
        let mut one: BTreeMap<usize, usize> = origins.iter().map(|o| (*o, *o)).collect();
        let count =
            |of: &mut dyn Iterator<Item = usize>, origin: usize| of.filter(|i| self.origin[*i] == origin).count();
        for shared in speaker::shared(self.filed, given, &accounts).into_values() {
            // An origin that has the value from elsewhere too knows it by itself.
            let all = |o: &usize| {
                count(&mut shared.by.iter().map(|(i, _)| *i), *o) == count(&mut accounts.iter().copied(), *o)
            };
            let by: BTreeSet<usize> = shared.by.iter().map(|(i, _)| self.origin[*i]).filter(all).collect();
            let heard: BTreeSet<usize> = by.iter().map(|o| one[o]).collect();
            if let Some(least) = heard.first().copied() {
                one.values_mut().filter(|o| heard.contains(o)).for_each(|o| *o = least);
            }
        }
        one.into_values().collect::<BTreeSet<usize>>().len() as u32
    }

    /// The account's date, its missing year taken from publication, else from the other accounts if they agree on one.
    fn date(&self, when: &When) -> Vec<Said> {
        let Some(mut date) = when.date.clone() else { return Vec::new() };
        if !date.has_year() {
            let years: BTreeSet<i16> =
                self.dated.iter().filter(|d| d.meets(&date)).filter_map(|d| d.start.year).collect();
            if let (1, Some(y)) = (years.len(), years.first()) {
                date = when.in_year(*y).unwrap_or(date);
            }
        }
        let days = date.days_in(date.start.year.or(Some(2000))).map_or(400, |(a, b)| between(a, b).unsigned_abs());
        let breadth = days * 2 + u64::from(date.approximate) + u64::from(!date.has_year());
        vec![Said { breadth, ..Said::plain(date.to_string()) }]
    }
}

/// Whether two readings of a field cannot both be right, as far as they tell by themselves.
pub(crate) fn excludes(field: &str, a: &Reading, b: &Reading) -> bool {
    match field {
        "date" => {
            let parsed = |r: &Reading| r.value.parse::<Edtf>().ok();
            parsed(a).zip(parsed(b)).is_some_and(|(x, y)| !x.meets(&y) && !x.approximate && !y.approximate)
        }
        "place" => elsewhere(a, b),
        "country" | "stage" => a.value != b.value,
        // Several kinds and several suspects stand beside each other, unless one is named and denied.
        "kind" => false,
        "perpetrator" => {
            let denied = |r: &Reading| r.detail == Standing::Denied.name();
            a.value == b.value && denied(a) != denied(b)
        }
        _ => {
            let ((al, ah), (bl, bh)) = (range(&a.value), range(&b.value));
            al > bh || bl > ah
        }
    }
}

/// Whether two places share neither their names nor what lies around them, the country aside.
fn elsewhere(a: &Reading, b: &Reading) -> bool {
    let is_country = |d: &&str| d.len() == 3 && d.bytes().all(|b| b.is_ascii_uppercase());
    let around = |r: &Reading| r.detail.split(", ").filter(|d| !d.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (around_a, around_b) = (around(a), around(b));
    let country = |d: &[String]| d.last().filter(|c| is_country(&c.as_str())).cloned();
    if let (Some(x), Some(y)) = (country(&around_a), country(&around_b))
        && x != y
    {
        return true;
    }
    let names = |r: &Reading, around: &[String]| -> Vec<String> {
        around.iter().filter(|d| !is_country(&d.as_str())).chain([&r.value]).cloned().collect()
    };
    let (names_a, names_b) = (names(a, &around_a), names(b, &around_b));
    // A name of which no more than the country is known may lie anywhere in it.
    let vague = |around: &[String], names: &[String]| !around.is_empty() && names.len() == 1;
    !vague(&around_a, &names_a)
        && !vague(&around_b, &names_b)
        && !names_a.iter().any(|x| names_b.iter().any(|y| same_place(x, y)))
}

fn place(p: &Place) -> Said {
    let first =
        [&p.name, &p.city, &p.admin1, &p.country].into_iter().find(|s| !s.is_empty()).cloned().unwrap_or_default();
    let around: Vec<&str> = [p.city.as_str(), &p.admin1, &p.country].into_iter().filter(|s| !s.is_empty()).collect();
    Said { part: false, value: first, detail: around.join(", "), breadth: p.precision as u64 }
}

fn country(f: &Filed) -> Option<String> {
    f.account.place.as_ref().map(|p| p.country.clone()).filter(|c| !c.is_empty())
}

fn bound(f: &Filed) -> Vec<Said> {
    let key = |name: &str, actor: &str| if actor.is_empty() { skeleton(name) } else { actor.to_owned() };
    let said =
        |p: &account::Binding| Said { detail: p.status.name().to_owned(), ..Said::plain(key(&p.name, &p.actor)) };
    f.account.perpetrators.iter().map(said).collect()
}

fn figures(f: &Filed, measure: Measure) -> Vec<Said> {
    let of = f.account.figures.iter().filter(|x| x.measure == measure);
    of.map(|x| Said {
        part: !x.total,
        value: print(x.low, x.high),
        detail: if x.total { String::new() } else { x.who.clone() },
        breadth: match (x.low, x.high) {
            (Some(l), Some(h)) => h.saturating_sub(l),
            (l, h) => l.or(h).unwrap_or(u64::MAX / 2).saturating_add(1),
        },
    })
    .collect()
}

/// "13", "30..", "..40", "190..199".
pub(crate) fn print(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(l), Some(h)) if l == h => l.to_string(),
        (l, h) => {
            format!("{}..{}", l.map_or(String::new(), |n| n.to_string()), h.map_or(String::new(), |n| n.to_string()))
        }
    }
}

/// The same with an open bound as far away as can be.
pub(crate) fn range(value: &str) -> (u64, u64) {
    let (low, high) = people(value).unwrap_or_default();
    (low.unwrap_or(0), high.unwrap_or(u64::MAX))
}

/// Lowest and highest number over the totals, the chosen one between them.
pub(crate) fn bounds(readings: &[Reading], chosen: &str) -> Option<Bounds> {
    let best = number(chosen)?;
    let whole: Vec<(u64, u64)> = readings.iter().filter(|r| !r.part).map(|r| range(&r.value)).collect();
    let low = whole.iter().map(|(l, _)| *l).min().unwrap_or(best);
    // An open bound adds no number of its own.
    let high = whole.iter().map(|(l, h)| if *h == u64::MAX { *l } else { *h }).max().unwrap_or(best);
    Some(Bounds { low: low.min(best), best, high: high.max(best) })
}
