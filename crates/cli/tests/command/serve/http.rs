//! Streamable HTTP at the level of requests. The package `official-clients` tests it with official clients.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::serve::session::Checked;

pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    pub(crate) fn start(options: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_mcp-errors"))
            .args(["serve", "--http"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no standard output")?).read_line(&mut line)?;
        let address = line.strip_prefix("listening on http://").and_then(|rest| rest.strip_suffix("/mcp\n"));
        let address = address.ok_or_else(|| format!("{line:?}"))?.to_owned();
        Ok(Self { process, address })
    }

    /// Sends a message and returns the status and the body of the response.
    fn post(&self, headers: &[(&str, &str)], message: &Value) -> Result<(u16, String), Box<dyn Error>> {
        let body = message.to_string();
        let host = [("Host", self.address.as_str())];
        let host = if headers.iter().any(|(name, _)| *name == "Host") { &[][..] } else { &host };
        let mut request = "POST /mcp HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json\r\n".to_owned();
        request += "Accept: application/json, text/event-stream\r\n";
        for (name, value) in host.iter().chain(headers) {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("no head")?;
        let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
        Ok((status, body.to_owned()))
    }

    #[cfg(unix)]
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    #[cfg(unix)]
    pub(crate) fn wait(&mut self) -> std::io::Result<std::process::ExitStatus> {
        self.process.wait()
    }

    #[cfg(unix)]
    pub(crate) fn try_wait(&mut self) -> std::io::Result<Option<std::process::ExitStatus>> {
        self.process.try_wait()
    }

    #[cfg(unix)]
    pub(crate) fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(&self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn request(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

#[test]
fn a_request_is_answered_in_json_and_without_a_session() -> Checked {
    let server = Server::start(&["0"])?;
    assert!(server.address.starts_with("127.0.0.1:"), "{}", server.address);
    let call = request("tools/call", json!({"name": "explain_error", "arguments": {"query": "FS-001"}}));
    let (status, body) = server.post(&[("MCP-Protocol-Version", "2025-11-25")], &call)?;
    assert_eq!(status, 200);
    let answer: Value = serde_json::from_str(&body)?;
    assert_eq!(answer["result"]["structuredContent"]["answers"][0]["error"]["code"], "FS-001");
    Ok(())
}

#[test]
fn a_missing_resource_has_the_number_of_the_protocol_version() -> Checked {
    let server = Server::start(&["127.0.0.1:0"])?;
    let uri = "mcp-errors://filesystem/FS-999";
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    });
    let old = request("resources/read", json!({"uri": uri}));
    let new = request("resources/read", json!({"uri": uri, "_meta": meta}));
    let modern = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "resources/read"), ("Mcp-Name", uri)];
    let requests = [(&[("MCP-Protocol-Version", "2025-11-25")][..], old, -32_002), (&modern[..], new, -32_602)];
    for (headers, message, expected) in requests {
        let (status, body) = server.post(headers, &message)?;
        assert_eq!(status, 200);
        let answer: Value = serde_json::from_str(&body)?;
        assert_eq!(answer["error"]["code"], expected);
        assert_eq!(answer["error"]["data"]["details"]["uri"], uri);
    }
    Ok(())
}

#[test]
fn a_foreign_host_is_refused_unless_allowed() -> Checked {
    let ping = request("ping", json!({}));
    let server = Server::start(&["0"])?;
    let foreign = [("Host", "errors.example")];
    assert_eq!(server.post(&foreign, &ping)?.0, 403);
    assert_eq!(server.post(&[("Host", "localhost")], &ping)?.0, 200);
    // Requests of web pages have an origin and are refused.
    assert_eq!(server.post(&[("Origin", "https://errors.example")], &ping)?.0, 403);

    let server = Server::start(&["0", "--allow-host", "errors.example"])?;
    assert_eq!(server.post(&foreign, &ping)?.0, 200);
    assert_eq!(server.post(&[("Host", "other.example")], &ping)?.0, 403);
    Ok(())
}

#[test]
fn an_address_that_is_invalid_or_in_use_is_an_error() -> Checked {
    let run = |options: &[&str]| Command::new(env!("CARGO_BIN_EXE_mcp-errors")).arg("serve").args(options).output();
    let output = run(&["--http", "localhost"])?;
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr)?;
    assert!(told.contains("expected a port, or an IP address and a port"), "{told}");

    let server = Server::start(&["0"])?;
    let output = run(&["--http", &server.address])?;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    let told = String::from_utf8(output.stderr)?;
    assert!(told.starts_with(&format!("error: {}: ", server.address)), "{told}");

    let output = run(&["--allow-host", "errors.example"])?;
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}
