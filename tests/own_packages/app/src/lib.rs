//! A registry that refers to another crate's registry.

mcp_error_codes::include_registry!();
