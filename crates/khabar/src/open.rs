//! Opening what commands need: the archive, with its incidents up to date, and the list of actors.

use crate::cli::{ActorsArg, ArchiveArg};
use crate::end::Misuse;
use crate::{history, label};
use account::Actors;
use archive::{Archive, Entry, Options, Whole};

/// Opens the archive for a command that looks things up.
///
/// Incidents that a cut-short read left unlinked are linked now; where that cannot be, the older ones are shown.
pub(crate) fn archive(arg: &ArchiveArg) -> anyhow::Result<Archive> {
    let mut archive = Archive::open(&arg.archive, &Options::default())?;
    if archive.is_stale()? {
        if archive.is_read_only() {
            anstream::eprintln!(
                "khabar: reading was cut short and the archive cannot be written; newer articles do not show yet"
            );
            return Ok(archive);
        }
        match archive.relink() {
            Err(e) if e.is_busy() => anstream::eprintln!("khabar: newer articles do not show yet: {e}"),
            other => {
                other?;
            }
        }
    }
    Ok(archive)
}

/// The incident that somebody typed. An id that was one until somebody decided otherwise is told with that decision.
pub(crate) fn incident(archive: &Archive, typed: &str) -> anyhow::Result<Whole> {
    let id = incident_id(typed);
    let unknown = match archive.incident(&id) {
        Err(e) if e.is_unknown_incident() => e,
        other => {
            let whole = other?;
            if !whole.incident.id.starts_with(&id) {
                anstream::eprintln!("khabar: {id} is part of {} by now", whole.incident.id);
            }
            return Ok(whole);
        }
    };
    let log = archive.log()?;
    let names =
        |e: &&Entry| e.holds && e.decision.act.groups().iter().any(|g| !id.is_empty() && g.incident.starts_with(&id));
    let Some(entry) = log.iter().rev().find(names) else { return Err(unknown.into()) };
    let d = &entry.decision;
    let now = if entry.now.is_empty() {
        String::new()
    } else {
        format!("; its accounts are now in {}", label::list(&entry.now))
    };
    let what = history::describe(&d.act, &log);
    Err(anyhow::anyhow!("there is no incident {id} any more since {} decided ({}): {what}{now}", d.who, d.id))
}

/// The id that somebody typed, with its `i`: no digit of an id is an `i`, so that the letter tells nothing that the digits
/// do not.
pub(crate) fn incident_id(typed: &str) -> String {
    let bare = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_hexdigit());
    if bare { format!("i{typed}") } else { typed.to_owned() }
}

/// The built-in actors and those of the user's file.
pub(crate) fn actors(arg: &ActorsArg) -> anyhow::Result<Actors> {
    let Some(file) = &arg.actors else {
        return Actors::with("").map_err(|p| anyhow::anyhow!("{} [{}]", p.detail, p.code));
    };
    let misuse = |what: String| Misuse(format!("{}: {what}", file.display()));
    let extra = std::fs::read_to_string(file).map_err(|e| misuse(format!("the actors cannot be read: {e}")))?;
    Actors::with(&extra).map_err(|p| misuse(format!("{} [{}]", p.detail, p.code)).into())
}
