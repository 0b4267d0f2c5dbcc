//! The gateway as a process, with the example `stdio_server` as its upstream.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use mcp_error_codes::rmcp_3::decode_call;
use mcp_error_codes::super_mcp;
use rmcp::ClientServiceExt;
use rmcp::model::CallToolRequestParams;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

use crate::link::{Bytes, Checked, LONGEST, Recorded, Version, lock};

const GATEWAY: &str = env!("CARGO_BIN_EXE_gateway");

/// The upstream server, which is in another package of the workspace.
fn upstream() -> Result<PathBuf, &'static str> {
    let program = Path::new(GATEWAY).with_file_name(format!("stdio_server{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err("run `cargo build --package stdio_server` first");
    }
    Ok(program)
}

#[tokio::test]
async fn an_error_comes_through_two_processes() -> Checked {
    for version in [Version::Old, Version::New] {
        let outside = tempfile::tempdir()?;
        let folder = outside.path().join("workspace");
        std::fs::create_dir(&folder)?;
        std::fs::write(folder.join("notes.txt"), "hello")?;
        let mut gateway = Command::new(GATEWAY)
            .arg("files")
            .arg(upstream()?)
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let received = Bytes::default();
        let output = gateway.stdout.take().ok_or("no standard output")?;
        let output = Recorded { output, received: Arc::clone(&received) };
        let input = gateway.stdin.take().ok_or("no standard input")?;
        let client = ().serve_with_lifecycle((output, input), version.lifecycle());
        let client = tokio::time::timeout(LONGEST, client).await??;
        let read = async |path: &str| {
            let arguments = serde_json::Map::from_iter([("path".to_owned(), path.into())]);
            let request = CallToolRequestParams::new("read_file").with_arguments(arguments);
            tokio::time::timeout(LONGEST, client.call_tool(request)).await.expect("the gateway answers")
        };

        let text = serde_json::to_value(read("notes.txt").await?)?["content"][0]["text"].take();
        assert_eq!(text, "hello");
        for (path, message) in [
            ("gone.txt", "FS-001: File not found: gone.txt"),
            ("../outside.txt", "SEC-001: Path traversal detected - path outside workspace"),
        ] {
            let error = decode_call(&read(path).await).ok_or("no failure")?;
            assert!(error.is(super_mcp::DOWNSTREAM_ERROR), "{error:?}");
            assert_eq!(error.message(), format!("Error from upstream MCP server: files: {message}"));
            let code = message.split_once(": ").map(|(code, _)| json!(code));
            assert_eq!(error.detail("code"), code.as_ref());
            assert_eq!(error.failures().first().map(|original| json!(original.code_text())), code);
        }

        client.cancel().await?;
        let mut log = String::new();
        let mut errors = gateway.stderr.take().ok_or("no standard error")?;
        tokio::time::timeout(LONGEST, errors.read_to_string(&mut log)).await??;
        assert!(log.contains("super-mcp:-32007") && log.contains("filesystem:SEC-001"), "{log}");
        assert!(tokio::time::timeout(LONGEST, gateway.wait()).await??.success());
        let received = String::from_utf8(lock(&received).clone())?;
        let internal = outside.path().to_str().ok_or("the path is no text")?;
        assert!(received.contains("FS-001") && !received.contains(internal), "{received}");
    }
    Ok(())
}

#[test]
fn a_wrong_command_line_is_told_with_the_usage() -> Checked {
    let cases: [(&[&str], &str); 5] = [
        (&[], "no name"),
        (&["files"], "no command"),
        (&["--system"], "--system needs a value"),
        (&["--system", "supermcp", "files", "x"], r#"unknown system "supermcp""#),
        (&["--fast", "files", "x"], r#"unknown option "--fast""#),
    ];
    for (arguments, problem) in cases {
        let ended = std::process::Command::new(GATEWAY).args(arguments).stdin(Stdio::null()).output()?;
        assert_eq!(ended.status.code(), Some(2));
        let said = String::from_utf8(ended.stderr)?;
        assert!(said.starts_with(&format!("{problem}\n\nusage: ")), "{said}");
        assert!(ended.stdout.is_empty());
    }
    Ok(())
}

#[test]
fn an_upstream_that_does_not_start_ends_the_gateway() -> Checked {
    let started = std::process::Command::new(GATEWAY).args(["files", "no such command"]).output()?;
    assert_eq!(started.status.code(), Some(1));
    let said = String::from_utf8(started.stderr)?;
    assert!(
        said.contains("super-mcp:-32004") && said.contains("Package not connected (auth/network): files"),
        "{said}"
    );
    Ok(())
}
