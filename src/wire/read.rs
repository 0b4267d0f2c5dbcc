//! Functions shared by the readers of several forms.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::codes::unknown::UNKNOWN;
use crate::error::Received;
use crate::matching::candidate::CodePlace;
use crate::matching::rank::Parts;
use crate::wire::identify::identified;
use crate::wire::limits::MAX_DETAILS;
use crate::wire::reader::Reader;
use crate::wire::wait;
use crate::{McpError, Record, Surface};

/// Returns whether the object is neither a JSON-RPC response nor a body with an `error`. Some servers write the unused
/// member as null.
#[inline]
pub(crate) fn is_alone(object: &Map<String, Value>) -> bool {
    ["error", "result"].iter().all(|key| object.get(*key).is_none_or(Value::is_null))
}

/// Returns whether the object has a textual code and a message.
#[inline]
pub(crate) fn is_coded(object: &Map<String, Value>) -> bool {
    ["code", "message"].iter().all(|key| object.get(*key).is_some_and(Value::is_string))
}

/// Reads `code`, `message` and `details`.
#[inline]
pub(crate) fn read_coded(mut object: Map<String, Value>, reader: Reader<'_>) -> McpError {
    let code = take_text(&mut object, "code").unwrap_or_default();
    let message = take_text(&mut object, "message").unwrap_or_default();
    let details = take_object(&mut object, "details");
    let wait = wait::find_in(&object).or_else(|| wait::find_in(&details));
    let parts = Parts {
        system: reader.system,
        code: Some((&code, if code.contains(':') { CodePlace::FullName } else { CodePlace::Member })),
        message: Some(&message),
        ..Parts::default()
    };
    let record = identified(&parts)
        .map(|found| found.record)
        .filter(|record| record.code == code || code.ends_with(record.code) || record.aliases.contains(&code.as_str()));
    let Some(record) = record else {
        let system = reader.system.map(str::to_owned);
        let unknown = Received { code: Some(code), system, data: Some(Value::Object(object)), number: None };
        return with_wait(received_with(None, message, details, unknown), wait);
    };
    // The members of the standard response of the reference.
    let is_known = |name: &str, value: &Value| match name {
        "error" | "category" | "ref" | "recoverable" | "timestamp" => true,
        "status" => *value == record.http_status,
        _ => false,
    };
    let error = with_wait(received_with(Some(record), message, details, Received::default()), wait);
    with_rest(error, rest(object, &is_known))
}

/// Creates an error of a record, or of `UNKNOWN`, with the received values.
#[inline]
pub(crate) fn received(record: Option<&'static Record>, message: String, received: Received) -> McpError {
    received_with(record, message, Map::new(), received)
}

/// Creates an error as [`received`] does, with details.
#[inline]
pub(crate) fn received_with(
    record: Option<&'static Record>,
    message: String,
    details: Map<String, Value>,
    received: Received,
) -> McpError {
    let error = McpError::from_record(record.unwrap_or(&UNKNOWN));
    with_received(add(error, message, details), received)
}

#[inline]
pub(crate) fn with_received(error: McpError, received: Received) -> McpError {
    if received == Received::default() {
        return error;
    }
    let wait = received.data.as_ref().and_then(wait::find);
    with_wait(error.with_received(received), wait)
}

#[inline]
pub(crate) fn with_wait(error: McpError, wait: Option<Duration>) -> McpError {
    match wait.filter(|wait| Some(*wait) != error.retry_after()) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    }
}

/// Adds the received values. A message that the error already has is not stored again.
#[inline]
pub(crate) fn add(mut error: McpError, message: String, mut details: Map<String, Value>) -> McpError {
    // JSON objects are unordered here, so the parameters of a message come first, in the order of the message, as a
    // constructor adds them.
    let scenarios = error.brief().scenarios.iter().flat_map(|case| case.params);
    let params = error.brief().params.iter().chain(scenarios);
    let of_params: Vec<_> = params.filter_map(|param| details.remove_entry(param.name)).collect();
    for (name, value) in of_params.into_iter().chain(details).take(MAX_DETAILS) {
        // A peer may send anything, so the name decides about redaction too.
        error = error.with_value(name.into(), value);
    }
    match error.message() == message {
        true => error,
        false => error.with_message(message),
    }
}

#[inline]
pub(crate) fn on_surface(error: McpError, surface: Surface) -> McpError {
    match error.surface() == surface {
        true => error,
        false => error.with_surface(surface),
    }
}

/// Keeps what a peer sent beside the members that its form has. Nothing that was sent is lost.
#[inline]
pub(crate) fn with_rest(error: McpError, mut rest: Map<String, Value>) -> McpError {
    if rest.is_empty() {
        return error;
    }
    let own = error.received().cloned().unwrap_or_default();
    let is_free = |data: &Map<String, Value>| !data.keys().any(|name| rest.contains_key(name));
    match own.data.clone() {
        None => {}
        Some(Value::Object(data)) if is_free(&data) => rest.extend(data),
        Some(data) => drop(rest.insert("data".to_owned(), data)),
    }
    error.with_received(Received { data: Some(Value::Object(rest)), ..own })
}

/// Returns the members of an object that are not among those of its form. The function is dynamic, so this is compiled once.
#[inline]
pub(crate) fn rest(mut object: Map<String, Value>, is_known: &dyn Fn(&str, &Value) -> bool) -> Map<String, Value> {
    if object.iter().all(|(name, value)| value.is_null() || is_known(name, value)) {
        return Map::new();
    }
    object.retain(|name, value| !value.is_null() && !is_known(name, value));
    object
}

#[inline]
pub(crate) fn take_text(object: &mut Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key) {
        Some(Value::String(_)) => match object.remove(key) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Takes an object out of a member, which is null then. A member of another type stays.
#[inline]
pub(crate) fn take_object(object: &mut Map<String, Value>, key: &str) -> Map<String, Value> {
    match object.get_mut(key) {
        Some(Value::Object(inner)) => {
            let inner = std::mem::take(inner);
            object[key] = Value::Null;
            inner
        }
        _ => Map::new(),
    }
}
