//! Finds which codes are in logs, and what is wrong with them.

mod histogram;
mod progress;
mod report;
mod scan;
mod sighting;
mod tally;
mod view;
mod work;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use self::progress::Progress;
use self::report::{Report, Times};
use self::scan::Scan;
use self::work::Source;
use crate::logs::files;
use crate::logs::time::{self, Millis, Moment};
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Count the codes in logs, and find what differs from the registry
///
/// Reads logs of any size, plain or compressed with gzip or zstd: entries of the one-line format, JSON lines, logfmt, logs of
/// clients and gateways, and any text that contains codes. Finds undefined codes, former codes and reserved numbers that are still
/// sent, retries that come too early, failed tool calls behind HTTP 200, and new codes. A log that cannot be read is reported and
/// skipped.
///
/// Exit status: 1 if the logs contain undefined codes, former codes or reserved numbers, 0 if not, 2 if the arguments are invalid.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Logs, and directories of logs. `-` is standard input, which is also read if it is a pipe and no log is given
    #[arg(value_name = "LOGS")]
    logs: Vec<PathBuf>,

    /// Report the codes that were first seen since then: 15m, 1h, 2d, or a time
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse, allow_hyphen_values = true)]
    since: Option<Moment>,

    /// Report the codes that were first seen since a deploy: its time, or a text in the log line that marks it
    #[arg(long, value_name = "TIME|TEXT")]
    deploy: Option<String>,

    /// Use this time as the current time, instead of the newest time in the logs
    #[arg(long, value_name = "TIME", value_parser = time::parse_argument)]
    now: Option<Millis>,

    /// Also list the codes that were never seen
    #[arg(long)]
    all: bool,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables, and a sentence for each finding
    Table,
    /// An object with `codes`, `findings` and `files`
    Json,
}

impl Audit {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let sources = self.sources()?;
        let (deploy_at, deploy_text) = match self.deploy.as_deref() {
            Some(text) => (time::parse(text), Some(text).filter(|text| time::parse(text).is_none())),
            None => (None, None),
        };
        let progress = Progress::new(size(&sources));
        let logs = work::audit(&sources, &Scan::new(deploy_text), &progress);
        progress.finish();
        for log in &logs {
            if let Err(problem) = &log.result {
                terminal.complain(&format!("{}: {problem}; skipped", log.name));
            }
        }
        if let Some(text) = deploy_text
            && logs.iter().all(|log| log.result.as_ref().map_or(true, |tally| tally.deploy.is_none()))
        {
            terminal.warn(&format!("no line with a time contains {text:?}, so no deploy is known"));
        }
        let newest = logs.iter().filter_map(|log| log.result.as_ref().ok()?.newest).max();
        let present = self.now.or(newest).unwrap_or_else(time::now);
        let since = self.since.map(|since| since.before(present)).into_iter().chain(deploy_at).max();
        let report = Report::new(logs, Times { now: self.now, since });
        terminal.print(&match self.format {
            Format::Table => report.table(terminal.table_width(), self.all),
            Format::Json => crate::json::pretty(&report.json())?,
        })?;
        Ok(if report.has_drift() { Outcome::NotFound } else { Outcome::Found })
    }

    fn sources(&self) -> Result<Vec<Source>, Failure> {
        const NOTHING: &str = "there is nothing to audit; pass a log or a directory of logs, or pipe one in";
        if self.logs.is_empty() {
            return match io::stdin().is_terminal() {
                true => Err(Failure::Usage(NOTHING.to_owned())),
                false => Ok(vec![Source::StandardInput]),
            };
        }
        let mut sources = Vec::new();
        for path in &self.logs {
            if path == Path::new("-") {
                sources.push(Source::StandardInput);
                continue;
            }
            sources.extend(files::below(std::slice::from_ref(path))?.into_iter().map(Source::File));
        }
        Ok(sources)
    }
}

/// Returns the total size of all logs, or `None` if the size of one is not known.
fn size(sources: &[Source]) -> Option<u64> {
    let of_source = |source: &Source| match source {
        Source::File(path) => std::fs::metadata(path).ok().map(|metadata| metadata.len()),
        Source::StandardInput => None,
    };
    sources.iter().map(of_source).sum()
}
