use mcp_error_codes::{McpError, ResultExt};

fn main() {
    let _ = McpError::new("FS-001");
    let _ = McpError::new(String::from("FS-001"));
    let _ = McpError::new(33_001);
    let _ = None::<()>.or_code("FS-001");
    let _ = McpError::new("FS-001").is("FS-001");
}
