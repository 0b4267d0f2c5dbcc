use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::tool::ToolRouter;

/// The registry as an MCP server. It keeps no state between requests.
#[derive(Debug)]
pub(crate) struct RegistryServer {
    pub(super) tools: ToolRouter<Self>,
    pub(super) prompts: PromptRouter<Self>,
}
