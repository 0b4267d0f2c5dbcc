//! Several failures in one answer.

use mcp_error_codes::filesystem;
use mcp_error_codes::wire::META_KEY;
use serde_json::json;

use crate::session::{Checked, Session};

#[tokio::test]
async fn a_batch_that_succeeds_is_done() -> Checked {
    let session = Session::start(&[]).await?;
    let operations = json!([
        {"type": "copy", "source": "notes.txt", "destination": "copy.txt"},
        {"type": "move", "source": "docs/plan.txt", "destination": "plan.txt"},
        {"type": "delete", "source": "notes.txt"},
    ]);
    for atomic in [true, false] {
        std::fs::write(session.path("notes.txt"), "hello")?;
        std::fs::write(session.path("docs/plan.txt"), "a plan")?;
        let batch = json!({"operations": operations, "atomic": atomic});
        let done = session.call("batch_operations", batch).await?.structured_content;
        assert_eq!(done, Some(json!({"completed": 3})));
        let found = session.call("search_files", json!({"pattern": "*"})).await?.structured_content;
        assert_eq!(found, Some(json!({"paths": ["copy.txt", "plan.txt"]})));
        std::fs::remove_file(session.path("copy.txt"))?;
        std::fs::remove_file(session.path("plan.txt"))?;
    }
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_partly_failed_batch_is_op_001_with_every_failure() -> Checked {
    let session = Session::start(&[]).await?;
    let operations = json!([
        {"type": "copy", "source": "notes.txt", "destination": "copy.txt"},
        {"type": "move", "source": "gone.txt", "destination": "other.txt"},
        {"type": "copy", "source": "notes.txt", "destination": "../copy.txt"},
        {"type": "copy", "source": "notes.txt", "destination": "docs/plan.txt"},
        {"type": "delete", "source": "docs"},
        {"type": "copy", "source": "docs", "destination": "papers"},
    ]);
    let outcome = session.call("batch_operations", json!({"operations": operations})).await;
    let error = mcp_error_codes::rmcp_3::decode_call(&outcome).ok_or("no failure")?;
    assert!(error.is(filesystem::BATCH_OPERATION_FAILED));
    assert_eq!(error.message(), "Batch operation failed: 5 of 6 operations failed");
    assert_eq!(error.detail("completed"), Some(&json!(1)));

    let errors = serde_json::to_value(outcome?)?["_meta"][META_KEY]["details"]["errors"].take();
    let told: Vec<_> = errors
        .as_array()
        .ok_or("no list")?
        .iter()
        .map(|error| (error["code"].as_str(), error["message"].as_str(), error["details"]["operation"].as_u64()))
        .collect();
    let copy_failed = "Copy operation failed: invalid input parameter";
    assert_eq!(
        told,
        [
            (Some("FS-001"), Some("File not found: gone.txt"), Some(1)),
            (Some("SEC-001"), Some("Path traversal detected - path outside workspace"), Some(2)),
            (Some("FS-004"), Some("File already exists: docs/plan.txt"), Some(3)),
            (Some("FS-005"), Some("Directory not empty: docs"), Some(4)),
            (Some("OP-006"), Some(copy_failed), Some(5)),
        ]
    );
    assert!(errors.as_array().is_some_and(|errors| errors.iter().all(|error| error["hint"].is_string())));
    assert_eq!(std::fs::read_to_string(session.path("copy.txt"))?, "hello");
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn an_atomic_batch_that_fails_is_taken_back() -> Checked {
    let session = Session::start(&[]).await?;
    let operations = json!([
        {"type": "delete", "source": "notes.txt"},
        {"type": "move", "source": "docs/plan.txt", "destination": "plan.txt"},
        {"type": "copy", "source": "plan.txt", "destination": "copy.txt"},
        {"type": "delete", "source": "gone.txt"},
        {"type": "delete", "source": "plan.txt"},
    ]);
    let outcome = session.call("batch_operations", json!({"operations": operations, "atomic": true})).await;
    let error = mcp_error_codes::rmcp_3::decode_call(&outcome).ok_or("no failure")?;
    assert_eq!(
        error.to_string(),
        "OP-001: Batch operation failed: one operation failed, and those before it were undone"
    );
    assert_eq!(error.detail("undone"), Some(&json!(3)));
    let failure = error.failures().first().ok_or("no failure in the error")?;
    assert_eq!([failure.detail("path"), failure.detail("operation")], [Some(&json!("gone.txt")), Some(&json!(3))]);
    let found = session.call("search_files", json!({"pattern": "*"})).await?.structured_content;
    assert_eq!(found, Some(json!({"paths": ["docs/plan.txt", "notes.txt"]})));
    assert_eq!(std::fs::read_to_string(session.path("notes.txt"))?, "hello");
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn an_operation_that_the_disk_refuses_has_a_code_of_its_own() -> Checked {
    let cases = [
        (
            "rename",
            json!({"type": "move", "source": "notes.txt", "destination": "b"}),
            "OP-007: Move operation failed: ",
        ),
        ("remove", json!({"type": "delete", "source": "notes.txt"}), "OP-008: Delete operation failed: "),
    ];
    for (operation, wanted, line) in cases {
        let session = Session::start(&["--fault", &format!("{operation}=other")]).await?;
        let outcome = session.call("batch_operations", json!({"operations": [wanted]})).await;
        let error = mcp_error_codes::rmcp_3::decode_call(&outcome).ok_or("no failure")?;
        let cause = error.failures().first().ok_or("no cause")?;
        assert_eq!(cause.to_string(), format!("{line}other error"));
        assert!(session.path("notes.txt").exists());
        session.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_atomic_batch_that_cannot_be_taken_back_is_op_002() -> Checked {
    let session = Session::start(&["--fault", "remove=other"]).await?;
    let operations = json!([
        {"type": "copy", "source": "notes.txt", "destination": "copy.txt"},
        {"type": "delete", "source": "gone.txt"},
    ]);
    let outcome = session.call("batch_operations", json!({"operations": operations, "atomic": true})).await;
    let error = mcp_error_codes::rmcp_3::decode_call(&outcome).ok_or("no failure")?;
    assert_eq!(error.to_string(), "OP-002: Rollback failed: 1 of 1 operations could not be undone");
    let codes: Vec<_> = error.failures().iter().map(|failure| failure.record().code).collect();
    assert_eq!(codes, ["FS-001", "NX-MCP-001"]);
    assert!(session.path("copy.txt").exists());
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_copy_without_a_destination_is_val_001_and_does_nothing() -> Checked {
    let session = Session::start(&[]).await?;
    let operations = json!([{"type": "delete", "source": "notes.txt"}, {"type": "copy", "source": "docs/plan.txt"}]);
    let line = "VAL-001: Missing required parameter: operations[1].destination";
    let details = json!({"parameter": "operations[1].destination"});
    session.fails("batch_operations", json!({"operations": operations}), line, details).await?;
    assert!(session.path("notes.txt").exists());
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_batch_in_read_only_mode_changes_nothing() -> Checked {
    let session = Session::start(&["--read-only"]).await?;
    let operations = json!([{"type": "delete", "source": "notes.txt"}]);
    for atomic in [true, false] {
        let batch = json!({"operations": operations, "atomic": atomic});
        let outcome = session.call("batch_operations", batch).await;
        let error = mcp_error_codes::rmcp_3::decode_call(&outcome).ok_or("no failure")?;
        assert_eq!(error.failures().first().map(|failure| failure.record().code), Some("SEC-008"));
    }
    assert!(session.path("notes.txt").exists());
    assert_eq!(std::fs::read_dir(session.path(""))?.count(), 2);
    session.end().await?;
    Ok(())
}
