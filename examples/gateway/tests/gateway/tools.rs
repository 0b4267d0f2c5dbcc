//! Calls of the upstream's tools.

use std::error::Error;
use std::time::Duration;

use mcp_error_codes::rmcp_3::{decode_call, decode_error_data, decode_service_error};
use mcp_error_codes::wire::{META_KEY, RecordObject};
use mcp_error_codes::{McpError, RetryClass, filesystem, hyper_bun, super_mcp};
use rmcp::ServiceError;
use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use crate::link::{ALL, Checked, Link, Version, call};
use crate::upstream::TOOLS;

/// Checks that a call is answered on the tool surface with `DOWNSTREAM_ERROR` and this message, and returns the error.
async fn downstream_error(link: &Link, tool: &'static str, message: &str) -> Result<McpError, Box<dyn Error>> {
    let outcome = link.call(tool).await;
    let error = decode_call(&outcome).ok_or("no failure")?;
    let result = serde_json::to_value(outcome?)?;
    assert!(error.is(super_mcp::DOWNSTREAM_ERROR), "{error:?}");
    assert_eq!(result["isError"], true);
    let text = result["content"][0]["text"].as_str().ok_or("no text")?;
    assert!(text.starts_with(&format!("-32007: Error from upstream MCP server: printer: {message}\n")), "{text}");
    assert!(text.ends_with(&format!("\nHint: {}", error.record().hint)), "{text}");
    assert_eq!(result["content"], json!([{"type": "text", "text": text}]));
    assert_eq!(result.get("structuredContent"), None);
    assert_eq!(result["_meta"].as_object().map(serde_json::Map::len), Some(1), "only the record object");
    assert_eq!(result["_meta"][META_KEY]["code"], "-32007");
    Ok(error)
}

#[tokio::test]
async fn an_error_of_this_registry_is_kept_inside_of_the_gateway_s_own() -> Checked {
    for (client, upstream) in ALL {
        let link = Link::new(client, upstream).await?;
        for tool in ["fails", "fails_on_the_protocol_surface"] {
            let error = downstream_error(&link, tool, "FS-001: File not found: a.txt").await?;
            let record = filesystem::FILE_NOT_FOUND.record();
            let original = json!({
                "system": "filesystem",
                "code": "FS-001",
                "name": "FILE_NOT_FOUND",
                "kind": "not_found",
                "message": "File not found: a.txt",
                "hint": record.hint,
                "category": record.category.as_str(),
                "severity": record.severity.as_str(),
                "recoverable": record.recoverable,
                "retry": {"class": "retry-after-delay", "after_ms": 3000},
                "error_id": "id-of-the-upstream",
                "details": {"path": "a.txt"},
            });
            let details = json!({"package_id": "printer", "code": "FS-001"});
            assert_eq!(
                error.details().map(|(name, value)| (name.to_owned(), value.clone())).collect::<Value>(),
                details
            );
            let kept: Vec<_> = error.failures().iter().map(|kept| json!(RecordObject::new(kept))).collect();
            assert_eq!(kept, [original]);
            // The gateway asks for the same wait as the upstream.
            assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
            assert_eq!(error.retry().class, RetryClass::RetryAfterDelay);
            assert!(link.logged()?.failures()[0].is(filesystem::FILE_NOT_FOUND));
            link.keeps_the_internals()?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_error_of_any_other_server_keeps_its_code_and_message_and_nothing_else() -> Checked {
    let cases = [
        ("refuses_the_arguments", "-32602", "path is missing"),
        ("fails_in_words", "UNKNOWN", "the printer is out of paper"),
        ("fails_with_a_number", "1234", "out of paper"),
        ("fails_with_a_body", "PAPER_OUT", "out of paper"),
    ];
    for (client, upstream) in ALL {
        for (tool, code, message) in cases {
            let link = Link::new(client, upstream).await?;
            let error = downstream_error(&link, tool, &format!("{code}: {message}")).await?;
            assert_eq!(error.detail("code"), Some(&json!(code)));
            let original = json!(RecordObject::new(error.failures().first().ok_or("no original")?));
            assert_eq!(original["code"], code);
            assert_eq!(original["message"], message);
            assert_eq!(original["system"], if code == "-32602" { "mcp" } else { "unknown" });
            assert_eq!(original.get("details"), None);
            assert_eq!(error.retry().class, RetryClass::RetryAfterChange);
            link.keeps_the_internals()?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_success_and_the_lists_are_those_of_the_upstream() -> Checked {
    for (client, upstream) in ALL {
        let link = Link::new(client, upstream).await?;
        let (through, direct) = (link.call("succeeds").await?, call(&link.upstream, "succeeds").await?);
        assert_eq!(direct.structured_content, Some(json!({"sum": 3, "arguments": {"left": 1}})));
        let (mut through, mut direct) = (serde_json::to_value(through)?, serde_json::to_value(direct)?);
        // Only the newest version has `resultType`, and it is optional there.
        let kind = direct.as_object_mut().and_then(|result| result.remove("resultType"));
        let passed = through.as_object_mut().and_then(|result| result.remove("resultType"));
        assert_eq!(passed, kind.filter(|_| client == Version::New));
        assert_eq!(through, direct);

        let tools: Vec<_> = link.client.list_all_tools().await?.into_iter().map(|tool| tool.name).collect();
        assert_eq!(tools, TOOLS);
        assert_eq!(link.client.list_all_resources().await?, link.upstream.list_all_resources().await?);
        assert!(link.logged().is_err());
    }
    Ok(())
}

#[tokio::test]
async fn a_tool_that_the_upstream_does_not_list_is_unknown() -> Checked {
    for (client, upstream) in ALL {
        let link = Link::new(client, upstream).await?;
        let refusal = link.call("no_such_tool").await.err().ok_or("an answer")?;
        let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
        assert!(error.is(hyper_bun::TOOL_NOT_FOUND), "{error:?}");
        assert_eq!(error.json_rpc_number(), -32_602);
        assert_eq!(error.detail("availableTools"), Some(&json!(TOOLS)));
    }
    Ok(())
}

#[tokio::test]
async fn an_upstream_that_does_not_answer_is_unavailable_and_only_the_log_knows_why() -> Checked {
    for (client, upstream) in ALL {
        let late = Link::with(client, upstream, None, Duration::from_millis(1)).await?;
        is_unavailable(&late, late.call("never_answers").await, "REQUEST_TIMEOUT: request timeout after PT0.001S")?;

        let gone = Link::new(client, upstream).await?;
        let (outcome, ()) = tokio::join!(gone.call("never_answers"), gone.cut_off_in_a_call());
        is_unavailable(&gone, outcome, "CONNECTION_CLOSED: Transport closed")?;
        is_unavailable(&gone, gone.call("succeeds").await, "CONNECTION_CLOSED: Transport closed")?;
        let refusal = gone.client.list_all_tools().await.err().ok_or("a list")?;
        let ServiceError::McpError(data) = refusal else { return Err(refusal.into()) };
        assert!(decode_error_data(&data).is(super_mcp::PACKAGE_UNAVAILABLE));
        assert_eq!(data.code.0, if client == Version::Old { -32_004 } else { -33_004 });
    }
    Ok(())
}

fn is_unavailable(link: &Link, outcome: Result<CallToolResult, ServiceError>, reason: &str) -> Checked {
    let error = decode_call(&outcome).ok_or("no failure")?;
    assert!(error.is(super_mcp::PACKAGE_UNAVAILABLE), "{error:?}");
    assert_eq!(error.to_string(), "-32004: Package not connected (auth/network): printer");
    assert_eq!(error.details().collect::<Vec<_>>(), [("package_id", &json!("printer"))]);
    assert!(!serde_json::to_string(&outcome?)?.contains(reason));

    let logged = link.logged()?;
    assert!(logged.error_id().is_some() && logged.error_id() == error.error_id());
    assert_eq!(logged.source().map(ToString::to_string).as_deref(), Some(reason));
    Ok(())
}
