//! Scores times on texts in TimeML (TimeBank, AQUAINT, WikiWars, the sets of TempEval), as TempEval-3 scored them.
//!
//! The text between `<TEXT>` and `</TEXT>` is read without its tags, with the document's creation time as the day of
//! publication. A found expression is right strictly when it has the characters of an annotated one, and relaxed when they
//! overlap, each annotated one counting once. Type and value are compared on what overlaps: their accuracy is the share of
//! these that are right, and their F1 takes the right ones against all found and all annotated (UzZaman et al. 2013).

mod tml;

use anyhow::{Context, Result, ensure};
use article::{Article, Basis, Found, Published, Timex, Tokens, all_times};
use serde::Serialize;
use std::path::{Path, PathBuf};
use tml::Document;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A TimeML file (.tml, .xml, .tml.TE3input), or a folder of them, searched with its folders
    path: PathBuf,
    /// Write the texts with our TIMEX3 tags to this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// List what is missed, found too much, or has another extent, type or value; for sets to develop on
    #[arg(long)]
    misses: bool,
}

/// Counts that add up over texts.
#[derive(Debug, Default, Serialize)]
struct Counts {
    texts: usize,
    annotated: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    /// Right type, of those that overlap.
    types: usize,
    /// Right value, of those that overlap.
    values: usize,
    /// Of those that overlap: annotated as DATE, TIME, DURATION, SET (rows), found as these (columns).
    kinds: [[usize; 4]; 4],
    /// Right type and value, of those that have the same characters.
    exact: usize,
}

/// Scores a file or folder and prints the counts.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let files = files(&a.path)?;
    ensure!(!files.is_empty(), "{}: no TimeML file", a.path.display());
    let mut counts = Counts::default();
    for file in &files {
        let raw = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let Some(document) = Document::parse(&raw) else {
            eprintln!("{}: no <TEXT> element, left out", file.display());
            continue;
        };
        let found = find(&document);
        counts.add(&document, &found, a.misses.then_some(file.as_path()));
        if let Some(out) = &a.out {
            let inside = file.strip_prefix(&a.path).ok().filter(|p| p.components().next().is_some());
            let target = out.join(inside.unwrap_or_else(|| Path::new(file.file_name().unwrap_or_default())));
            std::fs::create_dir_all(target.parent().unwrap_or(out))?;
            std::fs::write(&target, document.with(&found))
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    if a.json {
        println!("{}", serde_json::to_string(&counts)?);
    } else {
        counts.print();
    }
    Ok(())
}

/// The files of a folder and of the folders in it, in order of their names.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut out = Vec::new();
    for entry in std::fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_dir() {
            out.extend(files(&path)?);
        } else if [".tml", ".xml", ".te3input"].iter().any(|end| name.ends_with(end)) {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

fn find(document: &Document) -> Vec<Timex> {
    let mut article = Article::plain(document.text.as_str());
    article.published =
        document.created.clone().map(|date| Found { value: Published { date, time: None }, basis: Basis::Header });
    let tokens = Tokens::of(&article);
    let mut found: Vec<Timex> = all_times(&article, &tokens).iter().flat_map(|t| t.timex()).collect();
    found.sort_by_key(|t| t.span.start);
    found
}

const KINDS: [&str; 4] = ["DATE", "TIME", "DURATION", "SET"];

fn number(kind: &str) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(0)
}

impl Counts {
    fn add(&mut self, document: &Document, found: &[Timex], misses: Option<&Path>) {
        self.texts += 1;
        self.annotated += document.times.len();
        self.found += found.len();
        let say = |what: &str, words: &str, detail: String| {
            if let Some(file) = misses {
                println!("{what}\t{words}\t{detail}\t{}", file.file_name().unwrap_or_default().to_string_lossy());
            }
        };
        let words = |t: &Timex| t.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut taken = vec![false; found.len()];
        // The same characters first, then what overlaps most.
        for gold in &document.times {
            let overlap = |t: &Timex| t.span.end.min(gold.span.end).saturating_sub(t.span.start.max(gold.span.start));
            let best = (0..found.len())
                .filter(|i| !taken[*i] && overlap(&found[*i]) > 0)
                .max_by_key(|i| (found[*i].span == gold.span, overlap(&found[*i]), std::cmp::Reverse(*i)));
            let Some(best) = best else {
                say("missed", &words(gold), format!("{} {}", gold.kind, gold.value));
                continue;
            };
            taken[best] = true;
            let ours = &found[best];
            let (span, kind) = (ours.span == gold.span, ours.kind == gold.kind);
            let value = ours.value.eq_ignore_ascii_case(&gold.value);
            self.relaxed += 1;
            self.strict += usize::from(span);
            self.types += usize::from(kind);
            self.kinds[number(gold.kind)][number(ours.kind)] += 1;
            self.values += usize::from(value);
            self.exact += usize::from(span && kind && value);
            if !span {
                say("extent", &words(gold), words(ours));
            }
            if !kind {
                say("type", &words(gold), format!("{} {}", gold.kind, ours.kind));
            }
            if !value {
                let created = document.created.as_ref().map(ToString::to_string).unwrap_or_default();
                say("value", &words(gold), format!("{} {} ({created})", gold.value, ours.value));
            }
        }
        for (ours, _) in found.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            let (from, to) = (ours.span.start as usize, ours.span.end as usize);
            let near = |at: usize| document.text.char_indices().map(|(i, _)| i).take_while(|i| *i <= at).last();
            let (from, to) = (near(from.saturating_sub(30)).unwrap_or(0), near(to + 20).unwrap_or(0));
            let around = document.text[from..to.max(from)].split_whitespace().collect::<Vec<_>>().join(" ");
            say("extra", &words(ours), around);
        }
    }

    fn print(&self) {
        let f1 = |right: usize| 200.0 * right as f64 / (self.annotated + self.found).max(1) as f64;
        let of = |right: usize, all: usize| 100.0 * right as f64 / all.max(1) as f64;
        println!("texts {}  annotated {}  found {}", self.texts, self.annotated, self.found);
        println!("           precision  recall      F1");
        for (name, right) in [("strict", self.strict), ("relaxed", self.relaxed)] {
            println!("{name:<10} {:9.2} {:7.2} {:7.2}", of(right, self.found), of(right, self.annotated), f1(right));
        }
        println!("           accuracy               F1");
        for (name, right) in [("type", self.types), ("value", self.values)] {
            println!("{name:<10} {:8.2} {:16.2}", of(right, self.relaxed), f1(right));
        }
        println!("annotated as, found as: {}", KINDS.join("  "));
        for (kind, row) in KINDS.iter().zip(&self.kinds) {
            println!("{kind:<10} {:17} {:5} {:9} {:4}", row[0], row[1], row[2], row[3]);
        }
    }
}
