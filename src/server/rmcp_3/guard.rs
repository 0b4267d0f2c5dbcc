use std::borrow::Cow;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ::rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ErrorCode, PaginatedRequestParams, ProtocolVersion,
    RequestId,
};
use ::rmcp::service::RequestContext;
use ::rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::Value;

use super::refusal::{with_code, with_code_of_tool};
use super::watch::{Watched, keep, watch};
use super::{error_data, number, record_object, tool_result};
use crate::wire::{Decoder, META_KEY};
use crate::{McpError, Surface, hyper_bun};

/// How many tools `availableTools` names.
const MOST_TOOLS: usize = 50;

/// How many pages of a server's list of tools are read, should it have no end.
const MOST_PAGES: usize = 100;

/// A server whose failures are all answered, with errors of this crate: `Guarded::new(server).serve(transport)`.
///
/// It is a [`ServerHandler`] itself, so whatever serves one serves it guarded: any transport, and the SDK's
/// `StreamableHttpService`.
///
/// - A tool that panics is answered with `NX-MCP-001` and a fresh error id, where the SDK would never answer. So is any other
///   request. The panic's text is internal. What a program that aborts on panic does cannot be changed.
/// - Arguments that the SDK's own `Parameters` refuses are answered with `VAL-001`, `VAL-002` or `VAL-003` too, without the
///   value that its text repeats. Which place of the arguments it is only ours can tell.
/// - An unknown or disabled tool is answered with `NX-MCP-010`; the details name the tools there are, at most 50.
/// - An error whose surface is the tool result arrives as one, also from [`Parameters`](super::Parameters), and from a handler
///   that returns `Result<_, ErrorData>` and used `?`.
/// - An error that goes out as a JSON-RPC error has the number of its code in the protocol version of the client.
///
/// A request's errors are seen where they become the SDK's types, so that has to happen in the handler's own task. It
/// does, unless the handler converts one in another task or thread: then the record's default surface counts, and
/// [`on_error`](Self::on_error) sees what the client sees, also of an error that the log has already.
#[derive(Clone)]
pub struct Guarded<H> {
    pub(super) server: H,
    unknown_tool_number: i32,
    unknown_tool_surface: Surface,
    on_error: Option<Arc<OnError>>,
}

type OnError = dyn Fn(&mut McpError) + Send + Sync;

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

    /// Sets what is told of every error of this crate that a request is answered with, for the log: the error has all that is
    /// internal. An answer that was made elsewhere, and has the record object, is told as far as that goes; one without is not.
    ///
    /// Of the request it has, as internal context, `mcp.method.name`, `gen_ai.tool.name` and `jsonrpc.request.id`, which are
    /// OpenTelemetry's names. Where it goes out as a JSON-RPC error, it has the number under `rpc.response.status_code`, and
    /// its surface is the protocol.
    ///
    /// A failure that a handler recovered from is not told. A function that panics does not keep the answer back, and what it
    /// changes of the error does not change the answer.
    #[must_use]
    pub fn on_error(mut self, tell: impl Fn(&mut McpError) + Send + Sync + 'static) -> Self {
        self.on_error = Some(Arc::new(tell));
        self
    }

    /// Tells of an error that a request is answered with, and of the number that it has as a JSON-RPC error.
    fn tell(&self, call: &Call, mut error: McpError, number: Option<ErrorCode>) {
        if let Some(tell) = &self.on_error {
            error = call.add_context(error, number);
            let _ = catch_unwind(AssertUnwindSafe(|| tell(&mut error)));
        }
        // A guard around this one finds it, with the marks of a log that has it already.
        keep(error);
    }

    /// Runs a request that is no tool call. Its failure is answered with a JSON-RPC error.
    pub(super) async fn guard<T>(
        &self,
        call: Call,
        request: impl Future<Output = Result<T, ErrorData>>,
    ) -> Result<T, ErrorData> {
        let Watched { outcome, kept } = watch(async { with_code(request.await) }).await;
        let (error, data) = match outcome {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(data)) => match call.own_error(data, kept) {
                Ok(own) => own,
                Err(foreign) => return Err(foreign),
            },
            Err(panic) => call.panic_error(panic),
        };
        self.tell(&call, error, Some(data.code));
        Err(data)
    }

    /// Runs a tool call. Its failure is answered on the surface of the error.
    pub(super) async fn guard_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let (tool, asked_in) = (request.name.clone(), context.clone());
        let call = Call { tool: Some(tool.clone()), ..Call::new("tools/call", &context) };
        let Watched { outcome, kept } =
            watch(async { with_code_of_tool(self.server.call_tool(request, context).await) }).await;
        let (error, data) = match outcome {
            Ok(Ok(answer)) => {
                if let CallToolResponse::Complete(result) = &answer
                    && let Some(error) = record_of(result).and_then(|object| own_error(object, kept))
                {
                    self.tell(&call, error.with_surface(Surface::Tool), None);
                }
                return Ok(answer);
            }
            Ok(Err(data)) => match call.own_error(data, kept) {
                Ok(own) => own,
                Err(foreign) => match self.unknown_tool(&tool, &asked_in, &foreign).await {
                    Some(unknown) => unknown,
                    None => return Err(foreign),
                },
            },
            Err(panic) => call.panic_error(panic),
        };
        if error.surface() != Surface::Tool {
            self.tell(&call, error, Some(data.code));
            return Err(data);
        }
        let result = tool_result(&error);
        self.tell(&call, error, None);
        Ok(result.into())
    }

    /// Makes the error of an unknown tool, if that is what the SDK's bare -32602 means here.
    async fn unknown_tool(
        &self,
        tool: &str,
        context: &RequestContext<RoleServer>,
        data: &ErrorData,
    ) -> Option<(McpError, ErrorData)> {
        let may_be = data.code == ErrorCode::INVALID_PARAMS && data.data.is_none();
        if !may_be || self.server.get_tool(tool).is_some() {
            return None;
        }
        let mut names = self.tool_names(context).await?;
        if names.iter().any(|name| name == tool) {
            return None;
        }
        names.truncate(MOST_TOOLS);
        let error = hyper_bun::tool_not_found()
            .with_detail("requestedTool", tool)
            .with_detail("availableTools", names)
            .with_surface(self.unknown_tool_surface);
        let data = error_data(&error, ErrorCode(self.unknown_tool_number));
        Some((error, data))
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
pub(super) struct Call {
    method: String,
    tool: Option<Cow<'static, str>>,
    id: RequestId,
    version: Option<ProtocolVersion>,
}

impl Call {
    pub(super) fn new(method: &str, context: &RequestContext<RoleServer>) -> Self {
        Self { method: method.to_owned(), tool: None, id: context.id.clone(), version: context.protocol_version() }
    }

    /// Adds what is known of the request to an error that answers it, and the number that goes out.
    fn add_context(&self, mut error: McpError, number: Option<ErrorCode>) -> McpError {
        error = error.with_internal("mcp.method.name", &self.method);
        if let Some(tool) = &self.tool {
            error = error.with_internal("gen_ai.tool.name", tool);
        }
        error = error.with_internal("jsonrpc.request.id", self.id.to_string());
        match number {
            Some(ErrorCode(number)) => {
                error.with_surface(Surface::Protocol).with_internal("rpc.response.status_code", number.to_string())
            }
            None => error,
        }
    }

    /// Finds the error of this crate that a request failed with, and numbers it for the client; else the same data.
    fn own_error(&self, mut data: ErrorData, kept: Vec<McpError>) -> Result<(McpError, ErrorData), ErrorData> {
        let Some(error) = data.data.as_ref().and_then(|object| own_error(object, kept)) else {
            return Err(data);
        };
        if data.code == number(error.json_rpc_number()) {
            data.code = self.number_of(&error);
        }
        Ok((error, data))
    }

    fn panic_error(&self, mut error: McpError) -> (McpError, ErrorData) {
        if let Some(tool) = &self.tool {
            error = error.with_detail("toolName", tool);
        }
        let data = error_data(&error, self.number_of(&error));
        (error, data)
    }

    /// Returns the JSON-RPC number of an error in the protocol version of the client.
    fn number_of(&self, error: &McpError) -> ErrorCode {
        let version = self.version.as_ref().and_then(|version| crate::ProtocolVersion::from_word(version.as_str()));
        number(version.map_or_else(|| error.json_rpc_number(), |version| error.json_rpc_number_in(version)))
    }
}

/// Finds the error that an answer has the record object of: one that was kept, if it is that one, else what the object says.
fn own_error(object: &Value, kept: Vec<McpError>) -> Option<McpError> {
    let is_it = |error: &McpError| record_object(error).as_ref() == Some(object);
    if let Some(error) = kept.into_iter().rev().find(is_it) {
        return Some(error);
    }
    // The object says nothing of a surface, so the record's default stands.
    let error = Decoder::new().decode_value(object.clone()).ok()?;
    let record = error.record();
    let names_it = *object.get("system")? == record.system.name && *object.get("code")? == record.code;
    names_it.then_some(error)
}

/// Returns the record object of a failure.
fn record_of(result: &CallToolResult) -> Option<&Value> {
    result.meta.as_ref().filter(|_| result.is_error == Some(true))?.0.get(META_KEY)
}
