//! The server of the README: one tool whose errors reach the model.

use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::{Guarded, Parameters};
use rmcp::schemars::{self, JsonSchema};
use rmcp::{ServiceExt, tool, tool_router, transport};

#[derive(serde::Deserialize, JsonSchema)]
struct ReadArguments {
    path: String,
}

struct Notes;

#[tool_router(server_handler)]
impl Notes {
    #[tool(description = "Read a note")]
    fn read_note(&self, Parameters(arguments): Parameters<ReadArguments>) -> Result<String, McpError> {
        let path = arguments.path;
        std::fs::read_to_string(&path).map_err(|error| McpError::from(error).with_detail("path", path))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Guarded::new(Notes).on_error(|error| eprintln!("{error:?}"));
    server.serve(transport::stdio()).await?.waiting().await?;
    Ok(())
}
