//! Acme's billing as an MCP server that answers every failure with a code of its own registry, or of `mcp-error-codes`.
//!
//! - `registry/acme.toml` has the codes, and what Acme adds to one of the library; `registry.lock` holds what is published.
//! - `books.rs` reads the invoices. It makes its errors with the constructors, and from any other error with `ResultExt`.
//! - `provider.rs` moves the money. It has an error type of its own, whose variants are given their codes by a derive.
//! - `server.rs` has the tools, which are little more than their arguments.

mod books;
mod provider;
mod server;

pub use books::{Books, Invoice};
pub use provider::{PaymentError, Provider, Sandbox};
pub use server::Billing;

// `Code`, `REGISTRY`, `code!`, and the constants and constructors of the module `acme`.
mcp_error_codes::include_registry!();
