//! The record of an error whose code is unknown.

use mcp_error_codes_core::{Category, Family, Record, RecordBuilder, Retry, RetryClass, Severity, Surface, System};

/// It is not part of any registry, and `lookup` does not find it.
pub(crate) static UNKNOWN: Record = RecordBuilder::new(0, "UNKNOWN", &SYSTEM, &FAMILIES[0], "UNKNOWN", "Unknown error")
    .summary("A peer sent an error whose code is not in any registry that is known here.")
    .hint("Read the message of the error, and ask the server's documentation for its code.")
    .severity(Severity::Error)
    .category(Category::General)
    .retry(Retry::new(RetryClass::DoNotRetry))
    .surface(Surface::Protocol)
    .build();

static SYSTEM: System = System::__new(
    "unknown",
    "unknown",
    "Unknown system",
    "A system whose codes are not in any registry that is known here.",
    "0.1.0",
    "none",
    &[],
    FAMILIES,
    None,
);

const FAMILIES: &[Family] =
    &[Family::__new("UNKNOWN", "Unknown", "Codes that are not known here.", &[], &[], &[], &[])];
