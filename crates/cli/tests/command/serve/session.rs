//! A server process over standard input and output, and its client.

use std::error::Error;
use std::process::Stdio;
use std::time::Duration;

use mcp_error_codes::rmcp_3::{decode_call, decode_service_error};
use mcp_error_codes::wire::META_KEY;
use mcp_error_codes::{McpError, RegistryCode};
use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion, Tool};
use rmcp::service::RunningService;
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient, ServiceError};
use serde_json::{Value, json};
use tokio::process::{Child, Command};

pub(crate) type Checked = Result<(), Box<dyn Error>>;

/// The maximum time that a test waits for an answer.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);

/// The lifecycles of clients with and without a handshake, each with its protocol version.
pub(crate) fn lifecycles() -> [(ClientLifecycleMode, &'static str); 2] {
    let modern = ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] };
    [(ClientLifecycleMode::Initialize, "2025-11-25"), (modern, "2026-07-28")]
}

pub(crate) struct Session {
    pub(crate) client: RunningService<RoleClient, ()>,
    tools: Vec<Tool>,
    server: Child,
}

impl Session {
    pub(crate) async fn start() -> Result<Self, Box<dyn Error>> {
        Self::start_as(ClientLifecycleMode::Initialize).await
    }

    pub(crate) async fn start_as(lifecycle: ClientLifecycleMode) -> Result<Self, Box<dyn Error>> {
        let mut server = Command::new(env!("CARGO_BIN_EXE_mcp-errors"))
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let output = server.stdout.take().ok_or("no standard output")?;
        let input = server.stdin.take().ok_or("no standard input")?;
        let client = tokio::time::timeout(LONGEST, ().serve_with_lifecycle((output, input), lifecycle)).await??;
        let tools = client.list_all_tools().await?;
        Ok(Self { client, tools, server })
    }

    pub(crate) fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// Checks that a call succeeds with content that matches the output schema, and returns the content.
    pub(crate) async fn succeeds(&self, tool: &'static str, arguments: Value) -> Result<Value, Box<dyn Error>> {
        let result = self.call(tool, arguments).await?;
        assert_eq!(result.is_error, Some(false), "{result:?}");
        let content = result.structured_content.ok_or("no structured content")?;
        let text = result.content.first().and_then(|content| content.as_text()).ok_or("no text")?;
        assert_eq!(serde_json::from_str::<Value>(&text.text)?, content, "the text is the same content");

        let known = self.tools.iter().find(|known| known.name == tool).ok_or("the tool is not listed")?;
        let schema = known.output_schema.as_deref().ok_or("no output schema")?;
        let schema = jsonschema::validator_for(&Value::Object(schema.clone()))?;
        schema.validate(&content).map_err(|error| error.to_string())?;
        Ok(content)
    }

    /// Checks that a call fails with a tool result that has exactly this line and these details.
    pub(crate) async fn fails(
        &self,
        tool: &'static str,
        arguments: Value,
        code: impl RegistryCode,
        line: &str,
        details: Value,
    ) -> Checked {
        let outcome = self.call(tool, arguments).await;
        let error = decode_call(&outcome).ok_or("the call did not fail")?;
        assert!(error.is(code), "{error:?}");
        let result = serde_json::to_value(outcome?)?;
        let text = result["content"][0]["text"].as_str().ok_or("no text")?;
        assert!(text.starts_with(line) && text.ends_with(&format!("\nHint: {}", code.record().hint)), "{text}");
        assert_eq!(result["content"], json!([{ "type": "text", "text": text }]));
        assert_eq!(result["isError"], true);
        assert_eq!(result.get("structuredContent"), None);
        assert_eq!(result["_meta"][META_KEY]["details"], details);
        Ok(())
    }

    async fn call(&self, tool: &'static str, arguments: Value) -> Result<CallToolResult, ServiceError> {
        let mut request = CallToolRequestParams::new(tool);
        if let Value::Object(arguments) = arguments {
            request = request.with_arguments(arguments);
        }
        tokio::time::timeout(LONGEST, self.client.call_tool(request)).await.expect("the server answers")
    }

    /// Ends the session and checks that the server ends.
    pub(crate) async fn end(mut self) -> Checked {
        self.client.cancel().await?;
        let status = tokio::time::timeout(LONGEST, self.server.wait()).await??;
        assert!(status.success(), "{status}");
        Ok(())
    }
}

/// Returns the number of a JSON-RPC error, and the error.
pub(crate) fn refusal<T>(outcome: Result<T, ServiceError>) -> Result<(i32, McpError), Box<dyn Error>> {
    let refusal = outcome.err().ok_or("the request was not refused")?;
    let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
    match refusal {
        ServiceError::McpError(data) => Ok((data.code.0, error)),
        other => Err(other.into()),
    }
}
