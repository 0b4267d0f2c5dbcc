//! Integration with `axum` 0.8: errors as responses of handlers, extractors and middleware.
//!
//! | answer | body | status |
//! |---|---|---|
//! | [`McpError`], [`Problem`] | problem details, `application/problem+json` | the record's `http_status` |
//! | [`Standard`], [`StandardResponse`] | the standard response, `application/json` | the record's `http_status` |
//! | [`JsonRpcResponse`] | the JSON-RPC error response, `application/json` | that of MCP: [`JsonRpcResponse::status_code`] |
//!
//! Each response has `Cache-Control: no-store`, and `Retry-After` in whole seconds, rounded up, if the retry advice has
//! a wait. The body never contains internal context or sources.
//!
//! To add `WWW-Authenticate` or change the status, return `(status, headers, error)`. The body stays the same.
//!
//! The [`McpError`] itself is in the extensions of the response, which never leave the process, so middleware can log
//! its internal parts.
//!
//! ```
//! use axum::Router;
//! use axum::body::{Body, to_bytes};
//! use axum::extract::Request;
//! use axum::http::StatusCode;
//! use axum::middleware::{Next, from_fn};
//! use axum::response::Response;
//! use axum::routing::get;
//! use mcp_error_codes::{McpError, decode, filesystem};
//! use tower::ServiceExt;
//!
//! async fn note() -> Result<String, McpError> {
//!     Ok(std::fs::read_to_string("no such note.txt")?)
//! }
//!
//! async fn log(request: Request, next: Next) -> Response {
//!     let mut response = next.run(request).await;
//!     // In place, so that an outer layer sees that `trace` and `count` were called.
//!     if let Some(error) = response.extensions_mut().get_mut::<McpError>() {
//!         eprintln!("{error:?}");
//!     }
//!     response
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app: Router = Router::new().route("/note", get(note)).layer(from_fn(log));
//!
//! let response = app.oneshot(Request::get("/note").body(Body::empty())?).await?;
//! assert_eq!(response.status(), StatusCode::NOT_FOUND);
//! assert_eq!(response.headers()["content-type"], "application/problem+json");
//! let body = to_bytes(response.into_body(), 4096).await?;
//! assert!(decode(&body)?.is(filesystem::FILE_NOT_FOUND));
//! # Ok(())
//! # }
//! ```

use std::time::{Duration, SystemTime};

use ::http::{HeaderValue, StatusCode, header};
use axum_core::response::{IntoResponse, Response};
use serde::Serialize;

use crate::McpError;
use crate::server::http_1::Transport;
use crate::wire::{JsonRpcResponse, Problem, StandardResponse};

/// An error that responds with the standard response instead of problem details.
///
/// In a handler that returns `Result<T, Standard>`, `?` converts an [`McpError`] and every type that converts to one.
/// The response contains the current time.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use mcp_error_codes::axum_0_8::Standard;
///
/// async fn note() -> Result<String, Standard> {
///     Ok(std::fs::read_to_string("no such file")?)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let response = note().await.into_response();
/// assert_eq!(response.status(), 404);
/// assert_eq!(response.headers()["content-type"], "application/json");
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "an error does nothing until it is returned"]
pub struct Standard(pub McpError);

impl<E: Into<McpError>> From<E> for Standard {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// Responds with problem details.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use mcp_error_codes::{McpError, filesystem};
///
/// let response = filesystem::file_not_found("a.txt").into_response();
/// assert_eq!(response.status(), 404);
/// assert_eq!(response.headers()["content-type"], "application/problem+json");
/// assert_eq!(response.headers()["cache-control"], "no-store");
/// assert!(response.extensions().get::<McpError>().is_some_and(|error| error.is(filesystem::FILE_NOT_FOUND)));
/// ```
impl IntoResponse for McpError {
    fn into_response(self) -> Response {
        let body = json(&self.problem());
        rest(self, PROBLEM, body)
    }
}

impl IntoResponse for Standard {
    fn into_response(self) -> Response {
        let body = json(&StandardResponse::new(&self.0).at(SystemTime::now()));
        rest(self.0, JSON, body)
    }
}

impl IntoResponse for Problem<'_> {
    fn into_response(self) -> Response {
        rest(self.error().clone(), PROBLEM, json(&self))
    }
}

impl IntoResponse for StandardResponse<'_> {
    fn into_response(self) -> Response {
        rest(self.error().clone(), JSON, json(&self))
    }
}

/// Responds to an MCP request, from middleware in front of the server.
///
/// ```
/// use axum_core::response::IntoResponse;
/// use mcp_error_codes::{McpError, ProtocolVersion, mcp};
///
/// let error = McpError::new(mcp::METHOD_NOT_FOUND);
/// assert_eq!(error.json_rpc_response(7).into_response().status(), 404);
///
/// let legacy = error.json_rpc_response(7).in_version(ProtocolVersion::V2025_11_25);
/// assert_eq!(legacy.into_response().status(), 200);
/// ```
impl IntoResponse for JsonRpcResponse<'_> {
    fn into_response(self) -> Response {
        let mut body = Vec::new();
        self.write_to(&mut body);
        answer(self.json_rpc_error().error().clone(), self.status_code(), JSON, body)
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Writes a form as JSON. It cannot fail, because all keys are strings. If it did, the status would still report the error.
fn json(form: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(form).unwrap_or_default()
}

fn rest(error: McpError, content_type: HeaderValue, body: Vec<u8>) -> Response {
    let status = error.status_code(Transport::Rest);
    answer(error, status, content_type, body)
}

fn answer(error: McpError, status: StatusCode, content_type: HeaderValue, body: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    let mut response = (status, headers, body).into_response();
    if let Some(wait) = error.as_sent().retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, whole_seconds(wait).into());
    }
    response.extensions_mut().insert(error);
    response
}

/// Returns the seconds of a wait, rounded up so that a client does not retry too early.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0))
}
