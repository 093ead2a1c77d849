//! How much do reports of one incident differ? Measures per field over many incidents.
//!
//! The measures are those of the literature on event reports (Weidmann & Rød 2015, ch. 4; Cook & Weidmann 2019; van Baalen
//! & Höglund 2026): the share of incidents with more than one value, range and standard deviation of what is a number, and
//! modal confidence, the share of reports that give the value given most often.

use crate::choose::number;
use crate::when::between;
use crate::{Field, Incident, Reading};
use account::Measure;
use article::Edtf;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Disagreement on one field, over all incidents of which two accounts or more state it. Parts of a toll do not count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// Name of the field.
    pub field: String,
    /// Incidents of which two accounts or more state the field.
    pub incidents: usize,
    /// Those with more than one value. *Range*: 0 to `incidents`.
    pub differing: usize,
    /// Those whose independent accounts exclude each other.
    pub disputed: usize,
    /// Those with later numbers that raise earlier ones.
    pub revised: usize,
    /// Mean distance of the least and the greatest value; people, or days between dates. `None` for what is no number.
    pub range: Option<f64>,
    /// The greatest such distance.
    pub widest: Option<u64>,
    /// Mean standard deviation over the accounts, as of a whole population.
    pub deviation: Option<f64>,
    /// Mean share of the accounts that give the value given most often. *Range*: above 0 to 1.
    pub modal_confidence: f64,
    /// The same over independent origins.
    pub modal_confidence_of_origins: f64,
}

/// Adds up disagreement over incidents, one at a time.
#[derive(Debug, Clone, Default)]
pub struct Disagreements(BTreeMap<String, Sum>);

#[derive(Debug, Clone, Default)]
struct Sum {
    incidents: usize,
    differing: usize,
    disputed: usize,
    revised: usize,
    range: f64,
    widest: u64,
    deviation: f64,
    numbers: usize,
    modal: f64,
    modal_of_origins: f64,
}

impl Disagreements {
    /// Adds an incident.
    pub fn add(&mut self, incident: &Incident) {
        let mut origin = vec![0; incident.accounts.len()];
        for (n, group) in incident.origins.iter().enumerate() {
            group.iter().for_each(|i| origin[*i] = n);
        }
        for field in &incident.fields {
            let whole: Vec<&Reading> = field.readings.iter().filter(|r| !r.part && !r.accounts.is_empty()).collect();
            let accounts: BTreeSet<usize> = whole.iter().flat_map(|r| r.accounts.iter().copied()).collect();
            if accounts.len() > 1 {
                self.0.entry(field.name.clone()).or_default().field(field, &whole, &accounts, &origin);
            }
        }
    }

    /// The measures of every field that some incident has, in order of the names.
    pub fn rows(&self) -> Vec<Disagreement> {
        let row = |(field, s): (&String, &Sum)| {
            let mean = |sum: f64, n: usize| sum / n.max(1) as f64;
            let number = |v: f64| (s.numbers > 0).then(|| mean(v, s.numbers));
            Disagreement {
                field: field.clone(),
                incidents: s.incidents,
                differing: s.differing,
                disputed: s.disputed,
                revised: s.revised,
                range: number(s.range),
                widest: (s.numbers > 0).then_some(s.widest),
                deviation: number(s.deviation),
                modal_confidence: mean(s.modal, s.incidents),
                modal_confidence_of_origins: mean(s.modal_of_origins, s.incidents),
            }
        };
        self.0.iter().map(row).collect()
    }
}

impl Sum {
    /// `origin` is that of each account by position.
    fn field(&mut self, field: &Field, whole: &[&Reading], accounts: &BTreeSet<usize>, origin: &[usize]) {
        // One name may stand in several readings: an actor claimed and accused is one actor.
        let mut by: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for r in whole {
            by.entry(&r.value).or_default().extend(&r.accounts);
        }
        let origins = |of: &BTreeSet<usize>| of.iter().filter_map(|i| origin.get(*i)).collect::<BTreeSet<_>>().len();
        self.incidents += 1;
        self.differing += usize::from(by.len() > 1);
        self.disputed += usize::from(field.disputed);
        self.revised += usize::from(field.revised);
        let most = by.values().map(BTreeSet::len).max().unwrap_or(0);
        let most_origins = by.values().map(&origins).max().unwrap_or(0);
        self.modal += most as f64 / accounts.len().max(1) as f64;
        self.modal_of_origins += most_origins as f64 / origins(accounts).max(1) as f64;
        let points: Vec<(f64, usize)> =
            by.iter().filter_map(|(v, given)| Some((point(&field.name, v)?, given.len()))).collect();
        let count: usize = points.iter().map(|(_, n)| n).sum();
        if count < 2 {
            return;
        }
        let mean = points.iter().map(|(v, n)| v * *n as f64).sum::<f64>() / count as f64;
        let variance = points.iter().map(|(v, n)| (v - mean).powi(2) * *n as f64).sum::<f64>() / count as f64;
        let (least, greatest) = points.iter().fold((f64::MAX, f64::MIN), |(a, b), (v, _)| (a.min(*v), b.max(*v)));
        self.numbers += 1;
        self.range += greatest - least;
        self.widest = self.widest.max((greatest - least) as u64);
        self.deviation += variance.sqrt();
    }
}

/// A value as a number: people, lower bound first, or days.
fn point(field: &str, value: &str) -> Option<f64> {
    if field == "date" {
        let (first, _) = value.parse::<Edtf>().ok()?.days()?;
        return Some(between(jiff::civil::Date::constant(1970, 1, 1), first) as f64);
    }
    Measure::named(field).and_then(|_| number(value)).map(|n| n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rule, Supporter};

    fn incident(values: &[(&str, &[usize], u32)], origins: &[&[usize]]) -> Incident {
        let reading = |(value, accounts, independent): &(&str, &[usize], u32)| Reading {
            value: (*value).to_owned(),
            detail: String::new(),
            breadth: 0,
            accounts: accounts.to_vec(),
            independent: *independent,
            part: false,
            first: None,
            last: None,
            rating: None,
            by: None,
        };
        let field = Field {
            name: "killed".into(),
            readings: values.iter().map(reading).collect(),
            chosen: String::new(),
            rule: Rule::Best,
            bounds: None,
            disputed: values.len() > 1,
            revised: false,
        };
        let count = origins.iter().map(|o| o.len()).sum::<usize>();
        let accounts = (0..count).map(|n| Supporter { article: n.to_string(), ordinal: 0 }).collect();
        let origins = origins.iter().map(|o| o.to_vec()).collect();
        Incident { id: "i".into(), accounts, origins, fields: vec![field], joins: vec![] }
    }

    #[test]
    fn measures_are_those_of_the_literature() {
        let mut all = Disagreements::default();
        // Three say 10, of two origins; one says 14: mean 11, deviation the root of 3.
        all.add(&incident(&[("10", &[0, 1, 2], 2), ("14", &[3], 1)], &[&[0, 1], &[2], &[3]]));
        all.add(&incident(&[("5", &[0, 1], 2)], &[&[0], &[1]]));
        // One account is no disagreement.
        all.add(&incident(&[("7", &[0], 1)], &[&[0]]));
        let rows = all.rows();
        assert_eq!(rows.len(), 1);
        let r = &rows[0];
        assert_eq!((r.incidents, r.differing, r.disputed, r.widest), (2, 1, 1, Some(4)));
        assert_eq!((r.range, r.deviation), (Some(2.0), Some(3f64.sqrt() / 2.0)));
        assert_eq!((r.modal_confidence, r.modal_confidence_of_origins), (0.875, (2.0 / 3.0 + 1.0) / 2.0));
    }
}
