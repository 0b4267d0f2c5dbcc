//! The forms in which an error travels, each made and read.

mod decode;
mod envelope;
mod form;
mod json_rpc;
mod json_string;
pub(crate) mod log_line;
mod object;
mod problem;
mod render;
mod scrum_body;
mod standard_response;
mod tool_result;
mod unknown;

pub use decode::{BatchEntry, DecodeError, Decoder, decode};
pub use envelope::Envelope;
pub use form::Form;
pub use json_rpc::{JsonRpcError, JsonRpcResponse, RequestId};
pub use log_line::LogEntry;
pub use object::{META_KEY, RecordObject};
pub use problem::Problem;
pub use scrum_body::{ScrumBody, ScrumConflict};
pub use standard_response::StandardResponse;
pub use tool_result::ToolResult;
