//! The plain API.

use mcp_error_codes::{Code, filesystem, scrum};
use serde_json::json;

use crate::server::{Checked, Server};

#[test]
fn a_missing_note_is_a_404() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let answer = server.ask("/notes/gone", &[])?;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("retry-after"), None);
    let reference = format!("{}/docs/errors#fs-001", server.url);
    let problem = filesystem::file_not_found("gone").problem().to_string();
    assert_eq!(answer.body, problem.replace("about:blank", &reference));
    assert_eq!(
        answer.json()?,
        json!({
            "type": reference, "title": "File Not Found", "status": 404, "detail": "File not found: gone",
            "system": "filesystem", "code": "FS-001", "name": "FILE_NOT_FOUND",
            "kind": "not_found", "hint": filesystem::FILE_NOT_FOUND.record().hint, "category": "RESOURCE", "severity": "WARN",
            "recoverable": true, "retry": {"class": "retry-after-change"}, "details": {"path": "gone"},
        })
    );
    Ok(())
}

#[test]
fn a_route_that_is_not_there_is_a_404() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    for path in ["/", "/notes", "/notes/a/b", "/mcp/a", "/docs"] {
        let answer = server.ask_freely(path, &[])?;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.json()?, server.with_docs(scrum::not_found("Route", path).problem())?);
    }
    Ok(())
}

#[test]
fn a_note_is_the_same_on_both_sides() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let written = server.ask("/notes/a", &["-X", "PUT", "-d", r#"{"text":"hello"}"#])?;
    assert_eq!((written.status, written.body.as_str()), (204, ""));
    let read = server.request("tools/call", json!({"name": "read_note", "arguments": {"name": "a"}}))?;
    assert_eq!(read.event()?["result"]["content"], json!([{"type": "text", "text": "hello"}]));

    let arguments = json!({"name": "write_note", "arguments": {"name": "b", "text": "there"}});
    assert_eq!(server.request("tools/call", arguments)?.event()?["result"]["isError"], false);
    assert_eq!(server.ask("/notes/b", &[])?.body, "there");
    Ok(())
}

#[test]
fn a_body_that_does_not_fit_is_a_400_that_says_why() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let rule = "a name has 1 to 64 letters, digits, dots, hyphens and underscores";
    let cases = [
        ("/notes/a", "{", "VAL-003: a value is not valid: not JSON: EOF while parsing an object at line 1 column 1"),
        ("/notes/a", "[1]", "VAL-003: a value is not valid: JSON of an unexpected type"),
        ("/notes/a", "{}", "VAL-001: Missing required parameter: text"),
        ("/notes/a", r#"{"text":1}"#, "VAL-002: Invalid parameter type: expected string, got integer in `text`"),
        ("/notes/a%20b", r#"{"text":"c"}"#, &format!("VAL-003: Invalid parameter value: {rule}")),
    ];
    for (path, body, line) in cases {
        let answer = server.ask(path, &["-X", "PUT", "-d", body])?;
        assert_eq!(answer.status, 400);
        let problem = answer.json()?;
        let code = problem["code"].as_str().and_then(Code::lookup).ok_or("no code")?;
        assert_eq!(format!("{code}: {}", problem["detail"].as_str().ok_or("no detail")?), line);
        assert!(problem["hint"].as_str().is_some_and(|hint| hint.ends_with('.')), "{problem}");
    }
    Ok(())
}

#[test]
fn a_rate_limit_says_when_to_come_back() -> Checked {
    let Some(server) = Server::start(&["--max-writes-per-minute", "1"])? else { return Ok(()) };
    let write = || server.ask("/notes/a", &["-X", "PUT", "-d", r#"{"text":"hello"}"#]);
    assert_eq!(write()?.status, 204);
    let answer = write()?;
    assert_eq!(answer.status, 429);
    let problem = answer.json()?;
    assert_eq!(problem["code"], "SEC-010");
    assert_eq!(problem["retry"]["class"], "retry-after-delay");
    let wait = problem["retry"]["after_ms"].as_u64().ok_or("no wait")?;
    assert!((1..=60_000).contains(&wait), "{wait}");
    let seconds: u64 = answer.header("retry-after").ok_or("no header")?.parse()?;
    // The JSON is truncated to milliseconds, so the two may differ at the start of a second.
    assert!(seconds == wait.div_ceil(1000) || (wait % 1000 == 0 && seconds == wait / 1000 + 1), "{seconds} {wait}");
    Ok(())
}
