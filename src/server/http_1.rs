//! The HTTP status of an error, as the [`StatusCode`] of the crate `http`.
//!
//! One status for each code would be wrong. A tool that is not found is a 404 of a plain API, and travels in a 200 over MCP;
//! a method that is not found is a 404 over MCP since 2026-07-28, and would tell an earlier client that its session has ended.
//! So the status is asked for with the [`Transport`] in hand.
//!
//! ```
//! use http::StatusCode;
//! use mcp_error_codes::http_1::Transport;
//! use mcp_error_codes::{McpError, hyper_bun, mcp};
//!
//! let tool = McpError::new(hyper_bun::TOOL_NOT_FOUND);
//! assert_eq!(tool.status_code(Transport::Rest), StatusCode::NOT_FOUND);
//! assert_eq!(tool.status_code(Transport::StreamableHttp), StatusCode::OK);
//!
//! let method = McpError::new(mcp::METHOD_NOT_FOUND);
//! assert_eq!(method.status_code(Transport::StreamableHttp), StatusCode::NOT_FOUND);
//! assert_eq!(method.status_code(Transport::Legacy), StatusCode::OK);
//! ```
//!
//! This module has the name of that crate. Import its items, not the module itself.

use ::http::StatusCode;

use crate::{JsonRpcResponse, McpError, NumberClass, ProtocolVersion, RequestId, Surface, classify, mcp};

/// How an error travels over HTTP, which decides its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// A plain API, outside of MCP: the status says what went wrong.
    Rest,
    /// MCP's Streamable HTTP from protocol version 2026-07-28 on.
    StreamableHttp,
    /// MCP over HTTP in the protocol versions up to 2025-11-25, where a 404 means that the session has ended.
    Legacy,
}

impl McpError {
    /// Returns the HTTP status of the error.
    ///
    /// For a plain API it is the record's `http_status`. Over MCP it is 200, with these exceptions:
    ///
    /// | JSON-RPC error | since 2026-07-28 | before |
    /// |---|---|---|
    /// | -32601 | 404 | 200 |
    /// | -32602 of [`mcp::malformed_meta`] | 400 | 200 |
    /// | -32020, -32022 | 400 | 400 |
    /// | -32021 | 400 | 200 |
    ///
    /// The first column of statuses is that of the specification 2026-07-28 (Streamable HTTP, and `_meta` in the Overview). -32601
    /// is a 404 for an unknown method and for one whose capability was not advertised alike: the specification counts both as not
    /// implemented. The versions before fix one status only, from 2025-06-18 on: 400 for an invalid or unsupported
    /// `MCP-Protocol-Version`.
    ///
    /// An error that goes out as a tool result, by its record or by [`with_surface`](Self::with_surface), travels in a 200. A
    /// malformed `_meta` is known by its scenario, which is not on the wire: a decoded one is like every other -32602.
    ///
    /// ```
    /// use http::StatusCode;
    /// use mcp_error_codes::http_1::Transport;
    /// use mcp_error_codes::{McpError, mcp};
    ///
    /// let malformed = mcp::malformed_meta("`io.modelcontextprotocol/clientCapabilities` is missing");
    /// assert_eq!(malformed.status_code(Transport::StreamableHttp), StatusCode::BAD_REQUEST);
    ///
    /// let other = McpError::new(mcp::INVALID_PARAMS).with_message("Invalid cursor");
    /// assert_eq!(other.status_code(Transport::StreamableHttp), StatusCode::OK);
    /// ```
    #[must_use]
    pub fn status_code(&self, transport: Transport) -> StatusCode {
        match transport {
            Transport::Rest => self.rest_status(),
            _ if self.surface() == Surface::Tool => StatusCode::OK,
            Transport::StreamableHttp => self.json_rpc_status(false),
            Transport::Legacy => self.json_rpc_status(true),
        }
    }

    /// The status of a JSON-RPC error that answers a request.
    fn json_rpc_status(&self, is_legacy: bool) -> StatusCode {
        // By the number, so that all codes with one number are answered alike.
        match classify(self.json_rpc_number_in(ProtocolVersion::V2026_07_28)) {
            NumberClass::Mcp(mcp::HEADER_MISMATCH | mcp::UNSUPPORTED_PROTOCOL_VERSION) => StatusCode::BAD_REQUEST,
            _ if is_legacy => StatusCode::OK,
            NumberClass::Mcp(mcp::MISSING_REQUIRED_CLIENT_CAPABILITY) => StatusCode::BAD_REQUEST,
            NumberClass::Standard(mcp::METHOD_NOT_FOUND) => StatusCode::NOT_FOUND,
            _ if self.is_malformed_meta() => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        }
    }

    fn rest_status(&self) -> StatusCode {
        // The generator lets no other number than 400 to 599 into a record.
        StatusCode::from_u16(self.record().http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn is_malformed_meta(&self) -> bool {
        self.is(mcp::INVALID_PARAMS) && self.scenario().is_some_and(|case| case.name == "MALFORMED_META")
    }
}

impl JsonRpcResponse<'_> {
    /// Returns the HTTP status of the response over MCP, in the protocol version it was made for by
    /// [`in_version`](Self::in_version), else in the newest.
    ///
    /// A response to a request has the status that [`McpError::status_code`] tells, as a JSON-RPC error whatever the surface
    /// of the error. One without an id ([`RequestId::Unknown`]) stands in the body of a refusal: the specification lets it come with
    /// an HTTP error status only, which is the record's `http_status`. Where that is 404 and the version is one in which it
    /// would end the session, it is 400.
    ///
    /// ```
    /// use http::StatusCode;
    /// use mcp_error_codes::{McpError, ProtocolVersion, RequestId, mcp};
    ///
    /// let error = McpError::new(mcp::METHOD_NOT_FOUND);
    /// assert_eq!(error.json_rpc_response(7).status_code(), StatusCode::NOT_FOUND);
    ///
    /// let legacy = error.json_rpc_response(7).in_version(ProtocolVersion::V2025_11_25);
    /// assert_eq!(legacy.status_code(), StatusCode::OK);
    ///
    /// let unreadable = McpError::new(mcp::PARSE_ERROR);
    /// assert_eq!(unreadable.json_rpc_response(RequestId::Unknown).status_code(), StatusCode::BAD_REQUEST);
    /// ```
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        let is_legacy = self.error.version.is_some_and(|version| Transport::from(version) == Transport::Legacy);
        let error = self.error.error;
        match self.id {
            RequestId::Unknown if is_legacy && error.rest_status() == StatusCode::NOT_FOUND => StatusCode::BAD_REQUEST,
            RequestId::Unknown => error.rest_status(),
            _ => error.json_rpc_status(is_legacy),
        }
    }
}

/// The transport of MCP over HTTP in a protocol version.
///
/// ```
/// use mcp_error_codes::ProtocolVersion;
/// use mcp_error_codes::http_1::Transport;
///
/// assert_eq!(Transport::from(ProtocolVersion::V2026_07_28), Transport::StreamableHttp);
/// assert_eq!(Transport::from(ProtocolVersion::V2025_11_25), Transport::Legacy);
/// ```
impl From<ProtocolVersion> for Transport {
    fn from(version: ProtocolVersion) -> Self {
        if version >= ProtocolVersion::V2026_07_28 { Self::StreamableHttp } else { Self::Legacy }
    }
}
