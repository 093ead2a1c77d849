//! Deeds: words that say what happens to whom, with the words that they say it of.
//!
//! `roles.txt` says for each word which of its arguments is counted, or does it; the tree says which words those are,
//! whatever the form of the clause (see [`Clauses`]).

use crate::account::{Measure, Standing};
use article::grammar::{Argument, Clauses, Slot, Upos};
use std::collections::{HashMap, HashSet};

/// One word, or several that depend on it, with an outcome for one of its arguments.
#[derive(Debug, Clone)]
struct Entry {
    /// The lemmas that must depend on the first one.
    rest: Vec<String>,
    outcome: usize,
    /// Only where the first one is a noun.
    noun: bool,
    /// Only of people by their noun: "lost two nephews", but not "lost two goals".
    people: bool,
}

/// Where the argument stands that an outcome is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Subject,
    Object,
    Itself,
    /// What a toll comes to: "rose to 40", "stands at 40", "is 40".
    Toll,
    /// Who does it, where that stands behind the word for it: "claimed by".
    Agent,
    Behind(String),
}

/// How many words behind a toll its verb may stand where the tree lost it.
const REACH: usize = 14;

/// Sections without a slot: verbs of amounting, and the prepositions behind which they say the number.
const PLAIN: [&str; 2] = ["amounting", "amounting at"];

/// The outcome of captives who are free again: part of those taken.
pub(crate) const FREED: &str = "freed";

/// What `roles.txt` says, compiled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    outcomes: Vec<(String, Place)>,
    /// The sections as they stand in the file: outcome and slot.
    sections: Vec<String>,
    entries: HashMap<String, Vec<Entry>>,
    /// The first words of entries that tell of people harmed.
    harm: HashSet<String>,
    /// Verbs that say what a toll comes to.
    amounting: HashSet<String>,
    /// Prepositions behind which they say it.
    amount_at: HashSet<String>,
}

/// Something that happens to, or is done by, the word `argument`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deed {
    /// The outcome's name: a measure, or a standing.
    pub(crate) outcome: usize,
    /// The word that says so, as an index into the tree.
    pub(crate) node: usize,
    /// The word it is said of.
    pub(crate) argument: usize,
    /// It is a deed only where a noun for people stands there.
    pub(crate) people: bool,
}

impl Roles {
    /// Reads the list. *Errors*: a line before the first section, a section without a slot, or an outcome that is not `known`.
    pub(crate) fn parse(file: &str, text: &str, known: fn(&str) -> bool) -> Result<Roles, article::Problem> {
        let (mut out, mut plain) = (Roles::default(), None);
        for (n, line) in text.lines().enumerate() {
            let fail = |what: &str| article::Problem::new("language/roles", format!("{file}:{}: {what}", n + 1));
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                plain = PLAIN.into_iter().find(|name| *name == head);
                if plain.is_some() {
                    continue;
                }
                let (name, slot) = head.split_once(' ').ok_or_else(|| fail("write `[outcome slot]`"))?;
                if !known(name) {
                    return Err(fail("nobody knows that outcome"));
                }
                let place = match slot {
                    "subject" => Place::Subject,
                    "object" => Place::Object,
                    "self" => Place::Itself,
                    "toll" => Place::Toll,
                    "agent" => Place::Agent,
                    other => Place::Behind(other.to_owned()),
                };
                out.outcomes.push((name.to_owned(), place));
                out.sections.push(head.to_owned());
                continue;
            }
            if let Some(name) = plain {
                let list = if name == PLAIN[0] { &mut out.amounting } else { &mut out.amount_at };
                list.extend(line.split('/').map(|w| w.trim().to_owned()));
                continue;
            }
            let outcome = out.outcomes.len().checked_sub(1).ok_or_else(|| fail("an entry stands before a section"))?;
            for entry in line.split('/') {
                let mut words = entry.split_whitespace().map(str::to_owned);
                if let Some(first) = words.next() {
                    let (word, ending) = first.split_once('.').unwrap_or((&first, ""));
                    if !matches!(ending, "" | "n" | "p") {
                        return Err(fail("an ending is `.n` or `.p`"));
                    }
                    let entry = Entry { rest: words.collect(), outcome, noun: ending == "n", people: ending == "p" };
                    if harms(&out.outcomes[outcome].0) {
                        out.harm.insert(word.to_owned());
                    }
                    out.entries.entry(word.to_owned()).or_default().push(entry);
                }
            }
        }
        Ok(out)
    }

    /// The name of an outcome.
    pub(crate) fn name(&self, outcome: usize) -> &str {
        &self.outcomes[outcome].0
    }

    /// The sections that a word by itself stands in.
    pub(crate) fn sections(&self, lemma: &str, tag: Upos) -> impl Iterator<Item = &str> {
        let entries = self.entries.get(lemma).into_iter().flatten();
        let alone = move |e: &&Entry| e.rest.is_empty() && (!e.noun || tag != Upos::Verb);
        entries.filter(alone).map(|e| self.sections[e.outcome].as_str())
    }

    /// Whether an entry begins with the word, whatever else it asks for; with `harm`, an entry that tells of people harmed.
    pub(crate) fn may_name(&self, word: &str, harm: bool) -> bool {
        if harm { self.harm.contains(word) } else { self.entries.contains_key(word) }
    }

    /// The outcomes that a word by itself has for what stands right beside it: "14 injured", "Missing: 3".
    pub(crate) fn beside(&self, clauses: Clauses<'_>, node: usize) -> impl Iterator<Item = usize> {
        let alone = |e: &&Entry| e.rest.is_empty() && !e.people && self.outcomes[e.outcome].1 != Place::Toll;
        self.entries_at(clauses, node).into_iter().filter(alone).map(|e| e.outcome)
    }

    /// The outcomes that a word by itself names for those it speaks of: "the victims", "the wounded".
    pub(crate) fn naming(&self, clauses: Clauses<'_>, node: usize) -> impl Iterator<Item = usize> {
        let alone = |e: &&Entry| e.rest.is_empty() && !e.people;
        self.entries_at(clauses, node).into_iter().filter(alone).map(|e| e.outcome)
    }

    /// Every deed that a sentence tells, in text order.
    pub(crate) fn deeds(&self, clauses: Clauses<'_>) -> Vec<Deed> {
        let mut out = Vec::new();
        for node in 0..clauses.tree.nodes.len() {
            let mut found: Vec<&Entry> = self.entries_at(clauses, node);
            // The longest entry tells: "shoot dead" is no "shoot".
            let longest = |e: &&Entry| !found.iter().any(|o| o.outcome == e.outcome && o.rest.len() > e.rest.len());
            let kept: Vec<&Entry> = found.iter().copied().filter(longest).collect();
            found = kept;
            if found.is_empty() {
                continue;
            }
            let arguments = clauses.arguments(node);
            for entry in found {
                for argument in self.told(clauses, node, entry, &arguments) {
                    let deed = Deed { outcome: entry.outcome, node, argument, people: entry.people };
                    if !out.contains(&deed) {
                        out.push(deed);
                    }
                }
            }
        }
        out
    }

    /// Every word with an entry, and its outcome, whatever its arguments.
    pub(crate) fn words(&self, clauses: Clauses<'_>) -> Vec<(usize, usize)> {
        let nodes = 0..clauses.tree.nodes.len();
        nodes.flat_map(|n| self.entries_at(clauses, n).into_iter().map(move |e| (n, e.outcome))).collect()
    }

    fn entries_at(&self, clauses: Clauses<'_>, node: usize) -> Vec<&Entry> {
        let n = &clauses.tree.nodes[node];
        if !matches!(n.tag, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv | Upos::Propn) {
            return Vec::new();
        }
        let (lemma, form) = (n.lemma.to_lowercase(), n.span.of(clauses.text).to_lowercase());
        // Lemmas of rare forms are guessed, and "displaced" may be an adjective: the printed form counts as well.
        let printed = self.entries.get(&form).filter(|_| form != lemma);
        let entries = self.entries.get(&lemma).into_iter().chain(printed).flatten();
        let fits = |e: &&Entry| !e.noun || n.tag != Upos::Verb;
        // What a toll counts may stand deep in its phrase: "the number of those who lost their lives".
        let phrase = |e: &Entry, w: &String| {
            self.outcomes[e.outcome].1 == Place::Toll
                && clauses.tree.range(node).any(|i| {
                    clauses.lemma(i).eq_ignore_ascii_case(w)
                        || clauses.tree.nodes[i].span.of(clauses.text).eq_ignore_ascii_case(w)
                })
        };
        let complete = |e: &&Entry| e.rest.iter().all(|w| self.depends(clauses, node, w) || phrase(e, w));
        entries.filter(fits).filter(complete).collect()
    }

    /// Whether a word with the lemma depends on `node`, directly or through one more word.
    fn depends(&self, clauses: Clauses<'_>, node: usize, lemma: &str) -> bool {
        let same = |i: usize| clauses.lemma(i).eq_ignore_ascii_case(lemma);
        let below = clauses.tree.children(node).any(|c| same(c) || clauses.tree.children(c).any(same));
        // "the attack claimed by": a participle's object is what it stands behind.
        below || clauses.tree.relation(node) == "acl" && clauses.tree.nodes[node].head.is_some_and(same)
    }

    /// The words that an entry speaks of.
    fn told(&self, clauses: Clauses<'_>, node: usize, entry: &Entry, arguments: &[Argument]) -> Vec<usize> {
        let behind = |p: usize, word: &str| clauses.lemma(p).eq_ignore_ascii_case(word);
        let slot = |slot: Slot| arguments.iter().filter(move |a| a.slot == slot).map(|a| a.node).collect::<Vec<_>>();
        match &self.outcomes[entry.outcome].1 {
            Place::Object => {
                let mut out = slot(Slot::Object);
                // "14 people injured in blast": strictly transitive verbs without object tell of their subject.
                let counted = Standing::named(&self.outcomes[entry.outcome].0).is_none();
                if out.is_empty() && counted && clauses.tree.nodes[node].tag == Upos::Verb {
                    let own = arguments.iter().filter(|a| a.slot == Slot::Subject && !a.shared);
                    out = own.map(|a| a.node).collect();
                }
                out
            }
            Place::Subject if clauses.tree.nodes[node].tag == Upos::Noun => {
                let doer = |s: Slot| matches!(s, Slot::Subject | Slot::Owner | Slot::Before);
                arguments.iter().filter(|a| doer(a.slot)).map(|a| a.node).collect()
            }
            // "were injured" is a passive to some parsers and a state to others.
            Place::Subject if clauses.tree.nodes[node].tag == Upos::Adj => {
                let mut out = slot(Slot::Subject);
                out.extend(slot(Slot::Object));
                out
            }
            Place::Subject => {
                let out = slot(Slot::Subject);
                // "As many as 300 fled": nobody is fled, whatever the parser makes of it.
                let counted = out.is_empty() && Measure::named(&self.outcomes[entry.outcome].0).is_some();
                if counted { slot(Slot::Object) } else { out }
            }
            Place::Itself => match entry.rest.last() {
                None => vec![node],
                Some(last) => {
                    let words = arguments.iter().map(|a| a.node);
                    words.filter(|i| clauses.lemma(*i).eq_ignore_ascii_case(last)).collect()
                }
            },
            Place::Agent => {
                let behind = |a: &&Argument| a.slot == Slot::Subject && !a.shared && a.node > node;
                arguments.iter().filter(behind).map(|a| a.node).collect()
            }
            Place::Toll => self.toll(clauses, node),
            Place::Behind(word) => {
                let direct = |a: &&Argument| matches!(a.slot, Slot::Behind(p) if behind(p, word));
                let mut out: Vec<usize> = arguments.iter().filter(direct).map(|a| a.node).collect();
                // "claimed the lives of ten": behind the word that completes the phrase.
                for inner in arguments.iter().filter(|a| entry.rest.iter().any(|w| clauses.lemma(a.node) == w)) {
                    out.extend(clauses.arguments(inner.node).iter().filter(direct).map(|a| a.node));
                }
                out
            }
        }
    }

    /// Whether a verb says what a toll comes to, and stands beside one. Lemmas of rare forms are guessed, so that printed
    /// forms count as well.
    fn amounting(&self, clauses: Clauses<'_>, node: usize) -> bool {
        let n = &clauses.tree.nodes[node];
        let printed = n.span.of(clauses.text).to_lowercase();
        n.tag == Upos::Verb && (self.amounting.contains(clauses.lemma(node)) || self.amounting.contains(&printed))
    }

    /// Whether a verb of amounting has a toll for its subject or object: "the toll rose", "raised the toll".
    pub(crate) fn amounts(&self, clauses: Clauses<'_>, node: usize) -> bool {
        let toll = |a: &Argument| {
            matches!(a.slot, Slot::Subject | Slot::Object)
                && self.entries_at(clauses, a.node).iter().any(|e| self.outcomes[e.outcome].1 == Place::Toll)
        };
        self.amounting(clauses, node) && clauses.arguments(node).iter().any(toll)
    }

    /// What a toll comes to: behind "of" on the noun itself, or the object, predicate or goal of a verb of amounting.
    fn toll(&self, clauses: Clauses<'_>, node: usize) -> Vec<usize> {
        let own = clauses.arguments(node).into_iter().filter(|a| matches!(a.slot, Slot::Behind(_)));
        let mut out: Vec<usize> = own.map(|a| a.node).filter(|n| counts(clauses, *n)).collect();
        let near = |v: usize| self.amounting(clauses, v);
        let mut verb = clauses.clause_of(node);
        // A long subject may tear its verb off: "the toll from Sunday's blast on the road climbed to five".
        if verb == node {
            verb = (node + 1..clauses.tree.nodes.len().min(node + REACH)).find(|v| near(*v)).unwrap_or(node);
        }
        if verb == node {
            return out;
        }
        if near(verb) {
            let before = out.len();
            out.extend(clauses.arguments(verb).iter().map(|a| a.node).filter(|n| *n != node && counts(clauses, *n)));
            // A long object may take the number from its verb: "raised the toll from the blast to 17".
            if out.len() == before {
                let nodes = &clauses.tree.nodes;
                let goal = |n: &usize| {
                    let at = n.checked_sub(1).map(|p| clauses.lemma(p));
                    nodes[*n].tag == Upos::Num && at.is_some_and(|p| self.amount_at.contains(p))
                };
                out.extend((node + 1..nodes.len().min(node + REACH)).find(goal));
            }
        } else if clauses.tree.child(verb, &["cop"]).is_some() && counts(clauses, verb) {
            out.push(verb);
            out.extend(clauses.members(verb));
        }
        out
    }
}

/// Whether an outcome is a measure, a standing or `freed`.
pub(crate) fn is_outcome(name: &str) -> bool {
    name == FREED || Measure::named(name).is_some() || Standing::named(name).is_some()
}

/// Whether an outcome is that people were killed, hurt or taken.
fn harms(outcome: &str) -> bool {
    let harmless = |m: Measure| matches!(m, Measure::Strength | Measure::Arrested | Measure::Displaced);
    outcome == FREED || Measure::named(outcome).is_some_and(|m| !harmless(m))
}

/// Whether the word is a number, has one, or is one thing behind an article.
fn counts(clauses: Clauses<'_>, at: usize) -> bool {
    clauses.tree.nodes[at].tag == Upos::Num || clauses.tree.child(at, &["nummod", "det"]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_with_a_mistake_is_refused_with_its_line() {
        for (text, line) in [("kill", 1), ("[killed]\nkill", 1), ("# note\n[kiled object]\nkill", 2)] {
            let problem = Roles::parse("roles.txt", text, is_outcome).unwrap_err();
            assert!(problem.detail.starts_with(&format!("roles.txt:{line}: ")), "{}", problem.detail);
        }
        assert!(Roles::parse("roles.txt", "[killed object]\nkill / shoot dead\n", is_outcome).is_ok());
    }
}
