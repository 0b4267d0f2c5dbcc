//! The generator of `mcp-error-codes`: it reads a registry of error codes, checks it, and writes the Rust source of its
//! tables, constants and constructors.
//!
//! A build script calls it in three lines:
//!
//! ```no_run
//! # #[allow(clippy::needless_doctest_main)]
//! fn main() {
//!     mcp_error_codes_build::Generator::new("registry").run();
//! }
//! ```
//!
//! The crate then includes the source with `mcp_error_codes::include_registry!()`. The fields of a registry file are
//! listed in `registry/README.md` of the library.
//!
//! The work has three steps that do not mix: read (text to values that know their line), check (values to a registry, or to
//! a list of everything that is wrong with it), emit (a registry to source text). The same input gives the same bytes.

mod emit;
mod entry;
mod fields;
mod generator;
mod index;
mod json;
mod name;
mod problem;
mod read;
mod rules;
mod template;

pub use generator::{Error, Generator};
pub use problem::{Problem, Problems};

/// The tables of exact lookup, for the library's benchmark. No part of this is a promise.
#[doc(hidden)]
pub use index::TextTables as __TextTables;
