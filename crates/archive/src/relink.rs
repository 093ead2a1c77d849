//! Rebuilding the incidents from all accounts.
//!
//! Which of several versions of one article stands for the others is decided here too, from all of them, so that it does
//! not depend on which came first: articles that share an address or a text form a group. The address at which the story
//! appeared first speaks for the group, and the last version of that address stands for all: a page is what it says now.

use crate::decide::{self, Force};
use crate::error::{Error, Inner, What};
use crate::find;
use crate::read::fence;
use crate::store::{Archive, get, set};
use crate::write::{column, generation};
use account::{Account, Kind, Value};
use article::Edtf;
use incident::{Filed, Incident, Supporter};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// For every article the id of the one that stands for it, `None` for itself.
pub(crate) type Standing = BTreeMap<String, Option<String>>;

impl Archive {
    /// Whether accounts came in since the incidents were last linked, because a read was cut short.
    pub fn is_stale(&self) -> Result<bool, Error> {
        let stale = || -> Inner<bool> { Ok(generation(&self.conn)? != linked(&self.conn)?) };
        stale().map_err(|e| self.blame(e))
    }

    /// Rebuilds the incidents from all accounts and gives their number. *Cost*: grows with the whole archive.
    ///
    /// Linking itself holds no lock. Should another program add accounts meanwhile, the archive stays stale, and that
    /// program links when it is done.
    pub fn relink(&mut self) -> Result<usize, Error> {
        Ok(self.relink_unless(&AtomicBool::new(false))?.unwrap_or_default())
    }

    /// As [`Archive::relink`]; `None` if `stop` was set before there was anything to write: the archive stays stale.
    pub(crate) fn relink_unless(&mut self, stop: &AtomicBool) -> Result<Option<usize>, Error> {
        self.sign("linking incidents")?;
        let (generation, standing, filed, force) = self.gather().map_err(|e| self.blame(e))?;
        // The accounts stay at hand for the columns that the incidents are found by.
        let accounts: BTreeMap<(String, u32), Account> =
            filed.iter().map(|f| ((f.article.clone(), f.ordinal), f.account.clone())).collect();
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        // Nothing was written yet: should linking fail, the archive is as it was.
        let outlets = force.outlets(&filed);
        let mut incidents =
            fence(|| incident::link(filed, &force.decided)).map_err(|what| self.blame(What::Linking(what).into()))?;
        force.finish(&mut incidents, &outlets);
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        self.change(|tx| {
            if linked(tx)? > generation {
                return Ok(());
            }
            stand(tx, &standing)?;
            for table in ["incident_account", "incident_kind", "incident_actor", "incident"] {
                tx.execute(&format!("DELETE FROM {table}"), [])?;
            }
            for i in &incidents {
                write(tx, i, &accounts)?;
            }
            set(tx, "linked", &generation.to_string())
        })?;
        Ok(Some(incidents.len()))
    }

    /// One consistent view of everything that linking needs: the generation, who stands for whom, and the accounts.
    fn gather(&mut self) -> Inner<(u64, Standing, Vec<Filed>, Force)> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let generation = generation(&tx)?;
        let standing = standing(&tx)?;
        let mut filed = Vec::new();
        let mut find = tx.prepare(&format!("SELECT {FILED} ORDER BY account.article, account.ordinal"))?;
        let mut rows = find.query([])?;
        while let Some(r) = rows.next()? {
            let article: String = r.get(0)?;
            if !standing.get(&article).is_some_and(Option::is_some) {
                filed.push(file(r)?);
            }
        }
        drop(rows);
        let force = Force::of(&tx, Some(&standing), &decide::all(&tx)?)?;
        force.prepare(&mut filed);
        Ok((generation, standing, filed, force))
    }
}

/// What [`file`] reads.
const FILED: &str = "account.article, account.ordinal, account.body, article.outlet, article.published, \
     article.published_time, article.source_chain, article.sketch, article.text \
     FROM account JOIN article ON article.id = account.article";

/// An account as linking takes it, from a row of [`FILED`].
fn file(r: &rusqlite::Row<'_>) -> Inner<Filed> {
    let chain: Vec<Value<String>> = serde_json::from_str(&r.get::<_, String>(6)?)?;
    let sketch: Vec<u8> = r.get(7)?;
    let account: Account = serde_json::from_str(&r.get::<_, String>(2)?)?;
    Ok(Filed {
        article: r.get(0)?,
        ordinal: r.get(1)?,
        outlet: r.get::<_, Option<String>>(3)?.unwrap_or_default(),
        published: r.get::<_, Option<String>>(4)?.and_then(|p| p.parse().ok()),
        published_time: r.get(5)?,
        source_chain: chain.into_iter().map(|v| v.value).collect(),
        sketch: sketch.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect(),
        said: incident::said(&r.get::<_, String>(8)?, &account),
        account,
    })
}

/// One account as linking takes it.
pub(crate) fn filed(conn: &Connection, at: &Supporter) -> Inner<Filed> {
    let mut find =
        conn.prepare_cached(&format!("SELECT {FILED} WHERE account.article = ?1 AND account.ordinal = ?2"))?;
    let mut rows = find.query((&at.article, at.ordinal))?;
    file(rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
}

fn linked(conn: &Connection) -> Inner<u64> {
    Ok(get(conn, "linked")?.and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// One article, as far as it matters for who stands for whom.
struct Version {
    id: String,
    url: Option<String>,
    text: String,
    /// The second of its publication; `None` if unknown.
    moment: Option<i64>,
}

fn standing(conn: &Connection) -> Inner<Standing> {
    let mut find = conn.prepare("SELECT id, url, text_hash, published, published_time FROM article")?;
    let version = |r: &rusqlite::Row<'_>| {
        let moment = moment(r.get::<_, Option<String>>(3)?.as_deref(), r.get::<_, Option<String>>(4)?.as_deref());
        Ok(Version { id: r.get(0)?, url: r.get(1)?, text: r.get(2)?, moment })
    };
    let mut articles: Vec<Version> = find.query_map([], version)?.collect::<rusqlite::Result<_>>()?;
    // Ordered by whose address would best speak for the group: with an address, early, then by what never changes.
    articles.sort_by(|a, b| {
        let key = |v: &Version| (v.url.is_none(), v.moment.is_none(), v.moment);
        (key(a), &a.url, &a.id).cmp(&(key(b), &b.url, &b.id))
    });
    let mut group: Vec<usize> = (0..articles.len()).collect();
    let mut first: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    for (i, v) in articles.iter().enumerate() {
        for key in [v.url.as_deref().map(|u| (true, u)), Some((false, v.text.as_str()))].into_iter().flatten() {
            let j = *first.entry(key).or_insert(i);
            let (a, b) = (root(&mut group, i), root(&mut group, j));
            // The smaller index is the better one, and so becomes the root.
            group[a.max(b)] = a.min(b);
        }
    }
    // Of the versions of the root's address the last stands; of two of one moment the one with the smaller id.
    let mut stands: Vec<usize> = (0..articles.len()).collect();
    for (i, v) in articles.iter().enumerate().filter(|(_, v)| v.url.is_some()) {
        let r = root(&mut group, i);
        let best = &articles[stands[r]];
        if v.url == articles[r].url && (v.moment, &best.id) > (best.moment, &v.id) {
            stands[r] = i;
        }
    }
    Ok((0..articles.len())
        .map(|i| {
            let s = stands[root(&mut group, i)];
            (articles[i].id.clone(), (s != i).then(|| articles[s].id.clone()))
        })
        .collect())
}

/// When an article was published: the second, or the first of its day where the time is unknown.
fn moment(published: Option<&str>, time: Option<&str>) -> Option<i64> {
    let day = || published?.parse::<Edtf>().ok()?.days()?.0.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let exact = time.and_then(|t| t.parse::<jiff::Timestamp>().ok());
    exact.or_else(|| Some(day()?.timestamp())).map(|t| t.as_second())
}

fn root(group: &mut [usize], mut i: usize) -> usize {
    while group[i] != i {
        group[i] = group[group[i]];
        i = group[i];
    }
    i
}

fn stand(tx: &Transaction<'_>, standing: &Standing) -> Inner<()> {
    let mut update = tx.prepare("UPDATE article SET same_as = ?2 WHERE id = ?1 AND same_as IS NOT ?2")?;
    for (id, other) in standing {
        update.execute(params![id, other])?;
    }
    Ok(())
}

/// Writes an incident anew whose values changed and whose accounts did not.
pub(crate) fn rewrite(tx: &Transaction<'_>, i: &Incident) -> Inner<()> {
    for table in ["incident_account", "incident_kind", "incident_actor"] {
        tx.prepare_cached(&format!("DELETE FROM {table} WHERE incident = ?1"))?.execute([&i.id])?;
    }
    tx.prepare_cached("DELETE FROM incident WHERE id = ?1")?.execute([&i.id])?;
    let names = decide::names_of(tx)?;
    let mut accounts = BTreeMap::new();
    for s in &i.accounts {
        let mut account = find::account(tx, s)?;
        names.rename(&mut account);
        accounts.insert((s.article.clone(), s.ordinal), account);
    }
    write(tx, i, &accounts)
}

fn write(tx: &Transaction<'_>, i: &Incident, accounts: &BTreeMap<(String, u32), Account>) -> Inner<()> {
    let told: Vec<&Account> = i.accounts.iter().filter_map(|s| accounts.get(&(s.article.clone(), s.ordinal))).collect();
    let chosen =
        |name: &str| i.fields.iter().find(|f| f.name == name).map(|f| f.chosen.as_str()).filter(|c| !c.is_empty());
    let days = chosen("date").and_then(|d| d.parse::<Edtf>().ok()).and_then(|d| d.days());
    let (low, high) = crate::toll(i).map_or((None, None), |t| (t.low, t.high));
    let articles: BTreeSet<&str> = i.accounts.iter().map(|s| s.article.as_str()).collect();
    tx.prepare_cached(
        "INSERT INTO incident(id, date, first_day, last_day, country, place, stage, killed_low, killed_high, disputed,
           articles, independent, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        i.id,
        chosen("date"),
        days.map(|(first, _)| first.to_string()),
        days.map(|(_, last)| last.to_string()),
        chosen("country"),
        chosen("place"),
        chosen("stage"),
        low.map(column),
        high.map(column),
        i.fields.iter().any(|f| f.disputed),
        articles.len(),
        i.origins.len(),
        serde_json::to_string(i)?,
    ])?;
    let mut account = tx.prepare_cached("INSERT INTO incident_account VALUES (?1, ?2, ?3, ?4)")?;
    for (position, s) in i.accounts.iter().enumerate() {
        account.execute(params![i.id, position, s.article, s.ordinal])?;
    }
    let kinds: BTreeSet<Kind> = told.iter().flat_map(|a| a.kinds.iter().map(|k| k.value)).collect();
    let mut kind = tx.prepare_cached("INSERT INTO incident_kind VALUES (?1, ?2)")?;
    for k in kinds {
        kind.execute(params![i.id, k.name()])?;
    }
    let actors: BTreeSet<&str> = told.iter().flat_map(|a| a.perpetrators.iter().map(|b| b.actor.as_str())).collect();
    let mut actor = tx.prepare_cached("INSERT INTO incident_actor VALUES (?1, ?2)")?;
    for a in actors {
        actor.execute(params![i.id, a])?;
    }
    Ok(())
}
