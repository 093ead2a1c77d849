//! Mentions of one thing joined within an article: names with names, and the nouns and pronouns that point back at them.
//!
//! Names join when they are the same words, when one is the family name of a person named in full before, or when one is
//! the acronym that stood in brackets behind the other or that its capitals spell. A definite noun ("the group", "the
//! minister", "the 34-year-old") joins the last thing that it fits within a few sentences, a pronoun the likeliest one of
//! its own sentence or the one before: subjects go before others, then the nearer before the farther. What fits nothing
//! stays out; a wrong link costs later stages more than a missing one.
//! Sources: Lee et al. 2013 (sieves from the surest to the least sure), Hobbs 1978 (subjects and nearness).

use super::references::{self, List};
use super::{Name, NameKind, Names};
use crate::grammar::{Syntax, Tree, Upos, words};
use crate::{Span, fold};

/// One thing that an article names, with all its mentions that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: NameKind,
    /// Its fullest name.
    pub name: Span,
    /// In text order; the first is a name.
    pub mentions: Vec<Mention>,
}

/// One mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// How it mentions.
    pub form: Form,
}

/// How a mention is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// By name.
    Named,
    /// By a noun: "the group".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// Sentences back that a noun looks for what it points at.
const REACH: usize = 3;

/// The entities of an article in the order of their first mentions. *Cost*: names of all sentences; trees of those with a
/// pronoun or a noun that may point back, and of the sentence before each.
pub fn entities(names: &Names<'_>, syntax: &Syntax<'_>) -> Vec<Entity> {
    let mut reader = Reader { text: names.text(), syntax, all: Vec::new() };
    for sentence in 0..names.len() {
        reader.sentence(sentence, names);
    }
    let mut out: Vec<Entity> = reader.all.into_iter().map(|d| d.entity).collect();
    for e in &mut out {
        e.mentions.sort_unstable();
    }
    out
}

/// An entity while the article is read.
struct Draft {
    entity: Entity,
    /// Its names, folded, as words.
    names: Vec<Vec<String>>,
    acronyms: Vec<String>,
    /// Titles and appositions, as lemmas.
    roles: Vec<String>,
    /// Of a person whose sex the text told.
    male: Option<bool>,
    /// Sentence, place and rank of the last mentions: subjects rank higher.
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    sentence: usize,
    span: Span,
}

struct Reader<'a, 'b> {
    text: &'a str,
    syntax: &'b Syntax<'a>,
    all: Vec<Draft>,
}

impl Reader<'_, '_> {
    fn sentence(&mut self, sentence: usize, names: &Names<'_>) {
        let found = names.sentence(sentence);
        let spans = names.words(sentence);
        let mut at = 0;
        for (i, word) in spans.iter().enumerate() {
            // Names first, where they begin, so that what comes after may point at them.
            while let Some(name) = found.get(at).filter(|n| n.span.start <= word.start) {
                self.name(*name, sentence, &spans[..i]);
                at += 1;
            }
            if found.iter().any(|n| n.span.overlaps(*word)) {
                continue;
            }
            let form = fold(word.of(self.text));
            if self.is_acronym(*word, &form, &spans[..i]) {
                self.name(Name { span: *word, kind: NameKind::Organisation }, sentence, &spans[..i]);
            } else if references::has(List::Pronoun, &form) {
                self.pronoun(&form, *word, sentence);
            } else if references::has(List::Noun, &form) || form == "old" {
                self.noun(&form, *word, sentence);
            }
        }
    }

    /// A name joins what it names already, or begins something new.
    fn name(&mut self, name: Name, sentence: usize, before: &[Span]) {
        let key: Vec<String> =
            words(self.text, name.span).iter().map(|w| fold(w.span.of(self.text))).filter(|w| w != "the").collect();
        if key.is_empty() {
            return;
        }
        let written = name.span.of(self.text);
        let bracketed = before.last().is_some_and(|b| b.of(self.text) == "(");
        let index = self.same(&key, written, name.kind).or_else(|| self.spelt_out(written, before));
        let i = index.unwrap_or_else(|| {
            self.all.push(Draft {
                entity: Entity { kind: name.kind, name: name.span, mentions: Vec::new() },
                names: Vec::new(),
                acronyms: Vec::new(),
                roles: Vec::new(),
                male: None,
                places: Vec::new(),
            });
            self.all.len() - 1
        });
        let titles: Vec<String> = before
            .iter()
            .rev()
            .take(3)
            .map(|w| fold(w.of(self.text)))
            .take_while(|w| references::has(List::Title, w))
            .collect();
        let draft = &mut self.all[i];
        if name.kind == NameKind::Person {
            for title in titles {
                if references::has(List::MaleTitle, &title) {
                    draft.male = Some(true);
                } else if references::has(List::FemaleTitle, &title) {
                    draft.male = Some(false);
                }
                draft.roles.push(title);
            }
        }
        if bracketed && index.is_some() && key.len() == 1 {
            draft.acronyms.push(key[0].clone());
        } else if name.span.len() > draft.entity.name.len() {
            draft.entity.name = name.span;
        }
        if !draft.names.contains(&key) {
            draft.names.push(key);
        }
        draft.join(name.span, Form::Named, sentence);
    }

    /// What stands before the bracket that a short form follows, if the short form is its initials: "the Red Valley Front
    /// (RVF)".
    fn spelt_out(&self, written: &str, before: &[Span]) -> Option<usize> {
        let [.., full, bracket] = before else { return None };
        if bracket.of(self.text) != "(" {
            return None;
        }
        let i = self.all.iter().position(|d| d.entity.mentions.iter().any(|m| m.span.end == full.end))?;
        initials(self.all[i].entity.name.of(self.text)).eq_ignore_ascii_case(&written.replace('.', "")).then_some(i)
    }

    /// Whether a word that was not found as a name is a short form that the text explains here, or did before.
    fn is_acronym(&self, word: Span, form: &str, before: &[Span]) -> bool {
        let written = word.of(self.text);
        written.len() > 1
            && written.chars().all(|c| c.is_uppercase() || c == '.')
            && (self.all.iter().any(|d| d.acronyms.iter().any(|a| a == form))
                || self.spelt_out(written, before).is_some())
    }

    /// The last entity that is called so.
    fn same(&self, key: &[String], written: &str, kind: NameKind) -> Option<usize> {
        let person = kind == NameKind::Person;
        let alike = |d: &Draft| d.entity.kind == kind || broad(d.entity.kind) == broad(kind);
        let whole = |d: &&Draft| alike(d) && d.names.iter().any(|n| n == key);
        let part = |d: &&Draft| person && d.entity.kind == kind && d.names.iter().any(|n| family(n, key));
        let short = |d: &&Draft| {
            let capitals = written.chars().count() >= 2 && written.chars().all(|c| c.is_uppercase() || c == '.');
            let spelt =
                || initials(d.entity.name.of(self.text)) == written.replace('.', "") && written.chars().count() >= 3;
            key.len() == 1 && capitals && d.entity.kind != NameKind::Person && (d.acronyms.contains(&key[0]) || spelt())
        };
        let last = |fits: &dyn Fn(&&Draft) -> bool| {
            let all = self.all.iter().enumerate().filter(|(_, d)| fits(d));
            all.max_by_key(|(_, d)| d.places.last().map(|p| p.span)).map(|(i, _)| i)
        };
        last(&whole).or_else(|| last(&part)).or_else(|| last(&short))
    }

    /// The likeliest entity of this sentence before `before`, or of the `reach` sentences before it.
    fn antecedent(&self, sentence: usize, before: Span, reach: usize, fits: impl Fn(&Draft) -> bool) -> Option<usize> {
        let mut best: Option<((usize, bool, Span), usize)> = None;
        for (i, draft) in self.all.iter().enumerate().filter(|(_, d)| fits(d)) {
            for place in draft.places.iter().rev().filter(|p| p.span.end <= before.start) {
                if place.sentence + reach < sentence {
                    break;
                }
                let tree = self.syntax.tree(place.sentence);
                let subject = head(tree, place.span).is_some_and(|h| tree.relation(h) == "nsubj");
                let rank = (place.sentence, subject, place.span);
                if best.as_ref().is_none_or(|(b, _)| rank > *b) {
                    best = Some((rank, i));
                }
            }
        }
        best.map(|(_, i)| i)
    }

    fn pronoun(&mut self, form: &str, word: Span, sentence: usize) {
        let tree = self.syntax.tree(sentence);
        let Some(node) = tree.at(word.start) else { return };
        if tree.nodes[node].tag != Upos::Pron || tree.relation(node) == "expl" {
            return;
        }
        let male = references::has(List::Male, form);
        let thing = references::has(List::Thing, form);
        let own = references::has(List::Possessive, form);
        let verb = tree.nodes[node].head;
        let beside = |d: &Draft| {
            // "Barre met him": him is somebody else.
            let clash =
                |p: &Place| p.sentence == sentence && head(tree, p.span).and_then(|h| tree.nodes[h].head) == verb;
            !own && d.places.last().is_some_and(clash)
        };
        let fits = |d: &Draft| match d.entity.kind {
            NameKind::Person => !thing && d.male.is_none_or(|m| m == male) && !beside(d),
            NameKind::Organisation => thing && !beside(d),
            _ => false,
        };
        let Some(i) = self.antecedent(sentence, word, 1, fits) else { return };
        if !thing {
            self.all[i].male = Some(male);
        }
        self.all[i].join(word, Form::Pronoun, sentence);
    }

    fn noun(&mut self, form: &str, word: Span, sentence: usize) {
        let tree = self.syntax.tree(sentence);
        let Some(node) = tree.at(word.start) else { return };
        let Some(span) = definite(tree, node, self.text) else { return };
        let aged = form == "old";
        if aged && !span.of(self.text).contains("year") {
            return;
        }
        let fits = |d: &Draft| match d.entity.kind {
            NameKind::Person if references::has(List::Role, form) => d.roles.iter().any(|r| r == form),
            NameKind::Person => aged || references::has(List::Person, form),
            NameKind::Organisation => references::has(List::Organisation, form),
            NameKind::Place => references::has(List::Place, form),
            _ => false,
        };
        let Some(i) = self.antecedent(sentence, span, REACH, fits) else { return };
        self.all[i].join(span, Form::Nominal, sentence);
    }
}

impl Draft {
    fn join(&mut self, span: Span, form: Form, sentence: usize) {
        self.entity.mentions.push(Mention { span, form });
        self.places.push(Place { sentence, span });
    }
}

/// Kinds that annotators and networks confuse most.
fn broad(kind: NameKind) -> NameKind {
    match kind {
        NameKind::Facility => NameKind::Place,
        kind => kind,
    }
}

/// One is the family name, or the family name and some given names, of the other.
fn family(full: &[String], part: &[String]) -> bool {
    let ends = |a: &[String], b: &[String]| a.len() > b.len() && a.ends_with(b);
    ends(full, part)
        || ends(part, full)
        || full.len() > 1 && part.len() > 1 && full[0] == part[0] && full.last() == part.last()
}

/// The capitals that words begin with.
fn initials(name: &str) -> String {
    let parts = name.split([' ', '-']).filter_map(|w| w.chars().next());
    parts.filter(|c| c.is_uppercase()).collect()
}

/// The word of a span that depends on one outside.
fn head(tree: &Tree<'_>, span: Span) -> Option<usize> {
    let inside = |i: usize| span.contains(tree.nodes[i].span);
    (0..tree.nodes.len()).find(|i| inside(*i) && tree.nodes[*i].head.is_none_or(|h| !inside(h)))
}

/// The phrase of a noun that "the" or "this" makes known and nothing makes another: no name, clause or phrase after it.
fn definite(tree: &Tree<'_>, node: usize, text: &str) -> Option<Span> {
    let mut known = None;
    for child in tree.children(node) {
        match tree.relation(child) {
            "det" if references::has(List::Definite, &fold(tree.nodes[child].span.of(text))) => known = Some(child),
            "case" | "punct" | "cc" => {}
            // "the 34-year-old": age and its unit hang on "old".
            "obl" | "nummod" | "compound" | "nmod" if fold(tree.nodes[node].span.of(text)) == "old" => {}
            _ => return None,
        }
    }
    // The head of a compound or of a name has the phrase, not its part.
    if matches!(tree.nodes[node].label, "compound" | "amod" | "appos" | "flat" | "nmod:poss")
        && tree.relation(node) != "nmod"
    {
        return None;
    }
    known.map(|det| tree.nodes[det].span.join(tree.nodes[node].span))
}
