//! Logs of any size are read in bounded memory.

use std::io::{self, Read};

use mcp_error_codes::{Certainty, LogFilter, Recognizer};

/// A log that returns a few bytes at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.0.len().min(buffer.len()).min(1_013);
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

#[test]
fn each_distinct_error_is_listed_once_with_its_count() {
    let mut log = String::new();
    for at in 0..3_000 {
        log += &format!("2026-11-27T17:05:16Z INFO all is well {at}\n");
        if at % 3 == 0 {
            log += &format!("2026-11-27T17:05:16Z ERROR files: FS-001: File not found: {at}.txt\n");
        }
        if at % 5 == 0 {
            log += "{\"level\":\"error\",\"msg\":\"MCP error -32001: Request timed out\"}\n";
        }
    }
    for log in [log.as_bytes(), &log.as_bytes()[..log.len() - 1]] {
        let found = Recognizer::new().recognize_log(Slow(log)).expect("it can be read");
        let counts: Vec<_> = found
            .errors
            .iter()
            .map(|found| (found.error.findings[0].record().map(|record| record.code), found.count))
            .collect();
        assert_eq!(counts, [(Some("FS-001"), 1_000), (Some("REQUEST_TIMEOUT"), 600)]);
        assert_eq!((found.bytes, found.left_out), (u64::try_from(log.len()).expect("it fits"), 0));
        let span = found.errors[0].error.findings[0].span();
        assert_eq!(std::str::from_utf8(&log[span]), Ok("FS-001: File not found: 0.txt"));
    }
}

#[test]
fn a_record_that_goes_on_in_the_next_lines_is_one() {
    let log = "x\nError: MCP error -32602: [\n  {\n    \"code\": \"invalid_type\",\n    \"path\": [\"a\"],\n    \"message\": \"Required\"\n  }\n]\ny\n";
    let found = Recognizer::new().recognize_log(log.as_bytes()).expect("it can be read");
    assert_eq!(found.errors.len(), 1);
    assert_eq!(found.errors[0].error.findings[0].record().map(|record| record.code), Some("INPUT_VALIDATION_FAILED"));
}

#[test]
fn the_errors_of_a_log_are_those_of_its_lines() {
    let corpus = include_str!("field.jsonl");
    for line in corpus.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("an object");
        let input = case["input"].as_str().expect("a text");
        if case.get("status").is_some() || input.starts_with("\u{feff}") {
            continue;
        }
        let whole = Recognizer::new().recognize(input);
        let found = Recognizer::new().recognize_log(input.as_bytes()).expect("it can be read");
        let answers = whole.errors.iter().filter_map(|error| error.answer());
        // A log is not searched for a status alone.
        let answers =
            answers.filter(|answer| answer.reason() != "the HTTP status").filter_map(|answer| answer.record());
        for record in answers {
            let is_found = found.errors.iter().any(|found| {
                let answer = found.error.answer().filter(|answer| answer.certainty() > Certainty::Possible);
                answer.and_then(|answer| answer.record()).is_some_and(|own| std::ptr::eq(own, record))
            });
            // A code or a number alone is not a log line.
            let is_alone = !input.contains(' ') && !input.contains('{');
            assert!(is_found || is_alone, "{}: {} is not in the log {input:?}", case["id"], record.code);
        }
    }
}

#[test]
fn the_records_of_a_log_are_the_same_wherever_a_block_ends() {
    let log = "start\nError: FS-001: File not found: a\n    at f (a.js:1:2)\n  }\nCaused by: FS-006: Disk full\n\
               MCP error -32601: Method not found\nend\n";
    let filter = LogFilter::new();
    let records = |from: usize, to: usize| -> Vec<&str> {
        filter.records(&log.as_bytes()[from..to]).map(|record| &log[from..][record]).collect()
    };
    let all = records(0, log.len());
    assert_eq!(all.len(), 2, "{all:?}");
    for end in 0..=log.len() {
        let complete = LogFilter::complete(&log.as_bytes()[..end]).unwrap_or(0);
        assert_eq!([records(0, complete), records(complete, log.len())].concat(), all, "{end}");
        // A reader that begins in the middle of a record skips the rest of it.
        let next = LogFilter::next_record(&log.as_bytes()[end..]).map_or(log.len(), |next| end + next);
        assert!(all.ends_with(&records(next, log.len())), "{end}");
    }
    let complete = |block: &str| LogFilter::complete(block.as_bytes());
    assert_eq!([complete(""), complete("a"), complete("a\n"), complete("a\nb")], [None, None, None, None]);
    assert_eq!([complete("a\nb\n"), complete("a\n  b\n"), complete("a\n  b\nc\n")], [Some(2), None, Some(6)]);
}

#[test]
fn errors_that_are_too_many_are_counted() {
    let error = |number: i64| {
        format!(r#"{{"jsonrpc":"2.0","id":1,"error":{{"code":{number},"message":"Request timed out"}}}}"#)
    };
    let first: String = (0..9_999).map(|at| error(200_000 + at) + "\n").collect();
    let batch = format!("[{},{},{}]\n", error(-1), error(-2), error(-3));
    let found = Recognizer::new().recognize_log((first + &batch).as_bytes()).expect("memory can be read");
    assert_eq!((found.errors.len(), found.left_out), (10_000, 2));
}
