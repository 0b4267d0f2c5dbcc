//! Any bytes get an answer, in bounded time.

use std::time::{Duration, Instant};

use mcp_error_codes::{Recognizer, recognize};
use proptest::prelude::*;

const CORPUS: &str = include_str!("field.jsonl");

/// Reads every part of a recognition.
fn show(input: &[u8]) {
    let recognition = recognize(input);
    assert_eq!(recognition.errors.is_empty(), recognition.none.is_some());
    for error in &recognition.errors {
        assert!(error.span().end <= input.len(), "{:?}", error.span());
        for finding in &error.findings {
            let span = finding.span();
            assert!(span.start <= span.end && span.end <= input.len(), "{span:?}");
            let _ =
                (finding.values(), finding.reason(), finding.confirmed_by(), finding.to_string(), finding.to_error());
        }
    }
    let log = Recognizer::new().recognize_log(input).expect("memory can be read");
    assert_eq!(log.bytes, u64::try_from(input.len()).expect("it fits"));
}

#[test]
fn beginnings_of_texts_of_the_corpus_are_read() {
    for line in CORPUS.lines().step_by(3) {
        let case: serde_json::Value = serde_json::from_str(line).expect("an object");
        let input = case["input"].as_str().expect("a text").as_bytes();
        for end in (0..input.len()).step_by(5) {
            show(&input[..end]);
        }
    }
}

#[test]
fn hostile_texts_take_bounded_time() {
    let json = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"#;
    let texts = [
        "[".repeat(1 << 17),
        "{\"a\":".repeat(25000),
        "f(".repeat(62500),
        "Error { code: ErrorCode(".repeat(5000),
        "MCP error -32603: ".repeat(7500),
        "MCP error -32603: x\n".repeat(6250),
        "\\\"".repeat(62500),
        "{\\\"".repeat(37500),
        "a: ".repeat(43750),
        "not found: ".repeat(12500),
        " not found".repeat(12500),
        "\u{1b}[".repeat(37500),
        "data: {\n".repeat(12500),
        format!("{}x\n", "data:".repeat(20_000)).repeat(2),
        "\u{feff}".repeat(40_000),
        json.repeat(1250),
        format!("{json}\"{}\"}}}}", "é\\u00e9".repeat(12500)),
        format!("{{\"error\":\"{}\"}}", "FS-001 ".repeat(12500)),
        "-32001 ".repeat(12500),
        "{'code': ".repeat(12500),
        "x".repeat(3 << 20),
        "x {\"a\":1} ".repeat(25_000),
        " {\"method\":\"x\"}".repeat(18_000),
        "Tool {\"a\":1} ".repeat(20_000),
        "{\"error\":{\"code\":-32000,\"message\":\"x\"}}".repeat(12_000),
        format!(
            "{{{}}}",
            (0..8_000).map(|at| format!("\"error{at}\":\"File not found: a{at}\"")).collect::<Vec<_>>().join(",")
        ),
        format!("{json}\"\"{}}}}}", "+\"\"".repeat(100_000)),
    ];
    for text in &texts {
        let start = Instant::now();
        show(text.as_bytes());
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(60), "{} took {taken:?}", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn an_error_three_texts_deep_is_found_and_deeper_ones_get_an_answer() {
    let mut text = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#.to_owned();
    for depth in 0..20 {
        show(text.as_bytes());
        if depth == 3 {
            assert_eq!(recognize(&text).errors.len(), 1, "{text}");
        }
        text = serde_json::json!({ "error": text }).to_string();
        if text.len() > 1 << 16 {
            break;
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        show(&bytes);
    }

    #[test]
    fn any_pieces_of_errors_get_an_answer(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)) {
        show(pieces.concat().as_bytes());
    }
}

const PIECES: [&str; 32] = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\n",
    ": ",
    ", ",
    "=",
    "error",
    "\"error\":",
    "\"code\":",
    "-32602",
    "\"message\":",
    "MCP error ",
    "FS-001",
    "File not found: ",
    "Session not found",
    "\u{1b}[31m",
    "data: ",
    "é",
    "\"data\":",
    "isError",
    "true",
    "content",
    "ErrorData(",
    "Error { code: ErrorCode(",
];

#[test]
fn a_system_after_a_character_of_several_bytes_is_read() {
    for text in ["…:R004", "é:FS-001", "\u{fffd}2:R004{\"code", "日本filesystem:FS-001"] {
        show(text.as_bytes());
    }
    let found = recognize("Fehler…filesystem:FS-001");
    let answer = found.errors[0].answer().and_then(|finding| finding.record()).map(|record| record.code);
    assert_eq!(answer, Some("FS-001"));
}
