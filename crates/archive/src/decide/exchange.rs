//! Decisions in and out, so that two people can work apart and put their work together.
//!
//! A file holds one decision a line, as JSON, in the order in which they take effect. Ids follow from content: taking the
//! same file twice changes nothing, and the order in which files are taken does not either.

use super::decision::Decision;
use super::{all, keep, make, now, stale};
use crate::error::{Error, Inner, What};
use crate::store::Archive;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// The clock of another machine may be so far ahead of this one's. What is decided after a decision is put behind it in
/// time, so that one of the far future would push all others there.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// What came of taking decisions in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Taken {
    /// Decisions that were not in the archive.
    pub new: usize,
    /// Decisions that were.
    pub known: usize,
}

impl Archive {
    /// All decisions as text, one a line.
    pub fn export_decisions(&self) -> Result<String, Error> {
        let run = || -> Inner<String> {
            let mut out = String::new();
            for d in all(&self.conn)? {
                out += &serde_json::to_string(&d)?;
                out.push('\n');
            }
            Ok(out)
        };
        run().map_err(|e| self.blame(e))
    }

    /// Takes in decisions from text as [`Archive::export_decisions`] writes it: all of them, or none.
    ///
    /// *Errors*: a line that is no decision, that was changed after it was made, or that is of a time to come, named by its
    /// number.
    pub fn import_decisions(&mut self, text: &str) -> Result<Taken, Error> {
        let decisions = parse(text).map_err(|e| self.blame(e))?;
        self.sign("taking in decisions")?;
        let taken = self.change(|tx| {
            let mut taken = Taken::default();
            for d in &decisions {
                if keep(tx, d)? { taken.new += 1 } else { taken.known += 1 }
            }
            if taken.new > 0 {
                stale(tx)?;
            }
            Ok(taken)
        })?;
        if self.is_stale()? {
            self.relink()?;
        }
        Ok(taken)
    }
}

fn parse(text: &str) -> Inner<Vec<Decision>> {
    let mut out = Vec::new();
    let latest = now().saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let wrong = |what: String| What::Refused(format!("line {}: {what}; nothing was taken in", n + 1));
        let decision: Decision = serde_json::from_str(line)
            .map_err(|e| wrong(format!("this is no decision, or one of a newer Khabar ({e})")))?;
        if !decision.is_sound() {
            let id = &decision.id;
            return Err(wrong(format!("decision {id} was changed after it was made: its id does not fit it")).into());
        }
        if decision.moment().is_some_and(|t| t > latest) {
            let (id, time) = (&decision.id, &decision.time);
            return Err(wrong(format!(
                "decision {id} is of {time}, which is yet to come, and would hold against all that is decided until \
                 then; have the clock set right where it was made, and the decision made anew"
            ))
            .into());
        }
        match make::checked(decision.act.clone()) {
            Ok(act) if act == decision.act => out.push(decision),
            _ => return Err(wrong(format!("decision {} has a value that cannot be", decision.id)).into()),
        }
    }
    Ok(out)
}
