//! The event of an error, and its attributes on the span that it happened in.
//!
//! [`McpError::trace`] emits one event for an error, at the level of the code's severity: `INFO`, `WARN`, and `ERROR` for
//! `ERROR` and `FATAL`. Its target is `mcp_error_codes`, its name `mcp_error`, and its message `CODE: message`. However many
//! layers of a server trace an error, the log has it once: [`McpError::traced`] does so where it happens, on its way
//! through `?`, and `Guarded::on_error(McpError::trace)` of the feature `rmcp` does so for every error that is answered.
//!
//! # Fields
//! A field that an error has nothing for is absent. All are texts; a text formatter prints them in quotes, so that no value can
//! forge an entry. An event is for the log: it holds what never goes to a peer, redacted as `Debug` of the error is.
//!
//! | field | value |
//! |---|---|
//! | `mcp_error_codes.code`, `mcp_error_codes.system` | the code and its system; of an unknown code, what was received |
//! | `mcp_error_codes.severity` | `INFO`, `WARN`, `ERROR` or `FATAL` |
//! | `error.type` | exactly `tool_error` on the tool surface, else the JSON-RPC number |
//! | `rpc.response.status_code` | the JSON-RPC number; absent on the tool surface |
//! | `mcp.method.name` | internal context of this name: the method of the request |
//! | `gen_ai.tool.name` | internal context of this name: the tool that was called |
//! | `jsonrpc.request.id` | internal context of this name: the id of the request |
//! | `mcp_error_codes.error_id` | the id that the peer sees, too |
//! | `mcp_error_codes.details` | the details, as a JSON object |
//! | `mcp_error_codes.internal` | the rest of the internal context, as a JSON object |
//! | `mcp_error_codes.causes` | what the chain of [`source`](std::error::Error::source) says, as a JSON array of texts, at most 32 |
//! | `mcp_error_codes.errors` | several failures in one: each with all that is internal, as `Debug` prints it |
//!
//! The names without our prefix are those of OpenTelemetry's semantic conventions for MCP, which are in development. A
//! guarded server of the feature `rmcp` knows the request, and adds that context, and `rpc.response.status_code` with the
//! number that is sent. An error that is traced before, in the handler, tells of its own surface and of nothing of the request.
//!
//! # Attributes of the span
//! The conventions put `error.type` and `rpc.response.status_code` on the span of the request. Where the current span declares
//! one of them, or `mcp_error_codes.code`, it is recorded there too, also where no event is:
//!
//! ```
//! use std::fs;
//! use mcp_error_codes::{McpError, filesystem};
//! use tracing::field::Empty;
//!
//! let log = tempfile::NamedTempFile::new()?;
//! let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(log.reopen()?).finish();
//! tracing::subscriber::with_default(subscriber, || {
//!     let span = tracing::info_span!("tools/call", "error.type" = Empty, "mcp_error_codes.code" = Empty);
//!     let mut error = span.in_scope(|| filesystem::file_not_found("a.txt").traced());
//!     // It is in the log already.
//!     error.trace();
//! });
//!
//! let event: serde_json::Value = serde_json::from_str(&fs::read_to_string(log.path())?)?;
//! assert_eq!(event["message"], "FS-001: File not found: a.txt");
//! assert_eq!(event["mcp_error_codes.details"], r#"{"path":"a.txt"}"#);
//! assert_eq!(event["error.type"], "tool_error");
//! assert_eq!(event["span"]["mcp_error_codes.code"], "FS-001");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This module has the name of that crate. Import neither it nor `mcp_error_codes::*` beside the crate.

use std::borrow::Cow;
use std::cell::OnceCell;

use ::tracing::{Level, Span, event};
use serde::Serializer;
use serde_json::Value;

use crate::redact;
use crate::wire::{Details, OneLine};
use crate::{McpError, Severity, Surface};

const METHOD: &str = "mcp.method.name";
const TOOL: &str = "gen_ai.tool.name";
const REQUEST_ID: &str = "jsonrpc.request.id";
const STATUS_CODE: &str = "rpc.response.status_code";
const ERROR_TYPE: &str = "error.type";
const CODE: &str = "mcp_error_codes.code";

impl McpError {
    /// Emits the event of the error, unless that was done, and records its attributes on the current span; see the
    /// [module](crate::tracing_0_1).
    ///
    /// Clones that are made from then on count as traced; what a peer decodes does not. An error that has this one for its cause is
    /// an error of its own. Where nobody listens to the level, nothing is formatted, and the error may be traced later.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let mut error = McpError::new(filesystem::DISK_FULL);
    /// error.trace();
    /// assert!(error.is(filesystem::DISK_FULL));
    /// ```
    pub fn trace(&mut self) {
        let mut marks = self.__marks();
        let span = Span::current();
        let id = span.id().map(|id| id.into_non_zero_u64());
        if marks.span != id && record(self, &span) {
            marks.span = id;
        }
        marks.traced = marks.traced || emit(self);
        self.__set_marks(marks);
    }

    /// Emits the event of the error, as [`trace`](Self::trace) does, and returns the error.
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
    pub fn traced(mut self) -> Self {
        self.trace();
        self
    }
}

/// Records the attributes that a span declares, and tells whether it declares any.
fn record(error: &McpError, span: &Span) -> bool {
    let is_declared = [ERROR_TYPE, STATUS_CODE, CODE].iter().any(|name| span.has_field(*name));
    if is_declared {
        let number = status_code(error);
        span.record(ERROR_TYPE, error_type(number.as_deref()));
        span.record(STATUS_CODE, number.as_deref());
        span.record(CODE, &*redact::text(error.bare_code()));
    }
    is_declared
}

/// Emits the event of an error, and tells whether anybody listened.
fn emit(error: &McpError) -> bool {
    // Made by the first field that is asked for, and none is where nobody listens.
    let made = OnceCell::new();
    let fields = || made.get_or_init(|| Fields::new(error));
    // The level of an event is fixed where it is written.
    macro_rules! emit {
        ($level:expr) => {
            event!(
                name: "mcp_error",
                target: "mcp_error_codes",
                $level,
                {
                    "mcp_error_codes.code" = &*fields().code,
                    "mcp_error_codes.system" = &*fields().system,
                    "mcp_error_codes.severity" = error.record().severity.as_str(),
                    "error.type" = error_type(fields().number.as_deref()),
                    "rpc.response.status_code" = fields().number.as_deref(),
                    "mcp.method.name" = internal(error, METHOD).as_deref(),
                    "gen_ai.tool.name" = internal(error, TOOL).as_deref(),
                    "jsonrpc.request.id" = internal(error, REQUEST_ID).as_deref(),
                    "mcp_error_codes.error_id" = error.error_id(),
                    "mcp_error_codes.details" = details(error).as_deref(),
                    "mcp_error_codes.internal" = object(own_internal(error)).as_deref(),
                    "mcp_error_codes.causes" = causes(error).as_deref(),
                    "mcp_error_codes.errors" = errors(error).as_deref(),
                },
                "{}",
                OneLine(&fields().message)
            )
        };
    }
    match error.record().severity {
        Severity::Info => emit!(Level::INFO),
        Severity::Warn => emit!(Level::WARN),
        _ => emit!(Level::ERROR),
    }
    made.get().is_some()
}

struct Fields<'a> {
    message: String,
    code: Cow<'a, str>,
    system: Cow<'a, str>,
    number: Option<String>,
}

impl<'a> Fields<'a> {
    fn new(error: &'a McpError) -> Self {
        Self {
            message: format!("{}: {}", redact::text(&error.code_text()), error.message()),
            // What a peer sent in the place of a code is any text.
            code: redact::text(error.bare_code()),
            system: redact::text(error.system_name()),
            number: status_code(error),
        }
    }
}

fn error_type(number: Option<&str>) -> &str {
    number.unwrap_or("tool_error")
}

/// The JSON-RPC number of an error that goes out as a JSON-RPC error.
fn status_code(error: &McpError) -> Option<String> {
    match error.surface() {
        Surface::Tool => None,
        _ => Some(internal(error, STATUS_CODE).map_or_else(|| error.json_rpc_number().to_string(), Cow::into_owned)),
    }
}

fn internal<'a>(error: &'a McpError, wanted: &str) -> Option<Cow<'a, str>> {
    let (_, value) = error.internal().find(|(name, _)| *name == wanted)?;
    Some(value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed))
}

/// The internal context that has no field of its own.
fn own_internal(error: &McpError) -> impl Iterator<Item = (&str, &Value)> {
    error.internal().filter(|(name, _)| ![METHOD, TOOL, REQUEST_ID, STATUS_CODE].contains(name))
}

/// Named values as a JSON object, in their order.
fn object<'a>(pairs: impl Iterator<Item = (&'a str, &'a Value)>) -> Option<String> {
    let mut pairs = pairs.peekable();
    pairs.peek()?;
    let mut json = Vec::new();
    serde_json::Serializer::new(&mut json).collect_map(pairs).ok()?;
    String::from_utf8(json).ok()
}

fn details(error: &McpError) -> Option<String> {
    serde_json::to_string(&Details::new(error)?).ok()
}

fn causes(error: &McpError) -> Option<String> {
    let causes: Vec<Value> = error.source_texts().map(Value::String).collect();
    (!causes.is_empty()).then(|| Value::Array(causes).to_string())
}

fn errors(error: &McpError) -> Option<String> {
    (!error.failures().is_empty()).then(|| format!("{:?}", error.failures()))
}
