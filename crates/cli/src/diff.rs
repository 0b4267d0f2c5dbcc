use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use mcp_error_codes::record::JsonRpcNumber;
use mcp_error_codes::{Kind, RetryClass, Surface};
use mcp_error_codes_build::{
    Category, ChangeClass, Difference, Generator, Lock, LockEntry, LockParam, LockScenario, Severity,
};
use serde::Serialize;

use crate::loaded::failure;
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;
use crate::{input, json, package, style};

/// Compare two lock files of a registry: what a new version changes for users of its codes
///
/// A new or newly deprecated code is a minor change, as is a new alias or scenario, or a different family, severity, category or
/// retry schedule. A code that is removed or no longer deprecated is a major change, as is a different name, module, parameter,
/// number, surface, HTTP status, retry class, kind or recoverability, or a missing alias or scenario. Exit status: 0 if there is no
/// change of the class of `--fail-on` or above, 1 if there is one, 2 if a file cannot be read.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The older lock file, for example `registry.lock`
    old: PathBuf,

    /// The newer lock file [default: the lock of the registry given by --registry]
    new: Option<PathBuf>,

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
    pub(crate) fn run(&self, registries: &[PathBuf], terminal: &Terminal) -> Result<Outcome, Failure> {
        let old = lock(&self.old)?;
        let new = self.new.as_deref().map_or_else(|| present(registries), lock)?;
        let differences = old.differences(&new);
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

/// Returns the lock of the registry that `--registry` gives.
fn present(registries: &[PathBuf]) -> Result<Lock, Failure> {
    match registries {
        [folder] => Generator::new(package::registry(folder)).lock().map_err(|error| failure(&error)),
        _ => Err(Failure::Usage("pass the newer lock file, or one registry with --registry".to_owned())),
    }
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
    /// The facts that have changed, each with the class of the change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<EntryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newer: Option<EntryView>,
}

#[derive(Serialize)]
struct ChangeView {
    fact: &'static str,
    class: String,
}

#[derive(Serialize)]
struct ParamView {
    name: String,
    #[serde(rename = "type")]
    ty: String,
}

#[derive(Serialize)]
struct ScenarioView {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<Vec<ParamView>>,
}

#[derive(Serialize)]
struct EntryView {
    json_rpc: Vec<JsonRpcNumber>,
    surface: Surface,
    http_status: u16,
    retry_class: RetryClass,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Category>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recoverable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_schedule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<Vec<ParamView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenarios: Option<Vec<ScenarioView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<Vec<String>>,
    deprecated: bool,
}

impl View {
    fn of(class: ChangeClass, differences: &[Difference]) -> Self {
        let view = |difference: &Difference| DifferenceView {
            class: difference.class().to_string(),
            code: difference.newer().or(difference.older()).map(LockEntry::full_name),
            changes: difference
                .facts()
                .into_iter()
                .map(|(fact, class)| ChangeView { fact, class: class.to_string() })
                .collect(),
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
            name: entry.name.clone(),
            module: entry.module.clone(),
            family: entry.family.clone(),
            severity: entry.severity,
            category: entry.category,
            recoverable: entry.recoverable,
            retry_schedule: entry.retry_schedule.clone(),
            params: entry.params.as_deref().map(params),
            scenarios: entry.scenarios.as_deref().map(|scenarios| scenarios.iter().map(scenario).collect()),
            aliases: entry.aliases.clone(),
            deprecated: entry.is_deprecated,
        }
    }
}

fn params(params: &[LockParam]) -> Vec<ParamView> {
    params.iter().map(|param| ParamView { name: param.name.clone(), ty: param.ty.to_string() }).collect()
}

fn scenario(case: &LockScenario) -> ScenarioView {
    ScenarioView { name: case.name.clone(), params: case.params.as_deref().map(params) }
}
