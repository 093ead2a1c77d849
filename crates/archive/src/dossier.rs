//! All that the archive holds on one actor, each value with the article that it was read from.

use crate::decide::Names;
use crate::error::{Error, Inner};
use crate::find::{Filter, Whole};
use crate::rows::Kept;
use crate::store::Archive;
use account::{Account, Actor, Actors, Figure, Measure, Relation, Statement, is_generic, relations};
use article::{Span, Tokens, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Articles that are looked through for names and relations, at most: the best matches of the actor's names.
const ARTICLES: usize = 400;

/// What is held on an actor.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Its key.
    pub key: String,
    /// Its usual name; as somebody typed it where no list knows it.
    pub name: String,
    /// The actor of the list.
    pub listed: Option<Actor>,
    /// Names that people gave it, and keys that it took in, by decision.
    pub decided: Vec<String>,
    /// Names that articles print, the most frequent first.
    pub printed: Vec<Printed>,
    /// Incidents that an account binds it to.
    pub incidents: Vec<Whole>,
    /// Accounts with figures of its strength: which of their figures, in order of publication.
    pub strengths: Vec<(Kept, Account, Vec<usize>)>,
    /// Leaders, spokesmen, allies and opponents, in order of publication.
    pub relations: Vec<Relating>,
}

/// A name that articles print for an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// As printed.
    pub name: String,
    /// In how many articles.
    pub articles: usize,
    /// The first of them, and where it stands there.
    pub first: (Kept, Span),
    /// What found it there, as [`account::ActorMention::by`].
    pub by: String,
}

/// A relation as an article tells it.
#[derive(Debug, Clone)]
pub struct Relating {
    /// The article.
    pub article: Kept,
    /// The relation.
    pub relation: Relation,
    /// Who says so, outermost last; empty if the outlet does.
    pub said_by: Vec<String>,
}

impl Dossier {
    /// Whether nothing but the list, if that, knows the actor.
    pub fn is_empty(&self) -> bool {
        self.incidents.is_empty() && self.strengths.is_empty() && self.printed.is_empty()
    }
}

impl Archive {
    /// The dossier of the actor of that name, which may be any of its names. *Cost*: reads sentences of up to 400 articles.
    pub fn dossier(&self, actors: &Actors, name: &str) -> Result<Dossier, Error> {
        let names = self.names()?;
        let key = self.actor_key(actors, &names, name);
        let listed = actors.get(&key).filter(|_| !is_generic(&key));
        let taken: Vec<String> = names.taken_in(&key).into_iter().map(str::to_owned).collect();
        let given: Vec<String> = names.aliases(&key).into_iter().map(str::to_owned).collect();
        let mut keys: BTreeSet<&str> = taken.iter().map(String::as_str).collect();
        keys.insert(&key);
        let mut all: Vec<String> = listed.iter().flat_map(|a| &a.aliases).map(|a| a.name.clone()).collect();
        all.extend(keys.iter().flat_map(|k| actors.get(k)).flat_map(|a| &a.aliases).map(|a| a.name.clone()));
        all.extend(given.iter().cloned());
        all.extend(keys.iter().map(|k| (*k).to_owned()));
        let known = |k: &str| names.key(k) == key;
        let articles = self.naming(&all)?;
        let (printed, relations) = self.tell(actors, &known, articles)?;
        let decided: BTreeSet<String> = given.into_iter().chain(taken.iter().cloned()).collect();
        Ok(Dossier {
            name: listed.map_or_else(|| printed.first().map_or(name, |p| &p.name).to_owned(), |a| a.name.clone()),
            listed: listed.cloned(),
            decided: decided.into_iter().collect(),
            printed,
            incidents: self.of_actor(&key)?,
            strengths: self.strengths_of(&key, &all)?,
            relations,
            key,
        })
    }

    /// The key under which the actor of that name is kept: by decision, by the list, else the folded name.
    pub fn actor_key(&self, actors: &Actors, names: &Names, name: &str) -> String {
        let listed = actors.find(name).map_or_else(|| fold(name), |a| a.key.clone());
        names.named(name).unwrap_or_else(|| names.key(&listed)).to_owned()
    }

    /// Every actor that an incident is ascribed to and the number of its incidents, the most first.
    pub fn actors(&self) -> Result<Vec<(String, usize)>, Error> {
        let run = || -> Inner<Vec<(String, usize)>> {
            let mut find =
                self.conn.prepare("SELECT actor, count(*) FROM incident_actor GROUP BY actor ORDER BY 2 DESC, 1")?;
            Ok(find.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
        };
        run().map_err(|e| self.blame(e))
    }

    fn of_actor(&self, key: &str) -> Result<Vec<Whole>, Error> {
        let mut out = Vec::new();
        let filter = Filter { actor: Some(key.to_owned()), ..Filter::default() };
        let each = |w| {
            out.push(w);
            Ok::<(), std::convert::Infallible>(())
        };
        match self.incidents(&filter, each)? {
            Ok(()) => Ok(out),
            Err(never) => match never {},
        }
    }

    /// Figures of strength that count this actor's people: those that name it, and those of accounts that name no other.
    fn strengths_of(&self, key: &str, names: &[String]) -> Result<Vec<(Kept, Account, Vec<usize>)>, Error> {
        let names: Vec<String> = names.iter().map(|n| fold(n)).collect();
        let counts = |f: &Figure, a: &Account| {
            let who = format!(" {} ", fold(&f.who));
            let named = names.iter().any(|n| who.contains(&format!(" {n} ")));
            let only = !a.perpetrators.is_empty() && a.perpetrators.iter().all(|b| b.actor == key);
            f.measure == Measure::Strength && (named || only)
        };
        let mut out = Vec::new();
        for (kept, a) in self.strengths()? {
            let which: Vec<usize> = (0..a.figures.len()).filter(|&i| counts(&a.figures[i], &a)).collect();
            if !which.is_empty() {
                out.push((kept, a, which));
            }
        }
        Ok(out)
    }

    /// Articles that name it, in order of publication.
    fn naming(&self, names: &[String]) -> Result<Vec<Kept>, Error> {
        let queries: BTreeSet<String> = names.iter().map(|n| format!("\"{}\"", n.replace('"', " "))).collect();
        let query = queries.into_iter().collect::<Vec<_>>().join(" OR ");
        let mut out: Vec<Kept> = self.search(&query, ARTICLES)?.into_iter().map(|h| h.article).collect();
        out.sort_by_cached_key(|k| {
            let published = k.article.published.as_ref().map(|p| p.value.clone());
            (published.is_none(), published.map(|p| (p.date, p.time)), k.id.clone())
        });
        Ok(out)
    }

    /// The names that the articles print, and the relations that they tell.
    fn tell(
        &self,
        actors: &Actors,
        known: &dyn Fn(&str) -> bool,
        articles: Vec<Kept>,
    ) -> Result<(Vec<Printed>, Vec<Relating>), Error> {
        let mut printed: BTreeMap<String, Printed> = BTreeMap::new();
        let mut told = Vec::new();
        for kept in articles {
            let tokens = Tokens::of(&kept.article);
            let mut seen = BTreeSet::new();
            for m in actors.mentions(&kept.article, &tokens).into_iter().filter(|m| known(&m.key)) {
                let words = m.span.of(&kept.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let name = words.strip_prefix("the ").or(words.strip_prefix("The ")).unwrap_or(&words).to_owned();
                if !seen.insert(name.clone()) {
                    continue;
                }
                let first =
                    || Printed { name: name.clone(), articles: 0, first: (kept.clone(), m.span), by: m.by.into() };
                printed.entry(name.clone()).or_insert_with(first).articles += 1;
            }
            let relations: Vec<Relation> =
                relations(&kept.article, actors).into_iter().filter(|r| known(&r.actor)).collect();
            if relations.is_empty() {
                continue;
            }
            let statements = self.statements(&kept.id)?;
            for relation in relations {
                // Nobody is an ally of their own under another name.
                if relation.key.as_deref().is_some_and(known) {
                    continue;
                }
                let said_by = speakers(&statements, relation.evidence.first().copied().unwrap_or_default());
                told.push(Relating { article: kept.clone(), relation, said_by });
            }
        }
        let mut printed: Vec<Printed> = printed.into_values().collect();
        printed.sort_by(|a, b| (b.articles, &a.name).cmp(&(a.articles, &b.name)));
        Ok((printed, told))
    }

    fn statements(&self, article: &str) -> Result<Vec<Statement>, Error> {
        let run = || -> Inner<Vec<Statement>> {
            let mut find =
                self.conn.prepare_cached("SELECT body FROM statement WHERE article = ?1 ORDER BY ordinal")?;
            let mut rows = find.query([article])?;
            let mut out = Vec::new();
            while let Some(r) = rows.next()? {
                out.push(serde_json::from_str(&r.get::<_, String>(0)?)?);
            }
            Ok(out)
        };
        run().map_err(|e| self.blame(e))
    }
}

/// Who says what stands at `span`: the sources of the shortest statement around it.
fn speakers(statements: &[Statement], span: Span) -> Vec<String> {
    let around = statements.iter().filter(|s| s.content.contains(span));
    let inner = around.min_by_key(|s| s.content.len());
    inner.iter().flat_map(|s| &s.sources).map(|s| s.words.clone()).collect()
}
