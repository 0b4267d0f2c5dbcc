use std::path::PathBuf;

use clap::Args;

use crate::logs::files;
use crate::logs::log::Log;
use crate::outcome::{Failure, Outcome};
use crate::store::database::{Store, StoreOption};
use crate::store::intake::Taken;
use crate::store::requests;
use crate::store::source::Problem;
use crate::terminal::Terminal;

/// Store the errors of logs
///
/// Only the new part of a log is read, even after a rotation has renamed, copied or compressed the log. You can stop the command at
/// any time and run it again.
#[derive(Debug, Args)]
pub(crate) struct Ingest {
    /// Logs, plain or compressed with gzip or zstd, and directories of logs
    #[arg(value_name = "LOGS", required_unless_present = "requests")]
    logs: Vec<PathBuf>,

    /// Store how many requests each endpoint received, for `budget`
    ///
    /// A CSV file with the columns `endpoint`, `timestamp` and `requests`: the requests in the period that ends at `timestamp`. A
    /// line for the same endpoint and time replaces the earlier one.
    #[arg(long, value_name = "FILE")]
    requests: Vec<PathBuf>,

    #[command(flatten)]
    store: StoreOption,
}

impl Ingest {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut store = self.store.create()?;
        let mut files = files::below(&self.logs)?;
        files.retain(|file| !store.has_file(file));
        let (mut total, mut read, mut failures) = (Taken::default(), 0, Vec::new());
        for file in &files {
            match take(&mut store, file) {
                Ok(Some(taken)) => {
                    read += 1;
                    total.new += taken.new;
                    total.changed += taken.changed;
                }
                Ok(None) => terminal.complain(&format!("{} is not text; skipped", file.display())),
                Err(Problem::Log(error)) => failures.push(Failure::file(file, error)),
                Err(Problem::Store(error)) => return Err(store.failure(&error)),
            }
        }
        for file in &self.requests {
            requests::take(&mut store, file)?;
        }
        let changed = match total.changed {
            0 => String::new(),
            count => format!(", {count} completed"),
        };
        terminal.print(&format!("{} new{changed}, from {}\n", count(total.new, "error"), count(read, "log")))?;
        // Everything readable is in the store; the last failure sets the exit status.
        let last = failures.pop();
        failures.iter().for_each(|failure| terminal.complain(&failure.to_string()));
        last.map_or(Ok(Outcome::Found), Err)
    }
}

/// Ingests a log. Returns `None` if it is not text, such as a store in the same directory.
fn take(store: &mut Store, file: &std::path::Path) -> Result<Option<Taken>, Problem> {
    let log = Log::open(file)?;
    if !log.is_text()? {
        return Ok(None);
    }
    store.take(&log).map(Some)
}

fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
