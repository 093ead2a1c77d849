//! The verbs that a noun phrase is an argument of: who was killed, who did it.

use super::words::Words;
use crate::fold;
use crate::grammar::{Tree, Upos};

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

/// The governors of the phrase with head `top`, the nearest first, and whether it stands in apposition.
pub(super) fn governors(tree: &Tree<'_>, text: &str, top: usize, words: &Words) -> (Vec<Governor>, bool) {
    let view = View { tree, text, words };
    let (mut out, mut apposed, mut x) = (Vec::new(), false, top);
    for _ in 0..FAR {
        let Some(head) = tree.nodes[x].head else { break };
        match tree.relation(x) {
            "conj" if view.nominal(head) => x = head,
            "appos" | "list" if view.nominal(head) => (x, apposed) = (head, true),
            _ => {
                view.argument(x, head, &mut out);
                break;
            }
        }
    }
    view.clauses(top, &mut out);
    out.dedup();
    (out, apposed)
}

struct View<'a> {
    tree: &'a Tree<'a>,
    text: &'a str,
    words: &'a Words,
}

impl View<'_> {
    fn nominal(&self, i: usize) -> bool {
        matches!(self.tree.nodes[i].tag, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj)
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
            (_, "nmod" | "obl" | "advcl" | "dep") => Role::Oblique,
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
            if subject && verb && self.tree.child(c, &["nsubj", "csubj"]).is_none() {
                let auxiliary = self.tree.child(c, &["aux", "cop"]).is_some();
                let shared = if auxiliary || role == Role::Subject { self.own(c) } else { role };
                self.push(c, shared, out);
            }
        }
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

    /// It has an auxiliary of the passive, or shares one with the verb that it is joined to.
    fn passive(&self, v: usize) -> bool {
        let tree = self.tree;
        let be = |c: usize| tree.relation(c) == "aux" && self.words.be.word(&fold(&tree.nodes[c].lemma)).is_some();
        let labelled = |c: usize| tree.nodes[c].label == "aux:pass";
        let own = tree.children(v).any(|c| labelled(c) || be(c));
        if own {
            return tree.nodes[v].tag != Upos::Noun && !self.active(v);
        }
        let joined =
            tree.nodes[v].head.filter(|_| tree.relation(v) == "conj" && tree.child(v, &["aux", "cop"]).is_none());
        joined.is_some_and(|h| {
            let first = tree.children(h).any(|c| labelled(c) || be(c));
            first && self.bare(v) && !self.active(h)
        })
    }

    /// A verb without auxiliary and object, in a form that may be a participle.
    fn bare(&self, v: usize) -> bool {
        let n = &self.tree.nodes[v];
        matches!(n.tag, Upos::Verb | Upos::Adj)
            && !self.active(v)
            && (n.tag == Upos::Adj || fold(n.span.of(self.text)) != fold(&n.lemma))
            && self.tree.child(v, &["aux", "cop", "obj", "ccomp"]).is_none()
    }

    fn case_is_of(&self, x: usize) -> bool {
        let case = self.tree.child(x, &["case"]);
        case.is_some_and(|c| self.words.of.word(&fold(self.tree.nodes[c].span.of(self.text))).is_some())
    }
}
