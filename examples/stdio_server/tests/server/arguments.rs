//! Invalid arguments, which are rejected before the tool runs.

use serde_json::{Value, json};

use crate::session::{Checked, Session};

#[tokio::test]
async fn a_missing_argument_is_val_001() -> Checked {
    let session = Session::start(&[]).await?;
    let line = "VAL-001: Missing required parameter: path";
    session.fails("read_file", json!({}), line, json!({"parameter": "path"})).await?;
    // Without any arguments, and from a tool with an output schema.
    session.fails("checksum", Value::Null, line, json!({"parameter": "path"})).await?;

    let operations = json!({"operations": [{"type": "delete", "source": "a"}, {"type": "copy"}]});
    let line = "VAL-001: Missing required parameter: operations[1].source";
    session.fails("batch_operations", operations, line, json!({"parameter": "operations[1].source"})).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn an_argument_of_the_wrong_type_is_val_002() -> Checked {
    let session = Session::start(&[]).await?;
    let cases = [
        ("write_file", json!({"path": "a", "content": "", "overwrite": "true"}), "boolean", "string", "overwrite"),
        ("read_file", json!({"path": null}), "string", "null", "path"),
        ("batch_operations", json!({"operations": {}}), "array", "object", "operations"),
        ("batch_operations", json!({"operations": [7]}), "object", "integer", "operations[0]"),
        (
            "batch_operations",
            json!({"operations": [{"type": "delete", "source": 1.5}]}),
            "string",
            "number",
            "operations[0].source",
        ),
    ];
    for (tool, arguments, expected, actual, parameter) in cases {
        let line = format!("VAL-002: Invalid parameter type: expected {expected}, got {actual} in `{parameter}`");
        let details = json!({"expected": expected, "actual": actual, "parameter": parameter});
        session.fails(tool, arguments, &line, details).await?;
    }
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn an_argument_that_its_type_does_not_allow_is_val_003() -> Checked {
    let session = Session::start(&[]).await?;
    let details = "`algorithm`: expected `sha256` or `sha512`";
    let line = format!("VAL-003: Invalid parameter value: {details}");
    let checksum = json!({"path": "notes.txt", "algorithm": "md6"});
    session.fails("checksum", checksum, &line, json!({"details": details, "parameter": "algorithm"})).await?;

    let details = "`operations[0].type`: expected `copy`, `move` or `delete`";
    let line = format!("VAL-003: Invalid parameter value: {details}");
    let operations = json!({"operations": [{"type": "chmod", "source": "a"}]});
    let details = json!({"details": details, "parameter": "operations[0].type"});
    session.fails("batch_operations", operations, &line, details).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_secret_in_the_wrong_place_is_not_repeated() -> Checked {
    let session = Session::start(&[]).await?;
    for arguments in [json!({"path": "notes.txt", "algorithm": "hunter2"}), json!({"path": {"is": "hunter2"}})] {
        let result = session.call("checksum", arguments).await?;
        assert_eq!(result.is_error, Some(true));
        let result = serde_json::to_string(&result)?;
        assert!(!result.contains("hunter2"), "{result}");
    }
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn an_empty_list_is_val_004() -> Checked {
    let session = Session::start(&[]).await?;
    let line = "VAL-004: Array parameter cannot be empty: operations";
    let details = json!({"parameter": "operations"});
    session.fails("batch_operations", json!({"operations": []}), line, details).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn what_is_no_path_is_val_005() -> Checked {
    let session = Session::start(&[]).await?;
    let details = "a path is not empty and has no NUL character";
    let line = format!("VAL-005: Invalid path format: {details}");
    for path in ["", "a\0b"] {
        session.fails("read_file", json!({"path": path}), &line, json!({"details": details})).await?;
    }
    session.end().await?;
    Ok(())
}
