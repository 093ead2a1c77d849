//! Bad input and wrong use: clear messages, the right exit code, and an archive that stays sound.

use crate::{Place, articles};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::process::Stdio;

#[test]
fn bad_files_are_set_aside_by_name_and_the_rest_goes_on() {
    let place = Place::new();
    place.write("in/empty.txt", "");
    place.write("in/binary.txt", [0u8, 159, 146, 150, 0, 1, 2, 3].repeat(200));
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b'a'; 8 << 20]).unwrap();
    place.write("in/bomb.txt.gz", bomb.finish().unwrap());
    place.write("in/deep.html", format!("{}<p>Rain fell on the hills.</p>", "<div>".repeat(100_000)));
    place.write("in/torn.html", "<html><p>Rain fell on the hills.</p><p>Snow fell on the <a href='ht");
    place.write("in/fields.json", r#"{"text": 7, "title": ["Rain"]}"#);
    std::fs::write(place.path("in").join(OsString::from_vec(b"bl\xe9ast.txt".to_vec())), " \n").unwrap();
    std::fs::create_dir(place.path("in/folder")).unwrap();
    symlink("..", place.path("in/folder/up")).unwrap();
    std::fs::File::create(place.path("in/large.txt")).unwrap().set_len(200 << 20).unwrap();
    place.write("in/good.txt", std::fs::read(format!("{}/checkpoint.txt", articles())).unwrap());
    let ran = place.run(&["read", "in", "missing.txt"]);
    assert_eq!(ran.code, 1);
    for (name, code) in [
        ("empty.txt", "intake/empty"),
        ("binary.txt", "intake/binary"),
        ("bomb.txt.gz", "intake/gzip-bomb"),
        ("deep.html", "intake/html-depth"),
        ("torn.html", "intake/html-cut"),
        ("fields.json", "intake/record"),
        ("bl\u{fffd}ast.txt", "intake/empty"),
        ("folder/up", "source/loop"),
        ("large.txt", "source/too-large"),
        ("missing.txt", "source/missing"),
    ] {
        let line = ran.err.lines().find(|l| l.contains(name)).unwrap_or_else(|| panic!("{name}: {}", ran.err));
        assert!(line.ends_with(&format!("[{code}]")), "{code}: {line}");
    }
    let listed = place.run(&["incidents", "--json"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert_eq!(listed.json().len(), 1);
    assert_eq!(listed.json()[0]["accounts"][0]["found_in"][0], "in/good.txt");
    // The next run says so again, though it does not read the files again.
    let again = place.run(&["read", "in"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("empty.txt"), "{}", again.err);
}

#[test]
fn wrong_use_is_two() {
    let place = Place::filled();
    for args in [
        &["read"][..],
        &["incidents", "--since", "yesterday"],
        &["incidents", "--kind", "parade"],
        &["incidents", "--country", "Afghanistan"],
        &["incidents", "--since", "2024", "--until", "2023"],
        &["incidents", "--json", "--csv"],
        &["incidents", "--archive", "nowhere.db"],
        &["incidents", "--actors", "nowhere.txt"],
        &["read", "--threads", "0", "x.txt"],
        &["frobnicate"],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}{}", ran.out, ran.err);
        assert!(!ran.err.is_empty());
    }
    assert!(place.run(&["incidents", "--archive", "nowhere.db"]).err.contains("nowhere.db"));
}

#[test]
fn strange_archives_are_refused_by_name() {
    let place = Place::new();
    place.write("khabar.db", "These are notes and not a database at all. ".repeat(100));
    let ran = place.run(&["incidents"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("khabar.db") && ran.err.contains("--archive"), "{}", ran.err);
    // The version stands in bytes 60 to 63 of the file's header.
    let newer = Place::filled();
    let mut bytes = std::fs::read(newer.path("khabar.db")).unwrap();
    bytes[60..64].copy_from_slice(&77u32.to_be_bytes());
    newer.write("khabar.db", &bytes);
    for args in [&["incidents"][..], &["read", articles()]] {
        let ran = newer.run(args);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("khabar.db") && ran.err.contains("newer") && ran.err.contains("77"), "{}", ran.err);
    }
    assert_eq!(std::fs::read(newer.path("khabar.db")).unwrap(), bytes);
}

#[test]
fn the_archive_can_be_named_by_the_environment() {
    let place = Place::new();
    let read = place.command().args(["read", articles()]).env("KHABAR_ARCHIVE", "other.db").output().unwrap();
    assert!(read.status.success());
    assert!(place.path("other.db").exists() && !place.path("khabar.db").exists());
    assert_eq!(place.run(&["incidents", "--archive", "other.db"]).code, 0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let place = Place::new();
    for i in 0..400 {
        place.write(
            &format!("in/{i}.txt"),
            format!("Title: Bomb in Kabul\n\nA bomb went off in Kabul, {i} people were killed.\n"),
        );
    }
    let mut child = place
        .command()
        .args(["accounts", "--json", "in"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let rest = child.wait_with_output().unwrap();
    assert!(first.starts_with('{'));
    assert_eq!((rest.status.code(), String::from_utf8(rest.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn articles_cannot_steer_the_terminal() {
    let place = Place::new();
    let evil = "Title: Bomb \u{1b}]0;owned\u{7} in Kabul \u{202e}lubaK\n\nA bomb\u{1b}[2J killed people in Kabul\u{9b}31m, 4 people were killed.\n";
    place.write("in/evil.txt", evil);
    place.run(&["read", "in"]);
    let id = place.run(&["incidents"]).out.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned();
    for args in [
        &["show", &id][..],
        &["accounts", "in"],
        &["search", "bomb"],
        &["accounts", "--json", "in"],
        &["export", "csv"],
        &["export", "jsonl"],
    ] {
        let ran = place.run(args);
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!ran.out.contains(steers), "{args:?}: {:?}", ran.out);
        assert!(ran.out.contains("omb"), "{args:?}: {}", ran.out);
    }
}

#[test]
fn standard_input_is_an_article_too() {
    let place = Place::new();
    let mut child = place
        .command()
        .args(["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text = std::fs::read(format!("{}/convoy.txt", articles())).unwrap();
    child.stdin.take().unwrap().write_all(&text).unwrap();
    let ran: crate::Ran = child.wait_with_output().unwrap().into();
    assert!(ran.out.contains("1 article new"), "{}{}", ran.out, ran.err);
}
