//! A tool whose upstream sometimes fails: once its error budget is spent, requests go to a fallback until the window
//! has moved on.
//!
//! ```text
//! cargo run --example fallback --features budget
//! ```

use std::thread;
use std::time::Duration;

use mcp_error_codes::observe::ErrorBudget;
use mcp_error_codes::{McpError, hyper_bun};

fn main() {
    // A real window is minutes long.
    let budget =
        ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).window(Duration::from_millis(500)).min_requests(100);
    let mut was_spent = false;
    for request in 0..1500 {
        let is_spent = budget.is_spent("search");
        if is_spent != was_spent {
            let usage = budget.usage("search");
            let what = if is_spent { "the fallback takes over" } else { "the upstream is tried again" };
            println!("request {request}: {} of {} failed; {what}", usage.errors, usage.requests);
            was_spent = is_spent;
        }
        let answer = if is_spent { Ok(search_cache()) } else { search_upstream(request) };
        if !is_spent {
            budget.record("search", &answer);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// Fails for requests 200 to 300.
fn search_upstream(request: u32) -> Result<&'static str, McpError> {
    if (200..300).contains(&request) {
        return Err(McpError::new(hyper_bun::TOOL_EXECUTION_FAILED));
    }
    Ok("fresh")
}

fn search_cache() -> &'static str {
    "from the cache"
}
