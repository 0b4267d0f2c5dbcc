//! Traces, metrics and error budgets: the names they use, and what has already been recorded.

#[cfg(feature = "budget")]
pub(crate) mod budget;
#[cfg(feature = "tracing-0_1")]
mod emitted;
#[cfg(feature = "metrics-0_24")]
pub mod metrics_0_24;
#[cfg(feature = "tracing-0_1")]
pub mod tracing_0_1;
#[cfg(feature = "tracing-subscriber-0_3")]
pub mod tracing_subscriber_0_3;

#[cfg(feature = "budget")]
pub use self::budget::{BudgetUsage, ErrorBudget};
pub use crate::error::Recorded;
pub use mcp_error_codes_core::names;

/// Methods that record an error.
#[cfg(any(feature = "metrics-0_24", feature = "tracing-0_1"))]
impl crate::McpError {
    /// Emits the event of the error unless it was already emitted, and records its attributes on the current span; see
    /// [`tracing_0_1`](crate::tracing_0_1).
    ///
    /// Clones that are made after the call count as traced. A decoded error does not, and neither does an error that has this one
    /// as its source. If no subscriber listens to the level, nothing is formatted, and the error can still be traced later.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let mut error = McpError::new(filesystem::DISK_FULL);
    /// error.trace();
    /// assert!(error.is(filesystem::DISK_FULL));
    /// ```
    #[cfg(feature = "tracing-0_1")]
    pub fn trace(&mut self) {
        tracing_0_1::trace(self);
    }

    /// Emits the event of the error as [`trace`](Self::trace) does, and returns the error.
    ///
    /// ```
    /// use mcp_error_codes::McpError;
    ///
    /// fn read(path: &str) -> Result<String, McpError> {
    ///     std::fs::read_to_string(path).map_err(|error| McpError::from(error).traced())
    /// }
    ///
    /// fn first_line(path: &str) -> Result<String, McpError> {
    ///     let text = read(path).map_err(McpError::traced)?;
    ///     Ok(text.lines().next().unwrap_or_default().to_owned())
    /// }
    ///
    /// assert!(first_line("no such file").is_err());
    /// ```
    #[cfg(feature = "tracing-0_1")]
    pub fn traced(mut self) -> Self {
        self.trace();
        self
    }

    /// Counts the error unless it was already counted; see [`metrics_0_24`](crate::metrics_0_24).
    ///
    /// Clones that are made after the call count as counted. A decoded error does not, and neither does an error that has this one as
    /// its source.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let mut error = McpError::new(filesystem::DISK_FULL);
    /// error.count();
    /// assert!(error.is(filesystem::DISK_FULL));
    /// ```
    #[cfg(feature = "metrics-0_24")]
    pub fn count(&mut self) {
        metrics_0_24::count(self);
    }

    /// Counts the error as [`count`](Self::count) does, and returns the error.
    ///
    /// ```
    /// use mcp_error_codes::McpError;
    ///
    /// fn read(path: &str) -> Result<String, McpError> {
    ///     std::fs::read_to_string(path).map_err(|error| McpError::from(error).counted())
    /// }
    ///
    /// assert!(read("no such file").is_err());
    /// ```
    #[cfg(feature = "metrics-0_24")]
    pub fn counted(mut self) -> Self {
        self.count();
        self
    }
}
