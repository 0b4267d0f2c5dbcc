use std::borrow::Cow;
use std::{fmt, io};

use mcp_error_codes_core::ProtocolVersion;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::wire::object::RecordObject;
use crate::wire::render;
use crate::{McpError, mcp};

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

/// The id of the request that a response answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RequestId<'a> {
    /// A number.
    Number(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// No id, because the request could not be read: `null` on the wire.
    Unknown,
}

impl McpError {
    /// Returns the `error` member of a JSON-RPC response.
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    ///
    /// let error = filesystem::file_not_found("a.txt");
    /// let json = serde_json::to_value(error.json_rpc_error())?;
    /// assert_eq!(json["code"], 33_001);
    /// assert_eq!(json["message"], "File not found: a.txt");
    /// assert_eq!(json["data"]["code"], "FS-001");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn json_rpc_error(&self) -> JsonRpcError<'_> {
        JsonRpcError { error: self, version: None }
    }

    /// Returns a whole JSON-RPC error response to a request.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, RequestId, mcp};
    ///
    /// let error = McpError::new(mcp::PARSE_ERROR);
    /// let json = error.json_rpc_response(RequestId::Unknown).to_string();
    /// assert!(json.starts_with(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"#));
    /// ```
    #[must_use]
    pub fn json_rpc_response<'a>(&'a self, id: impl Into<RequestId<'a>>) -> JsonRpcResponse<'a> {
        JsonRpcResponse { id: id.into(), error: self.json_rpc_error() }
    }

    /// Returns the JSON-RPC number: the one that was received, else the record's own.
    #[must_use]
    pub fn json_rpc_number(&self) -> i64 {
        self.received().and_then(|received| received.number).unwrap_or_else(|| self.record().json_rpc_number().into())
    }

    /// Returns the JSON-RPC number to send to a peer of a protocol version.
    ///
    /// A code that has no number in the version is sent as an internal error, and told by the record object. An unknown code
    /// keeps the number that was received.
    #[must_use]
    pub fn json_rpc_number_in(&self, version: ProtocolVersion) -> i64 {
        let received =
            self.received().and_then(|received| received.number).filter(|_| self.record().json_rpc.is_empty());
        let internal = || mcp::INTERNAL_ERROR.record().json_rpc_number();
        received.unwrap_or_else(|| self.record().json_rpc_number_in(version).unwrap_or_else(internal).into())
    }
}

impl JsonRpcError<'_> {
    /// Uses the number that the code has in a protocol version, in the place of its own.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, ProtocolVersion, super_mcp};
    ///
    /// let error = McpError::new(super_mcp::TOOL_BLOCKED);
    /// assert_eq!(error.json_rpc_error().number(), -32_008);
    /// assert_eq!(error.json_rpc_error().in_version(ProtocolVersion::V2026_07_28).number(), -33_008);
    /// ```
    #[must_use]
    pub const fn in_version(mut self, version: ProtocolVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// Returns the integer that stands in `code`.
    #[must_use]
    pub fn number(&self) -> i64 {
        match self.version {
            Some(version) => self.error.json_rpc_number_in(version),
            None => self.error.json_rpc_number(),
        }
    }

    /// Writes the JSON to the end of a buffer; see [`JsonRpcResponse::write_to`].
    pub fn write_to(&self, out: &mut Vec<u8>) {
        render::write_to(self, out);
    }

    /// Writes the JSON to a file or a connection, in one piece.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write_io(&self, out: &mut impl io::Write) -> io::Result<()> {
        render::write_io(self, out)
    }
}

impl JsonRpcResponse<'_> {
    /// Uses the number that the code has in a protocol version, in the place of its own.
    #[must_use]
    pub fn in_version(mut self, version: ProtocolVersion) -> Self {
        self.error = self.error.in_version(version);
        self
    }

    /// Writes the JSON to the end of a buffer, and what `Serialize` writes byte for byte.
    ///
    /// What is the same for every error of the code was made when the registry was compiled, and is copied. A bare error
    /// allocates nothing where the buffer is large enough.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let error = McpError::new(filesystem::FILE_NOT_FOUND);
    /// let response = error.json_rpc_response(7);
    /// let mut out = Vec::new();
    /// response.write_to(&mut out);
    /// assert_eq!(out, serde_json::to_vec(&response)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn write_to(&self, out: &mut Vec<u8>) {
        render::write_to(self, out);
    }

    /// Writes the JSON to a file or a connection, in one piece.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write_io(&self, out: &mut impl io::Write) -> io::Result<()> {
        render::write_io(self, out)
    }
}

impl Serialize for JsonRpcError<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("code", &self.number())?;
        map.serialize_entry("message", &self.error.message())?;
        map.serialize_entry("data", &RecordObject::new(self.error))?;
        map.end()
    }
}

impl Serialize for JsonRpcResponse<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("jsonrpc", "2.0")?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("error", &self.error)?;
        map.end()
    }
}

impl Serialize for RequestId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Unknown => serializer.serialize_unit(),
        }
    }
}

impl From<i64> for RequestId<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for RequestId<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for RequestId<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl fmt::Display for JsonRpcError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::display(self, f)
    }
}

impl fmt::Display for JsonRpcResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::display(self, f)
    }
}
