//! From an account to a template of MUC-4.
//!
//! MUC-4 parts doers into persons and organisations, and what was hit into things and people; it wants strings as printed,
//! and of people who were harmed a name or else a description. What an account does not tell is left open, except the date:
//! an incident without one happened up to the day of the report, as the task description has it.

use crate::muc4::gtt;
use crate::muc4::message::Message;
use account::fill::{Fill, Filler, Role, plain};
use account::harm::{Kind, Party};
use account::{Account, Actors, Binding, Effect, Precision, Prominence, Source, Stage, Standing, scheme};
use article::statements::SourceKind;
use jiff::ToSpan;
use jiff::civil::Date;

/// How many fillers the right type is worth.
const KIND: usize = 2;
/// How long before the report an incident may have happened, in days; older ones are history.
const RECENT: i64 = 62;

/// What is answered for one incident.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    /// Type and roles.
    pub(crate) six: gtt::Template,
    /// First and last day; an open first day is `None`.
    pub(crate) date: Option<(Option<Date>, Date)>,
    /// Names of the place, narrowest first; only those that may be the answer.
    pub(crate) place: Vec<String>,
    /// `accomplished`, `attempted` or `threatened`.
    pub(crate) stage: &'static str,
    /// How sure each organisation is, in the order of `six.perp_org`.
    pub(crate) confidence: Vec<&'static str>,
    /// People harmed or meant.
    pub(crate) humans: Vec<Hit>,
    /// What was hit, in the order of `six.target`.
    pub(crate) things: Vec<Hit>,
}

/// People or things that were harmed or meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hit {
    /// What they are called.
    pub(crate) words: gtt::Filler,
    /// Whether the words are a name.
    pub(crate) named: bool,
    /// How many, as bounds.
    pub(crate) number: Option<(u64, Option<u64>)>,
    /// `DEATH`, `INJURY`, `SOME DAMAGE` and so on; empty where nothing is told.
    pub(crate) effect: &'static str,
}

/// One template for each act that is told, with what fills its roles.
pub(crate) fn six(text: &str, fill: &Fill) -> Vec<gtt::Template> {
    let mut out = Vec::new();
    for (act, _) in &fill.acts {
        let mut t = gtt::Template { incident_type: act.name().to_owned(), ..gtt::Template::default() };
        for f in fill.fillers.iter().filter(|f| f.acts.iter().any(|(a, _)| a == act)) {
            let list = match f.role {
                Role::Doer => &mut t.perp_ind,
                Role::Organisation => &mut t.perp_org,
                Role::Target => &mut t.target,
                Role::Victim => &mut t.victim,
                Role::Weapon => &mut t.weapon,
                Role::People => continue,
            };
            push(list, bare(f.span.of(text)));
        }
        let kind = t.incident_type.clone();
        out.push(t);
        // Of a second one it is known only that it is told.
        if fill.second.contains(act) {
            out.push(gtt::Template { incident_type: kind, ..gtt::Template::default() });
        }
    }
    out
}

/// One answer for each act that is told, and for each further account of that act. What fills the roles goes to the account
/// whose sentences tell it, else to the first; `parties` are whom and what the article's acts hit.
pub(crate) fn answers(
    message: &Message,
    accounts: &[Account],
    fill: &Fill,
    actors: &Actors,
    parties: &[Party],
) -> Vec<Answer> {
    let published = message.article.published_on().and_then(article::Edtf::single_day);
    let text = &message.article.text;
    let recent: Vec<&Account> = accounts.iter().filter(|a| recent(a, published)).collect();
    let mut out: Vec<Answer> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for template in six(text, fill) {
        let act = template.incident_type.clone();
        let again = out.iter().any(|a| a.six.incident_type == act);
        let own = own(&recent, &act, if again { &[] } else { &fill.fillers }, &taken);
        taken.extend(own);
        let account = own.or((!recent.is_empty()).then_some(0)).map(|n| recent[n]);
        let mut answer = answer(message, account, template, actors, published);
        // Whom a second one of an act hit is not known.
        let mine: Vec<&Party> = parties.iter().filter(|p| !again && p.acts.iter().any(|a| a.name() == act)).collect();
        answer.things = answer.six.target.iter().map(|t| hit(t, Kind::Thing, &mine, text)).collect();
        answer.humans = answer.six.victim.iter().map(|v| hit(v, Kind::People, &mine, text)).collect();
        answer.humans.extend(mine.iter().filter(|p| p.kind == Kind::People && !p.name).map(|p| told(p, text)));
        out.push(answer);
    }
    out
}

/// The account that tells an act: not taken yet, of its type, and with most of what fills its roles.
fn own(recent: &[&Account], act: &str, fillers: &[Filler], taken: &[usize]) -> Option<usize> {
    let worth = |a: &Account| {
        let muc4 = a.kinds.first().and_then(|k| scheme(k.value, a.stage.value).muc4.as_deref());
        let of_act = |f: &&Filler| f.acts.iter().any(|(a, _)| a.name() == act);
        let held = |f: &&Filler| a.sentences.iter().any(|s| s.contains(f.span));
        usize::from(muc4 == Some(act)) * KIND + fillers.iter().filter(of_act).filter(held).count()
    };
    let free = (0..recent.len()).filter(|n| !taken.contains(n) && worth(recent[*n]) > 0);
    free.max_by_key(|n| (worth(recent[*n]), std::cmp::Reverse(*n)))
}

/// Whether the incident is news to the report.
fn recent(account: &Account, published: Option<Date>) -> bool {
    match (account.date.as_ref().and_then(|d| d.value.days()), published) {
        (Some((_, last)), Some(day)) => day.checked_sub(RECENT.days()).is_ok_and(|from| last >= from),
        _ => account.prominence != Prominence::Background,
    }
}

fn answer(
    message: &Message,
    account: Option<&Account>,
    six: gtt::Template,
    actors: &Actors,
    published: Option<Date>,
) -> Answer {
    let mut out = Answer { stage: "ACCOMPLISHED", six, ..Answer::default() };
    out.date = published.map(|day| (None, day));
    out.confidence = vec!["REPORTED AS FACT"; out.six.perp_org.len()];
    let text = &message.article.text;
    if let Some(account) = account {
        out.stage = stage(account.stage.value);
        for b in account.perpetrators.iter().filter(|b| organisation(b, actors)) {
            let words = b.evidence.first().map_or("", |s| s.of(text));
            let same = |f: &gtt::Filler| f.iter().any(|w| actor(actors, w) == b.actor || w.eq_ignore_ascii_case(words));
            if let Some(n) = out.six.perp_org.iter().position(same) {
                out.confidence[n] = confidence(b);
            }
        }
        if let Some((first, last)) = account.date.as_ref().and_then(|d| d.value.days()) {
            out.date = Some((Some(first), last));
        }
        out.place = place(account, message);
    }
    out
}

/// The key of the actor that these words name, if the list knows it.
fn actor(actors: &Actors, words: &str) -> String {
    let article = article::Article::plain(words);
    let tokens = article::Tokens::of(&article);
    actors.mentions(&article, &tokens).first().map_or_else(String::new, |m| m.key.clone())
}

fn push(list: &mut Vec<gtt::Filler>, words: &str) {
    let words = words.trim().to_owned();
    if !words.is_empty() && !list.iter().any(|f| f[0].eq_ignore_ascii_case(&words)) {
        list.push(vec![words]);
    }
}

/// The words without quotation marks around them.
fn bare(words: &str) -> &str {
    words.trim_matches(['"', ' ', '“', '”'])
}

/// Whether a doer is an organisation: one that the list knows, or that has a name. Words for unnamed people are no name.
fn organisation(b: &Binding, actors: &Actors) -> bool {
    match actors.get(&b.actor) {
        Some(a) => !a.class.is_nameless(),
        None => !account::is_generic(&b.actor) && !b.by.starts_with("nameless/"),
    }
}

fn confidence(b: &Binding) -> &'static str {
    let authority = |s: &Source| matches!(s.kind, SourceKind::Institution);
    match b.status {
        Standing::Claimed => "CLAIMED OR ADMITTED",
        Standing::Stated => "REPORTED AS FACT",
        Standing::Accused if b.said_by.iter().any(authority) => "SUSPECTED OR ACCUSED BY AUTHORITIES",
        Standing::Accused | Standing::Suspected => "SUSPECTED OR ACCUSED",
        Standing::Denied => "POSSIBLE",
    }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Occurred | Stage::Denied => "ACCOMPLISHED",
        Stage::Attempted | Stage::Foiled => "ATTEMPTED",
        Stage::Threatened | Stage::Planned => "THREATENED",
    }
}

/// What is known of one that fills a role: the party that its words name, or nothing but its number.
fn hit(words: &gtt::Filler, kind: Kind, parties: &[&Party], text: &str) -> Hit {
    let own = plain(words.first().map_or("", String::as_str));
    let names = |p: &Party| p.mentions.iter().chain([&p.span]).any(|s| plain(s.of(text)) == own);
    match parties.iter().find(|p| p.kind == kind && names(p)) {
        Some(p) => Hit { words: words.clone(), named: kind == Kind::People, ..told(p, text) },
        None => Hit { words: words.clone(), named: kind == Kind::People, number: Some((1, Some(1))), effect: "" },
    }
}

/// A party as an answer.
fn told(p: &Party, text: &str) -> Hit {
    Hit {
        words: vec![bare(p.span.of(text)).to_owned()],
        named: p.name,
        number: number(p.low, p.high),
        effect: p.effect.map_or("", effect),
    }
}

/// Bounds as the keys have them: "about 50" is 50 there.
fn number(low: Option<u64>, high: Option<u64>) -> Option<(u64, Option<u64>)> {
    match (low, high) {
        (None, None) => None,
        (Some(low), Some(high)) if low < high && high * 3 <= low * 4 => {
            let middle = (low + high) / 2;
            Some((middle, Some(middle)))
        }
        (low, high) => Some((low.unwrap_or(0), high)),
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Killed => "DEATH",
        Effect::Injured => "INJURY",
        Effect::Unharmed => "NO INJURY OR DEATH",
        Effect::Freed | Effect::Rescued => "REGAINED FREEDOM",
        Effect::Destroyed => "DESTROYED",
        Effect::Damaged => "SOME DAMAGE",
        Effect::Intact => "NO DAMAGE",
        Effect::Escaped => "ESCAPED",
        Effect::Missing | Effect::Taken | Effect::Held => "",
    }
}

/// The narrowest name, and the city too where that is narrower than a list of places goes. A place that the account has
/// from the dateline alone says only in which country it was.
fn place(account: &Account, message: &Message) -> Vec<String> {
    let gazetteer = article::Gazetteer::builtin();
    let country = |iso3: &str| gazetteer.country(iso3).map_or("", |c| c.name).to_owned();
    let Some(p) = &account.place else {
        let found = gazetteer.lookup(&article::fold(&message.place)).filter_map(|c| gazetteer.entry(c.entry));
        return found.max_by_key(|e| e.population).map(|e| e.country_name.to_owned()).into_iter().collect();
    };
    let mut out = Vec::new();
    let mut add = |s: &str| {
        if !s.is_empty() && !out.iter().any(|o: &String| o == s) {
            out.push(s.to_owned());
        }
    };
    match p.precision {
        _ if p.by == "place/dateline" => return vec![country(&p.country)],
        Precision::Country => add(&country(&p.country)),
        Precision::Province => add(&p.admin1),
        Precision::City => add(&p.city),
        _ => {}
    }
    add(p.name.split(',').next().unwrap_or(""));
    if matches!(p.precision, Precision::Site | Precision::Neighbourhood) {
        add(&p.city);
        if p.city.is_empty() {
            add(&message.place);
        }
    }
    out
}
