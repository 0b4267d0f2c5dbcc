//! Integration with `http` 1: the HTTP status of an error.
//!
//! The status depends on the [`Transport`]. An unknown tool is a 404 in a plain API and a 200 over MCP. An unknown method is a 404 over
//! MCP since 2026-07-28, but an earlier client reads a 404 as the end of its session.
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

use ::http::StatusCode;

use crate::wire::{JsonRpcResponse, RequestId};
use crate::{McpError, ProtocolVersion, Surface, mcp, specification_code};

/// How an error is sent over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// A plain API without MCP. The status describes the error.
    Rest,
    /// MCP's Streamable HTTP from protocol version 2026-07-28 on.
    StreamableHttp,
    /// MCP over HTTP in the protocol versions up to 2025-11-25. A 404 means that the session has ended.
    Legacy,
}

impl McpError {
    /// Returns the HTTP status of the error.
    ///
    /// In a plain API it is the record's `http_status`. Over MCP it is 200, with these exceptions:
    ///
    /// | JSON-RPC error | since 2026-07-28 | before |
    /// |---|---|---|
    /// | -32601 | 404 | 200 |
    /// | -32602 of [`mcp::malformed_meta`] | 400 | 200 |
    /// | -32020, -32022 | 400 | 400 |
    /// | -32021 | 400 | 200 |
    ///
    /// The statuses since 2026-07-28 are those of that specification (Streamable HTTP, and `_meta` in the Overview).
    /// -32601 is a 404 both for an unknown method and for one whose capability was not advertised, because the
    /// specification treats both as not implemented. Earlier versions define only one status, from 2025-06-18 on: 400
    /// for an invalid or unsupported `MCP-Protocol-Version`.
    ///
    /// An error with the tool surface, from its record or from [`with_surface`](Self::with_surface), has status 200. A
    /// malformed `_meta` is identified by its scenario, which no form contains, so a decoded one is treated like any
    /// other -32602.
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
            _ if self.as_sent().surface() == Surface::Tool => StatusCode::OK,
            Transport::StreamableHttp => self.json_rpc_status(false),
            Transport::Legacy => self.json_rpc_status(true),
        }
    }

    /// Returns the status of a JSON-RPC error that answers a request.
    fn json_rpc_status(&self, is_legacy: bool) -> StatusCode {
        // Looked up by number, so that all codes with the same number have the same status.
        match specification_code(self.json_rpc_number_in(ProtocolVersion::V2026_07_28)) {
            Some(mcp::HEADER_MISMATCH | mcp::UNSUPPORTED_PROTOCOL_VERSION) => StatusCode::BAD_REQUEST,
            _ if is_legacy => StatusCode::OK,
            Some(mcp::MISSING_REQUIRED_CLIENT_CAPABILITY) => StatusCode::BAD_REQUEST,
            Some(mcp::METHOD_NOT_FOUND) => StatusCode::NOT_FOUND,
            _ if self.is_malformed_meta() => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        }
    }

    fn rest_status(&self) -> StatusCode {
        // The generator allows only 400 to 599 in a record.
        StatusCode::from_u16(self.as_sent().brief().http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn is_malformed_meta(&self) -> bool {
        self.is(mcp::INVALID_PARAMS) && self.brief_scenario().is_some_and(|case| case.name == "MALFORMED_META")
    }
}

impl JsonRpcResponse<'_> {
    /// Returns the HTTP status of the response over MCP, in the protocol version set by
    /// [`in_version`](Self::in_version), else in the newest version.
    ///
    /// A response to a request has the status that [`McpError::status_code`] returns for a JSON-RPC error, whatever the
    /// surface of the error. A response without an id ([`RequestId::Unknown`]) rejects the HTTP request itself. The
    /// specification allows it only with an HTTP error status, so it has the record's `http_status`, or 400 if that is
    /// 404 and a 404 ends the session in this version.
    ///
    /// ```
    /// use http::StatusCode;
    /// use mcp_error_codes::wire::RequestId;
    /// use mcp_error_codes::{McpError, ProtocolVersion, mcp};
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
        let version = self.json_rpc_error().version();
        let is_legacy = version.is_some_and(|version| Transport::from(version) == Transport::Legacy);
        let error = self.json_rpc_error().error();
        match self.id() {
            RequestId::Unknown if is_legacy && error.rest_status() == StatusCode::NOT_FOUND => StatusCode::BAD_REQUEST,
            RequestId::Unknown => error.rest_status(),
            _ => error.json_rpc_status(is_legacy),
        }
    }
}

/// Returns the transport for MCP over HTTP in a protocol version.
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
