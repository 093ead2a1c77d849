//! Everything that the rules may ask of one article: tokens, word lists, and the mentions found in it.

use crate::Actors;
use crate::actors::{Class, is_generic};
use crate::language::Language;
use crate::roles::Deed;
use article::grammar::{Clauses, Syntax};
use article::places::{PlaceMention, places};
use article::{
    Amount, Article, Gazetteer, Marks, Sentence, Span, Time, Tokens, Unit, amounts, pattern::Mentions, times,
};
use std::cell::OnceCell;
use std::ops::Range;

/// One article with its mentions.
pub(crate) struct Scene<'a> {
    pub(crate) article: &'a Article,
    pub(crate) tokens: Tokens,
    pub(crate) marks: Marks,
    pub(crate) amounts: Vec<Amount>,
    pub(crate) times: Vec<Time>,
    pub(crate) places: Vec<PlaceMention>,
    pub(crate) actors: Vec<Named>,
    pub(crate) people: Vec<People>,
    language: &'a Language,
    syntax: Syntax<'a>,
    /// The deeds of each sentence that was asked for.
    deeds: Vec<OnceCell<Vec<Deed>>>,
    /// For each class, where the mention that begins at a token ends; 0 where none begins.
    ends: [Vec<u32>; CLASSES.len()],
}

/// A number of people, or one unnamed person ("a constable").
#[derive(Debug, Clone)]
pub(crate) struct People {
    /// The number; `None` for one person behind "a" or "an".
    pub(crate) amount: Option<usize>,
    pub(crate) tokens: (usize, usize),
    /// The tokens of the noun phrase; empty where the number stands by itself.
    pub(crate) noun: (usize, usize),
    /// The noun is one for members of armed groups.
    pub(crate) fighters: bool,
}

/// A named actor.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) span: Span,
    pub(crate) tokens: (usize, usize),
    pub(crate) key: String,
    /// As printed; of a group that no list knows, its longest name in the article.
    pub(crate) name: String,
    /// An armed group, not a state or its forces.
    pub(crate) armed: bool,
    /// "police", "gunmen": a word for actors that names none.
    pub(crate) generic: bool,
    /// Generic, but the force of a named country: "Tajik border guards".
    pub(crate) force: bool,
}

/// The classes that patterns may name.
const CLASSES: [&str; 7] = ["number", "people", "person", "fighters", "time", "place", "actor"];
pub(crate) const NUMBER: usize = 0;
pub(crate) const PEOPLE: usize = 1;
pub(crate) const PERSON: usize = 2;
pub(crate) const FIGHTERS: usize = 3;
pub(crate) const TIME: usize = 4;
pub(crate) const PLACE: usize = 5;
pub(crate) const ACTOR: usize = 6;

impl Mentions for Scene<'_> {
    fn class(name: &str) -> Option<usize> {
        CLASSES.iter().position(|c| *c == name)
    }

    fn end(&self, class: usize, i: usize) -> Option<usize> {
        self.ends[class].get(i).copied().filter(|e| *e > 0).map(|e| e as usize)
    }

    fn word(&self, i: usize) -> &str {
        self.norm(i)
    }

    fn barrier(&self, i: usize) -> bool {
        self.ends[NUMBER].get(i).is_some_and(|e| *e > 0) || matches!(self.norm(i), ";" | ":")
    }
}

/// The mentions of a list in text order that begin among the tokens from `from` up to `to`, as indices.
pub(crate) fn beginning<T>(
    list: &[T],
    tokens: impl Fn(&T) -> (usize, usize),
    (from, to): (usize, usize),
) -> Range<usize> {
    list.partition_point(|m| tokens(m).0 < from)..list.partition_point(|m| tokens(m).0 < to)
}

impl<'a> Scene<'a> {
    /// Finds all mentions of `article`.
    pub(crate) fn of(article: &'a Article, tokens: Tokens, marks: Marks, language: &'a Language, actors: &Actors) -> Self {
        let n = tokens.tokens.len();
        let times = times(article, &tokens);
        let mut amounts = amounts(&tokens);
        // Times stand in order and apart.
        let dated = |span: Span| {
            let next = times.partition_point(|t| t.span.end <= span.start);
            times.get(next).is_some_and(|t| t.span.overlaps(span))
        };
        // A number inside a date counts nothing.
        amounts.retain(|a| !dated(a.span));
        let mut places = places(article, &tokens, Gazetteer::builtin());
        places.retain(|p| !dated(p.span));
        let mut actors = named(article, &tokens, actors);
        // "August 2024" may look like a name.
        actors.retain(|a| !dated(a.span));
        debug_assert!(places.is_sorted_by_key(|p| p.tokens.0) && actors.is_sorted_by_key(|a| a.tokens.0));
        let mut s = Scene {
            syntax: Syntax::new(&article.text, &tokens).without(article.dateline),
            deeds: tokens.sentences.iter().map(|_| OnceCell::new()).collect(),
            language,
            article,
            tokens,
            marks,
            amounts,
            times,
            places,
            actors,
            people: Vec::new(),
            ends: std::array::from_fn(|_| vec![0; n]),
        };
        s.people = s.people(language);
        s.index();
        s
    }

    fn index(&mut self) {
        let mut put = |class: usize, (a, b): (usize, usize)| {
            if let Some(e) = self.ends[class].get_mut(a) {
                *e = (*e).max(b as u32);
            }
        };
        for a in self.amounts.iter().filter(|a| a.unit == Unit::Count) {
            put(NUMBER, a.tokens);
        }
        for p in &self.people {
            let class = if p.amount.is_some() { PEOPLE } else { PERSON };
            put(class, p.tokens);
            if p.fighters && p.amount.is_some() {
                put(FIGHTERS, p.tokens);
            }
        }
        for t in &self.times {
            put(TIME, t.tokens);
        }
        for p in &self.places {
            put(PLACE, p.tokens);
        }
        for a in self.actors.iter().filter(|a| !a.generic || a.force) {
            put(ACTOR, a.tokens);
        }
    }

    /// Numbers that count people, and single persons.
    fn people(&self, language: &Language) -> Vec<People> {
        let l = &language.lists;
        let mut out = Vec::new();
        for s in &self.tokens.sentences {
            let (from, to) = s.tokens;
            // Amounts stand in order and apart.
            let numbers = |from: usize, to: usize| beginning(&self.amounts, |a| a.tokens, (from, to));
            for n in numbers(from, to) {
                let a = &self.amounts[n];
                if a.unit != Unit::Count {
                    continue;
                }
                // "two of his colleagues" counts colleagues.
                let whose = matches!(
                    self.norm(a.tokens.1 + 1),
                    "his" | "her" | "its" | "their" | "our" | "the" | "those" | "these" | "my"
                );
                let of = a.tokens.1 + 2 < to && self.norm(a.tokens.1) == "of" && whose;
                let at = if of { a.tokens.1 + 2 } else { a.tokens.1 };
                if let Some((end, head)) = self.noun_phrase(l, at, to) {
                    let fighters = self.marks.has(head, l.fighter) || self.marks.end(head, l.fighter).is_some();
                    out.push(People { amount: Some(n), tokens: (a.tokens.0, end), noun: (at, end), fighters });
                } else if of {
                    // Whose members they are, the rules know.
                } else if at == to || self.marks.end(at, l.function).is_some() || self.is_mark(at) {
                    out.push(People { amount: Some(n), tokens: a.tokens, noun: (at, at), fighters: false });
                }
            }
            for i in from..to {
                if !matches!(self.norm(i), "a" | "an")
                    || numbers(from, i + 1).next_back().is_some_and(|n| i < self.amounts[n].tokens.1)
                {
                    continue;
                }
                // "an 11-year-old", "a 41-year-old porter"
                let aged = self.norm(i + 3) == "year-old" && i + 3 < to;
                let named = self.noun_phrase(l, if aged { i + 4 } else { i + 1 }, to);
                if let Some((end, head)) = named.or(aged.then_some((i + 4, i + 3))) {
                    let plural = self.norm(end - 1).ends_with('s') && !self.norm(end - 1).ends_with("ss");
                    if !plural {
                        let fighters = self.marks.end(head, l.fighter).is_some();
                        out.push(People { amount: None, tokens: (i, end), noun: (i, end), fighters });
                    }
                }
            }
        }
        out.sort_by_key(|p| p.tokens);
        out
    }

    /// The noun phrase for people that begins at token `at`: its end and its head.
    fn noun_phrase(&self, l: &crate::language::Lists, at: usize, to: usize) -> Option<(usize, usize)> {
        let mut i = at;
        let mut found = None;
        while i < to && i < at + 7 {
            let head = [l.person, l.force, l.fighter].iter().filter_map(|list| self.marks.end(i, *list)).max();
            // "police officers" is one phrase, "employees hostage" is not: a plural ends it.
            let plural = found.is_some_and(|(end, _): (usize, usize)| {
                let last = self.norm(end - 1);
                last.ends_with('s') && last != "police" || matches!(last, "people" | "men" | "women" | "children")
            });
            if plural {
                break;
            }
            if let Some(end) = head {
                found = Some((end.min(to), i));
                i = end;
                continue;
            }
            let modifier = self.marks.end(i, l.modifier).is_some();
            let t = &self.tokens.tokens[i];
            // A capital word or a place or a nation may stand between: "five Chinese nationals".
            let name = t.capital && t.kind == article::TokenKind::Word;
            if found.is_some() || !(modifier || name || self.open_modifier(l, i, at)) {
                break;
            }
            i += 1;
        }
        found
    }

    /// A plain word that is no function word may modify a noun that follows right behind it.
    fn open_modifier(&self, l: &crate::language::Lists, i: usize, at: usize) -> bool {
        i < at + 3
            && self.tokens.tokens[i].kind == article::TokenKind::Word
            && self.marks.end(i, l.function).is_none()
            && self.marks.end(i, l.brk).is_none()
    }

    /// The folded form of token `i`, empty beyond the end.
    pub(crate) fn norm(&self, i: usize) -> &str {
        self.tokens.tokens.get(i).map_or("", |t| t.norm.as_str())
    }

    pub(crate) fn is_mark(&self, i: usize) -> bool {
        self.tokens.tokens.get(i).is_some_and(|t| t.kind == article::TokenKind::Mark)
    }

    /// The text span of a run of tokens.
    pub(crate) fn span(&self, (a, b): (usize, usize)) -> Span {
        let t = &self.tokens.tokens;
        match (t.get(a), b.checked_sub(1).and_then(|b| t.get(b))) {
            (Some(x), Some(y)) if a < b => x.span.join(y.span),
            (Some(x), _) => Span { start: x.span.start, end: x.span.start },
            _ => Span::default(),
        }
    }

    /// The words of a run of tokens, as printed.
    pub(crate) fn words(&self, tokens: (usize, usize)) -> &str {
        self.span(tokens).of(&self.article.text)
    }

    /// The tree of a sentence, to ask for clauses.
    pub(crate) fn clauses(&self, sentence: usize) -> Clauses<'_> {
        Clauses { tree: self.syntax.tree(sentence), text: &self.article.text }
    }

    /// What a sentence says happens to whom.
    pub(crate) fn deeds(&self, sentence: usize) -> &[Deed] {
        self.deeds[sentence].get_or_init(|| {
            let clauses = self.clauses(sentence);
            let number = |node: usize| {
                let span = clauses.tree.nodes[node].span;
                let next = self.amounts.partition_point(|a| a.span.end <= span.start);
                self.amounts.get(next).is_some_and(|a| a.span.overlaps(span))
            };
            self.language.roles.deeds(clauses, number)
        })
    }

    /// The actors named in the noun phrase that `node` heads, as indices: itself, or those whose members, fighters or
    /// forces it names.
    pub(crate) fn actors_in(&self, clauses: Clauses<'_>, node: usize) -> Vec<usize> {
        let mut nodes = vec![node];
        let mut at = 0;
        while let Some(n) = nodes.get(at).copied() {
            at += 1;
            let part = |c: &usize| {
                matches!(clauses.tree.relation(*c), "compound" | "flat" | "amod" | "nmod" | "appos" | "det" | "list")
                    // "gunmen loyal to", "men belonging to"
                    || clauses.tree.relation(*c) == "obl" && n != node
            };
            nodes.extend(clauses.tree.children(n).filter(part));
        }
        let covers = |a: &Named| nodes.iter().any(|n| a.span.overlaps(clauses.tree.nodes[*n].span));
        (0..self.actors.len()).filter(|a| covers(&self.actors[*a])).collect()
    }

    /// The first token that ends behind the byte `at`.
    pub(crate) fn token_at(&self, at: u32) -> usize {
        self.tokens.tokens.partition_point(|t| t.span.end <= at)
    }

    /// Whether a sentence stands in a headline.
    pub(crate) fn in_headline(&self, s: &Sentence) -> bool {
        self.article.blocks[s.block].kind == article::BlockKind::Headline
    }
}

fn named(article: &Article, tokens: &Tokens, actors: &Actors) -> Vec<Named> {
    let armed = |key: &str| {
        actors.get(key).is_none_or(|a| {
            matches!(
                a.class,
                Class::Militia
                    | Class::Rebel
                    | Class::Separatist
                    | Class::Guerrilla
                    | Class::Jihadist
                    | Class::Cartel
                    | Class::Gang
                    | Class::Cult
            )
        })
    };
    let mut mentions = actors.mentions(article, tokens);
    for m in &mut mentions {
        // An article in front is no part of the name.
        let (a, b) = m.tokens;
        if b > a + 1 && tokens.tokens[a].norm == "the" {
            m.tokens.0 += 1;
            m.span.start = tokens.tokens[a + 1].span.start;
        }
    }
    mentions
        .into_iter()
        .map(|m| Named {
            armed: armed(&m.key) && !is_generic(&m.key),
            generic: is_generic(&m.key),
            force: is_generic(&m.key) && m.key.matches('/').count() == 2,
            name: if actors.get(&m.key).is_some() {
                m.span.of(&article.text).to_owned()
            } else {
                m.name.trim_start_matches("The ").to_owned()
            },
            span: m.span,
            tokens: m.tokens,
            key: m.key,
        })
        .collect()
}
