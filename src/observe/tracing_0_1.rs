//! Integration with `tracing` 0.1: an event per error, and attributes on the current span.
//!
//! [`McpError::trace`] emits one event for an error, at the level of the code's severity: `INFO`, `WARN`, and `ERROR`
//! for `ERROR` and `FATAL`. Its target is `mcp_error_codes`, its name `mcp_error`, and its message `CODE: message`. An
//! error is logged once, even if several layers of a server trace it: use [`McpError::traced`] where an error passes
//! through `?`, and, with the feature `rmcp-3`, `Guarded::on_error(McpError::trace)` for every error that answers a
//! request.
//!
//! # Fields
//! A field without a value is absent. All values are strings. A text formatter prints them in quotes, so no value can forge an entry.
//! An event is for the log: it also contains what never goes to a peer, redacted as in `Debug`. The names are constants in
//! [`observe::names`](crate::observe::names).
//!
//! | field | value |
//! |---|---|
//! | `mcp_error_codes.code`, `mcp_error_codes.system` | the code and its system; for an unknown code, what was received |
//! | `mcp_error_codes.severity` | `INFO`, `WARN`, `ERROR` or `FATAL` |
//! | `error.type` | `tool_error` on the tool surface, else the JSON-RPC number; see below |
//! | `rpc.response.status_code` | the JSON-RPC number; absent on the tool surface |
//! | `mcp.method.name` | the method of the request, from the internal context with this name |
//! | `gen_ai.tool.name` | the tool that was called, from the internal context with this name |
//! | `jsonrpc.request.id` | the id of the request, from the internal context with this name |
//! | `mcp.protocol.version` | the protocol version, from the internal context with this name |
//! | `gen_ai.operation.name` | `execute_tool` for a tool call, from the internal context with this name |
//! | `network.transport` | the transport, from the internal context with this name |
//! | `mcp_error_codes.error_id` | the id of the error, which the peer receives as well |
//! | `mcp_error_codes.details` | the details, as a JSON object |
//! | `mcp_error_codes.internal` | the rest of the internal context, as a JSON object |
//! | `mcp_error_codes.causes` | the messages of the chain of [`source`](std::error::Error::source), at most 32, as a JSON array |
//! | `mcp_error_codes.errors` | the failures of the error, as `Debug` prints them |
//!
//! The names without our prefix are those of OpenTelemetry's semantic conventions for MCP, which are in development.
//! With the feature `rmcp-3`, a guarded server adds the context of the request, and the number that is sent as
//! `rpc.response.status_code`. If a handler traces an error earlier, the event has the error's own surface and no
//! context of the request.
//!
//! On a server, the conventions do not count -32700, -32600, -32601, -32602 and -32002 as errors, because the caller is
//! at fault. If a guarded server answers with one of them, the event has `rpc.response.status_code` and no
//! `error.type`, and its level is at most `WARN`, because OpenTelemetry's layer sets the status of a span when it
//! receives an event with the level `ERROR`. On a client, every number is an error.
//!
//! # Filters
//! The target of every event is `mcp_error_codes` ([`names::TARGET`]), so a filter such as `mcp_error_codes=warn` selects them.
//!
//! # Attributes of the span
//! The conventions put `error.type` and `rpc.response.status_code` on the span of the request. If the current span declares one of
//! them or `mcp_error_codes.code`, the attribute is recorded there as well, even if no event is emitted:
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
//!     // Already logged.
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

use std::borrow::Cow;
use std::cell::OnceCell;

use ::tracing::{Level, Span, event};
use serde::Serializer;
use serde_json::Value;

use crate::observe::emitted::{Emitting, NAME};
use crate::wire::{Details, OneLine};
use crate::{McpError, Severity, Surface};
use mcp_error_codes_core::names;

pub(super) fn trace(error: &mut McpError) {
    let mut recorded = error.recorded();
    let span = Span::current();
    let id = span.id().map(|id| id.into_non_zero_u64());
    if recorded.span != id && record(error, &span) {
        recorded.span = id;
    }
    recorded.traced = recorded.traced || emit(error);
    error.set_recorded(recorded);
}

/// Records the attributes that a span declares, and returns whether it declares any.
fn record(error: &McpError, span: &Span) -> bool {
    let is_declared = [names::ERROR_TYPE, names::STATUS_CODE, names::CODE].iter().any(|name| span.has_field(*name));
    if is_declared {
        let number = status_code(error);
        span.record(names::ERROR_TYPE, error_type(error, number.as_deref()));
        span.record(names::STATUS_CODE, number.as_deref());
        span.record(names::CODE, error.bare_code());
    }
    is_declared
}

/// Emits the event of an error, and returns whether a subscriber listened.
fn emit(error: &McpError) -> bool {
    // Created when the first field is read. If no subscriber listens, no field is read.
    let made = OnceCell::new();
    let fields = || made.get_or_init(|| Fields::new(error));
    // The level of an event must be a constant.
    macro_rules! emit {
        ($level:expr) => {
            event!(
                name: NAME,
                target: names::TARGET,
                $level,
                {
                    { names::CODE } = fields().code,
                    { names::SYSTEM } = fields().system,
                    { names::SEVERITY } = error.brief().severity.as_str(),
                    { names::ERROR_TYPE } = error_type(error, fields().number.as_deref()),
                    { names::STATUS_CODE } = fields().number.as_deref(),
                    { names::METHOD } = internal(error, names::METHOD).as_deref(),
                    { names::TOOL } = internal(error, names::TOOL).as_deref(),
                    { names::REQUEST_ID } = internal(error, names::REQUEST_ID).as_deref(),
                    { names::PROTOCOL_VERSION } = internal(error, names::PROTOCOL_VERSION).as_deref(),
                    { names::OPERATION } = internal(error, names::OPERATION).as_deref(),
                    { names::NETWORK_TRANSPORT } = internal(error, names::NETWORK_TRANSPORT).as_deref(),
                    { names::ERROR_ID } = error.error_id(),
                    { names::DETAILS } = details(error).as_deref(),
                    { names::INTERNAL } = object(own_internal(error)).as_deref(),
                    { names::CAUSES } = causes(error).as_deref(),
                    { names::FAILURES } = errors(error).as_deref(),
                },
                "{}",
                OneLine(&fields().message)
            )
        };
    }
    match error.brief().severity {
        Severity::Info => emit!(Level::INFO),
        Severity::Warn => emit!(Level::WARN),
        _ if is_fault_of_caller(error) => emit!(Level::WARN),
        _ => emit!(Level::ERROR),
    }
    made.get().is_some()
}

struct Fields<'a> {
    message: String,
    code: &'a str,
    system: &'a str,
    number: Option<String>,
    /// Layers read the error itself while they process its event.
    _emitting: Emitting,
}

impl<'a> Fields<'a> {
    fn new(error: &'a McpError) -> Self {
        Self {
            message: format!("{}: {}", error.code_text(), error.message()),
            // A peer may send any string in place of a code.
            code: error.bare_code(),
            system: error.system_name(),
            number: status_code(error),
            _emitting: Emitting::new(error),
        }
    }
}

fn error_type<'a>(error: &McpError, number: Option<&'a str>) -> Option<&'a str> {
    (!is_fault_of_caller(error)).then_some(number.unwrap_or(names::TOOL_ERROR))
}

/// Returns whether the number in a server's answer means that the caller is at fault.
fn is_fault_of_caller(error: &McpError) -> bool {
    // Only a server that answers a request knows its method.
    let is_answer = internal(error, names::METHOD).is_some();
    is_answer && matches!(status_code(error).as_deref(), Some("-32700" | "-32600" | "-32601" | "-32602" | "-32002"))
}

/// Returns the JSON-RPC number of an error that is sent as a JSON-RPC error.
fn status_code(error: &McpError) -> Option<String> {
    match error.surface() {
        Surface::Tool => None,
        _ => Some(
            internal(error, names::STATUS_CODE).map_or_else(|| error.json_rpc_number().to_string(), Cow::into_owned),
        ),
    }
}

fn internal<'a>(error: &'a McpError, wanted: &str) -> Option<Cow<'a, str>> {
    let (_, value) = error.internal().find(|(name, _)| *name == wanted)?;
    Some(value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed))
}

/// The internal context that has its own field.
const OF_REQUEST: [&str; 7] = [
    names::METHOD,
    names::TOOL,
    names::REQUEST_ID,
    names::STATUS_CODE,
    names::PROTOCOL_VERSION,
    names::OPERATION,
    names::NETWORK_TRANSPORT,
];

/// Returns the internal context that does not have its own field.
fn own_internal(error: &McpError) -> impl Iterator<Item = (&str, &Value)> {
    error.internal().filter(|(name, _)| !OF_REQUEST.contains(name))
}

/// Writes named values as a JSON object, in their order. Returns `None` if there are none.
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
