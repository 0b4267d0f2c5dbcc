//! The error counters, for Prometheus at `/metrics`.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use mcp_error_codes::{McpError, ResultExt, hyper_bun, metrics_0_24};
use metrics_exporter_prometheus::PrometheusBuilder;

/// Starts counting, and returns the route that serves the counts.
pub(crate) fn routes() -> Result<Router, McpError> {
    let recorder = PrometheusBuilder::new().install_recorder().or_code(hyper_bun::SERVER_INITIALIZATION_FAILED)?;
    metrics_0_24::describe();
    let answer = async move || ([(CONTENT_TYPE, "text/plain; version=0.0.4")], recorder.render());
    Ok(Router::new().route("/metrics", get(answer)))
}
