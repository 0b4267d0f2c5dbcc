//! `explain` finds codes by any text and prints the page of the library.

use crate::run::{Checked, expect, run, run_with};
use mcp_error_codes::{REGISTRY, filesystem};

/// Returns the lines that are not empty.
fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}

/// Asserts that an answer is a page, apart from the notes before it and the claims after it.
#[track_caller]
fn is_page(answer: &str, page: &str) {
    let own: Vec<_> = lines(answer).into_iter().skip_while(|line| line.starts_with("note: ")).collect();
    assert_eq!(own.get(..lines(page).len()), Some(lines(page).as_slice()));
}

#[test]
fn in_a_pipe_a_page_only_adds_empty_lines_to_that_of_the_library() {
    for record in REGISTRY.records() {
        let answer = run(&["explain", &record.full_name().to_string()]).found();
        is_page(&answer, &record.explain().record_only().to_string());
    }
}

#[test]
fn a_full_page_has_the_family_and_the_system_too() {
    for system in REGISTRY.systems() {
        let first = REGISTRY.records().iter().find(|record| record.system.name == system.name).expect("it has codes");
        let answer = run(&["explain", "--full", &format!("{system}:{}", first.code)]).found();
        is_page(&answer, &first.explain().to_string());
    }
}

#[test]
fn markdown_is_that_of_the_library() {
    let page = filesystem::FILE_NOT_FOUND.record().explain().markdown().record_only().to_string();
    assert_eq!(run(&["explain", "FS-001", "--format", "markdown"]).found(), page);
}

#[test]
fn a_page_is_wrapped_at_a_width() {
    let page = run(&["explain", "SEC-009", "--width", "48"]).found();
    expect("explain_narrow.txt", &page);
}

#[test]
fn a_page_has_colors_if_requested() {
    let page = run(&["explain", "FS-001", "--width", "80", "--color", "always"]).found();
    expect("explain_coloured.txt", &page);
    let never = run(&["explain", "FS-001", "--width", "80", "--color", "never"]).found();
    assert_eq!(never, run(&["explain", "FS-001", "--width", "80"]).found());
    assert!(!never.contains('\u{1b}'));
}

#[test]
fn every_spelling_finds_the_code() {
    for query in ["FS-001", "fs 001", "fs_001", "filesystem:FS-001", "file not found", "FILE_NOT_FOUND", "33001"] {
        assert!(run(&["explain", query]).found().starts_with("FS-001: File Not Found\n"), "{query}");
    }
    assert!(run(&["explain", "-32020"]).found().starts_with("-32020: Header mismatch\n"));
}

#[test]
fn an_alias_names_its_code() {
    let record = REGISTRY.records().iter().find(|record| !record.aliases.is_empty()).expect("a code has an alias");
    let alias = record.aliases[0];
    let answer = run(&["explain", &format!("{}:{alias}", record.system)]).found();
    assert!(answer.starts_with("note: \""), "{answer}");
    assert!(answer.contains(&format!("{alias}\" is an alias of {}\n", record.code)), "{answer}");
}

#[test]
fn a_number_with_several_claims_lists_all_of_them() {
    expect("explain_retired_number.txt", &run(&["explain", "-32002", "--width", "80"]).found());
    let standard = run(&["explain", "-32602"]).found();
    assert!(standard.starts_with("-32602: Invalid params\n"), "{standard}");
    let also = "\n  \"-32602\" is also\n    super-mcp:-32602: Invalid parameters provided\n    mcp:-32002: Resource not found\n\
                \n  To explain one of them, use its full name: mcp-errors explain super-mcp:-32602\n";
    assert!(standard.ends_with(also), "{standard}");
}

#[test]
fn a_name_of_several_codes_lists_all_of_them() {
    let answer = run(&["explain", "tool not found"]).found();
    assert!(answer.starts_with("\"tool not found\" may mean any of these\n"), "{answer}");
    assert!(answer.contains("    super-mcp:-32002: ") && answer.contains("    hyper-bun:NX-MCP-010: "), "{answer}");
}

#[test]
fn a_deprecated_code_names_its_successor() {
    let answer = run(&["explain", "NX-800"]).found();
    assert!(
        answer.starts_with("note: NX-800 is deprecated since 0.1.0; use NX-MCP-001 instead\n\nNX-800: "),
        "{answer}"
    );
}

#[test]
fn the_meaning_of_a_legacy_number_depends_on_the_sender() {
    let answer = run(&["explain", "-32001"]).found();
    let note = "note: -32001 is in the legacy block, -32019 to -32000, which has no set meaning: the meaning depends on the sender\n";
    assert!(answer.starts_with(note), "{answer}");
    assert!(answer.contains("\n-32001: Package ID not in configuration\n"), "{answer}");
}

#[test]
fn several_queries_are_explained_one_after_another() {
    let run = run(&["explain", "FS-001", "no such thing at all", "T001"]);
    assert_eq!(run.status, Some(1));
    assert!(run.out.starts_with("FS-001: ") && run.out.contains("\n\nT001: "), "{}", run.out);
    assert!(run.err.starts_with("error: unknown error code \"no such thing at all\""), "{}", run.err);
}

#[test]
fn a_miss_suggests_similar_spellings_or_codes_with_its_words() {
    assert_eq!(
        run(&["explain", "FS-O01"]).missed(),
        "error: unknown error code \"FS-O01\"; did you mean \"FS-001\" (File Not Found)?\n  mcp-errors explain FS-001  File Not Found\n"
    );
    let by_words = run(&["explain", "my disk is full"]).missed();
    assert!(
        by_words.starts_with("error: unknown error code \"my disk is full\"\n  mcp-errors explain FS-006  Disk Full\n"),
        "{by_words}"
    );
    assert_eq!(run(&["explain", "qqqq"]).missed(), "error: unknown error code \"qqqq\"\n");
    assert_eq!(run(&["explain", ""]).missed(), "error: the text to explain is empty\n");
}

#[test]
fn a_reserved_code_or_number_says_so() {
    assert_eq!(
        run(&["explain", "E010"]).missed(),
        "error: unknown error code \"E010\"; task-orchestrator reserves E009 to E010 and has not assigned it\n"
    );
    assert_eq!(
        run(&["explain", "-32050"]).missed(),
        "error: unknown error code \"-32050\"; it is in -32099 to -32020, which the MCP specification reserves for itself\n"
    );
    assert_eq!(
        run(&["explain", "12345"]).missed(),
        "error: unknown error code \"12345\"; any application may use this number, and no documented code has it\n"
    );
}

#[test]
fn a_miss_names_the_unknown_code_in_a_body_or_a_line() {
    let free = "any application may use this number, and no documented code has it";
    let range = "it is in -32099 to -32020, which the MCP specification reserves for itself";
    let reserved = "task-orchestrator reserves E009 to E010 and has not assigned it";
    let cases = [
        (r#"{"error":{"code":1234,"message":"x"}}"#, "1234", free),
        (r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32050,"message":"x"}}"#, "-32050", range),
        (r#"WARN got {"code":1234,"message":"x"} from peer"#, "1234", free),
        ("rpc error -32050 happened", "-32050", range),
        ("install failed with E010", "E010", reserved),
        ("install failed, code:E010", "E010", reserved),
    ];
    for (query, code, known) in cases {
        let expected = format!("error: unknown error code \"{code}\"; {known}\n");
        assert_eq!(run(&["explain", query]).missed(), expected, "{query}");
    }
    let of_body = run(&["explain", r#"{"error":{"code":"FS-O01","message":"x"}}"#]).missed();
    assert_eq!(of_body, run(&["explain", "FS-O01"]).missed());
}

#[test]
fn a_full_name_is_found_in_a_line() -> Checked {
    let answers = run(&["explain", "call failed: super-mcp:-32602", "--format", "json"]).json()?;
    assert_eq!(answers[0]["query"], "super-mcp:-32602");
    assert_eq!(answers[0]["records"][0]["system"], "super-mcp");
    Ok(())
}

#[test]
fn log_lines_and_responses_are_recognized() {
    let cases = [
        ("2025-01-15 14:23:45.123 | ERROR | NX-MCP-010 | MCPServer | Tool not found: checksum", "NX-MCP-010"),
        ("Jan 15 10:00:00 host app[1]: request failed: FS-001: File not found: a.txt", "FS-001"),
        ("MCP error -32601: Method not found", "-32601"),
        ("[warn] code=VAL-002 path=/x", "VAL-002"),
        ("failed, code:FS-001", "FS-001"),
        ("[ERROR:FS-001] gone", "FS-001"),
        ("failed, code=fs-001", "FS-001"),
        ("failed with filesystem:FS-001", "FS-001"),
        (r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}}"#, "-32601"),
        (r#"WARN got {"jsonrpc":"2.0","id":7,"error":{"code":-32700,"message":"no"}} from peer"#, "-32700"),
        ("Error: Directory not empty: /tmp/x", "FS-005"),
        (r#"{"content":[{"type":"text","text":"FS-006: Disk full"}],"isError":true}"#, "FS-006"),
    ];
    for (line, code) in cases {
        for arguments in [
            &["explain", "--format", "json"][..],
            &["explain", "--format", "json", "-"],
            &["explain", "--format", "json", line],
        ] {
            let answers = run_with(arguments, line.as_bytes()).json().expect("the answer is JSON");
            assert_eq!(answers[0]["records"][0]["code"], code, "{line}");
            assert_eq!(answers[0]["ambiguous"], false, "{line}");
            assert_eq!(answers.as_array().map(Vec::len), Some(1), "{line}");
        }
    }
}

#[test]
fn each_code_in_a_log_is_explained_once() -> Checked {
    let log = "start\nFS-001: gone\n2025-01-15 14:23:45 | WARN | VAL-001 | files | bad\nFS-001: gone again\r\nend\n";
    let answers = run_with(&["explain", "--format", "json"], log.as_bytes()).json()?;
    let codes: Vec<_> = answers.as_array().into_iter().flatten().map(|answer| answer["query"].clone()).collect();
    assert_eq!(codes, ["FS-001", "VAL-001"]);
    Ok(())
}

#[test]
fn the_values_in_a_message_are_shown() {
    let answer = run(&["explain", "File not found: a.txt"]).found();
    assert!(answer.starts_with("note: `path` is \"a.txt\"\n\nFS-001: "), "{answer}");
}

#[test]
fn json_has_the_whole_record() -> Checked {
    let answers = run(&["explain", "FS-001", "-32002", "--format", "json"]).json()?;
    assert_eq!(answers[0]["records"], serde_json::json!([filesystem::FILE_NOT_FOUND.record()]));
    assert_eq!(answers[0]["query"], "FS-001");
    assert_eq!(answers[1]["ambiguous"], true);
    assert_eq!(answers[1]["records"].as_array().map(Vec::len), Some(2));
    Ok(())
}

#[test]
fn hostile_input_is_answered() {
    let long = "x".repeat(1 << 20);
    let nested = "[".repeat(1 << 20);
    let bytes: Vec<u8> = (0..1 << 20).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let lines = "a: b: c: d {}\n".repeat(1 << 16);
    for input in [long.as_bytes(), nested.as_bytes(), &bytes, lines.as_bytes(), b"\xff\xfe", b"\0"] {
        let run = run_with(&["explain"], input);
        assert!(run.status == Some(1) || run.status == Some(0), "{}", run.err);
        assert!(run.err.len() < 4_000 && !run.err.contains('\u{1b}'), "{}", run.err);
    }
    let run = run_with(&["explain"], long.as_bytes());
    assert!(run.err.ends_with("x\" and 1048376 more characters\n"), "{}", run.err);
}
