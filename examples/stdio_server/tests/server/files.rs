//! Conditions of the file system itself.

use mcp_error_codes::rmcp_3::decode_call;
use mcp_error_codes::{RetryClass, filesystem};
use serde_json::json;

use crate::session::{Checked, Session};

#[tokio::test]
async fn what_works_works() -> Checked {
    let session = Session::start(&[]).await?;
    assert_eq!(session.succeeds("read_file", json!({"path": "notes.txt"})).await?, "hello");
    let wrote = session.succeeds("write_file", json!({"path": "new.txt", "content": "new"})).await?;
    assert_eq!(wrote, "wrote 3 bytes to new.txt");
    assert_eq!(std::fs::read_to_string(session.path("new.txt"))?, "new");
    let listed = session.call("list_directory", json!({})).await?.structured_content;
    let entries = json!([
        {"name": "docs", "is_directory": true, "size": std::fs::metadata(session.path("docs"))?.len()},
        {"name": "new.txt", "is_directory": false, "size": 3},
        {"name": "notes.txt", "is_directory": false, "size": 5},
    ]);
    assert_eq!(listed, Some(json!({"entries": entries})));
    let found = session.call("search_files", json!({"pattern": "*.txt"})).await?.structured_content;
    assert_eq!(found, Some(json!({"paths": ["docs/plan.txt", "new.txt", "notes.txt"]})));
    let empty = session.end().await?;
    assert_eq!(empty, "");
    Ok(())
}

#[tokio::test]
async fn a_missing_file_is_fs_001() -> Checked {
    let session = Session::start(&[]).await?;
    let line = "FS-001: File not found: gone.txt";
    let error = session.failure("read_file", json!({"path": "gone.txt"}), line, json!({"path": "gone.txt"})).await?;
    assert_eq!(error.retry().class, RetryClass::RetryAfterChange);

    let place = session.path("").canonicalize()?.join("gone.txt");
    let log = session.end().await?;
    // The log contains what the client does not learn.
    assert!(log.contains("FS-001") && log.contains(&place.display().to_string()), "{log}");
    assert!(log.contains("os error"), "{log}");
    Ok(())
}

#[tokio::test]
async fn a_tool_with_an_output_schema_fails_the_same_way() -> Checked {
    let session = Session::start(&[]).await?;
    let tools = session.client.list_all_tools().await?;
    let checksum = tools.iter().find(|tool| tool.name == "checksum").ok_or("no checksum")?;
    assert!(checksum.output_schema.is_some());

    let line = "FS-001: File not found: gone.txt";
    session.fails("checksum", json!({"path": "gone.txt"}), line, json!({"path": "gone.txt"})).await?;
    let computed = session.call("checksum", json!({"path": "notes.txt"})).await?.structured_content;
    assert_eq!(computed, Some(json!({"algorithm": "sha256", "checksum": HELLO})));
    session.end().await?;
    Ok(())
}

/// The SHA-256 of `hello`.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

#[tokio::test]
async fn another_checksum_is_fs_010() -> Checked {
    let session = Session::start(&[]).await?;
    let right = json!({"path": "notes.txt", "expected": HELLO.to_uppercase()});
    session.succeeds("checksum", right).await?;
    let line = format!("FS-010: Checksum verification failed: expected abc, got {HELLO}");
    let details = json!({"expected": "abc", "actual": HELLO, "path": "notes.txt"});
    session.fails("checksum", json!({"path": "notes.txt", "expected": "abc"}), &line, details).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_missing_directory_is_fs_002() -> Checked {
    let session = Session::start(&[]).await?;
    for path in ["gone", "notes.txt"] {
        let line = format!("FS-002: Directory not found: {path}");
        session.fails("list_directory", json!({"path": path}), &line, json!({"path": path})).await?;
        session.fails("search_files", json!({"path": path, "pattern": "*"}), &line, json!({"path": path})).await?;
    }
    let write = json!({"path": "gone/a.txt", "content": ""});
    session.fails("write_file", write, "FS-002: Directory not found: gone", json!({"path": "gone"})).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_there_is_fs_004() -> Checked {
    let session = Session::start(&[]).await?;
    let write = json!({"path": "notes.txt", "content": "other"});
    let line = "FS-004: File already exists: notes.txt";
    session.fails("write_file", write, line, json!({"path": "notes.txt"})).await?;
    assert_eq!(std::fs::read_to_string(session.path("notes.txt"))?, "hello");
    session.succeeds("write_file", json!({"path": "notes.txt", "content": "other", "overwrite": true})).await?;
    assert_eq!(std::fs::read_to_string(session.path("notes.txt"))?, "other");
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_directory_is_no_file_and_bytes_are_no_text() -> Checked {
    let session = Session::start(&[]).await?;
    std::fs::write(session.path("image"), [0xff, 0xfe])?;
    let line = "VAL-003: Invalid parameter value: the file is no text";
    let details = json!({"details": "the file is no text", "path": "image"});
    session.fails("read_file", json!({"path": "image"}), line, details).await?;
    if cfg!(unix) {
        let outcome = session.call("read_file", json!({"path": "docs"})).await;
        let error = decode_call(&outcome).ok_or("the call did not fail")?;
        assert!(error.is(filesystem::INVALID_PARAMETER_VALUE), "{error:?}");
        assert_eq!(error.message(), "a value is not valid: the path is a directory, but a file is required");
        assert_eq!(error.detail("path"), Some(&"docs".into()));
        assert!(error.hint().starts_with("Correct the value and call again"), "{}", error.hint());
    }
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn what_the_disk_refuses_has_the_code_of_its_kind() -> Checked {
    let read = json!({"path": "notes.txt"});
    let write = json!({"path": "new.txt", "content": "new"});
    let cases = [
        ("read=denied", "read_file", &read, "FS-003: Permission denied: notes.txt", json!({"path": "notes.txt"})),
        ("read=invalid", "checksum", &read, "COMMON-CORRUPT: invalid data", json!({"path": "notes.txt"})),
        (
            "write=full",
            "write_file",
            &write,
            "FS-006: Disk full: insufficient space for operation",
            json!({"path": "new.txt"}),
        ),
        (
            "write=nothing",
            "write_file",
            &write,
            "FS-008: Error writing file: write zero",
            json!({"details": "write zero", "path": "new.txt"}),
        ),
    ];
    for (fault, tool, arguments, line, details) in cases {
        let session = Session::start(&["--fault", fault]).await?;
        session.fails(tool, arguments.clone(), line, details).await?;
        session.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_search_that_takes_too_long_is_op_005() -> Checked {
    let session = Session::start(&["--search-seconds", "0"]).await?;
    let line = "OP-005: Search operation timed out";
    let error = session.failure("search_files", json!({"pattern": "*"}), line, json!({"found": 0})).await?;
    assert!(error.is(filesystem::SEARCH_TIMEOUT));
    session.end().await?;
    Ok(())
}
