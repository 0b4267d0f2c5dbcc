//! Errors of tool arguments that do not match their type: the location and the reason. Independent of any SDK.
//!
//! [`parse`] parses arguments into a type and returns an error that names the location. Use it in a handler that receives raw
//! JSON; the extractor `rmcp_3::Parameters` calls it for you. [`from_serde_text`] is for a framework that only passes on the
//! text of serde's error.

mod misfit;
mod mismatch;
mod node;
mod parse;
mod serde_text;

#[cfg(feature = "jsonschema-0_60")]
pub(crate) use misfit::{Misfit, Step, choice, choice_of_names, place};
pub use parse::parse;
pub use serde_text::from_serde_text;
