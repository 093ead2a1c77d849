//! Finding the accounts that a decision names, as they are now.
//!
//! The account that a person looked at may have moved since: its article has a newer version, or a newer reader tells it
//! third instead of second, or as another kind. So an anchor is tried from the strictest to the loosest: the words it was
//! read from with the same kind, the same words, a sentence that holds them with the same kind, and where the text no longer
//! has them the only account of that kind. What none of these finds is unattached, and shown as such; it comes back by
//! itself once the account does.

use super::decision::Anchor;
use crate::error::Inner;
use crate::relink::Standing;
use account::Account;
use article::Span;
use incident::Supporter;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};

/// How much of the text stands on each side of the words in an anchor, in bytes.
const AROUND: usize = 60;

/// Looks up anchors in one archive.
pub(crate) struct Finder<'a> {
    conn: &'a Connection,
    standing: Option<&'a Standing>,
    /// Anchors that were looked up, since decisions name the same accounts over and over.
    known: BTreeMap<Anchor, Option<Supporter>>,
}

impl<'a> Finder<'a> {
    /// `standing` tells which article stands for which, where that is newer than what the archive holds.
    pub(crate) fn new(conn: &'a Connection, standing: Option<&'a Standing>) -> Finder<'a> {
        Finder { conn, standing, known: BTreeMap::new() }
    }

    /// The account that `anchor` names now, if there is one.
    pub(crate) fn find(&mut self, anchor: &Anchor) -> Inner<Option<Supporter>> {
        if let Some(known) = self.known.get(anchor) {
            return Ok(known.clone());
        }
        let found = self.look(anchor)?;
        self.known.insert(anchor.clone(), found.clone());
        Ok(found)
    }

    /// The accounts that some of `anchors` name now, each once.
    pub(crate) fn all(&mut self, anchors: &[Anchor]) -> Inner<Vec<Supporter>> {
        let (mut out, mut seen) = (Vec::new(), BTreeSet::new());
        for a in anchors {
            out.extend(self.find(a)?.filter(|s| seen.insert(s.clone())));
        }
        Ok(out)
    }

    fn look(&self, anchor: &Anchor) -> Inner<Option<Supporter>> {
        let Some(article) = self.article(anchor)? else { return Ok(None) };
        let accounts = accounts(self.conn, &article)?;
        let span = if article == anchor.article {
            Some(Span::new(anchor.start as usize, anchor.end as usize))
        } else {
            let find = "SELECT text FROM article WHERE id = ?1";
            let text: String = self.conn.prepare_cached(find)?.query_row([&article], |r| r.get(0))?;
            again(anchor, &text)
        };
        Ok(attach(anchor, span, &accounts).map(|ordinal| Supporter { article, ordinal }))
    }

    /// The article that stands for the anchor's, which is known by its id, else its text, else its address.
    fn article(&self, anchor: &Anchor) -> Inner<Option<String>> {
        for (column, value) in [("id", &anchor.article), ("text_hash", &anchor.text), ("url", &anchor.url)] {
            if value.is_empty() {
                continue;
            }
            let find = format!("SELECT id, same_as FROM article WHERE {column} = ?1 ORDER BY id LIMIT 1");
            let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
            let found: Option<(String, Option<String>)> =
                self.conn.prepare_cached(&find)?.query_row([value], row).optional()?;
            if let Some((id, same_as)) = found {
                let other = self.standing.map_or(same_as, |s| s.get(&id).cloned().flatten());
                return Ok(Some(other.unwrap_or(id)));
            }
        }
        Ok(None)
    }
}

fn accounts(conn: &Connection, article: &str) -> Inner<Vec<(u32, Account)>> {
    let mut find = conn.prepare_cached("SELECT ordinal, body FROM account WHERE article = ?1 ORDER BY ordinal")?;
    let mut rows = find.query([article])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        out.push((r.get(0)?, serde_json::from_str(&r.get::<_, String>(1)?)?));
    }
    Ok(out)
}

/// Where the anchor's words stand in another version of its text.
fn again(anchor: &Anchor, text: &str) -> Option<Span> {
    let quote = [anchor.before.as_str(), &anchor.words, &anchor.after].concat();
    let at = text.find(&quote).filter(|_| !anchor.words.is_empty())? + anchor.before.len();
    Some(Span::new(at, at + anchor.words.len()))
}

/// The ordinal of the account that says what the anchor's said.
fn attach(anchor: &Anchor, span: Option<Span>, accounts: &[(u32, Account)]) -> Option<u32> {
    let meets = |s: &Span| span.is_some_and(|x| x.overlaps(*s) || x == *s);
    let kind = |a: &Account| a.kinds.iter().any(|k| k.value.name() == anchor.kind);
    let words = |a: &Account| a.kinds.iter().flat_map(|k| &k.evidence).any(meets);
    let sentence = |a: &Account| a.sentences.iter().any(meets);
    let tests: [&dyn Fn(&Account) -> bool; 3] = [&|a| kind(a) && words(a), &words, &|a| kind(a) && sentence(a)];
    for test in tests {
        // Of several that share their words, the one in the same place of the article.
        let found = accounts.iter().filter(|(_, a)| test(a)).min_by_key(|(o, _)| o.abs_diff(anchor.ordinal));
        if let Some((ordinal, _)) = found {
            return Some(*ordinal);
        }
    }
    // Words that still stand there but tell nothing any more are no reason to take another account for theirs.
    let mut of_kind = accounts.iter().filter(|(_, a)| span.is_none() && kind(a));
    match (of_kind.next(), of_kind.next()) {
        (Some((ordinal, _)), None) => Some(*ordinal),
        _ => None,
    }
}

/// The anchor of an account: the words of its first kind, else its first sentence.
pub(crate) fn anchor(conn: &Connection, at: &Supporter) -> Inner<Anchor> {
    let (url, hash, text, body): (Option<String>, String, String, String) = conn
        .prepare_cached(
            "SELECT url, text_hash, text, body FROM account JOIN article ON article.id = account.article
             WHERE account.article = ?1 AND ordinal = ?2",
        )?
        .query_row((&at.article, at.ordinal), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    let account: Account = serde_json::from_str(&body)?;
    let kind = account.kinds.first();
    let span = kind.and_then(|k| k.evidence.first()).or(account.sentences.first()).copied().unwrap_or_default();
    let (start, end) = (span.start as usize, span.end as usize);
    let from = text.ceil_char_boundary(start.saturating_sub(AROUND));
    let to = text.floor_char_boundary((end + AROUND).min(text.len()));
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    Ok(Anchor {
        article: at.article.clone(),
        url: url.unwrap_or_default(),
        text: hash,
        ordinal: at.ordinal,
        kind: kind.map_or("other", |k| k.value.name()).to_owned(),
        start: span.start,
        end: span.end,
        words: part(start, end),
        before: part(from, start),
        after: part(end, to),
    })
}
