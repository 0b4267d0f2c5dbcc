//! Integration with `metrics` 0.24: counts errors as `mcp_errors_total`, by code, system, kind, severity and surface.
//!
//! [`McpError::count`] counts an error once, even if several layers of a server call it. With the feature `rmcp-3`,
//! `Guarded::on_error(McpError::count)` counts every error that answers a request. Use any recorder that works with the
//! `metrics` crate.
//!
//! # Labels
//! | label | value |
//! |---|---|
//! | `code` | the code, without its system |
//! | `system` | the system of the code |
//! | `kind` | the kind of the code, or the kind that was received with an unknown code |
//! | `severity` | `INFO`, `WARN`, `ERROR` or `FATAL` |
//! | `surface` | `tool` or `protocol`: where MCP carries the error; `local` if no peer sent it |
//!
//! All values come from the registry, so there are at most three series per code, one for each surface, whatever peers send. A
//! decoded error with an unknown code counts as `UNKNOWN` of the system `unknown`, in at most three series per kind. A superseded
//! code counts as its successor.
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
//! assert_eq!(labels, ["FS-001", "filesystem", "not_found", "WARN", "tool"]);
//! ```

use ::metrics::{Unit, counter, describe_counter};

use crate::{McpError, Record, in_system};

/// The name of the counter: `mcp_errors_total`.
pub const ERRORS_TOTAL: &str = "mcp_errors_total";

/// Describes the counter to the recorder: its unit and a description. Call it once, after the recorder is installed.
///
/// ```
/// use mcp_error_codes::{filesystem, metrics_0_24};
/// use metrics_util::debugging::DebuggingRecorder;
///
/// let recorder = DebuggingRecorder::new();
/// ::metrics::with_local_recorder(&recorder, || {
///     metrics_0_24::describe();
///     filesystem::disk_full().count();
/// });
///
/// let counted = recorder.snapshotter().snapshot().into_vec();
/// let (_, unit, description, _) = &counted[0];
/// assert_eq!(*unit, Some(::metrics::Unit::Count));
/// assert!(description.as_ref().is_some_and(|text| text.starts_with("MCP errors, by code")));
/// ```
pub fn describe() {
    describe_counter!(ERRORS_TOTAL, Unit::Count, "MCP errors, by code, system, kind, severity and surface.");
}

pub(super) fn count(error: &mut McpError) {
    let mut recorded = error.recorded();
    if recorded.counted {
        return;
    }
    let record = error.brief();
    // The kind that a peer sends with a known code adds no series.
    let kind = if error.is_known() { current(record).kind } else { error.kind() };
    let labels = [
        ("code", record.superseded_by.unwrap_or(record.code)),
        ("system", record.system.name),
        ("kind", kind.as_str()),
        ("severity", current(record).severity.as_str()),
        ("surface", error.surface().as_str()),
    ];
    counter!(ERRORS_TOTAL, &labels).increment(1);
    recorded.counted = true;
    error.set_recorded(recorded);
}

/// Returns the record of the code that replaces a superseded one. Without a successor in a known registry, returns the
/// record itself.
fn current(record: &'static Record) -> &'static Record {
    record.superseded_by.and_then(|code| in_system(record.system.name).lookup(code)).unwrap_or(record)
}
