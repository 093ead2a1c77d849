//! What the models see of a noun: readable names of what holds of it.
//!
//! `p=Object:kill` says that the noun is the object of "kill", `pt=` gives the section of `roles.txt` or `effects.txt` in place
//! of the verb, `c=` the class of the noun, `st=` what else its sentence tells, `at=` what the article does.

use crate::fill::Keys;
use crate::scene::Scene;
use article::classes::{ClassSet, Classes};
use article::grammar::{Argument, Clauses, Slot, Upos};
use std::collections::BTreeMap;

/// A sentence, with whose argument each word is.
pub(super) struct Line<'s> {
    scene: &'s Scene<'s>,
    clauses: Clauses<'s>,
    sentence: usize,
    /// For each word its arguments.
    arguments: Vec<Vec<Argument>>,
    /// For each word the words of which it is an argument, and as what.
    heads: Vec<Vec<(usize, &'s str)>>,
    /// For each word the sections that it stands in.
    sections: &'s [Vec<&'s str>],
    /// Sections of the whole sentence, each once.
    told: Vec<&'s str>,
    /// Sections of the whole article, each once.
    whole: &'s [&'s str],
}

/// The sections of `roles.txt` and `effects.txt`, and the lists of kinds, that a word stands in.
fn sections<'s>(scene: &'s Scene<'_>, clauses: Clauses<'s>, at: usize) -> Vec<&'s str> {
    let n = &clauses.tree.nodes[at];
    if !matches!(n.tag, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Propn) {
        return Vec::new();
    }
    let (lemma, token) = (n.lemma.to_lowercase(), scene.token_at(n.span.start));
    let mut out: Vec<&'s str> = scene.language.roles.sections(&lemma, n.tag).collect();
    out.extend(scene.language.effects.sections(&lemma, n.tag));
    if !scene.marks.bare(token) {
        out.extend(scene.language.lists.kind_lists(&scene.marks, token));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The sections that the sentences near violence tell.
pub(super) struct Told<'s> {
    /// For each such sentence those of its words.
    words: BTreeMap<usize, Vec<Vec<&'s str>>>,
    /// All, each once.
    whole: Vec<&'s str>,
}

impl<'s> Told<'s> {
    pub(super) fn of(scene: &'s Scene<'_>) -> Told<'s> {
        let near = (0..scene.tokens.sentences.len()).filter(|n| scene.near[*n]);
        let of = |n: usize| {
            let clauses = scene.clauses(n);
            (n, (0..clauses.tree.nodes.len()).map(|at| sections(scene, clauses, at)).collect())
        };
        let words: BTreeMap<usize, Vec<Vec<&'s str>>> = near.map(of).collect();
        let whole = once(words.values().flatten());
        Told { words, whole }
    }
}

/// All sections of these words, each once.
fn once<'s>(words: impl Iterator<Item = impl AsRef<[&'s str]>>) -> Vec<&'s str> {
    let mut out: Vec<&'s str> = words.flat_map(|w| w.as_ref().to_vec()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

impl<'s> Line<'s> {
    pub(super) fn of(scene: &'s Scene<'s>, sentence: usize, all: &'s Told<'s>) -> Line<'s> {
        let clauses = scene.clauses(sentence);
        let tree = clauses.tree;
        let mut heads: Vec<Vec<(usize, &'s str)>> = vec![Vec::new(); tree.nodes.len()];
        let of = |at: usize| match tree.nodes[at].tag {
            Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn => clauses.arguments(at),
            _ => Vec::new(),
        };
        let arguments: Vec<Vec<Argument>> = (0..tree.nodes.len()).map(of).collect();
        for (at, all) in arguments.iter().enumerate() {
            all.iter().for_each(|a| heads[a.node].push((at, slot(clauses, a.slot))));
        }
        let sections = all.words.get(&sentence).map_or(&[][..], Vec::as_slice);
        let (told, whole) = (once(sections.iter()), all.whole.as_slice());
        Line { scene, clauses, sentence, arguments, heads, sections, told, whole }
    }

    fn classes(&self, at: usize) -> ClassSet {
        Classes::builtin().of(self.clauses.tree.nodes[at].span.of(self.clauses.text)).main()
    }

    /// Notes what holds of the noun at `at`.
    pub(super) fn features(&self, at: usize, name: bool, number: Option<(Option<u64>, Option<u64>)>, k: &mut Keys<'_>) {
        let (clauses, tree) = (self.clauses, self.clauses.tree);
        let n = &tree.nodes[at];
        let shape = if name { "N" } else { self.classes(at).iter().next().map_or("c", |c| c.name()) };
        let lemma = |i: usize| tree.nodes[i].lemma.as_str();
        k.put(&["h=", lemma(at)]);
        k.put(&["shape=", shape]);
        k.put(&["tag=", n.tag.name()]);
        k.put(&["rel=", n.label]);
        self.classes(at).iter().for_each(|c| k.put(&["c=", c.name()]));
        match number {
            Some((Some(1), Some(1))) => k.put(&["one"]),
            Some(_) => k.put(&["several"]),
            None => k.put(&["uncounted"]),
        }
        for child in tree.children(at) {
            let relation = tree.relation(child);
            if child < at {
                k.put(&["m=", lemma(child)]);
                if relation == "det" {
                    k.put(&["det=", lemma(child), ":", shape]);
                }
                self.classes(child).iter().for_each(|c| k.put(&["mc=", c.name()]));
            } else {
                let case = clauses.preposition(child).map_or("", &lemma);
                k.put(&["post=", relation, ":", case]);
                if relation != "punct" {
                    k.put(&["pl=", relation, ":", lemma(child)]);
                    self.classes(child).iter().for_each(|c| k.put(&["pc=", relation, ":", c.name()]));
                }
            }
        }
        if let Some(head) = n.head {
            k.put(&["hd=", n.label, ":", lemma(head)]);
            self.sections[head].iter().for_each(|t| k.put(&["hdt=", tree.relation(at), ":", t]));
        }
        for (p, slot) in &self.heads[at] {
            self.predicate(at, *p, slot, shape, k);
        }
        for (d, side) in [(1, "1="), (2, "2=")] {
            k.put(&["w-", side, at.checked_sub(d).map_or("<s>", &lemma)]);
            k.put(&["w+", side, tree.nodes.get(at + d).map_or("</s>", |x| &x.lemma)]);
        }
        for t in &self.told {
            k.put(&["st=", t]);
            k.put(&["stc=", t, ":", shape]);
        }
        for t in self.whole {
            k.put(&["at=", t]);
        }
        let place = self.scene.tokens.sentences[..self.sentence].len().min(6);
        k.put(&["place=", ["0", "1", "2", "3", "4", "5", "6"][place], ":", if name { "N" } else { "c" }]);
    }

    /// What is told by a word of which the noun is an argument.
    fn predicate(&self, noun: usize, at: usize, slot: &str, shape: &str, k: &mut Keys<'_>) {
        let (clauses, tree) = (self.clauses, self.clauses.tree);
        let lemma = |i: usize| tree.nodes[i].lemma.as_str();
        k.put(&["p=", slot, ":", lemma(at)]);
        k.put(&["psh=", slot, ":", shape]);
        let not = |c: usize| {
            self.scene.marks.has(self.scene.token_at(tree.nodes[c].span.start), self.scene.language.lists.not)
        };
        let negated = tree.children(at).any(not) || tree.children(noun).any(not);
        for t in &self.sections[at] {
            k.put(&["pt=", slot, ":", t]);
            k.put(&["ptc=", slot, ":", t, ":", shape]);
            if negated {
                k.put(&["not=", slot, ":", t]);
            }
        }
        for a in self.arguments[at].iter().filter(|a| a.node != noun) {
            let other = self::slot(clauses, a.slot);
            k.put(&["p2=", slot, ":", lemma(at), ":", other, ":", lemma(a.node)]);
            self.sections[a.node].iter().for_each(|t| k.put(&["p2t=", slot, ":", other, ":", t]));
        }
        for (above, above_slot) in &self.heads[at] {
            k.put(&["p3=", slot, ":", lemma(at), ":", above_slot, ":", lemma(*above)]);
            self.sections[*above].iter().for_each(|t| k.put(&["p3t=", slot, ":", above_slot, ":", t]));
        }
        if let Some(head) = tree.nodes[at].head {
            k.put(&["ph=", slot, ":", tree.relation(at), ":", lemma(head)]);
            self.sections[head].iter().for_each(|t| k.put(&["pht=", slot, ":", tree.relation(at), ":", t]));
        }
    }
}

/// The name of a slot; a preposition stands for itself.
fn slot(clauses: Clauses<'_>, slot: Slot) -> &str {
    match slot {
        Slot::Subject => "Subject",
        Slot::Object => "Object",
        Slot::Indirect => "Indirect",
        Slot::Bare => "Bare",
        Slot::Owner => "Owner",
        Slot::Before => "Before",
        Slot::Behind(p) => clauses.tree.nodes[p].lemma.as_str(),
    }
}
