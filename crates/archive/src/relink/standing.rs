//! Which of several versions of one article stands for the others.
//!
//! It is decided from all of them, so that it does not depend on which came first: articles that share an address or a text
//! form a group. The address at which the story appeared first speaks for the group, and the last version of that address
//! stands for all: a page is what it says now.

use crate::error::Inner;
use article::Edtf;
use rusqlite::{Connection, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// For every article the id of the one that stands for it, `None` for itself.
pub(crate) type Standing = BTreeMap<String, Option<String>>;

/// One article, as far as it matters for who stands for whom.
struct Version {
    id: String,
    url: Option<String>,
    text: String,
    /// The second of its publication; `None` if unknown.
    moment: Option<i64>,
}

/// Who stands for whom in the whole archive.
pub(super) fn of_all(conn: &Connection) -> Inner<Standing> {
    let mut find = conn.prepare(&format!("{VERSION} "))?;
    let articles = find.query_map([], version)?.collect::<rusqlite::Result<_>>()?;
    Ok(among(articles))
}

/// Who stands for whom among the articles that share an address or a text with one of these, near or far.
pub(super) fn around(conn: &Connection, ids: &[String]) -> Inner<Standing> {
    let mut found: BTreeMap<String, Version> = BTreeMap::new();
    let mut asked: BTreeSet<(bool, String)> = BTreeSet::new();
    let mut by_id = conn.prepare_cached(&format!("{VERSION} WHERE id = ?1"))?;
    let mut by_url = conn.prepare_cached(&format!("{VERSION} WHERE url = ?1"))?;
    let mut by_text = conn.prepare_cached(&format!("{VERSION} WHERE text_hash = ?1"))?;
    let mut open: Vec<Version> = Vec::new();
    for id in ids {
        open.push(by_id.query_row([id], version)?);
    }
    while let Some(v) = open.pop() {
        let keys = v.url.clone().map(|u| (true, u)).into_iter().chain([(false, v.text.clone())]);
        for (of_url, key) in keys {
            if asked.insert((of_url, key.clone())) {
                let find = if of_url { &mut by_url } else { &mut by_text };
                let more: Vec<Version> = find.query_map([key], version)?.collect::<rusqlite::Result<_>>()?;
                open.extend(more);
            }
        }
        found.insert(v.id.clone(), v);
    }
    Ok(among(found.into_values().collect()))
}

const VERSION: &str = "SELECT id, url, text_hash, published, published_time FROM article";

fn version(r: &rusqlite::Row<'_>) -> rusqlite::Result<Version> {
    let moment = moment(r.get::<_, Option<String>>(3)?.as_deref(), r.get::<_, Option<String>>(4)?.as_deref());
    Ok(Version { id: r.get(0)?, url: r.get(1)?, text: r.get(2)?, moment })
}

fn among(mut articles: Vec<Version>) -> Standing {
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
    (0..articles.len())
        .map(|i| {
            let s = stands[root(&mut group, i)];
            (articles[i].id.clone(), (s != i).then(|| articles[s].id.clone()))
        })
        .collect()
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

/// Notes who stands for whom.
pub(super) fn stand(tx: &Transaction<'_>, standing: &Standing) -> Inner<()> {
    let mut update = tx.prepare("UPDATE article SET same_as = ?2 WHERE id = ?1 AND same_as IS NOT ?2")?;
    for (id, other) in standing {
        update.execute(params![id, other])?;
    }
    Ok(())
}
