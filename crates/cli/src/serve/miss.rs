//! The errors of the tools, which the model sees as tool results.

use mcp_error_codes::{McpError, Record, UnknownCode, filesystem, scrum};
use serde_json::{Value, json};

use crate::suggestion::near;

/// Returns the error for an unknown code.
///
/// The hint of `NOT_FOUND` tells the model to check the spelling and to use a list tool. `NX-MCP-011` also means that something is
/// not found, but its hint would send the model to the list of resources.
pub(crate) fn unknown_code(unknown: &UnknownCode) -> McpError {
    let near = near(unknown);
    let mut message = unknown.to_string();
    if unknown.suggestions().is_empty() && !near.is_empty() {
        let named = near.iter().map(|record| format!("{:?} ({})", record.code_text().to_string(), record.title));
        message += &format!("; its words match {}", named.collect::<Vec<_>>().join(", "));
    }
    scrum::not_found("Error code", unknown.text()).with_message(message).with_detail("suggestions", suggestions(&near))
}

/// Returns the error for a number without help.
pub(crate) fn no_help(number: i64, known: &[&'static Record]) -> McpError {
    scrum::not_found("Super-MCP error code", number.to_string()).with_detail("suggestions", suggestions(known))
}

/// Returns the error for an unknown topic.
pub(crate) fn no_topic(topic: &str, known: &[&str]) -> McpError {
    scrum::not_found("Help topic", topic)
        .with_message(format!("Help topic not found: {topic}; the topics are {}", known.join(", ")))
        .with_detail("suggestions", known)
}

/// Returns the error for a body without an error.
pub(crate) fn no_error(none: &str) -> McpError {
    filesystem::invalid_parameter_value(format!("found no error in it: {none}")).with_detail("parameter", "body")
}

/// Returns the error for an argument with a value that its schema does not allow.
pub(crate) fn invalid(parameter: &str, reason: String) -> McpError {
    filesystem::invalid_parameter_value(reason).with_detail("parameter", parameter)
}

fn suggestions(records: &[&'static Record]) -> Vec<Value> {
    let view = |record: &&Record| json!({ "code": record.code_text().to_string(), "title": record.title });
    records.iter().map(view).collect()
}
