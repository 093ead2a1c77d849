//! Which measure each count of a sentence has: from the deeds done to it, from the words beside it, or from the count that
//! it is part of, corrects or goes on with.
//!
//! Much of a toll is told without its verb: "five were women", "the third was a driver", "of the wounded, two are nurses",
//! "six, not 14, were killed". There the measure is that of the whole, in the sentence or in those before it.

use crate::account::{Measure, Source};
use crate::language::Language;
use crate::roles::{Deed, FREED};
use crate::scene::Scene;
use crate::stage::hindered;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Slot, Upos};
use article::statements::SourceKind;
use article::{Count, Form, Relation, Role, Span};

/// Where a fronted partitive may begin: "Of the wounded, three", "And of these, two".
const FRONT: usize = 2;
/// How many words may stand between a count and the one that it corrects.
const CORRECTED: usize = 8;

/// How many words of a heading before a colon may tell what is counted.
const HEADING: usize = 6;
/// How many words a bracket may hold before a count.
const BRACKET: usize = 24;

/// A measure, and whether what is counted is a part of a whole.
pub(crate) type Told = (Measure, bool);

/// The counts of one sentence, with what is needed to measure them.
pub(crate) struct Counting<'s> {
    pub(crate) scene: &'s Scene<'s>,
    pub(crate) language: &'s Language,
    pub(crate) clauses: Clauses<'s>,
    pub(crate) counts: &'s [Count],
    pub(crate) sentence: usize,
    /// The measure that the sentences before counted last.
    pub(crate) before: Option<Measure>,
}

impl Counting<'_> {
    /// The measure of each count. *Cost*: linear in counts times deeds of the sentence.
    pub(crate) fn told(&self) -> Vec<Option<Told>> {
        let happened = |d: &&Deed| !hindered(self.scene, self.language, self.clauses, d.node);
        let deeds: Vec<Deed> = self.scene.deeds(self.sentence).iter().filter(happened).cloned().collect();
        let mut told: Vec<Option<Told>> = self.counts.iter().map(|c| self.by_deeds(&deeds, c)).collect();
        let topic = self.topic();
        // Twice, for a part of a part.
        for _ in 0..2 {
            for (i, c) in self.counts.iter().enumerate() {
                if told[i].is_none() && !things(c) {
                    told[i] = self.inherited(i, &told, topic);
                }
            }
        }
        told
    }

    /// The measure that a count without a deed of its own takes from others.
    fn inherited(&self, i: usize, told: &[Option<Told>], topic: Option<Measure>) -> Option<Told> {
        let c = &self.counts[i];
        let of = |j: usize| told.get(j).copied().flatten().map(|t| t.0);
        let last = || (0..i).rev().find_map(of);
        let whole = || topic.or_else(last).or(self.before);
        let beside = |sum: usize| {
            let member = |j: &usize| self.counts[*j].relation == Relation::MemberOf(sum);
            of(sum).or_else(|| (0..self.counts.len()).filter(member).find_map(of))
        };
        let aside =
            || (explains(self.clauses, c) || self.bracketed(c) && c.people() == Some(true)).then(last).flatten();
        let part = |m: Measure| (m, true);
        if let Some(m) = self.corrected(i).and_then(of) {
            return Some((m, false));
        }
        match c.relation {
            Relation::PartOf(Some(j)) => {
                of(j).or_else(|| self.named(j)).or_else(|| self.pointing(j).then(whole).flatten())
            }
            Relation::PartOf(None) => whole(),
            Relation::Was(j) => return j.and_then(of).map(|m| (m, false)),
            Relation::MemberOf(sum) => beside(sum).or_else(aside),
            Relation::Whole => aside(),
        }
        .or_else(|| (topic.is_some() && speaks(c) || self.is_one_of(c)).then(whole).flatten().filter(|_| bare(c)))
        .map(part)
        .or_else(|| self.toll_again(c).then_some(self.before).flatten().map(|m| (m, false)))
    }

    /// The count that count `i` is a part of, or corrects.
    pub(crate) fn whole(&self, i: usize) -> Option<&Count> {
        let of = match self.counts[i].relation {
            Relation::PartOf(Some(j)) => Some(j),
            _ => self.corrected(i),
        };
        of.and_then(|j| self.counts.get(j))
    }

    /// The measure of a fronted partitive: "Of the wounded, three"; the measure counted last of "Of these, two".
    fn topic(&self) -> Option<Measure> {
        let nodes = &self.clauses.tree.nodes;
        let at = (0..nodes.len().min(FRONT)).find(|n| self.listed(*n, self.language.lists.partitive))?;
        let head = nodes[at].head.filter(|h| *h > at && self.clauses.tree.relation(at) == "case")?;
        // The partitive ends at its comma or with the number.
        let phrase = self.clauses.tree.range(head);
        let told = phrase.clone().find_map(|n| self.outcome(n));
        told.or_else(|| {
            (nodes[head].tag == Upos::Pron || nodes[head].tag == Upos::Det).then_some(self.before).flatten()
        })
    }

    /// The measure that the nouns of count `j` name: "the victims", "the slain".
    fn named(&self, j: usize) -> Option<Measure> {
        self.counts.get(j)?.nouns.iter().find_map(|n| self.outcome(n.node))
    }

    /// The measure that a word names by itself, for those whom it happened to or for what it counts.
    fn outcome(&self, node: usize) -> Option<Measure> {
        let roles = &self.language.roles;
        roles.naming(self.clauses, node).find_map(|o| measure(roles.name(o))).map(|t| t.0)
    }

    /// Whether count `j` only points back: "them", "the men".
    fn pointing(&self, j: usize) -> bool {
        self.counts
            .get(j)
            .is_some_and(|c| c.form == Form::Definite || self.clauses.tree.nodes[c.node].tag == Upos::Pron)
    }

    /// The count that this one corrects, or that corrects it: "six, not 14", "eight and not five".
    fn corrected(&self, i: usize) -> Option<usize> {
        let token = |c: &Count| self.scene.token_at(c.span.start);
        let at = token(&self.counts[i]);
        let not = at.checked_sub(1).is_some_and(|b| self.scene.marks.has(b, self.language.lists.not));
        let near = |j: &usize| {
            let c = &self.counts[*j];
            c.form == Form::Number && token(c).abs_diff(at) <= CORRECTED
        };
        not.then(|| (0..i).rev().chain(i + 1..self.counts.len()).find(near)).flatten()
    }

    /// Whether the text gives a number to say that it is wrong: "six, not 14".
    pub(crate) fn denied(&self, i: usize) -> bool {
        self.counts[i].low.is_some_and(|n| n > 1) && self.corrected(i).is_some()
    }

    /// Who counts: the subject of a verb of counting ("the ministry had spoken of 15", "the mayor put the dead at nine").
    pub(crate) fn counted_by(&self, c: &Count) -> Option<Source> {
        let verb = |g: &&article::Governor| {
            matches!(g.role, Role::Object | Role::Oblique) && self.listed(g.node, self.language.lists.counting)
                || g.role == Role::Oblique && self.listed(g.node, self.language.lists.putting)
        };
        let verb = c.governors.iter().find(verb)?;
        let subject = self.clauses.arguments(verb.node).into_iter().find(|a| a.slot == Slot::Subject)?;
        let nodes = self.scene.phrase(self.clauses, subject.node);
        let span = nodes.iter().map(|n| self.clauses.tree.nodes[*n].span).reduce(Span::join)?;
        let named = nodes.iter().any(|n| self.clauses.tree.nodes[*n].tag == Upos::Propn);
        let kind = if named { SourceKind::Named } else { SourceKind::Anonymous };
        Some(Source { words: span.of(self.clauses.text).to_owned(), span, kind })
    }

    /// Whether a bare number is said to be somebody: "five were women", "one was Ane Rolf"; or to be known: "two have been
    /// identified".
    fn is_one_of(&self, c: &Count) -> bool {
        c.governors.first().is_some_and(|g| {
            let n = &self.clauses.tree.nodes[g.node];
            match g.role {
                Role::Subject => {
                    let person = Classes::builtin().main(n.span.of(self.clauses.text));
                    let copula = self.clauses.tree.child(g.node, &["cop"]).is_some();
                    copula && (n.tag == Upos::Propn || n.tag == Upos::Noun && person.has(Class::Person))
                }
                Role::PassiveSubject => self.listed(g.node, self.language.lists.identified),
                _ => false,
            }
        })
    }

    /// Whether a bare number is a toll told once more: "the ministry had spoken of 15".
    fn toll_again(&self, c: &Count) -> bool {
        let verb = c.governors.first().filter(|g| matches!(g.role, Role::Object | Role::Oblique));
        bare(c)
            && c.form == Form::Number
            && c.low != Some(0)
            && verb.is_some_and(|g| self.listed(g.node, self.language.lists.counting))
    }

    fn listed(&self, node: usize, list: article::ListId) -> bool {
        let token = self.scene.token_at(self.clauses.tree.nodes[node].span.start);
        self.scene.marks.has(token, list) || self.language.lexicon.has(self.clauses.lemma(node), list)
    }

    /// The measure that the deeds give a count, and whether it is a part of a whole.
    fn by_deeds(&self, deeds: &[Deed], c: &Count) -> Option<Told> {
        // What is said of things is said of no people, unless the noun itself says what befell them: "19 deaths".
        let itself = things(c);
        let roles = &self.language.roles;
        let of = |node: usize| {
            let about = deeds.iter().filter(|d| d.argument == node && (d.node == node || !itself));
            let people = c.people() == Some(true);
            let fits = about.filter(|d| people || !d.people);
            let measured = fits.filter_map(|d| Some((d.outcome, measure(roles.name(d.outcome))?)));
            measured.min_by_key(|(o, _)| *o).map(|(_, m)| m)
        };
        let nodes = || [Some(c.node), c.numeral].into_iter().flatten().chain(c.nouns.iter().map(|n| n.node));
        let measured = self.own(c).or_else(|| self.beside(c)).or_else(|| nodes().find_map(of)).or_else(|| {
            // "12 employees hostage", read as one compound.
            let clauses = self.clauses;
            clauses.tree.nodes[c.node].head.filter(|_| clauses.tree.relation(c.node) == "compound").and_then(of)
        });
        // Who is taken by fighters is abducted, whatever the word; fighters who are taken are arrested.
        let by = |d: &&Deed| d.argument == c.node && self.by_fighters(d.node);
        match measured {
            Some((Measure::Arrested, part)) if deeds.iter().any(|d| by(&d)) => Some((Measure::Abducted, part)),
            other => other,
        }
    }

    /// Whether fighters do what the word at `node` tells.
    fn by_fighters(&self, node: usize) -> bool {
        let fighter = |n: usize| {
            Classes::builtin().main(self.clauses.tree.nodes[n].span.of(self.clauses.text)).has(Class::Fighter)
        };
        let arguments = self.clauses.arguments(node);
        let armed = |n: usize| self.clauses.tree.children(n).any(|c| self.listed(c, self.language.lists.armed));
        arguments.iter().any(|a| a.slot == Slot::Subject && (fighter(a.node) || armed(a.node)))
    }

    /// What the counted nouns say by their own adjectives: "nine wounded passers-by".
    fn own(&self, c: &Count) -> Option<Told> {
        let adjective = |n: usize| {
            let relation = self.clauses.tree.relation(n);
            relation == "amod" && self.clauses.tree.nodes[n].span.start >= c.whole.start
        };
        let of = |n: usize| self.clauses.tree.children(n).filter(|a| adjective(*a)).find_map(|a| self.outcome(a));
        c.nouns.iter().filter(|n| c.whole.overlaps(n.span)).find_map(|n| of(n.node)).map(|m| (m, false))
    }

    /// What the words right beside a number say of it, whatever the tree made of them: "14 injured", "wounding 14",
    /// "Missing: 3".
    fn beside(&self, c: &Count) -> Option<Told> {
        let (roles, clauses) = (&self.language.roles, self.clauses);
        let number = c.numeral.filter(|_| c.form == Form::Number)?;
        let nodes = &clauses.tree.nodes;
        let says = |at: usize| roles.beside(clauses, at).find_map(|o| measure(roles.name(o)));
        let bare = c.nouns.is_empty() || c.nouns.iter().all(|n| n.node < number);
        // "two killed thirteen" has an object.
        let passive = |at: &usize| {
            nodes.get(*at).is_some_and(|n| n.tag != Upos::Noun) && clauses.tree.child(*at, &["obj", "det"]).is_none()
        };
        let behind = Some(number + 1).filter(|_| bare).filter(passive);
        // "wounding 14", "Fatalities 6"
        let last = nodes.get(number + 1).is_none_or(|n| n.tag == Upos::Punct);
        let active = number.checked_sub(1).filter(|b| bare && (nodes[*b].tag == Upos::Verb || last));
        // "Missing: 3", "Deaths confirmed by name: 25": the nearest word of the heading that says it.
        let mark = |n: usize| nodes[n].tag == Upos::Punct;
        let colon = number.checked_sub(1).filter(|b| nodes[*b].span.of(clauses.text) == ":");
        let heading = |colon: usize| (0..colon).rev().take(HEADING).take_while(|n| !mark(*n)).find_map(says);
        behind.and_then(says).or_else(|| active.and_then(says)).or_else(|| colon.and_then(heading))
    }

    /// Whether a count stands in brackets behind another: "25 (11 children, 14 adults)".
    fn bracketed(&self, c: &Count) -> bool {
        let at = self.scene.token_at(c.span.start);
        let from = self.scene.tokens.sentences[self.sentence].tokens.0;
        let mark = |i: &usize| matches!(self.scene.norm(*i), "(" | ")");
        let open = (from..at).rev().take(BRACKET).find(mark);
        open.is_some_and(|i| self.scene.norm(i) == "(")
    }
}

/// Whether the clause is about those counted.
fn speaks(c: &Count) -> bool {
    c.governors.first().is_some_and(|g| matches!(g.role, Role::Subject | Role::PassiveSubject | Role::BareSubject))
}

/// Whether nothing but the number stands for what is counted; "five were women" says later who they are.
pub(crate) fn bare(c: &Count) -> bool {
    c.nouns.iter().all(|n| !c.whole.overlaps(n.span)) && matches!(c.form, Form::Number | Form::Definite)
}

/// Whether things are counted and no people; a noun that no list knows may mean either.
pub(crate) fn things(c: &Count) -> bool {
    c.people() == Some(false) && c.nouns.iter().any(|n| !n.classes.is_empty())
}

/// Whether a count stands beside the clause that tells, and explains its toll: "fifteen were killed: eleven civilians".
fn explains(clauses: Clauses<'_>, c: &Count) -> bool {
    c.apposed
        || c.form == Form::Number && matches!(clauses.tree.relation(c.node), "parataxis" | "appos" | "dep" | "list")
}

/// The measure that an outcome names, and whether it is a part of one.
fn measure(name: &str) -> Option<Told> {
    match name {
        FREED => Some((Measure::Abducted, true)),
        _ => Some((Measure::named(name)?, false)),
    }
}
