//! Writes forms without serde. The parts that all errors of a code have in common are generated, and copied.

use std::borrow::Cow;
use std::ops::Range;

use mcp_error_codes_core::JsonText;
use mcp_error_codes_core::json_string::{escape_end, escaped};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::McpError;
use crate::error::wording::{Wording, fill};

/// Returns the generated JSON of the code, or `None` if the error has a received code.
#[inline]
pub(crate) fn ready_json(error: &McpError) -> Option<&'static JsonText> {
    let shows_other = error.received().is_some_and(|received| received.system.is_some() || received.code.is_some());
    if shows_other || !error.has_kind_of_code() { None } else { error.brief().__json() }
}

/// Writes the message as the content of a JSON string, and returns where it was written.
pub(crate) fn write_message(error: &McpError, json: &JsonText, out: &mut Vec<u8>) -> Range<usize> {
    let start = out.len();
    match error.wording() {
        _ if error.is_bare() => out.extend_from_slice(json.message()),
        Wording::Text(text) => escaped(text, out),
        Wording::Template { template, title, details } => {
            match fill(template, details, &mut |piece| out.extend_from_slice(piece.as_bytes())) {
                Some(()) => redact_end(error, out, start),
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

/// Redacts the text from `start` to the end. A value and the text next to it can form a secret together.
fn redact_end(error: &McpError, out: &mut Vec<u8>, start: usize) {
    // Only whole strings were written, so this is valid UTF-8. Otherwise it would be dropped.
    let redactor = error.redactor();
    let clean = match std::str::from_utf8(&out[start..]).map(|text| redactor.text(text)) {
        Ok(Cow::Borrowed(_)) => return,
        Ok(Cow::Owned(clean)) => clean,
        Err(_) => String::new(),
    };
    out.truncate(start);
    out.extend_from_slice(clean.as_bytes());
}

/// Writes the hint as the content of a JSON string.
pub(crate) fn write_hint(error: &McpError, json: &JsonText, out: &mut Vec<u8>) {
    match error.own_hint() {
        Some(hint) => escaped(hint, out),
        None => out.extend_from_slice(json.hint()),
    }
}

pub(crate) fn write_number(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Writes a value with serde. The keys are strings and the output is a buffer, so it cannot fail.
pub(crate) fn write_value(value: &impl Serialize, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, value);
}

/// A content block of a tool result.
pub(crate) struct TextBlock<'a>(pub(crate) &'a str);

impl Serialize for TextBlock<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", "text")?;
        map.serialize_entry("text", self.0)?;
        map.end()
    }
}
