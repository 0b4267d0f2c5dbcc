//! A server that offers the tools and resources of an upstream server, and passes its errors on.

use std::time::Duration;

use mcp_error_codes::rmcp_3::decode_service_error;
use mcp_error_codes::wire::{Decoder, RecordObject};
use mcp_error_codes::{Code, McpError, mcp, super_mcp};
use rmcp::handler::server::tool::IntoCallToolResult;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, Peer, RoleClient, RoleServer, ServerHandler, ServiceError};
use serde::Serialize;
use serde_json::json;

/// The system of an unknown code.
const UNKNOWN: &str = "unknown";

/// A gateway to one upstream server.
///
/// The client receives the code, the number and the message of the upstream's error, and the details if the code is
/// known here. If a tool answered with text for the model, that text is the message. Everything else goes to the log.
#[derive(Debug)]
pub struct Gateway {
    package: String,
    upstream: Peer<RoleClient>,
    system: Option<String>,
    timeout: Duration,
}

impl Gateway {
    /// Creates the gateway to an upstream that the client knows as a package with this name. `timeout` is the maximum
    /// wait for an answer.
    pub fn new(package: impl Into<String>, upstream: Peer<RoleClient>, timeout: Duration) -> Self {
        Self { package: package.into(), upstream, system: None, timeout }
    }

    /// Sets the system of the upstream. Numbers without a record object then mean the codes of that system.
    pub fn system(mut self, system: Option<String>) -> Self {
        self.system = system;
        self
    }

    /// Waits for the answer of the upstream: a success, or an error of the upstream.
    ///
    /// If there is no answer, the outer error is `PACKAGE_UNAVAILABLE`, and the log contains the reason.
    async fn ask<T>(
        &self,
        request: impl Future<Output = Result<T, ServiceError>>,
    ) -> Result<Result<T, McpError>, McpError> {
        let answer = tokio::time::timeout(self.timeout, request).await;
        match answer.unwrap_or(Err(ServiceError::Timeout { timeout: self.timeout })) {
            Ok(answer) => Ok(Ok(answer)),
            Err(ServiceError::McpError(data)) => Ok(Err(passed_on(&self.refusal(&data), data))),
            // The failure is on this side: the log receives its code, and the client learns that the package does not
            // answer.
            Err(reason) => Err(match decode_service_error(&reason) {
                Some(local) => unavailable(&self.package).with_source(local),
                None => unavailable(&self.package).with_source(reason),
            }),
        }
    }

    /// Returns the error on the protocol surface. A bare number means a code of the specification or of the upstream's
    /// system. If it only resembles the code of another system, the number stays, because that system may not be the
    /// upstream's.
    fn refusal(&self, data: &ErrorData) -> McpError {
        let (number, message) = (i64::from(data.code.0), data.message.as_ref());
        let error = self.decoder().decode_json_rpc(number, message, data.data.clone());
        let is_text = |name: &str| data.data.as_ref().is_some_and(|data| data[name].is_string());
        let has_record_object = ["system", "code", "message"].into_iter().all(is_text);
        let is_of = |code: Code| {
            let system = code.record().system.name;
            system == mcp::INTERNAL_ERROR.record().system.name || self.system.as_deref() == Some(system)
        };
        if has_record_object || error.code().is_none_or(is_of) {
            return error;
        }
        let object = json!({"system": UNKNOWN, "code": number.to_string(), "message": message});
        Decoder::new().decode_json_rpc(number, message, Some(object))
    }

    /// Returns the error of a tool result, or `None` for a success.
    fn tool_error(&self, result: &CallToolResult) -> Option<McpError> {
        if result.is_error == Some(false) {
            return None;
        }
        let original = self.decoder().decode_value(serde_json::to_value(result).ok()?).ok()?;
        Some(passed_on(&original, result))
    }

    /// Returns whether the upstream has a tool. If it cannot list its tools, this returns `true`.
    async fn offers(&self, tool: &str) -> bool {
        match self.ask(self.upstream.list_all_tools()).await {
            Ok(Ok(tools)) => tools.iter().any(|own| own.name == tool),
            _ => true,
        }
    }

    /// Returns the gateway's own error for a failed tool of the upstream, with the original inside.
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
        self.system.as_deref().map_or(Decoder::new(), |system| Decoder::new().in_system(system))
    }
}

/// Returns the error of a package that does not answer. Its id links what the client receives to the log.
pub fn unavailable(package: &str) -> McpError {
    let title = super_mcp::PACKAGE_UNAVAILABLE.record().title;
    super_mcp::package_unavailable()
        .with_message(format!("{title}: {package}"))
        .with_detail("package_id", package)
        .with_fresh_error_id()
}

/// Converts a received error to the one that is sent on, and keeps everything that was received for the log.
fn passed_on(original: &McpError, received: impl Serialize) -> McpError {
    let mut object = serde_json::to_value(RecordObject::new(original)).unwrap_or_default();
    object.as_object_mut().and_then(|members| members.remove("details"));
    let mut error = Decoder::new().decode_json_rpc(original.json_rpc_number(), original.message(), Some(object));
    // The details of an unknown code may contain anything, so they are not sent on. Details of a known code are
    // redacted again by name, and stack traces are dropped.
    if original.code().is_some() {
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
            // The guard answers calls to unknown tools.
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

    /// Passes the upstream's error on unchanged. `Guarded` sets the number of the client's protocol version.
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        Ok(self.ask(self.upstream.read_resource_once(request)).await??)
    }
}
