//! The plain API. A handler's error becomes problem details with the status of the code.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use mcp_error_codes::{McpError, arguments, scrum};
use serde::Deserialize;

use crate::notes::Notes;

#[derive(Deserialize)]
struct NewText {
    text: String,
}

pub(crate) async fn read(State(notes): State<Arc<Notes>>, Path(name): Path<String>) -> Result<String, McpError> {
    notes.read(&name)
}

pub(crate) async fn write(
    State(notes): State<Arc<Notes>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<StatusCode, McpError> {
    // A body is checked like the arguments of a tool.
    let NewText { text } = arguments::parse(serde_json::from_slice(&body)?)?;
    notes.write(&name, text)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn no_such_route(uri: Uri) -> McpError {
    scrum::not_found("Route", uri.path())
}
