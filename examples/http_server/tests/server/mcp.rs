//! MCP over streamable HTTP.

use mcp_error_codes::wire::{META_KEY, RecordObject, RequestId};
use mcp_error_codes::{McpError, filesystem, hyper_bun, mcp};
use serde_json::{Value, json, to_value};

use crate::answer::Answer;
use crate::server::{Checked, Server, message};

#[test]
fn an_unknown_method_is_a_404_from_2026_07_28_on_and_before_that_travels_in_a_200() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    // The SDK sends this answer itself, as the specification requires, with only the method in it.
    let body = json!({"jsonrpc": "2.0", "id": 7, "error": {"code": -32601, "message": "no/such"}});
    let answer = server.request("no/such", json!({}))?;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.json()?, body);

    let session = server.session()?;
    let answer = server.send(&[&session], r#"{"jsonrpc":"2.0","id":7,"method":"no/such"}"#)?;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.event()?, body);
    Ok(())
}

#[test]
fn the_error_of_a_request_travels_in_a_200() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let session = server.session()?;
    let missing = filesystem::file_not_found("gone");
    let unknown = hyper_bun::tool_not_found()
        .with_detail("requestedTool", "nope")
        .with_detail("availableTools", ["measure_note", "read_note", "write_note"]);
    let unknown = unknown.with_message("Unknown tool: nope. Tools of this server: measure_note, read_note, write_note");
    let no_resource = hyper_bun::resource_not_found().with_detail("resourceUri", "note:///gone");
    let object = |error: &McpError| -> Result<Value, serde_json::Error> {
        let mut object = to_value(RecordObject::new(error))?;
        object["ref"] = format!("{}/docs/errors#{}", server.url, error.record().code.to_ascii_lowercase()).into();
        Ok(object)
    };
    let json_rpc = |number: i32, error: &McpError| -> Result<Value, serde_json::Error> {
        let error = json!({"code": number, "message": error.message(), "data": object(error)?});
        Ok(json!({"jsonrpc": "2.0", "id": 7, "error": error}))
    };
    let tool_result = json!({
        "content": [{"type": "text", "text": missing.tool_text()}],
        "isError": true,
        "_meta": {META_KEY: object(&missing)?},
    });
    let cases = [
        ("tools/call", json!({"name": "nope"}), json_rpc(-32_602, &unknown)?),
        ("resources/read", json!({"uri": "note:///gone"}), json_rpc(41_011, &no_resource)?),
        (
            "tools/call",
            json!({"name": "read_note", "arguments": {"name": "gone"}}),
            json!({"jsonrpc": "2.0", "id": 7, "result": tool_result}),
        ),
    ];
    for (method, params, expected) in cases {
        let message = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}).to_string();
        let answer = server.send(&[&session], &message)?;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.event()?, expected);

        let answer = server.request(method, params)?;
        assert_eq!(answer.status, 200);
        let mut event = answer.event()?;
        if let Some(result) = event.get_mut("result").and_then(Value::as_object_mut) {
            assert_eq!(result.remove("resultType"), Some(json!("complete")));
        }
        assert_eq!(event, expected);
    }
    Ok(())
}

#[test]
fn what_the_specification_makes_a_400_is_one() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    // The SDK sends this answer itself.
    let headers = ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list"];
    let cases = [
        (r#"{"jsonrpc":"2.0","id":7,"method":"tools/list"}"#.to_owned(), -32_602),
        (message("prompts/list", json!({}), "2026-07-28"), -32_020),
        (message("tools/list", json!({}), "2025-11-25"), -32_020),
    ];
    for (body, number) in cases {
        let answer = server.send(&headers, &body)?;
        assert_eq!(answer.status, 400);
        let answer = answer.json()?;
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(7), &json!(number)));
    }
    let unsupported = message("tools/list", json!({}), "2099-01-01");
    let answer = server.send(&["MCP-Protocol-Version: 2099-01-01", "Mcp-Method: tools/list"], &unsupported)?;
    assert_eq!((answer.status, &answer.json()?["error"]["code"]), (400, &json!(-32_022)));
    Ok(())
}

/// The SDK answers with a 415, in plain text. The specification requires an error status such as 400, and JSON-RPC has
/// numbers for both cases; `transport.rs` of the example corrects this.
#[test]
fn a_body_that_cannot_be_read_is_a_400_with_a_json_rpc_error() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let cases = [
        ("{", mcp::PARSE_ERROR, RequestId::Unknown),
        ("", mcp::PARSE_ERROR, RequestId::Unknown),
        ("{}", mcp::INVALID_REQUEST, RequestId::Unknown),
        (r#"{"jsonrpc":"2.0","id":7}"#, mcp::INVALID_REQUEST, 7.into()),
        (r#"{"jsonrpc":"1.0","id":"x","method":"tools/list"}"#, mcp::INVALID_REQUEST, "x".into()),
    ];
    for (body, code, id) in cases {
        refused(&server, &server.send(&[], body)?, 400, &McpError::new(code), id)?;
    }
    Ok(())
}

/// The SDK answers with these statuses, in plain text. `transport.rs` of the example turns them into JSON-RPC errors.
#[test]
fn what_the_transport_refuses_keeps_its_status_and_is_a_json_rpc_error() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let listing = r#"{"jsonrpc":"2.0","id":7,"method":"tools/list"}"#;
    let cases = [
        ("Host: evil.example", 403, "Forbidden: Host header is not allowed"),
        ("Origin: http://evil.example", 403, "Forbidden: Origin header is not allowed"),
        ("Mcp-Session-Id: gone", 404, "Not Found: Session not found"),
        ("X-Nothing: 1", 400, "Bad Request: Session ID is required"),
        ("MCP-Protocol-Version: 1999-01-01", 400, "Bad Request: Unsupported MCP-Protocol-Version: 1999-01-01"),
    ];
    for (header, status, message) in cases {
        let error = McpError::new(mcp::INVALID_REQUEST).with_message(message);
        refused(&server, &server.send(&[header], listing)?, status, &error, 7.into())?;
    }
    let message = "Not Acceptable: Client must accept both application/json and text/event-stream";
    let error = McpError::new(mcp::INVALID_REQUEST).with_message(message);
    refused(&server, &server.ask("/mcp", &["-d", listing])?, 406, &error, 7.into())?;

    let message = "Unsupported Media Type: Content-Type must be application/json";
    let error = McpError::new(mcp::INVALID_REQUEST).with_message(message);
    let accept = "Accept: application/json, text/event-stream";
    refused(&server, &server.ask("/mcp", &["-H", accept, "-d", listing])?, 415, &error, 7.into())?;

    let answer = server.ask("/mcp", &["-X", "PATCH"])?;
    let error = McpError::new(mcp::INVALID_REQUEST).with_message("Method Not Allowed");
    refused(&server, &answer, 405, &error, RequestId::Unknown)?;
    assert_eq!(answer.header("allow"), Some("GET, POST, DELETE"));
    Ok(())
}

#[test]
fn a_body_that_is_too_long_is_a_413() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), " ".repeat((1 << 20) + 1))?;
    let error = McpError::new(mcp::INVALID_REQUEST).with_message("The body is too long");
    let body = format!("@{}", file.path().display());
    refused(&server, &server.send(&[], &body)?, 413, &error, RequestId::Unknown)
}

fn refused(server: &Server, answer: &Answer, status: u16, error: &McpError, id: RequestId<'_>) -> Checked {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.json()?, server.with_docs(error.json_rpc_response(id))?);
    Ok(())
}
