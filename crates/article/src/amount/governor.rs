//! The verbs that a noun phrase is an argument of: who was killed, who did it.

use super::words::Words;
use crate::grammar::{Tree, Upos};
use crate::{Span, fold};

/// A word that says something of a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Governor {
    /// Its node in the sentence's tree: a verb, an adjective ("dead") or a noun of happening ("the killing of").
    pub node: usize,
    /// What the noun phrase is to it.
    pub role: Role,
}

/// What a noun phrase is to its governor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does or is it.
    Subject,
    /// To whom it is done: subject of a passive, or what a participle describes ("the 12 killed").
    PassiveSubject,
    /// Subject of a verb without object and auxiliary, which may be a shortened passive: "three killed", "two died".
    BareSubject,
    /// To whom it is done: object of an active verb.
    Object,
    /// By whom it is done, in a passive.
    Agent,
    /// Behind the noun's preposition "of": "the killing of three men".
    Of,
    /// In another phrase with a preposition: "to 63", "among villagers".
    Oblique,
}

/// The longest way up a tree that is followed.
const FAR: usize = 32;

/// The governors of the phrase with head `top`, the nearest first, and whether it stands in apposition. `number` are the
/// words that count.
pub(super) fn governors(tree: &Tree<'_>, text: &str, top: usize, number: Span, words: &Words) -> (Vec<Governor>, bool) {
    let view = View { tree, text, number, words };
    let (mut out, mut apposed, mut x) = (Vec::new(), false, top);
    // "The 12 killed": the parser may hang the number anywhere.
    let next = tree.at(number.end.saturating_sub(1)).map_or(top, |i| i + 1);
    let participle = tree.nodes.get(next).is_some_and(|n| n.tag == Upos::Verb) && view.bare(next);
    if participle && (tree.nodes[top].tag == Upos::Num || top == next) {
        view.push(next, Role::BareSubject, &mut out);
    }
    for _ in 0..FAR {
        let Some(head) = tree.nodes[x].head else { break };
        match tree.relation(x) {
            "conj" if view.nominal(head) => x = head,
            "appos" | "list" if view.nominal(head) => (x, apposed) = (head, true),
            // "Two more were hurt", where "more" got the subject.
            "nsubj" if head == x + 1 && tree.nodes[head].tag == Upos::Adj && tree.child(head, &["cop"]).is_none() => {
                x = head
            }
            _ => {
                view.argument(x, head, &mut out);
                break;
            }
        }
    }
    view.clauses(top, &mut out);
    // "Killed two and wounded five others", where the parser joined the second verb to the first number, or hung that on
    // the second's noun: each is the object of the verb before it.
    if let Some(verb) = tree.at(number.end.saturating_sub(1)).and_then(|last| view.before(last)) {
        let said = |i: usize| matches!(tree.nodes[i].tag, Upos::Verb | Upos::Adj);
        let to_number = tree.nodes[verb].head.is_some_and(|h| h < verb && tree.nodes[h].tag == Upos::Num);
        let stray = out.is_empty() && tree.relation(top) == "nummod" && tree.nodes[verb].tag == Upos::Verb;
        if stray && !view.passive(verb) || said(verb) && tree.relation(verb) == "conj" && to_number {
            out = vec![Governor { node: verb, role: Role::Object }];
        }
    }
    out.dedup();
    (out, apposed)
}

struct View<'a> {
    tree: &'a Tree<'a>,
    text: &'a str,
    number: Span,
    words: &'a Words,
}

impl View<'_> {
    fn nominal(&self, i: usize) -> bool {
        matches!(self.tree.nodes[i].tag, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj | Upos::Det)
    }

    /// The word before a number that ends at node `last`, past the words that count with it.
    fn before(&self, last: usize) -> Option<usize> {
        (0..last).rev().find(|i| !self.number.contains(self.tree.nodes[*i].span))
    }

    /// What `x` is to its head, and to the words that share it with the head.
    fn argument(&self, x: usize, head: usize, out: &mut Vec<Governor>) {
        let role = match (self.tree.nodes[x].label, self.tree.relation(x)) {
            (_, "nsubj" | "csubj") if self.passive(head) => Role::PassiveSubject,
            (label, "nsubj") if label.ends_with(":pass") => Role::PassiveSubject,
            (_, "nsubj") if self.bare(head) => Role::BareSubject,
            (_, "nsubj") => Role::Subject,
            (_, "obj" | "iobj" | "xcomp") => Role::Object,
            ("obl:agent", _) => Role::Agent,
            // "Four of the dead" says nothing of the dead.
            (_, "nmod") if !matches!(self.tree.nodes[head].tag, Upos::Noun | Upos::Propn | Upos::Verb) => return,
            (_, "nmod") if self.case_is_of(x) => Role::Of,
            (_, "nmod") => Role::Oblique,
            (_, "obl") if self.preposition(x) && self.tree.child(head, &["cop"]).is_some() => return,
            (_, "obl") if self.preposition(x) => Role::Oblique,
            // No relation of arguments, but no preposition either: before its verb it is the subject, behind it the object.
            (_, relation) if self.loose(relation) && self.says(head) => match x < head {
                true => self.own(head),
                false if self.tree.child(head, &["obj"]).is_none() && !self.passive(head) => Role::Object,
                false => Role::Oblique,
            },
            _ => return,
        };
        self.push(head, role, out);
        let subject = matches!(role, Role::Subject | Role::PassiveSubject | Role::BareSubject);
        for c in self.tree.children(head) {
            // "Ten were found dead", "the blast left ten dead"
            if self.tree.relation(c) == "xcomp" && c != x && (subject || role == Role::Object) {
                self.push(c, Role::Subject, out);
            }
            // "were shot and burned": the second verb has the same subject.
            let verb = self.tree.nodes[c].tag == Upos::Verb && self.tree.relation(c) == "conj";
            if subject && verb && !self.has_subject(c) {
                let auxiliary = self.tree.child(c, &["aux", "cop"]).is_some();
                let shared = if auxiliary || role == Role::Subject { self.own(c) } else { role };
                self.push(c, shared, out);
            }
        }
    }

    /// Whether anything that can be a subject stands before verb `v` and depends on it.
    fn has_subject(&self, v: usize) -> bool {
        let other =
            |c: usize| !matches!(self.tree.relation(c), "cc" | "aux" | "punct" | "mark" | "cop" | "case" | "discourse");
        let adverb = |c: usize| self.tree.nodes[c].tag == Upos::Adv || self.tree.relation(c) == "obl";
        self.tree.children(v).any(|c| c < v && other(c) && !adverb(c))
    }

    fn push(&self, node: usize, role: Role, out: &mut Vec<Governor>) {
        let known = out.iter().any(|g| g.node == node);
        if !known {
            out.push(Governor { node, role });
        }
    }

    /// The role of the subject of verb `v`.
    fn own(&self, v: usize) -> Role {
        match (self.passive(v), self.bare(v)) {
            (true, _) => Role::PassiveSubject,
            (_, true) => Role::BareSubject,
            _ => Role::Subject,
        }
    }

    /// Clauses that describe the phrase: "three men who were killed", "the 12 killed", "a man carrying a child".
    fn clauses(&self, top: usize, out: &mut Vec<Governor>) {
        for c in self.tree.children(top).filter(|c| matches!(self.tree.relation(*c), "acl" | "amod")) {
            if self.tree.nodes[c].tag != Upos::Verb {
                continue;
            }
            let relative = self.tree.children(c).find(|r| self.tree.nodes[*r].tag == Upos::Pron && *r < c);
            let role = match relative.filter(|_| self.tree.nodes[c].label == "acl:relcl") {
                Some(r) if self.tree.relation(r) == "nsubj" && self.tree.nodes[r].label.ends_with(":pass") => {
                    Role::PassiveSubject
                }
                Some(r) if self.tree.relation(r) == "nsubj" => self.own(c),
                Some(r) if self.tree.relation(r) == "obj" => Role::Object,
                Some(_) => continue,
                // "the men they killed" against "the men killed"
                None if self.tree.child(c, &["nsubj"]).is_some() => Role::Object,
                None if self.active(c) => Role::Subject,
                None => Role::PassiveSubject,
            };
            self.push(c, role, out);
        }
    }

    fn active(&self, v: usize) -> bool {
        let form = fold(self.tree.nodes[v].span.of(self.text));
        self.words.active_endings.iter().any(|e| form.ends_with(e.as_str()))
    }

    /// It has an auxiliary of the passive.
    fn passive(&self, v: usize) -> bool {
        let tree = self.tree;
        let be = |c: usize| tree.relation(c) == "aux" && self.words.be.word(&fold(&tree.nodes[c].lemma)).is_some();
        let auxiliary = tree.children(v).any(|c| tree.nodes[c].label == "aux:pass" || be(c));
        auxiliary && tree.nodes[v].tag != Upos::Noun && !self.active(v)
    }

    /// A verb without auxiliary and object, in a form that may be a participle.
    fn bare(&self, v: usize) -> bool {
        let n = &self.tree.nodes[v];
        matches!(n.tag, Upos::Verb | Upos::Adj)
            && !self.active(v)
            && (n.tag == Upos::Adj || fold(n.span.of(self.text)) != fold(&n.lemma))
            && self.tree.child(v, &["aux", "cop", "obj", "ccomp"]).is_none()
    }

    /// A relation that the parser gives to what it cannot place.
    fn loose(&self, relation: &str) -> bool {
        matches!(relation, "obl" | "dep" | "list" | "flat" | "compound" | "advmod" | "nummod" | "appos" | "conj")
    }

    fn says(&self, i: usize) -> bool {
        matches!(self.tree.nodes[i].tag, Upos::Verb | Upos::Adj)
    }

    /// A preposition before `x` that is not part of the number, as in "at least".
    fn preposition(&self, x: usize) -> bool {
        let case = |c: &usize| self.tree.relation(*c) == "case";
        self.tree.children(x).filter(case).any(|c| !self.number.contains(self.tree.nodes[c].span))
    }

    fn case_is_of(&self, x: usize) -> bool {
        let case = self.tree.child(x, &["case"]);
        case.is_some_and(|c| self.words.of.word(&fold(self.tree.nodes[c].span.of(self.text))).is_some())
    }
}
