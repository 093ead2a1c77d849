//! Why accounts are one incident, and why others are not.

use super::{FILED, filed, force};
use crate::error::{Error, Inner};
use crate::find;
use crate::store::Archive;
use incident::{Comparison, Filed, Incident, Linker, Supporter, crowd, words};
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};

/// So many accounts at most are looked at for the nearest incident.
const MOST: usize = 2_000;

/// Two accounts compared, field by field.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The two accounts.
    pub pair: [Supporter; 2],
    /// The comparisons, each with the words of the first and the second.
    pub comparisons: Vec<(Comparison, [String; 2])>,
    /// Log-odds (base e) that both tell one incident.
    pub score: f64,
    /// Whether the two exclude each other, whatever the score.
    pub excluded: bool,
}

/// Two incidents compared.
#[derive(Debug, Clone)]
pub struct Between {
    /// The other incident's id.
    pub other: String,
    /// The mean score of all pairs across.
    pub mean: f64,
    /// How many pairs across exclude each other: one is enough to keep the two apart.
    pub excluded: usize,
    /// How many pairs there are.
    pub pairs: usize,
    /// The pair that agrees best.
    pub best: Compared,
}

impl Compared {
    /// The probability that both tell one incident, by the score alone.
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-self.score).exp())
    }
}

impl Archive {
    /// Each pair of accounts that joined the incident, compared with the words that were compared.
    pub fn why(&self, id: &str) -> Result<Vec<Compared>, Error> {
        let all = || -> Inner<Vec<Compared>> {
            let incident = find::incident(&self.conn, id)?;
            let mut bench = Bench::new(&self.conn);
            let pair = |j: &incident::Join| [incident.accounts[j.a].clone(), incident.accounts[j.b].clone()];
            incident.joins.iter().map(|j| bench.compare(&pair(j))).collect()
        };
        all().map_err(|e| self.blame(e))
    }

    /// Two incidents compared, account by account.
    pub fn between(&self, a: &str, b: &str) -> Result<Between, Error> {
        let both = || -> Inner<Between> {
            let (a, b) = (find::incident(&self.conn, a)?, find::incident(&self.conn, b)?);
            Bench::new(&self.conn).between(&a, &b)
        };
        both().map_err(|e| self.blame(e))
    }

    /// The incident that is nearest to this one without being joined with it; `None` where none shares a block with it.
    pub fn nearest(&self, id: &str) -> Result<Option<Between>, Error> {
        let nearest = || -> Inner<Option<Between>> {
            let incident = find::incident(&self.conn, id)?;
            Bench::new(&self.conn).nearest(&incident)
        };
        nearest().map_err(|e| self.blame(e))
    }
}

/// Accounts that were looked at.
pub(crate) struct Bench<'c> {
    conn: &'c Connection,
    linker: Linker,
    there: BTreeMap<Supporter, (u32, Filed)>,
}

impl<'c> Bench<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Bench<'c> {
        Bench { conn, linker: Linker::default(), there: BTreeMap::new() }
    }

    fn place(&mut self, s: &Supporter) -> Inner<u32> {
        if let Some((n, _)) = self.there.get(s) {
            return Ok(*n);
        }
        let find = format!("{FILED} WHERE account.article = ?1 AND account.ordinal = ?2");
        let mut find = self.conn.prepare_cached(&find)?;
        let mut rows = find.query((&s.article, s.ordinal))?;
        let Some(r) = rows.next()? else { return Err(rusqlite::Error::QueryReturnedNoRows.into()) };
        let mut f = filed(r)?;
        force(self.conn)?.names.rename(&mut f.account);
        let n = self.linker.add(&f);
        self.there.insert(s.clone(), (n, f));
        Ok(n)
    }

    fn compare(&mut self, pair: &[Supporter; 2]) -> Inner<Compared> {
        let (a, b) = (self.place(&pair[0])?, self.place(&pair[1])?);
        let (comparisons, score, excluded) = self.linker.compare(a, b);
        let of = |s: &Supporter, field: &str| self.there.get(s).map(|(_, f)| words(f, field)).unwrap_or_default();
        let shared = |field: &str| {
            let [x, y] = [of(&pair[0], field), of(&pair[1], field)];
            if field != "names" {
                return [x, y];
            }
            // Of the names those that both give, which is all that counts.
            let in_y: BTreeSet<&str> = y.split(' ').collect();
            let both = x.split(' ').filter(|w| in_y.contains(w)).collect::<Vec<_>>().join(" ");
            [both.clone(), both]
        };
        let comparisons = comparisons.into_iter().map(|c| (c.clone(), shared(&c.field))).collect();
        Ok(Compared { pair: pair.clone(), comparisons, score, excluded })
    }

    fn between(&mut self, a: &Incident, b: &Incident) -> Inner<Between> {
        let (mut sum, mut excluded, mut pairs) = (0.0, 0, 0);
        let mut best: Option<((bool, f64), [Supporter; 2])> = None;
        for s in &a.accounts {
            for t in &b.accounts {
                let (x, y) = (self.place(s)?, self.place(t)?);
                let (_, score, apart) = self.linker.compare(x, y);
                sum += score;
                pairs += 1;
                excluded += usize::from(apart);
                if best.as_ref().is_none_or(|(most, _)| (!apart, score) > *most) {
                    best = Some(((!apart, score), [s.clone(), t.clone()]));
                }
            }
        }
        let Some((_, pair)) = best else { return Err(rusqlite::Error::QueryReturnedNoRows.into()) };
        let best = self.compare(&pair)?;
        Ok(Between { other: b.id.clone(), mean: sum / f64::from(pairs), excluded, pairs: pairs as usize, best })
    }

    /// The incident that is nearest to this one without being joined with it.
    pub(crate) fn nearest(&mut self, incident: &Incident) -> Inner<Option<Between>> {
        let mut homes: BTreeSet<String> = BTreeSet::new();
        let mut seen = 0;
        let mut home = self.conn.prepare_cached(
            "SELECT incident FROM linking JOIN incident_account USING (article, ordinal) WHERE number = ?1",
        )?;
        let mut find = self.conn.prepare_cached("SELECT key, account FROM block WHERE key BETWEEN ?1 AND ?2")?;
        let mut met = BTreeSet::new();
        for s in &incident.accounts {
            let n = self.place(s)?;
            for ask in self.linker.keys(n).asks {
                let mut rows = find.query((ask.first as i64, ask.last as i64))?;
                let mut run: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
                while let Some(r) = rows.next()? {
                    run.entry(r.get(0)?).or_default().push(r.get(1)?);
                }
                for (_, numbers) in run.into_iter().filter(|(key, all)| all.len() <= crowd(*key as u64)) {
                    for number in numbers {
                        if seen < MOST && met.insert(number) {
                            seen += 1;
                            homes.extend(home.query_row([number], |r| r.get::<_, String>(0)).optional()?);
                        }
                    }
                }
            }
        }
        homes.remove(&incident.id);
        let mut nearest: Option<Between> = None;
        for id in homes {
            let between = self.between(incident, &find::incident(self.conn, &id)?)?;
            let rank = |b: &Between| (!b.best.excluded, b.best.score);
            if nearest.as_ref().is_none_or(|n| rank(&between) > rank(n)) {
                nearest = Some(between);
            }
        }
        Ok(nearest)
    }
}
