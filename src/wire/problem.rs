use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::McpError;
use crate::wire::object::{Reference, RetryObject};

/// Problem details as RFC 9457 defines them, of the media type `application/problem+json`.
///
/// It serialises to `type` (where the code is documented), `title`, `status`, `detail` (the message), and as extension members
/// what the record object holds: `system`, `code`, `name`, `hint`, `category`, `severity`, `recoverable`, `retry`, and where they
/// are there `error_id` and `details`, in this order. The surface is lost, as it means nothing to HTTP.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    pub(crate) error: &'a McpError,
}

impl McpError {
    /// Returns the error as problem details (RFC 9457).
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    ///
    /// let json = serde_json::to_value(filesystem::file_not_found("a.txt").problem())?;
    /// assert_eq!(json["type"], "/docs/errors#fs-001");
    /// assert_eq!(json["title"], "File Not Found");
    /// assert_eq!(json["status"], 404);
    /// assert_eq!(json["detail"], "File not found: a.txt");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn problem(&self) -> Problem<'_> {
        Problem { error: self }
    }
}

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.error;
        let record = error.record();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &Reference(record).to_string())?;
        map.serialize_entry("title", record.title)?;
        map.serialize_entry("status", &record.http_status)?;
        map.serialize_entry("detail", &error.message())?;
        map.serialize_entry("system", error.system_text())?;
        map.serialize_entry("code", error.bare_code())?;
        map.serialize_entry("name", record.name)?;
        map.serialize_entry("hint", record.hint)?;
        map.serialize_entry("category", &record.category)?;
        map.serialize_entry("severity", &record.severity)?;
        map.serialize_entry("recoverable", &record.recoverable)?;
        map.serialize_entry("retry", &RetryObject::new(error))?;
        if let Some(id) = error.error_id() {
            map.serialize_entry("error_id", id)?;
        }
        if let Some(details) = error.details_object() {
            map.serialize_entry("details", details)?;
        }
        map.end()
    }
}

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}
