//! Answers the help calls that the records of Super-MCP name: `get_help(topic: "workflow")`, `get_help(error_code: -32003)`.

use mcp_error_codes::page::{Block, Text, Title, markdown, plain};
use mcp_error_codes::{McpError, Record, in_system, super_mcp};

use super::advice;
use super::answer::Help;
use super::argument::HelpArguments;
use super::miss;
use super::topic::{self, SYSTEM, topics};

/// Answers a help call. Without arguments, the answer lists the topics and the codes.
///
/// # Errors
/// `NOT_FOUND` for a topic or a number that there is no help for.
pub(crate) fn help(wanted: &HelpArguments) -> Result<Help, McpError> {
    let mut pages = Vec::new();
    let mut records = Vec::new();
    if let Some(topic) = wanted.topic.as_deref() {
        let known = topics();
        let name = known.iter().copied().find(|name| name.eq_ignore_ascii_case(topic));
        let name = name.ok_or_else(|| miss::no_topic(topic, &known))?;
        records.extend(topic::records_of(name));
        pages.push(about(name, &records));
    }
    if let Some(number) = wanted.error_code {
        let found = in_system(SYSTEM).by_number(number).next();
        let record = found.ok_or_else(|| miss::no_help(number, &topic::records().collect::<Vec<_>>()))?;
        pages.push(advice::page(record));
        records.push(record);
    }
    if pages.is_empty() {
        pages.push(overview());
        records.extend(topic::records());
    }
    Ok(Help::new(pages.join("\n"), topics(), &records))
}

/// Returns the help for a topic. For a general topic, it is the system's text about help calls, then the pages of its codes.
fn about(topic: &str, records: &[&'static Record]) -> String {
    let mut blocks = Vec::new();
    if topic::is_general(topic) {
        let system: Vec<Block<'static>> = super_mcp::INVALID_PARAMS.record().system.page().collect();
        let sections = system.chunk_by(|_, next| !matches!(next, Block::Heading(..)));
        blocks.extend(sections.filter(|section| is_on_help(section)).flatten());
    }
    blocks.extend(records.iter().flat_map(|record| record.page()));
    // A topic is a word to pass to `get_help`, so it is not escaped.
    advice::with_note(format!("# {topic}\n\n{}", markdown(blocks)))
}

/// Returns whether a section, with its heading, is about help calls.
fn is_on_help(section: &[Block<'_>]) -> bool {
    let is_below_the_title = matches!(section, [Block::Heading(2.., _), ..]);
    is_below_the_title && plain(section.iter().copied()).to_string().contains("get_help(")
}

fn overview() -> String {
    let topics: Vec<String> = topics().iter().map(|topic| format!("`get_help(topic: \"{topic}\")`")).collect();
    let codes = topic::records();
    let codes: Vec<String> =
        codes.map(|record| format!("`get_help(error_code: {})`: {}", record.code, record.title)).collect();
    let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
    let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
    let blocks = [
        Block::Heading(1, Title::Text("Help")),
        Block::Paragraph(Text::Prose("Ask for a topic:")),
        Block::List(&topics),
        Block::Paragraph(Text::Prose("Or for a code:")),
        Block::List(&codes),
    ];
    markdown(blocks).to_string()
}
