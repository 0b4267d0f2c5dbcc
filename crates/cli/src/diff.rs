use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use mcp_error_codes::record::JsonRpcNumber;
use mcp_error_codes::{Kind, RetryClass, Surface};
use mcp_error_codes_build::{ChangeClass, Difference, Lock, LockEntry};
use serde::Serialize;

use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;
use crate::{input, json, style};

/// Compare two lock files of a registry: what a new version changes for users of its codes
///
/// A code that is new or newly deprecated is a minor change. A code that was removed, is no longer deprecated, or has a different
/// number, surface, HTTP status, retry class or kind is a major change. Exit status: 0 if there is no change of the class of
/// `--fail-on` or above, 1 if there is one, 2 if a file cannot be read.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The older lock file, for example `registry.lock`
    old: PathBuf,

    /// The newer lock file
    new: PathBuf,

    /// The smallest change for which the exit status is 1
    #[arg(long, value_enum, default_value_t = Class::Minor, value_name = "CLASS")]
    fail_on: Class,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Class {
    Minor,
    Major,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The old line after `-`, the new line after `+`
    Text,
    /// An object with the class of the change and a list of the differences
    Json,
}

impl Diff {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let differences = lock(&self.old)?.differences(&lock(&self.new)?);
        let class = ChangeClass::of(&differences);
        terminal.print(&match self.format {
            Format::Json => json::pretty(&View::of(class, &differences))?,
            Format::Text => differences.iter().map(text).collect::<Vec<_>>().join("\n"),
        })?;
        let is_different = match self.fail_on {
            Class::Minor => class > ChangeClass::Patch,
            Class::Major => class >= ChangeClass::Major,
        };
        Ok(if is_different { Outcome::NotFound } else { Outcome::Found })
    }
}

fn lock(path: &Path) -> Result<Lock, Failure> {
    let name = path.display().to_string();
    Lock::parse(&name, &input::file(path)?).map_err(|problems| Failure::File(problems.to_string()))
}

fn text(difference: &Difference) -> String {
    let head = match difference.class() {
        ChangeClass::Major => style::FAILURE,
        _ => style::HEADING,
    };
    let paint = |line: &str| match line.as_bytes().first() {
        Some(b'-') => style::paint(style::REMOVED, line),
        Some(b'+') => style::paint(style::ADDED, line),
        _ => style::paint(head, line),
    };
    difference.to_string().lines().map(|line| paint(line) + "\n").collect()
}

#[derive(Serialize)]
struct View {
    class: String,
    differences: Vec<DifferenceView>,
}

#[derive(Serialize)]
struct DifferenceView {
    class: String,
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<EntryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newer: Option<EntryView>,
}

#[derive(Serialize)]
struct EntryView {
    json_rpc: Vec<JsonRpcNumber>,
    surface: Surface,
    http_status: u16,
    retry_class: RetryClass,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    deprecated: bool,
}

impl View {
    fn of(class: ChangeClass, differences: &[Difference]) -> Self {
        let view = |difference: &Difference| DifferenceView {
            class: difference.class().to_string(),
            code: difference.newer().or(difference.older()).map(LockEntry::full_name),
            older: difference.older().map(EntryView::of),
            newer: difference.newer().map(EntryView::of),
        };
        Self { class: class.to_string(), differences: differences.iter().map(view).collect() }
    }
}

impl EntryView {
    fn of(entry: &LockEntry) -> Self {
        Self {
            json_rpc: entry.numbers.clone(),
            surface: entry.surface,
            http_status: entry.http_status,
            retry_class: entry.retry_class,
            kind: entry.kind,
            deprecated: entry.is_deprecated,
        }
    }
}
