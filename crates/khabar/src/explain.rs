//! `khabar explain`: for each value of an account the sentence that it was read from, and what decided on it.

use crate::cli::{ActorsArg, ArchiveArg};
use crate::end::{End, Misuse};
use crate::quote::marked;
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use crate::{inputs, json, label, open, values};
use account::{Account, Reader, Scheme, scheme};
use article::{Article, Limits, Span, Tokens};
use clap::Args;
use serde::Serialize;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::sync::atomic::AtomicBool;

/// Explain an account: each value with its sentence, its words marked, and the rule or weights that decided
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar explain article.html                   every account of an article
  khabar explain article.html 2                 its second account
  khabar explain i3f2a9c 1                      account [1] of `khabar show i3f2a9c`
  khabar explain i3f2a9c --json | jq '.values[] | {name, value, by}'

docs/reading.md tells what each rule does and which word list it asks.")]
pub(crate) struct Explain {
    /// A file, an address or - for standard input; or the id of an incident in the archive, as `khabar show` takes it
    #[arg(value_name = "FILE|INCIDENT")]
    what: OsString,
    /// Which account, from 1; all if left out
    #[arg(value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    number: Option<u32>,
    /// Print one JSON object an account
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    archive: ArchiveArg,
    #[command(flatten)]
    actors: ActorsArg,
}

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let reader = Reader::new(&actors);
        let (told, wrong) = if is_input(&self.what) { self.read(&reader)? } else { (self.kept()?, false) };
        let all = told.len();
        let wanted = |(n, _): &(usize, Told)| self.number.is_none_or(|w| w as usize == n + 1);
        let told: Vec<(usize, Told)> = told.into_iter().enumerate().filter(wanted).collect();
        if let (Some(n), true, true) = (self.number, told.is_empty(), all > 0) {
            return Err(Misuse(format!("there is no account {n}; the accounts there are 1 to {all}")).into());
        }
        if told.is_empty() && !wrong {
            anstream::eprintln!("khabar: no incident is told there");
        }
        if self.json {
            let mut out = screen::raw();
            for (n, t) in &told {
                out.write_all(json::line(&Explained::new(*n, t, &reader))?.as_bytes())?;
            }
            out.flush()?;
        } else {
            let mut out = screen::out();
            for (n, t) in &told {
                print(*n, t, &reader, &mut out)?;
            }
            out.flush()?;
        }
        Ok(if wrong || told.is_empty() { End::Problems } else { End::Done })
    }

    /// The accounts of what is read now, and whether there were problems.
    fn read(&self, reader: &Reader<'_>) -> anyhow::Result<(Vec<Told>, bool)> {
        let (mut told, mut wrong) = (Vec::new(), false);
        for input in inputs::list(std::slice::from_ref(&self.what), false, &AtomicBool::new(false)) {
            let digest = archive::digest(&*input, reader, &Limits::default());
            for p in digest.problems.iter().chain(digest.articles.iter().flat_map(|t| &t.report.problems)) {
                wrong = true;
                anstream::eprintln!("{}: {} [{}]", plain(input.name()), plain(&p.detail), p.code);
            }
            for t in digest.articles {
                let from = label::named(&t.article).unwrap_or_else(|| inputs::stem(input.name()));
                let one = |account| Told { from: from.clone(), article: t.article.clone(), account };
                told.extend(t.report.accounts.into_iter().map(one));
            }
        }
        Ok((told, wrong))
    }

    /// The accounts of an incident, in the order of `khabar show`.
    fn kept(&self) -> anyhow::Result<Vec<Told>> {
        let whole = open::incident(&open::archive(&self.archive)?, &self.what.to_string_lossy())?;
        let one = |(at, account): (usize, &Account)| {
            let kept = whole.article(at)?;
            Some(Told { from: label::outlet(kept), article: kept.article.clone(), account: account.clone() })
        };
        Ok(whole.accounts.iter().enumerate().filter_map(one).collect())
    }
}

/// Whether this is something to read, and no id: an id is one word of letters and digits.
fn is_input(what: &OsStr) -> bool {
    let id = what.to_str().is_some_and(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    !id || std::path::Path::new(what).exists()
}

/// An account and the article that tells it.
struct Told {
    from: String,
    article: Article,
    account: Account,
}

/// One value of an account.
#[derive(Debug, Serialize)]
struct Item<'a> {
    name: String,
    value: String,
    by: &'a str,
    evidence: Vec<Words<'a>>,
    /// What a linear model weighed, the heaviest first; empty where a rule decided.
    weights: Vec<Weight>,
}

/// A feature that was there, and what it added to the score.
#[derive(Debug, Serialize)]
struct Weight {
    feature: String,
    weight: f32,
}

/// The words of a value, and the sentence that they stand in.
#[derive(Debug, Serialize)]
struct Words<'a> {
    start: u32,
    end: u32,
    words: &'a str,
    sentence: &'a str,
    #[serde(skip)]
    inside: Span,
}

/// An account explained: a line of `khabar explain --json`.
#[derive(Debug, Serialize)]
struct Explained<'a> {
    account: usize,
    outlet: &'a str,
    title: Option<&'a str>,
    codes: Vec<Codes<'a>>,
    values: Vec<Item<'a>>,
}

/// What other coders call a kind of violence at the account's stage.
#[derive(Debug, Serialize)]
struct Codes<'a> {
    kind: &'static str,
    muc4: Option<&'a str>,
    plover: Option<&'a str>,
    plover_mode: Option<&'a str>,
    acled: Option<&'a str>,
    acled_sub: Option<&'a str>,
    gtd: Option<u8>,
    gtd_name: Option<&'a str>,
}

impl<'a> Explained<'a> {
    fn new(n: usize, told: &'a Told, reader: &Reader<'_>) -> Explained<'a> {
        let codes = |k: &account::Value<account::Kind>| {
            let s: &'static Scheme = scheme(k.value, told.account.stage.value);
            Codes {
                kind: k.value.name(),
                muc4: s.muc4.as_deref(),
                plover: s.plover.as_deref(),
                plover_mode: s.plover_mode.as_deref(),
                acled: s.acled.as_deref(),
                acled_sub: s.acled_sub.as_deref(),
                gtd: s.gtd,
                gtd_name: s.gtd_name.as_deref(),
            }
        };
        Explained {
            account: n + 1,
            outlet: &told.from,
            title: told.article.title.as_ref().map(|t| t.value.as_str()),
            codes: told.account.kinds.iter().map(codes).collect(),
            values: items(told, reader),
        }
    }
}

/// How many features are shown of a value that learnt weights chose.
const HEAVIEST: usize = 12;

/// Every value of the account, in the order in which `khabar accounts` prints them.
fn items<'a>(told: &'a Told, reader: &Reader<'_>) -> Vec<Item<'a>> {
    let (a, text) = (&told.account, told.article.text.as_str());
    let sentences: Vec<Span> = Tokens::of(&told.article).sentences.iter().map(|s| s.span).collect();
    let words = |span: &Span| {
        let at = sentences.partition_point(|s| s.end <= span.start);
        let inside = sentences.get(at).filter(|s| s.overlaps(*span)).map_or(*span, |s| s.join(*span));
        Words { start: span.start, end: span.end, words: span.of(text), sentence: inside.of(text), inside }
    };
    let mut out: Vec<Item<'a>> = Vec::new();
    let mut add = |name: &str, value: String, by: &'a str, evidence: &[Span]| {
        let found = evidence.first().map_or_else(Vec::new, |s| reader.why(&told.article, by, *s));
        let weights = found.into_iter().take(HEAVIEST).map(|(feature, weight)| Weight { feature, weight }).collect();
        let evidence = evidence.iter().filter(|s| !s.is_empty()).map(words).collect();
        out.push(Item { name: name.to_owned(), value, by, evidence, weights });
    };
    for v in values::of(a) {
        add(v.name, v.says, v.by, &v.evidence);
    }
    out
}

/// Columns for the name of a value.
const NAME: usize = 12;

fn print(n: usize, told: &Told, reader: &Reader<'_>, out: &mut dyn Write) -> io::Result<()> {
    let e = Explained::new(n, told, reader);
    let title = e.title.map(|t| format!(": {}", plain(t))).unwrap_or_default();
    tinted(out, &format!("[{}] {}{title}\n", e.account, plain(e.outlet)), Tone::Strong)?;
    for c in &e.codes {
        tinted(out, &format!("    {}\n", codes(c)), Tone::Faint)?;
    }
    for item in &e.values {
        write!(out, "{:NAME$}{}", item.name, item.value)?;
        tinted(out, &format!("  {}\n", item.by), Tone::Faint)?;
        quotes(&told.article.text, item, out)?;
        for w in &item.weights {
            tinted(out, &format!("{:NAME$}{:+.2} {}\n", "", w.weight, plain(&w.feature)), Tone::Faint)?;
        }
    }
    writeln!(out)
}

/// Each sentence once, with all words in it that the value was read from.
fn quotes(text: &str, item: &Item<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut shown: Vec<Span> = Vec::new();
    for w in &item.evidence {
        if shown.contains(&w.inside) {
            continue;
        }
        shown.push(w.inside);
        let here = item.evidence.iter().filter(|o| o.inside == w.inside);
        let spans: Vec<Span> = here.map(|o| Span { start: o.start, end: o.end }).collect();
        writeln!(out, "{:NAME$}{}", "", marked(text, w.inside, &spans))?;
    }
    Ok(())
}

/// What other coders call it, on one line.
fn codes(c: &Codes<'_>) -> String {
    let both = |a: Option<&str>, b: Option<&str>, between: &str| {
        let parts: Vec<&str> = [a, b].into_iter().flatten().collect();
        if parts.is_empty() { "-".to_owned() } else { parts.join(between) }
    };
    let number = c.gtd.map(|n| n.to_string());
    format!(
        "{}: MUC-4 {} · PLOVER {} · ACLED {} · GTD {}",
        c.kind.replace('_', " "),
        c.muc4.unwrap_or("-"),
        both(c.plover, c.plover_mode, " "),
        both(c.acled, c.acled_sub, ": "),
        both(number.as_deref(), c.gtd_name, " "),
    )
}
