//! An article with all that was read in it.

use super::{Said, Words, words};
use ::article::{Problem, Span};
use account::Statement;
use archive::Opened;
use serde::Serialize;
use utoipa::ToSchema;

/// An article: its text, its accounts, who says what in it, what was wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Article<'a> {
    article: &'a str,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    agency: Option<&'a str>,
    published: Option<String>,
    /// Files and addresses in which it was found.
    found_in: &'a [String],
    /// The article that stands for this one, where another version of it does.
    same_as: Option<&'a str>,
    /// Articles that this one stands for.
    versions: &'a [String],
    /// Outlets that it names as the source of its story, nearest first.
    source_chain: Vec<Source<'a>>,
    text: &'a str,
    accounts: Vec<Numbered<'a>>,
    statements: Vec<Stated<'a>>,
    problems: Vec<Placed<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NamedSource)]
struct Source<'a> {
    outlet: &'a str,
    evidence: Vec<Words<'a>>,
}

/// An account of the article.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArticleAccount)]
struct Numbered<'a> {
    /// Its place among the article's accounts, from 0.
    ordinal: usize,
    #[serde(flatten)]
    said: Said<'a>,
}

/// Who says what.
#[derive(Debug, Serialize, ToSchema)]
struct Stated<'a> {
    /// Outermost last, where one is quoted through another.
    sources: Vec<&'a str>,
    cue: Words<'a>,
    content: Words<'a>,
}

/// What was wrong, and where in the text, if it lies there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArticleProblem)]
struct Placed<'a> {
    code: &'a str,
    detail: &'a str,
    start: Option<u32>,
    end: Option<u32>,
}

impl<'a> Article<'a> {
    pub(crate) fn new(o: &'a Opened) -> Article<'a> {
        let article = &o.kept.article;
        let value = |f: &'a Option<::article::Found<String>>| f.as_ref().map(|f| f.value.as_str());
        let source = |v: &'a account::Value<String>| Source {
            outlet: &v.value,
            evidence: words(&article.text, &v.evidence, &v.by),
        };
        let account = |(ordinal, (a, incident)): (usize, &'a (account::Account, Option<String>))| Numbered {
            ordinal,
            said: Said { incident: incident.clone(), ..Said::new(&article.text, a) },
        };
        let one =
            |span: Span, by: &'a str| Words { start: span.start, end: span.end, words: span.of(&article.text), by };
        let stated = |s: &'a Statement| Stated {
            sources: s.sources.iter().map(|x| x.words.as_str()).collect(),
            cue: one(s.cue, &s.by),
            content: one(s.content, &s.by),
        };
        // Where a problem lies is known of texts alone: a position behind the end is one of the file.
        let inside = |p: &Problem| p.span.filter(|s| (s.end as usize) <= article.text.len());
        let problem = |p: &'a Problem| Placed {
            code: &p.code,
            detail: &p.detail,
            start: inside(p).map(|s| s.start),
            end: inside(p).map(|s| s.end),
        };
        Article {
            article: &o.kept.id,
            outlet: article.outlet_name(),
            url: value(&article.url),
            title: value(&article.title),
            byline: value(&article.byline),
            agency: value(&article.agency),
            published: super::published(article),
            found_in: &o.kept.origins,
            same_as: o.same_as.as_deref(),
            versions: &o.versions,
            source_chain: o.kept.source_chain.iter().map(source).collect(),
            text: &article.text,
            accounts: o.accounts.iter().enumerate().map(account).collect(),
            statements: o.statements.iter().map(stated).collect(),
            problems: o.problems.iter().map(problem).collect(),
        }
    }
}
