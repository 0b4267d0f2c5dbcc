use std::num::NonZeroU64;

/// Which telemetry has already recorded an error, so that each records it once.
///
/// [`McpError::recorded`](crate::McpError::recorded) returns it. A clone of an error copies it. No form contains it,
/// `Debug` does not print it, and a decoded error does not have it.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem};
///
/// let mut error = McpError::new(filesystem::DISK_FULL);
/// let mut recorded = error.recorded();
/// assert!(!recorded.counted);
/// recorded.counted = true;
/// error.set_recorded(recorded);
/// assert!(error.clone().recorded().counted);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recorded {
    /// The event of the error was emitted.
    pub traced: bool,
    /// The error was counted.
    pub counted: bool,
    /// The id of the span that has the attributes of the error.
    pub span: Option<NonZeroU64>,
}
