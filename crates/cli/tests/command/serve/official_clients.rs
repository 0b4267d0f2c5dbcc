//! Official clients find the tools, resources and prompts, over standard input and output and over HTTP. See
//! `tests/clients/README.md` in the workspace.

use std::io::Write;
use std::path::Path;

use serde_json::Value;

use self::clients::{Checked, Clients};

#[path = "../../../../../tests/clients/clients.rs"]
mod clients;

const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/clients");

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

/// Runs a client over both transports, with the same conditions.
fn over_each_transport(run: impl Fn(&Clients<'_>) -> Checked) -> Checked {
    let directory = Path::new(CLIENTS);
    let mut conditions: Value = serde_json::from_slice(&std::fs::read(directory.join("conditions-serve.json"))?)?;
    for transport in ["stdio", "http"] {
        conditions["transport"] = transport.into();
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(&serde_json::to_vec(&conditions)?)?;
        let program = Path::new(env!("CARGO_BIN_EXE_mcp-errors"));
        run(&Clients { directory, conditions: file.path(), program })?;
    }
    Ok(())
}
