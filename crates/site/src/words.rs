//! The closed vocabularies in words that a reader understands without this crate.

use mcp_error_codes::{Backoff, Category, ExampleType, Fact, JsonRpcNumber, ParamType, RetryClass, Severity, Surface};

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Info",
        Severity::Warn => "Warning",
        Severity::Error => "Error",
        Severity::Fatal => "Fatal",
        other => other.as_str(),
    }
}

pub(super) fn category(category: Category) -> &'static str {
    match category {
        Category::General => "General",
        Category::Resource => "Resource",
        Category::Validation => "Validation",
        other => other.as_str(),
    }
}

pub(super) fn surface(surface: Surface) -> &'static str {
    match surface {
        Surface::Tool => "Tool result",
        Surface::Protocol => "JSON-RPC error",
        other => other.as_str(),
    }
}

pub(super) fn retry(class: RetryClass) -> &'static str {
    match class {
        RetryClass::RetryNowSafe => "Retry at once",
        RetryClass::RetryAfterDelay => "Retry after a delay",
        RetryClass::RetryAfterChange => "Retry after a change",
        RetryClass::DoNotRetry => "Do not retry",
        RetryClass::ReAuthThenRetry => "Authenticate, then retry",
        other => other.as_str(),
    }
}

pub(super) fn retry_advice(class: RetryClass) -> &'static str {
    match class {
        RetryClass::RetryNowSafe => "The same request may be sent again at once.",
        RetryClass::RetryAfterDelay => "It clears by waiting. Send the same request again later.",
        RetryClass::RetryAfterChange => "The same request fails again. Change it, or what is around it, first.",
        RetryClass::DoNotRetry => "To try again does not help, or does harm.",
        RetryClass::ReAuthThenRetry => "Authenticate first, then send the same request again.",
        other => other.as_str(),
    }
}

pub(super) fn backoff(kind: Backoff) -> &'static str {
    match kind {
        Backoff::Fixed => "Every wait is the same",
        Backoff::Linear => "Each wait is longer by the first one",
        Backoff::Exponential => "Each wait is twice the one before",
        other => other.as_str(),
    }
}

pub(super) fn param_type(ty: ParamType) -> &'static str {
    match ty {
        ParamType::String => "text",
        ParamType::Integer => "whole number",
        ParamType::List => "list of texts",
        other => other.as_str(),
    }
}

pub(super) fn example(kind: ExampleType) -> &'static str {
    match kind {
        ExampleType::Message => "Message",
        ExampleType::Log => "Log",
        ExampleType::Response => "Response",
        ExampleType::Call => "Call",
        ExampleType::Config => "Configuration",
        ExampleType::Case => "Case",
        other => other.as_str(),
    }
}

pub(super) fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::HttpStatus => "the HTTP status",
        Fact::Severity => "the severity",
        Fact::Category => "the category",
        Fact::Recoverable => "whether it is recoverable",
        Fact::Retry => "the retry advice",
        other => other.as_str(),
    }
}

/// Tells in which versions of the protocol a number holds.
pub(super) fn versions(number: JsonRpcNumber) -> String {
    match (number.since, number.until) {
        (None, None) => "every version".to_owned(),
        (Some(since), None) => format!("{since} and later"),
        (None, Some(until)) => format!("up to {until}"),
        (Some(since), Some(until)) if since == until => format!("{since} only"),
        (Some(since), Some(until)) => format!("{since} to {until}"),
    }
}

/// Writes a number of milliseconds in the largest unit that leaves it whole.
pub(super) fn duration(milliseconds: u128) -> String {
    match milliseconds {
        0 => "no wait".to_owned(),
        whole if whole.is_multiple_of(3_600_000) => format!("{} h", whole / 3_600_000),
        whole if whole.is_multiple_of(60_000) => format!("{} min", whole / 60_000),
        whole if whole.is_multiple_of(1_000) => format!("{} s", whole / 1_000),
        other => format!("{other} ms"),
    }
}

/// Writes texts as a sentence has them: `a, b and c`.
pub(super) fn list(texts: &[&str]) -> String {
    match texts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Writes a number with its noun, in the plural where it is not one.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Returns the phrase of an HTTP status, as RFC 9110 and the registry of IANA have it; empty for a status without one.
pub(super) fn status(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        511 => "Network Authentication Required",
        _ => "",
    }
}
