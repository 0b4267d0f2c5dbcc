use std::fmt;

use mcp_error_codes::IntoMcpError;

struct Handle;

#[derive(IntoMcpError)]
enum Failure {
    #[mcp(code = "NX-MCP-030")]
    Wait {
        #[mcp(retry_after)]
        seconds: u64,
    },
    #[mcp(code = "FS-001")]
    Detail { path: String, handle: Handle },
    #[mcp(code = "FS-001")]
    Display(#[mcp(name = "handle", display)] Option<Handle>),
}

impl fmt::Display for Failure {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

#[derive(IntoMcpError)]
#[mcp(code = "FS-001")]
struct NoText;

fn main() {}
