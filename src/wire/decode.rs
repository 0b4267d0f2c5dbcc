use serde_json::{Map, Value};

use crate::McpError;
use crate::wire::decode_error::DecodeError;
use crate::wire::form::Form;
use crate::wire::forms::reading;
use crate::wire::json_rpc::JsonRpcError;
use crate::wire::reader::Reader;
use crate::wire::request_id::RequestId;

/// Reads an error from a peer's message or from a log, in any of the forms that this crate writes.
///
/// The form is recognized by its shape: a JSON-RPC response, its `error` member, a response with a tool result, the
/// tool result, the record object, problem details, the standard response, the filesystem envelope, SCRUM's REST body,
/// health check and claim conflict, and a log entry. JSON inside a JSON string is read too.
///
/// A record object names the code; registries that [`setup`](crate::setup) added are searched too. Without a record
/// object, the code is found by number, message, data and HTTP status, and counts only if it is [certain or
/// likely](crate::Certainty). A number from -32768 to -32000 that the specification does not assign means nothing by
/// itself, because many senders use it. If a message wraps another error, as SDKs and gateways write it, the error has
/// the code of the innermost one.
///
/// Any other error [is not known](McpError::is_known). It keeps the code, the number, the message and the data that
/// were received, and [`by_number`](crate::by_number) returns the codes that use the number.
///
/// # Errors
/// Returns [`DecodeError`] if the bytes are neither JSON nor a log entry, or if the JSON is not an error.
///
/// ```
/// use mcp_error_codes::{decode, filesystem, mcp};
///
/// let sent = filesystem::file_not_found("a.txt").json_rpc_response(7).to_string();
/// let received = decode(&sent)?;
/// assert!(received.is(filesystem::FILE_NOT_FOUND));
/// assert_eq!(received.message(), "File not found: a.txt");
///
/// let foreign = decode(r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no such method"}}"#)?;
/// assert!(foreign.is(mcp::METHOD_NOT_FOUND));
///
/// let wrapped = decode(r#"{"code":-32603,"message":"MCP error -32603: Error calling tool 'read': FS-001: File not found: a.txt"}"#)?;
/// assert!(wrapped.is(filesystem::FILE_NOT_FOUND));
///
/// let unknown = decode(r#"{"code":1234,"message":"out of paper"}"#)?;
/// assert_eq!(unknown.record().code, "UNKNOWN");
/// assert_eq!(unknown.to_string(), "1234: out of paper");
/// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
/// ```
#[inline]
pub fn decode(bytes: impl AsRef<[u8]>) -> Result<McpError, DecodeError> {
    Decoder::new().decode(bytes)
}

/// Reads errors as [`decode`] does, given the peer's system and the HTTP status.
///
/// ```
/// use mcp_error_codes::wire::Decoder;
/// use mcp_error_codes::{decode, scrum, super_mcp};
///
/// let sent = r#"{"code":-32001,"message":"Package not found"}"#;
/// assert_eq!(decode(sent)?.record().code, "UNKNOWN");
/// assert!(Decoder::new().in_system("super-mcp").decode(sent)?.is(super_mcp::PACKAGE_NOT_FOUND));
///
/// let body = r#"{"ok":false,"error":"no such sprint"}"#;
/// assert!(Decoder::new().in_system("scrum-mcp").http_status(404).decode(body)?.is(scrum::NOT_FOUND));
/// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Decoder<'a> {
    system: Option<&'a str>,
    http_status: Option<u16>,
}

/// An error from a batch, with the id of the request that it answers.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchEntry {
    /// The id of the request, if the response has one.
    pub id: Option<RequestId<'static>>,
    /// The error.
    pub error: McpError,
}

impl<'a> Decoder<'a> {
    /// Creates a decoder that knows neither the system nor the status.
    #[must_use]
    #[inline]
    pub const fn new() -> Self {
        Self { system: None, http_status: None }
    }

    /// Sets the peer's system. A bare number, a code without its system and a bare message then mean that system's
    /// code, if there is one.
    #[must_use]
    #[inline]
    pub const fn in_system(mut self, system: &'a str) -> Self {
        self.system = Some(system);
        self
    }

    /// Sets the HTTP status of the response. A body without a code, whose message matches no template, then means the
    /// code of its system with this status.
    #[must_use]
    #[inline]
    pub const fn http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Reads an error; see [`decode`].
    ///
    /// # Errors
    /// Returns [`DecodeError`] if the bytes are neither JSON nor a log entry, or if the JSON is not an error.
    #[inline]
    pub fn decode(self, bytes: impl AsRef<[u8]>) -> Result<McpError, DecodeError> {
        self.reader().read_bytes(bytes.as_ref())
    }

    /// Reads the errors of a batch, as protocol version 2025-03-26 defines it: an array of JSON-RPC responses. Responses
    /// that are not errors are skipped. A response outside an array is a batch of one.
    ///
    /// # Errors
    /// Returns [`DecodeError`] if the bytes are not JSON, or if a response outside an array is not an error.
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    /// use mcp_error_codes::wire::{Decoder, RequestId};
    ///
    /// let error = filesystem::file_not_found("a.txt");
    /// let sent = format!("[{},{}]", r#"{"jsonrpc":"2.0","id":1,"result":{}}"#, error.json_rpc_response(2));
    /// let errors = Decoder::new().decode_batch(sent)?;
    /// assert_eq!(errors.len(), 1);
    /// assert_eq!(errors[0].id, Some(RequestId::Number(2)));
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[inline]
    pub fn decode_batch(self, bytes: impl AsRef<[u8]>) -> Result<Vec<BatchEntry>, DecodeError> {
        let bytes = bytes.as_ref();
        let value: Value = serde_json::from_slice(bytes)
            .map_err(|source| DecodeError::json(&String::from_utf8_lossy(bytes), source))?;
        let entry = |value: Value| {
            let id = value.get("id").and_then(RequestId::of);
            self.decode_value(value).map(|error| BatchEntry { id, error })
        };
        match value {
            Value::Array(responses) => Ok(responses.into_iter().filter_map(|response| entry(response).ok()).collect()),
            single => Ok(vec![entry(single)?]),
        }
    }

    /// Reads an error from parsed JSON; see [`decode`].
    ///
    /// # Errors
    /// Returns [`DecodeError::NotAnError`] if the JSON is not an error.
    #[inline]
    pub fn decode_value(self, value: Value) -> Result<McpError, DecodeError> {
        self.reader().read_value(value)
    }

    /// Reads an error from the parts of a JSON-RPC error: `code`, `message` and `data`.
    ///
    /// ```
    /// use mcp_error_codes::{mcp, wire::Decoder};
    ///
    /// assert!(Decoder::new().decode_json_rpc(-32_601, "no such method", None).is(mcp::METHOD_NOT_FOUND));
    /// ```
    #[inline]
    pub fn decode_json_rpc(self, number: i64, message: impl Into<String>, data: Option<Value>) -> McpError {
        let mut object = Map::new();
        object.insert("code".to_owned(), number.into());
        object.insert("message".to_owned(), message.into().into());
        object.extend(data.map(|data| ("data".to_owned(), data)));
        JsonRpcError::read(object.into(), self.reader())
    }

    #[inline]
    const fn reader(self) -> Reader<'a> {
        Reader::new(self.system, self.http_status, reading)
    }
}
