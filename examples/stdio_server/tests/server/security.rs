//! The security layers, in order, and the limits.

use std::path::Path;
use std::time::Duration;

use mcp_error_codes::{RetryClass, Severity};
use serde_json::json;

use crate::session::{Checked, Session};

#[tokio::test]
async fn a_path_outside_the_workspace_is_sec_001() -> Checked {
    let session = Session::start(&[]).await?;
    let line = "SEC-001: Path traversal detected - path outside workspace";
    // The target of the path is checked first, then its spelling, then whether it belongs to the system.
    for path in ["../outside.txt", "docs/../../outside.txt", "/etc/passwd"] {
        let error = session.failure("read_file", json!({"path": path}), line, json!({"path": path})).await?;
        assert_eq!(error.retry().class, RetryClass::DoNotRetry);
        assert_eq!(error.record().severity, Severity::Warn);
    }
    let log = session.end().await?;
    assert_eq!(log.matches("filesystem:SEC-001").count(), 3, "{log}");
    Ok(())
}

#[tokio::test]
async fn a_path_that_steps_about_is_sec_002() -> Checked {
    let session = Session::start(&[]).await?;
    let line = "SEC-002: Path contains traversal sequences";
    for path in ["docs/../notes.txt", "./notes.txt", r"docs\..\notes.txt"] {
        session.fails("read_file", json!({"path": path}), line, json!({"path": path})).await?;
    }
    session.end().await?;
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_system_directory_is_sec_003() -> Checked {
    let session = Session::start_in(Path::new("/"), &["--read-only"]).await?;
    let line = "SEC-003: Cannot access system directories";
    session.fails("read_file", json!({"path": "etc/hostname"}), line, json!({"path": "etc/hostname"})).await?;
    session.fails("list_directory", json!({"path": "/proc"}), line, json!({"path": "/proc"})).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_sensitive_file_is_sec_004() -> Checked {
    let session = Session::start(&[]).await?;
    let line = "SEC-004: Cannot access sensitive files";
    for path in [".env", "docs/id_rsa", "server.pem", ".ssh/config", "my-Passwords.txt"] {
        session.fails("read_file", json!({"path": path}), line, json!({"path": path})).await?;
    }
    // They are not listed either.
    std::fs::write(session.path(".env"), "A=b")?;
    let found = session.call("search_files", json!({"pattern": "*"})).await?.structured_content;
    assert_eq!(found, Some(json!({"paths": ["docs/plan.txt", "notes.txt"]})));
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn another_subdirectory_is_sec_005() -> Checked {
    let session = Session::start(&["--allowed-subdirectory", "docs"]).await?;
    assert_eq!(session.succeeds("read_file", json!({"path": "docs/plan.txt"})).await?, "a plan");
    let line = "SEC-005: Path not in allowed subdirectories";
    let details = json!({"allowedSubdirectories": ["docs"], "path": "notes.txt"});
    session.fails("read_file", json!({"path": "notes.txt"}), line, details).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn blocked_paths_and_patterns_are_sec_006_and_sec_007() -> Checked {
    let session = Session::start(&["--blocked-path", "docs", "--blocked-pattern", "*.bak"]).await?;
    let line = "SEC-006: Path is blocked by security policy";
    session.fails("read_file", json!({"path": "docs/plan.txt"}), line, json!({"path": "docs/plan.txt"})).await?;
    // The earlier layer determines the code.
    session.fails("read_file", json!({"path": "docs/a.bak"}), line, json!({"path": "docs/a.bak"})).await?;
    let line = "SEC-007: Path matches blocked pattern";
    session.fails("read_file", json!({"path": "a.bak"}), line, json!({"path": "a.bak"})).await?;
    let log = session.end().await?;
    assert!(log.contains("*.bak"), "{log}");
    Ok(())
}

#[tokio::test]
async fn writing_in_read_only_mode_is_sec_008() -> Checked {
    let session = Session::start(&["--read-only"]).await?;
    assert_eq!(session.succeeds("read_file", json!({"path": "notes.txt"})).await?, "hello");
    let line = "SEC-008: Filesystem is in read-only mode";
    let write = json!({"path": "new.txt", "content": "new"});
    session.fails("write_file", write, line, json!({"path": "new.txt"})).await?;
    assert!(!session.path("new.txt").exists());
    // An earlier layer determines the code here too.
    let write = json!({"path": "../new.txt", "content": "new"});
    let line = "SEC-001: Path traversal detected - path outside workspace";
    session.fails("write_file", write, line, json!({"path": "../new.txt"})).await?;
    session.end().await?;
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_escapes_is_sec_009() -> Checked {
    use std::os::unix::fs::symlink;

    let session = Session::start(&[]).await?;
    symlink(session.outside("outside.txt"), session.path("link.txt"))?;
    symlink(session.outside(""), session.path("up"))?;
    symlink(session.outside("nowhere.txt"), session.path("dangling.txt"))?;
    symlink("notes.txt", session.path("inside.txt"))?;
    std::fs::write(session.path("server.pem"), "a certificate")?;
    symlink("server.pem", session.path("harmless.txt"))?;

    let line = "SEC-009: Symlink target outside workspace";
    for path in ["link.txt", "up/outside.txt", "up/new.txt", "dangling.txt"] {
        session.fails("read_file", json!({"path": path}), line, json!({"path": path})).await?;
        let write = json!({"path": path, "content": "mine", "overwrite": true});
        session.fails("write_file", write, line, json!({"path": path})).await?;
    }
    assert_eq!(std::fs::read_to_string(session.outside("outside.txt"))?, "not yours");
    assert!(!session.outside("new.txt").exists() && !session.outside("nowhere.txt").exists());

    assert_eq!(session.succeeds("read_file", json!({"path": "inside.txt"})).await?, "hello");
    // A link inside the workspace does not bypass the lists.
    let line = "SEC-004: Cannot access sensitive files";
    session.fails("read_file", json!({"path": "harmless.txt"}), line, json!({"path": "harmless.txt"})).await?;
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn too_many_calls_are_sec_010() -> Checked {
    let session = Session::start(&["--max-operations-per-minute", "2"]).await?;
    for _ in 0..2 {
        session.succeeds("read_file", json!({"path": "notes.txt"})).await?;
    }
    let line = "SEC-010: Rate limit exceeded";
    let details = json!({"maxOperationsPerMinute": 2});
    let error = session.failure("read_file", json!({"path": "notes.txt"}), line, details).await?;
    assert_eq!(error.retry().class, RetryClass::RetryAfterDelay);
    let wait = error.retry_after().ok_or("no wait")?;
    assert!(wait > Duration::ZERO && wait <= Duration::from_secs(60), "{wait:?}");
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_file_over_the_limit_is_sec_011() -> Checked {
    let session = Session::start(&["--max-file-size", "5"]).await?;
    assert_eq!(session.succeeds("read_file", json!({"path": "notes.txt"})).await?, "hello");
    let line = "SEC-011: File size 6 exceeds maximum 5";
    let details = json!({"size": 6, "maxFileSize": 5});
    session.fails("read_file", json!({"path": "docs/plan.txt"}), line, details.clone()).await?;
    session.fails("checksum", json!({"path": "docs/plan.txt"}), line, details.clone()).await?;
    session.fails("write_file", json!({"path": "new.txt", "content": "longer"}), line, details).await?;
    assert!(!session.path("new.txt").exists());
    session.end().await?;
    Ok(())
}

#[tokio::test]
async fn a_batch_over_the_limit_is_sec_012() -> Checked {
    let session = Session::start(&["--max-batch-size", "10"]).await?;
    let operations = json!([
        {"type": "copy", "source": "notes.txt", "destination": "a.txt"},
        {"type": "copy", "source": "docs/plan.txt", "destination": "b.txt"},
    ]);
    let line = "SEC-012: Batch size 11 exceeds maximum 10";
    let details = json!({"size": 11, "maxBatchSize": 10});
    session.fails("batch_operations", json!({"operations": operations}), line, details).await?;
    assert!(!session.path("a.txt").exists());
    session.end().await?;
    Ok(())
}
