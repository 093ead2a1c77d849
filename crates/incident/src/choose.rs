//! One value from several readings, by a named rule; and choosing anew in incidents that are already there.

use crate::incident::By;
use crate::reading::{bounds, excludes};
use crate::rule::{Rating, Rule, Rules};
use crate::{Field, Incident, Reading};
use account::Measure;

/// The index of the reading that `rule` chooses; `None` only if there is none.
///
/// What a person decided goes before every rule, the last decision first. Then totals go before parts, and readings that
/// only outlets rated E or F support are chosen only where there is no other. Ties fall to the better supported, then the
/// better rated, then the later, then the narrower reading, then the order of the values, so that the choice is one.
/// - `Lowest`: the least number ([`Rule::Lowest`] of a value that is no number is the first in order).
/// - `Best`: the latest reading that at least as many origins support as any single other one, or that raises one that
///   did: a revision; else what most say.
/// - `Majority`: what most independent origins say, then the latest.
/// - `Latest`: what the last report says.
/// - `MostPrecise`: the narrowest, then what most say.
pub fn choose(readings: &[Reading], rule: Rule) -> Option<usize> {
    if let Some(decided) = readings.iter().rposition(|r| r.by.is_some()) {
        return Some(decided);
    }
    let whole = readings.iter().any(|r| !r.part);
    let open = |r: &Reading| !whole || !r.part;
    let reliable = |r: &Reading| !Rating::is_set_aside(r.rating);
    let some_reliable = readings.iter().any(|r| open(r) && reliable(r));
    let candidates: Vec<(usize, &Reading)> =
        readings.iter().enumerate().filter(|(_, r)| open(r) && (!some_reliable || reliable(r))).collect();
    among(&candidates, rule)
}

fn among(candidates: &[(usize, &Reading)], rule: Rule) -> Option<usize> {
    let last = |r: &Reading| r.accounts.iter().max().copied().unwrap_or(0);
    let rating = |r: &Reading| Rating::rank(r.rating);
    let narrow = |r: &Reading| u64::MAX - r.breadth;
    let each = candidates.iter();
    match rule {
        Rule::Lowest => {
            each.min_by_key(|(i, r)| (number(&r.value).unwrap_or(u64::MAX), r.breadth, u8::MAX - rating(r), *i))
        }
        Rule::Majority => each.max_by_key(|(i, r)| (r.independent, rating(r), last(r), narrow(r), usize::MAX - i)),
        Rule::Latest => each.max_by_key(|(i, r)| (last(r), rating(r), r.independent, narrow(r), usize::MAX - i)),
        Rule::MostPrecise => each.max_by_key(|(i, r)| (narrow(r), r.independent, rating(r), last(r), usize::MAX - i)),
        Rule::Best => {
            let most = among(candidates, Rule::Majority)?;
            let base_reading = candidates.iter().find(|(i, _)| *i == most).map(|(_, r)| *r)?;
            let (base, since) = (number(&base_reading.value).unwrap_or(0), last(base_reading));
            // A later and higher toll is the same count gone on, as long as it is no other order of size, and no worse
            // an outlet tells it.
            let rises = |r: &Reading| {
                last(r) > since
                    && rating(r) >= rating(base_reading).min(Rating::rank(None))
                    && number(&r.value).is_some_and(|n| n > base && n <= base.saturating_mul(3))
            };
            each.filter(|(i, r)| *i == most || (rises(r) && (r.independent > 1 || base_reading.independent == 1)))
                .max_by_key(|(i, r)| (last(r), r.independent, usize::MAX - i))
        }
    }
    .map(|(i, _)| *i)
}

/// The bounds of a number of people as a reading has it: `13`, `30..`, `..40`, `190..199`. *Shape*: a bound that is open is
/// `None`; the whole is `None` where there is no number.
pub fn people(value: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (low, high) = value.split_once("..").unwrap_or((value, value));
    let bound = |s: &str| if s.is_empty() { Some(None) } else { s.parse().ok().map(Some) };
    let (low, high) = (bound(low)?, bound(high)?);
    (low.is_some() || high.is_some()).then_some((low, high))
}

/// The one number that stands for a range of people: its lower bound, or its upper one where it has no lower.
pub(crate) fn number(value: &str) -> Option<u64> {
    people(value).and_then(|(low, high)| low.or(high))
}

/// A value that a person sets for a field of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Name of the field.
    pub field: String,
    /// The value, written as readings of the field are.
    pub value: String,
    /// What it is bound to, as in [`Reading::detail`].
    pub detail: String,
    /// Who decided it.
    pub by: By,
}

impl Incident {
    /// Chooses in every field by `rules`, from the readings that are there. Values set by persons stay.
    pub fn rule(&mut self, rules: &Rules) {
        for field in &mut self.fields {
            field.rule(rules.of(&field.name));
        }
    }

    /// Sets the values of `corrections`, the later before the earlier, in place of all set before; then chooses anew.
    ///
    /// *Shape*: a value that an account gives too is marked in its reading; any other becomes a reading without accounts.
    pub fn correct(&mut self, corrections: &[Correction]) {
        for field in &mut self.fields {
            field.readings.retain_mut(|r| r.by.take().is_none() || !r.accounts.is_empty());
        }
        for c in corrections {
            let at = match self.fields.iter().position(|f| f.name == c.field) {
                Some(at) => at,
                None => {
                    self.fields.push(Field::empty(&c.field));
                    self.fields.len() - 1
                }
            };
            self.fields[at].decide(c);
        }
        self.fields.retain(|f| !f.readings.is_empty());
        for field in &mut self.fields {
            field.rule(field.rule);
        }
    }

    /// Notes how the outlets of its accounts are rated, by position, then chooses anew.
    pub fn rate(&mut self, rating: impl Fn(usize) -> Option<Rating>) {
        for field in &mut self.fields {
            for r in &mut field.readings {
                let best = r.accounts.iter().map(|a| rating(*a)).max_by_key(|r| Rating::rank(*r));
                r.rating = best.flatten();
            }
            field.rule(field.rule);
        }
    }
}

impl Field {
    fn empty(name: &str) -> Field {
        let rule = Rules::default().of(name);
        let (readings, chosen) = (Vec::new(), String::new());
        Field { name: name.to_owned(), readings, chosen, rule, bounds: None, disputed: false, revised: false }
    }

    /// The reading that is chosen.
    pub fn choice(&self) -> Option<&Reading> {
        choose(&self.readings, self.rule).map(|i| &self.readings[i])
    }

    /// Chooses by `rule`.
    pub fn rule(&mut self, rule: Rule) {
        self.rule = rule;
        self.chosen = choose(&self.readings, rule).map(|i| self.readings[i].value.clone()).unwrap_or_default();
        self.bounds = Measure::named(&self.name).and_then(|_| bounds(&self.readings, &self.chosen));
    }

    /// Readings of the whole that cannot be right where `reading` is.
    pub fn against<'a>(&'a self, reading: &'a Reading) -> impl Iterator<Item = &'a Reading> {
        self.readings.iter().filter(|r| !r.part && excludes(&self.name, r, reading))
    }

    fn decide(&mut self, c: &Correction) {
        // Only the last decision on a field chooses; an earlier one stays as a reading while an account supports it.
        self.readings.retain_mut(|r| r.by.take().is_none() || !r.accounts.is_empty());
        let same = |r: &&mut Reading| !r.part && r.value == c.value && (c.detail.is_empty() || r.detail == c.detail);
        match self.readings.iter_mut().find(same) {
            Some(r) => r.by = Some(c.by.clone()),
            None => self.readings.insert(0, Reading::decided(c)),
        }
    }
}

impl Reading {
    fn decided(c: &Correction) -> Reading {
        Reading {
            value: c.value.clone(),
            detail: c.detail.clone(),
            breadth: 0,
            accounts: Vec::new(),
            independent: 0,
            part: false,
            first: None,
            last: None,
            rating: None,
            by: Some(c.by.clone()),
        }
    }
}
