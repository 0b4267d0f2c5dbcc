use std::io::Write;

use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::Guarded;
use rmcp::model::{
    CompleteRequestParams, CompleteResult, Implementation, ListResourceTemplatesResult, ListResourcesResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, prompt_handler, tool_handler};

use super::registry_server::RegistryServer;
use super::{completion, resources};

/// Returns a server for one client. Its errors are logged to standard error.
pub(crate) fn guarded() -> Guarded<RegistryServer> {
    let server = RegistryServer { tools: RegistryServer::tools(), prompts: RegistryServer::prompts() };
    Guarded::new(server).on_error(|error| log(error))
}

/// Does nothing if standard error is closed.
fn log(error: &McpError) {
    let _ = writeln!(std::io::stderr(), "{error:?}");
}

const INSTRUCTIONS: &str = "\
This server knows the error codes of MCP servers: what each code means, why it happens and what to do next.

When a tool call fails, pass a complete response to `decode_error`, or a code, a number, a name or a message to `explain_error`. \
Then follow `hint`, which is for you. `resolution` is for the operator: tell the user about the steps that you cannot take \
yourself. Retry only as `retry` says.

Several systems may use the same number. Tell `decode_error` which system sent the error, or ask `explain_error` for a full name \
such as `super-mcp:-32602`.

Use `search_errors` to find a code by words and `list_errors` to see all codes of a system. The complete manual page of a code \
is the resource `mcp-errors://{system}/{code}`.";

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
            .with_description("What each MCP error code means, why it happens and what to do next");
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
