use std::fmt::Write;

use clap::{Args, ValueEnum};
use mcp_error_codes::{NumberRange, Record, UnknownCode};
use serde::Serialize;

use crate::command::Outcome;
use crate::query::{Answer, answers};
use crate::terminal::{Failure, Terminal};
use crate::{input, json, markdown_page, ranking, style};

/// Explain codes: what each means, why it happens, and what to do next
///
/// QUERY is a code (FS-001, -32002), a name or an alias in any spelling ("file not found"), a number, a message, a line of a
/// log, or a response in JSON. `system:code` names one code exactly. `-` reads standard input, and so does a pipe without
/// QUERY; of a log of many lines, each code that occurs is explained once.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// What to explain
    #[arg(allow_negative_numbers = true)]
    query: Vec<String>,

    /// How to write the answer
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Add what is said of the code's family and system as a whole
    #[arg(long)]
    full: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The manual page: coloured and wrapped in a terminal, plain in a pipe
    Text,
    /// A list of answers, each with its records
    Json,
    /// The manual page as Markdown
    Markdown,
}

impl Explain {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut found = Vec::new();
        let mut misses = Vec::new();
        for query in self.queries()? {
            match answers(&query) {
                Ok(answers) => found.extend(answers),
                Err(unknown) => misses.push((query, unknown)),
            }
        }
        let width = terminal.prose_width();
        terminal.print(&match self.format {
            Format::Json => json::pretty(&found.iter().map(View::of).collect::<Vec<_>>())?,
            Format::Markdown => found.iter().map(|answer| self.markdown(answer)).collect::<Vec<_>>().join("\n"),
            Format::Text => found.iter().map(|answer| self.page(answer, width)).collect::<Vec<_>>().join("\n"),
        })?;
        misses.iter().for_each(|(query, unknown)| terminal.complain(&miss(query, unknown)));
        Ok(if misses.is_empty() { Outcome::Found } else { Outcome::NotFound })
    }

    /// Returns the queries; standard input may be one of them.
    fn queries(&self) -> Result<Vec<String>, Failure> {
        const NOTHING: &str = "there is nothing to explain; name a code, such as `mcp-errors explain FS-001`, or pipe in a \
                               line of a log";
        if self.query.is_empty() {
            return Ok(vec![input::standard_input(NOTHING)?]);
        }
        let read = |query: &String| match query.as_str() {
            "-" => input::standard_input(NOTHING),
            query => Ok(query.to_owned()),
        };
        self.query.iter().map(read).collect()
    }

    fn page(&self, answer: &Answer, width: Option<usize>) -> String {
        let mut page = String::new();
        for note in &answer.notes {
            let label = style::paint(style::NOTE, "note:");
            page += &markdown_page::wrap(&format!("{label} {note}"), width, "", "      ");
            page += "\n";
        }
        page += if page.is_empty() { "" } else { "\n" };
        match answer.record() {
            Some(record) => page += &markdown_page::draw(&self.manual(record), width),
            None => {
                page += &style::paint(style::TITLE, format_args!("{:?} may mean any of these", answer.query));
                page += "\n";
            }
        }
        page + &claims(answer, width)
    }

    /// Returns the page of an answer as Markdown, in which notes are quotations.
    fn markdown(&self, answer: &Answer) -> String {
        let notes: String = answer.notes.iter().map(|note| format!("> {note}\n\n")).collect();
        let page = match answer.record() {
            Some(record) => self.manual(record),
            None => {
                let items =
                    answer.records.iter().map(|record| format!("- `{}`: {}\n", full_name(record), record.title));
                format!("# {:?} may mean any of these\n\n{}", answer.query, items.collect::<String>())
            }
        };
        notes + &page
    }

    fn manual(&self, record: &Record) -> String {
        match self.full {
            true => record.explain().markdown().to_string(),
            false => record.explain().markdown().record_only().to_string(),
        }
    }
}

/// Lists the records that may be meant, and how to ask for one: all of them where none is certain, else the others.
fn claims(answer: &Answer, width: Option<usize>) -> String {
    let mut text = String::new();
    if !answer.is_ambiguous && answer.records.len() > 1 {
        let _ = writeln!(text, "\n  {}", style::paint(style::HEADING, format_args!("{:?} is also", answer.query)));
    }
    let others = answer.records.iter().skip(usize::from(!answer.is_ambiguous));
    for record in others.clone() {
        let name = style::paint(style::LITERAL, full_name(record));
        let _ = writeln!(text, "    {name}: {}", record.title);
        if answer.is_ambiguous {
            let _ = writeln!(text, "{}", markdown_page::wrap(record.summary, width, "      ", "      "));
        }
    }
    if let Some(first) = others.clone().next() {
        let ask = style::paint(style::LITERAL, format_args!("mcp-errors explain {}", full_name(first)));
        let _ = writeln!(text, "\n  Ask for one by its full name: {ask}");
    }
    text
}

fn full_name(record: &Record) -> String {
    format!("{}:{}", record.system, record.code)
}

/// Says that a query names nothing, and what may have been meant.
fn miss(query: &str, unknown: &UnknownCode) -> String {
    if query.trim().is_empty() {
        return "there is nothing to explain in an empty text".to_owned();
    }
    let mut text = unknown.to_string();
    if unknown.text().trim().parse().is_ok_and(|number| NumberRange::of(number) == NumberRange::Free) {
        text += "; any application may use this number, and none that is documented here does";
    }
    for record in near(unknown) {
        let code = style::paint(style::LITERAL, format_args!("mcp-errors explain {}", record.code_text()));
        let _ = write!(text, "\n  {code}  {}", record.title);
    }
    text
}

/// Returns the codes that may have been meant, by their spelling or else by their words; none where the text lies in a range
/// that is known.
pub(crate) fn near(unknown: &UnknownCode) -> Vec<&'static Record> {
    if unknown.reserved().is_some() || unknown.number_range().is_some() {
        return Vec::new();
    }
    match unknown.suggestions() {
        [] if unknown.length() > unknown.text().len() => Vec::new(),
        [] => ranking::rank(unknown.text()).iter().map(|hit| hit.record).take(SUGGESTIONS).collect(),
        near => near.to_vec(),
    }
}

/// How many codes are suggested by their words, where none is spelt nearly like the query.
const SUGGESTIONS: usize = 3;

/// An answer as JSON shows it.
#[derive(Serialize)]
struct View<'a> {
    query: &'a str,
    ambiguous: bool,
    notes: &'a [String],
    records: &'a [&'static Record],
}

impl<'a> View<'a> {
    fn of(answer: &'a Answer) -> Self {
        Self { query: &answer.query, ambiguous: answer.is_ambiguous, notes: &answer.notes, records: &answer.records }
    }
}
