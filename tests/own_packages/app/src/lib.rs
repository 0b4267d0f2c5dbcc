//! A registry that refers to that of another crate.

mcp_error_codes::include_registry!();
