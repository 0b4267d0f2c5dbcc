//! An MCP server of one folder, over standard input and output: what a server looks like that answers every failure with
//! a code.
//!
//! ```text
//! cargo run --package stdio_server -- --read-only path/to/folder
//! ```
//!
//! - `options.rs` reads the command line.
//! - `policy.rs` guards the folder: one function per security layer, one code per function.
//! - `rate.rs` counts the operations of a minute.
//! - `workspace.rs` works on the files; `batch.rs` does so for many at once; `disk.rs` lets what they do fail.
//! - `codes.rs` declares the codes that a client has to expect.
//! - `server.rs` has the tools, which are little more than their arguments.
//!
//! Look there for how an error is made: by a generated constructor where its message has parameters, from an I/O error with
//! `McpError::from`, from any other with `ResultExt`. What only the log may see is added by `with_internal` and `with_source`.

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

/// Standard output belongs to the protocol, so the log is standard error. `Debug` shows what is internal, too.
fn log(error: &McpError) {
    eprintln!("{error:?}");
}
