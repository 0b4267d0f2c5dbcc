//! The record of an error whose code is unknown.

use mcp_error_codes_core::{Category, Family, Record, RecordBuilder, Retry, RetryClass, Severity, Surface, System};

/// It is not part of any registry, and `lookup` does not find it.
pub(crate) static UNKNOWN: Record = RecordBuilder::new(0, "UNKNOWN", &SYSTEM, &FAMILIES[0], "UNKNOWN", "Unknown error")
    .summary("A peer sent an error with a code that is in no known registry.")
    .hint("Read the error message, and look up its code in the server's documentation.")
    .severity(Severity::Error)
    .category(Category::General)
    .retry(Retry::new(RetryClass::DoNotRetry))
    .surface(Surface::Protocol)
    .build();

static SYSTEM: System = System::__new(
    "unknown",
    "unknown",
    "Unknown system",
    "A system whose codes are in no known registry.",
    "0.1.0",
    "none",
    &[],
    FAMILIES,
    None,
);

const FAMILIES: &[Family] = &[Family::__new("UNKNOWN", "Unknown", "Unknown codes.", &[], &[], &[], &[])];
