use std::io::Write as _;
use std::ops::Range;
use std::time::Duration;

use mcp_error_codes_core::json_string::escape_end;
use mcp_error_codes_core::record_object::{JsonMembers, write_occurrence};
use mcp_error_codes_core::{__Reference as Reference, JsonText};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::codes::registries::{extended, lookup};
use crate::error::Received;
use crate::setup::in_effect::docs_base;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::limits::MAX_FAILURES;
use crate::wire::members::{Advice, Details, ERRORS, Object, advice};
use crate::wire::read::{is_alone, is_coded, received_with, rest, take_object, take_text, with_rest};
use crate::wire::reader::Reader;
use crate::wire::render::{ready_json, write_hint, write_message, write_value};
use crate::{McpError, Record};

/// The key of the [`RecordObject`] in the `_meta` of a tool result.
pub const META_KEY: &str = "io.github.mcp-error-codes/error";

/// The part of an error for programs: the object in JSON-RPC's `error.data` and in the `_meta` of a tool result.
///
/// It serialises to `system`, `code`, `name`, `kind`, `message`, `hint`, `category`, `severity`, `recoverable`, `retry`
/// (`class`, and `after_ms` if there is a wait), and then `ref`, `error_id` and `details` if the error has them, in
/// this order. `ref` requires [`docs_base`](crate::Setup::docs_base). For an unknown code, `system`, `code` and `kind`
/// are the received ones, `recoverable` is omitted, and so is `retry` unless there is a wait. It contains nothing
/// internal.
///
/// `Display` prints the JSON.
///
/// ```
/// use mcp_error_codes::{filesystem, wire::RecordObject};
///
/// let object = serde_json::to_value(RecordObject::new(&filesystem::file_not_found("a.txt")))?;
/// assert_eq!(object["code"], "FS-001");
/// assert_eq!(object["details"]["path"], "a.txt");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RecordObject<'a> {
    error: &'a McpError,
}

impl<'a> RecordObject<'a> {
    /// Creates the record object of an error.
    #[must_use]
    pub const fn new(error: &'a McpError) -> Self {
        Self { error }
    }

    /// Reads the error of a record object, or returns `None` if the value is not one.
    ///
    /// A program that reads no other form does not contain their readers, unlike one that calls [`decode`](crate::decode).
    ///
    /// ```
    /// use mcp_error_codes::{filesystem, wire::RecordObject};
    ///
    /// let error = filesystem::file_not_found("a.txt");
    /// let object = serde_json::to_value(RecordObject::new(&error))?;
    /// let read = RecordObject::decode(&object).ok_or("not a record object")?;
    /// assert!(read.is(filesystem::FILE_NOT_FOUND));
    /// assert_eq!(read.message(), "File not found: a.txt");
    /// assert!(RecordObject::decode(&object["details"]).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn decode(value: &Value) -> Option<McpError> {
        let object = value.as_object().filter(|object| is_record_object(object))?;
        Some(read(Input::from(object.clone()).into_object(), "message", None))
    }
}

impl Form for RecordObject<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        input.object().is_some_and(|object| is_alone(object) && is_record_object(object))
    }

    #[inline]
    fn read(input: Input<'_>, _: Reader<'_>) -> McpError {
        read(input.into_object(), "message", None)
    }

    fn write(&self, out: &mut Vec<u8>) {
        match ready_json(self.error) {
            Some(json) => write_object(self.error, json, None, out),
            None => write_value(self, out),
        }
    }
}

#[inline]
pub(crate) fn is_record_object(object: &Map<String, Value>) -> bool {
    is_coded(object) && object.get("system").is_some_and(Value::is_string)
}

/// Reads a record object whose message is the member `message_key`, given the JSON-RPC number that came with it.
#[inline]
pub(crate) fn read(mut object: Map<String, Value>, message_key: &str, number: Option<i64>) -> McpError {
    let system = take_text(&mut object, "system").unwrap_or_default();
    let code = take_text(&mut object, "code").unwrap_or_default();
    let message = take_text(&mut object, message_key).unwrap_or_default();
    let kind = object.get("kind").and_then(Value::as_str).map(str::to_owned);
    let hint = object.get("hint").and_then(Value::as_str).map(str::to_owned);
    let mut details = take_object(&mut object, "details");
    let errors_at = details.keys().position(|name| name == ERRORS).unwrap_or_default();
    let before_errors: Vec<String> = details.keys().take(errors_at).cloned().collect();
    let failures = take_failures(&mut details);
    let id = take_text(&mut object, "error_id");
    let wait = object.get("retry").and_then(|retry| retry.get("after_ms")).and_then(Value::as_u64);
    let full_name = format!("{system}:{code}");
    let record = lookup(&full_name);
    let own_number = record.map(|record| record.json_rpc_number());
    let number = number.filter(|number| Some(*number) != own_number);
    let mut error = match record {
        Some(own) => {
            let error = received_with(record, message, details, Received { number, ..Received::default() });
            with_rest(error, rest(object, &|name, value| is_member(own, name, value)))
        }
        None => {
            let unknown =
                Received { system: Some(system), code: Some(code), number, data: Some(Value::Object(object)) };
            received_with(None, message, details, unknown)
        }
    };
    if let Some(kind) = kind {
        error = error.with_kind_word(kind.into());
    }
    if !failures.is_empty() {
        // The parameters of the message come first, then the other details in their order.
        let scenarios = error.brief().scenarios.iter().flat_map(|case| case.params);
        let params: Vec<&str> = error.brief().params.iter().chain(scenarios).map(|param| param.name).collect();
        let is_before = |name: &str| params.contains(&name) || before_errors.iter().any(|before| before == name);
        let at = error.details().take_while(|(name, _)| is_before(name)).count();
        error = failures.into_iter().fold(error, McpError::with_failure).with_failures_at(at);
    }
    // The peer or this program may have extended the code. A hint from a registry does not count as set.
    let is_set = |hint: &String| record.is_none_or(|record| hint != record.hint && hint != extended(record).hint);
    if let Some(hint) = hint.filter(is_set) {
        error = error.with_hint(hint);
    }
    if let Some(id) = id {
        error = error.with_error_id(id);
    }
    match wait.map(Duration::from_millis).filter(|wait| Some(*wait) != error.retry_after()) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    }
}

/// Returns whether a member is one that the record object or the problem details of a code have.
#[inline]
fn is_member(record: &Record, name: &str, value: &Value) -> bool {
    match name {
        "name" | "kind" | "hint" | "category" | "severity" | "recoverable" | "ref" | "type" => true,
        "title" => *value == record.title,
        "status" => *value == record.http_status,
        "retry" => {
            let is_advice = |name: &String| matches!(name.as_str(), "class" | "after_ms");
            value.as_object().is_some_and(|retry| retry.keys().all(is_advice))
        }
        _ => false,
    }
}

/// Removes the failures from the details: the record objects at the end of the list. Items before them belong to a detail of the
/// same name.
#[inline]
fn take_failures(details: &mut Map<String, Value>) -> Vec<McpError> {
    let is_failure = |item: &Value| item.as_object().is_some_and(is_record_object);
    let Some(Value::Array(items)) = details.get_mut(ERRORS) else { return Vec::new() };
    let start = items.iter().rposition(|item| !is_failure(item)).map_or(0, |at| at + 1);
    let failures = items.split_off(start);
    if items.is_empty() && !failures.is_empty() {
        details.remove(ERRORS);
    }
    let failure = |item| match item {
        Value::Object(object) => Some(read(object, "message", None)),
        _ => None,
    };
    failures.into_iter().filter_map(failure).take(MAX_FAILURES).collect()
}

/// Writes the record object from the generated JSON. If the message is already in the buffer, it is copied from there.
pub(crate) fn write_object(error: &McpError, json: &JsonText, message: Option<Range<usize>>, out: &mut Vec<u8>) {
    let docs_base = docs_base(error.brief());
    if error.is_bare() && docs_base.is_none() {
        out.extend_from_slice(json.object());
        return;
    }
    out.extend_from_slice(json.to_message());
    match message {
        Some(message) => out.extend_from_within(message),
        None => drop(write_message(error, json, out)),
    }
    out.extend_from_slice(json.message_to_hint());
    write_hint(error, json, out);
    out.extend_from_slice(json.hint_to_retry());
    match error.own_retry_after() {
        Some(_) => write_value(&Advice(advice(error)), out),
        None => out.extend_from_slice(json.retry()),
    }
    out.extend_from_slice(json.after_retry());
    if let Some(docs_base) = docs_base {
        out.extend_from_slice(br#","ref":""#);
        let start = out.len();
        // Writing to a buffer cannot fail.
        let _ = write!(out, "{}", Reference { docs_base, record: error.brief() });
        escape_end(out, start);
        out.push(b'"');
    }
    let details = Details::new(error).map(|details| move |out: &mut Vec<u8>| details.write(out));
    let details = details.as_ref().map(|write| write as &dyn Fn(&mut Vec<u8>));
    let Ok(()) = write_occurrence(error.error_id(), &mut JsonMembers::after(out, details));
    out.push(b'}');
}

impl Serialize for RecordObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Object(self.error).serialize(serializer)
    }
}

written!(RecordObject);
