//! Errors from the HTTP status of another service.
#![cfg(feature = "std")]

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use mcp_error_codes::{Code, McpError, RetryClass, Surface, common, filesystem, hyper_bun, orchestrator, scrum};
use serde_json::json;

fn of(status: u16) -> McpError {
    McpError::from_upstream_status(status).expect("the status is a failure")
}

#[test]
fn a_status_gets_the_code_that_its_meaning_fits() {
    use RetryClass::{DoNotRetry, ReAuthThenRetry, RetryAfterChange, RetryAfterDelay};
    let table: &[(u16, Code, RetryClass)] = &[
        (400, filesystem::INVALID_PARAMETER_VALUE, RetryAfterChange),
        (401, orchestrator::AUTHENTICATION_FAILED, ReAuthThenRetry),
        (402, common::PERMISSION_DENIED, DoNotRetry),
        (403, common::PERMISSION_DENIED, DoNotRetry),
        (404, scrum::NOT_FOUND, RetryAfterChange),
        (405, common::UNSUPPORTED, RetryAfterChange),
        (407, common::MISCONFIGURED, RetryAfterChange),
        (408, hyper_bun::TOOL_EXECUTION_TIMEOUT, RetryAfterChange),
        (409, common::CONFLICT, RetryAfterDelay),
        (410, scrum::NOT_FOUND, RetryAfterChange),
        (411, common::MALFORMED, RetryAfterChange),
        (412, common::FAILED_PRECONDITION, RetryAfterChange),
        (413, common::TOO_LARGE, RetryAfterChange),
        (418, filesystem::INVALID_PARAMETER_VALUE, RetryAfterChange),
        (422, filesystem::INVALID_PARAMETER_VALUE, RetryAfterChange),
        (424, common::UPSTREAM_FAILED, RetryAfterDelay),
        (429, filesystem::RATE_LIMIT_EXCEEDED, RetryAfterDelay),
        (451, common::PERMISSION_DENIED, DoNotRetry),
        (499, common::CANCELLED, DoNotRetry),
        (500, common::UPSTREAM_FAILED, RetryAfterDelay),
        (501, common::UNSUPPORTED, RetryAfterChange),
        (502, hyper_bun::SERVER_UNAVAILABLE, RetryAfterDelay),
        (503, hyper_bun::SERVER_UNAVAILABLE, RetryAfterDelay),
        (504, hyper_bun::TOOL_EXECUTION_TIMEOUT, RetryAfterChange),
        (507, common::EXHAUSTED, RetryAfterChange),
        (520, common::UPSTREAM_FAILED, RetryAfterDelay),
        (599, hyper_bun::TOOL_EXECUTION_TIMEOUT, RetryAfterChange),
        (0, common::UPSTREAM_FAILED, RetryAfterDelay),
        (99, common::UPSTREAM_FAILED, RetryAfterDelay),
        (600, common::UPSTREAM_FAILED, RetryAfterDelay),
        (u16::MAX, common::UPSTREAM_FAILED, RetryAfterDelay),
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
                let message = error.message();
                assert!(message.starts_with("the service behind this tool "), "{message}");
                assert!(message.ends_with(&format!(" (status {status})")), "{message}");
                assert!(error.details().eq([("upstreamStatus", &json!(status))]));
                assert_eq!(error.surface(), Surface::Tool);
            }
        }
    }
}

#[test]
fn a_wait_in_seconds_or_until_a_date_is_taken_over_and_anything_else_is_not() {
    let wait = |text| of(429).with_retry_after_header(text).retry_after();
    assert_eq!(wait("120"), Some(Duration::from_secs(120)));
    assert_eq!(wait(" 0\t"), Some(Duration::ZERO));
    assert_eq!(wait("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::ZERO));
    let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
    assert!(wait(&soon).is_some_and(|wait| (Duration::from_secs(50)..=Duration::from_secs(100)).contains(&wait)));
    for text in ["", "-1", "+1", "1.5", "1s", "Fri, 31 Dec 1999", "99999999999999999999", "١"] {
        assert_eq!(wait(text), None, "{text}");
    }
    // The longest possible wait can be sent too.
    let longest = of(503).with_retry_after_header(&u64::MAX.to_string());
    assert!(longest.tool_result().to_string().contains(&format!("\"after_ms\":{}", u64::MAX)));
}

#[test]
fn the_record_s_schedule_stands_unless_the_upstream_says_more() {
    let seconds = |error: McpError| error.retry_delays().map(|wait| wait.as_secs()).collect::<Vec<_>>();
    assert_eq!(seconds(of(503)), [1, 2]);
    assert_eq!(seconds(of(503).with_retry_after_header("5")), [5, 5]);
    assert_eq!(seconds(of(403)), [0; 0]);
    // If an upstream refuses a request and sends a wait, the wait counts.
    assert_eq!(of(403).with_retry_after_header("60").retry().class, RetryClass::RetryAfterDelay);
}

#[test]
fn a_body_stays_in_the_log() {
    let error = of(500).with_internal("body", "SELECT name FROM users");
    assert!(!error.tool_result().to_string().contains("SELECT"));
    assert!(format!("{error:?}").contains("SELECT name FROM users"));
    assert_eq!(
        error.tool_text(),
        "COMMON-UPSTREAM-FAILED: the service behind this tool failed (status 500)\n\
         Hint: Act on what the other service said; if it said nothing, wait, retry once and report it."
    );
}

#[test]
fn a_caller_reads_what_was_tried_what_went_wrong_how_long_to_wait_and_what_to_do() {
    let error = of(429)
        .with_operation("list the issues")
        .with_retry_after_header("30")
        .with_internal("body", "slow down, key 7");
    assert_eq!(
        error.tool_text(),
        "SEC-010: list the issues: the service behind this tool received too many requests (status 429)\n\
         Retry after 30 s.\n\
         Hint: Wait as long as this text says, or a minute if it names no wait, then send fewer requests."
    );
    // The service's own message reaches the model only if the author passes it on.
    let text = error.with_detail("upstreamMessage", "quota of the project").tool_text();
    assert!(text.contains("\nupstreamMessage: quota of the project\n") && !text.contains("slow down"), "{text}");
}

#[test]
fn the_failures_of_a_service_are_told_apart() {
    let mut errors = [401, 403, 404, 409, 429, 500, 503, 504].map(of).to_vec();
    errors.push(McpError::upstream_unreachable("connection refused"));
    let hints: BTreeSet<_> = errors.iter().map(McpError::hint).collect();
    let messages: BTreeSet<_> = errors.iter().map(|error| error.message().replace(char::is_numeric, "")).collect();
    assert_eq!((hints.len(), messages.len()), (9, 9), "{errors:#?}");
}

#[test]
fn a_hint_can_be_left_out() {
    let text = of(429).with_hint("").tool_text();
    assert!(!text.contains("Hint:"), "{text}");
}

#[cfg(feature = "testing")]
#[test]
fn the_hint_of_a_code_of_one_s_own_wins() {
    use mcp_error_codes::{Kind, setup};

    let error =
        setup().preferred(Kind::RateLimited, common::RATE_LIMITED).run(|| of(429)).expect("these settings are valid");
    assert_eq!(error.hint(), common::RATE_LIMITED.record().hint);
}

#[test]
fn a_status_has_the_kind_of_the_code_that_it_is_passed_on_as() {
    for status in 100..=700 {
        let kind = McpError::from_upstream_status(status).map(|error| error.kind());
        assert_eq!(mcp_error_codes::Kind::of_http_status(status), kind, "{status}");
    }
}
