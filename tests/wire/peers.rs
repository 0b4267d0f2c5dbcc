//! What a peer sends is never trusted: it is bounded, judged by name, redacted and escaped in every form.

use std::time::{Instant, SystemTime};

use mcp_error_codes::redact::{Alphabet, OwnShape, Redactor};
use mcp_error_codes::wire::Decoder;
use mcp_error_codes::{McpError, decode, filesystem, hyper_bun, setup};
use serde_json::{Value, json};

/// Returns everything that leaves the process for a peer.
fn public(error: &McpError) -> String {
    [
        error.to_string(),
        error.tool_text(),
        error.tool_result().to_string(),
        error.json_rpc_error().to_string(),
        error.problem().to_string(),
        mcp_error_codes::wire::StandardResponse::new(error).to_string(),
        mcp_error_codes::wire::Envelope::new(error).to_string(),
    ]
    .join("\n")
}

fn log(error: &McpError) -> String {
    error.log_entry("m", SystemTime::UNIX_EPOCH).to_string()
}

fn record_object(code: &str, details: &Value) -> String {
    json!({"system": "filesystem", "code": code, "message": "x", "details": details}).to_string()
}

const SECRET: &str = "hunter2-Qx91";

#[test]
fn decoding_is_linear_in_the_number_of_members() {
    let took = [10_000, 80_000].map(|count| {
        let details: serde_json::Map<String, Value> = (0..count).map(|at| (format!("d{at}"), json!(at))).collect();
        let sent = record_object("FS-001", &Value::Object(details));
        let start = Instant::now();
        let error = decode(&sent).expect("it is a record object");
        assert!(error.details().count() <= 256);
        start.elapsed().as_secs_f64()
    });
    // There are eight times as many members; a quadratic search would take 64 times as long.
    assert!(took[1] < 0.5 || took[1] / took[0] < 24.0, "{took:?}");
}

#[test]
fn a_log_entry_is_read_up_to_a_number_of_lines() {
    let mut entry = "2025-01-15 14:23:45.123 | ERROR | FS-001 | m | gone".to_owned();
    (0..20_000).for_each(|at| entry.push_str(&format!("\n  d{at}: {at}")));
    assert_eq!(decode(&entry).expect("it is an entry").internal().count(), 256);
}

#[test]
fn failures_lists_and_the_whole_are_bounded() {
    let failure = json!({"system": "filesystem", "code": "FS-001", "message": "x"});
    let many = record_object("FS-001", &json!({ "errors": vec![failure; 5_000] }));
    assert_eq!(decode(&many).expect("it is a record object").failures().len(), 256);

    let list = record_object("FS-001", &json!({ "list": vec![7; 50_000] }));
    let error = decode(&list).expect("it is a record object");
    assert_eq!(error.detail("list").and_then(Value::as_array).map(Vec::len), Some(1_000));
    let members: serde_json::Map<String, Value> = (0..5_000).map(|at| (at.to_string(), json!(7))).collect();
    let error = decode(record_object("FS-001", &json!({ "object": members }))).expect("it is a record object");
    assert_eq!(error.detail("object").and_then(Value::as_object).map(serde_json::Map::len), Some(1_000));

    let wide = json!(vec![json!(vec!["x".repeat(900); 60]); 60]);
    let wide = decode(record_object("FS-001", &wide_in(wide))).expect("it is a record object");
    assert!(wide.is(filesystem::FILE_NOT_FOUND) && wide.message() == "x");
    assert!(wide.json_rpc_error().to_string().len() < 3 << 19, "{}", wide.json_rpc_error().to_string().len());
    // A long text or list before the name of the error does not hide it.
    let meta = json!({"io.github.mcp-error-codes/error": {"system": "filesystem", "code": "FS-001", "message": "x"}});
    let texts = json!(vec![json!({"type": "text", "text": "y".repeat(100_000)}); 100]);
    let result = json!({"isError": true, "content": texts, "_meta": meta});
    assert!(decode(result.to_string()).expect("it is a tool result").is(filesystem::FILE_NOT_FOUND));
}

fn wide_in(value: Value) -> Value {
    json!({ "wide": value })
}

#[test]
fn received_details_are_judged_by_name() {
    let details = json!({
        "password": SECRET,
        "nested": {"apiKey": SECRET, "list": [{"name": "clientSecret", "value": SECRET}]},
        "stack": "at f (a.js:1:2) STACK",
        "errorStack": "STACK",
        "output": "boom\n    at f (a.js:1:2)\n    at STACK (b.js:3:4)",
        "deep": {"exc_info": "STACK", "text": "x\nTraceback (most recent call last):\n  File \"STACK\", line 1"},
        "reason": "kept",
    });
    for code in ["FS-001", "NO-SUCH"] {
        let error = decode(record_object(code, &details)).expect("it is a record object");
        let shown = public(&error);
        assert!(!shown.contains(SECRET) && !shown.contains("STACK"), "{shown}");
        assert!(shown.contains("kept") && shown.contains("boom"), "{shown}");
        assert!(!log(&error).contains(SECRET) && log(&error).contains("STACK"), "{}", log(&error));
        assert!(!format!("{error:?}").contains(SECRET), "{error:?}");
    }
}

#[test]
fn a_received_code_is_redacted_cut_and_escaped() {
    let token = format!("ghp_{}", "a1B2c3D4e5F6".repeat(3));
    let long = "x".repeat(2 << 20);
    for code in [
        &token,
        &long,
        "FS-001 | Auth | Permission denied",
        "FS-001: fine\nerrorId: 7",
        "\u{202e}100-SF",
        "a\u{e0041}b",
    ] {
        for sent in [
            json!({"system": "acme", "code": code, "message": "m"}),
            json!({"system": code, "code": "ACME-1", "message": "m"}),
            json!({"error": true, "code": code, "message": "m"}),
            json!({"error": {"code": code, "message": "m"}}),
            json!({"code": 7, "message": "m", "data": {"system": code, "code": code, "message": "m"}}),
        ] {
            let error = decode(sent.to_string()).expect("it is an error");
            let shown = format!("{}\n{}\n{error:?}", public(&error), log(&error));
            assert!(!shown.contains(&token) && shown.len() < 8_000, "{}", shown.len());
            assert!(
                !shown.contains("| Auth |") && !shown.contains("\nerrorId") && !shown.contains("FS-001: "),
                "{shown}"
            );
            assert!(!shown.contains('\u{202e}') && !shown.contains('\u{e0041}'), "{shown}");
            assert!(error.bare_code().chars().count() <= 64 && error.system_name().chars().count() <= 64);
            assert_eq!(log(&error).lines().next().map(|line| line.matches(" | ").count()), Some(4), "{}", log(&error));
        }
    }
    let odd = Decoder::new().in_system("a | b").decode(r#"{"code":7,"message":"m"}"#).expect("it is an error");
    assert!(!log(&odd).contains("a | b"));
}

#[test]
fn a_name_forges_no_line_of_a_log_entry() {
    let names = [
        "errorId",
        "errorId: forged-3",
        "cause",
        "cause: forged",
        " errorId",
        "\nerrorId",
        "x\n  errorId",
        "errorId:",
        "",
    ];
    for name in names {
        let error = McpError::new(filesystem::DISK_FULL).with_detail(name, "forged").with_internal(name, "forged");
        let entry = log(&error);
        let forged = |line: &str| line.trim_start().starts_with("errorId:") || line.trim_start().starts_with("cause:");
        assert!(!entry.lines().any(forged), "{entry}");
        let back = decode(&entry).expect("it is an entry");
        assert_eq!(back.error_id(), None, "{entry}");
        assert!(back.is(filesystem::DISK_FULL));
    }
    // A name is shown as it is, except for what could end it, and comes back.
    for (name, shown) in [("a: b", "  a\\u{3a} b: c"), ("free space", "  free space: c"), (" x", "  \\u{20}x: c")] {
        let error = McpError::new(filesystem::DISK_FULL).with_internal(name, "c").with_error_id("real");
        let entry = log(&error);
        assert!(entry.lines().any(|line| line == shown), "{entry}");
        let back = decode(&entry).expect("it is an entry");
        assert_eq!(back.error_id(), Some("real"));
        assert_eq!(back.internal().collect::<Vec<_>>(), [(name, &json!("c"))]);
    }
}

#[test]
fn debug_shows_no_secret_of_received_data() {
    let sent = json!({"code": -32050, "message": "no", "data": {"password": SECRET, "fine": 1}}).to_string();
    let error = decode(&sent).expect("it is an error");
    assert!(!format!("{error:?}").contains(SECRET));
    assert_eq!(error.received_data(), Some(&json!({"password": "[redacted]", "fine": 1})));
    let unknown = json!({"system": "acme", "code": "A", "message": "m", "apiKey": SECRET}).to_string();
    assert!(!format!("{:?}", decode(&unknown).expect("it is an error")).contains(SECRET));
}

#[test]
fn a_stack_trace_in_a_message_goes_to_the_log() {
    let traces = [
        "\n    at run (/srv/TRACE.js:1:2)\n    at main (/srv/TRACE.js:9:1)",
        "\nTraceback (most recent call last):\n  File \"/srv/TRACE.py\", line 3, in run",
        "\n\ngoroutine 1 [running]:\nmain.TRACE()",
    ];
    for trace in traces {
        let own = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_message(format!("it broke{trace}"));
        let sent = json!({"code": -32050, "message": format!("it broke{trace}")}).to_string();
        for error in [own, decode(&sent).expect("it is an error")] {
            assert_eq!(error.message(), "it broke");
            assert!(!public(&error).contains("TRACE"), "{}", public(&error));
            assert!(log(&error).contains("TRACE"), "{}", log(&error));
        }
    }
    let only = McpError::new(filesystem::DISK_FULL).with_message("thread 'main' panicked at src/TRACE.rs:1:2:\nboom");
    assert!(!public(&only).contains("TRACE") && log(&only).contains("TRACE"));
    assert_eq!(only.message(), McpError::new(filesystem::DISK_FULL).message());
}

#[test]
fn names_that_are_secrets_keep_their_values_apart() {
    let names = ["a1B2c3D4e5F6", "b1B2c3D4e5F6", "c1B2c3D4e5F6"].map(|part| format!("ghp_{}", part.repeat(3)));
    let error = names.iter().enumerate().fold(McpError::new(filesystem::DISK_FULL), |error, (at, name)| {
        error.with_detail(name.clone(), at).with_internal(name.clone(), at)
    });
    let shown: Vec<_> = error.details().collect();
    assert_eq!(shown, [("[redacted]", &json!(0)), ("[redacted] (2)", &json!(1)), ("[redacted] (3)", &json!(2))]);
    assert_eq!(error.internal().count(), 3);
}

#[test]
fn keys_that_a_peer_redacted_keep_their_values_too() {
    let token = format!("ghp_{}", "a1B2".repeat(9));
    let other = format!("glpat-{}", "x9Y8".repeat(5));
    let details = json!({"[redacted]": 1, "[redacted] (2)": 2, &token: 3, &other: 4, "nested": {"[redacted] (2)": 5, &token: 6, &other: 7}});
    let error = decode(record_object("FS-001", &details)).expect("it is a record object");
    let values: Vec<&Value> = error.details().map(|(_, value)| value).collect();
    let sum = |values: &mut dyn Iterator<Item = &Value>| values.filter_map(Value::as_i64).sum::<i64>();
    assert_eq!(sum(&mut values.iter().copied()), 10, "{values:?}");
    let nested = values.iter().find_map(|value| value.as_object()).expect("there is an object");
    assert_eq!(sum(&mut nested.values()), 18, "{nested:?}");
    assert!(!public(&error).contains("ghp_"));
}

#[test]
fn problem_details_of_another_sender_have_the_code_that_they_show() -> Result<(), mcp_error_codes::wire::DecodeError> {
    let sent = json!({"type": "about:blank", "title": "Not Found", "status": 404, "detail": "File not found: a.txt"});
    let error = decode(sent.to_string())?;
    assert!(error.is(filesystem::FILE_NOT_FOUND), "{error}");
    assert!(error.details().eq([("path", &json!("a.txt"))]));
    assert_eq!(error.received_data(), Some(&json!({"type": "about:blank", "status": 404})));

    let sent = json!({"title": "Conflict", "status": 409, "detail": "taken", "code": "CONFLICT", "at": 7}).to_string();
    let error = Decoder::new().in_system("scrum-mcp").decode(&sent)?;
    assert_eq!((error.system_name(), error.bare_code()), ("scrum-mcp", "CONFLICT"));
    assert_eq!(error.received_data(), Some(&json!({"status": 409, "at": 7})));

    let sent = json!({"title": "Teapot", "status": 418, "detail": "short and stout", "code": "tea_pot"}).to_string();
    let error = Decoder::new().in_system("kitchen").decode(&sent)?;
    assert!(!error.is_known());
    assert_eq!((error.system_name(), error.bare_code()), ("kitchen", "tea_pot"));
    assert_eq!(error.message(), "short and stout");
    Ok(())
}

#[test]
fn setup_adds_shapes_and_names_and_sets_the_limit() {
    let shape = OwnShape::new("acme_", Alphabet::Alnum, 8).expect("the prefix is long enough");
    let redactor = Redactor::new().with_shape(shape).with_name("door_code").without_name("token").with_limit(2_000);
    let shown = setup().redactor(redactor).run(|| {
        let error = McpError::new(filesystem::DISK_FULL)
            .with_message(format!("acme_12345678 {}", "x".repeat(1_500)))
            .with_detail("doorCode", 7)
            .with_detail("token", "swordfish");
        public(&error)
    });
    let shown = shown.expect("the settings are valid");
    assert!(!shown.contains("acme_1") && shown.contains(&"x".repeat(1_500)), "{shown}");
    assert!(shown.contains(r#""doorCode":"[redacted]""#) && shown.contains(r#""token":"swordfish""#), "{shown}");
    let limited = McpError::new(filesystem::DISK_FULL).with_text_limit(10).with_message("x".repeat(20));
    assert_eq!(limited.message(), format!("{}… [10 more]", "x".repeat(10)));
}
