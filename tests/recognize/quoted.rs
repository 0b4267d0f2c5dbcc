//! Errors that are only talked about, numbers with the message of somebody else, and errors about which nothing is known.

use mcp_error_codes::{Certainty, Recognition, filesystem, recognize};

fn answer(recognition: &Recognition) -> Option<String> {
    let answer = recognition.errors.iter().find_map(|error| error.answer())?;
    answer.record().map(|record| record.full_name().to_string())
}

fn names(text: &str) -> Vec<String> {
    let recognition = recognize(text);
    let findings = recognition.errors.iter().flat_map(|error| &error.findings);
    findings.filter_map(|finding| finding.record()).map(|record| record.full_name().to_string()).collect()
}

#[test]
fn a_number_of_others_contradicts_a_local_message() {
    for text in [
        "-32004: Request timed out",
        "MCP error -32004: Request timed out",
        "MCP error -32002: Request timed out",
        "MCP error -32003: Connection closed",
        r#"{"jsonrpc":"2.0","id":3,"error":{"code":-32004,"message":"Request timed out"}}"#,
        r#"{"jsonrpc":"2.0","id":3,"error":{"code":-32010,"message":"Request timed out"}}"#,
        "MCP error -32003: Transport closed",
    ] {
        assert_eq!(answer(&recognize(text)), None, "{text}");
        assert!(!names(text).is_empty(), "{text}");
    }
    for (text, code) in [
        ("MCP error -32001: Request timed out", "sdk:REQUEST_TIMEOUT"),
        ("MCP error -32000: Connection closed", "sdk:CONNECTION_CLOSED"),
    ] {
        assert_eq!(answer(&recognize(text)).as_deref(), Some(code), "{text}");
    }
}

#[test]
fn an_event_may_start_on_the_line_of_its_log_prefix() {
    let body = r#"{"jsonrpc":"2.0","id":4,"error":{"code":-32601,"message":"Method not found"}}"#;
    let (start, end) = body.split_at(body.find("\"error").expect("there is an error"));
    for text in [
        format!("2026-01-02T10:00:00Z DEBUG post endpoint: event: message\ndata: {body}"),
        format!("2026-01-02T10:00:00Z DEBUG post endpoint: event: message data: {body}"),
        format!("2026-01-02T10:00:00Z DEBUG post endpoint: event: message\ndata: {start}\ndata: {end}"),
        format!("2026-01-02T10:00:00Z DEBUG post endpoint: data: {start}\ndata: {end}\n\n"),
        format!("2026-01-02T10:00:00Z DEBUG post endpoint: event: message\r\ndata: {body}\r\n\r\n"),
    ] {
        let recognition = recognize(&text);
        assert_eq!(answer(&recognition).as_deref(), Some("mcp:-32601"), "{text}");
        let finding = &recognition.errors[0].findings[0];
        assert_eq!(finding.values()["id"], 4, "{text}");
        assert!(!finding.chain().iter().any(|piece| piece.contains("data")), "{text}: {:?}", finding.chain());
        assert_eq!(recognition.errors.len(), 1, "{text}");
    }
}

#[test]
fn an_error_type_of_an_sdk_with_an_unknown_message_is_an_unknown_error() {
    for (text, is_unknown) in [
        ("io.modelcontextprotocol.spec.McpError: the shelf is on fire", true),
        ("mcp.shared.exceptions.McpError: the shelf is on fire", true),
        ("ModelContextProtocol.McpException: the shelf is on fire", true),
        ("Unhandled exception. ModelContextProtocol.McpProtocolException: the shelf is on fire", true),
        ("fastmcp.exceptions.ToolError: the shelf is on fire", true),
        ("2026-01-02 10:00:00 ERROR app: MCPError: the shelf is on fire", true),
        ("McpServerException: the shelf is on fire", true),
        ("Error calling tool 'x': ToolError: the shelf is on fire", true),
        ("the shelf is on fire", false),
        ("build: ToolError: the shelf is on fire", false),
        ("MyMcpErrorLike: the shelf is on fire", false),
        ("see McpError for more", false),
    ] {
        let recognition = recognize(text);
        assert!(recognition.errors.is_empty(), "{text}");
        assert_eq!(recognition.unknown.len(), usize::from(is_unknown), "{text}");
        for error in &recognition.unknown {
            assert_eq!(error.message(), Some("the shelf is on fire"), "{text}");
            assert!(
                recognition
                    .none
                    .as_ref()
                    .is_some_and(|none| none.contains("an error with the message \"the shelf is on fire\"")),
                "{text}"
            );
        }
    }
}

#[test]
fn a_line_that_is_no_message_has_polluted_standard_output() {
    for text in [
        "2026-01-02 10:00:00.123 [warning] Failed to parse message: \"Server running on port 3000\\n\"",
        "[warning] Failed to parse message: \"\\r\\n\"",
        "2026-01-02 10:00:00.646 [error] user-notes: Client error for command Unexpected token 'S', \"Starting notes\" is not valid JSON",
        "2026-01-02T10:00:00.265Z [notes] [error] Unexpected token 'd', \"[dotenv@17.\"... is not valid JSON { metadata: {",
        "Error from MCP server: SyntaxError: Unexpected end of JSON input",
        "ERROR 2026-01-02 10:00:00 [mcp.client.stdio] Failed to parse JSONRPC message from server",
        "MCP server notes: Connection error: JSON Parse error: Unexpected identifier \"MCP\"",
        "io.modelcontextprotocol.client.transport.StdioClientTransport - Error processing inbound message for line: Starting notes",
        "[mcp] failed to read message: invalid character 'S' looking for beginning of value",
        "info: ModelContextProtocol.Client.StdioClientTransport[1] Client (notes 1.0) transport message parsing failed.",
    ] {
        assert_eq!(answer(&recognize(text)).as_deref(), Some("sdk:STDOUT_POLLUTED"), "{text}");
    }
    for text in ["Failed to parse message: \"12\"", "kafka consumer: Failed to parse message: {\"a\":1}"] {
        assert_eq!(answer(&recognize(text)), None, "{text}");
    }
}

#[test]
fn an_error_that_a_sentence_quotes_is_only_possible() {
    for text in [
        "- fix: retry when the server answers `MCP error -32000: Connection closed` on start",
        "The docs say that `MCP error -32001: Request timed out` means a client timeout.",
        "Fixed `MCP error -32001: Request timed out` on slow machines (#123)",
        "* When you see \"MCP error -32000: Connection closed\" check your PATH",
        "- **cli**: show `FS-001: File not found: a.txt` instead of a stack trace",
        "Clients print `{\"code\":-32601,\"message\":\"Method not found\"}` when the server is old.",
    ] {
        let recognition = recognize(text);
        assert_eq!(answer(&recognition), None, "{text}");
        let findings = recognition.errors.iter().flat_map(|error| &error.findings);
        assert!(
            findings.clone().count() > 0 && findings.clone().all(|one| one.certainty() == Certainty::Possible),
            "{text}"
        );
    }
    for text in [
        "I get `MCP error -32000: Connection closed` when I start the server",
        "the call failed with \"MCP error -32000: Connection closed\" after 3 tries",
        "`MCP error -32000: Connection closed`",
    ] {
        assert_eq!(answer(&recognize(text)).as_deref(), Some("sdk:CONNECTION_CLOSED"), "{text}");
    }
}

#[test]
fn nothing_in_a_record_object_is_lost() {
    let text = r#"{"jsonrpc":"2.0","id":1,"error":{"code":33001,"message":"File not found: a","data":
        {"system":"filesystem","code":"FS-001","name":"FILE_NOT_FOUND","message":"File not found: a","hint":"Only this: do Y.",
        "kind":"timeout","extra":{"a":1},"details":{"path":"a"}}}}"#;
    let recognition = recognize(text);
    let finding = &recognition.errors[0].findings[0];
    assert_eq!(finding.reason(), "the record object names the code");
    let values = finding.values();
    assert_eq!((&values["hint"], &values["kind"]), (&"Only this: do Y.".into(), &"timeout".into()));
    assert_eq!(values["extra"]["a"], 1);
    let error = finding.to_error().expect("an answer");
    assert!(error.is(filesystem::FILE_NOT_FOUND));
    assert_eq!((error.hint(), error.kind_text()), ("Only this: do Y.", "timeout"));
    assert_eq!(error.received_data().map(|data| data["extra"]["a"].clone()), Some(1.into()));
    let decoded = mcp_error_codes::wire::decode(text).expect("an error");
    assert_eq!((error.hint(), error.kind_text()), (decoded.hint(), decoded.kind_text()));

    // What only repeats the record is no value.
    let sent = serde_json::to_string(&filesystem::file_not_found("a").json_rpc_error()).expect("JSON");
    let recognition = recognize(sent);
    let values = recognition.errors[0].findings[0].values();
    for name in ["hint", "kind", "name", "severity", "category", "recoverable"] {
        assert!(!values.contains_key(name), "{name}: {values:?}");
    }
}
