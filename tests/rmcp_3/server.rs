//! A server that fails in every way.

use mcp_error_codes::rmcp_3::{Guarded, Parameters};
use mcp_error_codes::{McpError, Surface, filesystem, hyper_bun, super_mcp};
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::tool::{ToolCallContext, ToolRouter};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientRequest, GetPromptResult, ListToolsRequest,
    ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig,
};
use rmcp::schemars::{self, JsonSchema};
use rmcp::service::RequestContext;
use rmcp::{
    ErrorData, Json, RoleServer, ServerHandler, Service, prompt, prompt_handler, prompt_router, tool, tool_handler,
    tool_router,
};
use serde_json::{Value, json};

#[derive(serde::Deserialize, JsonSchema)]
struct PathArguments {
    path: String,
}

#[derive(serde::Serialize, JsonSchema)]
struct Sum {
    sum: i64,
}

fn missing(path: &str) -> McpError {
    filesystem::file_not_found(path).with_internal("place", "/the/secret/place")
}

async fn fails(path: &str) -> Result<String, McpError> {
    tokio::task::yield_now().await;
    Err(missing(path))
}

/// Returns an error of another crate.
pub(crate) fn foreign(data: Value) -> ErrorData {
    ErrorData::internal_error("plain", Some(data))
}

pub(crate) struct Server {
    pub(crate) tools: ToolRouter<Self>,
    pub(crate) prompts: PromptRouter<Self>,
}

#[tool_router]
impl Server {
    pub(crate) fn new() -> Self {
        Self { tools: Self::tool_router(), prompts: Self::prompt_router() }
    }

    #[tool]
    fn at_once(&self, Parameters(wanted): Parameters<PathArguments>) -> Result<String, McpError> {
        Err(missing(&wanted.path))
    }

    #[tool]
    async fn later(&self, Parameters(wanted): Parameters<PathArguments>) -> Result<String, McpError> {
        fails(&wanted.path).await
    }

    #[tool]
    async fn with_output_schema(&self, Parameters(wanted): Parameters<PathArguments>) -> Result<Json<Sum>, McpError> {
        fails(&wanted.path).await?;
        Ok(Json(Sum { sum: 0 }))
    }

    #[tool]
    async fn recovers(&self) -> Result<String, McpError> {
        // The failure is converted, but the call succeeds.
        let recovered = fails("recovered").await.map_err(ErrorData::from);
        Ok(recovered.unwrap_or_else(|_| "well".to_owned()))
    }

    #[tool]
    async fn on_the_protocol_surface(&self) -> Result<String, McpError> {
        Err(missing("p").with_surface(Surface::Protocol))
    }

    #[tool]
    async fn into_error_data(&self) -> Result<CallToolResult, ErrorData> {
        fails("q").await?;
        Ok(CallToolResult::success(Vec::new()))
    }

    #[tool]
    async fn in_another_thread(&self) -> Result<CallToolResult, ErrorData> {
        let converted = std::thread::spawn(|| ErrorData::from(missing("t"))).join();
        Err(converted.unwrap_or_else(|_| ErrorData::internal_error("the thread panicked", None)))
    }

    #[tool]
    async fn converts_early(&self, context: RequestContext<RoleServer>) -> Result<CallToolResult, ErrorData> {
        let data = ErrorData::from(missing("e"));
        tokio::task::yield_now().await;
        // Another guard handles another call in between.
        let listing = ClientRequest::ListToolsRequest(ListToolsRequest::default());
        let _ = Guarded::new(ByHand::new()).handle_request(listing, context).await;
        Err(data)
    }

    #[tool]
    async fn returns_the_first_of_two(&self) -> Result<CallToolResult, ErrorData> {
        let first = ErrorData::from(missing("1"));
        let _second = ErrorData::from(missing("2"));
        Err(first)
    }

    #[tool]
    async fn made_by_hand(&self) -> CallToolResult {
        mcp_error_codes::rmcp_3::tool_result(&hyper_bun::server_unavailable().with_internal("pool", "empty"))
    }

    #[tool]
    async fn of_another_crate(&self) -> Result<CallToolResult, ErrorData> {
        Err(foreign(json!({"error": {"code": 1, "message": "upstream"}})))
    }

    #[tool]
    async fn of_another_registry(&self) -> Result<CallToolResult, ErrorData> {
        Err(foreign(json!({"system": "other", "code": "X-1", "message": "upstream"})))
    }

    #[tool]
    async fn blocked(&self) -> Result<String, McpError> {
        Err(McpError::new(super_mcp::TOOL_BLOCKED).with_surface(Surface::Protocol))
    }

    #[tool]
    fn panics_at_once(&self) -> String {
        panic!("the secret text")
    }

    #[tool]
    async fn panics_later(&self) -> Result<String, McpError> {
        let _ = fails("before the panic").await;
        panic!("the secret {}", "text")
    }

    #[tool]
    async fn never_answers(&self) -> String {
        std::future::pending().await
    }
}

#[prompt_router]
impl Server {
    #[prompt]
    async fn greet(&self, Parameters(wanted): Parameters<PathArguments>) -> Result<GetPromptResult, ErrorData> {
        fails(&wanted.path).await?;
        Ok(GetPromptResult::new(Vec::new()))
    }
}

#[tool_handler(router = self.tools)]
#[prompt_handler(router = self.prompts)]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_prompts().enable_resources();
        ServerConfig::new(capabilities.build())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        if request.uri == "test:panic" {
            panic!("the secret text");
        }
        Err(hyper_bun::resource_not_found().with_detail("resourceUri", request.uri))?
    }
}

/// A server with many tools that implements `call_tool` by hand.
pub(crate) struct ByHand(ToolRouter<Self>);

#[tool_router]
impl ByHand {
    pub(crate) fn new() -> Self {
        Self(Self::tool_router())
    }

    #[tool]
    fn panics(&self) -> String {
        panic!("the secret text")
    }

    #[tool]
    fn read(&self, Parameters(wanted): Parameters<PathArguments>) -> String {
        wanted.path
    }
}

impl ServerHandler for ByHand {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.0.call(ToolCallContext::new(self, request, context)).await
    }

    async fn list_tools(
        &self,
        page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        // Each of three pages has 40 tools, and there is always a next page.
        let page: usize = page.and_then(|page| page.cursor).and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        let mut list = ListToolsResult::with_all_items(Vec::new());
        let tool = self.0.list_all().remove(0);
        for at in 0..40 {
            let mut tool = tool.clone();
            tool.name = format!("tool-{page}-{at}").into();
            list.tools.push(tool);
        }
        list.next_cursor = Some((page + 1).to_string());
        Ok(list)
    }
}
