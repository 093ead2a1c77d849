//! The whole way from accounts to incidents.

use crate::cluster::{Cluster, clusters};
use crate::compare::Profile;
use crate::incident::Join;
use crate::origin::time;
use crate::reading::Members;
use crate::{Decided, Filed, Incident, Supporter, year};
use std::collections::BTreeMap;

/// Joins accounts that tell one incident, and reads each incident from them.
///
/// Incidents come in the order of their ids. The result is the same for any order of `filed`; an account filed twice
/// counts once. What a person decided holds against every weight. *Cost*: near linear in the accounts as long as few of them share a day and a country.
pub fn link(mut filed: Vec<Filed>, decided: &Decided) -> Vec<Incident> {
    filed.sort_by(|a, b| (&a.article, a.ordinal).cmp(&(&b.article, b.ordinal)));
    filed.dedup_by(|a, b| (&a.article, a.ordinal) == (&b.article, b.ordinal));
    let bonds = decided.bonds(&filed);
    let mut found = clusters(&profiles(&filed), &bonds);
    let years = year::learn(&filed, &found);
    if !years.is_empty() {
        year::apply(&mut filed, &years);
        found = clusters(&profiles(&filed), &bonds);
    }
    let mut out: Vec<Incident> = found.into_iter().map(|c| incident(&filed, c)).collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn profiles(filed: &[Filed]) -> Vec<Profile<'_>> {
    filed.iter().map(Profile::of).collect()
}

fn incident(filed: &[Filed], cluster: Cluster) -> Incident {
    let id = id(&filed[cluster.members[0]]);
    let mut order = cluster.members;
    order.sort_by_cached_key(|i| (time(&filed[*i]), filed[*i].ordinal));
    let places: BTreeMap<usize, usize> = order.iter().enumerate().map(|(at, m)| (*m, at)).collect();
    let at = |i: usize| places.get(&i).copied().unwrap_or(0);
    let joins = cluster.links.iter().map(|l| {
        let (a, b) = (at(l.a), at(l.b));
        Join {
            a: a.min(b),
            b: a.max(b),
            comparisons: l.verdict.comparisons(),
            score: l.verdict.score,
            decided: l.decided,
        }
    });
    let joins = joins.collect();
    let members: Vec<&Filed> = order.iter().map(|i| &filed[*i]).collect();
    let accounts = members.iter().map(|f| Supporter { article: f.article.clone(), ordinal: f.ordinal }).collect();
    let members = Members::of(&members);
    Incident { id, accounts, fields: members.fields(), origins: members.origins, joins }
}

/// Named after the smallest member: it stays while that member stays.
fn id(first: &Filed) -> String {
    let hash = blake3::hash(format!("{}/{}", first.article, first.ordinal).as_bytes());
    format!("i{}", &hash.to_hex()[..12])
}
