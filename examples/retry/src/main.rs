//! A client that retries calls of a flaky server. The errors say whether to retry, after what wait and how often.
//!
//! ```text
//! cargo run --package retry
//! ```
//!
//! A client only needs `call_until_done`. The rest is the server, which the example starts as a second process.

use std::error::Error;
use std::iter;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use backon::Retryable;
use mcp_error_codes::rmcp_3::{Guarded, decode_call};
use mcp_error_codes::{McpError, ResultExt, filesystem, hyper_bun, super_mcp};
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::transport::TokioChildProcess;
use rmcp::{Peer, RoleClient, ServiceExt, tool, tool_router, transport};
use tokio::process::Command;

/// The maximum number of retries, whatever the server says. The server determines the waits.
const MAX_RETRIES: usize = 5;

/// Calls a tool, and retries as long as its errors advise it.
async fn call_until_done(server: &Peer<RoleClient>, tool: &'static str) -> Result<CallToolResult, McpError> {
    let mut tries = 0;
    (|| call(server, tool))
        .retry(iter::repeat_n(Duration::ZERO, MAX_RETRIES))
        .adjust(|error, left| {
            tries += 1;
            left.and(error.retry_after_tries(tries))
        })
        .notify(|error, wait| println!("{tool}: {error}; again in {wait:?}"))
        .await
}

/// Calls a tool once.
async fn call(server: &Peer<RoleClient>, tool: &'static str) -> Result<CallToolResult, McpError> {
    let outcome = server.call_tool(CallToolRequestParams::new(tool)).await;
    match decode_call(&outcome) {
        Some(error) => Err(error),
        // Without an answer, it is unknown whether the tool ran. The code advises against a retry.
        None => outcome.or_code(super_mcp::PACKAGE_UNAVAILABLE),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().nth(1).is_some_and(|argument| argument == "serve") {
        return serve().await;
    }
    let mut server = Command::new(std::env::current_exe()?);
    server.arg("serve");
    let client = ().serve(TokioChildProcess::new(server)?).await?;
    for tool in ["report", "search", "backup", "delete"] {
        match call_until_done(&client, tool).await {
            Ok(_) => println!("{tool}: done"),
            Err(error) => println!("{tool}: {error}; given up"),
        }
    }
    client.cancel().await?;
    Ok(())
}

/// The server. It logs each error that it returns to standard error.
async fn serve() -> Result<(), Box<dyn Error>> {
    let server = Guarded::new(Flaky::default()).on_error(|error| eprintln!("server: {error}"));
    server.serve(transport::stdio()).await?.waiting().await?;
    Ok(())
}

/// Counts the calls of the tools that fail a few times.
#[derive(Default)]
struct Flaky {
    reports: AtomicU32,
    searches: AtomicU32,
}

#[tool_router(server_handler)]
impl Flaky {
    #[tool(description = "Succeeds at the third call, and uses the schedule of its code for the waits")]
    fn report(&self) -> Result<(), McpError> {
        match self.reports.fetch_add(1, Ordering::Relaxed) {
            0 | 1 => Err(McpError::new(hyper_bun::SERVER_UNAVAILABLE)),
            _ => Ok(()),
        }
    }

    #[tool(description = "Succeeds at the second call, and says when to try again")]
    fn search(&self) -> Result<(), McpError> {
        match self.searches.fetch_add(1, Ordering::Relaxed) {
            0 => Err(McpError::new(filesystem::RATE_LIMIT_EXCEEDED).with_retry_after(Duration::from_millis(200))),
            _ => Ok(()),
        }
    }

    #[tool(description = "Never succeeds; its waits replace those of its code's schedule, but not the number of tries")]
    fn backup(&self) -> Result<(), McpError> {
        Err(McpError::new(hyper_bun::SERVER_UNAVAILABLE).with_retry_after(Duration::from_millis(100)))
    }

    #[tool(description = "Is never allowed")]
    fn delete(&self) -> Result<(), McpError> {
        Err(McpError::new(filesystem::READ_ONLY_MODE))
    }
}
