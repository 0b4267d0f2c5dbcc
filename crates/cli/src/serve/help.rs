//! The help that Super-MCP's records and its family name: `get_help(topic: "workflow")`, `get_help(error_code: -32003)`.
//!
//! Which topics there are, and which codes belong to each, the registry says.

use mcp_error_codes::record::Target;
use mcp_error_codes::{McpError, REGISTRY, Record, in_system, super_mcp};

use super::answer::Help;
use super::argument::HelpArguments;
use super::miss;
use crate::export::markdown::{Parts, sections};

/// Answers a help call; one without arguments with what there is help for.
///
/// # Errors
/// `NOT_FOUND` for a topic or a number that there is no help for.
pub(crate) fn help(wanted: &HelpArguments) -> Result<Help, McpError> {
    let mut pages = Vec::new();
    let mut records = Vec::new();
    if let Some(topic) = wanted.topic.as_deref() {
        let known = topics();
        let name = known.iter().copied().find(|name| name.eq_ignore_ascii_case(topic));
        let about = about(name.ok_or_else(|| miss::no_topic(topic, &known))?);
        pages.push(about.page());
        records.extend(about.records);
    }
    if let Some(number) = wanted.error_code {
        let found = in_system(SYSTEM).by_number(number).next();
        let record = found.ok_or_else(|| miss::no_help(number, &of_super_mcp().collect::<Vec<_>>()))?;
        pages.push(record.explain().markdown().record_only().to_string());
        records.push(record);
    }
    if pages.is_empty() {
        pages.push(overview());
        records.extend(of_super_mcp());
    }
    Ok(Help::new(pages.join("\n"), topics(), &records))
}

/// Returns the topics that the registry names, in the order of the alphabet.
pub(crate) fn topics() -> Vec<&'static str> {
    let family = super_mcp::INVALID_PARAMS.record().family;
    let commands = family.diagnostics.iter().chain(family.recovery).map(|command| command.command);
    let mut topics: Vec<_> = commands.chain(of_super_mcp().flat_map(calls)).filter_map(topic).collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}

const SYSTEM: &str = "super-mcp";

fn of_super_mcp() -> impl Iterator<Item = &'static Record> {
    REGISTRY.records().iter().filter(|record| record.system.name == SYSTEM)
}

/// Returns what a record names beside codes; the help calls are among it.
fn calls(record: &'static Record) -> impl Iterator<Item = &'static str> {
    record.related.iter().filter_map(|related| match related.target {
        Target::Document(name) => Some(name),
        _ => None,
    })
}

/// Returns the topic of a help call.
fn topic(call: &'static str) -> Option<&'static str> {
    call.strip_prefix("get_help(topic: \"")?.strip_suffix("\")")
}

/// What belongs to a topic.
struct About {
    topic: &'static str,
    /// Whether the help of the topic is for every code of the system.
    is_general: bool,
    /// The codes that name the topic.
    records: Vec<&'static Record>,
}

fn about(name: &'static str) -> About {
    let names_it = |record: &&'static Record| calls(record).any(|call| topic(call) == Some(name));
    let records: Vec<_> = of_super_mcp().filter(names_it).collect();
    let family = super_mcp::INVALID_PARAMS.record().family;
    let is_general = family.diagnostics.iter().any(|command| topic(command.command) == Some(name));
    About { topic: name, is_general, records }
}

impl About {
    /// Writes what the system says of help, where the topic is a general one, and the manual pages of its codes.
    fn page(&self) -> String {
        let mut page = format!("# {}\n", self.topic);
        if self.is_general {
            let system = Parts::of(super_mcp::INVALID_PARAMS.record()).system;
            let on_help = sections(&system).into_iter().filter(|section| section.contains("get_help("));
            page.extend(on_help.map(|section| format!("\n{}\n", section.trim_end())));
        }
        page.extend(self.records.iter().map(|record| format!("\n{}", record.explain().markdown().record_only())));
        page
    }
}

fn overview() -> String {
    let mut page = "# Help\n\nAsk for a topic:\n\n".to_owned();
    page.extend(topics().iter().map(|topic| format!("- `get_help(topic: \"{topic}\")`\n")));
    page += "\nOr for a code:\n\n";
    page.extend(of_super_mcp().map(|record| format!("- `get_help(error_code: {})`: {}\n", record.code, record.title)));
    page
}
