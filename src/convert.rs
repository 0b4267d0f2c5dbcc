//! Conversions of the errors people already have into an `McpError`, one file per source.

#[cfg(feature = "derive")]
pub(crate) mod derive;
mod into_mcp_error;
mod io;
mod json;
#[cfg(feature = "jsonschema-0_60")]
mod jsonschema;
mod panic;
mod result_ext;
mod text;
#[cfg(feature = "tokio-1")]
mod tokio;
mod upstream;

pub use into_mcp_error::IntoMcpError;
pub use result_ext::ResultExt;
