//! Reading what was uploaded, in the background: one job after the other, each on a connection of its own, so that nobody
//! who looks has to wait.
//!
//! Files lie in a folder of their own until their job is done. A job that was stopped goes on by reading the same files
//! again: what was read is passed over. What came of a job can be asked for until the server ends.

mod run;
mod upload;

pub(crate) use upload::{MOST, examples, receive};

use super::fail::Fail;
use super::live::{News, Progress};
use super::state::Shared;
use archive::Summary;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use utoipa::ToSchema;

/// Jobs that are remembered; of more the oldest that are done are forgotten.
const JOBS: usize = 100;
/// Problems of a job that are told; the archive has all.
const PROBLEMS: usize = 1_000;

/// Jobs in the order in which they came.
#[derive(Default)]
pub(crate) struct Jobs {
    list: Mutex<Vec<Arc<Job>>>,
    next: AtomicUsize,
    /// Held by the job that reads.
    turn: Mutex<()>,
}

/// Uploaded files that are read.
pub(crate) struct Job {
    id: String,
    who: Option<String>,
    files: usize,
    /// Whether rows of tables that cannot be read are left out, and the others taken.
    skip: bool,
    /// The files; gone once they are read.
    folder: Mutex<Option<TempDir>>,
    stop: AtomicBool,
    at: Mutex<Standing>,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ImportState)]
pub(crate) enum Phase {
    /// Another job is being read.
    #[default]
    Waiting,
    Reading,
    Linking,
    Done,
    /// Somebody stopped it; it can go on.
    Stopped,
    /// It could not be done; it can be tried again.
    Failed,
}

#[derive(Default)]
struct Standing {
    phase: Phase,
    done: usize,
    of: usize,
    summary: Summary,
    error: Option<String>,
}

/// A job as it is shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct Shown {
    job: String,
    state: Phase,
    /// Who started it, if somebody is logged in.
    by: Option<String>,
    /// Files that were sent.
    files: usize,
    /// Files, or parts of large ones, that were read or passed over.
    done: usize,
    /// Files and parts to read.
    of: usize,
    /// Articles that were not in the archive.
    new: usize,
    /// Articles that were.
    known: usize,
    /// Files without an article.
    set_aside: usize,
    /// Files that were read before and have not changed.
    skipped: usize,
    /// Accounts of the new articles.
    accounts: usize,
    /// Incidents in the archive when it was done.
    incidents: Option<usize>,
    /// By file, 1000 at most.
    problems: Vec<Trouble>,
    /// Why it failed.
    error: Option<String>,
}

/// What was wrong with a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FileProblem)]
struct Trouble {
    file: String,
    code: String,
    detail: String,
}

impl Jobs {
    /// Takes up a job. *Errors*: too many are waiting.
    pub(crate) fn start(
        state: &Shared,
        who: Option<String>,
        folder: TempDir,
        files: usize,
        skip: bool,
    ) -> Result<String, Fail> {
        let jobs = &state.jobs;
        let id = format!("j{}", jobs.next.fetch_add(1, Ordering::Relaxed) + 1);
        let job = Arc::new(Job {
            id: id.clone(),
            who,
            files,
            skip,
            folder: Mutex::new(Some(folder)),
            stop: AtomicBool::new(false),
            at: Mutex::default(),
        });
        let mut list = jobs.list.lock().unwrap_or_else(PoisonError::into_inner);
        if list.len() >= JOBS {
            match list.iter().position(|j| j.phase() == Phase::Done) {
                Some(oldest) => _ = list.remove(oldest),
                None => return Err(Fail::refused("a hundred imports are waiting; stop some of them or wait")),
            }
        }
        list.push(Arc::clone(&job));
        drop(list);
        run::spawn(state, job);
        Ok(id)
    }

    /// All jobs, the last first.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        let list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.iter().rev().map(|j| j.shown()).collect()
    }

    /// Stops a job after what was begun.
    pub(crate) fn stop(&self, id: &str) -> Result<Shown, Fail> {
        let job = self.job(id)?;
        match job.phase() {
            Phase::Waiting | Phase::Reading | Phase::Linking => job.stop.store(true, Ordering::Relaxed),
            _ => return Err(Fail::refused(format!("{id} is not being read"))),
        }
        Ok(job.shown())
    }

    /// Goes on with a job that was stopped or failed.
    pub(crate) fn go_on(state: &Shared, id: &str) -> Result<Shown, Fail> {
        let job = state.jobs.job(id)?;
        {
            let mut at = job.at();
            if !matches!(at.phase, Phase::Stopped | Phase::Failed) {
                return Err(Fail::refused(format!("{id} was not stopped")));
            }
            *at = Standing::default();
        }
        job.stop.store(false, Ordering::Relaxed);
        run::spawn(state, Arc::clone(&job));
        Ok(job.shown())
    }

    /// Stops all of them, because the server ends, and waits for what is being written.
    pub(crate) fn end(&self) {
        let list = self.list.lock().unwrap_or_else(PoisonError::into_inner).clone();
        list.iter().for_each(|j| j.stop.store(true, Ordering::Relaxed));
        drop(self.turn.lock());
    }

    fn job(&self, id: &str) -> Result<Arc<Job>, Fail> {
        let list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.iter().find(|j| j.id == id).cloned().ok_or_else(|| Fail::missing(format!("there is no import {id}")))
    }
}

impl Job {
    fn at(&self) -> std::sync::MutexGuard<'_, Standing> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn phase(&self) -> Phase {
        self.at().phase
    }

    fn news(&self) -> News {
        let at = self.at();
        let linking = at.phase == Phase::Linking;
        News::Progress(Progress { job: self.id.clone(), done: at.done, of: at.of, linking })
    }

    fn shown(&self) -> Shown {
        let at = self.at();
        let s = &at.summary;
        let trouble = |(file, p): &(String, article::Problem)| Trouble {
            file: file.clone(),
            code: p.code.clone(),
            detail: p.detail.clone(),
        };
        Shown {
            job: self.id.clone(),
            state: at.phase,
            by: self.who.clone(),
            files: self.files,
            done: at.done,
            of: at.of,
            new: s.new,
            known: s.known,
            set_aside: s.set_aside,
            skipped: s.skipped,
            accounts: s.accounts,
            incidents: s.incidents,
            problems: s.problems.iter().take(PROBLEMS).map(trouble).collect(),
            error: at.error.clone(),
        }
    }
}
