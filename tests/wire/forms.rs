//! The forms of the five documents: written and read over the whole registry, and the documents' own examples.
#![cfg(feature = "std")]

use std::time::SystemTime;

use mcp_error_codes::record::{ExampleType, ParamType};
use mcp_error_codes::wire::{Decoder, Envelope, RequestId, ScrumBody, ScrumConflict, StandardResponse};
use mcp_error_codes::{Code, McpError, Record, decode, filesystem, hyper_bun, mcp, scrum, super_mcp};
use serde_json::{Value, json};

/// Returns the error of each code, with a value for each placeholder and an additional detail.
fn errors() -> impl Iterator<Item = McpError> {
    Code::all().filter(|code| code.record().is_sent()).map(|code| {
        let record = code.record();
        let filled = record.params.iter().fold(McpError::new(code), |error, param| match param.ty {
            ParamType::Integer => error.with_detail(param.name, 42),
            ParamType::List => error.with_detail(param.name, ["one", "two"]),
            _ => error.with_detail(param.name, format!("value of {}", param.name)),
        });
        filled.with_detail("requestId", "req-1").with_error_id("err-1")
    })
}

fn details(error: &McpError) -> Vec<(String, Value)> {
    let mut details: Vec<_> = error.details().map(|(name, value)| (name.to_owned(), value.clone())).collect();
    details.sort_by(|a, b| a.0.cmp(&b.0));
    details
}

fn same_record(a: &McpError, b: &McpError) -> bool {
    std::ptr::eq(a.record(), b.record())
}

/// Returns whether a form without the system keeps the code. A plain word whose message only repeats it, such as `CONFLICT` with
/// "Conflict", may come from any API, so it stays a word.
fn keeps_code(read: &McpError, error: &McpError) -> bool {
    let is_word = error.bare_code().replace('_', " ").eq_ignore_ascii_case(&error.message());
    same_record(read, error) || is_word && !read.is_known() && read.bare_code() == error.bare_code()
}

#[test]
fn problem_details_keep_the_whole_public_error() {
    for error in errors() {
        let read = decode(error.problem().to_string()).expect("problem details are read");
        assert!(same_record(&read, &error), "{read:?}");
        assert_eq!((read.message(), read.error_id()), (error.message(), error.error_id()));
        assert_eq!((details(&read), read.retry_after()), (details(&error), error.retry_after()));
    }
}

#[test]
fn the_standard_response_keeps_code_message_and_details_and_drops_the_error_id() {
    for error in errors() {
        let read = decode(StandardResponse::new(&error).at(SystemTime::UNIX_EPOCH).to_string())
            .expect("a standard response is read");
        assert!(keeps_code(&read, &error), "{read:?}");
        assert_eq!((read.message(), details(&read)), (error.message(), details(&error)));
        assert_eq!(read.error_id(), None);
    }
}

#[test]
fn the_envelope_keeps_code_message_and_details_and_drops_the_error_id() {
    for error in errors() {
        let read = decode(Envelope::new(&error).to_string()).expect("an envelope is read");
        assert!(keeps_code(&read, &error), "{read:?}");
        assert_eq!((read.message(), details(&read)), (error.message(), details(&error)));
        assert_eq!(read.error_id(), None);
    }
}

#[test]
fn a_log_entry_keeps_code_message_and_error_id_and_its_context_stays_internal() {
    for error in errors() {
        let entry = error.log_entry("Server", SystemTime::UNIX_EPOCH).to_string();
        let read = decode(&entry).expect("an entry of a log is read");
        assert!(same_record(&read, &error), "{read:?}");
        assert_eq!((read.message(), read.error_id()), (error.message(), error.error_id()));
        assert_eq!(read.details().count(), 0);
        let context: Vec<_> = read.internal().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(context, error.details().map(|(name, _)| name.to_owned()).collect::<Vec<_>>());
    }
}

#[test]
fn a_log_has_the_internal_context_of_every_failure() {
    let inner =
        filesystem::file_not_found("a.txt").with_internal("inode", 7).with_source(std::io::Error::other("gone"));
    let outer = McpError::new(filesystem::FILE_NOT_FOUND).with_internal("disk", "sda").with_failure(inner);
    let error = filesystem::batch_operation_failed("1 of 2").with_internal("batch", 3).with_failure(outer);
    let entry = error.log_entry("Server", SystemTime::UNIX_EPOCH).to_string();
    let read = decode(&entry).expect("an entry of a log is read");
    let context: Vec<_> = read.internal().map(|(name, value)| (name, value.clone())).skip(2).collect();
    assert_eq!(
        context,
        [("batch", json!(3)), ("disk", json!("sda")), ("inode", json!(7)), ("cause", json!("gone"))],
        "{entry}"
    );
    assert!(!error.tool_result().to_string().contains("inode"));
}

#[test]
fn a_value_cannot_forge_an_entry_of_a_log() {
    let forged = "x\n2025-01-15 14:23:45.123 | FATAL | NX-MCP-031 | MCPServer | down\r\u{2028}\u{1b}[31m";
    let error =
        filesystem::file_not_found(forged).with_internal("na\nme", forged).with_source(std::io::Error::other(forged));
    let entry = error.log_entry("Mo\ndule", SystemTime::UNIX_EPOCH).to_string();
    assert_eq!(entry.lines().count(), 4);
    assert!(entry.lines().skip(1).all(|line| line.starts_with("  ")));
    assert!(!entry.contains(['\r', '\u{2028}', '\u{1b}']));
    assert!(decode(entry).expect("the entry is read").is(filesystem::FILE_NOT_FOUND));
}

#[test]
fn the_lines_of_a_stack_belong_to_the_value_above_them() {
    let entry = "2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed: graph\n  \
                   latencyMs: 2345\n  \
                   stack: DatabaseConnectionError: Connection timeout\n    \
                     at connect (src/db/connection.ts:45:12)\n    \
                     at executeTool (src/mcp/server.ts:189:23)\n\
                 2025-01-15 14:23:46.000 | ERROR | NX-MCP-002 | MCPServer | another\n";
    let read = decode(entry).expect("the entry is read");
    assert_eq!(read.to_string(), "NX-MCP-001: Tool execution failed: graph");
    let context: Vec<_> = read.internal().map(|(name, value)| (name, value.clone())).collect();
    let stack = "DatabaseConnectionError: Connection timeout\nat connect (src/db/connection.ts:45:12)\n\
                 at executeTool (src/mcp/server.ts:189:23)";
    assert_eq!(context, [("latencyMs", json!(2345)), ("stack", json!(stack))]);
}

#[test]
fn a_time_level_and_module_may_be_written_otherwise() {
    let read = |text: &str| decode(text).map(|error| error.to_string()).ok();
    assert_eq!(read("2025-01-15 14:23:45 | WARNING | E001 | x y | no").as_deref(), Some("E001: no"));
    assert_eq!(read("2025-01-15 14:23:45.1 | INFO | ACME-9 | M | hello").as_deref(), Some("ACME-9: hello"));
    for fraction in ["", ".1", ",123456"] {
        for (offset, is_time) in [
            ("", true),
            ("Z", true),
            ("+02", true),
            ("-02:30", true),
            ("+0230", true),
            ("z", false),
            ("+", false),
            ("+2 h", false),
        ] {
            let found = read(&format!("2025-01-15 14:23:45{fraction}{offset} | INFO | E001 | M | no"));
            assert_eq!(found.is_some(), is_time, "{fraction}{offset}");
        }
    }
    assert_eq!(read("2025-01-15T14:23:45 | INFO | E001 | M | no"), None);
    assert_eq!(read("2025-01-15 14:23:45.x | INFO | E001 | M | no"), None);
    assert_eq!(read("2025-01-15 14:23:45 | INFO | E001 | no message"), None);
}

/// Removes non-JSON parts from an example of a document: a comment after a value, and an ellipsis in place of an object.
fn without_remarks(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        // A comment follows a space; `//` in a URL does not.
        lines.push(line.split_once(" //").map_or(line, |(before, _)| before));
    }
    lines.join("\n").replace("{...}", "{}")
}

#[test]
fn the_examples_of_the_documents_are_read() {
    let (mut responses, mut entries) = (0, 0);
    for record in Code::all().map(Code::record).filter(|record| record.superseded_by.is_none() && record.is_sent()) {
        for example in record.examples {
            let text = without_remarks(example.text);
            let is_entry = text.starts_with("20");
            if example.ty != ExampleType::Response && !(example.ty == ExampleType::Log && is_entry) {
                continue;
            }
            let read = Decoder::new().in_system(record.system.name).decode(&text);
            let read = read.unwrap_or_else(|error| panic!("{record}: {error}"));
            assert_eq!(read.code(), Code::from_record(record), "{text}");
            *(if is_entry { &mut entries } else { &mut responses }) += 1;
        }
    }
    assert!(responses >= 11 && entries >= 12, "{responses} responses, {entries} entries");
}

#[test]
fn the_general_examples_of_the_documents_are_read() {
    let scrum = Decoder::new().in_system("scrum-mcp");
    let text = r#"{"content":[{"type":"text","text":"Error message or JSON details"}],"isError":true}"#;
    assert_eq!(scrum.decode(text).expect("it is read").message(), "Error message or JSON details");
    assert_eq!(scrum.decode(r#"{"ok":false,"error":"Error message"}"#).expect("it is read").message(), "Error message");
    let envelope = r#"{"error":{"code":"ERROR_CODE","message":"Human-readable error message","details":{"additionalInfo":"value"}}}"#;
    let read = decode(envelope).expect("it is read");
    assert_eq!(read.to_string(), "ERROR_CODE: Human-readable error message");
    assert_eq!(read.detail("additionalInfo"), Some(&json!("value")));
    let unhealthy = r#"{"status":"unhealthy","timestamp":1704067200000,"error":"Database connection failed"}"#;
    let read = decode(unhealthy).expect("it is read");
    assert!(read.is(scrum::DATABASE_CONNECTION_FAILED));
    assert_eq!(read.detail("timestamp"), Some(&json!(1_704_067_200_000_u64)));
}

#[test]
fn a_body_without_a_code_is_known_by_its_message() {
    for code in Code::in_system("scrum-mcp") {
        let record: &'static Record = code.record();
        let Some(error) = errors().find(|error| error.is(code)) else { panic!("{code}") };
        if record.message.is_none() {
            continue;
        }
        let read = decode(ScrumBody::new(&error).to_string()).expect("a body is read");
        assert_eq!(read.message(), error.message());
        // A missing gate has two messages, both with the documented NOT_FOUND.
        let expected = if code == scrum::UNKNOWN_GATE { scrum::NOT_FOUND } else { code };
        assert_eq!(read.code(), Some(expected));
        for param in record.params {
            assert!(read.detail(param.name).is_some(), "{code}: {}", param.name);
        }
    }
}

#[test]
fn a_conflict_of_claims_is_known_by_its_status() {
    let sent = scrum::file_claim_conflict(["agent-1"]).with_detail("conflictsWith", ["agent-1"]);
    let read = decode(ScrumConflict::new(&sent).to_string()).expect("the result is read");
    assert!(read.is(scrum::CONFLICT));
    assert_eq!(read.scenario().map(|scenario| scenario.name), Some("FILE_CLAIM_CONFLICT"));
    assert_eq!(read.detail("agentIds"), Some(&json!(["agent-1"])));
    assert_eq!(read.detail("conflictsWith"), Some(&json!(["agent-1"])));
    let other = r#"{"content":[{"type":"text","text":"{\"status\":\"done\",\"message\":\"fine\"}"}]}"#;
    assert!(decode(other).is_err());
}

#[test]
fn the_http_status_tells_what_the_message_does_not() {
    let body = r#"{"ok":false,"error":"a message of no template"}"#;
    let read = |status| Decoder::new().http_status(status).decode(body).expect("a body is read");
    assert!(read(404).is(scrum::NOT_FOUND));
    assert!(read(409).is(scrum::CONFLICT));
    assert!(read(400).is(scrum::VALIDATION_ERROR));
    assert!(read(401).is(scrum::UNAUTHORIZED));
    assert!(read(403).is(scrum::FORBIDDEN));
    assert!(read(500).is(scrum::SCRUM_ERROR));
    assert!(read(503).is(scrum::DATABASE_CONNECTION_FAILED));
    assert_eq!(read(418).record().code, "UNKNOWN");
    assert_eq!(read(418).message(), "a message of no template");
}

#[test]
fn problem_details_of_others_keep_what_was_received() {
    let foreign = r#"{"type":"https://example.com/paper","title":"Out of paper","status":503,"detail":"tray 2 is empty","tray":2}"#;
    let read = decode(foreign).expect("problem details are read");
    assert_eq!(read.record().code, "COMMON-UNAVAILABLE", "the status is 503");
    assert_eq!(read.message(), "tray 2 is empty");
    let rest = json!({"type": "https://example.com/paper", "status": 503, "tray": 2});
    assert_eq!(read.received_data(), Some(&rest));
    let read = decode(foreign.replace("503", "302")).expect("problem details are read");
    assert_eq!(read.record().code, "UNKNOWN");
    assert_eq!(read.received_data(), Some(&json!({"type": "https://example.com/paper", "status": 302, "tray": 2})));
}

#[test]
fn a_batch_gives_its_errors_with_their_ids() {
    let (missing, busy) = (filesystem::file_not_found("a"), McpError::new(hyper_bun::SERVER_UNAVAILABLE));
    let sent = format!(
        r#"[{},{{"jsonrpc":"2.0","id":2,"result":{{"content":[]}}}},{},7]"#,
        missing.json_rpc_response(1),
        busy.json_rpc_response("x")
    );
    let errors = Decoder::new().decode_batch(sent).expect("a batch is read");
    let ids: Vec<_> = errors.iter().map(|entry| entry.id.clone()).collect();
    assert_eq!(ids, [Some(RequestId::Number(1)), Some(RequestId::Text("x".into()))]);
    assert!(errors[0].error.is(filesystem::FILE_NOT_FOUND) && errors[1].error.is(hyper_bun::SERVER_UNAVAILABLE));
    assert!(Decoder::new().decode_batch("[]").expect("an empty batch is read").is_empty());
    assert!(Decoder::new().decode_batch("[").is_err());
}

#[test]
fn a_number_is_kept_and_translated_between_versions() {
    use mcp_error_codes::ProtocolVersion::{V2025_11_25, V2026_07_28};

    let sent = McpError::new(super_mcp::TOOL_BLOCKED);
    let read = decode(sent.json_rpc_response(1).in_version(V2026_07_28).to_string()).expect("it is read");
    assert!(read.is(super_mcp::TOOL_BLOCKED));
    assert_eq!(read.json_rpc_number(), -33_008);
    assert_eq!(read.json_rpc_number_in(V2025_11_25), -32_008);
    assert_eq!(read.code_text(), "-32008");

    let unknown = decode(r#"{"code":1234,"message":"out of paper"}"#).expect("it is read");
    assert_eq!((unknown.json_rpc_number(), unknown.json_rpc_number_in(V2026_07_28)), (1234, 1234));
    let newer = McpError::new(mcp::HEADER_MISMATCH);
    assert_eq!((newer.json_rpc_number_in(V2026_07_28), newer.json_rpc_number_in(V2025_11_25)), (-32_020, -32_603));
}

#[test]
fn every_protocol_version_is_written_and_read() {
    use mcp_error_codes::ProtocolVersion;

    for &version in ProtocolVersion::ALL {
        for error in errors() {
            let response = error.json_rpc_response(1).in_version(version).to_string();
            let read = decode(&response).expect("a response is read");
            assert!(same_record(&read, &error), "{version}: {response}");
            assert_eq!(read.json_rpc_number(), error.json_rpc_number_in(version));
            assert_eq!(read.json_rpc_response(1).to_string(), response);

            let result = error.tool_result().in_version(version).to_string();
            let read = decode(&result).expect("a tool result is read");
            assert!(same_record(&read, &error), "{version}: {result}");
            assert_eq!(read.tool_result().in_version(version).to_string(), result);
        }
    }
}

/// Errors whose texts are hard to write on one line.
fn hard_to_log() -> Vec<McpError> {
    let texts = [
        "two\nlines",
        "C:\\new",
        "\\n",
        "42",
        "\"quoted\"",
        " spaced ",
        "",
        "a | b",
        "\u{2028}\u{202e}",
        "[1]",
        "key: value",
    ];
    let mut errors = Vec::new();
    for text in texts {
        let error = McpError::new(filesystem::DISK_FULL).with_message(text);
        errors.push(error.clone());
        errors.push(error.clone().with_detail("message", text).with_internal("note", text));
        errors.push(
            error
                .with_detail("list", json!([text, 1, null]))
                .with_internal("a: b", json!({"k": text}))
                .with_error_id("7f3a"),
        );
    }
    errors
}

#[test]
fn a_log_in_either_form_is_read_back_without_loss() {
    for error in hard_to_log() {
        let text = error.log_entry("Server", SystemTime::UNIX_EPOCH).exact().to_string();
        let line = error.log_line("Server", SystemTime::UNIX_EPOCH).to_string();
        assert!(!line.contains('\n'), "{line}");
        for logged in [&text, &line] {
            let read = decode(logged).expect("it is an error");
            assert!(same_record(&read, &error), "{logged}");
            assert_eq!((read.message(), read.error_id()), (error.message(), error.error_id()), "{logged}");
            let context: std::collections::BTreeMap<_, _> = read.internal().collect();
            let expected: std::collections::BTreeMap<_, _> = error.details().chain(error.internal()).collect();
            assert_eq!(context, expected, "{logged}");
        }
    }
}
