//! The event of an error, as real subscribers record it.
#![cfg(feature = "tracing-0_1")]

use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use mcp_error_codes::record::Family;
use mcp_error_codes::wire::RecordObject;
use mcp_error_codes::{Code, McpError, Record, Severity, Surface, System, decode, filesystem, hyper_bun, super_mcp};
use serde_json::{Value, json};
use tracing::field::Empty;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

type Checked = Result<(), Box<dyn Error>>;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Returns the lines that some work logs, as JSON.
fn logged_at(level: LevelFilter, work: impl FnOnce()) -> Vec<Value> {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().without_time().with_max_level(level).with_writer(log.clone());
    tracing::subscriber::with_default(subscriber.finish(), work);
    log.text().lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn logged(work: impl FnOnce()) -> Vec<Value> {
    logged_at(LevelFilter::TRACE, work)
}

/// Returns the fields of the only event of an error.
fn fields(mut error: McpError) -> Value {
    let mut lines = logged(|| error.trace());
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)["fields"].take()
}

/// A cause that counts how often it is formatted.
#[derive(Debug)]
struct Counting(Arc<Mutex<usize>>);

impl std::fmt::Display for Counting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        f.write_str("counted")
    }
}

impl Error for Counting {}

#[test]
fn an_event_has_everything_of_the_error() {
    let cause = io::Error::other(McpError::new(filesystem::DISK_FULL).with_source(io::Error::other("no blocks")));
    let error = filesystem::batch_operation_failed("1 of 2 operations failed")
        .with_detail("index", 2)
        .with_failure(filesystem::file_not_found("a.txt").with_internal("inode", 7))
        .with_internal("mcp.method.name", "tools/call")
        .with_internal("gen_ai.tool.name", "fs_batch")
        .with_internal("jsonrpc.request.id", 42)
        .with_internal("query", "select \"all\"")
        .with_internal("attempt", 3)
        .with_error_id("e-1")
        .with_source(cause);
    assert_eq!(
        logged(|| drop(error.traced())),
        [json!({
            "level": "ERROR",
            "target": "mcp_error_codes",
            "fields": {
                "message": "OP-001: Batch operation failed: 1 of 2 operations failed",
                "mcp_error_codes.code": "OP-001",
                "mcp_error_codes.system": "filesystem",
                "mcp_error_codes.severity": "ERROR",
                "error.type": "tool_error",
                "mcp.method.name": "tools/call",
                "gen_ai.tool.name": "fs_batch",
                "jsonrpc.request.id": "42",
                "mcp_error_codes.error_id": "e-1",
                "mcp_error_codes.details": format!(
                    r#"{{"details":"1 of 2 operations failed","index":2,"errors":[{}]}}"#,
                    json!(RecordObject::new(&filesystem::file_not_found("a.txt")))
                ),
                "mcp_error_codes.internal": r#"{"query":"select \"all\"","attempt":3}"#,
                "mcp_error_codes.causes": r#"["FS-006: Disk full: insufficient space for operation","no blocks"]"#,
                "mcp_error_codes.errors": r#"[McpError { code: filesystem:FS-001, message: "File not found: a.txt", details: {"path": "a.txt"}, internal: {"inode": 7} }]"#,
            },
        })]
    );
}

#[test]
fn what_an_error_has_not_is_absent() {
    assert_eq!(
        logged(|| McpError::new(super_mcp::TOOL_BLOCKED).trace()),
        [json!({
            "level": "WARN",
            "target": "mcp_error_codes",
            "fields": {
                "message": "-32008: Tool blocked by security policy",
                "mcp_error_codes.code": "-32008",
                "mcp_error_codes.system": "super-mcp",
                "mcp_error_codes.severity": "WARN",
                "error.type": "tool_error",
            },
        })]
    );
}

#[test]
fn a_protocol_error_has_its_number() {
    let error = || filesystem::file_not_found("a.txt").with_surface(Surface::Protocol);
    let own = fields(error());
    assert_eq!((&own["error.type"], &own["rpc.response.status_code"]), (&json!("33001"), &json!("33001")));
    // The number that was sent, if it is known.
    let sent = fields(error().with_internal("rpc.response.status_code", -32_602));
    assert_eq!((&sent["error.type"], &sent["rpc.response.status_code"]), (&json!("-32602"), &json!("-32602")));
    assert_eq!(sent.get("mcp_error_codes.internal"), None);
    let on_the_tool_surface = error().with_surface(Surface::Tool).with_internal("rpc.response.status_code", -32_602);
    let fields = fields(on_the_tool_surface);
    assert_eq!((&fields["error.type"], fields.get("rpc.response.status_code")), (&json!("tool_error"), None));
}

#[test]
fn a_fault_of_the_caller_is_no_error_on_a_server() {
    for number in [-32_700, -32_600, -32_601, -32_602, -32_002] {
        let error = || {
            let error = filesystem::batch_operation_failed("none").with_surface(Surface::Protocol);
            error.with_internal("rpc.response.status_code", number.to_string())
        };
        let text = number.to_string();
        // Without a request, the error was received by a client.
        assert_eq!(fields(error())["error.type"], text.as_str());
        let mut answered = error()
            .with_internal("mcp.method.name", "tools/call")
            .with_internal("mcp.protocol.version", "2025-11-25")
            .with_internal("gen_ai.operation.name", "execute_tool")
            .with_internal("network.transport", "pipe");
        let line = logged(|| answered.trace()).remove(0);
        let fields = &line["fields"];
        assert_eq!((fields.get("error.type"), &fields["rpc.response.status_code"]), (None, &json!(text)));
        assert_eq!(line["level"], "WARN");
        assert_eq!(fields["mcp.protocol.version"], "2025-11-25");
        assert_eq!(fields["gen_ai.operation.name"], "execute_tool");
        assert_eq!(fields["network.transport"], "pipe");
        assert_eq!(fields.get("mcp_error_codes.internal"), None);
    }
    let internal =
        filesystem::file_not_found("a").with_surface(Surface::Protocol).with_internal("mcp.method.name", "m");
    assert_eq!(fields(internal)["error.type"], "33001");
}

/// A code with the one severity that no code in the registry has.
static NOTICE: Record = {
    use mcp_error_codes::__private::RecordBuilder;

    static FAMILY: Family = Family::__new("N", "Notices", "", &[], &[], &[], &[]);
    static SYSTEM: System = System::__new("own", "own", "Own", "", "1.0.0", "none", &[], &[], None);
    RecordBuilder::new(0, "N-1", &SYSTEM, &FAMILY, "NOTICE", "Notice").severity(Severity::Info).build()
};

#[test]
fn the_level_is_that_of_the_severity() {
    let errors = Code::all().map(McpError::new).chain([McpError::from_record(&NOTICE)]);
    let mut severities = Vec::new();
    for mut error in errors {
        let severity = error.record().severity;
        let level = match severity {
            Severity::Info => "INFO",
            Severity::Warn => "WARN",
            _ => "ERROR",
        };
        let lines = logged(|| error.trace());
        assert_eq!(lines.len(), 1, "{error}");
        assert_eq!(
            (&lines[0]["level"], &lines[0]["fields"]["mcp_error_codes.severity"]),
            (&json!(level), &json!(severity))
        );
        severities.push(severity);
    }
    severities.sort();
    severities.dedup();
    assert_eq!(severities, Severity::ALL);
}

#[test]
fn an_error_is_logged_once_however_many_layers_it_passes() -> Checked {
    fn read() -> Result<(), McpError> {
        Err(filesystem::file_not_found("a.txt").traced())
    }
    fn tool() -> Result<(), McpError> {
        read().map_err(|error| error.traced().with_detail("zone", 1).with_source(io::Error::other("gone")))?;
        Ok(())
    }
    let mut error = None;
    let lines = logged(|| {
        error = tool().map_err(McpError::traced).err();
        error.clone().into_iter().for_each(|mut copy| copy.trace());
    });
    assert_eq!(lines.len(), 1);

    let mut error = error.ok_or("no error")?;
    assert!(logged(|| error.trace()).is_empty());
    // A process that decodes the error logs it again. An error whose source is this one is a separate error.
    let sent = error.tool_result().to_string();
    let mut received = decode(&sent)?;
    assert_eq!(logged(|| received.trace()).len(), 1);
    let mut other = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_source(error.clone());
    assert_eq!(
        logged(|| other.trace())[0]["fields"]["mcp_error_codes.causes"],
        r#"["FS-001: File not found: a.txt","gone"]"#
    );
    let mut batch = filesystem::batch_operation_failed("all").with_failure(error);
    assert_eq!(logged(|| batch.trace()).len(), 1);
    assert!(logged(|| batch.failures().iter().cloned().for_each(|mut own| own.trace())).is_empty());
    Ok(())
}

#[cfg(feature = "axum-0_8")]
#[test]
fn the_error_beside_an_answer_of_axum_has_its_mark() -> Checked {
    use axum::response::IntoResponse;

    let mut response = None;
    assert_eq!(logged(|| response = Some(filesystem::file_not_found("a.txt").traced().into_response())).len(), 1);
    let mut response = response.ok_or("no response")?;
    let error = response.extensions_mut().get_mut::<McpError>().ok_or("no error")?;
    assert!(logged(|| error.trace()).is_empty());
    Ok(())
}

#[test]
fn a_mark_changes_nothing_that_is_sent_or_shown() {
    let with_details = |code| McpError::new(code).with_detail("path", "a\nb").with_error_id("e");
    for error in Code::all().map(McpError::new).chain(Code::all().map(with_details)) {
        let mut marked = error.clone();
        assert_eq!(logged(|| marked.trace()).len(), 1);
        assert_eq!(marked.json_rpc_response(7).to_string(), error.json_rpc_response(7).to_string());
        assert_eq!(marked.json_rpc_error().to_string(), error.json_rpc_error().to_string());
        assert_eq!(marked.tool_result().to_string(), error.tool_result().to_string());
        assert_eq!(json!(RecordObject::new(&marked)), json!(RecordObject::new(&error)));
        assert_eq!(marked.problem().to_string(), error.problem().to_string());
        assert_eq!(format!("{marked} {marked:?}"), format!("{error} {error:?}"));
    }
}

#[test]
fn where_nobody_listens_nothing_is_formatted_and_nothing_is_lost() {
    let shown = Arc::new(Mutex::new(0));
    let count = || *shown.lock().unwrap_or_else(PoisonError::into_inner);
    let mut error = filesystem::file_not_found("a.txt").with_source(Counting(Arc::clone(&shown)));
    assert!(logged_at(LevelFilter::ERROR, || error.trace()).is_empty());
    assert_eq!(count(), 0);
    assert_eq!(logged_at(LevelFilter::WARN, || error.trace()).len(), 1);
    assert_eq!(count(), 1);
}

#[test]
fn no_value_can_forge_an_entry() {
    let text = "x\r\n2026-11-21 ERROR forged\u{2028}\u{85}\u{1b}[31m";
    let mut error = McpError::new(filesystem::FILE_NOT_FOUND)
        .with_message(text)
        .with_detail(text, text)
        .with_internal(text, text)
        .with_internal("gen_ai.tool.name", text)
        .with_error_id(text)
        .with_source(io::Error::other(text))
        .with_failure(filesystem::file_not_found(text));
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().without_time().with_ansi(false).with_writer(log.clone()).finish();
    tracing::subscriber::with_default(subscriber, || error.trace());
    let text = log.text();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with(" WARN mcp_error_codes: FS-001: x\\r\\n2026"), "{text}");
    assert!(!text.trim_end_matches('\n').contains(|c: char| c.is_control() || c == '\u{2028}'), "{text}");
}

#[test]
fn secrets_are_redacted_in_everything_that_is_internal() {
    let token = format!("ghp_{}", "a1B2c3D4e5".repeat(4));
    let received = decode(json!({"code": token, "message": token, "data": {}}).to_string());
    let mut error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED)
        .with_internal("password", "hunter2")
        .with_internal("gen_ai.tool.name", &token)
        .with_source(io::Error::other(token.clone()));
    let lines = logged(|| {
        error.trace();
        received.into_iter().for_each(|mut error| error.trace());
    });
    let text = json!(lines).to_string();
    assert!(!text.contains(&token) && !text.contains("hunter2"), "{text}");
    assert_eq!(lines[0]["fields"]["gen_ai.tool.name"], "[redacted]");
    assert_eq!(lines[0]["fields"]["mcp_error_codes.causes"], r#"["[redacted]"]"#);
    assert_eq!(lines[0]["fields"]["mcp_error_codes.internal"], r#"{"password":"[redacted]"}"#);
}

#[test]
fn an_error_that_is_its_own_cause_ends() {
    #[derive(Debug)]
    struct Circle;

    impl std::fmt::Display for Circle {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("again")
        }
    }

    impl Error for Circle {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&Self)
        }
    }

    let fields = fields(McpError::new(filesystem::DISK_FULL).with_source(Circle));
    assert_eq!(fields["mcp_error_codes.causes"], json!(vec!["again"; 32]).to_string());
}

#[test]
fn of_an_unknown_code_the_event_has_what_was_received() -> Checked {
    let fields = fields(decode(r#"{"system":"printer","code":"P-7","name":"PAPER","message":"out of paper"}"#)?);
    assert_eq!(fields["message"], "P-7: out of paper");
    assert_eq!(
        (&fields["mcp_error_codes.system"], &fields["mcp_error_codes.code"]),
        (&json!("printer"), &json!("P-7"))
    );
    Ok(())
}

#[test]
fn a_span_has_the_attributes_that_it_declares_once() {
    let mut error = filesystem::file_not_found("a.txt").with_surface(Surface::Protocol);
    let lines = logged_at(LevelFilter::INFO, || {
        let declares = |place: &str| {
            tracing::info_span!(
                "call",
                place,
                "error.type" = Empty,
                "rpc.response.status_code" = Empty,
                "mcp_error_codes.code" = Empty
            )
        };
        let outer = declares("outer");
        let _outer = outer.enter();
        let silent = tracing::info_span!("silent");
        silent.in_scope(|| error.trace());
        tracing::info!("before");
        let inner = declares("inner");
        inner.in_scope(|| {
            error.trace();
            error.trace();
            tracing::info!("within");
        });
        error.trace();
        tracing::info!("after");
    });
    let with = |place: &str| {
        json!({
            "name": "call",
            "place": place,
            "error.type": "33001",
            "rpc.response.status_code": "33001",
            "mcp_error_codes.code": "FS-001",
        })
    };
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["span"], json!({"name": "silent"}));
    assert_eq!(lines[1]["span"], json!({"name": "call", "place": "outer"}));
    assert_eq!(lines[2]["span"], with("inner"));
    assert_eq!(lines[3]["span"], with("outer"));
}
