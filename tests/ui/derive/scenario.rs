//! A scenario belongs to a code.

use mcp_error_codes::IntoMcpError;

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error(transparent)]
#[mcp(transparent, scenario = "GONE")]
struct Inner(#[from] std::io::Error);

fn main() {}
