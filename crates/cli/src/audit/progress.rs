use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A progress bar. Nothing is shown unless standard error is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    /// The size of all logs, or `None` for standard input.
    total: Option<u64>,
    done: AtomicU64,
    shown: Option<Mutex<Shown>>,
}

#[derive(Debug)]
struct Shown {
    start: Instant,
    last: Instant,
    is_drawn: bool,
}

impl Progress {
    const EVERY: Duration = Duration::from_millis(100);
    /// Faster work needs no bar.
    const AFTER: Duration = Duration::from_millis(300);
    const CELLS: usize = 30;

    pub(super) fn new(total: Option<u64>) -> Self {
        let now = Instant::now();
        let shown = io::stderr().is_terminal().then(|| Mutex::new(Shown { start: now, last: now, is_drawn: false }));
        Self { total, done: AtomicU64::new(0), shown }
    }

    pub(super) fn advance(&self, bytes: u64) {
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        // It is enough if another thread is drawing.
        let Some(Ok(mut shown)) = self.shown.as_ref().map(Mutex::try_lock) else { return };
        if shown.start.elapsed() < Self::AFTER || shown.last.elapsed() < Self::EVERY {
            return;
        }
        shown.last = Instant::now();
        shown.is_drawn = true;
        let _ = write!(io::stderr(), "\r{}\x1b[K", bar(done, self.total, shown.start.elapsed(), Self::CELLS));
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        let Some(shown) = &self.shown else { return };
        if shown.lock().is_ok_and(|shown| shown.is_drawn) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// Draws a bar: `[######                        ]  20 %   0.40 of 2.00 GB   3.1 GB/s`.
fn bar(done: u64, total: Option<u64>, elapsed: Duration, cells: usize) -> String {
    let gigabytes = |bytes: u64| bytes as f64 / 1e9;
    let speed = gigabytes(done) / elapsed.as_secs_f64().max(1e-3);
    match total.filter(|total| *total >= done && *total > 0) {
        Some(total) => {
            let share = done as f64 / total as f64;
            let full = (share * cells as f64) as usize;
            let bar = "#".repeat(full) + &" ".repeat(cells - full.min(cells));
            format!(
                "[{bar}] {:3.0} %   {:.2} of {:.2} GB   {speed:.1} GB/s",
                share * 100.0,
                gigabytes(done),
                gigabytes(total)
            )
        }
        // Compressed logs are larger than their files.
        None => format!("{:.2} GB   {speed:.1} GB/s", gigabytes(done)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_shows_the_share_or_what_was_read() {
        let second = Duration::from_secs(1);
        assert_eq!(bar(500_000_000, Some(2_000_000_000), second, 8), "[##      ]  25 %   0.50 of 2.00 GB   0.5 GB/s");
        assert_eq!(bar(2_000_000_000, Some(2_000_000_000), second, 4), "[####] 100 %   2.00 of 2.00 GB   2.0 GB/s");
        assert_eq!(bar(2_000_000_000, Some(1_000_000), second, 4), "2.00 GB   2.0 GB/s");
        assert_eq!(bar(0, None, Duration::ZERO, 4), "0.00 GB   0.0 GB/s");
    }
}
