use std::time::SystemTime;

use mcp_error_codes_core::__Reference as Reference;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::McpError;
use crate::setup::in_effect::docs_base;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::members::Details;
use crate::wire::read::{is_coded, read_coded};
use crate::wire::reader::Reader;
use crate::wire::render::write_value;
use crate::wire::timestamp::Timestamp;

/// The standard response of a REST API in the Hyper-Bun reference.
///
/// It serialises to `error` (always true), `code`, `status`, `message`, `category`, `ref`, `recoverable`, and then
/// `details` and `timestamp` if it has them, in this order. The code is `system:code` if the bare code means another
/// system's.
///
/// It does not contain the hint, the severity, the retry advice, the error id or the surface. The reader finds the
/// record by the code.
///
/// `Display` prints the JSON.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use mcp_error_codes::{McpError, hyper_bun, wire::StandardResponse};
///
/// let error = McpError::new(hyper_bun::TOOL_NOT_FOUND).with_detail("requestedTool", "checksum");
/// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_736_951_025_123);
/// let json = serde_json::to_value(StandardResponse::new(&error).at(time))?;
/// assert_eq!(json["status"], 404);
/// assert_eq!(json["ref"], "/docs/errors#nx-mcp-010");
/// assert_eq!(json["timestamp"], "2025-01-15T14:23:45.123Z");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct StandardResponse<'a> {
    error: &'a McpError,
    time: Option<SystemTime>,
}

impl<'a> StandardResponse<'a> {
    /// Creates the standard response of an error.
    #[must_use]
    #[inline]
    pub const fn new(error: &'a McpError) -> Self {
        Self { error, time: None }
    }

    /// Adds `timestamp`: the time in UTC in ISO 8601, to the millisecond.
    #[must_use]
    #[inline]
    pub const fn at(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Returns the error.
    #[inline]
    pub const fn error(&self) -> &'a McpError {
        self.error
    }
}

impl Form for StandardResponse<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        input.object().is_some_and(|object| object.get("error") == Some(&Value::Bool(true)) && is_coded(object))
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        read_coded(input.into_object(), reader)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_value(self, out);
    }
}

/// The address of the catalogue in the reference, which requires `ref`.
const OWN_BASE: &str = "/docs/errors";

impl Serialize for StandardResponse<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.error.as_sent();
        let record = error.brief();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("error", &true)?;
        map.serialize_entry("code", &error.code_text())?;
        map.serialize_entry("status", &record.http_status)?;
        map.serialize_entry("message", &error.message())?;
        map.serialize_entry("category", &record.category)?;
        let docs_base = docs_base(record).unwrap_or(OWN_BASE);
        map.serialize_entry("ref", &Reference { docs_base, record }.to_string())?;
        map.serialize_entry("recoverable", &record.recoverable)?;
        if let Some(details) = Details::new(&error) {
            map.serialize_entry("details", &details)?;
        }
        if let Some(time) = self.time {
            map.serialize_entry("timestamp", &Timestamp(time).to_string())?;
        }
        map.end()
    }
}

written!(StandardResponse);
