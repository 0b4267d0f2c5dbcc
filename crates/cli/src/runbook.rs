use clap::{Args, ValueEnum};
use mcp_error_codes::page::{markdown, plain};
use mcp_error_codes::{Record, find_all, in_system};

use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;
use crate::{input, page};

/// Show the runbook of a code: what to do at once if it pages you
///
/// The summary, the alert, the emergency procedure, and then how to find the cause and resolve it.
#[derive(Debug, Args)]
pub(crate) struct Runbook {
    /// The code, with or without its system, in any spelling
    #[arg(allow_negative_numbers = true)]
    code: String,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In color and wrapped on a terminal, plain in a pipe
    Text,
    /// Markdown, for a wiki
    Markdown,
}

impl Runbook {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let query = input::unmarked(&self.code);
        let records: Vec<&'static Record> = find_all(&query).collect();
        let is_code = |record: &Record| record.code.eq_ignore_ascii_case(&query);
        let record = match records[..] {
            [] => {
                terminal.complain(&format!("unknown code {query:?}"));
                return Ok(Outcome::NotFound);
            }
            [only] => only,
            [first, second, ..] if is_code(first) && !is_code(second) => first,
            _ => {
                let names: Vec<String> = records.iter().map(|record| record.full_name().to_string()).collect();
                return Err(Failure::Usage(format!("{query:?} may be {}; name one of them", names.join(" or "))));
            }
        };
        // A former code has the runbook of its successor.
        let former = record.superseded_by.filter(|_| record.is_deprecated());
        let successor = former.and_then(|code| successor(record, code));
        let record = successor.unwrap_or(record);
        terminal.print(&match self.format {
            Format::Markdown => markdown(record.runbook()).to_string(),
            Format::Text if terminal.is_read_by_a_person() => page::draw(record.runbook(), terminal.prose_width()),
            Format::Text => plain(record.runbook()).to_string(),
        })?;
        Ok(Outcome::Found)
    }
}

/// Finds the code that replaces another one: a code of the same system, or `system:code`. A code may contain a colon itself.
fn successor(former: &Record, code: &str) -> Option<&'static Record> {
    let of_another = || code.split_once(':').and_then(|(system, code)| in_system(system).lookup(code));
    in_system(former.system.name).lookup(code).or_else(of_another)
}
