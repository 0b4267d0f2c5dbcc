//! Clients that we did not write find every error of the examples `stdio_server` and `http_server`; `tests/clients/README.md`
//! says how.
#![cfg(feature = "rmcp-3")]

use std::error::Error;
use std::path::{Path, PathBuf};

use clients::{Checked, Clients};

#[path = "clients/clients.rs"]
mod clients;

const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

/// An example, and what it is asked for.
struct Server {
    example: &'static str,
    features: &'static str,
    conditions: &'static str,
}

const STDIO: Server = Server { example: "stdio_server", features: "rmcp", conditions: "conditions.json" };

#[test]
fn the_typescript_sdk_1_finds_every_error() -> Checked {
    typescript("@modelcontextprotocol/sdk", "sdk.mjs", &STDIO)
}

#[test]
fn the_typescript_sdk_2_finds_every_error() -> Checked {
    typescript("@modelcontextprotocol/client", "client.mjs", &STDIO)
}

#[test]
fn the_command_line_of_the_inspector_shows_every_error() -> Checked {
    typescript("@modelcontextprotocol/inspector", "inspector.mjs", &STDIO)
}

#[test]
fn the_python_sdk_finds_every_error() -> Checked {
    python(&STDIO)
}

#[cfg(feature = "axum-0_8")]
mod http {
    use super::{Checked, Server, python, typescript};

    const HTTP: Server = Server { example: "http_server", features: "axum,rmcp", conditions: "conditions-http.json" };

    #[test]
    fn the_typescript_sdk_1_finds_every_error() -> Checked {
        typescript("@modelcontextprotocol/sdk", "sdk.mjs", &HTTP)
    }

    #[test]
    fn the_typescript_sdk_2_finds_every_error() -> Checked {
        typescript("@modelcontextprotocol/client", "client.mjs", &HTTP)
    }

    #[test]
    fn the_command_line_of_the_inspector_shows_every_error() -> Checked {
        typescript("@modelcontextprotocol/inspector", "inspector.mjs", &HTTP)
    }

    #[test]
    fn the_python_sdk_finds_every_error() -> Checked {
        python(&HTTP)
    }
}

fn python(server: &Server) -> Checked {
    clients(server, |clients| clients.python())
}

fn typescript(package: &str, script: &str, server: &Server) -> Checked {
    clients(server, |clients| clients.typescript(package, script))
}

fn clients(server: &Server, run: impl FnOnce(&Clients<'_>) -> Checked) -> Checked {
    let directory = Path::new(CLIENTS);
    run(&Clients { directory, conditions: &directory.join(server.conditions), program: &program(server)? })
}

/// The example that cargo built beside this test.
fn program(server: &Server) -> Result<PathBuf, Box<dyn Error>> {
    let Server { example, features, .. } = server;
    let test = std::env::current_exe()?;
    let profile = test.ancestors().nth(2).ok_or("the test is in no target directory")?;
    let program = profile.join("examples").join(format!("{example}{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err(format!("run `cargo build --example {example} --features {features}` first").into());
    }
    Ok(program)
}
