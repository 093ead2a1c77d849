//! Claims, accusations, suspicions and denials of one incident side by side, each with whoever stands behind it.

use crate::label;
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use account::{Binding, Standing};
use archive::Whole;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Each actor that an account binds to the incident, in the order of their keys, with who says what of it.
pub(crate) fn suspects(whole: &Whole) -> Vec<Suspect<'_>> {
    let mut actors: BTreeMap<&str, Suspect<'_>> = BTreeMap::new();
    for (i, a) in whole.accounts.iter().enumerate() {
        for b in &a.perpetrators {
            let suspect = actors.entry(&b.actor).or_default();
            suspect.key = &b.actor;
            suspect.names.insert(&b.name);
            voice(suspect.standings.entry(b.status).or_default(), i, b);
        }
    }
    actors.into_values().collect()
}

/// Prints each actor that an account binds to the incident, and under it who says what of it; nothing if there is none.
pub(crate) fn print(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    let actors = suspects(whole);
    if actors.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWho did it, as told:")?;
    for Suspect { names, standings, .. } in &actors {
        let names: Vec<String> = names.iter().map(|n| plain(n)).collect();
        write!(out, "  ")?;
        tinted(out, &names.join(", "), Tone::Strong)?;
        writeln!(out)?;
        for (standing, voices) in standings {
            let line = voices.iter().map(|v| v.line(whole)).collect::<Vec<_>>().join("; ");
            let head = format!("    {:10}", standing.name());
            let room = screen::width().map_or(usize::MAX, |w| w.saturating_sub(head.len()).max(20));
            for (n, part) in screen::wrap(&line, room).iter().enumerate() {
                writeln!(out, "{}{part}", if n == 0 { head.clone() } else { " ".repeat(head.len()) })?;
            }
        }
    }
    Ok(())
}

/// An actor under its names, with those who say each thing of it.
#[derive(Default)]
pub(crate) struct Suspect<'a> {
    /// Its key.
    pub(crate) key: &'a str,
    /// As printed.
    pub(crate) names: BTreeSet<&'a str>,
    /// Who says each thing of it.
    pub(crate) standings: BTreeMap<Standing, Vec<Voice>>,
}

/// Who says so, and the accounts that print it.
pub(crate) struct Voice {
    /// Empty where the outlets speak for themselves.
    pub(crate) said_by: String,
    /// Positions in the incident's accounts.
    pub(crate) accounts: Vec<usize>,
}

fn voice(voices: &mut Vec<Voice>, account: usize, b: &Binding) {
    let said_by = label::said_by(&b.said_by);
    match voices.iter_mut().find(|v| v.said_by == said_by) {
        Some(v) if v.accounts.last() == Some(&account) => {}
        Some(v) => v.accounts.push(account),
        None => voices.push(Voice { said_by, accounts: vec![account] }),
    }
}

impl Voice {
    /// "police, in [1] [3]", or the outlets where they speak for themselves.
    fn line(&self, whole: &Whole) -> String {
        let numbers = self.accounts.iter().map(|a| format!("[{}]", a + 1)).collect::<Vec<_>>().join(" ");
        if !self.said_by.is_empty() {
            return format!("{}, in {numbers}", self.said_by);
        }
        format!("{} {numbers}", self.outlets(whole))
    }

    /// The outlets that print it.
    pub(crate) fn outlets(&self, whole: &Whole) -> String {
        let outlets: BTreeSet<String> =
            self.accounts.iter().filter_map(|a| whole.article(*a)).map(label::outlet).collect();
        outlets.into_iter().collect::<Vec<_>>().join(", ")
    }
}
