use mcp_error_codes_core::ProtocolVersion;
use mcp_error_codes_core::json_string::quoted;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::error::Received;
use crate::matching::rank::Parts;
use crate::setup::in_effect::docs_base;
use crate::wire::form::{Form, written};
use crate::wire::identify::identified;
use crate::wire::input::Input;
use crate::wire::read::{is_alone, on_surface, received_with, rest, take_object, take_text, with_rest, with_wait};
use crate::wire::reader::Reader;
use crate::wire::record_object::{self, RecordObject, is_record_object, write_object};
use crate::wire::render::{ready_json, write_number, write_value};
use crate::wire::request_id::RequestId;
use crate::wire::text;
use crate::{McpError, Surface};

/// The `error` member of a JSON-RPC response: `code` (the integer), `message` and `data` (the [`RecordObject`]).
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct JsonRpcError<'a> {
    pub(crate) error: &'a McpError,
    pub(crate) version: Option<ProtocolVersion>,
}

/// A whole JSON-RPC error response: `jsonrpc`, `id` and `error`.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone)]
pub struct JsonRpcResponse<'a> {
    pub(crate) id: RequestId<'a>,
    pub(crate) error: JsonRpcError<'a>,
}

impl<'a> JsonRpcError<'a> {
    /// Uses the number that the code has in a protocol version, instead of its own.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, ProtocolVersion, super_mcp};
    ///
    /// let error = McpError::new(super_mcp::TOOL_BLOCKED);
    /// assert_eq!(error.json_rpc_error().number(), -32_008);
    /// assert_eq!(error.json_rpc_error().in_version(ProtocolVersion::V2026_07_28).number(), -33_008);
    /// ```
    #[must_use]
    #[inline]
    pub const fn in_version(mut self, version: ProtocolVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// Returns the error.
    #[inline]
    pub const fn error(&self) -> &'a McpError {
        self.error
    }

    /// Returns the protocol version whose number is used, or `None` if it is the code's own.
    #[must_use]
    #[inline]
    pub const fn version(&self) -> Option<ProtocolVersion> {
        self.version
    }

    /// Returns the integer in `code`.
    #[must_use]
    #[inline]
    pub fn number(&self) -> i64 {
        match self.version {
            Some(version) => self.error.json_rpc_number_in(version),
            None => self.error.json_rpc_number(),
        }
    }

    /// Returns the text in `message`: the message on one line, and `(retry after 17 s)` if a wait is known.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let error = McpError::new(filesystem::RATE_LIMIT_EXCEEDED).with_message("too many calls\nfrom you");
    /// let error = error.with_retry_after(Duration::from_secs(17));
    /// assert_eq!(error.json_rpc_error().message(), r"too many calls\nfrom you (retry after 17 s)");
    /// ```
    #[must_use]
    #[inline]
    pub fn message(&self) -> String {
        text::protocol_message(&self.error.as_sent())
    }

    /// Returns whether the generated JSON can be used unchanged.
    #[inline]
    fn is_bare(&self) -> bool {
        self.error.is_bare()
            && docs_base(self.error.brief()).is_none()
            && (self.version.is_none() || self.has_own_number())
    }

    #[inline]
    fn has_own_number(&self) -> bool {
        self.number() == self.error.brief().json_rpc_number()
    }
}

impl<'a> JsonRpcResponse<'a> {
    /// Uses the number that the code has in a protocol version, instead of its own.
    #[must_use]
    #[inline]
    pub fn in_version(mut self, version: ProtocolVersion) -> Self {
        self.error = self.error.in_version(version);
        self
    }

    /// Returns the id of the request.
    #[must_use]
    #[inline]
    pub const fn id(&self) -> &RequestId<'a> {
        &self.id
    }

    /// Returns the `error` member.
    #[must_use]
    #[inline]
    pub const fn json_rpc_error(&self) -> JsonRpcError<'a> {
        self.error
    }
}

impl Form for JsonRpcError<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        input.object().is_some_and(|object| is_alone(object) && is_json_rpc_error(object))
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        read_error(input.into_object(), reader)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        let Some(json) = ready_json(self.error) else { return write_value(self, out) };
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
        let message = text::write_protocol_message(self.error, json, out);
        out.extend_from_slice(br#"","data":"#);
        write_object(self.error, json, message, out);
        out.push(b'}');
    }
}

impl Form for JsonRpcResponse<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        let error = input.object().and_then(|object| object.get("error")?.as_object());
        error.is_some_and(is_json_rpc_error)
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut response = input.into_object();
        let error = read_error(take_object(&mut response, "error"), reader);
        with_rest(error, rest(response, &|name, _| matches!(name, "jsonrpc" | "id")))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        let start = br#"{"jsonrpc":"2.0","id":"#;
        let Some(json) = ready_json(self.error.error) else { return write_value(self, out) };
        let end = json.response_end();
        out.reserve(start.len() + MAX_NUMBER + end.len());
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
        self.error.write(out);
        out.push(b'}');
    }
}

/// The maximum number of bytes of a number, including its sign.
const MAX_NUMBER: usize = 20;

#[inline]
fn is_json_rpc_error(object: &Map<String, Value>) -> bool {
    object.get("code").is_some_and(Value::is_number) && object.get("message").is_some_and(Value::is_string)
}

#[inline]
fn read_error(mut object: Map<String, Value>, reader: Reader<'_>) -> McpError {
    let number = object.get("code").and_then(Value::as_i64);
    // A number that does not fit in 64 bits is kept as text.
    let text = object.get("code").map(Value::to_string).unwrap_or_default();
    let message = take_text(&mut object, "message").unwrap_or_default();
    let error = match object.remove("data") {
        Some(Value::Object(data)) if is_record_object(&data) => record_object::read(data, "message", number),
        data => {
            if let Some(error) = reader.read_within(&message) {
                // The number and the data are those of what wraps the error.
                object.extend(data.map(|data| ("data".to_owned(), data)));
                return on_surface(with_rest(error, object), Surface::Protocol);
            }
            let (message, wait) = text::read_protocol_message(message);
            let parts = Parts {
                system: reader.system,
                number,
                message: Some(&message).filter(|message| !message.is_empty()).map(String::as_str),
                data: data.as_ref(),
                http_status: reader.http_status,
                ..Parts::default()
            };
            let (record, details) = match identified(&parts) {
                Some(found) => (Some(found.record), found.details),
                None => (None, Map::new()),
            };
            let code = record.is_none().then_some(text);
            let own_number = record.map(|record| record.json_rpc_number());
            let number = number.filter(|number| Some(*number) != own_number);
            let system = reader.system.filter(|_| record.is_none()).map(str::to_owned);
            with_wait(received_with(record, message, details, Received { system, code, number, data }), wait)
        }
    };
    on_surface(with_rest(error, rest(object, &|name, _| name == "code")), Surface::Protocol)
}

impl Serialize for JsonRpcError<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("code", &self.number())?;
        map.serialize_entry("message", &self.message())?;
        map.serialize_entry("data", &RecordObject::new(self.error))?;
        map.end()
    }
}

impl Serialize for JsonRpcResponse<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("jsonrpc", "2.0")?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("error", &self.error)?;
        map.end()
    }
}

written!(JsonRpcError);
written!(JsonRpcResponse);
