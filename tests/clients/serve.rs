//! Every tool, resource and prompt of `mcp-errors serve`, over standard input and output and over HTTP.

use std::io::Write;

use serde_json::Value;

use crate::clients::{Checked, Clients, program};

const CONDITIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/conditions-serve.json");

#[test]
fn the_typescript_sdk_1_finds_everything() -> Checked {
    over_each_transport(|clients| clients.typescript("@modelcontextprotocol/sdk", "sdk.mjs"))
}

#[test]
fn the_typescript_sdk_2_finds_everything() -> Checked {
    over_each_transport(|clients| clients.typescript("@modelcontextprotocol/client", "client.mjs"))
}

#[test]
fn the_command_line_of_the_inspector_shows_everything() -> Checked {
    over_each_transport(|clients| clients.typescript("@modelcontextprotocol/inspector", "inspector.mjs"))
}

#[test]
fn the_python_sdk_finds_everything() -> Checked {
    over_each_transport(|clients| clients.python())
}

/// Runs a client twice, with the same conditions.
fn over_each_transport(run: impl Fn(&Clients<'_>) -> Checked) -> Checked {
    let program = program("mcp-errors", "mcp-error-codes-cli")?;
    let mut conditions: Value = serde_json::from_slice(&std::fs::read(CONDITIONS)?)?;
    for transport in ["stdio", "http"] {
        conditions["transport"] = transport.into();
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(&serde_json::to_vec(&conditions)?)?;
        run(&Clients { conditions: file.path(), program: &program })?;
    }
    Ok(())
}
