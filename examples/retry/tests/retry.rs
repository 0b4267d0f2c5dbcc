//! The example `retry` as a process, with the server that it starts: what the client does, and how often the server was called.

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
    let ended = Command::new(env!("CARGO_BIN_EXE_retry")).output()?;
    assert_eq!(String::from_utf8(ended.stdout)?, CLIENT);
    assert_eq!(String::from_utf8(ended.stderr)?, SERVER);
    assert!(ended.status.success());
    Ok(())
}
