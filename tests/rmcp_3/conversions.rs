//! `?` in the bodies of real tools, and arguments that the SDK's own extractor rejects, as the client sees them.
#![cfg(feature = "rmcp-3")]

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::{Guarded, decode_call, decode_service_error};
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::handler::server::tool::{ToolRouter, parse_json_object};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ContentBlock, GetPromptRequestParams, GetPromptResult, JsonObject,
    ServerCapabilities, ServerConfig,
};
use rmcp::schemars::{self, JsonSchema};
use rmcp::service::RunningService;
use rmcp::{
    ErrorData, RoleClient, ServerHandler, ServiceError, ServiceExt, prompt, prompt_handler, prompt_router, tool,
    tool_handler, tool_router,
};
use serde::de::Error as _;
use serde_json::{Value, json};

type Checked = Result<(), Box<dyn Error>>;
type Told = Arc<Mutex<Vec<String>>>;

#[derive(serde::Deserialize, JsonSchema)]
struct TextArguments {
    text: String,
}

#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Everything {
    flag: bool,
    small: u8,
    mode: Mode,
    #[serde(default)]
    pair: (u8, u8),
    #[serde(default, deserialize_with = "good")]
    #[schemars(with = "String")]
    checked: (),
}

#[derive(serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Read,
    Write,
}

fn good<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let text: String = serde::Deserialize::deserialize(deserializer)?;
    Err(D::Error::custom(format!("{text} is not good, expected something else")))
}

struct Server {
    tools: ToolRouter<Self>,
    prompts: PromptRouter<Self>,
}

#[tool_router]
impl Server {
    fn new() -> Self {
        Self { tools: Self::tool_router(), prompts: Self::prompt_router() }
    }

    #[tool]
    fn everything(&self, Parameters(wanted): Parameters<Everything>) -> String {
        let mode = match wanted.mode {
            Mode::Read => "read",
            Mode::Write => "write",
        };
        format!("{mode} {} {} {:?} {:?}", wanted.flag, wanted.small, wanted.pair, wanted.checked)
    }

    #[tool]
    fn by_hand(&self, arguments: JsonObject) -> Result<CallToolResult, ErrorData> {
        let wanted: TextArguments = parse_json_object(arguments)?;
        Ok(CallToolResult::success(vec![ContentBlock::text(wanted.text)]))
    }

    #[tool]
    fn says_so_itself(&self) -> CallToolResult {
        let texts = ["failed to deserialize parameters: hunter2", "and more"];
        CallToolResult::error(texts.map(ContentBlock::text).to_vec())
    }

    #[tool]
    fn json(&self, Parameters(wanted): Parameters<TextArguments>) -> Result<String, McpError> {
        let value: Vec<u8> = serde_json::from_str(&wanted.text)?;
        Ok(String::from_utf8(value)?)
    }

    #[tool]
    fn number(&self, Parameters(wanted): Parameters<TextArguments>) -> Result<String, McpError> {
        let number: u64 = wanted.text.parse()?;
        Ok((number + 1).to_string())
    }

    #[tool]
    async fn in_a_task(&self, Parameters(wanted): Parameters<TextArguments>) -> Result<String, McpError> {
        Ok(tokio::spawn(async move { panic!("{}", wanted.text) }).await?)
    }

    #[tool]
    async fn in_no_time(&self) -> Result<String, McpError> {
        Ok(tokio::time::timeout(Duration::ZERO, std::future::pending()).await?)
    }

    #[tool]
    async fn upstream(&self, Parameters(wanted): Parameters<TextArguments>) -> Result<String, McpError> {
        let status = wanted.text.parse()?;
        match McpError::from_upstream_status(status) {
            Some(error) => Err(error.with_internal("body", "hunter2")),
            None => Ok("fine".to_owned()),
        }
    }
}

#[prompt_router]
impl Server {
    #[prompt]
    async fn greet(&self, Parameters(wanted): Parameters<TextArguments>) -> GetPromptResult {
        GetPromptResult::new(Vec::new()).with_description(wanted.text)
    }
}

#[tool_handler(router = self.tools)]
#[prompt_handler(router = self.prompts)]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_prompts().build())
    }
}

async fn connect() -> Result<(RunningService<RoleClient, ()>, Told), Box<dyn Error>> {
    let told = Told::default();
    let log = Arc::clone(&told);
    let server = Guarded::new(Server::new())
        .on_error(move |error| log.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{error:?}")));
    let (server_end, client_end) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        if let Ok(running) = server.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    Ok((().serve(client_end).await?, told))
}

fn object(value: Value) -> JsonObject {
    value.as_object().cloned().unwrap_or_default()
}

/// Calls a tool that fails, and returns what the model and the log receive.
async fn failure(tool: &'static str, arguments: Value) -> Result<(McpError, String), Box<dyn Error>> {
    let (client, told) = connect().await?;
    let outcome = client.call_tool(CallToolRequestParams::new(tool).with_arguments(object(arguments))).await;
    let seen = format!("{outcome:?}");
    assert!(!seen.contains("hunter2") && !seen.contains("86753099"), "{seen}");
    let error = decode_call(&outcome).ok_or("no failure")?;
    assert_eq!(outcome?.is_error, Some(true), "it is a tool result");
    let told = told.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(told.len(), 1);
    Ok((error, told[0].clone()))
}

#[tokio::test]
async fn a_question_mark_in_a_tool_gives_the_code() -> Checked {
    let cases = [
        ("json", "[hunter2", "VAL-003: a value is not valid: not JSON: expected value at line 1 column 2"),
        ("json", r#"["hunter2"]"#, "VAL-003: a value is not valid: JSON of an unexpected type"),
        ("json", "[104, 255]", "COMMON-CORRUPT: not UTF-8"),
        ("number", "hunter2", "VAL-003: a value is not valid: expected an integer"),
        ("in_a_task", "hunter2", "NX-MCP-001: MCP Tool Execution Failed"),
        ("in_no_time", "", "NX-MCP-002: MCP Tool Execution Timeout"),
        (
            "upstream",
            "503",
            "NX-MCP-030: the service behind this tool cannot serve the request at the moment (status 503)",
        ),
    ];
    for (tool, text, expected) in cases {
        let (error, _) = failure(tool, json!({"text": text})).await?;
        assert_eq!(error.to_string(), expected);
    }
    let (_, log) = failure("in_a_task", json!({"text": "hunter2"})).await?;
    assert!(log.contains(r#""panic": "hunter2""#), "{log}");
    let (_, log) = failure("upstream", json!({"text": "404"})).await?;
    assert!(log.contains(r#""body": "hunter2""#), "{log}");
    Ok(())
}

#[tokio::test]
async fn what_the_sdk_s_own_extractor_refuses_has_a_code_and_no_value() -> Checked {
    let fits = json!({"flag": true, "small": 1, "mode": "read"});
    let cases = [
        (json!({"flag": null}), "VAL-002: Invalid parameter type: expected boolean, got null"),
        (json!({"flag": "hunter2, expected u8"}), "VAL-002: Invalid parameter type: expected boolean, got string"),
        (json!({"small": 86_753_099.5}), "VAL-002: Invalid parameter type: expected integer, got number"),
        (json!({"small": ["hunter2"]}), "VAL-002: Invalid parameter type: expected integer, got array"),
        (json!({"small": {"hunter2": 1}}), "VAL-002: Invalid parameter type: expected integer, got object"),
        (json!({"small": true}), "VAL-002: Invalid parameter type: expected integer, got boolean"),
        (json!({"flag": 86_753_099}), "VAL-002: Invalid parameter type: expected boolean, got integer"),
        (json!({"small": 86_753_099}), "VAL-003: Invalid parameter value: expected an integer from 0 to 255"),
        (json!({"mode": "hunter2"}), "VAL-003: Invalid parameter value: expected `read` or `write`"),
        (json!({"pair": [1]}), "VAL-003: Invalid parameter value: expected a tuple of size 2"),
        (
            json!({"hunter2": 1}),
            "VAL-003: Invalid parameter value: unknown member, expected one of `flag`, `small`, `mode`, `pair`, `checked`",
        ),
        (
            json!({"checked": "hunter2"}),
            "VAL-003: Invalid parameter value: the arguments do not match the input schema",
        ),
    ];
    for (change, expected) in cases {
        let mut arguments = fits.clone();
        for (name, value) in object(change.clone()) {
            arguments[name] = value;
        }
        let (error, log) = failure("everything", arguments).await?;
        assert_eq!(error.to_string(), expected, "{change}");
        assert!(log.contains(r#"source: [""#), "serde's words are kept: {log}");
    }
    let (error, log) = failure("everything", json!({"flag": true})).await?;
    assert_eq!(error.to_string(), "VAL-001: Missing required parameter: small");
    assert!(log.contains("missing field `small`"));
    let (error, _) = failure("by_hand", json!({})).await?;
    assert_eq!(error.to_string(), "VAL-001: Missing required parameter: text");
    Ok(())
}

#[tokio::test]
async fn what_is_more_than_the_sdk_s_bare_text_is_left_alone() -> Checked {
    let (client, told) = connect().await?;
    let result = client.call_tool(CallToolRequestParams::new("says_so_itself")).await?;
    assert_eq!(result.content.len(), 2);
    assert!(told.lock().unwrap_or_else(PoisonError::into_inner).is_empty());
    let fits = object(json!({"flag": true, "small": 1, "mode": "write"}));
    let result = client.call_tool(CallToolRequestParams::new("everything").with_arguments(fits)).await?;
    assert_eq!(result.is_error, Some(false));
    Ok(())
}

#[tokio::test]
async fn the_refused_arguments_of_a_prompt_keep_the_number_that_mcp_wants() -> Checked {
    let (client, told) = connect().await?;
    let without = GetPromptRequestParams::new("greet");
    let with = GetPromptRequestParams::new("greet").with_arguments(object(json!({"text": 86_753_099})));
    let cases = [
        (without, "VAL-001: Missing required parameter: text"),
        (with, "VAL-002: Invalid parameter type: expected string, got integer"),
    ];
    for (request, expected) in cases {
        let refusal = client.get_prompt(request).await.err().ok_or("no refusal")?;
        assert!(!format!("{refusal:?}").contains("86753099"));
        let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
        assert_eq!(error.to_string(), expected);
        let ServiceError::McpError(data) = refusal else { return Err(refusal.into()) };
        assert_eq!(data.code.0, -32_602);
    }
    assert_eq!(told.lock().unwrap_or_else(PoisonError::into_inner).len(), 2);
    Ok(())
}
