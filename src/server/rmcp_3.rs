//! Integration with `rmcp` 3, the official Rust SDK of MCP, for servers and clients.
//!
//! # On the server
//! - A tool returns `Result<T, McpError>`. An error arrives as a tool result with `isError: true`, or as a JSON-RPC error if its
//!   [`surface`](McpError::surface) is the protocol. `T` may be `Json<T>`: the error of a tool with an output schema has no
//!   structured content, so clients do not validate it against the schema.
//! - Prompts and resources return `Result<T, ErrorData>`, and `?` converts an [`McpError`] to an [`ErrorData`].
//! - [`Parameters`] replaces the SDK's extractor of the same name. Invalid arguments are answered with `VAL-001`,
//!   `VAL-002` or `VAL-003`.
//! - [`Guarded`] wraps the server. It also answers unknown tools and panics with codes, and passes every error,
//!   including its internal parts, to a log.
//!
//! ```
//! use mcp_error_codes::rmcp_3::{Guarded, Parameters, decode_call};
//! use mcp_error_codes::{McpError, filesystem};
//! use rmcp::model::CallToolRequestParams;
//! use rmcp::schemars::{self, JsonSchema};
//! use rmcp::{ServiceExt, tool, tool_router};
//!
//! #[derive(serde::Deserialize, JsonSchema)]
//! struct ReadArguments {
//!     path: String,
//! }
//!
//! struct Server;
//!
//! #[tool_router(server_handler)]
//! impl Server {
//!     #[tool(description = "Read a text file")]
//!     fn read(&self, Parameters(arguments): Parameters<ReadArguments>) -> Result<String, McpError> {
//!         let path = arguments.path;
//!         std::fs::read_to_string(&path).map_err(|error| McpError::from(error).with_detail("path", path))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Both ends run in one process here. A real server uses `rmcp::transport::stdio()`.
//! let (server_end, client_end) = tokio::io::duplex(4096);
//! let server = Guarded::new(Server).on_error(|error| eprintln!("{error:?}"));
//! let server = tokio::spawn(server.serve(server_end));
//! let client = ().serve(client_end).await?;
//! let _running = server.await??;
//!
//! let missing = serde_json::Map::from_iter([("path".to_owned(), "no such file".into())]);
//! let outcome = client.call_tool(CallToolRequestParams::new("read").with_arguments(missing)).await;
//! let error = decode_call(&outcome).ok_or("a failure")?;
//! assert!(error.is(filesystem::FILE_NOT_FOUND));
//! assert_eq!(error.message(), "File not found: no such file");
//!
//! let outcome = client.call_tool(CallToolRequestParams::new("read")).await;
//! let error = decode_call(&outcome).ok_or("a failure")?;
//! assert!(error.is(filesystem::MISSING_REQUIRED_PARAMETER));
//! # Ok(())
//! # }
//! ```
//!
//! # On the client
//! [`decode_call`] reads the error of a tool call from either surface. [`decode_tool_result`], [`decode_service_error`]
//! and [`decode_error_data`] read one type each. A failure on the client's own side, such as a timeout, has a code of
//! the system `sdk` and the surface [`Local`](crate::Surface::Local), so it is never mistaken for an answer from the
//! peer.

mod call;
mod client;
mod guard;
mod handler;
mod parameters;
mod refusal;
mod rules;
mod watch;

use ::rmcp::ErrorData;
use ::rmcp::handler::server::tool::IntoCallToolResult;
use ::rmcp::model::{CallToolResponse, CallToolResult, ContentBlock, ErrorCode, MetaObject};
use serde_json::Value;

pub use self::client::{decode_call, decode_error_data, decode_service_error, decode_tool_result};
pub use self::guard::Guarded;
pub use self::parameters::Parameters;
use crate::wire::{META_KEY, RecordObject};
use crate::{McpError, Surface};

/// Lets a tool return `Result<T, McpError>`. The surface of the error decides what the client receives.
///
/// ```
/// use mcp_error_codes::{Surface, filesystem};
/// use rmcp::handler::server::tool::IntoCallToolResult;
///
/// let error = filesystem::file_not_found("a.txt");
/// assert!(error.clone().into_call_tool_result().is_ok());
///
/// let data = error.with_surface(Surface::Protocol).into_call_tool_result().err().ok_or("a JSON-RPC error")?;
/// assert_eq!(data.code.0, 33_001);
/// # Ok::<(), &str>(())
/// ```
impl IntoCallToolResult for McpError {
    fn into_call_tool_result(self) -> Result<CallToolResponse, ErrorData> {
        if self.as_sent().surface() != Surface::Tool {
            return Err(self.into());
        }
        let result = tool_result(&self);
        watch::keep(self);
        Ok(result.into())
    }
}

/// Lets `?` return an error from prompts, resources and completion.
///
/// A tool should return `McpError` itself: with `Result<_, ErrorData>` every error is a JSON-RPC error, which the model does not
/// see, unless the server is [`Guarded`].
///
/// ```
/// use mcp_error_codes::{filesystem, hyper_bun};
/// use rmcp::ErrorData;
///
/// fn resource(uri: &str) -> Result<String, ErrorData> {
///     Err(hyper_bun::resource_not_found().with_detail("resourceUri", uri))?
/// }
///
/// let data = resource("file:///a.txt").err().ok_or("an error")?;
/// assert_eq!(data.code.0, 41_011);
/// assert_eq!(data.data.ok_or("a record object")?["details"]["resourceUri"], "file:///a.txt");
/// # Ok::<(), &str>(())
/// ```
impl From<McpError> for ErrorData {
    fn from(error: McpError) -> Self {
        let data = error_data(&error, number(error.json_rpc_number()));
        watch::keep(error);
        data
    }
}

/// Returns the tool result of an error, whatever its surface: the text, `isError`, and the record object in `_meta`.
///
/// ```
/// use mcp_error_codes::{filesystem, rmcp_3::tool_result};
///
/// let error = filesystem::file_not_found("a.txt");
/// let result = tool_result(&error);
/// assert_eq!(serde_json::to_value(&result)?["content"][0]["text"], error.tool_text());
/// assert_eq!(result.structured_content, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn tool_result(error: &McpError) -> CallToolResult {
    let meta = record_object(error).map(|object| (META_KEY.to_owned(), object));
    CallToolResult::error(vec![ContentBlock::text(error.tool_text())])
        .with_meta(Some(MetaObject(meta.into_iter().collect())))
}

fn error_data(error: &McpError, number: ErrorCode) -> ErrorData {
    ErrorData::new(number, error.json_rpc_error().message(), record_object(error))
}

/// Converts a number to the 32-bit type of the SDK. A larger number becomes that of an internal error; the record object
/// still names the code.
fn number(number: i64) -> ErrorCode {
    i32::try_from(number).map_or(ErrorCode::INTERNAL_ERROR, ErrorCode)
}

fn record_object(error: &McpError) -> Option<Value> {
    serde_json::to_value(RecordObject::new(error)).ok()
}
