use std::fmt::Write;

use clap::{Args, ValueEnum};
use mcp_error_codes::Record;
use serde::Serialize;

use crate::outcome::{Failure, Outcome};
use crate::ranking::{Hit, rank};
use crate::terminal::Terminal;
use crate::wrap::wrap;
use crate::{json, style};

/// Search codes by words: "symlink outside workspace"
///
/// Searches titles, names, messages, hints, causes and resolutions. The best match comes first.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The words to search for
    #[arg(required = true, allow_negative_numbers = true)]
    words: Vec<String>,

    /// The maximum number of codes to show
    #[arg(short = 'n', long, default_value_t = 10, value_name = "COUNT")]
    limit: usize,

    /// The output format [default: `text` on a terminal, `plain` in a pipe]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Each code with its summary
    Text,
    /// A list of objects, each with a score and a record
    Json,
    /// Code, system and title of each code, separated by tabs
    Plain,
}

impl Search {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let words = self.words.join(" ");
        let mut hits = rank(&words);
        hits.truncate(self.limit);
        let otherwise = if terminal.is_read_by_a_person() { Format::Text } else { Format::Plain };
        terminal.print(&match self.format.unwrap_or(otherwise) {
            Format::Text => {
                hits.iter().map(|hit| text(hit.record, terminal.prose_width())).collect::<Vec<_>>().join("\n")
            }
            Format::Json => json::pretty(&hits.iter().map(View::of).collect::<Vec<_>>())?,
            Format::Plain => hits.iter().map(|hit| plain(hit.record)).collect(),
        })?;
        if hits.is_empty() {
            terminal.complain(&format!("no code contains any of these words: {words:?}"));
            return Ok(Outcome::NotFound);
        }
        Ok(Outcome::Found)
    }
}

fn text(record: &Record, width: Option<usize>) -> String {
    let mut text = String::new();
    let code = style::paint(style::LITERAL, record.code_text());
    let title = style::paint(style::HEADING, record.title);
    let system = style::paint(style::ASIDE, format_args!("({})", record.system));
    let _ = writeln!(text, "{code}  {title} {system}");
    let _ = writeln!(text, "{}", wrap(record.summary, width, "    ", "    "));
    text
}

fn plain(record: &Record) -> String {
    format!("{}\t{}\t{}\n", record.code_text(), record.system, record.title)
}

#[derive(Serialize)]
struct View {
    score: f32,
    record: &'static Record,
}

impl View {
    fn of(hit: &Hit) -> Self {
        Self { score: hit.score, record: hit.record }
    }
}
