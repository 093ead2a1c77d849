//! The manual and the help name every command and flag, and the help has examples.

use crate::{Place, project};

/// The commands that the program lists.
fn commands(place: &Place) -> Vec<String> {
    let help = place.run(&["--help"]).out;
    let list = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let names: Vec<String> = list
        .lines()
        .filter(|l| l.starts_with("  ") && !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|n| *n != "help")
        .map(str::to_owned)
        .collect();
    assert!(names.len() >= 9, "{names:?}");
    names
}

#[test]
fn every_help_has_examples() {
    let place = Place::new();
    assert!(place.run(&["--help"]).out.contains("Examples:\n  khabar "));
    for command in commands(&place) {
        let help = place.run(&[&command, "--help"]).out;
        assert!(help.contains(&format!("Examples:\n  khabar {command}")), "{command}: {help}");
    }
}

#[test]
fn the_manual_names_every_command_and_flag() {
    let manual = std::fs::read_to_string(project().join("docs/commands.md")).unwrap();
    let place = Place::new();
    for command in commands(&place) {
        let section = manual
            .split("\n## ")
            .find(|s| s.starts_with(&format!("khabar {command}")))
            .unwrap_or_else(|| panic!("docs/commands.md has no section `khabar {command}`"));
        let help = place.run(&[&command, "--help"]).out;
        for line in help.lines().map(str::trim_start).filter(|l| l.starts_with('-')) {
            let flag = line.split([' ', ',', '=', '[', '<']).find(|w| w.starts_with("--")).unwrap_or("--help");
            if flag != "--help" {
                assert!(
                    section.contains(&format!("`{flag}")),
                    "`{flag}` is missing from the section `khabar {command}`"
                );
            }
        }
    }
}

#[test]
fn the_manual_names_every_column_and_key() {
    let manual = std::fs::read_to_string(project().join("docs/commands.md")).unwrap();
    let place = Place::filled();
    let mut names: Vec<String> =
        place.run(&["export", "csv"]).out.lines().next().unwrap().split(',').map(str::to_owned).collect();
    let printed = [
        place.run(&["export", "jsonl"]),
        place.run(&["accounts", "--json", "--link", crate::articles()]),
        place.run(&["explain", "--json", &format!("{}/market-courier.txt", crate::articles())]),
        place.run(&["search", "--json", "bread"]),
        place.run(&["actor", "--json", "Red Valley Front"]),
    ];
    for value in printed.iter().flat_map(|p| p.json()) {
        keys(&value, &mut names);
    }
    names.sort();
    names.dedup();
    for name in names {
        assert!(manual.contains(&format!("`{name}`")), "docs/commands.md does not name `{name}`");
    }
}

/// Collects the keys of objects, save those of `fields`, which are names of fields.
fn keys(value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(o) => {
            for (k, v) in o {
                out.push(k.clone());
                match v.as_object().filter(|_| k == "fields") {
                    Some(fields) => fields.values().for_each(|f| keys(f, out)),
                    None => keys(v, out),
                }
            }
        }
        serde_json::Value::Array(a) => a.iter().for_each(|v| keys(v, out)),
        _ => {}
    }
}

#[test]
fn the_version_and_the_completions_print() {
    let place = Place::new();
    assert_eq!(place.run(&["--version"]).out, format!("khabar {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&["completions", shell]).out.contains("incidents"), "{shell}");
    }
    assert_eq!(place.run(&["completions", "abacus"]).code, 2);
}
