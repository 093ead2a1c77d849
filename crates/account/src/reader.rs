//! Reads one article: scene, figures, units, accounts.

use crate::account::*;
use crate::binding::{Case, Doer, wide};
use crate::cast::cast;
use crate::figure::{self, Found};
use crate::fill::{Fill, Model, Role, Sheet, why};
use crate::language::Language;
use crate::scene::Scene;
use crate::sort::{Draft, sort};
use crate::statement::{is_said, speakers, statements};
use crate::unit::{Unit, any_tells, units};
use crate::worth::may_tell;
use crate::{Actors, binding, chain, doers, happening, harm, harmed, locate, motives, thing};
use article::{Article, Edtf, Span, TimeBasis, TimeKind, TimeUnit, Tokens};
use std::cell::OnceCell;
use std::collections::BTreeMap;

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

    /// What `article` says. *Cost*: near linear in its length (a megabyte takes some two seconds, half of it for trees), with
    /// a small part that grows with sentences times accounts; an article whose words tell of no violence costs a look-up or
    /// two a token.
    pub fn read(&self, article: &Article) -> Report {
        self.scene(article).map_or_else(Report::default, |scene| self.told(&scene, |_| ()))
    }

    /// The same, with every actor that each account names and what holds of it there, for the choice of standings to be
    /// learnt from: one list an account, in their order.
    pub fn doers(&self, article: &Article) -> (Report, Vec<Vec<Doer>>) {
        let mut out = Vec::new();
        let report = self
            .scene(article)
            .map_or_else(Report::default, |scene| self.told(&scene, |case| out.push(binding::doers(case))));
        (report, out)
    }

    /// The sentences of which reading asks trees; none where words alone tell that there is nothing to read. *Cost*: that of
    /// reading.
    pub fn parsed(&self, article: &Article) -> Option<Vec<Span>> {
        let scene = self.scene(article)?;
        self.told(&scene, |_| ());
        Some(scene.syntax.parsed().collect())
    }

    /// The article with its mentions, unless its words alone tell that it holds no account.
    fn scene<'s>(&'s self, article: &'s Article) -> Option<Scene<'s>> {
        let tokens = Tokens::of(article);
        let marks = self.language.lexicon.mark(&tokens);
        may_tell(article, &tokens, &marks, self.language, self.actors)
            .then(|| Scene::of(article, tokens, marks, self.language, self.actors))
    }

    fn told(&self, scene: &Scene<'_>, mut each: impl FnMut(&Case<'_, '_>)) -> Report {
        let mut figures = figure::figures(scene, self.language);
        if !any_tells(scene, self.language, &figures) {
            return Report::default();
        }
        // Statements are dear, and few articles come so far.
        let cell = OnceCell::new();
        let statements = || cell.get_or_init(|| statements(scene, self.language));
        let units = units(scene, self.language, &figures, &|span| is_said(statements(), span));
        let drafts = sort(scene, self.language, &units);
        if drafts.is_empty() {
            return Report::default();
        }
        let statements = statements();
        for f in &mut figures {
            let said_by = speakers(statements, f.figure.span);
            if !said_by.is_empty() {
                f.figure.said_by = said_by;
            }
        }
        let lead = drafts.first().and_then(|d| date(scene, &units, d));
        let main = lead.as_ref().and_then(|d| d.value.days());
        let wide = wide(&units, &drafts);
        let kinds: Vec<Vec<Value<Kind>>> = drafts.iter().map(|d| kinds(scene, &units, d)).collect();
        let plain: Vec<Vec<Kind>> = kinds.iter().map(|all| all.iter().map(|k| k.value).collect()).collect();
        let case = |n: usize| Case {
            scene,
            language: self.language,
            units: &units,
            draft: &drafts[n],
            mine: &wide[n],
            kinds: &plain[n],
            statements,
            first: n == 0,
        };
        let mut accounts: Vec<Account> = Vec::with_capacity(drafts.len());
        for ((n, draft), kinds) in drafts.iter().enumerate().zip(kinds) {
            let story = accounts.first().and_then(|a| a.place.as_ref());
            let case = case(n);
            each(&case);
            let mut account = self.account(&case, &figures, kinds, main, story);
            if account.date.is_none() {
                let background = account.prominence == Prominence::Background;
                let story = drafts.first().filter(|_| n > 0);
                account.date = undated(scene, &units, draft, background, story, lead.as_ref());
                // What the lead calls bombs in two cities, the second city's paragraph need not.
                let twin = account.date.as_ref().is_some_and(|d| d.by == LEAD);
                let generic = |k: &Value<Kind>| k.value == Kind::ArmedAttack;
                if twin
                    && account.kinds.iter().all(generic)
                    && draft.telling.iter().all(|n| units[*n].strong.is_empty())
                {
                    account.kinds = accounts[0].kinds.clone();
                }
            }
            accounts.push(account);
        }
        let fill = Fill::choose(scene, Model::builtin());
        cast(&scene.article.text, &mut accounts, &fill);
        for (n, account) in accounts.iter_mut().enumerate() {
            let case = case(n);
            account.doers = doers::described(&case);
            harmed::harmed(&case, account);
            account.motives = motives::motives(&case);
        }
        harmed::add(scene, &mut accounts, &harm::choose(scene, &fill, harm::Asked::Unnamed, harm::Model::builtin()));
        let source_chain = chain::source_chain(scene, self.language, statements, &figures);
        Report { accounts, source_chain, statements: cell.into_inner().unwrap_or_default(), problems: Vec::new() }
    }

    /// Who and what fills the roles of what `article` tells, by learnt weights.
    pub fn fill(&self, article: &Article) -> Fill {
        self.scene(article).map_or_else(Fill::default, |scene| Fill::choose(&scene, Model::builtin()))
    }

    /// What weighed for and against a value that learnt weights chose, the heaviest first; nothing for the values of rules. `by` is
    /// the rule's name in the value, `span` its words.
    pub fn why(&self, article: &Article, by: &str, span: Span) -> Vec<(String, f32)> {
        if let Some(feature) = by.strip_prefix("standing/") {
            let mut out = Vec::new();
            if let Some(scene) = self.scene(article) {
                self.told(&scene, |case| {
                    if out.is_empty() {
                        out = binding::why(case, feature, span);
                    }
                });
            }
            return out;
        }
        if by == harmed::LEARNT {
            return self.why_hit(article, span);
        }
        let Some(role) = by.strip_prefix("fill/").and_then(Role::named) else { return Vec::new() };
        let mut names = BTreeMap::new();
        let sheet = self.sheet(article, &mut names);
        why(&sheet, &names, Model::builtin(), span, role)
    }

    /// Whom and what `article` tells was hit, how many, and what became of them; `fill` is what [`Reader::fill`] gives.
    pub fn harm(&self, article: &Article, fill: &Fill) -> Vec<harm::Party> {
        self.scene(article)
            .map_or_else(Vec::new, |scene| harm::choose(&scene, fill, harm::Asked::All, harm::Model::builtin()))
    }

    /// The nouns that may mean people or things that were hit, as the models see them. Notes in `names` what each feature is
    /// called.
    pub fn nouns(&self, article: &Article, names: &mut BTreeMap<u64, String>) -> Vec<harm::Noun> {
        self.scene(article).map_or_else(Vec::new, |scene| harm::sheet(&scene, names))
    }

    /// What weighed most for and against the people at `span` having been hit.
    fn why_hit(&self, article: &Article, span: Span) -> Vec<(String, f32)> {
        let mut names = BTreeMap::new();
        let nouns = self.nouns(article, &mut names);
        harm::why(&nouns, &names, harm::Model::builtin(), span)
    }

    /// What the models that fill the roles see of `article`; nothing where it tells of no violence. Notes in `names` what each
    /// feature is called.
    pub fn sheet(&self, article: &Article, names: &mut BTreeMap<u64, String>) -> Sheet {
        self.scene(article).map_or_else(Sheet::default, |scene| Sheet::of(&scene, names))
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
        figure::part_singles(&mut own, l);
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
            people: Vec::new(),
            property: Vec::new(),
            hostages: Vec::new(),
            doers: Vec::new(),
            motives: Vec::new(),
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
    // "How they died, between Saturday and Sunday, is the question" tells no more, and dates what was told.
    let goes_on = || {
        let last = units[draft.telling[0]].paragraph + 1;
        let near = draft.context.iter().map(|n| &units[*n]).filter(|u| !u.headline && u.paragraph <= last);
        near.filter(|u| u.harm || u.same).find_map(|u| u.spoken_time).map(|t| &scene.times[t])
    };
    // A plan is dated by the day on which it was found out, told before it, and only else by the day it was for.
    let first = draft.telling[0];
    let found = || {
        let before = draft.context.iter().filter(|n| **n < first).map(|n| &units[*n]).filter(|u| !u.headline);
        let planned = units[first].stage.as_ref().is_some_and(|(s, ..)| *s == Stage::Planned);
        before.filter(|_| planned).find_map(|u| u.spoken_time).map(|t| &scene.times[t])
    };
    let t = found().or(best).or_else(set).or_else(goes_on)?;
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

/// The rule that gives an account the date of the lead.
const LEAD: &str = "date/lead";

/// The date of an account that names none: the lead's, where that names its place as well ("in X and Y on Monday") or only
/// an hour is told; of the story itself, the day on which an hour without a day is told.
fn undated(
    scene: &Scene<'_>,
    units: &[Unit],
    draft: &Draft,
    background: bool,
    main: Option<&Draft>,
    lead: Option<&Date>,
) -> Option<Date> {
    let first = &units[draft.telling[0]];
    let inside = |unit: &Unit, tokens: (usize, usize)| unit.tokens.0 <= tokens.0 && tokens.1 <= unit.tokens.1;
    let hour = scene.times.iter().find(|t| {
        inside(first, t.tokens)
            && t.value.is_none()
            && (t.clock.is_some() || t.grain <= TimeUnit::Hour && t.kind == TimeKind::At)
    });
    let Some(main) = main else {
        let (hour, day) = (hour?, scene.article.published_on()?);
        return Some(Date {
            value: day.clone(),
            basis: DateBasis::Dateline,
            weekday: None,
            evidence: vec![hour.span],
            by: "date/hour".to_owned(),
        });
    };
    let lead = lead?;
    let told = &units[main.telling[0]];
    let named = |entry: u32| scene.places.iter().any(|p| p.entry == entry && inside(told, p.tokens));
    let twin = !background && first.place.map(|p| scene.places[p].entry).is_some_and(named);
    match (twin, hour) {
        (true, _) => Some(Date { by: LEAD.to_owned(), ..lead.clone() }),
        (false, Some(hour)) => Some(Date {
            evidence: lead.evidence.iter().copied().chain([hour.span]).collect(),
            by: "date/hour".to_owned(),
            ..lead.clone()
        }),
        (false, None) => None,
    }
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
    let arrest = |u: &&Unit| u.strong.iter().chain(&u.weak).all(|(k, _)| *k == Kind::Arrest);
    let told = || draft.telling.iter().map(|n| &units[*n]);
    // Those who were arrested first were arrested for something.
    let first = told().find(|u| !arrest(u)).unwrap_or(&units[draft.telling[0]]);
    match &first.stage {
        // A plan whose people were arrested was foiled.
        Some((Stage::Planned, _, tokens)) if arrests(units, draft) => {
            Value { value: Stage::Foiled, evidence: vec![scene.span(*tokens)], by: "stage/arrested".to_owned() }
        }
        Some((stage, by, tokens)) if !(first.harm && *stage != Stage::Attempted) => {
            Value { value: *stage, evidence: vec![scene.span(*tokens)], by: by.clone() }
        }
        _ => Value { value: Stage::Occurred, evidence: Vec::new(), by: "stage/default".to_owned() },
    }
}

/// Whether an account tells of arrests.
fn arrests(units: &[Unit], draft: &Draft) -> bool {
    let told = || draft.telling.iter().chain(&draft.context).map(|n| &units[*n]);
    told().any(|u| u.strong.iter().any(|(k, _)| *k == Kind::Arrest))
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
