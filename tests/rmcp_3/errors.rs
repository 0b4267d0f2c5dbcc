//! Errors that a handler returns.

use std::time::Duration;

use mcp_error_codes::rmcp_3::{Guarded, decode_call, decode_service_error};
use mcp_error_codes::{Code, Kind, McpError, Surface, decode, filesystem, hyper_bun, sdk, super_mcp};
use rmcp::handler::server::tool::IntoCallToolResult;
use rmcp::model::{
    CallToolRequest, CallToolRequestParams, CallToolResponse, ClientRequest, GetPromptRequestParams, ProtocolVersion,
    ReadResourceRequestParams,
};
use rmcp::service::PeerRequestOptions;
use rmcp::{ClientLifecycleMode, ServiceError};
use serde_json::{Value, json};

use crate::client::{Checked, call, connect, connect_guarded, object, protocol_error, seen, tool_error};
use crate::server::Server;

/// Returns the internal context of an error.
fn internal<'a>(error: &'a McpError, wanted: &str) -> Option<&'a str> {
    error.internal().find(|(name, _)| *name == wanted).and_then(|(_, value)| value.as_str())
}

/// Returns what only the handler knew.
fn place(error: &McpError) -> Option<&str> {
    internal(error, "place")
}

#[tokio::test]
async fn an_error_arrives_and_the_log_is_told_once_with_all_that_is_internal() -> Checked {
    let (client, told) = connect_guarded().await?;
    for (at, tool) in ["at_once", "later", "with_output_schema", "into_error_data"].into_iter().enumerate() {
        let path = if tool == "into_error_data" { "q" } else { "a.txt" };
        let error = tool_error(&client, tool, json!({"path": path})).await?;
        assert_eq!(error.to_string(), format!("FS-001: File not found: {path}"));
        let told = seen(&told);
        assert_eq!(told.len(), at + 1);
        let internal: Vec<_> =
            told[at].internal().map(|(name, value)| (name, value.as_str().unwrap_or("no text"))).collect();
        assert_eq!(
            internal[..3],
            [("place", "/the/secret/place"), ("mcp.method.name", "tools/call"), ("gen_ai.tool.name", tool)]
        );
        let (name, id) = internal[3];
        assert_eq!((name, id.parse::<u32>().is_ok()), ("jsonrpc.request.id", true));
        let (name, version) = internal[4];
        assert_eq!((name, version.parse::<mcp_error_codes::ProtocolVersion>().is_ok()), ("mcp.protocol.version", true));
        assert_eq!(internal[5..], [("gen_ai.operation.name", "execute_tool")]);
    }
    Ok(())
}

#[tokio::test]
async fn the_log_is_not_told_of_a_failure_that_was_recovered_from() -> Checked {
    let (client, told) = connect_guarded().await?;
    assert_eq!(call(&client, "recovers", json!({})).await?.is_error, Some(false));
    assert!(seen(&told).is_empty());
    Ok(())
}

#[tokio::test]
async fn an_error_is_not_lost_between_its_conversion_and_the_answer() -> Checked {
    let (client, told) = connect_guarded().await?;
    assert_eq!(tool_error(&client, "converts_early", json!({})).await?.message(), "File not found: e");
    assert_eq!(place(&seen(&told)[0]), Some("/the/secret/place"));
    // Of two errors, the returned one is reported, even if it was not converted last.
    assert_eq!(tool_error(&client, "returns_the_first_of_two", json!({})).await?.message(), "File not found: 1");
    assert_eq!(seen(&told)[1].message(), "File not found: 1");
    assert_eq!(place(&seen(&told)[1]), Some("/the/secret/place"));
    Ok(())
}

#[tokio::test]
async fn calls_at_the_same_time_do_not_mix() -> Checked {
    let (client, told) = connect_guarded().await?;
    let paths: Vec<String> = (0..20).map(|at| format!("{at}.txt")).collect();
    let calls = paths.iter().map(|path| {
        let (peer, arguments) = (client.peer().clone(), object(json!({"path": path})));
        tokio::spawn(async move { peer.call_tool(CallToolRequestParams::new("later").with_arguments(arguments)).await })
    });
    for (task, path) in calls.collect::<Vec<_>>().into_iter().zip(&paths) {
        let error = decode_call(&task.await?).ok_or("no failure")?;
        assert_eq!(error.detail("path"), Some(&json!(path)));
    }
    let mut told: Vec<String> = seen(&told).iter().map(|error| error.message().into_owned()).collect();
    told.sort();
    let mut expected: Vec<String> = paths.iter().map(|path| format!("File not found: {path}")).collect();
    expected.sort();
    assert_eq!(told, expected);
    Ok(())
}

#[tokio::test]
async fn the_error_chooses_its_surface() -> Checked {
    let (client, told) = connect_guarded().await?;
    let (number, error) = protocol_error(&client, "on_the_protocol_surface", json!({})).await?;
    assert_eq!(number, 33_001);
    assert!(error.is(filesystem::FILE_NOT_FOUND));
    assert_eq!(seen(&told).len(), 1);
    assert_eq!(internal(&seen(&told)[0], "rpc.response.status_code"), Some("33001"));
    // Converted in another task, the error has the default surface of its record.
    assert!(tool_error(&client, "in_another_thread", json!({})).await?.is(filesystem::FILE_NOT_FOUND));
    assert_eq!(seen(&told).len(), 2);
    assert_eq!(place(&seen(&told)[1]), None);
    Ok(())
}

#[tokio::test]
async fn the_number_is_that_of_the_client_s_protocol_version() -> Checked {
    let modern = ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] };
    for (lifecycle, expected) in [(ClientLifecycleMode::Initialize, -32_008), (modern, -33_008)] {
        let client = connect(Guarded::new(Server::new()), lifecycle).await?;
        let (number, error) = protocol_error(&client, "blocked", json!({})).await?;
        assert_eq!(number, expected);
        assert!(error.is(super_mcp::TOOL_BLOCKED));
    }
    Ok(())
}

#[tokio::test]
async fn prompts_and_resources_answer_with_json_rpc_errors() -> Checked {
    let (client, told) = connect_guarded().await?;
    let refused = async |arguments: Value| {
        let request = GetPromptRequestParams::new("greet").with_arguments(object(arguments));
        client.get_prompt(request).await.err().ok_or("no JSON-RPC error")
    };
    let error = decode_service_error(&refused(json!({"path": "a.txt"})).await?).ok_or("no answer of the peer")?;
    assert_eq!((error.json_rpc_number(), error.message().as_ref()), (33_001, "File not found: a.txt"));

    // MCP has a number for a missing prompt argument; the record object contains the rest.
    let error = decode_service_error(&refused(json!({})).await?).ok_or("no answer of the peer")?;
    assert!(error.is(filesystem::MISSING_REQUIRED_PARAMETER));
    assert_eq!(error.to_string(), "VAL-001: Missing required parameter: path");
    assert_eq!(error.json_rpc_number(), -32_602);

    let refusal = client.read_resource(ReadResourceRequestParams::new("test:gone")).await.err().ok_or("no error")?;
    let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
    assert!(error.is(hyper_bun::RESOURCE_NOT_FOUND));
    assert_eq!(error.detail("resourceUri"), Some(&json!("test:gone")));
    let told = seen(&told);
    // The log has them as they were sent, whatever the surface of the record.
    assert_eq!(told.iter().map(McpError::surface).collect::<Vec<_>>(), [Surface::Protocol; 3]);
    let sent =
        told.iter().map(|error| (internal(error, "mcp.method.name"), internal(error, "rpc.response.status_code")));
    assert_eq!(
        sent.collect::<Vec<_>>(),
        [
            (Some("prompts/get"), Some("33001")),
            (Some("prompts/get"), Some("-32602")),
            (Some("resources/read"), Some("41011")),
        ]
    );
    assert!(told.iter().all(|error| internal(error, "gen_ai.tool.name").is_none()));
    Ok(())
}

#[tokio::test]
async fn a_failure_on_the_client_s_side_is_the_sdk_s_code() -> Checked {
    let (client, _) = connect_guarded().await?;
    let call = CallToolRequest::new(CallToolRequestParams::new("never_answers"));
    let mut options = PeerRequestOptions::no_options();
    options.timeout = Some(Duration::from_millis(1));
    let handle = client.send_cancellable_request(ClientRequest::CallToolRequest(call), options).await?;
    let timeout = handle.await_response().await.err().ok_or("an answer")?;
    assert!(matches!(timeout, ServiceError::Timeout { .. }), "{timeout:?}");
    let error = decode_service_error(&timeout).ok_or("an unknown failure")?;
    assert!(error.is(sdk::REQUEST_TIMEOUT), "{error:?}");
    assert_eq!((error.surface(), error.message().as_ref()), (Surface::Local, timeout.to_string().as_str()));
    // It is never forwarded as itself.
    let sent = error.json_rpc_error().to_string();
    assert!(!sent.contains("REQUEST_TIMEOUT") && !sent.contains("-32001"), "{sent}");
    assert_eq!(decode(&sent)?.kind(), Kind::Timeout);

    let peer = client.peer().clone();
    client.cancel().await?;
    let outcome = peer.call_tool(CallToolRequestParams::new("at_once")).await;
    assert!(outcome.is_err());
    let error = decode_call(&outcome).ok_or("an unknown failure")?;
    assert!(error.is(sdk::CONNECTION_CLOSED), "{error:?}");
    assert_eq!(error.message(), "Transport closed");
    Ok(())
}

/// The errors that the SDK's client reports, and the code of each.
fn failures() -> [(ServiceError, Code); 6] {
    [
        (ServiceError::TransportClosed, sdk::CONNECTION_CLOSED),
        (ServiceError::UnexpectedResponse, sdk::INVALID_RESULT),
        (ServiceError::SubscriptionLagged { capacity: 16 }, sdk::SUBSCRIPTION_LOST),
        (ServiceError::Cancelled { reason: Some("the user stopped it".to_owned()) }, sdk::CANCELLED_BY_CLIENT),
        (ServiceError::Timeout { timeout: Duration::from_secs(60) }, sdk::REQUEST_TIMEOUT),
        (ServiceError::InputRequiredRoundsExceeded { max_rounds: 8 }, sdk::INPUT_REQUIRED_ROUNDS_EXCEEDED),
    ]
}

#[test]
fn every_failure_that_the_sdk_reports_itself_has_a_code() -> Checked {
    for (failure, code) in failures() {
        let error = decode_service_error(&failure).ok_or("an unknown failure")?;
        assert!(error.is(code), "{error:?}");
        assert_eq!(error.message(), failure.to_string());
        assert_eq!(error.surface(), Surface::Local);
    }
    Ok(())
}

#[cfg(feature = "recognize")]
#[test]
fn the_texts_of_the_sdk_s_own_failures_are_recognized_as_the_same_codes() {
    for (failure, code) in failures() {
        let recognition = mcp_error_codes::recognize(format!("call failed: {failure}"));
        let findings = recognition.errors.iter().flat_map(|error| &error.findings);
        let records: Vec<_> = findings.filter_map(mcp_error_codes::Finding::record).map(|record| record.code).collect();
        assert!(records.contains(&code.record().code), "{failure}: {records:?}");
    }
}

#[test]
fn every_code_goes_out_and_comes_back_on_both_surfaces() -> Checked {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        for surface in [Surface::Tool, Surface::Protocol] {
            let outcome = match McpError::new(code).with_surface(surface).into_call_tool_result() {
                Ok(CallToolResponse::Complete(result)) => Ok(result),
                Ok(other) => return Err(format!("{other:?}").into()),
                Err(data) => Err(ServiceError::McpError(data)),
            };
            assert_eq!(outcome.is_ok(), surface == Surface::Tool);
            let error = decode_call(&outcome).ok_or("no failure")?;
            assert!(error.is(code), "{error:?}");
            assert_eq!(error.surface(), surface);
        }
    }
    Ok(())
}
