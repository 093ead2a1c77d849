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
