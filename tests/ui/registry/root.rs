//! A registry at the root of its crate, next to this library's.

include!("registry.rs");

use mcp_error_codes::{IntoMcpError, McpError, filesystem};

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[mcp(registry = crate)]
enum LendingError {
    #[error("not there: {reader_name}")]
    #[mcp(code = "LIB-1")]
    Lent { reader_name: String },
    #[error("lost")]
    #[mcp(code = library::BOOK_LENT)]
    Lost,
    #[error("no such file")]
    #[mcp(code = filesystem::FILE_NOT_FOUND)]
    Missing,
}

fn main() {
    let error = McpError::from(LendingError::Lent { reader_name: "anna".to_owned() });
    assert_eq!(error.to_string(), "LIB-1: The book is with anna");
    assert!(error.is(library::BOOK_LENT));
    assert_eq!(error.detail("readerName"), Some(&"anna".into()));
    assert!(McpError::from(LendingError::Lost).is(library::BOOK_LENT));
    assert!(McpError::from(LendingError::Missing).is(filesystem::FILE_NOT_FOUND));
}
