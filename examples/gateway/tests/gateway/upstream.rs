//! The server behind the gateway. It reveals more than it should.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use mcp_error_codes::{McpError, Surface, filesystem, hyper_bun};
use rmcp::handler::server::tool::IntoCallToolResult;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorCode, ListResourcesResult,
    ListToolsResult, MetaObject, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, Resource, ResourceContents, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// A string that must not reach the gateway's client.
pub(crate) const INTERNAL: &str = "at Pool.query (db.js:41)";

pub(crate) const TOOLS: [&str; 8] = [
    "succeeds",
    "fails",
    "fails_on_the_protocol_surface",
    "refuses_the_arguments",
    "fails_in_words",
    "fails_with_a_number",
    "fails_with_a_body",
    "never_answers",
];

pub(crate) struct Upstream {
    /// Notified when a call arrives that is never answered.
    pub(crate) asked: Arc<Notify>,
}

/// An error of this registry, from a server that adds stack traces.
fn missing() -> McpError {
    filesystem::file_not_found("a.txt")
        .with_trusted_detail("stackTrace", INTERNAL)
        .with_retry_after(Duration::from_secs(3))
        .with_error_id("id-of-the-upstream")
}

/// An error of a server that does not know this crate.
fn foreign(number: i32, message: impl Into<Cow<'static, str>>) -> ErrorData {
    ErrorData::new(ErrorCode(number), message, Some(json!({"stack": INTERNAL, "sql": INTERNAL, "body": [INTERNAL]})))
}

impl ServerHandler for Upstream {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools =
            TOOLS.map(|name| Tool::new(name, "", serde_json::Map::from_iter([("type".into(), "object".into())])));
        Ok(ListToolsResult::with_all_items(tools.into()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        match request.name.as_ref() {
            "succeeds" => {
                let mut result = CallToolResult::structured(json!({"sum": 3, "arguments": request.arguments}));
                result.meta = Some(meta("example.org/trace", json!("kept")));
                Ok(result.into())
            }
            "fails" => missing().into_call_tool_result(),
            "fails_on_the_protocol_surface" => missing().with_surface(Surface::Protocol).into_call_tool_result(),
            "refuses_the_arguments" => Err(foreign(-32_602, "path is missing")),
            "fails_in_words" => {
                let mut result = CallToolResult::error(vec![ContentBlock::text("the printer is out of paper")]);
                result.structured_content = Some(json!({"stack": INTERNAL}));
                result.meta = Some(meta("example.org/debug", json!(INTERNAL)));
                Ok(result.into())
            }
            "fails_with_a_number" => Err(foreign(1234, "out of paper")),
            "fails_with_a_body" => {
                let details = json!({"stack": INTERNAL, "sql": INTERNAL});
                let body = json!({"error": {"code": "PAPER_OUT", "message": "out of paper", "details": details}});
                Ok(CallToolResult::error(vec![ContentBlock::text(body.to_string())]).into())
            }
            "never_answers" => {
                self.asked.notify_one();
                std::future::pending().await
            }
            _ => Err(foreign(-32_601, "no such tool")),
        }
    }

    async fn list_resources(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(vec![Resource::new("test:there", "there")]))
    }

    /// Reads `test:there`. A URI such as `test:-32002:message` returns an error with that number and message.
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        match request.uri.strip_prefix("test:") {
            Some("there") => Ok(ReadResourceResult::new(vec![ResourceContents::text("here", request.uri)]).into()),
            Some("gone") => Err(hyper_bun::resource_not_found().with_detail("resourceUri", request.uri))?,
            Some(error) => {
                let (number, message) = error.split_once(':').unwrap_or_default();
                Err(foreign(number.parse().unwrap_or_default(), message.to_owned()))
            }
            None => std::future::pending().await,
        }
    }
}

fn meta(name: &str, value: Value) -> MetaObject {
    MetaObject(serde_json::Map::from_iter([(name.to_owned(), value)]))
}
