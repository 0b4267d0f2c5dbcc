use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::logs::entries::Entries;
use crate::logs::files;
use crate::logs::log::Log;
use crate::logs::occurrence::occurrences;
use crate::logs::time::{self, Moment};
use crate::outcome::{Failure, Outcome};
use crate::present::Present;
use crate::store::database::StoreOption;
use crate::store::row::Row;
use crate::store::search::{Condition, Question, Wanted};
use crate::terminal::Terminal;
use crate::{style, table};

/// Show the occurrences of a code, the newest first
///
/// They come from the store, or from the given logs.
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The code, with or without its system. Occurrences of its former codes are shown too
    #[arg(allow_negative_numbers = true)]
    code: String,

    /// Read these logs and directories instead of the store
    #[arg(value_name = "LOGS")]
    logs: Vec<PathBuf>,

    /// Only occurrences since then: 15m, 1h, 2d, or a time
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse, allow_hyphen_values = true)]
    since: Option<Moment>,

    /// Only occurrences with this value in a key of the context, or in a column such as tool_name
    #[arg(long = "where", value_name = "KEY=VALUE", value_parser = Condition::parse)]
    conditions: Vec<Condition>,

    #[command(flatten)]
    present: Present,

    /// The maximum number of occurrences in the table
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,

    /// The output format; the JSON formats contain all occurrences
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    store: StoreOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table: time, tool, type of the error, and whether the system recovers
    Table,
    /// An array with every column
    Json,
    /// One line per occurrence, as the tables of `export sql` load them
    Jsonl,
}

impl Inspect {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let question = Question {
            wanted: Wanted::parse(&self.code)?,
            since: self.since.map(|since| since.before(self.present.get())),
            conditions: self.conditions.clone(),
            // One more, to know whether there are more.
            limit: (self.format == Format::Table).then(|| self.limit.saturating_add(1)),
        };
        let mut answer = Answer::new(terminal, self.format, self.limit);
        if self.logs.is_empty() {
            let store = self.store.open()?;
            question.ask(&store, |row| answer.add(row))?;
        } else {
            let mut rows = self.read(&question, terminal)?;
            keep_newest(&mut rows, question.limit);
            rows.into_iter().try_for_each(|row| answer.add(row))?;
        }
        let found = answer.end()?;
        if found == 0 {
            terminal.complain(&format!("no occurrence of {} matches", self.code));
            return Ok(Outcome::NotFound);
        }
        Ok(Outcome::Found)
    }

    /// Reads the matching occurrences from the logs: with a limit, at least the newest ones. Files that are not text are skipped.
    fn read(&self, question: &Question, terminal: &Terminal) -> Result<Vec<Row>, Failure> {
        let mut found = Vec::new();
        for file in files::below(&self.logs)? {
            let failure = |error| Failure::file(&file, error);
            let log = Log::open(&file).map_err(failure)?;
            if !log.is_text().map_err(failure)? {
                terminal.complain(&format!("{} is not text; skipped", file.display()));
                continue;
            }
            let mut entries = Entries::new(log.reader(0).map_err(failure)?, 0, Vec::new());
            while let Some(entry) = entries.next().map_err(failure)? {
                let rows = occurrences(&entry.text).into_iter().map(Row::from);
                found.extend(rows.filter(|row| question.fits(row)));
                if question.limit.is_some_and(|limit| found.len() > limit.saturating_mul(2).max(1_000)) {
                    keep_newest(&mut found, question.limit);
                }
            }
        }
        Ok(found)
    }
}

/// Sorts occurrences, the newest first, and drops those past the limit.
fn keep_newest(rows: &mut Vec<Row>, limit: Option<usize>) {
    rows.sort_by_key(|row| std::cmp::Reverse(row.timestamp));
    rows.truncate(limit.unwrap_or(usize::MAX));
}

/// Writes the occurrences one by one.
struct Answer<'a> {
    terminal: &'a Terminal,
    format: Format,
    limit: usize,
    rows: Vec<Vec<String>>,
    text: String,
    count: usize,
}

impl<'a> Answer<'a> {
    /// Text is printed in chunks of about this size.
    const PIECE: usize = 64 * 1024;

    fn new(terminal: &'a Terminal, format: Format, limit: usize) -> Self {
        Self { terminal, format, limit, rows: Vec::new(), text: String::new(), count: 0 }
    }

    fn add(&mut self, row: Row) -> Result<(), Failure> {
        match self.format {
            Format::Table => self.rows.push(cells(&row)),
            Format::Json => {
                self.text += if self.count == 0 { "[\n  " } else { ",\n  " };
                self.text += &row.json().to_string();
            }
            Format::Jsonl => self.text += &(row.json().to_string() + "\n"),
        }
        self.count += 1;
        if self.text.len() >= Self::PIECE { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.terminal.print(&std::mem::take(&mut self.text))
    }

    /// Prints the rest, and returns the number of occurrences.
    fn end(mut self) -> Result<usize, Failure> {
        match self.format {
            Format::Table if self.count == 0 => {}
            Format::Table => {
                self.rows.truncate(self.limit);
                let width = self.terminal.table_width();
                self.text = table::framed(&["Timestamp", "Tool Name", "Error Type", "Recoverable"], &self.rows, width);
                if self.count > self.limit {
                    self.text += "older occurrences are not shown; use --limit to show more\n";
                }
            }
            Format::Json => self.text += if self.count == 0 { "[]\n" } else { "\n]\n" },
            Format::Jsonl => {}
        }
        self.flush()?;
        Ok(self.count)
    }
}

fn cells(row: &Row) -> Vec<String> {
    let text = |text: &Option<String>| style::harmless(text.as_deref().unwrap_or("-")).replace('\n', " ");
    let recoverable = match row.recoverable {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "-",
    };
    let time = row.timestamp.map_or_else(|| "-".to_owned(), time::short);
    vec![time, text(&row.tool_name), text(&row.error_type), recoverable.to_owned()]
}
