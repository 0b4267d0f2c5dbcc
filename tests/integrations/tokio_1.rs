//! Conversions of tokio's errors with `?`.
#![cfg(feature = "tokio-1")]

use std::error::Error;
use std::future::pending;
use std::time::Duration;

use mcp_error_codes::McpError;
use serde_json::json;
use tokio::task::JoinError;
use tokio::time::error::Elapsed;

type Checked = Result<(), Box<dyn Error>>;

#[tokio::test]
async fn a_timeout_is_one() -> Checked {
    async fn never() -> Result<(), McpError> {
        Ok(tokio::time::timeout(Duration::ZERO, pending()).await?)
    }
    let error = never().await.err().ok_or("no failure")?;
    assert_eq!(error.to_string(), "NX-MCP-002: MCP Tool Execution Timeout");
    assert_eq!(error.details().count(), 0);
    assert!(error.source().is_some_and(|source| source.is::<Elapsed>()));
    Ok(())
}

#[tokio::test]
async fn the_text_of_a_task_that_panicked_is_internal() -> Checked {
    async fn run() -> Result<(), McpError> {
        Ok(tokio::spawn(async { panic!("hunter{}", 2) }).await?)
    }
    let error = run().await.err().ok_or("no failure")?;
    assert_eq!(error.to_string(), "NX-MCP-001: MCP Tool Execution Failed");
    assert!(error.details().eq([("errorType", &json!("panic"))]));
    let internal: Vec<_> = error.internal().collect();
    assert_eq!(internal[0], ("panic", &json!("hunter2")));
    assert!(internal[1].0 == "task" && internal.len() == 2);
    assert_eq!(error.error_id().map(str::len), Some(29));
    assert!(!error.tool_result().to_string().contains("hunter2"));
    assert!(!error.json_rpc_response(1).to_string().contains("hunter2"));
    Ok(())
}

#[tokio::test]
async fn a_task_that_was_cancelled_says_so() -> Checked {
    async fn run() -> Result<(), McpError> {
        let task = tokio::spawn(pending());
        task.abort();
        Ok(task.await?)
    }
    let error = run().await.err().ok_or("no failure")?;
    assert_eq!(error.to_string(), "COMMON-CANCELLED: the task was cancelled");
    assert!(error.details().eq([("errorType", &json!("cancelled"))]));
    assert!(error.internal().map(|(name, _)| name).eq(["task"]));
    let source = error.source().and_then(|source| source.downcast_ref::<JoinError>());
    assert!(source.is_some_and(JoinError::is_cancelled));
    Ok(())
}
