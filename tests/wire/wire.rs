//! The wire forms of an error: their exact text, and decoding it.
#![cfg(feature = "std")]

use std::time::Duration;

use mcp_error_codes::record::ParamType;
use mcp_error_codes::wire::{Decoder, RecordObject, RequestId};
use mcp_error_codes::{Code, McpError, ProtocolVersion, Surface, decode, filesystem, hyper_bun, mcp, super_mcp};
use serde_json::{Value, json};

/// The record object of a bare `FS-006`, except for its hint.
fn bare_object() -> String {
    let hint = filesystem::DISK_FULL.record().hint;
    [
        r#"{"system":"filesystem","code":"FS-006","name":"DISK_FULL","kind":"exhausted","#,
        r#""message":"Disk full: insufficient space for operation","hint":""#,
        hint,
        r#"","category":"GENERAL","severity":"ERROR","recoverable":true,"#,
        r#""retry":{"class":"retry-after-change"}}"#,
    ]
    .concat()
}

#[test]
fn a_bare_error_has_exactly_this_json() {
    let error = McpError::new(filesystem::DISK_FULL);
    let (object, hint) = (bare_object(), error.record().hint);
    assert_eq!(RecordObject::new(&error).to_string(), object);
    let message = "Disk full: insufficient space for operation";
    let member = format!(r#"{{"code":33006,"message":"{message}","data":{object}}}"#);
    assert_eq!(error.json_rpc_error().to_string(), member);
    assert_eq!(error.json_rpc_response(7).to_string(), format!(r#"{{"jsonrpc":"2.0","id":7,"error":{member}}}"#));
    assert_eq!(error.tool_text(), format!("FS-006: {message}\nHint: {hint}"));
    assert_eq!(
        error.tool_result().to_string(),
        format!(
            r#"{{"content":[{{"type":"text","text":"FS-006: {message}\nHint: {hint}"}}],"isError":true,"_meta":{{"io.github.mcp-error-codes/error":{object}}}}}"#
        )
    );
}

#[test]
fn a_full_error_has_exactly_this_json() {
    let error = filesystem::file_not_found("a \"b\"\n\u{1}é")
        .with_detail("zone", 1)
        .with_detail("area", json!({"b": [1, null], "a": true}))
        .with_retry_after(Duration::from_millis(1_500))
        .with_error_id("e-1")
        .with_surface(Surface::Protocol)
        .with_internal("sql", "SELECT 1")
        .with_source("inner");
    let object = [
        r#"{"system":"filesystem","code":"FS-001","name":"FILE_NOT_FOUND","kind":"not_found","#,
        r#""message":"File not found: a \"b\"\n\u0001é","hint":""#,
        filesystem::FILE_NOT_FOUND.record().hint,
        r#"","category":"RESOURCE","severity":"WARN","recoverable":true,"#,
        r#""retry":{"class":"retry-after-delay","after_ms":1500},"error_id":"e-1","#,
        r#""details":{"path":"a \"b\"\n\u0001é","zone":1,"area":{"a":true,"b":[1,null]}}}"#,
    ]
    .concat();
    assert_eq!(RecordObject::new(&error).to_string(), object);
    assert_eq!(
        error.json_rpc_response("r-1").to_string(),
        format!(
            r#"{{"jsonrpc":"2.0","id":"r-1","error":{{"code":33001,"message":"File not found: a \"b\"\\n\\u{{1}}é (retry after 1.5 s)","data":{object}}}}}"#
        )
    );
    let result = error.tool_result().to_string();
    let text = [
        r#"{"content":[{"type":"text","text":"FS-001: File not found: a \"b\"\n  \\u{1}é\nzone: 1\narea: "#,
        r#"{\"a\":true,\"b\":[1,null]}\nRetry after 1.5 s.\nError id: e-1\nHint: "#,
    ];
    assert!(result.starts_with(&text.concat()), "{result}");
    assert!(
        result.ends_with(&format!(r#""}}],"isError":true,"_meta":{{"io.github.mcp-error-codes/error":{object}}}}}"#)),
        "{result}"
    );
}

#[test]
fn a_shared_text_is_written_with_its_system_where_no_system_stands_beside_it() {
    let error = McpError::new(super_mcp::INVALID_PARAMS);
    let object: Value = serde_json::from_str(&RecordObject::new(&error).to_string()).expect("it is JSON");
    assert_eq!((&object["system"], &object["code"]), (&json!("super-mcp"), &json!("-32602")));
    assert_eq!(object.get("ref"), None);
    assert!(error.tool_text().starts_with("super-mcp:-32602: "));
}

#[test]
fn a_request_is_answered_under_its_id() {
    let error = McpError::new(mcp::PARSE_ERROR);
    let begins = |id: RequestId<'_>, text: &str| {
        let json = error.json_rpc_response(id).to_string();
        assert!(json.starts_with(&format!(r#"{{"jsonrpc":"2.0","id":{text},"error":{{"code":-32700,"#)), "{json}");
    };
    begins(RequestId::Unknown, "null");
    begins(i64::MIN.into(), "-9223372036854775808");
    begins("a\"b".into(), r#""a\"b""#);
    begins(String::new().into(), r#""""#);
}

#[test]
fn every_record_has_its_hint_and_no_structured_content() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code);
        let result: Value = serde_json::from_str(&error.tool_result().to_string()).expect("it is JSON");
        assert_eq!(result["isError"], true);
        assert_eq!(result.get("structuredContent"), None);
        let text = result["content"][0]["text"].as_str().unwrap_or_default();
        let wait = code.record().retry.initial_ms.map(|wait| format!("Retry after {} s.\n", wait as f64 / 1_000.0));
        let wait = wait.unwrap_or_default();
        assert_eq!(text, format!("{code}: {}\n{wait}Hint: {}", error.message(), code.record().hint));
        assert_eq!(text, error.tool_text());
    }
}

#[test]
fn the_number_follows_the_protocol_version() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code);
        assert_eq!(error.json_rpc_number(), code.record().json_rpc_number());
        for &version in ProtocolVersion::ALL {
            let own = code.record().json_rpc_number_in(version);
            let expected = own.unwrap_or(-32_603);
            assert_eq!(error.json_rpc_number_in(version), expected, "{code} {version}");
            assert_eq!(error.json_rpc_error().in_version(version).number(), expected);
            let json: Value =
                serde_json::from_str(&error.json_rpc_response(1).in_version(version).to_string()).expect("it is JSON");
            assert_eq!(json["error"]["code"], expected);
            let received = decode(json.to_string()).expect("it is an error");
            assert_eq!((received.code(), received.json_rpc_number()), (Some(code), expected), "{code} {version}");
            assert_eq!(received.to_string(), error.to_string());
        }
    }
}

/// Returns the error of a code, with a value for each parameter.
fn filled(code: Code) -> McpError {
    code.record().params.iter().fold(McpError::new(code), |error, param| match param.ty {
        ParamType::Integer => error.with_detail(param.name, 42),
        ParamType::List => error.with_detail(param.name, ["one", "two"]),
        _ => error.with_detail(param.name, "a \"text\"\n"),
    })
}

/// Returns errors of every kind for a code.
fn kinds(code: Code) -> [McpError; 6] {
    let all = filled(code)
        .with_detail("aaa", json!([1, {"b": "c"}, null]))
        .with_failure(filesystem::file_not_found("a.txt"))
        .with_detail("zzz", u64::MAX)
        .with_retry_after(Duration::from_millis(1))
        .with_error_id("e-1");
    [
        McpError::new(code),
        filled(code),
        filled(code).with_message("said\nin other words: {x}"),
        McpError::new(code).with_error_id("é\n"),
        McpError::new(code).with_retry_after(Duration::ZERO),
        all,
    ]
}

/// Asserts that the received error is the sent one without its internal parts.
fn assert_same(received: &McpError, sent: &McpError, surface: Surface) {
    assert_eq!(received.record(), sent.record());
    assert_eq!(received.message(), sent.message(), "{sent:?}");
    assert!(received.details().eq(sent.details()), "{received:?} {sent:?}");
    assert_eq!(received.error_id(), sent.error_id());
    assert_eq!((received.retry(), received.retry_after()), (sent.retry(), sent.retry_after()));
    assert_eq!(received.json_rpc_number(), sent.json_rpc_number());
    assert_eq!(received.surface(), surface);
    assert_eq!(received.to_string(), sent.to_string());
}

#[test]
fn every_error_comes_back_whole_and_is_written_the_same_again() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        for sent in kinds(code) {
            let json = sent.json_rpc_response(7).to_string();
            let received = decode(&json).expect("it is an error");
            assert_same(&received, &sent, Surface::Protocol);
            assert_eq!(received.json_rpc_response(7).to_string(), json);

            let json = sent.json_rpc_error().to_string();
            let received = decode(&json).expect("it is an error");
            assert_same(&received, &sent, Surface::Protocol);
            assert_eq!(received.json_rpc_error().to_string(), json);

            let json = sent.tool_result().to_string();
            let received = decode(&json).expect("it is an error");
            assert_same(&received, &sent, Surface::Tool);
            assert_eq!(received.tool_result().to_string(), json);
            let response = format!(r#"{{"jsonrpc":"2.0","id":7,"result":{json}}}"#);
            assert_same(&decode(&response).expect("it is an error"), &sent, Surface::Tool);

            let json = RecordObject::new(&sent).to_string();
            let received = decode(&json).expect("it is an error");
            assert_same(&received, &sent, code.record().surface);
            assert_eq!(RecordObject::new(&received).to_string(), json);
        }
    }
}

#[test]
fn a_system_that_is_named_beside_a_record_object_changes_nothing() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let sent = filled(code);
        for system in ["super-mcp", "mcp", "filesystem", "nobody"] {
            let received =
                Decoder::new().in_system(system).decode(sent.tool_result().to_string()).expect("it is an error");
            assert_same(&received, &sent, Surface::Tool);
            let received =
                Decoder::new().in_system(system).decode(sent.json_rpc_response(1).to_string()).expect("it is an error");
            assert_same(&received, &sent, Surface::Protocol);
        }
    }
}

#[test]
fn a_scenario_s_message_and_details_come_back() {
    let sent = mcp_error_codes::scrum::dependency_already_exists("b", "a");
    let json = sent.json_rpc_response(1).to_string();
    let received = decode(&json).expect("it is an error");
    assert_eq!(received.to_string(), "CONFLICT: Dependency already exists: b -> a");
    assert_eq!(received.json_rpc_response(1).to_string(), json);
}

#[test]
fn what_was_redacted_or_cut_comes_back_as_it_was_sent() {
    let sent = filesystem::file_not_found("p".repeat(5_000))
        .with_detail("apiKey", "abc")
        .with_detail("note", "password=hunter2 ".repeat(100))
        .with_detail("levels", (0..100).fold(json!(1), |value, _| Value::Array(vec![value])));
    let json = sent.tool_result().to_string();
    assert!(!json.contains("hunter2") && !json.contains("abc"));
    assert_eq!(decode(&json).expect("it is an error").details().count(), 4);
    let once = decode(&json).expect("it is an error").tool_result().to_string();
    assert_eq!(decode(&once).expect("it is an error").tool_result().to_string(), once);
    assert_eq!(decode(&json).expect("it is an error").message(), sent.message());
}

#[test]
fn what_a_peer_sends_is_redacted_too() {
    let json = r#"{"system":"filesystem","code":"FS-006","message":"password=hunter2","details":{"note":"Bearer abcdefgh12345678"}}"#;
    let received = decode(json).expect("it is an error");
    assert_eq!(received.message(), "password=[redacted]");
    assert_eq!(received.detail("note"), Some(&json!("Bearer [redacted]")));
}

#[test]
fn a_wait_is_written_in_whole_milliseconds() {
    let after = |wait| {
        let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE).with_retry_after(wait);
        let json: Value = serde_json::from_str(&RecordObject::new(&error).to_string()).expect("it is JSON");
        json["retry"]["after_ms"].clone()
    };
    assert_eq!(after(Duration::from_micros(1_999)), 1);
    assert_eq!(after(Duration::MAX), u64::MAX);
    let scheduled = RecordObject::new(&McpError::new(hyper_bun::SERVER_UNAVAILABLE)).to_string();
    assert!(scheduled.contains(r#""retry":{"class":"retry-after-delay","after_ms":1000}"#), "{scheduled}");
}
