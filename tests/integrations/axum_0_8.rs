//! Errors as responses of a real router: status, headers and body.
#![cfg(feature = "axum-0_8")]

use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mcp_error_codes::axum_0_8::Standard;
use mcp_error_codes::wire::{RequestId, StandardResponse};
use mcp_error_codes::{Code, IntoMcpError, McpError, ProtocolVersion, decode, filesystem, hyper_bun, mcp, scrum};
use serde_json::{Value, json};
use tower::ServiceExt;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Returns the error of the golden files, which has everything that an error can have.
fn conflict() -> McpError {
    scrum::file_claim_conflict(["agent-1", "agent-2"])
        .with_detail("conflictsWith", ["agent-1", "agent-2"])
        .with_detail("apiKey", "k-123")
        .with_retry_after(Duration::from_millis(2_500))
        .with_error_id("err-7f3a")
        .with_internal("query", "select * from claims")
        .with_source(std::io::Error::other("disk on fire"))
}

/// Calls a handler through a router.
async fn call(app: Router) -> Result<Response> {
    Ok(app.oneshot(Request::get("/").body(Body::empty())?).await?)
}

/// Returns the response of a handler with this result.
async fn answer(make: fn() -> Response) -> Result<Response> {
    call(Router::new().route("/", get(async move || make()))).await
}

async fn body(response: Response) -> Result<String> {
    Ok(String::from_utf8(to_bytes(response.into_body(), 1 << 20).await?.to_vec())?)
}

async fn json_body(response: Response) -> Result<Value> {
    Ok(serde_json::from_str(&body(response).await?)?)
}

/// Returns the headers that an error sets, without those that the server adds to every response.
fn headers(response: &Response) -> Vec<(&str, &str)> {
    let map: &HeaderMap = response.headers();
    let all = map.iter().filter(|(name, _)| *name != header::CONTENT_LENGTH);
    all.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default())).collect()
}

fn golden(name: &str) -> Result<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/golden").join(name);
    Ok(std::fs::read_to_string(path)?.trim_end().to_owned())
}

#[tokio::test]
async fn an_error_answers_with_problem_details() -> Result {
    for make in [|| conflict().into_response(), || conflict().problem().into_response()] {
        let response = answer(make).await?;
        assert_eq!(response.status(), StatusCode::CONFLICT);
        assert_eq!(
            headers(&response),
            [("content-type", "application/problem+json"), ("cache-control", "no-store"), ("retry-after", "3")]
        );
        assert_eq!(body(response).await?, golden("problem.json")?);
    }
    Ok(())
}

#[tokio::test]
async fn every_code_answers_with_its_status_and_is_read_back() -> Result {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let response = McpError::new(code).into_response();
        assert_eq!(response.status().as_u16(), code.record().http_status, "{code}");
        let waits = McpError::new(code).retry_after().is_some();
        assert_eq!(response.headers().contains_key(header::RETRY_AFTER), waits, "{code}");
        let text = body(response).await?;
        let status = serde_json::from_str::<Value>(&text)?["status"].as_u64();
        assert_eq!(status, Some(code.record().http_status.into()), "{code}");
        assert_eq!(decode(text)?.code(), Code::from_record(code.record()), "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn the_standard_response_is_answered_at_a_known_time_and_without_one() -> Result {
    fn at_known_time() -> Response {
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_736_951_025_123);
        StandardResponse::new(&conflict()).at(time).into_response()
    }
    let response = answer(at_known_time).await?;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(
        headers(&response),
        [("content-type", "application/json"), ("cache-control", "no-store"), ("retry-after", "3")]
    );
    assert_eq!(body(response).await?, golden("standard_response.json")?);

    let response = answer(|| StandardResponse::new(&conflict()).into_response()).await?;
    assert_eq!(body(response).await?, StandardResponse::new(&conflict()).to_string());
    Ok(())
}

#[tokio::test]
async fn standard_answers_with_the_standard_response_of_its_time() -> Result {
    async fn handler() -> std::result::Result<String, Standard> {
        Err(conflict())?
    }
    let response = call(Router::new().route("/", get(handler))).await?;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    let mut body = json_body(response).await?;

    let stamp = body.as_object_mut().and_then(|body| body.remove("timestamp")).ok_or("a timestamp")?;
    let stamp = humantime::parse_rfc3339(stamp.as_str().ok_or("a text")?)?;
    let day = Duration::from_secs(86_400);
    assert!(stamp > SystemTime::now() - day && stamp < SystemTime::now() + day, "{stamp:?}");
    assert_eq!(body, serde_json::to_value(StandardResponse::new(&conflict()))?);
    Ok(())
}

#[tokio::test]
async fn a_question_mark_in_a_handler_answers_with_the_code_of_the_cause() -> Result {
    enum StoreError {
        Closed,
    }
    impl IntoMcpError for StoreError {
        fn into_mcp_error(self) -> McpError {
            let Self::Closed = self;
            McpError::new(hyper_bun::SERVER_UNAVAILABLE)
        }
    }
    async fn missing() -> std::result::Result<String, McpError> {
        Ok(std::fs::read_to_string("no such file")?)
    }
    async fn missing_standard() -> std::result::Result<String, Standard> {
        Ok(std::fs::read_to_string("no such file")?)
    }
    async fn closed() -> std::result::Result<(), Standard> {
        Err(StoreError::Closed)?
    }
    async fn fine() -> std::result::Result<&'static str, McpError> {
        Ok("fine")
    }
    let app = |handler| Router::new().route("/", handler);

    let response = call(app(get(missing))).await?;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(json_body(response).await?["code"], "FS-001");

    let response = call(app(get(missing_standard))).await?;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(json_body(response).await?["ref"], "/docs/errors#fs-001");

    let response = call(app(get(closed))).await?;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(json_body(response).await?["code"], "NX-MCP-030");

    let response = call(app(get(fine))).await?;
    assert_eq!((response.status(), response.extensions().get::<McpError>().is_none()), (StatusCode::OK, true));
    assert_eq!(body(response).await?, "fine");
    Ok(())
}

/// The text that a log would contain.
#[derive(Clone)]
struct Logged(String);

/// A middleware that logs. Here, it passes the text on.
async fn log(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions().get::<McpError>() {
        let logged = Logged(format!("{error:?}"));
        response.extensions_mut().insert(logged);
    }
    response
}

#[tokio::test]
async fn nothing_internal_leaves_and_the_middleware_sees_all_of_it() -> Result {
    let forms: [fn() -> Response; 5] = [
        || conflict().into_response(),
        || Standard(conflict()).into_response(),
        || conflict().problem().into_response(),
        || StandardResponse::new(&conflict()).into_response(),
        || conflict().json_rpc_response(7).into_response(),
    ];
    for form in forms {
        let app = Router::new().route("/", get(async move || form())).layer(from_fn(log));
        let response = call(app).await?;
        let Logged(logged) = response.extensions().get::<Logged>().cloned().ok_or("the middleware saw the error")?;
        assert!(logged.contains("select * from claims") && logged.contains("disk on fire"), "{logged}");

        let head = format!("{:?}", response.headers());
        let sent = head + &body(response).await?;
        for internal in ["select", "disk on fire", "query", "k-123"] {
            assert!(!sent.contains(internal), "{internal}: {sent}");
        }
        assert!(sent.contains("agent-1"));
    }
    Ok(())
}

#[tokio::test]
async fn retry_after_is_in_whole_seconds_rounded_up_and_only_where_there_is_a_wait() -> Result {
    let told = |wait: Duration| {
        let response = McpError::new(filesystem::RATE_LIMIT_EXCEEDED).with_retry_after(wait).into_response();
        response.headers()[header::RETRY_AFTER].to_str().map(str::to_owned)
    };
    assert_eq!(told(Duration::ZERO)?, "0");
    assert_eq!(told(Duration::from_nanos(1))?, "1");
    assert_eq!(told(Duration::from_millis(999))?, "1");
    assert_eq!(told(Duration::from_secs(1))?, "1");
    assert_eq!(told(Duration::from_millis(1_001))?, "2");
    assert_eq!(told(Duration::from_secs(3_600))?, "3600");
    assert_eq!(told(Duration::MAX)?, u64::MAX.to_string());

    // The record's own schedule starts with a second; a symlink that escapes is never worth a retry.
    let scheduled = McpError::new(hyper_bun::SERVER_UNAVAILABLE).into_response();
    assert_eq!(scheduled.headers()[header::RETRY_AFTER], "1");
    let never = McpError::new(filesystem::SYMLINK_ESCAPE).into_response();
    assert_eq!(never.headers().get(header::RETRY_AFTER), None);

    // The header and the body have the same wait, also where a local error is sent as another code.
    for code in Code::all() {
        let response = McpError::new(code).into_response();
        let header =
            response.headers().get(header::RETRY_AFTER).map(HeaderValue::to_str).transpose()?.map(str::to_owned);
        let body = json_body(response).await?;
        let wait = body["retry"]["after_ms"].as_u64().map(|wait| wait.div_ceil(1_000).to_string());
        assert_eq!(header, wait, "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn the_author_sets_another_status_and_further_headers() -> Result {
    async fn handler() -> impl IntoResponse {
        let error = McpError::new(mcp::INVALID_REQUEST);
        (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], error)
    }
    let response = call(Router::new().route("/", get(handler))).await?;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    assert!(response.extensions().get::<McpError>().is_some_and(|error| error.is(mcp::INVALID_REQUEST)));
    assert_eq!(json_body(response).await?["code"], "-32600");
    Ok(())
}

#[tokio::test]
async fn an_error_is_the_rejection_of_an_extractor() -> Result {
    struct Workspace;
    impl<S: Sync> FromRequestParts<S> for Workspace {
        type Rejection = McpError;

        async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, McpError> {
            let named = parts.headers.contains_key("workspace");
            named.then_some(Self).ok_or_else(|| filesystem::missing_required_parameter("workspace"))
        }
    }
    async fn handler(_: Workspace) -> &'static str {
        "fine"
    }
    let response = call(Router::new().route("/", get(handler))).await?;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(json_body(response).await?["detail"], "Missing required parameter: workspace");
    Ok(())
}

#[tokio::test]
async fn a_json_rpc_response_has_the_status_of_mcp() -> Result {
    let unknown = |version: ProtocolVersion| {
        McpError::new(mcp::METHOD_NOT_FOUND).json_rpc_response("one").in_version(version).into_response()
    };
    let response = unknown(ProtocolVersion::V2026_07_28);
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(headers(&response), [("content-type", "application/json"), ("cache-control", "no-store")]);
    let sent = json_body(response).await?;
    assert_eq!((&sent["id"], &sent["error"]["code"]), (&json!("one"), &json!(-32_601)));
    assert_eq!(unknown(ProtocolVersion::V2025_11_25).status(), StatusCode::OK);

    let unreadable = McpError::new(mcp::PARSE_ERROR).json_rpc_response(RequestId::Unknown).into_response();
    assert_eq!(unreadable.status(), StatusCode::BAD_REQUEST);
    assert_eq!(body(unreadable).await?, golden("json_rpc_response_unreadable.json")?);
    Ok(())
}

#[tokio::test]
async fn a_gateway_that_is_busy_answers_a_json_rpc_request_with_a_429() -> Result {
    let answered = conflict().json_rpc_response(7).into_response();
    assert_eq!((answered.status(), &answered.headers()[header::RETRY_AFTER]), (StatusCode::OK, &"3".parse()?));
    assert_eq!(body(answered).await?, golden("json_rpc_response.json")?);

    let busy = McpError::new(filesystem::RATE_LIMIT_EXCEEDED).with_retry_after(Duration::from_secs(20));
    let refused = (StatusCode::TOO_MANY_REQUESTS, busy.json_rpc_response(7)).into_response();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()[header::RETRY_AFTER], "20");
    assert_eq!(body(refused).await?, busy.json_rpc_response(7).to_string());
    Ok(())
}
