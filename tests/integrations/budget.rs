//! Error budgets: shares, windows, and the limit of endpoints.
#![cfg(feature = "budget")]

use std::thread;
use std::time::Duration;

use mcp_error_codes::observe::ErrorBudget;
use mcp_error_codes::{Code, McpError, filesystem, hyper_bun};

type Outcome = Result<(), McpError>;

fn failed() -> Outcome {
    Err(McpError::new(hyper_bun::TOOL_EXECUTION_FAILED))
}

#[test]
fn a_budget_is_spent_above_its_share_and_not_at_it() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED);
    assert!(!budget.is_spent("probe"));
    (0..199).for_each(|_| budget.record("probe", &Outcome::Ok(())));
    budget.record("probe", &failed());
    assert_eq!(budget.usage("probe").error_rate(), 0.005);
    assert!(!budget.is_spent("probe"));
    budget.record("probe", &failed());
    assert!(budget.is_spent("probe"));
    assert!(!budget.is_spent("search"));
}

#[test]
fn former_codes_count_and_other_codes_do_not() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED);
    budget.record("a", &Outcome::Err(McpError::new(Code::lookup("NX-800").expect("the former name is there"))));
    budget.record("a", &Outcome::Err(McpError::new(hyper_bun::TOOL_EXECUTION_TIMEOUT)));
    budget.record("a", &Outcome::Err(McpError::new(filesystem::DISK_FULL)));
    let usage = budget.usage("a");
    assert_eq!((usage.requests, usage.errors), (3, 1));
}

#[test]
fn endpoints_beyond_the_limit_count_as_one() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).max_endpoints(3);
    for endpoint in 0..1000 {
        budget.record(&format!("endpoint {endpoint}"), &failed());
    }
    let own = (0..3).filter(|endpoint| budget.usage(&format!("endpoint {endpoint}")).requests == 1).count();
    assert_eq!(own, 3);
    assert_eq!(budget.usage("endpoint 3").requests, 997);
    // An endpoint that was never seen counts as one of them too.
    assert_eq!(budget.usage("another").requests, 997);
    let none = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).max_endpoints(0);
    none.record("a", &failed());
    assert_eq!(none.usage("b").requests, 1);
}

#[test]
fn the_window_moves_on() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).window(Duration::from_millis(200));
    budget.record("a", &failed());
    assert!(budget.is_spent("a"));
    thread::sleep(Duration::from_millis(260));
    assert!(!budget.is_spent("a"));
    assert_eq!(budget.usage("a").requests, 0);
}

#[test]
fn too_few_requests_spend_no_budget() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).min_requests(3);
    budget.record("a", &failed());
    budget.record("a", &failed());
    assert!(!budget.is_spent("a"));
    budget.record("a", &failed());
    assert!(budget.is_spent("a"));
}

#[test]
fn threads_lose_no_request() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).window(Duration::from_secs(3600)).max_endpoints(2);
    thread::scope(|scope| {
        for thread in 0..4 {
            let budget = &budget;
            scope.spawn(move || {
                for request in 0..5000 {
                    let outcome = if request % 100 == 0 { failed() } else { Ok(()) };
                    budget.record(["a", "b"][thread % 2], &outcome);
                }
            });
        }
    });
    for endpoint in ["a", "b"] {
        let usage = budget.usage(endpoint);
        assert_eq!((usage.requests, usage.errors), (10_000, 100));
    }
}

#[test]
fn settings_out_of_range_are_moved_into_it() {
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).share(f64::NAN).window(Duration::ZERO);
    budget.record("a", &Outcome::Ok(()));
    assert!(!budget.is_spent("a"));
    let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).share(7.0);
    budget.record("a", &failed());
    assert!(!budget.is_spent("a"), "{budget:?}");
}
