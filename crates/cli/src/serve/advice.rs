//! The advice of a record, as a model may read it that is not connected to the server that sends the code.
//!
//! Some hints and steps say to call a tool of that server. A model that does as it is told would call a tool that it does not have,
//! or the tool of another server with the same name.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use mcp_error_codes::Record;
use mcp_error_codes::page::markdown;

use crate::catalogue;

/// Returns the hint, or that of the kind if the hint names a tool.
pub(crate) fn hint(record: &'static Record) -> &'static str {
    if names_tool(record.hint) { record.kind.hint() } else { record.hint }
}

/// Returns the steps of the resolution that name no tool.
pub(crate) fn resolution(record: &'static Record) -> Vec<&'static str> {
    record.resolution.iter().copied().filter(|step| !names_tool(step)).collect()
}

/// Returns the complete manual page; see [`with_note`].
pub(crate) fn page(record: &Record) -> String {
    with_note(markdown(record.page()).to_string())
}

/// Says below the title of a page that names tools whose they are.
pub(crate) fn with_note(page: String) -> String {
    if names_tool(&page) { page.replacen("\n\n", &format!("\n\n{NOTE}"), 1) } else { page }
}

/// What a page that names tools says about them.
const NOTE: &str = "\
> This page names tools of the server that sends the code. They are for its operators and its own callers: do not call them on another \
server, even if it has a tool with the same name.\n\n";

/// Returns whether a text names a tool of a server, between backticks.
pub(crate) fn names_tool(text: &str) -> bool {
    quoted(text).any(|(_, code)| called(code).is_some() || identifier(code).is_some_and(|name| TOOLS.contains(name)))
}

/// The records that the tools of the server explain: those of the catalogue, and the built-in ones.
fn explained() -> impl Iterator<Item = &'static Record> {
    mcp_error_codes::records().chain(catalogue::records())
}

/// The tools that the hints and steps of all records say to call, and their relatives: `scrum_task_list` is one because
/// `scrum_claim` is.
static TOOLS: LazyLock<Tools> = LazyLock::new(|| {
    let texts = || explained().flat_map(|record| std::iter::once(&record.hint).chain(record.resolution)).copied();
    let told = texts().flat_map(|text| {
        quoted(text).filter_map(|(before, code)| {
            let verb = before.trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
            let is_told = ["call", "run", "use", "with"].contains(&verb.as_str());
            called(code).or_else(|| identifier(code).filter(|_| is_told))
        })
    });
    let names: BTreeSet<&'static str> = told.collect();
    let prefixes = names.iter().filter_map(|name| name.split_once('_')).map(|(prefix, _)| prefix).collect();
    Tools { names, prefixes }
});

struct Tools {
    names: BTreeSet<&'static str>,
    prefixes: BTreeSet<&'static str>,
}

impl Tools {
    fn contains(&self, name: &str) -> bool {
        let has_prefix = || name.split_once('_').is_some_and(|(prefix, _)| self.prefixes.contains(prefix));
        self.names.contains(name) || has_prefix()
    }
}

/// Returns the texts between backticks, each with the text before it.
fn quoted(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut before = "";
    text.split('`').enumerate().filter_map(move |(at, part)| {
        let last = std::mem::replace(&mut before, part);
        (at % 2 == 1).then_some((last, part))
    })
}

/// Returns the name in `name(arguments)`. Such a call is that of a tool, unless it is one of an object.
fn called(code: &str) -> Option<&str> {
    let (name, _) = code.split_once('(').filter(|_| code.ends_with(')'))?;
    identifier(name)
}

/// Returns the text if it is a name in snake case with at least two words.
fn identifier(code: &str) -> Option<&str> {
    let is_name = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    (is_name && code.contains('_') && code.starts_with(|first: char| first.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_told_from_parameters_and_values() {
        for text in [
            "Call `scrum_claim`.",
            "the list tool: `scrum_task_list` for tasks",
            "Use `fs_search_files` to find it.",
            "Run `authenticate_all(package_id: \"a\")`.",
            "Call `list_tools` with `include_schemas: true`.",
            "Call `orchestrator_shutdown_prepare` first.",
        ] {
            assert!(names_tool(text), "{text}");
        }
        for text in [
            "Set `in_progress`.",
            "the histogram `mcp_tool_latency_ms`",
            "Use `Bun.nanoseconds()`.",
            "Call `tools/list`.",
        ] {
            assert!(!names_tool(text), "{text}");
        }
    }

    #[test]
    fn no_advice_tells_to_call_a_tool_of_another_server() {
        let mut replaced = 0;
        for record in explained() {
            let steps = resolution(record);
            for text in std::iter::once(hint(record)).chain(steps.iter().copied()) {
                for (before, code) in quoted(text) {
                    let is_told = ["Call ", "call ", "Run ", "run ", "Use ", "use ", "with "]
                        .iter()
                        .any(|verb| before.ends_with(verb));
                    let is_tool = identifier(code.split('(').next().unwrap_or_default()).is_some();
                    assert!(!(is_told && is_tool), "{}: {text}", record.full_name());
                }
            }
            replaced += usize::from(hint(record) != record.hint) + record.resolution.len() - steps.len();
            assert_eq!(page(record).contains(NOTE), names_tool(&page(record)), "{}", record.full_name());
        }
        assert!(replaced > 20, "{replaced}");
    }
}
