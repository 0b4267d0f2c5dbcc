use mcp_error_codes::{filesystem, super_mcp};
use serde_json::{Value, json};

use crate::serve::session::{Checked, Session};

#[tokio::test]
async fn an_error_body_is_decoded_as_text_and_as_json() -> Checked {
    let session = Session::start().await?;
    let error = filesystem::file_not_found("a.txt");
    let response: Value = serde_json::from_str(&error.json_rpc_response(7).to_string())?;
    let record = filesystem::FILE_NOT_FOUND.record();
    for body in [response.clone(), Value::String(response.to_string())] {
        let content = session.succeeds("decode_error", json!({"body": body})).await?;
        let decoded = &content["errors"][0];
        assert_eq!(decoded["certainty"], "certain");
        assert_eq!(decoded["values"]["id"], 7);
        assert_eq!(decoded["error"]["code"], "FS-001");
        assert_eq!(decoded["message"], "File not found: a.txt");
        assert_eq!(decoded["values"]["path"], "a.txt");
        assert_eq!(decoded["error"]["hint"], record.hint);
        assert_eq!(decoded["error"]["uri"], "mcp-errors://filesystem/FS-001");
    }
    // Each error of a batch has an answer.
    let other: Value = serde_json::from_str(&error.json_rpc_response(9).to_string())?;
    let batch = json!([response, {"jsonrpc": "2.0", "id": 8, "result": {}}, other]);
    let content = session.succeeds("decode_error", json!({"body": batch})).await?;
    assert_eq!(content["errors"].as_array().map(Vec::len), Some(2));
    session.end().await
}

#[tokio::test]
async fn a_number_means_a_code_of_the_given_system() -> Checked {
    let session = Session::start().await?;
    let body = json!({"code": -32003, "message": "no"});
    let content = session.succeeds("decode_error", json!({"body": body})).await?;
    let decoded = &content["errors"][0];
    assert_eq!(decoded.get("error"), None);
    assert_eq!(decoded["certainty"], "possible");
    let candidates = decoded["candidates"].as_array().ok_or("no candidates")?;
    assert!(candidates.iter().any(|candidate| candidate["code"] == "super-mcp:-32003"));

    let content = session.succeeds("decode_error", json!({"body": body, "system": "super-mcp"})).await?;
    let decoded = &content["errors"][0];
    assert_eq!(decoded["error"]["name"], super_mcp::ARG_VALIDATION_FAILED.record().name);
    assert_eq!(decoded["certainty"], "certain");
    session.end().await
}

#[tokio::test]
async fn the_text_of_a_tool_result_is_decoded() -> Checked {
    let session = Session::start().await?;
    let content = session.succeeds("decode_error", json!({"body": "FS-001: File not found: a.txt"})).await?;
    let decoded = &content["errors"][0];
    assert_eq!(decoded["error"]["code"], "FS-001");
    session.end().await
}

#[tokio::test]
async fn a_body_without_an_error_is_refused() -> Checked {
    let session = Session::start().await?;
    let reason = "found no error in it: the text contains no error of a known form, no code and no known message";
    session
        .fails(
            "decode_error",
            json!({"body": {"jsonrpc": "2.0", "id": 1, "result": {"password": "hunter2"}}}),
            filesystem::INVALID_PARAMETER_VALUE,
            &format!("VAL-003: Invalid parameter value: {reason}"),
            json!({"details": reason, "parameter": "body"}),
        )
        .await?;
    session.end().await
}
