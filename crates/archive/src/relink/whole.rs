//! Linking everything: all accounts at once, shared out over the processors.

use super::standing::{self, Standing};
use super::write::{self, Accounts};
use super::{FILED, Heeded, filed};
use crate::decide::{self, Force};
use crate::error::Inner;
use crate::store::set;
use crate::write::generation;
use incident::{Filed, Group, Incident, Linker, Part};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One consistent view of everything that linking needs.
pub(super) struct All {
    pub(super) generation: u64,
    last_article: i64,
    standing: Standing,
    filed: Vec<Filed>,
    force: Force,
}

/// What linking made of it.
pub(super) struct Done {
    pub(super) incidents: Vec<Incident>,
    linker: Linker,
    /// Places of accounts that hang together.
    parts: Vec<Vec<u32>>,
    /// The accounts that stand in the blocks.
    heads: Vec<u32>,
}

pub(super) fn gather(conn: &mut Connection) -> Inner<All> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let generation = generation(&tx)?;
    let standing = standing::of_all(&tx)?;
    let mut all = Vec::new();
    let mut find = tx.prepare(&format!("{FILED} ORDER BY account.article, account.ordinal"))?;
    let mut rows = find.query([])?;
    while let Some(r) = rows.next()? {
        let article: String = r.get(0)?;
        if standing.get(&article).is_none_or(Option::is_none) {
            all.push(filed(r)?);
        }
    }
    drop(rows);
    drop(find);
    let last_article = tx.query_row("SELECT coalesce(max(number), 0) FROM article", [], |r| r.get(0))?;
    let force = Force::of(&tx, Some(&standing), &decide::all(&tx)?)?;
    force.prepare(&mut all);
    Ok(All { generation, last_article, standing, filed: all, force })
}

pub(super) fn link(all: &All) -> Done {
    let mut linker = Linker::default();
    all.filed.iter().for_each(|f| _ = linker.add(f));
    let round = linker.round(&all.force.decided, &[]);
    let edges = spread(round.len(), |stretch| round.edges(stretch)).concat();
    let parts = round.parts(&edges);
    let read = |part: &Part| -> Vec<Incident> {
        let incident = |g: &Group| {
            let members: Vec<&Filed> = g.accounts.iter().map(|n| &all.filed[*n as usize]).collect();
            linker.incident(g, &members)
        };
        round.groups(part).iter().map(incident).collect()
    };
    let of = |stretch: Range<usize>| parts[stretch].iter().flat_map(read).collect::<Vec<_>>();
    let mut incidents: Vec<Incident> = spread(parts.len(), of).into_iter().flatten().collect();
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    all.force.finish(&mut incidents, &all.force.outlets(&all.filed));
    let heads = round.heads().to_vec();
    let parts = parts.into_iter().map(|p| p.accounts).collect();
    Done { incidents, linker, parts, heads }
}

pub(super) fn write(tx: &Transaction<'_>, all: &All, done: &Done, now: &str) -> Inner<()> {
    standing::stand(tx, &all.standing)?;
    let mut ids = tx.prepare("SELECT id FROM incident")?;
    let old: BTreeSet<String> = ids.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    drop(ids);
    let accounts: Accounts = all.filed.iter().map(|f| ((f.article.clone(), f.ordinal), f.account.clone())).collect();
    write::replace(tx, &old, &done.incidents, &accounts, now)?;
    tx.execute_batch("DELETE FROM linking; DELETE FROM block;")?;
    let mut part: BTreeMap<u32, u32> = BTreeMap::new();
    for p in &done.parts {
        let first = p.iter().min().copied().unwrap_or_default();
        part.extend(p.iter().map(|n| (*n, first)));
    }
    let posted: BTreeSet<u32> = done.heads.iter().copied().collect();
    let mut account = tx.prepare("INSERT INTO linking VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (n, f) in (0u32..).zip(&all.filed) {
        // Numbers begin at 1, as SQLite's own do.
        let of = part.get(&n).copied().unwrap_or(n) + 1;
        account.execute(params![n + 1, f.article, f.ordinal, of, done.linker.print(n) as i64, posted.contains(&n)])?;
    }
    let mut posts: Vec<(i64, u32)> = Vec::new();
    for n in &done.heads {
        posts.extend(done.linker.keys(*n).posts.into_iter().map(|k| (k as i64, n + 1)));
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
