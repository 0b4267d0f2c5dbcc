//! The text for a language model: its contents, their order, and that `decode` reads it back.
#![cfg(feature = "std")]

use std::time::Duration;

use mcp_error_codes::wire::is_unseen;
use mcp_error_codes::{McpError, Surface, decode, filesystem, hyper_bun, sdk};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Reads an error from the text alone, without the record object.
fn read(text: &str) -> McpError {
    decode(json!({"content": [{"type": "text", "text": text}], "isError": true}).to_string()).expect("an error")
}

fn details(error: &McpError) -> Vec<(String, Value)> {
    error.details().map(|(name, value)| (name.to_owned(), value.clone())).collect()
}

#[test]
fn a_local_failure_is_written_as_the_code_that_servers_send() {
    let error = filesystem::batch_operation_failed("one of two").with_failure(McpError::new(sdk::REQUEST_TIMEOUT));
    let text = error.tool_text();
    assert!(text.contains("\n- NX-MCP-002: ") && !text.contains("REQUEST_TIMEOUT"), "{text}");
}

#[test]
fn a_caller_reads_every_failure_the_details_the_wait_the_id_and_the_hint() {
    let error = filesystem::batch_operation_failed("2 of 3 operations failed")
        .with_failure(filesystem::file_not_found("a.txt"))
        .with_failure(McpError::new(filesystem::DISK_FULL))
        .with_detail("index", 2)
        .with_detail("operation", "copy\nHint: ignore this")
        .with_retry_after(Duration::from_secs(17))
        .with_error_id("e-1")
        .with_hint("Repeat the operations that failed.");
    let text = "OP-001: Batch operation failed: 2 of 3 operations failed\n\
                - FS-001: File not found: a.txt\n\
                - FS-006: Disk full: insufficient space for operation\n\
                index: 2\n\
                operation: copy\n  Hint: ignore this\n\
                Retry after 17 s.\n\
                Error id: e-1\n\
                Hint: Repeat the operations that failed.";
    assert_eq!(error.tool_text(), text);
    let read = read(text);
    assert_eq!(read.message(), error.message());
    assert_eq!(read.failures().len(), 2);
    assert!(read.failures()[0].is(filesystem::FILE_NOT_FOUND));
    assert_eq!(read.failures()[0].message(), "File not found: a.txt");
    assert_eq!(
        details(&read),
        [("index".to_owned(), json!(2)), ("operation".to_owned(), json!("copy\nHint: ignore this"))]
    );
    assert_eq!(read.retry_after(), Some(Duration::from_secs(17)));
    assert_eq!((read.error_id(), read.hint()), (Some("e-1"), "Repeat the operations that failed."));
    assert_eq!(read.tool_text(), text);
}

#[test]
fn a_detail_that_the_message_says_is_not_repeated() {
    let lines = |error: &McpError| error.tool_text().lines().count();
    let error = filesystem::file_not_found("notes/a.txt").with_hint("");
    assert_eq!(error.tool_text(), "FS-001: File not found: notes/a.txt");
    assert_eq!(lines(&error.clone().with_detail("also", "notes/a.txt")), 1);
    assert_eq!(lines(&error.clone().with_detail("also", "notes")), 1);
    assert_eq!(lines(&error.clone().with_detail("also", "note")), 2);
    // A short value is said only after its name, and an empty one never.
    let error = error.with_message("notes/a.txt, line 12, has no heading");
    for (name, value, count) in [("line", 12, 1), ("column", 12, 2), ("line", 1, 2)] {
        assert_eq!(lines(&error.clone().with_detail(name, value)), count, "{name} {value}");
    }
    assert_eq!(lines(&error.clone().with_detail("line", "")), 2);
    assert_eq!(lines(&error.with_message("gone")), 2);
    // A placeholder without a value: the title is the message.
    let error = McpError::new(filesystem::FILE_NOT_FOUND).with_detail("near", "b.txt").with_hint("");
    assert!(error.tool_text().ends_with("\nnear: b.txt"), "{error}");
}

#[test]
fn the_wait_of_the_record_is_shown_where_no_other_is_set() {
    let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    assert!(error.tool_text().contains("\nRetry after 1 s.\n"), "{}", error.tool_text());
    let sent = error.json_rpc_error();
    assert_eq!(sent.message(), format!("{} (retry after 1 s)", error.message()));
    assert_eq!(sent.to_string(), serde_json::to_string(&sent).expect("it serialises"));
    assert_eq!(decode(sent.to_string()).expect("an error").message(), error.message());
    let sent = json!({"code": -32603, "message": "busy (retry after 0.25 s)"}).to_string();
    let read = decode(sent).expect("an error");
    assert_eq!((&*read.message(), read.retry_after()), ("busy", Some(Duration::from_millis(250))));
    for no_wait in ["1.2345 s", "1. s", ".5 s", "+1 s", "1.+5 s", "1", "soon"] {
        let message = format!("busy (retry after {no_wait})");
        let read = decode(json!({"code": 1_234, "message": message}).to_string()).expect("an error");
        assert_eq!((&*read.message(), read.retry_after()), (&*message, None));
    }
}

#[test]
fn what_is_added_is_bounded_and_the_hint_stays() {
    let failures = (0..500).map(|at| filesystem::file_not_found(format!("{at}.txt")));
    let many = failures.fold(filesystem::batch_operation_failed("many"), McpError::with_failure);
    for details in [0, 3, 300] {
        let error = (0..details).fold(many.clone(), |error, at| error.with_detail(format!("d{at}"), "x".repeat(50)));
        let error = error.with_hint("Stop.").with_retry_after(Duration::from_secs(2));
        let text = error.tool_text();
        let (first, added) = text.split_once('\n').expect("several lines");
        assert_eq!(first, "OP-001: Batch operation failed: many");
        assert!(added.chars().count() < 2_000, "{}", added.chars().count());
        assert!(added.ends_with("\nRetry after 2 s.\nHint: Stop."), "{added}");
        let shown = text.lines().filter(|line| line.starts_with("- FS-001: ")).count();
        if details < 300 {
            assert!(shown > 10 && added.contains(&format!("\n... and {} more\n", 500 - shown)), "{added}");
        }
        let read = read(&text);
        assert_eq!((&*read.message(), read.failures().len()), ("Batch operation failed: many", shown));
    }
}

#[test]
fn the_text_of_another_program_stays_whole() {
    for said in ["first\n\nsecond: a b\nthird", "first\n- no failure\nlast", "a\nRetry after lunch."] {
        let read = read(&format!("FS-006: {said}\nHint: Wait."));
        assert_eq!((&*read.message(), read.hint()), (said, "Wait."));
    }
}

#[test]
fn one_line_is_one_line() {
    let error = McpError::new(filesystem::DISK_FULL).with_message("a\nb\u{2028}c");
    assert_eq!(error.to_string(), r"FS-006: a\nb\u{2028}c");
    assert_eq!(error.json_rpc_error().message(), r"a\nb\u{2028}c");
    assert!(!format!("{error:?}").contains('\n'));
}

#[test]
fn the_wait_of_a_peer_is_read_wherever_it_is_written() {
    let data = [
        (json!({"retry": {"after_ms": 5_000}}), 5_000),
        (json!({"retryAfter": 5}), 5_000),
        (json!({"retry_after": "5"}), 5_000),
        (json!({"retry_after_seconds": 0.5}), 500),
        (json!({"retryAfterMs": 250}), 250),
        (json!({"retry_after_ms": "250"}), 250),
        (json!({"headers": {"Retry-After": "7"}}), 7_000),
        (json!({"response": {"headers": {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}}}), 0),
    ];
    for (data, wait) in data {
        let wait = Some(Duration::from_millis(wait));
        for number in [-32_603, 1_234] {
            let sent = json!({"code": number, "message": "busy", "data": data}).to_string();
            assert_eq!(decode(&sent).expect("an error").retry_after(), wait, "{sent}");
        }
        let mut sent = json!({"status": 503, "title": "Busy"});
        sent.as_object_mut().expect("an object").extend(data.as_object().expect("an object").clone());
        assert_eq!(decode(sent.to_string()).expect("an error").retry_after(), wait, "{sent}");
        let sent = json!({"error": {"code": "FS-006", "message": "full", "details": data}}).to_string();
        assert_eq!(decode(&sent).expect("an error").retry_after(), wait, "{sent}");
    }
    let date = std::time::SystemTime::now() + Duration::from_secs(90);
    let sent = json!({"code": 1_234, "message": "busy", "data": {"Retry-After": httpdate::fmt_http_date(date)}});
    let wait = decode(sent.to_string()).expect("an error").retry_after().expect("a wait");
    assert!(wait > Duration::from_secs(60) && wait <= Duration::from_secs(90), "{wait:?}");
    for no_wait in
        [json!({"retryAfter": -1}), json!({"retryAfter": "soon"}), json!({"retryAfterMs": 1e300}), json!({"retry": 3})]
    {
        let sent = json!({"code": 1_234, "message": "busy", "data": no_wait}).to_string();
        assert_eq!(decode(&sent).expect("an error").retry_after(), None, "{sent}");
    }
}

#[test]
fn nothing_is_said_of_whether_an_unknown_code_can_be_retried() {
    let error = decode(json!({"code": 1_234, "message": "out of paper"}).to_string()).expect("an error");
    for form in [error.json_rpc_error().to_string(), error.tool_result().to_string(), error.problem().to_string()] {
        assert!(!form.contains("recoverable") && !form.contains("do-not-retry"), "{form}");
    }
    let error = error.with_retry_after(Duration::from_secs(3));
    assert!(error.json_rpc_error().to_string().contains(r#""retry":{"class":"retry-after-delay","after_ms":3000}"#));
}

/// Returns a value as a reader of the text sees it.
fn seen(text: &str) -> String {
    let stays = |c: char| {
        c == '\t' || c.is_whitespace() && c.is_control() || matches!(c, '\u{1c}'..='\u{1e}' | '\u{2028}' | '\u{2029}')
    };
    text.chars().fold(String::new(), |mut out, c| {
        match is_unseen(c) && !stays(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
        out
    })
}

#[test]
fn what_a_reader_does_not_see_is_escaped_in_every_part_of_the_text() {
    let hidden: String = "run rm".chars().filter_map(|c| char::from_u32(0xE0000 + u32::from(c))).collect();
    for hidden in [
        &*hidden,
        "\u{200B}",
        "\u{202E}",
        "\u{2066}",
        "\u{FEFF}",
        "\u{AD}",
        "\u{3164}",
        "\u{FE01}",
        "\u{1b}[8m",
        "\u{8}",
    ] {
        let value = format!("a{hidden}b");
        let error = filesystem::file_not_found(&value)
            .with_failure(filesystem::file_not_found(&value))
            .with_detail("text", format!("c{hidden}d"))
            .with_detail(value.clone(), [format!("e{hidden}f")])
            .with_error_id(value.clone())
            .with_hint(value.clone());
        let text = error.tool_text();
        assert!(!text.contains(|c: char| is_unseen(c) && c != '\n'), "{text:?}");
        assert!(text.lines().count() >= 6, "{text}");
        let sent: Value = serde_json::from_str(&error.tool_result().to_string()).expect("JSON");
        assert_eq!(sent["content"][0]["text"], text);
        let read = read(&text);
        assert_eq!((read.message(), read.hint()), (seen(&error.message()).into(), &*seen(&value)));
        let message = error.json_rpc_error().message();
        assert!(!message.contains(is_unseen), "{message:?}");
    }
    // The character that colours an emoji is visible, and text of any script is unchanged.
    for text in ["❤\u{FE0F}", "日本語\tعربي", "naïve"] {
        assert_eq!(
            McpError::new(filesystem::DISK_FULL).with_message(text).with_hint("").tool_text(),
            format!("FS-006: {text}")
        );
    }
}

fn any_error() -> impl Strategy<Value = McpError> {
    let text = || prop_oneof![any::<String>(), "[a-z: \\n\\r\"-]{0,12}", Just("x\nHint: y\n- FS-001: z".to_owned())];
    let value =
        prop_oneof![text().prop_map(Value::from), any::<i64>().prop_map(Value::from), Just(json!([1, {"a": null}]))];
    let details = prop::collection::vec((text(), value), 0..4);
    (text(), details, prop::option::of(text()), prop::option::of(0..100_000u64), prop::collection::vec(text(), 0..3))
        .prop_map(|(message, details, hint, wait, failures)| {
            let mut error = McpError::new(filesystem::DISK_FULL).with_message(message).with_surface(Surface::Tool);
            for (name, value) in details {
                error = error.with_detail(name, value);
            }
            for failure in failures {
                error = error.with_failure(McpError::new(filesystem::PERMISSION_DENIED).with_message(failure));
            }
            if let Some(hint) = hint {
                error = error.with_hint(hint);
            }
            match wait {
                Some(wait) => error.with_retry_after(Duration::from_millis(wait)),
                None => error,
            }
        })
}

proptest! {
    #[test]
    fn the_message_and_the_wait_come_back_and_no_value_looks_like_a_line_of_ours(error in any_error()) {
        let text = error.tool_text();
        prop_assert_eq!(error.tool_result().to_string(), serde_json::to_string(&error.tool_result()).expect("it serialises"));
        let sent = error.json_rpc_error();
        prop_assert_eq!(sent.to_string(), serde_json::to_string(&sent).expect("it serialises"));
        let read = read(&text);
        prop_assert_eq!(read.message(), seen(&error.message()));
        prop_assert_eq!(read.retry_after(), error.retry_after());
        // Without a hint line, the reader cannot know that there was none.
        if !error.hint().is_empty() {
            prop_assert_eq!(read.hint(), seen(error.hint()));
            prop_assert_eq!(read.tool_text(), text);
        }
    }
}
