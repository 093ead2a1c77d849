//! Reads one article: scene, figures, units, accounts.

use crate::account::*;
use crate::binding::{Case, Doer, wide};
use crate::figure::{self, Found};
use crate::language::Language;
use crate::scene::Scene;
use crate::sort::{Draft, sort};
use crate::statement::{speakers, statements};
use crate::unit::{Unit, units};
use crate::{Actors, binding, chain, happening, locate, thing};
use article::{Article, Edtf, Span, TimeBasis, Tokens};

/// Reads articles. Immutable and cheap to share between threads.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    language: &'static Language,
    actors: &'a Actors,
}

impl<'a> Reader<'a> {
    /// A reader of English that knows `actors`.
    pub fn new(actors: &'a Actors) -> Reader<'a> {
        Reader { language: Language::english(), actors }
    }

    /// What `article` says. *Cost*: near linear in its length (a megabyte takes some four seconds, most of it for trees), with a small part that grows
    /// with sentences times accounts; an article without a word of violence costs one look-up a token.
    pub fn read(&self, article: &Article) -> Report {
        self.cases(article, |_| ())
    }

    /// The same, with every actor that each account names and what holds of it there, for the choice of standings to be
    /// learnt from: one list an account, in their order.
    pub fn doers(&self, article: &Article) -> (Report, Vec<Vec<Doer>>) {
        let mut out = Vec::new();
        let report = self.cases(article, |case| out.push(binding::doers(case)));
        (report, out)
    }

    fn cases(&self, article: &Article, mut each: impl FnMut(&Case<'_, '_>)) -> Report {
        let tokens = Tokens::of(article);
        let marks = self.language.lexicon.mark(&tokens);
        if !(0..tokens.tokens.len()).any(|i| self.language.lists.tells(&marks, i)) {
            return Report::default();
        }
        let scene = Scene::of(article, tokens, marks, self.language, self.actors);
        let statements = statements(&scene, self.language);
        let mut figures = figure::figures(&scene, self.language);
        for f in &mut figures {
            f.figure.said_by = speakers(&statements, f.figure.span);
        }
        let units = units(&scene, self.language, &figures, &statements);
        let drafts = sort(&scene, self.language, &units);
        let main = drafts.first().and_then(|d| date(&scene, &units, d)).and_then(|d| d.value.days());
        let wide = wide(&units, &drafts);
        let mut accounts: Vec<Account> = Vec::with_capacity(drafts.len());
        for (n, draft) in drafts.iter().enumerate() {
            let story = accounts.first().and_then(|a| a.place.as_ref());
            let kinds = kinds(&scene, &units, draft);
            let plain: Vec<Kind> = kinds.iter().map(|k| k.value).collect();
            let case = Case {
                scene: &scene,
                language: self.language,
                units: &units,
                draft,
                mine: &wide[n],
                kinds: &plain,
                statements: &statements,
                first: n == 0,
            };
            each(&case);
            let account = self.account(&case, &figures, kinds, main, story);
            accounts.push(account);
        }
        Report { accounts, source_chain: chain::source_chain(&scene, self.language), statements, problems: Vec::new() }
    }

    fn account(
        &self,
        case: &Case<'_, '_>,
        figures: &[Found],
        kinds: Vec<Value<Kind>>,
        main: Option<(jiff::civil::Date, jiff::civil::Date)>,
        story: Option<&Place>,
    ) -> Account {
        let Case { scene, units, draft, first, .. } = *case;
        let l = self.language;
        let date = date(scene, units, draft);
        let older = match (date.as_ref().and_then(|d| d.value.days()), main) {
            (Some((_, last)), Some((start, _))) => last < start,
            _ => false,
        };
        let background = !first && (older || units[draft.telling[0]].background);
        let mut own = Vec::new();
        for n in draft.telling.iter().chain(&draft.context).filter(|n| !units[**n].headline) {
            for f in figure::within(figures, units[*n].tokens) {
                figure::add(&mut own, &f.figure);
            }
        }
        for n in draft.context.iter().filter(|n| units[**n].headline) {
            for f in figure::within(figures, units[*n].tokens) {
                // A headline rounds; it adds a figure only where the text has none of its measure.
                if !own.iter().any(|g: &Figure| g.measure == f.figure.measure) {
                    figure::add(&mut own, &f.figure);
                }
            }
        }
        own.sort_by_key(|f| f.span);
        let mut sentences: Vec<Span> =
            draft.telling.iter().chain(&draft.context).map(|n| scene.span(units[*n].tokens)).collect();
        sentences.sort();
        Account {
            prominence: match (first, background) {
                (true, _) => Prominence::Main,
                (_, true) => Prominence::Background,
                _ => Prominence::Brief,
            },
            perpetrators: binding::bindings(case),
            place: locate::place(scene, l, units, draft, !background, story),
            stage: stage(scene, units, draft),
            targets: thing::targets(scene, units, draft, case.statements),
            weapons: thing::weapons(scene, units, draft),
            victims: victims(scene, l, units, draft, &own),
            figures: own,
            kinds,
            date,
            sentences,
        }
    }
}

fn date(scene: &Scene<'_>, units: &[Unit], draft: &Draft) -> Option<Date> {
    let mut order: Vec<usize> = draft.telling.iter().chain(&draft.context).copied().collect();
    order.sort_unstable();
    let told = order.into_iter().map(|n| &units[n]).filter(|u| !u.headline);
    let mut best: Option<&article::Time> = None;
    for t in told.filter_map(|u| u.time).map(|t| &scene.times[t]) {
        let narrower = |a: &Edtf, b: &Edtf| match (a.days_in(Some(2001)), b.days_in(Some(2001))) {
            (Some(a), Some(b)) => b.0 <= a.0 && a.1 <= b.1 && a != b,
            _ => false,
        };
        match (best.and_then(|b| b.value.as_ref()), &t.value) {
            (None, Some(_)) => best = Some(t),
            (Some(b), Some(v)) if narrower(v, b) && v.meets(b) => best = Some(t),
            _ => {}
        }
    }
    let set = || draft.telling.iter().find_map(|n| units[*n].set_time).map(|t| &scene.times[t]);
    let t = best.or_else(set)?;
    Some(Date {
        value: t.value.clone()?,
        basis: match t.basis {
            TimeBasis::Explicit => DateBasis::Explicit,
            TimeBasis::Weekday => DateBasis::Weekday,
            TimeBasis::Relative => DateBasis::Relative,
        },
        weekday: t.weekday,
        evidence: vec![t.span],
        by: "date/told".to_owned(),
    })
}

/// Kinds by weight: telling words count three, weak ones one, and the first unit double.
fn kinds(scene: &Scene<'_>, units: &[Unit], draft: &Draft) -> Vec<Value<Kind>> {
    let mut weights: Vec<(Kind, u32, Vec<Span>)> = Vec::new();
    for (order, n) in draft.telling.iter().enumerate() {
        let u = &units[*n];
        let first = if order == 0 { 2 } else { 1 };
        for (list, weight) in [(&u.strong, 3), (&u.weak, 1)] {
            for (kind, tokens) in list {
                let span = scene.span(*tokens);
                match weights.iter_mut().find(|(k, ..)| k == kind) {
                    Some((_, w, spans)) => {
                        *w += weight * first;
                        spans.push(span);
                    }
                    None => weights.push((*kind, weight * first, vec![span])),
                }
            }
        }
    }
    weights.sort_by_key(|(k, w, _)| (std::cmp::Reverse(*w), *k));
    let threat =
        draft.telling.first().and_then(|n| units[*n].stage.as_ref()).is_some_and(|(s, ..)| *s == Stage::Threatened);
    if threat {
        weights.sort_by_key(|(k, ..)| *k != Kind::Threat);
        weights.truncate(1);
    } else {
        // Threats and arrests follow violence; they name it only where nothing else does.
        let rest = weights.iter().any(|(k, ..)| !matches!(k, Kind::Threat | Kind::Arrest));
        weights.retain(|(k, ..)| !rest || !matches!(k, Kind::Threat | Kind::Arrest));
    }
    // "killed" and "attack" name a kind only where nothing else does.
    let told = draft.telling.iter().flat_map(|n| &units[*n].strong).map(|(k, _)| *k).collect::<Vec<_>>();
    let other = weights.iter().any(|(k, ..)| *k != Kind::ArmedAttack && told.contains(k));
    if other && !told.contains(&Kind::ArmedAttack) {
        weights.retain(|(k, ..)| *k != Kind::ArmedAttack);
    }
    let top = weights.first().map_or(0, |(_, w, _)| *w);
    weights.retain(|(_, w, _)| *w * 3 >= top);
    weights.truncate(3);
    weights.into_iter().map(|(value, _, evidence)| Value { value, evidence, by: "kinds/words".to_owned() }).collect()
}

fn stage(scene: &Scene<'_>, units: &[Unit], draft: &Draft) -> Value<Stage> {
    let first = &units[draft.telling[0]];
    match &first.stage {
        Some((stage, by, tokens)) if !(first.harm && *stage != Stage::Attempted) => {
            Value { value: *stage, evidence: vec![scene.span(*tokens)], by: by.clone() }
        }
        _ => Value { value: Stage::Occurred, evidence: Vec::new(), by: "stage/default".to_owned() },
    }
}

/// People harmed, as the figures describe and the deeds name them.
fn victims(scene: &Scene<'_>, language: &Language, units: &[Unit], draft: &Draft, figures: &[Figure]) -> Vec<Mention> {
    let harmed = figures
        .iter()
        .filter(|f| matches!(f.measure, Measure::Killed | Measure::Injured | Measure::Abducted | Measure::Missing));
    let mut out: Vec<Mention> = harmed
        .filter(|f| !f.who.is_empty())
        .map(|f| Mention { words: f.span.of(&scene.article.text).to_owned(), span: f.span, by: f.by.clone() })
        .collect();
    let mut own: Vec<&Unit> = draft.telling.iter().chain(&draft.context).map(|n| &units[*n]).collect();
    own.retain(|u| !u.headline);
    for m in own.into_iter().flat_map(|u| happening::names(scene, language, u.sentence, scene.span(u.tokens))) {
        if !out.iter().any(|o| o.span.overlaps(m.span) || o.words.eq_ignore_ascii_case(&m.words)) {
            out.push(m);
        }
    }
    out.sort_by_key(|m| m.span);
    out
}
