//! Who and what an incident harmed, and what became of them: people, property and hostages of an account.
//!
//! Values come from what the article says in so many words: a figure, a name to whom a deed does it, a word of `effects.txt`.
//! People whom learnt weights alone find stand last, by `harm/...`.

use crate::account::{Account, Effect, Figure, Harmed, Measure, Mention, Prominence};
use crate::binding::Case;
use crate::effects::{Befallen, befallen, of};
use crate::happening::DOERS;
use crate::harm::{Kind, Party};
use crate::phrase::{classes, core, number, traits, whole};
use crate::scene::Scene;
use crate::statement::speakers;
use crate::unit::Unit;
use article::grammar::{Clauses, Upos};
use article::{Count, Span, counts};

/// The rule's name for people whom weights alone find.
pub(crate) const LEARNT: &str = "harm/people";

/// From which chance on people whom weights alone find are told.
const LIKELY: f32 = 0.5;

/// People, property and hostages of one account. *Cost*: the deeds of its sentences once more.
pub(crate) fn harmed(case: &Case<'_, '_>, account: &mut Account) {
    let mut own: Vec<&Unit> = case.draft.telling.iter().chain(&case.draft.context).map(|n| &case.units[*n]).collect();
    own.retain(|u| !u.headline);
    own.sort_by_key(|u| u.tokens);
    let mut told: Vec<Told<'_>> = Vec::new();
    for u in own {
        let here = befallen(case.scene, u.sentence, case.scene.span(u.tokens));
        if !here.is_empty() {
            told.push(Told::of(case, u.sentence, here));
        }
    }
    account.property = property(&told);
    account.people = people(case.scene, account, &told);
    account.hostages = hostages(case.scene, account, &told);
}

/// A sentence with what became of whom in it.
struct Told<'s> {
    case: &'s Case<'s, 's>,
    clauses: Clauses<'s>,
    counts: Vec<Count>,
    befallen: Vec<Befallen>,
}

impl<'s> Told<'s> {
    fn of<'a>(case: &'s Case<'s, 'a>, sentence: usize, befallen: Vec<Befallen>) -> Told<'s> {
        let scene = case.scene;
        let counts = counts(&scene.tokens, &scene.amounts, &scene.syntax, sentence);
        Told { case, clauses: scene.clauses(sentence), counts, befallen }
    }

    fn tag(&self, at: usize) -> Upos {
        self.clauses.tree.nodes[at].tag
    }

    /// What became of somebody or something, as a value of the account.
    fn value(&self, b: &Befallen, rule: &str) -> Harmed {
        let (scene, clauses) = (self.case.scene, self.clauses);
        let name = self.tag(b.argument) == Upos::Propn;
        let span = whole(clauses, &self.counts, b.argument);
        let (low, high, _) = match self.tag(b.argument) {
            // "they" are as many as were told before.
            Upos::Pron => (None, None, false),
            _ => number(clauses, &self.counts, b.argument, name),
        };
        let cue = clauses.tree.nodes[b.cue].span;
        let mut evidence = vec![span, cue];
        evidence.dedup();
        Harmed {
            words: span.of(clauses.text).to_owned(),
            span,
            low,
            high,
            effect: Some(b.effect),
            traits: traits(scene, clauses, b.argument),
            said_by: speakers(self.case.statements, span),
            evidence,
            by: format!("{rule}/{}", b.effect),
        }
    }
}

/// Things that were destroyed, damaged or spared, in text order; of one thing the worst.
fn property(told: &[Told<'_>]) -> Vec<Harmed> {
    let mut out: Vec<Harmed> = Vec::new();
    for t in told {
        let things =
            t.befallen.iter().filter(|b| matches!(b.effect, Effect::Destroyed | Effect::Damaged | Effect::Intact));
        for mut h in things.map(|b| t.value(b, "property")) {
            h.traits.clear();
            match out.iter_mut().find(|o| o.span.overlaps(h.span) || same_words(&o.words, &h.words)) {
                Some(o) if h.effect < o.effect => *o = h,
                Some(_) => {}
                None => out.push(h),
            }
        }
    }
    out
}

fn same_words(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The people of the figures, those whom deeds name, and those of whom it is said that nothing happened to them.
fn people(scene: &Scene<'_>, account: &Account, told: &[Told<'_>]) -> Vec<Harmed> {
    let harm = [Measure::Killed, Measure::Injured, Measure::Abducted, Measure::Missing];
    let none = |f: &Figure| scene.marks.has(scene.token_at(f.span.start), scene.language.lists.not);
    let counted = |f: &&Figure| harm.contains(&f.measure) && !f.who.is_empty() && f.high != Some(0) && !none(f);
    let mut out: Vec<Harmed> = account
        .figures
        .iter()
        .filter(counted)
        .map(|f| Harmed {
            words: f.span.of(&scene.article.text).to_owned(),
            span: f.span,
            low: f.low,
            high: f.high,
            effect: of(f.measure.name()),
            traits: traits_at(scene, f.span),
            said_by: f.said_by.clone(),
            evidence: vec![f.span],
            by: f.by.clone(),
        })
        .collect();
    for m in &account.victims {
        if !out.iter().any(|o| o.span.overlaps(m.span)) {
            out.push(named(scene, m, told));
        }
    }
    for t in told {
        let harm = [Effect::Killed, Effect::Injured, Effect::Unharmed, Effect::Missing, Effect::Taken];
        let noun = |b: &&Befallen| matches!(t.tag(b.argument), Upos::Noun | Upos::Propn);
        // Fighters who fall are told by the figures; who is named beside a noun is told by name.
        let victim = |b: &&Befallen| {
            let span = core(t.clauses, b.argument);
            let doer = account.doers.iter().any(|d| d.span.overlaps(span));
            let told = |n: usize| account.victims.iter().any(|v| v.span.overlaps(core(t.clauses, n)));
            !doer && !classes(t.clauses, b.argument).any(DOERS) && !beside(t.clauses, b.argument).any(told)
        };
        for b in t.befallen.iter().filter(|b| harm.contains(&b.effect)).filter(noun).filter(victim) {
            let h = t.value(b, "people");
            if !out.iter().any(|o| o.span.overlaps(h.span)) {
                out.push(h);
            }
        }
    }
    out.sort_by_key(|h| h.span);
    out
}

/// Somebody whom the account names as a victim, with what its sentences say became of them.
fn named(scene: &Scene<'_>, m: &Mention, told: &[Told<'_>]) -> Harmed {
    let found = told.iter().flat_map(|t| t.befallen.iter().map(move |b| (t, b))).find(|(t, b)| {
        let thing = matches!(b.effect, Effect::Destroyed | Effect::Damaged | Effect::Intact);
        let mut names = std::iter::once(b.argument).chain(beside(t.clauses, b.argument));
        !thing && names.any(|n| core(t.clauses, n).overlaps(m.span))
    });
    let by_rule = m.by.strip_prefix("deeds/").and_then(of);
    let cue = found.map(|(t, b)| t.clauses.tree.nodes[b.cue].span);
    Harmed {
        words: m.words.clone(),
        span: m.span,
        low: Some(1),
        high: Some(1),
        effect: by_rule.or(found.map(|(_, b)| b.effect)),
        traits: traits_at(scene, m.span),
        said_by: Vec::new(),
        evidence: std::iter::once(m.span).chain(cue).collect(),
        by: m.by.clone(),
    }
}

/// The nouns that stand beside one and say the same: "the mayor, Ruth Vale".
fn beside<'t>(clauses: Clauses<'t>, at: usize) -> impl Iterator<Item = usize> + 't {
    clauses.tree.children(at).filter(move |c| clauses.tree.relation(*c) == "appos")
}

/// The traits of the people whom the words at `span` name.
fn traits_at(scene: &Scene<'_>, span: Span) -> Vec<crate::account::Trait> {
    let sentence = scene.tokens.sentences.partition_point(|s| s.span.end <= span.start);
    if sentence >= scene.tokens.sentences.len() {
        return Vec::new();
    }
    let clauses = scene.clauses(sentence);
    crate::binding::head(clauses, span).map_or_else(Vec::new, |at| traits(scene, clauses, at))
}

/// Those who were taken or held, with their fate: what is said of them, or of "the hostages" and "them" for all.
fn hostages(scene: &Scene<'_>, account: &Account, told: &[Told<'_>]) -> Vec<Harmed> {
    let taken = |b: &Befallen| {
        matches!(b.effect, Effect::Taken | Effect::Held | Effect::Freed | Effect::Rescued | Effect::Escaped)
    };
    let captive = account.figures.iter().any(|f| f.measure == Measure::Abducted && f.high != Some(0))
        || account.people.iter().any(|p| p.effect == Some(Effect::Taken))
        || told.iter().any(|t| t.befallen.iter().any(|b| b.effect == Effect::Taken));
    if !captive {
        return Vec::new();
    }
    let mut out: Vec<Harmed> = Vec::new();
    for t in told {
        // Fighters who are captured are arrested.
        let captive = |b: &&Befallen| !classes(t.clauses, b.argument).any(DOERS);
        for b in t.befallen.iter().filter(|b| taken(b)).filter(captive) {
            let h = t.value(b, "hostages");
            match out.iter_mut().find(|o| o.span.overlaps(h.span)) {
                // What became of them stands over that they were taken.
                Some(o) if o.effect == Some(Effect::Taken) && b.effect != Effect::Taken => *o = h,
                Some(_) => {}
                None => out.push(h),
            }
        }
    }
    for f in account.figures.iter().filter(|f| f.measure == Measure::Abducted && f.high != Some(0)) {
        if !out.iter().any(|h| h.span.overlaps(f.span)) {
            out.push(Harmed {
                words: f.span.of(&scene.article.text).to_owned(),
                span: f.span,
                low: f.low,
                high: f.high,
                effect: Some(if f.total { Effect::Taken } else { Effect::Freed }),
                traits: traits_at(scene, f.span),
                said_by: f.said_by.clone(),
                evidence: vec![f.span],
                by: f.by.clone(),
            });
        }
    }
    out.sort_by_key(|h| h.span);
    out
}

/// Adds people whom learnt weights alone find, each to the first account that tells of them and is news.
pub(crate) fn add(scene: &Scene<'_>, accounts: &mut [Account], parties: &[Party]) {
    for p in parties.iter().filter(|p| p.kind == Kind::People && p.chance >= LIKELY) {
        let holds =
            |a: &&mut Account| a.prominence != Prominence::Background && a.sentences.iter().any(|s| s.contains(p.span));
        let Some(a) = accounts.iter_mut().find(holds) else { continue };
        let words = p.span.of(&scene.article.text);
        if a.people.iter().any(|h| p.mentions.iter().any(|m| m.overlaps(h.span)) || same_words(&h.words, words)) {
            continue;
        }
        a.people.push(Harmed {
            words: words.to_owned(),
            span: p.span,
            low: p.low,
            high: p.high,
            effect: p.effect,
            traits: traits_at(scene, p.span),
            said_by: Vec::new(),
            evidence: vec![p.span],
            by: LEARNT.to_owned(),
        });
        a.people.sort_by_key(|h| h.span);
    }
}
