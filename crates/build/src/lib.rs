//! The generator of `mcp-error-codes`: it reads a registry of error codes, checks it, and writes the Rust source of its
//! tables, constants and constructors.
//!
//! It is a build-dependency, and a dev-dependency for the check of the lock:
//!
//! ```toml
//! [build-dependencies]
//! mcp-error-codes-build = "0.1"
//!
//! [dev-dependencies]
//! mcp-error-codes-build = "0.1"
//! ```
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
//! listed in `registry/README.md` of the library, whose own README leads from an empty folder to an error on the wire.
//!
//! A registry of a user is checked against the library's own, too, and against the specification of MCP: its codes, aliases and
//! numbers are its own, and what it shares on purpose it says in `shares_with`. Its links may lead to the library's codes:
//! `filesystem:FS-001`. The library's keys travel with the generator, so nothing else is read.
//!
//! A registry may also extend codes of the library, with aliases, a hint, steps and links of its own.
//!
//! Published codes stay. [`check_lock`], called in a test, holds the registry to `registry.lock`.
//!
//! The work has three steps that do not mix: read (text to values that know their line), check (values to a registry, or to
//! a list of everything that is wrong with it), emit (a registry to source text). The same input gives the same bytes.

mod builtin;
mod difference;
mod emit;
mod entry;
mod extension;
mod fields;
mod generator;
mod index;
mod json;
mod lock;
mod lock_file;
mod name;
mod problem;
mod read;
mod rules;
mod sharing;
mod spelling;
mod template;

pub use difference::{ChangeClass, Difference};
pub use generator::{Error, Generator};
pub use lock::{Lock, LockEntry};
pub use lock_file::{UpdateLock, check_lock};
pub use mcp_error_codes_core::{JsonRpcNumber, ProtocolVersion, RetryClass, Surface};
pub use problem::{Problem, Problems};

/// The tables of exact lookup, for the library's benchmark. No part of this is a promise.
#[doc(hidden)]
pub use index::TextTables as __TextTables;
