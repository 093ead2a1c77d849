//! What is kept, who may open it, and that nothing depends on the order of arrival.

use account::{Actors, Kind, Reader};
use archive::{Archive, Filter, Input, Job, Options, Step, Summary};
use article::{Limits, Problem};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// An article held in memory.
struct Text(String, String);

impl Input for Text {
    fn name(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.1.clone().into_bytes())
    }
}

fn text(name: &str, outlet: &str, url: &str, body: &str) -> Text {
    let url = if url.is_empty() { String::new() } else { format!("Url: https://{url}\n") };
    let head = format!("Outlet: {outlet}\n{url}Published: 2024-03-05T08:00:00Z\nTitle: Bomb at a market in Kabul\n\n");
    Text(name.into(), head + body)
}

/// Two accounts of one bombing that exclude each other, and an article without incident.
fn three() -> Vec<Text> {
    let a = "KABUL - Exactly 13 people were killed when a bomb exploded at a vegetable market in Kabul on Monday, March 4, 2024, \
             police said. The Red Valley Front said in a statement that it had carried out the attack.\n";
    let b = "Hospital officials counted the dead late on March 4, 2024 and put them at no fewer and no more than before: \
             20 people were killed in the market bombing in Kabul, the health ministry confirmed. Shopkeepers swept up glass.\n";
    let c = "The council met on Tuesday to talk about the price of bread.\n";
    vec![
        text("a.txt", "Hill Courier", "hill-courier.example/1", a),
        text("b.txt", "Plain Mail", "plain-mail.example/7", b),
        text("c.txt", "River Post", "", c),
    ]
}

fn fill(archive: &mut Archive, texts: &[Text], threads: usize) -> Summary {
    let reader = Reader::new(Actors::builtin());
    let inputs: Vec<&dyn Input> = texts.iter().map(|t| t as &dyn Input).collect();
    let job = Job { reader: &reader, limits: &Limits::default(), threads, stop: &AtomicBool::new(false) };
    archive.read(&inputs, &job, &mut |_| {}).unwrap()
}

fn dump(archive: &Archive, filter: &Filter) -> Vec<String> {
    let mut out = Vec::new();
    let each = |w: archive::Whole| -> Result<(), ()> {
        out.push(format!("{:?} {:?} {:?}", w.incident, w.accounts, w.articles));
        Ok(())
    };
    archive.incidents(filter, each).unwrap().unwrap();
    out
}

fn all(archive: &Archive) -> Vec<String> {
    dump(archive, &Filter::default())
}

fn place(dir: &tempfile::TempDir) -> PathBuf {
    dir.path().join("khabar.db")
}

fn open(file: &Path) -> Result<Archive, archive::Error> {
    Archive::open(file, &Options { patience: Duration::from_millis(50), max_pages: None, ..Options::default() })
}

#[test]
fn what_was_read_is_read_once() {
    let mut archive = Archive::in_memory().unwrap();
    let first = fill(&mut archive, &three(), 2);
    assert_eq!((first.new, first.known, first.skipped), (3, 0, 0));
    assert!(first.incidents.is_some_and(|n| n >= 1));
    let again = fill(&mut archive, &three(), 2);
    assert_eq!((again.new, again.known, again.skipped), (0, 0, 3));
    // The same address and the same text are the same article, whatever the file is called.
    let mut moved = three();
    moved[0].0 = "elsewhere.txt".into();
    moved[1].1 += "A later version of the page says more.\n";
    moved[2].1 = moved[2].1.replace("River Post", "River Herald");
    let before = all(&archive).len();
    let third = fill(&mut archive, &moved, 1);
    assert_eq!((third.new, third.known, third.skipped), (0, 3, 0));
    assert_eq!(all(&archive).len(), before);
}

#[test]
fn order_and_threads_change_nothing() {
    let mut texts = three();
    // Two versions of one page and the same text without an address: which comes first must not show.
    let mut later = three().swap_remove(0);
    later.0 = "later.txt".into();
    later.1 = later.1.replace("13 people", "14 people");
    let mut bare = three().swap_remove(0);
    bare.0 = "bare.txt".into();
    bare.1 = bare.1.replace("Url: https://hill-courier.example/1\n", "").replace("13 people", "14 people");
    texts.extend([later, bare]);
    let mut expected = None;
    for turn in 0..5 {
        texts.rotate_left(1);
        for threads in [1, 4] {
            let mut archive = Archive::in_memory().unwrap();
            let cut = if turn % 2 == 0 { texts.len() } else { 2 };
            fill(&mut archive, &texts[..cut], threads);
            fill(&mut archive, &texts[cut..], threads);
            let got = all(&archive);
            assert_eq!(expected.get_or_insert_with(|| got.clone()), &got);
        }
    }
    assert!(!expected.unwrap().is_empty());
}

#[test]
fn the_last_version_of_an_address_stands() {
    let version = |name: &str, day: &str, dead: &str| {
        let mut t = three().swap_remove(0);
        t.0 = name.into();
        t.1 = t.1.replace("2024-03-05T08", day).replace("13 people", dead);
        t
    };
    // The last bears the earlier clock time, in another zone; a copy of the first text at another address comes later still.
    let mut texts = [
        version("first.txt", "2024-03-05T08", "13 people"),
        version("second.txt", "2024-03-05T10", "14 people"),
        version("third.txt", "2024-03-06T09", "15 people"),
        version("copy.txt", "2024-03-07T09", "13 people"),
    ];
    texts[2].1 = texts[2].1.replace("09:00:00Z", "04:00:00-08:00");
    texts[3].1 = texts[3].1.replace("hill-courier.example/1", "mirror.example/9").replace("Hill Courier", "Mirror");
    for _ in 0..texts.len() {
        texts.rotate_left(1);
        let mut archive = Archive::in_memory().unwrap();
        fill(&mut archive, &texts[..2], 1);
        fill(&mut archive, &texts[2..], 2);
        let mut killed = Vec::new();
        let each = |w: archive::Whole| -> Result<(), ()> {
            killed.push((w.incident.accounts.len(), archive::toll(&w.incident).unwrap().to_string()));
            Ok(())
        };
        archive.incidents(&Filter::default(), each).unwrap().unwrap();
        assert_eq!(killed, [(1, "15".to_owned())]);
    }
}

#[test]
fn filters_choose() {
    let mut archive = Archive::in_memory().unwrap();
    fill(&mut archive, &three(), 1);
    let count = |f: Filter| dump(&archive, &f).len();
    let total = count(Filter::default());
    assert!(total >= 1);
    assert_eq!(count(Filter { country: Some("afg".into()), ..Filter::default() }), total);
    assert_eq!(count(Filter { country: Some("PAK".into()), ..Filter::default() }), 0);
    assert_eq!(count(Filter { kind: Some(Kind::Bombing), ..Filter::default() }), total);
    assert_eq!(count(Filter { kind: Some(Kind::Abduction), ..Filter::default() }), 0);
    assert_eq!(count(Filter { since: Some(jiff::civil::date(2024, 3, 1)), ..Filter::default() }), total);
    assert_eq!(count(Filter { since: Some(jiff::civil::date(2024, 4, 1)), ..Filter::default() }), 0);
    assert_eq!(count(Filter { until: Some(jiff::civil::date(2024, 3, 1)), ..Filter::default() }), 0);
    assert_eq!(count(Filter { actor: Some("nobody".into()), ..Filter::default() }), 0);
    assert_eq!(count(Filter { disputed: true, ..Filter::default() }), total);
}

#[test]
fn search_finds_articles() {
    let mut archive = Archive::in_memory().unwrap();
    fill(&mut archive, &three(), 1);
    let hits = archive.search("council \"price of bread\"", 10).unwrap();
    assert_eq!(hits.len(), 1);
    assert!(hits[0].snippet.contains(archive::FOUND));
    assert_eq!(archive.search("market -bread", 10).unwrap().len(), 2);
    for odd in ["\"", "AND", "a OR", "NEAR(", "col:x", "*", "(", "-x", "", "\0", "'; DROP TABLE article"] {
        archive.search(odd, 10).unwrap();
    }
}

#[test]
fn a_read_that_was_cut_short_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let file = place(&dir);
    let mut archive = Archive::create(&file, &Options::default()).unwrap();
    let reader = Reader::new(Actors::builtin());
    let texts = three();
    let inputs: Vec<&dyn Input> = texts.iter().map(|t| t as &dyn Input).collect();
    let stop = AtomicBool::new(false);
    let job = Job { reader: &reader, limits: &Limits::default(), threads: 1, stop: &stop };
    // Stopping at the first sign of progress leaves everything unlinked.
    let summary = archive.read(&inputs, &job, &mut |s| {
        if let Step::Done(_) = s {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    assert_eq!(summary.unwrap().incidents, None);
    drop(archive);
    let mut archive = open(&file).unwrap();
    assert!(archive.is_stale().unwrap());
    assert!(all(&archive).is_empty());
    assert!(archive.relink().unwrap() >= 1);
    assert!(!archive.is_stale().unwrap());
    assert!(!all(&archive).is_empty());
}

/// An input on which the program itself fails.
struct Broken;

impl Input for Broken {
    fn name(&self) -> &str {
        "broken.txt"
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        panic!("a bug, as every program has one")
    }
}

#[test]
fn a_failure_costs_one_article() {
    let mut archive = Archive::in_memory().unwrap();
    let reader = Reader::new(Actors::builtin());
    let texts = three();
    let inputs: Vec<&dyn Input> = vec![&texts[0], &Broken, &texts[1], &texts[2]];
    let job = Job { reader: &reader, limits: &Limits::default(), threads: 1, stop: &AtomicBool::new(false) };
    for turn in 0..2 {
        let summary = archive.read(&inputs, &job, &mut |_| {}).unwrap();
        assert_eq!((summary.new, summary.set_aside), (if turn == 0 { 3 } else { 0 }, 1));
        assert!(summary.incidents.is_some_and(|n| n >= 1));
        let (name, problem) = &summary.problems[0];
        assert_eq!((name.as_str(), problem.code.as_str()), ("broken.txt", "read/failed"));
        assert!(problem.detail.contains("a bug") && problem.detail.contains("report it"), "{}", problem.detail);
    }
}

#[test]
fn a_full_disk_loses_nothing_committed() {
    let dir = tempfile::tempdir().unwrap();
    let file = place(&dir);
    fill(&mut Archive::create(&file, &Options::default()).unwrap(), &three(), 1);
    let kept = all(&open(&file).unwrap());
    let pages = {
        let conn = rusqlite::Connection::open(&file).unwrap();
        conn.query_row("PRAGMA page_count", [], |r| r.get::<_, u32>(0)).unwrap()
    };
    let mut archive = Archive::create(&file, &Options { max_pages: Some(pages + 4), ..Options::default() }).unwrap();
    let big = text(
        "big.txt",
        "Hill Courier",
        "hill-courier.example/2",
        &"A bomb killed 4 people in Kandahar.\n\n".repeat(4000),
    );
    let reader = Reader::new(Actors::builtin());
    let job = Job { reader: &reader, limits: &Limits::default(), threads: 2, stop: &AtomicBool::new(false) };
    let error = archive.read(&[&big], &job, &mut |_| {}).unwrap_err();
    assert!(error.is_full(), "{error}");
    assert!(error.to_string().contains("khabar.db") && error.to_string().contains("make room"), "{error}");
    assert_eq!(all(&archive), kept);
    drop(archive);
    // With room again, it goes on.
    let mut archive = open(&file).unwrap();
    assert_eq!(fill(&mut archive, &[big], 1).new, 1);
}

#[test]
fn strange_files_are_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let file = place(&dir);
    assert!(open(&file).err().unwrap().is_missing());
    std::fs::write(&file, "Not a database, but long enough to be taken for one. ".repeat(100)).unwrap();
    let error = open(&file).err().unwrap();
    assert!(error.is_not_an_archive() && error.to_string().contains("khabar.db"), "{error}");

    let other = dir.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine(x)").unwrap();
    assert!(open(&other).err().unwrap().is_not_an_archive());

    let newer = dir.path().join("newer.db");
    drop(Archive::create(&newer, &Options::default()).unwrap());
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = open(&newer).err().unwrap();
    assert!(error.is_newer() && error.to_string().contains("99"), "{error}");

    let nowhere = dir.path().join("no/such/folder/khabar.db");
    assert!(Archive::create(&nowhere, &Options::default()).err().unwrap().to_string().contains("folder"));
}

#[test]
fn damage_is_called_damage() {
    let dir = tempfile::tempdir().unwrap();
    let file = place(&dir);
    fill(&mut Archive::create(&file, &Options::default()).unwrap(), &three(), 1);
    let mut bytes = std::fs::read(&file).unwrap();
    // Everything after the first page, so that the header still looks sound.
    bytes[4096..].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    let outcome = open(&file).and_then(|a| a.incidents(&Filter::default(), |_| Ok::<(), ()>(())).map(|_| ()));
    let error = outcome.unwrap_err();
    assert!(error.is_corrupt(), "{error}");
    assert!(error.to_string().contains("restore a copy"), "{error}");
}

#[test]
fn a_second_writer_waits_and_is_told_who() {
    let dir = tempfile::tempdir().unwrap();
    let file = place(&dir);
    fill(&mut Archive::create(&file, &Options::default()).unwrap(), &three(), 1);
    let holder = rusqlite::Connection::open(&file).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut archive = open(&file).unwrap();
    let error = archive.relink().unwrap_err();
    assert!(error.is_busy(), "{error}");
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    // Looking is always possible.
    assert!(!all(&archive).is_empty());
    holder.execute_batch("ROLLBACK").unwrap();
    archive.relink().unwrap();
}

#[test]
fn incidents_are_found_by_the_beginning_of_their_id() {
    let mut archive = Archive::in_memory().unwrap();
    fill(&mut archive, &three(), 1);
    let mut ids = Vec::new();
    archive
        .incidents(&Filter::default(), |w| {
            ids.push(w.incident.id);
            Ok::<(), ()>(())
        })
        .unwrap()
        .unwrap();
    assert_eq!(archive.incident(&ids[0]).unwrap().incident.id, ids[0]);
    assert_eq!(archive.incident(&ids[0][..8]).unwrap().incident.id, ids[0]);
    for unknown in ["zzz", "%", "'"] {
        assert!(archive.incident(unknown).unwrap_err().is_unknown_incident());
    }
}

/// A copy of the frozen archive of a version.
fn frozen(dir: &tempfile::TempDir, version: usize) -> PathBuf {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../testdata/archive/v{version}.sqlite"));
    let file = place(dir);
    std::fs::copy(&frozen, &file).unwrap();
    file
}

/// The archive of the first version, opened for ever; it is never written anew.
#[test]
fn the_first_version_still_opens() {
    let dir = tempfile::tempdir().unwrap();
    let mut archive = open(&frozen(&dir, 1)).unwrap();
    assert!(archive.is_stale().unwrap(), "incidents follow from how accounts are linked now");
    assert!(archive.relink().unwrap() >= 1);
    let wholes = all(&archive);
    assert!(wholes[0].contains("Hill Courier"));
    assert_eq!(archive.search("bread", 5).unwrap().len(), 1);
    assert!(archive.decisions().unwrap().is_empty());
}

/// The archive of the second version, with decisions. `KHABAR_RENEW=1` writes it anew, which is right only before release.
#[test]
fn the_second_version_still_opens() {
    let dir = tempfile::tempdir().unwrap();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/archive/v2.sqlite");
        std::fs::remove_file(&file).ok();
        let mut archive = Archive::create(&file, &Options::default()).unwrap();
        fill(&mut archive, &three(), 1);
        let mut id = String::new();
        let each = |w: archive::Whole| -> Result<(), ()> {
            id = w.incident.id;
            Ok(())
        };
        archive.incidents(&Filter::default(), each).unwrap().unwrap();
        let act = archive.correcting(&id, "killed", "17").unwrap();
        let time = jiff::Timestamp::from_second(1_725_000_000).unwrap();
        let author = archive::Author { who: "Ada".into(), why: "counted".into(), time };
        archive.decide(&author, act).unwrap();
    }
    let mut archive = open(&frozen(&dir, 2)).unwrap();
    archive.relink().unwrap();
    let log = archive.log().unwrap();
    assert_eq!((log.len(), log[0].now.len(), log[0].unattached.len()), (1, 1, 0));
    let whole = archive.incident(&log[0].now[0]).unwrap();
    assert_eq!(whole.chosen("killed"), "17");
}
