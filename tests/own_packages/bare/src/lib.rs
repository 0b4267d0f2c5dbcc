//! A registry in a crate without the standard library.
#![no_std]

mcp_error_codes::include_registry!();

/// Returns the code of the number that a device reports.
#[must_use]
pub const fn of_status(status: i64) -> Option<Code> {
    Code::by_number(status)
}
