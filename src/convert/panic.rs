use std::any::Any;

use crate::{McpError, hyper_bun};

impl McpError {
    /// Makes the error of a panic that was caught: `NX-MCP-001` with a fresh error id, and `panic` as its `errorType`.
    ///
    /// The text of the panic may hold anything, so it is internal. The payload is what `catch_unwind`, the `join` of a thread and
    /// tokio's `JoinError::into_panic` give; the guard for servers of the official Rust SDK answers with the same error.
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
        hyper_bun::tool_execution_failed()
            .with_fresh_error_id()
            .with_detail("errorType", "panic")
            .with_internal("panic", text(&*payload))
    }
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a text")
}
