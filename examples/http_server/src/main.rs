//! A server for notes over HTTP: MCP at `/mcp`, a plain API at `/notes/NAME`, the catalogue that the errors link to at
//! `/docs/errors`, and error counters at `/metrics`.
//!
//! ```text
//! NOTES_TOKEN=secret cargo run --package http_server
//! curl -i -H 'Authorization: Bearer secret' http://127.0.0.1:8080/notes/gone
//! ```
//!
//! - `options.rs` reads the command line.
//! - `notes.rs` stores the notes and returns the errors that both APIs use.
//! - `rest.rs` contains the routes of the plain API. Errors become axum responses.
//! - `server.rs` contains the tools and resources.
//! - `token.rs` checks the token.
//! - `transport.rs` replaces the SDK's plain-text rejections with JSON-RPC errors.
//! - `docs.rs` contains the routes of the catalogue.
//! - `counters.rs` counts the errors for Prometheus.
//!
//! The SDK's `StreamableHttpService` already handles these:
//!
//! - The status of a JSON-RPC error. From protocol 2026-07-28 on, an unknown method is a 404, and -32020, -32021, -32022 and
//!   malformed `_meta` are a 400. Every other error has status 200, and before 2026-07-28 all of them do.
//! - Sessions. A client that starts with `initialize` has one, with its id in `Mcp-Session-Id`. From 2026-07-28 on there are no
//!   sessions, and every request is independent.
//! - `Host`. It must be one of the machine's own names, unless others are allowed, so that no web page can reach the
//!   server through its own host name (DNS rebinding). `Origin` is checked only if that is enabled.

use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use mcp_error_codes::rmcp_3::Guarded;
use mcp_error_codes::{McpError, ResultExt, hyper_bun, setup};
use rmcp::transport::StreamableHttpService;
use rmcp::transport::streamable_http_server::StreamableHttpServerConfig;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use tokio::net::TcpListener;

use crate::notes::Notes;
use crate::options::Options;
use crate::server::NotesServer;
use crate::token::Token;

mod counters;
mod docs;
mod notes;
mod options;
mod rest;
mod server;
mod token;
mod transport;

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1), std::env::var(options::TOKEN_VARIABLE).ok()) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match serve(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log(&error);
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), McpError> {
    let listener = TcpListener::bind(options.listen).await.or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;
    let address = listener.local_addr().or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;

    // Every error links to the page of its code here.
    setup()
        .docs_base(format!("http://{address}/docs/errors"))
        .apply()
        .or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;

    let config = StreamableHttpServerConfig::default()
        .enforce_origin_validation()
        .with_max_request_body_bytes(transport::MAX_BYTES);
    // Open streams would prevent the server from stopping.
    let streams = config.cancellation_token.clone();
    let app = app(&options, config).merge(counters::routes()?);

    // Registered before the address is printed, because a signal may arrive right after that.
    let asked = stop_signal().or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;
    let stopped = async move {
        asked.await;
        streams.cancel();
    };
    println!("listening on http://{address}");
    axum::serve(listener, app).with_graceful_shutdown(stopped).await.or_code(hyper_bun::SERVER_UNAVAILABLE)
}

fn app(options: &Options, config: StreamableHttpServerConfig) -> Router {
    let notes = Arc::new(Notes::new(options.max_writes_per_minute));
    let shared = Arc::clone(&notes);
    // Every session has its own server, and all of them share the notes.
    let server = move || {
        Ok(Guarded::new(NotesServer::new(Arc::clone(&shared))).on_error(|error| {
            error.count();
            log(error);
        }))
    };
    let mcp = StreamableHttpService::new(server, Arc::new(LocalSessionManager::default()), config);

    let authenticate = from_fn_with_state(Token::new(&options.token), token::authenticate);
    let mcp = Router::new()
        .route_service("/mcp", mcp)
        .layer(authenticate.clone())
        .layer(from_fn(transport::refuse_in_json_rpc));
    let rest =
        Router::new().route("/notes/{name}", get(rest::read).put(rest::write)).with_state(notes).layer(authenticate);
    // The catalogue needs no token.
    mcp.merge(rest).merge(docs::routes()).fallback(rest::no_such_route).layer(from_fn(log_response))
}

/// Logs to standard error, because standard output contains only the address. `Debug` also prints internal context.
fn log(error: &McpError) {
    eprintln!("{error:?}");
}

/// Counts and logs the error of a response. Over MCP, `on_error` does that.
async fn log_response(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().get_mut::<McpError>() {
        error.count();
        log(error);
    }
    response
}

/// Registers handlers for the signals that stop the process, and returns a future that waits for one.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Returns a future that waits for the signal that stops the process.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
