#![cfg_attr(feature = "std", doc = include_str!("front_page.md"))]
#![cfg_attr(not(feature = "std"), doc = "The unified registry of MCP error codes, without `std`: records and lookup.")]
#![cfg_attr(not(feature = "std"), no_std)]
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

extern crate alloc;
// Generated code uses the same path to this crate here and in the crates of users.
extern crate self as mcp_error_codes;

mod codes;
#[cfg(feature = "std")]
mod matching;
pub mod record;

#[cfg(feature = "std")]
pub mod arguments;
#[cfg(feature = "std")]
mod convert;
#[cfg(feature = "std")]
mod error;
#[cfg(feature = "std")]
pub mod observe;
#[cfg(feature = "recognize")]
mod recognize;
#[cfg(feature = "std")]
pub mod redact;
#[cfg(feature = "std")]
mod server;
#[cfg(feature = "std")]
mod setup;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "std")]
pub mod wire;

pub use codes::builtin::*;
pub use codes::code::RegistryCode;
pub use codes::extension::Extension;
pub use codes::find::{UnknownCode, find, find_all};
pub use codes::in_system::{InSystem, in_system};
pub use codes::message::{MessageMatch, match_message};
pub use codes::number::{by_number, specification_code};
pub use codes::registries::{records, registries};
pub use codes::registry::Registry;
pub use codes::shape::of_shape;
pub use mcp_error_codes_core::{
    Category, Certainty, Kind, NumberRange, ProtocolVersion, Record, RetryClass, Severity, Surface, System,
    UnknownWord, page, schema,
};

#[cfg(feature = "std")]
pub use codes::export::Export;
#[cfg(feature = "derive")]
pub use convert::derive::IntoMcpError;
#[cfg(feature = "std")]
pub use convert::{IntoMcpError, ResultExt};
#[cfg(feature = "std")]
pub use error::McpError;
#[cfg(feature = "std")]
pub use setup::{Clash, Setup, SetupError, setup};
#[cfg(feature = "std")]
pub use wire::decode;

#[cfg(feature = "metrics-0_24")]
pub use observe::metrics_0_24;
#[cfg(feature = "tracing-0_1")]
pub use observe::tracing_0_1;
#[cfg(feature = "tracing-subscriber-0_3")]
pub use observe::tracing_subscriber_0_3;
#[cfg(feature = "recognize")]
pub use recognize::{Finding, LogError, LogErrors, LogFilter, Recognition, RecognizedError, Recognizer, recognize};
#[cfg(feature = "axum-0_8")]
pub use server::axum_0_8;
#[cfg(feature = "http-1")]
pub use server::http_1;
#[cfg(feature = "rmcp-3")]
pub use server::rmcp_3;
#[cfg(feature = "proptest-1")]
pub use testing::proptest_1;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

/// Runs the examples in the chapter on operations.
#[cfg(all(doctest, feature = "tracing-subscriber-0_3"))]
#[doc = include_str!("../docs/operations.md")]
mod operations {}

/// Runs the examples in the README and in the chapters.
#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/errors.md")]
#[doc = include_str!("../docs/lookup.md")]
#[doc = include_str!("../docs/redaction.md")]
#[doc = include_str!("../docs/testing.md")]
#[doc = include_str!("../docs/wire.md")]
mod readme {}

/// Runs the examples in the chapter that needs several features.
#[cfg(all(
    doctest,
    feature = "derive",
    feature = "reqwest-0_13",
    feature = "rmcp-3",
    feature = "rusqlite",
    feature = "testing"
))]
#[doc = include_str!("../docs/errors-of-other-crates.md")]
mod errors_of_other_crates {}
