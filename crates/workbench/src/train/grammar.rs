//! `workbench train grammar`: treebanks to `grammar.bin`.
//!
//! Two networks of one kind are trained, a small one that tags and finds ends of sentences in running text, and a larger
//! one that parses. At each pass every text is shown once, as it stands or, by chance, in capitals, in lower case or in title
//! case. A form is hidden now and then, the rarer the oftener, so that the model learns to do without it. Both also learn the
//! treebank's finer tags and morphological features, whose outputs are thrown away: what they teach stays.

use super::lemmas;
use super::matrix::Dice;
use super::network::{Dropout, Sample, Shape};
use super::optimise::Trainee;
use super::write;
use crate::conllu::{self, Sentence, Word};
use anyhow::{Context, Result, ensure};
use article::grammar::{Upos, features};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// Most words of a text that the tagger is shown at once.
const WINDOW: usize = 60;

/// Words that a finer tag must have.
const FINE: usize = 20;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  cargo run --release -p workbench -- train grammar --data DATA --out models/en")]
pub(crate) struct Arguments {
    /// Folder with `ewt/en_ewt-ud-train.conllu` and the folder `gum`
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Folder to write `grammar.bin` to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Passes over the treebanks by the parser; the tagger makes half as many
    #[arg(long, default_value_t = 20)]
    passes: u32,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Trains, writes, and tells how long it took.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let begin = Instant::now();
    let ewt = conllu::read(&a.data.join("ewt/en_ewt-ud-train.conllu"))?;
    let mut gum = Vec::new();
    for file in conllu::files(&a.data.join("gum"))? {
        gum.extend(conllu::read(&file)?);
    }
    let bytes = learn(ewt, gum, a.passes, a.seed)?;
    let out = a.out.join("grammar.bin");
    std::fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{}: {} bytes, blake3 {}", out.display(), bytes.len(), blake3::hash(&bytes));
    println!("trained in {:.0} s", begin.elapsed().as_secs_f64());
    Ok(())
}

/// The bytes of a grammar file, learnt from one treebank and a foreign one.
fn learn(own: Vec<Sentence>, foreign: Vec<Sentence>, passes: u32, seed: u64) -> Result<Vec<u8>> {
    let begin = own.len();
    let mut all = own;
    all.extend(foreign);
    let vocabulary = Vocabulary::of(&all);
    let banks = Banks { vocabulary, labels: labels(&all), fine: fine(&all), foreign: begin, all: &all };
    println!("{} sentences, {} features, {} labels", all.len(), banks.vocabulary.rows.len(), banks.labels.len());
    let mut dice = Dice::new(seed);
    let (tags, fine) = (Upos::ALL.len(), banks.fine.len() + 1);
    let small = Shape { width: 64, layers: 2, tags, fine, arc: 0, label: 0, labels: 0 };
    let drop = Dropout { input: 0.1, layer: 0.15, hidden: 0.0 };
    let tagger = train("tagger", small, drop, passes.div_ceil(2), &banks, &mut dice)?;
    let large = Shape { width: 160, layers: 3, tags, fine, arc: 96, label: 96, labels: banks.labels.len() };
    let drop = Dropout { input: 0.2, layer: 0.25, hidden: 0.25 };
    let parser = train("parser", large, drop, passes, &banks, &mut dice)?;
    let keys: Vec<u32> = banks.vocabulary.rows.keys().copied().collect();
    let bytes = write::bytes(&keys, &banks.labels, &tagger, &parser, &lemmas::learn(&all)?);
    article::grammar::Grammar::from_bytes(&bytes).context("what was written cannot be read")?;
    Ok(bytes)
}

/// What both networks learn from.
struct Banks<'a> {
    all: &'a [Sentence],
    vocabulary: Vocabulary,
    labels: Vec<String>,
    /// Frequent finer tags; all others are one.
    fine: Vec<String>,
    /// Sentences from here on are another treebank's: they carry a mark, so that its habits are not learnt as ours.
    foreign: usize,
}

fn train(name: &str, shape: Shape, drop: Dropout, passes: u32, banks: &Banks<'_>, dice: &mut Dice) -> Result<Trainee> {
    let mut trainee = Trainee::new(shape, banks.vocabulary.rows.len() + 1, dice);
    let runs: Vec<(usize, usize)> = if shape.arc > 0 {
        (0..banks.all.len()).map(|i| (i, i + 1)).collect()
    } else {
        windows(banks.all, banks.foreign)
    };
    for pass in 0..passes {
        let begin = Instant::now();
        let mut samples = runs.iter().map(|r| banks.sample(*r, &shape, dice)).collect::<Result<Vec<_>>>()?;
        for i in (1..samples.len()).rev() {
            samples.swap(i, dice.below(i + 1));
        }
        let done = |part: f32| (pass as f32 + part) / passes as f32;
        let rate = |part: f32| 2.5e-3 * (done(part) * 40.0).min(1.0) * (1.0 - done(part)).max(0.01);
        let loss = trainee.pass(&samples, drop, dice, rate);
        println!("{name} pass {}: loss {loss:.4} a word, {:.1} s", pass + 1, begin.elapsed().as_secs_f64());
    }
    Ok(trainee)
}

/// Runs of sentences of one paragraph.
fn windows(all: &[Sentence], foreign: usize) -> Vec<(usize, usize)> {
    let (mut out, mut begin, mut words) = (Vec::new(), 0, 0);
    for (i, s) in all.iter().enumerate() {
        if i > begin && (s.paragraph || i == foreign || words >= WINDOW) {
            out.push((begin, i));
            (begin, words) = (i, 0);
        }
        words += s.words.len();
    }
    out.push((begin, all.len()));
    out
}

/// Full labels, most frequent first.
fn labels(all: &[Sentence]) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for w in all.iter().flat_map(|s| &s.words) {
        *count.entry(&w.deprel).or_default() += 1;
    }
    let mut out: Vec<_> = count.into_iter().collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    out.into_iter().map(|(l, _)| l.to_owned()).collect()
}

/// Pairs of universal and finer tag that are frequent, sorted.
fn fine(all: &[Sentence]) -> Vec<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for w in all.iter().flat_map(|s| &s.words) {
        *count.entry(fine_tag(w)).or_default() += 1;
    }
    count.into_iter().filter(|(_, n)| *n >= FINE).map(|(t, _)| t).collect()
}

fn fine_tag(w: &Word) -> String {
    format!("{} {}", w.upos, w.fine)
}

/// The features that have rows, and how often each form was seen.
struct Vocabulary {
    rows: BTreeMap<u32, u32>,
    forms: BTreeMap<u32, u32>,
}

impl Vocabulary {
    fn of(all: &[Sentence]) -> Vocabulary {
        let (mut count, mut forms, mut keys) = (BTreeMap::<u32, u32>::new(), BTreeMap::<u32, u32>::new(), Vec::new());
        for w in all.iter().flat_map(|s| &s.words) {
            keys.clear();
            for case in [Case::Kept, Case::Upper, Case::Lower, Case::Title] {
                let from = keys.len();
                features::keys(&case.of(&w.form), w.glued, &mut keys);
                if case == Case::Kept {
                    *forms.entry(keys[from]).or_default() += 1;
                }
            }
            keys.sort_unstable();
            keys.dedup();
            keys.iter().for_each(|k| *count.entry(*k).or_default() += 1);
        }
        let kept = count.into_iter().filter(|(k, n)| *n >= if forms.contains_key(k) { 2 } else { 3 });
        let mut rows: BTreeMap<u32, u32> = kept.map(|(k, _)| (k, 0)).collect();
        rows.insert(features::UNKNOWN, 0);
        rows.values_mut().enumerate().for_each(|(i, r)| *r = i as u32);
        Vocabulary { rows, forms }
    }
}

impl Banks<'_> {
    /// The sentences of a run as one sample, in a case that chance chooses.
    fn sample(&self, run: (usize, usize), shape: &Shape, dice: &mut Dice) -> Result<Sample> {
        let case = match dice.below(24) {
            0 | 1 => Case::Upper,
            2 => Case::Lower,
            3 => Case::Title,
            _ => Case::Kept,
        };
        let mut out = Sample::default();
        let mut keys = Vec::new();
        for (i, s) in self.all[run.0..run.1].iter().enumerate() {
            for w in &s.words {
                keys.clear();
                features::keys(&case.of(&w.form), w.glued, &mut keys);
                let seen = self.vocabulary.forms.get(&keys[0]).copied().unwrap_or(0) as f32;
                if dice.part() < 0.3 / (0.3 + seen) || !self.vocabulary.rows.contains_key(&keys[0]) {
                    keys[0] = features::UNKNOWN;
                }
                let mut rows: Vec<u32> = keys.iter().filter_map(|k| self.vocabulary.rows.get(k)).copied().collect();
                if run.0 + i >= self.foreign {
                    rows.push(self.vocabulary.rows.len() as u32);
                }
                out.rows.push(rows);
                out.tags.push(tag(w)?);
                out.fine.push(self.fine.binary_search(&fine_tag(w)).unwrap_or(self.fine.len()));
                if shape.arc > 0 {
                    out.heads.push(w.head);
                    let label = self.labels.iter().position(|l| *l == w.deprel);
                    out.labels.push(label.context("a label that was not counted")?);
                } else {
                    out.ends.push(false);
                }
            }
            if let Some(last) = out.ends.last_mut() {
                *last = true;
            }
        }
        Ok(out)
    }
}

fn tag(w: &Word) -> Result<usize> {
    let tag = Upos::ALL.iter().position(|t| t.name() == w.upos);
    ensure!(tag.is_some(), "`{}` is not a tag", w.upos);
    Ok(tag.unwrap_or_default())
}

/// How a text is shown.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Case {
    Kept,
    Upper,
    Lower,
    Title,
}

impl Case {
    pub(super) fn of(self, form: &str) -> String {
        match self {
            Case::Kept => form.to_owned(),
            Case::Upper => form.to_uppercase(),
            Case::Lower => form.to_lowercase(),
            Case::Title => {
                let mut chars = form.chars();
                chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six short sentences, a word, its tag, head and label at a time.
    fn bank() -> Vec<Sentence> {
        let texts = [
            "Rain NOUN 2 nsubj fell VERB 0 root . PUNCT 2 punct",
            "The DET 2 det river NOUN 3 nsubj rose VERB 0 root",
            "Nobody PRON 2 nsubj slept VERB 0 root ; PUNCT 4 punct dogs NOUN 2 parataxis",
        ];
        let read = |text: &str| {
            let all: Vec<&str> = text.split(' ').collect();
            let word = |w: &[&str]| Word {
                form: w[0].to_owned(),
                lemma: w[0].to_lowercase(),
                upos: w[1].to_owned(),
                fine: w[1].to_owned(),
                head: w[2].parse().unwrap(),
                deprel: w[3].to_owned(),
                glued: false,
                misc: String::new(),
            };
            Sentence { words: all.chunks_exact(4).map(word).collect(), paragraph: true, ..Sentence::default() }
        };
        texts.iter().chain(&texts).map(|t| read(t)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let once = |seed| learn(bank(), bank(), 2, seed).unwrap();
        let first = once(7);
        assert!(first == once(7), "two trainings differ");
        assert!(first != once(8), "the seed changes nothing");
    }
}
