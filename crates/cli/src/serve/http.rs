use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use tokio::net::TcpListener;

use super::server;
use super::signal::Stop;
use crate::terminal::{Failure, Terminal};

/// Serves streamable HTTP until the process is asked to end. What is being answered then is answered first, unless it is asked a
/// second time.
///
/// # Errors
/// [`Failure::Io`] where the address cannot be had, [`Failure::ClosedPipe`] where nobody reads the address that was had.
pub(crate) async fn serve(address: SocketAddr, hosts: &[String], terminal: &Terminal) -> Result<(), Failure> {
    let failed = |error| Failure::Io { what: address.to_string(), error };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;

    let mut config = StreamableHttpServerConfig::default()
        .enforce_origin_validation()
        .with_max_request_body_bytes(MOST_BYTES)
        // Every answer depends on its request alone, so that there is nothing to keep between two of them.
        .with_legacy_session_mode(false)
        .with_json_response(true);
    config.allowed_hosts.extend(hosts.iter().cloned());
    if !address.ip().is_unspecified() {
        config.allowed_hosts.push(address.ip().to_string());
    }
    let streams = config.cancellation_token.clone();
    let (mut once, mut twice) = (Stop::new().map_err(failed)?, Stop::new().map_err(failed)?);
    let service =
        StreamableHttpService::new(|| Ok(server::guarded()), Arc::new(NeverSessionManager::default()), config);

    terminal.print(&format!("listening on http://{address}/mcp\n"))?;
    let stopped = async move {
        once.asked().await;
        // Streams that are open would keep the server from ending.
        streams.cancel();
    };
    let served = axum::serve(listener, Router::new().route_service("/mcp", service)).with_graceful_shutdown(stopped);
    tokio::select! {
        served = served.into_future() => served.map_err(failed),
        () = async {
            twice.asked().await;
            twice.asked().await;
        } => Ok(()),
    }
}

/// The longest request.
const MOST_BYTES: usize = 4 << 20;
