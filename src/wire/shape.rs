//! How the forms of an error are told apart.

use serde_json::{Map, Value};

/// The forms of an error, told by their members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    JsonRpcResponse,
    JsonRpcError,
    ToolResponse,
    ToolResult,
    RecordObject,
    Problem,
    StandardResponse,
    Envelope,
    ScrumBody,
    Unknown,
}

impl Shape {
    pub(crate) fn of(object: &Map<String, Value>) -> Self {
        let is_text = |key: &str| object.get(key).is_some_and(Value::is_string);
        // Some servers write the member that does not apply as null.
        let member = |key: &str| object.get(key).filter(|value| !value.is_null());
        match (member("error"), member("result")) {
            (Some(Value::Object(error)), _) if is_json_rpc_error(error) => return Self::JsonRpcResponse,
            (Some(Value::Object(error)), _) if is_coded(error) => return Self::Envelope,
            (Some(Value::Bool(true)), _) if is_coded(object) => return Self::StandardResponse,
            (Some(Value::String(_)), _) if object.get("ok") == Some(&Value::Bool(false)) => return Self::ScrumBody,
            (Some(Value::String(_)), _) if object.get("status").and_then(Value::as_str) == Some("unhealthy") => {
                return Self::ScrumBody;
            }
            (None, Some(Value::Object(result))) if is_tool_error(result) => return Self::ToolResponse,
            (None, None) => {}
            _ => return Self::Unknown,
        }
        if is_tool_error(object) {
            return Self::ToolResult;
        }
        if is_json_rpc_error(object) {
            return Self::JsonRpcError;
        }
        let is_problem = object.get("status").is_some_and(Value::is_number) && (is_text("title") || is_text("detail"));
        match is_record_object(object) {
            _ if is_problem => Self::Problem,
            true => Self::RecordObject,
            false => Self::Unknown,
        }
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
