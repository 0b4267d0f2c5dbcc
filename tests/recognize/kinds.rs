//! The kinds of texts in which errors arrive, one text for each.

use mcp_error_codes::{Certainty, Code, Finding, Recognition, Recognizer, recognize};

fn answer(recognition: &Recognition) -> Option<(String, Certainty)> {
    let finding = recognition.errors.first()?.answer()?;
    Some((name(finding), finding.certainty()))
}

fn name(finding: &Finding) -> String {
    finding.record().map(|record| format!("{}:{}", record.system.name, record.code)).unwrap_or_default()
}

/// Asserts the first answer for each text.
fn all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = answer(&recognize(text)).map(|(name, _)| name).unwrap_or_else(|| "none".to_owned());
            (found != *expected).then(|| {
                format!(
                    "{text:?}\n  is {found}, not {expected}: {:#?}",
                    recognize(text)
                        .errors
                        .iter()
                        .map(|error| error
                            .findings
                            .iter()
                            .take(3)
                            .map(|finding| format!("{finding} [{}]", finding.reason()))
                            .collect::<Vec<_>>())
                        .collect::<Vec<_>>()
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn prefixes_of_every_usual_logger() {
    let message = "MCP error -32000: Connection closed";
    for prefix in [
        "2025-03-22T17:05:16.477Z [notes] [error] ",
        "2025-05-12 15:48:10,683 - app.client - ERROR - ",
        "[2025-08-29T12:23:35.126Z] [ERROR] [61] [main] ",
        "2026-06-24T02:33:13.356060Z ERROR app::session: ",
        "ERROR:app.client:",
        "E0322 17:05:16.477123 17 file.go:12] ",
        "Nov 27 12:00:01 host app[123]: ",
        "2025/03/22 17:05:16 ",
        "2025-03-22 17:05:16.477 ERROR 1234 --- [main] com.example.Server : ",
        "app-1  | error: ",
        "[error] ",
        "[0] 2025/03/22 17:05:16 ",
        "17:05:16 [vite] ",
        "notes — ",
        "\u{1b}]0;notes\u{7}",
        "\u{1b}]8;;https://example.com\u{1b}\\notes\u{1b}]8;;\u{1b}\\: ",
    ] {
        let found = answer(&recognize(format!("{prefix}{message}")));
        assert_eq!(found, Some(("sdk:CONNECTION_CLOSED".to_owned(), Certainty::Likely)), "{prefix}");
        let found = answer(&recognize(format!("{prefix}File not found: notes/a.md")));
        assert_eq!(found, Some(("filesystem:FS-001".to_owned(), Certainty::Likely)), "{prefix}");
    }
}

#[test]
fn values_as_many_languages_print_them() {
    all(&[
        (r#"{"code":-32601,"message":"Method not found"}"#, "mcp:-32601"),
        ("{'code': -32601, 'message': 'Method not found', 'data': None}", "mcp:-32601"),
        ("McpError(ErrorData(code=-32601, message='Method not found', data=None))", "mcp:-32601"),
        ("{'error': _Error(code=-32601, message='Method not found')}", "mcp:-32601"),
        ("{'error': &Error{Code: -32601, Message: \"Method not found\"}}", "mcp:-32601"),
        ("ErrorData { code: ErrorCode(-32601), message: \"Method not found\", data: None }", "mcp:-32601"),
        (
            "Err(McpError(ErrorData { code: ErrorCode(-32601), message: \"Method not found\", data: None }))",
            "mcp:-32601",
        ),
        ("JSONRPCError[code=-32601, message=Method not found, data=null]", "mcp:-32601"),
        ("{ code: -32601, message: 'Method not found' }", "mcp:-32601"),
        ("{:code=>-32601, :message=>\"Method not found\"}", "mcp:-32601"),
        ("{\"error\" => {\"code\" => -32601, \"message\" => \"Method not found\"}}", "mcp:-32601"),
        ("code=-32601 message='Method not found' data=None", "mcp:-32601"),
        (r#""{\"code\":-32601,\"message\":\"Method not found\"}""#, "mcp:-32601"),
        (
            r#"answer: {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":1}"#,
            "mcp:-32601",
        ),
        (r#"{"body":"{\"error\":\"{\\\"code\\\":-32601,\\\"message\\\":\\\"Method not found\\\"}\"}"}"#, "mcp:-32601"),
        (
            "event: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}\n\n",
            "mcp:-32601",
        ),
        (
            "CallToolResult(meta=None, content=[TextContent(type='text', text='FS-001: File not found: a.txt')], isError=True)",
            "filesystem:FS-001",
        ),
        (
            "{\n  \"jsonrpc\": \"2.0\",\n  \"id\": 4,\n  \"error\": {\n    \"code\": -32601,\n    \"message\": \"Method not found\"\n  }\n}",
            "mcp:-32601",
        ),
    ]);
}

#[test]
fn wrappers_are_peeled_to_the_root() {
    all(&[
        ("Error executing tool get_note: MCP error -32001: Request timed out", "sdk:REQUEST_TIMEOUT"),
        ("ToolError: Error calling tool 'get_note': FS-002: Directory not found: drafts", "filesystem:FS-002"),
        ("Request failed (remote): Session not found", "sdk:SESSION_NOT_FOUND"),
        (
            "tool call failed for `notes/get`\n\nCaused by:\n    0: Service error\n    1: Session not found",
            "sdk:SESSION_NOT_FOUND",
        ),
        (
            "Error POSTing to endpoint (HTTP 404): {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Session not found\"},\"id\":null}",
            "sdk:SESSION_NOT_FOUND",
        ),
        (
            "API Error: 500 {\"type\":\"error\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}",
            "mcp:-32601",
        ),
        ("MCP error -32603: MCP error -32602: Tool summarize not found", "sdk:UNKNOWN_TOOL"),
        ("An error occurred invoking 'get_note': File not found: a.txt", "filesystem:FS-001"),
        // A message that ends in an object of several lines.
        (
            "the server started\nexpect initialized request, but received: {\n  \"jsonrpc\": \"2.0\",\n  \"id\": 1,\n  \"method\": \"ping\"\n}\nthe server stopped",
            "sdk:REQUEST_BEFORE_INITIALIZATION",
        ),
    ]);
    let recognition = recognize("Error executing tool get_note: MCP error -32603: MCP error -32001: Request timed out");
    let chain = recognition.errors[0].chain();
    assert_eq!(recognition.errors[0].findings[0].chain(), chain);
    assert!(
        chain.iter().any(|piece| piece.contains("get_note")) && chain.iter().any(|piece| piece.contains("-32603")),
        "{chain:?}"
    );
}

#[test]
fn a_number_that_many_use_is_never_the_answer() {
    for number in ["-32000", "-32001", "-32003", "-32005", "-1", "0", "404", "-33004", "11001"] {
        let recognition = recognize(number);
        assert_eq!(answer(&recognition), None, "{number}");
        let findings = &recognition.errors[0].findings;
        assert!(findings.len() > 1 || number == "0" || number == "404", "{number}");
        assert!(findings.iter().all(|finding| finding.confirmed_by().is_some()), "{number}");
    }
    let recognition = Recognizer::new().in_system("super-mcp").recognize("-32003");
    assert_eq!(answer(&recognition), Some(("super-mcp:-32003".to_owned(), Certainty::Certain)));
}

#[test]
fn the_number_of_an_error_is_the_one_that_was_received() {
    for (text, number) in [
        ("MCP error -32001: Request timed out", Some(-32_001)),
        (r#"{"code":-32601,"message":"Method not found"}"#, Some(-32_601)),
        ("-32602: Invalid cursor", Some(-32_602)),
        ("File not found: a.txt", None),
        ("404: File not found: a.txt", None),
    ] {
        assert_eq!(recognize(text).errors[0].number(), number, "{text}");
    }
}

#[test]
fn a_code_in_the_middle_of_a_sentence_is_never_the_answer() {
    for text in ["I wonder what NX-MCP-010: in that table means", "as NX-MCP-010 - the third row - says"] {
        assert_eq!(answer(&recognize(text)), None, "{text}");
    }
}

#[test]
fn a_code_with_its_own_message_is_certain_in_every_member() {
    for sent in [
        r#"{"code":"FS-001","message":"File not found: a.txt"}"#,
        r#"{"error":"FS-001","message":"File not found: a.txt"}"#,
        r#"{"error":"FS-001","message":"File not found: \u0061.txt"}"#,
        r#"{"error":{"code":"FS-001","message":"File not found: a.txt"}}"#,
    ] {
        let recognition = recognize(sent);
        assert_eq!(answer(&recognition), Some(("filesystem:FS-001".to_owned(), Certainty::Certain)), "{sent}");
        assert_eq!(recognition.errors.len(), 1, "{sent}");
        assert_eq!(recognition.errors[0].findings[0].values()["path"], "a.txt", "{sent}");
    }
    let other = recognize(r#"{"error":"FS-001","message":"ticket moved"}"#);
    assert_eq!(answer(&other), None);
}

#[test]
fn a_member_code_may_be_a_full_name() {
    all(&[
        (r#"{"error":{"code":"filesystem:FS-001","message":"boo"}}"#, "filesystem:FS-001"),
        (r#"{"code":"scrum-mcp:NOT_FOUND","message":"boo"}"#, "scrum-mcp:NOT_FOUND"),
        (r#"{"code":"nobody:NOT_FOUND","message":"boo"}"#, "none"),
    ]);
}

#[test]
fn a_message_of_another_failure_makes_a_number_of_the_specification_only_possible() {
    for (number, message) in [
        (-32_601, "Not Found: Invalid session id"),
        (-32_601, "Session expired"),
        (-32_600, "Unauthorized"),
        (-32_602, "Access token expired"),
        (-32_700, "Authentication required"),
    ] {
        let sent = format!(r#"{{"jsonrpc":"2.0","id":1,"error":{{"code":{number},"message":"{message}"}}}}"#);
        let recognition = recognize(&sent);
        let is_specified = |finding: &Finding| name(finding) == format!("mcp:{number}");
        assert!(recognition.errors[0].findings.iter().any(is_specified), "{sent}");
        assert!(!recognition.errors[0].answer().is_some_and(is_specified), "{sent}");
    }
    all(&[
        (r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"path is required"}}"#, "mcp:-32602"),
        (r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Authentication failed"}}"#, "mcp:-32603"),
    ]);
}

#[test]
fn issues_of_a_result_are_not_those_of_arguments() {
    let issue = |code: &str, expected: &str, path: &str| {
        format!(
            r#"Error executing MCP tool: [{{"code":"{code}","expected":"{expected}","path":[{path}],"message":"Required"}}]"#
        )
    };
    for path in
        [r#""protocolVersion""#, r#""serverInfo","name""#, r#""tools",0,"inputSchema""#, r#""structuredContent""#]
    {
        all(&[(&issue("invalid_type", "string", path), "sdk:INVALID_RESULT")]);
    }
    all(&[
        (&issue("invalid_type", "array", r#""content""#), "sdk:INVALID_RESULT"),
        (&issue("invalid_union", "object", r#""content",0"#), "sdk:INVALID_RESULT"),
        (&issue("invalid_type", "string", r#""content""#), "sdk:INPUT_VALIDATION_FAILED"),
        (&issue("invalid_type", "string", r#""path""#), "sdk:INPUT_VALIDATION_FAILED"),
    ]);
}

#[test]
fn a_page_of_html_where_json_was_expected_needs_a_word_of_mcp() {
    for text in [
        "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON\n    at JSON.parse (<anonymous>)",
        "SyntaxError: Unexpected token '<', \"<html><hea\"... is not valid JSON",
        "SyntaxError: Unexpected token < in JSON at position 0",
    ] {
        let recognition = recognize(text);
        assert_eq!(answer(&recognition), None, "{text}");
        assert!(!recognition.errors.is_empty(), "{text}");
    }
    all(&[(
        "[mcp] failed to connect: SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
        "sdk:CLIENT_HTTP_UNEXPECTED_CONTENT",
    )]);
}

#[test]
fn the_transports_of_a_client_say_what_happened_to_them() {
    all(&[
        (
            "Error executing tool x: MCP SSE Transport Error: Not connected {\n  toolArgs: { a: 1 },\n}",
            "sdk:NOT_CONNECTED",
        ),
        ("MCP SSE Transport Error: Connection closed unexpectedly", "sdk:CONNECTION_CLOSED"),
        ("MCP SSE Transport Error: 405 Method Not Allowed", "sdk:CLIENT_HTTP_FAILED_TO_OPEN_STREAM"),
        ("[error] Server exited before responding to `initialize` request.", "sdk:CONNECTION_CLOSED"),
        (
            "io.modelcontextprotocol.spec.McpError: Client must be initialized before listing tools",
            "sdk:NOT_INITIALIZED",
        ),
        ("ModelContextProtocol.McpException: Transport is not connected", "sdk:NOT_CONNECTED"),
        ("ModelContextProtocol.McpException: The method does not exist or is not available.", "mcp:-32601"),
        (
            "Error: Protected Resource Metadata resource \"https://a.test/mcp\" does not match MCP server resolved resource \"https://a.test/mcp/\". The MCP server must follow OAuth spec",
            "sdk:CLIENT_HTTP_AUTHENTICATION",
        ),
    ]);
}

#[test]
fn a_value_has_the_characters_that_its_escapes_mean() {
    for (escape, character) in [
        (r"\n", "\n"),
        (r"\t", "\t"),
        (r"\r", "\r"),
        (r"\b", "\u{8}"),
        (r"\f", "\u{c}"),
        (r#"\""#, "\""),
        (r"\\", "\\"),
        (r"\/", "/"),
        (r"\u00e9", "é"),
        (r"\ud83d\ude00", "😀"),
    ] {
        let sent = format!(r#"{{"code":-32601,"message":"Method not found","data":"a{escape}b"}}"#);
        let values = recognize(&sent).errors[0].findings[0].values();
        assert_eq!(values["data"], format!("a{character}b"), "{sent}");
    }
}

#[test]
fn harmless_texts_have_no_finding() {
    for text in [
        "all tests passed",
        "offset -32001 of block 33001",
        r#"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"MCP error -32001: Request timed out"}]}}"#,
        r#"{"method":"tools/call","params":{"arguments":{"query":"FS-001: File not found: a.txt"}}}"#,
        r#"{"code":200,"message":"OK"}"#,
        "GET /errors/FS HTTP/1.1",
        "merge CONFLICT in README.md",
        "the request completed in 408 ms",
        r#"the form keeps [{"code":"too_small","path":["age"],"message":"x"}] under its fields"#,
    ] {
        let recognition = recognize(text);
        assert!(
            recognition.errors.is_empty(),
            "{text}: {:?}",
            recognition.errors[0].findings.first().map(ToString::to_string)
        );
        assert!(recognition.none.is_some());
    }
}

#[test]
fn spans_are_places_of_the_input() {
    let input = r#"{"log":"\u001b[31mError:\u001b[0m MCP error -32001: Request timed out"}"#;
    let recognition = recognize(input);
    let finding = &recognition.errors[0].findings[0];
    assert_eq!(&input[finding.span()], "MCP error -32001: Request timed out");
    let input = "été: File not found: \u{1b}[1mé.txt\u{1b}[0m!";
    let finding = &recognize(input).errors[0].findings[0];
    assert_eq!(&input[finding.span()], "File not found: \u{1b}[1mé.txt\u{1b}[0m!");
}

#[test]
fn a_record_object_of_an_unknown_registry_is_an_unknown_error() {
    let sent = r#"{"jsonrpc":"2.0","id":1,"error":{"code":100001,"message":"no ticket 7","data":{"system":"acme","code":"ACME-001","message":"no ticket 7","details":{"number":7}}}}"#;
    let recognition = recognize(sent);
    assert!(recognition.errors.is_empty());
    assert_eq!(
        recognition.none.as_deref(),
        Some(
            "there is an error with the code \"acme:ACME-001\" with the number 100001 and the message \"no ticket 7\", about \
             which nothing is known"
        )
    );
    let values = recognition.unknown[0].values();
    assert_eq!((&values["message"], &values["details"]["number"]), (&"no ticket 7".into(), &7.into()));
}

#[test]
fn what_a_peer_sent_is_judged_by_name_when_it_is_sent_on() {
    let sent = r#"{"system":"filesystem","code":"FS-001","message":"File not found: a","details":{"password":"hunter2","stack":"at f (a.js:1:2)","depth":3}}"#;
    let error = recognize(sent).errors[0].findings[0].to_error().expect("the code is certain");
    let shown = error.tool_result().to_string();
    assert!(!shown.contains("hunter2") && !shown.contains("a.js"), "{shown}");
    assert_eq!(error.detail("depth"), Some(&3.into()));
}

#[test]
fn words_before_an_error_do_not_hide_it() {
    let text = format!("{}{} MCP error -32000: Connection closed", "Unknown tool: x; ".repeat(12), "f".repeat(70_000));
    let errors = recognize(&text).errors;
    assert!(errors.iter().any(|error| error.number() == Some(-32_000)), "{errors:?}");
}

#[test]
fn errors_with_different_numbers_are_different() {
    let log = "MCP error -32001: Session not found\nMCP error -32000: Session not found\n";
    let found = mcp_error_codes::Recognizer::new().recognize_log(log.as_bytes()).expect("memory can be read");
    assert_eq!(found.errors.len(), 2);
}

#[test]
fn waits_are_read_wherever_a_peer_writes_them() {
    for data in [
        r#"{"retry_after_secs":5}"#,
        r#"{"retryAfterMillis":5000}"#,
        r#"{"retry":{"afterMs":5000}}"#,
        r#"{"headers":{"Retry-After":"5"}}"#,
    ] {
        let sent = format!(r#"{{"jsonrpc":"2.0","id":1,"error":{{"code":-32603,"message":"x","data":{data}}}}}"#);
        assert_eq!(recognize(&sent).errors[0].findings[0].values()["wait_ms"], 5_000, "{data}");
    }
}

#[test]
fn nothing_that_was_sent_is_lost() {
    let sent = r#"{"jsonrpc":"2.0","id":"r-1","error":{"code":-32602,"message":"no such thing","data":{"at":[1,2]},"help":"x"}}"#;
    let values = recognize(sent).errors[0].findings[0].values();
    assert_eq!(values["id"], "r-1");
    assert_eq!(values["data"]["at"][1], 2);
    assert_eq!(values["help"], "x");
    assert_eq!(values["message"], "no such thing");
    let sent = r#"{"content":[{"type":"text","text":"SEC-010: Rate limit exceeded\nRetry after 17 s.\nHint: Wait."}],"isError":true}"#;
    let recognition = recognize(sent);
    assert_eq!(recognition.errors.len(), 1);
    assert_eq!(recognition.errors[0].findings[0].values()["wait_ms"], 17_000);
}

#[test]
fn a_status_in_the_message_of_an_error_is_a_candidate() {
    for (sent, code) in [
        (r#"{"error":{"message":"Request failed with status code 429"}}"#, "sdk:REQUEST_RATE_LIMITED"),
        (r#"{"code":1234,"message":"Request failed with status code 429"}"#, "sdk:REQUEST_RATE_LIMITED"),
        (
            r#"{"isError":true,"content":[{"type":"text","text":"Request failed with status code 401"}]}"#,
            "sdk:CLIENT_HTTP_AUTHENTICATION",
        ),
    ] {
        let recognition = recognize(sent);
        assert_eq!(answer(&recognition), None, "{sent}");
        let names: Vec<String> = recognition.errors[0].findings.iter().map(name).collect();
        assert!(names.iter().any(|name| name == code), "{sent}: {names:?}");
    }
}

#[test]
fn a_status_alone_means_the_code_that_http_itself_gives_it_or_its_kind() {
    for (status, code) in [
        (401, "sdk:CLIENT_HTTP_AUTHENTICATION"),
        (403, "common:COMMON-PERMISSION-DENIED"),
        (429, "sdk:REQUEST_RATE_LIMITED"),
        (503, "common:COMMON-UNAVAILABLE"),
    ] {
        let found = answer(&Recognizer::new().http_status(status).recognize("x y"));
        assert_eq!(found, Some((code.to_owned(), Certainty::Likely)), "{status}");
    }
}

#[test]
fn candidates_of_a_number_are_those_of_mcp_then_of_official_sdks_then_of_others() {
    let mut groups = [0; 4];
    for number in -32_768..=-32_000 {
        let recognition = recognize(number.to_string());
        let Some(error) = recognition.errors.first() else { continue };
        let possible = error.findings.iter().filter(|finding| finding.certainty() == Certainty::Possible);
        let places: Vec<usize> = possible
            .map(|finding| {
                let Some(record) = finding.record() else { return 2 };
                let mut own = record.signatures.iter().filter(|signature| signature.number == Some(number)).peekable();
                let is_of_others = own.peek().is_some() && !own.any(|signature| signature.sender.contains("SDK"));
                match record.system.name {
                    "mcp" => 0,
                    "sdk" => usize::from(is_of_others),
                    _ => 3,
                }
            })
            .collect();
        assert!(places.is_sorted(), "{number}: {places:?}");
        places.iter().for_each(|place| groups[*place] += 1);
    }
    assert!(!groups.contains(&0), "{groups:?}");
}

#[test]
fn an_error_that_the_specification_shows_is_certain() {
    let mut count = 0;
    for record in Code::in_system("mcp").map(Code::record) {
        for signature in record.signatures.iter().filter(|signature| signature.sender == "MCP specification") {
            let (Some(number), Some(message)) = (signature.number, signature.message) else { continue };
            let message = message.replace("{details}", "no such header");
            let data = match signature.data {
                Some("{supported, requested}") => r#","data":{"supported":["2025-11-25"],"requested":"1"}"#,
                Some(other) => panic!("an example of {other} is missing"),
                None => "",
            };
            let sent = format!(r#"{{"code":{number},"message":"{message}"{data}}}"#);
            let expected = Some((format!("mcp:{}", record.code), Certainty::Certain));
            assert_eq!(answer(&recognize(&sent)), expected, "{sent}");
            count += 1;
        }
    }
    assert!(count > 3, "{count}");
}
