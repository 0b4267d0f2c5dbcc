use serde_json::{Map, Value};
use thiserror::Error;

use crate::codes::find::{Contested, own_word};
use crate::codes::registries::registries;
use crate::matching::known::Known;
use crate::setup::in_effect::redactor;
use crate::wire::form::{Form, Input, reader};
use crate::wire::json_rpc::JsonRpcError;
use crate::wire::request_id::RequestId;
use crate::{McpError, Record, in_system};

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
    pub(crate) system: Option<&'a str>,
    pub(crate) http_status: Option<u16>,
    /// The number of enclosing JSON strings.
    depth: usize,
}

/// The maximum nesting depth of JSON in JSON strings.
const MAX_DEPTH: usize = 16;

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
    pub const fn new() -> Self {
        Self { system: None, http_status: None, depth: 0 }
    }

    /// Sets the peer's system. A bare number, a code without its system and a bare message then mean that system's
    /// code, if there is one.
    #[must_use]
    pub const fn in_system(mut self, system: &'a str) -> Self {
        self.system = Some(system);
        self
    }

    /// Sets the HTTP status of the response. A body without a code, whose message matches no template, then means the
    /// code of its system with this status.
    #[must_use]
    pub const fn http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Reads an error; see [`decode`].
    ///
    /// # Errors
    /// Returns [`DecodeError`] if the bytes are neither JSON nor a log entry, or if the JSON is not an error.
    pub fn decode(self, bytes: impl AsRef<[u8]>) -> Result<McpError, DecodeError> {
        let bytes = bytes.as_ref();
        match serde_json::from_slice(bytes) {
            Ok(value) => self.decode_value(value),
            Err(source) => {
                let text = String::from_utf8_lossy(bytes);
                let input = Input::Text(&text);
                let form = reader(&input).ok_or_else(|| DecodeError::Json { input: kept(&text), source })?;
                Ok((form.read)(input, self))
            }
        }
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
    pub fn decode_batch(self, bytes: impl AsRef<[u8]>) -> Result<Vec<BatchEntry>, DecodeError> {
        let bytes = bytes.as_ref();
        let value: Value = serde_json::from_slice(bytes)
            .map_err(|source| DecodeError::Json { input: kept(&String::from_utf8_lossy(bytes)), source })?;
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
    pub fn decode_value(self, value: Value) -> Result<McpError, DecodeError> {
        let object = match value {
            Value::Object(object) => object,
            Value::String(text) if self.depth < MAX_DEPTH => {
                let inner = Decoder { depth: self.depth + 1, ..self };
                return inner.decode(&text).map_err(|_| not_an_error(&Value::String(text)));
            }
            other => return Err(not_an_error(&other)),
        };
        let input = Input::from(object);
        match reader(&input) {
            Some(form) => Ok((form.read)(input, self)),
            None => Err(not_an_error(&Value::Object(input.into_object()))),
        }
    }

    /// Reads the error of a JSON object in a string, such as `Error POSTing to endpoint (HTTP 404): {"jsonrpc":...}`, if its code is
    /// known.
    pub(crate) fn decode_within(self, text: &str) -> Option<McpError> {
        let start = text.find('{').filter(|_| self.depth < MAX_DEPTH)?;
        let object = serde_json::from_str(text[start..].trim_end()).ok()?;
        let inner = Decoder { depth: self.depth + 1, ..self };
        let error = inner.decode_value(Value::Object(object)).ok().filter(McpError::is_known)?;
        Some(match text[..start].trim() {
            "" => error,
            around => error.with_internal("wrappedIn", around.to_owned()),
        })
    }

    /// Reads an error from the parts of a JSON-RPC error: `code`, `message` and `data`.
    ///
    /// ```
    /// use mcp_error_codes::{mcp, wire::Decoder};
    ///
    /// assert!(Decoder::new().decode_json_rpc(-32_601, "no such method", None).is(mcp::METHOD_NOT_FOUND));
    /// ```
    pub fn decode_json_rpc(self, number: i64, message: impl Into<String>, data: Option<Value>) -> McpError {
        let mut object = Map::new();
        object.insert("code".to_owned(), number.into());
        object.insert("message".to_owned(), message.into().into());
        object.extend(data.map(|data| ("data".to_owned(), data)));
        JsonRpcError::read(object.into(), self)
    }

    /// Finds a record by the exact text of its code or of an alias: in the peer's system if that is known, else in any
    /// registry. A plain word means the code of the program's own registry that contains it.
    pub(crate) fn lookup(self, code: &str) -> Option<&'static Record> {
        let of_system = self.system.and_then(|system| in_system(system).lookup(code));
        let of_registry = || match own_word(code) {
            Ok(record) => record.or_else(|| registries().find_map(|registry| registry.lookup(code))),
            Err(Contested) => None,
        };
        of_system.or_else(of_registry).or_else(|| Known::get().alias(code, self.system))
    }
}

fn not_an_error(value: &Value) -> DecodeError {
    DecodeError::NotAnError { input: kept(&value.to_string()) }
}

/// Cuts an input for an error message.
fn kept(input: &str) -> String {
    redactor().text(input).into_owned()
}

/// The reason why bytes could not be read as an error.
///
/// It keeps the first 1,000 characters of the input and the number of omitted ones.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The bytes are neither JSON nor a log entry.
    #[error("{input:?} is neither JSON nor a log entry: {source}")]
    Json {
        /// The input.
        input: String,
        /// The position and the reason of the JSON error.
        source: serde_json::Error,
    },
    /// The JSON does not have the shape of an error.
    #[error(
        "{input} does not have the shape of an error; expected a JSON-RPC error or a tool result with isError true"
    )]
    NotAnError {
        /// The input.
        input: String,
    },
}
