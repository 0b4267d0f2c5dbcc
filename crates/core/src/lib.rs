//! What the registry of MCP error codes says of a code: the record, its parts, and the closed vocabularies they use.
//!
//! The generator (`mcp-error-codes-build`) makes these records from `registry/*.toml` and writes them out as Rust source; the
//! library (`mcp-error-codes`) holds them as `'static` data and re-exports every type here. One definition serves both,
//! so that the shape of a record, its JSON names and its manual page stand in one place. Use it through the library.
//!
//! ```
//! use mcp_error_codes_core::Severity;
//!
//! assert_eq!(Severity::Fatal.as_str(), "FATAL");
//! assert_eq!(Severity::from_word("FATAL"), Some(Severity::Fatal));
//! assert_eq!(Severity::from_word("fatal"), None);
//! assert!(Severity::Info < Severity::Fatal);
//! ```
#![no_std]

mod explain;
#[doc(hidden)]
pub mod index;
#[cfg(feature = "serde")]
mod json;
mod json_text;
mod number;
pub mod page;
mod parts;
mod record;
mod reference;
mod retry;
mod spelling;
mod system;
mod vocabulary;
mod word;

pub use explain::Explain;
#[doc(hidden)]
pub use json_text::JsonText;
pub use number::{JsonRpcNumber, NumberRange};
#[doc(hidden)]
pub use page::__Escaped;
pub use parts::{Command, Example, Param, Related, Scenario, Section, Target};
pub use record::{CodeText, FullName, Record};
#[doc(hidden)]
pub use reference::__Reference;
pub use retry::{Delays, Retry};
#[doc(hidden)]
pub use spelling::__spelling;
pub use system::{Family, ReservedRange, System};
pub use vocabulary::{Backoff, Category, ExampleType, Fact, ParamType, ProtocolVersion, RetryClass, Severity, Surface};
