//! The server that stands between: it offers what the upstream offers, and passes the upstream's errors on.

use std::time::Duration;

use mcp_error_codes::{Code, Decoder, McpError, RecordObject, super_mcp};
use rmcp::handler::server::tool::IntoCallToolResult;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, Peer, RoleClient, RoleServer, ServerHandler, ServiceError};
use serde::Serialize;

/// A gateway to one upstream server.
///
/// What of an upstream's error reaches the client: the code, the number, the message and, of a code that is known here, the
/// details. What a tool wrote for the model is its message. Everything else that was received is for the log.
#[derive(Debug)]
pub struct Gateway {
    package: String,
    upstream: Peer<RoleClient>,
    system: Option<String>,
    timeout: Duration,
}

impl Gateway {
    /// Makes the gateway to an upstream, which the client knows as a package of this name. `timeout` is the longest wait for
    /// an answer.
    pub fn new(package: impl Into<String>, upstream: Peer<RoleClient>, timeout: Duration) -> Self {
        Self { package: package.into(), upstream, system: None, timeout }
    }

    /// Sets the system of the upstream: its bare numbers then mean the codes of that system.
    pub fn system(mut self, system: Option<String>) -> Self {
        self.system = system;
        self
    }

    /// Waits for the answer of the upstream: a success, or an error of its own.
    ///
    /// Whatever keeps it from answering is the other error, `PACKAGE_UNAVAILABLE`; why is for the log.
    async fn ask<T>(
        &self,
        request: impl Future<Output = Result<T, ServiceError>>,
    ) -> Result<Result<T, McpError>, McpError> {
        let answer = tokio::time::timeout(self.timeout, request).await;
        match answer.unwrap_or(Err(ServiceError::Timeout { timeout: self.timeout })) {
            Ok(answer) => Ok(Ok(answer)),
            Err(ServiceError::McpError(data)) => {
                let (number, message) = (data.code.0.into(), data.message.as_ref());
                let original = self.decoder().decode_json_rpc(number, message, data.data.clone());
                Ok(Err(passed_on(&original, data)))
            }
            Err(reason) => Err(unavailable(&self.package).with_source(reason)),
        }
    }

    /// Reads the error of a tool result; none of a success.
    fn tool_error(&self, result: &CallToolResult) -> Option<McpError> {
        if result.is_error == Some(false) {
            return None;
        }
        let original = self.decoder().decode_value(serde_json::to_value(result).ok()?).ok()?;
        Some(passed_on(&original, result))
    }

    /// Tells whether the upstream has a tool. While it cannot say so, it has.
    async fn offers(&self, tool: &str) -> bool {
        match self.ask(self.upstream.list_all_tools()).await {
            Ok(Ok(tools)) => tools.iter().any(|own| own.name == tool),
            _ => true,
        }
    }

    /// Makes the gateway's own error of the failure of an upstream's tool, with the original inside.
    fn downstream_error(&self, original: McpError) -> McpError {
        let title = super_mcp::DOWNSTREAM_ERROR.record().title;
        let error = super_mcp::downstream_error()
            .with_message(format!("{title}: {}: {original}", self.package))
            .with_detail("package_id", &self.package)
            .with_detail("code", original.code_text());
        let error = match original.retry_after() {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        };
        error.with_failure(original)
    }

    fn decoder(&self) -> Decoder<'_> {
        self.system.as_deref().map_or(Decoder::new(), |system| Decoder::new().system(system))
    }
}

/// The error of a package that does not answer. The id ties what the client sees to the log.
pub fn unavailable(package: &str) -> McpError {
    let title = super_mcp::PACKAGE_UNAVAILABLE.record().title;
    super_mcp::package_unavailable()
        .with_message(format!("{title}: {package}"))
        .with_detail("package_id", package)
        .with_fresh_error_id()
}

/// Makes of an error that was received the one that is sent on, and keeps all that was received for the log.
fn passed_on(original: &McpError, received: impl Serialize) -> McpError {
    let mut object = serde_json::to_value(RecordObject::new(original)).unwrap_or_default();
    object.as_object_mut().and_then(|members| members.remove("details"));
    let mut error = Decoder::new().decode_json_rpc(original.json_rpc_number(), original.message(), Some(object));
    // Of a code that is not known here, nobody can tell what its details may show. Of any other they are judged anew:
    // secrets are redacted by their names, and stack traces are dropped.
    if original.code::<Code>().is_some() {
        for (name, value) in original.details() {
            error = error.with_detail(name.to_owned(), value);
        }
    }
    error.with_internal("received", received)
}

impl ServerHandler for Gateway {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
            .with_server_info(Implementation::new("gateway", env!("CARGO_PKG_VERSION")))
    }

    async fn list_tools(
        &self,
        page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(self.ask(self.upstream.list_tools(page)).await??)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tool = request.name.clone();
        let original = match self.ask(self.upstream.call_tool_once(request)).await {
            Ok(Ok(CallToolResponse::Complete(result))) => match self.tool_error(&result) {
                Some(original) => original,
                None => return Ok(result.into()),
            },
            Ok(Ok(response)) => return Ok(response),
            // The guard knows what to say of an unknown tool.
            Ok(Err(_)) if !self.offers(&tool).await => return Err(ErrorData::invalid_params("unknown tool", None)),
            Ok(Err(original)) => original,
            Err(unavailable) => return unavailable.into_call_tool_result(),
        };
        self.downstream_error(original).into_call_tool_result()
    }

    async fn list_resources(
        &self,
        page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(self.ask(self.upstream.list_resources(page)).await??)
    }

    /// Passes the upstream's error on as it is. `Guarded` gives it the number of the client's protocol version.
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        Ok(self.ask(self.upstream.read_resource_once(request)).await??)
    }
}
