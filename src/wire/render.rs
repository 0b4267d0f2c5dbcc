//! Fast writing of the JSON forms: what is the same for every error of a code was written by the generator, and is copied.
//!
//! It writes what `Serialize` writes, byte for byte.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use mcp_error_codes_core::JsonText;
use serde::Serialize;
use serde_json::Value;

use crate::error::details::Details;
use crate::error::wording::{Wording, fill};
use crate::redact;
use crate::wire::json_string::{escape_end, escaped, quoted};
use crate::wire::object::{META_KEY, RetryObject};
use crate::{JsonRpcError, JsonRpcResponse, McpError, RecordObject, RequestId, ToolResult};

/// A form that is written to a buffer.
pub(crate) trait Render: Serialize {
    /// The error that is written.
    fn error(&self) -> &McpError;

    /// Writes the form with the ready JSON of the code.
    fn render(&self, json: &JsonText, out: &mut Vec<u8>);
}

/// Writes a form to the end of a buffer.
#[inline]
pub(crate) fn write_to(form: &impl Render, out: &mut Vec<u8>) {
    match form.error().ready_json() {
        Some(json) => form.render(json, out),
        None => write_value(form, out),
    }
}

/// Writes a form in one call.
pub(crate) fn write_io(form: &impl Render, out: &mut impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    write_to(form, &mut bytes);
    out.write_all(&bytes)
}

/// Prints a form.
pub(crate) fn display(form: &impl Render, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut bytes = Vec::new();
    write_to(form, &mut bytes);
    f.write_str(std::str::from_utf8(&bytes).map_err(|_| fmt::Error)?)
}

impl McpError {
    /// The ready JSON of the code, unless the error shows another code, one that was received.
    #[inline]
    fn ready_json(&self) -> Option<&'static JsonText> {
        let shows_other = self.received().is_some_and(|received| received.system.is_some() || received.code.is_some());
        if shows_other { None } else { self.record().__json() }
    }
}

impl Render for JsonRpcResponse<'_> {
    fn error(&self) -> &McpError {
        self.error.error
    }

    #[inline]
    fn render(&self, json: &JsonText, out: &mut Vec<u8>) {
        let start = br#"{"jsonrpc":"2.0","id":"#;
        let end = json.response_end();
        out.reserve(start.len() + LONGEST_NUMBER + end.len());
        out.extend_from_slice(start);
        match &self.id {
            RequestId::Number(number) => write_number(*number, out),
            RequestId::Text(text) => quoted(text, out),
            RequestId::Unknown => out.extend_from_slice(b"null"),
        }
        if self.error.is_bare() {
            out.extend_from_slice(end);
            return;
        }
        out.extend_from_slice(br#","error":"#);
        self.error.render(json, out);
        out.push(b'}');
    }
}

impl JsonRpcError<'_> {
    /// Tells whether nothing differs from the ready JSON.
    #[inline]
    fn is_bare(&self) -> bool {
        self.error.is_bare() && (self.version.is_none() || self.has_own_number())
    }

    fn has_own_number(&self) -> bool {
        self.number() == i64::from(self.error.record().json_rpc_number())
    }
}

impl Render for JsonRpcError<'_> {
    fn error(&self) -> &McpError {
        self.error
    }

    fn render(&self, json: &JsonText, out: &mut Vec<u8>) {
        if self.is_bare() {
            out.extend_from_slice(json.error());
            return;
        }
        if self.has_own_number() {
            out.extend_from_slice(json.to_number());
        } else {
            out.extend_from_slice(br#"{"code":"#);
            write_number(self.number(), out);
        }
        out.extend_from_slice(br#","message":""#);
        let message = write_message(self.error, json, out);
        out.extend_from_slice(br#"","data":"#);
        write_object(self.error, json, Some(message), out);
        out.push(b'}');
    }
}

impl Render for RecordObject<'_> {
    fn error(&self) -> &McpError {
        self.error
    }

    fn render(&self, json: &JsonText, out: &mut Vec<u8>) {
        write_object(self.error, json, None, out);
    }
}

impl Render for ToolResult<'_> {
    fn error(&self) -> &McpError {
        self.error
    }

    fn render(&self, json: &JsonText, out: &mut Vec<u8>) {
        let record = self.error.record();
        out.reserve(json.response_end().len() + LONGEST_TOOL_FRAME);
        out.push(b'{');
        if self.says_complete {
            out.extend_from_slice(br#""resultType":"complete","#);
        }
        out.extend_from_slice(br#""content":[{"type":"text","text":""#);
        if record.is_ambiguous() {
            escaped(record.system.name, out);
            out.push(b':');
        }
        escaped(record.code, out);
        out.extend_from_slice(b": ");
        let message = write_message(self.error, json, out);
        if !json.hint().is_empty() {
            out.extend_from_slice(br"\nHint: ");
            out.extend_from_slice(json.hint());
        }
        out.extend_from_slice(br#""}],"isError":true,"_meta":{""#);
        out.extend_from_slice(META_KEY.as_bytes());
        out.extend_from_slice(br#"":"#);
        write_object(self.error, json, Some(message), out);
        out.extend_from_slice(b"}}");
    }
}

/// About as much as a tool result adds to the object and the hint, so that its buffer grows once.
const LONGEST_TOOL_FRAME: usize = 192;

/// As many digits as a number has at the most, with its sign.
const LONGEST_NUMBER: usize = 20;

/// Writes the record object. The message is copied from the buffer where it stands there already.
fn write_object(error: &McpError, json: &JsonText, message: Option<Range<usize>>, out: &mut Vec<u8>) {
    if error.is_bare() {
        out.extend_from_slice(json.object());
        return;
    }
    out.extend_from_slice(json.to_message());
    match message {
        Some(message) => out.extend_from_within(message),
        None => drop(write_message(error, json, out)),
    }
    out.extend_from_slice(json.message_to_retry());
    match error.own_retry_after() {
        Some(_) => write_value(&RetryObject::new(error), out),
        None => out.extend_from_slice(json.retry()),
    }
    out.extend_from_slice(json.after_retry());
    if let Some(id) = error.error_id() {
        out.extend_from_slice(br#","error_id":"#);
        quoted(id, out);
    }
    if let Some(details) = error.details_object() {
        out.extend_from_slice(br#","details":"#);
        write_details(details, out);
    }
    out.push(b'}');
}

/// Writes the message as it stands between quotes, and returns where it was written.
fn write_message(error: &McpError, json: &JsonText, out: &mut Vec<u8>) -> Range<usize> {
    let start = out.len();
    match error.wording() {
        _ if error.is_bare() => out.extend_from_slice(json.message()),
        Wording::Text(text) => escaped(text, out),
        Wording::Template { template, title, details } => {
            match fill(template, details, &mut |piece| out.extend_from_slice(piece.as_bytes())) {
                Some(()) => redact_end(out, start),
                None => {
                    out.truncate(start);
                    out.extend_from_slice(title.as_bytes());
                }
            }
            escape_end(out, start);
        }
    }
    start..out.len()
}

/// Redacts what was written last, from a place on. A secret can arise where a value meets the text around it.
fn redact_end(out: &mut Vec<u8>, start: usize) {
    // Whole texts were written, so that it is one; if it were not, nothing of it would go out.
    let clean = match std::str::from_utf8(&out[start..]).map(redact::text) {
        Ok(Cow::Borrowed(_)) => return,
        Ok(Cow::Owned(clean)) => clean,
        Err(_) => String::new(),
    };
    out.truncate(start);
    out.extend_from_slice(clean.as_bytes());
}

fn write_details(details: &Details, out: &mut Vec<u8>) {
    let mut before = b'{';
    for (name, value) in details.iter() {
        out.push(before);
        before = b',';
        quoted(name, out);
        out.push(b':');
        match value {
            Value::String(text) => quoted(text, out),
            other => write_value(other, out),
        }
    }
    out.push(b'}');
}

fn write_number(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Writes a value by way of serde. Its keys are texts and a buffer takes everything, so that it cannot fail.
fn write_value(value: &impl Serialize, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, value);
}
