//! Fields in which words of violence do not tell of violence: sport, trade and politics speak in figures, accidents and storms
//! hurt people too, exercises play it, and films invent it.
//!
//! `fields.txt` lists what people talk of in each field, and what reporters tell of real violence: armed people, weapons, an
//! investigation. An article belongs to a field when it has more different words of it than of these; how often a word
//! stands there says nothing, for a striker who is named ten times is still one striker. The headline counts twice.

use article::{Article, BlockKind, Lexicon, ListId, Marks, Problem, Tokens};
use std::collections::BTreeSet;
use std::ops::Range;

/// The lists of `fields.txt`.
pub(crate) struct Fields {
    lexicon: Lexicon,
    figures: Vec<ListId>,
    invented: Vec<ListId>,
    mishaps: Vec<ListId>,
    played: ListId,
    players: ListId,
    armed: ListId,
    arms: ListId,
    case: ListId,
    harm: ListId,
}

/// Fields in which violence is a figure of speech.
const FIGURES: [&str; 8] = ["sport", "trade", "politics", "law", "stage", "game", "kitchen", "computing"];
/// Those that invent people who are hurt.
const INVENTED: [&str; 2] = ["stage", "game"];
/// Fields in which people are hurt and nobody hurt them.
const MISHAPS: [&str; 4] = ["weather", "mishap", "disease", "animal"];

impl Fields {
    /// Reads the file. *Errors*: a list is missing, or an entry stands before the first.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Fields, Problem> {
        let mut lexicon = Lexicon::new();
        lexicon.add(file, text)?;
        let get = |name: String| {
            let missing = || Problem::new("language/list", format!("no word list is called `{name}`"));
            lexicon.named(&name).ok_or_else(missing)
        };
        let all = |names: &[&str]| names.iter().map(|n| get(format!("field-{n}"))).collect::<Result<Vec<_>, _>>();
        let one = |name: &str| get(name.to_owned());
        Ok(Fields {
            figures: all(&FIGURES)?,
            invented: all(&INVENTED)?,
            mishaps: all(&MISHAPS)?,
            played: one("played")?,
            players: one("players")?,
            armed: one("evidence-armed")?,
            arms: one("evidence-arms")?,
            case: one("evidence-case")?,
            harm: one("evidence-harm")?,
            lexicon,
        })
    }
}

/// How much of an article speaks of something else than violence, and how much of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Field {
    /// Words of the field in which violence is a figure of speech.
    figure: f32,
    /// Most of them are of works of art or games.
    invented: bool,
    /// Words of accidents, weather, disease, animals.
    mishap: f32,
    /// An exercise is told.
    pub(crate) played: bool,
    /// Words that tell of violence by people.
    meant: f32,
    /// Words that tell of harm.
    harm: f32,
    /// How many tokens were looked at.
    tokens: usize,
}

/// The headline, and the paragraphs that say what an article is about.
const HEAD: usize = 3;
/// A report as long as this names an armed person, a weapon, or an investigation.
const LONG: usize = 40;
/// So many words make a field.
const LEAST: f32 = 3.0;
/// What a field weighs beside the first: an article on a takeover speaks of trade and of law.
const SECOND: f32 = 0.5;
/// What each thing is worth that trees tell of violence: people who were hurt, doers, an armed group.
pub(crate) const PROOF: f32 = 3.0;
/// The most that trees can add.
pub(crate) const PROOFS: f32 = 3.0 * PROOF;

impl Field {
    /// Whether figures of speech abound, against `proof` from trees.
    pub(crate) fn figurative(&self, proof: f32) -> bool {
        let proof = if self.invented { proof / 2.0 } else { proof };
        self.figure >= LEAST && self.figure > self.meant + self.harm + proof
    }

    /// Whether a report is long enough to say more of violence, and does not.
    pub(crate) fn empty(&self) -> bool {
        self.tokens >= LONG && self.meant < 2.0
    }

    /// Whether people were hurt by an accident, a storm, a disease, against `proof` from trees.
    pub(crate) fn accident(&self, proof: f32) -> bool {
        self.mishap >= LEAST - 1.0 && self.mishap > self.meant + proof
    }
}

/// An article whose words were looked up in the lists.
pub(crate) struct Survey<'a> {
    tokens: &'a Tokens,
    fields: &'a Fields,
    marks: Marks,
    /// Where the headline, and the first paragraphs, end among the tokens.
    title: usize,
    head: usize,
}

impl<'a> Survey<'a> {
    /// Looks up every word. *Cost*: a look-up a token.
    pub(crate) fn of(article: &Article, tokens: &'a Tokens, fields: &'a Fields) -> Survey<'a> {
        let headline = article.blocks.iter().take_while(|b| b.kind == BlockKind::Headline);
        let end_of = |byte: u32| tokens.tokens.partition_point(|t| t.span.start < byte);
        Survey {
            tokens,
            fields,
            marks: fields.lexicon.mark(tokens),
            title: headline.map(|b| b.span.end).max().map_or(0, end_of),
            head: article.blocks.iter().take(HEAD).map(|b| b.span.end).max().map_or(0, end_of),
        }
    }

    /// The field of the whole article.
    pub(crate) fn whole(&self) -> Field {
        self.field(std::slice::from_ref(&(0..self.tokens.tokens.len())))
    }

    /// The field of these tokens; the headline among them counts twice.
    pub(crate) fn field(&self, ranges: &[Range<usize>]) -> Field {
        let f = self.fields;
        let best = |lists: &[ListId]| {
            let mut counts: Vec<(f32, ListId)> = lists.iter().map(|l| (self.count(*l, ranges), *l)).collect();
            counts.sort_by(|a, b| b.0.total_cmp(&a.0));
            (counts[0].0 + counts[1].0 * SECOND, counts[0].1)
        };
        let (figure, field) = best(&f.figures);
        let headed = self.words(f.played, ranges).any(|(i, _)| i < self.head);
        let (played, players) = (self.count(f.played, ranges), self.count(f.players, ranges));
        Field {
            figure,
            invented: f.invented.contains(&field),
            mishap: best(&f.mishaps).0,
            played: headed && (played >= 3.0 || played + players >= 4.0),
            meant: 2.0 * self.count(f.armed, ranges) + self.count(f.arms, ranges) + 1.5 * self.count(f.case, ranges),
            harm: self.count(f.harm, ranges),
            tokens: ranges.iter().map(Range::len).sum(),
        }
    }

    /// How many different words of a list there are; those of the headline twice.
    fn count(&self, list: ListId, ranges: &[Range<usize>]) -> f32 {
        let (mut all, mut titled) = (BTreeSet::new(), BTreeSet::new());
        for (i, word) in self.words(list, ranges) {
            all.insert(word);
            if i < self.title {
                titled.insert(word);
            }
        }
        (all.len() + titled.len()) as f32
    }

    /// The entries of a list in these tokens, the longest at each place, each with its token and its first word.
    fn words<'s>(&'s self, list: ListId, ranges: &'s [Range<usize>]) -> impl Iterator<Item = (usize, &'s str)> {
        let mut inside = 0;
        let begins = move |i: &usize| {
            let end = self.marks.end(*i, list).filter(|_| *i >= inside);
            inside = end.unwrap_or(inside);
            end.is_some()
        };
        ranges.iter().cloned().flatten().filter(begins).map(|i| (i, self.tokens.tokens[i].norm.as_str()))
    }
}
