//! An error: one occurrence of a code.

pub(crate) mod details;
mod error_id;
mod mcp_error;
pub(crate) mod received;
mod recorded;
pub(crate) mod retry_after;
mod show;
pub(crate) mod wording;

pub use mcp_error::McpError;
pub(crate) use received::Received;
pub use recorded::Recorded;
