//! An author's error as the error of a tool in the official Rust SDK.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use mcp_error_codes::rmcp_3::{Guarded, Parameters, decode_call, decode_service_error};
use mcp_error_codes::{IntoMcpError, McpError, filesystem, hyper_bun};
use rmcp::model::{
    CallToolRequestParams, GetPromptRequestParams, GetPromptResponse, JsonObject, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, ResourceContents,
};
use rmcp::schemars::{self, JsonSchema};
use rmcp::service::{RequestContext, RunningService};
use rmcp::{ErrorData, Json, RoleClient, RoleServer, ServerHandler, Service, ServiceExt, tool, tool_router};
use serde_json::json;

type Checked = Result<(), Box<dyn Error>>;

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum StoreError<N: std::fmt::Debug> {
    #[error("no note {path} for {query}")]
    #[mcp(code = "FS-001")]
    Missing {
        path: N,
        #[mcp(internal)]
        query: &'static str,
    },
    #[error("a person has to look at it")]
    #[mcp(code = hyper_bun::TOOL_NOT_FOUND)]
    Protocol,
}

#[derive(serde::Deserialize, JsonSchema)]
struct ReadArguments {
    path: String,
}

#[derive(serde::Serialize, JsonSchema)]
struct Note {
    text: String,
}

struct Notes;

#[tool_router(server_handler)]
impl Notes {
    #[tool]
    fn read(&self, Parameters(wanted): Parameters<ReadArguments>) -> Result<String, StoreError<String>> {
        Err(StoreError::Missing { path: wanted.path, query: "the secret query" })
    }

    #[tool]
    async fn read_later(
        &self,
        Parameters(wanted): Parameters<ReadArguments>,
    ) -> Result<Json<Note>, StoreError<String>> {
        tokio::task::yield_now().await;
        Err(StoreError::Missing { path: wanted.path, query: "the secret query" })
    }

    #[tool]
    fn protocol(&self) -> Result<String, StoreError<u8>> {
        Err(StoreError::Protocol)
    }
}

async fn connect(server: impl Service<RoleServer>) -> Result<RunningService<RoleClient, ()>, Box<dyn Error>> {
    let (server_end, client_end) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        if let Ok(running) = server.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    Ok(().serve(client_end).await?)
}

/// Calls every tool, and checks the answers.
async fn check(server: impl Service<RoleServer>) -> Checked {
    let client = connect(server).await?;
    let call = async |tool: &'static str| {
        let arguments = JsonObject::from_iter([("path".to_owned(), json!("a.txt"))]);
        let outcome = client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await;
        assert!(!format!("{outcome:?}").contains("secret"), "{outcome:?}");
        outcome
    };
    for tool in ["read", "read_later"] {
        let outcome = call(tool).await;
        let error = decode_call(&outcome).ok_or("no failure")?;
        let result = serde_json::to_value(outcome?)?;
        assert_eq!(result["isError"], true);
        assert_eq!(result["content"][0]["text"], filesystem::file_not_found("a.txt").tool_text());
        assert!(error.is(filesystem::FILE_NOT_FOUND));
        assert_eq!(error.details().collect::<Vec<_>>(), [("path", &json!("a.txt"))]);
    }
    let outcome = call("protocol").await;
    assert!(outcome.is_err() && decode_call(&outcome).ok_or("no failure")?.is(hyper_bun::TOOL_NOT_FOUND));
    Ok(())
}

#[tokio::test]
async fn a_tool_returns_it_without_the_guard() -> Checked {
    check(Notes).await
}

#[tokio::test]
async fn the_guard_sees_all_that_is_internal() -> Checked {
    let told = Arc::new(Mutex::new(Vec::<McpError>::new()));
    let log = Arc::clone(&told);
    let tell = move |error: &mut McpError| log.lock().unwrap_or_else(PoisonError::into_inner).push(error.clone());
    check(Guarded::new(Notes).on_error(tell)).await?;

    let told = told.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(told.len(), 3);
    for error in &told[..2] {
        let internal: Vec<_> = error.internal().take(2).collect();
        assert_eq!(
            internal,
            [("error", &json!("no note a.txt for the secret query")), ("query", &json!("the secret query"))]
        );
    }
    assert_eq!(told[2].internal().next(), Some(("error", &json!("a person has to look at it"))));
    Ok(())
}

/// A server whose prompts and resources fail with the author's errors.
struct Library;

/// An error whose author chooses the response of a prompt.
#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error("the library is closed")]
#[mcp(code = hyper_bun::SERVER_UNAVAILABLE, no_error_data)]
struct Closed;

impl From<Closed> for ErrorData {
    fn from(_: Closed) -> Self {
        Self::internal_error("closed until 9:00", None)
    }
}

fn note(path: &str) -> Result<String, StoreError<String>> {
    Err(StoreError::Missing { path: path.to_owned(), query: "the secret query" })
}

impl ServerHandler for Library {
    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let text = note(&request.uri)?;
        Ok(ReadResourceResult::new(vec![ResourceContents::text(text, request.uri)]).into())
    }

    async fn get_prompt(
        &self,
        _: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        Err(Closed)?
    }
}

#[tokio::test]
async fn the_question_mark_converts_it_in_prompts_and_resources() -> Checked {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&seen);
    let server = Guarded::new(Library).on_error(move |error| {
        reported.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{error:?}"));
    });
    let client = connect(server).await?;
    let failed = client.read_resource(ReadResourceRequestParams::new("a.txt")).await.err().ok_or("no failure")?;
    let error = decode_service_error(&failed).ok_or("no code")?;
    assert!(error.is(filesystem::FILE_NOT_FOUND), "{error:?}");
    assert_eq!(error.detail("path"), Some(&json!("a.txt")));
    assert!(!format!("{failed:?}").contains("secret"));
    assert!(seen.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|text| text.contains("secret")));

    let failed = client.get_prompt(GetPromptRequestParams::new("a")).await.err().ok_or("no failure")?;
    assert!(failed.to_string().contains("closed until 9:00"), "{failed}");
    Ok(())
}
