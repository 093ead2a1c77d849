//! Statements, scored on PolNeAR: who (source), how (cue), what (content), exactly and in part.
//!
//! The folder holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` in brat's stand-off. Counted as the published
//! rows are (Wang et al. 2022): each text becomes a sequence of words, each run of words under one role is one span, and
//! a span is right when its first and last word are. A role in several pieces gives several spans; pieces with nothing but
//! white space between them are one. Marks of quotation and punctuation are words. Of several annotators the first by file
//! name counts. As in the annotation no word has two roles, of statements inside each other the outermost counts. Unlike
//! the published rows, whole articles are read, sentences without any attribution too.

use anyhow::{Context, Result, ensure};
use article::grammar::{Syntax, words};
use article::statements::{Statement, statements};
use article::{Article, Block, BlockKind, Span, Tokens};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with `text` and `attributions`
    #[arg(value_name = "FOLDER")]
    path: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// List what was missed and what was wrong; for the part that rules are developed on
    #[arg(long)]
    misses: bool,
}

const ROLES: [&str; 3] = ["source", "cue", "content"];

/// A run of words, half-open.
type Run = (usize, usize);

/// One attribution: the runs of source, cue and content.
type Attribution = [Vec<Run>; 3];

/// Spans in the truth, found, and right; and the words that they share.
#[derive(Default, Serialize, Clone, Copy)]
struct Count {
    truth: usize,
    found: usize,
    right: usize,
    truth_words: usize,
    found_words: usize,
    shared_words: usize,
}

/// Shares of a [`Count`].
#[derive(Serialize)]
struct Scores {
    precision: f64,
    recall: f64,
    f1: f64,
    /// F1 over words.
    partial_f1: f64,
}

#[derive(Serialize, Default)]
struct Report {
    articles: usize,
    words: usize,
    counts: BTreeMap<&'static str, Count>,
    scores: BTreeMap<&'static str, Scores>,
    words_per_second: f64,
}

/// Scores a folder and prints the counts.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let mut report = Report::default();
    let mut spent = 0.0;
    for text_file in texts(&a.path)? {
        let Some(file) = annotation(&a.path, &text_file)? else { continue };
        let text = std::fs::read_to_string(&text_file).with_context(|| text_file.display().to_string())?;
        let start = Instant::now();
        let found = read(&text);
        spent += start.elapsed().as_secs_f64();
        let spans: Vec<Span> = words(&text, Span::new(0, text.len())).iter().map(|w| w.span).collect();
        let truth = truth(&text, &spans, &std::fs::read_to_string(&file)?);
        let found: Vec<Attribution> = found.iter().filter(|s| s.within.is_none()).map(|s| ours(s, &spans)).collect();
        report.articles += 1;
        report.words += spans.len();
        if a.misses {
            misses(&text_file, &text, &spans, &truth, &found);
        }
        count(&mut report.counts, &truth, &found);
    }
    ensure!(report.articles > 0, "{}: no text with an annotation", a.path.display());
    report.words_per_second = report.words as f64 / spent;
    report.scores = report.counts.iter().map(|(k, c)| (*k, c.scores())).collect();
    if a.json {
        println!("{}", serde_json::to_string(&report)?);
        return Ok(());
    }
    println!("articles {}, words {}", report.articles, report.words);
    println!(
        "{:<12} {:>7} {:>7} {:>7} {:>6} {:>6} {:>6} {:>8}",
        "", "truth", "found", "right", "P", "R", "F1", "words F1"
    );
    for (name, c) in &report.counts {
        let s = c.scores();
        let [p, r, f, w] = [s.precision, s.recall, s.f1, s.partial_f1].map(|v| 100.0 * v);
        println!("{name:<12} {:>7} {:>7} {:>7} {p:>6.1} {r:>6.1} {f:>6.1} {w:>8.1}", c.truth, c.found, c.right);
    }
    println!("{:.0} words a second", report.words_per_second);
    Ok(())
}

impl Count {
    fn scores(&self) -> Scores {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        Scores {
            precision: share(self.right, self.found),
            recall: share(self.right, self.truth),
            f1: share(2 * self.right, self.found + self.truth),
            partial_f1: share(2 * self.shared_words, self.found_words + self.truth_words),
        }
    }
}

fn texts(path: &Path) -> Result<Vec<PathBuf>> {
    let folder = path.join("text");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("{}: no such folder", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    Ok(files)
}

/// The annotation of a text: of several the first by name.
fn annotation(path: &Path, text: &Path) -> Result<Option<PathBuf>> {
    let stem = text.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.join("attributions");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("{}: no such folder", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|f| {
        let name = f.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let rest = name.strip_prefix(&stem);
        f.extension().is_some_and(|e| e == "ann")
            && rest.is_some_and(|r| r.is_empty() || r.strip_prefix('_').is_some_and(|r| !r.contains('_')))
    });
    files.sort();
    Ok(files.into_iter().next())
}

/// What we read: each line of the text is a paragraph.
fn read(text: &str) -> Vec<Statement> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks.push(Block { span: Span::new(start, start + body.len()), kind: BlockKind::Paragraph });
        }
        at += line.len();
    }
    let article = Article { text: text.to_owned(), blocks, ..Article::default() };
    let tokens = Tokens::of(&article);
    let syntax = Syntax::new(&article.text, &tokens);
    statements(&article, &tokens, &syntax, |_| true)
}

/// The words that a span touches.
fn run_of(spans: &[Span], span: Span) -> Option<Run> {
    let from = spans.partition_point(|w| w.end <= span.start);
    let to = spans.partition_point(|w| w.start < span.end);
    (from < to).then_some((from, to))
}

/// Runs in order; those that touch are one.
fn runs(mut all: Vec<Run>) -> Vec<Run> {
    all.sort_unstable();
    let mut out: Vec<Run> = Vec::new();
    for r in all {
        match out.last_mut() {
            Some(last) if r.0 <= last.1 => last.1 = last.1.max(r.1),
            _ => out.push(r),
        }
    }
    out
}

fn ours(s: &Statement, spans: &[Span]) -> Attribution {
    let source = s.speaker().map(|s| s.span);
    let all = |list: &[Span]| runs(list.iter().filter_map(|s| run_of(spans, *s)).collect());
    [all(source.as_slice()), all(&[s.cue]), all(&s.content)]
}

/// The attributions of a brat file.
fn truth(text: &str, spans: &[Span], ann: &str) -> Vec<Attribution> {
    let byte: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let at = |c: usize| byte.get(c).copied().unwrap_or(text.len());
    let mut pieces: BTreeMap<&str, Vec<Run>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in ann.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(what)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('T') {
            let offsets = what.split_once(' ').map_or("", |(_, o)| o);
            let list = offsets.split(';').filter_map(|o| o.trim().split_once(' '));
            let list = list.filter_map(|(a, b)| Some((a.parse::<usize>().ok()?, b.parse::<usize>().ok()?)));
            let list = list.filter_map(|(a, b)| run_of(spans, Span::new(at(a), at(b))));
            pieces.insert(id, runs(list.collect()));
        }
    }
    for line in ann.lines().filter(|l| l.starts_with('E')) {
        let mut attribution = Attribution::default();
        for part in line.split('\t').nth(1).unwrap_or_default().split(' ') {
            let Some((role, id)) = part.split_once(':') else { continue };
            let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
            if let Some(n) = ROLES.iter().position(|r| r.eq_ignore_ascii_case(role)) {
                attribution[n].extend(pieces.get(id).into_iter().flatten());
            }
        }
        out.push(attribution.map(runs));
    }
    out
}

fn count(counts: &mut BTreeMap<&'static str, Count>, truth: &[Attribution], found: &[Attribution]) {
    for (n, role) in ROLES.iter().enumerate() {
        let set = |list: &[Attribution]| list.iter().flat_map(|a| a[n].clone()).collect::<BTreeSet<Run>>();
        add(counts.entry(role).or_default(), &set(truth), &set(found));
    }
    let whole = |list: &[Attribution]| list.iter().cloned().collect::<BTreeSet<Attribution>>();
    let c = counts.entry("whole").or_default();
    let (truth, found) = (whole(truth), whole(found));
    c.truth += truth.len();
    c.found += found.len();
    c.right += truth.intersection(&found).count();
    let all = |set: &BTreeSet<Attribution>| -> BTreeSet<usize> {
        set.iter().flatten().flatten().flat_map(|r| r.0..r.1).collect()
    };
    share(c, &all(&truth), &all(&found));
}

fn add(c: &mut Count, truth: &BTreeSet<Run>, found: &BTreeSet<Run>) {
    c.truth += truth.len();
    c.found += found.len();
    c.right += truth.intersection(found).count();
    let all = |set: &BTreeSet<Run>| -> BTreeSet<usize> { set.iter().flat_map(|r| r.0..r.1).collect() };
    share(c, &all(truth), &all(found));
}

fn share(c: &mut Count, truth: &BTreeSet<usize>, found: &BTreeSet<usize>) {
    c.truth_words += truth.len();
    c.found_words += found.len();
    c.shared_words += truth.intersection(found).count();
}

/// Prints each attribution that is not wholly right beside what was found in its place.
fn misses(file: &Path, text: &str, spans: &[Span], truth: &[Attribution], found: &[Attribution]) {
    println!("== {}", file.display());
    let show = |a: &Attribution| {
        let part = |runs: &Vec<Run>| {
            let words = runs.iter().map(|r| spans[r.0].join(spans[r.1 - 1]).of(text).replace('\n', " "));
            words.collect::<Vec<_>>().join(" ~ ")
        };
        format!("[{}] [{}] [{}]", part(&a[0]), part(&a[1]), part(&a[2]))
    };
    let touch = |a: &Attribution, b: &Attribution| a[1].iter().any(|x| b[1].iter().any(|y| x.0 < y.1 && y.0 < x.1));
    for t in truth.iter().filter(|t| !found.contains(t)) {
        match found.iter().find(|f| touch(f, t)) {
            Some(f) => {
                let wrong: Vec<&str> =
                    ROLES.iter().zip(t.iter().zip(f)).filter(|(_, (a, b))| a != b).map(|(r, _)| *r).collect();
                println!("OFF {}\n  T {}\n  F {}", wrong.join(","), show(t), show(f));
            }
            None => println!("MISSED\n  T {}", show(t)),
        }
    }
    for f in found.iter().filter(|f| !truth.iter().any(|t| touch(f, t))) {
        println!("EXTRA\n  F {}", show(f));
    }
}
