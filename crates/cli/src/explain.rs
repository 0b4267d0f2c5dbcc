use std::fmt::Write;

use clap::{Args, ValueEnum};
use mcp_error_codes::{NumberRange, Record, UnknownCode};
use serde::Serialize;

use crate::outcome::{Failure, Outcome};
use crate::query::{Answer, answers};
use crate::suggestion::near;
use crate::terminal::Terminal;
use crate::wrap::wrap;
use crate::{input, json, page, style};

/// Explain codes: what each code means, why it happens and what to do next
///
/// QUERY is a code (FS-001, -32002), a name or an alias in any spelling ("file not found"), a number, a message, a log line or a
/// JSON response. `system:code` names exactly one code. `-` reads standard input, which is also read if it is a pipe and there is
/// no QUERY. In a log of many lines, each code is explained once.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// What to explain
    #[arg(allow_negative_numbers = true)]
    query: Vec<String>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Add the descriptions of the code's family and system
    #[arg(long)]
    full: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The manual page: in color and wrapped on a terminal, plain in a pipe
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

    /// Returns the queries, with `-` replaced by standard input.
    fn queries(&self) -> Result<Vec<String>, Failure> {
        const NOTHING: &str =
            "there is nothing to explain; name a code, for example `mcp-errors explain FS-001`, or pipe in a log line";
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
            page += &wrap(&format!("{label} {note}"), width, "", "      ");
            page += "\n";
        }
        page += if page.is_empty() { "" } else { "\n" };
        match answer.record() {
            Some(record) if self.full => page += &page::draw(record.explain().blocks(), width),
            Some(record) => page += &page::draw(record.page(), width),
            None => {
                page += &style::paint(style::TITLE, format_args!("{:?} may mean any of these", answer.query));
                page += "\n";
            }
        }
        page + &claims(answer, width)
    }

    /// Returns the page of an answer as Markdown, with notes as quotations.
    fn markdown(&self, answer: &Answer) -> String {
        let notes: String = answer.notes.iter().map(|note| format!("> {note}\n\n")).collect();
        let page = match answer.record() {
            Some(record) if self.full => record.explain().markdown().to_string(),
            Some(record) => record.explain().markdown().record_only().to_string(),
            None => {
                let records = answer.records.iter();
                let items = records.map(|record| format!("- `{}`: {}\n", record.full_name(), record.title));
                format!("# {:?} may mean any of these\n\n{}", answer.query, items.collect::<String>())
            }
        };
        notes + &page
    }
}

/// Lists the other records that the query may mean, or all of them if it is ambiguous, and how to ask for one.
fn claims(answer: &Answer, width: Option<usize>) -> String {
    let mut text = String::new();
    if !answer.is_ambiguous && answer.records.len() > 1 {
        let _ = writeln!(text, "\n  {}", style::paint(style::HEADING, format_args!("{:?} is also", answer.query)));
    }
    let others = answer.records.iter().skip(usize::from(!answer.is_ambiguous));
    for record in others.clone() {
        let name = style::paint(style::LITERAL, record.full_name());
        let _ = writeln!(text, "    {name}: {}", record.title);
        if answer.is_ambiguous {
            let _ = writeln!(text, "{}", wrap(record.summary, width, "      ", "      "));
        }
    }
    if let Some(first) = others.clone().next() {
        let ask = style::paint(style::LITERAL, format_args!("mcp-errors explain {}", first.full_name()));
        let _ = writeln!(text, "\n  To explain one of them, use its full name: {ask}");
    }
    text
}

/// Returns the error message for a query without an answer, with suggestions.
fn miss(query: &str, unknown: &UnknownCode) -> String {
    if query.trim().is_empty() {
        return "the text to explain is empty".to_owned();
    }
    let mut text = unknown.to_string();
    if unknown.text().trim().parse().is_ok_and(|number| NumberRange::of(number) == NumberRange::Free) {
        text += "; any application may use this number, and no documented code has it";
    }
    for record in near(unknown) {
        let code = style::paint(style::LITERAL, format_args!("mcp-errors explain {}", record.code_text()));
        let _ = write!(text, "\n  {code}  {}", record.title);
    }
    text
}

/// An answer as JSON.
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
