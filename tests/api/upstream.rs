//! Errors from the HTTP status of another service.
#![cfg(feature = "std")]

use std::time::Duration;

use mcp_error_codes::{Code, McpError, RetryClass, Surface, filesystem, hyper_bun, orchestrator, scrum, super_mcp};
use serde_json::json;

fn of(status: u16) -> McpError {
    McpError::from_upstream_status(status).expect("the status is a failure")
}

#[test]
fn a_status_gets_the_code_that_its_meaning_fits() {
    let table: &[(u16, Code, RetryClass)] = &[
        (400, filesystem::INVALID_PARAMETER_VALUE, RetryClass::RetryAfterChange),
        (401, orchestrator::AUTHENTICATION_FAILED, RetryClass::ReAuthThenRetry),
        (403, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (404, scrum::NOT_FOUND, RetryClass::RetryAfterChange),
        (405, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (408, hyper_bun::SERVER_UNAVAILABLE, RetryClass::RetryAfterDelay),
        (409, scrum::CONFLICT, RetryClass::RetryAfterChange),
        (410, scrum::NOT_FOUND, RetryClass::RetryAfterChange),
        (413, filesystem::INVALID_PARAMETER_VALUE, RetryClass::RetryAfterChange),
        (418, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (422, filesystem::INVALID_PARAMETER_VALUE, RetryClass::RetryAfterChange),
        (429, filesystem::RATE_LIMIT_EXCEEDED, RetryClass::RetryAfterDelay),
        (500, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (501, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (502, hyper_bun::SERVER_UNAVAILABLE, RetryClass::RetryAfterDelay),
        (503, hyper_bun::SERVER_UNAVAILABLE, RetryClass::RetryAfterDelay),
        (504, hyper_bun::SERVER_UNAVAILABLE, RetryClass::RetryAfterDelay),
        (599, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (0, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (99, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (600, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
        (u16::MAX, super_mcp::DOWNSTREAM_ERROR, RetryClass::RetryAfterChange),
    ];
    for &(status, code, class) in table {
        let error = of(status);
        assert_eq!((error.code(), error.retry().class), (Some(code), class), "{status}");
    }
}

#[test]
fn every_failure_names_its_status_and_every_success_is_none() {
    for status in 0..=1000 {
        match McpError::from_upstream_status(status) {
            None => assert!((100..400).contains(&status), "{status}"),
            Some(error) => {
                assert!(!(100..400).contains(&status), "{status}");
                assert_eq!(error.message(), format!("the upstream answered with status {status}"));
                assert!(error.details().eq([("upstreamStatus", &json!(status))]));
                assert_eq!(error.surface(), Surface::Tool);
            }
        }
    }
}

#[test]
fn a_wait_in_seconds_is_taken_over_and_anything_else_is_not() {
    let wait = |text| of(429).with_retry_after_header(text).retry_after();
    assert_eq!(wait("120"), Some(Duration::from_secs(120)));
    assert_eq!(wait(" 0\t"), Some(Duration::ZERO));
    for text in ["", "-1", "+1", "1.5", "1s", "Fri, 31 Dec 1999 23:59:59 GMT", "99999999999999999999", "١"] {
        assert_eq!(wait(text), None, "{text}");
    }
    // The longest possible wait can be sent as well.
    let longest = of(503).with_retry_after_header(&u64::MAX.to_string());
    assert!(longest.tool_result().to_string().contains(&format!("\"after_ms\":{}", u64::MAX)));
}

#[test]
fn the_record_s_schedule_stands_unless_the_upstream_says_more() {
    let seconds = |error: McpError| error.retry_delays().map(|wait| wait.as_secs()).collect::<Vec<_>>();
    assert_eq!(seconds(of(503)), [1, 2]);
    assert_eq!(seconds(of(503).with_retry_after_header("5")), [5, 5]);
    assert_eq!(seconds(of(403)), [0; 0]);
    // An upstream that names a wait with a refusal means it.
    assert_eq!(of(403).with_retry_after_header("60").retry().class, RetryClass::RetryAfterDelay);
}

#[test]
fn a_body_stays_in_the_log() {
    let error = of(500).with_internal("body", "SELECT name FROM users");
    assert!(!error.tool_result().to_string().contains("SELECT"));
    assert!(format!("{error:?}").contains("SELECT name FROM users"));
    assert_eq!(
        error.tool_text(),
        "-32007: the upstream answered with status 500\n\
         Hint: Read the upstream error and deal with what it names before you repeat the call."
    );
}
