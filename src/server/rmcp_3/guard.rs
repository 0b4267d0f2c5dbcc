use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use ::rmcp::model::{CallToolRequestParams, CallToolResponse, ErrorCode, PaginatedRequestParams};
use ::rmcp::service::RequestContext;
use ::rmcp::{RoleServer, ServerHandler};

use super::call::Call;
use super::rules::Rules;
use super::watch::{Answer, boxed};
use crate::{McpError, Surface, hyper_bun};

/// The maximum number of pages of the server's tool list that are read, because a list may be endless.
const MAX_PAGES: usize = 100;

/// A server that answers every failure with an error of this crate: `Guarded::new(server).serve(transport)`.
///
/// It is a [`ServerHandler`] itself, so it can be served wherever the server can: over any transport, and by the SDK's
/// `StreamableHttpService`.
///
/// - A panic in a tool, or in any other request, is answered with `NX-MCP-001` and a new error id. Without the guard,
///   the SDK never answers such a request. The text of the panic is internal. A program that aborts on panic still
///   aborts.
/// - Arguments that the SDK's own `Parameters` rejects are also answered with `VAL-001`, `VAL-002` or `VAL-003`,
///   without the value that the SDK's text repeats. Only our [`Parameters`](super::Parameters) reports the location in the
///   arguments.
/// - An unknown or disabled tool is answered with `NX-MCP-010`. The message names the tool and at most 10 of the
///   server's tools, and the details list at most 50.
/// - An error with the tool surface arrives as a tool result, even if it comes from [`Parameters`](super::Parameters) or from a
///   handler that returns `Result<_, ErrorData>` and uses `?`.
/// - An error that is sent as a JSON-RPC error has the number of its code in the client's protocol version.
///
/// The guard sees an error when it is converted to an SDK type, so the conversion must happen in the handler's own
/// task. If a handler converts an error in another task or thread, the record's default surface applies, and
/// [`on_error`](Self::on_error) receives only what the client receives, even if the log already has the error.
#[derive(Clone)]
pub struct Guarded<H> {
    pub(super) server: H,
    rules: Rules,
}

impl<H: ServerHandler> Guarded<H> {
    /// Wraps a server.
    #[must_use]
    pub fn new(server: H) -> Self {
        let rules = Rules {
            unknown_tool_number: ErrorCode::INVALID_PARAMS.0,
            unknown_tool_surface: hyper_bun::TOOL_NOT_FOUND.__brief().surface,
            before_answer: None,
            on_error: None,
        };
        Self { server, rules }
    }

    /// Returns the guarded server.
    #[must_use]
    pub const fn server(&self) -> &H {
        &self.server
    }

    /// Sets the JSON-RPC number for an unknown tool.
    ///
    /// The default is -32602, which MCP requires and clients look for. The record object contains the code, whose own
    /// number is 41010.
    #[must_use]
    pub const fn unknown_tool_number(mut self, number: i32) -> Self {
        self.rules.unknown_tool_number = number;
        self
    }

    /// Sets the surface for an unknown tool. The default is the protocol surface. On the tool surface, the model sees
    /// the error and its hint to list the tools.
    #[must_use]
    pub const fn unknown_tool_surface(mut self, surface: Surface) -> Self {
        self.rules.unknown_tool_surface = surface;
        self
    }

    /// Sets the function that may change an error of this crate before it answers a request: to add an id to every
    /// error, to set a team's hint, or to use another code.
    ///
    /// The error has the context of the request, as in [`on_error`](Self::on_error), which receives the changed error.
    /// If the function panics, the error stays unchanged. A tool result that a handler built itself is replaced with
    /// that of the changed error.
    ///
    /// ```
    /// use mcp_error_codes::rmcp_3::{Guarded, decode_call};
    /// use mcp_error_codes::{McpError, filesystem};
    /// use rmcp::model::CallToolRequestParams;
    /// use rmcp::{ServiceExt, tool, tool_router};
    ///
    /// struct Server;
    ///
    /// #[tool_router(server_handler)]
    /// impl Server {
    ///     #[tool(description = "Save the notes")]
    ///     fn save(&self) -> Result<String, McpError> {
    ///         Err(filesystem::disk_full())
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (server_end, client_end) = tokio::io::duplex(4096);
    /// let server = Guarded::new(Server).before_answer(McpError::with_fresh_error_id);
    /// let server = tokio::spawn(server.serve(server_end));
    /// let client = ().serve(client_end).await?;
    /// let _running = server.await??;
    ///
    /// let outcome = client.call_tool(CallToolRequestParams::new("save")).await;
    /// let error = decode_call(&outcome).ok_or("a failure")?;
    /// assert!(error.is(filesystem::DISK_FULL));
    /// assert!(error.error_id().is_some());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn before_answer(mut self, change: impl Fn(McpError) -> McpError + Send + Sync + 'static) -> Self {
        self.rules.before_answer = Some(Arc::new(change));
        self
    }

    /// Sets the function that is called with every error of this crate that answers a request, for logs and metrics.
    ///
    /// The error includes everything internal. If the answer contains a record object from elsewhere, the error
    /// contains only what that object does. An answer without a record object is not reported, and neither is an error
    /// that a handler recovered from.
    ///
    /// The request is added as internal context, under the names in [`observe::names`](crate::observe::names): the method, the tool
    /// and the request id. If the error is sent as a JSON-RPC error, its number is added as well, and its surface is the protocol.
    ///
    /// The answer stays the same if the function panics or changes the error.
    #[must_use]
    pub fn on_error(mut self, report: impl Fn(&mut McpError) + Send + Sync + 'static) -> Self {
        self.rules.on_error = Some(Arc::new(report));
        self
    }

    /// Runs a request that is not a tool call. A failure is answered with a JSON-RPC error.
    pub(super) fn guard<'a, T: 'a>(&'a self, call: Call, request: Answer<'a, T>) -> Answer<'a, T> {
        self.rules.guard(call, request)
    }

    /// Runs a tool call. A failure is answered on the surface of the error.
    pub(super) fn guard_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Answer<'_, CallToolResponse> {
        let call = Call::of_tool(request.name.clone(), &context);
        let list_context = context.clone();
        let answer = boxed(async { self.server.call_tool(request, context).await });
        let tool = call.tool.clone();
        let others = boxed(async move { Ok(self.tools_without(tool.as_deref(), &list_context).await) });
        self.rules.guard_tool(call, answer, others)
    }

    /// Returns the names of all tools, or `None` if this tool is one of them or the server cannot list its tools.
    async fn tools_without(
        &self,
        tool: Option<&str>,
        context: &RequestContext<RoleServer>,
    ) -> Option<Vec<Cow<'static, str>>> {
        let tool = tool?;
        if self.server.get_tool(tool).is_some() {
            return None;
        }
        let mut names = Vec::new();
        let mut page = None;
        for _ in 0..MAX_PAGES {
            let listed = self.server.list_tools(page, context.clone()).await.ok()?;
            names.extend(listed.tools.into_iter().map(|tool| tool.name));
            let Some(cursor) = listed.next_cursor else { break };
            page = Some(PaginatedRequestParams::default().with_cursor(Some(cursor)));
        }
        (!names.iter().any(|name| name == tool)).then_some(names)
    }
}

impl<H: fmt::Debug> fmt::Debug for Guarded<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded")
            .field("server", &self.server)
            .field("unknown_tool_number", &self.rules.unknown_tool_number)
            .field("unknown_tool_surface", &self.rules.unknown_tool_surface)
            .finish_non_exhaustive()
    }
}
