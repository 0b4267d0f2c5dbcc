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
mod extension;
mod find;
mod message;
mod number;
mod registry;

#[cfg(feature = "std")]
mod error;
#[cfg(feature = "std")]
mod export;
#[cfg(feature = "std")]
mod install;
#[cfg(feature = "std")]
mod wire;

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "derive")]
mod derive;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "jsonschema")]
mod jsonschema;
#[cfg(feature = "metrics")]
pub mod metrics;
#[cfg(feature = "proptest")]
pub mod proptest;
#[cfg(feature = "rmcp")]
pub mod rmcp;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "tokio")]
mod tokio;
#[cfg(feature = "tracing")]
pub mod tracing;

pub use builtin::*;
pub use code::ErrorCode;
pub use extension::Extension;
pub use find::{UnknownCode, find, find_all};
pub use mcp_error_codes_record::{
    Category, CodeText, Command, Delays, Example, ExampleKind, Explain, Fact, Family, JsonRpcNumber, NumberRange,
    Param, ParamType, ProtocolVersion, Record, Related, ReservedRange, Retry, RetryClass, RetryKind, Scenario, Section,
    Severity, Surface, System, Target,
};
pub use message::{MessageMatch, match_message};
pub use number::{NumberClass, by_number, by_number_in, classify};
pub use registry::Registry;

#[cfg(feature = "derive")]
pub use derive::IntoMcpError;
#[cfg(feature = "std")]
pub use error::{IntoMcpError, McpError, ResultExt};
#[cfg(feature = "std")]
pub use export::Export;
#[cfg(feature = "std")]
pub use install::{InstallError, install, records, registries};
#[cfg(feature = "std")]
pub use wire::{
    BatchEntry, DecodeError, Decoder, Envelope, Form, JsonRpcError, JsonRpcResponse, LogEntry, META_KEY, Problem,
    RecordObject, RequestId, ScrumBody, ScrumConflict, StandardResponse, ToolResult, decode,
};

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
