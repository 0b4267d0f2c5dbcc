use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use mcp_error_codes::Record;
use mcp_error_codes::record::Fact;
use mcp_error_codes::wire::{DecodeError, Decoder};
use serde_json::Value;

use crate::filter::systems;
use crate::outcome::{Failure, Outcome};
use crate::reading::{Reading, read_part, reason};
use crate::terminal::Terminal;
use crate::word::one_of;
use crate::wrap::wrap;
use crate::{input, json, query, style, table};

/// Decode a received error: which code it has and what to do
///
/// BODY is a JSON-RPC response, a tool result, problem details, a log entry or any other form that the library reads, or the text
/// of a tool result (CODE: message). Each response of a batch is decoded.
#[derive(Debug, Args)]
pub(crate) struct Decode {
    /// The body or the log entry; `-` or no BODY reads standard input
    #[arg(allow_hyphen_values = true)]
    body: Option<String>,

    /// Read the body from a file
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    file: Option<PathBuf>,

    /// The system of the server that sent it; a number or a message then means a code of this system
    #[arg(long, value_parser = one_of(systems(), |name| name), ignore_case = true)]
    system: Option<&'static str>,

    /// The HTTP status that came with it
    #[arg(long, value_parser = clap::value_parser!(u16).range(100..=599))]
    status: Option<u16>,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Text for people
    Text,
    /// An object, or a list of objects for a batch
    Json,
}

impl Decode {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let body = self.body()?;
        let mut decoder = Decoder::new();
        decoder = self.system.map_or(decoder, |system| decoder.in_system(system));
        decoder = self.status.map_or(decoder, |status| decoder.http_status(status));
        let readings = match read_part(decoder, &body) {
            Ok(readings) => readings,
            Err(error) => {
                terminal.complain(&miss(&body, &error));
                return Ok(Outcome::NotFound);
            }
        };
        let errors = &readings.errors;
        let width = terminal.prose_width();
        terminal.print(&match (self.format, errors.as_slice()) {
            (Format::Json, [error]) if !readings.is_batch => json::pretty(&error.view())?,
            (Format::Json, errors) => json::pretty(&errors.iter().map(Reading::view).collect::<Vec<_>>())?,
            (Format::Text, errors) => errors.iter().map(|error| text(error, width)).collect::<Vec<_>>().join("\n"),
        })?;
        Ok(Outcome::Found)
    }

    fn body(&self) -> Result<String, Failure> {
        const NOTHING: &str = "there is nothing to decode; pass the body as an argument, as a file or in a pipe";
        match (&self.file, self.body.as_deref()) {
            (Some(file), _) => input::file(file),
            (None, None | Some("-")) => input::standard_input(NOTHING),
            (None, Some(body)) => Ok(body.to_owned()),
        }
    }
}

/// Returns the meaning of an error as text.
fn text(reading: &Reading, width: Option<usize>) -> String {
    let error = &reading.error;
    let record = reading.record();
    let painted = record.map_or(style::HEADING, |record| style::of_severity(record.severity));
    let head = style::paint(painted, style::harmless(&error.code_text()));
    let message = style::harmless(&error.message());
    let mut text = wrap(&format!("{head}: {message}"), width, "", "    ") + "\n\n";
    for line in table::body(&facts(reading), width.map(|width| width.saturating_sub(2))) {
        let _ = writeln!(text, "  {line}");
    }
    section(&mut text, "Details", error.details());
    section(&mut text, "Internal", error.internal());
    let Some(record) = record else {
        return text + &unknown(reading, width);
    };
    heading(&mut text, "What to do");
    let _ = writeln!(text, "{}", wrap(record.hint, width, "    ", "    "));
    for (at, step) in record.resolution.iter().enumerate() {
        let mark = format!("{}. ", at + 1);
        let _ = writeln!(text, "{}", wrap(step, width, &format!("    {mark}"), &format!("    {:1$}", "", mark.len())));
    }
    text + &more(record)
}

/// Returns the facts of an error, each with its name.
fn facts(reading: &Reading) -> Vec<Vec<String>> {
    let error = &reading.error;
    let mut facts: Vec<(&str, String)> = vec![("form", reading.form.clone())];
    facts.extend(reading.id.as_ref().map(|id| ("answers", format!("request {id}"))));
    if let Some(record) = reading.record() {
        let judged = |fact| if record.states(fact) { "" } else { " (judged)" };
        facts.extend([
            ("code", format!("{}, {} of {}", record.title, record.name, record.system)),
            ("number", error.json_rpc_number().to_string()),
            ("status", format!("{}{}", record.http_status, judged(Fact::HttpStatus))),
            ("severity", format!("{}{}", record.severity, judged(Fact::Severity))),
            ("retry", format!("{}{}", retry(reading), judged(Fact::Retry))),
        ]);
    }
    facts.push(("surface", error.surface().to_string()));
    facts.extend(error.error_id().map(|id| ("error id", id.to_owned())));
    facts.into_iter().map(|(name, value)| vec![name.to_owned(), style::harmless(&value)]).collect()
}

fn retry(reading: &Reading) -> String {
    let class = reading.error.retry().class;
    match reading.error.retry_after() {
        Some(wait) => format!("{class}, in {wait:?}"),
        None => class.to_string(),
    }
}

/// Returns what is known about an error with an unknown code.
fn unknown(reading: &Reading, width: Option<usize>) -> String {
    let mut text = String::new();
    section(&mut text, "Received", reading.error.received_data().map(|data| ("data", data)).into_iter());
    heading(&mut text, "Unknown code");
    let note = format!("{}.", reading.unknown_note());
    let _ = writeln!(text, "{}", wrap(&note, width, "    ", "    "));
    for record in reading.candidates() {
        let ask = style::paint(style::LITERAL, format_args!("--system {}", record.system));
        let _ = writeln!(text, "    {ask}  would mean {}", record.title);
    }
    text
}

fn more(record: &Record) -> String {
    let ask = style::paint(style::LITERAL, format_args!("mcp-errors explain {}", record.code_text()));
    format!("\n  More: {ask}\n")
}

fn heading(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n  {}", style::paint(style::HEADING, title));
}

/// Writes values under a heading. Writes nothing if there are no values.
fn section<'a>(text: &mut String, title: &str, values: impl Iterator<Item = (&'a str, &'a Value)>) {
    let mut values = values.peekable();
    if values.peek().is_some() {
        heading(text, title);
    }
    for (name, value) in values {
        let name = style::paint(style::LITERAL, style::harmless(name));
        let _ = writeln!(text, "    {name}  {}", style::harmless(&value.to_string()));
    }
}

/// Returns the error message for a body without an error, with the start of the body.
fn miss(body: &str, error: &DecodeError) -> String {
    let start: String = body.chars().take(MAX_SHOWN).collect();
    let left_out = body.chars().count().saturating_sub(MAX_SHOWN);
    let rest = if left_out == 0 { String::new() } else { format!(" and {left_out} more characters") };
    let advice = if query::has_code(body) { "; `mcp-errors explain` finds a code in it" } else { "" };
    format!("found no error in {start:?}{rest}: {}{advice}", reason(error))
}

/// The most characters of a body that an error message repeats.
const MAX_SHOWN: usize = 80;
