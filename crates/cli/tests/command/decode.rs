//! `decode` explains an error in any form.

use std::time::{Duration, SystemTime};

use crate::run::{Checked, expect, run, run_with};
use mcp_error_codes::wire::{Envelope, RequestId, ScrumBody, StandardResponse};
use mcp_error_codes::{McpError, filesystem, scrum};

/// Returns an error with every field.
fn error() -> McpError {
    filesystem::file_not_found("a.txt")
        .with_detail("zone", 7)
        .with_error_id("err-1")
        .with_retry_after(Duration::from_millis(2_500))
        .with_internal("query", "select 1")
}

#[test]
fn every_form_is_read() -> Checked {
    let error = error();
    let bodies = [
        error.json_rpc_response(7).to_string(),
        error.json_rpc_error().to_string(),
        error.tool_result().to_string(),
        format!(r#"{{"jsonrpc":"2.0","id":7,"result":{}}}"#, error.tool_result()),
        error.problem().to_string(),
        StandardResponse::new(&error).to_string(),
        Envelope::new(&error).to_string(),
        error.log_entry("files", SystemTime::UNIX_EPOCH).to_string(),
    ];
    for body in bodies {
        let view = run_with(&["decode", "--format", "json"], body.as_bytes()).json()?;
        let finding = &view["findings"][0];
        assert_eq!((&finding["code"], &finding["certainty"]), (&"FS-001".into(), &"certain".into()), "{body}");
        assert_eq!(finding["values"]["message"], "File not found: a.txt", "{body}");
        let text = run(&["decode", &body]).found();
        assert!(text.starts_with("FS-001: File not found: a.txt\n"), "{text}");
        assert!(text.contains(filesystem::FILE_NOT_FOUND.record().hint), "{text}");
    }
    let body = ScrumBody::new(&scrum::not_found("Task", "t-1")).to_string();
    assert_eq!(run(&["decode", &body, "--format", "json"]).json()?["findings"][0]["code"], "NOT_FOUND");
    Ok(())
}

#[test]
fn text_explains_the_error_and_what_to_do() {
    let body = error().json_rpc_response(RequestId::from("r-7")).to_string();
    expect("decode.txt", &run(&["decode", &body, "--width", "72"]).found());
    expect("decode_coloured.txt", &run(&["decode", &body, "--width", "72", "--color", "always"]).found());
}

#[test]
fn json_is_an_object() {
    let body = error().json_rpc_response(7).to_string();
    expect("decode.json", &run(&["decode", &body, "--format", "json"]).found());
}

#[test]
fn a_batch_is_decoded_one_by_one() -> Checked {
    let ok = r#"{"jsonrpc":"2.0","id":1,"result":{}}"#;
    let batch =
        format!("[{ok},{},{}]", error().json_rpc_response(2), filesystem::permission_denied("b").json_rpc_response(3));
    let view = run(&["decode", &batch, "--format", "json"]).json()?;
    let findings = view["findings"].as_array().ok_or("no findings")?;
    assert_eq!(findings.len(), 2);
    assert_eq!((&findings[1]["values"]["id"], &findings[1]["code"]), (&3.into(), &"FS-003".into()));
    let text = run(&["decode", &batch]).found();
    assert!(text.contains("\n\nFS-003: Permission denied: b\n"), "{text}");
    Ok(())
}

#[test]
fn a_system_and_a_status_complete_a_body() -> Checked {
    let bare = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"gone"}}"#;
    expect("decode_unknown.txt", &run(&["decode", bare, "--width", "72"]).found());
    let view = run(&["decode", bare, "--format", "json"]).json()?;
    let findings = view["findings"].as_array().ok_or("no findings")?;
    assert!(findings.len() > 10 && findings.iter().all(|finding| finding["certainty"] == "possible"));
    assert!(findings.iter().any(|finding| finding["system"] == "super-mcp"));
    let view = run(&["decode", bare, "--format", "json", "--system", "super-mcp"]).json()?;
    assert_eq!(
        (&view["findings"][0]["code"], &view["findings"][0]["certainty"]),
        (&"-32001".into(), &"certain".into())
    );

    let body = r#"{"error":"invalid_token","error_description":"expired"}"#;
    let view = run(&["decode", body, "--format", "json", "--status", "401"]).json()?;
    assert_eq!(view["findings"][0]["code"], "CLIENT_HTTP_AUTHENTICATION");
    Ok(())
}

#[test]
fn a_body_may_be_in_a_file() -> Checked {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), format!("\u{feff}{}\r\n", error().tool_result()))?;
    let path = file.path().to_str().ok_or("the path is no text")?;
    assert!(run(&["decode", "--file", path]).found().starts_with("FS-001: "));
    let missing = run(&["decode", "--file", "no/such/file"]);
    assert_eq!(missing.status, Some(2));
    assert!(missing.err.starts_with("error: no/such/file: "), "{}", missing.err);
    Ok(())
}

#[test]
fn a_part_of_a_body_is_enough() -> Checked {
    let error = filesystem::file_not_found("a.txt");
    let text = format!("FS-001: File not found: a.txt\nHint: {}", error.record().hint);
    for part in [text.as_str(), r#"{"code":"FS-001","message":"File not found: a.txt"}"#] {
        let view = run(&["decode", part, "--format", "json"]).json()?;
        let finding = &view["findings"][0];
        assert_eq!((&finding["code"], &finding["values"]["path"]), (&"FS-001".into(), &"a.txt".into()), "{part}");
    }
    Ok(())
}

#[test]
fn a_log_of_any_size_is_read() -> Checked {
    let file = tempfile::NamedTempFile::new()?;
    let line = "12:00:01 all is well\n".repeat(50_000) + "12:00:02 MCP error -32000: Connection closed\n";
    std::fs::write(file.path(), line.repeat(3))?;
    let path = file.path().to_str().ok_or("the path is no text")?;
    let view = run(&["decode", "--file", path, "--format", "json"]).json()?;
    assert_eq!((&view["findings"][0]["code"], &view["findings"][0]["count"]), (&"CONNECTION_CLOSED".into(), &3.into()));
    Ok(())
}

#[test]
fn a_body_without_an_error_says_why() -> Checked {
    let none = "error: the text contains no error of a known form, no code and no known message\n";
    for body in [r#"{"a":1}"#, "[]", "hello"] {
        assert_eq!(run(&["decode", body]).missed(), none);
    }
    assert_eq!(run_with(&["decode"], "é".repeat(1 << 18).as_bytes()).missed(), none);
    assert_eq!(run_with(&["decode"], b"").missed(), "error: the text is empty\n");
    let unknown = run(&["decode", r#"{"code":1234,"message":"out of paper"}"#]).missed();
    assert!(unknown.contains("1234") && unknown.contains("out of paper"), "{unknown}");
    let json = run(&["decode", "hello", "--format", "json"]);
    assert_eq!(json.status, Some(1));
    let view: serde_json::Value = serde_json::from_str(&json.out)?;
    assert!(view["none"].is_string() && view["findings"] == serde_json::json!([]));
    Ok(())
}

#[test]
fn received_text_cannot_control_the_terminal() {
    let body = r#"{"code":-32603,"message":"a\u009bc\u202ed\ne","data":{"k\u001b":"\u009b\u001b[2J"}}"#;
    for color in ["never", "always"] {
        let text = run(&["decode", body, "--color", color]).found();
        assert!(!text.contains("\u{1b}[2J") && !text.contains(['\u{9b}', '\u{202e}']), "{text}");
    }
}
