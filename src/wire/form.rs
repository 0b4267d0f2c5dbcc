//! How the forms of an error are told apart.

use std::fmt;

use serde_json::{Map, Value};

use crate::wire::log_line;

/// The form of an error that was received, told by its shape alone; [`decode`](crate::decode) reads them all.
///
/// `Display` prints what a person calls it: `JSON-RPC response`.
///
/// ```
/// use mcp_error_codes::{Form, filesystem};
///
/// let error = filesystem::file_not_found("a.txt");
/// assert_eq!(Form::of(error.tool_result().to_string()), Some(Form::ToolResult));
/// assert_eq!(Form::of(error.json_rpc_error().to_string()), Some(Form::JsonRpcError));
/// assert_eq!(Form::of("2025-01-15 14:23:45.123 | ERROR | FS-001 | files | gone"), Some(Form::LogEntry));
/// assert_eq!(Form::of("{}"), None);
/// assert_eq!(Form::Problem.to_string(), "problem details");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// A JSON-RPC response with an error.
    JsonRpcResponse,
    /// The `error` member of a JSON-RPC response.
    JsonRpcError,
    /// A JSON-RPC response whose result is that of a tool that failed.
    ToolResponse,
    /// The result of a tool that failed.
    ToolResult,
    /// The record object alone.
    RecordObject,
    /// Problem details (RFC 9457).
    Problem,
    /// The standard response of the Hyper-Bun reference.
    StandardResponse,
    /// The envelope of the filesystem server.
    Envelope,
    /// SCRUM's REST body or health check.
    ScrumBody,
    /// An entry of a log.
    LogEntry,
}

impl Form {
    /// Tells the form of JSON or of an entry of a log; none where [`decode`](crate::decode) reads no error from it.
    #[must_use]
    pub fn of(bytes: impl AsRef<[u8]>) -> Option<Self> {
        match serde_json::from_slice(bytes.as_ref()) {
            Ok(value) => Self::of_value(&value),
            Err(_) => log_line::parse(&String::from_utf8_lossy(bytes.as_ref())).map(|_| Self::LogEntry),
        }
    }

    /// Tells the form of JSON that is parsed already; see [`Form::of`].
    #[must_use]
    pub fn of_value(value: &Value) -> Option<Self> {
        value.as_object().and_then(Self::of_object)
    }

    pub(crate) fn of_object(object: &Map<String, Value>) -> Option<Self> {
        let is_text = |key: &str| object.get(key).is_some_and(Value::is_string);
        // Some servers write the member that does not apply as null.
        let member = |key: &str| object.get(key).filter(|value| !value.is_null());
        match (member("error"), member("result")) {
            (Some(Value::Object(error)), _) if is_json_rpc_error(error) => return Some(Self::JsonRpcResponse),
            (Some(Value::Object(error)), _) if is_coded(error) => return Some(Self::Envelope),
            (Some(Value::Bool(true)), _) if is_coded(object) => return Some(Self::StandardResponse),
            (Some(Value::String(_)), _) if object.get("ok") == Some(&Value::Bool(false)) => {
                return Some(Self::ScrumBody);
            }
            (Some(Value::String(_)), _) if object.get("status").and_then(Value::as_str) == Some("unhealthy") => {
                return Some(Self::ScrumBody);
            }
            (None, Some(Value::Object(result))) if is_tool_error(result) => return Some(Self::ToolResponse),
            (None, None) => {}
            _ => return None,
        }
        if is_tool_error(object) {
            return Some(Self::ToolResult);
        }
        if is_json_rpc_error(object) {
            return Some(Self::JsonRpcError);
        }
        let is_problem = object.get("status").is_some_and(Value::is_number) && (is_text("title") || is_text("detail"));
        match is_record_object(object) {
            _ if is_problem => Some(Self::Problem),
            true => Some(Self::RecordObject),
            false => None,
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::JsonRpcResponse => "JSON-RPC response",
            Self::JsonRpcError => "JSON-RPC error",
            Self::ToolResponse => "response with a tool result",
            Self::ToolResult => "tool result",
            Self::RecordObject => "record object",
            Self::Problem => "problem details",
            Self::StandardResponse => "standard response",
            Self::Envelope => "envelope",
            Self::ScrumBody => "SCRUM body",
            Self::LogEntry => "entry of a log",
        })
    }
}

fn is_json_rpc_error(object: &Map<String, Value>) -> bool {
    object.get("code").is_some_and(Value::is_number) && object.get("message").is_some_and(Value::is_string)
}

fn is_coded(object: &Map<String, Value>) -> bool {
    ["code", "message"].iter().all(|key| object.get(*key).is_some_and(Value::is_string))
}

pub(crate) fn is_record_object(object: &Map<String, Value>) -> bool {
    is_coded(object) && object.get("system").is_some_and(Value::is_string)
}

/// A tool result is an error where it says so, or where its text is SCRUM's conflict of claims, which does not.
fn is_tool_error(object: &Map<String, Value>) -> bool {
    let Some(contents) = object.get("content").and_then(Value::as_array) else { return false };
    match object.get("isError") {
        Some(Value::Bool(is_error)) => *is_error,
        _ => contents.first().and_then(|content| content.get("text")?.as_str()).is_some_and(is_conflict),
    }
}

fn is_conflict(text: &str) -> bool {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return false };
    object.get("status").and_then(Value::as_str) == Some("conflict")
        && object.get("message").is_some_and(Value::is_string)
}
