use std::time::Duration;

use mcp_error_codes_record::{Category, Family, Record, Retry, RetryClass, Severity, Surface, System};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::error::Received;
use crate::find::registries;
use crate::object::META_KEY;
use crate::redact;
use crate::{McpError, NumberClass, by_number_in, classify};

/// The record of an error whose code nobody here knows. It belongs to no registry, and `lookup` does not find it.
static UNKNOWN: Record = Record::__new(0, "UNKNOWN", &UNKNOWN_SYSTEM, &UNKNOWN_FAMILIES[0], "UNKNOWN", "Unknown error")
    .__summary("A peer sent an error whose code is not in any registry that is known here.")
    .__hint("Read the message of the error, and ask the server's documentation for its code.")
    .__severity(Severity::Error)
    .__category(Category::General)
    .__retry(Retry::new(RetryClass::DoNotRetry))
    .__surface(Surface::Protocol);

static UNKNOWN_SYSTEM: System = System::__new(
    "unknown",
    "unknown",
    "Unknown system",
    "A system whose codes are not in any registry that is known here.",
    "0.1.0",
    "none",
    &[],
    UNKNOWN_FAMILIES,
);

const UNKNOWN_FAMILIES: &[Family] =
    &[Family::__new("UNKNOWN", "Unknown", "Codes that are not known here.", &[], &[], &[], &[])];

/// Reads an error from what a peer sent, in any of the forms that this crate writes.
///
/// The form is told by its shape: a whole JSON-RPC response, its `error` member, a whole response that carries a tool
/// result, the tool result, or the record object alone. Where a record object is there, it says which code it is; the
/// registries that were installed are asked too. A bare JSON-RPC number means the specification's code if it is one of its
/// numbers, retired ones included; the code of an application is never assumed from a number. A tool result without a record
/// object is read from its text, `CODE: message`.
///
/// What is not known here becomes an error of the record `UNKNOWN`, which keeps the code, the number, the message and the
/// data that were received; `by_number` then tells who else uses the number.
///
/// # Errors
/// [`DecodeError`] where the bytes are no JSON, or no form of an error.
///
/// ```
/// use mcp_error_codes::{decode, filesystem, mcp};
///
/// let sent = filesystem::file_not_found("a.txt").json_rpc_response(7).to_string();
/// let received = decode(&sent)?;
/// assert!(received.is(filesystem::FILE_NOT_FOUND));
/// assert_eq!(received.message(), "File not found: a.txt");
///
/// let foreign = decode(r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no such method"}}"#)?;
/// assert!(foreign.is(mcp::METHOD_NOT_FOUND));
///
/// let unknown = decode(r#"{"code":1234,"message":"out of paper"}"#)?;
/// assert_eq!(unknown.record().code, "UNKNOWN");
/// assert_eq!(unknown.to_string(), "1234: out of paper");
/// # Ok::<(), mcp_error_codes::DecodeError>(())
/// ```
pub fn decode(bytes: impl AsRef<[u8]>) -> Result<McpError, DecodeError> {
    decode_with(None, bytes.as_ref())
}

/// Reads an error as [`decode`] does, from a peer whose system is known: a bare number or a code without its system means
/// that system's code, if it has one.
///
/// # Errors
/// As [`decode`].
///
/// ```
/// use mcp_error_codes::{decode, decode_from, super_mcp};
///
/// let sent = r#"{"code":-32001,"message":"Package not found"}"#;
/// assert_eq!(decode(sent)?.record().code, "UNKNOWN");
/// assert!(decode_from("super-mcp", sent)?.is(super_mcp::PACKAGE_NOT_FOUND));
/// # Ok::<(), mcp_error_codes::DecodeError>(())
/// ```
pub fn decode_from(system: &str, bytes: impl AsRef<[u8]>) -> Result<McpError, DecodeError> {
    decode_with(Some(system), bytes.as_ref())
}

/// Reads an error as [`decode`] does, from JSON that is parsed already.
///
/// # Errors
/// [`DecodeError::NotAnError`] where the JSON has the shape of no error.
///
/// ```
/// use mcp_error_codes::{decode_value, filesystem};
///
/// let sent = serde_json::json!({"content": [{"type": "text", "text": "FS-001: File not found: a.txt"}], "isError": true});
/// assert!(decode_value(sent)?.is(filesystem::FILE_NOT_FOUND));
/// # Ok::<(), mcp_error_codes::DecodeError>(())
/// ```
pub fn decode_value(value: Value) -> Result<McpError, DecodeError> {
    read(None, value)
}

/// Reads an error as [`decode`] does, from the members of a JSON-RPC error that another library has taken apart.
///
/// ```
/// use mcp_error_codes::{decode_json_rpc, mcp};
///
/// let error = decode_json_rpc(-32_601, "no such method", None);
/// assert!(error.is(mcp::METHOD_NOT_FOUND));
/// assert_eq!(error.message(), "no such method");
/// ```
pub fn decode_json_rpc(number: i64, message: impl Into<String>, data: Option<Value>) -> McpError {
    let members = [("code", Some(number.into())), ("message", Some(Value::String(message.into()))), ("data", data)];
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    json_rpc_error(None, members.collect())
}

fn decode_with(system: Option<&str>, bytes: &[u8]) -> Result<McpError, DecodeError> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|source| DecodeError::Json { input: kept(&String::from_utf8_lossy(bytes)), source })?;
    read(system, value)
}

fn read(system: Option<&str>, value: Value) -> Result<McpError, DecodeError> {
    let not_an_error = |value: Value| DecodeError::NotAnError { input: kept(&value.to_string()) };
    let Value::Object(mut object) = value else {
        return Err(not_an_error(value));
    };
    if let Some(Value::Object(error)) = object.get_mut("error") {
        if is_json_rpc_error(error) {
            return Ok(json_rpc_error(system, std::mem::take(error)));
        }
    } else if let Some(Value::Object(result)) = object.get_mut("result") {
        if is_tool_error(result) {
            return Ok(tool_result(system, std::mem::take(result)));
        }
    } else if is_tool_error(&object) {
        return Ok(tool_result(system, object));
    } else if is_json_rpc_error(&object) {
        return Ok(json_rpc_error(system, object));
    } else if is_record_object(&object) {
        return Ok(record_object(object, None));
    }
    Err(not_an_error(Value::Object(object)))
}

fn is_json_rpc_error(object: &Map<String, Value>) -> bool {
    object.get("code").is_some_and(Value::is_number) && object.get("message").is_some_and(Value::is_string)
}

fn is_tool_error(object: &Map<String, Value>) -> bool {
    object.get("content").is_some_and(Value::is_array) && object.get("isError") == Some(&Value::Bool(true))
}

fn is_record_object(object: &Map<String, Value>) -> bool {
    ["system", "code", "message"].iter().all(|key| object.get(*key).is_some_and(Value::is_string))
}

fn json_rpc_error(system: Option<&str>, mut object: Map<String, Value>) -> McpError {
    let number = object.get("code").and_then(Value::as_i64);
    // A number beyond 64 bits stays what it is: text.
    let text = object.get("code").map(Value::to_string).unwrap_or_default();
    let message = take_text(&mut object, "message").unwrap_or_default();
    match object.remove("data") {
        Some(Value::Object(data)) if is_record_object(&data) => {
            record_object(data, number).with_surface(Surface::Protocol)
        }
        data => {
            let of_system = system.zip(number).and_then(|(system, number)| by_number_in(system, number));
            let record = of_system.or_else(|| specification(number?));
            let received =
                Received { system: system.map(str::to_owned), code: record.is_none().then_some(text), number, data };
            bare(record, message, received).with_surface(Surface::Protocol)
        }
    }
}

/// The specification's record of a number.
fn specification(number: i64) -> Option<&'static Record> {
    match classify(number) {
        NumberClass::Standard(code) | NumberClass::Mcp(code) | NumberClass::Retired(code) => Some(code.record()),
        _ => None,
    }
}

fn tool_result(system: Option<&str>, mut object: Map<String, Value>) -> McpError {
    let in_meta = object.get_mut("_meta").and_then(|meta| meta.get_mut(META_KEY)).map(Value::take);
    if let Some(Value::Object(meta)) = in_meta.filter(|meta| meta.as_object().is_some_and(is_record_object)) {
        return record_object(meta, None).with_surface(Surface::Tool);
    }
    let texts = object.get("content").and_then(Value::as_array).into_iter().flatten();
    let texts: Vec<&str> = texts.filter_map(|content| content.get("text")?.as_str()).collect();
    tool_text(system, &texts.join("\n")).with_surface(Surface::Tool)
}

/// Reads the text of a tool result: `CODE: message`, and the line of the hint.
fn tool_text(system: Option<&str>, text: &str) -> McpError {
    // The code may itself hold a colon, but no space.
    let found = text.split_once(": ").and_then(|(code, message)| Some((lookup(system, code)?, message)));
    let Some((record, message)) = found else {
        return bare(None, text.to_owned(), Received::default());
    };
    let hint = format!("\nHint: {}", record.hint);
    let message = message.strip_suffix(hint.as_str()).unwrap_or(message);
    bare(Some(record), message.to_owned(), Received::default())
}

/// Finds a record by the exact text of its code: in the system, where one is named, else in any registry.
fn lookup(system: Option<&str>, code: &str) -> Option<&'static Record> {
    let full_name = system.map(|system| format!("{system}:{code}"));
    let in_system = full_name.and_then(|name| registries().find_map(|registry| registry.lookup(&name)));
    in_system.or_else(|| registries().find_map(|registry| registry.lookup(code)))
}

/// Makes an error of a record and a message that was received. Nothing is kept twice.
fn bare(record: Option<&'static Record>, message: String, received: Received) -> McpError {
    let mut error = McpError::of(record.unwrap_or(&UNKNOWN));
    if message != error.message() {
        error = error.with_message(message);
    }
    match received == Received::default() {
        true => error,
        false => error.with_received(received),
    }
}

/// Reads our record object, with the JSON-RPC number that came beside it.
fn record_object(mut object: Map<String, Value>, number: Option<i64>) -> McpError {
    let system = take_text(&mut object, "system").unwrap_or_default();
    let code = take_text(&mut object, "code").unwrap_or_default();
    let full_name = format!("{system}:{code}");
    let record = registries().find_map(|registry| registry.lookup(&full_name));
    let mut error = McpError::of(record.unwrap_or(&UNKNOWN));
    if let Some(Value::Object(details)) = object.remove("details") {
        for (name, value) in details {
            // What came from a peer was meant for a peer; secrets are redacted all the same.
            error = error.allow_detail(name, value);
        }
    }
    let message = take_text(&mut object, "message").unwrap_or_default();
    if message != error.message() {
        error = error.with_message(message);
    }
    if let Some(id) = take_text(&mut object, "error_id") {
        error = error.with_error_id(id);
    }
    let wait =
        object.get("retry").and_then(|retry| retry.get("after_ms")).and_then(Value::as_u64).map(Duration::from_millis);
    if let Some(wait) = wait.filter(|wait| Some(*wait) != error.retry_after()) {
        error = error.with_retry_after(wait);
    }
    let own_number = error.json_rpc_number();
    let is_known = record.is_some();
    let received = Received {
        system: (!is_known).then_some(system),
        code: (!is_known).then_some(code),
        number: number.filter(|number| *number != own_number),
        data: (!is_known).then_some(Value::Object(object)),
    };
    match received == Received::default() {
        true => error,
        false => error.with_received(received),
    }
}

fn take_text(object: &mut Map<String, Value>, key: &str) -> Option<String> {
    match object.get_mut(key).map(Value::take) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// Cuts an input for an error message.
fn kept(input: &str) -> String {
    redact::text(input).into_owned()
}

/// Why bytes could not be read as an error.
///
/// The input is kept up to 1,000 characters, with the number of those that are left out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The bytes are no JSON.
    #[error("{input:?} is no JSON: {source}")]
    Json {
        /// What was to be read.
        input: String,
        /// Where and why it is no JSON.
        source: serde_json::Error,
    },
    /// The JSON has the shape of no error.
    #[error("{input} has no shape of an error; expected a JSON-RPC error or a tool result with isError true")]
    NotAnError {
        /// What was to be read.
        input: String,
    },
}
