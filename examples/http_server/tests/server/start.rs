//! How the server starts and exits.

use std::net::TcpListener;

use crate::server::{Checked, command};

#[test]
fn a_wrong_command_line_is_told_with_the_usage() -> Checked {
    let cases: [(&[&str], &str); 5] = [
        (&["--fast"], r#"unknown option "--fast""#),
        (&["--listen"], "--listen needs a value"),
        (&["--listen", "here"], r#"--listen needs an address and a port, not "here""#),
        (&["--max-writes-per-minute", "many"], r#"--max-writes-per-minute needs a number, not "many""#),
        (&["notes"], r#"unknown option "notes""#),
    ];
    for (arguments, problem) in cases {
        let ended = command().args(arguments).output()?;
        assert_eq!(ended.status.code(), Some(2));
        let said = String::from_utf8(ended.stderr)?;
        assert!(said.starts_with(&format!("{problem}\n\nusage: ")), "{said}");
        assert!(ended.stdout.is_empty());
    }
    Ok(())
}

#[test]
fn nothing_is_served_without_a_token() -> Checked {
    for (variable, value) in [("NOTES_TOKEN", ""), ("NOTES_TOKEN_OF_ANOTHER", "a")] {
        let ended = command().env_remove("NOTES_TOKEN").env(variable, value).output()?;
        assert_eq!(ended.status.code(), Some(2));
        assert!(String::from_utf8(ended.stderr)?.starts_with("NOTES_TOKEN is not set\n\nusage: "));
    }
    Ok(())
}

#[test]
fn an_address_that_is_taken_is_nx_mcp_031() -> Checked {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let ended = command().args(["--listen", &taken.local_addr()?.to_string()]).output()?;
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stderr)?;
    assert!(said.starts_with("McpError { code: hyper-bun:NX-MCP-031, "), "{said}");
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    use crate::server::{Checked, Server, TOKEN};

    #[test]
    fn a_stream_that_is_open_does_not_keep_the_server_from_ending() -> Checked {
        let Some(server) = Server::start(&[])? else { return Ok(()) };
        let session = server.session()?;
        let token = format!("Authorization: Bearer {TOKEN}");
        let url = format!("{}/mcp", server.url);
        let mut listening = Command::new("curl")
            .args(["-sSN", "--max-time", "60", "-H", "Accept: text/event-stream", "-H", &token, "-H", &session, &url])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut events = BufReader::new(listening.stdout.take().ok_or("no standard output")?);
        let mut line = String::new();
        events.read_line(&mut line)?;
        assert_eq!(line, "data: \n");
        assert_eq!(server.end()?, "");
        assert!(listening.wait()?.success());
        Ok(())
    }

    #[test]
    fn the_log_has_every_error_with_what_is_internal() -> Checked {
        let Some(server) = Server::start(&[])? else { return Ok(()) };
        server.ask("/notes/gone", &[])?;
        server.send(&[], "{")?;
        server.request("tools/call", serde_json::json!({"name": "read_note", "arguments": {"name": "lost"}}))?;
        let log = server.end()?;
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), 3, "{log}");
        assert!(lines[0].contains("filesystem:FS-001") && lines[0].contains("gone"), "{log}");
        assert!(lines[1].contains("mcp:-32700") && lines[1].contains("EOF while parsing an object"), "{log}");
        assert!(lines[2].contains("filesystem:FS-001") && lines[2].contains("lost"), "{log}");
        Ok(())
    }
}
