//! Retry advice of records and of errors.
#![cfg(feature = "std")]

use std::time::Duration;

use mcp_error_codes::__private::RecordBuilder;
use mcp_error_codes::record::{Backoff, Family, Retry};
use mcp_error_codes::{Code, McpError, Record, RetryClass, System, filesystem, hyper_bun, mcp, scrum};

fn seconds(waits: impl Iterator<Item = Duration>) -> Vec<u64> {
    waits.map(|wait| wait.as_secs()).collect()
}

#[test]
fn the_waits_of_every_record_end_unless_its_tries_are_unlimited() {
    for code in Code::all() {
        let retry = code.record().retry;
        let is_endless = retry.backoff.is_some() && retry.attempts.is_none();
        let count = retry.delays().take(10_000).count();
        match (is_endless, retry.attempts) {
            (true, _) => assert_eq!(count, 10_000, "{code}"),
            (false, Some(attempts)) => {
                assert_eq!(count, attempts as usize - 1, "{code}: the first try waits for nothing")
            }
            (false, None) => assert_eq!(count, usize::from(retry.class == RetryClass::RetryNowSafe), "{code}"),
        }
        let max = retry.max_ms.map(Duration::from_millis);
        assert!(max.is_none_or(|max| retry.delays().take(10_000).all(|wait| wait <= max)), "{code}");
        let bare = McpError::new(code);
        assert_eq!(bare.retry(), retry);
        assert!(bare.retry_delays().take(100).eq(retry.delays().take(100)));
        assert_eq!(bare.retry_after(), retry.initial_ms.map(Duration::from_millis));
    }
    let endless =
        Code::all().filter(|code| code.record().retry.backoff.is_some() && code.record().retry.attempts.is_none());
    assert_eq!(endless.collect::<Vec<_>>(), [hyper_bun::SERVER_NOT_AVAILABLE]);
}

/// A retry loop asks the error of each attempt how long to wait.
#[test]
fn after_each_try_a_loop_waits_as_its_error_says() {
    for code in Code::all() {
        let retry = code.record().retry;
        let bare = McpError::new(code);
        let mut waits = retry.delays();
        for tries in 1..50 {
            assert_eq!(bare.retry_after_tries(tries), waits.next(), "{code}, {tries}");
        }
        assert_eq!(bare.retry_after_tries(0), bare.retry_after_tries(1), "{code}");

        // The wait takes precedence over the schedule, but not over the number of attempts.
        let wait = Duration::from_millis(7);
        let told = bare.with_retry_after(wait);
        for tries in (0..50).chain([u32::MAX]) {
            let goes_on = is_wait_enough(retry.class) && retry.attempts.is_none_or(|attempts| tries < attempts);
            assert_eq!(told.retry_after_tries(tries), goes_on.then_some(wait), "{code}, {tries}");
        }
    }
    let endless = McpError::new(hyper_bun::SERVER_NOT_AVAILABLE);
    assert_eq!(endless.retry_after_tries(u32::MAX), Some(Duration::from_secs(30)));
}

/// Returns whether a wait is enough before the next try, once one is set.
fn is_wait_enough(class: RetryClass) -> bool {
    class != RetryClass::ReAuthThenRetry
}

/// An error follows its class. If a wait is set, every class waits but the one that asks for a login.
#[test]
fn only_a_class_that_is_worthwhile_advises_another_try() {
    for code in Code::all() {
        let bare = McpError::new(code);
        let class = bare.retry().class;
        let is_worthwhile = matches!(class, RetryClass::RetryNowSafe | RetryClass::RetryAfterDelay);
        assert_eq!(bare.retry().is_worthwhile(), is_worthwhile, "{code}");
        if !is_worthwhile {
            let advice = (bare.retry_after(), bare.retry_after_tries(1), bare.retry_delays().next());
            assert_eq!(advice, (None, None, None), "{code}");
        }

        for wait in [Duration::ZERO, Duration::from_millis(7), Duration::from_secs(3_600)] {
            let told = bare.clone().with_retry_after(wait);
            assert_eq!(told.retry().is_worthwhile(), is_wait_enough(class), "{code}");
            if !is_wait_enough(class) {
                assert_eq!((told.retry(), told.retry_after()), (bare.retry(), Some(wait)), "{code}");
                assert_eq!(told.retry_delays().next(), None, "{code}");
                continue;
            }
            assert_eq!((told.retry_after(), told.retry_delays().next()), (Some(wait), Some(wait)), "{code}");
            assert!(told.retry_delays().take(100).all(|next| next >= wait), "{code}");
            let tries = bare.retry_delays().take(100).count().max(1);
            assert_eq!(told.retry_delays().take(100).count(), tries, "{code}: as often as without");
        }
    }
}

#[test]
fn a_retry_that_is_safe_at_once_is_made_once() {
    let retry = Retry::new(RetryClass::RetryNowSafe);
    assert_eq!(retry.delays().collect::<Vec<_>>(), [Duration::ZERO]);
    assert_eq!(retry.delays().nth(1), None);
}

#[test]
fn the_waits_of_an_error_are_a_backoff() {
    let waits = backon::BackoffBuilder::build(McpError::new(hyper_bun::SERVER_UNAVAILABLE).retry_delays());
    assert_eq!(seconds(waits), [1, 2]);
}

#[test]
fn exponential_waits_double_up_to_their_cap() {
    let waits = hyper_bun::SERVER_NOT_AVAILABLE.record().retry.delays();
    assert_eq!(seconds(waits.clone().take(8)), [1, 2, 4, 8, 16, 30, 30, 30]);
    // A wait stays at its maximum, even beyond the range of an integer.
    assert_eq!(seconds(waits.skip(200).take(2)), [30, 30]);
    assert_eq!(seconds(hyper_bun::SERVER_UNAVAILABLE.record().retry.delays()), [1, 2]);
}

#[test]
fn linear_and_fixed_waits_follow_their_documents() {
    assert_eq!(filesystem::READ_ERROR.record().retry.backoff, Some(Backoff::Linear));
    assert_eq!(seconds(McpError::new(filesystem::READ_ERROR).retry_delays()), [1, 2]);
    assert_eq!(scrum::SCRUM_ERROR.record().retry.backoff, Some(Backoff::Fixed));
    assert_eq!(seconds(McpError::new(scrum::SCRUM_ERROR).retry_delays()), [1, 1, 1]);
}

#[test]
fn no_wait_is_shorter_than_one_that_was_set() {
    let told = McpError::new(hyper_bun::SERVER_UNAVAILABLE).with_retry_after(Duration::from_secs(5));
    assert_eq!(told.retry_after(), Some(Duration::from_secs(5)));
    assert_eq!(seconds(told.retry_delays()), [5, 5]);
    assert_eq!(told.retry(), hyper_bun::SERVER_UNAVAILABLE.record().retry);
    let again = told.with_retry_after(Duration::ZERO);
    assert_eq!(seconds(again.retry_delays()), [0, 2]);
}

#[test]
fn a_code_that_allows_one_try_only_is_not_tried_again() {
    static FAMILY: Family = Family::__new("ONCE", "Once", "", &[], &[], &[], &[]);
    static SYSTEM: System = System::__new("once", "once", "Once", "", "1.0.0", "none", &[], &[], None);
    const ONCE: Retry =
        Retry::__new(RetryClass::RetryAfterDelay, Some(Backoff::Fixed), Some(1), Some(1_000), Some(1_000));
    static RECORD: Record = RecordBuilder::new(0, "ONCE-1", &SYSTEM, &FAMILY, "ONCE", "Once").retry(ONCE).build();
    let bare = McpError::from_record(&RECORD);
    for error in [bare.clone(), bare.with_retry_after(Duration::from_secs(5))] {
        assert_eq!(error.retry_delays().count(), 0);
        assert_eq!([0, 1, 2].map(|tries| error.retry_after_tries(tries)), [None; 3]);
    }
}

#[test]
fn a_wait_that_was_set_makes_a_retry_worthwhile() {
    let refused = McpError::new(filesystem::SYMLINK_ESCAPE);
    assert_eq!(refused.retry_delays().count(), 0);
    assert_eq!((refused.retry().class, refused.retry_after()), (RetryClass::DoNotRetry, None));
    let told = refused.with_retry_after(Duration::from_millis(250));
    assert_eq!(told.retry().class, RetryClass::RetryAfterDelay);
    assert!(told.retry().is_worthwhile());
    assert_eq!(told.retry_delays().collect::<Vec<_>>(), [Duration::from_millis(250)]);
}

#[test]
fn a_wait_does_not_replace_what_has_to_happen_before_the_retry() {
    let told = McpError::from_upstream_status(401).expect("a failure").with_retry_after_header("60");
    assert_eq!(told.retry().class, RetryClass::ReAuthThenRetry);
    assert_eq!(told.retry_after(), Some(Duration::from_secs(60)));
    let sent = told.tool_result().to_string();
    assert!(sent.contains(r#""retry":{"class":"re-auth-then-retry","after_ms":60000}"#), "{sent}");
    assert!(told.tool_text().contains("\nRetry after 60 s.\nHint: "), "{}", told.tool_text());
    let change = McpError::new(mcp::INVALID_PARAMS).with_retry_after(Duration::from_secs(1));
    assert_eq!(change.retry().class, RetryClass::RetryAfterDelay);
}

#[test]
fn a_class_without_a_schedule_gives_no_waits() {
    assert_eq!(McpError::new(filesystem::RATE_LIMIT_EXCEEDED).retry().class, RetryClass::RetryAfterDelay);
    assert_eq!(McpError::new(filesystem::RATE_LIMIT_EXCEEDED).retry_delays().count(), 0);
    assert_eq!(McpError::new(mcp::INVALID_PARAMS).retry_delays().count(), 0);
    assert!(!mcp::INVALID_PARAMS.record().retry.is_worthwhile());
}

#[test]
fn the_longest_wait_is_kept() {
    let told = McpError::new(filesystem::RATE_LIMIT_EXCEEDED).with_retry_after(Duration::MAX);
    assert_eq!(told.retry_delays().collect::<Vec<_>>(), [Duration::MAX]);
    let json = told.tool_result().to_string();
    assert!(json.contains(&format!(r#""retry":{{"class":"retry-after-delay","after_ms":{}}}"#, u64::MAX)), "{json}");
}
