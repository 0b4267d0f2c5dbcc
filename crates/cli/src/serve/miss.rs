//! What the tools answer where they find nothing: the errors of this crate, on the surface that the model sees.

use mcp_error_codes::wire::DecodeError;
use mcp_error_codes::{McpError, Record, UnknownCode, filesystem, scrum};
use serde_json::{Value, json};

use crate::{decode, explain, query};

/// Nothing has this name.
///
/// Of the codes that say so, `NOT_FOUND` is the one that fits: its hint tells the model to look for typing mistakes and to take
/// what a list tool returns. That of `NX-MCP-011` sends it to the list of resources.
pub(crate) fn unknown_code(unknown: &UnknownCode) -> McpError {
    let near = explain::near(unknown);
    let mut message = unknown.to_string();
    if unknown.suggestions().is_empty() && !near.is_empty() {
        let named = near.iter().map(|record| format!("{:?} ({})", record.code_text().to_string(), record.title));
        message += &format!("; by its words it may be {}", named.collect::<Vec<_>>().join(", "));
    }
    scrum::not_found("Error code", unknown.text()).with_message(message).with_detail("suggestions", suggestions(&near))
}

/// There is no help for this number.
pub(crate) fn no_help(number: i64, known: &[&'static Record]) -> McpError {
    scrum::not_found("Super-MCP error code", number.to_string()).with_detail("suggestions", suggestions(known))
}

/// There is no such topic.
pub(crate) fn no_topic(topic: &str, known: &[&str]) -> McpError {
    scrum::not_found("Help topic", topic)
        .with_message(format!("Help topic not found: {topic}; the topics are {}", known.join(", ")))
        .with_detail("suggestions", known)
}

/// There is no error in the body.
pub(crate) fn no_error(body: &str, error: DecodeError) -> McpError {
    let advice = if query::has_code(body) { "; `explain_error` finds a code in it" } else { "" };
    filesystem::invalid_parameter_value(format!("there is no error in it: {}{advice}", decode::reason(&error)))
        .with_detail("parameter", "body")
        .with_source(error)
}

/// An argument has a value that its schema does not allow.
pub(crate) fn invalid(parameter: &str, reason: String) -> McpError {
    filesystem::invalid_parameter_value(reason).with_detail("parameter", parameter)
}

fn suggestions(records: &[&'static Record]) -> Vec<Value> {
    let view = |record: &&Record| json!({ "code": record.code_text().to_string(), "title": record.title });
    records.iter().map(view).collect()
}
