//! Who leads a group, who speaks for it, with whom and against whom does it fight, as an article says?
//!
//! For the dossier of an actor, and asked for only there: accounts tell incidents, and these are said between them. What is
//! wanted is what a reader can check at a glance, so that the words must stand close together in one sentence: a role beside
//! the group that it is held in and the person who holds it, or two groups with what joins them between them. The words are
//! `language/en/relations.txt`. What is denied there is left out; who says so is for the reader of the sentence.

use crate::actors::{ActorMention, Actors, is_generic};
use article::names::{NameKind, Names};
use article::{Article, Span, Token, Tokens};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../../language/en/relations.txt");

/// How somebody stands to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tie {
    /// A person who leads it.
    Leader,
    /// A person who speaks for it.
    Spokesman,
    /// An actor on its side.
    Ally,
    /// An actor against it.
    Opponent,
}

impl Tie {
    /// Every tie, in order.
    pub const ALL: &'static [Tie] = &[Tie::Leader, Tie::Spokesman, Tie::Ally, Tie::Opponent];

    /// The name used in JSON and headings.
    pub fn name(self) -> &'static str {
        match self {
            Tie::Leader => "leader",
            Tie::Spokesman => "spokesman",
            Tie::Ally => "ally",
            Tie::Opponent => "opponent",
        }
    }
}

/// Somebody tied to an actor, by one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The actor's key.
    pub actor: String,
    /// How the other stands to it.
    pub tie: Tie,
    /// The other: a person or an actor, as printed.
    pub name: String,
    /// The other's key, if it is an actor.
    pub key: Option<String>,
    /// The actor's words, those of the other, and those that tie them.
    pub evidence: Vec<Span>,
    /// The sentence.
    pub sentence: Span,
}

/// Words between a role and the group or person beside it, at most.
const BESIDE: usize = 4;
/// Words between two groups and what joins them, at most.
const BETWEEN: usize = 5;

/// Every relation that the article tells, in text order. *Cost*: names are looked for in sentences with an actor and a word
/// that ties, the rest costs as much as finding actors.
pub fn relations(article: &Article, actors: &Actors) -> Vec<Relation> {
    let tokens = Tokens::of(article);
    let mentions: Vec<ActorMention> =
        actors.mentions(article, &tokens).into_iter().filter(|m| !is_generic(&m.key)).collect();
    if mentions.is_empty() {
        return Vec::new();
    }
    let names = Names::new(&article.text, &tokens);
    let mut out = Vec::new();
    for (n, s) in tokens.sentences.iter().enumerate() {
        let inside = |m: &&ActorMention| s.tokens.0 <= m.tokens.0 && m.tokens.1 <= s.tokens.1;
        let named: Vec<&ActorMention> = mentions.iter().filter(inside).collect();
        if named.is_empty() {
            continue;
        }
        let sentence = Sentence { text: &article.text, tokens: &tokens.tokens, span: s.span, range: s.tokens, named };
        sentence.persons(
            || names.sentence(n).iter().filter(|x| x.kind == NameKind::Person).map(|x| x.span).collect(),
            &mut out,
        );
        sentence.actors(&mut out);
    }
    out
}

/// The phrases of each head, as words.
struct Words(BTreeMap<&'static str, BTreeSet<Vec<&'static str>>>);

impl Words {
    fn get() -> &'static Words {
        static WORDS: LazyLock<Words> = LazyLock::new(|| {
            let mut out: BTreeMap<&str, BTreeSet<Vec<&str>>> = BTreeMap::new();
            let mut head = "";
            for line in TEXT.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
                match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                    Some(h) => head = h,
                    None => _ = out.entry(head).or_default().insert(line.split(' ').collect()),
                }
            }
            Words(out)
        });
        &WORDS
    }

    /// How many tokens from `at` on are a phrase of `head`: the longest.
    fn at(&self, head: &str, tokens: &[Token], at: usize) -> Option<usize> {
        let phrases = self.0.get(head)?;
        let fits = |p: &&Vec<&str>| p.iter().enumerate().all(|(i, w)| tokens.get(at + i).is_some_and(|t| t.norm == *w));
        phrases.iter().filter(fits).map(Vec::len).max()
    }

    /// The first phrase of `head` between two tokens.
    fn between(&self, head: &str, tokens: &[Token], from: usize, to: usize) -> Option<(usize, usize)> {
        (from..to).find_map(|i| self.at(head, tokens, i).filter(|n| i + n <= to).map(|n| (i, i + n)))
    }
}

struct Sentence<'a> {
    text: &'a str,
    tokens: &'a [Token],
    span: Span,
    range: (usize, usize),
    named: Vec<&'a ActorMention>,
}

impl Sentence<'_> {
    /// People with a role in a group.
    fn persons(&self, people: impl Fn() -> Vec<Span>, out: &mut Vec<Relation>) {
        let words = Words::get();
        let mut at = self.range.0;
        while at < self.range.1 {
            let role = |tie: Tie| words.at(tie.name(), self.tokens, at).map(|n| (tie, at, at + n));
            let Some((tie, from, to)) = [Tie::Leader, Tie::Spokesman].into_iter().filter_map(role).max_by_key(|r| r.2)
            else {
                at += 1;
                continue;
            };
            at = to;
            let Some(actor) = self.holder(from, to) else { continue };
            let role = Span { start: self.tokens[from].span.start, end: self.tokens[to - 1].span.end };
            let person = people()
                .into_iter()
                .filter(|p| !p.overlaps(actor.span))
                .filter_map(|p| Some((self.near(p, role, actor.span)?, p)));
            if let Some((_, person)) = person.min() {
                out.push(Relation {
                    actor: actor.key.clone(),
                    tie,
                    name: person.of(self.text).to_owned(),
                    key: None,
                    evidence: vec![actor.span, person, role],
                    sentence: self.span,
                });
            }
        }
    }

    /// The group that a role is held in: the one right before it ("the Front's leader"), else behind "of".
    fn holder(&self, from: usize, to: usize) -> Option<&ActorMention> {
        let before = self.named.iter().find(|m| m.tokens.1 <= from && from - m.tokens.1 <= 1);
        let behind = || {
            let words = Words::get();
            let fits = |m: &&&ActorMention| {
                m.tokens.0 > to && m.tokens.0 - to <= 3 && words.at("binding", self.tokens, to).is_some()
            };
            self.named.iter().find(fits)
        };
        before.or_else(behind).copied()
    }

    /// How many words lie between a person and the nearer of a role and its group; `None` if too many, or another clause.
    fn near(&self, person: Span, role: Span, actor: Span) -> Option<usize> {
        let gap = |a: Span, b: Span| {
            let (from, to) = if a.end <= b.start { (a.end, b.start) } else { (b.end, a.start) };
            let words = self.tokens[self.range.0..self.range.1].iter();
            words.filter(|t| from <= t.span.start && t.span.end <= to).count()
        };
        let beside = gap(person, role).min(gap(person, actor));
        (beside <= BESIDE).then_some(beside)
    }

    /// Groups beside and against each other.
    fn actors(&self, out: &mut Vec<Relation>) {
        let words = Words::get();
        for pair in self.named.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let (from, to) = (a.tokens.1, b.tokens.0);
            if a.key == b.key || from > to || words.between("not", self.tokens, from, to).is_some() {
                continue;
            }
            let joined = words.between("ally", self.tokens, from, to).map(|at| (Tie::Ally, at));
            let parted = words.between("opponent", self.tokens, from, to).map(|at| (Tie::Opponent, at));
            // The longer phrase says more: "fought alongside" is no fight against.
            let found = joined.into_iter().chain(parted).max_by_key(|(tie, at)| (at.1 - at.0, *tie == Tie::Ally));
            let near = found.filter(|(_, at)| at.0 - from <= BETWEEN && to - at.1 <= BETWEEN);
            let both = || {
                let and = to - from <= BETWEEN && self.tokens[from..to].iter().any(|t| t.norm == "and");
                let before = a.tokens.0.saturating_sub(BETWEEN).max(self.range.0);
                let behind = (b.tokens.1 + 2).min(self.range.1);
                let fight = words
                    .between("between", self.tokens, before, a.tokens.0)
                    .or_else(|| words.between("each other", self.tokens, b.tokens.1, behind.max(b.tokens.1)));
                fight.filter(|_| and).map(|at| (Tie::Opponent, at))
            };
            let Some((tie, at)) = near.or_else(both) else { continue };
            let tying = Span { start: self.tokens[at.0].span.start, end: self.tokens[at.1 - 1].span.end };
            for (one, other) in [(a, b), (b, a)] {
                out.push(Relation {
                    actor: one.key.clone(),
                    tie,
                    name: other.span.of(self.text).to_owned(),
                    key: Some(other.key.clone()),
                    evidence: vec![one.span, other.span, tying],
                    sentence: self.span,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut out: Vec<String> = relations(&Article::plain(text), Actors::builtin())
            .into_iter()
            .map(|r| format!("{}: {} {}", r.actor, r.tie.name(), r.name))
            .collect();
        out.sort();
        out.dedup();
        out
    }

    #[test]
    fn who_leads_and_who_speaks() {
        let lead = "red valley brigade: leader Musa Dahir";
        for text in [
            "Musa Dahir, commander of the Red Valley Brigade, was seen in Gao.",
            "The Red Valley Brigade's leader, Musa Dahir, was seen in Gao.",
            "The commander of the Red Valley Brigade, Musa Dahir, was seen in Gao.",
        ] {
            assert_eq!(told(text), [lead], "{text}");
        }
        let speaks = "Red Valley Brigade spokesman Musa Dahir said that it had laid the mine.";
        assert_eq!(told(speaks), ["red valley brigade: spokesman Musa Dahir"]);
        assert!(told("Musa Dahir, the leader of the council, met the Red Valley Brigade in Gao.").is_empty());
    }

    #[test]
    fn who_is_with_and_against_whom() {
        let against =
            ["desert lions brigade: opponent Red Valley Brigade", "red valley brigade: opponent Desert Lions Brigade"];
        for text in [
            "The Red Valley Brigade clashed with the Desert Lions Brigade near Gao.",
            "Clashes between the Red Valley Brigade and the Desert Lions Brigade went on.",
            "The Red Valley Brigade and the Desert Lions Brigade exchanged fire near Gao.",
        ] {
            assert_eq!(told(text), against, "{text}");
        }
        let with = ["desert lions brigade: ally Red Valley Brigade", "red valley brigade: ally Desert Lions Brigade"];
        assert_eq!(told("The Red Valley Brigade fought alongside the Desert Lions Brigade."), with);
        assert_eq!(told("The Red Valley Brigade, allied with the Desert Lions Brigade, took Gao."), with);
        assert!(told("The Red Valley Brigade is not allied with the Desert Lions Brigade.").is_empty());
        assert!(told("The Red Valley Brigade and the Desert Lions Brigade are known in Gao.").is_empty());
    }
}
