//! An MCP server for one folder, over standard input and output, that answers every failure with a code.
//!
//! ```text
//! cargo run --package stdio_server -- --read-only path/to/folder
//! ```
//!
//! - `options.rs` reads the command line.
//! - `policy.rs` protects the folder: each security layer has its own function and code.
//! - `rate.rs` limits the operations per minute.
//! - `workspace.rs` works with single files, and `batch.rs` with several at once. `disk.rs` can make their operations
//!   fail.
//! - `codes.rs` declares the codes that a client must handle.
//! - `server.rs` contains the tools, which are little more than their arguments.
//!
//! They show how to create an error: with a generated constructor if its message has parameters, from an I/O error with
//! `McpError::from`, and from any other error with `ResultExt`. `with_internal` and `with_source` add what only the log
//! may contain.

use std::process::ExitCode;

use mcp_error_codes::rmcp_3::Guarded;
use mcp_error_codes::{McpError, ResultExt, hyper_bun};
use rmcp::{ServiceExt, transport};

use crate::options::Options;
use crate::server::WorkspaceServer;

mod batch;
mod codes;
mod disk;
mod options;
mod pattern;
mod policy;
mod server;
mod workspace;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().skip(1).eq(["--codes"]) {
        codes::CODES.iter().for_each(|code| println!("{code}"));
        return ExitCode::SUCCESS;
    }
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log(&error);
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), McpError> {
    let server = Guarded::new(WorkspaceServer::new(options)?).on_error(|error| log(error));
    let running = server.serve(transport::stdio()).await.or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;
    running.waiting().await.or_code(hyper_bun::SERVER_UNAVAILABLE)?;
    Ok(())
}

/// Logs to standard error, because standard output belongs to the protocol. `Debug` also prints internal context.
fn log(error: &McpError) {
    eprintln!("{error:?}");
}
