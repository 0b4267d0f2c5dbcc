//! Conversions of other errors into an [`McpError`], one file per source.

use std::any::Any;
use std::fmt::Display;

use crate::McpError;

#[cfg(feature = "derive")]
pub(crate) mod derive;
mod into_mcp_error;
mod io;
mod json;
#[cfg(feature = "jsonschema-0_60")]
mod jsonschema;
#[cfg(feature = "sqlx")]
mod mysql;
mod panic;
#[cfg(feature = "reqwest-0_13")]
mod reqwest;
mod result_ext;
#[cfg(feature = "rusqlite")]
mod rusqlite;
#[cfg(any(feature = "rusqlite", feature = "sqlx"))]
mod sqlite;
#[cfg(feature = "sqlx")]
mod sqlstate;
#[cfg(feature = "sqlx")]
mod sqlx;
mod text;
#[cfg(feature = "tokio-1")]
mod tokio;
mod upstream;

pub use into_mcp_error::IntoMcpError;
pub use result_ext::ResultExt;

/// Constructors for failures that have no error type to convert with `From`.
impl McpError {
    /// Returns the error of a caught panic: `NX-MCP-001` with a new error id and the `errorType` `panic`. If
    /// [`setup`](crate::setup) or a registry added there prefers a code for the kind `internal`, or else for
    /// `operation_failed`, that code is used instead.
    ///
    /// The payload is what `catch_unwind`, `JoinHandle::join` and tokio's `JoinError::into_panic` return. Its text is internal
    /// context, because it may contain anything. The guard for servers of the official Rust SDK answers with the same error.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// fn count() -> Result<usize, McpError> {
    ///     std::thread::spawn(|| panic!("no such table: users")).join().map_err(McpError::from_panic)
    /// }
    ///
    /// let error = count().err().ok_or("a panic")?;
    /// assert!(error.is(hyper_bun::TOOL_EXECUTION_FAILED) && error.error_id().is_some());
    /// assert!(error.internal().eq([("panic", &"no such table: users".into())]));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn from_panic(payload: Box<dyn Any + Send>) -> Self {
        panic::from_panic(&*payload)
    }

    /// Returns the error for the HTTP status that another service answered with, or `None` for 100 to 399, which are not failures.
    ///
    /// | status | kind | code |
    /// |---|---|---|
    /// | 401 | `unauthenticated` | `C002` |
    /// | 402, 403, 451 | `permission_denied` | `COMMON-PERMISSION-DENIED` |
    /// | 404, 410 | `not_found` | `NOT_FOUND` |
    /// | 405, 406, 415, 417, 426, 501, 505, 510 | `unsupported` | `COMMON-UNSUPPORTED` |
    /// | 407, 421, 506, 508, 511, 525, 526 | `misconfigured` | `COMMON-MISCONFIGURED` |
    /// | 408, 504, 522, 524, 598, 599 | `timeout` | `NX-MCP-002` |
    /// | 409, 423 | `conflict` | `COMMON-CONFLICT` |
    /// | 411 | `malformed` | `COMMON-MALFORMED` |
    /// | 412, 428 | `failed_precondition` | `COMMON-FAILED-PRECONDITION` |
    /// | 413, 414, 431 | `too_large` | `COMMON-TOO-LARGE` |
    /// | 425, 502, 503, 521, 523, 529 | `unavailable` | `NX-MCP-030` |
    /// | 429, 509 | `rate_limited` | `SEC-010` |
    /// | 499 | `cancelled` | `COMMON-CANCELLED` |
    /// | 507 | `exhausted` | `COMMON-EXHAUSTED` |
    /// | 424 | `upstream_failed` | `COMMON-UPSTREAM-FAILED` |
    /// | any other from 400 to 499 | `invalid_argument` | `VAL-003` |
    /// | any other number | `upstream_failed` | `COMMON-UPSTREAM-FAILED` |
    ///
    /// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
    /// If the service rejects the server's own credentials rather than the caller's, 401 is a configuration failure:
    /// use [`of_kind(Kind::Misconfigured)`](Self::of_kind) instead.
    ///
    /// The message says what "the service behind this tool" did and contains the status, which is also the detail
    /// `upstreamStatus`. The hint suits such a service. Use [`with_operation`](Self::with_operation) to start the
    /// message with what the tool was doing. The surface is the tool result, because the model must know what the
    /// service rejected.
    ///
    /// Pass the body to [`with_internal`](Self::with_internal), because it may contain anything; to pass a part of it
    /// on to the model, add a detail such as `upstreamMessage`. Pass a `Retry-After` header to
    /// [`with_retry_after_header`](Self::with_retry_after_header), so that the text names the wait. If no connection
    /// could be made, use [`upstream_unreachable`](Self::upstream_unreachable).
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// fn body(status: u16, retry_after: Option<&str>, body: String) -> Result<String, McpError> {
    ///     match McpError::from_upstream_status(status) {
    ///         Some(error) => Err(error.with_retry_after_header(retry_after.unwrap_or_default()).with_internal("body", body)),
    ///         None => Ok(body),
    ///     }
    /// }
    ///
    /// assert_eq!(body(200, None, "fine".into()).ok().as_deref(), Some("fine"));
    /// let error = body(503, Some("120"), "db-7 is down".into()).err().ok_or("an error")?;
    /// assert!(error.is(hyper_bun::SERVER_UNAVAILABLE));
    /// assert_eq!(error.message(), "the service behind this tool cannot serve the request at the moment (status 503)");
    /// assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(120));
    /// assert!(!error.tool_result().to_string().contains("db-7"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn from_upstream_status(status: u16) -> Option<Self> {
        upstream::from_status(status)
    }

    /// Returns the error for another service that cannot be reached: `NX-MCP-012`, or the code that
    /// [`setup`](crate::setup) or a registry added there prefers for the kind `unavailable`.
    ///
    /// The reason is in the message and in the detail `reason`, so use fixed words such as `connection refused`, and
    /// [`with_source`](Self::with_source) for the text of the error, which may contain an address. `?` converts I/O
    /// errors of this kind to the same error.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::upstream_unreachable("no route to it").with_operation("read the calendar");
    /// assert!(error.is(hyper_bun::SERVER_NOT_AVAILABLE));
    /// assert_eq!(error.message(), "read the calendar: the service behind this tool cannot be reached: no route to it");
    /// ```
    pub fn upstream_unreachable(reason: impl Display) -> Self {
        upstream::unreachable(reason)
    }

    /// Returns one error for all violations that a validator's `iter_errors` returns, or `None` if there are none.
    ///
    /// A single violation becomes the error that `?` returns. Several become one `VAL-003` whose message combines their
    /// messages, and each of them is a [failure](Self::failures) with its own code, in the validator's order. Only the
    /// first 20 are kept.
    ///
    /// ```
    /// use mcp_error_codes::McpError;
    /// use serde_json::{Value, json};
    ///
    /// fn check(validator: &jsonschema::Validator, arguments: &Value) -> Result<(), McpError> {
    ///     McpError::from_schema_violations(validator.iter_errors(arguments)).map_or(Ok(()), Err)
    /// }
    ///
    /// let schema = json!({"required": ["path"], "properties": {"lines": {"maximum": 100}}});
    /// let validator = jsonschema::validator_for(&schema)?;
    /// assert!(check(&validator, &json!({"path": "a.txt"})).is_ok());
    ///
    /// let error = check(&validator, &json!({"lines": 5000})).err().ok_or("violations")?;
    /// assert_eq!(error.record().code, "VAL-003");
    /// assert_eq!(error.failures().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "jsonschema-0_60")]
    #[must_use]
    pub fn from_schema_violations<'a>(
        violations: impl IntoIterator<Item = ::jsonschema::ValidationError<'a>>,
    ) -> Option<Self> {
        jsonschema::from_violations(violations)
    }
}
