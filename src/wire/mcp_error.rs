use std::time::SystemTime;

use mcp_error_codes_core::ProtocolVersion;

use crate::wire::text;
use crate::wire::{JsonRpcError, JsonRpcResponse, LogEntry, LogLine, Problem, RequestId, ToolResult};
use crate::{McpError, mcp};

/// The wire forms of an error.
impl McpError {
    /// Returns the error as the result of a failed tool call.
    ///
    /// ```
    /// use mcp_error_codes::{filesystem, wire::META_KEY};
    ///
    /// let error = filesystem::file_not_found("a.txt");
    /// let json = serde_json::to_value(error.tool_result())?;
    /// assert_eq!(json["isError"], true);
    /// assert!(json["content"][0]["text"].as_str().is_some_and(|text| text.starts_with("FS-001: File not found: a.txt\nHint: ")));
    /// assert_eq!(json["_meta"][META_KEY]["code"], "FS-001");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn tool_result(&self) -> ToolResult<'_> {
        ToolResult { error: self, says_complete: false }
    }

    /// Returns the text of a tool result, which is what a language model reads.
    ///
    /// The first line is `CODE: message`. The other lines contain what else the caller needs: every failure as
    /// `- CODE: message`, the details that are not in the message as `name: value`, `Retry after 17 s.` if a wait is
    /// known, `Error id: ...`, and last `Hint: ...` if there is a [`hint`](Self::hint). If a value has several lines,
    /// all but the first are indented by two spaces, so no value can look like another line.
    ///
    /// The text after the first line has at most 2,000 characters. If it would be longer, failures are left out first,
    /// then details: `... and 7 more`. [`decode`](crate::decode) reads the text.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::filesystem;
    ///
    /// let error = filesystem::batch_operation_failed("1 of 9 operations failed")
    ///     .with_failure(filesystem::file_not_found("a.txt"))
    ///     .with_detail("operation", "copy")
    ///     .with_retry_after(Duration::from_secs(17))
    ///     .with_hint("Repeat the operation that failed.");
    /// assert_eq!(
    ///     error.tool_text(),
    ///     "OP-001: Batch operation failed: 1 of 9 operations failed\n\
    ///      - FS-001: File not found: a.txt\n\
    ///      operation: copy\n\
    ///      Retry after 17 s.\n\
    ///      Hint: Repeat the operation that failed."
    /// );
    /// ```
    #[must_use]
    pub fn tool_text(&self) -> String {
        text::tool_text(&self.as_sent())
    }

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
    /// use mcp_error_codes::{McpError, mcp, wire::RequestId};
    ///
    /// let error = McpError::new(mcp::PARSE_ERROR);
    /// let json = error.json_rpc_response(RequestId::Unknown).to_string();
    /// assert!(json.starts_with(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"#));
    /// ```
    #[must_use]
    pub fn json_rpc_response<'a>(&'a self, id: impl Into<RequestId<'a>>) -> JsonRpcResponse<'a> {
        JsonRpcResponse { id: id.into(), error: self.json_rpc_error() }
    }

    /// Returns the JSON-RPC number: the received one, else the record's own.
    #[must_use]
    pub fn json_rpc_number(&self) -> i64 {
        let sent = self.as_sent();
        sent.received().and_then(|received| received.number).unwrap_or_else(|| sent.brief().json_rpc_number())
    }

    /// Returns the JSON-RPC number to send to a peer that uses a protocol version.
    ///
    /// A code without a number in that version is sent as an internal error, and the record object names it. An unknown
    /// code keeps the received number.
    #[must_use]
    pub fn json_rpc_number_in(&self, version: ProtocolVersion) -> i64 {
        let sent = self.as_sent();
        let received = sent.received().and_then(|received| received.number);
        let received = received.filter(|_| sent.brief().json_rpc.is_empty());
        let internal = || mcp::INTERNAL_ERROR.__brief().json_rpc_number();
        received.unwrap_or_else(|| sent.brief().json_rpc_number_in(version).unwrap_or_else(internal))
    }

    /// Returns the error as problem details (RFC 9457).
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    ///
    /// let json = serde_json::to_value(filesystem::file_not_found("a.txt").problem())?;
    /// assert_eq!(json["type"], "about:blank");
    /// assert_eq!(json["title"], "File Not Found");
    /// assert_eq!(json["status"], 404);
    /// assert_eq!(json["detail"], "File not found: a.txt");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn problem(&self) -> Problem<'_> {
        Problem { error: self }
    }

    /// Returns the log entry of the error, for the given module and time.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_736_951_025_123);
    /// let error = McpError::new(hyper_bun::RESOURCE_NOT_FOUND).with_internal("requestId", "req-xyz789");
    /// assert_eq!(
    ///     error.log_entry("MCPServer", time).to_string(),
    ///     "2025-01-15 14:23:45.123 | ERROR | NX-MCP-011 | MCPServer | MCP Resource Not Found\n  requestId: req-xyz789",
    /// );
    /// ```
    #[must_use]
    pub const fn log_entry<'a>(&'a self, module: &'a str, time: SystemTime) -> LogEntry<'a> {
        LogEntry::new(self, module, time)
    }
    /// Returns the log entry of the error as one line of JSON, with the columns of the error tracking database.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::RESOURCE_NOT_FOUND).with_internal("toolName", "read");
    /// let line = serde_json::to_value(error.log_line("MCPServer", SystemTime::UNIX_EPOCH))?;
    /// assert_eq!(line["timestamp"], "1970-01-01T00:00:00.000Z");
    /// assert_eq!(line["error_code"], "NX-MCP-011");
    /// assert_eq!(line["tool_name"], "read");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn log_line<'a>(&'a self, module: &'a str, time: SystemTime) -> LogLine<'a> {
        LogLine::new(self, module, time)
    }
}
