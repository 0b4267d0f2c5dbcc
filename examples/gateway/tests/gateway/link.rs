//! A client, the gateway and the upstream in one process. The test records every byte that the two servers send.

use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use gateway::Gateway;
use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::Guarded;
use rmcp::model::{CallToolRequestParams, CallToolResult, ProtocolVersion};
use rmcp::service::RunningService;
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient, RoleServer, Service, ServiceError, ServiceExt};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::upstream::{INTERNAL, Upstream};

pub(crate) type Checked = Result<(), Box<dyn Error>>;
pub(crate) type Client = RunningService<RoleClient, ()>;

/// The test timeout. Only a missing answer takes this long.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);

/// Whether a session uses the protocol version 2026-07-28 or 2025-11-25.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    Old,
    New,
}

/// The versions of the client and of the upstream.
pub(crate) const ALL: [(Version, Version); 4] = [
    (Version::Old, Version::Old),
    (Version::Old, Version::New),
    (Version::New, Version::Old),
    (Version::New, Version::New),
];

impl Version {
    pub(crate) fn lifecycle(self) -> ClientLifecycleMode {
        match self {
            Self::Old => ClientLifecycleMode::Initialize,
            Self::New => ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] },
        }
    }
}

pub(crate) type Bytes = Arc<Mutex<Vec<u8>>>;

pub(crate) struct Link {
    pub(crate) client: Client,
    pub(crate) upstream: Client,
    /// What the gateway and the upstream sent.
    received: Bytes,
    sent_upstream: Bytes,
    log: Arc<Mutex<Vec<McpError>>>,
    pipe: JoinHandle<()>,
    asked: Arc<Notify>,
}

impl Link {
    pub(crate) async fn new(client: Version, upstream: Version) -> Result<Self, Box<dyn Error>> {
        Self::with(client, upstream, None, LONGEST).await
    }

    pub(crate) async fn with(
        client: Version,
        upstream: Version,
        system: Option<&str>,
        timeout: Duration,
    ) -> Result<Self, Box<dyn Error>> {
        let asked = Arc::<Notify>::default();
        let (upstream, sent_upstream, pipe) = connect(Upstream { asked: Arc::clone(&asked) }, upstream).await?;
        let gateway = Gateway::new("printer", upstream.peer().clone(), timeout).system(system.map(str::to_owned));
        let log = Arc::<Mutex<Vec<McpError>>>::default();
        let told = Arc::clone(&log);
        let guarded = Guarded::new(gateway).on_error(move |error| lock(&told).push(error.clone()));
        let (client, received, _) = connect(guarded, client).await?;
        Ok(Self { client, upstream, received, sent_upstream, log, pipe, asked })
    }

    pub(crate) async fn call(&self, tool: &'static str) -> Result<CallToolResult, ServiceError> {
        call(&self.client, tool).await
    }

    /// Returns the last logged error.
    pub(crate) fn logged(&self) -> Result<McpError, Box<dyn Error>> {
        lock(&self.log).last().cloned().ok_or_else(|| "the log is empty".into())
    }

    /// Closes the connection to the upstream once it is busy with a call that it never answers.
    pub(crate) async fn cut_off_in_a_call(&self) {
        self.asked.notified().await;
        self.pipe.abort();
    }

    /// Checks that only the log contains the upstream's internal details.
    pub(crate) fn keeps_the_internals(&self) -> Checked {
        let [told, passed_on] = [&self.sent_upstream, &self.received].map(|bytes| lock(bytes).clone());
        let (told, passed_on) = (String::from_utf8(told)?, String::from_utf8(passed_on)?);
        assert!(told.contains(INTERNAL), "{told}");
        assert!(format!("{:?}", self.logged()?).contains(INTERNAL), "{:?}", self.logged()?);
        assert!(passed_on.contains(r#""message""#), "the recorder saw the error");
        for internal in ["db.js", "sql", "stack"] {
            assert!(!passed_on.contains(internal), "{internal:?} in {passed_on}");
        }
        Ok(())
    }
}

pub(crate) async fn call(client: &Client, tool: &'static str) -> Result<CallToolResult, ServiceError> {
    let arguments = serde_json::Map::from_iter([("left".to_owned(), 1.into())]);
    let request = CallToolRequestParams::new(tool).with_arguments(arguments);
    tokio::time::timeout(LONGEST, client.call_tool(request)).await.expect("the server answers")
}

/// Connects a client to a server through a pipe that can be broken.
async fn connect(
    server: impl Service<RoleServer>,
    version: Version,
) -> Result<(Client, Bytes, JoinHandle<()>), Box<dyn Error>> {
    let (server_end, mut left) = tokio::io::duplex(1 << 16);
    let (mut right, client_end) = tokio::io::duplex(1 << 16);
    let pipe = tokio::spawn(async move { drop(tokio::io::copy_bidirectional(&mut left, &mut right).await) });
    tokio::spawn(async move {
        if let Ok(running) = server.serve(server_end).await {
            let _ = running.waiting().await;
        }
    });
    let (output, input) = tokio::io::split(client_end);
    let received = Bytes::default();
    let output = Recorded { output, received: Arc::clone(&received) };
    Ok((().serve_with_lifecycle((output, input), version.lifecycle()).await?, received, pipe))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Records every byte that a server sends.
pub(crate) struct Recorded<R> {
    pub(crate) output: R,
    pub(crate) received: Bytes,
}

impl<R: AsyncRead + Unpin> AsyncRead for Recorded<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.output).poll_read(context, buffer);
        lock(&self.received).extend_from_slice(&buffer.filled()[before..]);
        polled
    }
}
