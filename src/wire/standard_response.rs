use std::fmt;
use std::time::SystemTime;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::McpError;
use crate::wire::object::Reference;

/// The standard response of the Hyper-Bun reference, as a REST API answers it.
///
/// It serialises to `error` (always true), `code`, `status`, `message`, `category`, `ref`, `recoverable`, and where they are
/// there `details` and `timestamp`, in this order. The code is `system:code` where the code alone means another system's.
///
/// It does not carry the hint, the severity, the retry advice, the error id and the surface: hint and severity come back
/// with the code, the others are lost.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct StandardResponse<'a> {
    pub(crate) error: &'a McpError,
    time: Option<SystemTime>,
}

impl McpError {
    /// Returns the standard response of the Hyper-Bun reference.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let error = McpError::new(hyper_bun::TOOL_NOT_FOUND).with_detail("requestedTool", "checksum");
    /// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_736_951_025_123);
    /// let json = serde_json::to_value(error.standard_response().at(time))?;
    /// assert_eq!(json["status"], 404);
    /// assert_eq!(json["ref"], "/docs/errors#nx-mcp-010");
    /// assert_eq!(json["timestamp"], "2025-01-15T14:23:45.123Z");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn standard_response(&self) -> StandardResponse<'_> {
        StandardResponse { error: self, time: None }
    }
}

impl StandardResponse<'_> {
    /// Adds `timestamp`: the time in UTC, to the millisecond, as ISO 8601 writes it.
    #[must_use]
    pub const fn at(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }
}

impl Serialize for StandardResponse<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.error.record();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("error", &true)?;
        map.serialize_entry("code", &self.error.code_text())?;
        map.serialize_entry("status", &record.http_status)?;
        map.serialize_entry("message", &self.error.message())?;
        map.serialize_entry("category", &record.category)?;
        map.serialize_entry("ref", &Reference(record).to_string())?;
        map.serialize_entry("recoverable", &record.recoverable)?;
        if let Some(details) = self.error.details_object() {
            map.serialize_entry("details", details)?;
        }
        if let Some(time) = self.time {
            map.serialize_entry("timestamp", &Timestamp(time).to_string())?;
        }
        map.end()
    }
}

impl fmt::Display for StandardResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// Prints a time in UTC to the millisecond: `2025-01-15T14:23:45.123Z`. One that has no such form, before 1970 or behind
/// the year 9999, is printed as the nearest that has.
pub(crate) struct Timestamp(pub(crate) SystemTime);

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 9999-12-31T23:59:59.999Z
        let last = SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(253_402_300_799_999);
        humantime::format_rfc3339_millis(self.0.clamp(SystemTime::UNIX_EPOCH, last)).fmt(f)
    }
}
