use std::borrow::Cow;
use std::time::Duration;

use mcp_error_codes_core::{Record, Surface};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::codes::find::{extended, registries};
use crate::error::Received;
use crate::matching::template::{MessageMatch, match_message};
use crate::redact;
use crate::wire::form::{Form, is_record_object};
use crate::wire::json_rpc::RequestId;
use crate::wire::log_line;
use crate::wire::object::META_KEY;
use crate::wire::unknown::UNKNOWN;
use crate::{McpError, NumberClass, by_number_in, classify};

/// Reads an error from what a peer sent, or a log holds, in any of the forms that this crate writes.
///
/// The form is told by its shape: a JSON-RPC response, its `error` member, a response that carries a tool result, the tool
/// result, the record object, problem details, the standard response, the filesystem envelope, SCRUM's REST body, health check
/// and conflict of claims, and an entry of a log. Where a record object is there, it says which code it is; the
/// registries that were installed are asked too. A bare JSON-RPC number means the specification's code if it is one of its
/// numbers, retired ones included; the code of an application is never assumed from a number. A tool result without a record
/// object is read from its text, `CODE: message`; a body without any code from its message.
///
/// What is not known here becomes an error of the record `UNKNOWN`, which keeps the code, the number, the message and the
/// data that were received; `by_number` then tells who else uses the number.
///
/// # Errors
/// [`DecodeError`] where the bytes are no JSON and no entry of a log, or no form of an error.
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
    Decoder::new().decode(bytes)
}

/// Reads errors as [`decode`] does, with what is known beside the bytes: the peer's system, and the HTTP status.
///
/// ```
/// use mcp_error_codes::{Decoder, decode, scrum, super_mcp};
///
/// let sent = r#"{"code":-32001,"message":"Package not found"}"#;
/// assert_eq!(decode(sent)?.record().code, "UNKNOWN");
/// assert!(Decoder::new().system("super-mcp").decode(sent)?.is(super_mcp::PACKAGE_NOT_FOUND));
///
/// let body = r#"{"ok":false,"error":"no such sprint"}"#;
/// assert!(Decoder::new().system("scrum-mcp").http_status(404).decode(body)?.is(scrum::NOT_FOUND));
/// # Ok::<(), mcp_error_codes::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Decoder<'a> {
    system: Option<&'a str>,
    http_status: Option<u16>,
}

/// An error that was read from a batch, with the id of the request that it answers.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BatchEntry {
    /// The id of the request; none where the response has none.
    pub id: Option<RequestId<'static>>,
    /// The error.
    pub error: McpError,
}

impl<'a> Decoder<'a> {
    /// Makes a decoder that knows nothing but the bytes.
    #[must_use]
    pub const fn new() -> Self {
        Self { system: None, http_status: None }
    }

    /// Sets the peer's system: a bare number, a code without its system and a bare message then mean that system's code, if it has
    /// one.
    #[must_use]
    pub const fn system(mut self, system: &'a str) -> Self {
        self.system = Some(system);
        self
    }

    /// Sets the HTTP status of the response: a body without a code, whose message no template makes, then means the code of
    /// its system that has this status.
    #[must_use]
    pub const fn http_status(mut self, status: u16) -> Self {
        self.http_status = Some(status);
        self
    }

    /// Reads an error; see [`decode`].
    ///
    /// # Errors
    /// [`DecodeError`] where the bytes are no JSON and no entry of a log, or no form of an error.
    pub fn decode(self, bytes: impl AsRef<[u8]>) -> Result<McpError, DecodeError> {
        let bytes = bytes.as_ref();
        match serde_json::from_slice(bytes) {
            Ok(value) => self.decode_value(value),
            Err(source) => {
                let text = String::from_utf8_lossy(bytes);
                let entry = log_line::parse(&text).map(|entry| self.log_entry(&entry));
                entry.ok_or_else(|| DecodeError::Json { input: kept(&text), source })
            }
        }
    }

    /// Reads the errors of a batch, as the protocol version 2025-03-26 has them: an array of JSON-RPC responses. Responses
    /// that are no errors are passed over. A single response is a batch of one.
    ///
    /// # Errors
    /// [`DecodeError`] where the bytes are no JSON, or a single response is no form of an error.
    ///
    /// ```
    /// use mcp_error_codes::{Decoder, RequestId, filesystem};
    ///
    /// let error = filesystem::file_not_found("a.txt");
    /// let sent = format!("[{},{}]", r#"{"jsonrpc":"2.0","id":1,"result":{}}"#, error.json_rpc_response(2));
    /// let errors = Decoder::new().decode_batch(sent)?;
    /// assert_eq!(errors.len(), 1);
    /// assert_eq!(errors[0].id, Some(RequestId::Number(2)));
    /// # Ok::<(), mcp_error_codes::DecodeError>(())
    /// ```
    pub fn decode_batch(self, bytes: impl AsRef<[u8]>) -> Result<Vec<BatchEntry>, DecodeError> {
        let bytes = bytes.as_ref();
        let value: Value = serde_json::from_slice(bytes)
            .map_err(|source| DecodeError::Json { input: kept(&String::from_utf8_lossy(bytes)), source })?;
        let entry = |value: Value| {
            let id = value.get("id").and_then(request_id);
            self.decode_value(value).map(|error| BatchEntry { id, error })
        };
        match value {
            Value::Array(responses) => Ok(responses.into_iter().filter_map(|response| entry(response).ok()).collect()),
            single => Ok(vec![entry(single)?]),
        }
    }

    /// Reads an error from JSON that is parsed already; see [`decode`].
    ///
    /// # Errors
    /// [`DecodeError::NotAnError`] where the JSON has the shape of no error.
    pub fn decode_value(self, value: Value) -> Result<McpError, DecodeError> {
        let Value::Object(mut object) = value else { return Err(not_an_error(&value)) };
        let decoded = match Form::of_object(&object) {
            Some(Form::JsonRpcResponse) => self.json_rpc_error(take_object(&mut object, "error")),
            Some(Form::JsonRpcError) => self.json_rpc_error(object),
            Some(Form::ToolResponse) => self.tool_result(take_object(&mut object, "result")),
            Some(Form::ToolResult) => self.tool_result(object),
            Some(Form::RecordObject) => record_object(object, "message", None),
            Some(Form::Problem) if object.get("code").is_some_and(Value::is_string) => {
                record_object(object, "detail", None)
            }
            Some(Form::Problem) => self.foreign_problem(object),
            Some(Form::StandardResponse) => self.coded(object),
            Some(Form::Envelope) => self.coded(take_object(&mut object, "error")),
            Some(Form::ScrumBody) => self.message_only(take_text(&mut object, "error").unwrap_or_default(), object),
            Some(Form::LogEntry) | None => return Err(not_an_error(&Value::Object(object))),
        };
        Ok(decoded)
    }

    /// Reads the parts of a JSON-RPC error that is taken apart already: `code`, `message` and `data`.
    ///
    /// ```
    /// use mcp_error_codes::{Decoder, mcp};
    ///
    /// assert!(Decoder::new().decode_json_rpc(-32_601, "no such method", None).is(mcp::METHOD_NOT_FOUND));
    /// ```
    pub fn decode_json_rpc(self, number: i64, message: impl Into<String>, data: Option<Value>) -> McpError {
        let mut object = Map::new();
        object.insert("code".to_owned(), number.into());
        object.insert("message".to_owned(), message.into().into());
        object.extend(data.map(|data| ("data".to_owned(), data)));
        self.json_rpc_error(object)
    }

    /// Reads the `error` member of a JSON-RPC response.
    fn json_rpc_error(self, mut object: Map<String, Value>) -> McpError {
        let number = object.get("code").and_then(Value::as_i64);
        // A number beyond 64 bits stays what it is: text.
        let text = object.get("code").map(Value::to_string).unwrap_or_default();
        let message = take_text(&mut object, "message").unwrap_or_default();
        let error = match object.remove("data") {
            Some(Value::Object(data)) if is_record_object(&data) => record_object(data, "message", number),
            data => {
                let of_system = self.system.zip(number).and_then(|(system, number)| by_number_in(system, number));
                let record = of_system.or_else(|| specification(number?));
                let code = record.is_none().then_some(text);
                let own_number = record.map(|record| i64::from(record.json_rpc_number()));
                let number = number.filter(|number| Some(*number) != own_number);
                let system = self.system.filter(|_| record.is_none()).map(str::to_owned);
                received(record, message, Received { system, code, number, data })
            }
        };
        on_surface(error, Surface::Protocol)
    }

    /// Reads a tool result: from the record object in `_meta`, else from its text.
    fn tool_result(self, mut object: Map<String, Value>) -> McpError {
        let in_meta = object.get_mut("_meta").and_then(|meta| meta.get_mut(META_KEY)).map(Value::take);
        if let Some(Value::Object(meta)) = in_meta.filter(|meta| meta.as_object().is_some_and(is_record_object)) {
            return on_surface(record_object(meta, "message", None), Surface::Tool);
        }
        let contents = object.get("content").and_then(Value::as_array).into_iter().flatten();
        let texts: Vec<&str> = contents.filter_map(|content| content.get("text")?.as_str()).collect();
        let error = on_surface(self.tool_text(&texts.join("\n")), Surface::Tool);
        // What is unknown keeps all that was received.
        match std::ptr::eq(error.record(), &UNKNOWN) && error.received().is_none() {
            true => error.with_received(Received { data: Some(Value::Object(object)), ..Received::default() }),
            false => error,
        }
    }

    /// Reads the text of a tool result: JSON of any form, or `CODE: message` and the line of the hint, or a bare message.
    fn tool_text(self, text: &str) -> McpError {
        if let Ok(Value::Object(mut object)) = serde_json::from_str(text) {
            if object.get("status").and_then(Value::as_str) == Some("conflict") {
                let message = take_text(&mut object, "message").unwrap_or_default();
                object.remove("status");
                return self.message_only(message, object);
            }
            // A tool result within a tool result is text like any other.
            if !matches!(Form::of_object(&object), Some(Form::ToolResult | Form::ToolResponse))
                && let Ok(error) = self.decode_value(Value::Object(object))
            {
                return error;
            }
        }
        // The code may itself hold a colon, but no space.
        let found = text.split_once(": ").and_then(|(code, message)| Some((self.lookup(code)?, message)));
        match found {
            Some((record, message)) => {
                // The peer may have extended the code where we have not, or the other way round.
                let hints = [extended(record).hint, record.hint];
                let without = |hint| message.strip_suffix(hint)?.strip_suffix("\nHint: ");
                let message = hints.into_iter().find_map(without).unwrap_or(message);
                received(Some(record), message.to_owned(), Received::default())
            }
            None if self.system.is_some() => self.message_only(text.to_owned(), Map::new()),
            None => received(None, text.to_owned(), Received::default()),
        }
    }

    /// Reads `code`, `message` and `details`: the standard response and the filesystem envelope.
    fn coded(self, mut object: Map<String, Value>) -> McpError {
        let code = take_text(&mut object, "code").unwrap_or_default();
        let message = take_text(&mut object, "message").unwrap_or_default();
        let details = take_object(&mut object, "details");
        let record = self.lookup(&code);
        let unknown = record.is_none().then(|| Received {
            code: Some(code),
            system: self.system.map(str::to_owned),
            data: Some(Value::Object(object)),
            number: None,
        });
        received_with(record, message, details, unknown.unwrap_or_default())
    }

    /// Reads a body that has a message and no code.
    fn message_only(self, message: String, body: Map<String, Value>) -> McpError {
        let system = self.system.unwrap_or(SCRUM);
        let matched = match_message(Some(system), &message).into_iter().next();
        let Some(MessageMatch { record, scenario, params, .. }) = matched else {
            let record = self.http_status.and_then(|status| by_status(system, status));
            let (details, received) = body_details(body);
            return received_with(record, message, details, received);
        };
        let mut error = McpError::of(record);
        if let Some(at) = scenario.and_then(|own| record.scenarios.iter().position(|case| std::ptr::eq(case, own))) {
            error = error.__scenario(u16::try_from(at).unwrap_or(u16::MAX));
        }
        let declared = scenario.map_or(record.params, |case| case.params);
        for (name, value) in params {
            let ty = declared.iter().find(|param| param.name == name).map(|param| param.ty);
            error = error.with_trusted_detail(name, typed(value, ty));
        }
        let (details, received) = body_details(body);
        with_received(add(error, message, details), received)
    }

    /// Reads problem details of a server that does not know this crate.
    fn foreign_problem(self, mut object: Map<String, Value>) -> McpError {
        let title = take_text(&mut object, "title");
        let message = take_text(&mut object, "detail").or(title).unwrap_or_default();
        received(None, message, Received { data: Some(Value::Object(object)), ..Received::default() })
    }

    /// Makes an error of an entry of a log. Its context is for operators, and stays internal.
    fn log_entry(self, entry: &log_line::ParsedEntry<'_>) -> McpError {
        let record = self.lookup(entry.code);
        let code = record.is_none().then(|| entry.code.to_owned());
        let mut error = received(record, entry.message.to_owned(), Received { code, ..Received::default() });
        for (name, value) in &entry.context {
            let json = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.clone()));
            error = match *name {
                "errorId" => error.with_error_id(value.clone()),
                name => error.with_internal(name.to_owned(), json),
            };
        }
        error
    }

    /// Finds a record by the exact text of its code: in the peer's system, where it is known, else in any registry.
    fn lookup(self, code: &str) -> Option<&'static Record> {
        let full_name = self.system.map(|system| format!("{system}:{code}"));
        let in_system = full_name.and_then(|name| registries().find_map(|registry| registry.lookup(&name)));
        in_system.or_else(|| registries().find_map(|registry| registry.lookup(code)))
    }
}

/// The system whose bodies carry no code.
const SCRUM: &str = "scrum-mcp";

/// The specification's record of a number.
fn specification(number: i64) -> Option<&'static Record> {
    match classify(number) {
        NumberClass::Standard(code) | NumberClass::Mcp(code) | NumberClass::Retired(code) => Some(code.record()),
        _ => None,
    }
}

/// The first documented code of a system that has an HTTP status, in the order of the documents' numbers.
fn by_status(system: &str, status: u16) -> Option<&'static Record> {
    let records = registries().flat_map(|registry| registry.records());
    let of_status = records.filter(|record| record.system.name == system && record.http_status == status);
    of_status.min_by_key(|record| record.json_rpc_number())
}

/// Reads our record object, whose message stands under a key, with the JSON-RPC number that came beside it.
fn record_object(mut object: Map<String, Value>, message_key: &str, number: Option<i64>) -> McpError {
    let system = take_text(&mut object, "system").unwrap_or_default();
    let code = take_text(&mut object, "code").unwrap_or_default();
    let message = take_text(&mut object, message_key).unwrap_or_default();
    let details = take_object(&mut object, "details");
    let id = take_text(&mut object, "error_id");
    let wait =
        object.get("retry").and_then(|retry| retry.get("after_ms")).and_then(Value::as_u64).map(Duration::from_millis);
    let full_name = format!("{system}:{code}");
    let record = registries().find_map(|registry| registry.lookup(&full_name));
    let own_number = record.map(|record| i64::from(record.json_rpc_number()));
    let number = number.filter(|number| Some(*number) != own_number);
    let unknown = match record {
        Some(_) => Received { number, ..Received::default() },
        None => Received { system: Some(system), code: Some(code), number, data: Some(Value::Object(object)) },
    };
    let mut error = received_with(record, message, details, unknown);
    if let Some(id) = id {
        error = error.with_error_id(id);
    }
    match wait.filter(|wait| Some(*wait) != error.retry_after()) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    }
}

fn received(record: Option<&'static Record>, message: String, received: Received) -> McpError {
    received_with(record, message, Map::new(), received)
}

/// Makes an error of a record, or of `UNKNOWN`, and what was received.
fn received_with(
    record: Option<&'static Record>,
    message: String,
    details: Map<String, Value>,
    received: Received,
) -> McpError {
    with_received(add(McpError::of(record.unwrap_or(&UNKNOWN)), message, details), received)
}

fn with_received(error: McpError, received: Received) -> McpError {
    match received == Received::default() {
        true => error,
        false => error.with_received(received),
    }
}

/// Adds what was received. A message that the error has already is not kept twice.
fn add(mut error: McpError, message: String, mut details: Map<String, Value>) -> McpError {
    // JSON has no order here, so the parameters of a message come first and in its order, as a constructor adds them.
    let scenarios = error.record().scenarios.iter().flat_map(|case| case.params);
    let params = error.record().params.iter().chain(scenarios);
    let of_params: Vec<_> = params.filter_map(|param| details.remove_entry(param.name)).collect();
    for (name, value) in of_params.into_iter().chain(details) {
        // What came from a peer was meant for a peer; secrets are redacted all the same.
        error = error.with_trusted_detail(name, value);
    }
    match error.message() == message {
        true => error,
        false => error.with_message(message),
    }
}

fn on_surface(error: McpError, surface: Surface) -> McpError {
    match error.surface() == surface {
        true => error,
        false => error.with_surface(surface),
    }
}

/// What a body of SCRUM holds beside its message: the members that SCRUM documents become details, any other is only kept.
fn body_details(mut body: Map<String, Value>) -> (Map<String, Value>, Received) {
    for mark in ["ok", "status"] {
        body.remove(mark);
    }
    let documented = ["claim", "conflictsWith", "timestamp"];
    let details = documented.iter().filter_map(|name| body.remove_entry(*name)).collect();
    let rest = Some(Value::Object(body)).filter(|rest| rest.as_object().is_some_and(|rest| !rest.is_empty()));
    (details, Received { data: rest, ..Received::default() })
}

/// Gives a parameter that was read from a message the type that its template states.
fn typed(value: &str, ty: Option<mcp_error_codes_core::ParamType>) -> Value {
    use mcp_error_codes_core::ParamType;

    match ty {
        Some(ParamType::Integer) => value.parse::<i64>().map_or_else(|_| value.into(), Value::from),
        Some(ParamType::List) => value.split(", ").map(Value::from).collect(),
        _ => value.into(),
    }
}

fn request_id(id: &Value) -> Option<RequestId<'static>> {
    match id {
        Value::Number(number) => number.as_i64().map(RequestId::Number),
        Value::String(text) => Some(RequestId::Text(Cow::Owned(text.clone()))),
        _ => None,
    }
}

fn take_text(object: &mut Map<String, Value>, key: &str) -> Option<String> {
    match object.get(key) {
        Some(Value::String(_)) => match object.remove(key) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn take_object(object: &mut Map<String, Value>, key: &str) -> Map<String, Value> {
    match object.get_mut(key).map(Value::take) {
        Some(Value::Object(inner)) => inner,
        _ => Map::new(),
    }
}

fn not_an_error(value: &Value) -> DecodeError {
    DecodeError::NotAnError { input: kept(&value.to_string()) }
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
    /// The bytes are no JSON, and no entry of a log.
    #[error("{input:?} is neither JSON nor an entry of a log: {source}")]
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
