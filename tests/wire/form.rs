//! The form of what was received is told by its shape.
#![cfg(feature = "std")]

use mcp_error_codes::{Form, decode};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/golden");

#[test]
fn every_form_that_is_written_is_told() -> Result<(), std::io::Error> {
    let forms = [
        ("json_rpc_response.json", Form::JsonRpcResponse, "JSON-RPC response"),
        ("json_rpc_response_unreadable.json", Form::JsonRpcResponse, "JSON-RPC response"),
        ("json_rpc_error.json", Form::JsonRpcError, "JSON-RPC error"),
        ("tool_result.json", Form::ToolResult, "tool result"),
        ("scrum_conflict.json", Form::ToolResult, "tool result"),
        ("record_object.json", Form::RecordObject, "record object"),
        ("problem.json", Form::Problem, "problem details"),
        ("standard_response.json", Form::StandardResponse, "standard response"),
        ("envelope.json", Form::Envelope, "envelope"),
        ("scrum_body.json", Form::ScrumBody, "SCRUM body"),
        ("log_entry.log", Form::LogEntry, "entry of a log"),
    ];
    for (file, form, name) in forms {
        let body = std::fs::read(format!("{GOLDEN}/{file}"))?;
        assert_eq!(Form::of(&body), Some(form), "{file}");
        assert_eq!(form.to_string(), name);
    }
    let tool_result = std::fs::read_to_string(format!("{GOLDEN}/tool_result.json"))?;
    let response = format!(r#"{{"jsonrpc":"2.0","id":1,"result":{tool_result}}}"#);
    assert_eq!(Form::of(response), Some(Form::ToolResponse));
    Ok(())
}

#[test]
fn what_has_a_form_decodes_and_nothing_else_does() {
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "text",
        r#"{"code":1}"#,
        r#"{"code":1,"message":"x"}"#,
        r#"{"error":null,"result":{}}"#,
        r#"{"error":{"code":"X","message":"x"}}"#,
        r#"{"ok":false,"error":"x"}"#,
        r#"{"isError":true,"content":[]}"#,
        "2025-01-15 14:23:45 | WARN | X | m | t",
        "2025-01-15 | WARN | X | m | t",
    ];
    for body in bodies {
        assert_eq!(Form::of(body).is_some(), decode(body).is_ok(), "{body}");
    }
}
