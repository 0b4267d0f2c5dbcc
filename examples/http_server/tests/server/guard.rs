//! A guarded server in the SDK's HTTP service, in this process.

// Some of the requests are deprecated in the SDK.
#![allow(deprecated)]

use std::error::Error;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use mcp_error_codes::rmcp_3::Guarded;
use mcp_error_codes::wire::META_KEY;
use rmcp::model::*;
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::{Value, json};

use crate::server::{Checked, message};

/// A server that panics at every request.
struct Clumsy;

macro_rules! panics {
    ($($method:ident($($params:ty)?) -> $answer:ty;)+) => {$(
        async fn $method(&self, $(_: $params,)? _: RequestContext<RoleServer>) -> Result<$answer, ErrorData> {
            panic!("the secret text")
        }
    )+};
}

impl ServerHandler for Clumsy {
    panics! {
        ping() -> ();
        initialize(InitializeRequestParams) -> InitializeResult;
        discover() -> DiscoverResult;
        complete(CompleteRequestParams) -> CompleteResult;
        set_level(SetLevelRequestParams) -> ();
        get_prompt(GetPromptRequestParams) -> GetPromptResponse;
        list_prompts(Option<PaginatedRequestParams>) -> ListPromptsResult;
        list_resources(Option<PaginatedRequestParams>) -> ListResourcesResult;
        list_resource_templates(Option<PaginatedRequestParams>) -> ListResourceTemplatesResult;
        read_resource(ReadResourceRequestParams) -> ReadResourceResponse;
        read_resource_directory(ReadResourceDirectoryRequestParams) -> ReadResourceDirectoryResult;
        subscribe(SubscribeRequestParams) -> ();
        unsubscribe(UnsubscribeRequestParams) -> ();
        call_tool(CallToolRequestParams) -> CallToolResponse;
        list_tools(Option<PaginatedRequestParams>) -> ListToolsResult;
        get_task(GetTaskParams) -> GetTaskResult;
        update_task(UpdateTaskParams) -> ();
        cancel_task(CancelTaskParams) -> ();
        list_skills(Option<PaginatedRequestParams>) -> ListSkillsResult;
        get_skill(GetSkillRequestParams) -> GetSkillResult;
        on_custom_request(CustomRequest) -> CustomResult;
    }

    async fn listen(&self, _: SubscriptionContext) -> Result<(), ErrorData> {
        panic!("the secret text")
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_tool_list_changed().enable_resources();
        ServerConfig::new(capabilities.enable_skills_with_directory_read().enable_tasks().build())
    }
}

#[tokio::test]
async fn every_request_comes_to_the_server_and_its_panic_is_answered() -> Checked {
    let tasks =
        json!({"io.modelcontextprotocol/clientCapabilities": {"extensions": {"io.modelcontextprotocol/tasks": {}}}});
    let modern = [
        ("server/discover", json!({})),
        (
            "completion/complete",
            json!({"ref": {"type": "ref/prompt", "name": "p"}, "argument": {"name": "a", "value": "v"}}),
        ),
        ("prompts/get", json!({"name": "p"})),
        ("prompts/list", json!({})),
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("resources/read", json!({"uri": "note:///a"})),
        ("resources/directory/read", json!({"uri": "skill://a"})),
        ("tools/call", json!({"name": "t"})),
        ("tools/list", json!({})),
        ("tasks/get", json!({"taskId": "t", "_meta": tasks})),
        ("tasks/update", json!({"taskId": "t", "inputResponses": {}, "_meta": tasks})),
        ("tasks/cancel", json!({"taskId": "t", "_meta": tasks})),
        ("skills/list", json!({})),
        ("skills/get", json!({"uri": "skill://a/SKILL.md"})),
        ("subscriptions/listen", json!({"notifications": {"toolsListChanged": true}})),
        ("custom/request", json!({})),
    ];
    for (method, params) in modern {
        check(method, &answer(method, &message(method, params, "2026-07-28"), "2026-07-28").await?)?;
    }
    let client =
        json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "c", "version": "1"}});
    let legacy = [
        ("initialize", client),
        ("ping", json!({})),
        ("logging/setLevel", json!({"level": "error"})),
        ("resources/subscribe", json!({"uri": "note:///a"})),
        ("resources/unsubscribe", json!({"uri": "note:///a"})),
    ];
    for (method, params) in legacy {
        let body = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params});
        check(method, &answer(method, &body.to_string(), "2025-11-25").await?)?;
    }
    Ok(())
}

fn check(method: &str, answer: &Value) -> Checked {
    let (object, details) = match method {
        "tools/call" => (&answer["result"]["_meta"][META_KEY], json!({"errorType": "panic", "toolName": "t"})),
        _ => (&answer["error"]["data"], json!({"errorType": "panic"})),
    };
    assert_eq!(object["code"], "NX-MCP-001", "{method}: {answer}");
    assert_eq!(object["details"], details, "{method}");
    assert!(object["error_id"].is_string(), "{method}");
    Ok(())
}

/// Returns the last message with which a new server answers.
async fn answer(method: &str, body: &str, version: &str) -> Result<Value, Box<dyn Error>> {
    let config = StreamableHttpServerConfig::default().with_legacy_session_mode(false);
    let service =
        StreamableHttpService::new(|| Ok(Guarded::new(Clumsy)), Arc::new(NeverSessionManager::default()), config);
    let params = &serde_json::from_str::<Value>(body)?["params"];
    let name = ["name", "uri", "taskId"].iter().find_map(|name| params[name].as_str()).unwrap_or_default();
    let request = Request::post("/")
        .header("Host", "localhost")
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", version)
        .header("Mcp-Method", method)
        .header("Mcp-Name", name)
        .body(Body::from(body.to_owned()))?;
    let response = service.handle(request).await;
    let body = to_bytes(Body::new(response.into_body()), 1 << 16).await?;
    let body = str::from_utf8(&body)?;
    assert!(!body.contains("secret"), "{body}");
    let last = body.lines().filter_map(|line| line.strip_prefix("data: ")).next_back();
    Ok(serde_json::from_str(last.unwrap_or(body)).map_err(|_| body)?)
}
