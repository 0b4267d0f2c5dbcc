use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use mcp_error_codes::{Finding, Recognizer};

use crate::catalogue;
use crate::filter::systems;
use crate::finding_text::Drawing;
use crate::findings::{self, Found, Occurrence};
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;
use crate::word::one_of;
use crate::wrap::wrap;
use crate::{input, json, style, table};

/// Decode a received error: which code it has and what to do
///
/// BODY is a JSON-RPC response, a tool result, problem details, a log entry or any other form that the library reads, or the text
/// of a tool result (CODE: message). Each response of a batch is decoded.
#[derive(Debug, Args)]
pub(crate) struct Decode {
    /// The body, the log line or the text; `-` or no BODY reads standard input
    body: Vec<String>,

    /// Read the body or a log of any size from a file
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
    /// An object with the findings, each with its code, its certainty and its values
    Json,
}

impl Decode {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        const NOTHING: &str = "there is nothing to decode; pass the body as an argument, as a file or in a pipe";
        let mut recognizer = Recognizer::new();
        recognizer = self.system.map_or(recognizer, |system| recognizer.in_system(system));
        recognizer = self.status.map_or(recognizer, |status| recognizer.http_status(status));
        let found = match self.body.as_slice() {
            [] => input::open(self.file.as_deref(), NOTHING, |input| findings::in_input(recognizer, input))?,
            [body] if body == "-" => input::open(None, NOTHING, |input| findings::in_input(recognizer, input))?,
            body => {
                let words: Vec<String> = body.iter().map(|word| input::unmarked(word)).collect();
                findings::in_text(recognizer, words.join(" "))
            }
        };
        terminal.print(&match self.format {
            Format::Json => json::pretty(&found.view())?,
            Format::Text => text(&found, terminal.prose_width()),
        })?;
        if let Some(none) = &found.none {
            terminal.complain(none);
            return Ok(Outcome::NotFound);
        }
        Ok(Outcome::Found)
    }
}

fn text(found: &Found, width: Option<usize>) -> String {
    let of_error = |occurrence: &Occurrence| match occurrence.error.answer() {
        Some(answer) => answered(occurrence, answer, width),
        // Candidates are listed as in `explain`.
        None => Drawing { width, full: false }.occurrence(occurrence),
    };
    found.errors.iter().map(of_error).chain(found.left_out()).collect::<Vec<_>>().join("\n")
}

/// Returns the meaning of an error as text: its facts, its values and what to do.
fn answered(occurrence: &Occurrence, answer: &Finding, width: Option<usize>) -> String {
    let Some(record) = answer.record() else { return String::new() };
    let head = style::paint(style::of_severity(record.severity), record.code_text());
    let message = occurrence.error.message().unwrap_or(record.title);
    let mut text = wrap(&format!("{head}: {}", style::harmless(message)), width, "", "    ") + "\n\n";
    let mut facts = vec![
        ("code", format!("{}, {} of {}", record.title, record.name, record.system)),
        ("certainty", format!("{}: {}", answer.certainty(), answer.reason())),
        ("surface", answer.surface().to_string()),
        ("status", record.http_status.to_string()),
        ("severity", record.severity.to_string()),
        ("retry", record.retry.class.to_string()),
    ];
    facts.extend(answer.wait().map(|wait| ("wait", format!("{wait:?}"))));
    if occurrence.count > 1 {
        facts.push(("occurs", format!("{} times", occurrence.count)));
    }
    if !answer.chain().is_empty() {
        facts.push(("wrapped", answer.chain().join(" > ")));
    }
    let rows: Vec<Vec<String>> =
        facts.into_iter().map(|(name, value)| vec![name.to_owned(), style::harmless(&value)]).collect();
    for line in table::body(&rows, width.map(|width| width.saturating_sub(2))) {
        let _ = writeln!(text, "  {line}");
    }
    let mut values = answer.values();
    values.remove("message");
    if !values.is_empty() {
        heading(&mut text, "Values");
    }
    for (name, value) in values {
        let name = style::paint(style::LITERAL, style::harmless(&name));
        let _ = writeln!(text, "    {name}  {}", style::harmless(&value.to_string()));
    }
    heading(&mut text, "What to do");
    let _ = writeln!(text, "{}", wrap(record.hint, width, "    ", "    "));
    for (at, step) in record.resolution.iter().enumerate() {
        let mark = format!("{}. ", at + 1);
        let _ = writeln!(text, "{}", wrap(step, width, &format!("    {mark}"), &format!("    {:1$}", "", mark.len())));
    }
    let others: Vec<String> = occurrence
        .error
        .findings
        .iter()
        .skip(1)
        .filter_map(|other| other.record())
        .map(|other| other.full_name().to_string())
        .collect();
    if !others.is_empty() {
        heading(&mut text, "It may also be");
        let _ = writeln!(text, "{}", wrap(&others.join(", "), width, "    ", "    "));
    }
    let ask = style::paint(style::LITERAL, format_args!("{} explain {}", catalogue::get().command, record.full_name()));
    text + &format!("\n  More: {ask}\n")
}

fn heading(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n  {}", style::paint(style::HEADING, title));
}
