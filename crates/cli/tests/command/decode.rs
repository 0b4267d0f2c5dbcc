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
fn every_form_is_named() -> Checked {
    let error = error();
    let bodies = [
        ("JSON-RPC response", error.json_rpc_response(7).to_string()),
        ("JSON-RPC error", error.json_rpc_error().to_string()),
        ("tool result", error.tool_result().to_string()),
        ("response with a tool result", format!(r#"{{"jsonrpc":"2.0","id":7,"result":{}}}"#, error.tool_result())),
        ("problem details", error.problem().to_string()),
        ("standard response", StandardResponse::new(&error).to_string()),
        ("envelope", Envelope::new(&error).to_string()),
        ("entry of a log", error.log_entry("files", SystemTime::UNIX_EPOCH).to_string()),
    ];
    for (form, body) in bodies {
        let view = run_with(&["decode", "--format", "json"], body.as_bytes()).json()?;
        assert_eq!(view["form"], form, "{body}");
        assert_eq!(
            (&view["error"]["code"], &view["error"]["message"]),
            (&"FS-001".into(), &"File not found: a.txt".into())
        );
        assert_eq!((&view["json_rpc_number"], &view["http_status"]), (&33_001.into(), &404.into()));
        let text = run(&["decode", &body]).found();
        assert!(text.starts_with("FS-001: File not found: a.txt\n"), "{text}");
        assert!(text.contains(&format!("  form      {form}\n")), "{text}");
        assert!(text.contains(filesystem::FILE_NOT_FOUND.record().hint), "{text}");
    }
    let body = ScrumBody::new(&scrum::not_found("Task", "t-1")).to_string();
    assert_eq!(run(&["decode", &body, "--format", "json"]).json()?["form"], "SCRUM body");
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
fn the_internal_part_of_a_log_is_shown() -> Checked {
    let entry = error().log_entry("files", SystemTime::UNIX_EPOCH).to_string();
    let view = run(&["decode", &entry, "--format", "json"]).json()?;
    assert_eq!(view["internal"]["query"], "select 1");
    assert!(run(&["decode", &entry]).found().contains("\n  Internal\n"));
    Ok(())
}

#[test]
fn a_batch_is_decoded_one_by_one() -> Checked {
    let ok = r#"{"jsonrpc":"2.0","id":1,"result":{}}"#;
    let batch =
        format!("[{ok},{},{}]", error().json_rpc_response(2), filesystem::permission_denied("b").json_rpc_response(3));
    let views = run(&["decode", &batch, "--format", "json"]).json()?;
    assert_eq!(views.as_array().map(Vec::len), Some(2));
    assert_eq!((&views[1]["id"], &views[1]["error"]["code"]), (&3.into(), &"FS-003".into()));
    let text = run(&["decode", &batch]).found();
    assert!(text.contains("\n\nFS-003: Permission denied: b\n"), "{text}");
    Ok(())
}

#[test]
fn a_system_and_a_status_complete_a_body() -> Checked {
    let bare = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"gone"}}"#;
    expect("decode_unknown.txt", &run(&["decode", bare, "--width", "72"]).found());
    let view = run(&["decode", bare, "--format", "json"]).json()?;
    assert_eq!(view["candidates"][0]["system"], "super-mcp");
    assert_eq!((&view["http_status"], &view["json_rpc_number"]), (&serde_json::Value::Null, &(-32_001).into()));
    let view = run(&["decode", bare, "--format", "json", "--system", "super-mcp"]).json()?;
    assert_eq!(view["error"]["name"], "PACKAGE_NOT_FOUND");

    let body = r#"{"ok":false,"error":"no such sprint"}"#;
    let arguments = ["decode", body, "--format", "json", "--system", "scrum-mcp", "--status", "404"];
    assert_eq!(run(&arguments).json()?["error"]["code"], "NOT_FOUND");
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
    for (form, part) in
        [("text", text.as_str()), ("object with a code", r#"{"code":"FS-001","message":"File not found: a.txt"}"#)]
    {
        let view = run(&["decode", part, "--format", "json"]).json()?;
        assert_eq!((&view["form"], &view["error"]["code"]), (&form.into(), &"FS-001".into()));
        assert_eq!(view["error"]["message"], "File not found: a.txt");
    }
    assert_eq!(
        run(&["decode", "it ended with FS-001"]).missed(),
        "error: found no error in \"it ended with FS-001\": it is neither JSON (expected value at line 1 column 1) nor a \
         log entry; `mcp-errors explain` finds a code in it\n"
    );
    Ok(())
}

#[test]
fn an_input_that_is_too_long_is_refused() -> Checked {
    let file = tempfile::NamedTempFile::new()?;
    file.as_file().set_len((64 << 20) + 1)?;
    let path = file.path().to_str().ok_or("the path is no text")?;
    let refused = run(&["decode", "--file", path]);
    assert_eq!((refused.status, refused.out.as_str()), (Some(2), ""));
    assert_eq!(refused.err, format!("error: {path}: it is longer than 64 MiB; give a part of it\n"));
    Ok(())
}

#[test]
fn a_body_without_an_error_is_refused_with_its_start() {
    let no_error = "it is JSON, but not an error such as a JSON-RPC error or a tool result with isError true";
    assert_eq!(
        run(&["decode", r#"{"a":1}"#]).missed(),
        format!("error: found no error in \"{{\\\"a\\\":1}}\": {no_error}\n")
    );
    assert_eq!(run(&["decode", "[]"]).missed(), format!("error: found no error in \"[]\": {no_error}\n"));
    assert_eq!(
        run(&["decode", "hello"]).missed(),
        "error: found no error in \"hello\": it is neither JSON (expected value at line 1 column 1) nor a log entry\n"
    );
    let long = run_with(&["decode"], "é".repeat(1 << 20).as_bytes()).missed();
    assert!(long.contains(&format!("\"{}\" and {} more characters: ", "é".repeat(80), (1 << 20) - 80)), "{long}");
    assert!(
        run_with(&["decode"], b"\xff\xfe\0").missed().starts_with("error: found no error in \"\u{fffd}\u{fffd}\\0\"")
    );
    assert!(run(&["decode"]).missed().starts_with("error: found no error in \"\": "));
}

#[test]
fn received_text_cannot_control_the_terminal() {
    let body = r#"{"code":77,"message":"a\u001b[2Jb\u009bc\u202ed\ne","data":{"k\u001b":"\u009b"}}"#;
    let text = run(&["decode", body, "--color", "never"]).found();
    assert!(text.starts_with("77: a\\u{1b}[2Jb\\u{9b}c\\u{202e}d\ne\n"), "{text}");
    let coloured = run(&["decode", body, "--color", "always"]).found();
    assert!(!coloured.contains("\u{1b}[2J") && !coloured.contains(['\u{9b}', '\u{202e}']), "{coloured}");
}
