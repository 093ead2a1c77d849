//! Outlets: what each published, whom it takes its stories from, who shares an origin with it, and how it is rated.

use crate::brief::INDEX;
use crate::decide::{Act, all, in_force};
use crate::error::{Error, Inner};
use crate::store::Archive;
use account::Value;
use article::fold;
use incident::Rating;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An outlet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outlet {
    /// Its name; the host of the address where an article names no outlet.
    pub name: String,
    /// Articles that stand for themselves.
    pub articles: usize,
    /// Incidents that they tell.
    pub incidents: usize,
    /// How far it can be relied on, and the decision that says so.
    pub rating: Option<(Rating, String)>,
    /// Outlets that its articles name as the source of their story, and how many articles do; the most first.
    pub takes_from: Vec<(String, usize)>,
    /// Outlets whose articles name it as the source of their story.
    pub taken_by: Vec<(String, usize)>,
    /// Outlets that published first where an account of this one shares an origin with theirs, and how often.
    pub copies: Vec<(String, usize)>,
}

/// Outlets by number.
#[derive(Default)]
struct Desk {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Of each article the outlet.
    articles: HashMap<String, usize>,
}

impl Desk {
    fn number(&mut self, name: &str) -> usize {
        if let Some(n) = self.numbers.get(name) {
            return *n;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

impl Archive {
    /// Every outlet, the one with most articles first. *Cost*: reads what every article says of itself, and the incidents of
    /// several articles: seconds for a million articles.
    pub fn outlets(&self) -> Result<Vec<Outlet>, Error> {
        self.desk().map_err(|e| self.blame(e))
    }

    fn desk(&self) -> Inner<Vec<Outlet>> {
        let mut desk = Desk::default();
        let mut published: Vec<usize> = Vec::new();
        let mut takes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut find = self
            .conn
            .prepare("SELECT id, outlet, url, source_chain FROM article WHERE same_as IS NULL ORDER BY number")?;
        let mut rows = find.query([])?;
        while let Some(r) = rows.next()? {
            let name = name(r.get(1)?, r.get(2)?);
            let n = desk.number(&name);
            desk.articles.insert(r.get(0)?, n);
            published.push(n);
            let chain: Vec<Value<String>> = serde_json::from_str(&r.get::<_, String>(3)?)?;
            if let Some(first) = chain.first() {
                let source = desk.number(&first.value);
                *takes.entry((n, source)).or_default() += 1;
            }
        }
        drop(rows);
        let mut articles = vec![0; desk.names.len()];
        published.iter().for_each(|n| articles[*n] += 1);
        let incidents = self.told_by(&desk)?;
        let copies = self.copied(&desk)?;
        let ratings = self.ratings()?;
        let mut out: Vec<Outlet> = (0..desk.names.len())
            .map(|n| Outlet {
                name: desk.names[n].clone(),
                articles: articles[n],
                incidents: incidents[n],
                rating: ratings.get(&fold(&desk.names[n])).cloned(),
                ..Outlet::default()
            })
            .collect();
        for ((n, source), count) in takes {
            out[n].takes_from.push((desk.names[source].clone(), count));
            out[source].taken_by.push((desk.names[n].clone(), count));
        }
        for ((later, first), count) in copies {
            out[later].copies.push((desk.names[first].clone(), count));
        }
        for list in out.iter_mut().flat_map(|o| [&mut o.takes_from, &mut o.taken_by, &mut o.copies]) {
            list.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        }
        out.sort_by(|a, b| (b.articles, &a.name).cmp(&(a.articles, &b.name)));
        Ok(out)
    }

    /// How many incidents each outlet tells.
    fn told_by(&self, desk: &Desk) -> Inner<Vec<usize>> {
        let mut counts = vec![0; desk.names.len()];
        let mut find =
            self.conn.prepare("SELECT incident, article FROM incident_account ORDER BY incident, position")?;
        let mut rows = find.query([])?;
        let (mut at, mut here) = (String::new(), BTreeSet::new());
        while let Some(r) = rows.next()? {
            let incident: String = r.get(0)?;
            if incident != at {
                here.clear();
                at = incident;
            }
            if let Some(n) = desk.articles.get(&r.get::<_, String>(1)?)
                && here.insert(*n)
            {
                counts[*n] += 1;
            }
        }
        Ok(counts)
    }

    /// Pairs of outlets that share an origin, the later first, and how many accounts of it do.
    fn copied(&self, desk: &Desk) -> Inner<BTreeMap<(usize, usize), usize>> {
        let mut out: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        // Only incidents of more articles than independent sources hold accounts that share an origin.
        let mut find = self.conn.prepare(&format!(
            "SELECT id, json_extract(body, '$.origins') FROM incident
             WHERE id IN (SELECT id FROM {INDEX} WHERE articles > independent)"
        ))?;
        let mut accounts =
            self.conn.prepare("SELECT article FROM incident_account WHERE incident = ?1 ORDER BY position")?;
        let mut rows = find.query([])?;
        while let Some(r) = rows.next()? {
            let origins: Vec<Vec<usize>> = serde_json::from_str(&r.get::<_, String>(1)?)?;
            let articles: Vec<String> =
                accounts.query_map([r.get::<_, String>(0)?], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            for group in &origins {
                // Accounts stand in order of publication: the first of a group is whom the others follow.
                let of = |i: &usize| desk.articles.get(articles.get(*i)?).copied();
                let Some(first) = group.first().and_then(of) else { continue };
                for later in group.iter().skip(1).filter_map(of).filter(|n| *n != first) {
                    *out.entry((later, first)).or_default() += 1;
                }
            }
        }
        Ok(out)
    }

    /// The rating of each outlet that holds, by its folded name, and its decision.
    fn ratings(&self) -> Inner<BTreeMap<String, (Rating, String)>> {
        let mut out = BTreeMap::new();
        let decisions = all(&self.conn)?;
        for d in in_force(&decisions) {
            if let Act::Rate { outlet, rating } = &d.act {
                out.insert(fold(outlet), (*rating, d.id.clone()));
            }
        }
        Ok(out)
    }
}

/// The outlet, else the host of the address; empty where neither is known.
fn name(outlet: Option<String>, url: Option<String>) -> String {
    let host = || url?.split("://").nth(1)?.split('/').next().map(str::to_owned);
    outlet.or_else(host).unwrap_or_default()
}
