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
//! listed in `registry/README.md` of the library.
//!
//! The registry is also checked against the library's own and against the MCP specification: its codes, aliases and numbers must be
//! new, or shared on purpose with `shares_with`. It may link to the library's codes: `filesystem:FS-001`. The generator contains
//! the library's keys, so it reads no other file.
//!
//! A registry may also extend codes of the library with aliases, a hint, steps and links.
//!
//! A published code never changes. [`check_lock`], called in a test, compares the registry with `registry.lock`.
//!
//! The generator works in three steps: read (files to records with the lines of their fields), check (one file for each check),
//! and emit (a valid registry to source text). The same input always gives the same bytes.

mod check;
mod emit;
mod generator;
mod json;
mod library;
#[cfg(test)]
mod library_is_fresh;
mod load;
mod lock;
mod manifest;
mod name;
mod nearest;
mod order;
mod problem;
mod read;
mod scope;
mod sharing;
mod template;

pub use generator::{Error, Generator};
#[doc(hidden)]
pub use load::{Loaded, LoadedExtension};
pub use lock::Lock;
pub use lock::difference::{ChangeClass, Difference};
pub use lock::entry::LockEntry;
pub use lock::file::{UpdateLock, check_lock};
pub use lock::param::{LockParam, LockScenario};
pub use mcp_error_codes_core::{
    Category, JsonRpcNumber, Kind, ParamType, ProtocolVersion, RetryClass, Severity, Surface,
};
pub use problem::{Problem, Problems};

/// The tables of exact lookup, for the library's benchmark. They may change in any release.
#[doc(hidden)]
pub use emit::index::TextTables as __TextTables;
