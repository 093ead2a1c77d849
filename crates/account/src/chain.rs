//! The outlets that an article takes its story from: the agency of its dateline, writer's line or last line, and those by which
//! it knows what happened.
//!
//! An outlet is taken from where it speaks ("the Amber Wire reported", "according to Radio Amal, quoting the Voz del Llano"),
//! and where somebody told it what happened ("a doctor told the Courier that nine were killed"). A remark that somebody made
//! to an outlet is a remark and no story: a paper that quotes it has its own sources. Who is heard through whom is known from
//! the statements; names of outlets are found by [`name`].

mod name;

use crate::account::{Statement, Value};
use crate::figure::Found;
use crate::language::Language;
use crate::outlets::Outlets;
use crate::scene::Scene;
use article::{Lexicon, ListId, Marks, Sentence, Span, fold};
use name::{Mention, mentions, organisation};
use std::sync::LazyLock;

/// The rule of an agency whose text an article is: the name stands in its dateline, its writer's line or its last line.
pub const AGENCY: &str = "chain/agency";
/// The rule of an outlet that the article takes its story from.
pub const QUOTED: &str = "chain/quoted";
/// The rule of an outlet or organisation that the one before it in the chain takes its story from.
pub const THROUGH: &str = "chain/through";

/// Outlets named as origin, nearest first: the agency whose text this is, then those by which it knows what happened, in
/// text order, each with those that it goes by itself. *Cost*: linear in the text.
pub(crate) fn source_chain(
    scene: &Scene<'_>,
    language: &Language,
    statements: &[Statement],
    figures: &[Found],
) -> Vec<Value<String>> {
    let marks = WORDS.lexicon.mark(&scene.tokens);
    let text = Text { scene, language, marks: &marks, words: &WORDS };
    let mut chain = Chain { own: scene.article.outlet_name().unwrap_or("").to_owned(), found: Vec::new() };
    for (name, evidence) in agencies(scene) {
        chain.push(&name, evidence, AGENCY);
    }
    let mut before: Option<Mention> = None;
    for s in scene.tokens.sentences.iter().filter(|s| !scene.in_headline(s)) {
        for m in mentions(&text, s, before.as_ref()) {
            text.take(&m, s, statements, figures, &mut chain);
            before = Some(m);
        }
    }
    chain.found
}

/// The words by which sources are known, each list by its name in `chain.txt`.
struct Words {
    lexicon: Lexicon,
    front: ListId,
    tail: ListId,
    kind: ListId,
    again: ListId,
    organisation: ListId,
    before: ListId,
    through: ListId,
    told: ListId,
    behind: ListId,
    aside: ListId,
    staff: ListId,
    joint: ListId,
    of: ListId,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| match Words::parse(include_str!("../../../language/en/chain.txt")) {
    Ok(words) => words,
    // The file is compiled in, and every test reads it.
    Err(problem) => panic!("{}", problem.detail),
});

impl Words {
    fn parse(text: &str) -> Result<Words, article::Problem> {
        let mut lexicon = Lexicon::new();
        lexicon.add("chain.txt", text)?;
        let missing = |name: &str| article::Problem::new("language/list", format!("chain.txt has no list `{name}`"));
        let get = |name: &str| lexicon.named(name).ok_or_else(|| missing(name));
        Ok(Words {
            front: get("front")?,
            tail: get("tail")?,
            kind: get("kind")?,
            again: get("again")?,
            organisation: get("organisation")?,
            before: get("before")?,
            through: get("through")?,
            told: get("told")?,
            behind: get("behind")?,
            aside: get("aside")?,
            staff: get("staff")?,
            joint: get("joint")?,
            of: get("of")?,
            lexicon,
        })
    }
}

/// What was found so far.
struct Chain {
    /// The article's own outlet.
    own: String,
    found: Vec<Value<String>>,
}

impl Chain {
    /// Adds an outlet, unless it is there already or the article's own.
    fn push(&mut self, name: &str, evidence: Vec<Span>, by: &str) {
        let name = name.trim().trim_start_matches("The ").trim_start_matches("the ");
        let known = |v: &Value<String>| is_one(&v.value, name);
        if !name.is_empty() && !is_one(&self.own, name) && !self.found.iter().any(known) {
            self.found.push(Value { value: name.to_owned(), evidence, by: by.to_owned() });
        }
    }
}

/// Whether a name may mean the outlet: the same in the list, the same letters, its last or first words, its initials.
fn is_one(outlet: &str, name: &str) -> bool {
    let plain = |s: &str| fold(s).trim().trim_start_matches("the ").to_owned();
    let (long, short) = (plain(outlet), plain(name));
    let list = Outlets::builtin();
    let listed = list.find(outlet).zip(list.find(name)).is_some_and(|(a, b)| a == b);
    let words = short.split_whitespace().count();
    let initials = |s: &str| -> String {
        let first = |w: &str| w.chars().next().filter(|c| c.is_uppercase());
        fold(&s.split(|c: char| !c.is_alphanumeric()).filter_map(first).collect::<String>())
    };
    let short_for = |a: &str, b: &str| b.chars().count() > 1 && plain(b) == initials(a.trim_start_matches("The "));
    !long.is_empty()
        && (listed
            || long == short
            || long.ends_with(&format!(" {short}"))
            || words > 1 && long.starts_with(&format!("{short} "))
            || short_for(outlet, name)
            || short_for(name, outlet))
}

/// Agencies in dateline or last line, then in the writer's line.
fn agencies(scene: &Scene<'_>) -> Vec<(String, Vec<Span>)> {
    let article = scene.article;
    let mut out = Vec::new();
    if let Some(agency) = &article.agency {
        let line = article.dateline.filter(|d| d.of(&article.text).contains(&agency.value));
        let closing = || {
            let start = article.text.rfind(&agency.value)?;
            Some(Span { start: start as u32, end: (start + agency.value.len()) as u32 })
        };
        out.push((agency.value.clone(), line.or_else(closing).into_iter().collect()));
    }
    // The writer's line is no part of the text that evidence points at.
    for part in article.byline.iter().flat_map(|b| b.value.split([',', '/', '|', ';', '–', '—'])) {
        out.extend(Outlets::builtin().named_in(part).into_iter().map(|name| (name.to_owned(), Vec::new())));
    }
    out
}

/// What finding outlets asks of an article.
struct Text<'s> {
    scene: &'s Scene<'s>,
    language: &'s Language,
    marks: &'s Marks,
    words: &'s Words,
}

impl Text<'_> {
    /// Adds an outlet that is named, if the story is taken from it, and those that it goes by.
    fn take(&self, m: &Mention, s: &Sentence, statements: &[Statement], figures: &[Found], chain: &mut Chain) {
        let span = self.scene.span(m.tokens);
        let heard: Vec<&Statement> = statements
            .iter()
            .filter(|st| s.span.contains(st.cue) && st.sources.iter().any(|x| self.speaks(x.span, span, m)))
            .collect();
        if self.follows(m, s, self.words.told) {
            let content: Vec<Span> = heard.iter().map(|st| st.content).collect();
            let content = if content.is_empty() { vec![s.span] } else { content };
            if content.iter().any(|c| self.tells(*c, figures)) {
                chain.push(&m.name, vec![span], QUOTED);
            }
            return;
        }
        let through = self.follows(m, s, self.words.through);
        if heard.is_empty() && !through && !self.follows(m, s, self.words.before) && !self.leads(m, s) {
            return;
        }
        // "The wire said, quoting a report in the Herald": the last outlet of the sentence goes by this one.
        let after = |v: &Value<String>| v.evidence.first().is_some_and(|e| s.span.contains(*e) && e.start < span.start);
        if through && chain.found.last().is_some_and(after) {
            chain.push(&m.name, vec![span], THROUGH);
            return;
        }
        // Whoever is heard through others stands behind them, though the text may name it first.
        let mut last = false;
        for st in &heard {
            for source in st.sources.iter().rev() {
                if source.span.contains(span) {
                    chain.push(&m.name, vec![span], if last { THROUGH } else { QUOTED });
                    last = true;
                } else if let Some((name, at)) = self.source(source.span, s) {
                    chain.push(&name, vec![at], if last { THROUGH } else { QUOTED });
                    last = true;
                }
            }
            // "cited by the wire" says something of a source alone.
            if let Some((name, at)) = organisation(self, st.content).filter(|_| !self.tells(st.content, figures)) {
                chain.push(&name, vec![at], THROUGH);
            }
        }
        chain.push(&m.name, vec![span], QUOTED);
    }

    /// The outlet or organisation in the words of a source.
    fn source(&self, source: Span, s: &Sentence) -> Option<(String, Span)> {
        let named = mentions(self, s, None).into_iter().find(|m| source.contains(self.scene.span(m.tokens)));
        match named {
            Some(m) => Some((m.name, self.scene.span(m.tokens))),
            None => organisation(self, source),
        }
    }

    /// Whether a source is the outlet that is named in it, and not somebody else at the outlet, of the outlet.
    fn speaks(&self, source: Span, outlet: Span, m: &Mention) -> bool {
        if !source.contains(outlet) {
            return false;
        }
        let from = self.scene.token_at(source.start);
        let staff = (from..m.tokens.0).any(|i| self.marks.has(i, self.words.staff));
        staff || !(from..m.tokens.0).any(|i| self.marks.has(i, self.words.of))
    }

    /// Whether an entry of `list` leads to the name, with nothing between but what calls it an outlet.
    fn follows(&self, m: &Mention, s: &Sentence, list: ListId) -> bool {
        let from = s.tokens.0.max(m.tokens.0.saturating_sub(REACH));
        (from..m.tokens.0).rev().any(|k| {
            let end = self.marks.end(k, list).filter(|end| *end <= m.tokens.0);
            end.is_some_and(|end| !(end..m.tokens.0).any(|i| self.scene.is_mark(i)))
        })
    }

    /// Whether the words behind the name say that it reports.
    fn leads(&self, m: &Mention, s: &Sentence) -> bool {
        let mut at = m.tokens.1;
        // Its short name in brackets.
        if self.scene.norm(at) == "(" {
            at = (at + 1..s.tokens.1.min(at + 4)).find(|i| self.scene.norm(*i) == ")").map_or(at, |i| i + 1);
        }
        while let Some(end) = self.marks.end(at, self.words.aside).filter(|end| *end <= s.tokens.1) {
            at = end;
        }
        at < s.tokens.1 && self.marks.end(at, self.words.behind).is_some()
    }

    /// Whether words tell what happened to somebody.
    fn tells(&self, content: Span, figures: &[Found]) -> bool {
        let deed = |n: usize| {
            let clauses = self.scene.clauses(n);
            self.scene.deeds(n).iter().any(|d| content.contains(clauses.tree.nodes[d.node].span))
        };
        let sentences = &self.scene.tokens.sentences;
        let first = sentences.partition_point(|s| s.span.end <= content.start);
        figures.iter().any(|f| content.contains(f.figure.span))
            || (first..sentences.len()).take_while(|n| sentences[*n].span.start < content.end).any(deed)
    }
}

/// Words that may stand between a cue and the name: "told the independent local radio station".
const REACH: usize = 6;
