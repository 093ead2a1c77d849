//! The same articles give the same bytes: in any order, with any number of threads, however often it was killed.

use crate::{Place, articles, examples};
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn order_and_threads_change_no_byte() {
    let expected = Place::filled().run(&["export", "jsonl"]).out;
    assert!(!expected.is_empty());
    let mut files: Vec<String> =
        std::fs::read_dir(articles()).unwrap().map(|f| f.unwrap().path().display().to_string()).collect();
    files.sort();
    for turn in 0..files.len() {
        files.rotate_left(1);
        let place = Place::new();
        // Half of the turns read everything at once, the others one by one.
        if turn % 2 == 0 {
            let threads = (turn + 1).to_string();
            let args: Vec<&str> =
                ["read", "--threads", &threads].into_iter().chain(files.iter().map(String::as_str)).collect();
            assert_eq!(place.run(&args).code, 0);
        } else {
            for file in files.iter().rev() {
                place.run(&["read", file]);
            }
        }
        let got = place.run(&["export", "jsonl"]).out;
        // The folder is spelled the same, so that even the names of the files agree.
        assert_eq!(got, expected);
    }
}

/// The examples hold near copies, and two more files are one page at two times.
#[test]
fn copies_and_versions_of_a_page_change_no_byte_either() {
    let names = |folder: &str| std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path().display().to_string());
    let mut files: Vec<String> = names(examples()).chain(["first.txt", "later.txt"].map(str::to_owned)).collect();
    files.sort();
    let page = |toll: &str| {
        format!(
            "Outlet: Salt Road Times\nUrl: https://salt-road.example/gao-bridge\nPublished: 2025-05-11\n\
             Title: Gunmen attack post at Gao bridge\n\nGunmen shot at a police post at the bridge of Gao, Mali, on Sunday \
             and killed {toll} officers, the governor said.\n"
        )
    };
    let mut turned = files.clone();
    turned.rotate_left(files.len() / 3);
    let backwards: Vec<String> = files.iter().rev().cloned().collect();
    let mut expected = None;
    for order in [files, backwards, turned] {
        for threads in ["1", "2"] {
            let place = Place::new();
            place.write("first.txt", page("two"));
            place.write("later.txt", page("five"));
            let args: Vec<&str> =
                ["read", "--threads", threads].into_iter().chain(order.iter().map(String::as_str)).collect();
            let read = place.run(&args);
            assert_eq!(read.code, 0, "{}", read.err);
            let got = place.run(&["export", "jsonl"]).out;
            assert!(got.contains("salt-road.example"), "{got}");
            assert_eq!(&got, expected.get_or_insert_with(|| got.clone()), "{threads} threads, {order:?}");
        }
    }
}

#[test]
fn sigterm_ends_at_once() {
    let place = Place::new();
    // Standard input stays open and says nothing, so that reading it would never end.
    let mut child = place.command().args(["read", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    // The archive is there once reading has begun.
    while !place.path("khabar.db").exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(300));
    let kill = std::process::Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status().unwrap();
    assert!(kill.success());
    while child.try_wait().unwrap().is_none() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    // Only what is still running is killed by this.
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(15));
}

#[test]
fn killed_at_any_moment_it_goes_on_where_it_stopped() {
    let place = Place::new();
    for i in 0..300 {
        let (day, city) = (i % 28 + 1, ["Kabul", "Kandahar", "Peshawar"][i % 3]);
        let text = format!(
            "Outlet: Paper {i}\nUrl: https://paper-{i}.example/a\nPublished: 2024-01-{day:02}\nTitle: Bomb in {city}\n\n\
             A bomb exploded in {city} on January {day}, 2024. Police said {} people were killed in the attack.\n",
            i % 7 + 1
        );
        place.write(&format!("in/{i:03}.txt"), text);
    }
    assert_eq!(place.run(&["read", "in", "--archive", "whole.db"]).code, 0);
    let expected = place.run(&["export", "jsonl", "--archive", "whole.db"]).out;
    for delay in [5, 15, 30, 60, 120, 250] {
        let mut child = place
            .command()
            .args(["read", "in", "--threads", "1"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The point is a moment that nothing announces.
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        // What was committed shows, and whatever was cut short is no error.
        if place.path("khabar.db").exists() {
            let look = place.run(&["incidents"]);
            assert!(look.code <= 1, "{}", look.err);
        }
    }
    let last = place.run(&["read", "in"]);
    assert_eq!(last.code, 0, "{}", last.err);
    assert_eq!(place.run(&["export", "jsonl"]).out, expected);
}
