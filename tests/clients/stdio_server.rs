//! Every error of the example `stdio_server`, over standard input and output.

use crate::clients::{Checked, Clients, program};

const CONDITIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/conditions.json");

#[test]
fn the_typescript_sdk_1_finds_every_error() -> Checked {
    run(|clients| clients.typescript("@modelcontextprotocol/sdk", "sdk.mjs"))
}

#[test]
fn the_typescript_sdk_2_finds_every_error() -> Checked {
    run(|clients| clients.typescript("@modelcontextprotocol/client", "client.mjs"))
}

#[test]
fn the_command_line_of_the_inspector_shows_every_error() -> Checked {
    run(|clients| clients.typescript("@modelcontextprotocol/inspector", "inspector.mjs"))
}

#[test]
fn the_python_sdk_finds_every_error() -> Checked {
    run(|clients| clients.python())
}

fn run(run: impl FnOnce(&Clients<'_>) -> Checked) -> Checked {
    run(&Clients { conditions: CONDITIONS.as_ref(), program: &program("stdio_server", "stdio_server")? })
}
