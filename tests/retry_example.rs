//! The example `retry` as a process, with the server that it starts: what the client does, and how often the server was called.
#![cfg(feature = "rmcp-3")]

use std::error::Error;
use std::process::Command;

/// The client waits as the schedule says, or as it was told, and stops where the advice does.
const CLIENT: &str = "\
report: NX-MCP-030: MCP Server Unavailable; again in 1s
report: NX-MCP-030: MCP Server Unavailable; again in 2s
report: done
search: SEC-010: Rate limit exceeded; again in 200ms
search: done
backup: NX-MCP-030: MCP Server Unavailable; again in 100ms
backup: NX-MCP-030: MCP Server Unavailable; again in 100ms
backup: NX-MCP-030: MCP Server Unavailable; given up
delete: SEC-008: Filesystem is in read-only mode; given up
";

/// Two failures of `report`, one of `search`, three of `backup`. What must not be repeated was called exactly once.
const SERVER: &str = "\
server: NX-MCP-030: MCP Server Unavailable
server: NX-MCP-030: MCP Server Unavailable
server: SEC-010: Rate limit exceeded
server: NX-MCP-030: MCP Server Unavailable
server: NX-MCP-030: MCP Server Unavailable
server: NX-MCP-030: MCP Server Unavailable
server: SEC-008: Filesystem is in read-only mode
";

#[test]
fn the_client_calls_again_as_the_errors_advise() -> Result<(), Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let profile = test.ancestors().nth(2).ok_or("the test is in no target directory")?;
    let program = profile.join("examples").join(format!("retry{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err("run `cargo build --example retry --features rmcp` first".into());
    }
    let ended = Command::new(program).output()?;
    assert_eq!(String::from_utf8(ended.stdout)?, CLIENT);
    assert_eq!(String::from_utf8(ended.stderr)?, SERVER);
    assert!(ended.status.success());
    Ok(())
}
