//! A server process with its own workspace, and a client that is connected to it.

use std::borrow::Cow;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use mcp_error_codes::rmcp_3::{decode_call, decode_service_error};
use mcp_error_codes::wire::META_KEY;
use mcp_error_codes::{Code, McpError, Surface};
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient, ServiceError};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};
use tokio::process::{Child, ChildStdout, Command};

pub(crate) type Checked = Result<(), Box<dyn Error>>;

/// The test timeout. Only a missing answer takes this long.
const LONGEST: Duration = Duration::from_secs(60);

pub(crate) struct Session {
    pub(crate) client: RunningService<RoleClient, ()>,
    received: Arc<Mutex<Vec<u8>>>,
    server: Child,
    /// The folder that contains the workspace, and files outside the workspace.
    outside: TempDir,
}

impl Session {
    /// Starts a server for a workspace that contains `notes.txt` and `docs/plan.txt`.
    pub(crate) async fn start(options: &[&str]) -> Result<Self, Box<dyn Error>> {
        Self::start_as(options, ClientLifecycleMode::Initialize).await
    }

    pub(crate) async fn start_as(options: &[&str], lifecycle: ClientLifecycleMode) -> Result<Self, Box<dyn Error>> {
        let outside = tempfile::tempdir()?;
        let workspace = outside.path().join("workspace");
        std::fs::create_dir_all(workspace.join("docs"))?;
        std::fs::write(workspace.join("notes.txt"), "hello")?;
        std::fs::write(workspace.join("docs/plan.txt"), "a plan")?;
        std::fs::write(outside.path().join("outside.txt"), "not yours")?;
        Self::serve(outside, &workspace, options, lifecycle).await
    }

    /// Starts a server for any folder.
    pub(crate) async fn start_in(folder: &Path, options: &[&str]) -> Result<Self, Box<dyn Error>> {
        Self::serve(tempfile::tempdir()?, folder, options, ClientLifecycleMode::Initialize).await
    }

    async fn serve(
        outside: TempDir,
        workspace: &Path,
        options: &[&str],
        lifecycle: ClientLifecycleMode,
    ) -> Result<Self, Box<dyn Error>> {
        let mut server = Command::new(PROGRAM)
            .args(options)
            .arg(workspace)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let received = Arc::default();
        let output =
            Recorded { output: server.stdout.take().ok_or("no standard output")?, received: Arc::clone(&received) };
        let input = server.stdin.take().ok_or("no standard input")?;
        let client = tokio::time::timeout(LONGEST, ().serve_with_lifecycle((output, input), lifecycle)).await??;
        Ok(Self { client, received, server, outside })
    }

    /// Returns the path of an entry in the workspace.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.outside.path().join("workspace").join(path)
    }

    /// Returns the path of an entry next to the workspace.
    pub(crate) fn outside(&self, path: &str) -> PathBuf {
        self.outside.path().join(path)
    }

    pub(crate) async fn call(
        &self,
        tool: impl Into<Cow<'static, str>>,
        arguments: Value,
    ) -> Result<CallToolResult, ServiceError> {
        let mut request = CallToolRequestParams::new(tool);
        if let Value::Object(arguments) = arguments {
            request = request.with_arguments(arguments);
        }
        tokio::time::timeout(LONGEST, self.client.call_tool(request)).await.expect("the server answers")
    }

    /// Checks that a call succeeds, and returns its text.
    pub(crate) async fn succeeds(&self, tool: &'static str, arguments: Value) -> Result<String, Box<dyn Error>> {
        let result = self.call(tool, arguments).await?;
        let text = serde_json::to_value(&result)?["content"][0]["text"].as_str().unwrap_or_default().to_owned();
        assert_eq!(result.is_error, Some(false), "{text}");
        Ok(text)
    }

    /// Checks that a call is answered with a tool result with exactly this line and these details.
    pub(crate) async fn fails(&self, tool: &'static str, arguments: Value, line: &str, details: Value) -> Checked {
        self.failure(tool, arguments, line, details).await.map(drop)
    }

    /// Checks the same as [`fails`](Self::fails), and returns the error as the client decodes it.
    pub(crate) async fn failure(
        &self,
        tool: &'static str,
        arguments: Value,
        line: &str,
        details: Value,
    ) -> Result<McpError, Box<dyn Error>> {
        let outcome = self.call(tool, arguments).await;
        let error = decode_call(&outcome).ok_or("the call did not fail")?;
        let code = line.split_once(": ").and_then(|(code, _)| Code::lookup(code)).ok_or("the line names no code")?;
        let record = code.record();

        let result = serde_json::to_value(outcome?)?;
        assert_eq!(result["isError"], true);
        let text = result["content"][0]["text"].as_str().ok_or("no text")?;
        assert!(text.starts_with(line) && text.ends_with(&format!("\nHint: {}", record.hint)), "{text}");
        assert_eq!(result["content"], json!([{"type": "text", "text": text}]));
        assert_eq!(result.get("structuredContent"), None);
        let object = &result["_meta"][META_KEY];
        assert_eq!(object["code"], record.code);
        assert_eq!(object["system"], record.system.name);
        assert_eq!(object["name"], record.name);
        assert_eq!(object["hint"], record.hint);
        assert_eq!(object["message"], error.message().as_ref());
        assert_eq!(object.get("details").unwrap_or(&json!({})), &details);

        assert!(error.is(code), "{error:?}");
        assert_eq!(error.to_string(), line);
        assert_eq!(error.surface(), Surface::Tool);
        assert_eq!(error.details().map(|(name, value)| (name.to_owned(), value.clone())).collect::<Value>(), details);
        Ok(error)
    }

    /// Checks that a call is answered with a JSON-RPC error, and returns its number and the error as the client decodes
    /// it.
    pub(crate) async fn is_refused(
        &self,
        tool: &'static str,
        arguments: Value,
    ) -> Result<(i32, McpError), Box<dyn Error>> {
        let refusal = self.call(tool, arguments).await.err().ok_or("the call was not refused")?;
        let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
        match refusal {
            ServiceError::McpError(data) => Ok((data.code.0, error)),
            other => Err(other.into()),
        }
    }

    /// Ends the session, checks that the client received nothing internal during it, and returns the server's log.
    pub(crate) async fn end(mut self) -> Result<String, Box<dyn Error>> {
        self.client.cancel().await?;
        let mut log = String::new();
        let mut errors = self.server.stderr.take().ok_or("no standard error")?;
        tokio::time::timeout(LONGEST, errors.read_to_string(&mut log)).await??;

        let received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        let received = str::from_utf8(&received)?;
        assert!(received.contains(r#""result""#), "the recorder saw the session");
        let folder = self.outside.path().file_name().and_then(|name| name.to_str()).ok_or("no name")?;
        for internal in [folder, "os error", "panicked", "a mistake in"] {
            assert!(!received.contains(internal), "{internal:?} in {received}");
        }
        Ok(log)
    }
}

/// The server, which Cargo builds for these tests.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_stdio_server");

/// Records every byte that the server sends.
struct Recorded {
    output: ChildStdout,
    received: Arc<Mutex<Vec<u8>>>,
}

impl AsyncRead for Recorded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.output).poll_read(context, buffer);
        self.received.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&buffer.filled()[before..]);
        polled
    }
}
