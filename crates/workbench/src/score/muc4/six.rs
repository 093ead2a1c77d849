//! Type and five roles, counted as Du, Rush and Cardie (2021) count them.
//!
//! Templates of one message meet one to one so that the counts in sum are highest; only templates whose type agrees can
//! meet. Strict: a filler is right when all its mentions are among those of one filler of the key. By head word: when one of
//! its mentions has the head of one of the key's. Case, punctuation and articles do not count.

use super::assign::cheapest;
use crate::muc4::gtt::Template;
use std::collections::BTreeMap;

/// Words that end the head of a phrase.
const BEHIND_HEAD: [&str; 15] =
    ["of", "who", "which", "that", "from", "in", "at", "with", "by", "on", "for", "near", "belonging", "to", "and"];

/// How words are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// All mentions of an answer are mentions in the key.
    Strict,
    /// One mention of an answer has the head word of one in the key.
    Head,
}

/// Right answers, answers; found in the key, in the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) answered: usize,
    pub(crate) found: usize,
    pub(crate) wanted: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, o: Counts) {
        self.right += o.right;
        self.answered += o.answered;
        self.found += o.found;
        self.wanted += o.wanted;
    }

    /// Precision, recall and F1 in per cent.
    pub(crate) fn scores(self) -> [f64; 3] {
        let part = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (p, r) = (part(self.right, self.answered), part(self.found, self.wanted));
        let f = if p + r == 0.0 { 0.0 } else { 200.0 * p * r / (p + r) };
        [100.0 * p, 100.0 * r, f]
    }
}

/// What was counted over all messages.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Six {
    /// Templates by type, then the five roles.
    pub(crate) slots: [Counts; 6],
}

impl Six {
    /// Type and roles as one.
    pub(crate) fn micro(&self) -> Counts {
        sum(&self.slots)
    }

    /// The roles as one.
    pub(crate) fn roles(&self) -> Counts {
        sum(&self.slots[1..])
    }
}

fn sum(all: &[Counts]) -> Counts {
    let mut out = Counts::default();
    all.iter().for_each(|c| out.add(*c));
    out
}

/// Counts over every message of the key; answers to other messages are passed over.
pub(crate) fn score(
    answers: &BTreeMap<String, Vec<Template>>,
    key: &BTreeMap<String, Vec<Template>>,
    rule: Rule,
) -> Six {
    let mut out = Six::default();
    for (id, wanted) in key {
        let none = Vec::new();
        let (answers, wanted) = (prepared(answers.get(id).unwrap_or(&none), rule), unique(prepared(wanted, rule)));
        let pairs = pairs(&answers, &wanted, rule);
        for (i, j) in &pairs {
            add(&mut out, &counts(Some(&answers[*i]), Some(&wanted[*j]), rule));
            out.slots[0].add(Counts { right: 1, answered: 1, found: 1, wanted: 1 });
        }
        for (_, a) in answers.iter().enumerate().filter(|(i, _)| pairs.iter().all(|p| p.0 != *i)) {
            add(&mut out, &counts(Some(a), None, rule));
            out.slots[0].answered += 1;
        }
        for (_, w) in wanted.iter().enumerate().filter(|(j, _)| pairs.iter().all(|p| p.1 != *j)) {
            add(&mut out, &counts(None, Some(w), rule));
            out.slots[0].wanted += 1;
        }
    }
    out
}

/// Which answers meet which templates of the key of one message, by their places.
pub(crate) fn meet(answers: &[Template], wanted: &[Template], rule: Rule) -> Vec<(usize, usize)> {
    pairs(&prepared(answers, rule), &prepared(wanted, rule), rule)
}

/// A template with its words in the form that is compared.
#[derive(PartialEq)]
struct Prepared {
    kind: String,
    roles: [Vec<Vec<String>>; 5],
}

fn prepared(templates: &[Template], rule: Rule) -> Vec<Prepared> {
    let form = |m: &String| if rule == Rule::Head { head(m) } else { plain(m) };
    let filler = |f: &Vec<String>| f.iter().filter(|m| !plain(m).is_empty()).map(form).collect::<Vec<_>>();
    let role = |r: &Vec<Vec<String>>| r.iter().map(filler).filter(|f| !f.is_empty()).collect();
    templates.iter().map(|t| Prepared { kind: t.incident_type.clone(), roles: t.roles().map(role) }).collect()
}

fn unique(all: Vec<Prepared>) -> Vec<Prepared> {
    let mut out: Vec<Prepared> = Vec::new();
    for t in all {
        if !out.contains(&t) {
            out.push(t);
        }
    }
    out
}

fn pairs(answers: &[Prepared], wanted: &[Prepared], rule: Rule) -> Vec<(usize, usize)> {
    let worth = |a: &Prepared, w: &Prepared| match w.kind.contains(&a.kind) {
        true => 1 + counts(Some(a), Some(w), rule).iter().map(|c| c.right + c.found).sum::<usize>(),
        false => 0,
    };
    let worth: Vec<Vec<usize>> = answers.iter().map(|a| wanted.iter().map(|w| worth(a, w)).collect()).collect();
    let cost: Vec<Vec<f64>> = worth.iter().map(|r| r.iter().map(|x| -(*x as f64)).collect()).collect();
    cheapest(&cost).into_iter().filter(|(i, j)| worth[*i][*j] > 0).collect()
}

fn add(out: &mut Six, roles: &[Counts; 5]) {
    out.slots[1..].iter_mut().zip(roles).for_each(|(a, b)| a.add(*b));
}

/// The counts of each role of one pair, or of one that met none.
fn counts(answer: Option<&Prepared>, wanted: Option<&Prepared>, rule: Rule) -> [Counts; 5] {
    std::array::from_fn(|r| {
        let a = answer.map_or(&[][..], |t| &t.roles[r]);
        let w = wanted.map_or(&[][..], |t| &t.roles[r]);
        let same = |a: &Vec<String>, w: &Vec<String>| match rule {
            Rule::Strict => a.iter().all(|m| w.contains(m)),
            Rule::Head => a.iter().any(|m| w.contains(m)),
        };
        Counts {
            right: a.iter().filter(|a| w.iter().any(|w| same(a, w))).count(),
            answered: a.len(),
            found: w.iter().filter(|w| a.iter().any(|a| same(a, w))).count(),
            wanted: w.len(),
        }
    })
}

/// Lower case, without punctuation and articles, one space between words.
pub(crate) fn plain(s: &str) -> String {
    let kept: String = s.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let mut words = Vec::new();
    // An article is a whole word; other signs than letters and digits part words, but stay.
    for word in kept.split_whitespace() {
        let mut rest = String::new();
        let mut run = String::new();
        for c in word.chars().chain([' ']) {
            if c.is_alphanumeric() {
                run.push(c);
                continue;
            }
            rest.push_str(if matches!(run.as_str(), "a" | "an" | "the") { " " } else { &run });
            run.clear();
            rest.push(c);
        }
        words.push(rest);
    }
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last word before the first that ends the head.
pub(crate) fn head(s: &str) -> String {
    let s = plain(s);
    let words: Vec<&str> = s.split(' ').collect();
    let end = words.iter().position(|w| BEHIND_HEAD.contains(w)).filter(|at| *at > 0).unwrap_or(words.len());
    words[..end].last().map_or(String::new(), |w| (*w).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_marks_and_articles() {
        assert_eq!(plain("The \"Santa Ana\" Farm, a farm"), "santa ana farm farm");
        assert_eq!(plain("A-THE an"), "athe");
        assert_eq!(head("two members of the Front"), "members");
        assert_eq!(head("of the Front"), "front");
        assert_eq!(head(""), "");
    }
}
