use mcp_error_codes_core::ProtocolVersion;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::codes::registries::extended;
use crate::error::Received;
use crate::matching::candidate::CodePlace;
use crate::matching::label::{last_number, leading_number};
use crate::matching::rank::Parts;
use crate::wire::form::{Form, written};
use crate::wire::identify::identified;
use crate::wire::input::Input;
use crate::wire::read::{is_alone, on_surface, received, received_with, rest, with_rest};
use crate::wire::reader::Reader;
use crate::wire::record_object::{self, META_KEY, RecordObject, is_record_object, write_object};
use crate::wire::render::{TextBlock, ready_json, write_value};
use crate::wire::scrum_body::read_message;
use crate::wire::scrum_conflict::{ScrumConflict, is_conflict_text};
use crate::wire::text;
use crate::{McpError, Surface};

/// The result of a tool that failed: `content` with one text block, `isError: true`, and the [`RecordObject`] under
/// [`META_KEY`] in `_meta`.
///
/// The text is what a language model reads: see [`McpError::tool_text`]. There is no `structuredContent`, because some
/// clients check it against the tool's output schema even on an error.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct ToolResult<'a> {
    pub(crate) error: &'a McpError,
    /// Whether the result says that it is complete, as every result must from protocol version 2026-07-28 on.
    pub(crate) says_complete: bool,
}

impl ToolResult<'_> {
    /// Gives the result the shape that a protocol version requires: from 2026-07-28 on, it starts with
    /// `"resultType":"complete"`. Older clients do not know the member, and newer ones assume it if it is absent.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, ProtocolVersion, filesystem};
    ///
    /// let error = McpError::new(filesystem::FILE_NOT_FOUND);
    /// let newest = error.tool_result().in_version(ProtocolVersion::V2026_07_28).to_string();
    /// assert!(newest.starts_with(r#"{"resultType":"complete","content":["#));
    /// let older = error.tool_result().in_version(ProtocolVersion::V2025_11_25).to_string();
    /// assert_eq!(older, error.tool_result().to_string());
    /// ```
    #[must_use]
    #[inline]
    pub fn in_version(mut self, version: ProtocolVersion) -> Self {
        self.says_complete = version >= ProtocolVersion::V2026_07_28;
        self
    }
}

impl Form for ToolResult<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        input.object().is_some_and(|object| is_alone(object) && is_tool_error(object))
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        read_result(input.into_object(), reader)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        let Some(json) = ready_json(self.error) else { return write_value(self, out) };
        out.reserve(json.response_end().len() + MAX_FRAME);
        out.push(b'{');
        if self.says_complete {
            out.extend_from_slice(br#""resultType":"complete","#);
        }
        out.extend_from_slice(br#""content":[{"type":"text","text":""#);
        let message = text::write_tool_text(self.error, json, out);
        out.extend_from_slice(br#""}],"isError":true,"_meta":{""#);
        out.extend_from_slice(META_KEY.as_bytes());
        out.extend_from_slice(br#"":"#);
        write_object(self.error, json, message, out);
        out.extend_from_slice(b"}}");
    }
}

/// The approximate number of bytes that a tool result adds to the object and the hint. A buffer with this capacity
/// grows only once.
const MAX_FRAME: usize = 192;

/// Returns whether a tool result is an error: it has `isError: true`, or its text is SCRUM's claim conflict, which has
/// no `isError`.
#[inline]
pub(crate) fn is_tool_error(object: &Map<String, Value>) -> bool {
    let Some(contents) = object.get("content").and_then(Value::as_array) else { return false };
    match object.get("isError") {
        Some(Value::Bool(is_error)) => *is_error,
        _ => contents.first().and_then(|content| content.get("text")?.as_str()).is_some_and(is_conflict_text),
    }
}

/// Returns whether a JSON-RPC response contains the result of a failed tool call.
#[inline]
pub(crate) fn has_tool_error(response: &Map<String, Value>) -> bool {
    // Some servers write the unused member as null.
    let has_error = response.get("error").is_some_and(|error| !error.is_null());
    !has_error && response.get("result").and_then(Value::as_object).is_some_and(is_tool_error)
}

/// Reads a tool result from the record object in `_meta`, or else from its text.
#[inline]
pub(crate) fn read_result(mut object: Map<String, Value>, reader: Reader<'_>) -> McpError {
    let in_meta = object.get_mut("_meta").and_then(|meta| meta.get_mut(META_KEY)).map(Value::take);
    if let Some(Value::Object(meta)) = in_meta.filter(|meta| meta.as_object().is_some_and(is_record_object)) {
        let error = on_surface(record_object::read(meta, "message", None), Surface::Tool);
        return with_rest(error, rest(object, &is_member));
    }
    let contents = object.get("content").and_then(Value::as_array).into_iter().flatten();
    let texts: Vec<&str> = contents.filter_map(|content| content.get("text")?.as_str()).collect();
    let error = on_surface(read_text(&texts.join("\n"), reader), Surface::Tool);
    // An unknown error keeps everything that was received.
    match error.is_known() || error.received_data().is_some() {
        true => with_rest(error, rest(object, &is_member)),
        false => {
            let own = error.received().cloned().unwrap_or_default();
            error.with_received(Received { data: Some(Value::Object(object)), ..own })
        }
    }
}

/// Returns whether a member is one that a tool result of a known error has: texts, the record object, and marks.
#[inline]
fn is_member(name: &str, value: &Value) -> bool {
    let is_text = |content: &Value| {
        content.as_object().is_some_and(|block| block.keys().all(|name| matches!(name.as_str(), "type" | "text")))
    };
    match name {
        "isError" | "resultType" => true,
        "content" => value.as_array().is_some_and(|contents| contents.iter().all(is_text)),
        "_meta" => {
            let is_record = |(name, value): (&String, &Value)| name == META_KEY && value.is_null();
            value.as_object().is_some_and(|meta| meta.iter().all(is_record))
        }
        _ => false,
    }
}

/// Reads the text of a tool result: JSON of any form, the output of [`McpError::tool_text`], or only a message.
#[inline]
fn read_text(text: &str, reader: Reader<'_>) -> McpError {
    if let Ok(Value::Object(object)) = serde_json::from_str::<Value>(text) {
        // A tool result inside a tool result is treated as ordinary text.
        let is_nested = has_tool_error(&object) || is_alone(&object) && is_tool_error(&object);
        let input = Input::from(object);
        if ScrumConflict::is(&input) {
            return ScrumConflict::read(input, reader);
        }
        if let Some(Ok(error)) = (!is_nested).then(|| reader.read(input)) {
            return error;
        }
    }
    if let Some(error) = reader.read_within(text) {
        return error;
    }
    // The code may contain a colon itself, but no space.
    let found = text.split_once(": ").filter(|(code, _)| reader.lookup(code).is_some()).and_then(|(code, message)| {
        let place = if code.contains(':') { CodePlace::FullName } else { CodePlace::Label };
        let first_line = message.lines().next().unwrap_or_default();
        let has_hint = reader
            .lookup(code)
            .is_some_and(|record| message.ends_with(extended(record).hint) && !extended(record).hint.is_empty());
        // Codes of the specification are numbers.
        let number = code.parse().ok();
        let code_of_text = Some((code, place)).filter(|_| number.is_none());
        let parts =
            Parts { system: reader.system, code: code_of_text, number, message: Some(first_line), ..Parts::default() };
        let record = if has_hint { reader.lookup(code) } else { identified(&parts).map(|found| found.record) };
        Some((record?, message))
    });
    match found {
        Some((record, said)) => text::read(said, record, reader),
        None if reader.system.is_some() => read_message(text.to_owned(), Map::new(), reader),
        None => match identified(&Parts { message: Some(text.trim_end()), ..Parts::default() }) {
            Some(found) => received_with(Some(found.record), text.to_owned(), found.details, Received::default()),
            None => unknown_text(text),
        },
    }
}

/// Reads text without a known code. It may have a number, as SDKs and this crate write it.
#[inline]
fn unknown_text(text: &str) -> McpError {
    let Some(found) = last_number(text).or_else(|| leading_number(text)) else {
        return received(None, text.to_owned(), Received::default());
    };
    let number = Received { code: Some(found.number.to_string()), number: Some(found.number), ..Received::default() };
    received(None, text[found.message..].to_owned(), number)
}

impl Serialize for ToolResult<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3 + usize::from(self.says_complete)))?;
        if self.says_complete {
            map.serialize_entry("resultType", "complete")?;
        }
        map.serialize_entry("content", &[TextBlock(&self.error.tool_text())])?;
        map.serialize_entry("isError", &true)?;
        map.serialize_entry("_meta", &Meta(self.error))?;
        map.end()
    }
}

struct Meta<'a>(&'a McpError);

impl Serialize for Meta<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(META_KEY, &RecordObject::new(self.0))?;
        map.end()
    }
}

written!(ToolResult);
