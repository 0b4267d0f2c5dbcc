//! What the guard answers, and what it does not change.

use std::sync::{Arc, mpsc};

use mcp_error_codes::rmcp_3::{Guarded, decode_service_error};
use mcp_error_codes::{Surface, filesystem, hyper_bun};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ProtocolVersion, ReadResourceRequestParams, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ClientLifecycleMode, ErrorData, RoleServer, ServerHandler, ServiceError};
use serde_json::{Value, json};

use crate::client::{Checked, Told, call, connect, connect_guarded, protocol_error, seen, tool_error};
use crate::server::{ByHand, Server, foreign};

#[tokio::test]
async fn an_error_of_another_crate_passes_untouched() -> Checked {
    let (client, told) = connect_guarded().await?;
    let cases = [
        ("of_another_crate", json!({"error": {"code": 1, "message": "upstream"}})),
        ("of_another_registry", json!({"system": "other", "code": "X-1", "message": "upstream"})),
    ];
    for (tool, data) in cases {
        let refusal = call(&client, tool, json!({})).await.err().ok_or("no JSON-RPC error")?;
        let ServiceError::McpError(received) = refusal else { return Err(refusal.into()) };
        assert_eq!(received, foreign(data));
        assert!(seen(&told).is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn a_result_that_was_made_by_hand_is_told_as_far_as_its_object_goes() -> Checked {
    let (client, told) = connect_guarded().await?;
    let error = tool_error(&client, "made_by_hand", json!({})).await?;
    let told = seen(&told).pop().ok_or("the log was not told")?;
    assert!(error.is(hyper_bun::SERVER_UNAVAILABLE) && told.is(hyper_bun::SERVER_UNAVAILABLE));
    assert_eq!(told.surface(), Surface::Tool);
    assert!(told.internal().all(|(name, _)| name != "pool"));
    Ok(())
}

#[tokio::test]
async fn a_result_of_the_guard_looks_like_one_of_the_sdk_in_both_lifecycles() -> Checked {
    let modern = ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] };
    for (lifecycle, has_type) in [(ClientLifecycleMode::Initialize, false), (modern, true)] {
        let client = connect(Guarded::new(Server::new()), lifecycle).await?;
        // From a handler, the extractor and the guard.
        for (tool, arguments) in
            [("at_once", json!({"path": "a"})), ("at_once", json!({})), ("panics_at_once", json!({}))]
        {
            assert_eq!(call(&client, tool, arguments).await?.result_type.is_some(), has_type);
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_panic_is_answered_and_the_server_goes_on() -> Checked {
    let (client, told) = connect_guarded().await?;
    for tool in ["panics_at_once", "panics_later"] {
        let error = tool_error(&client, tool, json!({})).await?;
        assert_eq!(error.to_string(), "NX-MCP-001: MCP Tool Execution Failed");
        let text = error.tool_text();
        assert!(text.contains(&format!("\nError id: {}\n", error.error_id().ok_or("no id")?)), "{text}");
        assert!(text.contains(tool) && !text.contains("details"), "{text}");
        assert_eq!(error.detail("toolName"), Some(&json!(tool)));
        let told = seen(&told).pop().ok_or("the log was not told")?;
        assert_eq!(told.error_id(), error.error_id());
        assert!(told.error_id().is_some());
        let internal: Vec<_> = told.internal().map(|(name, value)| (name, value.as_str())).collect();
        assert_eq!(
            internal[..3],
            [
                ("panic", Some("the secret text")),
                ("mcp.method.name", Some("tools/call")),
                ("gen_ai.tool.name", Some(tool)),
            ]
        );
    }
    let refusal = client.read_resource(ReadResourceRequestParams::new("test:panic")).await.err().ok_or("no error")?;
    let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
    assert_eq!(error.json_rpc_number(), 41_001);
    assert!(error.error_id().is_some() && error.detail("toolName").is_none());
    assert!(!format!("{refusal:?}").contains("secret"));
    assert!(tool_error(&client, "at_once", json!({"path": "a"})).await?.is(filesystem::FILE_NOT_FOUND));
    Ok(())
}

#[tokio::test]
async fn a_log_that_panics_does_not_keep_the_answer_back() -> Checked {
    let server = Guarded::new(Server::new()).on_error(|_| panic!("the log is full"));
    let client = connect(server, ClientLifecycleMode::Initialize).await?;
    assert!(tool_error(&client, "at_once", json!({"path": "a"})).await?.is(filesystem::FILE_NOT_FOUND));
    assert!(tool_error(&client, "panics_at_once", json!({})).await?.is(hyper_bun::TOOL_EXECUTION_FAILED));
    Ok(())
}

#[tokio::test]
async fn the_error_of_an_unknown_tool_is_the_author_s_choice() -> Checked {
    let mut server = Server::new();
    server.tools.disable_route("later");
    let server = Guarded::new(server).unknown_tool_number(41_010);
    assert_eq!(server.server().prompts.list_all().len(), 1);
    let client = connect(server, ClientLifecycleMode::Initialize).await?;
    // A disabled tool is unknown too.
    let (number, error) = protocol_error(&client, "later", json!({})).await?;
    assert_eq!(number, 41_010);
    let available = error.detail("availableTools").and_then(Value::as_array).ok_or("no tools")?;
    assert!(available.contains(&json!("at_once")) && !available.contains(&json!("later")));
    assert!(error.message().starts_with("Unknown tool: later. Tools of this server: "), "{error}");
    assert!(error.message().contains("at_once"), "{error}");

    let server = Guarded::new(Server::new()).unknown_tool_surface(Surface::Tool);
    let client = connect(server, ClientLifecycleMode::Initialize).await?;
    let error = tool_error(&client, "no_such_tool", json!({})).await?;
    assert!(error.is(hyper_bun::TOOL_NOT_FOUND));
    assert!(error.tool_text().starts_with("NX-MCP-010: Unknown tool: no_such_tool. Tools of this server: "), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_error_may_be_changed_before_it_is_answered() -> Checked {
    let told = Told::default();
    let log = Arc::clone(&told);
    let server = Guarded::new(Server::new())
        .before_answer(|error| match error.is(hyper_bun::TOOL_NOT_FOUND) {
            true => panic!("the hook is broken"),
            false => error.with_error_id("id-of-the-team").with_hint("Ask the team."),
        })
        .on_error(move |error| seen(&log).push(error.clone()));
    let client = connect(server, ClientLifecycleMode::Initialize).await?;
    for (tool, arguments) in [
        ("at_once", json!({"path": "a"})),
        ("at_once", json!({})),
        ("panics_at_once", json!({})),
        ("made_by_hand", json!({})),
    ] {
        let error = tool_error(&client, tool, arguments).await?;
        assert_eq!((error.error_id(), error.hint()), (Some("id-of-the-team"), "Ask the team."), "{tool}");
        assert_eq!(seen(&told).pop().ok_or("no report")?.error_id(), Some("id-of-the-team"));
    }
    let refusal = client.read_resource(ReadResourceRequestParams::new("test:panic")).await.err().ok_or("no error")?;
    assert_eq!(decode_service_error(&refusal).ok_or("no answer of the peer")?.error_id(), Some("id-of-the-team"));
    // A hook that panics changes nothing.
    let (number, error) = protocol_error(&client, "no_such_tool", json!({})).await?;
    assert_eq!((number, error.error_id()), (-32_602, None));
    Ok(())
}

#[tokio::test]
async fn a_server_by_hand_is_guarded_and_a_list_without_an_end_is_cut() -> Checked {
    let client = connect(Guarded::new(ByHand::new()), ClientLifecycleMode::Initialize).await?;
    assert!(tool_error(&client, "panics", json!({})).await?.is(hyper_bun::TOOL_EXECUTION_FAILED));
    assert!(tool_error(&client, "read", json!({})).await?.is(filesystem::MISSING_REQUIRED_PARAMETER));
    assert_eq!(call(&client, "read", json!({"path": "a"})).await?.is_error, Some(false));
    let (_, error) = protocol_error(&client, "no_such_tool", json!({})).await?;
    let available = error.detail("availableTools").and_then(Value::as_array).ok_or("no tools")?;
    assert_eq!((available.len(), &available[49]), (50, &json!("tool-1-9")));
    Ok(())
}

#[tokio::test]
async fn without_the_guard_arguments_are_refused_on_the_protocol_surface() -> Checked {
    let client = connect(Server::new(), ClientLifecycleMode::Initialize).await?;
    assert!(tool_error(&client, "at_once", json!({"path": "a"})).await?.is(filesystem::FILE_NOT_FOUND));
    let (number, error) = protocol_error(&client, "at_once", json!({})).await?;
    assert_eq!(number, 32_001);
    assert!(error.is(filesystem::MISSING_REQUIRED_PARAMETER));
    Ok(())
}

/// A server whose only tool is not in its list.
struct Unlisted;

impl ServerHandler for Unlisted {
    fn get_info(&self) -> ServerConfig {
        // Without it, rmcp 3.11 refuses `tools/list`, and the guard cannot know which tools there are.
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }

    async fn call_tool(
        &self,
        _: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        Err(ErrorData::invalid_params("the path is not absolute", None))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        if name == "panics" { panic!("no list") } else { None }
    }
}

#[tokio::test]
async fn what_a_tool_that_is_not_listed_said_stays_in_the_log() -> Checked {
    let (log, told) = mpsc::channel();
    let server = Guarded::new(Unlisted).on_error(move |error| {
        let _ = log.send(error.source_texts().collect::<Vec<_>>());
    });
    let client = connect(server, ClientLifecycleMode::Initialize).await?;
    let (_, error) = protocol_error(&client, "unlisted", json!({})).await?;
    assert!(error.is(hyper_bun::TOOL_NOT_FOUND), "{error}");
    assert!(told.try_recv()?.iter().any(|source| source.contains("the path is not absolute")));

    // If the server panics while its tools are looked up, its own answer stays.
    let refusal = client.call_tool(CallToolRequestParams::new("panics")).await.err().ok_or("no error")?;
    assert_eq!(decode_service_error(&refusal).ok_or("no answer")?.message(), "the path is not absolute");
    Ok(())
}
