//! Figures: which numbers of people count whom, and as what.
//!
//! The language layer finds what is counted and how counts hang together; the deeds of the sentence say what befell them. A
//! count of which nothing is said is counted as what it is part of. A fighter's death is no victim's: the noun decides.

use crate::account::{Figure, Measure, Standing};
use crate::language::Language;
use crate::measured::{Counting, Told, bare};
use crate::roles::Deed;
use crate::scene::{Scene, beginning};
use crate::scenery::is;
use crate::worth::may_count;
use article::Span;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};
use article::{Count, Form, Marks, Relation, Tokens, counts};

/// A figure and the token at which it stands.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) token: usize,
    pub(crate) figure: Figure,
}

/// The rule of a number that the text gives to say that it is wrong: "six, not 14".
pub const DENIED: &str = "figures/denied";

/// The count before, which parts refer to.
#[derive(Clone, Copy)]
struct Earlier {
    measure: Measure,
    sentence: usize,
    high: Option<u64>,
    fighters: bool,
}

/// How many sentences a part may stand behind its whole.
const REACH: usize = 3;

/// All figures of the article in text order. Sources that statements name are filled in later.
pub(crate) fn figures(scene: &Scene<'_>, language: &Language) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut before: Option<Earlier> = None;
    for (n, s) in scene.tokens.sentences.iter().enumerate() {
        if !scene.near[n] || !speaks_of_people(scene, language, s.tokens) {
            continue;
        }
        before = before.filter(|b| n - b.sentence <= REACH);
        if before.is_none() && !may_count(scene, language, s.tokens) {
            continue;
        }
        let clauses = scene.clauses(n);
        let mut counts = counts(&scene.tokens, &scene.amounts, &scene.syntax, n);
        counts.extend(ordinals(scene, language, clauses, n, &counts));
        let last = before.map(|b| b.measure);
        let counting = Counting { scene, language, clauses, counts: &counts, sentence: n, before: last };
        let all = counting.told();
        out.extend(own_deaths(scene, language, clauses, n));
        // "It once had 700 fighters" counts no attackers; how strong a group is that the sentence names belongs to its dossier.
        let tells = || {
            let named = || scene.actors[beginning(&scene.actors, |a| a.tokens, s.tokens)].iter().any(|a| a.armed);
            (s.tokens.0..s.tokens.1).any(|i| language.lists.tells(&scene.marks, i)) || named()
        };
        for (i, (c, told)) in counts.iter().zip(&all).enumerate() {
            if !counts_as_figure(scene, language, c) {
                continue;
            }
            // "no casualties" is two figures.
            if c.high == Some(0) && c.nouns.iter().any(|k| language.lexicon.has(&k.lemma, language.lists.casualty)) {
                for measure in [Measure::Killed, Measure::Injured] {
                    out.push(found(scene, c, measure, true, "figures/casualties"));
                }
                continue;
            }
            let fighters = fights(scene, clauses, c) || counting.whole(i).is_some_and(|w| fights(scene, clauses, w));
            let of_fighters = || before.is_some_and(|b| b.fighters && bare(c) && c.high <= b.high);
            let measure = match told.map(|t| t.0) {
                Some(Measure::Killed) if fighters || of_fighters() => Measure::PerpetratorsKilled,
                Some(Measure::Abducted) if fighters => Measure::Arrested,
                Some(measure) => measure,
                None if c.form == Form::Number
                    && c.people() == Some(true)
                    && (fighters && tells() || does(scene, language, n, c)) =>
                {
                    Measure::Strength
                }
                None => continue,
            };
            if let Some((told, _)) = told {
                before =
                    Some(Earlier { measure: *told, sentence: n, high: c.high, fighters: fighters || of_fighters() });
            } else {
                let measure = before.map_or(Measure::Killed, |b| b.measure);
                before = Some(Earlier { measure, sentence: n, high: c.high, fighters });
            }
            // Of "the bodies of two guards and nine wounded" none is a part: only those of one measure add up to more.
            let mixed = |sum: usize| {
                let other = |(j, d): (usize, &Count)| {
                    let of =
                        (j != i && d.relation == Relation::MemberOf(sum)).then(|| told_of(scene, clauses, d, all[j]));
                    of.flatten().is_some_and(|m| m != measure)
                };
                counts.iter().enumerate().any(other)
            };
            let part = match c.relation {
                Relation::PartOf(_) => true,
                Relation::MemberOf(sum) => !mixed(sum),
                _ => false,
            };
            let part = told.is_some_and(|(_, p)| p || part);
            let by = match told {
                Some(_) if counting.denied(i) => DENIED,
                Some(_) => "figures/roles",
                None => "figures/strength",
            };
            let mut found = found(scene, c, measure, !part, by);
            found.figure.said_by = counting.counted_by(c).into_iter().collect();
            out.push(found);
        }
    }
    out.sort_by_key(|f| f.token);
    out
}

/// Ordinals that stand for one of a group by themselves: "the third was a fruit seller".
fn ordinals(
    scene: &Scene<'_>,
    language: &Language,
    clauses: Clauses<'_>,
    sentence: usize,
    counts: &[Count],
) -> Vec<Count> {
    let nodes = &clauses.tree.nodes;
    let (from, to) = scene.tokens.sentences[sentence].tokens;
    let alone = |i: usize| {
        let node = clauses.tree.at(scene.tokens.tokens[i].span.start)?;
        let article = node.checked_sub(1).filter(|d| nodes[*d].tag == Upos::Det)?;
        // Who is somebody, or of whom a deed tells; "the first is that" counts nobody.
        let said = nodes[node].head.filter(|_| clauses.tree.relation(node) == "nsubj")?;
        let known = is(clauses, said, &[Class::Person]) || nodes[said].tag == Upos::Propn;
        let measured =
            || language.roles.beside(clauses, said).any(|o| Measure::named(language.roles.name(o)).is_some());
        (known || measured()).then_some(())?;
        let noun = |n: usize| matches!(nodes[n].tag, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
        let whole = nodes[article].span.join(nodes[node].span);
        let taken = counts.iter().any(|c| c.low.is_some() && c.whole.overlaps(whole));
        (!(taken || node + 1 < nodes.len() && noun(node + 1))).then(|| Count {
            span: whole,
            whole,
            low: Some(1),
            high: Some(1),
            form: Form::Definite,
            nouns: Vec::new(),
            relation: Relation::PartOf(None),
            node,
            numeral: None,
            governors: Vec::new(),
            apposed: false,
        })
    };
    (from..to).filter(|i| scene.marks.has(*i, language.lists.ordinal)).filter_map(alone).collect()
}

/// Attackers who kill themselves: "killing himself and a guard".
fn own_deaths(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, sentence: usize) -> Vec<Found> {
    let kills = scene.deeds(sentence).iter().filter(|d| language.roles.name(d.outcome) == Measure::Killed.name());
    let own = kills.filter_map(|d| {
        let span = clauses.tree.nodes[d.argument].span;
        let token = scene.token_at(span.start);
        let words = span.of(clauses.text).to_owned();
        scene.marks.has(token, language.lists.oneself).then(|| Found {
            token,
            figure: Figure {
                measure: Measure::PerpetratorsKilled,
                low: Some(1),
                high: Some(1),
                words: words.clone(),
                who: words,
                said_by: Vec::new(),
                total: true,
                span,
                by: "figures/own-death".to_owned(),
            },
        })
    });
    own.collect()
}

/// Whether a sentence may count people: it holds a number, or an article before a noun for a person.
fn speaks_of_people(scene: &Scene<'_>, language: &Language, tokens: (usize, usize)) -> bool {
    !beginning(&scene.amounts, |a| a.tokens, tokens).is_empty()
        || singles_out(&scene.tokens, &scene.marks, language, tokens)
}

/// Whether an article or ordinal among these tokens may stand before one person.
pub(crate) fn singles_out(tokens: &Tokens, marks: &Marks, language: &Language, (from, to): (usize, usize)) -> bool {
    let l = &language.lists;
    let nouns = Classes::builtin();
    let person = |k: usize| tokens.tokens.get(k).is_some_and(|t| nouns.of(&t.norm).is(Class::Person, 2));
    (from..to).any(|i| {
        marks.has(i, l.ordinal) || marks.has(i, l.oneself) || marks.has(i, l.one) && (i + 1..to.min(i + 5)).any(person)
    })
}

/// Whether a count is a figure by itself: a number, or one person behind an article or an ordinal.
fn counts_as_figure(scene: &Scene<'_>, language: &Language, c: &Count) -> bool {
    let ordinal = || {
        let token = scene.token_at(c.whole.start);
        (token..token + 2).any(|i| scene.marks.has(i, language.lists.ordinal))
    };
    (c.low.is_some() || c.high.is_some())
        && match c.form {
            Form::Number | Form::Times | Form::Single => true,
            // "most of them" says how many only by what it is part of.
            Form::Share => c.low == c.high,
            Form::Definite => ordinal(),
            Form::Bare | Form::Sum => false,
        }
}

/// Whether those counted are the doers of violence: "two men threw a grenade".
fn does(scene: &Scene<'_>, language: &Language, sentence: usize, c: &Count) -> bool {
    let stated = |d: &&Deed| Standing::named(language.roles.name(d.outcome)) == Some(Standing::Stated);
    c.high != Some(0)
        && scene.deeds(sentence).iter().filter(stated).any(|d| d.argument == c.node && d.argument < d.node)
}

/// Whether those counted are of an armed group.
fn fights(scene: &Scene<'_>, clauses: Clauses<'_>, c: &Count) -> bool {
    let armed = |a: usize| scene.actors[a].armed;
    c.nouns.iter().any(|n| n.classes.has(Class::Fighter) || scene.actors_in(clauses, n.node).into_iter().any(armed))
}

/// The measure of those counted, fighters told from others.
fn told_of(scene: &Scene<'_>, clauses: Clauses<'_>, c: &Count, told: Option<Told>) -> Option<Measure> {
    match told?.0 {
        Measure::Killed if fights(scene, clauses, c) => Some(Measure::PerpetratorsKilled),
        measure => Some(measure),
    }
}

fn found(scene: &Scene<'_>, c: &Count, measure: Measure, total: bool, by: &str) -> Found {
    let text = &scene.article.text;
    let who = c.nouns.iter().map(|n| n.span).reduce(Span::join);
    let single = matches!(c.form, Form::Single | Form::Definite);
    Found {
        token: scene.token_at(c.whole.start),
        figure: Figure {
            measure,
            low: c.low,
            high: c.high,
            words: if single { c.whole } else { c.span }.of(text).to_owned(),
            who: who.map_or(String::new(), |w| w.of(text).to_owned()),
            said_by: Vec::new(),
            total,
            span: c.whole,
            by: by.to_owned(),
        },
    }
}

/// The figures that stand inside `unit`.
pub(crate) fn within(found: &[Found], unit: (usize, usize)) -> impl Iterator<Item = &Found> {
    found[beginning(found, |f| (f.token, f.token), unit)].iter()
}

/// Adds a figure unless the account has the same already.
pub(crate) fn add(figures: &mut Vec<Figure>, f: &Figure) {
    let same = |g: &Figure| (g.measure, g.low, g.high) == (f.measure, f.low, f.high);
    if !figures.iter().any(same) {
        figures.push(f.clone());
    }
}

/// Makes parts of the dead who stand alone behind an article, where the account counts more of them: who lost a cousin does
/// not say that one was killed.
pub(crate) fn part_singles(figures: &mut [Figure], language: &Language) {
    let dead = |f: &Figure| f.measure == Measure::Killed && f.total;
    let more = figures.iter().any(|f| dead(f) && f.low > Some(1));
    let alone = |f: &Figure| {
        let first = article::fold(f.words.split_whitespace().next().unwrap_or(""));
        f.low == Some(1) && f.high == Some(1) && language.lexicon.has(&first, language.lists.one)
    };
    for f in figures.iter_mut().filter(|f| more && dead(f) && alone(f)) {
        f.total = false;
    }
}

/// Whether any figure says that people were harmed or taken.
pub(crate) fn harm(figures: &[&Figure]) -> bool {
    figures
        .iter()
        .any(|f| !matches!(f.measure, Measure::Strength | Measure::Arrested | Measure::Displaced) && f.high != Some(0))
}

/// Whether a measure counts people who were killed or injured.
pub(crate) fn hurts(measure: Measure) -> bool {
    matches!(measure, Measure::Killed | Measure::Injured | Measure::PerpetratorsKilled)
}
