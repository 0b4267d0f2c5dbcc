//! `write_to` writes the same bytes as `Serialize`. The tests also count its allocations.
#![cfg(feature = "std")]

use std::io;
use std::time::Duration;

use allocation_counter::measure;
use mcp_error_codes::record::ParamType;
use mcp_error_codes::wire::{RecordObject, RequestId};
use mcp_error_codes::{Code, McpError, ProtocolVersion, Surface, decode, filesystem, mcp, scrum};
use serde_json::json;

use crate::allocations;

/// Compares every way of writing a form with serde's output.
macro_rules! assert_same {
    ($form:expr) => {{
        let form = $form;
        let expected = serde_json::to_string(&form).expect("a form serialises");
        let mut buffer = b"before ".to_vec();
        form.write_to(&mut buffer);
        let (before, written) = buffer.split_at("before ".len());
        assert_eq!(before, b"before ");
        assert_eq!(String::from_utf8_lossy(written), expected);
        let mut file = Vec::new();
        form.write_io(&mut file).expect("a vector takes everything");
        assert_eq!(String::from_utf8_lossy(&file), expected);
        assert_eq!(form.to_string(), expected);
    }};
}

/// Compares the four forms of an error, in every protocol version and for every kind of request id.
fn assert_forms(error: &McpError) {
    assert_same!(RecordObject::new(error));
    assert_same!(error.tool_result());
    assert_same!(error.tool_result().in_version(ProtocolVersion::LATEST));
    assert_same!(error.json_rpc_error());
    for version in ProtocolVersion::ALL {
        assert_same!(error.json_rpc_error().in_version(*version));
        assert_same!(error.json_rpc_response(1).in_version(*version));
    }
    for id in [0, 7, -1, 1_234_567, i64::MAX, i64::MIN] {
        assert_same!(error.json_rpc_response(id));
    }
    for id in ["", "a", "request-1", "\"\\\n\u{0}", "ä\u{7f}\u{2028}🦀"] {
        assert_same!(error.json_rpc_response(id));
    }
    assert_same!(error.json_rpc_response(RequestId::Unknown));
}

/// Returns the error of a code, with a value for each placeholder.
fn filled(code: Code, text: &str) -> McpError {
    code.record().params.iter().fold(McpError::new(code), |error, param| match param.ty {
        ParamType::Integer => error.with_detail(param.name, 42),
        ParamType::List => error.with_detail(param.name, [text, "two"]),
        _ => error.with_detail(param.name, text),
    })
}

/// Every character that JSON escapes, and some that it does not, at every offset around the ends of a block.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> =
        ["", "a", "notes.txt", "ä", "日本語.txt", r"C:\Users\ä\notes.txt", "{path}", "say \"no\""]
            .map(String::from)
            .into();
    for c in ('\u{0}'..' ').chain(['"', '\\', '/', '\u{7f}', 'é', '\u{2028}', '🦀']) {
        for length in [0, 1, 7, 8, 9, 14, 15, 16, 17, 31, 33] {
            let plain = "x".repeat(length);
            texts.extend([format!("{c}{plain}"), format!("{plain}{c}"), format!("{plain}{c}{plain}{c}{c}{plain}")]);
        }
    }
    texts.extend([('\u{0}'..'\u{80}').collect(), "\"\\\n".repeat(300), "a long text ".repeat(200)]);
    texts
}

#[test]
fn a_bare_error_of_every_code_is_what_serde_writes() {
    for code in Code::all() {
        assert_forms(&McpError::new(code));
    }
}

#[test]
fn an_error_of_every_code_with_all_that_it_can_have_is_what_serde_writes() {
    for code in Code::all() {
        assert_forms(&filled(code, "value"));
        assert_forms(&McpError::new(code).with_message("It says \"no\"\nand \\ stops"));
        assert_forms(&McpError::new(code).with_detail("other", 1));
        assert_forms(&McpError::new(code).with_error_id("err-\"1\""));
        assert_forms(&McpError::new(code).with_internal("query", "select").with_source(io::Error::other("disk")));
        assert_forms(&McpError::new(code).with_surface(Surface::Protocol));
        for wait in [Duration::ZERO, Duration::from_millis(2_500), Duration::MAX] {
            assert_forms(&McpError::new(code).with_retry_after(wait));
        }
        assert_forms(
            &filled(code, "C:\\x")
                .with_detail("nested", json!({"list": [1, -2.5, null, "\u{1}"], "object": {"a\"b": true}}))
                .with_detail("key \"\\\n", u64::MAX)
                .with_detail("password", "hunter2")
                .with_failure(filled(code, "\t"))
                .with_retry_after(Duration::from_secs(1))
                .with_error_id("err-1"),
        );
    }
}

#[test]
fn every_text_is_escaped_as_serde_does_it() {
    for text in texts() {
        assert_forms(&McpError::new(mcp::INVALID_PARAMS).with_message(text.clone()));
        let error = filesystem::file_not_found(&text).with_error_id(text.clone());
        assert_forms(&error.with_detail(text.clone(), text.clone()).with_detail("list", [text]));
    }
}

#[test]
fn a_scenario_is_what_serde_writes() {
    let errors = [
        scrum::file_claim_conflict(["agent-1", "agent\n2"]),
        scrum::file_claim_conflict(Vec::<String>::new()),
        scrum::dependency_already_exists("t\"1", "t-2"),
        scrum::template_name_conflict("ä\\"),
        scrum::invalid_api_key(),
        scrum::unsafe_gate_prefix(["a", "b"]),
        scrum::unknown_gate_id("gate"),
        scrum::required_field_missing("name"),
        scrum::invalid_enum_value("a, b", "c"),
        scrum::files_array_size(),
    ];
    for error in errors {
        assert_forms(&error);
        assert_forms(&error.with_message("other"));
    }
}

#[test]
fn a_secret_that_only_the_filled_message_shows_is_redacted() {
    // Neither value is a secret on its own. With the text of the template between them, the first announces the second.
    let error = scrum::invalid_enum_value("token: \"", "hunter2");
    assert_eq!(error.detail("valid_values"), Some(&json!("token: \"")));
    assert!(error.message().ends_with("token: \"[redacted]"), "{error}");
    assert_forms(&error);
}

#[test]
fn a_filled_message_is_the_same_in_every_form() {
    let error = scrum::wip_limit_exceeded("password", 4242, 3);
    assert_eq!(error.detail("status"), Some(&json!("password")));
    assert_forms(&error);
}

#[test]
fn a_decoded_error_is_what_serde_writes() {
    let bodies = [
        r#"{"code":-32002,"message":"Resource not found"}"#,
        r#"{"code":-32042,"message":"URL","data":{"elicitations":[]}}"#,
        r#"{"code":90210,"message":"Nobody knows \"this\"","data":[1]}"#,
        r#"{"error":{"code":"FS-999","message":"Nobody knows this"}}"#,
        r#"{"system":"filesystem","code":"FS-001","name":"FILE_NOT_FOUND","message":"File not found: a"}"#,
        r#"{"system":"elsewhere","code":"E\"1","name":"X","message":"From elsewhere","error_id":"e-1"}"#,
    ];
    for body in bodies {
        assert_forms(&decode(body).expect("the body is read"));
    }
    for code in Code::all() {
        let sent = filled(code, "value").with_error_id("err-1").json_rpc_response(1).to_string();
        assert_forms(&decode(&sent).expect("our own response is read"));
    }
}

#[test]
fn a_writer_that_fails_says_so() {
    let error = McpError::new(filesystem::FILE_NOT_FOUND);
    let mut short: &mut [u8] = &mut [0; 10];
    let failure = error.tool_result().write_io(&mut short).expect_err("ten bytes are too few");
    assert_eq!(failure.kind(), io::ErrorKind::WriteZero);
}

#[test]
fn a_bare_error_is_written_to_a_buffer_without_an_allocation() {
    let mut out = Vec::with_capacity(4096);
    // An error that is never sent as itself is written with another code.
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code);
        let counted = measure(|| {
            for id in [RequestId::Number(7), RequestId::Text("request-1".into()), RequestId::Unknown] {
                out.clear();
                error.json_rpc_response(id).in_version(ProtocolVersion::LATEST).write_to(&mut out);
            }
            out.clear();
            RecordObject::new(&error).write_to(&mut out);
            error.tool_result().write_to(&mut out);
        });
        assert_eq!(counted.count_total, 0, "{}", code.as_str());
    }
}

#[test]
fn a_bare_error_is_made_and_written_without_an_allocation() {
    let mut out = Vec::with_capacity(4096);
    let counted = measure(|| McpError::new(filesystem::FILE_NOT_FOUND).json_rpc_response(7).write_to(&mut out));
    assert_eq!(counted.count_total, 0);
    assert!(out.starts_with(br#"{"jsonrpc":"2.0","id":7,"error":{"code":33001,"message":"File Not Found","data":{"#));
}

#[test]
fn an_error_with_one_text_is_made_and_written_with_two_allocations() {
    let mut out = Vec::with_capacity(4096);
    for path in ["notes.txt", r"C:\Users\me\notes.txt", "日本語.txt"] {
        let mut count = |write: fn(&McpError, &mut Vec<u8>)| {
            out.clear();
            allocations(|| write(&filesystem::file_not_found(path), &mut out))
        };
        assert_eq!(count(|error, out| error.json_rpc_response(7).write_to(out)), 2, "{path}");
        assert_eq!(count(|error, out| error.tool_result().write_to(out)), 2, "{path}");
    }
    let mut count = |error: fn() -> McpError| {
        out.clear();
        allocations(|| error().json_rpc_response(7).write_to(&mut out))
    };
    // A number and a constant id need no allocation, so only the rest of the error allocates.
    assert_eq!(count(|| filesystem::file_size_exceeded(12, 10)), 1);
    assert_eq!(count(|| McpError::new(mcp::INVALID_REQUEST).with_error_id("err-1").with_message("no")), 1);
}

#[test]
fn a_fresh_buffer_for_a_bare_error_is_one_allocation() {
    let error = McpError::new(filesystem::FILE_NOT_FOUND);
    let counted = measure(|| {
        error.json_rpc_response(7).write_io(&mut io::sink()).expect("the sink takes everything");
    });
    assert_eq!(counted.count_total, 1);
    let counted = measure(|| error.tool_result().write_io(&mut io::sink()).expect("the sink takes everything"));
    assert_eq!(counted.count_total, 1);
}
