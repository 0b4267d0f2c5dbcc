//! The form of a received value follows from its shape.
#![cfg(feature = "std")]

use mcp_error_codes::decode;
use mcp_error_codes::wire::FormName;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/golden");

#[test]
fn every_form_that_is_written_is_told() -> Result<(), std::io::Error> {
    let forms = [
        ("json_rpc_response.json", FormName::JsonRpcResponse, "JSON-RPC response"),
        ("json_rpc_response_unreadable.json", FormName::JsonRpcResponse, "JSON-RPC response"),
        ("json_rpc_error.json", FormName::JsonRpcError, "JSON-RPC error"),
        ("tool_result.json", FormName::ToolResult, "tool result"),
        ("scrum_conflict.json", FormName::ToolResult, "tool result"),
        ("record_object.json", FormName::RecordObject, "record object"),
        ("problem.json", FormName::Problem, "problem details"),
        ("standard_response.json", FormName::StandardResponse, "standard response"),
        ("envelope.json", FormName::Envelope, "envelope"),
        ("scrum_body.json", FormName::ScrumBody, "SCRUM body"),
        ("log_entry.log", FormName::LogEntry, "entry of a log"),
        ("log_line.jsonl", FormName::LogLine, "line of a log"),
    ];
    for (file, form, name) in forms {
        let body = std::fs::read(format!("{GOLDEN}/{file}"))?;
        assert_eq!(FormName::of(&body), Some(form), "{file}");
        assert_eq!(form.to_string(), name);
    }
    let tool_result = std::fs::read_to_string(format!("{GOLDEN}/tool_result.json"))?;
    let response = format!(r#"{{"jsonrpc":"2.0","id":1,"result":{tool_result}}}"#);
    assert_eq!(FormName::of(response), Some(FormName::ToolResponse));
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
        r#""{\"code\":1,\"message\":\"x\"}""#,
        r#""\"{\\\"code\\\":1,\\\"message\\\":\\\"x\\\"}\"""#,
        r#""text""#,
        "2025-01-15 14:23:45 | WARN | X | m | t",
        "2025-01-15 | WARN | X | m | t",
    ];
    for body in bodies {
        assert_eq!(FormName::of(body).is_some(), decode(body).is_ok(), "{body}");
        if let Ok(value) = serde_json::from_str(body) {
            assert_eq!(FormName::of_value(&value), FormName::of(body), "{body}");
        }
    }
}
