//! Full-text search over articles, in a query language that has no wrong queries.

use crate::error::{Error, Inner};
use crate::rows::{self, Kept};
use crate::store::Archive;

/// An article that a search found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The article.
    pub article: Kept,
    /// The words around the finds; each find stands between [`FOUND`] and [`END`].
    pub snippet: String,
    /// Incidents that the article tells of, by id.
    pub incidents: Vec<String>,
}

/// Stands before a find in [`Hit::snippet`].
pub const FOUND: char = '\u{2}';
/// Stands after a find in [`Hit::snippet`].
pub const END: char = '\u{3}';

impl Archive {
    /// The articles that match `query`, the best first, at most `limit`.
    ///
    /// Words must all occur, in any order; `"words in quotes"` occur so; `word*` begins so; `-word` must not occur; `OR`
    /// between two words lets either do. A query without a word to look for finds nothing.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let Some(expression) = expression(query) else { return Ok(Vec::new()) };
        let run = || -> Inner<Vec<Hit>> {
            // Ties are broken by the id, so that the order of arrival does not show.
            let mut find = self.conn.prepare(
                "SELECT article.id, snippet(article_fts, 1, char(2), char(3), '…', 28)
                 FROM article_fts JOIN article ON article.number = article_fts.rowid
                 WHERE article_fts MATCH ?1 AND article.same_as IS NULL
                 ORDER BY bm25(article_fts, 4.0, 1.0), article.id LIMIT ?2",
            )?;
            let found: Vec<(String, String)> = find
                .query_map((expression, limit as i64), |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut told =
                self.conn.prepare("SELECT DISTINCT incident FROM incident_account WHERE article = ?1 ORDER BY 1")?;
            let mut hits = Vec::new();
            for (id, snippet) in found {
                let incidents = told.query_map([&id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
                hits.push(Hit { article: rows::fetch(&self.conn, &id)?, snippet, incidents });
            }
            Ok(hits)
        };
        run().map_err(|e| self.blame(e))
    }
}

/// The query in the syntax of FTS5, every word quoted, so that nothing a person types can be wrong.
pub(crate) fn expression(query: &str) -> Option<String> {
    let mut wanted: Vec<Vec<String>> = Vec::new();
    let mut unwanted = Vec::new();
    let mut or = false;
    for word in words(query) {
        if word.text == "OR" && !word.quoted {
            or = !wanted.is_empty();
            continue;
        }
        let star = if word.prefix { " *" } else { "" };
        let term = format!("\"{}\"{star}", word.text.replace('"', "\"\""));
        match wanted.last_mut() {
            _ if word.not => unwanted.push(term),
            Some(group) if or => group.push(term),
            _ => wanted.push(vec![term]),
        }
        or = false;
    }
    if wanted.is_empty() {
        return None;
    }
    let groups: Vec<String> = wanted.iter().map(|g| format!("({})", g.join(" OR "))).collect();
    let mut out = groups.join(" AND ");
    if !unwanted.is_empty() {
        out = format!("({out}) NOT ({})", unwanted.join(" OR "));
    }
    Some(out)
}

struct Word {
    text: String,
    quoted: bool,
    not: bool,
    prefix: bool,
}

/// Splits at white space, keeping what stands in quotes together; drops what has no letter or digit.
fn words(query: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let not = rest.starts_with('-');
        let body = if not { &rest[1..] } else { rest };
        let (text, quoted, after) = match body.strip_prefix('"') {
            Some(inner) => {
                let end = inner.find('"').unwrap_or(inner.len());
                (&inner[..end], true, inner.get(end + 1..).unwrap_or(""))
            }
            None => {
                let end = body.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(body.len());
                (&body[..end], false, &body[end..])
            }
        };
        let prefix = !quoted && text.ends_with('*');
        if text.chars().any(char::is_alphanumeric) {
            let text = text.trim_end_matches('*').chars().filter(|c| *c != '\0').collect();
            out.push(Word { text, quoted, not, prefix });
        }
        rest = after.trim_start();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn every_query_is_a_query() {
        let of = |q: &str| expression(q).unwrap_or_default();
        assert_eq!(of("mosque blast"), r#"("mosque") AND ("blast")"#);
        assert_eq!(of(r#""car bomb" OR grenade* -drill"#), r#"(("car bomb" OR "grenade" *)) NOT ("drill")"#);
        assert_eq!(of(r#"title:NEAR( AND ^x"#), r#"("title:NEAR(") AND ("AND") AND ("^x")"#);
        assert_eq!(of(r#"OR " -" ( * -only"#), "");
        assert_eq!(of(r#"an "open quote"#), r#"("an") AND ("open quote")"#);
    }
}
