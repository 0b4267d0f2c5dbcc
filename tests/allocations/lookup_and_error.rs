//! Allocations of lookup and of errors: none to find a code, and none for a bare error.
#![cfg(feature = "std")]

use std::fmt::{self, Write};
use std::hint::black_box;

use mcp_error_codes::{
    Code, McpError, ResultExt, by_number, filesystem, find, hyper_bun, in_system, scrum, specification_code,
};

/// Counts the allocations of a function. The result is dropped before the count ends.
fn allocations<T>(mut work: impl FnMut() -> T) -> u64 {
    crate::allocations(|| drop(black_box(work())))
}

/// Accepts any text and stores nothing.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| ()), 0);
    assert_eq!(allocations(|| Box::new(1)), 1);
    assert_eq!(allocations(|| [String::from("a"), String::from("b")]), 2);
}

#[test]
fn finding_a_code_allocates_nothing() {
    for code in Code::all() {
        let full_name = code.record().full_name().to_string();
        let (lower, number) = (code.as_str().to_lowercase(), code.record().json_rpc_number());
        assert_eq!(allocations(|| Code::lookup(black_box(code.as_str()))), 0);
        assert_eq!(allocations(|| Code::lookup(black_box(&full_name))), 0);
        // A reserved number without one meaning is an error, which stores the text and lists the records that use it.
        let most = if find(&lower).is_ok() { 0 } else { 2 };
        assert!(allocations(|| find(black_box(&lower)).is_ok()) <= most, "{lower}");
        assert_eq!(allocations(|| find(black_box(code.record().name)).is_ok()), 0);
        assert_eq!(allocations(|| by_number(black_box(number)).count()), 0);
        assert_eq!(allocations(|| in_system(black_box(code.record().system.name)).by_number(number).next()), 0);
        assert_eq!(
            allocations(|| (
                specification_code(black_box(number)),
                Code::by_number(number),
                code.record(),
                code.current()
            )),
            0
        );
    }
    assert_eq!(allocations(|| Code::lookup(black_box("no such code"))), 0);
    assert_eq!(allocations(|| Code::in_family("filesystem", "FS").count()), 0);
    let long = "x".repeat(1_000_000);
    assert_eq!(allocations(|| Code::lookup(black_box(&long))), 0);
}

#[test]
fn a_bare_error_allocates_nothing() {
    for code in Code::all() {
        let error = McpError::new(code);
        assert_eq!(allocations(|| McpError::new(black_box(code))), 0);
        assert_eq!(allocations(|| error.clone()), 0);
        assert_eq!(allocations(|| (error.message().len(), error.record(), error.surface(), error.retry())), 0);
        assert_eq!(allocations(|| (error.code() == Some(code), error.is(code), error.detail("x").is_some())), 0);
        assert_eq!(allocations(|| error.retry_delays().take(10).count()), 0);
    }
    assert_eq!(allocations(filesystem::disk_full), 0);
    assert_eq!(allocations(|| None::<u8>.or_code(filesystem::DISK_FULL).is_err()), 0);
}

#[test]
fn showing_a_bare_error_allocates_nothing_unless_its_system_is_named() {
    for code in Code::all() {
        let error = McpError::new(code);
        let shown = allocations(|| write!(Nowhere, "{error}").is_ok());
        assert_eq!(shown == 0, !code.record().is_ambiguous(), "{code}: {shown}");
    }
}

#[test]
fn an_error_with_one_text_allocates_its_box_and_the_text() {
    assert_eq!(allocations(|| filesystem::file_not_found(black_box("src/main.rs"))), 2);
    assert_eq!(
        allocations(|| McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("toolName", black_box("checksum"))),
        2
    );
    assert_eq!(
        allocations(|| McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("latencyMs", black_box(2_345))),
        1
    );
    assert_eq!(allocations(|| filesystem::file_size_exceeded(black_box(2_048), 1_024)), 1);
    assert_eq!(allocations(|| McpError::new(filesystem::DISK_FULL).with_message(black_box("no room left"))), 1);
    assert_eq!(allocations(|| McpError::new(filesystem::DISK_FULL).with_error_id(black_box("e-1"))), 1);
}

#[test]
fn two_details_fit_without_a_list_of_their_own() {
    assert_eq!(allocations(|| scrum::not_found(black_box("Task"), "abc")), 3);
    assert_eq!(allocations(|| scrum::not_found(black_box("Task"), "abc").with_detail("zone", 1)), 4);
}

#[cfg(feature = "tracing-0_1")]
#[test]
fn tracing_an_error_that_nobody_listens_to_allocates_nothing() {
    for code in Code::all() {
        let mut error = McpError::new(code);
        // `tracing` registers the first event of each level.
        error.trace();
        assert_eq!(allocations(|| error.trace()), 0);
    }
}

#[cfg(feature = "metrics-0_24")]
#[test]
fn an_error_that_is_counted_already_allocates_nothing() {
    for code in Code::all() {
        let mut error = McpError::new(code).counted();
        assert_eq!(allocations(|| error.count()), 0);
    }
}
