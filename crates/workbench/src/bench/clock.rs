//! How long work takes on this thread.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Runs `work` and adds the time it took to `sum`.
///
/// *Units*: time on the processor where the system tells it (Linux; to a few milliseconds, so time whole loops), else
/// time by the clock.
pub(crate) fn timed<T>(sum: &mut Duration, work: impl FnOnce() -> T) -> T {
    let begin = now();
    let out = work();
    *sum += now().saturating_sub(begin);
    out
}

fn now() -> Duration {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let begin = BEGIN.get_or_init(Instant::now);
    on_processor().unwrap_or_else(|| begin.elapsed())
}

fn on_processor() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// The time that all threads of this program, ended ones too, were on processors, where the system tells it (Linux); else
/// the time by the clock.
pub(crate) fn processors() -> Duration {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let begin = BEGIN.get_or_init(Instant::now);
    of_process(0).unwrap_or_else(|| begin.elapsed())
}

/// The same for the programs that this one started and that have ended; zero where the system does not tell it.
pub(crate) fn children() -> Duration {
    of_process(2).unwrap_or_default()
}

/// *Units*: hundredths of a second, so time what takes longer.
fn of_process(at: usize) -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything, stand numbers: from the twelfth on, ticks of this program by itself and in
    // the system, then of its children; a hundred a second.
    let mut numbers = stat.rsplit_once(')')?.1.split_whitespace().skip(11 + at);
    let ticks = numbers.next()?.parse::<u64>().ok()? + numbers.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}
