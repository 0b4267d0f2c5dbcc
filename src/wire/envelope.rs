use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::McpError;

/// The envelope of the MCP Filesystem Server: `{"error":{"code","message","details"?}}`.
///
/// The code is `system:code` where the code alone means another system's. The envelope does not carry the error id, a wait
/// that was set and the surface; what the registry says of the code comes back with it.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    error: &'a McpError,
}

impl McpError {
    /// Returns the envelope of the MCP Filesystem Server.
    ///
    /// ```
    /// use mcp_error_codes::filesystem;
    ///
    /// assert_eq!(
    ///     filesystem::file_not_found("a.txt").envelope().to_string(),
    ///     r#"{"error":{"code":"FS-001","message":"File not found: a.txt","details":{"path":"a.txt"}}}"#,
    /// );
    /// ```
    #[must_use]
    pub const fn envelope(&self) -> Envelope<'_> {
        Envelope { error: self }
    }
}

impl Serialize for Envelope<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("error", &Inner(self.error))?;
        map.end()
    }
}

struct Inner<'a>(&'a McpError);

impl Serialize for Inner<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.0.code_text())?;
        map.serialize_entry("message", &self.0.message())?;
        if let Some(details) = self.0.details_object() {
            map.serialize_entry("details", details)?;
        }
        map.end()
    }
}

impl fmt::Display for Envelope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}
