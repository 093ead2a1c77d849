//! Counts as they are found one by one: number phrases, shares and multiples, each with its nouns.

use super::Amount;
use super::counts::{Count, Counted, Form, Relation};
use super::noun::Nouns;
use super::words::{Approx, Words};
use crate::classes::{Class, Classes};
use crate::grammar::Upos;
use crate::{Span, Token};

/// The tokens and the tree of a sentence.
pub(super) struct Scene<'a> {
    /// All tokens of the article up to the end of the sentence.
    pub(super) tokens: &'a [Token],
    /// The first token of the sentence.
    pub(super) from: usize,
    pub(super) nouns: &'a Nouns<'a>,
}

/// A count before it is related to others.
pub(super) struct Draft {
    pub(super) count: Count,
    /// The noun or pronoun of the whole: "them" of "seven of them".
    pub(super) target: Option<usize>,
    pub(super) scale: Scale,
}

/// How bounds follow from another count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    None,
    /// Least and most per cent of the whole.
    Percent(u64, u64),
    /// So many times the count before, with what an approximator makes of it.
    Times(u64, Approx),
}

impl Draft {
    pub(super) fn of(count: Count) -> Draft {
        Draft { count, target: None, scale: Scale::None }
    }

    /// The nodes that need not be taken as counts of their own: its number and nouns, but not the noun of its whole.
    pub(super) fn taken(&self) -> impl Iterator<Item = usize> + '_ {
        let nouns = self.count.nouns.iter().map(|n| n.node).filter(|n| Some(*n) != self.target);
        nouns.chain(self.count.numeral)
    }
}

impl Scene<'_> {
    pub(super) fn words(&self) -> &'static Words {
        self.nouns.words
    }

    /// The token that begins at or behind byte `at`.
    pub(super) fn token(&self, at: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start < at)
    }

    /// The nodes of a span: the first, the last, and the one that the others depend on.
    fn nodes(&self, span: Span) -> Option<(usize, usize, usize)> {
        let tree = self.nouns.tree;
        // The tree may leave out an approximator.
        let first = tree.nodes.partition_point(|n| n.span.end <= span.start);
        let end = tree.nodes.partition_point(|n| n.span.start < span.end);
        let last = end.checked_sub(1).filter(|last| first <= *last)?;
        let free = |i: &usize| tree.nodes[*i].head.is_none_or(|h| h < first || h > last);
        // A stray "as" or "than" may hang outside, too.
        let full = |i: &usize| !matches!(tree.relation(*i), "case" | "mark" | "cc" | "advmod" | "punct");
        let outer = || (first..=last).rev().filter(free);
        Some((first, last, outer().find(full).or_else(|| outer().next())?))
    }

    /// A number phrase as a count, or as two where it leads from one value to another.
    pub(super) fn numbers(&self, a: &Amount) -> Vec<Draft> {
        let (t, w, (from, to)) = (self.tokens, self.words(), a.tokens);
        let before = from > self.from && w.from.word(&t[from - 1].norm).is_some();
        if before
            && let Some((old, end)) = w.number(t, from, to)
            && end < to
            && w.to.word(&t[end].norm).is_some()
            && let Some((new, last)) = w.number(t, end + 1, to)
            && self.changes(a.span)
        {
            let part = |n: u64, from: usize, to: usize| Amount {
                span: t[from].span.join(t[to - 1].span),
                tokens: (from, to),
                low: Some(n),
                high: Some(n),
                unit: a.unit,
            };
            let both = [part(old, from, end), part(new, end + 1, last)];
            return both.iter().filter_map(|a| self.number(a)).collect();
        }
        self.number(a).into_iter().collect()
    }

    /// Whether a verb above `span` leads from one number to another.
    fn changes(&self, span: Span) -> bool {
        let tree = self.nouns.tree;
        let mut at = self.nodes(span).map(|n| n.2);
        for _ in 0..4 {
            let Some(i) = at else { return false };
            if self.words().change.word(&crate::fold(&tree.nodes[i].lemma)).is_some() {
                return true;
            }
            at = tree.nodes[i].head;
        }
        false
    }

    fn number(&self, a: &Amount) -> Option<Draft> {
        let (_, last, numeral) = self.nodes(a.span)?;
        let nouns = self.nouns;
        let (mut counted, mut target, mut top) = (Vec::new(), None, numeral);
        if let Some((t, definite)) = self.whole(a.tokens.1) {
            target = definite.then_some(t);
            counted.extend(self.kind(numeral, t));
        } else if let Some(n) = nouns.behind(numeral, last) {
            // Where the parser hangs the noun on its number, the number leads upwards.
            top = if nouns.tree.under(n, numeral) { numeral } else { n };
            counted.push(nouns.counted(n));
            if a.high != Some(1) {
                counted.extend(self.sharing(n));
            }
        } else if let Some(n) = nouns.predicate(numeral) {
            counted.push(nouns.counted(n));
        } else {
            // "Nobody", "no one"
            let classes = Classes::builtin().main(a.span.of(nouns.text));
            let one = Counted { span: a.span, classes, ..nouns.counted(numeral) };
            counted.extend(classes.has(Class::Person).then_some(one));
        }
        let count = self.count(a.span, Form::Number, counted, top, numeral, (a.low, a.high));
        Some(Draft { target, ..Draft::of(count) })
    }

    fn count(
        &self,
        span: Span,
        form: Form,
        nouns: Vec<Counted>,
        node: usize,
        numeral: usize,
        bounds: (Option<u64>, Option<u64>),
    ) -> Count {
        let behind = nouns.iter().filter(|n| n.span.start >= span.start && !self.apart(span, n.span));
        let whole = behind.fold(span, |s, n| s.join(n.span));
        let (low, high) = bounds;
        let (relation, numeral) = (Relation::Whole, Some(numeral));
        Count { span, whole, low, high, form, nouns, relation, node, numeral, governors: Vec::new(), apposed: false }
    }

    /// Whether a verb stands between a number and what it counts: "seven were children".
    fn apart(&self, number: Span, noun: Span) -> bool {
        let tree = self.nouns.tree;
        let first = tree.nodes.partition_point(|n| n.span.start < number.end);
        let end = tree.nodes.partition_point(|n| n.span.end <= noun.start);
        tree.nodes.get(first..end).is_some_and(|inside| inside.iter().any(|n| matches!(n.tag, Upos::Aux | Upos::Verb)))
    }

    /// The whole behind "of" at token `at`, and whether it is one that is already known.
    fn whole(&self, at: usize) -> Option<(usize, bool)> {
        let of = self.tokens.get(at).filter(|t| self.words().of.word(&t.norm).is_some())?;
        self.nouns.target(self.nouns.tree.at(of.span.start)?)
    }

    /// What is counted of the whole at node `target`: what the number is said to be ("seven of them were children", "two of
    /// them police officers"), else the whole's own noun.
    fn kind(&self, numeral: usize, target: usize) -> Option<Counted> {
        let behind = || self.nouns.run(target + 1).filter(|n| self.nouns.is_person(*n));
        let own = || if self.nouns.pronoun(target) { behind() } else { Some(target) };
        let noun = self.nouns.predicate(numeral).or_else(own);
        noun.map(|n| self.nouns.counted(n))
    }

    /// Nouns joined to `n` that its number counts, too: "a dozen men, women and children". None if one of them has a
    /// number or article of its own.
    fn sharing(&self, n: usize) -> Vec<Counted> {
        let (tree, nouns) = (self.nouns.tree, self.nouns);
        let (mut joined, mut next) = (Vec::new(), vec![n]);
        while let Some(x) = next.pop() {
            let more: Vec<usize> = tree.children(x).filter(|c| *c > x && tree.relation(*c) == "conj").collect();
            next.extend(&more);
            joined.extend(more);
        }
        joined.sort_unstable();
        let bare = |c: &usize| {
            let own = |i: usize| {
                let number = tree.nodes[i].tag == Upos::Num;
                number || matches!(tree.relation(i), "det" | "nummod") || tree.nodes[i].label == "nmod:poss"
            };
            nouns.is_person(*c) && nouns.plural(*c) && !tree.children(*c).any(own)
        };
        if joined.iter().all(bare) && nouns.is_person(n) {
            joined.iter().map(|c| nouns.counted(*c)).collect()
        } else {
            Vec::new()
        }
    }

    /// "Half of the 40", "most of them".
    pub(super) fn shares(&self) -> Vec<Draft> {
        let (t, w) = (self.tokens, self.words());
        let mut out = Vec::new();
        let mut at = self.from;
        while at < t.len() {
            let Some(((least, most), end)) = w.share.longest(t, at, t.len()) else {
                at += 1;
                continue;
            };
            out.extend(self.share(t[at].span.join(t[end - 1].span), end, Scale::Percent(*least, *most)));
            at = end;
        }
        out
    }

    fn share(&self, span: Span, end: usize, scale: Scale) -> Option<Draft> {
        let (_, _, numeral) = self.nodes(span)?;
        let (target, definite) = self.whole(end)?;
        if !definite || !(self.nouns.pronoun(target) || self.nouns.is_person(target)) {
            return None;
        }
        let nouns = self.kind(numeral, target).into_iter().collect();
        let count = self.count(span, Form::Share, nouns, numeral, numeral, (None, None));
        Some(Draft { count, target: Some(target), scale })
    }

    /// "Twice as many as the 12", "more than three times that number".
    pub(super) fn multiples(&self) -> Vec<Draft> {
        let (t, w) = (self.tokens, self.words());
        let multiple = |at: usize| {
            let (n, end) = w.times.longest(t, at, t.len())?;
            let (_, end) = w.times_of.longest(t, end, t.len())?;
            let start = Words::ending(&w.before, t, self.from, at);
            let approx = start.and_then(|s| w.before.longest(t, s, at)).map_or(Approx::Exact, |(a, _)| *a);
            let span = t[start.unwrap_or(at)].span.join(t[end - 1].span);
            let (_, last, numeral) = self.nodes(span)?;
            let noun = self.nouns.behind(numeral, last).map(|n| self.nouns.counted(n));
            let count = self.count(span, Form::Times, noun.into_iter().collect(), numeral, numeral, (None, None));
            Some(Draft { scale: Scale::Times(*n, approx), ..Draft::of(count) })
        };
        (self.from..t.len()).filter_map(multiple).collect()
    }
}
