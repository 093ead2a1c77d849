//! The slots of the official keys that the scorer of six leaves out. `docs/muc4.md` tells each rule.

use super::six::{Counts, Rule, head, meet, plain};
use crate::muc4::date::days;
use crate::muc4::gtt;
use crate::muc4::key::{Fill, Template, slot};
use crate::muc4::template::{Answer, Hit};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// The slots in the order of the keys.
const NAMES: [(u8, &str); 9] = [
    (slot::DATE, "date"),
    (slot::LOCATION, "location"),
    (slot::STAGE, "stage"),
    (slot::CONFIDENCE, "organisation confidence"),
    (slot::TARGET_NUMBER, "physical target number"),
    (slot::TARGET_EFFECT, "physical target effect"),
    (slot::DESCRIPTION, "human target description"),
    (slot::HUMAN_NUMBER, "human target number"),
    (slot::HUMAN_EFFECT, "human target effect"),
];

/// What was counted, in the order of the keys, and what was missed or wrong.
pub(crate) struct Slots {
    pub(crate) slots: Vec<(&'static str, Counts)>,
    pub(crate) misses: Vec<Miss>,
}

/// A fill of the key that was not answered, or an answer that no fill has.
pub(crate) struct Miss {
    pub(crate) slot: &'static str,
    id: String,
    wanted: String,
    answered: String,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: wanted {} answered {}", self.id, self.slot, self.wanted, self.answered)
    }
}

/// One value that was answered for a slot, and the strings that it hangs on.
#[derive(Debug, Clone)]
struct Value {
    told: Told,
    of: Vec<String>,
}

#[derive(Debug, Clone)]
enum Told {
    Days(Option<Date>, Date),
    Places(Vec<String>),
    Word(String),
    Words(Vec<String>),
    Number(u64, Option<u64>),
}

/// Scores every message of the key that was answered. Templates meet as in the strict count of six slots; an optional
/// template that met none is passed over, as is an optional fill that was not answered.
pub(crate) fn score(answers: &BTreeMap<String, Vec<Answer>>, key: &BTreeMap<String, Vec<Template>>) -> Slots {
    let mut slots: Vec<(&'static str, Counts)> = NAMES.iter().map(|(_, n)| (*n, Counts::default())).collect();
    let mut misses = Vec::new();
    for (id, wanted) in key.iter().filter(|(id, _)| answers.contains_key(*id)) {
        let given = &answers[id];
        let six: Vec<gtt::Template> = given.iter().map(|a| a.six.clone()).collect();
        let of_key: Vec<gtt::Template> = wanted.iter().map(gtt::Template::of_key).collect();
        let pairs = meet(&six, &of_key, Rule::Strict);
        let mut add = |answer: Option<&Answer>, template: Option<&Template>| {
            for ((n, name), (_, counts)) in NAMES.iter().zip(&mut slots) {
                let fills = template.map_or(&[][..], |t| t.of(*n));
                let values = answer.map_or_else(Vec::new, |a| values(*n, a));
                let (c, missed) = compare(*n, fills, &values);
                counts.add(c);
                misses.extend(missed.into_iter().map(|(wanted, answered)| Miss {
                    slot: name,
                    id: id.clone(),
                    wanted,
                    answered,
                }));
            }
        };
        for (i, j) in &pairs {
            add(Some(&given[*i]), Some(&wanted[*j]));
        }
        for (_, a) in given.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.0 != *i)) {
            add(Some(a), None);
        }
        for (_, t) in wanted.iter().enumerate().filter(|(j, t)| !t.optional && pairs.iter().all(|p| p.1 != *j)) {
            add(None, Some(t));
        }
    }
    Slots { slots, misses }
}

/// Counts of one slot of one pair; each value answers at most one fill.
fn compare(n: u8, fills: &[Fill], values: &[Value]) -> (Counts, Vec<(String, String)>) {
    let mut open: Vec<bool> = vec![true; values.len()];
    let mut counts = Counts { answered: values.len(), ..Counts::default() };
    let mut missed = Vec::new();
    for fill in fills {
        let hit = (0..values.len()).find(|i| open[*i] && right(n, fill, &values[*i]));
        if let Some(i) = hit {
            open[i] = false;
            counts.right += 1;
            counts.found += 1;
        }
        if hit.is_some() || !fill.optional {
            counts.wanted += 1;
        }
        if hit.is_none() && !fill.optional {
            missed.push((format!("{:?} of {:?}", fill.options, fill.of), "nothing right".to_owned()));
        }
    }
    missed.extend(values.iter().zip(&open).filter(|(_, o)| **o).map(|(v, _)| ("nothing".to_owned(), format!("{v:?}"))));
    (counts, missed)
}

/// What an answer says in a slot.
fn values(n: u8, a: &Answer) -> Vec<Value> {
    let alone = |told| vec![Value { told, of: Vec::new() }];
    let all = |hits: &[Hit], value: fn(&Hit) -> Option<Told>| {
        let one = |h: &Hit| value(h).map(|told| Value { told, of: h.words.clone() });
        hits.iter().filter_map(one).collect()
    };
    let number = |h: &Hit| h.number.filter(|_| !h.words.is_empty()).map(|(low, high)| Told::Number(low, high));
    let effect = |h: &Hit| (!h.effect.is_empty()).then(|| Told::Word(h.effect.to_owned()));
    match n {
        slot::DATE => a.date.map_or_else(Vec::new, |(first, last)| alone(Told::Days(first, last))),
        slot::LOCATION if !a.place.is_empty() => alone(Told::Places(a.place.clone())),
        slot::STAGE => alone(Told::Word(a.stage.to_owned())),
        slot::CONFIDENCE => {
            let both = a.six.perp_org.iter().zip(&a.confidence);
            both.map(|(f, c)| Value { told: Told::Word((*c).to_owned()), of: f.clone() }).collect()
        }
        slot::DESCRIPTION => {
            all(&a.humans, |h| (!h.named && !h.words.is_empty()).then(|| Told::Words(h.words.clone())))
        }
        slot::HUMAN_NUMBER => all(&a.humans, number),
        slot::HUMAN_EFFECT => all(&a.humans, effect),
        slot::TARGET_NUMBER => all(&a.things, number),
        slot::TARGET_EFFECT => all(&a.things, effect),
        _ => Vec::new(),
    }
}

/// Whether a value is one that the fill allows, on strings that it hangs on.
fn right(n: u8, fill: &Fill, value: &Value) -> bool {
    let on = match (fill.of.is_empty(), value.of.is_empty()) {
        _ if n == slot::DESCRIPTION => true,
        (true, _) => true,
        (false, true) => false,
        (false, false) => value.of.iter().any(|v| fill.of.iter().any(|f| head(f) == head(v))),
    };
    on && fill.options.iter().any(|option| match &value.told {
        Told::Days(first, last) => same_days(option, *first, *last),
        Told::Places(names) => same_place(option, names),
        Told::Word(w) => option.eq_ignore_ascii_case(w),
        Told::Words(all) => all.iter().any(|w| head(w) == head(option)),
        Told::Number(low, high) => same_number(option, *low, *high),
    })
}

/// Equal, or within the days of the key. An open first day in the key is any day before its last.
fn same_days(option: &str, first: Option<Date>, last: Date) -> bool {
    let option = option.trim_matches(['(', ')', ' ']);
    let (from, to) = match option.split_once('-') {
        Some((a, b)) if a.trim().is_empty() => (None, days(b)),
        Some((a, b)) => (days(a), days(b)),
        None => (days(option), days(option)),
    };
    let Some((_, to)) = to else { return false };
    match (first, from) {
        (None, None) => last == to,
        (None, Some(_)) => false,
        (Some(_), None) => last <= to,
        (Some(first), Some((from, _))) => from <= first && last <= to,
    }
}

/// The narrowest part of the key's place is one of the names, or its words stand in one: "the mill in Puerto Alto".
fn same_place(option: &str, names: &[String]) -> bool {
    option.split(" - ").any(|place| {
        let part = place.rsplit(':').next().unwrap_or("");
        let part = plain(part.split('(').next().unwrap_or(""));
        let holds = |n: &String| format!(" {} ", plain(&article::fold(n))).contains(&format!(" {part} "));
        !part.is_empty() && names.iter().any(holds)
    })
}

/// Equal; a range in the key must overlap.
fn same_number(option: &str, low: u64, high: Option<u64>) -> bool {
    let overlap = |from: u64, to: Option<u64>| to.is_none_or(|to| low <= to) && high.is_none_or(|h| from <= h);
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>().ok();
    let option = option.trim();
    if option.eq_ignore_ascii_case("PLURAL") {
        return overlap(2, None) && high != Some(1);
    }
    if let Some(about) = option.strip_prefix('~') {
        return digits(about).is_some_and(|n| overlap(n - n / 10, Some(n + n / 10)));
    }
    match option.split_once('-') {
        Some((from, to)) => digits(from).is_some_and(|from| overlap(from, digits(to))),
        None => digits(option).is_some_and(|n| low == n && high == Some(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> Date {
        s.parse().expect("is a day")
    }

    #[test]
    fn days_lie_within_those_of_the_key() {
        let (first, last) = (Some(day("1989-12-09")), day("1989-12-09"));
        for key in ["09 DEC 89", "(- 09 DEC 89)", "01 DEC 89 - 15 DEC 89", "DEC 89"] {
            assert!(same_days(key, first, last), "{key}");
        }
        for key in ["08 DEC 89", "- 08 DEC 89", "10 DEC 89 - 15 DEC 89", "-", "SOON"] {
            assert!(!same_days(key, first, last), "{key}");
        }
        assert!(same_days("- 09 DEC 89", None, last) && !same_days("09 DEC 89", None, last));
    }

    #[test]
    fn numbers_are_equal_or_overlap() {
        for (key, low, high) in [
            ("3", 3, Some(3)),
            ("PLURAL", 4, Some(4)),
            ("PLURAL", 0, None),
            ("~50", 48, Some(48)),
            ("6-8", 8, None),
            ("3-", 5, Some(5)),
        ] {
            assert!(same_number(key, low, high), "{key}");
        }
        for (key, low, high) in
            [("3", 3, None), ("PLURAL", 1, Some(1)), ("~50", 60, Some(60)), ("6-8", 9, None), ("", 1, None)]
        {
            assert!(!same_number(key, low, high), "{key}");
        }
    }

    #[test]
    fn places_agree_in_their_narrowest_part() {
        let names = |n: &str| vec![n.to_owned()];
        let key = "EL SALVADOR: PUERTO ALTO (CITY): NORTE (NEIGHBORHOOD)";
        assert!(same_place(key, &names("the mill in the Norte neighborhood")));
        assert!(!same_place(key, &names("Puerto Alto")) && !same_place(key, &names("Nortena")));
        assert!(same_place("PERU: ALTO (CITY) - BAJO (CITY)", &names("Bajó")));
    }

    #[test]
    fn an_optional_fill_counts_only_when_it_was_answered() {
        let fill = |optional| Fill {
            optional,
            options: vec!["DEATH".into(), "INJURY".into()],
            of: vec!["DOCK WORKERS".into()],
        };
        let value = |of: &str| Value { told: Told::Word("DEATH".into()), of: vec![of.to_owned()] };
        let counted = |fill, values: &[Value]| {
            let c = compare(slot::HUMAN_EFFECT, &[fill], values).0;
            (c.right, c.answered, c.wanted)
        };
        assert_eq!(counted(fill(true), &[]), (0, 0, 0));
        assert_eq!(counted(fill(false), &[]), (0, 0, 1));
        assert_eq!(counted(fill(true), &[value("two workers")]), (1, 1, 1));
        assert_eq!(counted(fill(true), &[value("clerks")]), (0, 1, 0));
    }
}
