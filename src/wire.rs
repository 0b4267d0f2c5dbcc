//! The forms in which an error travels, one per file: how each form is recognised, read and written.
//!
//! The common forms are methods of an error: [`tool_result`](crate::McpError::tool_result),
//! [`json_rpc_error`](crate::McpError::json_rpc_error), [`json_rpc_response`](crate::McpError::json_rpc_response),
//! [`problem`](crate::McpError::problem), [`log_entry`](crate::McpError::log_entry) and
//! [`log_line`](crate::McpError::log_line). The vendor-specific forms have their own constructors: [`Envelope::new`],
//! [`StandardResponse::new`], [`ScrumBody::new`], [`ScrumConflict::new`]. [`decode`](crate::decode) reads all of them.

mod decode;
mod decode_error;
mod envelope;
mod form;
mod forms;
mod identify;
mod input;
mod json_rpc;
mod limits;
mod log_context;
mod log_entry;
mod log_line;
mod logged_error;
mod mcp_error;
mod members;
mod problem;
pub(crate) mod read;
mod reader;
mod record_object;
mod render;
mod request_id;
mod scrum_body;
mod scrum_conflict;
mod standard_response;
pub(crate) mod text;
mod timestamp;
mod tool_response;
mod tool_result;
pub(crate) mod wait;

pub use decode::{BatchEntry, Decoder, decode};
pub use decode_error::DecodeError;
pub use envelope::Envelope;
pub use forms::FormName;
pub use json_rpc::{JsonRpcError, JsonRpcResponse};
pub use log_entry::LogEntry;
pub use log_line::LogLine;
pub use logged_error::LoggedError;
pub use mcp_error_codes_core::{OneLine, is_unseen};
pub use members::Details;
pub use problem::Problem;
pub use record_object::{META_KEY, RecordObject};
pub use request_id::RequestId;
pub use scrum_body::ScrumBody;
pub use scrum_conflict::ScrumConflict;
pub use standard_response::StandardResponse;
pub use tool_response::ToolResponse;
pub use tool_result::ToolResult;
