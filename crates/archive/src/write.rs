//! Writing what was read: once, in batches, so that whatever was committed stays.

use crate::error::{Error, Inner};
use crate::evidence::evidence;
use crate::rows;
use crate::store::{Archive, get, set};
use account::{Account, Measure, Report, Statement};
use article::{Article, Problem};
use incident::Filed;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// What was read from one file or address.
#[derive(Debug, Clone)]
pub struct Digest {
    /// The file's or address's name.
    pub name: String,
    /// Where it begins, when it is one of several parts of a large file.
    pub offset: u64,
    /// The hash of its bytes; `None` if they could not be had, so that the next run tries again.
    pub hash: Option<String>,
    /// Its articles with what they say.
    pub articles: Vec<Told>,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
}

/// An article and what it says.
#[derive(Debug, Clone)]
pub struct Told {
    /// The article.
    pub article: Article,
    /// Its sketch for finding near copies.
    pub sketch: Vec<u64>,
    /// What it says.
    pub report: Report,
}

impl Told {
    /// The id that the article has, or would have, in an archive.
    pub fn id(&self) -> String {
        rows::id(&self.article)
    }

    /// Its accounts as linking takes them.
    pub fn filed(&self) -> Vec<Filed> {
        let (id, published) = (self.id(), self.article.published.as_ref().map(|p| &p.value));
        let file = |(ordinal, account): (usize, &Account)| Filed {
            article: id.clone(),
            ordinal: ordinal as u32,
            outlet: self.article.outlet_name().unwrap_or_default().to_owned(),
            published: published.map(|p| p.date.clone()),
            published_time: published.and_then(|p| p.time.clone()),
            source_chain: self.report.source_chain.clone(),
            sketch: self.sketch.clone(),
            said: incident::said(&self.article.text, account),
            account: account.clone(),
        };
        self.report.accounts.iter().enumerate().map(file).collect()
    }
}

/// How many articles of a batch were new.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Added {
    pub(crate) new: usize,
    pub(crate) known: usize,
    pub(crate) accounts: usize,
    /// Rows written, versions of known articles among them.
    rows: usize,
}

impl Archive {
    /// Writes what was read elsewhere, in one transaction, and gives the number of articles that were new.
    ///
    /// The archive is stale until it is linked again. *Errors*: of the archive; then nothing is written.
    pub fn keep(&mut self, batch: &[Digest]) -> Result<usize, Error> {
        Ok(self.add(batch)?.new)
    }

    /// Writes a batch in one transaction: all of it is kept, or nothing.
    pub(crate) fn add(&mut self, batch: &[Digest]) -> Result<Added, Error> {
        self.change(|tx| {
            let mut added = Added::default();
            for digest in batch {
                write(tx, digest, &mut added)?;
            }
            if added.rows > 0 {
                let generation = generation(tx)? + 1;
                set(tx, "generation", &generation.to_string())?;
            }
            Ok(added)
        })
    }
}

/// Counts the batches that brought anything new; incidents are up to date when they were linked at this count.
pub(crate) fn generation(conn: &Connection) -> Inner<u64> {
    Ok(get(conn, "generation")?.and_then(|n| n.parse().ok()).unwrap_or(0))
}

fn write(tx: &Transaction<'_>, digest: &Digest, added: &mut Added) -> Inner<()> {
    // Problems of an earlier state of the file are past.
    tx.prepare_cached("DELETE FROM problem WHERE origin = ?1 AND offset = ?2")?
        .execute((&digest.name, digest.offset))?;
    for p in &digest.problems {
        problem(tx, digest, p)?;
    }
    for told in &digest.articles {
        for p in &told.report.problems {
            problem(tx, digest, p)?;
        }
        let id = told.id();
        let there = |column: &str, value: &str| -> rusqlite::Result<bool> {
            let find = format!("SELECT 1 FROM article WHERE {column} = ?1 LIMIT 1");
            Ok(tx.prepare_cached(&find)?.query_row([value], |_| Ok(())).optional()?.is_some())
        };
        let same_url = match &told.article.url {
            Some(url) => there("url", &url.value)?,
            None => false,
        };
        if same_url || there("text_hash", &rows::text_hash(&told.article.text))? {
            added.known += 1;
        } else {
            added.new += 1;
            added.accounts += told.report.accounts.len();
        }
        if !there("id", &id)? {
            added.rows += 1;
            rows::insert(tx, &id, &told.article, &told.sketch, &told.report)?;
            for (ordinal, a) in told.report.accounts.iter().enumerate() {
                account(tx, &id, ordinal, a)?;
            }
            for (ordinal, s) in told.report.statements.iter().enumerate() {
                statement(tx, &id, ordinal, s)?;
            }
        }
        tx.prepare_cached("INSERT OR IGNORE INTO origin(article, name) VALUES (?1, ?2)")?
            .execute([&id, &digest.name])?;
    }
    if let Some(hash) = &digest.hash {
        let done = "INSERT INTO done(name, offset, hash) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET hash = ?3";
        tx.prepare_cached(done)?.execute((&digest.name, digest.offset, hash))?;
    }
    Ok(())
}

fn problem(tx: &Transaction<'_>, digest: &Digest, p: &Problem) -> Inner<()> {
    tx.prepare_cached(
        "INSERT INTO problem(origin, offset, code, start, \"end\", detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        digest.name,
        digest.offset,
        p.code,
        p.span.map(|s| s.start),
        p.span.map(|s| s.end),
        p.detail
    ])?;
    Ok(())
}

fn account(tx: &Transaction<'_>, article: &str, ordinal: usize, a: &Account) -> Inner<()> {
    let killed = a.figures.iter().find(|f| f.measure == Measure::Killed && f.total);
    let place = a.place.as_ref();
    tx.prepare_cached(
        "INSERT INTO account(article, ordinal, prominence, kind, stage, date, date_basis, place, city, admin1, country,
           precision, killed_low, killed_high, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        article,
        ordinal,
        a.prominence.name(),
        a.kinds.first().map_or("other", |k| k.value.name()),
        a.stage.value.name(),
        a.date.as_ref().map(|d| d.value.to_string()),
        a.date.as_ref().map(|d| d.basis.name()),
        place.map(|p| p.name.as_str()),
        place.map(|p| p.city.as_str()),
        place.map(|p| p.admin1.as_str()),
        place.map(|p| p.country.as_str()),
        place.map(|p| p.precision.name()),
        killed.and_then(|f| f.low).map(column),
        killed.and_then(|f| f.high).map(column),
        serde_json::to_string(a)?,
    ])?;
    let mut put = tx.prepare_cached(
        "INSERT INTO evidence(article, ordinal, field, item, part, start, \"end\", rule) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for e in evidence(a) {
        put.execute(params![article, ordinal, e.field, e.item, e.part, e.span.start, e.span.end, e.rule])?;
    }
    Ok(())
}

fn statement(tx: &Transaction<'_>, article: &str, ordinal: usize, s: &Statement) -> Inner<()> {
    let source = s.sources.iter().map(|s| s.words.as_str()).collect::<Vec<_>>().join(" < ");
    tx.prepare_cached(
        "INSERT INTO statement(article, ordinal, source, cue_start, cue_end, content_start, content_end, rule, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        article,
        ordinal,
        source,
        s.cue.start,
        s.cue.end,
        s.content.start,
        s.content.end,
        s.by,
        serde_json::to_string(s)?
    ])?;
    Ok(())
}

/// A number of people as a column holds it; beyond 63 bits it is as good as the largest.
pub(crate) fn column(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
