//! Articles as rows: their ids, and the way into the table and back.

use crate::error::Inner;
use account::{Report, Value};
use article::{Article, Basis, Edtf, Found, Published};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An article as the archive keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its id: the same content gives the same id.
    pub id: String,
    /// The article.
    pub article: Article,
    /// Outlets that the story is taken from, nearest first.
    pub source_chain: Vec<Value<String>>,
    /// Every file or address in which it was found, sorted.
    pub origins: Vec<String>,
}

/// The columns that [`kept`] reads, of a table `article`.
pub(crate) const COLUMNS: &str = "article.id, article.url, article.url_basis, article.outlet, article.outlet_basis, \
     article.title, article.title_basis, article.byline, article.byline_basis, article.published, \
     article.published_time, article.published_basis, article.text, article.blocks, article.source_chain, article.dateline, article.agency, article.agency_basis";

/// The id of an article: a prefix of the hash of all that was found of it.
///
/// Not of the address alone: two versions of one page are two rows of which one stands for both, whichever came first.
pub(crate) fn id(article: &Article) -> String {
    let mut parts: Vec<String> = Vec::new();
    for fact in [&article.url, &article.outlet, &article.title, &article.byline, &article.agency] {
        parts.extend(fact.iter().flat_map(|f| [f.value.clone(), basis(f.basis)]));
        parts.push(String::new());
    }
    if let Some(p) = &article.published {
        parts.extend([p.value.date.to_string(), p.value.time.clone().unwrap_or_default(), basis(p.basis)]);
    }
    parts.push(String::new());
    parts.push(article.text.clone());
    parts.extend(article.dateline.map(|d| format!("{} {}", d.start, d.end)));
    parts.extend(article.blocks.iter().map(|b| format!("{} {} {:?}", b.span.start, b.span.end, b.kind)));
    // Each part behind its length, so that no two articles write the same bytes.
    hash(parts.iter().map(|p| format!("{}:{p}", p.len())).collect::<String>().as_bytes())
}

fn basis(b: Basis) -> String {
    word(&b).unwrap_or_default()
}

/// The first 16 hexadecimal digits of the BLAKE3 hash.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let mut hex = blake3::hash(bytes).to_hex().to_string();
    hex.truncate(16);
    hex
}

/// The hash by which two texts are the same: white space aside.
pub(crate) fn text_hash(text: &str) -> String {
    hash(text.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes())
}

/// The name under which an enum with one word per value is stored.
pub(crate) fn word<T: Serialize>(value: &T) -> Inner<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(s) => Ok(s),
        other => Ok(other.to_string()),
    }
}

fn unword<T: DeserializeOwned>(word: String) -> Inner<T> {
    Ok(serde_json::from_value(serde_json::Value::String(word))?)
}

/// Adds the row; the article must not be there yet.
pub(crate) fn insert(conn: &Connection, id: &str, article: &Article, sketch: &[u64], report: &Report) -> Inner<()> {
    let (url, url_basis) = split(&article.url)?;
    let (outlet, outlet_basis) = split(&article.outlet)?;
    let (title, title_basis) = split(&article.title)?;
    let (byline, byline_basis) = split(&article.byline)?;
    let (agency, agency_basis) = split(&article.agency)?;
    let published = article.published.as_ref();
    let sketch: Vec<u8> = sketch.iter().flat_map(|n| n.to_le_bytes()).collect();
    conn.prepare_cached(
        "INSERT INTO article(id, url, url_basis, outlet, outlet_basis, title, title_basis, byline, byline_basis, published,
           published_time, published_basis, text, text_hash, blocks, sketch, source_chain, dateline, agency, agency_basis)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?
    .execute(params![
        id,
        url,
        url_basis,
        outlet,
        outlet_basis,
        title,
        title_basis,
        byline,
        byline_basis,
        published.map(|p| p.value.date.to_string()),
        published.and_then(|p| p.value.time.as_deref()),
        published.map(|p| word(&p.basis)).transpose()?,
        article.text,
        text_hash(&article.text),
        serde_json::to_string(&article.blocks)?,
        sketch,
        serde_json::to_string(&report.source_chain)?,
        article.dateline.map(|d| serde_json::to_string(&d)).transpose()?,
        agency,
        agency_basis,
    ])?;
    Ok(())
}

fn split(found: &Option<Found<String>>) -> Inner<(Option<&str>, Option<String>)> {
    Ok((found.as_ref().map(|f| f.value.as_str()), found.as_ref().map(|f| word(&f.basis)).transpose()?))
}

/// Reads a row of [`COLUMNS`], without its origins.
pub(crate) fn kept(row: &Row<'_>) -> Inner<Kept> {
    let found = |at: usize| -> Inner<Option<Found<String>>> {
        let (value, basis): (Option<String>, Option<String>) = (row.get(at)?, row.get(at + 1)?);
        match (value, basis) {
            (Some(value), Some(basis)) => Ok(Some(Found { value, basis: unword::<Basis>(basis)? })),
            _ => Ok(None),
        }
    };
    let (date, time, basis): (Option<String>, Option<String>, Option<String>) =
        (row.get(9)?, row.get(10)?, row.get(11)?);
    let published = match (date, basis) {
        (Some(date), Some(basis)) => {
            let value = Published { date: unword::<Edtf>(date)?, time };
            Some(Found { value, basis: unword(basis)? })
        }
        _ => None,
    };
    let article = Article {
        url: found(1)?,
        outlet: found(3)?,
        title: found(5)?,
        byline: found(7)?,
        published,
        agency: found(16)?,
        text: row.get(12)?,
        blocks: serde_json::from_str(&row.get::<_, String>(13)?)?,
        dateline: row.get::<_, Option<String>>(15)?.map(|d| serde_json::from_str(&d)).transpose()?,
    };
    let source_chain = serde_json::from_str(&row.get::<_, String>(14)?)?;
    Ok(Kept { id: row.get(0)?, article, source_chain, origins: Vec::new() })
}

/// The article of that id with its origins.
pub(crate) fn fetch(conn: &Connection, id: &str) -> Inner<Kept> {
    let mut find = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM article WHERE id = ?1"))?;
    let mut rows = find.query([id])?;
    let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let mut kept = kept(row)?;
    // Every place where any version of it was found.
    let mut origins = conn.prepare_cached(
        "SELECT DISTINCT name FROM origin JOIN article ON article.id = origin.article
         WHERE article.id = ?1 OR article.same_as = ?1 ORDER BY name",
    )?;
    kept.origins = origins.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(kept)
}
