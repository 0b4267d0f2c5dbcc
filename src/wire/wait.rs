//! The wait that a peer asks for, wherever it is.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::error::retry_after;

/// The maximum depth at which a wait is found: `error.data.retry.after_ms`, and headers in a body.
const MAX_DEPTH: usize = 4;

/// Finds a wait in a peer's message.
pub(crate) fn find(value: &Value) -> Option<Duration> {
    find_in(value.as_object()?)
}

/// Finds a wait in the members of an object: `retry.after_ms`, `retryAfterMs`, `retry_after_seconds`, `retryAfter` and
/// `Retry-After`, in any spelling. A member of the object itself takes precedence over a member of a nested object.
pub(crate) fn find_in(object: &Map<String, Value>) -> Option<Duration> {
    find_within(object, 0)
}

fn find_within(object: &Map<String, Value>, depth: usize) -> Option<Duration> {
    let own = object.iter().find_map(|(name, value)| member(name, value));
    let within = |(_, value): (&String, &Value)| find_within(value.as_object()?, depth + 1);
    own.or_else(|| (depth < MAX_DEPTH).then(|| object.iter().find_map(within)).flatten())
}

fn member(name: &str, value: &Value) -> Option<Duration> {
    let letters = name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b' '));
    let name: String = letters.take(MAX_NAME + 1).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    match name.as_str() {
        "retryafterms" | "retryaftermillis" | "retryaftermilliseconds" => number(value, 1_000.0),
        "retryafter" | "retryafterseconds" | "retryaftersecs" | "retryaftersec" | "retryafters" => {
            number(value, 1.0).or_else(|| retry_after::parse(value.as_str()?))
        }
        "retry" => number(value.get("after_ms").or_else(|| value.get("afterMs"))?, 1_000.0),
        _ => None,
    }
}

/// The maximum number of letters in one of these names.
const MAX_NAME: usize = 24;

/// Converts a number, or a string that is a number, to a wait. Returns `None` for a negative or too large number.
fn number(value: &Value, per_second: f64) -> Option<Duration> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    Duration::try_from_secs_f64(number / per_second).ok()
}
