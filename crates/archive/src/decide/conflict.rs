//! Where a decision and something else cannot both be right. Nothing is settled in silence: what holds is said with it.

use super::anchor::Finder;
use super::decision::{Act, Decision};
use super::force::{Aimed, Force};
use crate::error::Inner;
use incident::{Field, Incident, Reading, Supporter};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A decision beside another decision, or beside what accounts say.
///
/// *Shape*: one object of JSON; what does not apply is null.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// The decision.
    pub decision: String,
    /// The later decision that it contradicts, if it is one.
    pub with: Option<String>,
    /// The incident that it shows in, if it shows in one.
    pub incident: Option<String>,
    /// The field, if it is about one.
    pub field: Option<String>,
    /// What cannot both be, and what holds, in one sentence.
    pub what: String,
}

/// Why two decisions, or one by itself, cannot be had.
pub(crate) enum Why {
    Bonds,
    Ratings,
    Dismissed,
    OneAccount,
}

impl Conflict {
    pub(crate) fn between(earlier: &Decision, later: &Decision, why: Why) -> Conflict {
        let what = match why {
            Why::Bonds => "one joins accounts that the other keeps apart; the later one holds",
            Why::Ratings => "two people rate the outlet differently; the later rating holds",
            Why::Dismissed => "one dismisses accounts that the other restores; the later one holds",
            Why::OneAccount => "the accounts that were parted are one account by now",
        };
        Conflict { with: Some(later.id.clone()), ..Conflict::because(earlier, what.to_owned()) }
    }

    pub(crate) fn of(d: &Decision, why: Why) -> Conflict {
        Conflict { with: None, ..Conflict::between(d, d, why) }
    }

    fn because(d: &Decision, what: String) -> Conflict {
        Conflict { decision: d.id.clone(), with: None, incident: None, field: None, what }
    }

    /// The incident tells what was dismissed.
    pub(crate) fn told_again(d: &Decision, incident: &Incident) -> Conflict {
        let n = incident.accounts.len();
        let who = if n == 1 {
            "an account that was not dismissed tells".to_owned()
        } else {
            format!("{n} accounts that were not dismissed tell")
        };
        Conflict::because(d, format!("{who} what seems to be the same; the new incident stands")).within(incident, None)
    }

    fn within(self, incident: &Incident, field: Option<&str>) -> Conflict {
        Conflict { incident: Some(incident.id.clone()), field: field.map(str::to_owned), ..self }
    }
}

/// What shows only in incidents: corrections that accounts or other people contradict, merged accounts that exclude each
/// other, and incidents that fell apart under a decision. `incidents` are all that hold accounts of decisions, by id.
pub(crate) fn in_incidents(
    force: &Force,
    holding: &[&Decision],
    finder: &mut Finder<'_>,
    incidents: &[Incident],
) -> Inner<Vec<Conflict>> {
    let mut out = Vec::new();
    for (n, aimed) in force.aims(incidents) {
        corrections(&incidents[n], &aimed, &mut out);
    }
    let mut home: BTreeMap<&Supporter, &Incident> = BTreeMap::new();
    for i in incidents {
        home.extend(i.accounts.iter().map(|s| (s, i)));
    }
    for a in &force.aimed {
        let homes: BTreeSet<&str> = a.accounts.iter().filter_map(|s| home.get(s)).map(|i| i.id.as_str()).collect();
        if homes.len() > 1 {
            let ids = homes.into_iter().collect::<Vec<_>>().join(", ");
            out.push(Conflict::because(
                &a.decision,
                format!("the incident it was made for is several by now ({ids}); it is kept with the one that holds most of its accounts"),
            ));
        }
    }
    for d in holding {
        let Act::Merge { incidents: groups } = &d.act else { continue };
        let mut of: BTreeMap<Supporter, usize> = BTreeMap::new();
        for (n, g) in groups.iter().enumerate() {
            of.extend(finder.all(&g.accounts)?.into_iter().map(|s| (s, n)));
        }
        let homes: BTreeMap<&str, &Incident> =
            of.keys().filter_map(|s| home.get(s)).map(|i| (i.id.as_str(), *i)).collect();
        for i in homes.into_values() {
            merged(d, i, &of, &mut out);
        }
    }
    out.sort();
    out.dedup();
    Ok(out)
}

fn corrections(incident: &Incident, aimed: &[&Aimed], out: &mut Vec<Conflict>) {
    let mut last: BTreeMap<&str, (&Aimed, &str)> = BTreeMap::new();
    for a in aimed {
        let Act::Correct { field, value, .. } = &a.decision.act else { continue };
        if let Some((before, other)) = last.insert(field, (*a, value))
            && before.decision.who != a.decision.who
            && other != value
        {
            let what = format!("two people correct it, to `{other}` and to `{value}`; the later correction holds");
            let with = Some(a.decision.id.clone());
            out.push(Conflict { with, ..Conflict::because(&before.decision, what).within(incident, Some(field)) });
        }
    }
    for (field, (a, value)) in last {
        let Some(f) = incident.fields.iter().find(|f| f.name == field) else { continue };
        let Some(decided) = f.readings.iter().find(|r| r.by.as_ref().is_some_and(|b| b.decision == a.decision.id))
        else {
            continue;
        };
        for r in f.against(decided).filter(|r| is_news(incident, a, r)) {
            let what = format!(
                "it was corrected to `{value}`, and {} that came since and are independent say `{}`; the correction holds",
                if r.accounts.len() == 1 { "an account".to_owned() } else { format!("{} accounts", r.accounts.len()) },
                r.value
            );
            out.push(Conflict::because(&a.decision, what).within(incident, Some(field)));
        }
    }
}

/// Whether some account of the reading was not there when the decision was made, and shares no origin with one that was.
fn is_news(incident: &Incident, aimed: &Aimed, reading: &Reading) -> bool {
    let known = |i: &usize| incident.accounts.get(*i).is_some_and(|s| aimed.accounts.contains(s));
    let fresh = |group: &&Vec<usize>| !group.iter().any(known);
    incident.origins.iter().filter(fresh).flatten().any(|i| reading.accounts.contains(i))
}

/// Fields of which two incidents hardly differ, so that a difference speaks against a merge.
const TELLING: [&str; 3] = ["date", "country", "place"];

/// Whether accounts of the merged groups exclude each other in what tells incidents apart.
fn merged(d: &Decision, incident: &Incident, of: &BTreeMap<Supporter, usize>, out: &mut Vec<Conflict>) {
    let group = |i: &usize| incident.accounts.get(*i).and_then(|s| of.get(s));
    let fields: Vec<&Field> = incident.fields.iter().filter(|f| TELLING.contains(&f.name.as_str())).collect();
    for f in fields {
        let readings: Vec<&Reading> = f.readings.iter().filter(|r| !r.accounts.is_empty()).collect();
        let apart = readings.iter().find_map(|r| {
            let foe = f.against(r).find(|s| {
                r.accounts.iter().any(|i| s.accounts.iter().any(|j| group(i).zip(group(j)).is_some_and(|(a, b)| a < b)))
            })?;
            Some((*r, foe))
        });
        if let Some((a, b)) = apart {
            let what = format!("merged accounts exclude each other: `{}` and `{}`; the merge holds", a.value, b.value);
            out.push(Conflict::because(d, what).within(incident, Some(&f.name)));
        }
    }
}
