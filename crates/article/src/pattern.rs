//! Token patterns in plain text: the rules of a language, with the examples that test them.
//!
//! A rule file holds rules of the form
//!
//! ```text
//! ## killed-active -> killed
//! @kill ..1 n=<people>
//! + A bomb [killed three people] on Sunday.
//! - The news killed the mood.
//! ```
//!
//! The heading names the rule and its outcome. Each line that follows is a pattern, and any of them may match. A pattern
//! is a run of elements with spaces between them:
//!
//! | element | matches |
//! | --- | --- |
//! | `word`, `one\|two` | one token of that folded form |
//! | `@list` | an entry of that word list, one word or a phrase |
//! | `<class>` | a mention of that class: a number, a time, a place, whatever the caller has found |
//! | `_` | any one token |
//! | `..3` | up to three tokens, as few as will do, none of them a barrier (a number, a semicolon) |
//! | `~` | an aside between commas, dashes or brackets, of up to sixteen tokens, or nothing |
//!
//! `?` behind an element makes it optional, `name=` before it keeps what it matched. `+` lines must match, and the part
//! in brackets is what the first capture (or the whole match) must cover; `-` lines must not match.
//!
//! Matching is by backtracking over at most a dozen elements, so its cost is bounded by the gaps of a rule and not by
//! the sentence. Only those patterns are tried at a token whose first element can match there.

mod first;

use crate::{Lexicon, ListId, Marks, Problem};
use first::First;

/// Most tokens of a gap.
const WIDEST: usize = 64;

/// The rules of one file.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// In file order: of two matches the earlier rule is preferred.
    pub rules: Vec<Rule>,
    first: First,
}

/// One named rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name, kept with every value that it reads.
    pub name: String,
    /// What it says: a measure, a standing, a stage.
    pub outcome: String,
    /// Sentences that it must match, with the wanted part in brackets.
    pub examples: Vec<String>,
    /// Sentences that it must not match.
    pub counters: Vec<String>,
    patterns: Vec<Vec<Element>>,
}

#[derive(Debug, Clone)]
struct Element {
    what: What,
    optional: bool,
    capture: Option<String>,
}

#[derive(Debug, Clone)]
enum What {
    List(ListId),
    Class(usize),
    Any,
    Gap(usize),
    Aside,
}

/// The mentions of one article by class and first token, as far as patterns may ask for them.
pub trait Mentions {
    /// The number of the class called `name`.
    fn class(name: &str) -> Option<usize>;
    /// Where the mention of `class` that begins at token `i` ends.
    fn end(&self, class: usize, i: usize) -> Option<usize>;
    /// The folded form of token `i`.
    fn word(&self, i: usize) -> &str;
    /// Whether a gap must not run over token `i`.
    fn barrier(&self, i: usize) -> bool;
}

/// A place where a rule matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'r> {
    /// The rule, as an index into [`Rules::rules`].
    pub rule: usize,
    /// All tokens matched, half-open.
    pub tokens: (usize, usize),
    /// What was kept, in order of the pattern.
    pub captures: Vec<(&'r str, (usize, usize))>,
}

impl Match<'_> {
    /// The tokens kept under `name`.
    pub fn get(&self, name: &str) -> Option<(usize, usize)> {
        self.captures.iter().find(|(n, _)| *n == name).map(|(_, t)| *t)
    }
}

impl Rules {
    /// Compiles a rule file against the word lists. Words named in patterns join the lexicon.
    /// *Errors*: an unknown list or class, a pattern outside a rule; the problem names file and line.
    pub fn parse<M: Mentions>(file: &str, text: &str, lexicon: &mut Lexicon) -> Result<Rules, Problem> {
        let mut rules: Vec<Rule> = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            let fail = |what: &str| Problem::new("language/rule", format!("{file}:{}: {what}", n + 1));
            if let Some(head) = line.strip_prefix("## ") {
                let (name, outcome) = head.split_once("->").ok_or_else(|| fail("write `## name -> outcome`"))?;
                rules.push(Rule {
                    name: name.trim().to_owned(),
                    outcome: outcome.trim().to_owned(),
                    examples: Vec::new(),
                    counters: Vec::new(),
                    patterns: Vec::new(),
                });
                continue;
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let rule = rules.last_mut().ok_or_else(|| fail("a pattern stands before the first `## rule`"))?;
            if let Some(e) = line.strip_prefix("+ ") {
                rule.examples.push(e.to_owned());
            } else if let Some(e) = line.strip_prefix("- ") {
                rule.counters.push(e.to_owned());
            } else {
                let elements = line.split_whitespace().map(|e| element::<M>(e, lexicon).map_err(|w| fail(&w)));
                rule.patterns.push(elements.collect::<Result<_, _>>()?);
            }
        }
        let first = First::of(&rules);
        Ok(Rules { rules, first })
    }

    /// Every match of every rule inside the tokens `from..to`, one at most for each rule and first token; in order of
    /// token, then of rule. Matches may overlap: the caller decides which it prefers.
    pub fn find(&self, marks: &Marks, mentions: &impl Mentions, from: usize, to: usize) -> Vec<Match<'_>> {
        let mut out: Vec<Match<'_>> = Vec::new();
        let (mut here, mut captures) = (Vec::new(), Vec::new());
        for i in from..to {
            self.first.at(marks, mentions, i, &mut here);
            for (rule, pattern) in here.drain(..) {
                if out.last().is_some_and(|m| m.rule == rule && m.tokens.0 == i) {
                    continue;
                }
                captures.clear();
                if let Some(end) = step(&self.rules[rule].patterns[pattern], marks, mentions, i, to, &mut captures) {
                    let captures = captures.iter().rev().copied().collect();
                    out.push(Match { rule, tokens: (i, end), captures });
                }
            }
        }
        out
    }
}

fn element<M: Mentions>(text: &str, lexicon: &mut Lexicon) -> Result<Element, String> {
    let (capture, rest) = match text.split_once('=') {
        Some((name, rest)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()) => {
            (Some(name.to_owned()), rest)
        }
        _ => (None, text),
    };
    let (body, optional) = match rest.strip_suffix('?') {
        Some(b) if !b.is_empty() => (b, true),
        _ => (rest, false),
    };
    let what = if let Some(n) = body.strip_prefix("..") {
        let gap = n.parse().ok().filter(|n| *n <= WIDEST);
        What::Gap(gap.ok_or_else(|| format!("`{body}`: write a gap like ..3, of up to {WIDEST} tokens"))?)
    } else if body == "~" {
        What::Aside
    } else if body == "_" {
        What::Any
    } else if let Some(name) = body.strip_prefix('@') {
        What::List(lexicon.named(name).ok_or_else(|| format!("no word list is called `{name}`"))?)
    } else if let Some(name) = body.strip_prefix('<').and_then(|b| b.strip_suffix('>')) {
        What::Class(M::class(name).ok_or_else(|| format!("no class of mentions is called `{name}`"))?)
    } else {
        // Words written in a pattern are a list of their own, so that matching is one bit test for all.
        let list = lexicon.list(&format!("={body}"));
        for word in body.split('|') {
            lexicon.insert(list, word);
        }
        What::List(list)
    };
    Ok(Element { what, optional, capture })
}

/// Matches `pattern` from token `i`; the end of the match, with captures pushed last first.
fn step<'r>(
    pattern: &'r [Element],
    marks: &Marks,
    mentions: &impl Mentions,
    i: usize,
    to: usize,
    captures: &mut Vec<(&'r str, (usize, usize))>,
) -> Option<usize> {
    let Some((e, rest)) = pattern.split_first() else { return Some(i) };
    let depth = captures.len();
    let go = |end: usize, captures: &mut Vec<(&'r str, (usize, usize))>| {
        captures.truncate(depth);
        let done = step(rest, marks, mentions, end, to, captures)?;
        if let Some(name) = &e.capture {
            captures.push((name.as_str(), (i, end)));
        }
        Some(done)
    };
    let taken = match e.what {
        What::Gap(n) => {
            let reach = (i..(i + n).min(to)).find(|k| mentions.barrier(*k)).unwrap_or((i + n).min(to));
            (i..=reach).find_map(|end| go(end, captures))
        }
        What::Aside => go(i, captures).or_else(|| asides(mentions, i, to).find_map(|end| go(end, captures))),
        What::Any => (i < to).then_some(i + 1).and_then(|end| go(end, captures)),
        What::List(l) => {
            let long = marks.end(i, l).filter(|end| i < to && *end <= to);
            let short = (i < to && marks.has(i, l)).then_some(i + 1).filter(|s| Some(*s) != long);
            [long, short].into_iter().flatten().find_map(|end| go(end, captures))
        }
        What::Class(c) => mentions.end(c, i).filter(|end| i < to && *end <= to).and_then(|end| go(end, captures)),
    };
    if taken.is_some() || !e.optional {
        return taken;
    }
    captures.truncate(depth);
    step(rest, marks, mentions, i, to, captures)
}

/// Where an aside that opens at token `i` may end: behind each mark that closes it.
fn asides(mentions: &impl Mentions, i: usize, to: usize) -> impl Iterator<Item = usize> {
    let close = match if i < to { mentions.word(i) } else { "" } {
        "," => ",",
        "-" => "-",
        "--" => "--",
        "(" => ")",
        _ => "",
    };
    let reach = if close.is_empty() { i } else { (i + 18).min(to) };
    (i + 2..reach.max(i + 2)).take_while(move |k| *k < reach).filter(move |k| mentions.word(*k) == close).map(|k| k + 1)
}
