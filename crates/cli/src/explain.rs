use std::fmt::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use mcp_error_codes::page::markdown;
use mcp_error_codes::{Certainty, Finding, NumberRange, Recognizer, Record, UnknownCode, find_all};

use crate::catalogue;
use crate::catalogue::records_of;
use crate::finding_text::{self, Drawing};
use crate::findings::{self, FindingView, Found, View};
use crate::outcome::{Failure, Outcome};
use crate::query::{Answer, answer};
use crate::suggestion::near;
use crate::terminal::Terminal;
use crate::{input, json, page, style};

/// Explain codes: what each code means, why it happens and what to do next
///
/// QUERY is a code (FS-001, -32002), a name or an alias in any spelling ("file not found"), a number, a message, a log line or a
/// JSON response; several words need no quotes. `system:code` names exactly one code, and `kind:not_found` a kind with its codes.
/// `-` reads standard input, which is also read if it is a pipe and there is no QUERY. A log may be of any size, and each error in
/// it is explained once.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// What to explain
    query: Vec<String>,

    /// Read the text to explain from a file
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    file: Option<PathBuf>,

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
    /// An object with the findings, each with its code, its certainty and its values
    Json,
    /// The manual page as Markdown
    Markdown,
}

impl Explain {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let nothing = format!(
            "there is nothing to explain; pass a code, for example `{} explain {}`, or pipe in a log line",
            catalogue::get().command,
            catalogue::sample().code_text()
        );
        let mut answers = Vec::new();
        let mut misses = Vec::new();
        let mut none = None;
        let is_input = self.file.is_some() || self.query.is_empty() || self.query == ["-"];
        if is_input {
            let found =
                input::open(self.file.as_deref(), &nothing, |input| findings::in_input(Recognizer::new(), input))?;
            match found.none.clone() {
                Some(none) => misses.push(none),
                None => answers.push((String::new(), Answer::Found(found))),
            }
        }
        for query in self.queries().into_iter().filter(|_| !is_input) {
            match answer(Recognizer::new(), &query) {
                Ok(Answer::Found(Found { none: Some(none), .. })) => misses.push(none),
                Ok(answer) => answers.push((query, answer)),
                Err(unknown) => {
                    none.get_or_insert_with(|| unknown.to_string());
                    misses.push(miss(&query, &unknown));
                }
            }
        }
        let drawing = Drawing { width: terminal.prose_width(), full: self.full };
        terminal.print(&match self.format {
            Format::Json => json::pretty(&view(&answers, none.as_deref().or(misses.first().map(String::as_str))))?,
            Format::Markdown => {
                answers.iter().map(|(query, answer)| self.markdown(query, answer)).collect::<Vec<_>>().join("\n")
            }
            Format::Text => {
                answers.iter().map(|(query, answer)| text(query, answer, drawing)).collect::<Vec<_>>().join("\n")
            }
        })?;
        misses.iter().for_each(|miss| terminal.complain(miss));
        Ok(if misses.is_empty() { Outcome::Found } else { Outcome::NotFound })
    }

    /// Returns the queries: each argument if each names a code by itself, otherwise all of them as one text.
    fn queries(&self) -> Vec<String> {
        // A text such as `FS-999` is meant as a code, even if no such code exists.
        let is_spelt_as_code = |query: &String| {
            let of_code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
            query.contains(|c: char| c.is_ascii_digit()) && query.chars().all(of_code)
        };
        let is_name = |query: &String| is_spelt_as_code(query) || find_all(query).next().is_some();
        let queries: Vec<String> = self.query.iter().map(|query| input::unmarked(query)).collect();
        match queries.len() > 1 && !queries.iter().all(is_name) {
            true => vec![queries.join(" ")],
            false => queries,
        }
    }

    /// Returns an answer as Markdown.
    fn markdown(&self, query: &str, answer: &Answer) -> String {
        let page = |record: &'static Record| match self.full {
            true => record.explain().markdown().to_string(),
            false => record.explain().markdown().record_only().to_string(),
        };
        let list = |query: &str, items: String| format!("# {query:?} may mean any of these\n\n{items}");
        let item = |name: String, title: &str| format!("- `{name}`: {title}\n");
        match answer {
            Answer::Kind(kind) => markdown(kind.page(&records_of(*kind))).to_string(),
            Answer::Named { records, is_ambiguous: false } => page(records[0]),
            Answer::Named { records, .. } => {
                list(query, records.iter().map(|record| item(record.full_name().to_string(), record.title)).collect())
            }
            Answer::Found(found) => {
                let pages = found.errors.iter().map(|occurrence| {
                    let error = &occurrence.error;
                    match error.answer().and_then(|answer| Some((answer, answer.record()?))) {
                        Some((answer, record)) if answer.certainty() == Certainty::Certain => page(record),
                        Some((answer, record)) => {
                            format!("> {}: {}\n\n{}", answer.certainty(), answer.reason(), page(record))
                        }
                        None => {
                            let of_finding = |finding: &Finding| {
                                let (system, code) = findings::name(finding);
                                item(format!("{system}:{code}"), findings::title(finding))
                            };
                            list(&occurrence.asked(), error.findings.iter().map(of_finding).collect())
                        }
                    }
                });
                pages.collect::<Vec<_>>().join("\n")
            }
        }
    }
}

fn text(query: &str, answer: &Answer, drawing: Drawing) -> String {
    match answer {
        Answer::Found(found) => drawing.found(found),
        Answer::Kind(kind) => page::draw(kind.page(&records_of(*kind)), drawing.width),
        Answer::Named { records, is_ambiguous: true } => finding_text::records(query, records, drawing.width),
        Answer::Named { records, .. } => drawing.page(records[0]),
    }
}

/// Returns the answers to all queries as one object.
fn view<'a>(answers: &'a [(String, Answer)], none: Option<&'a str>) -> View<'a> {
    let (mut findings, mut left_out) = (Vec::new(), 0);
    for (query, answer) in answers {
        match answer {
            Answer::Found(found) => {
                findings.extend(found.view().findings);
                left_out += found.left_out;
            }
            Answer::Kind(kind) => {
                let of_record = |record: &'static Record| FindingView::named(record, query, Certainty::Possible);
                findings.extend(records_of(*kind).into_iter().map(of_record));
            }
            Answer::Named { records, is_ambiguous } => {
                let certainty = if *is_ambiguous { Certainty::Possible } else { Certainty::Certain };
                let of_record = |(at, record): (usize, &&'static Record)| {
                    FindingView::named(record, query, if at == 0 { certainty } else { Certainty::Possible })
                };
                findings.extend(records.iter().enumerate().map(of_record));
            }
        }
    }
    let none = none.filter(|_| findings.is_empty());
    View { findings, none, left_out }
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
        let code =
            style::paint(style::LITERAL, format_args!("{} explain {}", catalogue::get().command, record.code_text()));
        let _ = write!(text, "\n  {code}  {}", record.title);
    }
    text
}
