//! Arguments that the SDK's own `Parameters` rejected. The SDK passes on only the text of serde's error.

use ::rmcp::ErrorData;
use ::rmcp::model::{CallToolResult, ErrorCode};

use crate::{McpError, arguments};

/// The prefix that the SDK adds for a tool.
const OF_TOOLS: &[&str] = &["failed to deserialize parameters: "];

/// The prefixes that it adds in JSON-RPC errors: for tools, and for prompts with and without arguments.
const PREFIXES: &[&str] =
    &["failed to deserialize parameters: ", "Failed to parse parameters: ", "Missing required parameters: "];

/// Returns the error for a JSON-RPC error that rejects arguments, or `None` for any other error.
pub(super) fn of_data(data: &ErrorData) -> Option<McpError> {
    let is_bare = data.code == ErrorCode::INVALID_PARAMS && data.data.is_none();
    is_bare.then(|| error_of(&data.message, PREFIXES)).flatten()
}

/// Returns the error for a tool result in which the SDK's router rejects arguments, or `None` for any other result.
pub(super) fn of_result(result: &CallToolResult) -> Option<McpError> {
    let is_bare = result.is_error == Some(true) && result.meta.is_none() && result.structured_content.is_none();
    match result.content.as_slice() {
        [content] if is_bare => error_of(&content.as_text()?.text, OF_TOOLS),
        _ => None,
    }
}

fn error_of(text: &str, prefixes: &[&str]) -> Option<McpError> {
    let said = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))?;
    Some(arguments::from_serde_text(said))
}
