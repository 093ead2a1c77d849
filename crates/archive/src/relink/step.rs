//! Linking what is new: only the parts that new accounts, or accounts that were decided on, belong to.
//!
//! Accounts that go are taken out of the blocks, accounts that come are put in; whoever they agree with brings in its part.
//! Those parts, and nothing else, are linked anew from their accounts, and only incidents that came out otherwise are
//! written. A key that becomes a hub, or ceases to be one, changes what its accounts may find: they are looked at again too.

use super::standing;
use super::write::{self, Accounts};
use super::{FEW, FILED, Heeded, STEP, filed, force};
use crate::decide::Names;
use crate::error::Inner;
use crate::store::{get, set};
use incident::{Ask, Filed, Group, Incident, Linker, Supporter, crowd};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// Whether there is something to go on from, and little enough that is new.
pub(super) fn fits(tx: &Transaction<'_>) -> Inner<bool> {
    let Some(last) = last(tx)? else { return Ok(false) };
    let all: u64 = tx.query_row("SELECT coalesce(max(number), 0) FROM article", [], |r| r.get(0))?;
    let Some(heeded) = Heeded::last(tx)? else { return Ok(false) };
    let new = all - last.min(all);
    let now = Heeded::of(&force(tx)?);
    // Where nothing came and nothing was decided on accounts, something else was the matter.
    let some = new > 0 || !now.differing(&heeded).is_empty();
    Ok(some && (new <= FEW || new * STEP <= all) && heeded.rest == now.rest)
}

fn last(tx: &Transaction<'_>) -> Inner<Option<u64>> {
    Ok(get(tx, "linked_article")?.and_then(|n| n.parse().ok()))
}

/// Links what is new since the last time.
pub(super) fn step(tx: &Transaction<'_>, now: &str) -> Inner<()> {
    let since = last(tx)?.unwrap_or_default();
    let mut find = tx.prepare("SELECT id, number FROM article WHERE number > ?1 ORDER BY number")?;
    let articles: Vec<(String, i64)> =
        find.query_map([since as i64], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let ids: Vec<String> = articles.iter().map(|(id, _)| id.clone()).collect();
    let stands = standing::around(tx, &ids)?;
    standing::stand(tx, &stands)?;
    let force = force(tx)?;
    let heeded = Heeded::of(&force);
    let changed = heeded.differing(&Heeded::last(tx)?.unwrap_or_default());
    let mut work = Work {
        tx,
        linker: Linker::default(),
        place: BTreeMap::new(),
        parts: BTreeSet::new(),
        hubs: BTreeMap::new(),
        names: &force.names,
    };

    // Who goes, and who comes. An account that was decided on goes and comes.
    let (mut gone, mut fresh): (BTreeSet<Supporter>, BTreeSet<Supporter>) = (BTreeSet::new(), BTreeSet::new());
    let wanted =
        stands.keys().cloned().map(|a| (a, None)).chain(changed.into_iter().map(|s| (s.article, Some(s.ordinal))));
    for (article, ordinal) in wanted {
        for s in work.accounts(&article)?.into_iter().filter(|s| ordinal.is_none_or(|o| o == s.ordinal)) {
            let there = work.number(&s)?.is_some();
            let stays = work.stands(&s.article)? && !force.dismissed.contains(&s);
            if there && (!stays || ordinal.is_some()) {
                gone.insert(s.clone());
            }
            if stays && (!there || ordinal.is_some()) {
                fresh.insert(s);
            }
        }
    }
    // Corrections are put in anew with the incidents that they are aimed at.
    for s in force.aimed.iter().flat_map(|a| &a.accounts) {
        if let Some((_, part)) = work.number(s)? {
            work.parts.insert(part);
        }
    }
    let mut crossed = BTreeMap::new();
    for s in &gone {
        work.take_out(s, &mut crossed)?;
    }
    let mut filed = Vec::new();
    for s in &fresh {
        filed.push(work.load(s)?);
    }
    force.prepare(&mut filed);
    let decided: BTreeSet<&Supporter> =
        force.decided.together.iter().chain(&force.decided.apart).flat_map(|(a, b)| [a, b]).collect();
    let mut new = Vec::new();
    for f in filed {
        let s = Supporter { article: f.article.clone(), ordinal: f.ordinal };
        new.push(work.put_in(f, &s, &decided, &mut crossed)?);
    }
    // Whom they find: only now, when all are in.
    for n in new {
        work.meet(n)?;
    }
    for (key, crossing) in crossed {
        work.look_again(key, crossing)?;
    }

    // The parts from the ground up.
    let members = work.members()?;
    let mut filed = Vec::new();
    for s in members.keys() {
        filed.push(work.load(s)?);
    }
    force.prepare(&mut filed);
    let mut linker = Linker::default();
    filed.iter().for_each(|f| _ = linker.add(f));
    let mut keys = BTreeSet::new();
    (0..linker.len() as u32).for_each(|n| keys.extend(linker.keys(n).posts));
    let mut hubs = Vec::new();
    for key in keys {
        if work.is_hub(key)? {
            hubs.push(key);
        }
    }
    let round = linker.round(&force.decided, &hubs);
    let parts = round.parts(&round.edges(0..round.len()));
    let mut incidents: Vec<Incident> = Vec::new();
    let mut update = tx.prepare_cached("UPDATE linking SET part = ?2 WHERE number = ?1")?;
    for part in &parts {
        let number = |n: &u32| {
            let f = &filed[*n as usize];
            members.get(&Supporter { article: f.article.clone(), ordinal: f.ordinal }).copied()
        };
        let numbers: Vec<i64> = part.accounts.iter().filter_map(number).collect();
        for n in &numbers {
            update.execute((n, numbers.iter().min()))?;
        }
        let incident =
            |g: &Group| linker.incident(g, &g.accounts.iter().map(|n| &filed[*n as usize]).collect::<Vec<_>>());
        incidents.extend(round.groups(part).iter().map(incident));
    }
    incidents.sort_by(|a, b| a.id.cmp(&b.id));
    force.finish(&mut incidents, &force.outlets(&filed));
    let accounts: Accounts = filed.iter().map(|f| ((f.article.clone(), f.ordinal), f.account.clone())).collect();
    let mut old = BTreeSet::new();
    let mut home = tx.prepare_cached("SELECT incident FROM incident_account WHERE article = ?1 AND ordinal = ?2")?;
    for s in members.keys().chain(&gone) {
        old.extend(home.query_row((&s.article, s.ordinal), |r| r.get::<_, String>(0)).optional()?);
    }
    write::replace(tx, &old, &incidents, &accounts, now)?;
    heeded.keep(tx)?;
    match articles.last() {
        Some((_, number)) => set(tx, "linked_article", &number.to_string()),
        None => Ok(()),
    }
}

/// What happened to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crossing {
    /// It became a hub: pairs that met there alone do so no more.
    Became,
    /// It was a hub, at least for a while: pairs may meet there that did not.
    Ceased,
}

/// What is done so far.
struct Work<'t> {
    tx: &'t Transaction<'t>,
    /// Accounts that were looked at, to be compared.
    linker: Linker,
    /// Their places in the linker, by number.
    place: BTreeMap<i64, u32>,
    /// Parts to be linked anew.
    parts: BTreeSet<i64>,
    /// Keys that were asked for, and whether they are too common.
    hubs: BTreeMap<u64, bool>,
    /// Which names stand for which actor.
    names: &'t Names,
}

impl Work<'_> {
    fn accounts(&self, article: &str) -> Inner<Vec<Supporter>> {
        let mut find = self.tx.prepare_cached("SELECT ordinal FROM account WHERE article = ?1 ORDER BY ordinal")?;
        let one = |r: &rusqlite::Row<'_>| Ok(Supporter { article: article.to_owned(), ordinal: r.get(0)? });
        Ok(find.query_map([article], one)?.collect::<rusqlite::Result<_>>()?)
    }

    fn stands(&self, article: &str) -> Inner<bool> {
        let find = "SELECT same_as IS NULL FROM article WHERE id = ?1";
        Ok(self.tx.prepare_cached(find)?.query_row([article], |r| r.get(0))?)
    }

    /// The number and the part of an account that is linked.
    fn number(&self, s: &Supporter) -> Inner<Option<(i64, i64)>> {
        let find = "SELECT number, part FROM linking WHERE article = ?1 AND ordinal = ?2";
        let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
        Ok(self.tx.prepare_cached(find)?.query_row((&s.article, s.ordinal), row).optional()?)
    }

    fn load(&self, s: &Supporter) -> Inner<Filed> {
        let find = format!("{FILED} WHERE account.article = ?1 AND account.ordinal = ?2");
        let mut find = self.tx.prepare_cached(&find)?;
        let mut rows = find.query((&s.article, s.ordinal))?;
        match rows.next()? {
            Some(r) => filed(r),
            None => Err(rusqlite::Error::QueryReturnedNoRows.into()),
        }
    }

    /// How many accounts stand under a key; more than a crowd are not counted.
    fn count(&self, key: u64) -> Inner<usize> {
        let find = "SELECT count(*) FROM (SELECT 1 FROM block WHERE key = ?1 LIMIT ?2)";
        let most = crowd(key) as i64 + 1;
        Ok(self.tx.prepare_cached(find)?.query_row((key as i64, most), |r| r.get::<_, i64>(0))? as usize)
    }

    /// Takes an account out of the blocks; another that says the same stands there in its place.
    fn take_out(&mut self, s: &Supporter, crossed: &mut BTreeMap<u64, Crossing>) -> Inner<()> {
        let Some((number, part)) = self.number(s)? else { return Ok(()) };
        self.parts.insert(part);
        let at = self.look(number)?;
        let keys = self.linker.keys(at).posts;
        let find = "SELECT print, posted FROM linking WHERE number = ?1";
        let (print, posted): (i64, bool) =
            self.tx.prepare_cached(find)?.query_row([number], |r| Ok((r.get(0)?, r.get(1)?)))?;
        self.tx.prepare_cached("DELETE FROM linking WHERE number = ?1")?.execute([number])?;
        if !posted {
            return Ok(());
        }
        let find = "SELECT number FROM linking WHERE print = ?1 AND NOT posted ORDER BY number LIMIT 1";
        let heir: Option<i64> = self.tx.prepare_cached(find)?.query_row([print], |r| r.get(0)).optional()?;
        for key in keys {
            let before = self.count(key)?;
            self.tx
                .prepare_cached("DELETE FROM block WHERE key = ?1 AND account = ?2")?
                .execute((key as i64, number))?;
            if let Some(heir) = heir {
                self.post(key, heir)?;
            } else if before > crowd(key) && self.count(key)? <= crowd(key) {
                crossed.insert(key, Crossing::Ceased);
            }
        }
        if let Some(heir) = heir {
            self.tx.prepare_cached("UPDATE linking SET posted = 1 WHERE number = ?1")?.execute([heir])?;
        }
        Ok(())
    }

    fn post(&self, key: u64, number: i64) -> Inner<()> {
        self.tx.prepare_cached("INSERT OR IGNORE INTO block VALUES (?1, ?2)")?.execute((key as i64, number))?;
        Ok(())
    }

    /// Puts an account into the blocks, unless one stands there that says the same.
    fn put_in(
        &mut self,
        f: Filed,
        s: &Supporter,
        decided: &BTreeSet<&Supporter>,
        crossed: &mut BTreeMap<u64, Crossing>,
    ) -> Inner<i64> {
        let at = self.linker.add(&f);
        let print = self.linker.print(at) as i64;
        let mut posted = true;
        if !decided.contains(s) {
            let find = "SELECT number, part, article, ordinal FROM linking
                WHERE print = ?1 AND article <> ?2 ORDER BY number LIMIT 8";
            let mut find = self.tx.prepare_cached(find)?;
            let row = |r: &rusqlite::Row<'_>| {
                Ok((r.get(0)?, r.get(1)?, Supporter { article: r.get(2)?, ordinal: r.get(3)? }))
            };
            let equals: Vec<(i64, i64, Supporter)> =
                find.query_map((print, &f.article), row)?.collect::<rusqlite::Result<_>>()?;
            for (number, part, _) in equals.into_iter().filter(|(.., other)| !decided.contains(other)) {
                let other = self.look(number)?;
                if self.linker.agree(at, other) {
                    self.parts.insert(part);
                    posted = false;
                }
            }
        }
        let insert = "INSERT INTO linking(article, ordinal, part, print, posted) VALUES (?1, ?2, -1, ?3, ?4)";
        self.tx.prepare_cached(insert)?.execute(params![f.article, f.ordinal, print, posted])?;
        let number = self.tx.last_insert_rowid();
        // A part of its own, until it is known better.
        self.tx.prepare_cached("UPDATE linking SET part = number WHERE number = ?1")?.execute([number])?;
        self.parts.insert(number);
        self.place.insert(number, at);
        if posted {
            for key in self.linker.keys(at).posts {
                let before = self.count(key)?;
                self.post(key, number)?;
                if before <= crowd(key) && before + 1 > crowd(key) {
                    crossed.entry(key).or_insert(Crossing::Became);
                }
            }
        }
        Ok(number)
    }

    /// The account of a number, to be compared.
    fn look(&mut self, number: i64) -> Inner<u32> {
        if let Some(at) = self.place.get(&number) {
            return Ok(*at);
        }
        let find = "SELECT article, ordinal FROM linking WHERE number = ?1";
        let row = |r: &rusqlite::Row<'_>| Ok(Supporter { article: r.get(0)?, ordinal: r.get(1)? });
        let s = self.tx.prepare_cached(find)?.query_row([number], row)?;
        let mut f = self.load(&s)?;
        self.names.rename(&mut f.account);
        let at = self.linker.add(&f);
        self.place.insert(number, at);
        Ok(at)
    }

    /// Whether a key is too common. Asked once all accounts are in the blocks, so that an answer holds.
    fn is_hub(&mut self, key: u64) -> Inner<bool> {
        if let Some(hub) = self.hubs.get(&key) {
            return Ok(*hub);
        }
        let hub = self.count(key)? > crowd(key);
        self.hubs.insert(key, hub);
        Ok(hub)
    }

    /// Adds the accounts that are found by asking.
    fn ask(&self, ask: Ask, found: &mut BTreeSet<i64>) -> Inner<()> {
        let find = "SELECT key, account FROM block WHERE key BETWEEN ?1 AND ?2 ORDER BY key";
        let mut find = self.tx.prepare_cached(find)?;
        let mut rows = find.query((ask.first as i64, ask.last as i64))?;
        // All of a key come one behind the other, and so are counted while they are read.
        let (mut key, mut run) = (0, Vec::new());
        loop {
            let row = rows.next()?.map(|r| Ok::<(i64, i64), rusqlite::Error>((r.get(0)?, r.get(1)?))).transpose()?;
            if row.is_none_or(|(k, _)| k != key) {
                if run.len() <= crowd(key as u64) {
                    found.extend(&run);
                }
                run.clear();
            }
            let Some((of, account)) = row else { return Ok(()) };
            key = of;
            run.push(account);
        }
    }

    /// Brings in the parts of those that an account agrees with.
    fn meet(&mut self, number: i64) -> Inner<()> {
        let at = self.look(number)?;
        let mut found = BTreeSet::new();
        for ask in self.linker.keys(at).asks {
            if !self.is_hub(ask.from)? {
                self.ask(ask, &mut found)?;
            }
        }
        found.remove(&number);
        for other in found {
            let part = "SELECT part FROM linking WHERE number = ?1";
            let part: i64 = self.tx.prepare_cached(part)?.query_row([other], |r| r.get(0))?;
            if self.parts.contains(&part) {
                continue;
            }
            let b = self.look(other)?;
            if self.linker.agree(at, b) {
                self.parts.insert(part);
            }
        }
        // Accounts without a year learn theirs from the others of their article.
        if self.linker.lacks_year(at) {
            let text = "SELECT part FROM linking WHERE article = (SELECT article FROM linking WHERE number = ?1)";
            let mut find = self.tx.prepare_cached(text)?;
            let parts: Vec<i64> = find.query_map([number], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            self.parts.extend(parts);
        }
        Ok(())
    }

    /// A key became a hub or is one no more: its accounts have lost or won partners.
    fn look_again(&mut self, key: u64, crossing: Crossing) -> Inner<()> {
        let mut find = self.tx.prepare_cached("SELECT account FROM block WHERE key = ?1")?;
        let numbers: Vec<i64> = find.query_map([key as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for n in numbers {
            let part: i64 =
                self.tx.prepare_cached("SELECT part FROM linking WHERE number = ?1")?.query_row([n], |r| r.get(0))?;
            self.parts.insert(part);
            // Who only lost partners had all of them in its part.
            if crossing == Crossing::Ceased {
                self.meet(n)?;
            }
        }
        Ok(())
    }

    /// The accounts of the parts that are linked anew, with their numbers.
    fn members(&self) -> Inner<BTreeMap<Supporter, i64>> {
        let mut find = self.tx.prepare_cached("SELECT article, ordinal, number FROM linking WHERE part = ?1")?;
        let mut out = BTreeMap::new();
        for part in &self.parts {
            let row = |r: &rusqlite::Row<'_>| Ok((Supporter { article: r.get(0)?, ordinal: r.get(1)? }, r.get(2)?));
            for one in find.query_map([part], row)? {
                let (s, n) = one?;
                out.insert(s, n);
            }
        }
        Ok(out)
    }
}
