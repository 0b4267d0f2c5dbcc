//! The tools and resources.

use std::sync::Arc;

use mcp_error_codes::rmcp_3::Parameters;
use mcp_error_codes::{McpError, ResultExt, hyper_bun};
use rmcp::handler::server::tool::ToolRouter;
use rmcp::model::{
    Implementation, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, ResourceContents,
    ServerCapabilities, ServerConfig,
};
use rmcp::schemars::{self, JsonSchema};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, Json, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use serde::{Deserialize, Serialize};

use crate::notes::Notes;

#[derive(Debug)]
pub(crate) struct NotesServer {
    notes: Arc<Notes>,
    tools: ToolRouter<Self>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct ReadArguments {
    name: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct WriteArguments {
    name: String,
    text: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Found {
    name: String,
    bytes: usize,
}

#[tool_router]
impl NotesServer {
    pub(crate) fn new(notes: Arc<Notes>) -> Self {
        Self { notes, tools: Self::tool_router() }
    }

    #[tool(description = "Read a note")]
    fn read_note(&self, Parameters(wanted): Parameters<ReadArguments>) -> Result<String, McpError> {
        self.notes.read(&wanted.name)
    }

    #[tool(description = "Write a note, and replace an existing one")]
    fn write_note(&self, Parameters(wanted): Parameters<WriteArguments>) -> Result<String, McpError> {
        self.notes.write(&wanted.name, wanted.text)?;
        Ok(format!("wrote {}", wanted.name))
    }

    #[tool(description = "Measure a note")]
    fn measure_note(&self, Parameters(wanted): Parameters<ReadArguments>) -> Result<Json<Found>, McpError> {
        let bytes = self.notes.read(&wanted.name)?.len();
        Ok(Json(Found { name: wanted.name, bytes }))
    }
}

#[tool_handler(router = self.tools)]
impl ServerHandler for NotesServer {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
            .with_server_info(Implementation::new("http_server", env!("CARGO_PKG_VERSION")))
    }

    /// Every note is a resource: `note:///` and its name.
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = request.uri;
        let not_found = || hyper_bun::resource_not_found().with_detail("resourceUri", &uri);
        let name = uri.strip_prefix("note:///").or_error(not_found)?;
        let text = self.notes.read(name).or_error(not_found)?;
        Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri)]).into())
    }
}
