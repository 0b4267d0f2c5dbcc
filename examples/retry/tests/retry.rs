//! The example `retry` as a process, with the server that it starts. Checks what the client does and how often it calls
//! the server.

use std::error::Error;
use std::process::Command;

/// The client waits as long as the schedule or the server says, and stops when the advice is not to retry.
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

/// `report` fails twice, `search` once and `backup` three times. A call that must not be repeated occurs exactly once.
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
