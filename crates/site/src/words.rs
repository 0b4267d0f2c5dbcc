//! Labels for readers who do not know the words of this crate.

use mcp_error_codes::{Kind, RetryClass, Severity, Surface};

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Info",
        Severity::Warn => "Warning",
        Severity::Error => "Error",
        Severity::Fatal => "Fatal",
        other => other.as_str(),
    }
}

/// Returns the word of a kind as a title: `Not found`.
pub(crate) fn kind(kind: Kind) -> String {
    capitalized(&kind.as_str().replace('_', " "))
}

pub(crate) fn surface(surface: Surface) -> &'static str {
    match surface {
        Surface::Tool => "Tool result",
        Surface::Protocol => "JSON-RPC error",
        Surface::Local => "Not sent",
        other => other.as_str(),
    }
}

pub(crate) fn retry(class: RetryClass) -> &'static str {
    match class {
        RetryClass::RetryNowSafe => "Retry at once",
        RetryClass::RetryAfterDelay => "Retry after a delay",
        RetryClass::RetryAfterChange => "Retry after a change",
        RetryClass::DoNotRetry => "Do not retry",
        RetryClass::ReAuthThenRetry => "Authenticate, then retry",
        other => other.as_str(),
    }
}

/// Returns a word with its first letter in upper case and the rest in lower case.
pub(crate) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Returns a number of milliseconds in the largest unit that makes it a whole number.
pub(crate) fn duration(milliseconds: u128) -> String {
    match milliseconds {
        0 => "no delay".to_owned(),
        whole if whole.is_multiple_of(3_600_000) => format!("{} h", whole / 3_600_000),
        whole if whole.is_multiple_of(60_000) => format!("{} min", whole / 60_000),
        whole if whole.is_multiple_of(1_000) => format!("{} s", whole / 1_000),
        other => format!("{other} ms"),
    }
}

/// Returns a number with its noun, in the plural unless the number is one.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Returns the reason phrase of an HTTP status in the IANA registry, or an empty string if it has none.
pub(crate) fn status(status: u16) -> &'static str {
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
