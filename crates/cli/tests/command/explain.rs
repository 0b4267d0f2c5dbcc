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
fn a_file_and_a_word_may_look_like_a_number() -> Checked {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("-1.log"), "FS-001: it failed\n")?;
    for task in ["explain", "decode"] {
        let run = crate::run::command(&[task, "--file", "-1.log"]).current_dir(folder.path()).output()?;
        let out = String::from_utf8(run.stdout)?;
        assert!(out.contains("FS-001"), "{task}: {out}{}", String::from_utf8_lossy(&run.stderr));
    }
    // The word `explain` is the subject of the search, so `-7z` is an option, which does not exist.
    let search = run(&["search", "explain", "-7z"]);
    assert_eq!(search.status, Some(2), "{}", search.out);
    assert!(!search.err.contains('\u{2060}'), "{}", search.err);
    for before in [&["--color", "never"] as &[_], &["--color=never"], &["--width", "80"]] {
        assert!(run(&[before, &["explain", "-32601"]].concat()).found().contains("-32601"));
    }
    Ok(())
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
    assert!(answer.starts_with(&format!("{}: {}", record.code, record.title)), "{answer}");
}

#[test]
fn a_number_with_several_claims_lists_all_of_them() {
    expect("explain_retired_number.txt", &run(&["explain", "-32002", "--width", "80"]).found());
    let standard = run(&["explain", "-32602"]).found();
    assert!(standard.starts_with("-32602: Invalid params\n"), "{standard}");
    assert!(standard.contains("\n  It may also be\n") && standard.contains("    super-mcp:-32602: "), "{standard}");
}

#[test]
fn a_name_of_several_codes_lists_all_of_them() {
    let answer = run(&["explain", "rollback failed"]).found();
    assert!(answer.starts_with("\"rollback failed\" may mean any of these\n"), "{answer}");
    assert!(answer.contains("    task-orchestrator:E022: ") && answer.contains("    filesystem:OP-002: "), "{answer}");
}

#[test]
fn a_deprecated_code_names_its_successor() {
    let answer = run(&["explain", "NX-800"]).found();
    assert!(
        answer.starts_with("note: NX-800 has been deprecated since 0.1.0; use NX-MCP-001 instead\n\nNX-800: "),
        "{answer}"
    );
}

#[test]
fn the_meaning_of_a_legacy_number_depends_on_the_sender() {
    let answer = run(&["explain", "-32001"]).found();
    assert!(answer.starts_with("\"-32001\" may mean any of these\n"), "{answer}");
    for candidate in ["sdk:REQUEST_TIMEOUT", "sdk:SESSION_NOT_FOUND", "super-mcp:-32001", "A2A 1.0 uses -32001"] {
        assert!(answer.contains(candidate), "{candidate}: {answer}");
    }
}

#[test]
fn an_error_message_needs_no_quotes() {
    let answer = run(&["explain", "MCP", "error", "-32001:", "Request", "timed", "out"]).found();
    assert!(answer.contains("\nREQUEST_TIMEOUT: "), "{answer}");
    assert_eq!(run(&["explain", "MCP error -32001: Request timed out"]).found(), answer);
}

#[test]
fn several_queries_are_explained_one_after_another() {
    let run = run(&["explain", "FS-001", "FS-999", "FS-002"]);
    assert_eq!(run.status, Some(1));
    assert!(run.out.starts_with("FS-001: ") && run.out.contains("\n\nFS-002: "), "{}", run.out);
    assert!(run.err.starts_with("error: unknown error code \"FS-999\""), "{}", run.err);
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
fn a_full_name_is_found_in_a_line() -> Checked {
    let answers = run(&["explain", "call failed: super-mcp:-32602", "--format", "json"]).json()?;
    let finding = &answers["findings"][0];
    assert_eq!((&finding["system"], &finding["certainty"]), (&"super-mcp".into(), &"certain".into()));
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
            let finding = &answers["findings"][0];
            assert_eq!(finding["code"], code, "{line}");
            assert_ne!(finding["certainty"], "possible", "{line}");
        }
    }
}

#[test]
fn each_code_in_a_log_is_explained_once() -> Checked {
    let log = "start\nFS-001: gone\n2025-01-15 14:23:45 | WARN | VAL-001 | files | bad\nFS-001: gone again\r\nend\n";
    let answers = run_with(&["explain", "--format", "json"], log.as_bytes()).json()?;
    let codes: Vec<_> =
        answers["findings"].as_array().into_iter().flatten().map(|found| found["code"].clone()).collect();
    assert!(codes.contains(&"FS-001".into()) && codes.contains(&"VAL-001".into()), "{codes:?}");
    Ok(())
}

#[test]
fn the_values_in_a_message_are_shown() {
    let answer = run(&["explain", "File not found: a.txt"]).found();
    assert!(answer.contains("note: `path` is \"a.txt\"\n\nFS-001: "), "{answer}");
}

#[test]
fn json_has_every_finding() -> Checked {
    let answers = run(&["explain", "FS-001", "-32002", "--format", "json"]).json()?;
    let findings = answers["findings"].as_array().ok_or("no findings")?;
    assert_eq!((&findings[0]["code"], &findings[0]["certainty"]), (&"FS-001".into(), &"certain".into()));
    assert!(findings.len() > 3 && findings[1..].iter().all(|finding| finding["certainty"] == "possible"));
    assert_eq!(findings[0]["span"], serde_json::json!([0, 6]));
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
}
