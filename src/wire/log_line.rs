use std::time::SystemTime;

use mcp_error_codes_core::names;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::McpError;
use crate::error::Received;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::limits::MAX_DETAILS;
use crate::wire::log_context::{ERROR_ID, context, joined, unescaped};
use crate::wire::read::{is_alone, received, rest, take_object, take_text, with_rest};
use crate::wire::reader::Reader;
use crate::wire::render::write_value;
use crate::wire::timestamp::Timestamp;

/// A log entry as one line of JSON, for programs, as [`LogEntry`](crate::wire::LogEntry) is for people.
///
/// Its members are the columns of the Hyper-Bun reference's database: `timestamp` (RFC 3339, UTC, to the millisecond),
/// `severity`, `error_code`, `system`, `module`, `message`, `status_code`, `category`, `recoverable`, `tool_name`,
/// `error_type`, `endpoint` and `details`. `details` is an object with the context: the details, `errorId`, the
/// internal context and each `cause`; a repeated name has a list. `tool_name`, `error_type` and `endpoint` come from
/// the context, and are omitted if it does not contain them.
///
/// `mcp-errors` reads the lines, and the tables that `mcp-errors export sql` creates can store them.
///
/// `Display` prints the JSON, without a final line end.
#[derive(Debug, Clone, Copy)]
pub struct LogLine<'a> {
    error: &'a McpError,
    module: &'a str,
    time: SystemTime,
}

impl<'a> LogLine<'a> {
    #[inline]
    pub(crate) const fn new(error: &'a McpError, module: &'a str, time: SystemTime) -> Self {
        Self { error, module, time }
    }
}

/// The context names from which a column is taken; the first one that exists is used.
const COLUMNS: [(&str, &[&str]); 3] = [
    ("tool_name", &["toolName", "tool_name", names::TOOL]),
    ("error_type", &["errorType", "error_type"]),
    ("endpoint", &["endpoint"]),
];

const CODE: &str = "error_code";
const TIMESTAMP: &str = "timestamp";

/// Returns whether a member is one that a line has.
#[inline]
fn is_column(name: &str) -> bool {
    const FIXED: [&str; 7] = [TIMESTAMP, "severity", "module", "status_code", "category", "recoverable", "details"];
    FIXED.contains(&name) || COLUMNS.iter().any(|(column, _)| *column == name)
}

impl Form for LogLine<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        let Some(object) = input.object() else { return false };
        [CODE, TIMESTAMP].iter().all(|name| object.get(*name).is_some_and(Value::is_string)) && is_alone(object)
    }

    /// Converts the line to an error. Its context is meant for operators, so it stays internal.
    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut object = input.into_object();
        let code = take_text(&mut object, CODE).unwrap_or_default();
        let system = take_text(&mut object, "system");
        let full_name = system.as_ref().map(|system| format!("{system}:{code}"));
        let record = full_name.and_then(|name| reader.lookup(&name)).or_else(|| reader.lookup(&code));
        let message = take_text(&mut object, "message").unwrap_or_default();
        let unknown = || Received { code: Some(code), system, ..Received::default() };
        let mut error = received(record, message, if record.is_none() { unknown() } else { Received::default() });
        let mut details = take_object(&mut object, "details");
        if let Some(id) = take_text(&mut details, ERROR_ID) {
            error = error.with_error_id(id);
        }
        for (name, value) in details.into_iter().take(MAX_DETAILS) {
            error = error.with_internal(unescaped(&name), value);
        }
        with_rest(error, rest(object, &|name, _| is_column(name)))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_value(self, out);
    }
}

impl Serialize for LogLine<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.error.as_sent();
        let record = error.brief();
        let details = details(&error);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(TIMESTAMP, &Timestamp(self.time).to_string())?;
        map.serialize_entry("severity", record.severity.as_str())?;
        map.serialize_entry(CODE, error.bare_code())?;
        map.serialize_entry("system", error.system_name())?;
        map.serialize_entry("module", self.module)?;
        map.serialize_entry("message", &error.message())?;
        map.serialize_entry("status_code", &record.http_status)?;
        map.serialize_entry("category", record.category.as_str())?;
        map.serialize_entry("recoverable", &record.recoverable)?;
        for (column, names) in COLUMNS {
            let value = names.iter().find_map(|name| details.get(*name));
            match value {
                Some(Value::String(text)) => map.serialize_entry(column, text)?,
                Some(other) => map.serialize_entry(column, &other.to_string())?,
                None => {}
            }
        }
        map.serialize_entry("details", &details)?;
        map.end()
    }
}

/// Returns the context as an object.
#[inline]
fn details(error: &McpError) -> Map<String, Value> {
    let mut map = Map::new();
    map.extend(joined(context(error).map(|(name, value)| (name.to_string(), value.into_owned()))));
    map
}

written!(LogLine);
