//! Decoding: errors of other servers, plain texts, unknown codes, and bytes that are not an error.
#![cfg(feature = "std")]

use mcp_error_codes::wire::{DecodeError, Decoder, RecordObject};
use mcp_error_codes::{Code, McpError, Surface, by_number, decode, filesystem, find, mcp, scrum, super_mcp};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(json: &Value) -> McpError {
    decode(json.to_string()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn text_result(text: &str) -> Value {
    json!({"content": [{"type": "text", "text": text}], "isError": true})
}

fn is_unknown(error: &McpError) -> bool {
    error.record().code == "UNKNOWN" && error.record().system.name == "unknown" && error.code().is_none()
}

#[test]
fn a_bare_number_of_the_specification_is_its_code() {
    // Others use these two for different errors.
    let is_crowded = |code: &Code| matches!(code.record().json_rpc_number(), -1 | -32_002);
    for code in Code::in_system("mcp").filter(|code| !is_crowded(code)) {
        let number = code.record().json_rpc_number();
        let error = read(&json!({"jsonrpc": "2.0", "id": 1, "error": {"code": number, "message": "in other words"}}));
        assert_eq!(error.code(), Some(code));
        assert_eq!((error.message().as_ref(), error.json_rpc_number()), ("in other words", number));
        assert_eq!(error.surface(), Surface::Protocol);
        assert_eq!(error.to_string(), format!("{code}: in other words"));
    }
    assert_eq!(Code::in_system("mcp").count(), 11);
}

#[test]
fn a_retired_number_is_still_read_as_what_it_meant() {
    let error = read(&json!({"code": -32002, "message": "Resource not found"}));
    assert_eq!(error.code(), Code::lookup("mcp:-32002"));
    assert_eq!((error.record().name, error.json_rpc_number()), ("RESOURCE_NOT_FOUND", -32_002));
    assert_eq!(error.to_string(), "mcp:-32002: Resource not found");
}

#[test]
fn a_number_that_several_use_is_never_assumed() {
    for number in [-32_001, -32_000, -32_019, -32_050, -32_768, 0, 1, 404, i64::MIN, i64::MAX] {
        let error = read(&json!({"code": number, "message": "out of paper"}));
        assert!(is_unknown(&error), "{number}");
        assert_eq!(error.json_rpc_number(), number);
        assert_eq!(error.code_text(), number.to_string());
        assert_eq!(error.to_string(), format!("{number}: out of paper"));
    }
    let candidates: Vec<_> = by_number(read(&json!({"code": -32001, "message": "m"})).json_rpc_number()).collect();
    assert_eq!(candidates, [super_mcp::PACKAGE_NOT_FOUND.record()]);
}

#[test]
fn a_number_of_one_registry_is_its_code() {
    for (number, code) in [(33_001, "FS-001"), (41_010, "NX-MCP-010"), (-33_001, "-32001")] {
        let error = read(&json!({"code": number, "message": "out of paper"}));
        assert_eq!((error.record().code, error.to_string()), (code, format!("{code}: out of paper")));
    }
}

#[test]
fn a_number_is_a_system_s_code_where_the_system_is_named() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let record = code.record();
        for entry in record.json_rpc {
            let json = json!({"code": entry.number, "message": "m"}).to_string();
            let received = Decoder::new().in_system(record.system.name).decode(json).expect("it is an error");
            assert_eq!(received.code().map(Code::current), Some(code.current()), "{code:?} {}", entry.number);
            assert_eq!(received.json_rpc_number(), entry.number);
        }
    }
    let from = |system, number: i64| {
        Decoder::new()
            .in_system(system)
            .decode(json!({"code": number, "message": "m"}).to_string())
            .expect("it is an error")
    };
    assert!(from("super-mcp", -32_002).is(super_mcp::TOOL_NOT_FOUND));
    assert!(from("super-mcp", -33_002).is(super_mcp::TOOL_NOT_FOUND));
    assert!(from("super-mcp", -32_602).is(super_mcp::INVALID_PARAMS));
    assert_eq!(from("super-mcp", -32_602).to_string(), "super-mcp:-32602: m");
    assert!(
        from("filesystem", -32_602).is(mcp::INVALID_PARAMS),
        "what the system does not claim is the specification's"
    );
    assert!(from("super-mcp", -32_700).is(mcp::PARSE_ERROR));
    assert!(is_unknown(&from("nobody", 33_001)));
}

#[test]
fn an_error_of_the_specification_from_a_named_system_is_written_as_the_specification_s() {
    let received = Decoder::new()
        .in_system("super-mcp")
        .decode(r#"{"code":-32700,"message":"bad JSON"}"#)
        .expect("it is an error");
    let object: Value = serde_json::from_str(&RecordObject::new(&received).to_string()).expect("it is JSON");
    assert_eq!((&object["system"], &object["code"]), (&json!("mcp"), &json!("-32700")));
    assert!(read(&object).is(mcp::PARSE_ERROR));
}

#[test]
fn every_code_s_own_text_is_read_with_and_without_the_hint() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code).with_message("said: in other\nwords, Hint: none");
        let text = error.tool_text();
        // A code that is a word or a number proves nothing next to other words.
        let is_distinctive = code.as_str().contains('-') && code.as_str().starts_with(char::is_alphabetic);
        let without_hint = is_distinctive.then(|| text.split("\nHint: ").next().unwrap_or_default().to_owned());
        for text in std::iter::once(text).chain(without_hint) {
            let received = read(&text_result(&text));
            assert_eq!(received.code(), Some(code), "{text:?}");
            assert_eq!(received.message(), error.message());
            assert_eq!(received.surface(), Surface::Tool);
            assert_eq!(received.tool_text(), error.tool_text());
        }
        let in_system = format!("{}: in other words", code.as_str());
        let received = Decoder::new()
            .in_system(code.record().system.name)
            .decode(text_result(&in_system).to_string())
            .expect("an error");
        assert_eq!((received.code(), received.message().as_ref()), (Some(code), "in other words"));
    }
}

#[test]
fn an_unknown_text_is_kept_as_the_message() {
    let texts = [
        "",
        "it failed",
        "fs-001: wrong case",
        "FS-999: no such code",
        "FS-001 it failed",
        "XFS-001: x",
        "C001x: y",
        "see FS-001: z",
        "FS-001:no space",
        "a: b: c",
    ];
    for text in texts {
        let error = read(&text_result(text));
        assert!(is_unknown(&error), "{text:?}");
        assert_eq!((error.message().as_ref(), error.surface()), (text, Surface::Tool));
    }
    let with_title = "C001: Client Connection Timeout";
    assert!(read(&text_result(with_title)).is(mcp_error_codes::orchestrator::CLIENT_CONNECTION_TIMEOUT));
    assert!(read(&text_result("NOT_FOUND: Task not found: 7")).is(scrum::NOT_FOUND));
    assert!(is_unknown(&read(&text_result("C001: x"))));
    assert!(is_unknown(&read(&text_result("NOT_FOUND: x"))));
    assert!(is_unknown(&read(&text_result("PACKAGE_NOT_FOUND: x"))));
}

#[test]
fn the_texts_of_a_result_are_joined_by_line() {
    let result = json!({"content": [
        {"type": "text", "text": "FS-006: Disk full"},
        {"type": "image", "data": "AAAA", "mimeType": "image/png"},
        "odd",
        {"type": "text", "text": "and more"},
        {"type": "text", "text": 7},
    ], "isError": true, "structuredContent": {"x": 1}, "_meta": {"other/key": 1}});
    let error = read(&result);
    assert!(error.is(filesystem::DISK_FULL));
    assert_eq!(error.message(), "Disk full\nand more");
    assert!(is_unknown(&read(&json!({"content": [], "isError": true}))));
}

#[test]
fn a_record_object_of_another_shape_gives_way_to_the_text() {
    for meta in [
        json!(null),
        json!("FS-001"),
        json!({"code": "FS-001"}),
        json!({"system": 1, "code": "FS-001", "message": "m"}),
    ] {
        let mut result = text_result("FS-006: Disk full");
        result["_meta"] = json!({"io.github.mcp-error-codes/error": meta});
        assert!(read(&result).is(filesystem::DISK_FULL), "{result}");
    }
}

#[test]
fn an_unknown_record_object_keeps_what_was_received() {
    let object = json!({"system": "acme", "code": "ACME-1", "message": "out of paper", "hint": "Refill it.",
        "retry": {"class": "retry-after-delay", "after_ms": 250}, "error_id": "e-1", "details": {"tray": 2}});
    for form in [
        object.clone(),
        json!({"code": 100_001, "message": "out of paper", "data": object}),
        json!({"content": [], "isError": true, "_meta": {"io.github.mcp-error-codes/error": object}}),
    ] {
        let error = read(&form);
        assert!(is_unknown(&error));
        assert_eq!((error.to_string().as_str(), error.error_id()), ("ACME-1: out of paper", Some("e-1")));
        assert_eq!(error.detail("tray"), Some(&json!(2)));
        assert_eq!(error.retry_after(), Some(std::time::Duration::from_millis(250)));
        let again: Value = serde_json::from_str(&RecordObject::new(&error).to_string()).expect("it is JSON");
        assert_eq!((&again["system"], &again["code"]), (&json!("acme"), &json!("ACME-1")));
        assert!(format!("{error:?}").contains("Refill it."));
    }
    assert_eq!(read(&json!({"code": 100_001, "message": "m", "data": object})).json_rpc_number(), 100_001);
}

#[test]
fn the_code_of_a_record_object_is_that_of_its_system() {
    let object = |system: &str, code: &str| read(&json!({"system": system, "code": code, "message": "m"}));
    assert!(object("super-mcp", "-32602").is(super_mcp::INVALID_PARAMS));
    assert!(object("mcp", "-32602").is(mcp::INVALID_PARAMS));
    assert!(is_unknown(&object("filesystem", "-32602")));
    assert!(is_unknown(&object("filesystem", "fs-001")));
    assert!(is_unknown(&object("", "FS-001")));
    assert_eq!(object("acme", "FS-001").code_text(), "FS-001");
}

#[test]
fn data_of_a_foreign_error_is_kept() {
    let json =
        json!({"code": -32022, "message": "Unsupported", "data": {"supported": ["2025-11-25"], "requested": "1"}});
    let error = read(&json);
    assert!(error.is(mcp::UNSUPPORTED_PROTOCOL_VERSION));
    assert!(format!("{error:?}").contains("2025-11-25"), "{error:?}");
}

#[test]
fn numbers_of_any_kind_are_kept() {
    for number in ["1.5", "-0.5", "1e300", "18446744073709551615", "-9223372036854775808"] {
        let error = decode(format!(r#"{{"code":{number},"message":"m"}}"#)).expect("it is an error");
        assert!(is_unknown(&error), "{number}");
    }
    assert_eq!(read(&json!({"code": u64::MAX, "message": "m"})).to_string(), format!("{}: m", u64::MAX));
}

#[test]
fn what_is_no_error_is_told_with_its_input() {
    let told = |input: &str| match decode(input) {
        Err(error) => error.to_string(),
        Ok(error) => panic!("{input} is {error:?}"),
    };
    let shapeless = [
        "{}",
        "[]",
        "null",
        "true",
        "7",
        "\"FS-001\"",
        r#"{"id":1,"jsonrpc":"2.0","result":{}}"#,
        r#"{"content":[],"isError":false}"#,
        r#"{"content":[]}"#,
        r#"{"isError":true}"#,
        r#"{"code":"FS-001","message":"m"}"#,
        r#"{"code":1}"#,
        r#"{"code":1,"message":2}"#,
        r#"{"error":{}}"#,
        r#"{"error":{"message":"m"}}"#,
        r#"{"code":null,"message":"m"}"#,
        r#"{"content":{},"isError":true}"#,
        r#"{"content":[],"isError":"true"}"#,
    ];
    for input in shapeless {
        assert_eq!(
            told(input),
            format!(
                "{input} does not have the shape of an error; expected a JSON-RPC error or a tool result with isError true"
            )
        );
    }
    assert_eq!(told("not json"), r#""not json" is neither JSON nor a log entry: expected ident at line 1 column 2"#);
    assert_eq!(told(""), r#""" is neither JSON nor a log entry: EOF while parsing a value at line 1 column 0"#);
    assert_eq!(
        told(r#"{"code":1,"message":"\ud800"}"#),
        r#""{\"code\":1,\"message\":\"\\ud800\"}" is neither JSON nor a log entry: unexpected end of hex escape at line 1 column 28"#
    );
    assert!(told(r#"{"code":1,"message":"m"} x"#).contains("trailing characters"));
}

#[test]
fn what_is_kept_of_an_input_is_bounded_and_holds_no_secret() {
    for input in ["x".repeat(1_000_000), format!("[{}]", "1,".repeat(500_000) + "1"), "[".repeat(1_000_000)] {
        let error = decode(&input).expect_err("it is no error");
        let (DecodeError::Json { input: kept, .. } | DecodeError::NotAnError { input: kept }) = &error else {
            panic!("{error:?}")
        };
        assert!(kept.chars().count() <= 1_020, "{} characters", kept.chars().count());
        assert!(kept.ends_with(" more]"));
        assert!(error.to_string().len() < 10_000);
    }
    let error = decode(r#"{"password":"hunter2"}"#).expect_err("it is no error");
    assert!(!error.to_string().contains("hunter2") && !format!("{error:?}").contains("hunter2"), "{error:?}");
    let error = decode(b"\xff\xfe").expect_err("it is no text");
    assert!(matches!(&error, DecodeError::Json { input, .. } if input == "\u{fffd}\u{fffd}"), "{error:?}");
}

#[test]
fn a_form_that_is_nested_deeper_than_json_is_read_is_no_json() {
    let deep = |levels: usize| {
        let value = "[".repeat(levels) + &"]".repeat(levels);
        format!(r#"{{"system":"filesystem","code":"FS-006","message":"m","details":{{"v":{value}}}}}"#)
    };
    assert!(decode(deep(120)).expect("it is an error").is(filesystem::DISK_FULL));
    assert!(matches!(decode(deep(200)), Err(DecodeError::Json { .. })));
    assert!(matches!(decode(deep(100_000)), Err(DecodeError::Json { .. })));
}

#[test]
fn of_a_key_that_stands_twice_the_last_holds() {
    let error = decode(r#"{"code":-32600,"code":-32601,"message":"a","message":"b"}"#).expect("it is an error");
    assert!(error.is(mcp::METHOD_NOT_FOUND));
    assert_eq!(error.message(), "b");
}

/// A valid form of some error.
fn form() -> impl Strategy<Value = String> {
    (0..Code::all().filter(|code| code.record().is_sent()).count(), 0..4, any::<String>()).prop_map(
        |(at, form, text)| {
            let code = Code::all().filter(|code| code.record().is_sent()).nth(at).expect("the code exists");
            let error = McpError::new(code).with_detail("note", text).with_error_id("e-1");
            match form {
                0 => error.json_rpc_response(7).to_string(),
                1 => error.json_rpc_error().to_string(),
                2 => error.tool_result().to_string(),
                _ => text_result(&error.tool_text()).to_string(),
            }
        },
    )
}

/// Whatever was decoded can be written in every form and read again.
fn show(decoded: Result<McpError, DecodeError>) {
    match decoded {
        Ok(error) => {
            assert!(!format!("{error} {error:?} {}", error.record().explain()).is_empty());
            for form in [error.json_rpc_response(1).to_string(), error.tool_result().to_string()] {
                assert_eq!(decode(&form).expect("it is an error").message(), error.message());
            }
        }
        Err(error) => assert!(!format!("{error} {error:?}").is_empty()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_an_error_or_told(bytes in proptest::collection::vec(any::<u8>(), 0..300), system in any::<String>()) {
        show(decode(&bytes));
        show(Decoder::new().in_system(&system).decode(&bytes));
    }

    #[test]
    fn any_text_of_json_s_letters_is_an_error_or_told(text in "[\\[\\]{}\":,0-9eE.+\\-a-z\\\\ ]{0,200}") {
        show(decode(&text));
    }

    #[test]
    fn any_result_text_is_an_error(text in any::<String>(), system in proptest::option::of(any::<String>())) {
        let json = text_result(&text).to_string();
        let error = match &system {
            Some(system) => Decoder::new().in_system(system).decode(&json),
            None => decode(&json),
        };
        prop_assert!(error.is_ok());
        show(error);
    }

    #[test]
    fn any_number_is_kept(number in any::<i64>(), message in any::<String>(), data in proptest::option::of(any::<i64>())) {
        let error = read(&json!({"code": number, "message": message, "data": data}));
        prop_assert_eq!(error.json_rpc_number(), number);
        prop_assert_eq!(is_unknown(&error), !Code::in_system("mcp").any(|code| code.record().json_rpc_number() == number));
    }

    #[test]
    fn any_object_with_an_error_s_keys_is_an_error_or_told(
        keys in proptest::collection::btree_map(
            prop::sample::select(vec!["code", "message", "data", "system", "error", "result", "content", "isError", "_meta", "details", "retry", "error_id"]),
            prop_oneof![
                Just(json!(null)), Just(json!(true)), Just(json!(-32601)), Just(json!("FS-001")), Just(json!("filesystem")), Just(json!([])), Just(json!({})),
                Just(json!([{"type": "text", "text": "FS-001: x"}])), Just(json!({"code": 1, "message": "m"})),
                Just(json!({"after_ms": u64::MAX})), Just(json!({"after_ms": -1})),
                Just(json!({"io.github.mcp-error-codes/error": {"system": "a", "code": "b", "message": "c", "details": [1]}})),
            ],
            0..12,
        ),
    ) {
        show(decode(json!(keys).to_string()));
    }

    #[test]
    fn a_valid_form_that_was_damaged_is_an_error_or_told(
        form in form(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..6),
    ) {
        let mut bytes = form.into_bytes();
        for (at, byte, how) in changes {
            if bytes.is_empty() { break; }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
        }
        show(decode(&bytes));
    }

    #[test]
    fn a_valid_form_that_was_cut_is_no_json(form in form(), at in any::<prop::sample::Index>()) {
        let bytes = form.as_bytes();
        let is_json = !matches!(decode(&bytes[..at.index(bytes.len())]), Err(DecodeError::Json { .. }));
        prop_assert!(!is_json);
    }

    #[test]
    fn any_text_finds_a_code_only_by_its_whole(text in any::<String>()) {
        let error = read(&text_result(&format!("{text}: x")));
        prop_assert_eq!(error.code(), Code::lookup(&text), "{:?}", find(&text));
    }
}

#[test]
fn the_root_of_a_wrapped_error_is_decoded() {
    let tool = |text: &str| json!({"content": [{"type": "text", "text": text}], "isError": true}).to_string();
    let error = |number: i64, message: &str| json!({"code": number, "message": message}).to_string();
    let inner = error(-32_601, "Method not found");
    let cases = [
        (tool("Error calling tool 'read': FS-001: File not found: a.txt\nHint: Look."), "FS-001"),
        (tool("MCP error -32602: Invalid arguments for tool search: query is required"), "INPUT_VALIDATION_FAILED"),
        (tool("MCP error -32602: MCP error -32602: Tool get_forecast not found"), "UNKNOWN_TOOL"),
        (tool(&inner), "-32601"),
        (tool(&format!("Error POSTing to endpoint (HTTP 404): {inner}")), "-32601"),
        (error(-32_603, "MCP error -32001: Request timed out"), "REQUEST_TIMEOUT"),
        (error(-32_603, "Error executing tool x: MCP error 33001: File not found: a.txt"), "FS-001"),
        (error(-32_603, &inner), "-32601"),
        (json!(inner).to_string(), "-32601"),
        (json!(json!(tool("FS-001: File not found: a.txt")).to_string()).to_string(), "FS-001"),
        (error(-32_603, "the printer is out of paper"), "-32603"),
        (tool("the printer is out of paper"), "UNKNOWN"),
        (error(-32_001, "the printer is out of paper"), "UNKNOWN"),
        (tool("E001: unused import"), "UNKNOWN"),
    ];
    for (sent, code) in cases {
        let received = decode(&sent).expect("it is an error");
        assert_eq!(received.record().code, code, "{sent}");
    }
    let received = decode(tool("Error calling tool 'read': FS-001: File not found: a.txt")).expect("it is an error");
    assert_eq!(received.detail("path"), Some(&"a.txt".into()));
    assert!(received.message().contains("calling tool 'read'"), "{received}");
}

#[test]
fn json_within_json_ends_somewhere() {
    let mut sent = r#"{"code":-32601,"message":"Method not found"}"#.to_owned();
    for depth in 0..20 {
        assert_eq!(decode(&sent).is_ok(), depth <= 16, "{depth}");
        if sent.len() > 1 << 20 {
            break;
        }
        sent = json!(sent).to_string();
    }
}

#[test]
fn the_number_in_a_text_is_kept() {
    for (text, number, message) in [
        ("-32001: the printer is gone", -32_001, "the printer is gone"),
        ("MCP error -32003: the printer is gone", -32_003, "the printer is gone"),
        ("MCP error 40123: the printer is gone", 40_123, "the printer is gone"),
    ] {
        let error = read(&text_result(text));
        assert!(is_unknown(&error), "{text}: {error:?}");
        assert_eq!((error.json_rpc_number(), error.message().as_ref()), (number, message), "{text}");
        assert_eq!(error.bare_code(), number.to_string());
        // The whole text is kept too.
        assert_eq!(error.received_data().map(|data| &data["content"][0]["text"]), Some(&json!(text)));
    }
}

#[test]
fn the_rest_of_a_message_is_no_detail() {
    let error = read(&json!({"code": -32_003, "message": "client is closing: read tcp: connection reset"}));
    assert!(!is_unknown(&error), "{error:?}");
    assert_eq!(error.details().count(), 0, "{error:?}");
}

#[test]
fn a_code_in_the_data_or_at_the_start_of_the_message_is_read() {
    for error in [
        json!({"code": -32_000, "message": "no", "data": {"code": "FS-001"}}),
        json!({"code": -32_603, "message": "no", "data": {"errorCode": "filesystem:FS-001", "path": "a"}}),
        json!({"code": -32_000, "message": "no", "data": {"system": "filesystem", "code": "FS-001"}}),
        json!({"code": -32_000, "message": "FS-001: no"}),
        json!({"code": -32_603, "message": "filesystem:FS-001: no"}),
    ] {
        let received = read(&error);
        assert!(received.is(filesystem::FILE_NOT_FOUND), "{error}: {received:?}");
        assert_eq!(received.message(), error["message"].as_str().unwrap_or_default());
        assert_eq!(received.json_rpc_number(), error["code"].as_i64().unwrap_or_default());
        assert_eq!(received.received_data(), error.get("data").filter(|data| !data.is_null()));
    }
    // Each of these means something else too.
    for data in
        [json!({"code": "E001"}), json!({"code": "NOT_FOUND"}), json!({"code": 1}), json!("FS-001"), json!(null)]
    {
        assert!(is_unknown(&read(&json!({"code": -32_000, "message": "no", "data": data}))), "{data}");
    }
    // A title that only repeats the code proves no more.
    for (message, code) in
        [("Unauthorized", "UNAUTHORIZED"), ("Not found", "NOT_FOUND"), ("Validation error", "VALIDATION_ERROR")]
    {
        let error = read(&json!({"code": -32_000, "message": message, "data": {"code": code}}));
        assert!(is_unknown(&error), "{code}: {error:?}");
    }
    // Nor does a message of the form of one of its messages, and it does not compete with that of another record.
    let error = read(&json!({"code": -32_000, "message": "File not found: a", "data": {"code": "NOT_FOUND"}}));
    assert!(is_unknown(&error), "{error:?}");
    for message in ["Session not found", "Received request before initialization was complete"] {
        let error = read(&json!({"code": -32_603, "message": message, "data": {"code": "NOT_FOUND"}}));
        assert_eq!(error.record().system.name, "sdk", "{message}: {error:?}");
    }
}
