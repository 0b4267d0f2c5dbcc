//! Counting errors: `mcp_errors_total`, by code, system, severity and surface.
//!
//! [`McpError::count`] counts an error once, however many layers of a server do so. `Guarded::on_error(McpError::count)` of the
//! feature `rmcp` counts every error that is answered. The recorder is yours: whatever the `metrics` crate has an exporter for.
//!
//! # Labels
//! | label | value |
//! |---|---|
//! | `code` | the code, without its system |
//! | `system` | the system of the code |
//! | `severity` | `INFO`, `WARN`, `ERROR` or `FATAL` |
//! | `surface` | `tool` or `protocol`: where MCP carries the error |
//!
//! All of them are the registry's words, so that there are at most two series for each code, whatever peers send: a decoded
//! error with a code that nobody here knows counts as `UNKNOWN` of the system `unknown`. A superseded code counts as its
//! successor.
//!
//! ```
//! use mcp_error_codes::{McpError, filesystem, metrics_0_24};
//! use metrics_util::debugging::{DebugValue, DebuggingRecorder};
//!
//! let recorder = DebuggingRecorder::new();
//! let mut error = filesystem::file_not_found("a.txt");
//! ::metrics::with_local_recorder(&recorder, || {
//!     metrics_0_24::describe();
//!     error.count();
//!     error.count();
//! });
//!
//! let counted = recorder.snapshotter().snapshot().into_vec();
//! let (key, unit, _, value) = &counted[0];
//! assert_eq!(key.key().name(), metrics_0_24::ERRORS_TOTAL);
//! assert_eq!(*unit, Some(::metrics::Unit::Count));
//! assert_eq!(*value, DebugValue::Counter(1));
//! let labels: Vec<_> = key.key().labels().map(|label| label.value()).collect();
//! assert_eq!(labels, ["FS-001", "filesystem", "WARN", "tool"]);
//! ```
//!
//! This module has the name of that crate. Do not import `mcp_error_codes::*` beside the crate.

use ::metrics::{Unit, counter, describe_counter};

use crate::{McpError, Record, in_system};

/// The name of the counter: `mcp_errors_total`.
pub const ERRORS_TOTAL: &str = "mcp_errors_total";

/// Tells the recorder what is counted: the unit and a text. Call it once, when the recorder is installed.
///
/// ```
/// // Without a recorder, it does nothing.
/// mcp_error_codes::metrics_0_24::describe();
/// ```
pub fn describe() {
    describe_counter!(ERRORS_TOTAL, Unit::Count, "MCP errors, by code, system, severity and surface.");
}

impl McpError {
    /// Counts the error, unless that was done; see the [module](crate::metrics_0_24).
    ///
    /// Clones that are made from then on count as counted; what a peer decodes does not. An error that has this one for its cause
    /// is an error of its own.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let mut error = McpError::new(filesystem::DISK_FULL);
    /// error.count();
    /// assert!(error.is(filesystem::DISK_FULL));
    /// ```
    pub fn count(&mut self) {
        let mut marks = self.__marks();
        if marks.counted {
            return;
        }
        let record = self.record();
        let labels = [
            ("code", record.superseded_by.unwrap_or(record.code)),
            ("system", record.system.name),
            ("severity", current(record).severity.as_str()),
            ("surface", self.surface().as_str()),
        ];
        counter!(ERRORS_TOTAL, &labels).increment(1);
        marks.counted = true;
        self.__set_marks(marks);
    }

    /// Counts the error, as [`count`](Self::count) does, and returns it.
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
    pub fn counted(mut self) -> Self {
        self.count();
        self
    }
}

/// The record of the code that is used now; a superseded record itself where its registry is not installed.
fn current(record: &'static Record) -> &'static Record {
    record.superseded_by.and_then(|code| in_system(record.system.name).lookup(code)).unwrap_or(record)
}
