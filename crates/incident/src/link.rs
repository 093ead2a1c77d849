//! The whole way from accounts to incidents, for as many as are at hand.

use crate::incident::Join;
use crate::linker::{Group, Linker};
use crate::reading::Members;
use crate::{Decided, Filed, Incident, Supporter};

/// Joins accounts that tell one incident, and reads each incident from them.
///
/// Incidents come in the order of their ids. The result is the same for any order of `filed`; an account filed twice
/// counts once. What a person decided holds against every weight. *Cost*: near linear in the accounts.
pub fn link(filed: Vec<Filed>, decided: &Decided) -> Vec<Incident> {
    let mut linker = Linker::default();
    filed.iter().for_each(|f| _ = linker.add(f));
    let incident = |group: Group| {
        let accounts: Vec<&Filed> = group.accounts.iter().map(|n| &filed[*n as usize]).collect();
        linker.incident(&group, &accounts)
    };
    let mut out: Vec<Incident> = linker.link(decided).into_iter().map(incident).collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// The incident of accounts in order of publication.
pub(crate) fn incident(members: &[&Filed], joins: Vec<Join>) -> Incident {
    let accounts: Vec<Supporter> =
        members.iter().map(|f| Supporter { article: f.article.clone(), ordinal: f.ordinal }).collect();
    let id = accounts.first().map(id).unwrap_or_default();
    let members = Members::of(members);
    Incident { id, accounts, fields: members.fields(), origins: members.origins, joins }
}

/// The id of the incident that this account is the first to tell.
///
/// Any account of an incident gives an id that may once have been the incident's, before an earlier account was read; a
/// reader who keeps to that id is led to the incident by the account.
pub fn id(first: &Supporter) -> String {
    let hash = blake3::hash(format!("{}/{}", first.article, first.ordinal).as_bytes());
    format!("i{}", &hash.to_hex()[..12])
}
