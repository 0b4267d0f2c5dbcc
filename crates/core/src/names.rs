//! The names under which an error is recorded: attributes of spans, fields of events and keys of internal context.
//!
//! The names without our prefix are those of OpenTelemetry's semantic conventions for MCP, which are in development.

/// The method of the request.
pub const METHOD: &str = "mcp.method.name";
/// The tool that was called.
pub const TOOL: &str = "gen_ai.tool.name";
/// The id of the request.
pub const REQUEST_ID: &str = "jsonrpc.request.id";
/// The protocol version of the session or the request.
pub const PROTOCOL_VERSION: &str = "mcp.protocol.version";
/// What the request does: [`EXECUTE_TOOL`] for a tool call.
pub const OPERATION: &str = "gen_ai.operation.name";
/// The value of [`OPERATION`] for a tool call.
pub const EXECUTE_TOOL: &str = "execute_tool";
/// The transport: `pipe` for standard input and output, `tcp` or `quic` for HTTP. A guarded server does not know it.
pub const NETWORK_TRANSPORT: &str = "network.transport";
/// The JSON-RPC number of an error that is sent as a JSON-RPC error.
pub const STATUS_CODE: &str = "rpc.response.status_code";
/// The target of events. A filter such as `mcp_error_codes=warn` selects them.
pub const TARGET: &str = "mcp_error_codes";
/// [`TOOL_ERROR`] on the tool surface, else the JSON-RPC number. On a server, an error that the caller caused has none.
pub const ERROR_TYPE: &str = "error.type";
/// The value of [`ERROR_TYPE`] on the tool surface.
pub const TOOL_ERROR: &str = "tool_error";
/// The code.
pub const CODE: &str = "mcp_error_codes.code";
/// The system of the code.
pub const SYSTEM: &str = "mcp_error_codes.system";
/// The kind of the failure.
pub const KIND: &str = "mcp_error_codes.kind";
/// The severity of the code.
pub const SEVERITY: &str = "mcp_error_codes.severity";
/// The id of the error, which the peer receives as well.
pub const ERROR_ID: &str = "mcp_error_codes.error_id";
/// The details, as a JSON object.
pub const DETAILS: &str = "mcp_error_codes.details";
/// The remaining internal context, as a JSON object.
pub const INTERNAL: &str = "mcp_error_codes.internal";
/// The messages of the chain of [`source`](core::error::Error::source), as a JSON array.
pub const CAUSES: &str = "mcp_error_codes.causes";
/// The failures of an error, as `Debug` prints them.
pub const FAILURES: &str = "mcp_error_codes.errors";
