//! The language layer step by step: how many words a second each makes, on one thread.
//!
//! Every step is given what it needs, made before the clock starts, and reads all articles. Words are those of the trees.

use super::clock::timed;
use article::grammar::{Grammar, Word, Worker, words};
use article::{Article, BlockKind, Span, Tokens};
use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

/// What one step makes of an article.
type Step = (&'static str, fn(&mut Worker<'static>, &Made<'_>));

/// The steps in the order of the data.
const STEPS: [Step; 5] = [
    ("words", |_, made| paragraphs(made.article).for_each(|span| drop(black_box(words(&made.article.text, span))))),
    ("tags", |worker, made| {
        let mut tags = Vec::new();
        made.paragraphs.iter().for_each(|p| worker.tag(&made.article.text, &p.spans, &mut tags));
        black_box(tags);
    }),
    ("sentences", |worker, made| {
        made.paragraphs.iter().for_each(|p| drop(black_box(worker.sentences(&made.article.text, &p.words))));
    }),
    ("trees", |worker, made| {
        for p in &made.paragraphs {
            for s in &p.sentences {
                black_box(worker.parse(&made.article.text, &p.spans[s.clone()]));
            }
        }
    }),
    ("tokens", |_, made| drop(black_box(Tokens::of(made.article)))),
];

/// How long a step took for all articles.
pub(crate) struct Took {
    pub(crate) name: &'static str,
    pub(crate) words: usize,
    pub(crate) time: Duration,
}

/// What the steps before have made of one article.
struct Made<'a> {
    article: &'a Article,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    words: Vec<Word>,
    spans: Vec<Span>,
    sentences: Vec<Range<usize>>,
}

/// Each step's fastest of `passes` over all articles.
pub(crate) fn steps(articles: &[Article], passes: u32) -> Vec<Took> {
    let mut worker = Worker::new(Grammar::builtin());
    let made: Vec<Made<'_>> = articles.iter().map(|a| made(a, &mut worker)).collect();
    let words = made.iter().flat_map(|m| &m.paragraphs).map(|p| p.words.len()).sum();
    let mut out = Vec::new();
    for (name, step) in STEPS {
        let mut fastest = Duration::MAX;
        for _ in 0..passes {
            let mut took = Duration::ZERO;
            timed(&mut took, || made.iter().for_each(|m| step(&mut worker, m)));
            fastest = fastest.min(took);
        }
        out.push(Took { name, words, time: fastest });
    }
    out
}

fn paragraphs(article: &Article) -> impl Iterator<Item = Span> + '_ {
    article.blocks.iter().filter(|b| b.kind != BlockKind::Furniture).map(|b| b.span)
}

fn made<'a>(article: &'a Article, worker: &mut Worker<'static>) -> Made<'a> {
    let paragraph = |span| {
        let words = words(&article.text, span);
        let spans = words.iter().map(|w| w.span).collect();
        let sentences = worker.sentences(&article.text, &words);
        Paragraph { words, spans, sentences }
    };
    Made { article, paragraphs: paragraphs(article).map(paragraph).collect() }
}
