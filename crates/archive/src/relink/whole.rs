//! Linking everything: all accounts at once, shared out over the processors.
//!
//! Only what comparing needs of the accounts is held in memory. Once it is known which belong together, they are read
//! again, some thousands at a time, and made incidents.

use super::standing::{self, Standing};
use super::write::{self, Accounts};
use super::{FILED, Heeded, filed, filed_at};
use crate::decide::{self, Aimed, Force};
use crate::error::Inner;
use crate::store::set;
use crate::write::generation;
use incident::{Filed, Group, Incident, Linker, Supporter};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Groups that are made incidents at one time.
const CHUNK: usize = 2_000;

/// One consistent view of everything that linking needs.
pub(super) struct All {
    pub(super) generation: u64,
    last_article: i64,
    standing: Standing,
    linker: Linker,
    /// The accounts in the linker, in order.
    who: Vec<Supporter>,
    force: Force,
}

/// What linking made of it.
pub(super) struct Done {
    groups: Vec<Group>,
    /// Places of accounts that hang together.
    parts: Vec<Vec<u32>>,
    /// The accounts that stand in the blocks.
    heads: Vec<u32>,
}

pub(super) fn gather(conn: &mut Connection) -> Inner<All> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let generation = generation(&tx)?;
    let standing = standing::of_all(&tx)?;
    let force = Force::of(&tx, Some(&standing), &decide::all(&tx)?)?;
    let (mut linker, mut who) = (Linker::default(), Vec::new());
    let mut find = tx.prepare(&format!("{FILED} ORDER BY account.article, account.ordinal"))?;
    let mut rows = find.query([])?;
    while let Some(r) = rows.next()? {
        let article: String = r.get(0)?;
        if standing.get(&article).is_some_and(Option::is_some) {
            continue;
        }
        let mut one = vec![filed(r)?];
        force.prepare(&mut one);
        for f in one {
            linker.add(&f);
            who.push(Supporter { article: f.article, ordinal: f.ordinal });
        }
    }
    drop(rows);
    drop(find);
    let last_article = tx.query_row("SELECT coalesce(max(number), 0) FROM article", [], |r| r.get(0))?;
    Ok(All { generation, last_article, standing, linker, who, force })
}

pub(super) fn link(all: &All) -> Done {
    let round = all.linker.round(&all.force.decided, &[]);
    let edges = spread(round.len(), |stretch| round.edges(stretch)).concat();
    let parts = round.parts(&edges);
    let of = |stretch: Range<usize>| parts[stretch].iter().flat_map(|p| round.groups(p)).collect::<Vec<_>>();
    let groups = spread(parts.len(), of).into_iter().flatten().collect();
    let heads = round.heads().to_vec();
    let parts = parts.into_iter().map(|p| p.accounts).collect();
    Done { groups, parts, heads }
}

/// Makes the incidents and puts them in the place of all there are; gives their number.
pub(super) fn write(tx: &Transaction<'_>, all: &All, done: &Done, now: &str) -> Inner<usize> {
    standing::stand(tx, &all.standing)?;
    let mut ids = tx.prepare("SELECT id FROM incident")?;
    let old: BTreeSet<String> = ids.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    drop(ids);
    let aimed = aimed(tx, all, &done.groups)?;
    let mut named: Vec<String> = Vec::with_capacity(done.groups.len());
    for groups in done.groups.chunks(CHUNK) {
        let filed = load(tx, all, groups)?;
        let mut incidents = incidents(all, groups, &filed);
        named.extend(incidents.iter().map(|i| i.id.clone()));
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        let filed: Vec<Filed> = filed.into_iter().flatten().collect();
        let outlets = all.force.outlets(&filed);
        for i in &mut incidents {
            let aims = aimed.get(&i.id).map_or(&[][..], Vec::as_slice);
            all.force.apply(i, aims, |s| outlets.get(&s.article).cloned().unwrap_or_default());
        }
        let accounts: Accounts = filed.into_iter().map(|f| ((f.article, f.ordinal), f.account)).collect();
        write::put(tx, &old, &incidents, &accounts, now)?;
    }
    let new: BTreeSet<&String> = named.iter().collect();
    let mut group = vec![0; all.who.len()];
    for (g, members) in done.groups.iter().enumerate() {
        members.accounts.iter().for_each(|n| group[*n as usize] = g);
    }
    let home = |s: &Supporter| Some(named[group[all.who.binary_search(s).ok()?]].as_str());
    for gone in old.iter().filter(|o| !new.contains(o)) {
        write::retire(tx, gone, home, now)?;
    }
    keep(tx, all, done)?;
    Ok(named.len())
}

/// Decisions on incidents as such, by the id of the incident that they belong to.
fn aimed<'a>(tx: &Transaction<'_>, all: &'a All, groups: &[Group]) -> Inner<BTreeMap<String, Vec<&'a Aimed>>> {
    let wanted: BTreeSet<u32> = all
        .force
        .aimed
        .iter()
        .flat_map(|a| &a.accounts)
        .filter_map(|s| all.who.binary_search(s).ok().map(|n| n as u32))
        .collect();
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let groups: Vec<Group> = groups.iter().filter(|g| g.accounts.iter().any(|n| wanted.contains(n))).cloned().collect();
    let mut incidents = incidents(all, &groups, &load(tx, all, &groups)?);
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all.force.aims(&incidents).into_iter().map(|(n, aims)| (incidents[n].id.clone(), aims)).collect())
}

/// The accounts of groups as they were read.
fn load(tx: &Transaction<'_>, all: &All, groups: &[Group]) -> Inner<Vec<Vec<Filed>>> {
    let one = |g: &Group| {
        let mut filed: Vec<Filed> =
            g.accounts.iter().map(|n| filed_at(tx, &all.who[*n as usize])).collect::<Inner<_>>()?;
        all.force.prepare(&mut filed);
        Ok(filed)
    };
    groups.iter().map(one).collect()
}

/// The incidents of groups, in their order.
fn incidents(all: &All, groups: &[Group], filed: &[Vec<Filed>]) -> Vec<Incident> {
    let one = |(g, filed): (&Group, &Vec<Filed>)| all.linker.incident(g, &filed.iter().collect::<Vec<_>>());
    let of = |at: Range<usize>| groups[at.clone()].iter().zip(&filed[at]).map(one).collect::<Vec<_>>();
    spread(groups.len(), of).into_iter().flatten().collect()
}

/// Keeps what linking new accounts goes on from.
fn keep(tx: &Transaction<'_>, all: &All, done: &Done) -> Inner<()> {
    tx.execute_batch("DELETE FROM linking; DELETE FROM block;")?;
    let mut part = vec![0; all.who.len()];
    for p in &done.parts {
        let first = p.iter().min().copied().unwrap_or_default();
        p.iter().for_each(|n| part[*n as usize] = first);
    }
    let posted: BTreeSet<u32> = done.heads.iter().copied().collect();
    let mut account = tx.prepare("INSERT INTO linking VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (n, s) in (0u32..).zip(&all.who) {
        // Numbers begin at 1, as SQLite's own do.
        let (of, print) = (part[n as usize] + 1, all.linker.print(n) as i64);
        account.execute(params![n + 1, s.article, s.ordinal, of, print, posted.contains(&n)])?;
    }
    let mut posts: Vec<(i64, u32)> = Vec::new();
    for n in &done.heads {
        posts.extend(all.linker.keys(*n).posts.into_iter().map(|k| (k as i64, n + 1)));
    }
    posts.sort_unstable();
    let mut block = tx.prepare("INSERT INTO block VALUES (?1, ?2)")?;
    for (key, n) in posts {
        block.execute((key, n))?;
    }
    Heeded::of(&all.force).keep(tx)?;
    set(tx, "linked_article", &all.last_article.to_string())
}

/// What `work` gives of stretches of `0..len`, shared out over the processors, in order.
fn spread<T: Send>(len: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    // A few thousand are done before a thread is up.
    let most = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = (len / 2_000).clamp(1, most);
    let stretch = |t: usize| t * len / threads..(t + 1) * len / threads;
    if threads == 1 {
        return vec![work(0..len)];
    }
    std::thread::scope(|s| {
        let work = &work;
        let handles: Vec<_> = (0..threads).map(|t| s.spawn(move || work(stretch(t)))).collect();
        handles.into_iter().map(|h| h.join().unwrap_or_else(|e| std::panic::resume_unwind(e))).collect()
    })
}
