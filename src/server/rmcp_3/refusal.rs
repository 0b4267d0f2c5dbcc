//! Arguments that the SDK's own `Parameters` refused: what its bare text says of them, without the value that it repeats.

use ::rmcp::ErrorData;
use ::rmcp::model::{CallToolResponse, CallToolResult, ErrorCode};

use super::parameters::invalid_params;
use crate::McpError;
use crate::arguments::misfit::Misfit;
use crate::arguments::mismatch::{expected_type, expected_value};

/// What the SDK puts before serde's words for a tool.
const OF_TOOLS: &[&str] = &["failed to deserialize parameters: "];

/// What it puts before them in JSON-RPC errors: for tools, and for prompts with and without arguments.
const BEGINS: &[&str] =
    &["failed to deserialize parameters: ", "Failed to parse parameters: ", "Missing required parameters: "];

/// Gives a refusal among the answers to a request its code.
pub(super) fn with_code<T>(outcome: Result<T, ErrorData>) -> Result<T, ErrorData> {
    outcome.map_err(|data| {
        let is_bare = data.code == ErrorCode::INVALID_PARAMS && data.data.is_none();
        match is_bare.then(|| error_of(&data.message, BEGINS)).flatten() {
            Some(error) => invalid_params(error),
            None => data,
        }
    })
}

/// Gives a refusal among the answers to a tool call its code. The SDK's router has made a tool result of it.
pub(super) fn with_code_of_tool(outcome: Result<CallToolResponse, ErrorData>) -> Result<CallToolResponse, ErrorData> {
    let refused = match &outcome {
        Ok(CallToolResponse::Complete(result)) => text(result).and_then(|text| error_of(text, OF_TOOLS)),
        _ => None,
    };
    match refused {
        Some(error) => Err(invalid_params(error)),
        None => with_code(outcome),
    }
}

/// Returns the text of a failure that is nothing but a text.
fn text(result: &CallToolResult) -> Option<&str> {
    let is_bare = result.is_error == Some(true) && result.meta.is_none() && result.structured_content.is_none();
    match result.content.as_slice() {
        [content] if is_bare => content.as_text().map(|content| content.text.as_str()),
        _ => None,
    }
}

fn error_of(text: &str, begins: &[&str]) -> Option<McpError> {
    let said = begins.iter().find_map(|begin| text.strip_prefix(begin))?;
    Some(misfit(said).into_error("").with_source(said))
}

/// Takes serde's words apart. There is no place in them.
fn misfit(said: &str) -> Misfit {
    if let Some(name) = said.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Misfit::Missing(name.to_owned());
    }
    // The value comes first, so that these words after it are the last, whatever is in the value.
    let (found, expected) = said.rsplit_once(", expected ").unwrap_or_default();
    if let Some(found) = found.strip_prefix("invalid type: ") {
        return Misfit::Type { expected: expected_type(expected), actual: found_type(found).to_owned() };
    }
    Misfit::Value(match found {
        _ if found.starts_with("invalid value: ") => format!("expected {}", expected_value(expected)),
        _ if found.starts_with("invalid length ") => format!("expected {expected}"),
        _ if found.starts_with("unknown variant ") => format!("expected {expected}"),
        _ if found.starts_with("unknown field ") => format!("unknown member, expected {expected}"),
        // The words of a type of the server's own may repeat a value.
        _ => "the arguments do not fit the input schema".to_owned(),
    })
}

/// Names the type of what serde found, in the words of JSON Schema.
fn found_type(found: &str) -> &'static str {
    let types = [
        ("boolean ", "boolean"),
        ("integer ", "integer"),
        ("floating point ", "number"),
        ("string ", "string"),
        ("null", "null"),
        ("unit value", "null"),
        ("sequence", "array"),
        ("map", "object"),
    ];
    types.iter().find(|(begin, _)| found.starts_with(begin)).map_or("another type", |(_, word)| word)
}
