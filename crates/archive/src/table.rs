//! Tables of event reports that people coded, taken in as accounts, so that they link and aggregate like those read from
//! articles.
//!
//! A table is taken whole or not at all: each row is read first, and every cell that cannot be is named by its row and
//! column.

mod map;
mod row;

pub use map::Map;

use crate::error::Error;
use crate::read::Summary;
use crate::rows::hash;
use crate::store::Archive;
use crate::write::{Digest, Told};
use account::{Actors, Report};
use article::{Article, Basis, Block, BlockKind, Found, Problem, Published, Span};
use row::Row;
use std::collections::BTreeMap;

/// Problems named before the rest is only counted: who mends twenty cells of one kind knows what to do.
const MOST: usize = 20;
/// The largest table, in bytes: beyond it, it should be cut.
const LARGEST: usize = 1 << 30;

impl Archive {
    /// Takes a table in: every row, or none if any problem is found; with `skip` every row that can be read.
    ///
    /// `name` is that of its file. *Shape*: nothing was taken where the summary's `incidents` is `None`; `problems` says
    /// why. *Errors*: of the archive.
    pub fn import_table(
        &mut self,
        name: &str,
        bytes: &[u8],
        map: &Map,
        actors: &Actors,
        skip: bool,
    ) -> Result<Summary, Error> {
        let (articles, problems) = match read(bytes, map, actors) {
            Ok(read) => read,
            Err(problems) => (Vec::new(), problems),
        };
        let problems: Vec<_> = problems.into_iter().map(|p| (name.to_owned(), p)).collect();
        if articles.is_empty() || !(problems.is_empty() || skip) {
            return Ok(Summary { problems, set_aside: 1, ..Summary::default() });
        }
        self.sign("taking in a table")?;
        let hash = Some(hash(bytes));
        let digest = Digest { name: name.to_owned(), offset: 0, hash, articles, problems: Vec::new() };
        let added = self.add(&[digest])?;
        let incidents = Some(if self.is_stale()? { self.relink()? } else { self.count()? });
        let (new, known, accounts) = (added.new, added.known, added.accounts);
        Ok(Summary { new, known, accounts, incidents, problems, ..Summary::default() })
    }
}

/// The rows as articles with their accounts, and what is wrong with single rows. *Errors*: the table has not the form that
/// the map tells.
fn read(bytes: &[u8], map: &Map, actors: &Actors) -> Result<(Vec<Told>, Vec<Problem>), Vec<Problem>> {
    let text = decode(bytes, map).map_err(|p| vec![p])?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(map.separator.unwrap_or(b','))
        .has_headers(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(h) => h.iter().map(|s| s.trim().to_owned()).collect(),
        Err(e) => return Err(vec![Problem::new("table/form", format!("the heading cannot be read: {e}"))]),
    };
    let missing: Vec<Problem> = map
        .columns()
        .filter(|c| !header.iter().any(|h| h == c))
        .map(|c| {
            let have = header.join(", ");
            Problem::new("table/column", format!("there is no column `{c}`; the table has {have}"))
        })
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let (mut problems, mut count) = (Vec::new(), 0_usize);
    let mut articles: Vec<Told> = Vec::new();
    let mut by_key: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(r) => r,
            Err(e) => {
                // After a row of the wrong length nothing can be trusted to stand in its column.
                return Err(vec![Problem::new("table/form", format!("{e}; the rows behind it were not looked at"))]);
            }
        };
        let line = record.position().map_or(0, |p| p.line());
        let cells: Vec<String> = record.iter().map(|c| c.trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if let Err((column, what)) = add(&mut articles, &mut by_key, map, actors, &header, cells) {
            count += 1;
            if count <= MOST {
                problems.push(Problem::new("table/cell", format!("row at line {line}, column `{column}`: {what}")));
            }
        }
    }
    if count > MOST {
        problems.push(Problem::new("table/cell", format!("and {} more rows that cannot be read", count - MOST)));
    }
    if articles.is_empty() && problems.is_empty() {
        problems.push(Problem::new("table/form", "the table has no rows"));
    }
    Ok((articles, problems))
}

/// Adds a row to the article that it belongs to, or as an article of its own.
fn add(
    articles: &mut Vec<Told>,
    by_key: &mut BTreeMap<Vec<String>, usize>,
    map: &Map,
    actors: &Actors,
    header: &[String],
    cells: Vec<String>,
) -> Result<(), row::Wrong> {
    let first = Row::new(map, actors, header, cells, 0);
    let mut key = first.article();
    let published = first.published()?;
    if let Some(k) = &mut key {
        // One source that wrote on two days is two articles.
        k.extend([
            first.plain("outlet").unwrap_or_default(),
            published.as_ref().map(ToString::to_string).unwrap_or_default(),
        ]);
    }
    if let Some(at) = key.as_ref().and_then(|k| by_key.get(k)) {
        let told = &mut articles[*at];
        let start = told.article.text.len() + 2;
        let row = Row::new(map, actors, header, first.cells, start);
        told.report.accounts.push(row.account()?);
        told.article.text += "\n\n";
        told.article.text += &row.text;
        told.article.blocks.push(block(start, told.article.text.len()));
        return Ok(());
    }
    let found = |v: Option<String>| v.map(|value| Found { value, basis: Basis::Record });
    let report = Report { accounts: vec![first.account()?], source_chain: first.sources(), ..Report::default() };
    let article = Article {
        outlet: found(first.plain("outlet")),
        title: found(first.plain("title")),
        published: published.map(|date| Found { value: Published { date, time: None }, basis: Basis::Record }),
        blocks: vec![block(0, first.text.len())],
        text: first.text,
        ..Article::default()
    };
    if let Some(k) = key {
        by_key.insert(k, articles.len());
    }
    // Rows of one table share their form, not their words: without a sketch no two are taken for copies.
    articles.push(Told { article, sketch: Vec::new(), report });
    Ok(())
}

fn block(start: usize, end: usize) -> Block {
    Block { span: Span::new(start, end), kind: BlockKind::Paragraph }
}

/// The table as text. *Errors*: an unknown encoding, or bytes that are not of it, by line.
fn decode(bytes: &[u8], map: &Map) -> Result<String, Problem> {
    let wrong = |what: String| Problem::new("table/encoding", what);
    if bytes.len() > LARGEST {
        return Err(Problem::new("table/form", "the table is larger than a gigabyte; cut it into several"));
    }
    let Some(label) = &map.encoding else {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(wrong("the table is in UTF-16; add `encoding = utf-16` to the map".into()));
        }
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            wrong(format!(
                "line {line} is not UTF-8; add the encoding to the map, for example `encoding = windows-1252`"
            ))
        })?;
        return Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
    };
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())
        .ok_or_else(|| wrong(format!("`{label}` is no encoding; write one like utf-8, windows-1252 or iso-8859-2")))?;
    let (text, used, broken) = encoding.decode(bytes);
    if broken {
        let line = text.split('\u{fffd}').next().unwrap_or_default().matches('\n').count() + 1;
        return Err(wrong(format!("line {line} is not {}", used.name())));
    }
    Ok(text.into_owned())
}
