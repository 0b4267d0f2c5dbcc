//! A server can import everything from this crate together with everything from the official SDK.

use mcp_error_codes::rmcp_3::{Parameters, tool_result};
use mcp_error_codes::*;
use rmcp::schemars::JsonSchema;
use rmcp::*;

#[derive(serde::Deserialize, JsonSchema)]
struct ReadArguments {
    path: String,
}

struct Server;

#[tool_router(server_handler)]
impl Server {
    #[tool(description = "Read a text file")]
    fn read(&self, Parameters(arguments): Parameters<ReadArguments>) -> Result<String, McpError> {
        std::fs::read_to_string(arguments.path).map_err(McpError::from)
    }
}

#[test]
fn a_server_with_both_imports_compiles_and_fails_with_a_code() {
    let arguments = ReadArguments { path: "no such file".to_owned() };
    let failed = Server.read(Parameters(arguments)).expect_err("there is no such file");
    assert_eq!(failed.code(), Some(filesystem::FILE_NOT_FOUND));
    assert_eq!(tool_result(&failed).is_error, Some(true));
    let data: ErrorData = failed.into();
    assert_eq!(data.code, model::ErrorCode(33_001));
}
