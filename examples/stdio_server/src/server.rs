//! The tools and resources.
//!
//! The tools are plain functions: the runtime has several threads, and rmcp runs every call in its own task. A server
//! with many clients would move the work to `tokio::task::spawn_blocking`.

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
use serde::Deserialize;
use stdio_server::RateLimit;

use crate::batch::{Completed, Operation};
use crate::options::Options;
use crate::workspace::{Algorithm, Checksum, Found, Listing, Workspace};

#[derive(Debug)]
pub(crate) struct WorkspaceServer {
    workspace: Workspace,
    rate: RateLimit,
    tools: ToolRouter<Self>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct ListArguments {
    /// The directory, relative to the workspace.
    #[serde(default = "here")]
    path: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct ReadArguments {
    /// The file, relative to the workspace.
    path: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct WriteArguments {
    /// The file, relative to the workspace.
    path: String,
    content: String,
    /// Whether an existing file may be replaced.
    #[serde(default)]
    overwrite: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct SearchArguments {
    /// The pattern for the names of the files, with `*` and `?`.
    pattern: String,
    /// The directory to start in, relative to the workspace.
    #[serde(default = "here")]
    path: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct ChecksumArguments {
    /// The file, relative to the workspace.
    path: String,
    #[serde(default)]
    algorithm: Algorithm,
    /// The checksum that the file should have, in hexadecimal digits.
    expected: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct BatchArguments {
    operations: Vec<Operation>,
    /// Whether to undo all operations if one fails.
    #[serde(default)]
    atomic: bool,
}

fn here() -> String {
    ".".to_owned()
}

#[tool_router]
impl WorkspaceServer {
    pub(crate) fn new(options: Options) -> Result<Self, McpError> {
        let mut tools = Self::tool_router();
        if !options.with_panicking_tool {
            tools.disable_route("panic");
        }
        let rate = RateLimit::new(options.max_operations_per_minute);
        Ok(Self { workspace: Workspace::new(&options)?, rate, tools })
    }

    #[tool(description = "List a directory")]
    fn list_directory(&self, Parameters(wanted): Parameters<ListArguments>) -> Result<Json<Listing>, McpError> {
        self.rate.count()?;
        self.workspace.list(&wanted.path).map(Json)
    }

    #[tool(description = "Read a text file")]
    fn read_file(&self, Parameters(wanted): Parameters<ReadArguments>) -> Result<String, McpError> {
        self.rate.count()?;
        self.workspace.read(&wanted.path)
    }

    #[tool(description = "Write a text file")]
    fn write_file(&self, Parameters(wanted): Parameters<WriteArguments>) -> Result<String, McpError> {
        self.rate.count()?;
        self.workspace.write(&wanted.path, &wanted.content, wanted.overwrite)
    }

    #[tool(description = "Find files by their names")]
    fn search_files(&self, Parameters(wanted): Parameters<SearchArguments>) -> Result<Json<Found>, McpError> {
        self.rate.count()?;
        self.workspace.search(&wanted.path, &wanted.pattern).map(Json)
    }

    #[tool(description = "Compute the checksum of a file, and compare it if one is expected")]
    fn checksum(&self, Parameters(wanted): Parameters<ChecksumArguments>) -> Result<Json<Checksum>, McpError> {
        self.rate.count()?;
        self.workspace.checksum(&wanted.path, wanted.algorithm, wanted.expected.as_deref()).map(Json)
    }

    #[tool(description = "Copy, move and delete several files")]
    fn batch_operations(&self, Parameters(wanted): Parameters<BatchArguments>) -> Result<Json<Completed>, McpError> {
        self.rate.count()?;
        self.workspace.batch(&wanted.operations, wanted.atomic).map(Json)
    }

    #[tool(description = "Panic")]
    fn panic(&self) -> String {
        panic!("a mistake in {}", self.workspace.policy.root().display())
    }
}

#[tool_handler(router = self.tools)]
impl ServerHandler for WorkspaceServer {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
            .with_server_info(Implementation::new("stdio_server", env!("CARGO_PKG_VERSION")))
    }

    /// Every text file is a resource: `file:///` and its path, relative to the workspace.
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.rate.count()?;
        let uri = request.uri;
        let not_found = || hyper_bun::resource_not_found().with_detail("resourceUri", &uri);
        let path = uri.strip_prefix("file:///").or_error(not_found)?;
        // The client does not learn why a resource is missing, but the log does.
        let text = self.workspace.read(path).or_error(not_found)?;
        Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri)]).into())
    }
}
