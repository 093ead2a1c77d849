//! Tags, lemmas and trees, scored as the shared tasks on Universal Dependencies score them.
//!
//! On the treebank's own words, or, with `--raw`, from the text: then a word is right when it has the characters of a word
//! of the treebank, and scores are F1 (see `align`). Relations are compared without their subtypes.

use super::align::{self, Found};
use crate::bench::timed;
use crate::conllu::{self, Sentence};
use anyhow::{Result, ensure};
use article::grammar::{Grammar, Tree, Upos, Word, Worker, words};
use article::{Article, Block, BlockKind, Span, Tokens};
use serde::Serialize;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A `.conllu` file, or a folder of them
    path: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Score the text in capitals
    #[arg(long)]
    upper: bool,
    /// Find words and sentences too, from the text
    #[arg(long)]
    raw: bool,
    /// With `--raw`: find sentences by the rules that articles are read with, in place of the network
    #[arg(long, requires = "raw")]
    rules: bool,
    /// Grammar file to score in place of the one that is built in
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// Counts of words; scores are shares of `words`, or F1 of what was found.
#[derive(Serialize, Default, Debug)]
struct Scores {
    sentences: usize,
    words: usize,
    upos: f64,
    /// Tags of the small network alone.
    tagger_upos: f64,
    lemmas: f64,
    uas: f64,
    las: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<align::Segmentation>,
    tagged_per_second: f64,
    parsed_per_second: f64,
}

pub(crate) fn run(a: &Arguments) -> Result<()> {
    let mut all = Vec::new();
    for file in conllu::files(&a.path)? {
        all.extend(conllu::read(&file)?);
    }
    ensure!(!all.is_empty(), "{}: no sentence", a.path.display());
    if a.upper {
        for s in &mut all {
            s.words.iter_mut().for_each(|w| w.form = w.form.to_uppercase());
            s.tokens.iter_mut().for_each(|t| t.2 = t.2.to_uppercase());
        }
    }
    let trained = match &a.model {
        Some(file) => Some(Grammar::from_bytes(&std::fs::read(file)?)?),
        None => None,
    };
    let grammar = trained.as_ref().unwrap_or_else(|| Grammar::builtin());
    let scores = if a.raw { raw(&all, grammar, a.rules) } else { gold(&all, grammar) };
    if a.json {
        println!("{}", serde_json::to_string(&scores)?);
        return Ok(());
    }
    let percent = |v: f64| format!("{:.2}", 100.0 * v);
    println!("sentences {}  words {}", scores.sentences, scores.words);
    if let Some(r) = &scores.raw {
        println!("tokens {}  sentences {}  words {}", percent(r.tokens), percent(r.sentences), percent(r.words));
    }
    println!("UPOS {}  UAS {}  LAS {}", percent(scores.upos), percent(scores.uas), percent(scores.las));
    println!("lemmas {}  UPOS of the tagger {}", percent(scores.lemmas), percent(scores.tagger_upos));
    println!("tagged {:.0} words/s, parsed {:.0} words/s", scores.tagged_per_second, scores.parsed_per_second);
    Ok(())
}

/// The text of a sentence and where its words stand.
fn laid(s: &Sentence) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for w in &s.words {
        if !w.glued && !text.is_empty() {
            text.push(' ');
        }
        spans.push(Span::new(text.len(), text.len() + w.form.len()));
        text.push_str(&w.form);
    }
    (text, spans)
}

fn gold(all: &[Sentence], grammar: &Grammar) -> Scores {
    let mut worker = Worker::new(grammar);
    let laid: Vec<_> = all.iter().map(laid).collect();
    let mut scores = Scores { sentences: all.len(), ..Scores::default() };
    let (mut tagging, mut parsing) = (Duration::ZERO, Duration::ZERO);
    let tags: Vec<Vec<Upos>> = timed(&mut tagging, || {
        let tag = |(text, spans): &(String, Vec<Span>)| {
            let mut tags = Vec::new();
            worker.tag(text, spans, &mut tags);
            tags
        };
        laid.iter().map(tag).collect()
    });
    let trees: Vec<Tree<'_>> =
        timed(&mut parsing, || laid.iter().map(|(text, spans)| worker.parse(text, spans)).collect());
    let mut right = [0usize; 5];
    for ((s, tree), tags) in all.iter().zip(&trees).zip(&tags) {
        scores.words += s.words.len();
        for ((w, node), tag) in s.words.iter().zip(&tree.nodes).zip(tags) {
            let head = node.head.map_or(0, |h| h + 1) == w.head;
            let label = align::universal(node.label) == align::universal(&w.deprel);
            let lemma = w.lemma == "_" || node.lemma == w.lemma;
            let hits = [node.tag.name() == w.upos, tag.name() == w.upos, lemma, head, head && label];
            right.iter_mut().zip(hits).for_each(|(n, hit)| *n += usize::from(hit));
        }
    }
    let n = scores.words as f64;
    [scores.upos, scores.tagger_upos, scores.lemmas, scores.uas, scores.las] = right.map(|r| r as f64 / n);
    scores.tagged_per_second = n / tagging.as_secs_f64();
    scores.parsed_per_second = n / parsing.as_secs_f64();
    scores
}

/// The words of each sentence that the rules find in a paragraph.
fn by_rules(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph };
    let article = Article { text: text.to_owned(), blocks: vec![block], ..Article::default() };
    let (tokens, mut out, mut from) = (Tokens::of(&article), Vec::new(), 0);
    for s in &tokens.sentences {
        let to = words.partition_point(|w| w.span.start < s.span.end);
        if to > from {
            out.push(from..to);
            from = to;
        }
    }
    if from < words.len() {
        out.push(from..words.len());
    }
    out
}

fn raw(all: &[Sentence], grammar: &Grammar, rules: bool) -> Scores {
    let mut worker = Worker::new(grammar);
    let mut scores = Scores { sentences: all.len(), ..Scores::default() };
    let mut counts = align::Counts::default();
    let (mut tagging, mut parsing) = (Duration::ZERO, Duration::ZERO);
    for paragraph in all.chunk_by(|_, next| !next.paragraph) {
        scores.words += paragraph.iter().map(|s| s.words.len()).sum::<usize>();
        let text = align::text(paragraph);
        let found = words(&text, Span::new(0, text.len()));
        let sentences =
            timed(&mut tagging, || if rules { by_rules(&text, &found) } else { worker.sentences(&text, &found) });
        let mut tags = Vec::new();
        let spans: Vec<Span> = found.iter().map(|w| w.span).collect();
        worker.tag(&text, &spans, &mut tags);
        let trees: Vec<Tree<'_>> =
            timed(&mut parsing, || sentences.iter().map(|r| worker.parse(&text, &spans[r.clone()])).collect());
        counts.add(paragraph, &Found { text: &text, words: &found, tags: &tags, sentences: &sentences, trees: &trees });
    }
    let n = scores.words as f64;
    [scores.upos, scores.tagger_upos, scores.lemmas, scores.uas, scores.las] = counts.scores();
    scores.raw = Some(counts.segmentation());
    scores.tagged_per_second = n / tagging.as_secs_f64();
    scores.parsed_per_second = n / parsing.as_secs_f64();
    scores
}
