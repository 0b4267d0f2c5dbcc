//! A client that is connected to a server in the same process.

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::{Guarded, decode_call, decode_service_error};
use rmcp::model::{CallToolRequestParams, CallToolResult, JsonObject};
use rmcp::service::RunningService;
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient, RoleServer, Service, ServiceError, ServiceExt};
use serde_json::{Value, json};

use crate::server::Server;

pub(crate) type Checked = Result<(), Box<dyn Error>>;
pub(crate) type Client = RunningService<RoleClient, ()>;
pub(crate) type Told = Arc<Mutex<Vec<McpError>>>;

pub(crate) const LONGEST: Duration = Duration::from_secs(60);

pub(crate) async fn connect(
    server: impl Service<RoleServer>,
    lifecycle: ClientLifecycleMode,
) -> Result<Client, Box<dyn Error>> {
    let (server_end, client_end) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        if let Ok(running) = server.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    Ok(().serve_with_lifecycle(client_end, lifecycle).await?)
}

pub(crate) async fn connect_guarded() -> Result<(Client, Told), Box<dyn Error>> {
    let told = Told::default();
    let log = Arc::clone(&told);
    let server = Guarded::new(Server::new()).on_error(move |error| seen(&log).push(error.clone()));
    Ok((connect(server, ClientLifecycleMode::Initialize).await?, told))
}

pub(crate) fn seen(told: &Told) -> MutexGuard<'_, Vec<McpError>> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn object(value: Value) -> JsonObject {
    value.as_object().cloned().unwrap_or_default()
}

pub(crate) async fn call(
    client: &Client,
    tool: &'static str,
    arguments: Value,
) -> Result<CallToolResult, ServiceError> {
    let request = CallToolRequestParams::new(tool).with_arguments(object(arguments));
    let outcome = tokio::time::timeout(LONGEST, client.call_tool(request)).await.expect("the server answers");
    let text = format!("{outcome:?}");
    assert!(!text.contains("secret"), "{text}");
    outcome
}

pub(crate) async fn tool_error(
    client: &Client,
    tool: &'static str,
    arguments: Value,
) -> Result<McpError, Box<dyn Error>> {
    let outcome = call(client, tool, arguments).await;
    let error = decode_call(&outcome).ok_or("no failure")?;
    let result = serde_json::to_value(outcome?)?;
    assert_eq!(result["isError"], true);
    assert_eq!(result["content"], json!([{"type": "text", "text": error.tool_text()}]));
    assert_eq!(result.get("structuredContent"), None);
    Ok(error)
}

pub(crate) async fn protocol_error(
    client: &Client,
    tool: &'static str,
    arguments: Value,
) -> Result<(i32, McpError), Box<dyn Error>> {
    let refusal = call(client, tool, arguments).await.err().ok_or("no JSON-RPC error")?;
    let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
    match refusal {
        ServiceError::McpError(data) => Ok((data.code.0, error)),
        other => Err(other.into()),
    }
}
