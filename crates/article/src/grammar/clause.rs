//! Who does what to whom: the arguments of a verb, noun or adjective, whatever the form of its clause.
//!
//! Passives, participles, relative clauses, shared subjects and support verbs are undone here, so that a list that says
//! "the object of *kill* is harmed" holds for "ten were killed", "the ten killed", "ten men who were killed", "stormed the
//! hall and killed ten" and "opened fire, killing ten" alike. Slots are those of the active clause (deep subject and
//! object), as in the propositions of Stanford's and PropS's enhanced dependencies (Schuster and Manning 2016; Stanovsky
//! et al. 2016).

use super::{Tree, Upos};
use crate::phrases::sections;
use std::sync::LazyLock;

/// What an argument is to its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Who does it: the subject of an active clause, "by" in a passive one or behind a noun.
    Subject,
    /// Whom or what it is done to: the object, or the subject of a passive clause.
    Object,
    /// To whom: "gave the police a name".
    Indirect,
    /// Behind a preposition, which stands at this word: "on the market".
    Behind(usize),
    /// Without a preposition: "the morning after", and what a number's own words hide ("at least eleven").
    Bare,
    /// Whose: "the group's attack".
    Owner,
    /// Before a noun: "rebel attack", "market blast".
    Before,
}

/// One argument of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// The head word of the argument, as an index into the tree.
    pub node: usize,
    /// What it is to the predicate.
    pub slot: Slot,
    /// It stands beside another predicate, which shares it: the subject of "stormed the hall and killed ten".
    pub shared: bool,
}

/// How deep subjects are looked for through the verbs that share them; deeper chains are no grammar but bad parses.
const DEPTH: usize = 6;

/// A tree with the text it was made from, to ask for arguments.
#[derive(Debug, Clone, Copy)]
pub struct Clauses<'t> {
    /// The tree.
    pub tree: &'t Tree<'static>,
    /// The text that the tree's spans belong to.
    pub text: &'t str,
}

/// The function words of clauses.
struct Lists {
    agent: Vec<&'static str>,
    relative: Vec<&'static str>,
    active: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut rows = sections(include_str!("../../../../language/en/clauses.txt"));
    let mut words = |name: &str| rows.remove(name).unwrap_or_default().into_iter().map(|(w, _)| w).collect();
    Lists { agent: words("agent"), relative: words("relative"), active: words("active-participle") }
});

impl<'t> Clauses<'t> {
    /// The arguments of the word `at`, in text order. Members of a list stand each for themselves: "a nurse and two boys"
    /// are two. *Cost*: linear in the words that hang on it, and on each verb that it shares its subject with.
    pub fn arguments(&self, at: usize) -> Vec<Argument> {
        let mut out = Vec::new();
        self.own(at, &mut out);
        self.said_of_head(at, &mut out);
        if !out.iter().any(|a| a.slot == Slot::Subject) && !self.is_passive(at) {
            if let Some(node) = self.shared_subject(at, DEPTH) {
                out.push(Argument { node, slot: Slot::Subject, shared: true });
            }
        } else if !out.iter().any(|a| a.slot == Slot::Object)
            && self.is_passive(at)
            && let Some(node) = self.shared_subject(at, DEPTH)
        {
            out.push(Argument { node, slot: Slot::Object, shared: true });
        }
        self.agent_beside(at, &mut out);
        let plain = out.len();
        for i in 0..plain {
            let one = out[i];
            out.extend(self.members(one.node).into_iter().map(|node| Argument { node, ..one }));
        }
        out.sort_by_key(|a| a.node);
        out.dedup_by_key(|a| (a.node, a.slot));
        out
    }

    /// Whether the clause of the verb `at` is passive: by its auxiliary, or as a participle behind what it is done to.
    pub fn is_passive(&self, at: usize) -> bool {
        let marked = self.tree.children(at).any(|c| self.tree.nodes[c].label.ends_with(":pass"));
        marked || self.is_bare_participle(at)
    }

    /// The dictionary form of a word.
    pub fn lemma(&self, at: usize) -> &'t str {
        self.tree.nodes[at].lemma.as_str()
    }

    /// The other members of a list that `at` heads: "two boys" in "a nurse and two boys".
    pub fn members(&self, at: usize) -> Vec<usize> {
        // Lists hang on their first member, or each on the one before.
        let (mut out, mut next) = (Vec::new(), vec![at]);
        while let Some(i) = next.pop() {
            let conjunct = |c: &usize| *c > i && self.tree.relation(*c) == "conj" && self.is_nominal(*c);
            let found: Vec<usize> = self.tree.children(i).filter(conjunct).collect();
            next.extend(&found);
            out.extend(found);
        }
        out.sort_unstable();
        out
    }

    /// Whether the word stands for a thing or person.
    pub fn is_nominal(&self, at: usize) -> bool {
        matches!(
            self.tree.nodes[at].tag,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Sym | Upos::X
        ) || self.tree.nodes[at].tag == Upos::Adj && self.tree.child(at, &["det"]).is_some()
    }

    /// The preposition of a phrase, as an index.
    pub fn preposition(&self, at: usize) -> Option<usize> {
        self.tree.children(at).find(|c| self.tree.relation(*c) == "case" && *c < at)
    }

    /// The first word of the noun phrase that `noun` heads, article and possessor included.
    pub fn first(&self, noun: usize) -> usize {
        let before = |c: &usize| {
            *c < noun && matches!(self.tree.relation(*c), "det" | "amod" | "compound" | "nummod" | "nmod" | "flat")
        };
        self.tree.children(noun).filter(before).map(|c| self.tree.range(c).start).min().unwrap_or(noun)
    }

    /// The clause that the word `at` belongs to: the nearest verb, or head of a clause, above it or itself.
    pub fn clause_of(&self, mut at: usize) -> usize {
        loop {
            let verb = self.tree.nodes[at].tag == Upos::Verb || self.tree.child(at, &["cop", "nsubj"]).is_some();
            match self.tree.nodes[at].head {
                Some(head) if !verb => at = head,
                _ => return at,
            }
        }
    }

    /// What stands below the word itself.
    fn own(&self, at: usize, out: &mut Vec<Argument>) {
        let passive = self.is_passive(at);
        let verbal = matches!(self.tree.nodes[at].tag, Upos::Verb | Upos::Adj);
        let copula = self.tree.child(at, &["cop"]).is_some();
        for c in self.tree.children(at) {
            let slot = match self.tree.nodes[c].label {
                "nsubj:pass" => Slot::Object,
                "obl:agent" => Slot::Subject,
                "nmod:poss" => Slot::Owner,
                _ => match self.tree.relation(c) {
                    // "an attack claimed by the front killed ten": what stands behind a preposition is no subject.
                    "nsubj" if self.preposition(c).is_some() => continue,
                    "nsubj" if passive && !copula => Slot::Object,
                    "nsubj" => Slot::Subject,
                    "obj" => Slot::Object,
                    // "blamed the front", whose object was taken for a complement
                    "xcomp" if self.tree.nodes[c].tag == Upos::Propn => Slot::Object,
                    "iobj" => Slot::Indirect,
                    "obl" | "nmod" => match self.preposition(c) {
                        Some(p)
                            if LISTS.agent.contains(&self.lemma(p)) && (passive || self.tree.relation(c) == "nmod") =>
                        {
                            Slot::Subject
                        }
                        Some(p) => Slot::Behind(p),
                        None => Slot::Bare,
                    },
                    // "six wounded", read as a verb.
                    "nummod" | "compound" if verbal && self.tree.nodes[c].tag == Upos::Num => Slot::Object,
                    "compound" | "amod" if self.tree.nodes[at].tag != Upos::Verb => Slot::Before,
                    _ => continue,
                },
            };
            let node = self.antecedent(at, c);
            out.push(Argument { node, slot, shared: node != c });
        }
    }

    /// What the word says of its head: "ten men killed", "gunmen firing", "the man they shot", "left ten dead".
    fn said_of_head(&self, at: usize, out: &mut Vec<Argument>) {
        let Some(head) = self.tree.nodes[at].head else { return };
        let has = |slot| out.iter().any(|a: &Argument| a.slot == slot);
        // A relative pronoun said already what the head is.
        if out.iter().any(|a| a.node == head) {
            return;
        }
        let slot = match self.tree.nodes[at].label {
            "acl:relcl" if !has(Slot::Object) && has(Slot::Subject) && self.tree.nodes[at].tag == Upos::Verb => {
                Slot::Object
            }
            "acl" | "amod"
                if self.tree.nodes[at].tag == Upos::Verb && !has(Slot::Object) && self.is_bare_participle(at) =>
            {
                Slot::Object
            }
            "acl" if self.tree.nodes[at].tag == Upos::Verb && !has(Slot::Subject) => Slot::Subject,
            "amod" | "acl" if self.tree.nodes[at].tag == Upos::Adj => Slot::Subject,
            // "Killed were a clerk and a guard."
            "csubj" if self.tree.nodes[at].tag == Upos::Verb && self.is_nominal(head) => Slot::Object,
            _ => return,
        };
        // "were sent to kill": what an infinitive stands behind is rarely its subject.
        if self.tree.child(at, &["mark"]).is_none() {
            out.push(Argument { node: head, slot, shared: true });
        }
    }

    /// The doer right behind a participle, whatever it was hung on: "claimed by the front".
    fn agent_beside(&self, at: usize, out: &mut Vec<Argument>) {
        let nodes = &self.tree.nodes;
        let by = nodes.get(at + 1).filter(|n| nodes[at].tag == Upos::Verb && LISTS.agent.contains(&n.lemma.as_str()));
        if let Some(node) = by.filter(|n| n.tag == Upos::Adp).and_then(|n| n.head) {
            out.retain(|a| a.slot != Slot::Subject);
            out.push(Argument { node, slot: Slot::Subject, shared: false });
        }
    }

    /// The word that a relative pronoun stands for; other words stand for themselves.
    fn antecedent(&self, verb: usize, argument: usize) -> usize {
        let relative = self.tree.nodes[verb].label == "acl:relcl"
            && self.tree.nodes[argument].tag == Upos::Pron
            && LISTS.relative.contains(&self.lemma(argument));
        self.tree.nodes[verb].head.filter(|_| relative).unwrap_or(argument)
    }

    /// The subject that a verb without one shares with the verb it depends on.
    fn shared_subject(&self, at: usize, depth: usize) -> Option<usize> {
        let head = self.tree.nodes[at].head?;
        if depth == 0 || head == at {
            return None;
        }
        match self.tree.relation(at) {
            // "left two dead", "ordered them to leave"
            "xcomp" => self.tree.child(head, &["obj"]).or_else(|| self.surface_subject(head, depth)),
            "advcl" | "conj" | "parataxis" | "ccomp" if !self.is_nominal(head) => self.surface_subject(head, depth),
            // "carried out an attack", "launched a raid": the verb does what the noun names.
            "obj" if self.tree.nodes[at].tag == Upos::Noun => self.surface_subject(head, depth),
            _ => None,
        }
    }

    fn surface_subject(&self, at: usize, depth: usize) -> Option<usize> {
        if let Some(own) = self.tree.children(at).find(|c| self.tree.relation(*c) == "nsubj") {
            return Some(self.antecedent(at, own));
        }
        if self.tree.nodes[at].label == "acl" && self.tree.nodes[at].tag == Upos::Verb {
            return self.tree.nodes[at].head;
        }
        self.shared_subject(at, depth - 1)
    }

    /// Whether `at` is a past participle without auxiliary that modifies a noun or opens a clause: "ten men killed in it".
    fn is_bare_participle(&self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        node.tag == Upos::Verb
            && matches!(self.tree.relation(at), "acl" | "amod" | "advcl")
            && node.label != "acl:relcl"
            && !LISTS.active.iter().any(|ending| node.span.of(self.text).to_ascii_lowercase().ends_with(ending))
            && self.tree.child(at, &["obj", "nsubj", "aux", "mark"]).is_none()
    }
}
