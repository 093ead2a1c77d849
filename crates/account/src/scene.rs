//! Everything that the rules may ask of one article: tokens, word lists, and the mentions found in it.

use crate::Actors;
use crate::actors::{Class, is_generic};
use crate::language::Language;
use crate::roles::Deed;
use article::grammar::{Clauses, Syntax};
use article::places::{PlaceMention, places};
use article::{Amount, Article, Gazetteer, Marks, Sentence, Span, Time, Tokens, amounts, times};
use std::cell::OnceCell;
use std::collections::HashMap;
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
    /// The words of armed groups' names, with the number of words in the longest such name.
    pub(crate) group_words: HashMap<String, usize>,
    pub(crate) language: &'a Language,
    /// Sentences at or near a word of violence: others tell of no incident, and their trees are not asked for.
    pub(crate) near: Vec<bool>,
    pub(crate) syntax: Syntax<'a>,
    /// The deeds of each sentence that was asked for.
    deeds: Vec<OnceCell<Vec<Deed>>>,
}

/// A named actor.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) span: Span,
    pub(crate) tokens: (usize, usize),
    pub(crate) key: String,
    /// As printed; of a short form ("the Front"), the longest name that the article gives.
    pub(crate) name: String,
    /// An armed group, not a state or its forces.
    pub(crate) armed: bool,
    /// "police", "gunmen": a word for actors that names none.
    pub(crate) generic: bool,
    /// People without a name or a state: "gunmen", "bandits".
    pub(crate) loose: bool,
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
    pub(crate) fn of(
        article: &'a Article,
        tokens: Tokens,
        marks: Marks,
        language: &'a Language,
        actors: &Actors,
    ) -> Self {
        let times = times(article, &tokens);
        let mut amounts = amounts(&tokens);
        // Times stand in order and apart.
        let dated = |span: Span| {
            let next = times.partition_point(|t| t.span.end <= span.start);
            times.get(next).is_some_and(|t| t.span.overlaps(span))
        };
        // A number inside a date counts nothing, nor does the mark of a note: "[4]".
        amounts.retain(|a| !dated(a.span) && !noted(&tokens, a.tokens));
        let mut places = places(article, &tokens, Gazetteer::builtin());
        places.retain(|p| !dated(p.span));
        let mut actors = named(article, &tokens, actors, |i| marks.has(i, language.lists.the));
        // "August 2024" may look like a name.
        actors.retain(|a| !dated(a.span));
        debug_assert!(places.is_sorted_by_key(|p| p.tokens.0) && actors.is_sorted_by_key(|a| a.tokens.0));
        let mut group_words: HashMap<String, usize> = HashMap::new();
        for (from, to) in actors.iter().filter(|a| a.armed).map(|a| a.tokens) {
            for t in &tokens.tokens[from..to] {
                let longest = group_words.entry(t.norm.clone()).or_default();
                *longest = (*longest).max(to - from);
            }
        }
        Scene {
            group_words,
            syntax: Syntax::new(&article.text, &tokens).without(hidden(article, &tokens, &amounts)),
            deeds: tokens.sentences.iter().map(|_| OnceCell::new()).collect(),
            near: near(&tokens, &marks, &amounts, language),
            language,
            article,
            tokens,
            marks,
            amounts,
            times,
            places,
            actors,
        }
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
            self.language.roles.deeds(clauses)
        })
    }

    /// The actors named in the noun phrase that `node` heads, as indices: itself, or those whose members, fighters or
    /// forces it names.
    pub(crate) fn actors_in(&self, clauses: Clauses<'_>, node: usize) -> Vec<usize> {
        let nodes = self.phrase(clauses, node);
        let covers = |a: &Named| nodes.iter().any(|n| a.span.overlaps(clauses.tree.nodes[*n].span));
        let sentence = clauses.tree.span(0..clauses.tree.nodes.len());
        let first = self.actors.partition_point(|a| a.span.end <= sentence.start);
        let here = (first..self.actors.len()).take_while(|a| self.actors[*a].span.start < sentence.end);
        here.filter(|a| covers(&self.actors[*a])).collect()
    }

    /// The words of the noun phrase that `node` heads that may say who they are: the noun itself, its names, and what they
    /// are members or forces of.
    pub(crate) fn phrase(&self, clauses: Clauses<'_>, node: usize) -> Vec<usize> {
        let tree = clauses.tree;
        let l = &self.language.lists;
        let listed = |n: usize, list| self.marks.has(self.token_at(tree.nodes[n].span.start), list);
        let part = |c: usize| match tree.nodes[c].label {
            "compound" | "flat" | "amod" | "appos" | "det" | "list" => true,
            // "fighters of", "gunmen from", but not "gunmen on the road"
            "nmod" => clauses.preposition(c).is_none_or(|p| listed(p, l.member)),
            // "gunmen loyal to", "men belonging to"; "the group, which calls itself"
            "obl" | "obj" | "xcomp" => c != node,
            "acl" => true,
            "acl:relcl" => self.language.lexicon.has(clauses.lemma(c), l.naming),
            _ => false,
        };
        let mut nodes = vec![node];
        let mut at = 0;
        while let Some(n) = nodes.get(at).copied() {
            at += 1;
            let own = |c: &usize| part(*c) && (n != node || !matches!(tree.relation(*c), "obl" | "obj" | "xcomp"));
            nodes.extend(tree.children(n).filter(own));
        }
        nodes
    }

    /// The actors that are named at least in part within `span`, as indices: they stand in text order and apart.
    pub(crate) fn actors_within(&self, span: Span) -> Range<usize> {
        let from = self.actors.partition_point(|a| a.span.end <= span.start);
        from..from + self.actors[from..].partition_point(|a| a.span.start < span.end)
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

/// Whether tokens stand alone in square brackets.
fn noted(tokens: &Tokens, (from, to): (usize, usize)) -> bool {
    let norm = |i: usize| tokens.tokens.get(i).map_or("", |t| t.norm.as_str());
    from > 0 && norm(from - 1) == "[" && norm(to) == "]"
}

/// How many sentences on either side of a word of violence are read with it.
pub(crate) const NEAR: usize = 2;

/// The sentences at or near a word of violence, and those that count beside a word of harm.
fn near(tokens: &Tokens, marks: &Marks, amounts: &[Amount], language: &Language) -> Vec<bool> {
    let all = &tokens.sentences;
    let mut near = vec![false; all.len()];
    for (n, s) in all.iter().enumerate() {
        if (s.tokens.0..s.tokens.1).any(|i| language.lists.tells(marks, i)) {
            let to = all.len().min(n + NEAR + 1);
            near[n.saturating_sub(NEAR)..to].fill(true);
        }
        let counted = || !beginning(amounts, |a| a.tokens, s.tokens).is_empty();
        near[n] |= (s.tokens.0..s.tokens.1).any(|i| marks.has(i, language.lists.harm)) && counted();
    }
    near
}

/// What the trees leave out, in text order: the dateline, and all of a number phrase but the number that ends it ("at least
/// [nine] people"), which would be read as a phrase of its own.
fn hidden(article: &Article, tokens: &Tokens, amounts: &[Amount]) -> Vec<Span> {
    let t = &tokens.tokens;
    let phrases = amounts.iter().filter_map(|a| {
        let (from, to) = a.tokens;
        let last = to.checked_sub(1).filter(|last| *last > from)?;
        article::number(t, last, to)?;
        Some(t[from].span.join(t[last - 1].span))
    });
    let mut out: Vec<Span> = article.dateline.into_iter().chain(phrases).chain(brackets(tokens, amounts)).collect();
    out.sort();
    out
}

/// Brackets within a sentence that hold no number: other names and asides, which tear the clause around them apart.
fn brackets(tokens: &Tokens, amounts: &[Amount]) -> Vec<Span> {
    let t = &tokens.tokens;
    let mut out = Vec::new();
    for s in &tokens.sentences {
        let mut open = None;
        for i in s.tokens.0..s.tokens.1 {
            match (t[i].norm.as_str(), open) {
                ("(", _) => open = Some(i),
                (")", Some(from)) => {
                    let span = t[from].span.join(t[i].span);
                    if from > s.tokens.0 && !amounts.iter().any(|a| a.span.overlaps(span)) {
                        out.push(span);
                    }
                    open = None;
                }
                _ => {}
            }
        }
    }
    out
}

/// Whether a key is that of an armed group, not of a state, its forces or people without a name.
pub(crate) fn armed(actors: &Actors, key: &str) -> bool {
    let class = |class| {
        matches!(
            class,
            Class::Militia
                | Class::Rebel
                | Class::Separatist
                | Class::Guerrilla
                | Class::Jihadist
                | Class::Cartel
                | Class::Gang
                | Class::Cult
        )
    };
    !is_generic(key) && actors.get(key).is_none_or(|a| class(a.class))
}

fn named(article: &Article, tokens: &Tokens, actors: &Actors, the: impl Fn(usize) -> bool) -> Vec<Named> {
    let mut mentions = actors.mentions(article, tokens);
    for m in &mut mentions {
        // An article in front is no part of the name.
        let (a, b) = m.tokens;
        if b > a + 1 && the(a) {
            m.tokens.0 += 1;
            m.span.start = tokens.tokens[a + 1].span.start;
        }
    }
    mentions
        .into_iter()
        .map(|m| Named {
            armed: armed(actors, &m.key) && m.by != "state force",
            generic: is_generic(&m.key),
            loose: actors.get(&m.key).is_some_and(|a| a.class == Class::People),
            // A short form ("the Front") is called by its longest name.
            name: if m.by == "short" {
                m.name.trim_start_matches("The ").to_owned()
            } else {
                m.span.of(&article.text).to_owned()
            },
            span: m.span,
            tokens: m.tokens,
            key: m.key,
        })
        .collect()
}
