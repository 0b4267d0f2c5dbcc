use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use tokio::net::TcpListener;

use super::handler;
use super::signal::Stop;
use crate::outcome::Failure;
use crate::terminal::Terminal;

/// Serves streamable HTTP until the process receives a signal to stop. Pending requests are answered first, unless there is a
/// second signal.
///
/// # Errors
/// [`Failure::Io`] if the server cannot listen on the address, [`Failure::ClosedPipe`] if the address cannot be printed.
pub(crate) async fn serve(address: SocketAddr, hosts: &[String], terminal: &Terminal) -> Result<(), Failure> {
    let failed = |error| Failure::Io { what: address.to_string(), error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;

    let mut config = StreamableHttpServerConfig::default()
        .enforce_origin_validation()
        .with_max_request_body_bytes(MAX_BYTES)
        // Answers depend only on their requests, so there are no sessions.
        .with_legacy_session_mode(false)
        .with_json_response(true);
    config.allowed_hosts.extend(hosts.iter().cloned());
    if !address.ip().is_unspecified() {
        config.allowed_hosts.push(address.ip().to_string());
    }
    let streams = config.cancellation_token.clone();
    let (mut once, mut twice) = (Stop::new().map_err(failed)?, Stop::new().map_err(failed)?);
    let service =
        StreamableHttpService::new(|| Ok(handler::guarded()), Arc::new(NeverSessionManager::default()), config);

    terminal.print(&format!("listening on http://{address}/mcp\n"))?;
    let stopped = async move {
        once.received().await;
        // Open streams would keep the server running.
        streams.cancel();
    };
    let served = axum::serve(listener, Router::new().route_service("/mcp", service)).with_graceful_shutdown(stopped);
    tokio::select! {
        served = served.into_future() => served.map_err(failed),
        () = async {
            twice.received().await;
            twice.received().await;
        } => Ok(()),
    }
}

/// The size of the largest request.
const MAX_BYTES: usize = 4 << 20;
