//! An author's registry that is re-exported by a module with another name.

include!("registry.rs");

mod codes {
    pub(crate) use crate::code;
}

mod errors {
    #[derive(Debug, thiserror::Error, mcp_error_codes::IntoMcpError)]
    #[error("not there")]
    #[mcp(code = "library:LIB-1", registry = crate::codes)]
    pub(crate) struct Lent(#[mcp(name = "readerName")] pub(crate) u8);
}

fn main() {
    let error = mcp_error_codes::McpError::from(errors::Lent(7));
    assert_eq!(error.to_string(), "LIB-1: The book is with 7");
}
