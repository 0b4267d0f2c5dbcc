use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::McpError;

impl McpError {
    /// Sets a fresh error id, which ties what the peer sees to the log.
    ///
    /// It is the time in milliseconds and 64 random bits, both as hexadecimal digits, so that ids sort by time. It is no
    /// secret, and it is not meant to be hard to guess.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_fresh_error_id();
    /// let other = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_fresh_error_id();
    /// assert_eq!(error.error_id().map(str::len), Some(29));
    /// assert_ne!(error.error_id(), other.error_id());
    /// ```
    pub fn with_fresh_error_id(self) -> Self {
        // A clock before 1970 costs the order of the ids, and nothing else.
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        // The standard library keys every `RandomState` anew, and its hash of nothing depends on the key alone.
        let random = RandomState::new().build_hasher().finish();
        self.with_error_id(format!("{time:012x}-{random:016x}"))
    }
}
