//! Reading many files at once: workers turn bytes into accounts, one writer commits them in batches.

use crate::error::Error;
use crate::rows::hash;
use crate::store::Archive;
use crate::write::{Digest, Told};
use account::Reader;
use article::{Limits, Problem, Raw, intake, sketch};
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Something that gives the bytes of articles: a file, an address, standard input, a bundled example.
pub trait Input: Sync {
    /// Its name in messages and in the archive.
    fn name(&self) -> &str;
    /// Where it begins, when it is one of several parts of a large file.
    fn offset(&self) -> u64 {
        0
    }
    /// Its bytes.
    fn bytes(&self) -> Result<Vec<u8>, Problem>;
}

/// How to read.
pub struct Job<'a> {
    /// Finds the accounts of an article.
    pub reader: &'a Reader<'a>,
    /// What an input may grow to.
    pub limits: &'a Limits,
    /// How many workers; at least one is started.
    pub threads: usize,
    /// Set to end early: what was begun is committed, the rest is left for the next run.
    pub stop: &'a AtomicBool,
}

/// What came of reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were not in the archive.
    pub new: usize,
    /// Articles that were.
    pub known: usize,
    /// Files and addresses that gave no article.
    pub set_aside: usize,
    /// Files and addresses that an earlier run read and that have not changed.
    pub skipped: usize,
    /// Accounts of the new articles.
    pub accounts: usize,
    /// Incidents in the archive; `None` if it ended before they were linked.
    pub incidents: Option<usize>,
    /// Problems with the name of their file or address, sorted.
    pub problems: Vec<(String, Problem)>,
}

/// Tells how far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many files and addresses were committed or skipped.
    Done(usize),
    /// All were; incidents are being linked.
    Linking,
}

/// Inputs committed together: enough to make the disk's part small, few enough to lose little work.
const BATCH: usize = 64;
/// A batch is committed after this time even when it is not full.
const PACE: Duration = Duration::from_secs(2);

/// Reads one input: bytes to articles to accounts. Never fails: what is wrong becomes a problem.
pub fn digest(input: &dyn Input, reader: &Reader<'_>, limits: &Limits) -> Digest {
    match bytes(input) {
        Ok(bytes) => understand(input, &bytes, reader, limits),
        Err(p) => unreadable(input, p),
    }
}

fn bytes(input: &dyn Input) -> Result<Vec<u8>, Problem> {
    fence(|| input.bytes()).unwrap_or_else(|what| Err(failed(&what)))
}

fn understand(input: &dyn Input, bytes: &[u8], reader: &Reader<'_>, limits: &Limits) -> Digest {
    let taken = match fence(|| intake(Raw { name: input.name(), bytes }, limits)) {
        Ok(taken) => taken,
        Err(what) => return unreadable(input, failed(&what)),
    };
    let mut digest = Digest {
        name: input.name().to_owned(),
        offset: input.offset(),
        hash: Some(hash(bytes)),
        articles: Vec::new(),
        problems: taken.problems,
    };
    for article in taken.articles {
        // One article at a time: what fails on one takes nothing from the others of its file.
        match fence(|| (sketch(&article), reader.read(&article))) {
            Ok((sketch, report)) => digest.articles.push(Told { article, sketch, report }),
            Err(what) => {
                digest.problems.push(failed(&what));
                digest.hash = None;
            }
        }
    }
    digest
}

/// Runs `work`, and turns a panic in it into its message: an error of the program costs one article, not the whole run.
pub(crate) fn fence<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What `work` had in hand is thrown away with it; nothing half done is seen again.
    catch_unwind(AssertUnwindSafe(work)).map_err(|said: Box<dyn Any + Send>| {
        let text = said.downcast_ref::<&str>().map(|s| (*s).to_owned());
        text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
    })
}

/// The problem of an article on which the program itself failed.
fn failed(what: &str) -> Problem {
    Problem {
        code: "read/failed".to_owned(),
        span: None,
        detail: format!(
            "the program failed on this article ({what}), the others were read; please report it with the article, it \
             is tried again on the next run"
        ),
    }
}

fn unreadable(input: &dyn Input, p: Problem) -> Digest {
    Digest {
        name: input.name().to_owned(),
        offset: input.offset(),
        hash: None,
        articles: Vec::new(),
        problems: vec![p],
    }
}

/// What a worker hands to the writer.
enum Work {
    Digest(Digest),
    /// An earlier run read the same bytes under this name, from this offset.
    Skipped(String, u64),
}

/// What earlier runs read: names and offsets with the hash of the bytes.
type Done = BTreeMap<(String, u64), String>;

impl Archive {
    /// Reads `inputs` into the archive and links the incidents.
    ///
    /// What is committed stays, whatever happens to the program; running it again goes on where it stopped.
    pub fn read(&mut self, inputs: &[&dyn Input], job: &Job<'_>, tell: &mut dyn FnMut(Step)) -> Result<Summary, Error> {
        self.sign("khabar read")?;
        let done = self.done()?;
        let next = AtomicUsize::new(0);
        let mut summary = Summary::default();
        // A short queue: a slow disk holds the workers back instead of filling the memory.
        let (send, receive) = mpsc::sync_channel(job.threads.max(1) * 4);
        std::thread::scope(|scope| {
            for _ in 0..job.threads.max(1) {
                let send = send.clone();
                let (next, done) = (&next, &done);
                scope.spawn(move || {
                    while !job.stop.load(Ordering::Relaxed) {
                        let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                        // The writer hangs up when it cannot write: then there is nothing left to do.
                        if send.send(work(*input, done, job)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            self.write_all(receive, &mut summary, tell)
        })?;
        if !job.stop.load(Ordering::Relaxed) {
            tell(Step::Linking);
            summary.incidents = if self.is_stale()? { self.relink_unless(job.stop)? } else { Some(self.count()?) };
        }
        summary.problems.sort();
        summary.problems.dedup();
        Ok(summary)
    }

    fn write_all(
        &mut self,
        receive: mpsc::Receiver<Work>,
        summary: &mut Summary,
        tell: &mut dyn FnMut(Step),
    ) -> Result<(), Error> {
        let mut batch = Vec::new();
        let mut finished = 0;
        loop {
            let begun = Instant::now();
            let mut open = true;
            while batch.len() < BATCH {
                match receive.recv_timeout(PACE.saturating_sub(begun.elapsed())) {
                    Ok(Work::Digest(d)) => batch.push(d),
                    Ok(Work::Skipped(name, offset)) => {
                        let old = self.problems(&name, offset)?;
                        summary.problems.extend(old.into_iter().map(|p| (name.clone(), p)));
                        summary.skipped += 1;
                        finished += 1;
                        tell(Step::Done(finished));
                    }
                    Err(mpsc::RecvTimeoutError::Timeout) => break,
                    Err(mpsc::RecvTimeoutError::Disconnected) => {
                        open = false;
                        break;
                    }
                }
            }
            if !batch.is_empty() {
                let added = self.add(&batch)?;
                summary.new += added.new;
                summary.known += added.known;
                summary.accounts += added.accounts;
                finished += batch.len();
                for d in batch.drain(..) {
                    summary.set_aside += usize::from(d.articles.is_empty());
                    let said = d.articles.into_iter().flat_map(|t| t.report.problems);
                    summary.problems.extend(d.problems.into_iter().chain(said).map(|p| (d.name.clone(), p)));
                }
                tell(Step::Done(finished));
            }
            if !open {
                return Ok(());
            }
        }
    }

    fn done(&self) -> Result<Done, Error> {
        let run = || {
            let mut find = self.conn.prepare("SELECT name, offset, hash FROM done")?;
            find.query_map([], |r| Ok(((r.get(0)?, r.get(1)?), r.get(2)?)))?.collect::<rusqlite::Result<_>>()
        };
        run().map_err(|e| self.blame(e.into()))
    }

    /// The problems noted for a file or address.
    fn problems(&self, name: &str, offset: u64) -> Result<Vec<Problem>, Error> {
        let run = || {
            let mut find = self.conn.prepare_cached(
                "SELECT code, start, \"end\", detail FROM problem WHERE origin = ?1 AND offset = ?2 ORDER BY number",
            )?;
            find.query_map((name, offset), |r| {
                let (start, end): (Option<u32>, Option<u32>) = (r.get(1)?, r.get(2)?);
                let span = start.zip(end).map(article::Span::from);
                Ok(Problem { code: r.get(0)?, span, detail: r.get(3)? })
            })?
            .collect::<rusqlite::Result<_>>()
        };
        run().map_err(|e| self.blame(e.into()))
    }
}

fn work(input: &dyn Input, done: &Done, job: &Job<'_>) -> Work {
    let key = (input.name().to_owned(), input.offset());
    match bytes(input) {
        Ok(bytes) if done.get(&key) == Some(&hash(&bytes)) => Work::Skipped(key.0, key.1),
        Ok(bytes) => Work::Digest(understand(input, &bytes, job.reader, job.limits)),
        Err(p) => Work::Digest(unreadable(input, p)),
    }
}
