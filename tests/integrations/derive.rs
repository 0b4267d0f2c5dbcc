//! `#[derive(IntoMcpError)]` for an author's own errors.
#![cfg(feature = "derive")]

mod codes;
mod fields;
mod items;
#[cfg(feature = "rmcp-3")]
mod server;

use mcp_error_codes::McpError;
use serde_json::{Value, json};

/// Returns the details and the internal context of an error as JSON.
fn parts(error: &McpError) -> (Value, Value) {
    let object = |pairs: Vec<(&str, &Value)>| {
        Value::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect())
    };
    (object(error.details().collect()), object(error.internal().collect()))
}

/// Returns the context of an error whose only internal part is its text.
fn only_text(text: &str) -> Value {
    json!({"error": text})
}
