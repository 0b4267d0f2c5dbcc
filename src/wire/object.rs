use std::time::Duration;
use std::{fmt, io};

pub(crate) use mcp_error_codes_core::__Reference as Reference;
use mcp_error_codes_core::RetryClass;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::McpError;
use crate::error::details::to_value;
use crate::wire::render;

/// The key under which a tool result's `_meta` holds the [`RecordObject`].
pub const META_KEY: &str = "io.github.mcp-error-codes/error";

/// What a program reads of an error: the object in JSON-RPC's `error.data`, and in the `_meta` of a tool result.
///
/// It serialises to `system`, `code`, `name`, `message`, `hint`, `category`, `severity`, `recoverable`, `retry` (`class`, and
/// `after_ms` where there is a wait), `ref`, and where they are there `error_id` and `details`, in this order. Nothing internal
/// is in it. Of a decoded error whose code is unknown, `system` and `code` are what was received.
///
/// `Display` prints the JSON.
///
/// ```
/// use mcp_error_codes::{RecordObject, filesystem};
///
/// let object = serde_json::to_value(RecordObject::new(&filesystem::file_not_found("a.txt")))?;
/// assert_eq!(object["code"], "FS-001");
/// assert_eq!(object["ref"], "/docs/errors#fs-001");
/// assert_eq!(object["details"]["path"], "a.txt");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RecordObject<'a> {
    pub(crate) error: &'a McpError,
}

impl McpError {
    /// Adds one of several failures that this error stands for. What the peer may see of it is added to the list
    /// `details.errors`.
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    ///
    /// let error = filesystem::batch_operation_failed("1 of 2 operations failed")
    ///     .with_failure(filesystem::file_not_found("a.txt"));
    /// assert_eq!(error.failures().len(), 1);
    /// assert_eq!(error.detail("errors").and_then(|errors| errors[0]["code"].as_str()), Some("FS-001"));
    /// ```
    pub fn with_failure(self, cause: Self) -> Self {
        let object = to_value(RecordObject::new(&cause));
        self.add_failure(cause, object)
    }
}

impl<'a> RecordObject<'a> {
    /// Makes the object of an error.
    #[must_use]
    pub const fn new(error: &'a McpError) -> Self {
        Self { error }
    }

    /// Writes the JSON to the end of a buffer; see [`JsonRpcResponse::write_to`](crate::JsonRpcResponse::write_to).
    pub fn write_to(&self, out: &mut Vec<u8>) {
        render::write_to(self, out);
    }

    /// Writes the JSON to a file or a connection, in one piece.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write_io(&self, out: &mut impl io::Write) -> io::Result<()> {
        render::write_io(self, out)
    }
}

impl Serialize for RecordObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.error;
        let record = error.record();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("system", error.system_text())?;
        map.serialize_entry("code", error.bare_code())?;
        map.serialize_entry("name", record.name)?;
        map.serialize_entry("message", &error.message())?;
        map.serialize_entry("hint", record.hint)?;
        map.serialize_entry("category", &record.category)?;
        map.serialize_entry("severity", &record.severity)?;
        map.serialize_entry("recoverable", &record.recoverable)?;
        map.serialize_entry("retry", &RetryObject::new(error))?;
        map.serialize_entry("ref", &Reference(record).to_string())?;
        if let Some(id) = error.error_id() {
            map.serialize_entry("error_id", id)?;
        }
        if let Some(details) = error.details_object() {
            map.serialize_entry("details", details)?;
        }
        map.end()
    }
}

impl fmt::Display for RecordObject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::display(self, f)
    }
}

/// The retry advice of an error: `class`, and `after_ms` where there is a wait.
pub(crate) struct RetryObject {
    class: RetryClass,
    after: Option<Duration>,
}

impl RetryObject {
    pub(crate) fn new(error: &McpError) -> Self {
        Self { class: error.retry().class, after: error.retry_after() }
    }
}

impl Serialize for RetryObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("class", &self.class)?;
        if let Some(after) = self.after {
            map.serialize_entry("after_ms", &u64::try_from(after.as_millis()).unwrap_or(u64::MAX))?;
        }
        map.end()
    }
}
