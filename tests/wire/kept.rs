//! Nothing that a peer sent is lost, whatever the form.

use std::time::UNIX_EPOCH;

use mcp_error_codes::wire::{Decoder, Envelope, RecordObject, StandardResponse, ToolResponse};
use mcp_error_codes::{McpError, decode, filesystem, sdk};
use serde_json::{Value, json};

/// The same error in every form with members.
fn forms(error: &McpError) -> Vec<Value> {
    let text = json!({"content": [{"type": "text", "text": error.tool_text()}], "isError": true});
    let written = [
        error.tool_result().to_string(),
        ToolResponse::new(7, error.tool_result()).to_string(),
        error.json_rpc_error().to_string(),
        error.json_rpc_response(7).to_string(),
        error.problem().to_string(),
        RecordObject::new(error).to_string(),
        Envelope::new(error).to_string(),
        StandardResponse::new(error).to_string(),
        error.log_line("files", UNIX_EPOCH).to_string(),
        text.to_string(),
        json!({"jsonrpc": "2.0", "id": 7, "result": text}).to_string(),
        json!({"code": -32602, "message": "Unknown tool: fly", "data": {"at": 1}}).to_string(),
        json!({"code": 1234, "message": "out of paper", "data": [1]}).to_string(),
        json!({"code": -32603, "message": "HTTP 404: {\"code\":-32602,\"message\":\"Unknown tool: fly\"}", "data": 5})
            .to_string(),
        json!({"ok": false, "error": "Sprint not found: 7", "hours": 5}).to_string(),
    ];
    written.iter().map(|json| serde_json::from_str(json).expect("a form is JSON")).collect()
}

/// The places of all objects in a value, as JSON pointers. What is within details is a detail.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    if let Value::Object(members) = value {
        found.push(at.to_owned());
        for (name, inner) in members {
            objects(inner, &format!("{at}/{}", name.replace('/', "~1")), found);
        }
    } else if let Value::Array(items) = value {
        for (place, inner) in items.iter().enumerate() {
            objects(inner, &format!("{at}/{place}"), found);
        }
    }
}

/// Everything that an error contains.
fn content(error: &McpError) -> String {
    let details: Vec<_> =
        error.details().chain(error.internal()).map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} {details:?} {:?}", error.message(), error.received_data().map(Value::to_string))
}

#[test]
fn a_member_that_no_form_has_is_kept_at_every_place() {
    for form in forms(&filesystem::file_not_found("a.txt").with_detail("size", 17)) {
        let mut places = Vec::new();
        objects(&form, "", &mut places);
        for place in places {
            let mut sent = form.clone();
            let object = sent.pointer_mut(&place).and_then(Value::as_object_mut).expect("an object");
            object.insert("x-asked".to_owned(), json!({"for": ["a-cup-of-tea"]}));
            let error = decode(sent.to_string()).unwrap_or_else(|error| panic!("{sent}: {error}"));
            assert!(content(&error).contains("a-cup-of-tea"), "{place:?} of {sent}: {}", content(&error));
        }
    }
}

#[test]
fn a_form_of_this_crate_has_nothing_else() {
    let error = filesystem::file_not_found("a.txt").with_error_id("e-7");
    for sent in forms(&error).into_iter().take(11) {
        let read = decode(sent.to_string()).expect("it is an error");
        assert_eq!(read.received_data(), None, "{sent}");
    }
}

#[test]
fn what_accompanies_a_known_error_is_kept() -> Result<(), mcp_error_codes::wire::DecodeError> {
    let sent = r#"{"content":[{"type":"text","text":"FS-001: File not found: a.txt"}],"structuredContent":{"line":3},"isError":true}"#;
    let error = decode(sent)?;
    assert!(error.is(filesystem::FILE_NOT_FOUND));
    assert_eq!(error.received_data(), Some(&json!({"structuredContent": {"line": 3}})));

    let sent = r#"{"code":-32603,"message":"HTTP 404: {\"code\":-32001,\"message\":\"Session not found\",\"data\":{\"at\":1}}","data":{"upstream":"notes"}}"#;
    let error = decode(sent)?;
    assert!(error.is(sdk::SESSION_NOT_FOUND));
    assert_eq!(error.received_data(), Some(&json!({"code": -32603, "data": {"upstream": "notes"}, "at": 1})));

    let sent =
        r#"{"type":"about:blank","title":"Gone","status":410,"detail":"no","system":"filesystem","code":"FS-001"}"#;
    let error = Decoder::new().http_status(410).decode(sent)?;
    assert_eq!(error.received_data(), Some(&json!({"title": "Gone", "status": 410})));
    Ok(())
}
