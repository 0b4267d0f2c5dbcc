use std::io::Write;

use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::Guarded;
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::tool::ToolRouter;
use rmcp::model::{
    CompleteRequestParams, CompleteResult, Implementation, ListResourceTemplatesResult, ListResourcesResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, prompt_handler, tool_handler};

use super::{completion, resources};

/// The registry as an MCP server. It keeps nothing between requests.
#[derive(Debug)]
pub(crate) struct RegistryServer {
    tools: ToolRouter<Self>,
    prompts: PromptRouter<Self>,
}

/// Makes the server that a client is given. What goes wrong in it goes to standard error.
pub(crate) fn guarded() -> Guarded<RegistryServer> {
    let server = RegistryServer { tools: RegistryServer::tools(), prompts: RegistryServer::prompts() };
    Guarded::new(server).on_error(|error| log(error))
}

/// Where standard error is closed, nobody reads the log.
fn log(error: &McpError) {
    let _ = writeln!(std::io::stderr(), "{error:?}");
}

const INSTRUCTIONS: &str = "\
This server knows the error codes of MCP servers: what each means, why it happens, and what to do next.

When a call of any tool fails, pass what you got to `decode_error` if it is a whole response, or to `explain_error` if it is a \
code, a number, a name or a message. Then follow `hint`, which is for you; `resolution` is for the operator, so tell the user of \
it where you cannot do it yourself. Retry only as `retry` says.

A bare number can belong to several systems. Tell `decode_error` which system sent it, or ask `explain_error` for one claim by \
its full name, such as `super-mcp:-32602`.

To find a code in words, use `search_errors`; to see all codes of a system, `list_errors`. The whole manual page of a code is \
the resource `mcp-errors://{system}/{code}`.";

#[tool_handler(router = self.tools)]
#[prompt_handler(router = self.prompts)]
impl ServerHandler for RegistryServer {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .enable_completions()
            .build();
        let server = Implementation::new("mcp-errors", env!("CARGO_PKG_VERSION"))
            .with_title("MCP error codes")
            .with_description("What every MCP error code means, why it happens, and what to do next");
        ServerConfig::new(capabilities).with_server_info(server).with_instructions(INSTRUCTIONS)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        Ok(resources::list(cursor.as_deref())?)
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        Ok(resources::read(&request.uri)?.into())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        Ok(completion::complete(&request)?)
    }
}
