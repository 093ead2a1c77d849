//! The stages, each called in one place and timed.

use super::clock::timed;
use super::inputs::Input;
use account::{Actors, Reader, Report};
use article::gazetteer::Gazetteer;
use article::grammar::{Grammar, Worker, words};
use article::places::places;
use article::{Article, Limits, Raw, Span, Tokens, amounts, intake, sketch, times};
use incident::{Decided, Filed, link, said};
use std::hint::black_box;
use std::time::Duration;

/// What reading needs, loaded once.
pub(crate) struct Readers {
    reader: Reader<'static>,
    actors: &'static Actors,
    gazetteer: &'static Gazetteer,
}

/// One reading of all inputs: what was found and how long it took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pass {
    pub(crate) articles: usize,
    pub(crate) accounts: usize,
    pub(crate) incidents: usize,
    intake: Duration,
    /// All of reading, annotation among it.
    read: Duration,
    sketch: Duration,
    link: Duration,
}

impl Readers {
    /// Loads word lists, rules, actors and the gazetteer, and reads one article, for some are loaded at first use.
    pub(crate) fn new() -> Readers {
        let actors = Actors::builtin();
        let readers = Readers { reader: Reader::new(actors), actors, gazetteer: Gazetteer::builtin() };
        let first = || vec![Article::plain("A bomb killed two people in Baidoa on Thursday, police said.")];
        black_box(readers.pass(&first));
        readers
    }

    /// Takes articles in, reads and links them, on this thread.
    pub(crate) fn pass(&self, take: &dyn Fn() -> Vec<Article>) -> Pass {
        let mut pass = Pass::default();
        let articles = timed(&mut pass.intake, take);
        let reports: Vec<Report> = timed(&mut pass.read, || articles.iter().map(|a| self.reader.read(a)).collect());
        let sketches: Vec<Vec<u64>> = timed(&mut pass.sketch, || articles.iter().map(sketch).collect());
        let filed = filed(&articles, reports, sketches);
        pass.articles = articles.len();
        pass.accounts = filed.len();
        pass.incidents = timed(&mut pass.link, || link(filed, &Decided::default())).len();
        pass
    }

    /// How long it takes to read articles that are taken in already.
    pub(crate) fn reading(&self, articles: &[Article]) -> Duration {
        let mut took = Duration::ZERO;
        timed(&mut took, || articles.iter().for_each(|a| drop(black_box(self.reader.read(a)))));
        took
    }

    /// The stages of a pass in the order of the data. The parts of reading are called once more by themselves; what
    /// reading took beyond them is the time for accounts.
    pub(crate) fn stages(&self, articles: &[Article], pass: &Pass) -> Vec<(&'static str, Duration)> {
        let mut took = [Duration::ZERO; 6];
        let tokens: Vec<Tokens> = timed(&mut took[0], || articles.iter().map(Tokens::of).collect());
        // An article that its words leave alone is annotated no further.
        let mut annotated: Vec<(&Article, &Tokens)> = Vec::new();
        let mut parsed: Vec<(&Article, Vec<Span>)> = Vec::new();
        for (a, t) in articles.iter().zip(&tokens) {
            if let Some(sentences) = self.reader.parsed(a) {
                annotated.push((a, t));
                let spans = |s: Span| words(&a.text, s).iter().map(|w| w.span).collect();
                parsed.extend(sentences.into_iter().map(|s| (a, spans(s))));
            }
        }
        timed(&mut took[1], || annotated.iter().for_each(|(_, t)| drop(black_box(amounts(t)))));
        timed(&mut took[2], || annotated.iter().for_each(|(a, t)| drop(black_box(times(a, t)))));
        timed(&mut took[3], || annotated.iter().for_each(|(a, t)| drop(black_box(places(a, t, self.gazetteer)))));
        timed(&mut took[4], || annotated.iter().for_each(|(a, t)| drop(black_box(self.actors.mentions(a, t)))));
        let mut worker = Worker::new(Grammar::builtin());
        timed(&mut took[5], || parsed.iter().for_each(|(a, s)| drop(black_box(worker.parse(&a.text, s)))));
        let accounts = pass.read.saturating_sub(took.iter().sum());
        let [tokens, amounts, times, places, actors, trees] = took;
        vec![
            ("intake", pass.intake),
            ("tokens", tokens),
            ("amounts", amounts),
            ("times", times),
            ("places", places),
            ("actors", actors),
            ("trees", trees),
            ("accounts", accounts),
            ("sketches", pass.sketch),
            ("linking", pass.link),
        ]
    }
}

impl Pass {
    /// From bytes to accounts.
    pub(crate) fn reading(&self) -> Duration {
        self.intake + self.read
    }

    /// From bytes to articles.
    pub(crate) fn intake(&self) -> Duration {
        self.intake
    }

    /// From bytes to incidents.
    pub(crate) fn total(&self) -> Duration {
        self.reading() + self.sketch + self.link
    }

    /// Numbers of articles, accounts and incidents, which may not change from pass to pass.
    pub(crate) fn found(&self) -> (usize, usize, usize) {
        (self.articles, self.accounts, self.incidents)
    }
}

/// Extraction of the pages' text by the crate that intake uses, with nothing around it.
pub(crate) fn extraction_alone(pages: &[Input]) -> Duration {
    let mut took = Duration::ZERO;
    timed(&mut took, || {
        for page in pages {
            let text = String::from_utf8_lossy(&page.bytes);
            if let Ok(mut reader) = dom_smoothie::Readability::new(text.as_ref(), None, None) {
                black_box(reader.parse().ok());
            }
        }
    });
    took
}

/// The articles of pages.
pub(crate) fn taken(inputs: &[Input]) -> Vec<Article> {
    let limits = Limits::default();
    inputs.iter().flat_map(|i| intake(Raw { name: &i.name, bytes: &i.bytes }, &limits).articles).collect()
}

fn filed(articles: &[Article], reports: Vec<Report>, sketches: Vec<Vec<u64>>) -> Vec<Filed> {
    let mut filed = Vec::new();
    for (n, ((article, report), sketch)) in articles.iter().zip(reports).zip(sketches).enumerate() {
        for (ordinal, account) in report.accounts.into_iter().enumerate() {
            filed.push(Filed {
                article: format!("{n:06}"),
                ordinal: ordinal as u32,
                outlet: article.outlet_name().unwrap_or_default().to_owned(),
                published: article.published_on().cloned(),
                published_time: article.published.as_ref().and_then(|p| p.value.time.clone()),
                source_chain: report.source_chain.clone(),
                sketch: sketch.clone(),
                said: said(&article.text, &account),
                account,
            });
        }
    }
    filed
}
