//! A server process.

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use serde::Serialize;
use serde_json::{Value, json};

use crate::answer::{Answer, has_curl};

pub(crate) type Checked = Result<(), Box<dyn Error>>;

pub(crate) const TOKEN: &str = "let me in";

const JSON: &str = "Content-Type: application/json";
const ACCEPT: &str = "Accept: application/json, text/event-stream";

pub(crate) struct Server {
    pub(crate) url: String,
    process: Child,
}

impl Server {
    /// Returns an error form as this server writes it, with the address of its catalogue.
    pub(crate) fn with_docs(&self, form: impl Serialize) -> serde_json::Result<Value> {
        let mut form = serde_json::to_value(form)?;
        let reference = |object: &Value| {
            let code = object["code"].as_str().unwrap_or_default().to_ascii_lowercase();
            json!(format!("{}/docs/errors#{code}", self.url))
        };
        if let Some(object) = form.pointer_mut("/error/data") {
            object["ref"] = reference(object);
        } else if form.get("type").is_some_and(|address| address == "about:blank") {
            form["type"] = reference(&form);
        }
        Ok(form)
    }

    /// Starts a server, or returns `None` if curl is not installed.
    pub(crate) fn start(options: &[&str]) -> Result<Option<Self>, Box<dyn Error>> {
        if !has_curl()? {
            return Ok(None);
        }
        let mut process = command()
            .args(["--listen", "127.0.0.1:0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no standard output")?).read_line(&mut line)?;
        let url = line.trim().strip_prefix("listening on ").ok_or("no address")?.to_owned();
        Ok(Some(Self { url, process }))
    }

    /// Sends a request with the token.
    pub(crate) fn ask(&self, path: &str, arguments: &[&str]) -> Result<Answer, Box<dyn Error>> {
        let token = format!("Authorization: Bearer {TOKEN}");
        self.ask_freely(path, &[&["-H", &token], arguments].concat())
    }

    /// Sends a request without the token.
    pub(crate) fn ask_freely(&self, path: &str, arguments: &[&str]) -> Result<Answer, Box<dyn Error>> {
        let answer = Answer::to(&[arguments, &[&format!("{}{path}", self.url)]].concat())?;
        for internal in [TOKEN, "deserialize", "panicked"] {
            assert!(!answer.body.contains(internal), "{internal:?} in {}", answer.body);
        }
        Ok(answer)
    }

    /// Sends an MCP message.
    pub(crate) fn send(&self, headers: &[&str], body: &str) -> Result<Answer, Box<dyn Error>> {
        let headers: Vec<&str> = headers.iter().flat_map(|header| ["-H", header]).collect();
        self.ask("/mcp", &[&["-H", JSON, "-H", ACCEPT, "--data-binary", body], headers.as_slice()].concat())
    }

    /// Sends a request of protocol version 2026-07-28, where every request is independent.
    pub(crate) fn request(&self, method: &str, params: Value) -> Result<Answer, Box<dyn Error>> {
        let method_header = format!("Mcp-Method: {method}");
        let name = params["name"].as_str().or(params["uri"].as_str()).map(|name| format!("Mcp-Name: {name}"));
        let mut headers = vec!["MCP-Protocol-Version: 2026-07-28", &method_header];
        headers.extend(name.as_deref());
        self.send(&headers, &message(method, params, "2026-07-28"))
    }

    /// Starts a session of protocol version 2025-11-25, and returns its header.
    pub(crate) fn session(&self) -> Result<String, Box<dyn Error>> {
        let begun = self.send(
            &[],
            r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":
                {"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}"#,
        )?;
        assert_eq!(begun.event()?["result"]["protocolVersion"], "2025-11-25");
        let session = format!("Mcp-Session-Id: {}", begun.header("mcp-session-id").ok_or("no session")?);
        let told = self.send(&[&session], r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)?;
        assert_eq!(told.status, 202);
        Ok(session)
    }

    /// Asks the server to exit, and returns its log.
    #[cfg(unix)]
    pub(crate) fn end(mut self) -> Result<String, Box<dyn Error>> {
        assert!(Command::new("kill").arg(self.process.id().to_string()).status()?.success());
        let mut log = String::new();
        self.process.stderr.take().ok_or("no standard error")?.read_to_string(&mut log)?;
        assert_eq!(self.process.wait()?.code(), Some(0), "{log}");
        Ok(log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Creates a request that names its protocol version.
pub(crate) fn message(method: &str, mut params: Value, version: &str) -> String {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientInfo": {"name": "curl", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    for (key, value) in meta.as_object().into_iter().flatten() {
        if params["_meta"][key].is_null() {
            params["_meta"][key] = value.clone();
        }
    }
    json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}).to_string()
}

/// The command that starts the server with a token.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_http_server"));
    command.env("NOTES_TOKEN", TOKEN).stdin(Stdio::null());
    command
}
