//! The topics of help calls in the records of Super-MCP and their family.

use mcp_error_codes::record::{Family, Target};
use mcp_error_codes::{REGISTRY, Record, super_mcp};

/// The system that the help is for.
pub(super) const SYSTEM: &str = "super-mcp";

/// Returns the topics that the registry names, in alphabetical order.
pub(super) fn topics() -> Vec<&'static str> {
    let commands = family().diagnostics.iter().chain(family().recovery).map(|command| command.command);
    let mut topics: Vec<_> = commands.chain(records().flat_map(calls)).filter_map(topic).collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}

/// Returns the codes of the system.
pub(super) fn records() -> impl Iterator<Item = &'static Record> {
    REGISTRY.records().iter().filter(|record| record.system.name == SYSTEM)
}

/// Returns the codes that name a topic.
pub(super) fn records_of(name: &str) -> Vec<&'static Record> {
    records().filter(|record| calls(record).any(|call| topic(call) == Some(name))).collect()
}

/// Returns whether the help of a topic applies to every code of the system.
pub(super) fn is_general(name: &str) -> bool {
    family().diagnostics.iter().any(|command| topic(command.command) == Some(name))
}

fn family() -> &'static Family {
    super_mcp::INVALID_PARAMS.record().family
}

/// Returns the documents that a record names. Help calls are among them.
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
