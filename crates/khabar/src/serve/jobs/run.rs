//! Reading the files of one job.

use super::{Job, Phase};
use crate::inputs;
use crate::serve::live::News;
use crate::serve::state::{Shared, State};
use account::Reader;
use archive::{Archive, Input, Map, Options, Step, Summary};
use article::{Limits, Problem};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// Listeners are told of progress no more often than this.
const PACE: Duration = Duration::from_millis(100);
/// The largest table.
const TABLE: u64 = 64 << 20;

/// Reads the job on a thread of its own, once it is its turn.
pub(super) fn spawn(state: &Shared, job: Arc<Job>) {
    let state = Arc::clone(state);
    std::thread::spawn(move || {
        let _turn = state.jobs.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = read(&state, &job);
        let stopped = job.stop.load(Ordering::Relaxed);
        let mut at = job.at();
        match outcome {
            Ok(summary) => {
                at.phase = if stopped && summary.incidents.is_none() { Phase::Stopped } else { Phase::Done };
                at.summary = summary;
            }
            Err(e) => {
                at.phase = Phase::Failed;
                at.error = Some(e);
            }
        }
        let done = at.phase == Phase::Done;
        drop(at);
        if done {
            // The files are in the archive by now.
            job.folder.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        state.live.tell(job.news());
        state.live.tell(News::Ended(job.id.clone()));
    });
}

fn read(state: &State, job: &Job) -> Result<Summary, String> {
    let folder = job.folder.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|f| f.path().to_owned());
    let folder = folder.ok_or("its files are gone")?;
    let (tables, maps) = tables(&folder).map_err(|e| e.to_string())?;
    let all = inputs::within(&folder, &job.stop).map_err(|e| format!("the files cannot be read: {e}"))?;
    let is_table = |name: &str| {
        tables.iter().chain(&maps).any(|t| t.strip_prefix(&folder).is_ok_and(|t| t.to_string_lossy() == name))
    };
    let inputs: Vec<&dyn Input> = all.iter().map(|i| &**i).filter(|i| !is_table(i.name())).collect();
    let mut archive = Archive::open(state.file(), &Options::default()).map_err(|e| e.what())?;
    {
        let mut at = job.at();
        (at.phase, at.of) = (Phase::Reading, inputs.len() + tables.len());
    }
    let mut summary = Summary::default();
    if !inputs.is_empty() || tables.is_empty() {
        let reader = Reader::new(&state.actors);
        let limits = Limits::default();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let how = archive::Job { reader: &reader, limits: &limits, threads, stop: &job.stop };
        let mut told = Instant::now();
        let mut tell = |step: Step| {
            let mut at = job.at();
            match step {
                Step::Done(n) => at.done = n,
                Step::Linking => at.phase = Phase::Linking,
            }
            drop(at);
            if told.elapsed() > PACE || step == Step::Linking {
                told = Instant::now();
                state.live.tell(job.news());
            }
        };
        summary = archive.read(&inputs, &how, &mut tell).map_err(|e| e.what())?;
    }
    for table in &tables {
        if job.stop.load(Ordering::Relaxed) {
            summary.incidents = None;
            break;
        }
        let name = table.strip_prefix(&folder).unwrap_or(table).to_string_lossy().into_owned();
        let taken = take(&mut archive, state, table, &maps, &name, job.skip).unwrap_or_else(|p| {
            Ok(Summary { problems: vec![(name.clone(), p)], set_aside: 1, ..Summary::default() })
        })?;
        summary = together(summary, taken);
        job.at().done += 1;
        state.live.tell(job.news());
    }
    if summary.incidents.is_none() && !job.stop.load(Ordering::Relaxed) {
        summary.incidents = Some(archive.count().map_err(|e| e.what())?);
    }
    Ok(summary)
}

/// Takes a table in by the map of its name, else by the only map there is.
fn take(
    archive: &mut Archive,
    state: &State,
    table: &Path,
    maps: &[PathBuf],
    name: &str,
    skip: bool,
) -> Result<Result<Summary, String>, Problem> {
    let wrong = |what: String| Problem::new("table/map", what);
    let own = table.with_extension("map");
    let map = match maps {
        _ if maps.contains(&own) => &own,
        [only] => only,
        [] => return Err(wrong("send the map of the table with it: it says what the columns mean".into())),
        _ => return Err(wrong("several maps were sent; name one as the table, ending in .map".into())),
    };
    let bytes = |file: &Path| match std::fs::metadata(file) {
        Ok(m) if m.len() > TABLE => Err(wrong(format!("the table is larger than {} MiB; cut it", TABLE >> 20))),
        _ => std::fs::read(file).map_err(|e| wrong(format!("it cannot be read: {e}"))),
    };
    let text = String::from_utf8(bytes(map)?).map_err(|_| wrong("the map is not UTF-8".into()))?;
    let map: Map = text.parse().map_err(|e| wrong(format!("the map: {e}")))?;
    Ok(archive.import_table(name, &bytes(table)?, &map, &state.actors, skip).map_err(|e| e.what()))
}

/// Tables and maps among the files.
fn tables(folder: &Path) -> std::io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut tables, mut maps, mut open) = (Vec::new(), Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let ending = path.extension().map(|e| e.to_ascii_lowercase()).unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if ending == "csv" || ending == "tsv" {
                tables.push(path);
            } else if ending == "map" {
                maps.push(path);
            }
        }
    }
    tables.sort();
    maps.sort();
    Ok((tables, maps))
}

fn together(mut a: Summary, b: Summary) -> Summary {
    a.problems.extend(b.problems);
    Summary {
        new: a.new + b.new,
        known: a.known + b.known,
        set_aside: a.set_aside + b.set_aside,
        skipped: a.skipped + b.skipped,
        accounts: a.accounts + b.accounts,
        incidents: b.incidents.or(a.incidents),
        problems: a.problems,
    }
}
