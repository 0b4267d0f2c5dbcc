//! Requests that are rejected before they reach MCP: by the SDK with plain text, by this server with problem details.
//!
//! MCP requires an HTTP error status and allows a JSON-RPC error as the body. Clients that support this show its code,
//! message and hint. For any other body, they show little more than the status.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mcp_error_codes::wire::RequestId;
use mcp_error_codes::{McpError, mcp};
use serde_json::Value;

/// The maximum length of a body.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// Replaces the body of a rejection with a JSON-RPC error, unless it already is one. The status and the headers stay.
pub(crate) async fn refuse_in_json_rpc(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BYTES).await else {
        let error = McpError::new(mcp::INVALID_REQUEST).with_message("The body is too long");
        return (StatusCode::PAYLOAD_TOO_LARGE, error.json_rpc_response(RequestId::Unknown)).into_response();
    };
    let says_json = is_json(&parts.headers);
    let response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_json(response.headers()) {
        return response;
    }

    let message: Option<Value> = serde_json::from_slice(&body).ok();
    let id = message.as_ref().map_or(RequestId::Unknown, id_of);
    let (refused, text) = response.into_parts();
    let text = to_bytes(text, MAX_BYTES).await.unwrap_or_default();
    let (status, error) = match refused.extensions.get::<McpError>() {
        Some(own) => (status, own.clone()),
        // The SDK reports a body that it cannot read as an unsupported media type.
        None if status == StatusCode::UNSUPPORTED_MEDIA_TYPE && says_json => {
            let code = if message.is_some() { mcp::INVALID_REQUEST } else { mcp::PARSE_ERROR };
            // The text may repeat the body.
            let said = String::from_utf8_lossy(&text);
            (StatusCode::BAD_REQUEST, McpError::new(code).with_internal("sdk", said))
        }
        None => (status, error_of_sdk(status, &text)),
    };
    let mut response = (status, error.json_rpc_response(id)).into_response();
    for (name, value) in &refused.headers {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response
}

fn error_of_sdk(status: StatusCode, text: &[u8]) -> McpError {
    let said = String::from_utf8_lossy(text).into_owned();
    match status.is_server_error() {
        true => McpError::new(mcp::INTERNAL_ERROR).with_internal("sdk", said),
        false => McpError::new(mcp::INVALID_REQUEST).with_message(said),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn id_of(message: &Value) -> RequestId<'_> {
    match &message["id"] {
        Value::String(id) => id.as_str().into(),
        id => id.as_i64().map_or(RequestId::Unknown, RequestId::from),
    }
}
