//! Timeouts and failed tasks of `tokio` 1.

use ::tokio::task::JoinError;
use ::tokio::time::error::Elapsed;

use crate::{McpError, common, hyper_bun};

/// Converts the error to `NX-MCP-002`, or to the program's own code for `timeout`. tokio's error becomes the source.
///
/// ```
/// use std::time::Duration;
/// use mcp_error_codes::{McpError, hyper_bun};
///
/// async fn ask() -> Result<String, McpError> {
///     Ok(tokio::time::timeout(Duration::ZERO, std::future::pending()).await?)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert!(ask().await.is_err_and(|error| error.is(hyper_bun::TOOL_EXECUTION_TIMEOUT)));
/// # }
/// ```
impl From<Elapsed> for McpError {
    fn from(error: Elapsed) -> Self {
        hyper_bun::tool_execution_timeout().in_own_code().with_source(error)
    }
}

/// Converts the error to `NX-MCP-001` for a panic and to `COMMON-CANCELLED` for a cancelled task, or to the program's own codes
/// for `internal` and `cancelled`, with the id of the task as internal context.
///
/// A task that panicked returns the error of [`McpError::from_panic`]: a new error id, the `errorType` `panic`, and the
/// text of the panic for logs only. A cancelled task has the `errorType` `cancelled`, and tokio's error becomes the
/// source.
///
/// ```
/// use mcp_error_codes::McpError;
///
/// async fn sum() -> Result<u32, McpError> {
///     Ok(tokio::spawn(async { panic!("no such table: users") }).await?)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let failed = sum().await;
/// assert!(failed.is_err_and(|error| error.detail("errorType") == Some(&"panic".into()) && error.error_id().is_some()));
/// # }
/// ```
impl From<JoinError> for McpError {
    fn from(error: JoinError) -> Self {
        let task = error.id().to_string();
        let made = match error.try_into_panic() {
            Ok(payload) => Self::from_panic(payload),
            Err(error) => {
                let cancelled = Self::new(common::CANCELLED).with_message("the task was cancelled");
                cancelled.with_detail("errorType", "cancelled").in_own_code().on_tool_surface().with_source(error)
            }
        };
        made.with_internal("task", task)
    }
}
