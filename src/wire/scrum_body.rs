use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::codes::message::MessageMatch;
use crate::codes::registries::registries;
use crate::error::Received;
use crate::matching::typed::typed;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::read::{add, received_with, take_text, with_received};
use crate::wire::reader::Reader;
use crate::wire::render::write_value;
use crate::{McpError, Record, in_system};

/// The body of a failed request to SCRUM's REST API: `{"ok":false,"error":message}`.
///
/// It contains only the message. `decode` finds the code by the template of the message. If no template matches, a
/// [`Decoder`](crate::wire::Decoder) that knows the HTTP status uses that. SCRUM's health check, `{"status":"unhealthy","error":message}`, is
/// read as this form.
///
/// `Display` prints the JSON.
///
/// ```
/// use mcp_error_codes::{scrum, wire::ScrumBody};
///
/// let error = scrum::not_found("Task", "abc123");
/// assert_eq!(ScrumBody::new(&error).to_string(), r#"{"ok":false,"error":"Task not found: abc123"}"#);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ScrumBody<'a> {
    error: &'a McpError,
}

impl<'a> ScrumBody<'a> {
    /// Creates the body of an error.
    #[must_use]
    #[inline]
    pub const fn new(error: &'a McpError) -> Self {
        Self { error }
    }
}

impl Form for ScrumBody<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        let Some(object) = input.object() else { return false };
        let is_unhealthy = || object.get("status").and_then(Value::as_str) == Some("unhealthy");
        object.get("error").is_some_and(Value::is_string)
            && (object.get("ok") == Some(&Value::Bool(false)) || is_unhealthy())
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut object = input.into_object();
        read_message(take_text(&mut object, "error").unwrap_or_default(), object, reader)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_value(self, out);
    }
}

/// The system whose bodies have no code.
const SCRUM: &str = "scrum-mcp";

/// Reads a body with a message and without a code.
#[inline]
pub(crate) fn read_message(message: String, body: Map<String, Value>, reader: Reader<'_>) -> McpError {
    let system = reader.system.unwrap_or(SCRUM);
    let matched = in_system(system).match_message(&message).into_iter().next();
    let Some(MessageMatch { record, scenario, params, .. }) = matched else {
        let record = reader.http_status.and_then(|status| by_status(system, status));
        let (details, received) = body_details(body);
        return received_with(record, message, details, received);
    };
    let mut error = McpError::from_record(record);
    if let Some(at) = scenario.and_then(|own| record.scenarios.iter().position(|case| std::ptr::eq(case, own))) {
        error = error.__scenario(u16::try_from(at).unwrap_or(u16::MAX));
    }
    let declared = scenario.map_or(record.params, |case| case.params);
    for (name, value) in params {
        let ty = declared.iter().find(|param| param.name == name).map(|param| param.ty);
        error = error.with_detail(name, typed(value, ty));
    }
    let (details, received) = body_details(body);
    with_received(add(error, message, details), received)
}

/// Returns the first documented code of a system with an HTTP status, in the order of the document.
#[inline]
fn by_status(system: &str, status: u16) -> Option<&'static Record> {
    let records = registries().flat_map(|registry| registry.records());
    let of_status = records.filter(|record| record.system.name == system && record.http_status == status);
    of_status.min_by_key(|record| record.json_rpc_number())
}

/// Splits the other members of a body: those that SCRUM documents become details, and the others are only stored.
#[inline]
fn body_details(mut body: Map<String, Value>) -> (Map<String, Value>, Received) {
    for mark in ["ok", "status"] {
        body.remove(mark);
    }
    let documented = ["claim", "conflictsWith", "timestamp"];
    let mut details = Map::new();
    details.extend(documented.iter().filter_map(|name| body.remove_entry(*name)));
    let rest = Some(Value::Object(body)).filter(|rest| rest.as_object().is_some_and(|rest| !rest.is_empty()));
    (details, Received { data: rest, ..Received::default() })
}

impl Serialize for ScrumBody<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("ok", &false)?;
        map.serialize_entry("error", &self.error.message())?;
        map.end()
    }
}

written!(ScrumBody);
