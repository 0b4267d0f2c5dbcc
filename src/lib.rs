#![cfg_attr(feature = "std", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "std"), doc = "The unified registry of MCP error codes, without `std`: records and lookup.")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

extern crate alloc;
// Generated code names this crate by its path from outside, in here and in the crates of users alike.
extern crate self as mcp_error_codes;

mod builtin;
mod code;
mod find;
mod message;
mod number;
mod registry;

#[cfg(feature = "std")]
mod convert;
#[cfg(feature = "std")]
mod decode;
#[cfg(feature = "std")]
mod details;
#[cfg(feature = "std")]
mod envelope;
#[cfg(feature = "std")]
mod error;
#[cfg(feature = "std")]
mod error_id;
#[cfg(feature = "std")]
mod install;
#[cfg(feature = "std")]
mod io;
#[cfg(feature = "std")]
mod json_rpc;
#[cfg(feature = "std")]
mod json_string;
#[cfg(feature = "std")]
mod log_line;
#[cfg(feature = "std")]
mod object;
#[cfg(feature = "std")]
mod problem;
#[cfg(feature = "std")]
mod redact;
#[cfg(feature = "std")]
mod render;
#[cfg(feature = "std")]
mod result_ext;
#[cfg(feature = "std")]
mod scrum_body;
#[cfg(feature = "std")]
mod shape;
#[cfg(feature = "std")]
mod standard_response;
#[cfg(feature = "std")]
mod tool_result;
#[cfg(feature = "std")]
mod unknown;
#[cfg(feature = "std")]
mod wording;

#[cfg(feature = "rmcp")]
pub mod rmcp;

pub use builtin::*;
pub use code::ErrorCode;
pub use find::{UnknownCode, find, find_all};
pub use mcp_error_codes_record::{
    Category, CodeText, Command, Delays, Example, ExampleKind, Explain, Fact, Family, JsonRpcNumber, NumberRange,
    Param, ParamType, ProtocolVersion, Record, Related, ReservedRange, Retry, RetryClass, RetryKind, Scenario, Section,
    Severity, Surface, System, Target,
};
pub use message::{MessageMatch, match_message};
pub use number::{NumberClass, by_number, by_number_in, classify};
pub use registry::Registry;

#[cfg(feature = "std")]
pub use convert::IntoMcpError;
#[cfg(feature = "std")]
pub use decode::{BatchEntry, DecodeError, Decoder, decode};
#[cfg(feature = "std")]
pub use envelope::Envelope;
#[cfg(feature = "std")]
pub use error::McpError;
#[cfg(feature = "std")]
pub use install::{InstallError, install};
#[cfg(feature = "std")]
pub use json_rpc::{JsonRpcError, JsonRpcResponse, RequestId};
#[cfg(feature = "std")]
pub use log_line::LogEntry;
#[cfg(feature = "std")]
pub use object::{META_KEY, RecordObject};
#[cfg(feature = "std")]
pub use problem::Problem;
#[cfg(feature = "std")]
pub use result_ext::ResultExt;
#[cfg(feature = "std")]
pub use scrum_body::{ScrumBody, ScrumConflict};
#[cfg(feature = "std")]
pub use standard_response::StandardResponse;
#[cfg(feature = "std")]
pub use tool_result::ToolResult;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
