use std::borrow::Cow;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ::rmcp::model::{
    CallToolResult, ClientNotification, ClientRequest, ErrorCode, PaginatedRequestParams, ProtocolVersion,
    ServerConfig, ServerResult,
};
use ::rmcp::service::{NotificationContext, RequestContext};
use ::rmcp::{ErrorData, RoleServer, ServerHandler, Service};
use serde_json::Value;

use super::watch::{Watched, watch};
use super::{error_data, number, record_object, tool_result};
use crate::{Decoder, META_KEY, McpError, Surface, hyper_bun};

/// How many tools `availableTools` names.
const MOST_TOOLS: usize = 50;

/// How many pages of a server's list of tools are read, should it have no end.
const MOST_PAGES: usize = 100;

/// A server whose failures are all answered, with errors of this crate: `Guarded::new(server).serve(transport)`.
///
/// - A tool that panics is answered with `NX-MCP-001` and a fresh error id, where the SDK would never answer. So is any other
///   request. The panic's text is internal. What a program that aborts on panic does cannot be changed.
/// - An unknown or disabled tool is answered with `NX-MCP-010`; the details name the tools there are, at most 50.
/// - An error whose surface is the tool result arrives as one, also from [`Parameters`](super::Parameters), and from a handler
///   that returns `Result<_, ErrorData>` and used `?`.
/// - An error that goes out as a JSON-RPC error has the number of its code in the protocol version of the client.
///
/// A request's errors are seen where they become the SDK's types, so that has to happen in the handler's own task. It
/// does, unless the handler converts one in another task or thread: then the record's default surface counts, and
/// [`on_error`](Self::on_error) sees what the client sees.
#[derive(Clone)]
pub struct Guarded<H> {
    server: H,
    unknown_tool_number: i32,
    unknown_tool_surface: Surface,
    on_error: Option<Arc<OnError>>,
}

type OnError = dyn Fn(&McpError) + Send + Sync;

impl<H: ServerHandler> Guarded<H> {
    /// Guards a server.
    #[must_use]
    pub fn new(server: H) -> Self {
        Self {
            server,
            unknown_tool_number: ErrorCode::INVALID_PARAMS.0,
            unknown_tool_surface: hyper_bun::TOOL_NOT_FOUND.record().surface,
            on_error: None,
        }
    }

    /// Returns the server that is guarded.
    #[must_use]
    pub const fn server(&self) -> &H {
        &self.server
    }

    /// Sets the JSON-RPC number that tells of an unknown tool.
    ///
    /// It is -32602 unless set, because MCP wants that number and clients look for it; the record object says which code it
    /// is. The code's own number is 41010.
    #[must_use]
    pub const fn unknown_tool_number(mut self, number: i32) -> Self {
        self.unknown_tool_number = number;
        self
    }

    /// Sets where MCP carries the error of an unknown tool: the protocol surface unless set. On the tool surface the model
    /// sees it, with the hint to list the tools.
    #[must_use]
    pub const fn unknown_tool_surface(mut self, surface: Surface) -> Self {
        self.unknown_tool_surface = surface;
        self
    }

    /// Sets what is told of every error that a request is answered with, for the log: the error has all that is internal.
    ///
    /// A failure that a handler recovered from is not told. A function that panics does not keep the answer back.
    #[must_use]
    pub fn on_error(mut self, tell: impl Fn(&McpError) + Send + Sync + 'static) -> Self {
        self.on_error = Some(Arc::new(tell));
        self
    }

    fn tell(&self, error: &McpError) {
        if let Some(tell) = &self.on_error {
            let _ = catch_unwind(AssertUnwindSafe(|| tell(error)));
        }
    }

    /// Answers with an error: on the tool surface if the request is a tool call and the error belongs there.
    fn answer(&self, call: &Call, error: &McpError, data: ErrorData) -> Result<ServerResult, ErrorData> {
        self.tell(error);
        if call.tool.is_none() || error.surface() != Surface::Tool {
            return Err(data);
        }
        let mut result = tool_result(error);
        // The SDK does so itself, but only for results that it makes: an older client does not know the field.
        if call.version.as_ref().is_none_or(|version| *version < ProtocolVersion::V_2026_07_28) {
            result.result_type = None;
        }
        Ok(ServerResult::CallToolResult(result))
    }

    /// Answers what the server answered with a JSON-RPC error.
    async fn answer_error(
        &self,
        call: &Call,
        mut data: ErrorData,
        kept: Option<McpError>,
    ) -> Result<ServerResult, ErrorData> {
        if let Some(error) = own_error(&data, kept) {
            let sent = number(error.json_rpc_number());
            // The SDK takes every -32002 for its own missing resource, and sends -32602 to newer clients.
            let rewritten = sent == ErrorCode(-32_002) && data.code == ErrorCode::INVALID_PARAMS;
            if data.code == sent || rewritten {
                data.code = call.number_of(&error);
            }
            return self.answer(call, &error, data);
        }
        match self.unknown_tool(call, &data).await {
            Some(error) => {
                let data = error_data(&error, ErrorCode(self.unknown_tool_number));
                self.answer(call, &error, data)
            }
            None => Err(data),
        }
    }

    fn answer_panic(&self, call: &Call, text: String) -> Result<ServerResult, ErrorData> {
        let mut error = hyper_bun::tool_execution_failed()
            .with_fresh_error_id()
            .with_detail("errorType", "panic")
            .with_internal("method", &call.method)
            .with_internal("panic", text);
        if let Some(tool) = &call.tool {
            error = error.with_detail("toolName", &tool.name);
        }
        let data = error_data(&error, call.number_of(&error));
        self.answer(call, &error, data)
    }

    /// Makes the error of an unknown tool, if that is what the SDK's bare -32602 means here.
    async fn unknown_tool(&self, call: &Call, data: &ErrorData) -> Option<McpError> {
        let tool = call.tool.as_ref()?;
        let may_be = data.code == ErrorCode::INVALID_PARAMS && data.data.is_none();
        if !may_be || self.server.get_tool(&tool.name).is_some() {
            return None;
        }
        let mut names = self.tool_names(&tool.context).await?;
        if names.contains(&tool.name) {
            return None;
        }
        names.truncate(MOST_TOOLS);
        let error = hyper_bun::tool_not_found()
            .with_detail("requestedTool", &tool.name)
            .with_detail("availableTools", names)
            .with_surface(self.unknown_tool_surface);
        Some(error)
    }

    /// Returns the names of all tools; none where the server cannot list them.
    async fn tool_names(&self, context: &RequestContext<RoleServer>) -> Option<Vec<Cow<'static, str>>> {
        let mut names = Vec::new();
        let mut page = None;
        for _ in 0..MOST_PAGES {
            let listed = watch(self.server.list_tools(page, context.clone())).await.outcome;
            let listed = listed.ok()?.ok()?;
            names.extend(listed.tools.into_iter().map(|tool| tool.name));
            let Some(cursor) = listed.next_cursor else { break };
            page = Some(PaginatedRequestParams::default().with_cursor(Some(cursor)));
        }
        Some(names)
    }
}

impl<H: ServerHandler> Service<RoleServer> for Guarded<H> {
    async fn handle_request(
        &self,
        request: ClientRequest,
        context: RequestContext<RoleServer>,
    ) -> Result<ServerResult, ErrorData> {
        let call = Call::new(&request, &context);
        let Watched { outcome, kept } = watch(self.server.handle_request(request, context)).await;
        match outcome {
            Ok(Ok(answer)) => {
                if let ServerResult::CallToolResult(result) = &answer
                    && let Some(error) = kept.filter(|error| record_of(result) == record_object(error).as_ref())
                {
                    self.tell(&error);
                }
                Ok(answer)
            }
            Ok(Err(data)) => self.answer_error(&call, data, kept).await,
            Err(text) => self.answer_panic(&call, text),
        }
    }

    async fn handle_notification(
        &self,
        notification: ClientNotification,
        context: NotificationContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        // Nobody waits for an answer to a notification, so there is nothing to guard.
        self.server.handle_notification(notification, context).await
    }

    fn get_info(&self) -> ServerConfig {
        ServerHandler::get_info(&self.server)
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        ServerHandler::supported_protocol_versions(&self.server)
    }
}

impl<H: fmt::Debug> fmt::Debug for Guarded<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded")
            .field("server", &self.server)
            .field("unknown_tool_number", &self.unknown_tool_number)
            .field("unknown_tool_surface", &self.unknown_tool_surface)
            .finish_non_exhaustive()
    }
}

/// What is still needed of a request when its answer is there.
struct Call {
    method: String,
    tool: Option<CalledTool>,
    version: Option<ProtocolVersion>,
}

struct CalledTool {
    name: Cow<'static, str>,
    context: RequestContext<RoleServer>,
}

impl Call {
    fn new(request: &ClientRequest, context: &RequestContext<RoleServer>) -> Self {
        let tool = match request {
            ClientRequest::CallToolRequest(call) => {
                Some(CalledTool { name: call.params.name.clone(), context: context.clone() })
            }
            _ => None,
        };
        Self { method: request.method().to_owned(), tool, version: context.protocol_version() }
    }

    /// Returns the JSON-RPC number of an error in the protocol version of the client.
    fn number_of(&self, error: &McpError) -> ErrorCode {
        let version = self.version.as_ref().and_then(|version| crate::ProtocolVersion::from_word(version.as_str()));
        number(version.map_or_else(|| error.json_rpc_number(), |version| error.json_rpc_number_in(version)))
    }
}

/// Finds the error that became a JSON-RPC error: the one that was kept, if it is that one, else what the record object says.
fn own_error(data: &ErrorData, kept: Option<McpError>) -> Option<McpError> {
    let object = data.data.as_ref()?;
    if let Some(error) = kept.filter(|error| record_object(error).as_ref() == Some(object)) {
        return Some(error);
    }
    // The object says nothing of a surface, so the record's default stands.
    let error = Decoder::new().decode_value(object.clone()).ok()?;
    let record = error.record();
    let names_it = *object.get("system")? == record.system.name && *object.get("code")? == record.code;
    names_it.then_some(error)
}

fn record_of(result: &CallToolResult) -> Option<&Value> {
    result.meta.as_ref()?.0.get(META_KEY)
}
