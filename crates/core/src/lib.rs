//! What the registry of MCP error codes says about a code: the record, its parts, and the closed vocabularies they use.
//!
//! The generator (`mcp-error-codes-build`) reads these records from `registry/*.toml` and writes them as Rust source; the
//! library (`mcp-error-codes`) contains them as `'static` data and re-exports every type of this crate. Both share one
//! definition of a record's fields, of its JSON names and of its manual page. Use it through the library.
//!
//! ```
//! use mcp_error_codes_core::Severity;
//!
//! assert_eq!(Severity::Fatal.as_str(), "FATAL");
//! assert_eq!("FATAL".parse(), Ok(Severity::Fatal));
//! assert!("fatal".parse::<Severity>().is_err());
//! assert!(Severity::Info < Severity::Fatal);
//! ```
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod alert;
mod bare_json;
#[doc(hidden)]
pub mod brief;
mod explain;
mod fields;
#[doc(hidden)]
pub mod index;
#[cfg(feature = "serde")]
mod json;
#[doc(hidden)]
pub mod json_string;
mod json_text;
mod kind;
pub mod names;
mod number;
mod one_line;
pub mod page;
mod record;
#[doc(hidden)]
pub mod record_object;
mod reference;
mod retry;
pub mod schema;
#[cfg(feature = "std")]
#[doc(hidden)]
pub mod secret_name;
mod spelling;
mod system;
mod target;
#[doc(hidden)]
pub mod template;
mod types;
mod vocabulary;
mod wait;
mod word;

#[doc(hidden)]
pub use bare_json::bare_json;
pub use explain::Explain;
#[doc(hidden)]
pub use json_text::JsonText;
pub use kind::Kind;
pub use number::NumberRange;
pub use one_line::{OneLine, is_unseen};
#[doc(hidden)]
pub use page::__Escaped;
#[doc(hidden)]
pub use record::is_word as __is_word;
pub use record::{CodeText, FullName};
#[doc(hidden)]
pub use reference::__Reference;
pub use retry::Delays;
#[doc(hidden)]
pub use schema::Nil;
#[doc(hidden)]
pub use spelling::{__plain_spelling, __spelling};
pub use target::Target;
#[doc(hidden)]
pub use types::RecordBuilder;
pub use types::{
    Alert, Claim, Command, Example, Family, JsonRpcNumber, Param, Record, Related, ReservedRange, Retry, Scenario,
    Section, Signature, System,
};
pub use vocabulary::{
    Backoff, Category, Certainty, ExampleType, Fact, ParamType, ProtocolVersion, RetryClass, Severity, Surface,
};
#[doc(hidden)]
pub use wait::{__ProtocolMessage, __Wait};
pub use word::UnknownWord;
