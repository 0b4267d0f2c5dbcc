//! The end of the server.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::serve::session::Checked;

#[test]
fn a_client_may_close_the_connection_without_a_request() -> Checked {
    let output = Command::new(env!("CARGO_BIN_EXE_mcp-errors")).arg("serve").stdin(Stdio::null()).output()?;
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout, b"");
    assert_eq!(output.stderr, b"");
    Ok(())
}

#[test]
fn an_invalid_message_does_not_end_the_server() -> Checked {
    let mut server = Command::new(env!("CARGO_BIN_EXE_mcp-errors"))
        .arg("serve")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let initialize = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#;
    let mut input = server.stdin.take().ok_or("no standard input")?;
    write!(input, "hello\n{initialize}\n")?;
    drop(input);
    let output = server.wait_with_output()?;
    assert!(output.status.success(), "{output:?}");
    let lines = String::from_utf8(output.stdout)?;
    assert!(lines.lines().any(|line| line.contains(r#""serverInfo":{"name":"mcp-errors""#)), "{lines}");
    Ok(())
}

#[cfg(unix)]
mod signals {
    use std::error::Error;
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};

    use crate::serve::http::Server;
    use crate::serve::session::Checked;

    fn send(signal: &str, process: u32) -> Result<(), Box<dyn Error>> {
        let status = Command::new("kill").args([signal, &process.to_string()]).status()?;
        if status.success() { Ok(()) } else { Err(format!("kill: {status}").into()) }
    }

    #[test]
    fn a_signal_ends_the_server_of_standard_input_while_a_client_is_connected() -> Checked {
        for signal in ["-TERM", "-INT"] {
            let mut server = Command::new(env!("CARGO_BIN_EXE_mcp-errors"))
                .arg("serve")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?;
            let mut input = server.stdin.take().ok_or("no standard input")?;
            writeln!(
                input,
                r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"protocolVersion":"2025-11-25","capabilities":{{}},"clientInfo":{{"name":"test","version":"1"}}}}}}"#
            )?;
            let mut line = String::new();
            BufReader::new(server.stdout.take().ok_or("no standard output")?).read_line(&mut line)?;
            assert!(line.contains("serverInfo"), "{line}");
            send(signal, server.id())?;
            let status = server.wait()?;
            assert_eq!(status.code(), Some(0), "{signal}");
        }
        Ok(())
    }

    #[test]
    fn a_signal_ends_the_server_of_http() -> Checked {
        for signal in ["-TERM", "-INT"] {
            let mut server = Server::start(&["0"])?;
            send(signal, server.id())?;
            assert_eq!(server.wait()?.code(), Some(0), "{signal}");
        }
        Ok(())
    }

    #[test]
    fn a_second_signal_ends_the_server_of_http_in_the_middle_of_a_request() -> Checked {
        let mut server = Server::start(&["0"])?;
        let mut stalled = server.connect()?;
        write!(stalled, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{{")?;
        // The request may not have started at the second signal, so signals are sent until the server has ended.
        let id = server.id();
        loop {
            if let Some(status) = server.try_wait()? {
                assert_eq!(status.code(), Some(0));
                return Ok(());
            }
            let _ = send("-TERM", id);
        }
    }
}
