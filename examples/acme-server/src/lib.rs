//! Acme's billing as an MCP server that answers every failure with a code of its own registry, or of `mcp-error-codes`.
//!
//! - `registry/acme.toml` contains the codes, and what Acme adds to a code of the library. `registry.lock` lists the
//!   published codes.
//! - `books.rs` reads the invoices. It creates errors with the constructors, and from other errors with `ResultExt`.
//! - `provider.rs` is the payment provider. Its own error type derives the codes of its variants.
//! - `server.rs` contains the tools, which are little more than their arguments.

mod books;
mod provider;
mod server;

pub use books::{Books, Invoice};
pub use provider::{PaymentError, Provider, Sandbox};
pub use server::Billing;

// `Code`, `REGISTRY`, `code!`, and the constants and constructors of the module `acme`.
mcp_error_codes::include_registry!();
