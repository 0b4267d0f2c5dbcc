//! An MCP server in front of another one, over standard input and output, that passes errors on.
//!
//! ```text
//! cargo build --package stdio_server
//! cargo run --package gateway -- files target/debug/stdio_server path/to/folder
//! ```
//!
//! - If a tool fails upstream, the gateway answers with `DOWNSTREAM_ERROR` on the tool surface, with the original code
//!   inside.
//! - If a resource cannot be read, its error keeps its code, with the code's number in the client's protocol version.
//! - If the upstream does not answer, the gateway answers with `PACKAGE_UNAVAILABLE`.
//! - Internal details that the upstream reveals go only to the gateway's log.

use std::process::{ExitCode, Stdio};
use std::time::Duration;

use mcp_error_codes::rmcp_3::Guarded;
use mcp_error_codes::{McpError, REGISTRY, ResultExt, hyper_bun};
use rmcp::model::ProtocolVersion;
use rmcp::{ClientLifecycleMode, ClientServiceExt, ServiceExt, transport};
use tokio::process::Command;

use gateway::{Gateway, unavailable};

const USAGE: &str = "\
usage: gateway [--system SYSTEM] NAME COMMAND [ARGUMENTS..]

  --system SYSTEM   the system of the upstream's bare numbers, such as super-mcp
  NAME              the name of the upstream in the errors
  COMMAND           the command that starts the upstream, an MCP server over standard input and output";

/// The maximum time for an answer from the upstream.
const TIMEOUT: Duration = Duration::from_secs(60);

struct Options {
    system: Option<String>,
    name: String,
    command: String,
    arguments: Vec<String>,
}

impl Options {
    fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments.peekable();
        let system = match arguments.next_if_eq("--system") {
            Some(option) => Some(arguments.next().ok_or_else(|| format!("{option} needs a value"))?),
            None => None,
        };
        if let Some(system) = system.as_ref().filter(|name| REGISTRY.systems().iter().all(|own| own.name != **name)) {
            return Err(format!("unknown system {system:?}"));
        }
        if let Some(option) = arguments.next_if(|argument| argument.starts_with('-')) {
            return Err(format!("unknown option {option:?}"));
        }
        let name = arguments.next().ok_or("no name")?;
        let command = arguments.next().ok_or("no command")?;
        Ok(Self { system, name, command, arguments: arguments.collect() })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n\n{USAGE}");
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
    let not_started = || unavailable(&options.name);
    let mut process = Command::new(&options.command)
        .args(&options.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .or_error(not_started)?;
    let output = process.stdout.take().or_error(not_started)?;
    let input = process.stdin.take().or_error(not_started)?;
    // The newest protocol version, or `initialize` with an older server.
    let lifecycle =
        ClientLifecycleMode::Auto { preferred_versions: vec![ProtocolVersion::V_2026_07_28], legacy_version: None };
    let upstream = ().serve_with_lifecycle((output, input), lifecycle).await.or_error(not_started)?;

    let gateway = Gateway::new(&options.name, upstream.peer().clone(), TIMEOUT).system(options.system);
    let server = Guarded::new(gateway).on_error(|error| log(error));
    let running = server.serve(transport::stdio()).await.or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;
    running.waiting().await.or_code(hyper_bun::SERVER_UNAVAILABLE)?;
    // Closing the input tells the upstream to exit.
    upstream.cancel().await.or_error(not_started)?;
    Ok(())
}

/// Logs to standard error, because standard output belongs to the protocol. `Debug` also prints internal context.
fn log(error: &McpError) {
    eprintln!("{error:?}");
}
