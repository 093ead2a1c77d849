//! An article with all that was read in it.

use crate::decide::names_of;
use crate::error::{Error, Inner};
use crate::rows::{self, Kept};
use crate::store::Archive;
use account::{Account, Statement};
use article::{Problem, Span};
use rusqlite::OptionalExtension;

/// An article with all that was read in it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The article.
    pub kept: Kept,
    /// The article that stands for this one, if another version does.
    pub same_as: Option<String>,
    /// Articles that this one stands for.
    pub versions: Vec<String>,
    /// Its accounts, each with the incident that it belongs to.
    pub accounts: Vec<(Account, Option<String>)>,
    /// Who says what, in text order.
    pub statements: Vec<Statement>,
    /// What was wrong with the files and addresses in which it alone was found.
    pub problems: Vec<Problem>,
}

impl Archive {
    /// The article of that id; `None` if there is none.
    pub fn article(&self, id: &str) -> Result<Option<Opened>, Error> {
        let run = || -> Inner<Option<Opened>> {
            let mut find = self.conn.prepare_cached("SELECT same_as FROM article WHERE id = ?1")?;
            let Some(same_as) = find.query_row([id], |r| r.get::<_, Option<String>>(0)).optional()? else {
                return Ok(None);
            };
            Ok(Some(Opened {
                kept: rows::fetch(&self.conn, id)?,
                same_as,
                versions: self.column("SELECT id FROM article WHERE same_as = ?1 ORDER BY id", id)?,
                accounts: self.told(id)?,
                statements: self
                    .column::<String>("SELECT body FROM statement WHERE article = ?1 ORDER BY ordinal", id)?
                    .iter()
                    .map(|b| serde_json::from_str(b))
                    .collect::<Result<_, _>>()?,
                problems: self.wrong(id)?,
            }))
        };
        run().map_err(|e| self.blame(e))
    }

    fn column<T: rusqlite::types::FromSql>(&self, sql: &str, id: &str) -> Inner<Vec<T>> {
        let mut find = self.conn.prepare_cached(sql)?;
        Ok(find.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    fn told(&self, id: &str) -> Inner<Vec<(Account, Option<String>)>> {
        let names = names_of(&self.conn)?;
        let mut find = self.conn.prepare_cached(
            "SELECT body, incident FROM account LEFT JOIN incident_account USING (article, ordinal)
             WHERE account.article = ?1 ORDER BY account.ordinal",
        )?;
        let found: Vec<(String, Option<String>)> =
            find.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let one = |(body, incident): (String, Option<String>)| {
            let mut account: Account = serde_json::from_str(&body)?;
            names.rename(&mut account);
            Ok((account, incident))
        };
        found.into_iter().map(one).collect()
    }

    /// Problems of files that hold this article and no other: of a file of many nothing tells whose they are.
    fn wrong(&self, id: &str) -> Inner<Vec<Problem>> {
        let mut find = self.conn.prepare_cached(
            "SELECT code, start, \"end\", detail FROM problem JOIN origin ON origin.name = problem.origin
             WHERE origin.article = ?1 AND (SELECT count(*) FROM origin AS o WHERE o.name = problem.origin) = 1
             ORDER BY number",
        )?;
        let one = |r: &rusqlite::Row<'_>| {
            let (start, end): (Option<u32>, Option<u32>) = (r.get(1)?, r.get(2)?);
            Ok(Problem { code: r.get(0)?, span: start.zip(end).map(Span::from), detail: r.get(3)? })
        };
        Ok(find.query_map([id], one)?.collect::<rusqlite::Result<_>>()?)
    }
}
