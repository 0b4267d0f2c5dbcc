//! Integration with `tracing-subscriber` 0.3: writes the traced errors to a log that `mcp-errors` reads.
//!
//! [`ErrorLog`] is a layer. It writes each error that [`McpError::trace`] emits once, as a
//! [`LogEntry`](crate::wire::LogEntry) of one line with indented context, or as a [`LogLine`](crate::wire::LogLine) in
//! JSON. [`decode`](crate::decode) and `mcp-errors` read both back without loss. The layer ignores all other events.
//!
//! ```
//! use std::fs;
//! use mcp_error_codes::tracing_subscriber_0_3::ErrorLog;
//! use mcp_error_codes::{decode, filesystem};
//! use tracing_subscriber::layer::SubscriberExt;
//!
//! let log = tempfile::NamedTempFile::new()?;
//! let subscriber = tracing_subscriber::registry().with(ErrorLog::lines(log.reopen()?).module("files"));
//! tracing::subscriber::with_default(subscriber, || filesystem::file_not_found("a.txt").trace());
//!
//! let entry = fs::read_to_string(log.path())?;
//! assert!(entry.contains(" | FS-001 | files | File not found: a.txt\n  path: a.txt\n"), "{entry}");
//! assert!(decode(&entry)?.is(filesystem::FILE_NOT_FOUND));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;
use std::io::Write;
use std::time::SystemTime;

use ::tracing::{Event, Subscriber};
use ::tracing_subscriber::fmt::MakeWriter;
use ::tracing_subscriber::layer::{Context, Layer};
use ::tracing_subscriber::registry::LookupSpan;

use crate::McpError;
use crate::observe::emitted::emitted;

/// A layer that writes traced errors to a log, each with a single write.
///
/// An error is redacted when it is created, so the log contains no secret that the error does not. The first failure to
/// write is reported on standard error, and the program continues.
pub struct ErrorLog<W> {
    writer: W,
    form: Form,
    module: Option<String>,
    is_reported: std::sync::Once,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Lines,
    Json,
}

/// The module if neither the layer nor a span names one.
const MODULE: &str = "mcp";

impl<W> ErrorLog<W> {
    /// Writes entries of one line with indented context: `TIME | LEVEL | CODE | MODULE | message`.
    ///
    /// The writer is any [`MakeWriter`], such as a file, `std::io::stderr`, or a writer that rotates its files.
    pub const fn lines(writer: W) -> Self {
        Self { writer, form: Form::Lines, module: None, is_reported: std::sync::Once::new() }
    }

    /// Writes lines of JSON.
    ///
    /// ```
    /// use mcp_error_codes::hyper_bun;
    /// use mcp_error_codes::tracing_subscriber_0_3::ErrorLog;
    /// use tracing_subscriber::layer::SubscriberExt;
    ///
    /// let log = tempfile::NamedTempFile::new()?;
    /// let subscriber = tracing_subscriber::registry().with(ErrorLog::json(log.reopen()?));
    /// tracing::subscriber::with_default(subscriber, || mcp_error_codes::McpError::new(hyper_bun::RESOURCE_NOT_FOUND).trace());
    ///
    /// let line: serde_json::Value = serde_json::from_reader(log.reopen()?)?;
    /// assert_eq!(line["error_code"], "NX-MCP-011");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn json(writer: W) -> Self {
        Self { writer, form: Form::Json, module: None, is_reported: std::sync::Once::new() }
    }

    /// Sets the module of the entries. Without it, the module is the target of the span in which the error was traced.
    #[must_use]
    pub fn module(mut self, module: impl Into<String>) -> Self {
        self.module = Some(module.into());
        self
    }

    /// Returns the text of an error, with a line end.
    fn text(&self, error: &McpError, module: &str) -> String {
        let time = SystemTime::now();
        match self.form {
            Form::Lines => format!("{}\n", error.log_entry(module, time).exact()),
            Form::Json => format!("{}\n", error.log_line(module, time)),
        }
    }
}

impl<W> fmt::Debug for ErrorLog<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorLog").field("form", &self.form).field("module", &self.module).finish_non_exhaustive()
    }
}

impl<S, W> Layer<S> for ErrorLog<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + 'static,
{
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(error) = emitted(event.metadata()) else { return };
        let of_span = context.event_span(event).map(|span| span.metadata().target());
        let text = self.text(&error, self.module.as_deref().or(of_span).unwrap_or(MODULE));
        let written = self.writer.make_writer_for(event.metadata()).write_all(text.as_bytes());
        if let Err(problem) = written {
            // A logging failure must not affect the program.
            self.is_reported.call_once(|| eprintln!("mcp-error-codes: the error log cannot be written: {problem}"));
        }
    }
}
