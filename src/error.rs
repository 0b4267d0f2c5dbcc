//! One occurrence of a code: what it holds, what turns into it, and what is kept out of it.

mod convert;
pub(crate) mod details;
mod error_id;
mod io;
mod json;
mod marks;
mod mcp_error;
#[cfg(any(feature = "jsonschema", feature = "rmcp"))]
pub(crate) mod misfit;
mod panic;
pub(crate) mod redact;
mod result_ext;
mod retry;
mod text;
mod upstream;
pub(crate) mod wording;

pub use convert::IntoMcpError;
pub use mcp_error::McpError;
pub(crate) use mcp_error::Received;
pub use result_ext::ResultExt;
