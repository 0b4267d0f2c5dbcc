//! The methods of `ResultExt` need its name.

use mcp_error_codes::{McpError, filesystem};

fn read() -> Result<String, McpError> {
    std::fs::read_to_string("a.txt").or_code(filesystem::FILE_NOT_FOUND)
}

fn main() {}
