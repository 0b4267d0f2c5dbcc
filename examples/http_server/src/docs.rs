//! The catalogue that the `ref` of every error links to, as pages and as one Markdown text.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mcp_error_codes::{McpError, records, scrum};
use mcp_error_codes_site::Site;

static SITE: LazyLock<Site> = LazyLock::new(|| Site::new(records()));
static MARKDOWN: LazyLock<String> = LazyLock::new(|| {
    let pages = records().map(|record| {
        let anchor = record.code_text().to_string().to_ascii_lowercase();
        format!("<a id=\"{anchor}\"></a>\n\n{}", record.explain().record_only().markdown())
    });
    pages.collect::<Vec<_>>().join("\n")
});

/// The pages may only run scripts and load files from this server.
const POLICY: &str = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn routes() -> Router {
    Router::new()
        .route("/docs/errors", get(folder))
        .route("/docs/errors/", get(async || file(Path(String::new())).await))
        .route("/docs/errors/{*path}", get(file))
        .route("/docs/errors.md", get(async || ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], MARKDOWN.as_str())))
}

/// The links of the index are relative to its folder, so its address must end with a slash. A fragment is kept.
async fn folder(RawQuery(query): RawQuery) -> impl IntoResponse {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::MOVED_PERMANENTLY, [(LOCATION, format!("errors/{query}"))])
}

async fn file(Path(path): Path<String>) -> Result<Response, McpError> {
    let file = SITE.file(&path).ok_or_else(|| scrum::not_found("Page", &path))?;
    let headers =
        [(CONTENT_TYPE, file.media_type()), (CONTENT_SECURITY_POLICY, POLICY), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    Ok((headers, file.into_contents().into_owned()).into_response())
}
