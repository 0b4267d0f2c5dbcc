//! `search` ranks the best match first.

use mcp_error_codes::{Code, Kind};

use crate::run::{Checked, expect, run};

fn codes(question: &str) -> Vec<String> {
    let answer = run(&["search", question]).found();
    answer.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

#[test]
fn the_best_match_of_a_real_question_is_first() {
    let questions = [
        ("symlink outside workspace", "SEC-009"),
        ("tool timed out", "NX-MCP-002"),
        ("tool execution timeout", "NX-MCP-002"),
        ("disk is full", "FS-006"),
        ("what do I do when the disk is full?", "FS-006"),
        ("permission denied", "FS-003"),
        ("rate limit", "SEC-010"),
        ("file does not exist", "FS-001"),
        ("checksum mismatch", "FS-010"),
        ("path traversal", "SEC-002"),
        ("server not reachable", "NX-MCP-012"),
        ("cannot connect to the MCP server", "NX-MCP-012"),
        ("unsupported protocol version", "-32022"),
        ("headers do not match", "-32020"),
        ("agent already claimed the file", "CONFLICT"),
        ("wip limit", "WIP_LIMIT_EXCEEDED"),
        ("database corrupt", "D004"),
    ];
    for (question, code) in questions {
        assert_eq!(codes(question).first().map(String::as_str), Some(code), "{question}");
    }
}

#[test]
fn the_errors_of_sdks_are_listed_after_those_of_documents() {
    for (question, kind, of_sdk) in [
        ("request timed out", Kind::Timeout, "REQUEST_TIMEOUT"),
        ("Too many requests 429", Kind::RateLimited, "REQUEST_RATE_LIMITED"),
    ] {
        let found = codes(question);
        let first = Code::lookup(&found[0]).expect("a code");
        assert_eq!(first.record().kind, kind, "{question}: {found:?}");
        assert!(found.iter().any(|code| code == of_sdk), "{question}: {found:?}");
    }
    assert!(codes("Too many requests 429")[..4].contains(&"SEC-010".to_owned()));
}

#[test]
fn a_successor_ranks_above_the_code_that_it_supersedes() {
    let found = codes("tool execution failed");
    let place = |code| found.iter().position(|own| own == code);
    assert!(place("NX-MCP-001") < place("NX-800"), "{found:?}");
}

#[test]
fn other_forms_of_a_word_match() {
    assert_eq!(codes("symlinks escaping")[0], "SEC-009");
}

#[test]
fn an_answer_has_at_most_the_requested_number_of_codes() {
    assert_eq!(run(&["search", "-n", "3", "error"]).found().lines().count(), 3);
    assert_eq!(codes("error").len(), 10);
}

#[test]
fn text_shows_the_summaries() {
    expect("search.txt", &run(&["search", "disk", "full", "-n", "2", "--width", "60"]).found());
    expect(
        "search_coloured.txt",
        &run(&["search", "disk", "full", "-n", "2", "--width", "60", "--color", "always"]).found(),
    );
}

#[test]
fn json_has_decreasing_scores() -> Checked {
    let hits = run(&["search", "disk", "--format", "json"]).json()?;
    let scores: Vec<_> = hits.as_array().into_iter().flatten().filter_map(|hit| hit["score"].as_f64()).collect();
    assert!(scores.len() > 1 && scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert_eq!(hits[0]["record"]["code"], "FS-006");
    Ok(())
}

#[test]
fn words_without_a_match_are_a_miss() {
    assert_eq!(run(&["search", "qqqq"]).missed(), "error: no code contains any of these words: \"qqqq\"\n");
    assert_eq!(run(&["search", "the"]).missed(), "error: no code contains any of these words: \"the\"\n");
    assert_eq!(
        run(&["search", "\u{1b}[31m"]).missed(),
        "error: no code contains any of these words: \"\\u{1b}[31m\"\n"
    );
}
