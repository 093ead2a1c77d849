//! Finding incidents: by filter, by id, by actor.

use crate::decide::{Names, names_of};
use crate::error::{Error, Inner, What};
use crate::rows::{self, Kept};
use crate::search;
use crate::store::Archive;
use account::{Account, Kind};
use incident::{Incident, Rules, Supporter};
use jiff::civil::Date;
use rusqlite::types::Value as Column;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;

/// Which incidents to list; an empty filter lists all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// That may have happened on or after this day.
    pub since: Option<Date>,
    /// That may have happened on or before this day.
    pub until: Option<Date>,
    /// In the country of this ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// Whose chosen place bears this name.
    pub place: Option<String>,
    /// That an account calls so.
    pub kind: Option<Kind>,
    /// That an account binds to this actor: its key in the actor list, or the folded name.
    pub actor: Option<String>,
    /// On which independent accounts exclude each other.
    pub disputed: bool,
    /// That came, or came to read otherwise, on this day or later.
    pub changed_since: Option<Date>,
    /// That an article tells in which these words are found, as [`Archive::search`] finds them; empty asks for nothing.
    pub words: String,
}

/// An incident with all that its accounts say.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The incident.
    pub incident: Incident,
    /// Its accounts, in the order of [`Incident::accounts`].
    pub accounts: Vec<Account>,
    /// Their articles by id.
    pub articles: BTreeMap<String, Kept>,
}

impl Whole {
    /// The article of the account at `position`.
    pub fn article(&self, position: usize) -> Option<&Kept> {
        self.articles.get(&self.incident.accounts.get(position)?.article)
    }

    /// Kinds of violence that accounts name, the most often named first.
    pub fn kinds(&self) -> Vec<Kind> {
        kinds(self.accounts.iter())
    }

    /// Chooses its values by other rules; where none is set, what is stored stands.
    pub fn rule(&mut self, rules: &Rules) {
        if !rules.is_default() {
            self.incident.rule(rules);
        }
    }

    /// The value that was chosen for a field; empty if there is none.
    pub fn chosen(&self, field: &str) -> &str {
        self.incident.fields.iter().find(|f| f.name == field).map_or("", |f| f.chosen.as_str())
    }
}

/// Kinds of violence that accounts name, the most often named first.
pub(crate) fn kinds<'a>(accounts: impl Iterator<Item = &'a Account>) -> Vec<Kind> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for k in accounts.flat_map(|a| &a.kinds) {
        *counts.entry(k.value).or_default() += 1;
    }
    let mut kinds: Vec<Kind> = counts.keys().copied().collect();
    kinds.sort_by_key(|k| (std::cmp::Reverse(counts[k]), *k));
    kinds
}

impl Archive {
    /// Calls `each` with the incidents that pass, in order of their days, undated ones last.
    ///
    /// Holds one at a time. Stops at the first `Err` of `each`, which is handed back inside.
    pub fn incidents<E>(
        &self,
        filter: &Filter,
        mut each: impl FnMut(Whole) -> Result<(), E>,
    ) -> Result<Result<(), E>, Error> {
        let (condition, values) = conditions(filter);
        let run = || -> Inner<Result<(), E>> {
            // An index holds all that is asked, so that no body is read before its turn.
            let sql = format!(
                "SELECT id FROM {} WHERE {condition} ORDER BY first_day NULLS LAST, last_day, id",
                narrowest(filter)
            );
            let mut find = self.conn.prepare(&sql)?;
            let mut body = self.conn.prepare("SELECT body FROM incident WHERE id = ?1")?;
            let names = names_of(&self.conn)?;
            let mut rows = find.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                let body: String = body.query_row([row.get::<_, String>(0)?], |r| r.get(0))?;
                let whole = whole(&self.conn, serde_json::from_str(&body)?, &names)?;
                if let Err(e) = each(whole) {
                    return Ok(Err(e));
                }
            }
            Ok(Ok(()))
        };
        run().map_err(|e| self.blame(e))
    }

    /// The incident whose id begins with `prefix`.
    ///
    /// *Errors*: none or several.
    pub fn incident(&self, prefix: &str) -> Result<Whole, Error> {
        let run = || whole(&self.conn, incident(&self.conn, prefix)?, &names_of(&self.conn)?);
        run().map_err(|e| self.blame(e))
    }

    /// How many incidents there are.
    pub fn count(&self) -> Result<usize, Error> {
        self.conn.query_row("SELECT count(*) FROM incident", [], |r| r.get(0)).map_err(|e| self.blame(e.into()))
    }

    /// Every account that states the strength of somebody, with its article, in order of publication.
    pub fn strengths(&self) -> Result<Vec<(Kept, Account)>, Error> {
        let run = || -> Inner<Vec<(Kept, Account)>> {
            let mut find = self.conn.prepare(
                "SELECT account.article, account.body FROM account JOIN article ON article.id = account.article
                 WHERE article.same_as IS NULL AND EXISTS (
                   SELECT 1 FROM json_each(account.body, '$.figures') AS f WHERE f.value ->> '$.measure' = 'strength')
                 ORDER BY article.published IS NULL, article.published, account.article, account.ordinal",
            )?;
            let found: Vec<(String, String)> =
                find.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            let names = names_of(&self.conn)?;
            let each = |(id, body): (String, String)| {
                let mut account: Account = serde_json::from_str(&body)?;
                names.rename(&mut account);
                Ok((rows::fetch(&self.conn, &id)?, account))
            };
            found.into_iter().map(each).collect()
        };
        run().map_err(|e| self.blame(e))
    }
}

/// What was read of an account.
pub(crate) fn account(conn: &Connection, at: &Supporter) -> Inner<Account> {
    let mut find = conn.prepare_cached("SELECT body FROM account WHERE article = ?1 AND ordinal = ?2")?;
    let body: String = find.query_row((&at.article, at.ordinal), |r| r.get(0))?;
    Ok(serde_json::from_str(&body)?)
}

/// The one incident whose id begins so, or that once bore the id.
pub(crate) fn incident(conn: &Connection, prefix: &str) -> Inner<Incident> {
    // No id holds a letter behind `z`, so that all that begin so lie in one range of the index.
    let mut find =
        conn.prepare_cached("SELECT id, body FROM incident WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id LIMIT 6")?;
    let found: Vec<(String, String)> =
        find.query_map([prefix], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    match found.as_slice() {
        [(_, body)] => Ok(serde_json::from_str(body)?),
        // The whole id of one is never ambiguous.
        [(id, body), ..] if id == prefix => Ok(serde_json::from_str(body)?),
        // An id that an incident bore once leads to the incident of today, whose id is another.
        [] => match former(conn, prefix)? {
            Some(id) => incident(conn, &id),
            None => Err(What::UnknownIncident(prefix.to_owned()).into()),
        },
        many => Err(What::AmbiguousIncident(prefix.to_owned(), many.iter().map(|(id, _)| id.clone()).collect()).into()),
    }
}

/// The incident that an id leads to which begins so and is one no more.
fn former(conn: &Connection, prefix: &str) -> Inner<Option<String>> {
    let mut find =
        conn.prepare_cached("SELECT id FROM incident_past WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id LIMIT 2")?;
    let found: Vec<String> = find.query_map([prefix], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    match found.as_slice() {
        [id] if !prefix.is_empty() => crate::relink::lead(conn, id),
        _ => Ok(None),
    }
}

/// The index through which the incidents that pass are found: all hold what [`conditions`] asks for.
pub(crate) fn narrowest(f: &Filter) -> &'static str {
    if f.country.is_some() {
        "incident INDEXED BY incident_country"
    } else if f.since.is_some() {
        "incident INDEXED BY incident_last"
    } else {
        crate::brief::INDEX
    }
}

/// The condition of SQL on rows of `incident` that pass, and its values.
pub(crate) fn conditions(f: &Filter) -> (String, Vec<Column>) {
    let mut sql = vec!["1".to_owned()];
    let mut values = Vec::new();
    let mut nothing = false;
    let mut want = |condition: &str, value: String| {
        values.push(Column::Text(value));
        sql.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(day) = f.since {
        want("last_day >= ?", day.to_string());
    }
    if let Some(day) = f.until {
        want("first_day <= ?", day.to_string());
    }
    if let Some(country) = &f.country {
        want("country = ?", country.to_ascii_uppercase());
    }
    if let Some(place) = &f.place {
        want("place = ?", place.clone());
    }
    if let Some(kind) = f.kind {
        want("instr(' ' || kinds || ' ', ' ' || ? || ' ')", kind.name().to_owned());
    }
    if let Some(actor) = &f.actor {
        want("instr(char(10) || actors, char(10) || ? || char(9))", actor.clone());
    }
    if let Some(day) = f.changed_since {
        want("id IN (SELECT incident FROM incident_change WHERE time >= ?)", day.to_string());
    }
    if !f.words.trim().is_empty() {
        match search::expression(&f.words) {
            Some(words) => want(
                "id IN (SELECT incident FROM article_fts JOIN article ON article.number = article_fts.rowid
                   JOIN incident_account ON incident_account.article = article.id WHERE article_fts MATCH ?)",
                words,
            ),
            // What holds no word to look for is found nowhere.
            None => nothing = true,
        }
    }
    if f.disputed {
        sql.push("disputed".to_owned());
    }
    if nothing {
        sql.push("0".to_owned());
    }
    (sql.join(" AND "), values)
}

fn whole(conn: &Connection, incident: Incident, names: &Names) -> Inner<Whole> {
    let mut accounts = Vec::with_capacity(incident.accounts.len());
    let mut articles = BTreeMap::new();
    for s in &incident.accounts {
        let mut account = account(conn, s)?;
        names.rename(&mut account);
        accounts.push(account);
        if !articles.contains_key(&s.article) {
            articles.insert(s.article.clone(), rows::fetch(conn, &s.article)?);
        }
    }
    Ok(Whole { incident, accounts, articles })
}
