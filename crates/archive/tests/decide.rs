//! Decisions: they hold over what was read, outlive new articles and new reading, and can be taken back to the byte.

use account::{Actors, Reader};
use archive::{Act, Archive, Author, Filter, Input, Job, Options, Pointed};
use article::{Limits, Problem};
use incident::Rating;
use jiff::Timestamp;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

struct Text(String, String);

impl Input for Text {
    fn name(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.1.clone().into_bytes())
    }
}

fn text(name: &str, outlet: &str, published: &str, body: &str) -> Text {
    let head = format!(
        "Outlet: {outlet}\nUrl: https://{name}.example/a\nPublished: {published}\nTitle: Report from the scene\n\n"
    );
    Text(format!("{name}.txt"), head + body + "\n")
}

/// Seven articles on four incidents.
fn texts() -> Vec<Text> {
    vec![
        text(
            "one",
            "Hill Courier",
            "2024-03-05T08:00:00Z",
            "KABUL - A bomb at a vegetable market in Kabul killed 13 people on Monday, March 4, 2024, police said.",
        ),
        text(
            "two",
            "Plain Mail",
            "2024-03-05T09:00:00Z",
            "A bombing at a market in Kabul on March 4, 2024 killed 20 people, the health ministry said. Traders swept up glass.",
        ),
        text(
            "three",
            "River Post",
            "2024-03-06T07:00:00Z",
            "The toll of Monday's market bombing in Kabul rose to 22, a hospital director said on Tuesday.",
        ),
        text(
            "four",
            "Salt Road Times",
            "2024-04-10T08:00:00Z",
            "Gunmen shot dead two police officers in Peshawar, Pakistan, on April 9, 2024. The Red Valley Front claimed the attack.",
        ),
        text(
            "five",
            "Hill Courier",
            "2024-04-10T10:00:00Z",
            "Two police officers were killed by gunmen in Peshawar on April 9, 2024, an official said, and blamed the Red Valley Front.",
        ),
        text(
            "six",
            "Gulf Ledger",
            "2024-05-02T10:00:00Z",
            "Armed men abducted four drivers near Kandahar, Afghanistan, on May 1, 2024, the governor said.",
        ),
        text(
            "seven",
            "Delta Observer",
            "2024-06-12T10:00:00Z",
            "A roadside bomb wounded six soldiers in Gao, Mali, on June 11, 2024, the army said. The Front for Red Freedom claimed it.",
        ),
    ]
}

fn fill(archive: &mut Archive, texts: &[Text]) {
    let reader = Reader::new(Actors::builtin());
    let inputs: Vec<&dyn Input> = texts.iter().map(|t| t as &dyn Input).collect();
    let job = Job { reader: &reader, limits: &Limits::default(), threads: 1, stop: &AtomicBool::new(false) };
    archive.read(&inputs, &job, &mut |_| {}).unwrap();
}

/// A file with these articles read, copied rather than read again for each test.
static READ: LazyLock<(tempfile::TempDir, std::path::PathBuf)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("read.db");
    fill(&mut Archive::create(&file, &Options::default()).unwrap(), &texts());
    (dir, file)
});

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let dir = tempfile::tempdir().unwrap();
        std::fs::copy(&READ.1, dir.path().join("khabar.db")).unwrap();
        Place { dir }
    }

    fn open(&self) -> Archive {
        open(&self.dir.path().join("khabar.db"))
    }

    fn sql(&self, sql: &str) {
        rusqlite::Connection::open(self.dir.path().join("khabar.db")).unwrap().execute_batch(sql).unwrap();
    }
}

fn open(file: &Path) -> Archive {
    let mut archive = Archive::open(file, &Options::default()).unwrap();
    if archive.is_stale().unwrap() {
        archive.relink().unwrap();
    }
    archive
}

fn dump(archive: &Archive) -> Vec<String> {
    let mut out = Vec::new();
    let each = |w: archive::Whole| -> Result<(), ()> {
        out.push(format!("{} {:?}", serde_json::to_string(&w.incident).unwrap(), w.accounts));
        Ok(())
    };
    archive.incidents(&Filter::default(), each).unwrap().unwrap();
    out
}

/// Ids of the incidents, by day.
fn ids(archive: &Archive) -> Vec<String> {
    let mut out = Vec::new();
    let each = |w: archive::Whole| -> Result<(), ()> {
        out.push(w.incident.id);
        Ok(())
    };
    archive.incidents(&Filter::default(), each).unwrap().unwrap();
    out
}

fn by(who: &str, second: i64) -> Author {
    let time = Timestamp::from_second(1_750_000_000 + second).unwrap();
    Author { who: who.into(), why: "checked by telephone".into(), time }
}

fn merge(archive: &mut Archive, a: &str, b: &str, who: &str) -> archive::Decision {
    let act = archive.merging(&[a, b]).unwrap();
    archive.decide(&by(who, 1), act).unwrap()
}

#[test]
fn a_merge_holds_and_is_taken_back_to_the_byte() {
    let place = Place::new();
    let mut archive = place.open();
    let before = (dump(&archive), ids(&archive));
    assert_eq!(before.1.len(), 4);
    let d = merge(&mut archive, &before.1[1], &before.1[2], "Ada");
    assert_eq!(ids(&archive).len(), 3);
    assert_eq!(archive.log().unwrap()[0].now.len(), 1);
    let conflicts = archive.conflicts(None).unwrap();
    let fields: Vec<&str> = conflicts.iter().filter_map(|c| c.field.as_deref()).collect();
    assert_eq!(fields, ["country", "date", "place"], "{conflicts:?}");
    let undo = archive.undo(&by("Ada", 2), None).unwrap();
    assert_eq!(undo.act, Act::Undo { decision: d.id.clone() });
    assert_eq!(dump(&archive), before.0);
    assert!(archive.undo(&by("Ada", 3), None).unwrap_err().is_unknown_decision());
    assert!(archive.undo(&by("Ada", 3), Some(&d.id)).unwrap_err().is_refused());
    // What was taken back can be had again.
    archive.undo(&by("Ada", 4), Some(&undo.id)).unwrap();
    assert_eq!(ids(&archive).len(), 3);
}

#[test]
fn a_split_parts_and_what_contradicts_it_is_told() {
    let place = Place::new();
    let mut archive = place.open();
    let id = ids(&archive)[0].clone();
    assert_eq!(archive.incident(&id).unwrap().accounts.len(), 3);
    let joined = archive.incident(&id).unwrap();
    let act = archive.splitting(&id, &[2]).unwrap();
    archive.decide(&by("Ada", 1), act).unwrap();
    let parted: Vec<usize> = ids(&archive)[..2].iter().map(|id| archive.incident(id).unwrap().accounts.len()).collect();
    assert_eq!(parted.iter().sum::<usize>(), 3);
    assert!(archive.conflicts(None).unwrap().is_empty());
    let one = archive.incident(&id).unwrap().incident.accounts[0].clone();
    let other = archive.incident(&ids(&archive)[3]).unwrap().incident.accounts[0].clone();
    assert!(matches!(archive.taking_out(&id, &[one]), Ok(Act::Split { .. })));
    assert!(archive.taking_out(&id, &[other]).unwrap_err().is_refused());
    // Somebody else, later, says that they are one.
    let two = ids(&archive);
    merge(&mut archive, &two[0], &two[1], "Ben");
    assert_eq!(archive.incident(&ids(&archive)[0]).unwrap().incident.accounts, joined.incident.accounts);
    let conflicts = archive.conflicts(None).unwrap();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert!(conflicts[0].with.is_some());
    for wrong in [&[0][..], &[9], &[1, 2, 3], &[]] {
        let act = archive.splitting(&ids(&archive)[0], wrong);
        assert!(act.and_then(|a| archive.decide(&by("Ada", 5), a)).unwrap_err().is_refused(), "{wrong:?}");
    }
}

#[test]
fn a_correction_stands_beside_what_was_read() {
    let place = Place::new();
    let mut archive = place.open();
    let id = ids(&archive)[0].clone();
    let act = archive.correcting(&id, "killed", "21").unwrap();
    let d = archive.decide(&by("Ada", 1), act).unwrap();
    let whole = archive.incident(&id).unwrap();
    assert_eq!(whole.chosen("killed"), "21");
    let field = whole.incident.fields.iter().find(|f| f.name == "killed").unwrap();
    let decided = field.choice().unwrap();
    assert_eq!(decided.by.as_ref().unwrap().decision, d.id);
    assert!(decided.accounts.is_empty() && field.readings.len() >= 3);
    assert_eq!(archive::toll(&whole.incident).unwrap().to_string(), "21");
    // It is no news that the accounts that were there say something else.
    assert!(archive.conflicts(None).unwrap().is_empty());
    let late = text(
        "late",
        "Evening Lantern",
        "2024-03-09T08:00:00Z",
        "The bombing at the market in Kabul on March 4, 2024 killed 31 people, the coroner told the Evening Lantern.",
    );
    fill(&mut archive, &[late]);
    let id = ids(&archive)[0].clone();
    assert_eq!(archive.incident(&id).unwrap().chosen("killed"), "21");
    let conflicts = archive.conflicts(Some(&id)).unwrap();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert!(conflicts[0].what.contains("`31`") && conflicts[0].what.contains("`21`"), "{}", conflicts[0].what);
    // Ben differs from Ada; Ada may change her own mind without a word.
    let act = archive.correcting(&id, "killed", "31").unwrap();
    archive.decide(&by("Ada", 2), act).unwrap();
    assert!(archive.conflicts(None).unwrap().is_empty());
    let act = archive.correcting(&id, "killed", "22").unwrap();
    archive.decide(&by("Ben", 3), act).unwrap();
    assert!(archive.conflicts(None).unwrap().iter().any(|c| c.with.is_some()));
    for (field, value) in [("killed", "many"), ("date", "soon"), ("mood", "bad"), ("country", "Mali")] {
        let act = archive.correcting(&id, field, value).unwrap();
        assert!(archive.decide(&by("Ada", 5), act).unwrap_err().is_refused(), "{field}");
    }
}

#[test]
fn what_is_dismissed_is_gone_until_it_is_restored() {
    let place = Place::new();
    let mut archive = place.open();
    let before = (dump(&archive), ids(&archive));
    let act = archive.dismissing(&Pointed::Incident(before.1[2].clone())).unwrap();
    archive.decide(&by("Ada", 1), act).unwrap();
    assert_eq!(ids(&archive).len(), 3);
    let act = archive.dismissing(&format!("{}/1", before.1[0]).parse().unwrap()).unwrap();
    archive.decide(&by("Ada", 2), act).unwrap();
    assert_eq!(archive.incident(&ids(&archive)[0]).unwrap().accounts.len(), 2);
    let act = archive.restoring(&before.1[2][..6].parse().unwrap()).unwrap();
    archive.decide(&by("Ben", 3), act).unwrap();
    assert_eq!(ids(&archive).len(), 4);
    assert_eq!(archive.conflicts(None).unwrap().len(), 1);
    let undone = archive.log().unwrap();
    for e in undone.iter().rev() {
        archive.undo(&by("Ada", 9), Some(&e.decision.id)).unwrap();
    }
    assert_eq!(dump(&archive), before.0);
}

#[test]
fn what_was_dismissed_and_is_told_again_is_shown() {
    let place = Place::new();
    let mut archive = place.open();
    let act = archive.dismissing(&Pointed::Incident(ids(&archive)[1].clone())).unwrap();
    let d = archive.decide(&by("Ada", 1), act).unwrap();
    assert!(archive.conflicts(None).unwrap().is_empty());
    let body = "Gunmen killed two police officers in Peshawar, Pakistan, on April 9, 2024, the city's mayor said. The Red Valley Front claimed the attack.";
    fill(&mut archive, &[text("late", "Evening Lantern", "2024-04-12T08:00:00Z", body)]);
    assert_eq!(ids(&archive).len(), 4);
    let conflicts = archive.conflicts(None).unwrap();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert_eq!((&conflicts[0].decision, conflicts[0].incident.as_ref()), (&d.id, Some(&ids(&archive)[1])));
}

#[test]
fn ratings_weigh_where_nothing_else_does() {
    let place = Place::new();
    let mut archive = place.open();
    let before = dump(&archive);
    let id = ids(&archive)[0].clone();
    let chosen = |a: &Archive| a.incident(&id).unwrap().chosen("killed").to_owned();
    let first = chosen(&archive);
    let outlet = |a: &Archive| {
        let whole = a.incident(&id).unwrap();
        let field = whole.incident.fields.iter().find(|f| f.name == "killed").unwrap().clone();
        whole.article(field.choice().unwrap().accounts[0]).unwrap().article.outlet_name().unwrap().to_owned()
    };
    let name = outlet(&archive);
    archive.decide(&by("Ada", 1), Act::Rate { outlet: name.to_uppercase(), rating: Rating::E }).unwrap();
    assert_ne!(chosen(&archive), first, "what only an unreliable outlet says is not chosen");
    let (refreshed, _) = (dump(&archive), archive.relink_all().unwrap());
    assert_eq!(dump(&archive), refreshed);
    archive.decide(&by("Ben", 2), Act::Rate { outlet: name, rating: Rating::A }).unwrap();
    assert_eq!(archive.conflicts(None).unwrap().len(), 1);
    assert_eq!(chosen(&archive), first);
    archive.undo(&by("Ben", 3), None).unwrap();
    archive.undo(&by("Ada", 4), None).unwrap();
    assert_eq!(dump(&archive), before);
}

#[test]
fn actors_are_joined_by_decision() {
    let place = Place::new();
    let mut archive = place.open();
    let count = |a: &Archive, actor: &str| {
        let (filter, mut n) = (Filter { actor: Some(actor.into()), ..Filter::default() }, 0);
        a.incidents(&filter, |_| -> Result<(), ()> {
            n += 1;
            Ok(())
        })
        .unwrap()
        .unwrap();
        n
    };
    assert_eq!(count(&archive, "red valley front"), 1);
    let other = "front for red freedom";
    assert_eq!(count(&archive, other), 1, "{:?}", dump(&archive).last());
    let act = Act::ActorMerge { actor: "red valley front".into(), other: other.into() };
    archive.decide(&by("Ada", 1), act).unwrap();
    assert_eq!((count(&archive, "red valley front"), count(&archive, other)), (2, 0));
    assert_eq!(archive.names().unwrap().key(other), "red valley front");
}

/// Newer reading may find the same account in another place, or not at all.
#[test]
fn decisions_outlive_rereading() {
    let place = Place::new();
    let mut archive = place.open();
    let before = ids(&archive);
    merge(&mut archive, &before[1], &before[2], "Ada");
    let act = archive.noting(&before[3], "asked the ministry").unwrap();
    archive.decide(&by("Ada", 2), act).unwrap();
    drop(archive);
    place.sql(
        "PRAGMA foreign_keys = false; UPDATE account SET ordinal = ordinal + 7; UPDATE evidence SET ordinal = ordinal + 7;
         DELETE FROM account WHERE country = 'MLI';
         UPDATE state SET value = value + 1 WHERE key = 'generation';",
    );
    let archive = place.open();
    assert_eq!(ids(&archive).len(), 2, "the merge holds");
    let log = archive.log().unwrap();
    assert!(log[0].unattached.is_empty());
    assert_eq!((log[1].now.len(), log[1].unattached.len()), (0, 1));
}

#[test]
fn decisions_outlive_a_new_version_of_the_page() {
    let place = Place::new();
    let mut archive = place.open();
    let before = ids(&archive);
    merge(&mut archive, &before[1], &before[2], "Ada");
    let mut later = texts().swap_remove(5);
    later.0 = "later.txt".into();
    later.1 = later.1.replace("T10:00", "T18:00").replace("four drivers", "five drivers") + "The road is closed.\n";
    fill(&mut archive, &[later]);
    assert_eq!(ids(&archive).len(), 3);
    assert!(archive.log().unwrap()[0].unattached.is_empty());
}

#[test]
fn files_of_decisions_are_taken_whole_or_not_at_all() {
    let place = Place::new();
    let mut archive = place.open();
    let before = ids(&archive);
    merge(&mut archive, &before[1], &before[2], "Ada");
    archive.undo(&by("Ben", 2), Some("d")).unwrap();
    let file = archive.export_decisions().unwrap();
    assert_eq!(file.lines().count(), 2);
    let mut other = Place::new().open();
    let count = |t: archive::Taken| (t.new, t.known);
    assert_eq!(count(other.import_decisions(&file).unwrap()), (2, 0));
    assert_eq!(count(other.import_decisions(&file).unwrap()), (0, 2));
    assert_eq!(other.export_decisions().unwrap(), file);
    // What is yet to come would hold against all that is decided until then.
    let act = Act::Rate { outlet: "Hill Courier".into(), rating: Rating::E };
    let late = archive::Decision::new("9999-01-01T00:00:00Z".parse().unwrap(), "Ada", "", act);
    for wrong in [
        format!("{file}{}\n", serde_json::to_string(&late).unwrap()),
        file.replace("Ada", "Eve"),
        format!("{file}{{}}\n"),
        format!("{file}no decision"),
        file.replace("undo", "redo"),
    ] {
        let mut fresh = Place::new().open();
        let e = fresh.import_decisions(&wrong).unwrap_err();
        assert!(e.is_refused() && e.to_string().contains("line "), "{e}");
        assert!(fresh.decisions().unwrap().is_empty());
    }
}

#[test]
fn rows_of_decisions_never_change() {
    let place = Place::new();
    let mut archive = place.open();
    archive.decide(&by("Ada", 1), Act::Rate { outlet: "Hill Courier".into(), rating: Rating::B }).unwrap();
    drop(archive);
    let conn = rusqlite::Connection::open(place.dir.path().join("khabar.db")).unwrap();
    for sql in ["UPDATE decision SET who = 'Eve'", "DELETE FROM decision"] {
        assert!(conn.execute(sql, []).unwrap_err().to_string().contains("never"));
    }
}

#[test]
fn whoever_comes_second_is_told_who_holds_the_archive() {
    let place = Place::new();
    let file = place.dir.path().join("khabar.db");
    let mut archive = Archive::open(
        &file,
        &Options { patience: std::time::Duration::from_millis(50), max_pages: None, ..Options::default() },
    )
    .unwrap();
    let act = archive.noting(&ids(&archive)[0], "a note").unwrap();
    let mut other = rusqlite::Connection::open(&file).unwrap();
    let tx = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let e = archive.decide(&by("Ada", 1), act.clone()).unwrap_err();
    assert!(e.is_busy() && e.to_string().contains("process"), "{e}");
    drop(tx);
    archive.decide(&by("Ada", 1), act).unwrap();
}

/// One step of two people at work; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Merge(usize, usize),
    Split(usize, usize),
    Correct(usize, usize),
    Dismiss(usize, usize),
    Rate(usize, usize),
    Join,
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0..6usize;
    prop_oneof![
        (n.clone(), n.clone()).prop_map(|(a, b)| Step::Merge(a, b)),
        (n.clone(), n.clone()).prop_map(|(a, b)| Step::Split(a, b)),
        (n.clone(), n.clone()).prop_map(|(a, b)| Step::Correct(a, b)),
        (n.clone(), n.clone()).prop_map(|(a, b)| Step::Dismiss(a, b)),
        (n.clone(), n.clone()).prop_map(|(a, b)| Step::Rate(a, b)),
        Just(Step::Join),
        n.prop_map(Step::Undo),
    ]
}

fn take(archive: &mut Archive, at: usize, step: &Step) {
    let ids = ids(archive);
    let who = by(["Ada", "Ben"][at % 2], at as i64);
    let id = |n: &usize| ids.get(n % ids.len().max(1)).cloned().unwrap_or_default();
    let act = match step {
        Step::Merge(a, b) => archive.merging(&[&id(a), &id(b)]),
        Step::Split(a, n) => archive.splitting(&id(a), &[n + 1]),
        Step::Correct(a, n) => {
            let (field, value) = [
                ("killed", "21"),
                ("killed", "22"),
                ("date", "2024-03-05"),
                ("country", "IRQ"),
                ("kind", "raid"),
                ("place", "Osh"),
            ][*n];
            archive.correcting(&id(a), field, value)
        }
        Step::Dismiss(a, 0) => archive.dismissing(&Pointed::Incident(id(a))),
        Step::Dismiss(a, n) => archive.dismissing(&Pointed::Account(id(a), *n)),
        Step::Rate(a, n) => {
            let outlet = ["Hill Courier", "Plain Mail", "River Post", "Gulf Ledger", "Salt Road Times", "Nobody"][*a];
            Ok(Act::Rate { outlet: outlet.into(), rating: Rating::ALL[*n] })
        }
        Step::Join => Ok(Act::ActorMerge { actor: "red valley front".into(), other: "front for red freedom".into() }),
        Step::Undo(n) => {
            let decisions = archive.decisions().unwrap();
            match decisions.get(n % decisions.len().max(1)) {
                Some(d) => _ = archive.undo(&who, Some(&d.id)),
                None => assert!(archive.undo(&who, None).is_err()),
            }
            return;
        }
    };
    // What cannot be is refused, and changes nothing.
    if let Ok(act) = act {
        let _ = archive.decide(&who, act);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_was_decided_can_be_taken_back_moved_and_made_anew(steps in prop::collection::vec(step(), 1..9), turn in any::<prop::sample::Index>()) {
        let place = Place::new();
        let mut archive = place.open();
        let before = dump(&archive);
        for (at, step) in steps.iter().enumerate() {
            take(&mut archive, at, step);
        }
        archive.conflicts(None).unwrap();
        let decided = dump(&archive);
        // Linking anew gives what the decisions gave one by one.
        archive.relink_all().unwrap();
        prop_assert_eq!(&dump(&archive), &decided);
        // So does taking the decisions in, in any order and in pieces.
        let file = archive.export_decisions().unwrap();
        let mut lines: Vec<&str> = file.lines().collect();
        if !lines.is_empty() {
            let middle = turn.index(lines.len());
            lines.rotate_left(middle);
            lines[..middle].reverse();
            let mut other = Place::new().open();
            other.import_decisions(&lines[..middle].join("\n")).unwrap();
            other.import_decisions(&lines.join("\n")).unwrap();
            prop_assert_eq!(&dump(&other), &decided);
        }
        // Taken back, the last first, nothing is left of them.
        for _ in 0..100 {
            let log = archive.log().unwrap();
            let Some(last) = log.iter().rev().find(|e| e.holds && !matches!(e.decision.act, Act::Undo { .. })) else { break };
            archive.undo(&by("Ada", 100), Some(&last.decision.id)).unwrap();
        }
        prop_assert_eq!(&dump(&archive), &before);
    }
}
