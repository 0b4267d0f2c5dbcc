//! The errors of a real server in the spans of OpenTelemetry and in the counters, each exactly once.
#![cfg(all(feature = "rmcp-3", feature = "tracing-0_1", feature = "metrics-0_24"))]

use std::collections::BTreeMap;
use std::error::Error;

use mcp_error_codes::rmcp_3::Guarded;
use mcp_error_codes::{McpError, Surface, filesystem};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Status, TracerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use rmcp::model::{CallToolRequestParams, CallToolResponse, CallToolResult, ServerCapabilities, ServerConfig};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use tracing::Instrument;
use tracing::field::Empty;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;

type Checked = Result<(), Box<dyn Error>>;

struct Tools;

fn missing() -> McpError {
    filesystem::file_not_found("a.txt").with_internal("inode", 7)
}

#[tool_router]
impl Tools {
    #[tool]
    async fn fails(&self) -> Result<String, McpError> {
        Err(missing())
    }

    #[tool]
    async fn on_the_protocol_surface(&self) -> Result<String, McpError> {
        Err(missing().with_surface(Surface::Protocol))
    }

    #[tool]
    async fn traces(&self) -> Result<String, McpError> {
        Err(missing().traced().counted())
    }

    #[tool]
    async fn traces_in_a_span(&self) -> Result<CallToolResult, ErrorData> {
        let read = async {
            tokio::task::yield_now().await;
            Err(missing().traced().counted())
        };
        let text: String = read.instrument(tracing::info_span!("read")).await.map_err(McpError::traced)?;
        Err(ErrorData::internal_error(text, None))
    }

    #[tool]
    async fn traces_and_recovers(&self) -> Result<CallToolResult, ErrorData> {
        let data = ErrorData::from(missing().traced().counted());
        let _other = ErrorData::from(filesystem::disk_full());
        Err(data)
    }

    #[tool]
    async fn panics(&self) -> String {
        panic!("the secret text")
    }
}

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
    }
}

/// Two guards, one inside the other, in the span of the request.
struct Spanned(Guarded<Guarded<Tools>>);

impl Spanned {
    fn new() -> Self {
        let told = |error: &mut McpError| {
            error.trace();
            error.count();
        };
        Self(Guarded::new(Guarded::new(Tools).on_error(told)).on_error(told))
    }
}

impl ServerHandler for Spanned {
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let span = tracing::info_span!(
            "tools/call",
            "error.type" = Empty,
            "rpc.response.status_code" = Empty,
            "mcp_error_codes.code" = Empty
        );
        self.0.call_tool(request, context).instrument(span).await
    }

    fn get_info(&self) -> ServerConfig {
        self.0.get_info()
    }
}

/// Calls a tool, and returns the spans and the number of counted errors.
async fn call(tool: &'static str) -> Result<(Vec<SpanData>, u64), Box<dyn Error>> {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("test"))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false);
    let own = Targets::new()
        .with_target("opentelemetry", LevelFilter::INFO)
        .with_target("mcp_error_codes", LevelFilter::INFO);
    // Everything runs on this thread.
    let _subscriber = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer).with(own));
    let recorder = DebuggingRecorder::new();
    let _recorder = metrics::set_default_local_recorder(&recorder);

    let (server_end, client_end) = tokio::io::duplex(1 << 16);
    let server = tokio::spawn(Spanned::new().serve(server_end));
    let client = ().serve(client_end).await?;
    let running = server.await??;
    let outcome = client.call_tool(CallToolRequestParams::new(tool)).await;
    assert!(!format!("{outcome:?}").contains("secret"));
    assert!(outcome.map_or(true, |result| result.is_error == Some(true)));
    client.cancel().await?;
    running.waiting().await?;

    let counters = recorder.snapshotter().snapshot().into_vec().into_iter();
    let counted = counters.map(|(.., value)| match value {
        DebugValue::Counter(number) => number,
        _ => 0,
    });
    Ok((exporter.get_finished_spans()?, counted.sum()))
}

/// Returns the attributes by name. Names are unique.
fn by_name(attributes: &[KeyValue]) -> BTreeMap<&str, String> {
    let named: BTreeMap<_, _> =
        attributes.iter().map(|pair| (pair.key.as_str(), pair.value.as_str().into_owned())).collect();
    assert_eq!(named.len(), attributes.len(), "{attributes:?}");
    named
}

fn pairs<const N: usize>(expected: [(&'static str, &str); N]) -> BTreeMap<&'static str, String> {
    expected.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

#[tokio::test]
async fn the_span_of_a_call_holds_the_event_and_has_the_attributes() -> Checked {
    let (spans, counted) = call("fails").await?;
    let [span] = spans.as_slice() else { panic!("{spans:?}") };
    assert_eq!(span.name, "tools/call");
    assert_eq!(by_name(&span.attributes), pairs([("error.type", "tool_error"), ("mcp_error_codes.code", "FS-001")]));
    let [event] = span.events.events.as_slice() else { panic!("{:?}", span.events) };
    assert_eq!(event.name, "FS-001: File not found: a.txt");
    assert_eq!(
        by_name(&event.attributes),
        pairs([
            ("level", "WARN"),
            ("target", "mcp_error_codes"),
            ("mcp_error_codes.code", "FS-001"),
            ("mcp_error_codes.system", "filesystem"),
            ("mcp_error_codes.severity", "WARN"),
            ("error.type", "tool_error"),
            ("mcp.method.name", "tools/call"),
            ("gen_ai.tool.name", "fails"),
            ("jsonrpc.request.id", "1"),
            ("mcp.protocol.version", "2025-11-25"),
            ("gen_ai.operation.name", "execute_tool"),
            ("mcp_error_codes.details", r#"{"path":"a.txt"}"#),
            ("mcp_error_codes.internal", r#"{"inode":7}"#),
        ])
    );
    assert_eq!(counted, 1);
    Ok(())
}

#[tokio::test]
async fn a_protocol_error_has_its_number() -> Checked {
    for (tool, code, number) in
        [("on_the_protocol_surface", "FS-001", "33001"), ("no_such_tool", "NX-MCP-010", "-32602")]
    {
        let (spans, counted) = call(tool).await?;
        let [span] = spans.as_slice() else { panic!("{spans:?}") };
        // On a server, a faulty request of the caller is not an error.
        let error_type = (number != "-32602").then_some(number);
        let mut expected = pairs([("rpc.response.status_code", number), ("mcp_error_codes.code", code)]);
        expected.extend(error_type.map(|number| ("error.type", number.to_owned())));
        assert_eq!(by_name(&span.attributes), expected);
        assert_eq!(span.status, Status::Unset);
        let [event] = span.events.events.as_slice() else { panic!("{:?}", span.events) };
        let attributes = by_name(&event.attributes);
        assert_eq!(
            (attributes.get("error.type").map(String::as_str), attributes["rpc.response.status_code"].as_str()),
            (error_type, number)
        );
        assert_eq!(counted, 1, "{tool}");
    }
    Ok(())
}

#[tokio::test]
async fn an_error_that_a_handler_traces_is_not_traced_again() -> Checked {
    for (tool, inner) in [("traces", 0), ("traces_in_a_span", 1), ("traces_and_recovers", 0)] {
        let (spans, counted) = call(tool).await?;
        assert_eq!((spans.len(), counted), (1 + inner, 1), "{tool}: {spans:?}");
        // The event is recorded where the error occurred, but the span of the request has the attributes too.
        for (at, span) in spans.iter().enumerate() {
            assert_eq!(span.events.len(), usize::from(at == 0), "{tool}: {spans:?}");
        }
        let request = &spans[inner];
        assert_eq!(request.name, "tools/call");
        let expected = pairs([("error.type", "tool_error"), ("mcp_error_codes.code", "FS-001")]);
        assert_eq!(by_name(&request.attributes), expected, "{tool}");
    }
    Ok(())
}

#[tokio::test]
async fn a_panic_is_an_event_too_and_its_text_is_in_the_log_alone() -> Checked {
    let (spans, counted) = call("panics").await?;
    let [span] = spans.as_slice() else { panic!("{spans:?}") };
    let [event] = span.events.events.as_slice() else { panic!("{:?}", span.events) };
    assert_eq!(by_name(&event.attributes)["mcp_error_codes.internal"], r#"{"panic":"the secret text"}"#);
    assert_eq!(span.status, opentelemetry::trace::Status::error(""));
    assert_eq!(counted, 1);
    Ok(())
}
